//! A comparison as rows of typed cells: one figure a row.

use super::{
    compare::CompareOutcome,
    rows::{Cell, ends},
};
use crate::analysis::{
    crosstab::{Adjusted, Association, Crosstab, PairTest},
    share::Share,
};

pub(super) const COMPARE: &[&str] = &[
    "row",
    "by",
    "code",
    "column",
    "other",
    "figure",
    "value",
    "count",
    "base",
    "low",
    "high",
    "statistic",
    "p",
    "p_holm",
    "p_bh",
    "higher_than",
];

/// Where a figure stands.
#[derive(Clone, Copy, Default)]
struct At<'a> {
    code: &'a str,
    column: &'a str,
    other: &'a str,
}

struct Rows<'a> {
    table: &'a Crosstab,
    rows: &'a mut Vec<Vec<Cell>>,
}

impl Rows<'_> {
    fn add(&mut self, at: At<'_>, figure: &str, value: [Cell; 5], test: Adjusted, marks: Cell) {
        let mut cells: Vec<Cell> = vec![
            self.table.row.to_string().as_str().into(),
            self.table.column.to_string().as_str().into(),
            at.code.into(),
            at.column.into(),
            at.other.into(),
            figure.into(),
        ];
        cells.extend(value);
        cells.extend([
            test.statistic.into(),
            test.p.into(),
            test.p_holm.into(),
            test.p_bh.into(),
            marks,
        ]);
        self.rows.push(cells);
    }

    fn share(&mut self, at: At<'_>, share: Share, test: Adjusted, marks: Cell) {
        let (low, high) = ends(share.wilson());
        let value = [
            share.value().into(),
            share.count.into(),
            share.base.into(),
            low,
            high,
        ];
        self.add(at, "share", value, test, marks);
    }

    fn number(&mut self, at: At<'_>, figure: &str, value: impl Into<Cell>) {
        let value = [
            value.into(),
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ];
        self.add(at, figure, value, Adjusted::default(), Cell::Empty);
    }

    fn association(&mut self, at: At<'_>, association: &Association, p_holm: Option<f64>) {
        let test = Adjusted {
            statistic: Some(association.statistic),
            p: Some(association.p),
            p_holm,
            p_bh: None,
        };
        let value = [
            association.statistic.into(),
            Cell::Empty,
            self.table.base.into(),
            Cell::Empty,
            Cell::Empty,
        ];
        self.add(at, "chi_square", value, test, Cell::Empty);
        self.number(at, "df", f64::from(association.df));
        self.number(at, "cramers_v", association.cramers_v);
        self.number(
            at,
            "expected_below_5",
            f64::from(association.expected_below_5),
        );
        self.number(at, "min_expected", association.min_expected);
    }

    fn pair(&mut self, pair: &PairTest) {
        let columns = &self.table.columns;
        let at = At {
            code: &self.table.rows[pair.row].code,
            column: &columns[pair.column].code,
            other: &columns[pair.other].code,
        };
        let nothing = [
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
            Cell::Empty,
        ];
        self.add(at, "pair", nothing, pair.test, Cell::Empty);
    }
}

pub(super) fn compare_rows(outcome: &CompareOutcome) -> Vec<Vec<Cell>> {
    let mut all = Vec::new();
    for table in &outcome.tables {
        let mut rows = Rows {
            table,
            rows: &mut all,
        };
        if let Some(association) = &table.association {
            rows.association(At::default(), association, None);
        }
        for row in &table.rows {
            let at = At {
                code: &row.code,
                ..At::default()
            };
            rows.share(
                At {
                    column: "all",
                    ..at
                },
                row.total,
                Adjusted::default(),
                Cell::Empty,
            );
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                let at = At {
                    column: &column.code,
                    ..at
                };
                let marks = Cell::Text(cell.higher_than.clone());
                rows.share(at, cell.share, cell.against_rest.test, marks);
                rows.number(at, "expected", cell.expected);
                rows.number(at, "residual", cell.residual);
            }
            if let Some(test) = row.association
                && let Some(association) = &test.association
            {
                rows.association(at, association, test.p_holm);
            }
        }
        for (mean, column) in table
            .means
            .iter()
            .flat_map(|means| means.columns.iter().zip(&table.columns))
        {
            let (low, high) = ends(mean.mean.interval);
            let at = At {
                column: &column.code,
                ..At::default()
            };
            let value = [
                mean.mean.mean.into(),
                Cell::Empty,
                mean.mean.base.into(),
                low,
                high,
            ];
            rows.add(
                at,
                "mean",
                value,
                mean.against_rest,
                Cell::Text(mean.higher_than.clone()),
            );
        }
        table.pairs.iter().for_each(|pair| rows.pair(pair));
    }
    all
}
