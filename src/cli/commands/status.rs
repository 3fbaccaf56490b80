//! `xunzhang status`

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::Serialize;
use xunzhang::document::{Characters, Reason, set_aside};
use xunzhang::index::{DocumentRecord, Index, Skipped};
use xunzhang::search::{DocumentFilter, Order, Searcher};
use xunzhang::source::plain;

use crate::cli::messages;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::output::columns::{Side, bytes, grouped, lines};
use crate::cli::output::{Format, json_line, one_of};
use crate::cli::paint::Ink;
use crate::cli::session::Session;
use crate::cli::terminal::printable;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How to print it.
    #[arg(long, value_parser = one_of(&FORMATS), default_value = "text")]
    format: Format,
    /// List the files that are not read, in whole or in part, and the documents of which over 5 % was set aside, with the reasons.
    #[arg(long)]
    skipped: bool,
}

/// What `--format` takes.
const FORMATS: [Format; 2] = [Format::Text, Format::Json];

/// What is in an index.
#[derive(Serialize)]
struct Status {
    index: String,
    format: u32,
    fingerprint: String,
    roots: Vec<String>,
    files: u64,
    /// Files that are another size or time than when they were indexed.
    changed: Vec<String>,
    /// Files that are gone.
    vanished: Vec<String>,
    documents: u64,
    passages: u64,
    characters: Characters,
    bytes: u64,
    bytes_on_disk: u64,
    dictionary: Words,
    synonyms: Words,
    by_collection: Vec<Group>,
    by_year: Vec<Group>,
    by_kind: Vec<Group>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOut>,
}

/// What is not searched.
#[derive(Serialize)]
pub(crate) struct LeftOut {
    /// Files that gave no document, pages without text, and files in archives and mails that gave none.
    skipped: Vec<Skipped>,
    /// Documents of which over a twentieth is boilerplate.
    set_aside: Vec<SetAside>,
}

#[derive(Serialize)]
struct SetAside {
    document: String,
    /// The share of its characters, in percent.
    percent: u8,
    /// Why most of them are no text.
    reason: Reason,
}

impl LeftOut {
    /// Reads the boilerplate of many documents: some tenths of a second for 10,000.
    pub(crate) fn of(index: &Index) -> xunzhang::Result<Self> {
        let searcher = Searcher::new(index);
        let mut told = Vec::new();
        for document in searcher.documents(&DocumentFilter::default(), None, Order::default())? {
            // Nothing more is read of a document that has next to no boilerplate.
            if document.characters.boilerplate * 20 <= document.characters.passages {
                continue;
            }
            let structure = searcher.structure(&document.id)?;
            let aside = set_aside(&document.characters, &structure.boilerplate);
            // Fields of a record beside its text are no text that is missing.
            let aside =
                aside.filter(|(_, reason)| !(document.is_record && *reason == Reason::Metadata));
            if let Some((percent, reason)) = aside {
                told.push(SetAside {
                    document: document.id,
                    percent,
                    reason,
                });
            }
        }
        Ok(Self {
            skipped: index.skipped()?,
            set_aside: told,
        })
    }

    /// Files that gave no document, pages without text.
    pub(crate) fn skipped(&self) -> &[Skipped] {
        &self.skipped
    }

    /// Documents of which over a twentieth is boilerplate, with its share in percent, and why most of it is no text.
    pub(crate) fn set_aside(&self) -> Vec<(&str, u8, Reason)> {
        let each = self.set_aside.iter();
        each.map(|one| (&*one.document, one.percent, one.reason))
            .collect()
    }

    fn print(&self, lang: Lang, out: &mut dyn Write) -> std::io::Result<()> {
        for file in &self.skipped {
            let reason = messages::of_reason(&file.reason, lang);
            let line = say!(lang, "status-skipped", path = file.path, reason);
            writeln!(out, "{}", printable(&line))?;
        }
        for SetAside {
            document,
            percent,
            reason,
        } in &self.set_aside
        {
            let reason = messages::of_boilerplate(*reason, lang);
            let line = say!(lang, "status-set-aside", document, percent, reason);
            writeln!(out, "{}", printable(&line))?;
        }
        if self.skipped.is_empty() && self.set_aside.is_empty() {
            let nothing = lang.text("status-nothing-skipped");
            writeln!(out, "{nothing}")?;
        }
        Ok(())
    }
}

/// What a user told of words: the files, and how many lines they have that are neither empty nor comments.
#[derive(Serialize)]
struct Words {
    files: Vec<String>,
    entries: usize,
}

