# Charts of officers' pages: who answered beside the Census, running totals, importance, ranks.

figure-not-asked = This survey asks nothing that this figure could be made of.

who-dots-title = { $count ->
    [one] 1 of { $all } groups has less than 80% of its Census share
   *[other] { $count } of { $all } groups have less than 80% of their Census share
}
who-dots-none = Every district, age and sex has at least 80% of its Census share
who-dots-lead = Shares of those who answered beside shares of people aged 16 and over. At the right: answered / Census.
who-dots-about = A dot for each district, age and sex shows its share of those who answered, with its 95% interval; a diamond shows its share of people aged 16 and over. The figures are in the tables.
who-dots-census = Census { $year }, people aged 16 and over
who-dots-sample = Those who answered
who-dots-heading = Answered / Census
who-dots-value = { $answered } / { $census }

who-all-ages = Census { $year }, people of all ages
who-protected-title = Ethnic group and disability, beside the Census
who-protected-lead = { $label }. The whole county only. At the right: answered / Census.
who-protected-about = A dot for each group shows its share of those who answered, with its 95% interval; a diamond shows its share of people of all ages. The figures are in the table.
who-protected-caption = Ethnic group and disability beside the { $label }
who-protected-base = { $what }: { $base } people are in the shares. { $declined } preferred not to say and { $others } others gave no answer or are in a group too small to show. They are not in the shares.
who-protected-unlike = Index of dissimilarity: { $index }. A random sample of this size would have { $chance } on average.
who-protected-small = { $count ->
   *[other] Groups of fewer than { $count } people have no figure and are left out of the others, on both sides.
}
who-protected-ages = The Census’s tables are of people of all ages, and those who answered are 16 or over. Differences may come from age alone, so no number of answers still needed is given.
who-too-few = { $count ->
   *[other] fewer than { $count }
}
who-declined = { $what }: prefer not to say
census-ethnicity = Ethnic group
census-disability = Disability
census-asian = Asian or Asian British
census-black = Black, Black British, Caribbean or African
census-mixed = Mixed or multiple ethnic groups
census-white = White
census-other = Other ethnic group
census-disabled = Disabled
census-not-disabled = Not disabled

running-title = Responses so far
running-about = A line for each channel shows how many responses had come in by the end of each day. The figures are in the table.
running-base = { $count ->
    [one] Base: 1 response sent.
   *[other] Base: { $count } responses sent.
}
running-others = Other channels
running-too-few = A line needs two days with responses.

importance-chart-about = A point for each theme: the further right, the better it is rated; the higher, the more closely its rating goes with the overall one. Dashed lines are the means of all themes. The figures are in the table.
importance-along = Mean rating (higher is better)
importance-up = Importance (correlation with the overall rating)
importance-base = { $count ->
    [one] Base: at most 1 person a theme, who rated it.
   *[other] Base: at most { $count } people a theme, who rated it.
}

area-slope-title = What { $area } ranks differently from the county
area-slope-lead = Ranks by: { $measure }. Coloured where the area also differs from the rest beyond chance.
area-slope-about = A line for each theme joins its rank in the county with its rank in { $area }. Lines of themes that the area wants more or less than the rest, beyond chance, are coloured; falling ones are dashed. The figures are in the table.
