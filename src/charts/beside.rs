//! Labels of points: beside their point where there is room, else a little off with a leader line.

use super::labels::{Rect, cross, cuts, grown, nearest, overlap};
use crate::geography::Point;

/// A point, and the room its label needs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Mark {
    pub(super) at: Point,
    pub(super) radius: f32,
    /// Width and height of its label.
    pub(super) label: (f32, f32),
}

/// A label with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Place {
    /// The space it takes.
    pub(super) space: Rect,
    /// From the point to the label, where the label stands off.
    pub(super) leader: Option<(Point, Point)>,
    cost: f32,
}

const DISTANCES: [f32; 8] = [4.0, 11.0, 20.0, 31.0, 44.0, 60.0, 80.0, 104.0];
/// Directions and how gladly each is taken: right of the point reads best, then left, above and below.
const DIRECTIONS: [(f32, f32, f32); 12] = [
    (1.0, 0.0, 0.0),
    (-1.0, 0.0, 2.0),
    (0.0, -1.0, 3.0),
    (0.0, 1.0, 3.0),
    (0.87, -0.5, 3.5),
    (0.87, 0.5, 3.5),
    (-0.87, -0.5, 4.0),
    (-0.87, 0.5, 4.0),
    (0.5, -0.87, 4.5),
    (0.5, 0.87, 4.5),
    (-0.5, -0.87, 5.0),
    (-0.5, 0.87, 5.0),
];
/// Further off than this, a line says which point a label belongs to.
const NEEDS_LEADER: f32 = 8.0;
/// What a fault costs: more than any distance.
const FAULT: f32 = 1_000.0;
/// How often every label may choose again. Few need more than two rounds; the rest is for crowds.
const ROUNDS: usize = 12;

/// Places for all labels, in the order of the marks, and whether none of them is over another, a point or a leader.
pub(super) fn place(marks: &[Mark], taken: &[Rect], canvas: Rect) -> (Vec<Place>, bool) {
    let mut places: Vec<Option<Place>> = vec![None; marks.len()];
    for _ in 0..ROUNDS {
        let before = places.clone();
        for index in 0..marks.len() {
            places[index] = best(index, marks, &places, taken, canvas);
        }
        if places == before {
            break;
        }
    }
    // What was placed later may lie over what was placed before: only a look at the end tells.
    let is_clear = (0..marks.len()).all(|index| {
        places[index].is_some_and(|place| faults(index, &place, marks, &places, taken) == 0)
    });
    let anyhow = |(place, mark): (Option<Place>, &Mark)| {
        place.unwrap_or_else(|| candidate(mark, 4.0, DIRECTIONS[0]))
    };
    (
        places.into_iter().zip(marks).map(anyhow).collect(),
        is_clear,
    )
}

fn best(
    index: usize,
    marks: &[Mark],
    places: &[Option<Place>],
    taken: &[Rect],
    canvas: Rect,
) -> Option<Place> {
    let mark = &marks[index];
    let mut best: Option<Place> = None;
    for distance in DISTANCES {
        for direction in DIRECTIONS {
            let mut place = candidate(mark, distance, direction);
            let (left, top, right, bottom) = place.space;
            if left < canvas.0 || top < canvas.1 || right > canvas.2 || bottom > canvas.3 {
                continue;
            }
            let faults = faults(index, &place, marks, places, taken);
            place.cost = distance + direction.2 + faults as f32 * FAULT;
            if best.is_none_or(|best| place.cost < best.cost) {
                best = Some(place);
            }
        }
    }
    best
}

fn candidate(mark: &Mark, distance: f32, (x, y, _): (f32, f32, f32)) -> Place {
    let away = mark.radius + distance;
    let (wide, high) = mark.label;
    let lean = |part: f32| (part * 1.6).clamp(-1.0, 1.0);
    let centre = Point {
        x: mark.at.x + x * away + lean(x) * wide / 2.0,
        y: mark.at.y + y * away + lean(y) * high / 2.0,
    };
    let space = (
        centre.x - wide / 2.0,
        centre.y - high / 2.0,
        centre.x + wide / 2.0,
        centre.y + high / 2.0,
    );
    let from = Point {
        x: mark.at.x + x * mark.radius,
        y: mark.at.y + y * mark.radius,
    };
    Place {
        space,
        leader: (distance > NEEDS_LEADER).then(|| (from, nearest(space, mark.at))),
        cost: 0.0,
    }
}

/// How many things a label and its leader lie over.
fn faults(
    index: usize,
    place: &Place,
    marks: &[Mark],
    places: &[Option<Place>],
    taken: &[Rect],
) -> usize {
    let space = grown(place.space, 1.5);
    let hit =
        |rect: Rect| overlap(space, rect) || place.leader.is_some_and(|leader| cuts(leader, rect));
    let others = marks.iter().zip(places).enumerate();
    let others = others.filter(|(other, _)| *other != index);
    let of_others = others.map(|(_, (mark, other))| {
        let Point { x, y } = mark.at;
        let radius = mark.radius + 1.0;
        let on_point = hit((x - radius, y - radius, x + radius, y + radius));
        let on_label = other.is_some_and(|other| hit(other.space));
        let on_leader = other.and_then(|other| other.leader).is_some_and(|leader| {
            cuts(leader, space) || place.leader.is_some_and(|own| cross(own, leader))
        });
        usize::from(on_point) + usize::from(on_label) + usize::from(on_leader)
    });
    of_others.sum::<usize>() + taken.iter().filter(|rect| hit(**rect)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANVAS: Rect = (0.0, 0.0, 400.0, 300.0);

    fn mark(x: f32, y: f32) -> Mark {
        Mark {
            at: Point { x, y },
            radius: 5.0,
            label: (80.0, 16.0),
        }
    }

    #[test]
    fn a_lonely_point_has_its_label_at_the_right() {
        let (places, is_clear) = place(&[mark(100.0, 100.0)], &[], CANVAS);
        assert!(is_clear && places[0].leader.is_none());
        assert_eq!(places[0].space, (109.0, 92.0, 189.0, 108.0));
    }

    #[test]
    fn a_label_at_the_edge_turns_to_the_other_side() {
        let (places, is_clear) = place(&[mark(390.0, 100.0)], &[], CANVAS);
        assert!(is_clear && places[0].space.2 < 390.0);
    }

    #[test]
    fn labels_of_a_cluster_keep_clear_of_each_other() {
        let cluster: Vec<Mark> = (0..9)
            .map(|n| mark(180.0 + (n % 3) as f32 * 30.0, 140.0 + (n / 3) as f32 * 24.0))
            .collect();
        let (places, is_clear) = place(&cluster, &[], CANVAS);
        assert!(is_clear);
        for (index, one) in places.iter().enumerate() {
            assert!(
                places[..index]
                    .iter()
                    .all(|other| !overlap(one.space, other.space))
            );
        }
    }

    #[test]
    fn where_there_is_no_room_that_is_said() {
        let many: Vec<Mark> = (0..90)
            .map(|n| mark(200.0 + n as f32 / 10.0, 150.0))
            .collect();
        let (places, is_clear) = place(&many, &[], CANVAS);
        assert!(!is_clear && places.len() == 90);
    }
}