impl Words {
    fn of(files: Vec<String>, text: &str) -> Self {
        let is_entry = |line: &&str| !line.trim().is_empty() && !line.trim().starts_with('#');
        Self {
            files,
            entries: text.lines().filter(is_entry).count(),
        }
    }

    fn fact(&self, lang: Lang) -> String {
        if self.files.is_empty() {
            return lang.text("value-none").to_owned();
        }
        let (files, n) = (listed(&self.files, lang), self.entries);
        let n = say!(lang, "n-lines", n);
        say!(lang, "status-files-of", files, n)
    }
}

/// Documents that have something in common; `None` for those without it.
#[derive(Serialize)]
struct Group {
    value: Option<String>,
    documents: u64,
    passages: u64,
    characters: u64,
}

impl Arguments {
    pub(crate) fn run(self, session: &Session, out: &mut dyn Write) -> anyhow::Result<bool> {
        let index = session.open()?;
        // The list reads the boilerplate of many documents, so that it is made only if it is wanted.
        let left_out = self.skipped.then(|| LeftOut::of(&index)).transpose()?;
        // People who ask for the list want it alone; in JSON it is beside the rest.
        if let (Format::Text, Some(left_out)) = (self.format, &left_out) {
            left_out.print(session.lang, out)?;
            return Ok(true);
        }
        let status = Status {
            left_out,
            ..Status::of(&index)?
        };
        match self.format {
            Format::Json => write!(out, "{}", json_line(&status)?)?,
            _ => print(session, &status, out)?,
        }
        Ok(true)
    }
}

impl Status {
    fn of(index: &Index) -> xunzhang::Result<Self> {
        let documents =
            Searcher::new(index).documents(&DocumentFilter::default(), None, Order::default())?;
        // By size and time alone: to read all files again would take as long as an update.
        let stale = index.stale()?;
        let manifest = index.manifest().clone();
        Ok(Self {
            index: index.dir().display().to_string(),
            format: manifest.format,
            fingerprint: manifest.fingerprint,
            roots: manifest
                .collections
                .iter()
                .map(|place| plain(Path::new(&place.path)).display().to_string())
                .collect(),
            by_collection: groups(&documents, |document| Some(document.collection.clone())),
            files: manifest.files,
            changed: stale.changed,
            vanished: stale.vanished,
            documents: manifest.documents,
            passages: manifest.passages,
            characters: manifest.characters,
            bytes: manifest.bytes,
            bytes_on_disk: index.bytes_on_disk()?,
            dictionary: Words::of(manifest.dictionary.files, &manifest.dictionary.text),
            synonyms: Words::of(manifest.synonyms.files, &manifest.synonyms.text),
            by_year: groups(&documents, |document| {
                // Four digits, so that the order of texts is that of years.
                document.date.map(|date| format!("{:04}", date.year))
            }),
            // Kinds have no order of their own, and the large ones matter.
            by_kind: by_size(groups(&documents, |document| document.kind.clone())),
            left_out: None,
        })
    }
}

/// Groups in order of what they have in common, those without it last.
fn groups(
    documents: &[DocumentRecord],
    value: impl Fn(&DocumentRecord) -> Option<String>,
) -> Vec<Group> {
    // `false` sorts before `true`: those without a value are last.
    let mut groups: BTreeMap<(bool, Option<String>), Group> = BTreeMap::new();
    for document in documents {
        let value = value(document);
        let group = groups
            .entry((value.is_none(), value.clone()))
            .or_insert_with(|| Group {
                value,
                documents: 0,
                passages: 0,
                characters: 0,
            });
        group.documents += 1;
        group.passages += u64::from(document.passages);
        group.characters += document.characters.passages;
    }
    groups.into_values().collect()
}

/// Groups with most documents first, those without a value last.
fn by_size(mut groups: Vec<Group>) -> Vec<Group> {
    groups.sort_by_key(|group| (group.value.is_none(), std::cmp::Reverse(group.documents)));
    groups
}

fn print(session: &Session, status: &Status, out: &mut dyn Write) -> anyhow::Result<()> {
    // Paths may hold characters that steer a terminal.
    for line in lines([Side::Left, Side::Left], &rows(session.lang, status)) {
        writeln!(out, "{}", printable(&line))?;
    }
    for path in &status.changed {
        // There may be thousands; how many there are is in the table above.
        session.detail(&say!(session.lang, "status-changed", path));
    }
    for path in &status.vanished {
        session.detail(&say!(session.lang, "status-gone", path));
    }
    print_groups(
        session,
        session.lang.text("column-year"),
        &status.by_year,
        out,
    )?;
    print_groups(
        session,
        session.lang.text("column-kind"),
        &status.by_kind,
        out,
    )
}

