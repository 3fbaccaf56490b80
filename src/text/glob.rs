//! Globs from users: which ones are rejected before the glob engine reads them.

/// Maximum length of a glob in characters; paths that people write are far shorter.
const MAX_LENGTH: usize = 1_000;
/// Maximum nesting depth of braces. The glob engine (globset 0.4.21) panics from a depth of about 250.
const MAX_DEPTH: usize = 10;

/// Why a glob is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GlobProblem {
    /// Too many characters.
    #[error("at most 1,000 characters")]
    TooLong,
    /// Braces nested too deeply.
    #[error("at most 10 braces inside each other")]
    TooDeep,
    /// A square bracket that is not closed.
    #[error("unclosed character class; missing ']'")]
    UnclosedClass,
    /// A range of characters of which the first comes after the last.
    #[error("invalid range; '{0}' > '{1}'")]
    InvalidRange(char, char),
    /// A brace that is closed and was not opened.
    #[error("unopened alternate group; missing '{{' (maybe escape '}}' with '[}}]'?)")]
    UnopenedBrace,
    /// A brace that is not closed.
    #[error("unclosed alternate group; missing '}}' (maybe escape '{{' with '[{{]'?)")]
    UnclosedBrace,
    /// A backslash at the end.
    #[error("dangling '\\'")]
    DanglingEscape,
    /// Anything else that the engine for globs does not take.
    #[error("not a pattern that can be read")]
    Unreadable,
}

impl From<&globset::Error> for GlobProblem {
    fn from(error: &globset::Error) -> Self {
        use globset::ErrorKind;
        match *error.kind() {
            ErrorKind::UnclosedClass => Self::UnclosedClass,
            ErrorKind::InvalidRange(first, last) => Self::InvalidRange(first, last),
            ErrorKind::UnopenedAlternates => Self::UnopenedBrace,
            ErrorKind::UnclosedAlternates => Self::UnclosedBrace,
            ErrorKind::DanglingEscape => Self::DanglingEscape,
            _ => Self::Unreadable,
        }
    }
}

/// Checks that a glob is short and flat enough to be parsed.
///
/// # Errors
/// [`GlobProblem`] if it is not. The syntax of the glob is not checked.
pub fn check_glob(pattern: &str) -> Result<(), GlobProblem> {
    if pattern.chars().nth(MAX_LENGTH).is_some() {
        return Err(GlobProblem::TooLong);
    }
    let mut depth = 0_usize;
    for ch in pattern.chars() {
        match ch {
            '{' => depth += 1,
            // An unbalanced `}` is a syntax error that the engine reports; it must not underflow here.
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(GlobProblem::TooDeep);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejects_globs_that_are_too_long_or_too_deep() {
        let nested = |n: usize| format!("{}a{}", "{".repeat(n), "}".repeat(n));
        assert_eq!(check_glob("{2009,2010}/**/*.{txt,md}"), Ok(()));
        assert_eq!(check_glob(&nested(10)), Ok(()));
        assert_eq!(check_glob(&nested(11)), Err(GlobProblem::TooDeep));
        assert_eq!(check_glob(&nested(400)), Err(GlobProblem::TooDeep));
        assert_eq!(check_glob(&"園".repeat(1_000)), Ok(()));
        assert_eq!(check_glob(&"園".repeat(1_001)), Err(GlobProblem::TooLong));
    }

    #[test]
    fn braces_are_counted_by_their_depth_not_their_number() {
        assert_eq!(check_glob(&"{a,b}".repeat(100)), Ok(()));
        assert_eq!(check_glob(&"}".repeat(100)), Ok(()));
        // Closing braces without an opening one give no credit for later ones.
        let late = format!("{}{}", "}".repeat(20), "{".repeat(11));
        assert_eq!(check_glob(&late), Err(GlobProblem::TooDeep));
    }

    #[test]
    fn errors_of_the_engine_keep_their_reason() {
        for (pattern, expected) in [
            ("[ab", GlobProblem::UnclosedClass),
            ("[b-a]", GlobProblem::InvalidRange('b', 'a')),
            ("a}", GlobProblem::UnopenedBrace),
            ("{a", GlobProblem::UnclosedBrace),
            ("a\\", GlobProblem::DanglingEscape),
        ] {
            let error = globset::GlobBuilder::new(pattern)
                .backslash_escape(true)
                .build()
                .expect_err(pattern);
            assert_eq!(GlobProblem::from(&error), expected, "{pattern}");
        }
    }
}
