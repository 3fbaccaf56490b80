//! Globs of document ids.

use globset::{GlobBuilder, GlobMatcher};

use crate::query::{Error, Result};
use crate::text::glob::{GlobProblem, check_glob};
use crate::text::normalize::normalize;

/// A glob of document ids: `*` stops at `/`, `**` does not. A record also matches by its file's path alone.
///
/// Script, width and case make no difference where the pattern has other characters than ASCII. Without any wildcard it is a
/// path as people copy it: of a document, or of a folder and all below it. Where ids begin with the name of their collection, a
/// path inside the collection will do as well: what was typed for one folder means the same once a second one is indexed.
pub(crate) struct IdPattern {
    matcher: GlobMatcher,
    /// The same for normalized ids.
    normalized: Option<GlobMatcher>,
    /// Names of collections that ids begin with.
    prefixes: Vec<String>,
}

/// Characters of a pattern that a message shows.
const MAX_SHOWN: usize = 60;

impl IdPattern {
    /// Reads `pattern`, for ids that begin with one of `prefixes` if there are any.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if it is no glob.
    pub(crate) fn new(pattern: &str, prefixes: &[String]) -> Result<Self> {
        let plain = pattern.trim().replace('\\', "/");
        let plain = plain.trim_start_matches("./").trim_end_matches('/');
        let has_wildcard = pattern.contains(['*', '?', '[', '{']);
        let below = format!("{{{plain},{plain}/**}}");
        let is_path = !has_wildcard && !plain.contains([',', '}', ']']) && !plain.is_empty();
        let read = Self::of_glob(if is_path { &below } else { pattern }, pattern)?;
        Ok(Self {
            prefixes: prefixes.to_vec(),
            ..read
        })
    }

    fn of_glob(glob: &str, pattern: &str) -> Result<Self> {
        let matcher = |text: &str| {
            check_glob(text)?;
            let glob = GlobBuilder::new(text).literal_separator(true).build();
            let glob = glob.map_err(|error| GlobProblem::from(&error))?;
            Ok(glob.compile_matcher())
        };
        let bad = |problem: GlobProblem| Error::BadGlob {
            pattern: pattern.chars().take(MAX_SHOWN).collect(),
            problem,
        };
        Ok(Self {
            matcher: matcher(glob).map_err(bad)?,
            // A valid glob may be invalid once normalized, as with a full-width bracket.
            normalized: match glob.is_ascii() {
                true => None,
                false => matcher(&normalize(glob)).ok(),
            },
            prefixes: Vec::new(),
        })
    }

    /// Whether the document `id` is meant.
    pub(crate) fn covers(&self, id: &str) -> bool {
        let inside = |prefix: &String| id.strip_prefix(prefix.as_str())?.strip_prefix('/');
        self.matches(id)
            || self
                .prefixes
                .iter()
                .filter_map(inside)
                .any(|id| self.matches(id))
    }

    fn matches(&self, id: &str) -> bool {
        let matches =
            |matcher: &GlobMatcher, id: &str| matcher.is_match(id) || matcher.is_match(file_of(id));
        matches(&self.matcher, id)
            || self
                .normalized
                .as_ref()
                .is_some_and(|matcher| matches(matcher, &normalize(id)))
    }
}

/// The file that a document's id names, without the record's key.
fn file_of(id: &str) -> &str {
    id.rsplit_once('#').map_or(id, |(file, _)| file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn covers_files_and_their_records() {
        for (pattern, id, expected) in [
            ("2009/*.txt", "2009/总结.txt", true),
            ("*.txt", "2009/总结.txt", false),
            ("**/*.txt", "2009/总结.txt", true),
            ("*.jsonl", "报告.jsonl#42", true),
            ("报告.jsonl#4*", "报告.jsonl#42", true),
            ("报告.jsonl#5*", "报告.jsonl#42", false),
            ("報告*", "报告.jsonl#42", true),
            ("报告２*", "報告2.txt", true),
            ("a*", "A.txt", false),
            ("2009", "2009/总结.txt", true),
            ("./2009/", "2009/一季度/总结.txt", true),
            ("2009\\一季度", "2009/一季度/总结.txt", true),
            ("2009", "20091/总结.txt", false),
            ("2009", "总结/2009.txt", false),
            ("報告.jsonl", "报告.jsonl#42", true),
            ("2009/总结.txt", "2009/总结.txt", true),
        ] {
            let glob = IdPattern::new(pattern, &[]).expect("a glob");
            assert_eq!(glob.covers(id), expected, "{pattern} {id}");
        }
        assert!(IdPattern::new("a[", &[]).is_err());
        let prefixes = ["甲县".to_owned(), "乙县".to_owned()];
        for (pattern, expected) in [
            ("2009/*.txt", true),
            ("甲县/2009", true),
            ("2009", true),
            ("*/2009/*", true),
            ("乙县/2009", false),
            ("总结.txt", false),
        ] {
            let glob = IdPattern::new(pattern, &prefixes).expect("a glob");
            assert_eq!(glob.covers("甲县/2009/总结.txt"), expected, "{pattern}");
        }
        let nested = format!("{}a{}", "{".repeat(400), "}".repeat(400));
        assert!(IdPattern::new(&nested, &[]).is_err());
    }
}
