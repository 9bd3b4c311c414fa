//! The outline of an area on the map, with the little geometry that labels need.

use std::fmt::Write as _;

/// A point in map units: x to the right, y down.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// An area's shape in whole map units: neighbours share their borders exactly.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    rings: Vec<Vec<(i16, i16)>>,
    path: String,
    label_point: Point,
}

impl Outline {
    /// Builds an outline from closed rings (a hole is a ring inside another), without repeating the first point.
    pub(crate) fn new(rings: Vec<Vec<(i16, i16)>>, label_point: Option<Point>) -> Self {
        let path = draw(&rings);
        let mut outline = Self {
            rings,
            path,
            label_point: Point { x: 0.0, y: 0.0 },
        };
        outline.label_point = label_point.unwrap_or_else(|| outline.middle());
        outline
    }

    /// The shape as SVG path data, to be filled by the even–odd rule.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The shape as SVG path data in steps of `step` map units, without its smallest bends, for small pictures.
    ///
    /// Neighbours' borders may part by about a step: a line around each hides that.
    #[must_use]
    pub fn coarse_path(&self, step: i16) -> String {
        let rings: Vec<_> = self
            .rings
            .iter()
            .map(|ring| {
                let mut coarse: Vec<_> = ring
                    .iter()
                    .map(|&(x, y)| ((x + step / 2) / step, (y + step / 2) / step))
                    .collect();
                coarse.dedup();
                without_small_bends(&coarse)
            })
            .filter(|ring| ring.len() > 2)
            .collect();
        draw(&rings)
    }

    /// A point well inside: the centre of the largest circle that fits, nearly.
    #[must_use]
    pub fn label_point(&self) -> Point {
        self.label_point
    }

    /// Its closed rings.
    #[must_use]
    pub fn rings(&self) -> &[Vec<(i16, i16)>] {
        &self.rings
    }

    /// Every edge, as (x1, y1, x2, y2).
    pub fn edges(&self) -> impl Iterator<Item = (f32, f32, f32, f32)> + '_ {
        self.rings.iter().flat_map(|ring| {
            let next = ring.iter().cycle().skip(1);
            ring.iter().zip(next).map(|(a, b)| {
                (
                    f32::from(a.0),
                    f32::from(a.1),
                    f32::from(b.0),
                    f32::from(b.1),
                )
            })
        })
    }

    /// Whether a point lies inside.
    #[must_use]
    pub fn contains(&self, point: Point) -> bool {
        self.edges()
            .filter(|&(x1, y1, x2, y2)| {
                (y1 > point.y) != (y2 > point.y)
                    && point.x < (x2 - x1) * (point.y - y1) / (y2 - y1) + x1
            })
            .count()
            % 2
            == 1
    }

    /// Whether a rectangle, given by its centre and size, lies wholly inside.
    #[must_use]
    pub fn holds(&self, centre: Point, width: f32, height: f32) -> bool {
        let (left, right) = (centre.x - width / 2.0, centre.x + width / 2.0);
        let (top, bottom) = (centre.y - height / 2.0, centre.y + height / 2.0);
        self.contains(centre)
            && !self
                .edges()
                .any(|edge| crosses(edge, left, top, right, bottom))
    }

    /// The smallest upright rectangle around it: left, top, right, bottom.
    #[must_use]
    pub fn extent(&self) -> (f32, f32, f32, f32) {
        self.edges().fold(
            (f32::MAX, f32::MAX, f32::MIN, f32::MIN),
            |(left, top, right, bottom), (x, y, _, _)| {
                (left.min(x), top.min(y), right.max(x), bottom.max(y))
            },
        )
    }

    /// The point farthest from every edge, to a map unit or so: a coarse grid, then finer ones around the best.
    fn middle(&self) -> Point {
        let (left, top, right, bottom) = self.extent();
        let mut step = ((right - left).max(bottom - top) / 14.0).max(1.0);
        let mut best = Point {
            x: (left + right) / 2.0,
            y: (top + bottom) / 2.0,
        };
        let mut room = self.depth(best);
        let (mut reach_x, mut reach_y) = ((right - left) / 2.0, (bottom - top) / 2.0);
        while step >= 1.0 {
            let centre = best;
            let mut y = centre.y - reach_y;
            while y <= centre.y + reach_y {
                let mut x = centre.x - reach_x;
                while x <= centre.x + reach_x {
                    let depth = self.depth(Point { x, y });
                    if depth > room {
                        (room, best) = (depth, Point { x, y });
                    }
                    x += step;
                }
                y += step;
            }
            (reach_x, reach_y) = (step, step);
            step /= 2.5;
        }
        best
    }

    /// How far inside a point is; negative outside.
    fn depth(&self, point: Point) -> f32 {
        let nearest = self
            .edges()
            .map(|edge| squared_distance(point, edge))
            .fold(f32::MAX, f32::min)
            .sqrt();
        if self.contains(point) {
            nearest
        } else {
            -nearest
        }
    }
}

