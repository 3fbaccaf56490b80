//! Wordings as queries.

/// Signs that mean something inside a phrase, and ends of sentences, which would make a query prose.
const SIGNS: [char; 28] = [
    '"', '“', '”', '＂', '「', '」', '『', '』', '*', '＊', '?', '？', '|', '｜', '(', ')', '（',
    '）', '{', '}', '。', '！', '!', '；', ';', '…', '\n', '\t',
];

/// The phrase that finds a wording as it is.
pub(super) fn phrase(text: &str) -> String {
    // Punctuation makes no difference to what is found; with nothing in its place two numbers would become one.
    let plain: String = text
        .chars()
        .map(|ch| if SIGNS.contains(&ch) { '，' } else { ch })
        .collect();
    format!("“{}”", plain.trim_matches(['，', ' ', '　']))
}

/// The query that finds any of several wordings.
pub(super) fn any_of<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    texts.map(phrase).collect::<Vec<_>>().join(" OR ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunzhang::query::{Leaf, Node, parse};

    #[test]
    fn a_wording_is_found_as_it_is() {
        for (text, expected) in [
            ("坚持以水渠为重", "“坚持以水渠为重”"),
            ("以“水渠”为重。", "“以，水渠，为重”"),
            ("修渠*3条？", "“修渠，3条”"),
        ] {
            let query = phrase(text);
            assert_eq!(query, expected);
            let node = parse(&query).expect("a query");
            let is_plain =
                matches!(&node, Node::Leaf(Leaf::Pattern(pattern)) if pattern.gaps.is_empty());
            assert!(is_plain, "{node:?}");
        }
        assert_eq!(any_of(["甲", "乙"].into_iter()), "“甲” OR “乙”");
    }
}
