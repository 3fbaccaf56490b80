//! The processes, and what is exchanged with them.

use std::ffi::OsString;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::bound::Bound;
use super::protocol::{Reply, Request, RequestKind};
use crate::source::skip::Skip;

/// The limits of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time, plus a tenth of a second for each megabyte of the file.
    pub time: Duration,
    /// Bytes of memory, including the process's own.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            time: Duration::from_secs(8),
            memory: 900 << 20,
        }
    }
}

/// Processes that read files.
pub struct Workers {
    program: PathBuf,
    arguments: Vec<OsString>,
    limits: Limits,
    idle: Mutex<Vec<Process>>,
}

impl fmt::Debug for Workers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Workers({})", self.program.display())
    }
}

struct Process {
    child: Mutex<Child>,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    n_files: usize,
    #[expect(dead_code, reason = "held, not read")]
    bound: Bound,
}

/// Number of files that a process reads before another replaces it.
const MAX_FILES: usize = 1000;
/// Address space that the allocator reserves at once. Its default is a gigabyte, reserved before the limit is
/// set and more than it: nothing further could then be allocated, and a small file would be refused if the
/// reserved memory is unsuitable.
const RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "32MiB");

/// Size of a file in bytes after which its process is not reused, so that memory is freed.
const LARGE: usize = 32 << 20;

/// Maximum number of bytes of a picture accepted from a process.
const MAX_PICTURE: usize = 256 << 20;
/// How many times longer than text the pictures of a document may take.
const PICTURE_TIME: u32 = 40;

impl Workers {
    /// Processes of `program`, which calls [`serve`](super::serve()) when it is started with `arguments`. None
    /// is started before there is something to read.
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Self {
            program,
            arguments,
            limits,
            idle: Mutex::default(),
        }
    }

    /// Maximum number of bytes of memory of a process.
    pub(in crate::source) fn max_memory(&self) -> u64 {
        self.limits.memory
    }

    /// The outcome of a file in a process; `None` if none can be started.
    pub(in crate::source) fn send(
        &self,
        request: &Request,
        bytes: &[u8],
        each: &mut dyn FnMut(Reply),
    ) -> Option<Result<(), Skip>> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut process = waiting.or_else(|| self.start())?;
        let outcome = self.ask(&mut process, &SentFile { request, bytes }, each);
        process.n_files += 1;
        let is_alive = !matches!(outcome, Err(Failure::Lost(_)));
        // A process that died is dropped, one that has read much is replaced: fragmented memory is never
        // returned by the allocator.
        if is_alive && process.n_files < MAX_FILES && bytes.len() < LARGE {
            idle().push(process);
        }
        Some(outcome.map_err(|failure| match failure {
            Failure::Lost(skip) | Failure::Reported(skip) => skip,
        }))
    }

    fn start(&self) -> Option<Process> {
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .env(RESERVE.0, RESERVE.1)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // Piped, so that the reason of its end can be read.
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let bound = Bound::new(&child, self.limits.memory);
        let (input, output) = child.stdin.take().zip(child.stdout.take())?;
        Some(Process {
            child: Mutex::new(child),
            input,
            output: BufReader::new(output),
            n_files: 0,
            bound,
        })
    }

    fn ask(
        &self,
        process: &mut Process,
        file: &SentFile<'_>,
        each: &mut dyn FnMut(Reply),
    ) -> Result<(), Failure> {
        let time = self.time(file);
        let Process {
            child,
            input,
            output,
            ..
        } = process;
        let (pause, pauses) = channel::<()>();
        // A thread that only waits and kills, since reading from a pipe has no time limit.
        let (outcome, is_late) = std::thread::scope(|scope| {
            let child = &*child;
            let watch = scope.spawn(move || kill_late(child, time, &pauses));
            // The caller's handling of a document does not count as the reader's time.
            let mut each = |reply| {
                let _ = pause.send(());
                each(reply);
                let _ = pause.send(());
            };
            let outcome = send(input, file).and_then(|()| receive(output, &mut each));
            drop(pause);
            (outcome, watch.join().unwrap_or(false))
        });
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(skip)) => Err(Failure::Reported(skip)),
            Err(_) if is_late => Err(Failure::Lost(Skip::TooSlow {
                seconds: time.as_secs(),
            })),
            Err(_) => Err(Failure::Lost(cause_of_death(
                child,
                file.request.max_memory,
            ))),
        }
    }

    /// The time that a file may take.
    fn time(&self, file: &SentFile<'_>) -> Duration {
        let megabytes = u32::try_from(file.bytes.len() >> 20).unwrap_or(u32::MAX);
        let time = self.limits.time + Duration::from_millis(100) * megabytes;
        match file.request.wanted {
            RequestKind::Pictures => time * PICTURE_TIME,
            RequestKind::Documents | RequestKind::ListSheets => time,
        }
    }
}

