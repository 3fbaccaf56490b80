//! The architecture: which modules may import each other, which names only some of them may use, and how files begin.

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// The top-level modules of the library, each with those it may import.
///
/// `index` imports `source` because an update reads sources; `precedent` uses the patterns of the query language, and a lineage the
/// periods and first uses of `report`.
const MODULES: [(&str, &[&str]); 10] = [
    ("text", &[]),
    ("parallel", &[]),
    ("task", &[]),
    ("document", &["text"]),
    ("source", &["task", "document", "text"]),
    ("index", &["parallel", "task", "document", "text", "source"]),
    ("query", &["index", "document", "text"]),
    (
        "search",
        &["parallel", "task", "query", "index", "text", "document"],
    ),
    (
        "precedent",
        &["parallel", "search", "query", "text", "document", "report"],
    ),
    ("report", &["search", "query", "source", "document", "text"]),
];

/// Names that only these modules or files may use.
const ONLY: [(&str, &[&str]); 15] = [
    ("axum", &["web/", "mcp/http"]),
    ("rmcp", &["mcp/"]),
    ("hyper", &["web/"]),
    ("tantivy", &["index/", "query/", "search/"]),
    ("jieba", &["text/words"]),
    ("std::env", &["cli/", "main.rs"]),
    ("println!", &["cli/", "main.rs"]),
    ("eprintln!", &["cli/", "main.rs"]),
    ("process::exit", &["cli/", "main.rs"]),
    ("std::fs", &["source/", "index/", "report/", "cli/", "web/"]),
    ("crate::cli", &["cli/", "web/", "mcp/", "main.rs"]),
    // Only the index, in its folder, and the output of commands write files.
    ("fs::write", &["index/", "cli/output/"]),
    ("fs::rename", &["index/", "cli/output/"]),
    ("File::create", &["index/", "cli/output/"]),
    ("OpenOptions", &["index/", "cli/output/"]),
];

/// A source file: its path below `src`, and its lines outside tests and comments, with their numbers.
struct Source {
    path: String,
    first_line: String,
    lines: Vec<(usize, String)>,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name();
    let paths = entries
        .into_iter()
        .map(|entry| entry.expect("a readable tree").into_path());
    // `tests.rs` and `test_*.rs` are compiled for tests only.
    let is_test = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy());
        name.is_some_and(|name| name == "tests.rs" || name.starts_with("test_"))
    };
    let paths = paths.filter(|path| !is_test(path));
    let rust = paths.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|path| source(&root, path)).collect()
}

fn source(root: &Path, path: PathBuf) -> Source {
    let text = std::fs::read_to_string(&path).expect("a source file");
    let path = path
        .strip_prefix(root)
        .expect("a path below src")
        .to_string_lossy()
        .replace('\\', "/");
    let is_comment = |line: &str| line.trim_start().starts_with("//");
    let lines = (1..)
        .zip(text.lines())
        .take_while(|(_, line)| *line != "mod tests {")
        .filter(|(_, line)| !is_comment(line))
        .map(|(number, line)| (number, line.to_owned()));
    Source {
        lines: lines.collect(),
        first_line: text.lines().next().unwrap_or_default().to_owned(),
        path,
    }
}

impl Source {
    /// The top-level module of the file: its folder, or its own name.
    fn module(&self) -> &str {
        self.path
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
    }
}

/// The top-level modules that a line of code refers to: `crate::index::Index`, `use crate::{query, search::Hit}`.
fn rooms_named(line: &str) -> Vec<&str> {
    let mut out = Vec::new();
    for (at, mark) in line.match_indices("crate::") {
        let rest = &line[at + mark.len()..];
        let listed = rest
            .strip_prefix('{')
            .map(|list| list.split('}').next().unwrap_or_default());
        let names = listed.map_or_else(|| vec![rest], |list| list.split(',').collect());
        let first_word = |name: &str, text: &str| {
            text.trim()
                .strip_prefix(name)
                .is_some_and(|rest| !rest.starts_with(|ch: char| ch.is_alphanumeric() || ch == '_'))
        };
        for text in names {
            out.extend(
                MODULES
                    .iter()
                    .map(|&(name, _)| name)
                    .filter(|name| first_word(name, text)),
            );
        }
    }
    out
}

/// Fails with one line per violation.
#[track_caller]
fn check(what: &str, complaints: impl Iterator<Item = String>) {
    let list = complaints.fold(String::new(), |mut list, complaint| {
        let _ = writeln!(list, "  {complaint}");
        list
    });
    assert!(list.is_empty(), "{what}\n{list}");
}

#[test]
fn imports_go_one_way() {
    let mut complaints = Vec::new();
    for source in sources() {
        let Some((module, allowed)) = MODULES
            .iter()
            .find(|(module, _)| *module == source.module())
        else {
            continue;
        };
        for (number, line) in &source.lines {
            let named = rooms_named(line)
                .into_iter()
                .filter(|name| name != module && !allowed.contains(name));
            complaints.extend(
                named.map(|name| format!("src/{}:{number}: {module} imports {name}", source.path)),
            );
        }
    }
    check(
        "the table of ARCHITECTURE.md does not allow these imports",
        complaints.into_iter(),
    );
}

