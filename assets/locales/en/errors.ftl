# What is wrong with an answer, and how to mend it. Each is shown in the error summary and above the field.
# $question is the short name of the question, $choice the words of a choice, row or item.

## Nothing answered

error-select = Select an answer for “{ $question }”
error-select-some = Select at least one answer for “{ $question }”
error-write = Enter your answer to “{ $question }”
error-write-number = Enter a number for “{ $question }”
error-give-date = Enter a date for “{ $question }”
error-give-email = Enter an email address for “{ $question }”
error-give-postcode = Enter your postcode, or choose your area from the list
error-select-rows = Select an answer on each line of “{ $question }”
error-row-missing = Select an answer for “{ $choice }”
error-rank = Select your first choice for “{ $question }”
error-share = Enter how you would share it out in “{ $question }”

## Choices

error-unknown-choice = Select one of the answers shown for “{ $question }”
error-declined-with-answer = Answer “{ $question }” or select “Prefer not to say”, but not both
error-exclusive-with-others = Select “{ $choice }” or other answers, but not both
# $min is the fewest answers.
error-too-few =
    { $min ->
        [one] Select at least 1 answer for “{ $question }”
       *[other] Select at least { $min } answers for “{ $question }”
    }
# $max is the most answers.
error-too-many =
    { $max ->
        [one] Select only 1 answer for “{ $question }”
       *[other] Select no more than { $max } answers for “{ $question }”
    }
error-other-missing = You selected “{ $choice }” for “{ $question }”. Enter what you mean
# $max is the most characters.
error-other-too-long = What you wrote for “{ $choice }” must be { $max } characters or fewer

## First, second, third

# $place is the empty place, counted from 1.
error-rank-gap =
    { $place ->
        [1] Select your first choice for “{ $question }”. You have selected a later one
        [2] Select your second choice for “{ $question }”. You have selected a later one
        [3] Select your third choice for “{ $question }”. You have selected a later one
       *[other] Select your choice number { $place } for “{ $question }”. You have selected a later one
    }
error-rank-repeated = You selected “{ $choice }” more than once. Select something else
# $min is the fewest choices.
error-rank-too-few =
    { $min ->
        [one] Select at least 1 choice for “{ $question }”
       *[other] Select at least { $min } choices for “{ $question }”
    }

## Shares of a sum

error-share-not-whole = “{ $choice }” must be a whole number, like 20
# $total is what there is to share, $unit what is shared.
error-share-too-big =
    { $unit ->
        [pounds] “{ $choice }” must be £{ $total } or less
        [percent] “{ $choice }” must be { $total }% or less
       *[points] “{ $choice }” must be { $total } points or less
    }
# $given is what the shares add up to, $total what they must add up to.
error-shares-sum =
    { $unit ->
        [pounds] Your amounts for “{ $question }” add up to £{ $given }. They must add up to £{ $total }
        [percent] Your amounts for “{ $question }” add up to { $given }%. They must add up to { $total }%
       *[points] Your amounts for “{ $question }” add up to { $given } points. They must add up to { $total } points
    }

## Numbers

error-not-number = “{ $question }” must be a number
error-not-whole = “{ $question }” must be a whole number
error-number-too-low = “{ $question }” must be { $min } or more
error-number-too-high = “{ $question }” must be { $max } or less
error-number-outside = “{ $question }” must be between { $min } and { $max }

## Words

# $max is the most characters.
error-too-long = “{ $question }” must be { $max } characters or fewer
error-email = “{ $question }” must be an email address, like name@example.com

## Dates

# $missing names the missing parts.
error-date-incomplete =
    { $missing ->
        [day] “{ $question }” must include a day
        [month] “{ $question }” must include a month
        [year] “{ $question }” must include a year
        [day-month] “{ $question }” must include a day and month
        [day-year] “{ $question }” must include a day and year
       *[month-year] “{ $question }” must include a month and year
    }
error-date-year = The year in “{ $question }” must have 4 numbers
error-date-not-real = “{ $question }” must be a real date
error-date-too-early = “{ $question }” must be { $min } or later
error-date-too-late = “{ $question }” must be { $max } or earlier
error-date-outside = “{ $question }” must be between { $min } and { $max }

## Postcodes

error-postcode-malformed = Enter a full UK postcode, or choose your area from the list
error-postcode-unknown = We cannot find that postcode. Check it, or choose your area from the list
# $outside is the choice for people who live elsewhere.
error-postcode-outside = That postcode is outside our area. Check it, or select “{ $outside }”
error-postcode-outside-only = That postcode is outside our area. Check it, or choose your area from the list
