//! What to try where nothing was found.

use std::collections::BTreeSet;

use xunzhang::query::{Leaf, Node, Occur};
use xunzhang::search::{Filter, SearchOptions, Searcher, Suggestion};
use xunzhang::text::units::{Units, join};

use crate::cli::filter::relaxed;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::session::Session;

/// Words and phrases that are looked into.
const MOST_LEAVES: usize = 8;
/// Words that are suggested in the place of one.
const MOST_WORDS: usize = 5;
/// Words of more units than this are phrases, which no dictionary holds.
const LONGEST_WORD: usize = 12;

/// Says that nothing was found, and what would be: with fewer filters, or other words.
pub(crate) fn nothing_found(
    searcher: &Searcher<'_>,
    node: &Node,
    filter: &Filter,
    session: &Session,
) -> xunzhang::Result<String> {
    let lang = session.lang;
    let mut lines = vec![say!(lang, "nothing-found")];
    let by_filter = fewer_filters(searcher, node, filter, lang)?;
    // If a filter excludes what was sought, other words are the wrong advice.
    if by_filter.is_empty() {
        lines.extend(other_words(searcher, node, lang)?);
    } else {
        lines.extend(by_filter);
    }
    Ok(lines.join("\n  "))
}

/// A line for each filter without which something is found; if none helps by itself, one for all of them.
fn fewer_filters(
    searcher: &Searcher<'_>,
    node: &Node,
    filter: &Filter,
    lang: Lang,
) -> xunzhang::Result<Vec<String>> {
    let mut lines = Vec::new();
    let found = |filter: &Filter| -> xunzhang::Result<u64> {
        let options = SearchOptions {
            // Only the total is needed.
            limit: 0,
            filter: filter.clone(),
            ..SearchOptions::default()
        };
        Ok(searcher.search(node, &options)?.total.passages)
    };
    let relaxed = relaxed(filter);
    let n_filters = relaxed.len();
    for (flag, filter) in relaxed {
        let n = found(&filter)?;
        if n > 0 {
            let n = say!(lang, "n-passages", n);
            lines.push(say!(lang, "hint-without-filter", flag, n));
        }
    }
    // No filter is the cause by itself: two of them may exclude each other's documents. One was tried above.
    if lines.is_empty() && n_filters > 1 {
        let n = found(&Filter::default())?;
        if n > 0 {
            let n = say!(lang, "n-passages", n);
            lines.push(say!(lang, "hint-without-filters", n));
        }
    }
    Ok(lines)
}

/// What is there of the words of the query, and what could replace those that are not.
fn other_words(searcher: &Searcher<'_>, node: &Node, lang: Lang) -> xunzhang::Result<Vec<String>> {
    let mut missing = Vec::new();
    let mut present = Vec::new();
    let mut seen = BTreeSet::new();
    // Each word costs a query of its own.
    for row in node.leaves().into_iter().flat_map(rows).take(MOST_LEAVES) {
        if !seen.insert(row.clone()) {
            continue;
        }
        match searcher.passages_with(&Leaf::Word(row.clone()))? {
            0 => missing.push(row),
            n => present.push((row, n)),
        }
    }
    let mut lines = Vec::new();
    for row in &missing {
        lines.push(instead_of(searcher, row, lang)?);
    }
    lines.extend(fewer_parts(searcher, node, lang)?);
    // That each occurs is news only where all do: then it is their combination that is missing.
    if missing.is_empty() && !present.is_empty() {
        let list = counted(present.into_iter(), lang);
        lines.push(say!(lang, "hint-each-occurs", list));
    }
    Ok(lines)
}

/// What is found when one of the parts that must be there, or must not, is left out.
fn fewer_parts(searcher: &Searcher<'_>, node: &Node, lang: Lang) -> xunzhang::Result<Vec<String>> {
    let mut lines = Vec::new();
    // Of two words, one without the other is each by itself, which is reported anyway.
    let is_pair = node.leaves().len() == 2 && node.restrictions().is_empty();
    let has_only_words = match node {
        Node::List(items) => items.iter().all(|item| item.occur != Occur::Forbidden),
        Node::All(nodes) => !nodes.iter().any(|node| matches!(node, Node::Not(_))),
        _ => true,
    };
    if is_pair && has_only_words {
        return Ok(lines);
    }
    for (part, rest) in without_one(node) {
        let n = searcher.count(&rest, &Filter::default())?.passages;
        if n > 0 {
            let n = say!(lang, "n-passages", n);
            lines.push(say!(lang, "hint-without-part", part, n));
        }
    }
    Ok(lines)
}

