//! What amended or replaced a document later.

use super::citation::{NewerEdition, Relation};
use super::collection::Collection;
use super::editions::Edition;
use super::title_words::{TitleWords, statute_word};
use crate::document::Date;
use crate::precedent::error::Result;
use crate::precedent::variant::by_age;
use crate::query::Leaf;
use crate::search;
use crate::text::pattern::{MAX_GAP, Pattern};

/// What amended or repealed the newest edition of a law: the latest document that says so. `None` for what is no law.
pub(super) fn amended_or_repealed(
    edition: &Edition,
    collection: &Collection<'_>,
) -> Result<Option<NewerEdition>> {
    let key = (edition.title.clone(), edition.date);
    if let Some(known) = collection.known_newer(&key) {
        return Ok(known);
    }
    let found = looked_up(edition, collection)?;
    collection.keep_newer(key, found.clone());
    Ok(found)
}

fn looked_up(edition: &Edition, collection: &Collection<'_>) -> Result<Option<NewerEdition>> {
    let words = TitleWords::new(&edition.title);
    if statute_word(&edition.title).is_none() || edition.date.is_none() {
        return Ok(None);
    }
    if let Some(repealed) = repealed(&words, edition.date, collection)? {
        return Ok(Some(repealed));
    }
    let about = collection.editions.about(&words)?.into_iter();
    let amending = about.filter(|record| {
        let rest = TitleWords::new(&record.title).units.concat();
        let after = rest.strip_prefix(&words.units.concat());
        let amends = after.is_some_and(|after| after.starts_with("修正案"))
            || rest.contains("关于修改") && rest.ends_with("决定");
        amends && record.date > edition.date
    });
    let Some(latest) = amending.max_by(|a, b| a.date.cmp(&b.date).then_with(|| b.id.cmp(&a.id)))
    else {
        return Ok(None);
    };
    let place = collection.library.title_place(&latest)?;
    Ok(Some(NewerEdition {
        relation: Relation::Amended,
        place,
        date: latest.date,
        document: latest,
        holds: None,
    }))
}

/// The first document after a date that says `《…》……废止`; without a date the first of all.
pub(super) fn repealed(
    words: &TitleWords,
    after: Option<Date>,
    collection: &Collection<'_>,
) -> Result<Option<NewerEdition>> {
    let pattern = Pattern {
        rows: vec![words.units.clone(), vec!["废".to_owned(), "止".to_owned()]],
        // Other laws of a list are between them.
        gaps: vec![0..=MAX_GAP],
    };
    let mut spots = collection.scope.places_of(&Leaf::Pattern(pattern))?;
    spots.retain(|spot| spot.date > after && !collection.is_excluded(&spot.document));
    spots.sort_by(by_age);
    for spot in spots.iter().take(20) {
        let stored = collection.scope.passage(spot)?;
        if !repeals(&stored.text, words) {
            continue;
        }
        return Ok(Some(NewerEdition {
            relation: Relation::Repealed,
            place: search::place(&spot.document, stored.record.line),
            date: spot.date,
            document: collection.scope.document(spot)?.into(),
            holds: None,
        }));
    }
    Ok(None)
}

/// Whether a text says in one sentence that the law of this very title is repealed. 《…实施条例》 is another title, and what is
/// to be repealed later (废止后) is not repealed.
fn repeals(text: &str, words: &TitleWords) -> bool {
    text.split(['。', '；', '\n']).any(|sentence| {
        let says = sentence.trim_end().ends_with("废止") || sentence.contains("同时废止");
        let Some(last) = sentence.rfind("废止").filter(|_| says) else {
            return false;
        };
        // The titles of a list are all before the word.
        let titles = sentence[..last].split('《').skip(1);
        titles
            .filter_map(|rest| rest.split_once('》'))
            .any(|(title, _)| TitleWords::new(title).units == words.units)
    })
}

/// The newest edition as one that came after another.
pub(super) fn revised(newest: &Edition, place: String, holds: bool) -> NewerEdition {
    NewerEdition {
        relation: Relation::Revised,
        document: newest.documents[0].clone(),
        place,
        holds: Some(holds),
        date: newest.date,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_repealed_by_its_own_title() {
        let words = TitleWords::new("中华人民共和国水渠法");
        for (text, expected) in [
            ("本法自2019年1月1日起施行。《水渠法》同时废止。", true),
            ("《中华人民共和国水渠法》、《架桥法》同时废止。", true),
            ("《水渠法实施条例》同时废止。", false),
            ("废止《架桥法》，执行《水渠法》。", false),
            ("《水渠法》施行前的规定废止后，照旧。", false),
        ] {
            assert_eq!(repeals(text, &words), expected, "{text}");
        }
    }
}
