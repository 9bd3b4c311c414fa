//! Where the figures of themes come from: ballots or budgets, added up by groups of areas.

use std::borrow::Cow;

use super::{
    ballots::BallotTable,
    columns::Column,
    dataset::{Chunk, Dataset},
    filter::Selection,
    measure::{Figure, Measure, Unmeasured},
    moments::Mean,
    parallel,
    placed::Placed,
    ranking::{self, BallotCount, Ballots, NO_SLOT, TOP_PLACES},
    schema::{ANSWERED, Layout, Options, Purse, Schema},
    share::Base,
    weighted_moments::ScoreSums,
};
use crate::survey::ids::ThemeKey;

/// Where a measure's figures come from: a question's column, and which theme each of its items stands for.
pub(super) struct Source {
    pub(super) column: usize,
    pub(super) measure: Measure,
    pub(super) places: usize,
    /// Item → theme, as a place in `themes`.
    pub(super) slots: Vec<u8>,
    pub(super) themes: Vec<ThemeKey>,
    pub(super) purse: Option<Purse>,
}

impl Source {
    pub(super) fn find(schema: &Schema, measure: Measure) -> Result<Self, Unmeasured> {
        let lacking = if measure == Measure::Money {
            Unmeasured::NoBudget
        } else {
            Unmeasured::NoRanking
        };
        let roles = schema.roles();
        let column = if measure == Measure::Money {
            roles.budget
        } else {
            roles.priorities
        };
        let column = column.ok_or(lacking)?;
        let (items, places, purse) = match &schema.questions()[column].layout {
            Layout::Ranking { items, places } if measure != Measure::Money => {
                (items, *places, None)
            }
            Layout::Budget { items, total, unit } if measure == Measure::Money => (
                items,
                0,
                Some(Purse {
                    total: *total,
                    unit: *unit,
                }),
            ),
            _ => return Err(lacking),
        };
        let (themes, slots) = slots(schema, items);
        if themes.is_empty() {
            return Err(Unmeasured::NoThemes);
        }
        Ok(Self {
            column,
            measure,
            places,
            slots,
            themes,
            purse,
        })
    }

    pub(super) fn count(
        &self,
        dataset: &Dataset,
        selection: &Selection,
        groups: &[u8; 256],
        group_count: usize,
    ) -> Tallies {
        if let Some(purse) = self.purse {
            let group =
                |chunk: &Chunk, row: usize| usize::from(groups[usize::from(chunk.area[row])]);
            return self.money(dataset, selection, purse, group_count, group);
        }
        let by = self.ballots_by(groups, group_count);
        Tallies::of_ballots(ranking::count(dataset, selection, &by))
    }

    /// Adds up each kind of people that weights tell apart.
    pub(super) fn count_placed(&self, dataset: &Dataset, selection: &Selection) -> Tallies {
        let placed = Placed::new(dataset.schema().place());
        if let Some(purse) = self.purse {
            let kind = |chunk: &Chunk, row: usize| placed.of(chunk, row);
            return self.money(dataset, selection, purse, placed.count(), kind);
        }
        let by = self.ballots_by(&[0; 256], 1);
        Tallies::of_ballots(ranking::count_placed(dataset, selection, &by))
    }

    fn ballots_by<'a>(&'a self, groups: &'a [u8; 256], group_count: usize) -> BallotCount<'a> {
        BallotCount {
            column: self.column,
            places: self.places,
            slots: &self.slots,
            slot_count: self.themes.len(),
            groups,
            group_count,
        }
    }

    fn money(
        &self,
        dataset: &Dataset,
        selection: &Selection,
        purse: Purse,
        group_count: usize,
        group_of: impl Fn(&Chunk, usize) -> usize + Sync,
    ) -> Tallies {
        let slots = self.themes.len();
        // A group after the last takes those who gave no budget, so that no row needs a branch of its own.
        let nobody = group_count;
        let blank = || {
            (
                vec![0_u32; group_count + 1],
                vec![0_u128; (group_count + 1) * slots],
            )
        };
        let (bases, sums) = parallel::scan(
            dataset,
            selection,
            blank,
            |(bases, sums), chunk, part| {
                let Column::Budget { status, amounts } = &chunk.columns[self.column] else {
                    return;
                };
                let amounts = self.amounts_by_slot(amounts);
                part.each(chunk.len(), |row| {
                    let own = group_of(chunk, row);
                    let group = if status[row] == ANSWERED { own } else { nobody };
                    bases[group] += 1;
                    let sums = &mut sums[group * slots..(group + 1) * slots];
                    for (sum, amounts) in sums.iter_mut().zip(&amounts) {
                        // The sum in the upper half, that of squares in the lower.
                        let amount = u64::from(amounts[row]);
                        *sum += u128::from(amount) << 64 | u128::from(amount * amount);
                    }
                });
            },
            |all, part| {
                parallel::add_up(&mut all.0, &part.0);
                all.1
                    .iter_mut()
                    .zip(part.1)
                    .for_each(|(all, part)| *all += part);
            },
        );
        let groups = bases.iter().zip(sums.chunks(slots)).take(group_count);
        let groups = groups
            .map(|(base, sums)| {
                let sums = sums.iter().map(|both| ((both >> 64) as u64, *both as u64));
                let money = Money {
                    base: *base,
                    sums: sums.collect(),
                };
                Tally::Money(money, purse)
            })
            .collect();
        Tallies {
            groups,
            table: None,
        }
    }

