//! Where the labels of a map go: inside their area where they fit, else beside the land with a leader line.

use super::text;
use crate::geography::{Outline, Point};

/// A line of a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) size: f32,
    pub(super) is_bold: bool,
}

/// What an area wants written.
pub(super) struct Wish<'a> {
    pub(super) outline: &'a Outline,
    /// Ways to stack it inside, best first.
    pub(super) inside: Vec<Vec<Line>>,
    /// What stands in one line beside the land.
    pub(super) outside: Vec<Line>,
}

/// A label with its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) lines: Vec<Line>,
    pub(super) centre: Point,
    /// From the area to the label, where the label stands beside the land.
    pub(super) leader: Option<(Point, Point)>,
}

/// A rectangle: left, top, right, bottom.
pub(super) type Rect = (f32, f32, f32, f32);

/// How far from its label point a label may stand inside its area, in map units, and in what steps that is tried.
const REACH: f32 = 96.0;
const STEP: f32 = 12.0;
/// A label may overhang by this much of its size: letters seldom fill their box, and a slight overhang reads better than
/// a leader.
const OVERHANG: f32 = 0.16;

pub(super) fn line_height(line: &Line) -> f32 {
    line.size * 1.08
}

/// Finds a place for every label, in the order of the wishes. The canvas is left, top, right, bottom.
pub(super) fn place(wishes: &[Wish<'_>], canvas: Rect) -> Vec<Label> {
    let mut placed: Vec<Option<Label>> = wishes.iter().map(inside).collect();
    let taken: Vec<Rect> = placed.iter().flatten().map(extent).collect();
    let land = Land::of(wishes, canvas);
    let mut left_over: Vec<(usize, Vec<Spot>)> = Vec::new();
    for (index, wish) in wishes.iter().enumerate() {
        if placed[index].is_none() {
            left_over.push((index, spots(wish, canvas, &land)));
        }
    }
    // Who chooses first changes who is left with a long leader: going round from every start, both ways, is enough.
    left_over.sort_by(|(a, _), (b, _)| {
        let x = |index: &usize| wishes[*index].outline.label_point().x;
        x(a).total_cmp(&x(b))
    });
    let mut best: Option<(f32, Vec<(usize, Label)>)> = None;
    for turn in 0..left_over.len() * 2 {
        let (ahead, behind) = left_over.split_at(turn / 2);
        let mut order: Vec<&(usize, Vec<Spot>)> = behind.iter().chain(ahead).collect();
        if turn % 2 == 1 {
            order.reverse();
        }
        let (cost, labels) = place_outside(&order, wishes, &taken);
        if best.as_ref().is_none_or(|(least, _)| cost < *least) {
            best = Some((cost, labels));
        }
    }
    for (index, label) in best.into_iter().flat_map(|(_, labels)| labels) {
        placed[index] = Some(label);
    }
    placed.into_iter().flatten().collect()
}

fn width(lines: &[Line]) -> f32 {
    lines
        .iter()
        .map(|line| text::width(&line.text, line.size, line.is_bold))
        .fold(0.0, f32::max)
}

/// The label inside its area, nearest to the label point, if it fits in any of its ways.
fn inside(wish: &Wish<'_>) -> Option<Label> {
    let from = wish.outline.label_point();
    let steps = (REACH / STEP) as i16;
    let mut shifts: Vec<(i16, i16)> = (-steps..=steps)
        .flat_map(|x| (-steps..=steps).map(move |y| (x, y)))
        .collect();
    shifts.sort_by_key(|(x, y)| x * x + y * y);
    wish.inside.iter().find_map(|lines| {
        let (wide, high) = (width(lines), lines.iter().map(line_height).sum::<f32>());
        let centre = shifts
            .iter()
            .map(|&(x, y)| Point {
                x: from.x + f32::from(x) * STEP,
                y: from.y + f32::from(y) * STEP,
            })
            .find(|&at| {
                wish.outline
                    .holds(at, wide * (1.0 - OVERHANG), high * (1.0 - OVERHANG))
            })?;
        Some(Label {
            lines: lines.clone(),
            centre,
            leader: None,
        })
    })
}

fn outside_size(lines: &[Line]) -> (f32, f32) {
    let gaps = lines.len().saturating_sub(1) as f32 * 10.0;
    let wide: f32 = lines
        .iter()
        .map(|line| text::width(&line.text, line.size, line.is_bold))
        .sum();
    (
        wide + gaps,
        lines.iter().map(line_height).fold(0.0, f32::max),
    )
}

/// A place beside the land: the leader's length, the label's centre and the leader's end.
type Spot = (f32, Point, Point);

/// Enough of the nearest places that the last label to choose still finds one.
const SPOTS: usize = 600;
/// What a label without a place costs: more than any leaders.
const NO_PLACE: f32 = 1e6;

/// The places beside the land for a label, nearest first.
fn spots(wish: &Wish<'_>, canvas: Rect, land: &Land) -> Vec<Spot> {
    let from = wish.outline.label_point();
    let (wide, high) = outside_size(&wish.outside);
    let mut spots = Vec::new();
    let mut y = canvas.1 + high / 2.0;
    while y <= canvas.3 - high / 2.0 {
        let mut x = canvas.0 + wide / 2.0;
        while x <= canvas.2 - wide / 2.0 {
            let rect = around(Point { x, y }, wide, high);
            if !land.touches(grown(rect, 10.0)) {
                let to = nearest(grown(rect, 5.0), from);
                spots.push(((to.x - from.x).hypot(to.y - from.y), Point { x, y }, to));
            }
            x += STEP;
        }
        y += STEP;
    }
    spots.sort_by(|a, b| a.0.total_cmp(&b.0));
    spots.truncate(SPOTS);
    spots
}

/// Gives each label in turn the nearest place whose leader crosses nothing; one without a place stays in its area.
fn place_outside(
    order: &[&(usize, Vec<Spot>)],
    wishes: &[Wish<'_>],
    taken: &[Rect],
) -> (f32, Vec<(usize, Label)>) {
    let mut taken = taken.to_vec();
    let mut leaders: Vec<(Point, Point)> = Vec::new();
    let mut labels = Vec::with_capacity(order.len());
    let mut cost = 0.0;
    for (index, spots) in order {
        let wish = &wishes[*index];
        let from = wish.outline.label_point();
        let (wide, high) = outside_size(&wish.outside);
        let spot = spots.iter().find(|&&(_, centre, to)| {
            let rect = around(centre, wide, high);
            !taken
                .iter()
                .any(|&other| overlap(grown(rect, 8.0), other) || cuts((from, to), other))
                && !leaders
                    .iter()
                    .any(|&other| cross((from, to), other) || cuts(other, rect))
        });
        let lines = wish.outside.clone();
        let label = match spot {
            Some(&(length, centre, to)) => {
                cost += length;
                leaders.push((from, to));
                Label {
                    lines,
                    centre,
                    leader: Some((from, to)),
                }
            }
            None => {
                cost += NO_PLACE;
                Label {
                    lines,
                    centre: from,
                    leader: None,
                }
            }
        };
        taken.push(extent(&label));
        labels.push((*index, label));
    }
    (cost, labels)
}

fn around(centre: Point, wide: f32, high: f32) -> Rect {
    let Point { x, y } = centre;
    (
        x - wide / 2.0,
        y - high / 2.0,
        x + wide / 2.0,
        y + high / 2.0,
    )
}

/// The space a label takes.
fn extent(label: &Label) -> Rect {
    let (wide, high) = if label.leader.is_some() {
        outside_size(&label.lines)
    } else {
        (
            width(&label.lines),
            label.lines.iter().map(line_height).sum(),
        )
    };
    let Point { x, y } = label.centre;
    (
        x - wide / 2.0,
        y - high / 2.0,
        x + wide / 2.0,
        y + high / 2.0,
    )
}

pub(super) fn grown(rect: Rect, by: f32) -> Rect {
    (rect.0 - by, rect.1 - by, rect.2 + by, rect.3 + by)
}

pub(super) fn overlap(a: Rect, b: Rect) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

pub(super) fn nearest(rect: Rect, to: Point) -> Point {
    Point {
        x: to.x.clamp(rect.0, rect.2),
        y: to.y.clamp(rect.1, rect.3),
    }
}

/// Whether a line passes through a rectangle.
pub(super) fn cuts(line: (Point, Point), rect: Rect) -> bool {
    let corner = |x, y| Point { x, y };
    let (a, b) = (corner(rect.0, rect.1), corner(rect.2, rect.1));
    let (c, d) = (corner(rect.2, rect.3), corner(rect.0, rect.3));
    [(a, b), (b, c), (c, d), (d, a)]
        .into_iter()
        .any(|side| cross(line, side))
}

/// Whether two lines cross.
pub(super) fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let side = |p: Point, q: Point, r: Point| (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

/// The land as a grid of cells, with running sums, so that asking whether a rectangle touches it is quick.
struct Land {
    canvas: Rect,
    columns: usize,
    rows: usize,
    sums: Vec<u32>,
}

const CELL: f32 = 8.0;

impl Land {
    fn of(wishes: &[Wish<'_>], canvas: Rect) -> Self {
        let columns = ((canvas.2 - canvas.0) / CELL).ceil().max(1.0) as usize;
        let rows = ((canvas.3 - canvas.1) / CELL).ceil().max(1.0) as usize;
        let mut cells = vec![false; columns * rows];
        let column_of = |x: f32| ((x - canvas.0) / CELL).max(0.0) as usize;
        let mut crossings: Vec<Vec<f32>> = vec![Vec::new(); rows];
        for wish in wishes {
            for (x1, y1, x2, y2) in wish.outline.edges() {
                let (top, bottom) = (y1.min(y2), y1.max(y2));
                let first = ((top - canvas.1) / CELL - 0.5).ceil().max(0.0) as usize;
                for (row, crossings) in crossings.iter_mut().enumerate().skip(first) {
                    let y = canvas.1 + (row as f32 + 0.5) * CELL;
                    if y >= bottom {
                        break;
                    }
                    crossings.push((x2 - x1) * (y - y1) / (y2 - y1) + x1);
                }
            }
            for (row, crossings) in crossings.iter_mut().enumerate() {
                crossings.sort_by(f32::total_cmp);
                for pair in crossings.chunks_exact(2) {
                    let (from, to) = (column_of(pair[0]), column_of(pair[1]).min(columns - 1));
                    if from <= to {
                        cells[row * columns + from..=row * columns + to].fill(true);
                    }
                }
                crossings.clear();
            }
        }
        let mut sums = vec![0_u32; (columns + 1) * (rows + 1)];
        for row in 0..rows {
            let mut run = 0;
            for column in 0..columns {
                run += u32::from(cells[row * columns + column]);
                let above = sums[row * (columns + 1) + column + 1];
                sums[(row + 1) * (columns + 1) + column + 1] = above + run;
            }
        }
        Self {
            canvas,
            columns,
            rows,
            sums,
        }
    }

    fn touches(&self, rect: Rect) -> bool {
        let cell =
            |at: f32, from: f32, most: usize| (((at - from) / CELL).max(0.0) as usize).min(most);
        let (left, right) = (
            cell(rect.0, self.canvas.0, self.columns),
            cell(rect.2 + CELL, self.canvas.0, self.columns),
        );
        let (top, bottom) = (
            cell(rect.1, self.canvas.1, self.rows),
            cell(rect.3 + CELL, self.canvas.1, self.rows),
        );
        let sum = |row: usize, column: usize| self.sums[row * (self.columns + 1) + column];
        sum(bottom, right) + sum(top, left) > sum(top, right) + sum(bottom, left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geography::{Grouping, Place};

    const CANVAS: Rect = (-62.0, -14.0, 1014.0, 1000.0);

    fn labels(grouping: Grouping) -> Vec<Label> {
        let place = Place::essex();
        let line = |text: &str, is_bold| Line {
            text: text.to_owned(),
            size: 29.0,
            is_bold,
        };
        let wishes: Vec<Wish<'_>> = place
            .group(grouping)
            .iter()
            .zip(place.outlines(grouping))
            .map(|(group, outline)| {
                let lines = vec![line(&group.short_name, false), line("47", true)];
                Wish {
                    outline,
                    inside: vec![lines.clone()],
                    outside: lines,
                }
            })
            .collect();
        super::place(&wishes, CANVAS)
    }

    #[test]
    fn labels_neither_overlap_nor_are_crossed_by_leaders() {
        for grouping in Grouping::ALL {
            let labels = labels(grouping);
            for (index, a) in labels.iter().enumerate() {
                for (other, b) in labels
                    .iter()
                    .enumerate()
                    .filter(|(other, _)| *other != index)
                {
                    assert!(
                        !overlap(extent(a), extent(b)),
                        "{grouping:?}: {:?} {:?}",
                        a.lines,
                        b.lines
                    );
                    let crossed = a.leader.is_some_and(|leader| cuts(leader, extent(b)));
                    assert!(!crossed, "{grouping:?}: {index} crosses {other}");
                }
            }
        }
    }

    #[test]
    fn only_small_areas_have_leaders() {
        let outside: Vec<String> = labels(Grouping::District)
            .iter()
            .filter(|label| label.leader.is_some())
            .map(|label| label.lines[0].text.clone())
            .collect();
        assert_eq!(outside, ["Brentwood", "Castle Point", "Harlow", "Southend"]);
    }

    #[test]
    fn a_label_without_any_room_stays_in_its_area() {
        let outline = Outline::new(vec![vec![(0, 0), (9, 0), (9, 9), (0, 9)]], None);
        let line = Line {
            text: "Nowhere".to_owned(),
            size: 29.0,
            is_bold: false,
        };
        let wish = Wish {
            outline: &outline,
            inside: Vec::new(),
            outside: vec![line],
        };
        let labels = place(&[wish], (0.0, 0.0, 9.0, 9.0));
        assert_eq!(labels[0].leader, None);
        assert_eq!(labels[0].centre, outline.label_point());
    }
}
