//! The pair index of a new segment: units as they come, sorted when the segment is written.

use std::any::Any;
use std::collections::HashMap;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use tantivy::DocId;
use tantivy::Segment;
use tantivy::indexer::doc_id_mapping::DocIdMapping;
use tantivy::plugin::PluginWriter;
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;

use super::format::{EXTENSION, NUMBERS, RUN, WHOLE, WORD, alone};
use super::postings::encode;
use super::zone::norm;
use crate::index::analyzer::units_of_sentences;
use crate::index::checked::CheckedWriter;
use crate::index::entry::Entry;
use crate::index::text_column::in_order;
use crate::index::zone::{Holders, Zone};
use crate::text::words::Segmenter;

/// Units are sorted in so many parts or more, to spare memory.
// Sorting takes eight bytes for each unit of a part beside the four that are held anyway. In four parts, 62 MB of laws and
// reports make two segments instead of four in the same memory, and queries take 14 % less processor time.
const PARTS: usize = 4;
/// Separates two sentences.
// Above all codes: it is never the first unit of a pair, and sorts after them.
const SENTENCE_END: u32 = u32::MAX;

/// The units of a segment that is being written.
pub(super) struct PairWriter {
    zones: [ZoneWriter; Zone::ALL.len()],
    segmenter: Arc<Segmenter>,
}

impl PairWriter {
    pub(super) fn new(segmenter: &Arc<Segmenter>) -> Self {
        Self {
            zones: Default::default(),
            segmenter: Arc::clone(segmenter),
        }
    }
}

#[derive(Default)]
struct ZoneWriter {
    /// Codes of units; runs in the order in which they came.
    codes: Vec<u32>,
    runs: HashMap<Box<str>, u32>,
    run_bytes: usize,
    texts: Vec<WrittenText>,
}

/// A text of a zone.
struct WrittenText {
    holder: DocId,
    /// Where its codes end.
    end: usize,
    norm: u8,
}

impl ZoneWriter {
    /// Adds a text, given as [`crate::index::analyzer`] writes its units.
    fn add(&mut self, holder: DocId, units: &str) {
        let mut n_units = 0;
        for (unit, ends_sentence) in units_of_sentences(units) {
            n_units += 1;
            let code = self.code(unit);
            self.codes.push(code);
            if ends_sentence {
                self.codes.push(SENTENCE_END);
            }
        }
        self.codes.push(SENTENCE_END);
        self.texts.push(WrittenText {
            holder,
            end: self.codes.len(),
            norm: norm(n_units),
        });
    }

    fn code(&mut self, unit: &str) -> u32 {
        if let Some(ch) = alone(unit) {
            return ch;
        }
        let next = RUN + self.runs.len() as u32;
        match self.runs.get(unit) {
            Some(&code) => code,
            None => {
                self.runs.insert(unit.into(), next);
                self.run_bytes += unit.len();
                next
            }
        }
    }

    /// Sorts the runs, and gives each code the place of its run.
    fn sort_runs(&mut self) -> Vec<Box<str>> {
        let mut runs: Vec<(Box<str>, u32)> = std::mem::take(&mut self.runs).into_iter().collect();
        runs.sort_unstable();
        let mut places = vec![0; runs.len()];
        for (place, (_, code)) in (RUN..).zip(&runs) {
            places[(code - RUN) as usize] = place;
        }
        for code in &mut self.codes {
            if *code >= RUN && *code != SENTENCE_END {
                *code = places[(*code - RUN) as usize];
            }
        }
        runs.into_iter().map(|(run, _)| run).collect()
    }

    fn write(
        mut self,
        out: &mut CheckedWriter,
        zone: Zone,
        segmenter: &Segmenter,
    ) -> io::Result<[u64; NUMBERS]> {
        let runs = self.sort_runs();
        let mut tables = Tables::new(zone, out.position());
        for text in &self.texts {
            tables.add_text(text.holder, text.norm);
        }
        let counts = self.counts(runs.len());
        let n_units: usize = counts.iter().map(|&count| count as usize).sum();
        let mut entries = Vec::new();
        let mut firsts = 0..0;
        while firsts.end < counts.len() {
            firsts = next_part(&counts, firsts.end, n_units / PARTS);
            let ends = self.entries(firsts.clone(), &counts, &mut entries);
            let mut start = 0;
            for (first, end) in (firsts.start as u32..).zip(ends) {
                if start < end {
                    let entries = &mut entries[start as usize..end as usize];
                    tables.push_first(out, first, entries, segmenter)?;
                }
                start = end;
            }
        }
        tables.write(out, runs.iter().map(|run| run.as_bytes()))
    }

