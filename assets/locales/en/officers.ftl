# Signing in.
sign-in-title = Sign in
sign-in-email = Email address
sign-in-password = Password
sign-in-button = Sign in
sign-in-email-missing = Enter your email address
sign-in-password-missing = Enter your password
sign-in-failed = Check your email address and password. After several tries, wait a few minutes
link-over-title = This link no longer works
link-over-why = Each link works once and for a limited time. Ask an administrator for a new one.
link-over-way-out = If your account is set up, you can <a class="govuk-link" href="{ $href }">sign in</a>.
accept-title = Set up your account
accept-lead = This link works once. Choose a password to go on.
accept-name = Your name
accept-for = Your account is for <strong>{ $email }</strong>.
accept-password = Password
accept-password-hint = At least { $count } characters. Three random words make a good one.
accept-name-missing = Enter your name
accept-email-wrong = Enter an email address, like name@example.org
accept-email-taken = This email address already has an account
accept-password-short = Use at least { $count } characters
accept-password-long = Use { $count } characters or fewer
accept-button = Set up account

# Surveys.
number = { $n }
nav-officers-surveys = Surveys
officers-surveys = Surveys
officers-no-surveys = There are no surveys yet.
officers-surveys-caption = Surveys with their responses
officers-being-read = Being read
officers-survey = Survey
officers-state = State
officers-dates = Dates
officers-responses = Responses
officers-today = Today
officers-from-to = { $from } to { $to }
officers-state-coming = Opens soon
officers-state-open = Open
officers-state-closed = Closed
officers-opens-on = Opens at { $when }.
officers-closes-on = { $days ->
    [0] Closes today, at { $when }.
    [one] Closes tomorrow, at { $when }.
   *[other] Closes in { $days } days, at { $when }.
}
officers-closed-on = Closed at { $when }.
officers-as-of = Figures as of { $when }.
officers-pages = Pages of this survey

# How figures are had again. $versions is a list of numbers, $amount how many there are; the rest count responses.
proof-of = Made from { $count ->
        [one] 1 response
       *[other] { $count } responses
    } to { $amount ->
        [one] version { $versions }
       *[other] versions { $versions }
    } of the survey, sent by { $when }, by version { $software } of this program.
frozen-title = Frozen results
frozen-lead = Figures kept as they were, whatever becomes of the responses.
frozen-freeze = Freeze this result
frozen-all = All frozen results
frozen-none = No result of this survey is frozen yet.
frozen-result = Result
frozen-as-of = As of
frozen-by = Frozen by
frozen-software = Program version
frozen-sum = SHA-256
frozen-as-it-was = Frozen as it was at { $when }.
frozen-facts = { $by } froze it at { $when }, with version { $software } of this program.
frozen-sum-of = SHA-256 of the JSON file:
frozen-of = Page:
frozen-live = The live page at the same moment
frozen-figures = Figures
frozen-no-figures = This page had no figures.
proof-address = The same figures again
proof-since = Since then { $changed } of the responses sent by that moment changed, { $withdrawn } were withdrawn and up to { $erased } were erased. { $imported ->
        [0] None came in later from a file.
        [one] 1 came in later from a file and is counted here.
       *[other] { $imported } came in later from a file and are counted here.
    }

officers-live = Live
officers-questions = Questions
officers-themes = Themes by area
officers-compare = Compare
officers-equality = Equality
officers-comments = Comments
officers-exports = Exports
officers-as-table = Show as a table
officers-no-figures = No figure yet. It appears with the first answers.
officers-no-answers = Nobody in this selection answered.
officers-thin-base = Small base: fewer than 50 people answered. Do not rely on these figures.
officers-not-a-sample = An open survey is not a random sample: people chose to answer. The ranges show chance only, not who stayed away.

