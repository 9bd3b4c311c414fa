//! The program itself, as a process: started, killed, told to stop, and listened to.

use std::{
    io::{BufRead, BufReader, Read},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex, mpsc},
    time::{Duration, Instant},
};

/// The program under test: the debug build, or the one that `make crash` names.
pub fn binary() -> PathBuf {
    std::env::var_os("HYS_BIN").map_or_else(
        || PathBuf::from(env!("CARGO_BIN_EXE_have-your-say")),
        PathBuf::from,
    )
}

/// How a process is started.
#[derive(Debug, Clone)]
pub struct Launch {
    settings: Vec<(String, String)>,
    wrapper: Vec<String>,
}

impl Launch {
    pub fn on(database_url: &str) -> Self {
        let settings = [
            ("HYS_DATABASE_URL", database_url),
            ("HYS_BIND", "127.0.0.1:0"),
            ("HYS_WORKERS", "2"),
        ];
        Self {
            settings: settings.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec(),
            wrapper: Vec::new(),
        }
    }

    pub fn setting(mut self, variable: &str, value: &str) -> Self {
        self.settings.push((variable.to_owned(), value.to_owned()));
        self
    }

    /// Starts it by another program, which gets its command line at the end of its own.
    pub fn by(mut self, wrapper: &[&str]) -> Self {
        self.wrapper = wrapper.iter().map(|&word| word.to_owned()).collect();
        self
    }

    fn command(&self, words: &[&str]) -> Command {
        let binary = binary();
        let mut line = self.wrapper.clone();
        line.push(binary.display().to_string());
        line.extend(words.iter().map(|&word| word.to_owned()));
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HYS_")) {
            command.env_remove(name);
        }
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::null());
        command
    }

    /// Runs one word of the command line to its end.
    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the program runs")
    }

    /// Starts `serve` and waits until it listens.
    pub fn serve(&self) -> Program {
        let mut child = self
            .command(&["serve"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let log = Arc::new(Mutex::new(String::new()));
        let mut errors = child.stderr.take().expect("its errors");
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(read @ 1..) = errors.read(&mut part) {
                let text = String::from_utf8_lossy(&part[..read]).into_owned();
                kept.lock().unwrap().push_str(&text);
            }
        });
        let (tell, told) = mpsc::channel();
        let output = child.stdout.take().expect("its output");
        std::thread::spawn(move || {
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _ = tell.send(line);
            }
        });
        let mut program = Program {
            child,
            base: String::new(),
            log,
            told,
        };
        let line = program.line_after("listening on ");
        program.base = line.unwrap_or_else(|| panic!("it does not listen: {}", program.log()));
        program
    }
}

/// A process that serves.
pub struct Program {
    child: Child,
    pub base: String,
    log: Arc<Mutex<String>>,
    told: mpsc::Receiver<String>,
}

impl Program {
    /// What follows `start` in the next line of its output that begins so.
    pub fn line_after(&self, start: &str) -> Option<String> {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let left = until.checked_duration_since(Instant::now())?;
            let line = self.told.recv_timeout(left).ok()?;
            if let Some(rest) = line.strip_prefix(start) {
                return Some(rest.to_owned());
            }
        }
    }

    /// Everything it has logged so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Kills it with SIGKILL, as a power cut would, but for what the system still holds.
    pub fn kill(mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it is over");
    }

    /// Tells it to stop.
    pub fn terminate(&self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.expect("kill is there").success());
    }

    /// Waits until it is over.
    pub fn wait(&mut self) -> ExitStatus {
        let until = Instant::now() + Duration::from_secs(40);
        while Instant::now() < until {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                return status;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not stop: {}", self.log());
    }

    /// Tells it to stop and waits.
    pub fn stop(mut self) {
        self.terminate();
        let status = self.wait();
        assert!(status.success(), "{status}: {}", self.log());
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
