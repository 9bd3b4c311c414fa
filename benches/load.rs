//! Load on the release server: full completions of the default survey over real sockets, every page fetched and posted,
//! each save durable. Prints a table; judges nothing. `make bench` runs it.
//!
//! The generator shares the machine with the server, so it does as little as it can: the first completion reads every
//! form, later ones send the same answers with the session's own token.

// The tests read more of a form than the load does.
#[allow(dead_code)]
#[path = "../tests/support/form.rs"]
mod form;
#[path = "load/http.rs"]
mod http;
#[path = "load/script.rs"]
mod script;
#[path = "load/server.rs"]
mod server;

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use http::Connection;
use script::{SURVEY, Step, complete, record};
use server::{Server, Usage};

const CLIENTS: [usize; 4] = [1, 4, 16, 64];

fn main() {
    let seconds: u64 = std::env::var("BENCH_SECONDS")
        .ok()
        .and_then(|s| s.parse().ok())
        .unwrap_or(10);
    let engines: Vec<String> = std::env::var("BENCH_DATABASES")
        .unwrap_or_else(|_| "sqlite postgres".to_owned())
        .split_whitespace()
        .map(ToOwned::to_owned)
        .collect();
    for engine in engines {
        measure(&engine, Duration::from_secs(seconds));
    }
}

fn measure(engine: &str, duration: Duration) {
    let started = Instant::now();
    let server = Server::start(engine);
    let mut connection = Connection::open(server.address());
    let hub = connection.get("/", "");
    assert_eq!(hub.status, 200, "the hub answers");
    println!(
        "\n{engine}: start to first answer {} ms",
        started.elapsed().as_millis()
    );
    println!(
        "{engine}: resident memory idle {:.1} MB",
        server.memory_mb()
    );
    first_page(&mut connection);
    let script = Arc::new(record(&mut connection));
    println!("{engine}: {} requests a completion", script.len() * 2 + 2);
    println!(
        "| {:>7} | {:>13} | {:>8} | {:>8} | {:>8} | {:>14} | {:>17} | {:>9} |",
        "clients",
        "completions/s",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "server CPU ms",
        "generator CPU ms",
        "memory MB"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|");
    for clients in CLIENTS {
        let before = (server.usage(), Usage::of_self());
        let outcome = drive(&server, &script, clients, duration);
        let after = (server.usage(), Usage::of_self());
        let completions = outcome.completions.max(1) as f64;
        let mut times = outcome.times;
        times.sort_unstable();
        let at = |share: f64| {
            let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
            times
                .get(index)
                .map_or(0.0, |micros| f64::from(*micros) / 1000.0)
        };
        println!(
            "| {clients:>7} | {:>13.1} | {:>8.2} | {:>8.2} | {:>8.2} | {:>14.2} | {:>17.2} | {:>9.1} |",
            completions / outcome.seconds,
            at(0.50),
            at(0.95),
            at(0.99),
            (after.0.cpu_ms - before.0.cpu_ms) / completions,
            (after.1.cpu_ms - before.1.cpu_ms) / completions,
            server.memory_mb(),
        );
    }
}

/// What the first page costs a phone: the page and every file it names, compressed as a browser asks.
fn first_page(connection: &mut Connection) {
    let page = connection.get(SURVEY, "Accept-Encoding: gzip, br\r\n");
    let plain = connection.get(SURVEY, "");
    let html = String::from_utf8_lossy(&plain.body).into_owned();
    let mut bytes = page.bytes;
    let mut requests = 1;
    for part in html.split('"').filter(|part| part.starts_with("/assets/")) {
        let file = connection.get(part, "Accept-Encoding: gzip, br\r\n");
        assert_eq!(file.status, 200, "{part}");
        bytes += file.bytes;
        requests += 1;
    }
    println!(
        "first page: cold {bytes} bytes in {requests} requests, warm {} bytes in 1 request",
        page.bytes
    );
}

struct Outcome {
    completions: usize,
    seconds: f64,
    times: Vec<u32>,
}

fn drive(server: &Server, script: &Arc<Vec<Step>>, clients: usize, duration: Duration) -> Outcome {
    let stop = Arc::new(AtomicBool::new(false));
    let totals = Arc::new(Mutex::new((0, Vec::new())));
    let started = Instant::now();
    let threads: Vec<_> = (0..clients)
        .map(|_| {
            let (address, script) = (server.address().to_owned(), Arc::clone(script));
            let (stop, totals) = (Arc::clone(&stop), Arc::clone(&totals));
            std::thread::Builder::new()
                .stack_size(256 * 1024)
                .spawn(move || {
                    let mut connection = Connection::open(&address);
                    let (mut completions, mut times) = (0, Vec::new());
                    while !stop.load(Ordering::Relaxed) {
                        complete(&mut connection, &script, &mut times);
                        completions += 1;
                    }
                    let mut totals = totals.lock().expect("no thread panicked");
                    totals.0 += completions;
                    totals.1.extend(times);
                })
                .expect("a thread")
        })
        .collect();
    std::thread::sleep(duration);
    stop.store(true, Ordering::Relaxed);
    for thread in threads {
        thread.join().expect("every reply was the expected one");
    }
    let seconds = started.elapsed().as_secs_f64();
    let (completions, times) = std::mem::take(&mut *totals.lock().expect("no thread panicked"));
    Outcome {
        completions,
        seconds,
        times,
    }
}