    /// What each row of a chunk gives to each theme: the amounts of its item, or of its items together.
    pub(super) fn amounts_by_slot<'a>(&self, amounts: &'a [Vec<u16>]) -> Vec<Cow<'a, [u16]>> {
        let together = |slot: usize| {
            let items = self.slots.iter().zip(amounts);
            let mut own = items
                .filter(|(of_item, _)| usize::from(**of_item) == slot)
                .map(|(_, cells)| &cells[..]);
            let mut all = Cow::Borrowed(own.next().unwrap_or_default());
            for more in own {
                let sums = all.iter().zip(more);
                all = Cow::Owned(
                    sums.map(|(one, other)| one.saturating_add(*other))
                        .collect(),
                );
            }
            all
        };
        (0..self.themes.len()).map(together).collect()
    }
}

/// What each group said, and the table of ballots it was counted by where there is one.
pub(super) struct Tallies {
    pub(super) groups: Vec<Tally>,
    pub(super) table: Option<BallotTable>,
}

impl Tallies {
    fn of_ballots(counted: ranking::Counted) -> Self {
        Self {
            groups: counted.groups.into_iter().map(Tally::Ballots).collect(),
            table: counted.table,
        }
    }
}

/// The themes that items stand for, in the survey's order, and the theme of each item.
fn slots(schema: &Schema, items: &Options) -> (Vec<ThemeKey>, Vec<u8>) {
    let named = |theme: &&ThemeKey| {
        items
            .list()
            .iter()
            .any(|item| item.theme.as_ref() == Some(*theme))
    };
    let themes: Vec<ThemeKey> = schema
        .themes()
        .iter()
        .filter(named)
        .take(usize::from(NO_SLOT))
        .cloned()
        .collect();
    let slot = |theme: &ThemeKey| themes.iter().position(|known| known == theme);
    let slots = items
        .list()
        .iter()
        .map(|item| {
            item.theme
                .as_ref()
                .and_then(slot)
                .and_then(|slot| u8::try_from(slot).ok())
        })
        .map(|slot| slot.unwrap_or(NO_SLOT))
        .collect();
    (themes, slots)
}

/// Budgets of one group of people.
#[derive(Debug, Clone)]
pub(super) struct Money {
    base: u32,
    /// Theme → sum of amounts, and of their squares.
    sums: Vec<(u64, u64)>,
}

/// What one group of people said.
#[derive(Debug, Clone)]
pub(super) enum Tally {
    Ballots(Ballots),
    Money(Money, Purse),
}

impl Tally {
    pub(super) fn base(&self) -> Base {
        match self {
            Self::Ballots(ballots) => ballots.base(),
            Self::Money(money, _) => Base(money.base),
        }
    }

    /// The sums of a theme's scores or amounts, and of their squares.
    pub(super) fn sums(&self, slot: usize, measure: Measure) -> (i128, i128) {
        match (self, measure.score()) {
            (Self::Ballots(ballots), Some(score)) => ballots.sums(slot, score),
            (Self::Ballots(_), None) => (0, 0),
            (Self::Money(money, _), _) => {
                let (sum, squares) = money.sums[slot];
                (i128::from(sum), i128::from(squares))
            }
        }
    }

    pub(super) fn figure(&self, slot: usize, measure: Measure) -> Figure {
        match (self, measure) {
            (Self::Ballots(ballots), Measure::First) => Figure::Share(ballots.top(slot, 1)),
            (Self::Ballots(ballots), Measure::MeanRank) => Figure::Mean(ballots.mean_rank(slot)),
            (Self::Ballots(ballots), Measure::Borda) => Figure::Mean(ballots.borda(slot)),
            (Self::Ballots(ballots), _) => Figure::Share(ballots.top(slot, TOP_PLACES)),
            (Self::Money(money, purse), _) => {
                let (sum, squares) = self.sums(slot, measure);
                let mean = Mean::from_sums(money.base, sum, squares, 1);
                Figure::Mean(mean.scaled(1.0 / f64::from(purse.total.max(1))))
            }
        }
    }

    /// What the sums of a theme's scores with weights come to, as a figure beside that without.
    pub(super) fn weigh(&self, figure: Figure, sums: &ScoreSums, measure: Measure) -> Figure {
        match (self, figure) {
            (_, Figure::Share(share)) => Figure::Share(share.with_weights(Some(sums.share()))),
            (Self::Ballots(ballots), Figure::Mean(mean)) => {
                let rank = sums.mean().scaled(0.5);
                let weighted = if measure == Measure::Borda {
                    rank.scaled(-1.0).shifted(ballots.items() as f64)
                } else {
                    rank
                };
                Figure::Mean(mean.with_weights(Some(weighted)))
            }
            (Self::Money(_, purse), Figure::Mean(mean)) => {
                let share = 1.0 / f64::from(purse.total.max(1));
                Figure::Mean(mean.with_weights(Some(sums.mean().scaled(share))))
            }
        }
    }

    /// The same of nobody.
    pub(super) fn emptied(&self) -> Self {
        self.without(self)
    }

    pub(super) fn add(&mut self, other: &Self) {
        match (self, other) {
            (Self::Ballots(own), Self::Ballots(other)) => own.add(other),
            (Self::Money(own, _), Self::Money(other, _)) => {
                own.base += other.base;
                for (own, other) in own.sums.iter_mut().zip(&other.sums) {
                    *own = (own.0 + other.0, own.1 + other.1);
                }
            }
            // Both come from one source.
            _ => {}
        }
    }

    pub(super) fn without(&self, part: &Self) -> Self {
        match (self, part) {
            (Self::Ballots(own), Self::Ballots(part)) => Self::Ballots(own.without(part)),
            (Self::Money(own, purse), Self::Money(part, _)) => {
                let sums = own.sums.iter().zip(&part.sums);
                let sums = sums
                    .map(|(own, part)| (own.0 - part.0, own.1 - part.1))
                    .collect();
                Self::Money(
                    Money {
                        base: own.base - part.base,
                        sums,
                    },
                    *purse,
                )
            }
            _ => self.clone(),
        }
    }
}
