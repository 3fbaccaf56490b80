//! Articles of a named law.
//!
//! An article is held against what the draft says of it: the words that are quoted from it, else the rest of its sentence. Without
//! either, it exists or it does not.

use super::article_text::ArticleText;
use super::citation::{CitationStatus, CitedEdition, Remark};
use super::collection::Collection;
use super::editions::Resolved;
use super::library::CitedDocument;
use super::newer::{amended_or_repealed, revised};
use super::parts::{ALTERED, compared, rows};
use super::quotation::LISTED;
use super::reference::{ArticleReference, han, label};
use super::verdict::Verdict;
use super::wording::replaced;
use crate::precedent::error::Result;
use crate::text::units::Units;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The fewest units of a paraphrase that is compared.
pub(super) const MIN_PARAPHRASE: usize = 10;
/// Share of the pairs of a paraphrase that an article has from which it is of that article.
const IS_OF: f64 = 0.6;
/// By how much another article must have more of them to be the one that is meant.
const CLEARLY: f64 = 0.3;

/// What the draft says of an article.
pub(super) struct Said<'a> {
    /// The words that it quotes from it.
    pub(super) quoted: Option<&'a str>,
    /// The rest of its sentence, as far as the next citation.
    pub(super) rest: &'a str,
}

/// The article in an edition.
struct InEdition<'r> {
    edition: usize,
    document: Arc<CitedDocument>,
    article: Option<ArticleText>,
    title: &'r str,
    title_place: String,
}

/// The verdict about an article; `printed` is the reference as the draft has it.
pub(super) fn article(
    (reference, printed): (&ArticleReference, &str),
    named: Option<(Option<&Resolved>, Option<u16>)>,
    said: &Said<'_>,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let Some((resolved, year)) = named else {
        return Ok(Verdict {
            remark: Some(Remark::NoSource),
            ..Verdict::of(CitationStatus::Ambiguous)
        });
    };
    let Some(resolved) = resolved else {
        return Ok(Verdict::not_found(Remark::SourceMissing));
    };
    let mut editions = Vec::new();
    for edition in resolved.chosen(year).into_iter().take(LISTED) {
        editions.push(in_edition(reference, edition, resolved, collection)?);
    }
    let verdict = match said.quoted {
        Some(quoted) => of_quoted((reference, printed), quoted, &editions, collection)?,
        None => of_paraphrase((reference, printed), said.rest, &editions)?,
    };
    let (verdict, edition) = match verdict {
        Some(found) => found,
        None => existing((reference, printed), &editions),
    };
    with_editions(
        verdict,
        edition,
        (reference, &editions),
        resolved,
        collection,
    )
}

/// The article of an edition, in whichever of its documents has it.
fn in_edition<'r>(
    reference: &ArticleReference,
    edition: usize,
    resolved: &'r Resolved,
    collection: &Collection<'_>,
) -> Result<InEdition<'r>> {
    let of = &resolved.editions[edition];
    let mut first = None;
    for record in &of.documents {
        let document = collection.library.document(&record.id)?;
        let article = document
            .articles
            .iter()
            .find(|one| one.number == reference.article)
            .cloned();
        let is_found = article.is_some();
        let here = InEdition {
            edition,
            document,
            article,
            title: &of.title,
            title_place: collection.library.title_place(record)?,
        };
        if is_found {
            return Ok(here);
        }
        first.get_or_insert(here);
    }
    // An edition has one document at least.
    Ok(first.expect("an edition has documents"))
}

type OfEdition = (Verdict, usize);

