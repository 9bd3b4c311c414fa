//! Labels along a line: each as near to where it belongs as the others leave room for.

/// A label that wants a place on a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wanted {
    /// Where its middle would be.
    pub(super) at: f32,
    /// What it takes.
    pub(super) size: f32,
}

/// The middles of labels, in the order given, none over another, between `from` and `to` if there is room for all.
///
/// The sum of squared shifts is least: isotonic regression by pooling adjacent violators (Barlow and others 1972) of
/// the places less what stands before them.
pub(super) fn spread(wanted: &[Wanted], from: f32, to: f32) -> Vec<f32> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|&one, &other| wanted[one].at.total_cmp(&wanted[other].at));
    let mut before = vec![0.0; wanted.len()];
    for pair in order.windows(2) {
        before[pair[1]] = before[pair[0]] + (wanted[pair[0]].size + wanted[pair[1]].size) / 2.0;
    }
    // Runs of labels that touch: the sum of their places, and how many they are.
    let mut runs: Vec<(f32, usize)> = Vec::with_capacity(wanted.len());
    for &index in &order {
        let mut run = (wanted[index].at - before[index], 1);
        while let Some(&(sum, count)) = runs.last() {
            if sum / count as f32 <= run.0 / run.1 as f32 {
                break;
            }
            runs.pop();
            run = (run.0 + sum, run.1 + count);
        }
        runs.push(run);
    }
    let (Some(&first), Some(&last)) = (order.first(), order.last()) else {
        return Vec::new();
    };
    let least = from + wanted[first].size / 2.0;
    let most = (to - wanted[last].size / 2.0 - before[last]).max(least);
    let mut places = vec![0.0; wanted.len()];
    let runs = runs
        .iter()
        .flat_map(|&(sum, count)| std::iter::repeat_n(sum / count as f32, count));
    for (&index, mean) in order.iter().zip(runs) {
        places[index] = mean.clamp(least, most) + before[index];
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(places: &[f32]) -> Vec<Wanted> {
        places.iter().map(|&at| Wanted { at, size: 10.0 }).collect()
    }

    #[test]
    fn labels_that_have_room_stay_and_others_share_the_shift() {
        assert_eq!(spread(&of(&[10.0, 50.0]), 0.0, 100.0), [10.0, 50.0]);
        assert_eq!(spread(&of(&[50.0, 50.0]), 0.0, 100.0), [45.0, 55.0]);
        assert_eq!(spread(&of(&[99.0, 98.0]), 0.0, 100.0), [95.0, 85.0]);
        assert_eq!(spread(&[], 0.0, 100.0), Vec::<f32>::new());
    }

    proptest! {
        #[test]
        fn no_label_is_over_another_or_outside(places in prop::collection::vec(-20.0_f32..220.0, 1..15)) {
            let spread = spread(&of(&places), 0.0, 200.0);
            let mut sorted = spread.clone();
            sorted.sort_by(f32::total_cmp);
            prop_assert!(sorted.windows(2).all(|pair| pair[1] - pair[0] >= 9.99));
            prop_assert!(sorted[0] >= 4.99 && sorted[sorted.len() - 1] <= 195.01);
        }
    }
}
