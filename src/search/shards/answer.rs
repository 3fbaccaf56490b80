//! A shard answers.

use std::sync::{Arc, PoisonError};

use super::question::{
    Address, Answer, FirstRow, FirstRows, Original, Own, Question, Refined, Search,
};
use crate::query::{Node, parse};
use crate::search::concordance_row::ConcordanceRow;
use crate::search::matches::holds;
use crate::search::rank::found::Found;
use crate::search::rank::near_duplicates::Hits;
use crate::search::{By, Result, Searcher, Sort};

impl Searcher<'_> {
    /// The answer of this index as a shard of a collection; `own` is what it alone is asked.
    ///
    /// # Errors
    /// [`crate::query::Error::Syntax`] if the query is invalid; those of [`Searcher::search`], [`Searcher::count`] and
    /// [`Searcher::concordance`].
    pub fn answer(&self, question: &Question, own: &Own) -> Result<Answer> {
        Ok(match question {
            Question::Numbers { query } => {
                let numbers = self.numbers(&parse(query)?)?;
                Answer::Numbers(match own {
                    Own::NonZero => numbers.without_zeros(),
                    _ => numbers,
                })
            }
            Question::First {
                search,
                depth,
                written,
            } => Answer::First(self.first_rows(search, *depth, *written)?),
            Question::Refine { search } => Answer::Refined(self.refined(search, own)?),
            Question::Show { search, originals } => self.shown(search, originals, own)?,
            Question::Count { query, filter } => Answer::Count(self.count(&parse(query)?, filter)?),
            Question::Occurrences { query, options } => {
                Answer::Occurrences(self.occurrences(&parse(query)?, options)?)
            }
            Question::Lines => Answer::Lines(self.lines(own)?),
        })
    }

    fn first_rows(&self, search: &Search, depth: usize, written: bool) -> Result<FirstRows> {
        let searcher = self.of_collection(&search.numbers);
        let (node, options) = (parse(&search.query)?, &search.options);
        let found = searcher.found_of(search, &node)?;
        let mut first = searcher.first_stage(&node, &found.basis, options)?;
        if !written {
            first.written = None;
        }
        let columns = searcher.columns()?;
        let candidates = searcher.first(&first, depth, columns)?;
        let ids = searcher.document_ids(&candidates, columns)?;
        let is_by_date = matches!(options.sort, Sort::Date | Sort::DateDescending);
        let rows = candidates.iter().zip(ids).map(|(candidate, document)| {
            let date = match is_by_date {
                true => searcher.date_of(candidate.address)?,
                false => None,
            };
            let written = first.written.as_ref();
            Ok(FirstRow {
                address: Address::new(candidate.address),
                score: candidate.score.to_bits(),
                ord: candidate.document.1,
                document,
                number: candidate.number,
                section_end: candidate.section_end,
                is_written: written.is_some_and(|written| holds(written, candidate.address)),
                date,
            })
        });
        let rows = rows.collect::<Result<_>>()?;
        let total = searcher.total(&found.matches)?;
        Ok(FirstRows {
            passages: total.passages,
            documents: total.documents,
            n_segments: searcher.snapshot.segment_readers().len() as u32,
            knows_written: first.written.is_some(),
            rows,
        })
    }

    /// What the search finds, known from an earlier step or found now.
    fn found_of(&self, search: &Search, node: &Node) -> Result<Arc<Found>> {
        let name = format!("{} {}", search.name, search.meets_singles);
        let last = || {
            self.last_found
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
        };
        if let Some((known, found)) = &*last()
            && *known == name
        {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(self.found_by(node, &search.options, search.meets_singles)?);
        *last() = Some((name, Arc::clone(&found)));
        Ok(found)
    }

    fn refined(&self, search: &Search, own: &Own) -> Result<Vec<Refined>> {
        let Own::Passages(passages) = own else {
            return Ok(Vec::new());
        };
        let searcher = self.of_collection(&search.numbers);
        let (node, options) = (parse(&search.query)?, &search.options);
        let columns = searcher.columns()?;
        let candidates = passages.iter().map(|&(address, score)| {
            let address = address.in_index();
            columns[address.segment_ord as usize].candidate(f32::from_bits(score), address)
        });
        let mut candidates: Vec<_> = candidates.collect();
        if options.sort == Sort::Score {
            let terms = searcher.terms_of(&node, search.meets_singles, options)?;
            searcher.refine(&node, &terms, &mut candidates, columns)?;
            // Adding terms leaves them in order of their addresses.
            let place = |address: Address| passages.iter().position(|one| one.0 == address);
            candidates.sort_by_key(|candidate| place(Address::new(candidate.address)));
        }
        let refined = candidates.into_iter().map(|candidate| {
            let address = candidate.address;
            let columns = &columns[address.segment_ord as usize];
            let hashed = columns.hashed(address);
            Ok(Refined {
                score: candidate.score.to_bits(),
                holds: candidate.holds,
                n_passages: columns.n_passages(address.doc_id),
                shape: hashed.shape,
                likeness: hashed.likeness,
                text: match options.collapse && options.by == By::Passage {
                    true => searcher.text_at(address)?,
                    false => String::new(),
                },
            })
        });
        refined.collect()
    }

    fn shown(&self, search: &Search, originals: &[Original], own: &Own) -> Result<Answer> {
        let Own::Hits(own) = own else {
            return Ok(Answer::Shown(Vec::new(), Vec::new()));
        };
        let searcher = self.of_collection(&search.numbers);
        let (node, options) = (parse(&search.query)?, &search.options);
        let columns = searcher.columns()?;
        let mut collapsed = Hits::default();
        for (ord, original) in originals.iter().enumerate() {
            match own.binary_search_by_key(&ord, |(ord, _)| *ord) {
                Ok(at) => {
                    let address = own[at].1.in_index();
                    collapsed.push(columns[address.segment_ord as usize].hashed(address));
                }
                Err(_) => {
                    collapsed.push_other((original.shape, original.likeness), &original.text);
                }
            }
        }
        // What matches is needed for what is said of others than the hits.
        let found = match options.by == By::Document || !originals.is_empty() {
            true => Some(searcher.found_of(search, &node)?),
            false => None,
        };
        let matches = found.as_ref().map(|found| &found.matches);
        let copies = match matches {
            Some(matches) => searcher.copies(matches, collapsed, columns)?,
            None => Vec::new(),
        };
        let shown = own.iter().filter(|(ord, _)| *ord >= options.offset);
        let hits = shown.map(|(_, address)| {
            let address = address.in_index();
            let candidate = columns[address.segment_ord as usize].candidate(0.0, address);
            let mut hit =
                searcher.hit(&candidate, (&node, search.meets_singles), options, columns)?;
            if options.by == By::Document {
                hit.matching =
                    matches.map(|matches| searcher.matching_beside(&candidate, matches, columns));
            }
            Ok(hit)
        });
        let hits = hits.collect::<Result<_>>()?;
        let copies = copies.into_iter().enumerate().map(|(ord, copies)| {
            // Those of earlier pages are shown there.
            match ord >= options.offset {
                true => searcher.copy_sources(copies, options),
                false => Ok(Vec::new()),
            }
        });
        Ok(Answer::Shown(hits, copies.collect::<Result<_>>()?))
    }

    fn lines(&self, own: &Own) -> Result<Vec<ConcordanceRow>> {
        let Own::Spots(spots) = own else {
            return Ok(Vec::new());
        };
        let mut document = None;
        let lines = spots.iter().map(|(id, spot)| {
            // Lines of one document mostly follow each other.
            let known = document.take().filter(|(known, _)| known == id);
            let (_, shown) = match known {
                Some(known) => known,
                None => (id.clone(), Arc::new(self.document(id)?.into())),
            };
            document = Some((id.clone(), Arc::clone(&shown)));
            let line = self.line_of(shown, spot)?;
            let section = self.section_of(&line)?;
            Ok(ConcordanceRow::from((line, section)))
        });
        lines.collect()
    }
}
