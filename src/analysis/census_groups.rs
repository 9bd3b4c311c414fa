//! Who answered by ethnic group and disability, beside the Census.
//!
//! The Census's tables are of people of **all ages** and of the whole place, while those who answer are 16 or over: hence no
//! figure of how many more are needed, and none by area. Answers are special-category data: groups of fewer than
//! [`SUPPRESSED_BELOW`](super::equality::SUPPRESSED_BELOW) people have no figure and count in no other, the Census's shares
//! included, as in equality analysis. People from outside the place are left out.

use serde::Serialize;

use super::{
    areas::AREA_OUTSIDE,
    dataset::Dataset,
    equality::is_suppressed,
    filter::Selection,
    representation::{Dissimilarity, dissimilarity},
    schema::{CensusColumn, DECLINED},
    share::{Base, Share},
    variable::{Variable, VariableKey},
};
use crate::{
    geography::{CensusGroup, CensusTable},
    survey::ids::Code,
};

/// A group of the Census, and those who answered beside it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CensusGroupShare {
    /// Its code.
    pub group: Code,
    /// How many of those who answered belong to it; none, where they are too few to show.
    pub answered: Option<Share>,
    /// People of it of all ages, by the Census.
    pub people: u32,
    /// Their share of the people of all groups shown, 0..1; none for a group that is not shown.
    pub census_share: Option<f64>,
    /// The share of those who answered over the Census share; none, where either is of nobody.
    pub ratio: Option<f64>,
}

/// Those who answered beside one table of the Census.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BesideCensus {
    /// The table.
    pub table: CensusTable,
    /// The groups, in the order of the Census table.
    pub groups: Vec<CensusGroupShare>,
    /// Those whose group is known and shown.
    pub base: Base,
    /// Those who preferred not to say; none, where they are too few to show.
    pub declined: Option<Base>,
    /// All others of the place: without an answer, or of a group or number too small to show.
    pub others: Base,
    /// How unlike the place those who answered are, over the groups shown; none without two of them.
    pub dissimilarity: Option<Dissimilarity>,
}

/// Holds the selected responses against each table of the Census that the survey's roles and the place know of.
#[must_use]
pub fn beside_census(dataset: &Dataset, selection: &Selection) -> Vec<BesideCensus> {
    let schema = dataset.schema();
    CensusTable::ALL
        .into_iter()
        .zip(&schema.roles().census)
        .filter_map(|(table, columns)| {
            let people = schema.place().census(table);
            let counted = Counted::of(dataset, selection, columns, people)?;
            Some(counted.beside(table, people))
        })
        .collect()
}

/// How many of those selected are of each group.
struct Counted {
    groups: Vec<u32>,
    declined: u32,
    /// Neither, and of the place.
    unknown: u32,
}

/// One question's column, and what its cells mean.
struct Asked {
    variable: Variable,
    /// For each entry about it: its place among all, its cells, its group.
    entries: Vec<(usize, Box<[bool; 256]>, usize)>,
}

impl Counted {
    fn of(
        dataset: &Dataset,
        selection: &Selection,
        columns: &[CensusColumn],
        people: &[CensusGroup],
    ) -> Option<Self> {
        let mut asked: Vec<Asked> = Vec::new();
        for (rank, column) in columns.iter().enumerate() {
            let key = VariableKey::Question(column.question.clone());
            let group = people.iter().position(|group| group.code == column.group);
            let (Some(group), Some(variable)) = (group, Variable::find(dataset, &key)) else {
                continue;
            };
            let cells =
                variable.cells_of(|code| column.codes.iter().any(|known| known.as_str() == code));
            let entry = (rank, cells, group);
            match asked.iter_mut().find(|asked| asked.variable.key == key) {
                Some(known) => known.entries.push(entry),
                None => asked.push(Asked {
                    variable,
                    entries: vec![entry],
                }),
            }
        }
        if asked.is_empty() {
            return None;
        }
        let mut counted = Self {
            groups: vec![0; people.len()],
            declined: 0,
            unknown: 0,
        };
        let mut buffers = vec![Vec::new(); asked.len()];
        selection.each_chunk(dataset, |chunk, part| {
            let cells: Vec<&[u8]> = asked
                .iter()
                .zip(&mut buffers)
                .map(|(asked, buffer)| asked.variable.cells(chunk, buffer))
                .collect();
            part.each(chunk.len(), |row| {
                if chunk.area[row] != AREA_OUTSIDE {
                    counted.add(&asked, |question| cells[question][row]);
                }
            });
        });
        Some(counted)
    }

