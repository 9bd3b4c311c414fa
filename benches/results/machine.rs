//! What the machine can do at most: how fast it reads memory.

use std::{hint::black_box, time::Instant};

/// Larger than any cache.
const BYTES: usize = 512 * 1024 * 1024;

/// Bytes a second that all cores together read, adding up whole words; the best of five passes.
pub fn memory_bandwidth() -> f64 {
    let words = vec![1_u64; BYTES / 8];
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let pass = || {
        let began = Instant::now();
        std::thread::scope(|scope| {
            for part in words.chunks(words.len().div_ceil(threads)) {
                scope.spawn(move || {
                    black_box(part.iter().fold(0_u64, |sum, word| sum.wrapping_add(*word)))
                });
            }
        });
        BYTES as f64 / began.elapsed().as_secs_f64()
    };
    (0..5).map(|_| pass()).fold(0.0, f64::max)
}

/// Resident memory of this process, in bytes.
pub fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .and_then(|rest| rest.split_whitespace().next())
        .and_then(|value| value.parse::<f64>().ok())
        .unwrap_or(0.0);
    kib * 1024.0
}
