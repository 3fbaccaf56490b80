//! What in a query looks like the query language of another tool: it is read as words here.

use super::lex::{half_width, is_prose};

/// Something that another tool would take for an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// The name of a field that is not one of ours: `标题:`.
    Field {
        /// The name as it is written, without its colon.
        name: String,
        /// Our name for it; `None` if it is not known what is meant.
        ours: Option<&'static str>,
    },
    /// A distance between two words as others write it: `near/5`, `w/5`, `甲$5乙`, `甲+5乙`.
    Distance {
        /// As it is written.
        text: String,
        /// The number in it.
        distance: usize,
    },
    /// A regular expression.
    Regex(String),
    /// `and`, `or` or `not` in small letters.
    SmallLetters(String),
    /// A single `&`.
    Ampersand,
    /// A single `|`, outside a phrase.
    Bar,
}

/// Other names of our fields.
const FIELDS: [(&str, &[&str]); 7] = [
    (
        "title",
        &["标题", "题名", "题目", "篇名", "名称", "intitle", "ti"],
    ),
    ("heading", &["小标题", "章节", "栏目", "section"]),
    ("kind", &["文种", "类型", "体裁", "类别", "type", "doctype"]),
    (
        "year",
        &[
            "年份",
            "年度",
            "年",
            "日期",
            "时间",
            "发布时间",
            "成文日期",
            "发文日期",
            "date",
            "time",
        ],
    ),
    (
        "path",
        &["路径", "文件", "文件名", "file", "filename", "inurl", "url"],
    ),
    (
        "issuer",
        &[
            "发文机关",
            "机关",
            "单位",
            "发布机构",
            "发布单位",
            "作者",
            "来源",
            "author",
            "source",
            "site",
            "agency",
        ],
    ),
    ("collection", &["资料集", "语料", "语料库", "库", "corpus"]),
];
/// Our own names.
const OURS: [&str; 8] = [
    "title",
    "heading",
    "kind",
    "year",
    "path",
    "role",
    "issuer",
    "collection",
];

/// What looks like another tool's in a query, each once, in order. Prose and phrases have nothing of the kind.
pub fn foreign(query: &str) -> Vec<Foreign> {
    let mut out: Vec<Foreign> = Vec::new();
    if is_prose(query) {
        return out;
    }
    let half: String = query.chars().map(half_width).collect();
    let words = words(&half);
    for (ord, word) in words.iter().enumerate() {
        // `OR` in small letters is one only between other words.
        let is_alone = words.len() < 2 || ord == 0 && *word != "not";
        let found = match *word {
            "and" | "or" | "not" if !is_alone => Some(Foreign::SmallLetters((*word).to_owned())),
            word => field(word)
                .or_else(|| regex(word))
                .or_else(|| distance(word)),
        };
        let found = found.into_iter().chain(signs(word));
        for found in found {
            if !out.contains(&found) {
                out.push(found);
            }
        }
    }
    out
}

/// The runs without blanks, without what is in quotation marks.
fn words(half: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut outside = true;
    for part in half.split(['"', '“', '”', '「', '」']) {
        if outside {
            out.extend(part.split_whitespace());
        }
        outside = !outside;
    }
    out
}

fn field(word: &str) -> Option<Foreign> {
    /// The longest name that is distinguished from the start of a sentence.
    const LONGEST: usize = 12;
    let word = word.trim_start_matches(['+', '-', '(']);
    let (name, _) = word.split_once(':')?;
    let lower = name.to_ascii_lowercase();
    if OURS.contains(&&*lower) || name.chars().nth(LONGEST).is_some() {
        return None;
    }
    let known = FIELDS.iter().find(|(_, names)| names.contains(&&*lower));
    let ours = known.map(|(ours, _)| *ours);
    let is_name = lower.chars().all(|ch| ch.is_ascii_lowercase() || ch == '_');
    let is_address = matches!(&*lower, "http" | "https" | "ftp" | "file");
    let is_told = ours.is_some() || is_name && !name.is_empty() && !is_address;
    is_told.then(|| Foreign::Field {
        name: name.to_owned(),
        ours,
    })
}

fn regex(word: &str) -> Option<Foreign> {
    const MARKS: [&str; 9] = [".*", ".+", ".{", "\\d", "\\w", "\\s", "\\b", "(?:", "[^"];
    let is_delimited = word.len() > 2 && word.starts_with('/') && word.ends_with('/');
    let is_regex = is_delimited || MARKS.iter().any(|mark| word.contains(mark));
    is_regex.then(|| Foreign::Regex(word.to_owned()))
}