/// Waits until `time` has run out (true), or `pauses` is closed (false). The clock is stopped from each first
/// message to the next one.
fn runs_out(time: Duration, pauses: &Receiver<()>) -> bool {
    let mut left = time;
    loop {
        let started = Instant::now();
        match pauses.recv_timeout(left) {
            Ok(()) => left = left.saturating_sub(started.elapsed()),
            Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
        }
        if pauses.recv().is_err() {
            return false;
        }
    }
}

enum Failure {
    /// The process is unusable.
    Lost(Skip),
    /// The process reported it itself.
    Reported(Skip),
}

/// A file for a process, with what is wanted from it.
struct SentFile<'a> {
    request: &'a Request,
    bytes: &'a [u8],
}

/// Kills a process whose time has run out; returns whether it did.
fn kill_late(child: &Mutex<Child>, time: Duration, pauses: &Receiver<()>) -> bool {
    let is_late = runs_out(time, pauses);
    if is_late {
        // Killing closes the pipes, which ends the exchange with an error.
        let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
    }
    is_late
}

/// Sends a file.
fn send(input: &mut ChildStdin, file: &SentFile<'_>) -> std::io::Result<()> {
    let mut header = serde_json::to_vec(file.request)?;
    header.push(b'\n');
    input.write_all(&header)?;
    input.write_all(file.bytes)?;
    input.flush()
}

/// Receives the replies about a file: the outcome, or an error if the process is lost.
fn receive(
    output: &mut BufReader<ChildStdout>,
    each: &mut dyn FnMut(Reply),
) -> std::io::Result<Result<(), Skip>> {
    let mut line = Vec::new();
    loop {
        line.clear();
        output.read_until(b'\n', &mut line)?;
        match serde_json::from_slice(&line)? {
            reply @ (Reply::Document(_) | Reply::Row(_)) => each(reply),
            // The length comes from a process that a file may have taken over; it must not allocate without
            // bound.
            Reply::Picture(mut page) if page.len <= MAX_PICTURE => {
                page.picture.bytes.resize(page.len, 0);
                output.read_exact(&mut page.picture.bytes)?;
                each(Reply::Picture(page));
            }
            Reply::Picture(_) => return Err(std::io::ErrorKind::InvalidData.into()),
            Reply::Skipped(skip) => return Ok(Err(skip)),
            Reply::Done => return Ok(Ok(())),
        }
    }
}

