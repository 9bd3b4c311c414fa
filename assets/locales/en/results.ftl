# What is wrong with the address of a results page. $given is what the address holds, cut short; $allowed is a list.

results-error-page = There is no results page called “{ $given }”
results-error-question = This survey has no results for a question called “{ $given }”
results-error-area = There is no area called “{ $given }”
results-error-parameter = A results page can’t be filtered by “{ $given }”. It can use: { $allowed }
results-error-value = “{ $parameter }” can’t be “{ $given }”. It can be: { $allowed }
results-error-not-asked = This survey doesn’t ask what “{ $parameter }” filters by
results-error-repeated = Give “{ $parameter }” only once
results-error-dates = The first day must be the same as or before the last day
results-error-many = This address has too many filters. Take some away
