//! Rows of a chart: a label stands beside what is drawn where there is room, and above it on a phone.

use super::svg::Svg;
use super::{Layout, text};

/// The size of labels.
pub(super) const SIZE: f32 = 14.0;
/// The height of a line of them.
const LINE: f32 = 18.0;
const GAP: f32 = 10.0;

/// What is written at a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowLabel<'a> {
    pub(super) text: &'a str,
    pub(super) is_bold: bool,
    /// Room left above the row, where a group of rows begins.
    pub(super) space_before: f32,
}

impl<'a> RowLabel<'a> {
    pub(super) fn new(text: &'a str, is_bold: bool) -> Self {
        Self {
            text,
            is_bold,
            space_before: 0.0,
        }
    }
}

/// The room that a chart has for its rows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    pub(super) layout: Layout,
    /// Where the first row begins.
    pub(super) top: f32,
    /// How high a row's marks are.
    pub(super) marks: f32,
    /// The most that labels take beside the marks.
    pub(super) beside: f32,
    /// The width of labels above the marks.
    pub(super) above: f32,
}

/// A row with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    lines: Vec<String>,
    is_bold: bool,
    anchor: &'static str,
    x: f32,
    /// Where it begins.
    pub(super) top: f32,
    /// Where the next one begins.
    pub(super) bottom: f32,
    /// The base line of its label's first line.
    pub(super) base_line: f32,
    /// Where its marks begin.
    pub(super) marks_top: f32,
}

/// All rows of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    pub(super) rows: Vec<Row>,
    /// Where the marks begin, from the left.
    pub(super) left: f32,
    /// Where the last row ends.
    pub(super) bottom: f32,
}

impl Rows {
    /// Gives every row its place, one under the other.
    pub(super) fn lay_out(room: &Room, labels: &[RowLabel<'_>]) -> Self {
        let (width, left) = match room.layout {
            Layout::Wide => {
                let widest = labels
                    .iter()
                    .map(|label| text::width(label.text, SIZE, label.is_bold));
                let width = widest.fold(60.0, f32::max).min(room.beside);
                (width, width + 10.0)
            }
            Layout::Narrow => (room.above, 0.0),
        };
        let mut y = room.top;
        let rows = labels.iter().map(|label| {
            let top = y + label.space_before;
            let lines = text::wrap(label.text, SIZE, label.is_bold, width);
            let written = lines.len().max(1) as f32 * LINE;
            let (anchor, x, first, marks_top, height) = match room.layout {
                Layout::Wide => {
                    let height = written.max(room.marks) + GAP;
                    let middle = top + height / 2.0;
                    let first = middle - written / 2.0;
                    ("end", width, first, middle - room.marks / 2.0, height)
                }
                Layout::Narrow => {
                    let height = written + room.marks + GAP + 4.0;
                    ("start", 0.0, top, top + written, height)
                }
            };
            y = top + height;
            Row {
                lines,
                is_bold: label.is_bold,
                anchor,
                x,
                top,
                bottom: y,
                base_line: first + 13.5,
                marks_top,
            }
        });
        let rows: Vec<Row> = rows.collect();
        Self {
            rows,
            left,
            bottom: y,
        }
    }
}

impl Row {
    /// Writes the row's label.
    pub(super) fn draw_label(&self, svg: &mut Svg) {
        for (line, index) in self.lines.iter().zip(0_u8..) {
            let y = self.base_line + f32::from(index) * LINE;
            svg.label("hys-chart__label", SIZE, self.anchor, self.x, y)
                .bold(self.is_bold)
                .content(line);
        }
    }
}
