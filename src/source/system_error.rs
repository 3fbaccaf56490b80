//! What the system says, as data: it is stored with an index, and compared.

use std::fmt;
use std::io::{self, ErrorKind};

use serde::{Deserialize, Serialize};

/// An error of the system: its number, or its words where it has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SystemError {
    /// The number that the system gave.
    Number(i32),
    /// What was said by a library instead of the system.
    Words(String),
}

impl SystemError {
    /// The sort of error.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Self::Number(number) => io::Error::from_raw_os_error(*number).kind(),
            Self::Words(_) => ErrorKind::Other,
        }
    }
}

impl From<io::Error> for SystemError {
    fn from(error: io::Error) -> Self {
        match error.raw_os_error() {
            Some(number) => Self::Number(number),
            None => Self::Words(error.to_string()),
        }
    }
}

impl From<SystemError> for io::Error {
    fn from(error: SystemError) -> Self {
        match error {
            SystemError::Number(number) => Self::from_raw_os_error(number),
            SystemError::Words(words) => Self::other(words),
        }
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => io::Error::from_raw_os_error(*number).fmt(f),
            Self::Words(words) => f.write_str(words),
        }
    }
}

/// Whether another program has the file open and lends it to nobody, as only Windows knows it: `ERROR_SHARING_VIOLATION` or
/// `ERROR_LOCK_VIOLATION`, for which the standard library has no kind.
pub fn is_held(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_system_is_its_number() {
        let error = SystemError::from(io::Error::from_raw_os_error(2));
        assert_eq!(error, SystemError::Number(2));
        assert_eq!(error.kind(), ErrorKind::NotFound);
        assert_eq!(
            error.to_string(),
            io::Error::from_raw_os_error(2).to_string()
        );
        assert_eq!(io::Error::from(error).raw_os_error(), Some(2));
    }

    #[test]
    fn other_errors_are_their_words() {
        let error = SystemError::from(io::Error::other("cut off"));
        assert_eq!(error, SystemError::Words("cut off".to_owned()));
        assert_eq!(
            (error.kind(), &*error.to_string()),
            (ErrorKind::Other, "cut off")
        );
        assert_eq!(io::Error::from(error).to_string(), "cut off");
    }

    #[test]
    fn numbers_and_words_are_stored_as_such() {
        for (error, json) in [
            (SystemError::Number(13), "13"),
            (SystemError::Words("cut off".to_owned()), "\"cut off\""),
        ] {
            assert_eq!(serde_json::to_string(&error).expect("plain data"), json);
            let back: SystemError = serde_json::from_str(json).expect("its own JSON");
            assert_eq!(back, error);
        }
    }
}
