//! Titles in 《》 and 〈〉.

use super::citation::{CitationStatus, Remark};
use super::collection::Collection;
use super::editions::{Matched, Resolved};
use super::newer::{amended_or_repealed, repealed, revised};
use super::quotation::listed;
use super::title_words::{TitleWords, statute_word};
use super::verdict::Verdict;
use crate::precedent::align::align;
use crate::precedent::diff::{Wording, diff};
use crate::precedent::error::Result;
use crate::text::units::Units;

/// The verdict about a title; `before` is what the draft has before its mark.
pub(super) fn title(
    text: &str,
    year: Option<u16>,
    before: &str,
    collection: &Collection<'_>,
) -> Result<Verdict> {
    let year = TitleWords::new(text).year.or(year);
    let resolved = collection.editions.resolve(text, year)?;
    let is_near = |one: &Resolved| one.matched == Matched::Near;
    // A law that was repealed is no error in the title of a similar one.
    if statute_word(text).is_some()
        && resolved.as_deref().is_none_or(is_near)
        && let Some(newer) = repealed(&TitleWords::new(text), None, collection)?
    {
        return Ok(Verdict {
            newer: Some(newer),
            ..Verdict::not_found(None)
        });
    }
    let Some(resolved) = resolved else {
        return Ok(Verdict::not_found(None));
    };
    let chosen = resolved.chosen(year);
    let edition = &resolved.editions[chosen[0]];
    let source = collection.library.title_source(&edition.documents[0])?;
    let mut verdict = Verdict::verbatim(source);
    let is_shortened =
        resolved.matched == Matched::Ending && leaves_out(text, &edition.title, before);
    if resolved.matched == Matched::Near || is_shortened {
        verdict.status = CitationStatus::Altered;
        verdict.diff = differences(text, &edition.title, collection);
        verdict.wording = Some(edition.title.clone());
    }
    let has_several = resolved.editions.len() > 1;
    if has_several {
        verdict.editions = listed(&[], &resolved, collection)?;
    }
    // A later edition of a law is what its title means, unless the draft gives a year.
    let misses_year = year.is_some_and(|year| edition.date.is_some() && !edition.is_of(year));
    if misses_year || (has_several && chosen.len() > 1 && !resolved.supersedes()) {
        verdict.status = CitationStatus::Ambiguous;
        verdict.remark = Some(if misses_year {
            Remark::OtherEdition
        } else {
            Remark::SeveralDocuments
        });
    }
    verdict.newer = newer(&resolved, chosen[0], collection)?;
    Ok(verdict)
}

fn newer(
    resolved: &Resolved,
    edition: usize,
    collection: &Collection<'_>,
) -> Result<Option<super::citation::NewerEdition>> {
    if !resolved.supersedes() {
        return Ok(None);
    }
    let newest = &resolved.editions[0];
    if edition == 0 {
        return amended_or_repealed(newest, collection);
    }
    let place = collection.library.title_place(&newest.documents[0])?;
    let mut newer = revised(newest, place, false);
    newer.holds = None;
    Ok(Some(newer))
}

/// Whether the title of a law leaves out words before it that are not before its mark either: 上海市 of 《…条例》. That an issuer is
/// left out before 关于, or before the name of a report, is how documents are cited.
fn leaves_out(text: &str, title: &str, before: &str) -> bool {
    let (short, whole) = (
        TitleWords::new(text).units.concat(),
        TitleWords::new(title).units.concat(),
    );
    let Some(left_out) = whole.strip_suffix(&short) else {
        return false;
    };
    statute_word(title).is_some() && !short.starts_with("关于") && !before.ends_with(left_out)
}

fn differences(
    text: &str,
    title: &str,
    collection: &Collection<'_>,
) -> Vec<crate::precedent::diff::Edit> {
    let rows = |units: &Units| units.texts().map(str::to_owned).collect::<Vec<_>>();
    let (from, whole) = (Units::new(text), Units::new(title));
    let (words, own) = (TitleWords::new(text).units, TitleWords::new(title).units);
    // The state before the title is no difference where the draft leaves it out.
    let n_state = whole.len() - own.len().min(whole.len());
    let has_state =
        n_state > 0 && align(&words, &rows(&whole)).similarity() > align(&words, &own).similarity();
    let skipped = if has_state
        || !whole
            .texts()
            .skip(n_state)
            .eq(own.iter().map(String::as_str))
    {
        0
    } else {
        n_state
    };
    let title: String = match whole.items().get(skipped) {
        Some(unit) => title.chars().skip(unit.start as usize).collect(),
        None => title.to_owned(),
    };
    let to = Units::new(&title);
    let alignment = align(&rows(&from), &rows(&to));
    diff(
        Wording { text, units: &from },
        Wording {
            text: &title,
            units: &to,
        },
        &alignment,
        &collection.vocabulary(),
    )
}
