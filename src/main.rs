//! The command line: parses, calls one function, prints.

use std::process::ExitCode;

use clap::Parser;
use have_your_say::app::{self, Command};

/// A quarter of the processor time went into the system's allocator (`docs/performance.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let command = Command::parse();
    match app::run(command).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("have-your-say: {error}");
            ExitCode::FAILURE
        }
    }
}
