//! Ranking: the best passages of a query, or the best documents.

use serde::Serialize;
use tantivy::DocAddress;

use super::candidate::Candidate;
use super::columns::Columns;
use super::found::Found;
use super::near_duplicates::Hits;
use super::options::{By, SearchOptions};
use crate::document::Part;
use crate::query::Node;
use crate::search::highlight::{Above, highlights};
use crate::search::hit::{Hit, HitPassage, Neighbour, Place, place};
use crate::search::matches::{Matches, Total};
use crate::search::{Result, Searcher};

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Results {
    /// All that match.
    pub total: Total,
    /// Those asked for, in order.
    pub hits: Vec<Hit>,
}

/// A passage in its place, without what is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// Id of the document.
    pub document: String,
    /// Number of the passage.
    pub number: u32,
    /// Score; only its order means anything.
    pub score: f32,
}

impl Searcher<'_> {
    /// Runs a query.
    ///
    /// Scores never rise. Equal ones come in order of document id, then passage number, among passages that are judged
    /// together. Passages that hold all words of a short query as they are written, marks in between aside,
    /// come before those that hold only parts. A heading on a line of its own comes after the passages below it that are reranked
    /// with it and hold as much.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if a path is no pattern; [`crate::index::Error::Engine`] if the index can't be read.
    pub fn search(&self, node: &Node, options: &SearchOptions) -> Result<Results> {
        let Found { matches, basis } = self.found(node, options)?;
        let columns = self.columns()?;
        let ranked = self.ordered(node, &basis, options, columns)?;
        // Copies are looked for only where they are folded: that takes a fifth of the time of a query.
        let mut collapsed = Hits::default();
        if options.by == By::Passage && options.collapse {
            for hit in &ranked {
                collapsed.push(columns[hit.address.segment_ord as usize].hashed(hit.address));
            }
        }
        let mut copies = self.copies(&matches, collapsed, columns)?;
        copies.resize_with(ranked.len(), Vec::new);
        let page = (1..).zip(ranked.iter().zip(copies)).skip(options.offset);
        let hits = page.map(|(rank, (candidate, copies))| {
            let mut hit = self.hit(candidate, (node, basis.meets_singles), options, columns)?;
            hit.rank = rank;
            hit.copies = copies.len();
            hit.copy_sources = self.copy_sources(copies, options)?;
            if options.by == By::Document {
                hit.matching = Some(self.matching_beside(candidate, &matches, columns));
            }
            Ok(hit)
        });
        Ok(Results {
            total: self.total(&matches)?,
            hits: hits.collect::<Result<_>>()?,
        })
    }

    /// The same order as [`Searcher::search`], without anything that is only shown.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn rank(&self, node: &Node, options: &SearchOptions) -> Result<Vec<Ranked>> {
        let basis = self.basis(node, options)?;
        let columns = self.columns()?;
        let ranked = self.ordered(node, &basis, options, columns)?;
        let ranked = ranked.into_iter().skip(options.offset).map(|candidate| {
            Ok(Ranked {
                document: self.document_id(&candidate, columns)?,
                number: candidate.number,
                score: candidate.score,
            })
        });
        ranked.collect()
    }

    /// What is shown of a passage; rank and copies are left open.
    pub(in crate::search) fn hit(
        &self,
        candidate: &Candidate,
        (node, meets_singles): (&Node, bool),
        options: &SearchOptions,
        columns: &[Columns],
    ) -> Result<Hit> {
        let number = candidate.number;
        let document = self.document_id(candidate, columns)?;
        let stored = self.passage_at(number, candidate.address)?;
        let (before, after) = self.neighbours(&document, number, options.context)?;
        let explanation = match options.explain {
            true => {
                let candidate = (candidate, stored.text.as_str());
                Some(self.explain(node, meets_singles, candidate, columns)?)
            }
            false => None,
        };
        let marks = highlights(node, &stored.text, self);
        let listed = self.document(&document)?;
        let above = Above {
            is_title: stored.record.part == Part::Title,
            by_words: marks.is_empty(),
            section: options.filter.section.as_deref(),
        };
        let title_highlights = above.title(node, &listed.title, self);
        let section_highlights = above.sections(node, &stored.record.path, self);
        Ok(Hit {
            rank: 0,
            score: candidate.score,
            section: stored.record.path.into_iter().map(Into::into).collect(),
            title_highlights,
            section_highlights,
            place: place(&listed.id, stored.record.line),
            passage: HitPassage {
                number,
                line: stored.record.line,
                part: stored.record.part,
                ocr: stored.record.ocr,
                highlights: marks,
                text: stored.text,
            },
            document: listed.into(),
            before,
            after,
            copies: 0,
            copy_sources: Vec::new(),
            matching: None,
            explanation,
        })
    }

    /// The copies of a hit, with their places if these are requested.
    pub(in crate::search) fn copy_sources(
        &self,
        copies: Vec<(Place, DocAddress)>,
        options: &SearchOptions,
    ) -> Result<Vec<Place>> {
        let sources = copies.into_iter().map(|(source, address)| {
            // The line is in the record alone: reading those of 300 copies takes longer than most searches.
            let place = match options.copy_places {
                true => {
                    let stored = self.passage_at(source.number, address)?;
                    Some(place(&source.document, stored.record.line))
                }
                false => None,
            };
            Ok(Place { place, ..source })
        });
        sources.collect()
    }

    /// How many of the matches are in the document of a candidate.
    pub(in crate::search) fn matching_beside(
        &self,
        candidate: &Candidate,
        matches: &Matches,
        columns: &[Columns],
    ) -> u64 {
        let ord = candidate.address.segment_ord as usize;
        let document = columns[ord].groups.around(candidate.address.doc_id);
        let place = |doc| matches[ord].partition_point(|&other| other < doc);
        (place(document.end) - place(document.start)) as u64
    }

    /// At most `context` passages before and after one.
    fn neighbours(
        &self,
        document: &str,
        number: u32,
        context: u32,
    ) -> Result<(Vec<Neighbour>, Vec<Neighbour>)> {
        if context == 0 {
            return Ok(Default::default());
        }
        let near = number.saturating_sub(context)..=number.saturating_add(context);
        let passages = self.passages(document, |other| near.contains(&other) && other != number)?;
        let (before, after): (Vec<_>, Vec<_>) = passages
            .into_iter()
            .map(|passage| passage.neighbour())
            .partition(|passage| passage.number < number);
        Ok((before, after))
    }
}
