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

/// The query that finds any of several wordings; where one holds another, that is one occurrence.
pub(super) fn any_of<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = texts.map(|text| inside(&phrase(text)).to_owned()).collect();
    match all.len() {
        1 => format!("“{}”", all.remove(0)),
        _ => format!("“({})”", all.join("|")),
    }
}

/// The text between the quotation marks of a phrase.
pub(super) fn inside(phrase: &str) -> &str {
    phrase.trim_matches(['“', '”'])
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
        assert_eq!(any_of(["甲"].into_iter()), "“甲”");
        assert_eq!(any_of(["甲", "乙"].into_iter()), "“(甲|乙)”");
        assert!(parse("“(甲|乙)”").is_ok());
    }
}
