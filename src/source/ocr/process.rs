//! A program that recognizes characters, with a limited time for each page and limited memory.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Time for a page, including the start of the program.
const TIME: Duration = Duration::from_secs(180);

/// Memory of the program, in kilobytes.
const MEMORY: u64 = 6 << 20;

/// The program with pipes to it, and limited memory where the system has a shell that can set it.
pub(super) fn limited(program: &Path, arguments: &[&str]) -> Command {
    let mut command;
    if cfg!(unix) {
        command = Command::new("/bin/sh");
        // A system without that limit runs the program all the same.
        let script = format!("ulimit -v {MEMORY} 2>/dev/null; exec \"$@\"");
        command.args(["-c", &*script, "sh"]).arg(program);
    } else {
        command = Command::new(program);
    }
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// The result of `work` with the program `child`; the program is killed when its time is up.
pub(super) fn within<T>(child: &Mutex<Child>, work: impl FnOnce() -> Option<T>) -> Option<T> {
    let (done, is_done) = channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if is_done.recv_timeout(TIME) == Err(RecvTimeoutError::Timeout) {
                let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
            }
        });
        let out = work();
        // Dropping the sender ends the watching thread.
        drop(done);
        out
    })
}
