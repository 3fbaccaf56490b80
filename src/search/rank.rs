//! Ranking: the best passages of a query, or the best documents.

use serde::Serialize;
use tantivy::collector::TopDocs;
use tantivy::collector::sort_key::{SortByStaticFastValue, SortByString};
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, Order};

use super::candidates::{Candidate, Columns};
use super::document_score::{first_of_documents, scored_documents};
use super::highlight::{Above, highlights};
use super::hit::{Hit, HitPassage, Neighbour, Total};
use super::matches::Matches;
use super::{Filter, Searcher};
use crate::Result;
use crate::document::Part;
use crate::query::{self, Leaf, Node, QueryTerms};

/// How many of the best passages the second stage looks at: twice as many for a query of more than
/// [`SHORT`] units, whose first places the index alone tells less well (nDCG +0.01 on two of six judged sets).
const SECOND_STAGE_DEPTH: usize = 100;
const SHORT: usize = 16;

/// Passages that hold nothing but single units of a query count as found if fewer than this hold more of it.
const FEW: usize = 100;

/// What is ranked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// Passages.
    #[default]
    Passage,
    /// Documents, each shown by its best passage. Its score is that of this passage, raised where many of the
    /// document's passages are among the best.
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
    /// Whether each hit tells how its score arose.
    pub explain: bool,
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
            explain: false,
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

