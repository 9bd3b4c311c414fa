# Signing in.
sign-in-title = Sign in
sign-in-email = Email address
sign-in-password = Password
sign-in-button = Sign in
sign-in-failed = Check your email address and password. After several tries, wait a few minutes
accept-title = Set up your account
accept-lead = This link works once. Choose a password to go on.
accept-name = Your name
accept-for = Your account is for <strong>{ $email }</strong>.
accept-password = Password
accept-password-hint = At least { $count } characters. Three random words make a good one.
accept-button = Set up account

# Surveys.
number = { $n }
nav-officers-surveys = Surveys
officers-surveys = Surveys
officers-no-surveys = There are no surveys yet.
officers-survey = Survey
officers-state = State
officers-dates = Dates
officers-responses = Responses
officers-today = Today
officers-from-to = { $from } to { $to }
officers-state-draft = Draft
officers-state-coming = Opens soon
officers-state-open = Open
officers-state-closed = Closed
officers-closes = Closes { $when }.
officers-as-of = Figures as of { $when }.
officers-pages = Pages of this survey
officers-live = Live
officers-questions = Questions
officers-themes = Themes by area
officers-comments = Comments
officers-exports = Exports
officers-as-table = Show as a table
officers-no-figures = No figure yet. It appears with the first answers.
officers-too-few = Too few answers to show.
officers-not-a-sample = An open survey is not a random sample: people chose to answer. The ranges show chance only, not who stayed away.

figure-responses = Responses
figure-completion = Finish what they start
figure-median = Median time online
figure-today = Today
figure-effective = Effective base
officers-leaving = Where people leave
officers-leaving-lead = Online responses, page by page
officers-page = Page
officers-reached = Reached it
officers-left = Left here
officers-started-base = { $count ->
    [one] Base: 1 person started online
   *[other] Base: { $count } people started online
}
officers-missing = Who is missing
officers-missing-lead = Groups under 80% of their share of residents, worst first
officers-none-missing = No group is under 80% of its share.
officers-group = District and age
officers-of-answers = Of answers
officers-of-residents = Of residents
officers-more-needed = More needed
officers-base = { $count ->
    [one] 1 person
   *[other] { $count } people
}
officers-base-missing = { $count ->
    [one] Base: 1 person answered; { $missing } did not
   *[other] Base: { $count } people answered; { $missing } did not
}
officers-questions-lead = Every question, with its base and 95% intervals.
officers-comments-lead = What people wrote in their own words.
officers-exports-lead = Files to work with.
result-answer = Answer
result-bar = Bar
result-share = Share
result-interval = 95% interval
result-count = People

# Filters.
filter-search = Words
filter-question = Question
filter-area = District
filter-csp = Safety partnership
filter-policing-area = Policing area
filter-age = Age
filter-sex = Sex
filter-victim = Victim of crime
filter-channel = Channel
filter-from = From
filter-to = To
filter-any = Any
filter-apply = Apply
filter-clear = Clear all
filter-remove = (remove this filter)
filter-none = { $count ->
    [one] No filters: 1 person
   *[other] No filters: { $count } people
}
filter-left = { $count ->
    [one] 1 person left
   *[other] { $count } people left
}

# Themes by area.
officers-themes-lead = What people put first, in each part of the county.
officers-measure = Measure
officers-areas = Areas
officers-people = People who answered
officers-rank = Rank
officers-theme = Theme
officers-against-county = Against county
officers-ranking-of = Ranking: { $area }
measure-top3 = Among top three, %
measure-first = First choice, %
measure-mean-rank = Mean rank
measure-money = Money given, £
grouping-district = District
grouping-csp = Safety partnership
grouping-policing-area = Policing area
heat-higher = higher than the rest of the county
heat-lower = lower than the rest of the county
heat-first = first in this area
heat-thin = small base
heat-none = No figure
heat-higher-sentence = Higher than the rest of the county, after correction.
heat-lower-sentence = Lower than the rest of the county, after correction.
heat-legend-differs = differs from the rest of the county, after correction for many comparisons
heat-legend-first = first in that area
heat-legend-thin = base under 50
heat-cell = { $theme }. County: { $county }.
heat-interval = { $count ->
    [one] 95% interval { $interval }, 1 person.
   *[other] 95% interval { $interval }, { $count } people.
}
rank-up = { $places } higher
rank-down = { $places } lower
rank-same = same

# Comments and exports.
comments-count = { $count ->
    [one] 1 comment
   *[other] { $count } comments
}
comments-none = No comment fits.
comments-pages = Pages of comments
exports-csv = Responses (CSV)
exports-rows = { $count ->
    [one] One row, for 1 response.
   *[other] One row for each of { $count } responses.
}
exports-codes = Responses with codes
exports-labels = Responses with labels
exports-codebook = Codebook: what the columns and codes mean
exports-warning = These files hold single responses. They are for work inside the office: do not publish or pass them on.