officers-who = Who answered
officers-who-lead = The people who answered, beside the people who live here.
who-missing-title = Who is missing
who-nobody-missing = No group by district and age has less than 80% of its Census share.
who-see-all = Who answered, beside the Census
who-missing-caption = Groups with less than 80% of their Census share
who-missing-line = { $ratio } of its Census share ({ $answered } answered); { $needed } more would bring it to 80%
who-missing-note = { $count ->
    [one] More needed: to reach 80% of the Census share, others unchanged. A day: with 1 day left.
   *[other] More needed: to reach 80% of the Census share, others unchanged. A day: with { $count } days left.
}
who-missing-note-closed = More needed: to reach 80% of the Census share, others unchanged. The survey is not open, so there is no number a day.
who-group = Group
who-area = District
who-age = Age
who-sex = Sex
who-share = Of those who answered
who-census-share = Census
who-ratio = Part of Census share
who-needed = More needed
who-per-day = A day
who-areas = By district
who-ages = By age
who-sexes = By sex
who-areas-and-ages = By district and age
who-known = { $count ->
    [one] 1 person gave district, age and sex; each table is of those who gave what it needs. The Census is of people aged 16 and over.
   *[other] { $count } people gave district, age and sex; each table is of those who gave what it needs. The Census is of people aged 16 and over.
}
who-outside = { $count ->
    [one] 1 person who only works or studies here is left out.
   *[other] { $count } people who only work or study here are left out.
}
who-weighting-title = What weighting does
who-raked = Weights bring { $raked } responses to the Census by age and sex together, then by district. { $unknown } that leave one of them out have weight 1; { $outside } from people who live elsewhere have none.
who-worth = With weights, { $people } responses are worth { $worth } of a random sample: a design effect of { $effect }, and weights that vary by { $variation }.
who-trimmed = { $capped ->
    [0] No weight is above { $cap } times the mean; the largest is { $after }.
    [one] Weights are cut at { $cap } times the mean: the largest was { $before }, and 1 response has { $after }. Groups so thin can't reach their target.
   *[other] Weights are cut at { $cap } times the mean: the largest was { $before }, and { $capped } responses have { $after }. Groups so thin can't reach their target.
}
who-dropped = Nobody stands for: { $who }. The others of that margin stand for them.
who-margin-age-sex = Weights by age and sex: what they should come to, and do
who-margin-area = Weights by district: what they should come to, and do
who-target = Target
who-reached = Reached
who-by-chance = a random sample: { $chance }
who-capped = { $count ->
    [0] no weight was cut
    [one] 1 weight was cut
   *[other] { $count } weights were cut
}
who-design-effect = of { $people }, design effect { $effect }
figure-dissimilarity = Unlike the county by
figure-effective-base = Worth with weights
figure-largest-weight = Largest weight
figure-daily-need = { $count ->
    [one] 1 a day from missing groups is needed
   *[other] { $count } a day from missing groups are needed
}
officers-weights = Weights
weights-raw = Not weighted
weights-weighted = Weighted
weights-both = Both
weights-correct = Weights correct for age, sex and district, of residents aged 16 and over. They can't correct for anything else that sets those who answered apart.
weights-base = Weighted: { $people } residents, worth { $worth } people of a random sample (design effect { $effect }).
weights-outside = { $count ->
    [one] 1 person who only works or studies here is in figures without weights only.
   *[other] { $count } people who only work or study here are in figures without weights only.
}
weights-age-sex = { $sex }, { $age }
weights-no-area = There are no weights: this survey doesn't ask which district people live in. The figures are without.
weights-no-age = There are no weights: this survey doesn't ask age in the Census's bands. The figures are without.
weights-no-sex = There are no weights: this survey doesn't ask sex as the Census does. The figures are without.
weights-nobody = There are no weights: nobody has given district, age and sex. The figures are without.
weights-no-target = There are no weights: the Census counts nobody in one group that answered ({ $who }). The figures are without.
weights-contradictory = There are no weights: none fit districts and ages at once. The group furthest off ({ $who }) should come to { $target } and comes to { $reached }. The figures are without.
age-16-24 = 16 to 24
age-25-34 = 25 to 34
age-35-44 = 35 to 44
age-45-54 = 45 to 54
age-55-64 = 55 to 64
age-65-74 = 65 to 74
age-75-plus = 75 and over
sex-female = Female
sex-male = Male
result-weighted = Weighted
result-weighted-interval = Weighted range
result-and-weighted = { $own }, weighted { $weighted }
question-mark-weighted = The line across a bar marks the weighted figure.

