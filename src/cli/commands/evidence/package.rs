//! What the archive holds: numbers, occurrences, documents, passages, the rule, a program that counts again.

use std::collections::BTreeMap;
use std::io::ErrorKind;

use serde::Serialize;
use xunzhang::document::Role;
use xunzhang::index::{Index, Originals};
use xunzhang::report::Result;
use xunzhang::report::evidence::{Evidence, Recount, recounts, walk};
use xunzhang::report::keywords::Keywords;
use xunzhang::report::numbers::{NONE, UNDATED};
use xunzhang::report::tally::{Counted, Tally};
use xunzhang::search::{Filter, Searcher};
use xunzhang::source::mark::GENERATOR;
use xunzhang::source::sha256;
use xunzhang::text::negation::Polarity;
use xunzhang::text::rule::{Rule, exceptions, rule};

use super::archive::{Part, archive};
use super::numbers::numbers;
use crate::cli::commands::open::{Original, opened};
use crate::cli::commands::report::described;
use crate::cli::messages::{Lang, say};
use crate::cli::output::table::{Cell, Layout, MadeRows, Table};

/// Columns of the table of documents; those that begin with `by_` are what numbers are broken down by.
const DOCUMENTS: [&str; 12] = [
    "document",
    "id",
    "file",
    "sha256",
    "title",
    "date",
    "characters",
    "by_year",
    "by_kind",
    "by_issuer",
    "by_collection",
    "by_folder",
];
/// Columns of the table of occurrences.
const OCCURRENCES: [&str; 9] = [
    "entry", "document", "passage", "start", "end", "said", "text", "place", "name",
];
/// The program that counts again.
const CHECK: &str = include_str!("check.py");

/// All that was counted.
pub(super) struct Package {
    tally: Tally,
    recounts: Vec<Recount>,
    documents: Vec<Vec<Cell>>,
    occurrences: Vec<Vec<Cell>>,
    /// JSON Lines.
    passages: Vec<u8>,
    filter: String,
    lang: Lang,
    /// Files that are no longer there.
    pub(super) n_gone: usize,
    /// Files that have changed since they were read.
    pub(super) n_changed: usize,
    /// Entries that the texts alone do not decide.
    pub(super) n_undecided: usize,
}

/// What `rule.json` holds.
#[derive(Serialize)]
struct RuleFile<'a> {
    tool: &'static str,
    fingerprint: &'a str,
    filter: &'a str,
    entries: &'a [Recount],
    #[serde(flatten)]
    rule: Rule,
}

/// A line of `passages.jsonl`.
#[derive(Serialize)]
struct PassageLine<'a> {
    document: String,
    passage: String,
    line: u32,
    part: xunzhang::document::Part,
    by_role: &'a str,
    text: &'a str,
    exceptions: Vec<(u32, u32, String)>,
}

