//! The texts that were counted, one after the other, with the occurrences in them.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use crate::document::{Part, Role};
use crate::report::Result;
use crate::report::keywords::Keywords;
use crate::report::program::{Found, Program};
use crate::search::{Filter, ScannedDocument, ScannedPassage, Searcher};
use crate::text::negation::Polarity;
use crate::text::units::Units;

/// A passage that was counted.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence<'a> {
    /// Id of its document.
    pub document: &'a str,
    /// Its number in the document.
    pub number: u32,
    /// Its line in the file.
    pub line: u32,
    /// What it is.
    pub part: Part,
    /// Role of its section.
    pub role: Option<Role>,
    /// Its original text.
    pub text: String,
    /// Entries that match it, in order; the place of each occurrence, by its start.
    pub found: Vec<(usize, Vec<Occurrence>)>,
}

/// A place of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// First character in the passage's original text, from 0.
    pub start: usize,
    /// The character after the last one.
    pub end: usize,
    /// What the text says of it.
    pub polarity: Polarity,
}

/// Calls `visit` for every passage under the filter, in order of documents and passages, those that hold nothing as well; on one
/// thread, since they are in order. Progress is in documents, its work in characters.
///
/// # Errors
/// As for [`crate::report::tally::tally`]; what `visit` says first.
pub fn walk(
    searcher: &Searcher<'_>,
    keywords: &Keywords,
    filter: &Filter,
    visit: impl FnMut(Evidence<'_>) + Send,
) -> Result<()> {
    let entries = &keywords.entries;
    let program = Program::new(entries, searcher.manifest().id_prefixes())?;
    searcher.charge(entries.iter().flat_map(|entry| &entry.alternatives))?;
    let documents = searcher.documents(&filter.documents, None, crate::search::Order::Path)?;
    let titles: std::collections::BTreeMap<&str, &str> = documents
        .iter()
        .map(|document| (&*document.id, &*document.title))
        .collect();
    let visit = Mutex::new(visit);
    let each =
        |reading: &mut Reading, document: &ScannedDocument, passages: &[ScannedPassage<'_>]| {
            let title = titles.get(&*document.id).copied().unwrap_or_default();
            // The scan is on one thread; a closure that others may call must be locked all the same.
            let mut visit = visit.lock().unwrap_or_else(PoisonError::into_inner);
            for passage in passages {
                program.find(document, title, passage, &mut reading.found);
                visit(reading.evidence(&program, document, passage));
            }
            Ok(())
        };
    let scan = searcher.document_scan(filter)?;
    scan.run(NonZeroUsize::MIN, Reading::default, each)?;
    Ok(())
}

/// What is kept from passage to passage.
#[derive(Default)]
struct Reading {
    found: Found,
    polarities: Vec<Polarity>,
}

impl Reading {
    fn evidence<'a>(
        &mut self,
        program: &Program,
        document: &'a ScannedDocument,
        passage: &ScannedPassage<'_>,
    ) -> Evidence<'a> {
        let text = passage.text();
        let mut found = Vec::new();
        if !self.found.entries.is_empty() {
            program.polarities(&mut self.found, &mut self.polarities);
            let units = Units::new(&text);
            for (entry, range) in &self.found.entries {
                let places = self.found.spans[range.clone()].iter();
                let places = places.zip(&self.polarities[range.clone()]);
                let occurrences = places.map(|(place, &polarity)| {
                    let span = units.span(place.start as usize..place.end as usize);
                    Occurrence {
                        start: span.start,
                        end: span.end,
                        polarity,
                    }
                });
                found.push((*entry as usize, occurrences.collect()));
            }
        }
        Evidence {
            document: &document.id,
            number: passage.number,
            line: passage.line,
            part: passage.part,
            role: passage.role,
            text,
            found,
        }
    }
}
