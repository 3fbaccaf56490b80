//! The frequency list, each count a link to its lines where a query or a filter says the same.

use maud::{Markup, html};
use xunzhang::query::{Leaf, Node, parse};
use xunzhang::search::{Group, Grouping};

use super::form::PATH;
use super::view::View;
use crate::cli::messages::say;
use crate::cli::output::columns::grouped;
use crate::cli::terminal::printable;
use crate::web::pages::link::question_of;
use crate::web::pages::wording::phrase;
use crate::web::parameters::Parameters;

/// Rows that are shown; each is counted once more, to be sure that its link says the same.
const SHOWN: usize = 60;
/// Quotation marks of phrases.
const QUOTES: [char; 7] = ['"', '“', '”', '「', '」', '『', '』'];

/// The frequency list, if there is one.
pub(super) fn groups(view: &View<'_>) -> anyhow::Result<Markup> {
    let (lang, all) = (view.lang, &view.concordance.groups);
    let Some(grouping) = view.options.group else {
        return Ok(html! {});
    };
    let shown = &all[..all.len().min(SHOWN)];
    let links = shown.iter().map(|group| link(view, grouping, group));
    let links: Vec<Option<String>> = links.collect::<anyhow::Result<_>>()?;
    let name = lang.text("web-conc-groups");
    Ok(html! {
        h2 { (name) }
        div.wide tabindex="0" role="region" aria-label=(name) {
            table.groups {
                caption.visually-hidden { (name) }
                thead { tr {
                    th scope="col" { (lang.text("concordance-group")) }
                    th.n scope="col" { (lang.text("table-occurrences")) }
                    th.n scope="col" { (lang.text("table-documents")) }
                } }
                tbody { @for (group, link) in shown.iter().zip(&links) {
                    tr {
                        th scope="row" { bdi { (key(view, group)) } }
                        td.n {
                            @match link {
                                Some(link) => a href=(link) { (grouped(group.occurrences)) },
                                None => (grouped(group.occurrences)),
                            }
                        }
                        td.n { (grouped(group.documents)) }
                    }
                } }
            }
        }
        @if links.iter().any(Option::is_none) { p.hint { (lang.text("web-conc-no-link")) } }
        @if all.len() > SHOWN { p.hint { (say!(lang, "web-conc-more-groups", n = all.len() - SHOWN)) } }
    })
}

fn key(view: &View<'_>, group: &Group) -> String {
    let missing = view.lang.text("value-missing");
    match group.key.as_deref() {
        None => missing.to_owned(),
        // At the edge of a passage nothing is beside the hit.
        Some("") => "∅".to_owned(),
        Some(key) => printable(key),
    }
}

/// The concordance of a group alone, if it has as many lines as the group.
fn link(view: &View<'_>, grouping: Grouping, group: &Group) -> anyhow::Result<Option<String>> {
    let Some(key) = group.key.as_deref().filter(|key| !key.is_empty()) else {
        return Ok(None);
    };
    let base = question_of(view.parameters);
    let is_issuer_of = |other: &&Group| other.key.as_deref().is_some_and(|one| one.contains(key));
    let narrowed = match grouping {
        Grouping::Year => base.with("year", &[key]),
        Grouping::Collection => base.with("collection", &[key]),
        // The filter takes issuers whose names hold this one, too.
        Grouping::Issuer => {
            let holding = view.concordance.groups.iter().filter(is_issuer_of);
            if holding.count() > 1 {
                return Ok(None);
            }
            base.with("issuer", &[key])
        }
        Grouping::Hit | Grouping::Left(_) | Grouping::Right(_) => {
            return beside(view, &base, grouping, (key, group.occurrences));
        }
    };
    Ok(Some(narrowed.url(PATH)))
}

/// The same of what is beside the hit, or the hit itself.
fn beside(
    view: &View<'_>,
    base: &Parameters,
    grouping: Grouping,
    (key, occurrences): (&str, u64),
) -> anyhow::Result<Option<String>> {
    let Some(query) = with_key(view.node, view.query, grouping, key) else {
        return Ok(None);
    };
    let Ok(node) = parse(&query) else {
        return Ok(None);
    };
    // Ends of passages, and words in Latin letters that would grow together: only the count can decide.
    let count = view.searcher.count(&node, &view.options.filter)?;
    let is_same = count.occurrences == occurrences;
    Ok(is_same.then(|| base.with("q", &[&query]).url(PATH)))
}

/// The query for a hit and what is beside it; `None` unless the query is one word or phrase.
fn with_key(node: &Node, query: &str, grouping: Grouping, key: &str) -> Option<String> {
    let is_plain = match node {
        Node::Leaf(Leaf::Word(_)) => true,
        Node::Leaf(Leaf::Pattern(pattern)) => pattern.gaps.is_empty(),
        _ => false,
    };
    let own = query.trim().trim_matches(QUOTES);
    match grouping {
        Grouping::Hit => Some(phrase(key)),
        Grouping::Left(_) if is_plain => Some(phrase(&format!("{key}{own}"))),
        Grouping::Right(_) if is_plain => Some(phrase(&format!("{own}{key}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_put_where_it_was_found() {
        let of = |query: &str, grouping| {
            let node = parse(query).expect("a query");
            with_key(&node, query, grouping, "旧")
        };
        let query = |text: &str| Some(text.to_owned());
        assert_eq!(of("水渠", Grouping::Left(1)), query("“旧水渠”"));
        assert_eq!(of("“水渠”", Grouping::Right(1)), query("“水渠旧”"));
        assert_eq!(of("“修*渠”", Grouping::Hit), query("“旧”"));
        assert_eq!(of("“修*渠”", Grouping::Left(1)), None);
        assert_eq!(of("水渠 AND 道路", Grouping::Right(2)), None);
    }
}
