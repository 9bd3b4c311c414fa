//! Where the figures of themes come from: ballots or budgets, added up by groups of areas.

use super::{
    columns::Column,
    dataset::{Chunk, Dataset},
    filter::Selection,
    measure::{Figure, Measure, Unmeasured},
    moments::Mean,
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
    ) -> Vec<Tally> {
        if let Some(purse) = self.purse {
            let group =
                |chunk: &Chunk, row: usize| usize::from(groups[usize::from(chunk.area[row])]);
            return self.money(dataset, selection, purse, group_count, group);
        }
        let by = self.ballots_by(groups, group_count);
        let ballots = ranking::count(dataset, selection, &by);
        ballots.into_iter().map(Tally::Ballots).collect()
    }

    /// Adds up each kind of people that weights tell apart.
    pub(super) fn count_placed(&self, dataset: &Dataset, selection: &Selection) -> Vec<Tally> {
        let placed = Placed::new(dataset.schema().place());
        if let Some(purse) = self.purse {
            let kind = |chunk: &Chunk, row: usize| placed.of(chunk, row);
            return self.money(dataset, selection, purse, placed.count(), kind);
        }
        let by = self.ballots_by(&[0; 256], 1);
        let ballots = ranking::count_placed(dataset, selection, &by);
        ballots.into_iter().map(Tally::Ballots).collect()
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
        group_of: impl Fn(&Chunk, usize) -> usize,
    ) -> Vec<Tally> {
        let blank = Money {
            base: 0,
            sums: vec![(0, 0); self.themes.len()],
        };
        let mut money = vec![blank; group_count];
        selection.each_chunk(dataset, |chunk, part| {
            let Column::Budget { status, amounts } = &chunk.columns[self.column] else {
                return;
            };
            let counts = |row: usize| status[row] == ANSWERED;
            let group = |row: usize| group_of(chunk, row);
            part.each(chunk.len(), |row| {
                money[group(row)].base += u32::from(counts(row))
            });
            for slot in 0..self.themes.len() {
                let columns = self.columns_of(slot, amounts);
                part.each(chunk.len(), |row| {
                    if counts(row) {
                        let amount: u64 = columns.iter().map(|cells| u64::from(cells[row])).sum();
                        let (sum, squares) = &mut money[group(row)].sums[slot];
                        *sum += amount;
                        *squares += amount * amount;
                    }
                });
            }
        });
        money
            .into_iter()
            .map(|money| Tally::Money(money, purse))
            .collect()
    }

    /// The amounts of the items that stand for a theme.
    pub(super) fn columns_of<'a>(&self, slot: usize, amounts: &'a [Vec<u16>]) -> Vec<&'a [u16]> {
        let items = self.slots.iter().zip(amounts);
        items
            .filter(|(own, _)| usize::from(**own) == slot)
            .map(|(_, cells)| &cells[..])
            .collect()
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
