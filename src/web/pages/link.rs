//! Links between pages: every place has one.

use maud::{Markup, html};

use super::form::is_filter;
use crate::cli::messages::Lang;
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

/// Characters of the longest address that a link has: some servers between a browser and this one take no longer ones.
const LONGEST: usize = 4_000;

/// The archive with all it takes to count these entries again; nothing where they are too many for an address.
pub(super) fn evidence(entries: &[&str], filters: &Parameters, lang: Lang) -> Markup {
    let url = filters.with("keyword", entries).url("/evidence.zip");
    html! {
        @if !entries.is_empty() && url.len() <= LONGEST {
            a href=(url) download title=(lang.text("web-evidence-about")) { (lang.text("web-evidence")) }
        }
    }
}

/// A query and its filters, without what concerns one page alone.
pub(super) fn question_of(parameters: &Parameters) -> Parameters {
    let is_kept = |name: &str| name == "q" || name == "lang" || is_filter(name);
    let kept = parameters.iter().filter(|(name, _)| is_kept(name));
    Parameters::of_pairs(kept.map(|(name, value)| (name.to_owned(), value.to_owned())))
}
