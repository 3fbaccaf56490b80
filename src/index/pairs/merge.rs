//! Merging pair indexes: lists are concatenated, with the new numbers of their passages.

use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::plugin::PluginMergeContext;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::format::{EXTENSION, NUMBERS, RUN, WORD};
use super::reader::PairIndex;
use super::write::Tables;
use super::zone::PairZone;
use crate::index::checked::CheckedWriter;
use crate::index::text_column::in_order;
use crate::index::zone::Zone;

pub(super) fn merge(merge: &PluginMergeContext) -> tantivy::Result<()> {
    in_order(merge.doc_id_mapping.mapping_type() != MappingType::Shuffled)?;
    let indexes = merge.readers.iter().map(PairIndex::open);
    let indexes: Vec<PairIndex> = indexes.collect::<tantivy::Result<_>>()?;
    let places = new_places(merge.readers);
    let mut out = CheckedWriter::create(merge.target_segment, EXTENSION)?;
    let mut trailer = Vec::new();
    for zone in Zone::ALL {
        let sources = indexes.iter().zip(&places).map(|(index, places)| Source {
            zone: index.zone(zone),
            places,
            runs: Vec::new(),
            first: 0,
        });
        trailer.extend(merge_zone(zone, sources.collect(), &mut out)?);
    }
    Ok(out.finish(&trailer)?)
}

/// The new number of each record of each segment; none for deleted ones.
fn new_places(readers: &[SegmentReader]) -> Vec<Vec<Option<DocId>>> {
    let mut next = 0;
    let of_segment = |reader: &SegmentReader| {
        let mut places = vec![None; reader.max_doc() as usize];
        for doc in reader.doc_ids_alive() {
            places[doc as usize] = Some(next);
            next += 1;
        }
        places
    };
    readers.iter().map(of_segment).collect()
}

/// A zone of one of the segments.
struct Source<'a> {
    zone: PairZone<'a>,
    places: &'a [Option<DocId>],
    /// The new code of each run.
    runs: Vec<u32>,
    /// The next first unit.
    first: usize,
}

impl Source<'_> {
    /// The new code of a unit: codes keep their order.
    fn renamed(&self, code: u32) -> u32 {
        let run = code.checked_sub(RUN);
        run.and_then(|run| self.runs.get(run as usize).copied())
            .unwrap_or(code)
    }

    /// The new code of the next first unit.
    fn next_first(&self) -> tantivy::Result<Option<u32>> {
        let is_there = self.first < self.zone.n_firsts();
        is_there
            .then(|| Ok(self.renamed(self.zone.first(self.first)?)))
            .transpose()
    }
}

fn merge_zone(
    zone: Zone,
    mut sources: Vec<Source>,
    out: &mut CheckedWriter,
) -> tantivy::Result<[u64; NUMBERS]> {
    let runs = merge_runs(&mut sources)?;
    let mut tables = Tables::new(zone, out.position());
    for source in &sources {
        for (doc, norm) in source.zone.lengths()? {
            if let Some(&Some(doc)) = source.places.get(doc as usize) {
                tables.add_text(doc, norm);
            }
        }
    }
    let mut postings = Vec::new();
    loop {
        let firsts = sources.iter().map(Source::next_first);
        let firsts: Vec<Option<u32>> = firsts.collect::<tantivy::Result<_>>()?;
        let Some(&first) = firsts.iter().flatten().min() else {
            break;
        };
        let mut keys = Vec::new();
        for (ord, source) in sources.iter_mut().enumerate() {
            if firsts[ord] == Some(first) {
                for key in source.zone.keys(source.first)? {
                    let second = source.renamed(source.zone.second(key)? & !WORD);
                    keys.push((second, ord, source.zone.list_at(source.first, key)?));
                }
                source.first += 1;
            }
        }
        // Each segment's keys are in order: this merges rows of sorted keys.
        keys.sort_by_key(|&(second, ord, _)| (second, ord));
        let mut has_begun = false;
        for of_key in keys.chunk_by(|a, b| a.0 == b.0) {
            postings.clear();
            for (_, ord, list) in of_key {
                let source = &sources[*ord];
                let mut list = source.zone.postings(list)?;
                while list.doc() != TERMINATED {
                    if let Some(&Some(doc)) = source.places.get(list.doc() as usize) {
                        postings.push((doc, list.frequency()));
                    }
                    list.advance();
                }
            }
            if !postings.is_empty() {
                if !has_begun {
                    tables.begin(first, out);
                    has_begun = true;
                }
                // The same dictionary marks them all.
                let mark = if of_key[0].2.is_word { WORD } else { 0 };
                tables.push(out, of_key[0].0 | mark, &postings)?;
            }
        }
    }
    Ok(tables.write(out, runs.iter().map(|run| &**run))?)
}

/// All runs in order; each source learns their new codes.
fn merge_runs(sources: &mut [Source]) -> tantivy::Result<Vec<Box<[u8]>>> {
    let mut runs: Vec<Box<[u8]>> = Vec::new();
    for source in sources.iter() {
        for ord in 0..source.zone.n_runs() {
            runs.push(source.zone.run(ord)?.into());
        }
    }
    runs.sort_unstable();
    runs.dedup();
    for source in sources {
        let mut code = RUN;
        let mut merged = runs.iter();
        for ord in 0..source.zone.n_runs() {
            let run = source.zone.run(ord)?;
            // Both are in order.
            let passed = merged.position(|merged| **merged == *run).unwrap_or(0) as u32;
            source.runs.push(code + passed);
            code += passed + 1;
        }
    }
    Ok(runs)
}
