//! The charts that questions are drawn as, before they are laid out.

use crate::charts::{
    Axis, Bar, BarsSpec, Caption, Layout, LikertColumn, LikertRow, LikertSpec, Series, StackedRow,
    StackedSpec, bars, likert, stacked,
};

use super::words::percent;

/// A chart of a question, before it is laid out.
pub enum ChartKind {
    /// Bars along an axis.
    Bars {
        /// The axis.
        axis: Axis,
        /// The bars.
        bars: Vec<Bar>,
    },
    /// Rows that share out.
    Stacked {
        /// The parts of every row.
        series: Vec<Series>,
        /// The rows.
        rows: Vec<StackedRow>,
    },
    /// Rows on both sides of a centre line.
    Likert {
        /// The answers, from the most unfavourable.
        columns: Vec<LikertColumn>,
        /// What stands over the bases.
        base_heading: String,
        /// The rows.
        rows: Vec<LikertRow>,
    },
}

impl ChartKind {
    /// The SVG for one layout.
    #[must_use]
    pub fn draw(&self, caption: Caption, layout: Layout) -> String {
        match self {
            Self::Bars { axis, bars: list } => bars(&BarsSpec {
                caption,
                layout,
                axis: axis.clone(),
                bars: list.clone(),
            }),
            Self::Stacked { series, rows } => stacked(&StackedSpec {
                caption,
                layout,
                series: series.clone(),
                rows: rows.clone(),
            }),
            Self::Likert {
                columns,
                base_heading,
                rows,
            } => likert(&LikertSpec {
                caption,
                layout,
                columns: columns.clone(),
                base_heading: base_heading.clone(),
                rows: rows.clone(),
            }),
        }
    }
}

/// Bars of shares, on an axis in per cent.
#[must_use]
pub fn share_chart(bars: Vec<Bar>) -> ChartKind {
    ChartKind::Bars {
        axis: Axis::to_hold(longest(&bars).max(0.05), percent),
        bars,
    }
}

/// How far the bars and their intervals reach.
#[must_use]
pub fn longest(bars: &[Bar]) -> f64 {
    let ends = bars
        .iter()
        .flat_map(|bar| [bar.value, bar.interval.map(|(_, high)| high), bar.marker]);
    ends.flatten().fold(0.0, f64::max)
}