/// The reason why a process is lost or unusable, as far as it is known; the process is ended.
fn cause_of_death(child: &Mutex<Child>, max_memory: u64) -> Skip {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    // A process that sent nonsense is still running.
    let _ = child.kill();
    let _ = child.wait();
    let mut said = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        let _ = stderr.take(1 << 16).read_to_end(&mut said);
    }
    // Rust's allocator prints this line before it aborts.
    if String::from_utf8_lossy(&said).contains("memory allocation of") {
        Skip::TooHungry {
            megabytes: max_memory >> 20,
        }
    } else {
        Skip::Crashed
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use crate::source::raw::Raw;
    use crate::source::records::FieldMap;

    /// The outcome of a file read by `script`.
    fn outcome(script: &str) -> Result<Vec<Raw>, Skip> {
        let limits = Limits {
            time: Duration::from_millis(300),
            memory: 1 << 30,
        };
        let workers = Workers::new("/bin/sh".into(), vec!["-c".into(), script.into()], limits);
        let request = Request {
            wanted: RequestKind::Documents,
            name: "a.pdf".to_owned(),
            len: 1,
            map: FieldMap::default(),
            max_bytes: 1 << 20,
            max_unpacked: 1 << 20,
            max_text: 1 << 20,
            max_memory: workers.max_memory(),
        };
        let mut raws = Vec::new();
        let sent = workers.send(&request, b"x", &mut |reply| {
            if let Reply::Document(raw) = reply {
                raws.push(*raw);
            }
        });
        sent.expect("a process")?;
        Ok(raws)
    }

    #[track_caller]
    fn check(script: &str, expected: &str) {
        assert_eq!(outcome(script).expect_err("a skip").to_string(), expected);
    }

    #[test]
    fn failures_cost_only_the_file() {
        check(
            "exec sleep 30",
            "takes more than 0 s to read; save it anew in its own program, or split it",
        );
        check("exit 3", "the reader failed on it; please report this");
        // The allocator must reserve less than the memory limit.
        check(
            "test \"$MIMALLOC_ARENA_RESERVE\" = 32MiB && exit 3; echo memory allocation of 5 bytes failed >&2",
            "the reader failed on it; please report this",
        );
        check(
            "head -c 10 >/dev/null; echo rubbish",
            "the reader failed on it; please report this",
        );
        check(
            "head -c 10 >/dev/null; echo memory allocation of 5 bytes failed >&2; exit 134",
            "needs more than 1024 MB of memory to read; save it anew in its own program, or split it",
        );
        check(
            "head -c 10 >/dev/null; echo '{\"Skipped\":\"Encrypted\"}'",
            "needs a password; save it without one to include it",
        );
        assert_eq!(
            outcome("head -c 10 >/dev/null; echo '\"Done\"'").expect("nothing"),
            []
        );
    }

    #[test]
    fn the_clock_stops_while_a_document_is_handled() {
        let (pause, pauses) = channel();
        let time = Duration::from_millis(200);
        let watch = std::thread::spawn(move || runs_out(time, &pauses));
        pause.send(()).expect("a watch");
        std::thread::sleep(2 * time);
        pause.send(()).expect("a watch");
        drop(pause);
        assert!(!watch.join().expect("a watch"));
        let (_pause, pauses) = channel();
        assert!(runs_out(Duration::from_millis(10), &pauses));
    }

    fn time(wanted: RequestKind, n_bytes: usize) -> Duration {
        let limits = Limits {
            time: Duration::from_secs(8),
            memory: 1 << 30,
        };
        let request = Request {
            wanted,
            name: String::new(),
            len: n_bytes,
            map: FieldMap::default(),
            max_bytes: 0,
            max_unpacked: 0,
            max_text: 0,
            max_memory: 0,
        };
        let bytes = vec![0; n_bytes];
        let file = SentFile {
            request: &request,
            bytes: &bytes,
        };
        Workers::new(PathBuf::new(), Vec::new(), limits).time(&file)
    }

    #[test]
    fn large_files_and_pictures_may_take_longer() {
        let seconds = Duration::from_secs;
        assert_eq!(time(RequestKind::Documents, 0), seconds(8));
        // A tenth of a second for each megabyte.
        assert_eq!(time(RequestKind::Documents, 10 << 20), seconds(9));
        assert_eq!(time(RequestKind::ListSheets, 10 << 20), seconds(9));
        assert_eq!(time(RequestKind::Pictures, 10 << 20), seconds(9 * 40));
    }

    #[test]
    fn a_closed_channel_ends_the_wait() {
        let (sender, receiver) = channel::<()>();
        drop(sender);
        assert!(!runs_out(Duration::from_secs(3600), &receiver));
        let (_open, receiver) = channel::<()>();
        assert!(runs_out(Duration::ZERO, &receiver));
    }
}
