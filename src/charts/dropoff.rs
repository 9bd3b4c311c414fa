//! Where people leave: one bar per page, as long as the people who reached it, its end those who went no further.

use super::palette::{DONE, EMPHASIS, INK, LOST, SOFT_INK, WHITE, WORST};
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

const SIZE: f32 = 14.0;
const HEAD: f32 = 26.0;
const BAR: f32 = 20.0;
const LINE: f32 = 18.0;

/// Draws where people leave.
#[must_use]
pub fn dropoff(spec: &DropoffSpec) -> String {
    let width = spec.layout.width();
    let leavers = spec
        .steps
        .iter()
        .map(|step| text::width(&step.left_text, SIZE, step.is_worst));
    let leavers = leavers.fold(text::width(&spec.left_heading, 13.0, false), f32::max);
    let (labels, left) = match spec.layout {
        Layout::Wide => {
            let widest = spec
                .steps
                .iter()
                .map(|step| text::width(&step.label, SIZE, step.is_worst));
            let labels = widest.fold(60.0, f32::max).min(190.0);
            (labels, labels + 12.0)
        }
        Layout::Narrow => (width, 0.0),
    };
    let plot = width - left - leavers - 16.0;
    let rows: Vec<(&Step, Vec<String>, f32)> = spec
        .steps
        .iter()
        .map(|step| {
            let lines = text::wrap(&step.label, SIZE, step.is_worst || step.is_end, labels);
            let text_height = lines.len().max(1) as f32 * LINE;
            let height = match spec.layout {
                Layout::Wide => text_height.max(BAR) + 10.0,
                Layout::Narrow => text_height + BAR + 12.0,
            };
            (step, lines, height)
        })
        .collect();
    let body: f32 = rows.iter().map(|row| row.2).sum();
    let mut svg = Svg::new(
        &spec.caption,
        &Frame {
            class: &format!("hys-chart hys-chart--dropoff {}", spec.layout.class()),
            width,
            height: HEAD + body,
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
    let mut top = HEAD;
    for (step, lines, height) in &rows {
        let text_height = lines.len().max(1) as f32 * LINE;
        let (anchor, x, first, bar_top) = match spec.layout {
            Layout::Wide => {
                let middle = top + height / 2.0;
                (
                    "end",
                    labels,
                    middle - text_height / 2.0 + 13.5,
                    middle - BAR / 2.0,
                )
            }
            Layout::Narrow => ("start", 0.0, top + 13.5, top + text_height),
        };
        for (line, index) in lines.iter().zip(0_u8..) {
            svg.label(
                "hys-chart__label",
                SIZE,
                anchor,
                x,
                first + f32::from(index) * LINE,
            )
            .bold(step.is_worst || step.is_end)
            .content(line);
        }
        draw_step(&mut svg, step, left, plot / most, bar_top);
        svg.label("hys-chart__left", SIZE, "end", width, bar_top + 15.0)
            .bold(step.is_worst)
            .content(&step.left_text);
        top += height;
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
