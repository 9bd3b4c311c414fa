//! A comparison as rows of typed cells: one figure a row, with weights in columns beside.

use super::{
    compare::CompareOutcome,
    rows::{Cell, ends},
};
use crate::analysis::{
    crosstab::{
        Adjusted, Association, Crosstab, MeanRow, PairTest, RaoScott, WeightedColumn, WeightedTable,
    },
    moments::Mean,
    share::{Interval, Share},
    weighted_moments::WeightedMean,
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
    "weighted_value",
    "weighted_base",
    "effective_base",
    "weighted_low",
    "weighted_high",
    "weighted_statistic",
    "weighted_p",
    "weighted_p_holm",
    "weighted_p_bh",
    "weighted_higher_than",
];

/// Where a figure stands.
#[derive(Clone, Copy, Default)]
struct At<'a> {
    code: &'a str,
    column: &'a str,
    other: &'a str,
}

/// Value, count or sum of weights, base, ends of the interval; then the test and the letters.
struct Part {
    value: [Cell; 5],
    test: Adjusted,
    letters: Cell,
}

impl Part {
    fn none() -> Self {
        Self::tested(Adjusted::default())
    }

    fn tested(test: Adjusted) -> Self {
        Self {
            value: std::array::from_fn(|_| Cell::Empty),
            test,
            letters: Cell::Empty,
        }
    }

    fn number(value: impl Into<Cell>) -> Self {
        let mut part = Self::none();
        part.value[0] = value.into();
        part
    }

    fn share(share: Share) -> Self {
        let (low, high) = ends(share.wilson());
        Self {
            value: [
                share.value().into(),
                share.count.into(),
                share.base.into(),
                low,
                high,
            ],
            ..Self::none()
        }
    }

    fn mean(mean: &Mean) -> Self {
        let (low, high) = ends(mean.interval);
        Self {
            value: [mean.mean.into(), Cell::Empty, mean.base.into(), low, high],
            ..Self::none()
        }
    }

    /// A share with weights: the base is the sum of weights, and what it is worth.
    fn weighted(share: Option<f64>, of: &WeightedColumn, interval: Option<Interval>) -> Self {
        let (low, high) = ends(interval);
        let worth = of.effective_base.into();
        Self {
            value: [share.into(), of.sum.into(), worth, low, high],
            ..Self::none()
        }
    }

    fn weighted_mean(mean: &WeightedMean) -> Self {
        let (low, high) = ends(mean.interval);
        let worth = mean.base.effective().into();
        Self {
            value: [mean.mean.into(), mean.base.sum.into(), worth, low, high],
            ..Self::none()
        }
    }

    fn with(self, test: Adjusted, letters: &str) -> Self {
        Self {
            test,
            letters: Cell::Text(letters.to_owned()),
            ..self
        }
    }

    fn cells(self) -> impl Iterator<Item = Cell> {
        let test = self.test;
        let rest = [
            test.statistic.into(),
            test.p.into(),
            test.p_holm.into(),
            test.p_bh.into(),
            self.letters,
        ];
        self.value.into_iter().chain(rest)
    }
}

struct Rows<'a> {
    table: &'a Crosstab,
    rows: &'a mut Vec<Vec<Cell>>,
}

