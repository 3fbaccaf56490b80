//! Links between pages: every place has one.

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