#[test]
fn every_module_is_in_the_table() {
    let known = |module: &str| {
        MODULES.iter().any(|(name, _)| *name == module)
            || ["cli", "web", "mcp", "main", "lib", "error"].contains(&module)
    };
    let strangers = sources()
        .into_iter()
        .filter(|source| !known(source.module()));
    check(
        "modules that are in no table here",
        strangers.map(|source| source.path),
    );
}

#[test]
fn restricted_names_are_used_only_where_allowed() {
    let mut complaints = Vec::new();
    for source in sources() {
        for (name, places) in ONLY {
            if places.iter().any(|place| source.path.starts_with(place)) {
                continue;
            }
            let naming = source.lines.iter().filter(|(_, line)| line.contains(name));
            complaints
                .extend(naming.map(|(number, _)| format!("src/{}:{number}: {name}", source.path)));
        }
    }
    check("names that these files may not use", complaints.into_iter());
}

/// The names behind `crate::`: one, or those of a list that are not in a list of another.
fn named_first(rest: &str) -> Vec<&str> {
    let word = |text: &str| text.find(|ch: char| !ch.is_alphanumeric() && ch != '_');
    let Some(list) = rest.strip_prefix('{') else {
        return vec![&rest[..word(rest).unwrap_or(rest.len())]];
    };
    let (mut depth, mut start, mut out) = (0, 0, Vec::new());
    for (at, ch) in list.char_indices().chain([(list.len(), ',')]) {
        match ch {
            '{' => depth += 1,
            '}' if depth == 0 => {
                out.push(&list[start..at]);
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                out.push(&list[start..at]);
                start = (at + 1).min(list.len());
            }
            _ => {}
        }
    }
    let trimmed = out.into_iter().map(str::trim_start);
    trimmed
        .map(|name| &name[..word(name).unwrap_or(name.len())])
        .collect()
}

#[test]
fn names_behind_the_crate_are_found() {
    assert_eq!(named_first("Error;"), ["Error"]);
    assert_eq!(named_first("query::{Error, Result};"), ["query"]);
    assert_eq!(named_first("{Error, Result};"), ["Error", "Result"]);
    assert_eq!(
        named_first("{query::{Error, Node}, Result};"),
        ["query", "Result"]
    );
}

/// The error of the whole library gathers those of the modules: a module that knew of it would know all the others.
#[test]
fn no_room_knows_the_error_that_gathers_theirs() {
    let mut complaints = Vec::new();
    for source in sources() {
        if !MODULES.iter().any(|(module, _)| *module == source.module()) {
            continue;
        }
        for (number, line) in &source.lines {
            let is_named = line.match_indices("crate::").any(|(at, mark)| {
                let rest = &line[at + mark.len()..];
                named_first(rest)
                    .iter()
                    .any(|name| matches!(*name, "Error" | "Result" | "error"))
            });
            if is_named {
                complaints.push(format!("src/{}:{number}", source.path));
            }
        }
    }
    check(
        "a module has its own error; these name that of the library",
        complaints.into_iter(),
    );
}

/// What an error is, its type says; its words are for people and may change.
#[test]
fn nothing_is_decided_by_the_words_of_an_error() {
    const LOOKING: [&str; 5] = [
        ".to_string().contains(",
        ".to_string().starts_with(",
        ".to_string().ends_with(",
        ".to_string().to_lowercase().contains(",
        ".to_string() ==",
    ];
    let mut complaints = Vec::new();
    for source in sources() {
        for (number, line) in &source.lines {
            if LOOKING.iter().any(|look| line.contains(look)) {
                complaints.push(format!("src/{}:{number}", source.path));
            }
        }
    }
    check(
        "these search a text for what it means",
        complaints.into_iter(),
    );
}

#[test]
fn every_file_begins_with_a_doc_comment() {
    let silent = sources()
        .into_iter()
        .filter(|source| !source.first_line.starts_with("//! "));
    check(
        "files that do not begin with `//!`",
        silent.map(|source| source.path),
    );
}

#[test]
fn no_file_is_too_long_or_named_for_nothing() {
    let long = sources()
        .into_iter()
        .filter(|source| source.lines.len() > 500);
    check(
        "files of over 500 lines without tests and comments",
        long.map(|source| format!("{}: {}", source.path, source.lines.len())),
    );
    let is_drawer = |path: &str| {
        ["utils.rs", "util.rs", "helpers.rs", "common.rs", "misc.rs"]
            .iter()
            .any(|name| path.ends_with(&format!("/{name}")))
    };
    let drawers = sources()
        .into_iter()
        .filter(|source| is_drawer(&source.path));
    check(
        "a file is named for what it holds",
        drawers.map(|source| source.path),
    );
}
