//! Charts as pictures: nothing lies over anything else or outside, and each is as it was when somebody looked at it.
//!
//! `HYS_GOLDEN=write cargo test charts::golden` writes the reviewed charts anew into `tests/golden/charts`, and every
//! chart as SVG and PNG into `hys-charts` of the folder for temporary files. Look at them before they are committed.
#![allow(clippy::unwrap_used)]

use std::{fs, path::PathBuf};

use super::samples::{Sample, every_chart};
use super::{png, text};

type Rect = (f32, f32, f32, f32);

fn golden(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/charts/{name}.svg"))
}

fn is_rewriting() -> bool {
    std::env::var_os("HYS_GOLDEN").is_some_and(|word| word == "write")
}

/// One element a line, so that a difference shows where it is.
fn normalised(svg: &str) -> String {
    svg.replace("><", ">\n<") + "\n"
}

/// Full maps are as good as their labels, which `labels` tests, and too large to keep.
fn is_kept(sample: &Sample) -> bool {
    !sample.svg.contains("class=\"hys-map hys-chart")
}

fn elements<'a>(page: &'a scraper::Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    page.select(&scraper::Selector::parse(selector).unwrap())
        .collect()
}

fn number(element: &scraper::ElementRef<'_>, name: &str) -> f32 {
    element
        .attr(name)
        .map_or(0.0, |number| number.parse().unwrap())
}

fn view_box(page: &scraper::Html) -> Rect {
    let sizes: Vec<f32> = elements(page, "svg")[0]
        .attr("viewBox")
        .unwrap()
        .split(' ')
        .map(|number| number.parse().unwrap())
        .collect();
    (sizes[0], sizes[1], sizes[0] + sizes[2], sizes[1] + sizes[3])
}

/// The space of each text, by the widths that charts reckon with.
fn text_boxes(page: &scraper::Html) -> Vec<(String, Rect)> {
    let texts = elements(page, "text").into_iter().map(|element| {
        let words: String = element.text().collect();
        let size = number(&element, "font-size");
        let is_bold = element.attr("font-weight").is_some();
        let wide = text::width(&words, size, is_bold);
        let (x, y) = (number(&element, "x"), number(&element, "y"));
        let left = match element.attr("text-anchor") {
            Some("end") => x - wide,
            Some("middle") => x - wide / 2.0,
            _ => x,
        };
        let space = (left, y - size * 0.76, left + wide, y + size * 0.22);
        (words, space)
    });
    texts.filter(|(words, _)| !words.is_empty()).collect()
}

fn is_inside(inner: Rect, outer: Rect) -> bool {
    inner.0 >= outer.0 - 0.6
        && inner.1 >= outer.1 - 0.6
        && inner.2 <= outer.2 + 0.6
        && inner.3 <= outer.3 + 0.6
}

