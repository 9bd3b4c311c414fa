//! The colours of charts. Contrasts are those of the design tokens: 4.5:1 or more for text, 3:1 for shapes on white.

/// Text.
pub(super) const INK: &str = "#0F1C28";
/// Secondary text.
pub(super) const SOFT_INK: &str = "#47545F";
/// The surface behind tracks, and grid lines.
pub(super) const SURFACE: &str = "#F3F6F9";
/// Decorative lines.
pub(super) const LINE: &str = "#C9D3DC";
/// White.
pub(super) const WHITE: &str = "#FFFFFF";
/// The bar a chart speaks of.
pub(super) const EMPHASIS: &str = "#12436D";
/// Bars beside it.
pub(super) const CONTEXT: &str = "#5C8DB8";
/// What was lost on the way.
pub(super) const LOST: &str = "#8DB3D2";
/// The worst loss.
pub(super) const WORST: &str = "#F46A25";
/// What was brought to an end.
pub(super) const DONE: &str = "#0A6E65";
/// Hatching on a shape without a value.
pub(super) const NO_VALUE: &str = "#71828F";

/// Tints of one hue, light to dark, for maps, heat tables and scales.
const TINTS: [&str; 6] = [
    "#F1F6FA", "#DAE7F2", "#B9D1E5", "#8DB3D2", "#2F6A9C", "#12436D",
];
/// Colours of series, in the order they are used; never more in one chart.
const SERIES: [&str; 4] = ["#12436D", "#28A197", "#F46A25", "#801650"];

/// Sides of a scale, mild to strong: two hues that people with any colour vision tell apart, as dark as each other.
const NEGATIVE: [&str; 3] = ["#E3C0D2", "#B8709A", "#801650"];
const POSITIVE: [&str; 3] = ["#B9D1E5", "#5C8DB8", "#12436D"];

/// What a part of a chart is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// A tint of the heat scale, 0 (least) to 5 (most): for answers that have an order.
    Tint(u8),
    /// The n-th colour for series, 0 to 3: for things that have none.
    Series(u8),
    /// The unfavourable side of a scale, 0 (mild) to 2 (strong).
    Negative(u8),
    /// Its favourable side, 0 (mild) to 2 (strong).
    Positive(u8),
    /// Grey: don't know, prefer not to say, not answered.
    Neutral,
}

impl Fill {
    /// The colour.
    pub(super) fn colour(self) -> &'static str {
        match self {
            Self::Tint(tint) => tint_colour(tint),
            Self::Series(index) => SERIES[usize::from(index) % SERIES.len()],
            Self::Negative(level) => NEGATIVE[usize::from(level.min(2))],
            Self::Positive(level) => POSITIVE[usize::from(level.min(2))],
            Self::Neutral => LINE,
        }
    }

    /// The colour of text on it.
    pub(super) fn ink(self) -> &'static str {
        match self {
            Self::Tint(4..) | Self::Series(0 | 3) | Self::Negative(2..) | Self::Positive(2..) => {
                WHITE
            }
            _ => INK,
        }
    }

    /// The end of its class names.
    pub(super) fn class(self) -> String {
        match self {
            Self::Tint(tint) => format!("tint-{}", tint.min(5)),
            Self::Series(index) => format!("series-{}", usize::from(index) % SERIES.len()),
            Self::Negative(level) => format!("negative-{}", level.min(2)),
            Self::Positive(level) => format!("positive-{}", level.min(2)),
            Self::Neutral => "neutral".to_owned(),
        }
    }
}

/// What falls, or falls short.
pub(super) fn shortfall_colour() -> &'static str {
    NEGATIVE[2]
}

/// A colour of the heat scale; tints above the darkest are the darkest.
pub(super) fn tint_colour(tint: u8) -> &'static str {
    TINTS[usize::from(tint).min(TINTS.len() - 1)]
}