    /// Counts one response; of entries that fit, the first counts.
    fn add(&mut self, asked: &[Asked], cell: impl Fn(usize) -> u8) {
        let fitting = asked.iter().enumerate().flat_map(|(question, asked)| {
            let cell = usize::from(cell(question));
            let entries = asked.entries.iter();
            entries.filter(move |(_, cells, _)| cells[cell])
        });
        if let Some((_, _, group)) = fitting.min_by_key(|(rank, ..)| *rank) {
            self.groups[*group] += 1;
        } else if (0..asked.len()).any(|question| cell(question) == DECLINED) {
            self.declined += 1;
        } else {
            self.unknown += 1;
        }
    }

    fn beside(&self, table: CensusTable, people: &[CensusGroup]) -> BesideCensus {
        let is_shown = |count: &u32| !is_suppressed(*count);
        let shown = || {
            self.groups
                .iter()
                .zip(people)
                .filter(|(count, _)| is_shown(count))
        };
        let base = Base(shown().map(|(count, _)| count).sum());
        let everybody: u32 = shown().map(|(_, group)| group.people).sum();
        let groups: Vec<CensusGroupShare> = self
            .groups
            .iter()
            .zip(people)
            .map(|(count, group)| {
                let is_shown = is_shown(count);
                let census_share = (is_shown && everybody > 0)
                    .then(|| f64::from(group.people) / f64::from(everybody));
                let answered = is_shown.then(|| Share::new(*count, base));
                let share = answered.and_then(Share::value);
                CensusGroupShare {
                    group: group.code.clone(),
                    answered,
                    people: group.people,
                    census_share,
                    ratio: share
                        .zip(census_share.filter(|census| *census > 0.0))
                        .map(|(share, census)| share / census),
                }
            })
            .collect();
        let shares: Vec<(f64, f64)> = groups
            .iter()
            .filter_map(|group| Some((group.answered?.value()?, group.census_share?)))
            .collect();
        let declined = is_shown(&self.declined).then_some(Base(self.declined));
        let hidden: u32 = self.groups.iter().filter(|count| !is_shown(count)).sum();
        let hidden_declined = if declined.is_none() { self.declined } else { 0 };
        BesideCensus {
            table,
            base,
            declined,
            others: Base(self.unknown + hidden + hidden_declined),
            dissimilarity: (shares.len() > 1)
                .then(|| dissimilarity(&shares, base))
                .flatten(),
            groups,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::collections::BTreeMap;

    use serde_json::json;
    use statrs::distribution::{Binomial, Discrete};

    use super::*;
    use crate::{
        analysis::{
            dataset::DatasetBuilder,
            samples::{choices, code, question, row, schema, survey},
        },
        survey::{
            answers::{Answer, Answers},
            definition::Definition,
            ids::QuestionKey,
        },
    };

    fn asked() -> Definition {
        let entry = |group: &str, question: &str, codes: &[&str]| json!({ "group": group, "question": question, "codes": codes });
        let single = |key: &str, codes: &[&str]| {
            question(key, json!({ "kind": "single", "choices": choices(codes) }))
        };
        let groups = ["asian", "black", "mixed", "white", "other"];
        let ethnicity = groups.map(|group| entry(group, "group", &[group]));
        survey(
            &[],
            json!({
                "area": "area",
                "ethnicity": ethnicity,
                "disability": [
                    entry("disabled", "effect", &["a_lot", "a_little"]),
                    entry("not_disabled", "effect", &["not_at_all"]),
                    entry("not_disabled", "health", &["no"]),
                ],
            }),
            json!([
                question(
                    "area",
                    json!({ "kind": "area", "outside": { "en": "outside" } })
                ),
                single("group", &groups),
                single("health", &["yes", "no"]),
                single("effect", &["a_lot", "a_little", "not_at_all"]),
            ]),
        )
    }

    /// So many people of each kind, who all give the same answers; `-` is "prefer not to say".
    fn found(kinds: &[(u32, &[(&str, &str)])]) -> Vec<BesideCensus> {
        let mut builder = DatasetBuilder::new(schema(&asked()));
        let mut number = 0;
        for (people, given) in kinds {
            let answer = |answer: &str| match answer {
                "-" => Answer::Declined,
                chosen => Answer::One(code(chosen)),
            };
            let values: BTreeMap<QuestionKey, Answer> = given
                .iter()
                .map(|(key, chosen)| (QuestionKey::new(key).unwrap(), answer(chosen)))
                .collect();
            let answers = Answers {
                values,
                ..Answers::default()
            };
            for _ in 0..*people {
                builder.push(&row(number, &answers));
                number += 1;
            }
        }
        let dataset = builder.build();
        beside_census(&dataset, &Selection::all(&dataset))
    }

    fn near(found: f64, by_hand: f64) {
        assert!((found - by_hand).abs() < 1e-6, "{found} {by_hand}");
    }

    /// E|X/n − t|, added up over the binomial distribution.
    fn mean_distance(n: u32, share: f64) -> f64 {
        let binomial = Binomial::new(share, u64::from(n)).unwrap();
        (0..=u64::from(n))
            .map(|count| binomial.pmf(count) * (count as f64 / f64::from(n) - share).abs())
            .sum()
    }

    #[test]
    fn shares_of_ethnic_groups_are_of_those_shown_on_both_sides() {
        // The pack: asian 78,321, black 63,422, mixed 47,579, white 1,651,617, other 19,260. Nine are "other", which is too
        // few: the Census's shares are of 1,860,199 − 19,260 = 1,840,939 people then, and those who answered 142.
        let found = found(&[
            (100, &[("group", "white")]),
            (20, &[("group", "asian")]),
            (12, &[("group", "black")]),
            (10, &[("group", "mixed")]),
            (9, &[("group", "other")]),
            (11, &[("group", "-")]),
            (5, &[]),
            (3, &[("area", "outside"), ("group", "white")]),
        ]);
        let table = &found[0];
        assert_eq!(table.table, CensusTable::Ethnicity);
        assert_eq!((table.base, table.declined), (Base(142), Some(Base(11))));
        assert_eq!(table.others, Base(5 + 9));
        let of = |name: &str| {
            let mut groups = table.groups.iter();
            groups.find(|group| group.group.as_str() == name).unwrap()
        };
        for (name, count, share, census) in [
            ("white", 100, 0.704_225, 0.897_160),
            ("asian", 20, 0.140_845, 0.042_544),
            ("black", 12, 0.084_507, 0.034_451),
            ("mixed", 10, 0.070_423, 0.025_845),
        ] {
            let group = of(name);
            assert_eq!(group.answered.unwrap().count, count);
            near(group.answered.unwrap().value().unwrap(), share);
            near(group.census_share.unwrap(), census);
            assert!((group.ratio.unwrap() - share / census).abs() < 1e-4);
        }
        let other = of("other");
        assert_eq!(other.people, 19_260);
        assert_eq!(
            (other.answered, other.census_share, other.ratio),
            (None, None, None)
        );
        // White has 0.897160 − 0.704225 too little, and all others that much too much.
        let index = table.dissimilarity.unwrap();
        near(index.index, 0.192_935);
        let shares = [1_651_617.0, 78_321.0, 63_422.0, 47_579.0].map(|people| people / 1_840_939.0);
        let by_chance: f64 = shares.map(|share| mean_distance(142, share)).iter().sum();
        assert!((index.by_chance - by_chance / 2.0).abs() < 1e-9);
    }

    #[test]
    fn disability_is_told_by_two_questions_of_which_the_first_entry_counts() {
        // The pack: 309,117 disabled of 1,860,271.
        let found = found(&[
            (20, &[("health", "yes"), ("effect", "a_lot")]),
            (10, &[("health", "yes"), ("effect", "a_little")]),
            (15, &[("health", "yes"), ("effect", "not_at_all")]),
            (55, &[("health", "no")]),
            // Who says both is disabled: that entry stands first.
            (10, &[("health", "no"), ("effect", "a_lot")]),
            (6, &[("health", "yes"), ("effect", "-")]),
            (7, &[("health", "-")]),
            (8, &[("health", "yes")]),
        ]);
        let table = &found[1];
        assert_eq!(table.table, CensusTable::Disability);
        let [disabled, not] = &table.groups[..] else {
            panic!("{table:?}")
        };
        assert_eq!(disabled.answered.unwrap(), Share::new(40, Base(110)));
        assert_eq!(not.answered.unwrap(), Share::new(70, Base(110)));
        near(disabled.census_share.unwrap(), 0.166_168);
        assert_eq!((table.declined, table.others), (Some(Base(13)), Base(8)));
        near(table.dissimilarity.unwrap().index, 40.0 / 110.0 - 0.166_168);
    }

    #[test]
    fn nothing_can_be_taken_away_to_find_a_group_that_is_too_small() {
        let table = &found(&[
            (200, &[("health", "no")]),
            (9, &[("health", "yes"), ("effect", "a_lot")]),
            (9, &[("health", "-")]),
            (30, &[]),
        ])[1];
        assert_eq!(table.groups[0].answered, None);
        assert_eq!((table.base, table.declined), (Base(200), None));
        // With both small numbers among the others, neither is told.
        assert_eq!(table.others, Base(9 + 9 + 30));
        assert_eq!(table.dissimilarity, None);
    }
}
