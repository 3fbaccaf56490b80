//! The `xunzhang` command.

mod cli;
mod mcp;
mod web;

use std::process::ExitCode;

/// Indexing makes and drops millions of small strings on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
