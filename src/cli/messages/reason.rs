//! Words for the reasons of skipped files, for system errors, and for the reasons of boilerplate.

use std::io::ErrorKind;

use xunzhang::document::Reason;
use xunzhang::index::SkipReason;
use xunzhang::source::{Damage, Damaged, Protection, Skip, SystemError, What, is_held, walk};

use super::{Lang, say};

/// Why a file was skipped, worded to follow its name.
pub(crate) fn of_reason(reason: &SkipReason, lang: Lang) -> String {
    match reason {
        SkipReason::Read(skip) => of_skip(skip, lang),
        SkipReason::Pages(n) => say!(lang, "skip-pages", n),
        SkipReason::Inside { reason, .. } => of_skip(reason, lang),
        SkipReason::Walk(walk::Reason::Loop(above)) => {
            say!(lang, "skip-loop", above = above.display())
        }
        SkipReason::Walk(walk::Reason::Dangling) => say!(lang, "skip-dangling"),
        SkipReason::Walk(walk::Reason::Emptied) => say!(lang, "skip-emptied"),
        SkipReason::Walk(walk::Reason::Unreadable(error)) => of_unreadable(error, lang),
    }
}

fn of_unreadable(error: &SystemError, lang: Lang) -> String {
    match error.kind() {
        // This has a remedy of its own; in all other cases the system's words are the best there are.
        ErrorKind::PermissionDenied => say!(lang, "skip-denied"),
        _ => {
            let reason = of_system(&error.clone().into(), lang);
            say!(lang, "skip-unreadable", reason)
        }
    }
}

/// Why a file gives no document.
pub(crate) fn of_skip(skip: &Skip, lang: Lang) -> String {
    match skip {
        Skip::Unreadable(error) => of_unreadable(error, lang),
        Skip::NotAFile => say!(lang, "skip-not-a-file"),
        Skip::Binary => say!(lang, "skip-binary"),
        Skip::Empty => say!(lang, "skip-empty"),
        Skip::OwnOutput => say!(lang, "skip-own-output"),
        Skip::Crashed => say!(lang, "skip-crashed"),
        Skip::Encrypted => say!(lang, "skip-encrypted"),
        Skip::TooLarge { size, limit } => say!(lang, "skip-too-large", size, limit),
        Skip::TooSlow { seconds } => say!(lang, "skip-too-slow", seconds),
        Skip::TooHungry { megabytes } => say!(lang, "skip-too-hungry", megabytes),
        Skip::TooMuchText { megabytes } => say!(lang, "skip-too-much-text", megabytes),
        Skip::LongRecord { line, megabytes } => say!(lang, "skip-long-record", line, megabytes),
        Skip::Expands { limit } => say!(lang, "skip-expands", limit),
        Skip::OnlyPictures { pages } => say!(lang, "skip-only-pictures", pages),
        Skip::Unsupported(what) => say!(
            lang,
            "skip-unsupported",
            what = behind(of_what(*what, lang), lang)
        ),
        Skip::Picture(what) => say!(
            lang,
            "skip-picture",
            what = behind(of_what(*what, lang), lang)
        ),
        Skip::Packed(what) => say!(
            lang,
            "skip-packed",
            what = behind(of_what(*what, lang), lang)
        ),
        Skip::TooOld { what, ending } => {
            say!(
                lang,
                "skip-too-old",
                what = behind(of_what(*what, lang), lang),
                ending
            )
        }
        Skip::Protected(by) => say!(lang, "skip-protected", by = of_protection(*by, lang)),
        Skip::Damaged { what, reason } => say!(
            lang,
            "skip-damaged",
            what = behind(of_damaged(*what, lang), lang),
            reason = of_damage(*reason, lang)
        ),
    }
}

/// A name after a Chinese character: with a blank before Latin letters and digits.
fn behind(name: String, lang: Lang) -> String {
    match name.starts_with(|ch: char| ch.is_ascii_alphanumeric()) && lang == Lang::Zh {
        true => format!(" {name}"),
        false => name,
    }
}