figure-responses = Responses
figure-completion = Finish what they start
figure-median = Median time online
figure-today = Today
figure-channels = Ways of answering
figure-of-started = { $sent } of { $started } who began
figure-promised = { $minutes ->
    [one] Promised: about 1 minute
   *[other] Promised: about { $minutes } minutes
}
figure-duration = { $minutes } min { $seconds } s
figure-none = None yet
figure-unsent = { $count ->
    [one] 1 more began and has not sent
   *[other] { $count } more began and have not sent
}
home-days-title = Responses by day
home-days-lead = From { $from } to { $to }
home-days-base = { $count ->
    [one] Base: 1 response sent. Weekends shaded.
   *[other] Base: { $count } responses sent. Weekends shaded.
}
home-days-about = Columns show how many responses were sent each day, from { $from } to { $to }. The figures are in the table.
home-day = Day
home-all-channels = All
home-leaving-title = Where people leave
home-leaving-lead = Everybody who saved a first page, page by page
home-leaving-about = A bar for each page shows how many saved it, and how many went no further. The figures are in the table.
home-reached = saved the page
home-left = left after it
home-page = Page
home-sent = Sent
home-left-value = { $count } ({ $share })
home-leaving-base = { $count ->
    [one] Base: 1 person who saved a first page.
   *[other] Base: { $count } people who saved a first page.
}
short-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
channel-web = Web
channel-paper = Paper
channel-telephone = Telephone
channel-event = Event
channel-import = Import
officers-base = { $count ->
    [one] Base: 1 person.
   *[other] Base: { $count } people.
}
officers-base-answered = { $count ->
    [one] Base: 1 person who answered.
   *[other] Base: { $count } people who answered.
}
absent-missing = { $count ->
    [one] 1 was asked and did not answer.
   *[other] { $count } were asked and did not answer.
}
absent-not-asked = { $count ->
    [one] 1 was not asked.
   *[other] { $count } were not asked.
}
absent-declined = { $count ->
    [one] 1 preferred not to say.
   *[other] { $count } preferred not to say.
}
absent-dont-know = { $count ->
    [one] 1 did not know.
   *[other] { $count } did not know.
}
absent-invalid = { $count ->
    [one] 1 answer can’t be counted.
   *[other] { $count } answers can’t be counted.
}
officers-questions-lead = Every question, with its base and 95% intervals.
officers-comments-lead = What people wrote in their own words.
officers-exports-lead = Files to work with.
officers-all-questions = All questions

# A question's figures.
question-leads = “{ $choice }” was chosen most: { $share }
question-about = { $question } A bar for each answer shows its share, with its 95% interval. The figures are in the table.
question-about-grid = { $question } A bar for each row shows how the answers share out. The figures are in the table.
question-share = Share of those who answered, %
question-share-many = Share of those who answered, %. People could choose more than one, so the shares add up to more than 100.
question-grid = How the answers to each row share out, %
question-scale = Share of those who answered, %. Mean { $mean }, median { $median }.
question-number = Mean { $mean }, median { $median }, middle half from { $q1 } to { $q3 }.
question-ranking = Share who put it among their first three, %
question-budget = Mean share of { $total }, with 95% intervals
question-date = From { $earliest } to { $latest }
question-words = Answers in people’s own words
question-comments = { $count ->
    [one] Read 1 comment
   *[other] Read { $count } comments
}
scale-end = { $value } { $words }
result-answer = Answer
result-share = Share
result-interval = 95% interval
result-count = People
result-row = Row
result-first = First choice
result-top3 = First three
result-ranked = Ranked at all
result-mean-rank = Mean rank
result-mean = Mean
result-median = Median
result-nothing = Gave nothing
result-range = { $from } to { $to }
money-pounds = £{ $amount }
money-percent = { $amount }%
money-points = { $amount } points
file-csv = CSV
file-json = JSON
file-svg = SVG
file-png = PNG

# Filters.
filter-fold = { $count ->
    [0] Filters
   *[other] Filters ({ $count } in force)
}
filter-search = Words
filter-question = Question
filter-theme = Theme
filter-area = District
filter-csp = Safety partnership
filter-policing-area = Policing area
filter-age = Age
filter-sex = Sex
filter-victim = Victim of crime
filter-channel = Channel
filter-quality = Quality
filter-unflagged = Without flagged
filter-flagged = Only flagged
filter-from = From
filter-to = To
filter-as-of = As of
filter-any = Any
filter-add = Add another
filter-yes = Yes
filter-no = No
filter-tag = { $name }: { $value }
filter-all-questions = All with text answers
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

