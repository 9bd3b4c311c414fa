//! Work that needs nothing but a processor, on every one of them.

use std::{num::NonZero, thread};

/// The most threads that are worth starting for a few thousand pieces of work.
const MOST_THREADS: usize = 16;

/// Does `work` with each of some things, and gives what came of it in their order.
pub(super) fn on_every_core<T: Sync, R: Send>(
    things: &[T],
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(MOST_THREADS);
    let share = things.len().div_ceil(cores).max(1);
    let work = &work;
    thread::scope(|scope| {
        let working: Vec<_> = things
            .chunks(share)
            .map(|some| scope.spawn(move || some.iter().map(work).collect::<Vec<R>>()))
            .collect();
        working
            .into_iter()
            .flat_map(|thread| {
                thread
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            })
            .collect()
    })
}
