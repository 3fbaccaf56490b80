//! What a passage is found by: a word of the engine's dictionary, or a unit or a pair of units of the pair index.

use std::sync::Arc;

use tantivy::directory::OwnedBytes;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::schema::{Field, IndexRecordOption, Term};
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::index::analyzer::stored_unit;
use crate::index::{List, Postings, SegmentParts, Zone};

/// A term of the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum IndexTerm {
    /// A word.
    Word(Term),
    /// Two units side by side in one sentence.
    Pair(Zone, String, String),
    /// A unit.
    Unit(Zone, String),
}

/// Texts whose lengths are counted together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Analysis {
    /// The words of a field.
    Words(Field),
    /// The units of a zone.
    Units(Zone),
}

/// Where the postings of a term are in one segment.
#[derive(Clone, Debug)]
pub(crate) enum Located {
    Word(Field, TermInfo),
    Units(Zone, List),
}

impl IndexTerm {
    /// The term of a row of one unit or two.
    pub(crate) fn of_units(zone: Zone, units: &[impl AsRef<str>]) -> Option<Self> {
        let unit = |unit: &str| stored_unit(unit).into_owned();
        match units {
            [one] => Some(Self::Unit(zone, unit(one.as_ref()))),
            [first, second] => Some(Self::Pair(
                zone,
                unit(first.as_ref()),
                unit(second.as_ref()),
            )),
            _ => None,
        }
    }

    /// The texts that it is a term of.
    pub(crate) fn analysis(&self) -> Analysis {
        match self {
            Self::Word(term) => Analysis::Words(term.field()),
            Self::Pair(zone, ..) | Self::Unit(zone, _) => Analysis::Units(*zone),
        }
    }

    /// Where its postings are in a segment; `None` if no passage holds it.
    ///
    /// # Errors
    /// If the dictionary can't be read.
    pub(crate) fn locate(
        &self,
        segment: &SegmentReader,
        parts: &SegmentParts,
    ) -> tantivy::Result<Option<Located>> {
        let (zone, first, second) = match self {
            Self::Word(term) => {
                let info = segment.inverted_index(term.field())?.get_term_info(term)?;
                return Ok(info.map(|info| Located::Word(term.field(), info)));
            }
            Self::Pair(zone, first, second) => (*zone, first, Some(second.as_str())),
            Self::Unit(zone, unit) => (*zone, unit, None),
        };
        // Both kinds of dictionary have one interface, so that the ranking above never asks which one a term is in.
        let list = parts.pairs.zone(zone).list(first, second)?;
        Ok(list.map(|list| Located::Units(zone, list)))
    }
}

impl Located {
    /// How many passages hold the term, deleted ones too.
    pub(crate) fn n_passages(&self) -> u32 {
        match self {
            Self::Word(_, info) => info.doc_freq,
            Self::Units(_, list) => list.n_passages,
        }
    }

    /// Whether it is a word of the dictionary.
    pub(crate) fn is_word(&self) -> bool {
        match self {
            Self::Word(..) => true,
            Self::Units(_, list) => list.is_word,
        }
    }

    /// The passages that hold the term.
    ///
    /// # Errors
    /// If they can't be read.
    pub(crate) fn open(
        &self,
        segment: &SegmentReader,
        parts: &SegmentParts,
    ) -> tantivy::Result<TermPostings> {
        Ok(match self {
            Self::Word(field, info) => {
                let inverted = segment.inverted_index(*field)?;
                let option = IndexRecordOption::WithFreqs;
                let blocks = inverted.read_block_postings_from_terminfo(info, option)?;
                TermPostings::Word(Box::new(WordPostings { blocks, at: 0 }))
            }
            Self::Units(zone, list) => {
                TermPostings::Units(Box::new(parts.pairs.zone(*zone).postings(list)?))
            }
        })
    }
}

/// The passages that hold a term, with how often each does.
pub(crate) enum TermPostings {
    Word(Box<WordPostings>),
    Units(Box<Postings>),
}

/// The engine's postings of a word.
pub(crate) struct WordPostings {
    blocks: BlockSegmentPostings,
    at: usize,
}

impl TermPostings {
    /// The current passage, [`TERMINATED`] after the last.
    #[inline]
    pub(crate) fn doc(&self) -> DocId {
        match self {
            Self::Word(word) => word
                .blocks
                .docs()
                .get(word.at)
                .copied()
                .unwrap_or(TERMINATED),
            Self::Units(postings) => postings.doc(),
        }
    }

    /// How often the current passage holds the term.
    pub(crate) fn frequency(&mut self) -> u32 {
        match self {
            Self::Word(word) => word.blocks.freqs().get(word.at).copied().unwrap_or(0),
            Self::Units(postings) => postings.frequency(),
        }
    }

    /// Moves to the next passage.
    pub(crate) fn advance(&mut self) -> DocId {
        self.skip(1);
        self.doc()
    }

