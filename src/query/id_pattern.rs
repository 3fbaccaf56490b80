//! Globs of document ids.

use globset::{GlobBuilder, GlobMatcher};

use crate::query::{Error, Result};
use crate::text::glob::{GlobProblem, check_glob};
use crate::text::normalize::normalize;

/// A glob of document ids: `*` stops at `/`, `**` does not. A record also matches by its file's path alone.
///
/// Script, width and case make no difference where the pattern has other characters than ASCII.
pub(crate) struct IdPattern {
    matcher: GlobMatcher,
    /// The same for normalized ids.
    normalized: Option<GlobMatcher>,
}

/// Characters of a pattern that a message shows.
const MAX_SHOWN: usize = 60;

impl IdPattern {
    /// Reads `pattern`.
    ///
    /// # Errors
    /// [`crate::query::Error::BadGlob`] if it is no glob.
    pub(crate) fn new(pattern: &str) -> Result<Self> {
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
            matcher: matcher(pattern).map_err(bad)?,
            // A valid glob may be invalid once normalized, as with a full-width bracket.
            normalized: match pattern.is_ascii() {
                true => None,
                false => matcher(&normalize(pattern)).ok(),
            },
        })
    }

    /// Whether the document `id` is meant.
    pub(crate) fn covers(&self, id: &str) -> bool {
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
        ] {
            let glob = IdPattern::new(pattern).expect("a glob");
            assert_eq!(glob.covers(id), expected, "{pattern} {id}");
        }
        assert!(IdPattern::new("a[").is_err());
        let nested = format!("{}a{}", "{".repeat(400), "}".repeat(400));
        assert!(IdPattern::new(&nested).is_err());
    }
}
