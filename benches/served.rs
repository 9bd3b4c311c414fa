//! Officers beside residents, on the release server with many responses: how soon the first page of results is there, what
//! it holds in memory, how soon a response is counted, and what eight officers who open a page a second each and residents
//! who save 200 pages a second do to each other. Prints tables; judges nothing. `make bench-served` runs it.
//!
//! `HYS_BENCH_ROWS` says how many responses are simulated first (`100000`), `BENCH_SECONDS` how long the load lasts (20).

// Tests and the other load use more of these.
#[allow(dead_code)]
#[path = "../tests/support/form.rs"]
mod form;
#[allow(dead_code)]
#[path = "load/http.rs"]
mod http;
#[path = "load/script.rs"]
mod script;
#[allow(dead_code)]
#[path = "load/server.rs"]
mod server;

use std::{
    path::Path,
    process::Command,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use form::{Field, PageForm};
use http::Connection;
use script::{SURVEY, Step, complete, record, token_in};
use server::Server;

const RESULTS: &str = "/admin/surveys/police-and-crime-plan";
const OFFICERS: usize = 8;
const SAVES_A_SECOND: f64 = 200.0;
/// Residents who share the saves.
const RESIDENTS: usize = 16;
/// What officers open, one after the other.
const PAGES: [&str; 8] = [
    "/themes",
    "/themes?weights=both",
    "/questions",
    "/compare?row=confidence&by=district",
    "/priorities",
    "/who",
    "/themes?victim=yes&measure=first",
    "/equality",
];

fn main() {
    let number = |name: &str, usual: u64| {
        let given = std::env::var(name).ok();
        given.and_then(|text| text.parse().ok()).unwrap_or(usual)
    };
    let rows = number("HYS_BENCH_ROWS", 100_000);
    let seconds = number("BENCH_SECONDS", 20);
    let mut link = String::new();
    let server = Server::prepared("sqlite", |program, url| {
        let began = Instant::now();
        let simulate = [
            "simulate",
            "--survey",
            "police-and-crime-plan",
            "--seed",
            "1",
        ];
        run(
            program,
            url,
            &[
                &simulate[..],
                &["--responses", &rows.to_string(), "--database", url],
            ]
            .concat(),
        );
        println!(
            "{rows} responses simulated in {:.1} s",
            began.elapsed().as_secs_f64()
        );
        let invited = run(
            program,
            url,
            &["user", "invite", "bench@example.org", "--role", "officer"],
        );
        let words = invited.split_whitespace();
        link = words
            .filter_map(|word| word.find("/admin/").map(|at| word[at..].to_owned()))
            .next()
            .expect("an invitation is a link");
    });
    let idle = server.memory_mb();
    let mut connection = Connection::open(server.address());
    let cookie = sign_in(&mut connection, &link);
    let loading = Instant::now();
    let mut first = connection.get(&format!("{RESULTS}/themes"), &cookie);
    while first.status != 200 {
        std::thread::sleep(Duration::from_millis(5));
        first = connection.get(&format!("{RESULTS}/themes"), &cookie);
    }
    println!(
        "first page of results after {:.2} s; memory {idle:.0} MB before, {:.0} MB after",
        loading.elapsed().as_secs_f64(),
        server.memory_mb()
    );
    let script = Arc::new(record(&mut connection));
    counted_after(&mut connection, &cookie, &script);
    beside_each_other(&server, &cookie, &script, Duration::from_secs(seconds));
    println!("memory at the end {:.0} MB", server.memory_mb());
}

/// Runs a command of the program on the database, and returns what it prints.
fn run(program: &Path, url: &str, words: &[&str]) -> String {
    let done = Command::new(program)
        .args(words)
        .env("HYS_DATABASE_URL", url)
        .output()
        .expect("the program starts");
    let (out, err) = (
        String::from_utf8_lossy(&done.stdout),
        String::from_utf8_lossy(&done.stderr),
    );
    assert!(done.status.success(), "{words:?}: {err}");
    format!("{out} {err}")
}

/// Makes the account of an invitation; the cookie of its session.
fn sign_in(connection: &mut Connection, link: &str) -> String {
    let page = connection.get(link, "");
    let form = PageForm::read(&String::from_utf8_lossy(&page.body)).expect("a form to join by");
    let typed = form.fields.iter().filter_map(|field| match field {
        Field::Input { name, kind, .. } if kind == "password" => Some((
            name.clone(),
            "seven-quiet-otters-cross-the-river".to_owned(),
        )),
        Field::Input { name, .. } => Some((name.clone(), "Bench Officer".to_owned())),
        _ => None,
    });
    let pairs: Vec<(String, String)> = form.hidden.iter().cloned().chain(typed).collect();
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    let action = if form.action.is_empty() {
        link
    } else {
        &form.action
    };
    let headers = page.cookie.unwrap_or_default();
    let reply = connection.post(action, &headers, &body);
    assert_eq!(
        reply.status,
        303,
        "{}",
        String::from_utf8_lossy(&reply.body)
    );
    reply.cookie.expect("whoever joins is signed in")
}

/// How soon a response that was sent is counted on a page of results.
fn counted_after(connection: &mut Connection, cookie: &str, script: &[Step]) {
    let count = |connection: &mut Connection| {
        let page = connection.get(&format!("{RESULTS}/themes.json"), cookie);
        assert_eq!(page.status, 200);
        let read: serde_json::Value = serde_json::from_slice(&page.body).expect("JSON");
        read["state"]["responses"]
            .as_u64()
            .expect("a result says how many it counts")
    };
    let mut worst = Duration::ZERO;
    let mut all = Duration::ZERO;
    for _ in 0..10 {
        let before = count(connection);
        complete(connection, script, &mut Vec::new());
        let sent = Instant::now();
        while count(connection) == before {
            std::thread::sleep(Duration::from_millis(2));
            assert!(
                sent.elapsed() < Duration::from_secs(30),
                "a response is counted"
            );
        }
        worst = worst.max(sent.elapsed());
        all += sent.elapsed();
    }
    println!(
        "a response is counted {:.0} ms after it was sent, at worst {:.0} ms (10 tries)",
        all.as_secs_f64() * 100.0,
        worst.as_secs_f64() * 1000.0
    );
}

type Times = Arc<Mutex<Vec<u32>>>;

fn beside_each_other(server: &Server, cookie: &str, script: &Arc<Vec<Step>>, lasts: Duration) {
    let stop = Arc::new(AtomicBool::new(false));
    let pages: Vec<Times> = PAGES.iter().map(|_| Times::default()).collect();
    let saves = Times::default();
    let asked = Arc::new(AtomicUsize::new(0));
    let mut threads = Vec::new();
    for officer in 0..OFFICERS {
        let (stop, pages) = (Arc::clone(&stop), pages.clone());
        let (address, cookie) = (server.address().to_owned(), cookie.to_owned());
        threads.push(std::thread::spawn(move || {
            let mut connection = Connection::open(&address);
            // Not all in the same moment.
            std::thread::sleep(Duration::from_millis(125 * officer as u64));
            let mut turn = officer;
            while !stop.load(Ordering::Relaxed) {
                let began = Instant::now();
                let at = turn % PAGES.len();
                let page = connection.get(&format!("{RESULTS}{}", PAGES[at]), &cookie);
                assert_eq!(page.status, 200, "{}", PAGES[at]);
                note(&pages[at], began);
                turn += 1;
                std::thread::sleep(Duration::from_secs(1).saturating_sub(began.elapsed()));
            }
        }));
    }
    for resident in 0..RESIDENTS {
        let (stop, saves, asked) = (Arc::clone(&stop), Arc::clone(&saves), Arc::clone(&asked));
        let (address, script) = (server.address().to_owned(), Arc::clone(script));
        let pace = Duration::from_secs_f64(RESIDENTS as f64 / SAVES_A_SECOND);
        threads.push(std::thread::spawn(move || {
            let mut connection = Connection::open(&address);
            std::thread::sleep(pace.mul_f64(resident as f64 / RESIDENTS as f64));
            while !stop.load(Ordering::Relaxed) {
                save_pages(&mut connection, &script, pace, &saves, &asked, &stop);
            }
        }));
    }
    let began = Instant::now();
    std::thread::sleep(lasts);
    stop.store(true, Ordering::Relaxed);
    for thread in threads {
        thread.join().expect("every reply was the expected one");
    }
    let seconds = began.elapsed().as_secs_f64();
    println!(
        "\n{OFFICERS} officers, a page a second each, beside {:.0} saves a second:\n",
        asked.load(Ordering::Relaxed) as f64 / seconds
    );
    println!("| what | requests | p50 ms | p95 ms | p99 ms |\n|---|---:|---:|---:|---:|");
    let mut all = Vec::new();
    for (page, times) in PAGES.iter().zip(&pages) {
        let times = times.lock().expect("no thread panicked").clone();
        print(page, times.clone());
        all.extend(times);
    }
    print("all pages of results", all);
    print(
        "a page saved",
        saves.lock().expect("no thread panicked").clone(),
    );
}

/// One completion at a steady pace.
fn save_pages(
    connection: &mut Connection,
    script: &[Step],
    pace: Duration,
    saves: &Times,
    asked: &AtomicUsize,
    stop: &AtomicBool,
) {
    let start = connection.post(&format!("{SURVEY}/start"), "", "");
    let cookie = start.cookie.expect("Start sets the cookie");
    let mut token = String::new();
    for step in script {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let turn = Instant::now();
        if token.is_empty() {
            token = token_in(&connection.get(&step.path, &cookie).body);
        }
        let body = format!("csrf={token}&{}", step.body);
        let began = Instant::now();
        let reply = connection.post(&step.path, &cookie, &body);
        assert_eq!(reply.status, 303, "{}", step.path);
        note(saves, began);
        asked.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(pace.saturating_sub(turn.elapsed()));
    }
}

fn note(times: &Times, began: Instant) {
    let micros = u32::try_from(began.elapsed().as_micros()).unwrap_or(u32::MAX);
    times.lock().expect("no thread panicked").push(micros);
}

fn print(what: &str, mut times: Vec<u32>) {
    times.sort_unstable();
    let at = |share: f64| {
        let place = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times
            .get(place)
            .map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    };
    println!(
        "| {what} | {} | {:.1} | {:.1} | {:.1} |",
        times.len(),
        at(0.5),
        at(0.95),
        at(0.99)
    );
}
