//! A grid's chart and table: a scale with two sides parts at a centre line, and any other shares out row by row.

use crate::{
    analysis::{
        frequency::{ChoiceShare, GridRow},
        share::{Share, WeightedShare},
    },
    charts::{Fill, LikertColumn, LikertRow, Segment, Series, Side, StackedRow},
    survey::{definition::ScaleSide, ids::Code, message::Message},
    web::pages::TableView,
};

use super::{
    chart_kinds::ChartKind,
    figures::{Drawn, Subject},
    reading::Reading,
    words::count,
};

impl Subject<'_> {
    pub(super) fn grid(&self, rows: &[GridRow]) -> Drawn {
        let columns: &[ChoiceShare] = rows.first().map_or(&[], |row| &row.columns);
        let chart = match self.sides(columns) {
            Some(sides) => self.parted(rows, columns, &sides),
            None => self.shared_out(rows, columns),
        };
        let mut head: Vec<String> = self.head(&["result-row"]);
        head.extend(columns.iter().map(|column| self.column(&column.code)));
        head.push(self.words.id("result-count"));
        Drawn {
            subtitle: self.words.id("question-grid"),
            chart: Some(chart),
            table: Some(TableView {
                caption: self.words.plain(self.question.short_or_label()),
                head,
                rows: rows.iter().map(|row| self.grid_cells(row)).collect(),
            }),
        }
    }

    fn column(&self, code: &Code) -> String {
        self.words.option(self.question, code)
    }

    fn grid_cells(&self, row: &GridRow) -> Vec<String> {
        let mut cells = vec![self.words.row(self.question, &row.code)];
        let shares = row.columns.iter().map(|column| column.share);
        cells.extend(shares.map(|share| self.grid_cell(share)));
        cells.push(count(row.base.0));
        cells
    }

    fn grid_cell(&self, value: Share) -> String {
        let with_interval = |reading: Reading| {
            let interval = reading.interval(value);
            interval.map_or_else(
                || reading.share(value),
                |_| {
                    let interval = self.words.share_interval(interval);
                    format!("{} ({interval})", reading.share(value))
                },
            )
        };
        let own = with_interval(self.reading);
        if !self.reading.beside {
            return own;
        }
        let message = Message::new("result-and-weighted").with("own", own);
        self.words
            .say(&message.with("weighted", with_interval(Reading::weighted())))
    }

    /// Where each column stands, if its author said so of every one on the scale and there is something on both sides.
    fn sides(&self, columns: &[ChoiceShare]) -> Option<Vec<Side>> {
        let choices = self.question.choices();
        let side = |column: &ChoiceShare| {
            if column.apart {
                return Some(Side::Apart);
            }
            let choice = choices.iter().find(|choice| choice.code == column.code)?;
            Some(match choice.side? {
                ScaleSide::Favourable => Side::Positive,
                ScaleSide::Neutral => Side::Neutral,
                ScaleSide::Unfavourable => Side::Negative,
            })
        };
        let sides: Vec<Side> = columns.iter().map(side).collect::<Option<_>>()?;
        let both = sides.contains(&Side::Positive) && sides.contains(&Side::Negative);
        both.then_some(sides)
    }

    /// The scale from its unfavourable end, whichever end the question began with.
    fn parted(&self, rows: &[GridRow], columns: &[ChoiceShare], sides: &[Side]) -> ChartKind {
        let mut order: Vec<usize> = (0..columns.len()).collect();
        let first = sides
            .iter()
            .find(|side| matches!(side, Side::Positive | Side::Negative));
        if first == Some(&Side::Positive) {
            order.reverse();
        }
        // What stands apart comes last, in the question's order.
        order.sort_by_key(|&index| match sides[index] {
            Side::Negative | Side::Positive => 0,
            Side::Neutral => 1,
            Side::Apart => 2 + index,
        });
        let together = |row: &GridRow, side: Side| {
            let parts = row.columns.iter().zip(sides).filter(|(_, of)| **of == side);
            let parts = parts.map(|(column, _)| column.share);
            self.reading.share(all_of(parts, Share::new(0, row.base)))
        };
        let likert_row = |row: &GridRow| LikertRow {
            label: self.words.row(self.question, &row.code),
            base_text: count(row.base.0),
            segments: segments(
                self.reading,
                order.iter().filter_map(|&index| row.columns.get(index)),
            ),
            negative_text: together(row, Side::Negative),
            positive_text: together(row, Side::Positive),
            note: self.words.id("officers-no-answers"),
        };
        ChartKind::Likert {
            columns: order
                .iter()
                .map(|&index| LikertColumn {
                    name: self.column(&columns[index].code),
                    side: sides[index],
                })
                .collect(),
            base_heading: self.words.id("result-count"),
            rows: rows.iter().map(likert_row).collect(),
        }
    }

    fn shared_out(&self, rows: &[GridRow], columns: &[ChoiceShare]) -> ChartKind {
        let on_scale = columns.iter().filter(|column| !column.apart).count();
        let mut place = 0_usize;
        let series = columns.iter().map(|column| {
            let fill = if column.apart {
                Fill::Neutral
            } else {
                place += 1;
                Fill::Tint(tint_on_scale(place - 1, on_scale))
            };
            Series {
                name: self.column(&column.code),
                fill,
            }
        });
        ChartKind::Stacked {
            series: series.collect(),
            rows: rows
                .iter()
                .map(|row| StackedRow {
                    label: self.words.row(self.question, &row.code),
                    segments: segments(self.reading, row.columns.iter()),
                    note: self.words.id("officers-no-answers"),
                })
                .collect(),
        }
    }
}

/// Shares of one base that leave each other out, as one.
fn all_of(parts: impl Iterator<Item = Share>, nobody: Share) -> Share {
    parts.fold(nobody, |sum, part| {
        let chosen = sum.weighted.map(|sum| sum.chosen).unwrap_or_default();
        let weighted = part.weighted.map(|part| WeightedShare {
            chosen: chosen.with(part.chosen),
            base: part.base,
        });
        Share::new(sum.count + part.count, sum.base).with_weights(weighted)
    })
}

/// The parts of a row; none where nobody answered it.
fn segments<'a>(reading: Reading, columns: impl Iterator<Item = &'a ChoiceShare>) -> Vec<Segment> {
    columns
        .filter_map(|column| {
            Some(Segment {
                share: reading.value(column.share)?,
                text: reading.share(column.share),
            })
        })
        .collect()
}

/// The tint of the n-th of `steps` answers on a scale: the last is the darkest, and none is as pale as the page.
fn tint_on_scale(place: usize, steps: usize) -> u8 {
    let last = steps.saturating_sub(1).max(1);
    u8::try_from(1 + (place * 4 + last / 2) / last)
        .unwrap_or(5)
        .min(5)
}
