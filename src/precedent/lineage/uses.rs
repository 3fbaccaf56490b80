//! The passages that contain a wording, one by one.

use super::history::Use;
use super::options::MAX_USES;
use super::spread::{Documents, level_of, place};
use crate::precedent::error::Result;
use crate::precedent::variant::by_age;
use crate::search::{Scope, Spot};

/// The first [`MAX_USES`] passages, oldest first, undated last.
pub(super) fn uses(
    spots: &[Spot],
    documents: &Documents<'_>,
    scope: &Scope<'_>,
) -> Result<Vec<Use>> {
    let mut spots: Vec<&Spot> = spots.iter().collect();
    spots.sort_by(|a, b| by_age(a, b));
    spots.truncate(MAX_USES);
    let uses = spots.into_iter().map(|spot| {
        let document = documents.get(&*spot.document);
        Ok(Use {
            place: place(spot, scope)?,
            date: spot.date,
            level: level_of(document),
            issuer: document.and_then(|document| document.issuer.clone()),
            collection: document
                .map(|document| document.collection.clone())
                .unwrap_or_default(),
            occurrences: spot.places,
        })
    });
    uses.collect()
}
