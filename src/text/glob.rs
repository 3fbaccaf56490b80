//! Globs from users: what is refused before the engine for globs sees it.

/// Longest glob, in characters; paths that people write are far shorter.
const MAX_LENGTH: usize = 1_000;
/// Most braces inside each other. The engine for globs (globset 0.4.21) panics from some 250 on.
const MAX_DEPTH: usize = 10;

/// Why a glob is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GlobProblem {
    /// Too many characters.
    #[error("at most 1,000 characters")]
    TooLong,
    /// Too many braces inside each other.
    #[error("at most 10 braces inside each other")]
    TooDeep,
}

/// Checks that a glob is short and flat enough to be read.
///
/// # Errors
/// [`GlobProblem`] if it is not. Whether it is a glob at all is not looked at.
pub fn check_glob(pattern: &str) -> Result<(), GlobProblem> {
    if pattern.chars().nth(MAX_LENGTH).is_some() {
        return Err(GlobProblem::TooLong);
    }
    let mut depth = 0_usize;
    for ch in pattern.chars() {
        match ch {
            '{' => depth += 1,
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
    fn what_would_be_too_much_is_refused() {
        let nested = |n: usize| format!("{}a{}", "{".repeat(n), "}".repeat(n));
        assert_eq!(check_glob("{2009,2010}/**/*.{txt,md}"), Ok(()));
        assert_eq!(check_glob(&nested(10)), Ok(()));
        assert_eq!(check_glob(&nested(11)), Err(GlobProblem::TooDeep));
        assert_eq!(check_glob(&nested(400)), Err(GlobProblem::TooDeep));
        assert_eq!(check_glob(&"園".repeat(1_000)), Ok(()));
        assert_eq!(check_glob(&"園".repeat(1_001)), Err(GlobProblem::TooLong));
    }
}
