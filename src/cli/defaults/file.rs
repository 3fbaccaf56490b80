//! A file of defaults, read and checked.
//!
//! The tables are walked by hand rather than by serde, so that each problem is reported in the language of the reader, with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use xunzhang::source;
use xunzhang::source::input::read_list_text;

use super::error::{BadDefaults, Why};
use crate::cli::filter::check_value;

/// What the file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Defaults {
    /// The folder of the index, as written: relative to the folder of the file.
    pub(super) index: Option<String>,
    /// Globs that `index` and `watch` leave out.
    pub(super) exclude: Vec<String>,
    /// Documents that `check` leaves out.
    pub(super) excluded_documents: Vec<String>,
    /// The named filters.
    pub(super) filters: BTreeMap<String, NamedFilter>,
}

/// The values of a filter by the flag that takes them.
pub(super) type NamedFilter = BTreeMap<&'static str, Vec<String>>;

/// Keys of the whole file.
const KEYS: [&str; 4] = ["index", "exclude", "check", "filter"];
/// Keys of `[check]`.
const CHECK_KEYS: [&str; 1] = ["exclude"];
/// Keys of a filter, which are flags.
const FLAGS: [&str; 9] = [
    "collection",
    "issuer",
    "kind",
    "year",
    "since",
    "until",
    "path",
    "role",
    "section",
];
/// Flags that can be given once.
const SINGLE: [&str; 3] = ["since", "until", "section"];

/// Where the file is: a file of an index cannot name another index.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// In the folder of the index.
    Index,
    /// Wherever `--config` says.
    Anywhere,
}

/// Reads the defaults in `path`.
pub(super) fn read(path: &Path, home: Home) -> anyhow::Result<Defaults> {
    let text = read_list_text(path).map_err(source::Error::unreadable(path))?;
    Ok(parse(path, &text, home)?)
}

fn parse(path: &Path, text: &str, home: Home) -> Result<Defaults, BadDefaults> {
    let reader = Reader { path, text };
    let table = DeTable::parse(text).map_err(|error| reader.syntax(&error))?;
    let mut defaults = Defaults::default();
    for (key, value) in table.get_ref() {
        match &**key.get_ref() {
            "index" if home == Home::Index => {
                return Err(reader.problem(&key.span(), Why::IndexInItself));
            }
            "index" => defaults.index = reader.texts("index", value, true)?.pop(),
            "exclude" => defaults.exclude = reader.texts("exclude", value, false)?,
            "check" => defaults.excluded_documents = reader.check(value)?,
            "filter" => defaults.filters = reader.filters(value)?,
            unknown => return Err(reader.unknown(&key.span(), unknown, &KEYS)),
        }
    }
    Ok(defaults)
}

/// Reads values and says where they are wrong.
struct Reader<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Reader<'_> {
    fn problem(&self, span: &Range<usize>, why: Why) -> BadDefaults {
        // Counted here: the parser's own message names the line in English, within words that cannot be translated.
        let before = self.text.get(..span.start).unwrap_or(self.text);
        BadDefaults {
            path: PathBuf::from(self.path),
            line: Some(1 + before.matches('\n').count()),
            why,
        }
    }

    fn unknown(
        &self,
        span: &Range<usize>,
        key: &str,
        known: &'static [&'static str],
    ) -> BadDefaults {
        let key = key.to_owned();
        self.problem(span, Why::UnknownKey { key, known })
    }

    fn syntax(&self, error: &toml::de::Error) -> BadDefaults {
        let span = error.span().unwrap_or_default();
        let from = self
            .text
            .get(..span.start)
            .and_then(|before| before.rfind('\n'));
        let line = self
            .text
            .get(from.map_or(0, |at| at + 1)..)
            .unwrap_or_default();
        let line = line.lines().next().unwrap_or_default();
        // `[filter.问题]` is what people write first; TOML wants such names between quotation marks.
        let name = line.split('=').next().unwrap_or_default();
        let is_name = line.trim_start().starts_with('[') || line.contains('=');
        let is_bare = is_name && !name.is_ascii() && !name.contains(['"', '\'', '#']);
        let why = match is_bare {
            true => Why::BareName,
            false => Why::Syntax(error.message().to_owned()),
        };
        self.problem(&span, why)
    }

    fn table<'v>(
        &self,
        key: &str,
        value: &'v Spanned<DeValue<'_>>,
    ) -> Result<&'v DeTable<'v>, BadDefaults> {
        match value.get_ref() {
            DeValue::Table(table) => Ok(table),
            _ => Err(self.problem(&value.span(), Why::NoTable(key.to_owned()))),
        }
    }

    /// A text, or several in brackets. Years are often written as numbers, and dates as dates of TOML.
    fn texts(
        &self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        is_one: bool,
    ) -> Result<Vec<String>, BadDefaults> {
        let wrong = |value: &Spanned<DeValue<'_>>| {
            let key = key.to_owned();
            self.problem(&value.span(), Why::WrongType { key, is_one })
        };
        match value.get_ref() {
            // A list that was emptied would mean all documents.
            DeValue::Array(values) if values.is_empty() && FLAGS.contains(&key) => {
                Err(wrong(value))
            }
            DeValue::Array(values) if !is_one => values
                .iter()
                .map(|value| text_of(value.get_ref()).ok_or_else(|| wrong(value)))
                .collect(),
            one => Ok(vec![text_of(one).ok_or_else(|| wrong(value))?]),
        }
    }

    fn check(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, BadDefaults> {
        let mut excluded = Vec::new();
        for (key, value) in self.table("check", value)? {
            match &**key.get_ref() {
                "exclude" => excluded = self.texts("exclude", value, false)?,
                unknown => return Err(self.unknown(&key.span(), unknown, &CHECK_KEYS)),
            }
        }
        Ok(excluded)
    }

    fn filters(
        &self,
        value: &Spanned<DeValue<'_>>,
    ) -> Result<BTreeMap<String, NamedFilter>, BadDefaults> {
        let filters = self.table("filter", value)?.iter().map(|(name, value)| {
            let name = name.get_ref().to_string();
            let filter = self.filter(&name, value)?;
            Ok((name, filter))
        });
        filters.collect()
    }

    fn filter(&self, name: &str, value: &Spanned<DeValue<'_>>) -> Result<NamedFilter, BadDefaults> {
        let mut filter = NamedFilter::new();
        for (key, value) in self.table(&format!("filter.{name}"), value)? {
            let known = FLAGS.iter().find(|flag| **flag == key.get_ref());
            let Some(&flag) = known else {
                return Err(self.unknown(&key.span(), key.get_ref(), &FLAGS));
            };
            let texts = self.texts(flag, value, SINGLE.contains(&flag))?;
            // Checked here, not by clap: it would blame a flag that was not given.
            for text in &texts {
                if let Err(bad) = check_value(flag, text) {
                    let (key, value_text) = (flag.to_owned(), text.clone());
                    let why = Why::BadValue {
                        key,
                        value: value_text,
                        bad,
                    };
                    return Err(self.problem(&value.span(), why));
                }
            }
            filter.insert(flag, texts);
        }
        Ok(filter)
    }
}

