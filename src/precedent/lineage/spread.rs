//! Who took up a wording, and when.

use std::collections::BTreeMap;

use super::history::{Adoption, Spread};
use crate::document::{Level, level};
use crate::precedent::error::Result;
use crate::precedent::variant::by_age;
use crate::search::{self, DocumentStats, Scope, Spot};

/// The documents under the filter by id.
pub(super) type Documents<'a> = BTreeMap<&'a str, &'a DocumentStats>;

/// The level of a document's issuer.
pub(super) fn level_of(document: Option<&&DocumentStats>) -> Option<Level> {
    level::of_issuer(document?.issuer.as_deref()?)
}

/// The first use by levels, issuers and collections; `spots` by document id and number.
pub(super) fn spread(
    spots: &[Spot],
    documents: &Documents<'_>,
    scope: &Scope<'_>,
) -> Result<Spread> {
    let document = |spot: &Spot| documents.get(&*spot.document);
    Ok(Spread {
        levels: adoptions(spots, scope, |spot| level_of(document(spot)))?,
        issuers: adoptions(spots, scope, |spot| document(spot)?.issuer.clone())?,
        collections: adoptions(spots, scope, |spot| {
            let found = document(spot).map(|document| document.collection.clone());
            found.unwrap_or_default()
        })?,
    })
}

fn adoptions<K: Ord + Clone>(
    spots: &[Spot],
    scope: &Scope<'_>,
    key: impl Fn(&Spot) -> K,
) -> Result<Vec<Adoption<K>>> {
    let mut groups: BTreeMap<K, Vec<&Spot>> = BTreeMap::new();
    for spot in spots {
        groups.entry(key(spot)).or_default().push(spot);
    }
    let mut out = Vec::with_capacity(groups.len());
    for (of, spots) in groups {
        let Some(first) = spots.iter().min_by(|a, b| by_age(a, b)) else {
            continue;
        };
        out.push(Adoption {
            of,
            first: first.date,
            first_place: place(first, scope)?,
            last: spots.iter().filter_map(|spot| spot.date).max(),
            occurrences: spots.iter().map(|spot| u64::from(spot.places)).sum(),
            documents: n_documents(spots.iter().copied()),
        });
    }
    // Sorting is stable: of one date they stay in order of their names.
    out.sort_by_key(|adoption| (adoption.first.is_none(), adoption.first));
    Ok(out)
}

/// The number of documents of passages that are ordered by document id.
pub(super) fn n_documents<'a>(spots: impl Iterator<Item = &'a Spot>) -> u64 {
    let mut last: Option<&str> = None;
    let mut n = 0;
    for spot in spots {
        n += u64::from(last != Some(&*spot.document));
        last = Some(&*spot.document);
    }
    n
}

/// `DOCUMENT:LINE` of a passage.
pub(super) fn place(spot: &Spot, scope: &Scope<'_>) -> Result<String> {
    let stored = scope.passage(spot)?;
    Ok(search::place(&spot.document, stored.record.line))
}
