//! A chart as a file of its own: with the title above it, and below it the base and the source, which a page would give.

use super::palette::{INK, SOFT_INK};
use super::svg::Svg;
use super::text;

/// What stands around a chart that leaves its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The finding, or the measure.
    pub title: String,
    /// The measure, where the title is a finding; may be empty.
    pub subtitle: String,
    /// Base, source, selection and state, a paragraph each.
    pub notes: Vec<String>,
}

const MARGIN: f32 = 16.0;

/// A paragraph of a sheet.
struct Paragraph {
    class: &'static str,
    size: f32,
    is_bold: bool,
    lines: Vec<String>,
}

impl Paragraph {
    fn height(&self) -> f32 {
        self.lines.len() as f32 * self.size * 1.3 + self.size * 0.3
    }

    fn draw(&self, svg: &mut Svg, left: f32, top: f32) {
        let mut y = top + self.size;
        for line in &self.lines {
            svg.label(self.class, self.size, "start", left, y)
                .bold(self.is_bold)
                .text_attribute("fill", if self.is_bold { INK } else { SOFT_INK })
                .content(line);
            y += self.size * 1.3;
        }
    }
}

/// The chart with its title, base and source: nothing of what the chart itself says changes.
#[must_use]
pub fn sheet(chart: &str, sheet: &Sheet) -> String {
    let Some((width, height)) = Svg::size_of(chart) else {
        return chart.to_owned();
    };
    // Maps are drawn large, so what stands around them is too.
    let unit = (width / 640.0).max(1.0);
    let margin = MARGIN * unit;
    let paragraph = |class, words: &str, size: f32, is_bold| Paragraph {
        class,
        size: size * unit,
        is_bold,
        lines: text::wrap(words, size * unit, is_bold, width),
    };
    let above = [
        paragraph("hys-chart__title", &sheet.title, 18.0, true),
        paragraph("hys-chart__subtitle", &sheet.subtitle, 15.0, false),
    ];
    let below: Vec<Paragraph> = sheet
        .notes
        .iter()
        .map(|note| paragraph("hys-chart__note", note, 13.0, false))
        .collect();
    let written = |paragraphs: &[Paragraph]| -> f32 {
        let written = paragraphs.iter().filter(|one| !one.lines.is_empty());
        written.map(Paragraph::height).sum()
    };
    let (head, foot) = (
        margin + written(&above) + 8.0 * unit,
        8.0 * unit + written(&below) + margin,
    );
    let Some(mut svg) = Svg::reopen(chart, (margin, head, margin, foot)) else {
        return chart.to_owned();
    };
    let mut y = margin - head;
    for paragraph in above.iter().filter(|one| !one.lines.is_empty()) {
        paragraph.draw(&mut svg, 0.0, y);
        y += paragraph.height();
    }
    let mut y = height + 8.0 * unit;
    for paragraph in below.iter().filter(|one| !one.lines.is_empty()) {
        paragraph.draw(&mut svg, 0.0, y);
        y += paragraph.height();
    }
    svg.finish()
}