/// What a file is.
pub(crate) fn of_what(what: What, lang: Lang) -> String {
    say!(lang, &format!("what-{}", what.id()))
}

fn of_damaged(what: Damaged, lang: Lang) -> String {
    say!(lang, &format!("damaged-{}", what.id()))
}

fn of_damage(damage: Damage, lang: Lang) -> String {
    say!(lang, &format!("damage-{}", damage.id()))
}

fn of_protection(by: Protection, lang: Lang) -> String {
    say!(lang, &format!("protection-{}", by.id()))
}

/// What the system says, as a clause; in Chinese by the sort of error, since the system's own words are English.
pub(crate) fn of_system(error: &std::io::Error, lang: Lang) -> String {
    // By its kind, since systems number and word the same error differently.
    let kind = match error.kind() {
        _ if is_held(error) => "busy",
        ErrorKind::NotFound => "not-found",
        ErrorKind::PermissionDenied => "denied",
        ErrorKind::AlreadyExists => "exists",
        ErrorKind::IsADirectory => "folder",
        ErrorKind::NotADirectory => "not-a-folder",
        ErrorKind::DirectoryNotEmpty => "folder-not-empty",
        ErrorKind::ReadOnlyFilesystem => "read-only",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk-full",
        ErrorKind::FileTooLarge => "too-large",
        ErrorKind::InvalidFilename => "name",
        ErrorKind::InvalidData => "not-utf8",
        ErrorKind::UnexpectedEof => "cut",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "busy",
        ErrorKind::TimedOut => "timeout",
        ErrorKind::OutOfMemory => "memory",
        _ => "other",
    };
    let said = match (lang, error.raw_os_error()) {
        (Lang::En, _) => error.to_string(),
        // The number can be looked up in any language.
        (Lang::Zh, Some(number)) => format!("（{number}）"),
        (Lang::Zh, None) => String::new(),
    };
    say!(lang, "system", kind, said)
}

