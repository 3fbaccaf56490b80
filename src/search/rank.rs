//! Ranking: the best passages of a query, or the best documents.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::{SortBySimilarityScore, SortByStaticFastValue, SortByString};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, Order};

use super::highlight::highlights;
use super::hit::{Hit, HitPassage, Place, Total};
use super::{Filter, Searcher};
use crate::Result;
use crate::query::Node;

/// What is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Passages.
    #[default]
    Passage,
    /// Documents, each shown by its best passage.
    Document,
}

/// In which order hits come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Oldest first; undated last.
    Date,
    /// Newest first; undated last.
    DateDescending,
    /// By document id.
    Path,
}

/// How a search is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchOptions {
    /// Most hits.
    pub limit: usize,
    /// Hits passed over before.
    pub offset: usize,
    /// What is ranked.
    pub by: By,
    /// The order.
    pub sort: Sort,
    /// Restrictions.
    pub filter: Filter,
    /// Whether passages with the same units are one hit.
    pub collapse: bool,
    /// Passages shown before and after each hit.
    pub context: u32,
}

impl Default for SearchOptions {
    fn default() -> Self {
        let (by, sort, filter) = Default::default();
        Self {
            limit: 10,
            offset: 0,
            by,
            sort,
            filter,
            collapse: true,
            context: 0,
        }
    }
}

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

/// A passage on its way to the page.
#[derive(Clone, Debug)]
struct Candidate {
    score: f32,
    document: String,
    number: u32,
    address: DocAddress,
    shape: u64,
    is_heading: bool,
}

