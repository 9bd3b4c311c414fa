//! What the title of a results page may claim: a lead only where it survives correction for many comparisons.

use serde::Serialize;

use crate::{
    analysis::{
        frequency::{Figures, Frequency},
        lead::{self, Lead},
        share::{Base, Share},
        themes::ThemeTable,
    },
    survey::ids::{Code, ThemeKey},
};

/// What a title may say; Fluent words it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Headline {
    /// A theme is wanted more than every other.
    LeaderHolds {
        /// The theme.
        theme: ThemeKey,
        /// In how many groups of areas it comes first, alone or tied.
        areas_first: u32,
        /// How many groups of areas have answers enough to be ranked.
        areas_ranked: u32,
    },
    /// Some themes can't be told apart at the top.
    NoClearLeader {
        /// These, best figure first.
        themes: Vec<ThemeKey>,
    },
    /// A choice was given more often than every other.
    ChoiceLeads {
        /// The choice.
        code: Code,
        /// Who gave it.
        share: Share,
    },
    /// It only names what is measured.
    Measure,
    /// Too few people answered to say more.
    TooFew {
        /// How many.
        base: Base,
    },
    /// Nobody answered.
    Nobody,
}

impl Headline {
    /// The title of themes by area, by figures with weights or without.
    #[must_use]
    pub fn of_themes(table: &ThemeTable, with_weights: bool) -> Self {
        let weighted = table.weighted_lead.as_ref().filter(|_| with_weights);
        match weighted.unwrap_or(&table.lead) {
            Lead::Holds { theme, .. } => {
                let groups = || table.columns.iter().skip(1);
                let ranked = || groups().filter(|column| !column.is_small(with_weights));
                let first = ranked()
                    .filter(|column| column.first(with_weights).contains(theme))
                    .count();
                let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
                Self::LeaderHolds {
                    theme: theme.clone(),
                    areas_first: count(first),
                    areas_ranked: count(ranked().count()),
                }
            }
            Lead::Unclear { themes } => Self::NoClearLeader {
                themes: themes.clone(),
            },
            Lead::TooFew => Self::TooFew {
                base: table.columns[0].base,
            },
            Lead::Nobody => Self::Nobody,
        }
    }

    /// The title of a question's figures, with weights or without.
    #[must_use]
    pub fn of_question(frequency: &Frequency, with_weights: bool) -> Self {
        if frequency.base.0 == 0 {
            return Self::Nobody;
        }
        if frequency.base.is_small() {
            return Self::TooFew {
                base: frequency.base,
            };
        }
        let Figures::Single { options } = &frequency.figures else {
            return Self::Measure;
        };
        let shares: Vec<Share> = options.iter().map(|option| option.share).collect();
        let leader = if with_weights {
            lead::of_weighted_choices(&shares)
        } else {
            lead::of_choices(&shares)
        };
        match leader {
            Some(leader) => Self::ChoiceLeads {
                code: options[leader].code.clone(),
                share: options[leader].share,
            },
            None => Self::Measure,
        }
    }
}
