//! Links between pages: every place has one.

use super::form::is_filter;
use crate::web::parameters::Parameters;

/// The reader at a place (`DOCUMENT:LINE`), with what is marked there.
pub(super) fn reader(place: &str, query: Option<&str>) -> String {
    let query = query.filter(|query| !query.trim().is_empty());
    let marked = query.map(|query| ("q".to_owned(), query.to_owned()));
    let all = [("place".to_owned(), place.to_owned())]
        .into_iter()
        .chain(marked);
    format!("{}#hit", Parameters::of_pairs(all).url("/show"))
}

/// The reader at a place, with what was asked beside it: query, filters, order.
pub(super) fn reader_within(parameters: &Parameters, place: &str) -> String {
    format!("{}#hit", parameters.with("place", &[place]).url("/show"))
}

/// A query and its filters, without what concerns one page alone.
pub(super) fn question_of(parameters: &Parameters) -> Parameters {
    let is_kept = |name: &str| name == "q" || name == "lang" || is_filter(name);
    let kept = parameters.iter().filter(|(name, _)| is_kept(name));
    Parameters::of_pairs(kept.map(|(name, value)| (name.to_owned(), value.to_owned())))
}