#[test]
fn no_text_lies_over_another_or_outside_its_chart() {
    let mut faults = Vec::new();
    for sample in every_chart().iter().filter(|sample| is_kept(sample)) {
        let page = scraper::Html::parse_fragment(&sample.svg);
        let canvas = view_box(&page);
        let boxes = text_boxes(&page);
        for (index, (words, space)) in boxes.iter().enumerate() {
            if !is_inside(*space, canvas) {
                faults.push(format!("{}: {words:?} is outside: {space:?}", sample.name));
            }
            for (other, there) in &boxes[..index] {
                let overlap = space.0 < there.2 - 0.5
                    && there.0 < space.2 - 0.5
                    && space.1 < there.3 - 0.5
                    && there.1 < space.3 - 0.5;
                if overlap {
                    faults.push(format!("{}: {words:?} lies over {other:?}", sample.name));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_mark_is_inside_its_chart() {
    for sample in every_chart().iter().filter(|sample| is_kept(sample)) {
        let page = scraper::Html::parse_fragment(&sample.svg);
        let canvas = view_box(&page);
        let rects = elements(&page, "svg > rect").into_iter().map(|element| {
            let (x, y) = (number(&element, "x"), number(&element, "y"));
            let (wide, high) = (number(&element, "width"), number(&element, "height"));
            (x, y, x + wide, y + high)
        });
        let circles = elements(&page, "svg > circle").into_iter().map(|element| {
            let (x, y) = (number(&element, "cx"), number(&element, "cy"));
            let radius = number(&element, "r");
            (x - radius, y - radius, x + radius, y + radius)
        });
        let lines = elements(&page, "svg > line").into_iter().map(|element| {
            let along = [number(&element, "x1"), number(&element, "x2")];
            let down = [number(&element, "y1"), number(&element, "y2")];
            (
                along[0].min(along[1]),
                down[0].min(down[1]),
                along[0].max(along[1]),
                down[0].max(down[1]),
            )
        });
        let paths = elements(&page, "svg > path").into_iter().map(|element| {
            let d = element.attr("d").unwrap();
            let corners: Vec<f32> = d
                .split(['M', 'L', 'Z', ' '])
                .filter(|number| !number.is_empty())
                .map(|number| number.parse().unwrap())
                .collect();
            let ends = |from: usize, pick: fn(f32, f32) -> f32, start: f32| {
                corners
                    .iter()
                    .skip(from)
                    .step_by(2)
                    .copied()
                    .fold(start, pick)
            };
            (
                ends(0, f32::min, f32::INFINITY),
                ends(1, f32::min, f32::INFINITY),
                ends(0, f32::max, f32::NEG_INFINITY),
                ends(1, f32::max, f32::NEG_INFINITY),
            )
        });
        let marks: Vec<Rect> = rects.chain(circles).chain(lines).chain(paths).collect();
        for mark in marks {
            assert!(is_inside(mark, canvas), "{}: {mark:?}", sample.name);
        }
    }
}

#[test]
fn everything_that_was_to_be_said_is_written() {
    for sample in every_chart() {
        let page = scraper::Html::parse_fragment(&sample.svg);
        let texts = elements(&page, "text").into_iter();
        let written: Vec<String> = texts.map(|text| text.text().collect()).collect();
        let written = written.join(" ");
        for words in &sample.words {
            assert!(
                written.contains(words.as_str()),
                "{}: {words:?} in {written}",
                sample.name
            );
        }
    }
}

#[test]
fn a_chart_has_four_hues_at_most() {
    for sample in every_chart() {
        let page = scraper::Html::parse_fragment(&sample.svg);
        let mut hues: Vec<u16> = elements(&page, "[fill^='#'], [stroke^='#']")
            .iter()
            .flat_map(|element| [element.attr("fill"), element.attr("stroke")])
            .flatten()
            .filter_map(hue)
            .collect();
        hues.sort_unstable();
        hues.dedup();
        // Blues of one family differ by a few degrees.
        hues.dedup_by(|one, other| one.abs_diff(*other) <= 1);
        assert!(hues.len() <= 4, "{}: {hues:?}", sample.name);
    }
}

/// A colour's hue in steps of 15 degrees; none for greys.
fn hue(colour: &str) -> Option<u16> {
    let part = |at: usize| -> Option<f32> {
        let byte = u8::from_str_radix(colour.get(at..at + 2)?, 16).ok()?;
        Some(byte.into())
    };
    let (red, green, blue): (f32, f32, f32) = (part(1)?, part(3)?, part(5)?);
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    // Inks and lines of the page are greys with a breath of blue.
    if most - least < 40.0 {
        return None;
    }
    let turn = if most == red {
        (green - blue) / (most - least)
    } else if most == green {
        2.0 + (blue - red) / (most - least)
    } else {
        4.0 + (red - green) / (most - least)
    };
    Some(((turn * 60.0).rem_euclid(360.0) / 15.0).round() as u16)
}

#[test]
fn charts_are_as_they_were_when_somebody_looked_at_them() {
    for sample in every_chart().iter().filter(|sample| is_kept(sample)) {
        let path = golden(&sample.name);
        let now = normalised(&sample.svg);
        if is_rewriting() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &now).unwrap();
        }
        let then = fs::read_to_string(&path).unwrap_or_default();
        let differs = now
            .lines()
            .zip(then.lines())
            .find(|(now, then)| now != then);
        assert!(
            now == then,
            "{} has changed: {differs:?}; if it is meant, write it anew with HYS_GOLDEN=write and look at it",
            sample.name
        );
    }
}

#[test]
fn charts_become_pictures() {
    let folder = std::env::temp_dir().join("hys-charts");
    // Drawing is slow where it is not optimised: a map and two charts stand for all, except where all are to be seen.
    let shown = ["map-district-wide", "likert-neutral-wide", "line-narrow"];
    let samples = every_chart().into_iter();
    for sample in samples.filter(|one| is_rewriting() || shown.contains(&one.name.as_str())) {
        let picture = png(&sample.svg, if is_rewriting() { 2 } else { 1 }).unwrap();
        assert!(picture.len() > 2_000, "{} is nearly blank", sample.name);
        if is_rewriting() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(format!("{}.png", sample.name)), picture).unwrap();
            fs::write(folder.join(format!("{}.svg", sample.name)), &sample.svg).unwrap();
        }
    }
}