fn distance(word: &str) -> Option<Foreign> {
    const NAMES: [&str; 7] = ["near/", "w/", "within/", "pre/", "adj", "near", "n/"];
    let lower = word.to_ascii_lowercase();
    let named = NAMES.iter().find_map(|name| {
        let n = lower.strip_prefix(name)?.parse().ok()?;
        // `NEAR/5` is ours.
        (!word.starts_with("NEAR/")).then(|| (word.to_owned(), n))
    });
    let found = named.or_else(|| {
        let is_sign = |ch: char| matches!(ch, '$' | '#' | '+' | '-' | '~');
        let signs = word.match_indices(is_sign);
        signs
            .filter_map(|(at, sign)| between_words(word, at, sign))
            .next()
    });
    found.map(|(text, distance)| Foreign::Distance { text, distance })
}

/// A sign and a number between two Han characters, as `$5` in `改革$5开放`; a `$` is one at the end of a word too.
fn between_words(word: &str, at: usize, sign: &str) -> Option<(String, usize)> {
    let after = &word[at + sign.len()..];
    let digits = after.len()
        - after
            .trim_start_matches(|ch: char| ch.is_ascii_digit())
            .len();
    let distance = after[..digits].parse().ok()?;
    let is_between = word[..at].ends_with(is_han) && after[digits..].starts_with(is_han);
    let is_dollar = sign == "$" && after[digits..].is_empty();
    (is_between || is_dollar).then(|| (format!("{sign}{}", &after[..digits]), distance))
}

/// Single `&` and `|` beside a Han character, or by themselves: `R&D` has none.
fn signs(word: &str) -> Vec<Foreign> {
    let is_beside = |at: usize| {
        let (before, after) = (&word[..at], &word[at + 1..]);
        word.len() == 1 || before.ends_with(is_han) || after.starts_with(is_han)
    };
    let is_double = |at: usize| {
        let sign = &word[at..=at];
        word[..at].ends_with(sign) || word[at + 1..].starts_with(sign)
    };
    let has = |sign: char| {
        let mut places = word.match_indices(sign).map(|(at, _)| at);
        places.any(|at| is_beside(at) && !is_double(at))
    };
    let found = [(has('&'), Foreign::Ampersand), (has('|'), Foreign::Bar)];
    let found = found.into_iter().filter(|(has, _)| *has);
    found.map(|(_, foreign)| foreign).collect()
}

fn is_han(ch: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&ch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &[Foreign]) {
        assert_eq!(foreign(query), expected, "{query}");
    }

    fn field(name: &str, ours: Option<&'static str>) -> Foreign {
        Foreign::Field {
            name: name.to_owned(),
            ours,
        }
    }

    fn distance(text: &str, distance: usize) -> Foreign {
        Foreign::Distance {
            text: text.to_owned(),
            distance,
        }
    }

    #[test]
    fn fields_of_others() {
        check("标题:水渠", &[field("标题", Some("title"))]);
        check("甲 发文机关：水利厅", &[field("发文机关", Some("issuer"))]);
        check("author:甲", &[field("author", Some("issuer"))]);
        check("filetype:pdf 甲", &[field("filetype", None)]);
        for ours in [
            "title:水渠",
            "ＹＥＡＲ：2009",
            "+kind:总结",
            "一是:抓落实",
            "https://a.b/c",
            "8:30",
        ] {
            check(ours, &[]);
        }
    }

    #[test]
    fn distances_of_others() {
        check("招商 near/5 就业", &[distance("near/5", 5)]);
        check("招商 w/3 就业", &[distance("w/3", 3)]);
        check("改革$5开放", &[distance("$5", 5)]);
        check("改革＋２开放", &[distance("+2", 2)]);
        check("改革 $10 开放", &[distance("$10", 10)]);
        check("招商 NEAR/5 就业 2018-2020 新冠-19 +招商 -引资", &[]);
    }

    #[test]
    fn signs_and_expressions_of_others() {
        check("/优化.*环境/", &[Foreign::Regex("/优化.*环境/".to_owned())]);
        check("优化|改善", &[Foreign::Bar]);
        check("优化 & 改善", &[Foreign::Ampersand]);
        check("优化 and 改善", &[Foreign::SmallLetters("and".to_owned())]);
        check("R&D 投入 甲 || 乙 && 丙 “(优化|改善)营商环境”", &[]);
        check("and", &[]);
        check("坚持标题:党建。优化|改善", &[]);
    }
}
