//! Why a file is not written: which file, what is wrong, what to do.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use xunzhang::source::is_held;

use crate::cli::messages::{self, Lang, say};

/// A file that is not written.
#[derive(Debug)]
pub(crate) struct Refusal {
    path: PathBuf,
    why: Why,
}

/// What is wrong with it.
#[derive(Debug)]
pub(super) enum Why {
    /// Its extension is not one of these.
    Extension(String),
    /// It is a folder.
    Folder,
    /// Its folder does not exist.
    NoFolder(PathBuf),
    /// It is a device, a pipe or a socket.
    NotAFile,
    /// It is a link to nothing.
    Dangling,
    /// It may not be changed.
    Protected,
    /// It is in the folder of an index.
    InIndex(PathBuf),
    /// The command reads it.
    Input,
    /// The index was built from it.
    Source,
    /// Another output of the command goes to it.
    Twice,
    /// It exists, and xunzhang did not write it with that extension.
    Foreign(&'static str),
    /// It is a file of ours that was changed since.
    Edited,
    /// It appeared or changed while the command ran.
    Changed,
    /// What the system says.
    System(io::Error),
}

impl Refusal {
    pub(super) fn new(path: &Path, why: Why) -> Self {
        Self {
            path: path.into(),
            why,
        }
    }

    /// The sentence in a language, on one line.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        let path = self.path.display();
        let why = self.why.sentence(lang);
        say!(lang, "refusal", path, why)
    }
}

impl Why {
    fn sentence(&self, lang: Lang) -> String {
        match self {
            Self::Extension(known) => say!(lang, "refusal-extension", known),
            Self::Folder => say!(lang, "refusal-folder"),
            Self::NoFolder(folder) => {
                let folder = folder.display();
                say!(lang, "refusal-no-folder", folder)
            }
            Self::NotAFile => say!(lang, "refusal-not-a-file"),
            Self::Dangling => say!(lang, "refusal-dangling"),
            Self::Protected => say!(lang, "refusal-protected"),
            Self::InIndex(dir) => {
                let dir = dir.display();
                say!(lang, "refusal-index", dir)
            }
            Self::Input => say!(lang, "refusal-input"),
            Self::Source => say!(lang, "refusal-source"),
            Self::Twice => say!(lang, "refusal-twice"),
            Self::Foreign(extension) => say!(lang, "refusal-not-ours", extension),
            Self::Edited => say!(lang, "refusal-edited"),
            Self::Changed => say!(lang, "refusal-changed"),
            Self::System(error) => of_system(error, lang),
        }
    }
}

fn of_system(error: &io::Error, lang: Lang) -> String {
    let key = match error.kind() {
        // These have remedies of their own; all others are in the system's words.
        ErrorKind::PermissionDenied if cfg!(windows) => "refusal-held",
        _ if is_held(error) => "refusal-held",
        ErrorKind::PermissionDenied => "refusal-denied",
        ErrorKind::ReadOnlyFilesystem => "refusal-read-only",
        ErrorKind::StorageFull => "refusal-disk-full",
        ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => "refusal-too-large",
        ErrorKind::InvalidFilename => "refusal-name",
        _ => return messages::of_system(error, lang),
    };
    say!(lang, key)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Logs and tests see this; users get the sentence in their language.
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for Refusal {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all() -> Vec<Why> {
        let system = |kind| Why::System(io::Error::from(kind));
        vec![
            Why::Extension(".csv".to_owned()),
            Why::Folder,
            Why::NoFolder("甲".into()),
            Why::NotAFile,
            Why::Dangling,
            Why::Protected,
            Why::InIndex("乙".into()),
            Why::Input,
            Why::Source,
            Why::Twice,
            Why::Foreign("csv"),
            Why::Edited,
            Why::Changed,
            system(ErrorKind::PermissionDenied),
            system(ErrorKind::ReadOnlyFilesystem),
            system(ErrorKind::StorageFull),
            system(ErrorKind::FileTooLarge),
            system(ErrorKind::InvalidFilename),
            system(ErrorKind::TimedOut),
        ]
    }

    #[test]
    fn every_refusal_has_its_own_sentence_and_its_file() {
        for lang in [Lang::Zh, Lang::En] {
            let sentences: Vec<String> = all()
                .into_iter()
                .map(|why| Refusal::new(Path::new("水渠.csv"), why).sentence(lang))
                .collect();
            let different: BTreeSet<&String> = sentences.iter().collect();
            assert_eq!(different.len(), sentences.len(), "{sentences:?}");
            for sentence in &sentences {
                assert!(
                    sentence.contains("水渠.csv") && !sentence.contains('\n'),
                    "{sentence}"
                );
            }
        }
    }

    #[test]
    fn a_full_quota_is_as_a_file_that_is_too_large() {
        let of = |kind: ErrorKind| of_system(&io::Error::from(kind), Lang::Zh);
        assert_eq!(of(ErrorKind::QuotaExceeded), of(ErrorKind::FileTooLarge));
        assert_ne!(of(ErrorKind::StorageFull), of(ErrorKind::FileTooLarge));
    }
}
