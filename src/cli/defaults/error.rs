//! What is wrong with a file of defaults: the file, the line, what to do.

use std::fmt;
use std::path::PathBuf;

use crate::cli::messages::{Lang, listed, say};
use crate::cli::value::BadValue;

/// A file of defaults that cannot be used.
#[derive(Debug)]
pub(crate) struct BadDefaults {
    pub(super) path: PathBuf,
    /// Its 1-based line, where one of them is to blame.
    pub(super) line: Option<usize>,
    pub(super) why: Why,
}

/// What is wrong.
#[derive(Debug)]
pub(super) enum Why {
    /// It is not TOML, in the words of the parser.
    Syntax(String),
    /// The same, because of a bare name that is not ASCII.
    BareName,
    /// A key that means nothing here.
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    /// A value that is no text where text is needed, or several where one is.
    WrongType { key: String, is_one: bool },
    /// A table was needed.
    NoTable(String),
    /// A text that the flag does not take.
    BadValue {
        key: String,
        value: String,
        bad: BadValue,
    },
    /// The folder of the index, set inside that folder.
    IndexInItself,
    /// `--filter` names a filter that the file does not have.
    NoFilter { name: String, known: Vec<String> },
    /// The filter restricts what the command cannot restrict.
    NotTaken {
        name: String,
        flag: &'static str,
        command: String,
    },
}

impl BadDefaults {
    /// The sentence in a language, on one line.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let path = self.path.display();
        let why = self.why.sentence(lang);
        // What is wrong with the whole file, or with a name that it does not have, is on no line.
        match self.line {
            Some(line) => say!(lang, "defaults-at", path, line, why),
            None => say!(lang, "defaults-in", path, why),
        }
    }
}

impl Why {
    fn sentence(&self, lang: Lang) -> String {
        match self {
            // The parser speaks English only; what is around its words says what to write.
            Self::Syntax(said) => say!(lang, "defaults-syntax", said),
            Self::BareName => say!(lang, "defaults-bare-name"),
            Self::UnknownKey { key, known } => {
                let known = listed(known, lang);
                say!(lang, "defaults-unknown-key", key, known)
            }
            Self::WrongType { key, is_one: true } => say!(lang, "defaults-one-text", key),
            Self::WrongType { key, is_one: false } => say!(lang, "defaults-texts", key),
            Self::NoTable(key) => say!(lang, "defaults-no-table", key),
            Self::BadValue { key, value, bad } => {
                let reason = bad.sentence(lang);
                say!(lang, "defaults-bad-value", key, value, reason)
            }
            Self::IndexInItself => say!(lang, "defaults-index-in-itself"),
            Self::NoFilter { name, known } => no_filter(name, known, lang),
            Self::NotTaken {
                name,
                flag,
                command,
            } => say!(lang, "defaults-not-taken", name, flag = *flag, command),
        }
    }
}

/// A name that no filter has: the names that there are, or how one is made.
fn no_filter(name: &str, known: &[String], lang: Lang) -> String {
    match known.is_empty() {
        true => say!(lang, "defaults-no-filters", name),
        false => {
            let known = listed(known, lang);
            say!(lang, "defaults-no-filter", name, known)
        }
    }
}

impl fmt::Display for BadDefaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for BadDefaults {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_problem_has_its_own_words_its_file_and_its_line() {
        let text = |text: &str| text.to_owned();
        let all = || {
            [
                Why::Syntax(text("expected a key")),
                Why::BareName,
                Why::UnknownKey {
                    key: text("乙"),
                    known: &["index", "exclude"],
                },
                Why::WrongType {
                    key: text("乙"),
                    is_one: true,
                },
                Why::WrongType {
                    key: text("乙"),
                    is_one: false,
                },
                Why::NoTable(text("乙")),
                Why::BadValue {
                    key: text("乙"),
                    value: text("丙"),
                    bad: BadValue::Years,
                },
                Why::IndexInItself,
                Why::NoFilter {
                    name: text("乙"),
                    known: Vec::new(),
                },
                Why::NoFilter {
                    name: text("乙"),
                    known: vec![text("丁")],
                },
                Why::NotTaken {
                    name: text("乙"),
                    flag: "role",
                    command: text("docs"),
                },
            ]
        };
        for lang in [Lang::Zh, Lang::En] {
            for line in [None, Some(7)] {
                let said = all().map(|why| {
                    let path = PathBuf::from("寻章.toml");
                    BadDefaults { path, line, why }.sentence(lang)
                });
                let different: std::collections::BTreeSet<&String> = said.iter().collect();
                assert_eq!(different.len(), said.len(), "{said:?}");
                for said in &said {
                    assert!(said.contains("寻章.toml") && !said.contains('\n'), "{said}");
                    assert_eq!(said.contains('7'), line.is_some(), "{said}");
                }
            }
        }
    }
}