impl Searcher<'_> {
    /// Runs a query.
    ///
    /// Equal scores come in order of document id, then passage number. A heading on a line of its own comes
    /// behind every passage below it that is among the candidates.
    ///
    /// # Errors
    /// [`crate::Error::BadGlob`] if a path is no pattern; [`crate::Error::Engine`] if the index can't be read.
    pub fn search(&self, node: &Node, options: &SearchOptions) -> Result<Results> {
        let query = self.filtered(self.planner().ranked(node)?, &options.filter)?;
        let total = self.total(query.as_ref())?;
        let page = self.page(query.as_ref(), options)?;
        let hits = (options.offset + 1..)
            .zip(page)
            .map(|(rank, candidate)| self.hit(rank, candidate, node, query.as_ref(), options));
        Ok(Results {
            total,
            hits: hits.collect::<Result<_>>()?,
        })
    }

    /// The same order as [`Searcher::search`], without anything that is only shown.
    ///
    /// # Errors
    /// As for [`Searcher::search`].
    pub fn rank(&self, node: &Node, options: &SearchOptions) -> Result<Vec<Ranked>> {
        let query = self.filtered(self.planner().ranked(node)?, &options.filter)?;
        let page = self.page(query.as_ref(), options)?;
        let ranked = page.into_iter().map(|candidate| Ranked {
            document: candidate.document,
            number: candidate.number,
            score: candidate.score,
        });
        Ok(ranked.collect())
    }

    /// The candidates of the page asked for, in order.
    fn page(&self, query: &dyn Query, options: &SearchOptions) -> Result<Vec<Candidate>> {
        let wanted = options.offset + options.limit;
        let mut depth = (wanted * 4).max(300);
        loop {
            let candidates = self.candidates(query, options.sort, depth)?;
            let exhausted = candidates.len() < depth;
            let ranked = thin_out(self.demote_headings(candidates, options)?, options);
            if exhausted || ranked.len() >= wanted {
                let page = ranked.into_iter().skip(options.offset);
                return Ok(page.take(options.limit).collect());
            }
            depth *= 4;
        }
    }

    /// The first `depth` passages in the order asked for.
    fn candidates(&self, query: &dyn Query, sort: Sort, depth: usize) -> Result<Vec<Candidate>> {
        let statistics = self.statistics()?;
        let top = TopDocs::with_limit(depth);
        let id = (SortByString::for_field("document"), Order::Asc);
        let number = (
            SortByStaticFastValue::<u64>::for_field("number"),
            Order::Asc,
        );
        macro_rules! collect {
            ($key:expr) => {{
                let collector = top.order_by(($key, id, number));
                let found =
                    self.snapshot
                        .search_with_statistics_provider(query, &collector, &statistics);
                let found = found.map_err(self.engine())?;
                found
                    .into_iter()
                    .map(|((_, id, number), address)| (id, number, address))
                    .collect::<Vec<_>>()
            }};
        }
        let date = || SortByStaticFastValue::<u64>::for_field("date");
        if sort == Sort::Score {
            let collector = top.order_by((SortBySimilarityScore, id, number));
            let found =
                self.snapshot
                    .search_with_statistics_provider(query, &collector, &statistics);
            let found = found.map_err(self.engine())?;
            return found
                .into_iter()
                .map(|((score, id, number), address)| self.candidate(score, id, number, address))
                .collect();
        }
        let found = match sort {
            Sort::Date => collect!((date(), Order::Asc)),
            Sort::DateDescending => collect!((date(), Order::Desc)),
            Sort::Path | Sort::Score => {
                let found = self
                    .snapshot
                    .search(query, &top.order_by((id, number)))
                    .map_err(self.engine())?;
                found
                    .into_iter()
                    .map(|((id, number), address)| (id, number, address))
                    .collect()
            }
        };
        found
            .into_iter()
            .map(|(id, number, address)| self.candidate(0.0, id, number, address))
            .collect()
    }

    fn candidate(
        &self,
        score: f32,
        id: Option<String>,
        number: Option<u64>,
        address: DocAddress,
    ) -> Result<Candidate> {
        let columns = self
            .snapshot
            .segment_reader(address.segment_ord)
            .fast_fields();
        let shape = columns
            .u64("shape")
            .map_err(self.engine())?
            .first(address.doc_id)
            .unwrap_or(0);
        let part = columns.str("part").map_err(self.engine())?;
        let mut name = String::new();
        if let Some(part) = part
            && let Some(ord) = part.ords().first(address.doc_id)
        {
            part.ord_to_str(ord, &mut name)
                .map_err(|error| self.engine()(error.into()))?;
        }
        Ok(Candidate {
            score,
            document: id.unwrap_or_default(),
            number: number.unwrap_or(0) as u32,
            address,
            shape,
            is_heading: name == "heading",
        })
    }

    /// Puts each bare heading behind the last candidate that stands below it.
    fn demote_headings(
        &self,
        candidates: Vec<Candidate>,
        options: &SearchOptions,
    ) -> Result<Vec<Candidate>> {
        if options.sort != Sort::Score || !candidates.iter().any(|candidate| candidate.is_heading) {
            return Ok(candidates);
        }
        let mut by_document: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (ord, candidate) in candidates.iter().enumerate() {
            by_document
                .entry(&candidate.document)
                .or_default()
                .push(ord);
        }
        let mut keys: Vec<(usize, u8, usize)> =
            (0..candidates.len()).map(|ord| (ord, 0, ord)).collect();
        for ords in by_document.values().filter(|ords| ords.len() > 1) {
            for &heading in ords.iter().filter(|&&ord| candidates[ord].is_heading) {
                let own =
                    self.passage_at(candidates[heading].number, candidates[heading].address)?;
                let Some(own) = own.record.path.last().cloned() else {
                    continue;
                };
                for &ord in ords
                    .iter()
                    .filter(|&&ord| ord > heading && !candidates[ord].is_heading)
                {
                    let below = self.passage_at(candidates[ord].number, candidates[ord].address)?;
                    if below.record.path.contains(&own) {
                        keys[heading] = (ord, 1, heading);
                    }
                }
            }
        }
        keys.sort_unstable();
        Ok(keys
            .into_iter()
            .map(|(_, _, ord)| candidates[ord].clone())
            .collect())
    }

    fn hit(
        &self,
        rank: usize,
        candidate: Candidate,
        node: &Node,
        query: &dyn Query,
        options: &SearchOptions,
    ) -> Result<Hit> {
        let Candidate {
            score,
            document,
            number,
            address,
            shape,
            ..
        } = candidate;
        let stored = self.passage_at(number, address)?;
        let copies = if options.collapse {
            self.copies(query, shape, &document, number)?
        } else {
            Vec::new()
        };
        let (mut before, mut after) = (Vec::new(), Vec::new());
        if options.context > 0 {
            let near =
                number.saturating_sub(options.context)..=number.saturating_add(options.context);
            for passage in
                self.passages(&document, |other| near.contains(&other) && other != number)?
            {
                if passage.number < number {
                    &mut before
                } else {
                    &mut after
                }
                .push(passage.neighbour());
            }
        }
        let matching = match options.by {
            By::Passage => None,
            By::Document => Some(self.matching_in(query, &document)?),
        };
        Ok(Hit {
            rank,
            score,
            section: stored.record.path.into_iter().map(Into::into).collect(),
            passage: HitPassage {
                number,
                line: stored.record.line,
                part: stored.record.part,
                highlights: highlights(node, &stored.text, self.index.segmenter()),
                text: stored.text,
            },
            document: self.document(&document)?.into(),
            before,
            after,
            copies: copies.len(),
            copy_sources: copies,
            matching,
        })
    }

    /// Other matching passages of the same units, by document and number.
    fn copies(
        &self,
        query: &dyn Query,
        shape: u64,
        document: &str,
        number: u32,
    ) -> Result<Vec<Place>> {
        let same = Term::from_field_u64(self.index.fields.shape, shape);
        let both = self.both(query, same);
        let top = TopDocs::with_limit(10_000);
        let id = (SortByString::for_field("document"), Order::Asc);
        let number_key = (
            SortByStaticFastValue::<u64>::for_field("number"),
            Order::Asc,
        );
        let found = self
            .snapshot
            .search(&both, &top.order_by((id, number_key)))
            .map_err(self.engine())?;
        let places = found.into_iter().map(|((id, number), _)| Place {
            document: id.unwrap_or_default(),
            number: number.unwrap_or(0) as u32,
        });
        Ok(places
            .filter(|place| !(place.document == document && place.number == number))
            .collect())
    }

    fn matching_in(&self, query: &dyn Query, document: &str) -> Result<u64> {
        let here = Term::from_field_text(self.index.fields.document, document);
        Ok(self.total(&self.both(query, here))?.passages)
    }

    fn both(&self, query: &dyn Query, term: Term) -> BooleanQuery {
        let term: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        BooleanQuery::new(vec![(Occur::Must, query.box_clone()), (Occur::Must, term)])
    }
}

/// Keeps the first passage of each shape, or of each document.
fn thin_out(candidates: Vec<Candidate>, options: &SearchOptions) -> Vec<Candidate> {
    let mut shapes = BTreeSet::new();
    let mut documents = BTreeSet::new();
    let keep = |candidate: &Candidate| match options.by {
        By::Document => documents.insert(candidate.document.clone()),
        By::Passage => !options.collapse || shapes.insert(candidate.shape),
    };
    let mut keep = keep;
    candidates
        .into_iter()
        .filter(|candidate| keep(candidate))
        .collect()
}
