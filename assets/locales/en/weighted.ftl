# Figures with weights, where a page shows them.
weights-base-worth = { $count ->
    [one] Base: 1 resident, weighted: worth { $worth } of a random sample.
   *[other] Base: { $count } residents, weighted: worth { $worth } of a random sample.
}
weights-row = weighted
weights-none-here = not weighted
themes-brackets = In brackets stands the figure with weights. Marks and tints are of figures without.
measure-weighted = { $measure }, weighted

# Comparisons.
compare-lead-weighted = Share of each column with weights and its 95% interval, %
compare-lead-weighted-several = Share of each column with weights and its 95% interval, %. People could choose more than one, so the shares add up to more than 100.
compare-lead-weighted-counts = People as weights count them
compare-lead-beside = Under each row stands the same with weights.
compare-interval-count = { $interval }; { $count }
compare-rao-scott = Weighted test: Rao–Scott, second order. F { $f } on { $ndf } and { $ddf } degrees of freedom, p { $p }. Cramér’s V of the weighted shares { $v }: { $effect }.
compare-rao-scott-untested = No weighted test of the whole table: fewer than two rows or columns have answers from residents.
compare-rao-scott-thin = The weighted test of the whole table (Rao–Scott, second order) can’t be computed: too many cells hold nobody. Compare fewer, larger columns or rows.
compare-rao-scott-districts = The weighted test of the whole table (Rao–Scott, second order) can’t be computed: too many cells hold nobody. Compare fewer columns, such as policing areas in place of districts.
compare-rao-scott-several = With weights each answer is tested for itself, chosen or not, by Rao–Scott, second order: { $differ } of { $tested } differ between columns, after Holm’s correction.
compare-rao-scott-several-thin = { $count ->
    [one] For 1 answer the weighted test can’t be computed: too many cells hold nobody. Compare fewer columns.
   *[other] For { $count } answers the weighted test can’t be computed: too many cells hold nobody. Compare fewer columns.
}
compare-letters-weighted = { $count ->
    [one] Letters of weighted figures: z test of two weighted shares by effective bases, p under 0.05.
   *[other] Letters of weighted figures: z test of two weighted shares by effective bases, p under 0.05 after Holm’s correction for { $count } comparisons.
}
compare-means-weighted = Weighted means are tested by Welch’s t test of linearised standard errors with the same correction.
compare-small-weighted = { $count ->
    [one] With weights 1 column is worth fewer than 50 people and is not tested by itself.
   *[other] With weights { $count } columns are worth fewer than 50 people and are not tested by themselves.
}
compare-outside = Columns of people who only work or study here have no weights: their figures are not weighted.

# The profile of an area.
area-more-weighted = With weights, wanted more here: { $themes }.
area-less-weighted = With weights, wanted less here: { $themes }.
area-same-weighted = With weights, no sign that anything is wanted more or less than in the rest of the county.
area-few-weighted = With weights, the answers from here are worth fewer than 50 people: too few to compare.
area-corrected-weighted = { $count ->
    [one] With weights, compared with the rest of the county.
   *[other] With weights, compared with the rest of the county by effective bases, corrected for { $count } comparisons of every theme in every area.
}
area-people-raw = Who answered is not weighted: it is what weights are made from.

# Small maps.
maps-raw = Not weighted: { $words }
maps-weighted = Weighted: { $words }

# Equality analysis.
equality-lead-weighted = Shares in % with weights, and weighted means, with 95% intervals
equality-weighted-tests = Weighted figures are tested by effective bases (shares) and linearised standard errors (means), with the same correction for { $count } comparisons. Groups worth fewer than 50 people are not tested.
equality-weighted-suppressed = Weighted figures of fewer than 10 residents are hidden, too.