impl Searcher<'_> {
    /// Runs a query.
    ///
    /// Equal scores come in order of document id, then passage number. A heading on a line of its own comes
    /// behind every passage below it that is among the candidates.
    ///
    /// # Errors
    /// [`crate::Error::BadGlob`] if a path is no pattern; [`crate::Error::Engine`] if the index can't be read.
    pub fn search(&self, node: &Node, options: &SearchOptions) -> Result<Results> {
        let (query, matches) = self.found(node, &options.filter)?;
        let columns = self.columns()?;
        let ranked = self.ranked(node, query.as_ref(), options, columns)?;
        let collapsed: &[Candidate] = match options.by {
            By::Passage if options.collapse => &ranked,
            _ => &[],
        };
        let mut copies = self.copies(&matches, collapsed, columns)?;
        copies.resize_with(ranked.len(), Vec::new);
        let page = (1..).zip(ranked.iter().zip(copies)).skip(options.offset);
        let hits = page.map(|(rank, (candidate, copies))| {
            let mut hit = self.hit(candidate, node, options, columns)?;
            hit.rank = rank;
            hit.copies = copies.len();
            hit.copy_sources = copies;
            if options.by == By::Document {
                hit.matching = Some(self.matching_in(query.as_ref(), &hit.document.id)?);
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
        let query = match options.sort {
            Sort::Score => self.filtered(self.planner().ranked(node)?, &options.filter)?,
            _ => self.found(node, &options.filter)?.0,
        };
        let columns = self.columns()?;
        let ranked = self.ranked(node, query.as_ref(), options, columns)?;
        let ranked = ranked.into_iter().skip(options.offset).map(|candidate| {
            Ok(Ranked {
                document: self.document_id(&candidate, columns)?,
                number: candidate.number,
                score: candidate.score,
            })
        });
        ranked.collect()
    }

    /// What is said to be found, as a query and its matches: passages that hold a word or a pair of units of a bare word, unless
    /// these are few; then also those that hold single units alone.
    fn found(&self, node: &Node, filter: &Filter) -> Result<(Box<dyn Query>, Matches)> {
        let query = self.filtered(self.planner().without_singles().ranked(node)?, filter)?;
        let matches = self.matches(query.as_ref())?;
        if matches.iter().map(Vec::len).sum::<usize>() >= FEW {
            return Ok((query, matches));
        }
        let query = self.filtered(self.planner().ranked(node)?, filter)?;
        let matches = self.matches(query.as_ref())?;
        Ok((query, matches))
    }

    /// The candidates up to the last one asked for, in order; those that `query` finds where they are not ranked by their scores.
    fn ranked(
        &self,
        node: &Node,
        query: &dyn Query,
        options: &SearchOptions,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let wanted = options.offset + options.limit;
        let n_units: usize = node.leaves().into_iter().map(Leaf::n_units).sum();
        let depths = SECOND_STAGE_DEPTH * if n_units > SHORT { 2 } else { 1 };
        let mut depth = (wanted * 2).max(depths);
        let terms = match options.sort {
            Sort::Score => self.planner().terms(node)?,
            _ => QueryTerms::default(),
        };
        let is_pruned = is_any_word(node);
        let filter = &options.filter;
        let allowed = match options.sort {
            Sort::Score if is_pruned && !filter.is_empty() => {
                let all = self.filtered(self.planner().all_passages(), filter)?;
                Some(self.matches(all.as_ref())?)
            }
            _ => None,
        };
        let scored = match options.sort {
            Sort::Score if !is_pruned => Some(self.filtered(self.planner().ranked(node)?, filter)?),
            _ => None,
        };
        loop {
            let mut candidates = match options.sort {
                Sort::Score => match &scored {
                    Some(scored) => self.best_of_all((node, scored.as_ref()), depth, columns)?,
                    None => self.best(&terms.own, allowed.as_ref(), depth, columns)?,
                },
                _ => self.first_by(query, options.sort, depth, columns)?,
            };
            let exhausted = candidates.len() < depth;
            if options.sort == Sort::Score {
                self.add_terms(&terms.added, &mut candidates, columns)?;
                self.second_stage(node, &mut candidates)?;
                self.sort(&mut candidates, columns)?;
                demote_headings(&mut candidates);
            }
            let ranked = match options.by {
                By::Document if options.sort == Sort::Score => {
                    let mut documents = scored_documents(candidates, self.ranking.others);
                    self.sort(&mut documents, columns)?;
                    documents
                }
                By::Document => first_of_documents(candidates),
                By::Passage if options.collapse => self.collapse(candidates, wanted)?,
                By::Passage => candidates,
            };
            if exhausted || ranked.len() >= wanted {
                return Ok(ranked.into_iter().take(wanted).collect());
            }
            depth *= 4;
        }
    }

    /// The first `depth` passages in another order than that of the scores.
    fn first_by(
        &self,
        query: &dyn Query,
        sort: Sort,
        depth: usize,
        columns: &[Columns],
    ) -> Result<Vec<Candidate>> {
        let top = || TopDocs::with_limit(depth);
        let place = || {
            let id = SortByString::for_field("document");
            let number = SortByStaticFastValue::<u64>::for_field("number");
            ((id, Order::Asc), (number, Order::Asc))
        };
        let by_date = |order| {
            let (id, number) = place();
            let date = SortByStaticFastValue::<u64>::for_field("date");
            addresses(
                self.snapshot
                    .search(query, &top().order_by(((date, order), id, number))),
            )
        };
        let addresses: Vec<DocAddress> = match sort {
            Sort::Date => by_date(Order::Asc),
            Sort::DateDescending => by_date(Order::Desc),
            Sort::Path | Sort::Score => {
                addresses(self.snapshot.search(query, &top().order_by(place())))
            }
        }
        .map_err(self.engine())?;
        let candidates = addresses
            .into_iter()
            .map(|address| columns[address.segment_ord as usize].candidate(0.0, address));
        Ok(candidates.collect())
    }

    /// What is shown of a passage; rank and copies are left open.
    fn hit(
        &self,
        candidate: &Candidate,
        node: &Node,
        options: &SearchOptions,
        columns: &[Columns],
    ) -> Result<Hit> {
        let number = candidate.number;
        let document = self.document_id(candidate, columns)?;
        let stored = self.passage_at(number, candidate.address)?;
        let (before, after) = self.neighbours(&document, number, options.context)?;
        let explanation = match options.explain {
            true => Some(self.explain(node, (candidate, &stored.text), columns)?),
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

    fn matching_in(&self, query: &dyn Query, document: &str) -> Result<u64> {
        let here = Term::from_field_text(self.index.fields.document, document);
        let matches = self.matches(&self.both(query, here))?;
        Ok(matches.iter().map(|passages| passages.len() as u64).sum())
    }

    fn both(&self, query: &dyn Query, term: Term) -> BooleanQuery {
        let term: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::Basic));
        BooleanQuery::new(vec![(Occur::Must, query.box_clone()), (Occur::Must, term)])
    }
}

/// Whether any word of the query will do: [`Searcher::best`] then passes over what can't be among the best.
fn is_any_word(node: &Node) -> bool {
    match node {
        Node::Leaf(Leaf::Word(_)) => true,
        Node::Weighted(inner, _) => is_any_word(inner),
        Node::List(items) => items
            .iter()
            .all(|item| item.occur == query::Occur::Optional && is_any_word(&item.node)),
        _ => false,
    }
}

fn addresses<K>(found: tantivy::Result<Vec<(K, DocAddress)>>) -> tantivy::Result<Vec<DocAddress>> {
    Ok(found?.into_iter().map(|(_, address)| address).collect())
}

/// Puts each bare heading behind the last candidate that stands below it.
fn demote_headings(candidates: &mut Vec<Candidate>) {
    let mut keys: Vec<(usize, bool, usize)> =
        (0..candidates.len()).map(|ord| (ord, false, ord)).collect();
    for (ord, heading) in candidates.iter().enumerate() {
        if heading.section_end == 0 {
            continue;
        }
        let is_below = |other: &Candidate| {
            other.document == heading.document
                && other.section_end == 0
                && (heading.number + 1..=heading.section_end).contains(&other.number)
        };
        if let Some(last) = candidates
            .iter()
            .rposition(is_below)
            .filter(|&last| last > ord)
        {
            keys[ord] = (last, true, ord);
        }
    }
    keys.sort_unstable();
    *candidates = keys
        .into_iter()
        .map(|(_, _, ord)| candidates[ord])
        .collect();
}