    /// How often each unit occurs, `n_runs` of them runs.
    ///
    /// A table of all characters, 4.4 MB, for the time of writing: counting into place keeps the passages of each unit in order
    /// without a sort.
    fn counts(&self, n_runs: usize) -> Vec<u32> {
        let mut counts = vec![0_u32; RUN as usize + n_runs];
        for &code in &self.codes {
            if code != SENTENCE_END {
                counts[code as usize] += 1;
            }
        }
        counts
    }

    /// Fills `entries` with each unit of `firsts` as the unit after it in the high bits and its passage in the low ones; sorted by the first unit by
    /// counting, so that the passages of each stay in order. Returns where those of each first unit end.
    fn entries(&self, firsts: Range<usize>, counts: &[u32], entries: &mut Vec<u64>) -> Vec<u32> {
        let mut n = 0;
        // For now where each begins.
        let begin = |&count: &u32| {
            n += count;
            n - count
        };
        let mut ends: Vec<u32> = counts[firsts.clone()].iter().map(begin).collect();
        entries.clear();
        entries.reserve_exact(n as usize);
        entries.resize(n as usize, 0);
        let mut start = 0;
        for text in &self.texts {
            let pairs = self.codes[start..text.end].windows(2);
            start = text.end;
            // A sentence end sorts after all units.
            for pair in pairs.filter(|pair| firsts.contains(&(pair[0] as usize))) {
                let second = match pair[1] {
                    SENTENCE_END => WHOLE,
                    second => second,
                };
                let end = &mut ends[pair[0] as usize - firsts.start];
                entries[*end as usize] = u64::from(second) << 32 | u64::from(text.holder);
                *end += 1;
            }
        }
        ends
    }

    fn mem_usage(&self) -> usize {
        // When it is written, an entry of eight bytes is made of each unit, part by part.
        (4 + 8 / PARTS) * self.codes.len()
            + 24 * self.texts.len()
            + self.run_bytes
            + 32 * self.runs.len()
    }
}

/// First units from `from` on that come `most` times together, at least one of them.
fn next_part(counts: &[u32], from: usize, most: usize) -> Range<usize> {
    let mut n = 0;
    let fits = |&&count: &&u32| {
        n += count as usize;
        n <= most
    };
    let end = from + counts[from..].iter().take_while(fits).count();
    from..end.max(from + 1)
}

/// Whether two units are a word of two characters.
fn is_word(first: u32, second: u32, segmenter: &Segmenter) -> bool {
    let chars = [first, second].map(char::from_u32);
    let [Some(first), Some(second)] = chars else {
        return false;
    };
    segmenter.is_word(&String::from_iter([first, second]))
}

/// The passages of entries, which are in order, with how often each comes.
fn collect(entries: &[u64], out: &mut Vec<(DocId, u32)>) {
    out.clear();
    for &entry in entries {
        let doc = entry as DocId;
        match out.last_mut() {
            Some((last, frequency)) if *last == doc => *frequency += 1,
            _ => out.push((doc, 1)),
        }
    }
}

impl PluginWriter for PairWriter {
    fn add_document(
        &mut self,
        doc: DocId,
        record: &dyn ErasedDocument,
        _: &Schema,
    ) -> tantivy::Result<()> {
        let entry = record.as_any().downcast_ref::<Entry>();
        for (zone, writer) in Zone::ALL.into_iter().zip(&mut self.zones) {
            let units = entry.and_then(|entry| entry.units(zone));
            if units.is_some() || Holders::of(zone) == Holders::All {
                writer.add(doc, units.unwrap_or_default());
            }
        }
        Ok(())
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        order: Option<&DocIdMapping>,
    ) -> tantivy::Result<()> {
        in_order(order.is_none())?;
        let mut out = CheckedWriter::create(segment, EXTENSION)?;
        let mut trailer = Vec::new();
        for (zone, writer) in Zone::ALL.into_iter().zip(self.zones) {
            trailer.extend(writer.write(&mut out, zone, &self.segmenter)?);
        }
        Ok(out.finish(&trailer)?)
    }

