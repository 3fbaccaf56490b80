//! What an update did, as it is printed.

use std::collections::BTreeMap;
use std::io::{self, Write};

use xunzhang::index::{SkipReason, Skipped, Summary};
use xunzhang::source::Skip;

use crate::cli::messages;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::output::columns::{Side, bytes, grouped, lines};
use crate::cli::output::json_line;
use crate::cli::session::{Session, Talk};
use crate::cli::terminal::{pad, printable, width};

/// Files skipped for the same reason that are named unless all are requested.
const MOST_NAMED: usize = 10;

/// Lists which files were skipped and why.
pub(super) fn note_skipped(session: &Session, skipped: &[Skipped]) {
    let lang = session.lang;
    note_own(session, skipped);
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for Skipped { path, reason } in skipped.iter().filter(|file| !is_own(file)) {
        let reason = messages::of_reason(reason, lang);
        let n = named.entry(reason.clone()).or_default();
        *n += 1;
        // Files of one kind fail together, by the thousand: ten show which they are, and a count replaces the others.
        if *n <= MOST_NAMED || session.talk == Talk::Verbose {
            let path = printable(path);
            session.note(&say!(lang, "index-skipped", path, reason));
        }
    }
    if session.talk == Talk::Verbose {
        return;
    }
    for (reason, n) in named {
        if n > MOST_NAMED {
            let more = n - MOST_NAMED;
            session.note(&say!(lang, "index-skipped-more", more, reason));
        }
    }
}

/// Whether the file was skipped because this program wrote it: then nothing of the user's is missing.
pub(super) fn is_own(file: &Skipped) -> bool {
    matches!(file.reason, SkipReason::Read(Skip::OwnOutput))
}

/// Reports in one line how many files written by xunzhang were skipped.
fn note_own(session: &Session, skipped: &[Skipped]) {
    // Nothing of the user's is missing, so that one line is enough for all of these files.
    const MOST_NAMED: usize = 3;
    let lang = session.lang;
    let own: Vec<&str> = skipped
        .iter()
        .filter(|file| is_own(file))
        .map(|file| file.path.as_str())
        .collect();
    if own.is_empty() {
        return;
    }
    let shown = match session.talk {
        Talk::Verbose => own.len(),
        _ => own.len().min(MOST_NAMED),
    };
    let mut named = listed(&own[..shown], lang);
    if shown < own.len() {
        named.push_str(&say!(lang, "index-more-named"));
    }
    let n = say!(lang, "n-files", n = own.len());
    session.note(&say!(lang, "index-own", n, named));
}

/// Writes the summary as one JSON object.
pub(super) fn write_json(
    summary: &Summary,
    seconds: f64,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    write!(out, "{}", json_line(&summary.json(seconds))?)?;
    Ok(())
}

/// Prints the summary as a table.
pub(super) fn print(
    lang: Lang,
    summary: &Summary,
    seconds: f64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rows = rows(lang, summary);
    for line in lines([Side::Left, Side::Right, Side::Left], &rows) {
        writeln!(out, "{line}")?;
    }
    // Its value is wider than a number: it would push the columns apart.
    let widest = rows.iter().map(|[name, ..]| width(name)).max();
    let name = pad(lang.text("index-time"), widest.unwrap_or(0));
    let time = time(lang, summary, seconds);
    writeln!(out, "{name}  {time}")
}

/// What the index holds now: a name, a number, and of documents what has changed.
fn rows(lang: Lang, summary: &Summary) -> [[String; 3]; 5] {
    let [added, changed, removed, unchanged] = [
        summary.added,
        summary.changed,
        summary.removed,
        summary.unchanged,
    ]
    .map(grouped);
    let changes = say!(lang, "index-changes", added, changed, removed, unchanged);
    let skipped = grouped(summary.skipped.len() as u64);
    [
        ("column-documents", grouped(summary.documents), changes),
        ("column-passages", grouped(summary.passages), String::new()),
        (
            "column-characters",
            grouped(summary.characters.passages),
            String::new(),
        ),
        ("index-bytes", bytes(summary.bytes), String::new()),
        ("index-skipped-column", skipped, String::new()),
    ]
    .map(|(key, value, rest)| [lang.text(key).to_owned(), value, rest])
}

/// The time that an update took, and how fast it read if it read anything.
fn time(lang: Lang, summary: &Summary, seconds: f64) -> String {
    let time = say!(lang, "seconds", seconds = format!("{seconds:.1}"));
    if summary.read_bytes == 0 {
        return time;
    }
    // A small file may take less time than the clock can measure.
    let speed = summary.read_bytes as f64 / 1e6 / seconds.max(1e-9);
    say!(lang, "index-speed", time, speed = format!("{speed:.1}"))
}
