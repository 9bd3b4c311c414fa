//! Importance and performance as points in quadrants.

use crate::{
    analysis::importance::{ImportancePerformance, Quadrant},
    charts::{Caption, Layout, Quadrants, ScatterAxis, ScatterPoint, ScatterSpec, Span, scatter},
    results::ResultQuery,
    survey::{definition::Question, ids::Slug},
    web::pages::{ChartView, TableView},
};

use super::{WITH_CHART, both, files, words::Words};

/// What the chart is of.
pub(super) struct ImportanceChart<'a> {
    pub words: &'a Words<'a>,
    pub slug: &'a Slug,
    pub query: &'a ResultQuery,
    /// The grid that rates themes.
    pub question: &'a Question,
    pub found: &'a ImportancePerformance,
}

/// A correlation may be below nothing: its sign is a minus, not a hyphen.
fn signed(at: f64) -> String {
    format!("{at:.2}").replace('-', "−")
}

impl ImportanceChart<'_> {
    /// The chart over its table. Without two themes that have an importance there is nothing to compare, and no chart.
    pub(super) fn view(&self, finding: String, table: TableView) -> ChartView {
        let words = self.words;
        let split = self
            .found
            .crosshair_performance
            .zip(self.found.crosshair_importance)
            .filter(|_| self.points().len() > 1);
        let drawn = split.map(|split| {
            let about = words.id("importance-chart-about");
            both("importance", &finding, &about, |caption, layout| {
                self.draw(split, caption, layout)
            })
        });
        let (wide, narrow) = drawn.unzip();
        let most = self.found.themes.iter();
        let most = most.map(|theme| theme.performance.base.0).max();
        ChartView {
            id: "importance-title".to_owned(),
            title: finding,
            subtitle: words.id("importance-title"),
            wide,
            narrow,
            empty: None,
            base: words.counted("importance-base", most.unwrap_or(0)),
            table: Some(table),
            files: files(
                self.slug,
                "priorities",
                &self.query.query(),
                WITH_CHART,
                |id| words.id(id),
            ),
        }
    }

    fn points(&self) -> Vec<ScatterPoint> {
        let themes = self.found.themes.iter();
        let point = |theme: &crate::analysis::importance::RatedTheme| {
            Some(ScatterPoint {
                label: self.words.row(self.question, &theme.code),
                x: theme.performance.mean?,
                y: theme.importance?.rho,
                is_emphasised: theme.quadrant == Some(Quadrant::ConcentrateHere),
            })
        };
        themes.filter_map(point).collect()
    }

    fn draw(
        &self,
        (performance, importance): (f64, f64),
        caption: Caption,
        layout: Layout,
    ) -> String {
        let words = self.words;
        let points = self.points();
        let span = |value: fn(&ScatterPoint) -> f64, split: f64| {
            let values = || points.iter().map(value);
            let (low, high) = (
                values().fold(split, f64::min),
                values().fold(split, f64::max),
            );
            // Points at the very edge would lie on the frame.
            let room = ((high - low) * 0.15).max(0.05);
            Span::to_hold(low - room, high + room, signed)
        };
        let axis = |id: &str, value: fn(&ScatterPoint) -> f64, split: f64| ScatterAxis {
            name: words.id(id),
            span: span(value, split),
            split,
        };
        scatter(&ScatterSpec {
            caption,
            layout,
            x: axis("importance-along", |point| point.x, performance),
            y: axis("importance-up", |point| point.y, importance),
            quadrants: Quadrants {
                top_left: words.id("quadrant-concentrate"),
                top_right: words.id("quadrant-keep-up"),
                bottom_left: words.id("quadrant-low"),
                bottom_right: words.id("quadrant-overkill"),
            },
            points,
        })
    }
}