impl Rows<'_> {
    fn add(&mut self, at: At<'_>, figure: &str, raw: Part, weighted: Option<Part>) {
        let mut cells: Vec<Cell> = vec![
            self.table.row.to_string().as_str().into(),
            self.table.column.to_string().as_str().into(),
            at.code.into(),
            at.column.into(),
            at.other.into(),
            figure.into(),
        ];
        cells.extend(raw.cells());
        cells.extend(weighted.unwrap_or_else(Part::none).cells());
        self.rows.push(cells);
    }

    fn association(&mut self, at: At<'_>, association: &Association, p_holm: Option<f64>) {
        let mut test = Part::tested(Adjusted {
            statistic: Some(association.statistic),
            p: Some(association.p),
            p_holm,
            p_bh: None,
        });
        test.value[0] = association.statistic.into();
        test.value[2] = self.table.base.into();
        self.add(at, "chi_square", test, None);
        let numbers = [
            ("df", f64::from(association.df)),
            ("cramers_v", association.cramers_v),
            ("expected_below_5", f64::from(association.expected_below_5)),
            ("min_expected", association.min_expected),
        ];
        for (figure, number) in numbers {
            self.add(at, figure, Part::number(number), None);
        }
    }

    /// The weighted test; without p where it can't be computed.
    fn rao_scott(&mut self, at: At<'_>, found: &RaoScott, p_holm: Option<f64>) {
        let mut test = Part::tested(Adjusted {
            statistic: found.f,
            p: found.p,
            p_holm,
            p_bh: None,
        });
        test.value[0] = found.f.into();
        self.add(at, "rao_scott", Part::none(), Some(test));
        let numbers = [
            ("rao_scott_ndf", found.ndf),
            ("rao_scott_ddf", found.ddf),
            ("weighted_cramers_v", found.cramers_v),
        ];
        for (figure, number) in numbers {
            self.add(at, figure, Part::none(), Some(Part::number(number)));
        }
    }

    fn tests(&mut self) {
        let table = self.table;
        if let Some(association) = &table.association {
            self.association(At::default(), association, None);
        }
        let weighted = table.weighted.as_ref();
        if let Some(found) = weighted.and_then(|weighted| weighted.rao_scott.as_ref()) {
            self.rao_scott(At::default(), found, None);
        }
    }

    fn row(&mut self, place: usize) {
        let (table, row) = (self.table, &self.table.rows[place]);
        let weighted = table.weighted.as_ref();
        let at = |column| At {
            code: &row.code,
            column,
            other: "",
        };
        let total = weighted.map(|weighted| {
            let total = &weighted.totals[place];
            Part::weighted(total.share, &weighted.all, total.interval)
        });
        self.add(at("all"), "share", Part::share(row.total), total);
        for (column, (cell, head)) in row.cells.iter().zip(&table.columns).enumerate() {
            let weighted = weighted.map(|weighted| {
                let cell = &weighted.cells[place][column];
                Part::weighted(cell.share, &weighted.columns[column], cell.interval)
                    .with(cell.against_rest.test, &cell.higher_than)
            });
            let raw = Part::share(cell.share).with(cell.against_rest.test, &cell.higher_than);
            self.add(at(&head.code), "share", raw, weighted);
            for (figure, number) in [("expected", cell.expected), ("residual", cell.residual)] {
                self.add(at(&head.code), figure, Part::number(number), None);
            }
        }
        if let Some(test) = row.association
            && let Some(association) = &test.association
        {
            self.association(at(""), association, test.p_holm);
        }
        if let Some(weighted) = weighted
            && let Some(found) = weighted.of_rows.get(place)
        {
            self.rao_scott(at(""), found, weighted.of_rows_p_holm[place]);
        }
    }

    fn means(&mut self, means: &MeanRow) {
        let table = self.table;
        let weighted = table.weighted.as_ref();
        let weighted = weighted.and_then(|weighted| weighted.means.as_ref());
        let at = |column| At {
            column,
            ..At::default()
        };
        let all = weighted.map(|means| Part::weighted_mean(&means.all));
        self.add(at("all"), "mean", Part::mean(&means.all), all);
        for (column, (mean, head)) in means.columns.iter().zip(&table.columns).enumerate() {
            let weighted = weighted.map(|means| {
                let mean = &means.columns[column];
                Part::weighted_mean(&mean.mean).with(mean.against_rest, &mean.higher_than)
            });
            let raw = Part::mean(&mean.mean).with(mean.against_rest, &mean.higher_than);
            self.add(at(&head.code), "mean", raw, weighted);
        }
    }

    fn pair(&mut self, pair: &PairTest, weighted: Option<&PairTest>) {
        let columns = &self.table.columns;
        let at = At {
            code: &self.table.rows[pair.row].code,
            column: &columns[pair.column].code,
            other: &columns[pair.other].code,
        };
        let weighted = weighted.map(|pair| Part::tested(pair.test));
        self.add(at, "pair", Part::tested(pair.test), weighted);
    }
}

pub(super) fn compare_rows(outcome: &CompareOutcome) -> Vec<Vec<Cell>> {
    let mut all = Vec::new();
    for table in &outcome.tables {
        let mut rows = Rows {
            table,
            rows: &mut all,
        };
        rows.tests();
        (0..table.rows.len()).for_each(|place| rows.row(place));
        if let Some(means) = &table.means {
            rows.means(means);
        }
        let weighted = |place: usize| {
            let of: &WeightedTable = table.weighted.as_ref()?;
            of.pairs.get(place)
        };
        for (place, pair) in table.pairs.iter().enumerate() {
            rows.pair(pair, weighted(place));
        }
    }
    all
}
