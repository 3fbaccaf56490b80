//! Merging pair indexes: lists are concatenated, with the new numbers of their passages.

use tantivy::indexer::doc_id_mapping::MappingType;
use tantivy::plugin::PluginMergeContext;
use tantivy::{DocId, SegmentReader, TERMINATED};

use super::format::{EXTENSION, NUMBERS, RUN, WORD};
use super::reader::PairIndex;
use super::write::Tables;
use super::zone::{List, PairZone};
use crate::index::checked::CheckedWriter;
use crate::index::text_column::in_order;
use crate::index::zone::Zone;

pub(super) fn merge(merge: &PluginMergeContext) -> tantivy::Result<()> {
    // Lists are concatenated, which is right only as long as passages keep their order.
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
    /// Adds the passages of a list that the merged segment keeps.
    fn add_postings(&self, list: &List, postings: &mut Vec<(DocId, u32)>) -> tantivy::Result<()> {
        let mut list = self.zone.postings(list)?;
        while list.doc() != TERMINATED {
            if let Some(&Some(doc)) = self.places.get(list.doc() as usize) {
                postings.push((doc, list.frequency()));
            }
            list.advance();
        }
        Ok(())
    }

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
    while let Some((first, keys)) = next_keys(&mut sources)? {
        tables.push_keys(out, first, &keys, &sources)?;
    }
    Ok(tables.write(out, runs.iter().map(|run| &**run))?)
}

/// A key of a first unit: the second unit, the ordinal of its segment and the list.
type Key = (u32, usize, List);