/// Names and values of what is in an index.
pub(crate) fn facts(index: &Index, lang: Lang) -> xunzhang::Result<Vec<[String; 2]>> {
    Ok(rows(lang, &Status::of(index)?))
}

fn rows(lang: Lang, status: &Status) -> Vec<[String; 2]> {
    let (format, fingerprint) = (status.format, &status.fingerprint);
    let index = say!(
        lang,
        "status-index-of",
        index = status.index,
        format,
        fingerprint,
        size = bytes(status.bytes_on_disk)
    );
    let (n, size) = (grouped(status.files), bytes(status.bytes));
    let files = say!(lang, "status-size", n, size);
    let since = match (status.changed.len(), status.vanished.len()) {
        (0, 0) => lang.text("status-unchanged").to_owned(),
        (changed, vanished) => say!(lang, "status-stale", changed, vanished),
    };
    let mut facts = vec![(lang.text("status-index"), index)];
    for (ord, root) in status.roots.iter().enumerate() {
        let name = if ord == 0 {
            lang.text("status-roots")
        } else {
            ""
        };
        facts.push((name, root.clone()));
    }
    facts.extend([
        (lang.text("status-files"), files),
        (lang.text("status-since"), since),
        (lang.text("column-documents"), grouped(status.documents)),
        (lang.text("column-passages"), grouped(status.passages)),
        (
            lang.text("column-characters"),
            characters(lang, &status.characters),
        ),
        (lang.text("status-dictionary"), status.dictionary.fact(lang)),
        (lang.text("status-synonyms"), status.synonyms.fact(lang)),
    ]);
    facts
        .into_iter()
        .map(|(name, fact)| [name.to_owned(), fact])
        .collect()
}

/// The characters in passages, and what else was read.
fn characters(lang: Lang, characters: &Characters) -> String {
    let passages = grouped(characters.passages);
    // Nothing was set aside: what was read would be the same number again.
    if characters.boilerplate == 0 {
        return passages;
    }
    let [read, aside] = [characters.read, characters.boilerplate].map(grouped);
    say!(lang, "status-characters", passages, read, aside)
}

/// A table of the groups after a blank line; nothing without groups.
fn print_groups(
    session: &Session,
    name: &str,
    groups: &[Group],
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    const SIDES: [Side; 4] = [Side::Left, Side::Right, Side::Right, Side::Right];
    let lang = session.lang;
    if groups.is_empty() {
        return Ok(());
    }
    let names =
        ["column-documents", "column-passages", "column-characters"].map(|key| lang.text(key));
    let mut rows = vec![[name, names[0], names[1], names[2]].map(str::to_owned)];
    let none = lang.text("value-missing");
    rows.extend(groups.iter().map(|group| {
        [
            printable(group.value.as_deref().unwrap_or(none)),
            grouped(group.documents),
            grouped(group.passages),
            grouped(group.characters),
        ]
    }));
    writeln!(out)?;
    for (ord, line) in lines(SIDES, &rows).iter().enumerate() {
        let ink = if ord == 0 { Ink::Faint } else { Ink::Text };
        writeln!(out, "{}", session.paint.ink(ink, line))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_without_a_value_come_last() {
        let document = |kind: Option<&str>, passages| DocumentRecord {
            collection: String::new(),
            id: String::new(),
            title: String::new(),
            date: None,
            date_source: None,
            adopted: None,
            kind: kind.map(str::to_owned),
            issuer: None,
            url: None,
            passages,
            characters: Characters {
                passages: 10,
                ..Characters::default()
            },
            ocr: false,
            ocr_passages: 0,
            is_record: false,
        };
        let documents = [
            document(None, 1),
            document(Some("办法"), 2),
            document(Some("总结"), 3),
            document(Some("总结"), 4),
            document(None, 1),
            document(None, 1),
        ];
        let groups = by_size(groups(&documents, |document| document.kind.clone()));
        let rows: Vec<_> = groups
            .iter()
            .map(|group| {
                (
                    group.value.as_deref(),
                    group.documents,
                    group.passages,
                    group.characters,
                )
            })
            .collect();
        assert_eq!(
            rows,
            [
                (Some("总结"), 2, 7, 20),
                (Some("办法"), 1, 2, 10),
                (None, 3, 3, 30)
            ]
        );
    }
}
