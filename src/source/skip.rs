//! Why a file gives no document.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::system_error::SystemError;
use super::what::{Damage, Damaged, Protection, What};

/// Why a file gives no document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Skip {
    /// The system does not allow reading it.
    #[error("{}", unreadable(.0))]
    Unreadable(SystemError),
    /// The reader failed on it.
    #[error("the reader failed on it; please report this")]
    Crashed,
    /// The reader does not finish in its time ([`worker::Limits::time`](crate::source::worker::Limits::time)).
    #[error("takes more than {seconds} s to read; save it anew in its own program, or split it")]
    TooSlow {
        /// Its time.
        seconds: u64,
    },
    /// The reader needs more memory than its limit
    /// ([`worker::Limits::memory`](crate::source::worker::Limits::memory)).
    #[error(
        "needs more than {megabytes} MB of memory to read; save it anew in its own program, or split it"
    )]
    TooHungry {
        /// Its limit.
        megabytes: u64,
    },
    /// A device, a socket or a folder.
    #[error("is not a file")]
    NotAFile,
    /// Larger than [`ReadOptions::max_bytes`](crate::source::ReadOptions::max_bytes).
    #[error("is too large: {size} bytes, the limit is {limit}; split it")]
    TooLarge {
        /// Its length in bytes.
        size: u64,
        /// The maximum.
        limit: u64,
    },
    /// A document with more text than [`ReadOptions::max_text`](crate::source::ReadOptions::max_text).
    #[error(
        "holds more text than one document may, {megabytes} MB with 160 bytes for each line; split it, or index it with more --memory"
    )]
    TooMuchText {
        /// The maximum.
        megabytes: usize,
    },
    /// A record that is too long, such as one with an unclosed quotation mark.
    #[error(
        "has a record of over {megabytes} MB at line {line}; close its quotation mark, split it, or index it with more --memory"
    )]
    LongRecord {
        /// The 1-based line on which it begins.
        line: u64,
        /// The maximum.
        megabytes: usize,
    },
    /// An unsupported kind of file.
    #[error("is {0}, which this version does not read; save it as plain text to include it")]
    Unsupported(What),
    /// A picture.
    #[error("is {0}, a picture without text; `index --ocr` recognizes its text")]
    Picture(What),
    /// An archive that is not unpacked.
    #[error("is {0}, which is not unpacked here; unpack it into a folder, or pack it as .zip")]
    Packed(What),
    /// A document of a program whose files are too old to be read.
    #[error(
        "is {what}, which is too old to be read; open it in its own program, WPS Office or LibreOffice and save it as {ending}"
    )]
    TooOld {
        /// What it is.
        what: What,
        /// The ending of what it is to be saved as.
        ending: Cow<'static, str>,
    },
    /// It can be opened only by authorized users; the name of the protection.
    #[error("is protected by {0}; save it without protection where it can be opened")]
    Protected(Protection),
    /// It cannot be read without a password.
    #[error("needs a password; save it without one to include it")]
    Encrypted,
    /// It unpacks to more than [`ReadOptions::max_unpacked`](crate::source::ReadOptions::max_unpacked).
    #[error("unpacks to more than {limit} bytes; split it")]
    Expands {
        /// The maximum.
        limit: u64,
    },
    /// Scanned: its pages are pictures.
    #[error("has no text, only pictures on {pages} pages; `index --ocr` recognizes their text")]
    OnlyPictures {
        /// How many pages.
        pages: usize,
    },
    /// Bytes that are not text in any known encoding.
    #[error("is not text in any encoding that is known here")]
    Binary,
    /// A file of a known format that cannot be parsed.
    #[error("is a damaged {what}: {reason}")]
    Damaged {
        /// The format.
        what: Damaged,
        /// What is wrong.
        reason: Damage,
    },
    /// No text in it.
    #[error("no text in it")]
    Empty,
    /// A file that this program wrote ([`mark`](crate::source::mark)).
    #[error("was written by xunzhang itself")]
    OwnOutput,
}

impl From<std::io::Error> for Skip {
    fn from(error: std::io::Error) -> Self {
        Self::Unreadable(error.into())
    }
}

/// What the system says of a file or folder that it does not let be read, and what to do.
pub(super) fn unreadable(error: &SystemError) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => {
            "may not be read; change its permissions to include it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::*;

    #[test]
    fn every_reason_is_stored_and_read_again() {
        for skip in [
            Skip::Unreadable(SystemError::Number(2)),
            Skip::Crashed,
            Skip::TooSlow { seconds: 8 },
            Skip::TooHungry { megabytes: 900 },
            Skip::NotAFile,
            Skip::TooLarge { size: 2, limit: 1 },
            Skip::TooMuchText { megabytes: 150 },
            Skip::LongRecord {
                line: 3,
                megabytes: 50,
            },
            Skip::Unsupported(What::Film),
            Skip::Picture(What::PngImage),
            Skip::Packed(What::RarArchive),
            Skip::TooOld {
                what: What::Word6,
                ending: ".docx".into(),
            },
            Skip::Protected(Protection::Irm),
            Skip::Encrypted,
            Skip::Expands { limit: 9 },
            Skip::OnlyPictures { pages: 3 },
            Skip::Binary,
            Skip::Damaged {
                what: Damaged::Pdf,
                reason: Damage::NoPage,
            },
            Skip::Empty,
            Skip::OwnOutput,
        ] {
            let json = serde_json::to_string(&skip).expect("plain data");
            let back: Skip = serde_json::from_str(&json).expect("its own JSON");
            assert_eq!(back, skip, "{json}");
            assert!(!skip.to_string().is_empty());
        }
    }

    #[test]
    fn what_the_system_refuses_says_what_to_do() {
        let skip = |kind: ErrorKind| Skip::from(Error::from(kind)).to_string();
        let denied = Skip::from(Error::from_raw_os_error(13)).to_string();
        if cfg!(unix) {
            assert_eq!(
                denied,
                "may not be read; change its permissions to include it"
            );
        }
        assert!(skip(ErrorKind::UnexpectedEof).starts_with("cannot be read: "));
    }
}
