//! `xunzhang-cluster`: 寻章 over many shards and many machines.

mod arguments;
mod commands;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    // Plans of many operators are decoded and optimised recursively.
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(16 << 20)
        .build();
    let done = match runtime {
        Ok(runtime) => {
            let done = commands::run(arguments, &runtime);
            // Where one shard failed, the others may still be read or copied; the program does not wait for them.
            runtime.shutdown_background();
            done
        }
        Err(error) => Err(xunzhang_cluster::Error::Engine(error.to_string())),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
