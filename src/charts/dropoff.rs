//! Where people leave: one bar per page, as long as the people who reached it, its end those who went no further.

use super::palette::{DONE, EMPHASIS, INK, LOST, SOFT_INK, WHITE, WORST};
use super::rows::{Room, RowLabel, Rows, SIZE};
use super::svg::{Frame, Svg};
use super::{Caption, Layout, text};

/// One page of a survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The page's name.
    pub label: String,
    /// People who reached it.
    pub reached: u64,
    /// People who went no further.
    pub left: u64,
    /// `reached` in words.
    pub reached_text: String,
    /// `left` in words, perhaps with its share.
    pub left_text: String,
    /// Whether most people leave here.
    pub is_worst: bool,
    /// Whether it is the end: answers sent.
    pub is_end: bool,
}

/// A chart of where people leave.
#[derive(Debug, Clone, PartialEq)]
pub struct DropoffSpec {
    /// Its title and description.
    pub caption: Caption,
    /// The room it is drawn for.
    pub layout: Layout,
    /// The heading over the bars.
    pub reached_heading: String,
    /// The heading over those who left.
    pub left_heading: String,
    /// The pages, in order.
    pub steps: Vec<Step>,
}

const HEAD: f32 = 26.0;
const BAR: f32 = 20.0;

/// Draws where people leave.
#[must_use]
pub fn dropoff(spec: &DropoffSpec) -> String {
    let width = spec.layout.width();
    let leavers = spec
        .steps
        .iter()
        .map(|step| text::width(&step.left_text, SIZE, step.is_worst));
    let leavers = leavers.fold(text::width(&spec.left_heading, 13.0, false), f32::max);
    let labels: Vec<RowLabel<'_>> = spec
        .steps
        .iter()
        .map(|step| RowLabel::new(&step.label, step.is_worst || step.is_end))
        .collect();
    let room = Room {
        layout: spec.layout,
        top: HEAD,
        marks: BAR,
        beside: 190.0,
        above: width,
    };
    let rows = Rows::lay_out(&room, &labels);
    let left = rows.left;
    let plot = width - left - leavers - 16.0;
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--dropoff {}", spec.layout.class()),
            width,
            height: rows.bottom,
            has_links: false,
        },
    );
    for (heading, anchor, x) in [
        (&spec.reached_heading, "start", left),
        (&spec.left_heading, "end", width),
    ] {
        svg.label("hys-chart__heading", 13.0, anchor, x, 14.0)
            .text_attribute("fill", SOFT_INK)
            .content(heading);
    }
    let most = spec
        .steps
        .iter()
        .map(|step| step.reached)
        .max()
        .unwrap_or(0)
        .max(1) as f32;
    for (step, row) in spec.steps.iter().zip(&rows.rows) {
        row.draw_label(&mut svg);
        draw_step(&mut svg, step, left, plot / most, row.marks_top);
        svg.label("hys-chart__left", SIZE, "end", width, row.marks_top + 15.0)
            .bold(step.is_worst)
            .content(&step.left_text);
    }
    svg.finish()
}

fn draw_step(svg: &mut Svg, step: &Step, left: f32, scale: f32, top: f32) {
    let stayed = step.reached.saturating_sub(step.left) as f32 * scale;
    let whole = step.reached as f32 * scale;
    let (class, fill) = if step.is_end {
        ("hys-chart__bar hys-chart__bar--end", DONE)
    } else {
        ("hys-chart__bar hys-chart__bar--stayed", EMPHASIS)
    };
    svg.rect(class, fill, left, top, stayed, BAR);
    let (class, fill) = if step.is_worst {
        ("hys-chart__bar hys-chart__bar--worst", WORST)
    } else {
        ("hys-chart__bar hys-chart__bar--lost", LOST)
    };
    svg.rect(class, fill, left + stayed, top, whole - stayed, BAR);
    // Inside the bar where it fits, after it where not.
    let (x, ink) = if text::width(&step.reached_text, 13.0, true) + 12.0 <= stayed {
        (left + 6.0, WHITE)
    } else {
        (left + whole + 6.0, INK)
    };
    svg.label("hys-chart__reached", 13.0, "start", x, top + 14.5)
        .bold(true)
        .text_attribute("fill", ink)
        .content(&step.reached_text);
}