/// The parts of a query that is met only where all of them are, each with what is left without it.
fn without_one(node: &Node) -> Vec<(String, Node)> {
    let rest_of = |n: usize, without: &dyn Fn(usize) -> (String, Node)| match n {
        // A part without itself is nothing; beyond the limit the counts would take longer than the search.
        2..=MOST_LEAVES => (0..n).map(without).collect(),
        _ => Vec::new(),
    };
    match node {
        Node::List(items) => rest_of(items.len(), &|ord| {
            let mut items = items.clone();
            let left_out = items.remove(ord);
            let sign = match left_out.occur {
                Occur::Forbidden => "-",
                Occur::Optional | Occur::Required => "",
            };
            (
                format!("{sign}{}", in_a_line(&left_out.node)),
                Node::List(items),
            )
        }),
        Node::All(nodes) => rest_of(nodes.len(), &|ord| {
            let mut nodes = nodes.clone();
            let left_out = nodes.remove(ord);
            (in_a_line(&left_out), Node::All(nodes))
        }),
        _ => Vec::new(),
    }
}

/// The words of a part as a person may type them.
fn in_a_line(node: &Node) -> String {
    match node {
        Node::Not(node) => format!("NOT {}", in_a_line(node)),
        Node::Restriction(restriction) => restriction.to_string(),
        _ => {
            let leaves = node.leaves().into_iter().map(ToString::to_string);
            leaves.collect::<Vec<_>>().join(" ")
        }
    }
}

/// What can be found of a leaf by itself.
fn rows(leaf: &Leaf) -> Vec<String> {
    match leaf {
        Leaf::Word(word) => vec![word.clone()],
        Leaf::Pattern(pattern) => pattern.rows.iter().map(|row| join(row)).collect(),
        Leaf::Near { left, right, .. } => vec![join(left), join(right)],
    }
}

/// A line on a word that does not occur: words like it, and its longest part that occurs.
fn instead_of(searcher: &Searcher<'_>, row: &str, lang: Lang) -> xunzhang::Result<String> {
    let units = Units::new(row);
    let near = if units.len() <= LONGEST_WORD {
        searcher.suggest(&units.texts().collect::<String>(), MOST_WORDS)?
    } else {
        Vec::new()
    };
    let mut line = say!(lang, "hint-missing", row);
    if !near.is_empty() {
        let list = counted(
            near.into_iter().map(|near| (near.text, near.passages)),
            lang,
        );
        line += &say!(lang, "hint-near", list);
    }
    // A single unit has no parts.
    if units.len() > 1
        && let Some(Suggestion { text, passages }) = searcher.longest_part(row)?
    {
        let n = say!(lang, "n-passages", n = passages);
        line += &say!(lang, "hint-part", text, n);
    }
    Ok(line)
}

/// Words with their numbers of passages, as a list.
fn counted(words: impl Iterator<Item = (String, u64)>, lang: Lang) -> String {
    let words = words.map(|(word, n)| say!(lang, "hint-word", word, n));
    listed(&words.collect::<Vec<_>>(), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(query: &str) -> Vec<String> {
        let node = xunzhang::query::parse(query).expect("a query");
        without_one(&node)
            .into_iter()
            .map(|(part, _)| part)
            .collect()
    }

    #[test]
    fn each_part_of_a_query_is_left_out_once() {
        for (query, expected) in [
            ("修渠 清淤 架桥", &["修渠", "清淤", "架桥"][..]),
            ("修渠 -清淤", &["修渠", "-清淤"]),
            ("修渠 AND 清淤 AND NOT 架桥", &["修渠", "清淤", "NOT 架桥"]),
            ("修渠 kind:总结", &["修渠", "kind:总结"]),
            ("修渠 AND (清淤 OR 架桥)", &["修渠", "清淤 架桥"]),
            // A part without itself is nothing.
            ("修渠", &[]),
            ("修渠 OR 清淤", &[]),
        ] {
            assert_eq!(parts(query), expected, "{query}");
        }
    }

    #[test]
    fn what_is_left_lacks_the_part_and_nothing_else() {
        let node = xunzhang::query::parse("修渠 清淤 架桥").expect("a query");
        for (part, rest) in without_one(&node) {
            let left: Vec<String> = rest.leaves().into_iter().map(ToString::to_string).collect();
            assert_eq!(left.len(), 2, "{part}");
            assert!(!left.contains(&part), "{part}");
        }
    }

    #[test]
    fn long_queries_are_not_taken_apart() {
        let query = |n: usize| {
            (0..n)
                .map(|ord| format!("渠{ord}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(parts(&query(MOST_LEAVES)).len(), MOST_LEAVES);
        assert_eq!(parts(&query(MOST_LEAVES + 1)).len(), 0);
    }

    #[test]
    fn words_are_looked_into_one_by_one() {
        let of = |query: &str| -> Vec<String> {
            let node = xunzhang::query::parse(query).expect("a query");
            node.leaves().into_iter().flat_map(rows).collect()
        };
        assert_eq!(of("修渠 \"清淤三里\""), ["修渠", "清淤三里"]);
        assert_eq!(of("修渠 NEAR/5 清淤"), ["修渠", "清淤"]);
    }
}
