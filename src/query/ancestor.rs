//! Passages that inherit a heading or title indexed on the first record of their run, see [`InheritedField`].

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::index::InheritedField;

/// All passages of the runs whose first passage `first` finds; scored alike.
#[derive(Debug)]
pub(super) struct AncestorQuery {
    pub(super) above: InheritedField,
    pub(super) first: Box<dyn Query>,
}

impl Clone for AncestorQuery {
    fn clone(&self) -> Self {
        Self {
            above: self.above,
            first: self.first.box_clone(),
        }
    }
}

impl Query for AncestorQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        // All passages of a run are found alike, so that a score of the anchor would be worked out and thrown away; for the
        // rank, headings and titles count by their terms, see `search::rank::query_boost`.
        let scoring = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        Ok(Box::new(AncestorWeight {
            above: self.above,
            first: self.first.weight(scoring)?,
        }))
    }
}

struct AncestorWeight {
    above: InheritedField,
    first: Box<dyn Weight>,
}

impl Weight for AncestorWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let first = self.first.scorer(reader, 1.0)?;
        let places = reader.fast_fields().u64(self.above.run_offset_name)?;
        let runs = Runs::new(first, places, reader.max_doc());
        Ok(Box::new(ConstScorer::new(runs, boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > doc || scorer.seek(doc) != doc {
            let message = format!("document {doc} does not match");
            return Err(TantivyError::InvalidArgument(message));
        }
        Ok(Explanation::new("below what matches", 1.0))
    }
}

/// The runs of one segment, passage by passage.
struct Runs<D> {
    first: D,
    places: Column<u64>,
    n_docs: DocId,
    doc: DocId,
}

impl<D: DocSet> Runs<D> {
    fn new(first: D, places: Column<u64>, n_docs: DocId) -> Self {
        let doc = first.doc();
        Self {
            first,
            places,
            n_docs,
            doc,
        }
    }

    /// The anchor of the run that contains a passage; `None` if the passage is in no run.
    fn first_of(&self, doc: DocId) -> Option<DocId> {
        // A document's records are one group in order, so that subtraction leads to the anchor; a column of anchors would have
        // to be written again at each merge.
        let place = (doc < self.n_docs).then(|| self.places.first(doc))??;
        doc.checked_sub(place as DocId)
    }
}

impl<D: DocSet> DocSet for Runs<D> {
    fn advance(&mut self) -> DocId {
        self.seek(self.doc.saturating_add(1).min(TERMINATED))
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if target <= self.doc {
            return self.doc;
        }
        // `target` may be in the middle of a run: then its anchor, before it, decides. Outside all runs it represents itself,
        // and is found only if it is an anchor that matches.
        let first = self.first_of(target).unwrap_or(target);
        // Anchors only ascend, as targets do: the list of anchors is never asked to go back.
        if self.first.doc() < first {
            self.first.seek(first);
        }
        self.doc = if self.first.doc() == first {
            target
        } else {
            self.first.doc()
        };
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        // Runs are short: what matters is that few first passages mean few passages.
        // The factor is a guess and was not measured: a heading has a few passages below it. It only decides which clause the
        // engine asks first, never what is found.
        self.first.size_hint().saturating_mul(4).min(self.n_docs)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tantivy::columnar::{ColumnarReader, ColumnarWriter};

    use super::*;

    /// Some passages in order.
    struct Docs(Vec<DocId>, usize);

    impl DocSet for Docs {
        fn advance(&mut self) -> DocId {
            self.1 += 1;
            self.doc()
        }

        fn doc(&self) -> DocId {
            self.0.get(self.1).copied().unwrap_or(TERMINATED)
        }

        fn size_hint(&self) -> u32 {
            self.0.len() as u32
        }
    }

    /// The column of places of runs, given by their lengths, each after so many passages that are in none.
    fn places(runs: &[(u32, u32)]) -> (Column<u64>, Vec<Option<DocId>>) {
        let mut anchors = Vec::new();
        for &(before, length) in runs {
            anchors.extend((0..before).map(|_| None));
            let anchor = anchors.len() as DocId;
            anchors.extend((0..length).map(|_| Some(anchor)));
        }
        let mut writer = ColumnarWriter::default();
        for (doc, anchor) in (0..).zip(&anchors) {
            if let Some(anchor) = anchor {
                writer.record_numerical(doc, "place", u64::from(doc - anchor));
            }
        }
        let mut bytes = Vec::new();
        let n_docs = anchors.len() as u32;
        writer.serialize(n_docs, None, &mut bytes).expect("memory");
        let columns = ColumnarReader::open(bytes).expect("columns");
        let column = columns.read_columns("place").expect("columns").pop();
        let column = column.map(|column| column.open_u64_lenient().expect("a column"));
        let column = column.flatten();
        (
            column.unwrap_or_else(|| Column::build_empty_column(n_docs)),
            anchors,
        )
    }

    proptest! {
        #[test]
        fn all_passages_of_a_run_follow_its_first(
            runs in prop::collection::vec((0_u32..3, 1_u32..6), 1..12),
            is_found in prop::collection::vec(any::<bool>(), 12),
            targets in prop::collection::vec(0_u32..90, 0..10),
        ) {
            let (column, anchors) = places(&runs);
            let mut first: Vec<DocId> = anchors.iter().flatten().copied().collect();
            first.dedup();
            let mut is_found = is_found.into_iter();
            first.retain(|_| is_found.next() == Some(true));
            let expected: Vec<DocId> = (0..)
                .zip(&anchors)
                .filter(|(_, anchor)| anchor.is_some_and(|anchor| first.contains(&anchor)))
                .map(|(doc, _)| doc)
                .collect();
            let open = || Runs::new(Docs(first.clone(), 0), column.clone(), anchors.len() as DocId);
            let mut all = open();
            let mut found = Vec::new();
            while all.doc() != TERMINATED {
                found.push(all.doc());
                all.advance();
            }
            prop_assert_eq!(&found, &expected);
            prop_assert_eq!(all.advance(), TERMINATED);
            let mut targets = targets;
            targets.sort_unstable();
            let mut some = open();
            for target in targets {
                let next = expected.iter().copied().find(|&doc| doc >= target);
                // A place that is passed stays passed.
                let next = next.unwrap_or(TERMINATED).max(some.doc());
                prop_assert_eq!(some.seek(target), next);
                prop_assert_eq!(some.doc(), next);
            }
            prop_assert_eq!(open().size_hint(), (4 * first.len() as u32).min(anchors.len() as u32));
        }
    }

    #[test]
    fn a_passage_knows_the_first_of_its_run() {
        let (column, anchors) = places(&[(1, 2), (0, 3), (2, 1)]);
        let runs = Runs::new(Docs(Vec::new(), 0), column, anchors.len() as DocId);
        let found: Vec<Option<DocId>> = (0..9).map(|doc| runs.first_of(doc)).collect();
        assert_eq!(found, anchors);
        let expected = [
            None,
            Some(1),
            Some(1),
            Some(3),
            Some(3),
            Some(3),
            None,
            None,
            Some(8),
        ];
        assert_eq!(found, expected);
        for beyond in [9, TERMINATED] {
            assert_eq!(runs.first_of(beyond), None);
        }
    }
}
