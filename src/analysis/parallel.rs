//! Work over many rows on every core: scans are split, and what they counted is put together.
//!
//! Counts are whole numbers, so that the split changes nothing in them.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use super::chunk::CHUNK_ROWS;

/// Under so many rows a second thread costs more than it gains: starting one takes some 20 µs, about as long as it takes
/// to count three columns of this length.
const WORTH_SPLITTING: usize = 8 * CHUNK_ROWS;
/// The most threads a scan takes: it shares the machine with residents.
const MOST_THREADS: usize = 8;

fn threads(rows: usize) -> usize {
    if rows < WORTH_SPLITTING {
        return 1;
    }
    std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(MOST_THREADS)
}

/// Does `tasks` independent tasks over `rows` rows each, and returns what they give in order.
pub fn map<T: Send>(tasks: usize, rows: usize, task: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let threads = threads(rows).min(tasks);
    if threads < 2 {
        return (0..tasks).map(task).collect();
    }
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::with_capacity(tasks));
    let work = || {
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= tasks {
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