    /// Moves to the first passage from `target` on, if that is ahead.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Word(word) => {
                if word
                    .blocks
                    .docs()
                    .get(word.at)
                    .is_some_and(|&doc| doc < target)
                {
                    word.at = word.blocks.seek(target);
                }
                self.doc()
            }
            Self::Units(postings) => postings.seek(target),
        }
    }

    /// What is still to come of passages that are read together, with their frequencies; empty after the last.
    pub(crate) fn ahead(&mut self) -> (&[DocId], &[u32]) {
        match self {
            Self::Word(word) => (
                word.blocks.docs().get(word.at..).unwrap_or_default(),
                word.blocks.freqs().get(word.at..).unwrap_or_default(),
            ),
            Self::Units(postings) => postings.rest_of_block(),
        }
    }

    /// The passages of [`TermPostings::ahead`].
    pub(crate) fn docs_ahead(&self) -> &[DocId] {
        match self {
            Self::Word(word) => word.blocks.docs().get(word.at..).unwrap_or_default(),
            Self::Units(postings) => postings.docs_of_block(),
        }
    }

    /// No passage has a higher score than this, see [`Postings::highest`]; `None` if nothing is known.
    pub(crate) fn highest(&self, score: impl Fn(u32, u8) -> u32) -> Option<u32> {
        match self {
            Self::Word(_) => None,
            Self::Units(postings) => postings.highest(score),
        }
    }

    /// Moves over so many of the passages of [`TermPostings::ahead`].
    pub(crate) fn skip(&mut self, n: usize) {
        match self {
            Self::Word(word) => {
                word.at += n;
                // An empty block is the end.
                if word.at >= word.blocks.docs().len() && !word.blocks.docs().is_empty() {
                    word.blocks.advance();
                    word.at = 0;
                }
            }
            Self::Units(postings) => postings.skip(n),
        }
    }
}

/// The lengths of texts, as norms.
pub(crate) enum Lengths {
    Words(FieldNormReader),
    /// Of a zone that each record has a text in.
    All(OwnedBytes),
    Listed(Arc<SegmentParts>, Zone),
}

impl Lengths {
    /// The lengths of the texts of a segment.
    ///
    /// # Errors
    /// If they can't be read.
    pub(crate) fn open(
        analysis: Analysis,
        segment: &SegmentReader,
        parts: &Arc<SegmentParts>,
    ) -> tantivy::Result<Self> {
        Ok(match analysis {
            Analysis::Words(field) => Self::Words(segment.get_fieldnorms_reader(field)?),
            Analysis::Units(zone @ Zone::Body) => Self::All(parts.pairs.zone(zone).all_lengths()?),
            Analysis::Units(zone) => {
                // Compares their blocks with the checksums, so that none fails later.
                let _ = parts.pairs.zone(zone).lengths()?;
                Self::Listed(Arc::clone(parts), zone)
            }
        })
    }

    /// The length of a record's text; 0 if it has none.
    #[inline]
    pub(crate) fn of(&self, doc: DocId) -> u8 {
        match self {
            Self::Words(norms) => norms.fieldnorm_id(doc),
            Self::All(norms) => norms.get(doc as usize).copied().unwrap_or(0),
            Self::Listed(parts, zone) => parts.pairs.zone(*zone).length(doc).unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_unit_or_two_are_a_term() {
        let of = |units: &[&str]| IndexTerm::of_units(Zone::Body, units);
        let unit = |text: &str| text.to_owned();
        assert_eq!(of(&["水"]), Some(IndexTerm::Unit(Zone::Body, unit("水"))));
        let pair = IndexTerm::Pair(Zone::Body, unit("水"), unit("渠"));
        assert_eq!(of(&["水", "渠"]), Some(pair));
        assert_eq!(of(&[]), None);
        assert_eq!(of(&["水", "渠", "站"]), None);
    }

    #[test]
    fn texts_that_are_counted_together_are_those_of_one_zone() {
        let zones = [Zone::Body, Zone::Headings];
        let [body, headings] = zones.map(|zone| IndexTerm::of_units(zone, &["水"]));
        let analysis = |term: &Option<IndexTerm>| term.as_ref().map(IndexTerm::analysis);
        assert_eq!(analysis(&body), Some(Analysis::Units(Zone::Body)));
        assert_ne!(analysis(&body), analysis(&headings));
        let pair = IndexTerm::of_units(Zone::Body, &["水", "渠"]);
        assert_eq!(analysis(&body), analysis(&pair));
    }

    /// A long run of letters is stored as its hash: two that differ only far into the run are two units.
    #[test]
    fn long_units_are_told_apart() {
        let long = |end: &str| format!("{}{end}", "a".repeat(5_000));
        let [one, other] = ["x", "y"].map(|end| IndexTerm::of_units(Zone::Body, &[long(end)]));
        assert_ne!(one, other);
        let Some(IndexTerm::Unit(_, stored)) = one else {
            panic!("a unit");
        };
        assert!(stored.len() <= crate::index::analyzer::MAX_UNIT);
    }
}