/// By the words that are quoted: in the article, in another one, or nowhere.
fn of_quoted(
    (reference, printed): (&ArticleReference, &str),
    quoted: &str,
    editions: &[InEdition<'_>],
    collection: &Collection<'_>,
) -> Result<Option<OfEdition>> {
    let words = rows(quoted);
    // The very article in any edition comes before another article in the newest one.
    for one in editions {
        let Some(article) = &one.article else {
            continue;
        };
        let Some(_) = one.document.find(&words, &article.passages) else {
            continue;
        };
        let part = article.part(reference);
        if let Some((passage, units)) = part.and_then(|part| one.document.find(&words, &part)) {
            return Ok(Some((
                Verdict::verbatim(Some(one.document.source(passage, units))),
                one.edition,
            )));
        }
        let found = one.document.find(&words, &article.passages);
        return Ok(found.map(|(passage, _)| {
            (
                other_place(one, article, passage, (reference, printed)),
                one.edition,
            )
        }));
    }
    for one in editions {
        let Some((passage, _)) = one.document.find(&words, &one.document.all()) else {
            continue;
        };
        let article = one
            .document
            .articles
            .iter()
            .find(|article| article.passages.contains(&passage));
        if let Some(article) = article {
            return Ok(Some((
                other_place(one, article, passage, (reference, printed)),
                one.edition,
            )));
        }
    }
    // The words are altered: the article that has them nearly.
    let mut best: Option<(f64, usize, usize)> = None;
    for (ord, one) in editions.iter().enumerate() {
        let document = &one.document;
        let found = compared(quoted, document, document.all(), collection.vocabulary());
        let Some(found) = found.filter(|found| found.similarity >= ALTERED) else {
            continue;
        };
        if best.is_none_or(|(best, ..)| found.similarity > best) {
            best = Some((found.similarity, ord, found.passage));
        }
    }
    if let Some((_, ord, passage)) = best {
        let one = &editions[ord];
        let article = one
            .document
            .articles
            .iter()
            .find(|article| article.passages.contains(&passage));
        if let Some(article) = article {
            let is_right = article.number == reference.article
                && article
                    .part(reference)
                    .is_some_and(|part| part.contains(&passage));
            let verdict = match is_right {
                true => Verdict::verbatim(Some(one.document.source(passage, 0..0))),
                false => other_place(one, article, passage, (reference, printed)),
            };
            return Ok(Some((verdict, one.edition)));
        }
    }
    let exists = editions.iter().any(|one| one.article.is_some());
    let edition = editions.first().map_or(0, |one| one.edition);
    Ok(exists.then(|| (Verdict::not_found(Remark::ContentMissing), edition)))
}

/// By the rest of the sentence: which article shares most of its pairs of units.
fn of_paraphrase(
    (reference, printed): (&ArticleReference, &str),
    rest: &str,
    editions: &[InEdition<'_>],
) -> Result<Option<OfEdition>> {
    let units = Units::new(rest);
    if units.len() < MIN_PARAPHRASE {
        return Ok(None);
    }
    let said = pairs(&units);
    let share = |document: &CitedDocument, article: &ArticleText| {
        let mut own = BTreeSet::new();
        for ord in article.passages.clone() {
            own.extend(pairs(&document.passages[ord].units));
        }
        said.intersection(&own).count() as f64 / said.len().max(1) as f64
    };
    let mut best: Option<(f64, &InEdition<'_>, &ArticleText)> = None;
    let mut cited: Option<(f64, &InEdition<'_>, &ArticleText)> = None;
    for one in editions {
        for article in &one.document.articles {
            let share = share(&one.document, article);
            let slot = match article.number == reference.article {
                true => &mut cited,
                false => &mut best,
            };
            if slot.is_none_or(|(best, ..)| share > best) {
                *slot = Some((share, one, article));
            }
        }
    }
    let most = best.map_or(0.0, |(share, ..)| share);
    let own = cited.map_or(0.0, |(share, ..)| share);
    // Articles of one law share phrases: what one has to the last pair is not of another that lacks some.
    let is_clear = most >= own + CLEARLY || (most == 1.0 && own < 1.0);
    if let Some((_, one, article)) = cited.filter(|_| own >= IS_OF && !is_clear) {
        let at = part_or_article(article, reference);
        let verdict = at.map(|at| Verdict::verbatim(Some(one.document.source(at, 0..0))));
        return Ok(verdict.map(|verdict| (verdict, one.edition)));
    }
    let other = best.filter(|_| most >= IS_OF && is_clear);
    Ok(other.map(|(_, one, article)| {
        let verdict = other_place(one, article, article.passages.start, (reference, printed));
        (verdict, one.edition)
    }))
}

fn pairs(units: &Units) -> BTreeSet<(String, String)> {
    let texts: Vec<&str> = units.texts().collect();
    texts
        .windows(2)
        .map(|two| (two[0].to_owned(), two[1].to_owned()))
        .collect()
}

/// The first passage of the part that is named; `None` if the article has no such part.
fn part_or_article(article: &ArticleText, reference: &ArticleReference) -> Option<usize> {
    article.part(reference).map(|part| part.start)
}

/// That the words are at another place than the draft says.
fn other_place(
    one: &InEdition<'_>,
    article: &ArticleText,
    passage: usize,
    (reference, printed): (&ArticleReference, &str),
) -> Verdict {
    let right = article.reference_to(passage, reference);
    let right = written(&right);
    let is_other = article.number != reference.article;
    Verdict {
        source: Some(one.document.source(passage, 0..0)),
        diff: replaced(printed, &right),
        wording: Some(right),
        remark: Some(if is_other {
            Remark::OtherArticle
        } else {
            Remark::OtherPart
        }),
        ..Verdict::of(CitationStatus::Altered)
    }
}

fn written(reference: &ArticleReference) -> String {
    let mut out = label(reference.article);
    if let Some(paragraph) = reference.paragraph {
        out.push_str(&format!("第{}款", han(paragraph)));
    }
    if let Some(item) = reference.item {
        out.push_str(&format!("第（{}）项", han(item)));
    }
    out
}

/// Whether the article exists, where the draft says nothing of it that can be compared.
fn existing((reference, _): (&ArticleReference, &str), editions: &[InEdition<'_>]) -> OfEdition {
    for one in editions {
        let Some(article) = &one.article else {
            continue;
        };
        if let Some(passage) = part_or_article(article, reference) {
            let verdict = Verdict::verbatim(Some(one.document.source(passage, 0..0)));
            return (verdict.or_remark(Some(Remark::Exists)), one.edition);
        }
    }
    let edition = editions.first().map_or(0, |one| one.edition);
    let has_article = editions.iter().find(|one| one.article.is_some());
    let mut verdict = Verdict::not_found(match has_article {
        Some(_) => Remark::NoSuchPart,
        None => Remark::NoSuchArticle,
    });
    // Where to look: the article without the part, or the law.
    verdict.source = match has_article {
        Some(one) => one
            .article
            .as_ref()
            .map(|article| one.document.source(article.passages.start, 0..0)),
        None => editions.first().map(|one| one.document.source(0, 0..0)),
    };
    (verdict, edition)
}

/// The verdict with the editions of the law, and with what came after the one that it is about.
fn with_editions(
    mut verdict: Verdict,
    edition: usize,
    (reference, editions): (&ArticleReference, &[InEdition<'_>]),
    resolved: &Resolved,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let texts: Vec<Option<Vec<String>>> =
        editions.iter().map(|one| text_of(one, reference)).collect();
    if editions.len() > 1 {
        let wanted = editions
            .iter()
            .position(|one| one.edition == edition)
            .and_then(|ord| texts[ord].clone());
        let listed = editions.iter().zip(&texts).map(|(one, text)| {
            let place = one
                .article
                .as_ref()
                .map(|article| one.document.source(article.passages.start, 0..0).place);
            CitedEdition {
                document: one.document.record.clone(),
                place: place.unwrap_or_else(|| one.title_place.clone()),
                holds: text.is_some() && *text == wanted,
            }
        });
        verdict.editions = listed.collect();
        let differ = texts.iter().any(|text| *text != texts[0]);
        // Nothing says which edition is meant: what was quoted would.
        if verdict.remark == Some(Remark::Exists) && differ {
            verdict.status = CitationStatus::Ambiguous;
            verdict.remark = Some(Remark::EditionsDiffer);
        }
        if !resolved.supersedes()
            && editions.iter().any(|one| one.title != editions[0].title)
            && verdict.status == CitationStatus::Verbatim
        {
            verdict.status = CitationStatus::Ambiguous;
            verdict.remark = Some(Remark::SeveralDocuments);
        }
    }
    if verdict.status == CitationStatus::NotFound {
        return Ok(verdict);
    }
    verdict.newer = if edition == 0 || !resolved.supersedes() {
        amended_or_repealed(&resolved.editions[0], collection)?
    } else {
        let newest = in_edition(reference, 0, resolved, collection)?;
        let place = newest
            .article
            .as_ref()
            .map(|article| newest.document.source(article.passages.start, 0..0).place);
        let place = place.unwrap_or_else(|| newest.title_place.clone());
        let here = in_edition(reference, edition, resolved, collection)?;
        let holds = text_of(&newest, reference).is_some()
            && text_of(&newest, reference) == text_of(&here, reference);
        Some(revised(&resolved.editions[0], place, holds))
    };
    Ok(verdict)
}

/// The units of the part that is named.
fn text_of(one: &InEdition<'_>, reference: &ArticleReference) -> Option<Vec<String>> {
    let passages = one.article.as_ref()?.part(reference)?;
    let units = passages.flat_map(|ord| {
        one.document.passages[ord]
            .units
            .texts()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    Some(units.collect())
}