fn squared_distance(point: Point, (x1, y1, x2, y2): (f32, f32, f32, f32)) -> f32 {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = dx * dx + dy * dy;
    let along = if length == 0.0 {
        0.0
    } else {
        (((point.x - x1) * dx + (point.y - y1) * dy) / length).clamp(0.0, 1.0)
    };
    let (px, py) = (x1 + along * dx - point.x, y1 + along * dy - point.y);
    px * px + py * py
}

/// Whether an edge touches an upright rectangle: the edge is cut to the rectangle (Liang and Barsky's way).
fn crosses(
    (x1, y1, x2, y2): (f32, f32, f32, f32),
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
) -> bool {
    let (dx, dy) = (x2 - x1, y2 - y1);
    let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
    for (p, q) in [
        (-dx, x1 - left),
        (dx, right - x1),
        (-dy, y1 - top),
        (dy, bottom - y1),
    ] {
        if p == 0.0 {
            if q < 0.0 {
                return false;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    enter <= leave
}

/// A ring without the points that stick out of the line past them by less than about one unit.
fn without_small_bends(ring: &[(i16, i16)]) -> Vec<(i16, i16)> {
    /// Twice the area of the triangle that a point must make with those beside it.
    const LEAST: i32 = 8;
    let mut kept: Vec<(i16, i16)> = Vec::with_capacity(ring.len());
    for (index, &point) in ring.iter().enumerate() {
        let (Some(&before), Some(&after)) = (kept.last(), ring.get(index + 1)) else {
            kept.push(point);
            continue;
        };
        let side = |to: (i16, i16)| {
            (
                i32::from(to.0) - i32::from(before.0),
                i32::from(to.1) - i32::from(before.1),
            )
        };
        let ((x1, y1), (x2, y2)) = (side(point), side(after));
        if (x1 * y2 - x2 * y1).abs() >= LEAST {
            kept.push(point);
        }
    }
    kept
}

fn draw(rings: &[Vec<(i16, i16)>]) -> String {
    let mut path = String::new();
    for ring in rings {
        let mut from = (0, 0);
        for (index, &(x, y)) in ring.iter().enumerate() {
            // Writing to a String can't fail.
            let _ = if index == 0 {
                write!(path, "M{x} {y}l")
            } else {
                // A minus sign parts two numbers as well as a space does.
                let (dx, dy) = (x - from.0, y - from.1);
                let gap = if index > 1 && dx >= 0 { " " } else { "" };
                let between = if dy >= 0 { " " } else { "" };
                write!(path, "{gap}{dx}{between}{dy}")
            };
            from = (x, y);
        }
        path.push('z');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square_with_a_hole() -> Outline {
        Outline::new(
            vec![
                vec![(0, 0), (100, 0), (100, 100), (0, 100)],
                vec![(60, 60), (90, 60), (90, 90), (60, 90)],
            ],
            None,
        )
    }

    #[test]
    fn a_path_is_relative_and_closed() {
        let path = "M0 0l100 0 0 100-100 0zM60 60l30 0 0 30-30 0z";
        assert_eq!(square_with_a_hole().path(), path);
        let coarse = "M0 0l10 0 0 10-10 0zM6 6l3 0 0 3-3 0z";
        assert_eq!(square_with_a_hole().coarse_path(10), coarse);
    }

    #[test]
    fn a_hole_is_outside() {
        let outline = square_with_a_hole();
        assert!(outline.contains(Point { x: 30.0, y: 30.0 }));
        assert!(!outline.contains(Point { x: 75.0, y: 75.0 }));
        assert!(!outline.contains(Point { x: 130.0, y: 30.0 }));
    }

    #[test]
    fn a_rectangle_fits_only_where_no_edge_crosses_it() {
        let outline = square_with_a_hole();
        assert!(outline.holds(Point { x: 30.0, y: 30.0 }, 50.0, 50.0));
        assert!(!outline.holds(Point { x: 50.0, y: 50.0 }, 50.0, 50.0));
        assert!(!outline.holds(Point { x: 75.0, y: 75.0 }, 5.0, 5.0));
    }

    #[test]
    fn the_label_point_keeps_clear_of_edges() {
        let Point { x, y } = square_with_a_hole().label_point();
        assert!(
            (25.0..45.0).contains(&x) && (25.0..45.0).contains(&y),
            "{x} {y}"
        );
    }
}