    fn mem_usage(&self) -> usize {
        self.zones.iter().map(ZoneWriter::mem_usage).sum()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// The tables that follow the lists of a zone, collected while the lists are written.
pub(super) struct Tables {
    holders_are: Holders,
    begin: u64,
    holders: Vec<DocId>,
    norms: Vec<u8>,
    firsts: Vec<u32>,
    first_keys: Vec<u32>,
    first_lists: Vec<u64>,
    seconds: Vec<u32>,
    lists: Vec<u32>,
    buffer: Vec<u8>,
}

impl Tables {
    pub(super) fn new(zone: Zone, begin: u64) -> Self {
        Self {
            holders_are: Holders::of(zone),
            begin,
            holders: Vec::new(),
            norms: Vec::new(),
            firsts: Vec::new(),
            first_keys: Vec::new(),
            first_lists: Vec::new(),
            seconds: Vec::new(),
            lists: Vec::new(),
            buffer: Vec::new(),
        }
    }

    /// Adds a text; all of them before the first list, in order.
    pub(super) fn add_text(&mut self, holder: DocId, norm: u8) {
        if self.holders_are == Holders::Listed {
            self.holders.push(holder);
        }
        self.norms.push(norm);
    }

    /// Begins with the keys of the first unit `first`, which come in order.
    pub(super) fn begin(&mut self, first: u32, out: &CheckedWriter) {
        self.firsts.push(first);
        self.first_keys.push(self.seconds.len() as u32);
        self.first_lists.push(out.position());
    }

    /// Writes the lists of the first unit `first`: of its own passages, then of each unit after it.
    fn push_first(
        &mut self,
        out: &mut CheckedWriter,
        first: u32,
        entries: &mut [u64],
        segmenter: &Segmenter,
    ) -> io::Result<()> {
        let mut postings = Vec::new();
        self.begin(first, out);
        collect(entries, &mut postings);
        // Before the sort, while the entries are still in order of their passages.
        self.push(out, WHOLE, &postings)?;
        // By the second unit, then the passage: both are in one number.
        entries.sort_unstable();
        for of_pair in entries.chunk_by(|a, b| a >> 32 == b >> 32) {
            let second = (of_pair[0] >> 32) as u32;
            if second != WHOLE {
                collect(of_pair, &mut postings);
                let is_word = is_word(first, second, segmenter);
                let mark = if is_word { WORD } else { 0 };
                self.push(out, second | mark, &postings)?;
            }
        }
        Ok(())
    }

    /// Writes the list of a key.
    pub(super) fn push(
        &mut self,
        out: &mut CheckedWriter,
        second: u32,
        postings: &[(DocId, u32)],
    ) -> io::Result<()> {
        self.seconds.push(second);
        let base = self.first_lists.last().copied().unwrap_or(self.begin);
        // From the first list of its first unit, so that 32 bits do: lists of one first unit are never 4 GB, a file may be.
        self.lists.push((out.position() - base) as u32);
        let Self {
            holders_are,
            holders,
            norms,
            buffer,
            ..
        } = self;
        let length = |doc: DocId| {
            let ord = match holders_are {
                Holders::All => Some(doc as usize),
                Holders::Listed => holders.binary_search(&doc).ok(),
            };
            ord.and_then(|ord| norms.get(ord)).copied().unwrap_or(0)
        };
        buffer.clear();
        encode(postings, length, buffer);
        out.write(buffer)
    }

    /// Writes the tables; returns what the trailer says of the zone.
    pub(super) fn write<'a>(
        self,
        out: &mut CheckedWriter,
        runs: impl Iterator<Item = &'a [u8]> + Clone,
    ) -> io::Result<[u64; NUMBERS]> {
        let lists_end = out.position();
        let n_keys = self.seconds.len();
        let (n_firsts, n_texts) = (self.firsts.len(), self.norms.len());
        out.write_u32s(self.firsts)?;
        out.write_u32s(self.first_keys.into_iter().chain([n_keys as u32]))?;
        out.write_u64s(self.first_lists.into_iter().chain([lists_end]))?;
        out.write_u32s(self.seconds)?;
        out.write_u32s(self.lists)?;
        out.write_u32s(self.holders)?;
        out.write(&self.norms)?;
        let mut n_runs = 0;
        let mut end = 0;
        for run in runs.clone() {
            n_runs += 1;
            end += run.len() as u32;
            out.write_u32s([end])?;
        }
        for run in runs {
            out.write(run)?;
        }
        let numbers = [n_firsts, n_keys, n_texts, n_runs];
        let [a, b, c, d] = numbers.map(|number| number as u64);
        Ok([lists_end, a, b, c, d])
    }
}

#[cfg(test)]
mod tests;