# Quality flags.
quality-title = Quality of responses
quality-lead = Which responses may not be what they seem.
quality-not-proof = A flag is a sign, not proof: each has honest reasons. Flagged responses count in every figure unless you leave them out. Nobody can delete one here.
quality-caption = Flags, what they mean, and how many responses have them
quality-flag = Flag
quality-rule = What it means in this survey
quality-flagged = { $count ->
    [0] No response has a flag
    [one] 1 response has a flag
   *[other] { $count } responses have a flag
}
quality-base = { $count ->
    [one] Base: 1 response. It can have several flags.
   *[other] Base: { $count } responses. Each can have several flags.
}
quality-home = { $count ->
    [0] No response has a quality flag. What flags mean
    [one] 1 response has a quality flag. See why
   *[other] { $count } responses have a quality flag. See why
}
quality-without-title = Results without flagged responses
quality-without-lead = Every results page takes the filter “Quality”.
quality-some-flagged = { $count ->
    [one] 1 response here has a quality flag.
   *[other] { $count } responses here have a quality flag.
}
quality-share-changes = { $count ->
    [one] Without 1 flagged response,
   *[other] Without { $count } flagged responses,
} no share on this page changes by more than { $size } percentage points ({ $what }: { $with }% with them, { $without }% without). Shares of fewer than 50 people aside.
quality-rank-changes = { $count ->
    [one] Without 1 flagged response,
   *[other] Without { $count } flagged responses,
} no mean rank on this page changes by more than { $size } ({ $what }: { $with } with them, { $without } without). Ranks by fewer than 50 people aside.
quality-some-left-out = { $count ->
    [one] 1 flagged response is left out here.
   *[other] { $count } flagged responses are left out here.
}
quality-share-left-out = { $count ->
    [one] Leaving out 1 flagged response
   *[other] Leaving out { $count } flagged responses
} changes no share on this page by more than { $size } percentage points ({ $what }: { $with }% with them, { $without }% without). Shares of fewer than 50 people aside.
quality-rank-left-out = { $count ->
    [one] Leaving out 1 flagged response
   *[other] Leaving out { $count } flagged responses
} changes no mean rank on this page by more than { $size } ({ $what }: { $with } with them, { $without } without). Ranks by fewer than 50 people aside.
quality-change-raw = The difference is of figures without weights.
quality-show-with = Show this page with them
quality-show-without = Show this page without them
quality-what-flags-mean = What the flags mean
flag-trap = Trap filled in
flag-trap-rule = A field that people don’t see was filled in. Programs do that; so does an eager form filler now and then.
flag-too-fast = Too fast to read
flag-too-fast-rule = Answered in under { $seconds } seconds a question: faster than anybody reads.
flag-burst = Many from one source
flag-burst-rule = Came after { $count } others from the same internet address within { $minutes } minutes. A library, a school or a mobile network can look like that.
flag-contradiction = Contradiction
flag-contradiction-rule = Gave answers that can’t both be true:
flag-contradiction-unused = The survey names no answers that can’t both be true, so nobody gets this flag.
flag-straight-lines = Same answer throughout
flag-straight-lines-rule = Gave the same answer in every row of { $many } grids of { $short } rows or more, or of one of { $long } rows or more. Or of one shorter grid, and took less than half the usual time. “Does not apply” is left aside. Some people do mean it.
flag-straight-lines-unused = The survey has no grid that is long enough, so nobody gets this flag.
flag-speeding = Fast
flag-speeding-rule = Took under { $under } seconds a question: a third of the median, which is { $median }. Online answers only; each row of a grid counts as a question.
flag-speeding-few = Judged once { $least } responses have come in online: before that there is no telling what is usual.
flag-repeated-text = Same words as others
flag-repeated-text-rule = A text of { $count } letters or more that is word for word in another response, too. Neighbours may share words; so do campaigns.
flag-repeated-text-unused = The survey asks for no long text, so nobody gets this flag.