/// Why a line is boilerplate, as a noun.
pub(crate) fn of_boilerplate(reason: Reason, lang: Lang) -> &'static str {
    lang.text(match reason {
        Reason::Contents => "boilerplate-contents",
        Reason::RunningHead => "boilerplate-running-head",
        Reason::PageNumber => "boilerplate-page-number",
        Reason::Metadata => "boilerplate-metadata",
        Reason::Frame => "boilerplate-frame",
        Reason::RepeatedTitle => "boilerplate-repeated-title",
        Reason::RepeatedText => "boilerplate-repeated-text",
        Reason::Hidden => "boilerplate-hidden",
        Reason::Symbols => "boilerplate-symbols",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The library's own names are English: both catalogues have all of them, and the English ones are the same.
    #[test]
    fn every_name_of_the_library_has_its_words() {
        let mut said = Vec::new();
        for lang in [Lang::Zh, Lang::En] {
            let what = What::ALL
                .iter()
                .map(|&what| (of_what(what, lang), what.name()));
            said.extend(what);
            said.extend(
                Damaged::ALL
                    .iter()
                    .map(|&what| (of_damaged(what, lang), what.name())),
            );
            said.extend(
                Damage::ALL
                    .iter()
                    .map(|&why| (of_damage(why, lang), why.name())),
            );
            said.extend(
                Protection::ALL
                    .iter()
                    .map(|&by| (of_protection(by, lang), by.name())),
            );
            for (text, english) in said.drain(..) {
                assert_eq!(text == english, lang == Lang::En, "{text}: {english}");
                assert!(
                    !text.contains("what-") && !text.contains("damage"),
                    "{text}"
                );
            }
        }
    }

    /// What is stored and what JSON gives is the library's sentence; people read the same.
    #[test]
    fn english_is_what_the_library_says() {
        let skips = [
            Skip::Crashed,
            Skip::TooSlow { seconds: 3 },
            Skip::TooHungry { megabytes: 3 },
            Skip::NotAFile,
            Skip::TooLarge { size: 3, limit: 2 },
            Skip::TooMuchText { megabytes: 3 },
            Skip::LongRecord {
                line: 2,
                megabytes: 3,
            },
            Skip::Unsupported(What::Film),
            Skip::Picture(What::PngImage),
            Skip::Packed(What::RarArchive),
            Skip::TooOld {
                what: What::Word2,
                ending: ".docx".into(),
            },
            Skip::Protected(Protection::Drm),
            Skip::Encrypted,
            Skip::Expands { limit: 3 },
            Skip::OnlyPictures { pages: 3 },
            Skip::Binary,
            Skip::Damaged {
                what: Damaged::Pdf,
                reason: Damage::NoPage,
            },
            Skip::Empty,
            Skip::OwnOutput,
            Skip::from(std::io::Error::from_raw_os_error(13)),
            Skip::from(std::io::Error::from_raw_os_error(2)),
        ];
        for skip in skips {
            assert_eq!(of_skip(&skip, Lang::En), skip.to_string());
            assert_ne!(of_skip(&skip, Lang::Zh), skip.to_string());
        }
        let reasons = [
            walk::Reason::Loop("上".into()),
            walk::Reason::Dangling,
            walk::Reason::Emptied,
        ];
        let reasons = reasons.map(SkipReason::Walk);
        for reason in reasons.into_iter().chain([SkipReason::Pages(3)]) {
            assert_eq!(of_reason(&reason, Lang::En), reason.to_string());
        }
    }

    #[test]
    fn errors_of_the_system_are_in_the_language_too() {
        let denied = SystemError::from(std::io::Error::from_raw_os_error(13));
        assert_eq!(
            of_skip(&Skip::Unreadable(denied), Lang::Zh),
            "没有权限读取；请更改它的权限"
        );
        let odd = SystemError::from(std::io::Error::from_raw_os_error(5));
        assert_eq!(
            of_skip(&Skip::Unreadable(odd), Lang::Zh),
            "无法读取：系统报错（5）"
        );
        let words = SystemError::from(std::io::Error::other("in English"));
        assert_eq!(
            of_skip(&Skip::Unreadable(words), Lang::Zh),
            "无法读取：系统报错"
        );
    }

    #[test]
    fn a_name_in_latin_letters_has_a_blank_before_it_in_chinese() {
        for (name, zh) in [
            ("PDF 文件", " PDF 文件"),
            ("7z 压缩包", " 7z 压缩包"),
            ("图片", "图片"),
            ("", ""),
        ] {
            assert_eq!(behind(name.to_owned(), Lang::Zh), zh);
            assert_eq!(behind(name.to_owned(), Lang::En), name);
        }
    }

    #[test]
    fn each_sort_of_a_system_error_has_its_own_clause() {
        let kinds = [
            ErrorKind::NotFound,
            ErrorKind::PermissionDenied,
            ErrorKind::AlreadyExists,
            ErrorKind::IsADirectory,
            ErrorKind::NotADirectory,
            ErrorKind::DirectoryNotEmpty,
            ErrorKind::ReadOnlyFilesystem,
            ErrorKind::StorageFull,
            ErrorKind::FileTooLarge,
            ErrorKind::InvalidFilename,
            ErrorKind::InvalidData,
            ErrorKind::UnexpectedEof,
            ErrorKind::ResourceBusy,
            ErrorKind::TimedOut,
            ErrorKind::OutOfMemory,
            ErrorKind::Other,
        ];
        let said = kinds.map(|kind| of_system(&kind.into(), Lang::Zh));
        let different: std::collections::BTreeSet<&String> = said.iter().collect();
        assert_eq!(different.len(), kinds.len(), "{said:?}");
        let quota = of_system(&ErrorKind::QuotaExceeded.into(), Lang::Zh);
        assert_eq!(quota, of_system(&ErrorKind::StorageFull.into(), Lang::Zh));
    }
}