fn text_of(value: &DeValue<'_>) -> Option<String> {
    match value {
        // As digits: whether 2016 is a year is decided where `--year 2016` is read.
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.as_str().to_owned()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::messages::Lang;

    fn parsed(text: &str) -> Result<Defaults, BadDefaults> {
        parse(Path::new("寻章.toml"), text, Home::Anywhere)
    }

    #[test]
    fn every_key_is_read() {
        let text = "index = \"../索引\"\nexclude = [\"*.bak\", \"旧/**\"]\n[check]\nexclude = \"甲.txt\"\n[filter.\"近年问题\"]\nyear = [2018, \"2020..2026\"]\nrole = \"问题\"\nsince = 2018-03-05\nissuer = [\"国务院\"]\n[filter.all]\n";
        let defaults = parsed(text).expect("defaults");
        assert_eq!(defaults.index.as_deref(), Some("../索引"));
        assert_eq!(defaults.exclude, ["*.bak", "旧/**"]);
        assert_eq!(defaults.excluded_documents, ["甲.txt"]);
        let filter = &defaults.filters["近年问题"];
        assert_eq!(filter["year"], ["2018", "2020..2026"]);
        assert_eq!(filter["since"], ["2018-03-05"]);
        assert_eq!(filter["role"], ["问题"]);
        assert!(defaults.filters["all"].is_empty());
        assert_eq!(
            parsed("# nothing\n").expect("defaults"),
            Defaults::default()
        );
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let said = parsed(text).expect_err(text).sentence(Lang::En);
        assert!(said.starts_with(expected), "{said}");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        check("\nexlude = []\n", "寻章.toml, line 2: unknown key `exlude`");
        check("[filter.a]\nyear = true\n", "寻章.toml, line 2: `year`");
        check(
            "[filter.a]\n\nyear = \"去年\"\n",
            "寻章.toml, line 3: `year`",
        );
        check(
            "[filter.a]\nrole = [\"问题\",\n\"难题\"]\n",
            "寻章.toml, line 2: `role`",
        );
        check(
            "[filter.a]\nisuer = \"甲\"\n",
            "寻章.toml, line 2: unknown key `isuer`",
        );
        check("filter = 3\n", "寻章.toml, line 1: `filter`");
        check("exclude = [\n", "寻章.toml, line ");
        check(
            "[filter.问题]\nrole = \"问题\"\n",
            "寻章.toml, line 1: put ",
        );
        check(
            "[filter.a]\nsince = [\"2010\"]\n",
            "寻章.toml, line 2: `since`",
        );
        let here = parse(Path::new("a"), "index = \"x\"\n", Home::Index);
        assert!(matches!(
            here.expect_err("an error").why,
            Why::IndexInItself
        ));
    }
}