impl Package {
    /// Reads every passage again, and every file.
    ///
    /// # Errors
    /// Those of [`walk`].
    pub(super) fn new(
        (index, searcher): (&Index, &Searcher<'_>),
        keywords: &Keywords,
        tally: Tally,
        filter: &Filter,
        lang: Lang,
    ) -> Result<Self> {
        let recounts = recounts(&keywords.entries);
        let mut package = Self {
            n_undecided: recounts
                .iter()
                .filter(|entry| entry.alternatives.is_empty())
                .count(),
            recounts,
            documents: Vec::new(),
            occurrences: Vec::new(),
            passages: Vec::new(),
            filter: described(filter, lang),
            lang,
            n_gone: 0,
            n_changed: 0,
            tally,
        };
        let sources = index.originals().map_err(xunzhang::search::Error::from)?;
        package.read_files(&sources);
        let ordinals = package.tally.documents.iter().zip(1..);
        let ordinals: BTreeMap<String, usize> = ordinals
            .map(|(document, n)| (document.id.clone(), n))
            .collect();
        walk(searcher, keywords, filter, |passage| {
            let document = ordinals.get(passage.document).copied().unwrap_or_default();
            package.add(document, &passage);
        })?;
        Ok(package)
    }

    /// Whether an entry occurs.
    pub(super) fn is_found(&self) -> bool {
        self.tally.entries.iter().any(|entry| entry.passages > 0)
    }

    fn read_files(&mut self, sources: &Originals) {
        // A file of many records is read once.
        let mut sums: BTreeMap<String, String> = BTreeMap::new();
        for (document, number) in self.tally.documents.iter().zip(1..) {
            let Some((file, source)) = sources.file(&document.id) else {
                self.documents
                    .push(document_row(number, document, ["", ""]));
                continue;
            };
            let sum = sums.entry(file.to_owned()).or_insert_with(|| {
                let (sum, is_changed) = match opened(&source) {
                    Ok(Original::Same(found)) => (sha256(found.file), false),
                    Ok(Original::Changed(found)) => (sha256(found.file), true),
                    Ok(Original::Gone) | Err(_) => (Err(ErrorKind::NotFound.into()), false),
                };
                self.n_changed += usize::from(is_changed);
                // One that can't be read is as good as gone.
                self.n_gone += usize::from(sum.is_err());
                sum.unwrap_or_default()
            });
            self.documents
                .push(document_row(number, document, [file, sum]));
        }
    }

    fn add(&mut self, document: usize, evidence: &Evidence<'_>) {
        let line = PassageLine {
            document: document.to_string(),
            passage: evidence.number.to_string(),
            line: evidence.line,
            part: evidence.part,
            by_role: evidence.role.map_or(NONE, Role::name),
            text: &evidence.text,
            exceptions: exceptions(&evidence.text),
        };
        // Numbers and texts into memory: neither can fail.
        if serde_json::to_writer(&mut self.passages, &line).is_ok() {
            self.passages.push(b'\n');
        }
        let mut chars: Option<Vec<char>> = None;
        for (entry, occurrences) in &evidence.found {
            for occurrence in occurrences {
                let chars = chars.get_or_insert_with(|| evidence.text.chars().collect());
                let hit: String = chars[occurrence.start..occurrence.end].iter().collect();
                let place = xunzhang::search::place(evidence.document, evidence.line);
                let said = match occurrence.polarity {
                    Polarity::Denied => "denied",
                    Polarity::Forbidden => "forbidden",
                    Polarity::Plain => "",
                };
                let number = |n: usize| Cell::Text(n.to_string());
                self.occurrences.push(vec![
                    number(entry + 1),
                    number(document),
                    Cell::Text(line.passage.clone()),
                    number(occurrence.start),
                    number(occurrence.end),
                    Cell::text(said),
                    Cell::Text(hit),
                    Cell::Text(place),
                    Cell::text(&self.tally.entries[*entry].entry),
                ]);
            }
        }
    }

    /// The archive.
    ///
    /// # Errors
    /// As for [`archive`].
    pub(super) fn bytes<'a>(&'a self) -> anyhow::Result<Vec<u8>> {
        let table = |name: &'static str, columns: &[&str], rows: &'a [Vec<Cell>]| -> Table<'a> {
            let header = columns.iter().map(|&column| column.to_owned()).collect();
            let made = move || -> MadeRows<'a> { Box::new(rows.iter().cloned()) };
            Table::new(name, name, Layout::Lines { names: 1 }, header).with_made(rows.len(), made)
        };
        let rule = serde_json::to_string(&RuleFile {
            tool: GENERATOR,
            fingerprint: &self.tally.fingerprint,
            filter: &self.filter,
            entries: &self.recounts,
            rule: rule(),
        })?;
        let parts = [
            Part::Text("README.txt", self.readme()),
            Part::Table(numbers(&self.tally)),
            Part::Table(table("occurrences", &OCCURRENCES, &self.occurrences)),
            Part::Table(table("documents", &DOCUMENTS, &self.documents)),
            Part::Json("rule.json", rule.into_bytes().into()),
            Part::Json("passages.jsonl", self.passages.as_slice().into()),
            Part::Program("check.py", CHECK),
        ];
        Ok(archive(&parts)?)
    }

    fn readme(&self) -> String {
        let (fingerprint, filter) = (&self.tally.fingerprint, &self.filter);
        let n_documents = self.tally.documents.len();
        let n_entries = self.tally.entries.len();
        let rules = [
            "rule-counts",
            "rule-overlaps",
            "rule-passages",
            "rule-rates",
        ];
        let rules = rules.map(|key| self.lang.text(key)).join("\n");
        say!(
            self.lang,
            "evidence-readme",
            tool = GENERATOR,
            fingerprint,
            filter,
            n_documents,
            n_entries,
            rules
        ) + "\n"
    }
}

fn document_row(number: usize, document: &Counted, [file, sum]: [&str; 2]) -> Vec<Cell> {
    let or_none = |text: Option<&str>| Cell::text(text.unwrap_or(NONE));
    let folder = Some(document.folder()).filter(|folder| !folder.is_empty());
    let year = document
        .year()
        .map_or(UNDATED.to_owned(), |year| year.to_string());
    vec![
        Cell::Text(number.to_string()),
        Cell::text(&document.id),
        Cell::text(file),
        Cell::text(sum),
        Cell::text(&document.title),
        Cell::date(document.date),
        Cell::Text(document.characters.to_string()),
        Cell::Text(year),
        or_none(document.kind.as_deref()),
        or_none(document.issuer.as_deref()),
        Cell::text(&document.collection),
        or_none(folder),
    ]
}