# Comparisons.
officers-compare-lead = Any question by any other, or by who people are.
question-compare = Compare
variable-version = Version of the survey
variable-row = { $name }: { $part }
variable-option = { $name }: { $part }, yes or no
variable-top3 = { $name }: { $part } among first three, yes or no
variable-ranking = { $name } (among first three)
compare-row = Down
compare-by = Across
compare-by-second = Second banner
compare-by-third = Third banner
compare-none = None
compare-show = Compare
compare-cells = Cells show
compare-percent = Column %
compare-counts = People
compare-both = Both
compare-only = Show only people who answered…
compare-all = All
compare-column = Column
compare-nothing = This survey has no two questions that can be compared.
compare-lead = Share of each column, %
compare-lead-several = Share of each column, %. People could choose more than one, so the shares add up to more than 100.
compare-lead-counts = People
compare-title = { $row }, by { $column }
compare-title-negligible = { $row } hardly differs by { $column }
compare-title-weak = { $row } differs a little by { $column }
compare-title-moderate = { $row } differs by { $column }
compare-title-strong = { $row } differs strongly by { $column }
compare-base = { $count ->
    [one] Base: 1 person with both known, unweighted.
   *[other] Base: { $count } people with both known, unweighted.
}
compare-chi-square = Chi-square { $statistic } on { $df ->
    [one] 1 degree
   *[other] { $df } degrees
} of freedom, p { $p }. Cramér’s V { $v }: { $effect }.
effect-none = no more than chance would give
effect-negligible = hardly any association
effect-weak = weak association
effect-moderate = moderate association
effect-strong = strong association
compare-untested = No test of the whole table: fewer than two rows or columns have answers.
compare-several = Each answer is tested for itself, chosen or not, by chi-square: { $differ } of { $tested } differ between columns, after Holm’s correction.
compare-row-differs = Differs: p { $p }, V { $v }
compare-row-same = No sign of a difference: p { $p }
compare-letters = { $count ->
    [one] Letters name the columns that a figure is higher than: z test of two proportions, p under 0.05.
   *[other] Letters name the columns that a figure is higher than: z test of two proportions, p under 0.05 after Holm’s correction for { $count } comparisons.
}
compare-means = Means are of those on the scale, with 95% intervals, and are tested by Welch’s t test with the same correction.
compare-higher-than = Higher than columns
compare-higher = higher than in the other columns together
compare-lower = lower than in the other columns together
compare-legend = { $count ->
    [one] higher or lower than in the other columns together
   *[other] higher or lower than in the other columns together, corrected for { $count } comparisons; darker from 4 standard errors
}
compare-expected = { $below } of { $cells } cells expect fewer than 5 people: don’t rely on the chi-square test. Compare fewer, larger groups.
compare-expected-rows = { $count ->
    [one] For 1 answer too few people are expected in some cells: don’t rely on its test.
   *[other] For { $count } answers too few people are expected in some cells: don’t rely on their tests.
}
compare-small-columns = { $count ->
    [one] 1 column has a base under 50 and is not tested by itself.
   *[other] { $count } columns have a base under 50 and are not tested by themselves.
}
compare-no-letters = There are too many columns to test them pair by pair.
compare-many = { $count ->
    [one] 1 comparison was made.
   *[other] { $count } comparisons were made. The correction guards against false alarms; look for patterns rather than single letters.
}

# Equality analysis.
officers-equality-lead = What groups protected by law say, beside everybody else.
equality-note = Groups under 10 people have no figures and count in none. Groups under 50 are not tested.
equality-nothing = This survey asks nothing about protected characteristics.
equality-title = { $name }
equality-differs = { $name }: { $count ->
    [one] 1 figure differs
   *[other] { $count } figures differ
}
equality-lead = Shares in %, and means, with 95% intervals
equality-measure = Measure
equality-all = All groups shown
equality-few = Under 10
equality-hidden = Hidden
equality-suppressed = { $count ->
    [one] 1 group has fewer than 10 people: its figures are hidden.
   *[other] { $count } groups have fewer than 10 people: their figures are hidden.
}
equality-base = { $count ->
    [one] Base: 1 person in the groups shown, unweighted.
   *[other] Base: { $count } people in the groups shown, unweighted.
}
equality-higher = higher than in the other groups together
equality-lower = lower than in the other groups together
equality-legend = { $count ->
    [one] higher or lower than in the other groups together
   *[other] higher or lower than in the other groups together, corrected for { $count } comparisons
}
equality-theme = { $theme }: among first three
equality-mean = { $name }: mean
equality-top-two = { $name }: “{ $first }” or “{ $second }”

