//! The rows of a comparison: each without weights, with them, or one under the other.

use crate::{
    analysis::{
        crosstab::{Adjusted, CrossCell, Crosstab, MeanRow, WeightedMeanRow, WeightedTable},
        share::{Interval, Share},
        significance::LEVEL,
    },
    results::Show,
    survey::message::Message,
    web::pages::{CrossCellView, CrossRowView},
};

use super::{
    compare::ComparePicture,
    variables::category_name,
    words::{Words, count, decimal, or_none, p_value, percent, share},
};

/// From how many standard errors a difference has the darker tint.
const DARKER_FROM: f64 = 4.0;

impl ComparePicture<'_> {
    /// The rows as they are shown.
    pub(super) fn rows(&self, table: &Crosstab) -> Vec<CrossRowView> {
        let (leading, shown) = (self.leading(table), self.shown(table));
        let beside = shown.filter(|_| leading.is_none());
        let mut rows = Vec::new();
        for place in 0..table.rows.len() {
            rows.push(match leading {
                Some(weighted) => self.weighted_row(table, weighted, place),
                None => self.row(table, place),
            });
            rows.extend(beside.map(|weighted| CrossRowView {
                is_weighted: true,
                ..self.weighted_row(table, weighted, place)
            }));
        }
        let Some(means) = &table.means else {
            return rows;
        };
        let weighted = |of: &WeightedTable| {
            let means = of.means.as_ref()?;
            Some(self.weighted_means(of, means))
        };
        rows.push(
            leading
                .and_then(weighted)
                .unwrap_or_else(|| self.means(table, means)),
        );
        let beside = beside.and_then(weighted);
        rows.extend(beside.map(|row| CrossRowView {
            is_weighted: true,
            ..row
        }));
        rows
    }

    fn row(&self, table: &Crosstab, place: usize) -> CrossRowView {
        let row = &table.rows[place];
        let cells = row.cells.iter().zip(&table.columns);
        let cells = cells.map(|(cell, column)| self.cell(cell, column.small));
        let test = row
            .association
            .and_then(|test| Some((test.association?, test.p_holm?)));
        let (value, detail) = self.figure(row.total);
        CrossRowView {
            name: category_name(self.words, &table.row, &row.code),
            is_weighted: false,
            note: test.map(|(found, p)| note(self.words, p, found.cramers_v)),
            is_mean: false,
            all: CrossCellView::plain(value, detail),
            cells: cells.collect(),
        }
    }

    fn figure(&self, of: Share) -> (String, String) {
        match self.view.show {
            Show::Percent => (share(of), String::new()),
            Show::Counts => (count(of.count), String::new()),
            Show::Both => (share(of), count(of.count)),
        }
    }

    fn cell(&self, cell: &CrossCell, thin: bool) -> CrossCellView {
        let (value, detail) = self.figure(cell.share);
        CrossCellView {
            thin,
            ..marked(&cell.against_rest.test, &cell.higher_than, (value, detail))
        }
    }

    fn mean_figure(&self, (mean, interval): (Option<f64>, Option<Interval>)) -> (String, String) {
        let detail = self.words.mean_interval(interval, decimal);
        (or_none(mean, decimal), detail)
    }

    /// The row of means, without weights or with them.
    fn mean_row(
        &self,
        of_all: (Option<f64>, Option<Interval>),
        cells: Vec<CrossCellView>,
    ) -> CrossRowView {
        let (value, detail) = self.mean_figure(of_all);
        CrossRowView {
            name: self.words.id("result-mean"),
            is_weighted: false,
            note: None,
            is_mean: true,
            all: CrossCellView::plain(value, detail),
            cells,
        }
    }

    fn means(&self, table: &Crosstab, means: &MeanRow) -> CrossRowView {
        let columns = means.columns.iter().zip(&table.columns);
        let cells = columns.map(|(of, column)| {
            let figure = self.mean_figure((of.mean.mean, of.mean.interval));
            CrossCellView {
                thin: column.small,
                ..marked(&of.against_rest, &of.higher_than, figure)
            }
        });
        self.mean_row((means.all.mean, means.all.interval), cells.collect())
    }

    fn weighted_row(&self, table: &Crosstab, of: &WeightedTable, place: usize) -> CrossRowView {
        let row = &table.rows[place];
        let total = &of.totals[place];
        let found = of.of_rows.get(place);
        let found = found.and_then(|found| Some((of.of_rows_p_holm[place]?, found.cramers_v?)));
        let columns = of.cells[place].iter().zip(&of.columns).zip(&row.cells);
        let cells = columns.map(|((cell, column), raw)| {
            if column.responses.0 == 0 && raw.share.base.0 > 0 {
                return self.unweighted_cell(raw);
            }
            let figure = self.weighted_figure((cell.share, cell.sum), cell.interval);
            CrossCellView {
                thin: column.small,
                ..marked(&cell.against_rest.test, &cell.higher_than, figure)
            }
        });
        let (value, detail) = self.weighted_figure((total.share, total.sum), total.interval);
        CrossRowView {
            name: category_name(self.words, &table.row, &row.code),
            is_weighted: false,
            note: found.map(|(p, v)| note(self.words, p, v)),
            is_mean: false,
            all: CrossCellView::plain(value, detail),
            cells: cells.collect(),
        }
    }

    /// A column of people who have no weights: what they say stands beside the weighted figures as it is.
    fn unweighted_cell(&self, raw: &CrossCell) -> CrossCellView {
        if self.reading.beside {
            return CrossCellView::plain(super::words::NONE.to_owned(), String::new());
        }
        let (value, _) = self.figure(raw.share);
        let detail = self.words.id("weights-none-here");
        CrossCellView {
            thin: raw.share.base.is_small(),
            ..CrossCellView::plain(value, detail)
        }
    }

    fn weighted_figure(
        &self,
        (share, sum): (Option<f64>, f64),
        interval: Option<Interval>,
    ) -> (String, String) {
        let people = count(sum.max(0.0).round() as u64);
        let value = or_none(share, percent);
        let interval = interval.map(|_| self.words.share_interval(interval));
        match (self.view.show, interval) {
            (Show::Counts, _) => (people, String::new()),
            (_, None) => (value, String::new()),
            (Show::Percent, Some(interval)) => (value, interval),
            (Show::Both, Some(interval)) => {
                let message = Message::new("compare-interval-count").with("interval", interval);
                (value, self.words.say(&message.with("count", people)))
            }
        }
    }

    fn weighted_means(&self, of: &WeightedTable, means: &WeightedMeanRow) -> CrossRowView {
        let columns = means.columns.iter().zip(&of.columns);
        let cells = columns.map(|(of, column)| {
            let figure = self.mean_figure((of.mean.mean, of.mean.interval));
            CrossCellView {
                thin: column.small,
                ..marked(&of.against_rest, &of.higher_than, figure)
            }
        });
        self.mean_row((means.all.mean, means.all.interval), cells.collect())
    }
}

/// What a test of one row found.
fn note(words: &Words<'_>, p: f64, cramers_v: f64) -> String {
    let id = if p < LEVEL {
        "compare-row-differs"
    } else {
        "compare-row-same"
    };
    let message = Message::new(id).with("p", p_value(p));
    words.say(&message.with("v", format!("{cramers_v:.2}")))
}

/// A cell with the marks of its tests.
fn marked(
    against_rest: &Adjusted,
    higher_than: &str,
    (value, detail): (String, String),
) -> CrossCellView {
    let found = against_rest
        .statistic
        .filter(|_| against_rest.p_holm.is_some_and(|p| p < LEVEL));
    let letters: Vec<String> = higher_than.chars().map(String::from).collect();
    CrossCellView {
        letters: letters.join(" "),
        differs: match found {
            Some(statistic) if statistic > 0.0 => "higher",
            Some(_) => "lower",
            None => "",
        },
        strong: found.is_some_and(|statistic| statistic.abs() >= DARKER_FROM),
        ..CrossCellView::plain(value, detail)
    }
}
