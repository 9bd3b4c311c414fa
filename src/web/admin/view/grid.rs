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
    chart_kinds::{ChartKind, tint_on_scale},
    figures::{Drawn, Subject},
    reading::Reading,
    words::{count, percent},
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
        cells.extend(
            row.columns
                .iter()
                .map(|column| self.grid_cell(column.share)),
        );
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
            let values = parts.filter_map(|(column, _)| self.reading.value(column.share));
            percent(values.sum())
        };
        let likert_row = |row: &GridRow| LikertRow {
            label: self.words.row(self.question, &row.code),
            base_text: count(row.base.0),
            segments: self.segments(order.iter().filter_map(|&index| row.columns.get(index))),
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
                    segments: self.segments(row.columns.iter()),
                    note: self.words.id("officers-no-answers"),
                })
                .collect(),
        }
    }

    /// The parts of a row; none where nobody answered it.
    fn segments<'a>(&self, columns: impl Iterator<Item = &'a ChoiceShare>) -> Vec<Segment> {
        columns
            .filter_map(|column| {
                Some(Segment {
                    share: self.reading.value(column.share)?,
                    text: self.reading.share(column.share),
                })
            })
            .collect()
    }
}
