//! Who answered, held against who lives here: shares of districts, ages and sexes beside the Census's.
//!
//! People whose area, age or sex is not known are left out of what needs it; people from outside the place are left out
//! of everything. The Census counts people aged 16 and over.

use serde::Serialize;
use statrs::function::gamma::ln_gamma;

use super::{
    areas::{AREA_FIRST, AREA_OUTSIDE},
    dataset::Dataset,
    filter::Selection,
    share::{Base, Share},
};
use crate::{
    geography::{AgeBand, Place, Sex},
    survey::ids::Code,
};

/// A group is missing when it has less than this part of its Census share.
pub const MISSING_UNDER: f64 = 0.8;

/// A group of people: an area, an age band, a sex, or several of them at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupShare {
    /// The area.
    pub area: Option<Code>,
    /// The age band's code.
    #[serde(serialize_with = "band_code")]
    pub age: Option<AgeBand>,
    /// The sex's code.
    #[serde(serialize_with = "sex_code")]
    pub sex: Option<Sex>,
    /// How many of those who answered belong to it.
    pub answered: Share,
    /// People of it, by the Census.
    pub people: u32,
    /// Their share of all people, 0..1.
    pub census_share: f64,
    /// The share of those who answered over the Census share; none, where either is of nobody.
    pub ratio: Option<f64>,
    /// How many more of it would bring it to [`MISSING_UNDER`] of its Census share, all others unchanged; none, where
    /// it is not missing.
    pub needed: Option<u32>,
}

/// Groups that everybody belongs to one of.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Compared {
    /// The groups, in the order of the Census table.
    pub groups: Vec<GroupShare>,
    /// Those whose group is known.
    pub base: Base,
    /// How unlike the place those who answered are; none without answers.
    pub dissimilarity: Option<Dissimilarity>,
}

/// How unlike the place those who answered are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Dissimilarity {
    /// ½ Σ|p − t|: the part of those who answered that would have to be of other groups. Source: Duncan and Duncan (1955),
    /// American Sociological Review 20: 210–217.
    pub index: f64,
    /// What a simple random sample of this base would have on average.
    pub by_chance: f64,
}

/// Who answered.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Representation {
    /// By area.
    pub areas: Compared,
    /// By age band.
    pub ages: Compared,
    /// By sex.
    pub sexes: Compared,
    /// By area and age band.
    pub areas_and_ages: Compared,
    /// How unlike the place they are by area, age band and sex at once.
    pub dissimilarity: Option<Dissimilarity>,
    /// Those whose area, age and sex are all known.
    pub known: Base,
    /// Those who live outside the place.
    pub outside: Base,
}

const BANDS: usize = AgeBand::ALL.len();
const SEXES: usize = Sex::ALL.len();

/// Counts by area, age band and sex; the last of each is "not known".
struct Cube {
    areas: usize,
    counts: Vec<u32>,
}

impl Cube {
    fn at(&self, area: usize, band: usize, sex: usize) -> usize {
        (area * (BANDS + 1) + band) * (SEXES + 1) + sex
    }
}

impl Representation {
    /// Holds the selected responses against the place they are about.
    #[must_use]
    pub fn of(dataset: &Dataset, selection: &Selection) -> Self {
        let place = dataset.schema().place();
        let stratifier = dataset.schema().stratifier();
        let mut cube = Cube {
            areas: place.areas().len(),
            counts: vec![0; (place.areas().len() + 1) * (BANDS + 1) * (SEXES + 1)],
        };
        let bands: Vec<usize> = (0..=u8::MAX)
            .map(|cell| stratifier.band(cell).map_or(BANDS, |band| band as usize))
            .collect();
        let sexes: Vec<usize> = (0..=u8::MAX)
            .map(|cell| stratifier.sex(cell).map_or(SEXES, |sex| sex as usize))
            .collect();
        let mut outside = 0;
        selection.each_chunk(dataset, |chunk, part| {
            part.each(chunk.len(), |row| {
                let area = match chunk.area[row] {
                    AREA_OUTSIDE => {
                        outside += 1;
                        return;
                    }
                    cell => cell.checked_sub(AREA_FIRST).map_or(cube.areas, usize::from),
                };
                let (band, sex) = (
                    bands[usize::from(chunk.age[row])],
                    sexes[usize::from(chunk.sex[row])],
                );
                let at = cube.at(area.min(cube.areas), band, sex);
                cube.counts[at] += 1;
            });
        });
        Self::of_cube(place, &cube, Base(outside))
    }

    fn of_cube(place: &Place, cube: &Cube, outside: Base) -> Self {
        let by = |area: bool, band: bool, sex: bool| compare(place, cube, [area, band, sex]);
        let joint = by(true, true, true);
        Self {
            areas: by(true, false, false),
            ages: by(false, true, false),
            sexes: by(false, false, true),
            areas_and_ages: by(true, true, false),
            dissimilarity: joint.dissimilarity,
            known: joint.base,
            outside,
        }
    }