/// The next first unit of all segments, with its keys in order.
fn next_keys(sources: &mut [Source]) -> tantivy::Result<Option<(u32, Vec<Key>)>> {
    let firsts = sources.iter().map(Source::next_first);
    let firsts: Vec<Option<u32>> = firsts.collect::<tantivy::Result<_>>()?;
    let Some(&first) = firsts.iter().flatten().min() else {
        return Ok(None);
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
    // Segments in their order: the passages of a list then ascend by themselves.
    keys.sort_by_key(|&(second, ord, _)| (second, ord));
    Ok(Some((first, keys)))
}

impl Tables {
    /// Writes the lists of the first unit `first`, those of several segments as one.
    fn push_keys(
        &mut self,
        out: &mut CheckedWriter,
        first: u32,
        keys: &[Key],
        sources: &[Source],
    ) -> tantivy::Result<()> {
        let mut postings = Vec::new();
        let mut has_begun = false;
        for of_key in keys.chunk_by(|a, b| a.0 == b.0) {
            postings.clear();
            for (_, ord, list) in of_key {
                sources[*ord].add_postings(list, &mut postings)?;
            }
            // Deleted passages may have been the only ones: then the key goes as well, and its first unit with its last key.
            if !postings.is_empty() {
                if !std::mem::replace(&mut has_begun, true) {
                    self.begin(first, out);
                }
                // The same dictionary marks them all.
                let mark = if of_key[0].2.is_word { WORD } else { 0 };
                self.push(out, of_key[0].0 | mark, &postings)?;
            }
        }
        Ok(())
    }
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
    // Runs that only deleted passages held stay until their segment is written anew from texts; they take some bytes, and a
    // look-up finds no list for them.
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use tantivy::schema::Term;
    use tantivy::{Index, IndexWriter};

    use super::*;
    use crate::index::analyzer::{tokenizers, units_of};
    use crate::index::entry::Entry;
    use crate::index::open::plugins;
    use crate::index::parts::Parts;
    use crate::index::schema::Fields;
    use crate::text::units::Units;
    use crate::text::words::Segmenter;

    const PIECES: [&str; 12] = [
        "水",
        "渠",
        "修",
        "5g",
        "a",
        "covid",
        "，",
        "。",
        " ",
        "\u{20000}",
        "\u{2a6d6}",
        "农民",
    ];
    /// More than a group of the text column, so that starts are counted from two places.
    const N_TEXTS: usize = 4500;

    /// For each unit, and each two side by side, the passages that hold it and how often.
    fn listed(texts: &[String]) -> BTreeMap<(String, String), Vec<(DocId, u32)>> {
        let mut lists: BTreeMap<(String, String), BTreeMap<DocId, u32>> = BTreeMap::new();
        for (doc, text) in (0..).zip(texts) {
            let units = Units::new(text);
            let items = units.items();
            for at in 0..units.len() {
                let alone = (units.text(at).to_owned(), String::new());
                *lists.entry(alone).or_default().entry(doc).or_default() += 1;
                if at > 0 && items[at - 1].sentence == items[at].sentence {
                    let pair = (units.text(at - 1).to_owned(), units.text(at).to_owned());
                    *lists.entry(pair).or_default().entry(doc).or_default() += 1;
                }
            }
        }
        let lists = lists.into_iter();
        lists
            .map(|(key, docs)| (key, docs.into_iter().collect()))
            .collect()
    }

    #[test]
    fn a_merge_is_what_writing_the_rest_gives() {
        let (schema, fields) = Fields::schema();
        let segmenter = Arc::new(Segmenter::new("").expect("no entry"));
        let builder = plugins(&segmenter)
            .into_iter()
            .fold(Index::builder(), tantivy::IndexBuilder::register_plugin);
        let mut index = builder.schema(schema).create_in_ram().expect("an index");
        index.set_tokenizers(tokenizers());
        let mut writer: IndexWriter<Entry> = index
            .writer_with_num_threads(1, 20 << 20)
            .expect("a writer");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        let mut state = 11_u32;
        let mut next = |n: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) as usize % n
        };
        let mut kept = Vec::new();
        for ord in 0..N_TEXTS {
            let mut text: String = (0..next(7)).map(|_| PIECES[next(PIECES.len())]).collect();
            // Each is another one, and the runs of the deleted are in no other.
            text.push_str(&format!("。{ord}"));
            let mut entry = Entry::default();
            let is_deleted = next(9) == 0;
            entry.add_name(fields.file, if is_deleted { "gone" } else { "kept" });
            entry.add_zone(Zone::Body, text.as_str(), units_of(&text).into());
            writer.add_document(entry).expect("a record");
            if !is_deleted {
                kept.push(text);
            }
            if ord == 1000 || ord == 1300 {
                writer.commit().expect("a commit");
            }
        }
        writer.delete_term(Term::from_field_text(fields.file, "gone"));
        writer.commit().expect("a commit");
        let segments = index.searchable_segment_ids().expect("segments");
        assert_eq!(segments.len(), 3);
        writer.merge(&segments).wait().expect("a merge");
        let searcher = index.reader().expect("a reader").searcher();
        let [segment] = searcher.segment_readers() else {
            panic!("one segment");
        };
        let parts = Parts::default();
        let parts = parts.of(segment).expect("parts");
        let body = |doc| String::from(parts.texts.body(doc).expect("a text"));
        let merged: Vec<String> = (0..segment.max_doc()).map(body).collect();
        // Segments come in any order, and their texts in their own.
        let sorted = |texts: &[String]| {
            let mut texts = texts.to_vec();
            texts.sort_unstable();
            texts
        };
        assert!(sorted(&merged) == sorted(&kept), "other texts");
        let expected = listed(&merged);
        let zone = parts.pairs.zone(Zone::Body);
        let mut found = BTreeMap::new();
        let visit = |key: super::super::Key, list: super::super::List| {
            let mut postings = zone.postings(&list)?;
            let mut docs = Vec::new();
            while postings.doc() != TERMINATED {
                docs.push((postings.doc(), postings.frequency()));
                postings.advance();
            }
            assert_eq!(docs.len(), list.n_passages as usize);
            let second = key.second.unwrap_or_default();
            // The dictionary says which pairs are words; a run is in none.
            let pair = [key.first, second];
            let is_alone = |unit: &&str| super::super::format::alone(unit).is_some();
            let is_word = pair.iter().all(is_alone) && segmenter.is_word(&pair.concat());
            assert_eq!(list.is_word, is_word, "{key:?}");
            assert_eq!(zone.list(key.first, key.second)?, Some(list));
            found.insert((key.first.to_owned(), second.to_owned()), docs);
            Ok(())
        };
        zone.each(visit).expect("the lists");
        assert_eq!(found.len(), expected.len());
        for (key, docs) in &expected {
            assert_eq!(found.get(key), Some(docs), "{key:?}");
        }
        for (doc, text) in (0..).zip(&merged) {
            let n_units = Units::new(text).len() as u32;
            assert_eq!(
                zone.length(doc).expect("a length"),
                super::super::zone::norm(n_units)
            );
        }
        // No record has a title.
        let title = parts.texts.text(Zone::Title, 0).expect("no damage");
        assert!(title.is_none());
        assert_eq!(
            parts.pairs.zone(Zone::Title).length(0).expect("no damage"),
            0
        );
    }
}
