//! The charts room: results become accessible SVG, by one renderer for pages, downloaded files and reports.
//!
//! Pure: it knows neither HTTP nor SQL nor the clock. It draws what it is given; it never counts, rounds or words a
//! number, so every text arrives ready, in the reader's language. It may use the outlines of the geography room.
//! [`png`] makes a picture of any of them, with a font of its own.
//!
//! How every chart is made:
//! - no `style` attribute and no script, as the content security policy asks: looks stand in presentation attributes, so
//!   that a downloaded file looks the same, and in classes (`hys-chart__…`, `hys-map__…`), so that a style sheet may
//!   change them (forced colours, print, focus);
//! - a title and a description, named by `aria-labelledby`; the whole is one image, or a group where its parts are links;
//! - all text is escaped, whoever wrote it;
//! - bars start at 0;
//! - no colour alone tells one thing from another, and no text lies over another (`golden_tests` looks);
//! - ids begin with the id of the [`Caption`], so that several charts stand on one page.

mod axis;
mod bars;
mod beside;
mod columns;
mod dots;
mod dropoff;
pub mod heat;
mod labels;
mod legend;
mod likert;
mod line;
mod map;
mod map_key;
mod palette;
mod png;
mod rows;
mod scatter;
mod sheet;
mod silhouette;
mod slope;
mod small_map;
mod spread;
mod stacked;
mod svg;
mod text;

pub use axis::{Axis, Span, Tick, steps};
pub use bars::{Bar, BarsSpec, bars};
pub use columns::{Column, ColumnsSpec, Reference, columns};
pub use dots::{DotRow, DotsSpec, dots};
pub use dropoff::{DropoffSpec, Step, dropoff};
pub use legend::Series;
pub use likert::{LikertColumn, LikertRow, LikertSpec, Side, likert};
pub use line::{LinePoint, LineSeries, LineSpec, Moment, line};
pub use map::{MapShape, MapSpec, map};
pub use map_key::{MapKeySpec, MapLegend, map_key};
pub use palette::Fill;
pub use png::{PngError, png};
pub use scatter::{Quadrants, ScatterAxis, ScatterPoint, ScatterSpec, scatter};
pub use sheet::{Sheet, sheet};
pub use silhouette::silhouette;
pub use slope::{SlopeLine, SlopeSpec, Trend, slope};
pub use small_map::{SmallMapSpec, SmallShape, small_map};
pub use stacked::{Segment, StackedRow, StackedSpec, stacked};

/// What names and describes a chart to people who don't see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caption {
    /// Begins every id in the chart; must be unique on the page. Only letters, digits, `-` and `_` of it are used.
    pub id: String,
    /// The finding, or the measure.
    pub title: String,
    /// What the chart shows, in a sentence or two: its figures, or where its table is.
    pub description: String,
}

/// For which room a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A column of a wide page, 640 units wide: labels stand beside their bars.
    Wide,
    /// A phone, 358 units wide: labels stand above their bars.
    Narrow,
}

impl Layout {
    /// The width charts other than maps are drawn at, in units that are CSS pixels at natural size.
    #[must_use]
    pub fn width(self) -> f32 {
        match self {
            Self::Wide => 640.0,
            Self::Narrow => 358.0,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Wide => "hys-chart--wide",
            Self::Narrow => "hys-chart--narrow",
        }
    }
}

#[cfg(test)]
mod golden_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;
