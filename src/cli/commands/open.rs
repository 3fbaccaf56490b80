//! `xunzhang open DOC[:LINE]`

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use xunzhang::index::{Index, SourceFile};

use crate::cli::commands::show::numbers_at;
use crate::cli::messages::say;
use crate::cli::reader;
use crate::cli::resolve_document::{self, First};
use crate::cli::session::Session;

/// Extensions of files that an editor of text shows as they are, so that a line means something there.
const TEXTS: [&str; 10] = [
    "txt", "text", "md", "markdown", "html", "htm", "csv", "tsv", "jsonl", "eml",
];

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// An id of the index, a part of one that no other has, or a file; with `:` and a line, the place in it.
    #[arg(value_name = "DOC[:LINE]")]
    document: String,
}

impl Arguments {
    /// Opens a text at its line in the user's editor, any other file in the application that the desktop has for it.
    pub(crate) fn run(self, session: &Session) -> anyhow::Result<bool> {
        let options = reader::options_of_draft();
        let named = resolve_document::place(session, &self.document, First::Index, &options)?;
        let whole = named.documents.first();
        // An editor opens at any number; whether the document has the line is checked here.
        if let Some((whole, line)) = whole.zip(named.line) {
            numbers_at(session, whole, line)?;
        }
        let id = whole.map_or("", |whole| &whole.document.id);
        let path = self.file(session, id)?;
        let shown = path.display();
        // The index may be older than a move of the file.
        if !path.exists() {
            anyhow::bail!(say!(session.lang, "open-gone", path = shown));
        }
        // In a text editor a Word file is a screen of bytes; its own application shows it, though not at the line.
        match editor().filter(|_| is_text(&path)) {
            Some(editor) => edit(&editor, &path, named.line)
                .with_context(|| say!(session.lang, "open-editor", editor))?,
            // Detached: the application stays open when this process ends.
            None => open::that_detached(&path)
                .with_context(|| say!(session.lang, "open-failed", path = path.display()))?,
        }
        session.note(&say!(session.lang, "open-opened", path = path.display()));
        Ok(true)
    }

    /// The file that holds the document: of the index, else the one that was named.
    fn file(&self, session: &Session, id: &str) -> anyhow::Result<PathBuf> {
        let indexed = match session.open() {
            // An id is no path: its collection may be in another folder.
            Ok(index) => index.file_of(id)?,
            // Without an index the document is a file that was read in place.
            Err(xunzhang::index::Error::NoIndex(_)) => None,
            Err(error) => return Err(error.into()),
        };
        Ok(indexed.unwrap_or_else(|| {
            // `#42` is a record of the file before it; the whole is tried first, since a file may have `#` in its name.
            let name = id.split_once('#').map_or(id, |(file, _)| file);
            [id, name]
                .map(PathBuf::from)
                .into_iter()
                .find(|path| path.exists())
                .unwrap_or_default()
        }))
    }
}

/// The file that a document of the index was read from.
pub(crate) enum Original {
    /// It is as it was then.
    Same(Opened),
    /// It has changed since.
    Changed(Opened),
    /// It is no longer there.
    Gone,
}

/// A file that is open.
pub(crate) struct Opened {
    pub(crate) file: File,
    /// Its name, without folders.
    pub(crate) name: String,
    pub(crate) bytes: u64,
}

/// Opens the file of a document of the index; `None` if the index has no such document.
pub(crate) fn original(index: &Index, id: &str) -> anyhow::Result<Option<Original>> {
    let source = index.source_of(id)?;
    source.map(|source| opened(&source)).transpose()
}

/// Opens a file that the index was made of.
pub(crate) fn opened(source: &SourceFile) -> anyhow::Result<Original> {
    // Checked before it is opened: a pipe that has taken its place would be waited for.
    let is_file = fs::metadata(&source.path).is_ok_and(|found| found.is_file());
    let opened = match is_file {
        true => File::open(&source.path),
        false => return Ok(Original::Gone),
    };
    let Ok(file) = opened else {
        return Ok(Original::Gone);
    };
    let metadata = file.metadata()?;
    let name = source.path.file_name().unwrap_or_default();
    let opened = Opened {
        name: name.to_string_lossy().into_owned(),
        bytes: metadata.len(),
        file,
    };
    Ok(match source.is_unchanged(&metadata) {
        true => Original::Same(opened),
        false => Original::Changed(opened),
    })
}

/// What the user edits texts with.
fn editor() -> Option<String> {
    let variable = |name| std::env::var(name).ok();
    // A variable that is set to nothing names no editor.
    let known = |name: &String| !name.trim().is_empty();
    variable("VISUAL")
        .filter(known)
        .or_else(|| variable("EDITOR").filter(known))
}

/// Whether an editor of text shows the file as it is, by its extension.
fn is_text(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    TEXTS.contains(&extension.to_lowercase().as_str())
}

/// Runs the editor and waits for it.
fn edit(editor: &str, path: &Path, line: Option<u32>) -> std::io::Result<()> {
    // The variable may hold flags, as in `code --wait`; no shell reads it, so that quotation marks mean nothing.
    let mut words = editor.split_whitespace();
    let program = words.next().unwrap_or_default();
    let mut command = Command::new(program);
    command
        .args(words)
        .args(place_arguments(program, path, line));
    // An editor in the terminal needs it until it ends.
    let status = command.status()?;
    match status.success() {
        true => Ok(()),
        false => Err(std::io::Error::other(status.to_string())),
    }
}

/// Arguments by which an editor opens a line: most take `+27 FILE`, which is what `ex` and `vi` take (POSIX).
fn place_arguments(program: &str, path: &Path, line: Option<u32>) -> Vec<String> {
    let file = path.display().to_string();
    let Some(line) = line else {
        return vec![file];
    };
    // `/usr/bin/code`, `code.exe` and `Code` are one editor.
    let name = Path::new(program)
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy();
    match &*name.to_lowercase() {
        "code" | "code-insiders" | "codium" | "cursor" => {
            // Without `-g` this editor takes `FILE:LINE` for a name.
            vec!["-g".into(), format!("{file}:{line}")]
        }
        "subl" | "zed" | "hx" | "helix" => vec![format!("{file}:{line}")],
        "notepad++" => vec![format!("-n{line}"), file],
        // Notepad takes no line: it would offer to create a file called `+27`.
        "notepad" => vec![file],
        _ => vec![format!("+{line}"), file],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_are_told_the_line_in_their_own_way() {
        for (program, expected) in [
            ("vim", vec!["+27", "甲.txt"]),
            ("/usr/bin/nano", vec!["+27", "甲.txt"]),
            ("code", vec!["-g", "甲.txt:27"]),
            ("hx", vec!["甲.txt:27"]),
            ("notepad++.exe", vec!["-n27", "甲.txt"]),
            ("notepad.exe", vec!["甲.txt"]),
        ] {
            let told = place_arguments(program, Path::new("甲.txt"), Some(27));
            assert_eq!(told, expected, "{program}");
        }
        let whole = place_arguments("vim", Path::new("甲.txt"), None);
        assert_eq!(whole, ["甲.txt"]);
        assert!(is_text(Path::new("a/甲.TXT")) && !is_text(Path::new("甲.docx")));
    }
}