# Themes by area.
officers-themes-lead = What people put first, in each part of the county.
officers-measure = Measure
officers-areas = Areas
officers-people = People who answered
officers-rank = Rank
officers-theme = Theme
officers-against-county = Against county
officers-ranking-of = { $area }: order of themes
chooser-area = Area
chooser-measure = Measure
chooser-show = Show
themes-county = County
themes-none = This survey names no themes.
themes-no-ranking = This survey has no question that puts themes in order.
themes-no-budget = This survey has no question that shares money between themes.
themes-leads-district = { $theme } comes first in the county, and in { $first } of { $ranked } districts
themes-leads-csp = { $theme } comes first in the county, and in { $first } of { $ranked } safety partnerships
themes-leads-policing = { $theme } comes first in the county, and in { $first } of { $ranked } policing areas
themes-leads-alone = { $theme } comes first in the county
themes-unclear-two = No clear first: { $first } and { $second } can’t be told apart
themes-unclear-three = No clear first: { $first }, { $second } and { $third } can’t be told apart
themes-unclear-many = No theme is clearly first in the county
themes-measure-title = { $measure }, by area
themes-too-few = { $measure }, by area: too few answers to compare
themes-nobody = { $measure }, by area: no answers yet
themes-base = { $count ->
    [one] Base: 1 person, unweighted.
   *[other] Base: { $count } people, unweighted.
}
themes-area-unknown = { $count ->
    [one] 1 gave no area and counts in the county only.
   *[other] { $count } gave no area and count in the county only.
}
themes-outside = { $count ->
    [one] 1 lives outside and is left out.
   *[other] { $count } live outside and are left out.
}
themes-map-about = { $theme }: { $measure }, for each area. The figures are in the table of themes by area.
themes-map-thin = base under 50
themes-map-none = no answers
themes-bars-title = { $area }: every theme
themes-bars-title-county = Every theme, whole county
themes-bars-lead = { $measure }. The line marks the county.
themes-bars-about = A bar for each theme in { $area }, and a line for the county. The figures are in the table.
measure-top3 = Among first three, %
measure-first = First choice, %
measure-mean-rank = Mean rank
measure-borda = Mean points (Borda)
measure-money = Money given
grouping-district = District
grouping-csp = Safety partnership
grouping-policing-area = Policing area
heat-scroll = Scroll sideways for all areas. Theme names stay in place.
heat-higher = wanted more than in the rest of the county
heat-lower = wanted less than in the rest of the county
heat-first = first in this area
heat-thin = small base
heat-none = No figure
heat-higher-sentence = Wanted more than in the rest of the county, after correction.
heat-lower-sentence = Wanted less than in the rest of the county, after correction.
heat-legend-differs = { $count ->
    [one] differs from the rest of the county
   *[other] differs from the rest of the county, corrected for { $count } comparisons
}
heat-legend-first = first in that area
heat-legend-thin = base under 50
heat-step-range = { $from }–{ $to }
heat-step-over = { $from }+
heat-step-under = under { $to }
heat-county = county { $value }
heat-interval = { $count ->
    [one] 95% interval { $interval }, 1 person.
   *[other] 95% interval { $interval }, { $count } people.
}
rank-up = { $places } higher
rank-down = { $places } lower
rank-same = same
rank-none = Not ranked: small base
comments-of-area = What people in { $area } wrote

