//! Runs the binary in a temporary folder with a fixed environment.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use encoding_rs::{BIG5, GB18030};
use serde_json::Value;

/// Environment variables that affect the binary or its output.
const CLEARED: [&str; 9] = [
    "XUNZHANG_CONFIG",
    "XUNZHANG_INDEX",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "COLUMNS",
    "LANGUAGE",
    "LC_MESSAGES",
    "LC_CTYPE",
];

/// Encoding of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8Bom,
    Gb18030,
    Big5,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    /// The bytes of `text`; UTF-16 with its byte order mark.
    #[track_caller]
    pub(crate) fn encode(self, text: &str) -> Vec<u8> {
        let legacy = |encoding: &'static encoding_rs::Encoding| {
            let (bytes, _, had_unmappable) = encoding.encode(text);
            assert!(
                !had_unmappable,
                "not all of this is in {}: {text}",
                encoding.name()
            );
            bytes.into_owned()
        };
        let units = || std::iter::once(0xfeff).chain(text.encode_utf16());
        match self {
            Self::Utf8Bom => ["\u{feff}", text].concat().into_bytes(),
            Self::Gb18030 => legacy(GB18030),
            Self::Big5 => legacy(BIG5),
            Self::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// A temporary folder in which commands run; the index is its subfolder `index` unless a command names another.
pub(crate) struct Fixture {
    folder: tempfile::TempDir,
    variables: Vec<(String, String)>,
}

impl Fixture {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
            variables: Vec::new(),
        }
    }

    /// A folder with these files, all in UTF-8, and an index over its `corpus`.
    #[track_caller]
    pub(crate) fn indexed(files: &[(&str, &str)]) -> Self {
        let fixture = Self::new();
        for (path, text) in files {
            fixture.write(&format!("corpus/{path}"), text);
        }
        fixture.run(["index", "corpus"]).succeeds();
        fixture
    }

    /// A folder with an index of the project's sample reports.
    #[track_caller]
    pub(crate) fn with_samples() -> Self {
        let fixture = Self::new();
        fixture
            .run([OsStr::new("index"), samples().as_os_str()])
            .succeeds();
        fixture
    }

    /// Sets an environment variable for all commands.
    pub(crate) fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The folder itself.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The path of `name` in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file in UTF-8 and creates the folders above it.
    pub(crate) fn write(&self, name: &str, text: &str) -> PathBuf {
        self.write_bytes(name, text.as_bytes())
    }

    /// Writes a file in another encoding.
    #[track_caller]
    pub(crate) fn write_in(&self, encoding: Encoding, name: &str, text: &str) -> PathBuf {
        self.write_bytes(name, &encoding.encode(text))
    }

    /// Writes a file from bytes.
    pub(crate) fn write_bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        let parent = path.parent().expect("a path inside the folder");
        fs::create_dir_all(parent).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// The command, ready to run, for tests for which [`Fixture::run`] is not enough.
    pub(crate) fn command<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xunzhang"));
        command.args(arguments);
        self.prepared(command)
    }

    /// The command in the folder, with the environment of the tests.
    pub(crate) fn prepared(&self, mut command: Command) -> Command {
        command.current_dir(self.folder());
        for name in CLEARED {
            command.env_remove(name);
        }
        command
            .env("LANG", "en_US.UTF-8")
            .env("LC_ALL", "en_US.UTF-8")
            .env("TERM", "dumb");
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the binary with nothing on standard input.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        self.finish(self.command(arguments), None)
    }

    /// Runs the binary under limits given as options of the shell's `ulimit`: `-f 4` limits files to 4 blocks.
    #[cfg(unix)]
    pub(crate) fn run_within<A: AsRef<OsStr>>(
        &self,
        limits: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Ran {
        // A write beyond the limit must be an error, not a signal.
        let script = format!("trap '' XFSZ; ulimit {limits} || exit 99; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_xunzhang")]);
        command.args(arguments);
        self.finish(self.prepared(command), None)
    }

    /// Runs the binary with `input` on standard input.
    pub(crate) fn run_with_input<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
        input: &[u8],
    ) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped());
        self.finish(command, Some(input))
    }

    fn finish(&self, mut command: Command, input: Option<&[u8]>) -> Ran {
        let shown = command.get_args().map(OsStr::to_string_lossy);
        let shown = shown.collect::<Vec<_>>().join(" ");
        let mut child = command.spawn().expect("the binary runs");
        if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
            // A command that does not read its input closes the pipe, and writing fails.
            let _ = stdin.write_all(input);
        }
        let output = child.wait_with_output().expect("the binary ends");
        Ran {
            command: shown,
            folder: self.folder().to_owned(),
            status: output.status.code(),
            stdout: output.stdout,
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Output and exit status of a command.
pub(crate) struct Ran {
    command: String,
    folder: PathBuf,
    status: Option<i32>,
    stdout: Vec<u8>,
    stderr: String,
}

impl Ran {
    /// Asserts the exit status: 0 done or found, 1 nothing found, 2 error.
    #[track_caller]
    pub(crate) fn exits(self, status: i32) -> Self {
        assert!(
            self.status == Some(status),
            "expected status {status}\n{}",
            self.report()
        );
        self
    }

    /// Asserts exit status 0.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.exits(0)
    }

    /// Asserts an error whose message contains all of `parts`, with nothing on standard output.
    #[track_caller]
    pub(crate) fn fails_with(self, parts: &[&str]) {
        let ran = self.exits(2);
        for part in parts {
            assert!(
                ran.stderr.contains(part),
                "no `{part}` on standard error\n{}",
                ran.report()
            );
        }
        assert!(
            ran.stdout.is_empty(),
            "an error prints nothing else\n{}",
            ran.report()
        );
    }

    /// The exit status; `None` if a signal ended the command.
    pub(crate) fn status(&self) -> Option<i32> {
        self.status
    }

    /// Standard output as text.
    #[track_caller]
    pub(crate) fn stdout(&self) -> &str {
        std::str::from_utf8(&self.stdout).unwrap_or_else(|_| panic!("not UTF-8\n{}", self.report()))
    }

    /// Standard error.
    pub(crate) fn stderr(&self) -> &str {
        &self.stderr
    }

    /// Standard output as one JSON value.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(self.stdout())
            .unwrap_or_else(|error| panic!("not JSON: {error}\n{}", self.report()))
    }

    /// Standard output as one JSON value per line.
    #[track_caller]
    pub(crate) fn json_lines(&self) -> Vec<Value> {
        let lines = self.stdout().lines().map(serde_json::from_str);
        lines
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("not JSON Lines: {error}\n{}", self.report()))
    }

    /// The whole output for a snapshot, with placeholders for the folder, the version and all times.
    #[track_caller]
    pub(crate) fn redacted(&self) -> String {
        let folder = self
            .folder
            .canonicalize()
            .unwrap_or_else(|_| self.folder.clone());
        let status = self
            .status
            .map_or("killed".to_owned(), |status| status.to_string());
        let whole = format!(
            "status: {status}\n--- stdout\n{}--- stderr\n{}",
            self.stdout(),
            self.stderr
        );
        let whole = whole
            .replace(&*folder.to_string_lossy(), "[FOLDER]")
            .replace(&*self.folder.to_string_lossy(), "[FOLDER]")
            .replace(&*samples().to_string_lossy(), "[SAMPLES]")
            .replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
        let whole = redact_number(&whole, "\"took_ms\":", "");
        let whole = redact_number(&whole, "\"seconds\":", "");
        redact_number(&whole, "time        ", " MB/s")
    }

    fn report(&self) -> String {
        format!(
            "command: xunzhang {}\nfolder: {}\nstatus: {:?}\nstdout:\n{}\nstderr:\n{}",
            self.command,
            self.folder.display(),
            self.status,
            String::from_utf8_lossy(&self.stdout),
            self.stderr
        )
    }
}

/// A path with the separators of the system, as messages show it.
pub(crate) fn shown(path: &str) -> String {
    path.replace('/', std::path::MAIN_SEPARATOR_STR)
}

/// The project's sample reports.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// A JSON value, pretty-printed and without its times.
pub(crate) fn pretty(value: &Value) -> String {
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        object.remove("took_ms");
        object.remove("seconds");
    }
    serde_json::to_string_pretty(&value).expect("a JSON value")
}

/// Replaces the text between `before` and `after` by a placeholder, or the number after `before` if `after` is empty.
fn redact_number(text: &str, before: &str, after: &str) -> String {
    let Some(from) = text.find(before).map(|at| at + before.len()) else {
        return text.to_owned();
    };
    let rest = &text[from..];
    let len = if after.is_empty() {
        rest.find(|ch: char| !(ch.is_ascii_digit() || matches!(ch, '.' | 'e' | '-' | '+')))
    } else {
        rest.find(after)
    };
    format!("{}[TIME]{}", &text[..from], &rest[len.unwrap_or(0)..])
}
