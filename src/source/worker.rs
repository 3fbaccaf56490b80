//! Reading in separate processes, so that a file whose reader loops, overflows or exhausts the memory costs
//! that file only.
//!
//! The caller names a program that calls [`serve`] on its standard input and output. A process reads one file
//! after the other: it receives a header line in JSON and the bytes, and returns the documents and an end,
//! one line of JSON each. It gets nothing but the bytes, so that no path outside the file can be followed. It
//! is killed when its time is up; it limits its own memory where the system allows that (Unix), and dies when
//! that is exceeded, or its stack overflows.

use std::ffi::OsString;
use std::fmt;
use std::io::{BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::formats::{self, PagePicture, Raw, Source};
use super::input::TableRow;
use super::records::FieldMap;
use super::{ReadOptions, Skip};

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
}

/// Number of files that a process reads before another replaces it.
const MAX_FILES: usize = 1000;
/// Address space that the allocator reserves at once. Its default is a gigabyte, reserved before the limit is
/// set and more than it: nothing further could then be allocated, and a small file would be refused if the
/// reserved memory is unsuitable.
const RESERVE: (&str, &str) = ("MIMALLOC_ARENA_RESERVE", "32MiB");

/// Size of a file in bytes after which its process is not reused, so that memory is freed.
const LARGE: usize = 32 << 20;

/// The requested content of a file.
#[derive(Clone, Copy, Serialize, Deserialize)]
enum RequestKind {
    Documents,
    FirstSheet,
    Pictures,
}

#[derive(Serialize, Deserialize)]
struct Request {
    wanted: RequestKind,
    name: String,
    len: usize,
    map: FieldMap,
    max_bytes: u64,
    max_unpacked: u64,
    max_text: usize,
    max_memory: u64,
}

#[derive(Serialize, Deserialize)]
enum Reply {
    Document(Box<Raw>),
    Row(TableRow),
    Picture(PageBytes),
    Skipped(Skip),
    Done,
}

/// A page as a picture, whose bytes follow the line.
#[derive(Serialize, Deserialize)]
struct PageBytes {
    picture: PagePicture,
    len: usize,
}

/// Maximum number of bytes of a picture accepted from a process.
const MAX_PICTURE: usize = 256 << 20;
/// How many times longer than text the pictures of a document may take.
const PICTURE_TIME: u32 = 40;

impl Workers {
    /// Processes of `program`, which calls [`serve`] when it is started with `arguments`. None is started
    /// before there is something to read.
    pub fn new(program: PathBuf, arguments: Vec<OsString>, limits: Limits) -> Self {
        Self {
            program,
            arguments,
            limits,
            idle: Mutex::default(),
        }
    }

    /// Reads the documents of `source` in a process; calls `each` once for each. Reads them here if none can
    /// be started.
    pub(super) fn read(
        &self,
        bytes: &[u8],
        source: &Source<'_>,
        each: &mut dyn FnMut(Raw),
    ) -> Result<(), Skip> {
        let outcome = self.send(RequestKind::Documents, bytes, source, &mut |reply| {
            if let Reply::Document(raw) = reply {
                each(*raw);
            }
        });
        outcome.unwrap_or_else(|| formats::read_here(bytes, source, each))
    }

    /// Reads the rows of the first sheet of a workbook in a process, like [`Self::read`] for documents.
    pub(super) fn read_rows(
        &self,
        bytes: &[u8],
        source: &Source<'_>,
        each: &mut dyn FnMut(TableRow),
    ) -> Result<(), Skip> {
        let outcome = self.send(RequestKind::FirstSheet, bytes, source, &mut |reply| {
            if let Reply::Row(row) = reply {
                each(row);
            }
        });
        outcome.unwrap_or_else(|| formats::first_sheet(bytes, each))
    }

    /// Renders the pages of a document without text in a process, like [`Self::read`] for documents.
    pub(super) fn read_pictures(
        &self,
        bytes: &[u8],
        source: &Source<'_>,
        each: &mut dyn FnMut(PagePicture),
    ) -> Result<(), Skip> {
        let outcome = self.send(RequestKind::Pictures, bytes, source, &mut |reply| {
            if let Reply::Picture(page) = reply {
                each(page.picture);
            }
        });
        outcome.unwrap_or_else(|| formats::pictures(bytes, source, each))
    }

