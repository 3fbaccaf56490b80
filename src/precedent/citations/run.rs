//! Looks up all citations of a draft.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::article::{Said, article};
use super::citation::{Citation, CitationKind};
use super::claims::{Tie, ties};
use super::collection::Collection;
use super::document_number::document_number;
use super::editions::{Editions, Resolved};
use super::figure::figure;
use super::library::Library;
use super::mention::{Mention, Mentioned};
use super::mentions::mentions;
use super::quotation::quotation;
use super::title::title;
use super::title_words::TitleWords;
use super::verdict::Verdict;
use crate::document::Passage;
use crate::parallel;
use crate::precedent::draft_passage::DraftPassage;
use crate::precedent::error::Result;
use crate::precedent::options::Options;
use crate::precedent::variants::Lookup;
use crate::search::{Scope, Searcher};

/// Variants of a quotation that are looked at.
const VARIANTS: usize = 3;

/// Looks up the citations of a draft, given as its passages, in their order; progress is in citations.
///
/// # Errors
/// [`crate::index::Error::Cancelled`]; [`crate::index::Error::Engine`] if the index can't be read.
pub(in crate::precedent) fn citations(
    (searcher, scope): (&Searcher<'_>, &Scope<'_>),
    own_title: &str,
    draft: &[Passage],
    options: &Options,
    threads: NonZeroUsize,
) -> Result<Vec<Citation>> {
    let found: Vec<Mention> = (0..)
        .zip(draft)
        .flat_map(|(ord, passage)| mentions(ord, &passage.text))
        .collect();
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let options = Options {
        limit: VARIANTS,
        sources: 1,
        min_similarity: super::parts::ALTERED,
        ..options.clone()
    };
    let collection = Collection::new(
        scope,
        Editions::new(searcher, &options.filter, &options.excluded)?,
        Library::new(searcher),
        Lookup::new(scope, &options, VARIANTS),
        &options.excluded,
    );
    let texts: Vec<Vec<char>> = draft
        .iter()
        .map(|passage| passage.text.chars().collect())
        .collect();
    let ties = ties(&found, &texts, own_title, &collection.editions)?;
    let cited: Vec<usize> = (0..found.len())
        .filter(|&ord| !ties[ord].is_skipped)
        .collect();
    let desk = Desk {
        mentions: &found,
        ties: &ties,
        draft,
        texts: &texts,
        collection: &collection,
    };
    let steps = searcher.task.begin(cited.len(), cited.len() as u64);
    let out = parallel::try_map(cited, threads, |ord| -> Result<Citation> {
        let citation = desk.citation(ord)?;
        steps.done(1);
        Ok(citation)
    })?;
    searcher.go_on()?;
    Ok(out)
}

struct Desk<'a> {
    mentions: &'a [Mention],
    ties: &'a [Tie],
    draft: &'a [Passage],
    texts: &'a [Vec<char>],
    collection: &'a Collection<'a>,
}

/// What a title means, with the year beside it.
type Named = (Option<Arc<Resolved>>, Option<u16>);

impl Desk<'_> {
    fn citation(&self, ord: usize) -> Result<Citation> {
        let (mention, tie) = (&self.mentions[ord], &self.ties[ord]);
        let named = self.named(tie)?;
        let named = named
            .as_ref()
            .map(|(resolved, year)| (resolved.as_deref(), *year));
        let collection = self.collection;
        let text = mention.text.as_str();
        let (kind, verdict) = match &mention.item {
            Mentioned::Quotation => (
                CitationKind::Quotation,
                quotation(text, named, tie.is_attributed, collection)?,
            ),
            Mentioned::Title { year } => (
                CitationKind::Title,
                title(text, *year, &self.before(mention), collection)?,
            ),
            Mentioned::Article { reference, .. } => {
                let said = Said {
                    quoted: tie
                        .other
                        .map(|quotation| self.mentions[quotation].text.as_str()),
                    rest: &tie.rest,
                };
                (
                    CitationKind::Article,
                    article((reference, text), named, &said, collection)?,
                )
            }
            Mentioned::Number => {
                let title = tie.claim.as_ref().map(|claim| claim.title.as_str());
                (
                    CitationKind::Number,
                    document_number(text, title, collection)?,
                )
            }
            Mentioned::Figure {
                figure: span,
                subject,
            } => (
                CitationKind::Figure,
                figure((span, text, subject), named, collection)?,
            ),
            Mentioned::Report { .. } => return Err(crate::precedent::Error::NoUnits),
        };
        Ok(self.described(ord, kind, verdict))
    }

    /// What the draft's named source means; the outer `None` if it names none.
    fn named(&self, tie: &Tie) -> Result<Option<Named>> {
        let Some(claim) = &tie.claim else {
            return Ok(None);
        };
        let year = claim.year.or(TitleWords::new(&claim.title).year);
        Ok(Some((
            self.collection.editions.resolve(&claim.title, year)?,
            year,
        )))
    }

    /// What is before the mark of a title, a few characters.
    fn before(&self, mention: &Mention) -> String {
        let end = mention.span.start.saturating_sub(1);
        self.texts[mention.passage][end.saturating_sub(30)..end]
            .iter()
            .collect()
    }

    fn described(&self, ord: usize, kind: CitationKind, verdict: Verdict) -> Citation {
        let mention = &self.mentions[ord];
        let passage = &self.draft[mention.passage];
        let claim = self.ties[ord]
            .claim
            .as_ref()
            .filter(|_| kind != CitationKind::Title);
        let Verdict {
            status,
            source,
            wording,
            diff,
            editions,
            newer,
            remark,
        } = verdict;
        Citation {
            kind,
            text: mention.text.clone(),
            passage: DraftPassage {
                number: passage.number,
                line: passage.line,
                part: passage.part,
            },
            place_in_draft: (mention.span.start, mention.span.end),
            subject: match &mention.item {
                Mentioned::Figure { subject, .. } => Some(subject.clone()),
                _ => None,
            },
            named: claim.map(|claim| claim.title.clone()),
            status,
            source,
            wording,
            diff,
            editions,
            newer,
            remark,
        }
    }
}