# Comments and exports.
comments-count = { $count ->
    [one] 1 comment, newest first
   *[other] { $count } comments, newest first
}
comments-search = { $count ->
    [one] 1 comment with “{ $words }”, newest first
   *[other] { $count } comments with “{ $words }”, newest first
}
comments-of-choice = { $count ->
    [one] 1 comment beside “{ $question }”, newest first
   *[other] { $count } comments beside “{ $question }”, newest first
}
comments-of-theme = { $count ->
    [one] 1 comment on “{ $theme }”, or from someone with it in their top three, newest first
   *[other] { $count } comments on “{ $theme }”, or from people with it in their top three, newest first
}
comments-none = No comment fits.
comments-pages = Pages of comments
comments-first = Newest
comments-next = Older comments
comments-all-of = All comments from { $area }
comment-when = { $channel }, { $day }
comment-simulated = made up by a program
exports-csv = Answers, one row for each response
exports-rows = { $count ->
    [one] 1 response fits the filter.
   *[other] { $count } responses fit the filter.
}
exports-codes = Answers as codes (CSV)
exports-labels = Answers as words (CSV)
exports-codebook = Codebook: what the columns and codes mean (CSV)
exports-sensitive = With sensitive answers
exports-sensitive-lead = Answers such as ethnic group and disability. Take them only if you need them.
exports-figures = Figures
exports-figures-lead = The numbers on each results page, with bases and intervals.
exports-warning = These files hold single responses. They are for work inside the office: do not publish them or pass them on.
heat-same-sentence = No sign of a difference from the rest of the county, after correction.
heat-thin-sentence = Small base: not compared.
measure-top3-short = %
measure-first-short = %
measure-mean-rank-short = Mean
measure-borda-short = Points
measure-money-short = Mean

# Priorities of the whole county, by every rule.
officers-priorities = Priorities
officers-priorities-lead = What comes first in the county, by different ways of counting.
priorities-nobody = Nobody in this selection put anything in order
priorities-too-few = Too few answers to put in order
priorities-robust = { $theme } comes first, however the answers are counted
priorities-chance = { $theme } comes first by every rule, but chance could change that
priorities-depends = What comes first depends on how the answers are counted
priorities-by-all = { $theme } is first by all { $all } rules.
priorities-by-some = { $theme } is first by { $count } of { $all } rules.
priorities-other-first = { $rule }: { $theme } is first.
priorities-nothing-first = { $rule }: nothing is first alone.
priorities-stays = Drawing as many answers again from these, { $count } times, leaves { $theme } first in at least { $share } of draws by each of those rules. Chance alone would hardly put something else first.
priorities-may-change = Drawing as many answers again from these, { $count } times, leaves { $theme } first in only { $share } of draws by at least one of those rules. Do not read the first place as settled.
priorities-no-kemeny = Kemeny’s rule is not worked out: too many things beat each other in circles.
priorities-ranks-title = Every rule’s order, side by side
priorities-ranks = Place by each rule. “=” marks a tie.
priorities-rule = Rule
priorities-first = First
priorities-stays-first = Stays first
priorities-next = Next most often first
priorities-next-share = { $theme }, { $share }
priorities-tie = Nothing alone
priorities-firsts = { $count ->
    [one] First place by each rule, and how often it stays first in 1 draw
   *[other] First place by each rule, and how often it stays first in { $count } draws
}
priorities-scores = Figures with 95% intervals
priorities-rules = What each rule does
priorities-pairs-show = Show every pair
priorities-pairs = Share of people, %, who put the row above the column. Something named stands above everything left out.
priorities-above = Put above
priorities-base = { $count ->
    [one] Base: 1 person who put something in order, unweighted. People who live outside are left out.
   *[other] Base: { $count } people who put something in order, unweighted. People who live outside are left out.
}
priorities-base-weighted = { $count ->
    [one] Base: 1 person who put something in order, weighted to be like residents.
   *[other] Base: { $count } people who put something in order, weighted to be like residents: worth { $worth } of a random sample.
}
share-nearly-all = over 99%
share-nearly-none = under 1%
rule-top3 = Among first three
rule-top3-about = The share who put it among their first three.
rule-first = First choice
rule-first-about = The share who put it first.
rule-borda = Points (Borda)
rule-borda-about = More points for each higher place. What is left out shares the points of the places left. The order is that of mean ranks.
rule-runoff = Run-off
rule-runoff-about = What the fewest put first drops out, and its votes go to their next choice, until one is left.
rule-condorcet = Head to head (Condorcet)
rule-condorcet-about = It beats everything else, two at a time. There may be no such thing.
rule-schulze = Schulze
rule-schulze-about = Head to head, where circles are settled by their strongest wins.
rule-kemeny = Kemeny
rule-kemeny-about = The whole order that disagrees least with what people said, two at a time.
agreement-hardly = People hardly agree about the order (Kendall’s W { $w }, from 0 for none to 1 for all alike).
agreement-weak = People agree only a little about the order (Kendall’s W { $w }, from 0 for none to 1 for all alike).
agreement-some = People agree to some degree about the order (Kendall’s W { $w }, from 0 for none to 1 for all alike).
agreement-good = People agree well about the order (Kendall’s W { $w }, from 0 for none to 1 for all alike).
agreement-strong = People agree strongly about the order (Kendall’s W { $w }, from 0 for none to 1 for all alike).
importance-title = What goes with being satisfied overall
importance-caption = Importance and performance of each theme
importance-performance = Mean rating
importance-pleased = Two best ratings
importance-importance = Importance
importance-place = Place
importance-concentrate = Rated low, yet closely tied to being satisfied overall: { $themes }.
importance-none = Nothing is both rated low and closely tied to being satisfied overall.
importance-about = Importance is how closely a theme’s rating goes with the overall one (Spearman’s rank correlation, unweighted). It shows what goes together, not what causes what.
quadrant-concentrate = Work on this
quadrant-keep-up = Keep up
quadrant-low = Low priority
quadrant-overkill = Perhaps more than needed

