//! The parts of segments that are our own, opened once each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tantivy::index::SegmentId;
use tantivy::{SegmentReader, TantivyError};

use super::pairs::PairIndex;
use super::text_column::TextColumn;

/// Texts and pairs of one segment.
#[derive(Debug)]
pub(crate) struct SegmentParts {
    /// Its texts.
    pub(crate) texts: TextColumn,
    /// Its pairs of units.
    pub(crate) pairs: PairIndex,
}

/// The parts of all segments that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    segments: Mutex<BTreeMap<SegmentId, Arc<SegmentParts>>>,
    /// The first failure of a reader that could not say so.
    failure: OnceLock<TantivyError>,
}

impl Parts {
    /// The parts of a segment.
    ///
    /// # Errors
    /// If one is missing, or not as it was written.
    pub(crate) fn of(&self, segment: &SegmentReader) -> tantivy::Result<Arc<SegmentParts>> {
        let mut parts = self.segments.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(parts) = parts.get(&segment.segment_id()) {
            return Ok(Arc::clone(parts));
        }
        let opened = Arc::new(SegmentParts {
            texts: TextColumn::open(segment)?,
            pairs: PairIndex::open(segment)?,
        });
        parts.insert(segment.segment_id(), Arc::clone(&opened));
        Ok(opened)
    }

    /// Remembers the failure of a reader that can't return it: the engine's iterators have no errors.
    pub(crate) fn fail(&self, error: TantivyError) {
        let _ = self.failure.set(error);
    }

    /// Whether every read so far succeeded.
    ///
    /// # Errors
    /// The first failure.
    pub(crate) fn check(&self) -> tantivy::Result<()> {
        match self.failure.get() {
            None => Ok(()),
            Some(error) => Err(error.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::Term;
    use tantivy::{Index, IndexWriter, TERMINATED};

    use super::*;
    use crate::index::analyzer::{tokenizers, units_of};
    use crate::index::entry::Entry;
    use crate::index::open::plugins;
    use crate::index::schema::Fields;
    use crate::index::zone::Zone;
    use crate::text::units::Units;
    use crate::text::words::Segmenter;

    /// Texts by the name of their file; the second is deleted.
    const TEXTS: [(&str, &str); 4] = [
        ("甲", "用5G网络，修水渠。\u{20000}水\u{20001}渠，5g 3%"),
        ("乙", "修水渠。水渠水渠"),
        ("丙", ""),
        ("丁", "\u{2a700}covid-19水渠，水渠修"),
    ];

    fn write(writer: &IndexWriter<Entry>, fields: &Fields, (name, text): (&'static str, &str)) {
        let mut entry = Entry::default();
        entry.add_name(fields.file, name);
        entry.add_zone(Zone::Body, text, units_of(text).into());
        if name != "丙" {
            let title = format!("{name}水渠");
            entry.add_zone(Zone::Title, title.as_str(), units_of(&title).into());
        }
        writer.add_document(entry).expect("a record");
    }

    /// Compares texts and lists with what they are of. Segments, and so the records of a merge, come in any order.
    #[track_caller]
    fn check(index: &Index, texts: &[(&str, &str)]) {
        let searcher = index.reader().expect("a reader").searcher();
        let parts = Parts::default();
        let mut rest = texts.to_vec();
        for segment in searcher.segment_readers() {
            let parts = parts.of(segment).expect("parts");
            let mut here = Vec::new();
            for doc in 0..segment.max_doc() {
                let body = String::from(parts.texts.body(doc).expect("a text"));
                let place = rest.iter().position(|(_, text)| *text == body);
                here.push(rest.remove(place.expect("a text that was written")));
            }
            for (doc, (name, _)) in (0..).zip(&here) {
                let title = parts.texts.text(Zone::Title, doc).expect("a title");
                let expected = (*name != "丙").then(|| format!("{name}水渠"));
                assert_eq!(title.map(String::from), expected);
            }
            for key in [
                ("水", None),
                ("水", Some("渠")),
                ("5g", Some("网")),
                ("covid", Some("19")),
                ("渠", Some("水")),
            ] {
                let mut expected = Vec::new();
                for (doc, (_, text)) in (0..).zip(&here) {
                    let units = Units::new(text);
                    let row = [key.0]
                        .into_iter()
                        .chain(key.1)
                        .collect::<Vec<_>>()
                        .join(" ");
                    let n = units.find(&Units::new(&row)).len() as u32;
                    expected.extend((n > 0).then_some((doc, n)));
                }
                let zone = parts.pairs.zone(Zone::Body);
                let mut found = Vec::new();
                if let Some(list) = zone.list(key.0, key.1).expect("a dictionary") {
                    let mut postings = zone.postings(&list).expect("a list");
                    while postings.doc() != TERMINATED {
                        found.push((postings.doc(), postings.frequency()));
                        postings.advance();
                    }
                }
                assert_eq!(found, expected, "{key:?}");
            }
        }
        assert!(rest.is_empty());
    }

    #[test]
    fn parts_are_written_and_merged_without_the_deleted() {
        let (schema, fields) = Fields::schema();
        let segmenter = Arc::new(Segmenter::new("").expect("no entry"));
        let builder = plugins(&segmenter)
            .into_iter()
            .fold(Index::builder(), tantivy::IndexBuilder::register_plugin);
        let mut index = builder.schema(schema).create_in_ram().expect("an index");
        index.set_tokenizers(tokenizers());
        let mut writer = index
            .writer_with_num_threads(1, 20 << 20)
            .expect("a writer");
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for texts in TEXTS.chunks(2) {
            texts.iter().for_each(|&text| write(&writer, &fields, text));
            writer.commit().expect("a commit");
        }
        writer.delete_term(Term::from_field_text(fields.file, "乙"));
        writer.commit().expect("a commit");
        let segments = index.searchable_segment_ids().expect("segments");
        writer.merge(&segments).wait().expect("a merge");
        let [first, _, third, fourth] = TEXTS;
        check(&index, &[first, third, fourth]);
    }
}