    /// The groups by area and age band that are missing, furthest from their Census share first.
    #[must_use]
    pub fn missing(&self) -> Vec<&GroupShare> {
        let groups = self.areas_and_ages.groups.iter();
        let mut missing: Vec<&GroupShare> = groups.filter(|group| group.needed.is_some()).collect();
        missing.sort_by(|one, other| {
            let ratio = |group: &GroupShare| group.ratio.unwrap_or(0.0);
            let larger = other.people.cmp(&one.people);
            ratio(one).total_cmp(&ratio(other)).then(larger)
        });
        missing
    }

    /// How many more answers all missing groups together need.
    #[must_use]
    pub fn needed(&self) -> u32 {
        self.missing().iter().filter_map(|group| group.needed).sum()
    }
}

fn compare(place: &Place, cube: &Cube, [by_area, by_band, by_sex]: [bool; 3]) -> Compared {
    // One group that stands for everybody, where something is not told apart.
    let range = |is_told: bool, all: usize| {
        if is_told {
            (0..all).map(Some).collect()
        } else {
            vec![None]
        }
    };
    let (areas, bands, sexes): (Vec<Option<usize>>, Vec<_>, Vec<_>) = (
        range(by_area, cube.areas),
        range(by_band, BANDS),
        range(by_sex, SEXES),
    );
    let mut found = Vec::new();
    for area in &areas {
        for band in &bands {
            for sex in &sexes {
                let people = people(place, *area, *band, *sex);
                found.push((
                    (*area, *band, *sex),
                    count(cube, *area, *band, *sex),
                    people,
                ));
            }
        }
    }
    let base = Base(found.iter().map(|(_, count, _)| count).sum());
    let everybody: u32 = found.iter().map(|(.., people)| people).sum();
    let groups: Vec<GroupShare> = found
        .into_iter()
        .map(|((area, band, sex), count, people)| {
            let census_share = f64::from(people) / f64::from(everybody.max(1));
            let answered = Share::new(count, base);
            let share = answered.value().filter(|_| people > 0);
            GroupShare {
                area: area.map(|area| place.areas()[area].code.clone()),
                age: band.map(|band| AgeBand::ALL[band]),
                sex: sex.map(|sex| Sex::ALL[sex]),
                answered,
                people,
                census_share,
                ratio: share.map(|share| share / census_share),
                needed: needed(count, base.0, census_share),
            }
        })
        .collect();
    let shares: Vec<(f64, f64)> = groups
        .iter()
        .map(|group| (group.answered.value().unwrap_or(0.0), group.census_share))
        .collect();
    Compared {
        dissimilarity: dissimilarity(&shares, base),
        groups,
        base,
    }
}

fn people(place: &Place, area: Option<usize>, band: Option<usize>, sex: Option<usize>) -> u32 {
    let mut people = 0;
    for (index, known) in place.areas().iter().enumerate() {
        for known_band in AgeBand::ALL {
            for known_sex in Sex::ALL {
                let is_meant = area.is_none_or(|area| area == index)
                    && band.is_none_or(|band| band == known_band as usize)
                    && sex.is_none_or(|sex| sex == known_sex as usize);
                if is_meant {
                    people += place
                        .population(&known.code, known_sex, known_band)
                        .unwrap_or(0);
                }
            }
        }
    }
    people
}

/// Those of a group; whoever is not known in what is not asked for counts too.
fn count(cube: &Cube, area: Option<usize>, band: Option<usize>, sex: Option<usize>) -> u32 {
    let range = |chosen: Option<usize>, all: usize| chosen.map_or(0..all + 1, |one| one..one + 1);
    let mut count = 0;
    for area in range(area, cube.areas) {
        for band in range(band, BANDS) {
            for sex in range(sex, SEXES) {
                count += cube.counts[cube.at(area, band, sex)];
            }
        }
    }
    count
}

/// How many more of a group bring it from `count` of `base` to [`MISSING_UNDER`] of its Census share t, all others
/// unchanged: (c + x)/(n + x) = 0.8t gives x = (0.8tn − c)/(1 − 0.8t), rounded up. None for a group that has as much.
#[must_use]
pub fn needed(count: u32, base: u32, census_share: f64) -> Option<u32> {
    let enough = MISSING_UNDER * census_share;
    let short = enough * f64::from(base) - f64::from(count);
    // Rounding alone is nobody missing.
    (short > 1e-9).then(|| (short / (1.0 - enough) - 1e-9).ceil().max(1.0) as u32)
}