    /// The outcome of a file in a process; `None` if none can be started.
    fn send(
        &self,
        wanted: RequestKind,
        bytes: &[u8],
        source: &Source<'_>,
        each: &mut dyn FnMut(Reply),
    ) -> Option<Result<(), Skip>> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut process = waiting.or_else(|| self.start())?;
        let outcome = self.ask(&mut process, (wanted, bytes), source, each);
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
        let (input, output) = child.stdin.take().zip(child.stdout.take())?;
        Some(Process {
            child: Mutex::new(child),
            input,
            output: BufReader::new(output),
            n_files: 0,
        })
    }

    fn ask(
        &self,
        process: &mut Process,
        (wanted, bytes): (RequestKind, &[u8]),
        source: &Source<'_>,
        each: &mut dyn FnMut(Reply),
    ) -> Result<(), Failure> {
        let megabytes = u32::try_from(bytes.len() >> 20).unwrap_or(u32::MAX);
        let time = self.limits.time + Duration::from_millis(100) * megabytes;
        let time = match wanted {
            RequestKind::Pictures => time * PICTURE_TIME,
            RequestKind::Documents | RequestKind::FirstSheet => time,
        };
        let max_memory = self.limits.memory;
        let request = Request {
            wanted,
            name: source.name().to_owned(),
            len: bytes.len(),
            map: source.options().map.clone(),
            max_bytes: source.options().max_bytes,
            max_unpacked: source.max_unpacked(),
            max_text: source.options().max_text,
            max_memory,
        };
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
            let watch = scope.spawn(move || {
                let is_late = runs_out(time, &pauses);
                if is_late {
                    // Killing closes the pipes, which ends the exchange with an error.
                    let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
                }
                is_late
            });
            // The caller's handling of a document does not count as the reader's time.
            let mut each = |reply| {
                let _ = pause.send(());
                each(reply);
                let _ = pause.send(());
            };
            let outcome = exchange(input, output, &request, bytes, &mut each);
            drop(pause);
            (outcome, watch.join().unwrap_or(false))
        });
        match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(skip)) => Err(Failure::Reported(skip)),
            Err(_) if is_late => Err(Failure::Lost(Skip::TooSlow {
                seconds: time.as_secs(),
            })),
            Err(_) => Err(Failure::Lost(cause_of_death(child, max_memory))),
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

/// Sends a file and receives the reply: the outcome, or an error if the process is lost.
fn exchange(
    input: &mut ChildStdin,
    output: &mut BufReader<ChildStdout>,
    request: &Request,
    bytes: &[u8],
    each: &mut dyn FnMut(Reply),
) -> std::io::Result<Result<(), Skip>> {
    let mut header = serde_json::to_vec(request)?;
    header.push(b'\n');
    input.write_all(&header)?;
    input.write_all(bytes)?;
    input.flush()?;
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

/// Reads files sent by [`Workers`] over `input`, until it ends. For a process that does nothing else: its
/// memory is limited, and panics are silent.
///
/// # Errors
/// If the input is not what [`Workers`] send, or the other side is gone.
pub fn serve(input: impl Read, output: impl Write) -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|_| ()));
    let mut input = BufReader::new(input);
    let mut output = std::io::BufWriter::new(output);
    let mut header = Vec::new();
    loop {
        header.clear();
        if input.read_until(b'\n', &mut header)? == 0 {
            return Ok(());
        }
        let request: Request = serde_json::from_slice(&header)?;
        limit_memory(request.max_memory);
        // The memory is limited first: the length alone may exceed it.
        let mut bytes = vec![0; request.len];
        input.read_exact(&mut bytes)?;
        let mut written = Ok(());
        let mut send = |reply: &Reply| {
            if written.is_ok() {
                written = write(&mut output, reply);
            }
        };
        let options = ReadOptions {
            map: request.map,
            max_bytes: request.max_bytes,
            max_unpacked: request.max_unpacked,
            max_text: request.max_text,
            // This is the separate process already, and the caller recognizes pictures.
            workers: None,
            ocr: None,
            // The sending process has checked for its own files.
            reads_own: true,
        };
        let source = Source::new(&request.name, &options);
        let outcome = catch_unwind(AssertUnwindSafe(|| match request.wanted {
            RequestKind::Documents => formats::read_here(&bytes, &source, &mut |raw| {
                send(&Reply::Document(Box::new(raw)))
            }),
            RequestKind::FirstSheet => {
                formats::first_sheet(&bytes, &mut |row| send(&Reply::Row(row)))
            }
            RequestKind::Pictures => formats::pictures(&bytes, &source, &mut |picture| {
                let len = picture.bytes.len();
                send(&Reply::Picture(PageBytes { picture, len }));
            }),
        }));
        // A panic costs the file, not the process; an overflow or abort ends it, which the other side
        // notices.
        send(&match outcome {
            Ok(Ok(())) => Reply::Done,
            Ok(Err(skip)) => Reply::Skipped(skip),
            Err(_) => Reply::Skipped(Skip::Crashed),
        });
        written?;
        output.flush()?;
    }
}

