//! Work over many rows on every core: scans are split, and what they counted is put together.
//!
//! Counts are whole numbers, so that the split changes nothing in them.

use std::{
    cell::Cell,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    chunk::{CHUNK_ROWS, Chunk},
    dataset::Dataset,
    filter::{Part, Selection},
};

/// Under so many rows a second thread costs more than it gains: starting one takes some 20 µs, about as long as it takes
/// to count three columns of this length.
const WORTH_SPLITTING: usize = 8 * CHUNK_ROWS;
/// The same for one scan, which does some nanoseconds' work a row.
const WORTH_SPLITTING_A_SCAN: usize = 64 * CHUNK_ROWS;
/// The most threads a scan takes: it shares the machine with residents.
const MOST_THREADS: usize = 8;

thread_local! {
    /// Whether this thread is at work on a part already: then its own work is not split once more.
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
}

fn threads(rows: usize, worth_splitting: usize) -> usize {
    if rows < worth_splitting || AT_WORK.get() {
        return 1;
    }
    std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(MOST_THREADS)
}

/// Does `tasks` independent tasks over `rows` rows each, and returns what they give in order.
pub fn map<T: Send>(tasks: usize, rows: usize, task: impl Fn(usize) -> T + Sync) -> Vec<T> {
    on_threads(threads(rows, WORTH_SPLITTING), tasks, task)
}

fn on_threads<T: Send>(threads: usize, tasks: usize, task: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = threads.min(tasks);
    if threads < 2 {
        return (0..tasks).map(task).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(tasks));
    let work = || {
        let before = AT_WORK.replace(true);
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= tasks {
                AT_WORK.set(before);
                return;
            }
            let given = task(number);
            done.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((number, given));
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, given)| given).collect()
}

/// Scans the selected rows of every chunk, the chunks shared out over the cores: each core counts into something of its
/// own, made by `fresh`, and `merge` puts them together.
pub(super) fn scan<T: Send>(
    dataset: &Dataset,
    selection: &Selection,
    fresh: impl Fn() -> T + Sync,
    visit: impl Fn(&mut T, &Chunk, &Part) + Sync,
    merge: impl Fn(&mut T, T),
) -> T {
    let chunks = dataset.chunks().len();
    // By the rows that are selected: chunks that hold nobody selected cost nearly nothing.
    let parts = threads(selection.count(), WORTH_SPLITTING_A_SCAN).min(chunks.max(1));
    let of_part = |part: usize| {
        let mut counted = fresh();
        let range = part * chunks / parts..(part + 1) * chunks / parts;
        selection.each_chunk_of(dataset, range, |chunk, part| {
            visit(&mut counted, chunk, part)
        });
        counted
    };
    let mut counted = on_threads(parts, parts, of_part).into_iter();
    let first = counted.next().unwrap_or_else(&fresh);
    counted.fold(first, |mut all, part| {
        merge(&mut all, part);
        all
    })
}

/// Adds up tables of counts cell by cell.
pub(super) fn add_up(all: &mut [u32], part: &[u32]) {
    all.iter_mut()
        .zip(part)
        .for_each(|(all, part)| *all += part);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_come_back_in_order_on_one_thread_and_on_many() {
        let wanted: Vec<usize> = (0..100).map(|number| number * number).collect();
        for rows in [1, 10_000_000] {
            assert_eq!(map(100, rows, |number| number * number), wanted);
        }
        assert_eq!(map(0, 10_000_000, |number| number), Vec::<usize>::new());
    }
}
