//! The release server as a process of its own, and what it costs.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

/// A running server on a fresh database.
pub struct Server {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
    postgres: Option<String>,
}

/// Processor time, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    pub cpu_ms: f64,
}

impl Usage {
    /// Of this process.
    pub fn of_self() -> Self {
        Self::of("self")
    }

    fn of(pid: &str) -> Self {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("Linux tells");
        // After the name in brackets come the fields from the third on; 14 and 15 are user and system ticks of 10 ms.
        let rest = stat
            .rsplit_once(')')
            .map(|(_, rest)| rest)
            .unwrap_or_default();
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let ticks = |index: usize| {
            fields
                .get(index)
                .and_then(|f| f.parse::<f64>().ok())
                .unwrap_or(0.0)
        };
        Self {
            cpu_ms: (ticks(11) + ticks(12)) * 10.0,
        }
    }
}

fn psql(statement: &str) {
    let server = std::env::var("HYS_TEST_POSTGRES_URL")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
    let done = Command::new("psql")
        .args([&server, "-qc", statement])
        .status()
        .expect("psql is there");
    assert!(done.success(), "{statement}");
}

impl Server {
    /// Starts the program on a fresh database.
    pub fn start(engine: &str) -> Self {
        Self::prepared(engine, |_, _| {})
    }

    /// The same, after the program has been used on the database, whose address is told.
    pub fn prepared(engine: &str, prepare: impl FnOnce(&Path, &str)) -> Self {
        let folder = tempfile::tempdir_in(
            std::env::var("BENCH_FOLDER").unwrap_or_else(|_| "target".to_owned()),
        )
        .expect("a folder on the disk that is measured");
        let (url, postgres) = if engine == "postgres" {
            let name = format!("hys_bench_{}", std::process::id());
            psql(&format!("CREATE DATABASE {name}"));
            let server = std::env::var("HYS_TEST_POSTGRES_URL")
                .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/postgres".to_owned());
            let (head, _) = server.rsplit_once('/').expect("a database in the address");
            (format!("{head}/{name}"), Some(name))
        } else {
            (
                format!("sqlite://{}", folder.path().join("bench.sqlite").display()),
                None,
            )
        };
        let program = PathBuf::from(env!("CARGO_BIN_EXE_have-your-say"));
        prepare(&program, &url);
        let mut child = Command::new(program)
            .arg("serve")
            .env("HYS_BIND", "127.0.0.1:0")
            .env("HYS_DATABASE_URL", url)
            .stdout(Stdio::piped())
            // A line for every request, as in service.
            .stderr(
                std::fs::File::create(folder.path().join("server.log"))
                    .expect("a file for its log"),
            )
            .spawn()
            .expect("the server starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines();
        let address = loop {
            let line = lines
                .next()
                .expect("the server says where it listens")
                .expect("text");
            if let Some((_, address)) = line.split_once("listening on http://") {
                break address.trim().to_owned();
            }
        };
        // What it prints later is read and dropped, so that its pipe never fills.
        std::thread::spawn(move || for _ in lines {});
        Self {
            child,
            address,
            folder,
            postgres,
        }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn usage(&self) -> Usage {
        Usage::of(&self.child.id().to_string())
    }

    /// Resident memory, in megabytes of 10^6 bytes.
    pub fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))
            .expect("Linux tells");
        let kib = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.split_whitespace().next())
            .and_then(|value| value.parse::<f64>().ok())
            .unwrap_or(0.0);
        kib * 1024.0 / 1e6
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(name) = &self.postgres {
            psql(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
        let _ = self.folder.path();
    }
}
