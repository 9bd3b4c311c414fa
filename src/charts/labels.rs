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
type Rect = (f32, f32, f32, f32);

/// How far from its label point a label may stand inside its area, in map units, and in what steps that is tried.
const REACH: f32 = 96.0;
const STEP: f32 = 12.0;
/// A label may overhang by this much of its size: letters seldom fill their box, and a slight overhang reads better than
/// a leader.
const OVERHANG: f32 = 0.1;

pub(super) fn line_height(line: &Line) -> f32 {
    line.size * 1.08
}

/// Finds a place for every label, in the order of the wishes. The canvas is left, top, right, bottom.
pub(super) fn place(wishes: &[Wish<'_>], canvas: Rect) -> Vec<Label> {
    let mut placed: Vec<Option<Label>> = wishes.iter().map(inside).collect();
    let mut taken: Vec<Rect> = placed.iter().flatten().map(extent).collect();
    let mut leaders: Vec<(Point, Point)> = Vec::new();
    let land = Land::of(wishes, canvas);
    for (wish, slot) in wishes.iter().zip(&mut placed) {
        if slot.is_none() {
            let label = outside(wish, canvas, &land, &taken, &leaders);
            taken.push(extent(&label));
            leaders.extend(label.leader);
            *slot = Some(label);
        }
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

/// The place beside the land with the shortest leader that crosses nothing; the label point itself if there is none.
fn outside(
    wish: &Wish<'_>,
    canvas: Rect,
    land: &Land,
    taken: &[Rect],
    leaders: &[(Point, Point)],
) -> Label {
    let from = wish.outline.label_point();
    let (wide, high) = outside_size(&wish.outside);
    let mut best: Option<(f32, Point, Point)> = None;
    let mut y = canvas.1 + high / 2.0;
    while y <= canvas.3 - high / 2.0 {
        let mut x = canvas.0 + wide / 2.0;
        while x <= canvas.2 - wide / 2.0 {
            let rect = (
                x - wide / 2.0,
                y - high / 2.0,
                x + wide / 2.0,
                y + high / 2.0,
            );
            let to = nearest(grown(rect, 5.0), from);
            let length = (to.x - from.x).hypot(to.y - from.y);
            if best.is_none_or(|(shortest, ..)| length < shortest)
                && !land.touches(grown(rect, 10.0))
                && !taken.iter().any(|&other| overlap(grown(rect, 8.0), other))
                && !taken.iter().any(|&other| cuts((from, to), other))
                && !leaders
                    .iter()
                    .any(|&other| cross((from, to), other) || cuts(other, rect))
            {
                best = Some((length, Point { x, y }, to));
            }
            x += STEP;
        }
        y += STEP;
    }
    let lines = wish.outside.clone();
    match best {
        Some((_, centre, to)) => Label {
            lines,
            centre,
            leader: Some((from, to)),
        },
        None => Label {
            lines,
            centre: from,
            leader: None,
        },
    }
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

fn grown(rect: Rect, by: f32) -> Rect {
    (rect.0 - by, rect.1 - by, rect.2 + by, rect.3 + by)
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3
}

fn nearest(rect: Rect, to: Point) -> Point {
    Point {
        x: to.x.clamp(rect.0, rect.2),
        y: to.y.clamp(rect.1, rect.3),
    }
}

/// Whether a line passes through a rectangle.
fn cuts(line: (Point, Point), rect: Rect) -> bool {
    let corner = |x, y| Point { x, y };
    let (a, b) = (corner(rect.0, rect.1), corner(rect.2, rect.1));
    let (c, d) = (corner(rect.2, rect.3), corner(rect.0, rect.3));
    [(a, b), (b, c), (c, d), (d, a)]
        .into_iter()
        .any(|side| cross(line, side))
}

/// Whether two lines cross.
fn cross((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
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
