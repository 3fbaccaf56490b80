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
        let first = self.first_of(target).unwrap_or(target);
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
        self.first.size_hint().saturating_mul(4).min(self.n_docs)
    }
}