# What stands beside figures of themes by area, and small maps.
officers-detail = In each cell
detail-none = Figure
detail-intervals = And interval
detail-ranks = And rank
detail-intervals-about = Under each figure: its 95% interval.
detail-ranks-about = Under each figure: the theme’s rank there, and how many places above (+) or below (−) its rank in the county. Small bases are not ranked.
officers-maps = Maps of every theme
officers-maps-lead = One small map for each theme, all in one scale of tints.
themes-map-extremes = Highest: { $highest }, { $high }. Lowest: { $lowest }, { $low }. Small bases are left out.
themes-map-too-few = No area has enough answers to name a highest and a lowest.
themes-map-list = Show as a list

# The profile of an area.
area-profile = profile
area-profile-of = Profile of { $area }
area-more-about = More about { $area }
area-called-csp = { $name } (safety partnership)
area-called-policing = { $name } (policing area)
area-residents = { $count ->
    [one] 1 resident aged 16 or over (Census { $year }).
   *[other] { $count } residents aged 16 or over (Census { $year }).
}
area-responses = { $count ->
    [one] 1 response.
   *[other] { $count } responses.
}
area-nobody = { $area }: no answers yet
area-too-few = { $area }: too few answers to compare
area-differs = What { $area } wants that others do not
area-no-difference = No sign that { $area } wants anything else than the rest of the county
area-more = Wanted more here: { $themes }.
area-less = Wanted less here: { $themes }.
area-corrected = { $count ->
    [one] Compared with the rest of the county.
   *[other] Compared with the rest of the county, corrected for { $count } comparisons of every theme in every area.
}
area-top = First five here and in the county
area-theme-figure = { $theme }, { $figure }
area-here = Here
area-rank = Rank here
area-county-rank = Rank in county
area-change = Against county’s rank
area-against-rest = Against the rest of the county
area-not-compared = small base, not compared
area-wanted-more = wanted more
area-wanted-less = wanted less
area-no-sign = no sign of a difference
area-people = Who answered here
area-people-age = By age
area-people-sex = By sex
area-people-none = This survey does not ask for age or sex.
area-group = Group
area-share = Share of those who said
area-census-share = Share of residents 16 or over
area-recorded-title = What the police recorded here
area-recorded-differs = For context only. A survey says what people want. Recorded crime says what was reported or found, and written down. They measure different things: a low figure on one does not make the other wrong.
area-crime = Recorded crime, { $from } to { $to }
area-asb = Recorded anti-social behaviour, { $from } to { $to } (the newest by district that could be found)
area-by-kind = Show every kind
area-recorded-sentence = { $kind }: { $count }. That is { $rate } for each 1,000 people of all ages; in the county, { $county }.
area-kind = Kind
area-recorded = Recorded
area-per-thousand = For each 1,000 people
area-county-per-thousand = County, for each 1,000
area-others = Other areas
month-year = { $month ->
    [1] January { $year }
    [2] February { $year }
    [3] March { $year }
    [4] April { $year }
    [5] May { $year }
    [6] June { $year }
    [7] July { $year }
    [8] August { $year }
    [9] September { $year }
    [10] October { $year }
    [11] November { $year }
   *[12] December { $year }
}