fn write(output: &mut impl Write, reply: &Reply) -> std::io::Result<()> {
    let line = match serde_json::to_vec(reply) {
        Ok(line) => line,
        Err(_) => serde_json::to_vec(&Reply::Skipped(Skip::Crashed))?,
    };
    output.write_all(&line)?;
    output.write_all(b"\n")?;
    match reply {
        Reply::Picture(page) => output.write_all(&page.picture.bytes),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn limit_memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = Rlimit {
        current: Some(bytes),
        maximum: getrlimit(Resource::As).maximum,
    };
    // Where the limit cannot be set, the time limit remains.
    let _ = setrlimit(Resource::As, limit);
}

#[cfg(not(unix))]
fn limit_memory(_bytes: u64) {}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// The outcome of a file read by `script`.
    fn outcome(script: &str) -> Result<Vec<Raw>, Skip> {
        let limits = Limits {
            time: Duration::from_millis(300),
            memory: 1 << 30,
        };
        let workers = Workers::new("/bin/sh".into(), vec!["-c".into(), script.into()], limits);
        let options = ReadOptions::default();
        let mut raws = Vec::new();
        workers.read(b"x", &Source::new("a.pdf", &options), &mut |raw| {
            raws.push(raw)
        })?;
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

    #[test]
    fn without_a_program_files_are_read_here() {
        let workers = Workers::new("/no/such/program".into(), Vec::new(), Limits::default());
        let options = ReadOptions::default();
        let mut n_raws = 0;
        let page = Source::new("a.html", &options);
        workers
            .read("<p>园区</p>".as_bytes(), &page, &mut |_| n_raws += 1)
            .expect("a page");
        assert_eq!(n_raws, 1);
    }

    #[test]
    fn files_are_served_one_after_the_other() {
        let request = |name: &str, bytes: &[u8]| {
            let request = Request {
                wanted: RequestKind::Documents,
                name: name.to_owned(),
                len: bytes.len(),
                map: FieldMap::default(),
                max_bytes: 1 << 20,
                max_unpacked: 1 << 20,
                max_text: 1 << 20,
                max_memory: 1 << 40,
            };
            let header = serde_json::to_string(&request).expect("a header");
            [header.as_bytes(), b"\n", bytes].concat()
        };
        let input = [
            request("a.html", "<p>园区</p>".as_bytes()),
            request("b.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ]
        .concat();
        let mut output = Vec::new();
        serve(&*input, &mut output).expect("replies");
        let _ = std::panic::take_hook();
        let replies: Vec<Reply> = output
            .split(|&byte| byte == b'\n')
            .filter(|line| !line.is_empty())
            .map(|line| serde_json::from_slice(line).expect("a reply"))
            .collect();
        assert!(matches!(&replies[0], Reply::Document(raw) if raw.lines[0].text == "园区"));
        assert!(matches!(replies[1], Reply::Done));
        assert!(matches!(&replies[2], Reply::Skipped(Skip::Damaged { .. })));
        assert_eq!(replies.len(), 3);
    }
}
