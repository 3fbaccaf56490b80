//! The text after a label: a topic alone on the line, a topic followed by body text, or a plain clause.
//!
//! Officials open a paragraph with its point (`领导高度重视，周密安排部署。`) and then elaborate it. Such a first sentence
//! is a heading. A provision (`投标人应仔细阅读……`), a definition or an operative clause is not, however short it is:
//! it states a rule, not what the paragraph is about.

use crate::document::blank::{contains_any, is_blank, starts_with_any, trim, trim_start};
use crate::text::normalize::normalize;
use crate::text::punctuation::{is_closing, is_stop, is_straight_quote};

/// The structure of the text after a label. Titles are as printed, without the final stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape<'a> {
    /// Nothing.
    Empty,
    /// One sentence or less.
    Alone { title: &'a str, ending: Ending },
    /// A sentence followed by more text.
    RunIn { title: &'a str },
    /// A few words and a colon, then text.
    Colon { title: &'a str },
    /// A few words that only a blank separates from the following text.
    Glued { title: &'a str },
}

/// How a paragraph ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum Ending {
    /// Without punctuation.
    Open,
    /// `。！？`
    Stop,
    /// `；` or `，`: the sentence continues on the next line.
    Clause,
    /// `：`
    Colon,
}

/// Maximum length of a first sentence that counts as a run-in heading, in characters. The longest of the
/// development set has 43; whole sentences of body text have a median of 49.
const MAX_RUN_IN: usize = 52;
/// Maximum length of a line that counts as a heading, in characters; the longest of the development set has
/// 76.
const MAX_LINE: usize = 80;
/// Maximum length of a line with a full stop that counts as a heading, in characters.
const MAX_STOPPED_LINE: usize = 62;
/// Maximum length of a title before a colon, in characters.
const MAX_COLON: usize = 20;

/// Reads the text after a label.
pub(super) fn shape(rest: &str) -> Shape<'_> {
    let rest = trim(rest);
    if rest.is_empty() {
        return Shape::Empty;
    }
    if let Some(title) = colon_title(rest) {
        return Shape::Colon { title };
    }
    let end = first_sentence(rest);
    let title = without_stop(&rest[..end]);
    let glued = glued_title(rest)
        // A single blank inside a topic sentence is a slip; a wide one sets the title apart.
        .filter(|glued| !is_topic_sentence(title) || is_wide(&rest[glued.len()..]));
    match glued {
        Some(title) => Shape::Glued { title },
        None if end < rest.len() => Shape::RunIn { title },
        None => Shape::Alone {
            title,
            ending: ending(rest),
        },
    }
}

/// Whether the text begins with more than a single space.
fn is_wide(text: &str) -> bool {
    text.starts_with('\u{3000}') || text.chars().take(2).all(is_blank)
}

/// Whether the first sentence of a paragraph names its topic or makes its point.
pub(super) fn is_topic_sentence(title: &str) -> bool {
    is_topic_sentence_of(title, MAX_RUN_IN)
}

/// The same for a sentence of at most `max` characters.
pub(super) fn is_topic_sentence_of(title: &str, max: usize) -> bool {
    is_point(title, max) && !title.contains(['；', ';', '：']) && !states_figures(title)
}

/// Whether a line alone may be a heading.
pub(super) fn is_topic_line(title: &str, ending: Ending) -> bool {
    match ending {
        // A line without punctuation may be long; one with a stop must be short to be more than a sentence.
        Ending::Open => is_point(title, MAX_LINE) && !title.contains(['；', '。']),
        Ending::Stop => is_point(title, MAX_STOPPED_LINE) && !title.contains(['；', ';']),
        Ending::Colon => is_point(title, MAX_COLON) && !leads_in(title),
        Ending::Clause => false,
    }
}

/// How the text ends.
pub(in crate::document) fn ending(text: &str) -> Ending {
    match text.trim_end_matches(is_tail).chars().next_back() {
        Some('：' | ':') => Ending::Colon,
        Some('；' | ';' | '，' | ',' | '、') => Ending::Clause,
        Some(ch) if is_stop(ch) => Ending::Stop,
        _ => Ending::Open,
    }
}

/// The end of the first sentence in bytes, its stop and closing quotes included.
pub(super) fn first_sentence(text: &str) -> usize {
    let Some(at) = text.find(is_stop) else {
        return text.len();
    };
    let tail = text[at..].trim_start_matches(|ch| is_stop(ch) || is_tail(ch));
    text.len() - trim_start(tail).len()
}

/// The text without stops, colons and blanks at its end.
pub(super) fn without_stop(text: &str) -> &str {
    trim(
        trim(text).trim_end_matches(|ch| {
            is_stop(ch) || matches!(ch, '；' | ';' | '：' | ':' | '，' | ',')
        }),
    )
}

/// Whether a mark after a stop belongs to the sentence that it ends.
fn is_tail(ch: char) -> bool {
    is_closing(ch) || is_straight_quote(ch)
}

/// `适用范围：本文件适用于……。`
fn colon_title(rest: &str) -> Option<&str> {
    // One character more than the limit, to see the colon after the longest title.
    let (at, colon) = rest
        .char_indices()
        .take(MAX_COLON + 1)
        .find(|&(_, ch)| matches!(ch, '：' | ':'))?;
    let (title, body) = (trim(&rest[..at]), trim(&rest[at + colon.len_utf8()..]));
    // A colon after digits is a time or a ratio; brackets and commas belong to a sentence.
    let is_title = title.chars().count() >= 2
        && !title.ends_with(|ch: char| ch.is_ascii_digit())
        && !title.contains(['，', ',', '。', '；', ';', '（', '('])
        && !leads_in(title);
    // A body of a few characters is a field (`联系人：某某`), not the text under a title.
    (is_title && body.chars().count() >= 8 && ending(body) == Ending::Stop).then_some(title)
}

fn glued_title(rest: &str) -> Option<&str> {
    let at = rest.find(is_blank)?;
    let (title, body) = (&rest[..at], trim(&rest[at..]));
    let is_title =
        // Letters alone: a date or an amount before a blank is a cell of a table.
        (4..=30).contains(&title.chars().count()) && title.chars().all(char::is_alphabetic);
    (is_title && body.chars().count() >= 30 && body.contains(is_stop)).then_some(title)
}

/// Words that announce what follows instead of naming it.
pub(super) fn leads_in(title: &str) -> bool {
    let title = normalize(title);
    contains_any(
        &title,
        "下列 以下 如下 包括 内容为 具备 提供 指出 强调 要求是",
    ) || title.ends_with('是')
}

fn is_point(title: &str, max: usize) -> bool {
    let n_chars = title.chars().filter(|&ch| !is_blank(ch)).count();
    (1..=max).contains(&n_chars) && title.chars().any(char::is_alphabetic) && !is_provision(title)
}

/// Openings of provisions and requests.
const PROVISION_OPENINGS: &str =
    "请 凡 经批准 经本 经审 经研究 经国务院 根据 按照 自本 截至 鉴于 有鉴于 同意 违反 兹";
/// Words of provisions and definitions; normalized.
const PROVISION_WORDS: &str = "应当 不得 是指 系指 下列 如下 本办法 本规定 本条例 本细则 本通知 本规则 应按 应在 应于 \
                               须在 须经 须按 有权 的, 应仔细 可以 方可 应不 应无 不予 视为";

/// Whether the sentence is a provision, a definition or a request.
pub(super) fn is_provision(title: &str) -> bool {
    let title = normalize(title);
    starts_with_any(&title, PROVISION_OPENINGS) || contains_any(&title, PROVISION_WORDS)
}

/// Whether the sentence reports quantities, as body text does.
fn states_figures(title: &str) -> bool {
    contains_any(title, "亿元 万元 % ％ 个百分点 億元 萬元")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_shapes() {
        let long = "班子成员分片包干，逐户走访，收集意见三百余条。";
        let glued = format!("园区党的建设　　{long}{long}");
        for (rest, expected) in [
            ("", Shape::Empty),
            (
                "园区概况",
                Shape::Alone {
                    title: "园区概况",
                    ending: Ending::Open,
                },
            ),
            (
                "梳理依据。",
                Shape::Alone {
                    title: "梳理依据",
                    ending: Ending::Stop,
                },
            ),
            (
                "编制年度预算；",
                Shape::Alone {
                    title: "编制年度预算",
                    ending: Ending::Clause,
                },
            ),
            (
                "班子重视，部署周密。年初以来多次开会。",
                Shape::RunIn {
                    title: "班子重视，部署周密",
                },
            ),
            (
                "适用范围：本文件适用于园区企业。",
                Shape::Colon {
                    title: "适用范围"
                },
            ),
            (
                &glued,
                Shape::Glued {
                    title: "园区党的建设",
                },
            ),
        ] {
            assert_eq!(shape(rest), expected, "{rest}");
        }
    }

    #[test]
    fn distinguishes_topics_from_provisions() {
        for (title, expected) in [
            ("班子重视，部署周密", true),
            ("必须坚持开门办园", true),
            ("承租人应当按时交租", false),
            ("本办法所称园区是指开发区", false),
            ("请各单位认真组织学习", false),
            ("实现产值三十亿元，增长8%", false),
            ("一手抓整改；一手抓发展", false),
        ] {
            assert_eq!(is_topic_sentence(title), expected, "{title}");
        }
    }
}