/// How far shares of those who answered and of the Census are apart, group by group.
pub(super) fn dissimilarity(shares: &[(f64, f64)], base: Base) -> Option<Dissimilarity> {
    base.divisor()?;
    let apart = shares
        .iter()
        .map(|(answered, census)| (answered - census).abs());
    let by_chance = shares
        .iter()
        .map(|(_, census)| mean_distance(base.0, *census));
    Some(Dissimilarity {
        index: apart.sum::<f64>() / 2.0,
        by_chance: by_chance.sum::<f64>() / 2.0,
    })
}

/// E|X/n − t| for X of the binomial distribution with n and t: 2ν C(n, ν) tᵛ (1 − t)ⁿ⁻ᵛ⁺¹ / n with ν = ⌊nt⌋ + 1.
/// The count of each group of a simple random sample is so distributed, and a mean of sums is the sum of the means, so
/// that this gives the mean index exactly. Source: De Moivre (1730), as in Diaconis and Zabell (1991), Statistical
/// Science 6: 284–302.
fn mean_distance(base: u32, share: f64) -> f64 {
    if base == 0 || share <= 0.0 || share >= 1.0 {
        return 0.0;
    }
    let n = f64::from(base);
    let v = (n * share).floor() + 1.0;
    let ln_choose = ln_gamma(n + 1.0) - ln_gamma(v + 1.0) - ln_gamma(n - v + 1.0);
    let ln_term = ln_choose + v * share.ln() + (n - v + 1.0) * (1.0 - share).ln();
    2.0 * v * ln_term.exp() / n
}

// Serde hands fields over by reference.
#[allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option)]
fn band_code<S: serde::Serializer>(
    band: &Option<AgeBand>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    band.map(AgeBand::code).serialize(serializer)
}

#[allow(clippy::trivially_copy_pass_by_ref, clippy::ref_option)]
fn sex_code<S: serde::Serializer>(sex: &Option<Sex>, serializer: S) -> Result<S::Ok, S::Error> {
    sex.map(Sex::code).serialize(serializer)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;
    use statrs::distribution::{Binomial, Discrete};

    use super::*;
    use crate::analysis::reference_tests::read;

    #[test]
    fn the_mean_distance_equals_the_sum_over_the_distribution() {
        for (n, share) in [(1_u32, 0.3), (7, 0.5), (40, 0.01), (250, 0.07), (1000, 0.9)] {
            let binomial = Binomial::new(share, u64::from(n)).unwrap();
            let mean: f64 = (0..=u64::from(n))
                .map(|count| binomial.pmf(count) * (count as f64 / f64::from(n) - share).abs())
                .sum();
            let found = mean_distance(n, share);
            assert!((found - mean).abs() < 1e-10, "{n} {share}: {found} {mean}");
        }
        assert_eq!(mean_distance(0, 0.4), 0.0);
        assert_eq!(mean_distance(9, 1.0), 0.0);
    }

    #[test]
    fn the_reference_respondents_lack_the_districts_that_were_thinned() {
        let dataset = read(include_str!(
            "../../tests/fixtures/reference/respondents.csv"
        ));
        let found = Representation::of(&dataset, &Selection::all(&dataset));
        let harlow = found
            .areas
            .groups
            .iter()
            .find(|group| group.area.as_ref().unwrap().as_str() == "E07000073")
            .unwrap();
        assert_eq!(harlow.answered.count, 3);
        assert!(
            harlow.ratio.unwrap() < 0.1 && harlow.needed.unwrap() > 30,
            "{harlow:?}"
        );
        let index = found.areas.dissimilarity.unwrap();
        assert!(index.index > 3.0 * index.by_chance, "{index:?}");
        let ratios: Vec<f64> = found
            .missing()
            .iter()
            .map(|group| group.ratio.unwrap())
            .collect();
        assert!(ratios.is_sorted() && ratios.iter().all(|ratio| *ratio < MISSING_UNDER));
        let total: f64 = found
            .areas_and_ages
            .groups
            .iter()
            .map(|group| group.census_share)
            .sum();
        assert!((total - 1.0).abs() < 1e-12);
    }

    #[test]
    fn nobody_is_like_nobody() {
        let dataset = read("id\n");
        let found = Representation::of(&dataset, &Selection::all(&dataset));
        assert_eq!(found.dissimilarity, None);
        assert!(found.missing().is_empty());
        assert!(found.areas.groups.iter().all(|group| group.ratio.is_none()));
    }

    proptest! {
        #[test]
        fn as_many_as_are_needed_are_enough_and_one_less_is_not(count in 0_u32..50, others in 0_u32..5000, share in 0.001_f64..0.5) {
            let base = count + others;
            let reached = |more: u32| f64::from(count + more) / f64::from((base + more).max(1));
            match needed(count, base, share) {
                None => prop_assert!(base == 0 || reached(0) >= MISSING_UNDER * share - 1e-9),
                Some(more) => {
                    prop_assert!(reached(more) >= MISSING_UNDER * share - 1e-9);
                    prop_assert!(reached(more - 1) < MISSING_UNDER * share + 1e-9);
                }
            }
        }
    }
}
