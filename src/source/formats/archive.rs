//! ZIP archives: the documents of every file inside, each under its path.

use super::inside::{Inside, ReadFile, ReadPictures, picture_inside, skipped};
use super::source::Source;
use crate::source::package::Package;
use crate::source::raw::{PagePicture, Raw};
use crate::source::{Damage, Damaged, Skip, Warning, What};

/// Maximum nesting depth of archives.
const MAX_DEPTH: usize = 3;
/// Maximum number of files that are read.
const MAX_FILES: usize = 100_000;

/// Reads the files of the archive in `bytes` in the order of its directory, each with `read`; calls `each` once
/// for each document.
///
/// The key of a document is the path of its file, with `#` and its own key where that file has several. A
/// file that cannot be read becomes a warning of the next document. Hidden files and files added by macOS are
/// skipped.
///
/// # Errors
/// The first [`Skip`] of a file inside if none of them yields a document, [`Skip::Expands`] if all of them
/// unpack to too much.
pub(super) fn read(
    bytes: &[u8],
    source: &Source<'_>,
    read: ReadFile,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    if source.depth >= MAX_DEPTH {
        return Err(Skip::Unsupported(What::NestedArchive));
    }
    let mut package = Package::open(bytes, source.max_unpacked);
    let mut inside = Inside::new(read, each);
    let first = match read_files(&mut package, source, &mut inside) {
        Ok(first) => first,
        // The limit is for the whole archive: whatever was read so far is delivered, the rest is refused.
        Err(expands) => {
            inside.finish();
            return Err(expands);
        }
    };
    if package.is_damaged() {
        inside.warn(Warning::Incomplete);
    }
    match (inside.finish(), first) {
        (true, _) => Ok(()),
        // If no file yields a document, the reason of the first is that of the archive.
        (false, Some(skip)) => Err(skip),
        (false, None) => Err(Skip::Empty),
    }
}

/// Reads the files; returns the reason for the first unreadable one, and fails if they unpack to too much.
fn read_files(
    package: &mut Package<'_>,
    source: &Source<'_>,
    inside: &mut Inside<'_>,
) -> Result<Option<Skip>, Skip> {
    let names: Vec<String> = package.names().take(MAX_FILES).map(str::to_owned).collect();
    let mut first = None;
    let numbered = names.iter().enumerate();
    for (ord, path) in numbered.filter(|(_, path)| !is_skipped(path)) {
        let left = package.left();
        let outcome = match package.unpack(ord) {
            Ok(Some(content)) => inside.read(&content, path, source, left),
            Ok(None) => Err(not_unpacked()),
            Err(expands @ Skip::Expands { .. }) => return Err(expands),
            Err(skip) => Err(skip),
        };
        if let Err(skip) = outcome {
            inside.warn(skipped(path.clone(), &skip));
            first = first.or(Some(skip));
        }
    }
    Ok(first)
}

fn not_unpacked() -> Skip {
    Skip::Damaged {
        what: Damaged::ArchivedFile,
        reason: Damage::NotUnpacked,
    }
}

/// Yields the pages without text of every file of the archive, with the paths of the files as keys.
///
/// # Errors
/// [`Skip::Expands`] if the files unpack to too much.
pub(super) fn pictures(
    bytes: &[u8],
    source: &Source<'_>,
    read: ReadPictures,
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    let mut package = Package::open(bytes, source.max_unpacked);
    let names: Vec<String> = package.names().take(MAX_FILES).map(str::to_owned).collect();
    for (ord, path) in names.iter().enumerate() {
        let left = package.left();
        if !is_skipped(path)
            && let Some(content) = package.unpack(ord)?
        {
            // A file that cannot be read has no pictures; reading reports it.
            let _ = read(&content, &source.inside(path, left), &mut |picture| {
                each(picture_inside(path, picture));
            });
        }
    }
    Ok(())
}

fn is_skipped(path: &str) -> bool {
    // `~$报告.docx` is the lock file of an open document, `__MACOSX/` holds resource forks.
    let name = path.rsplit('/').next().unwrap_or_default();
    path.starts_with("__MACOSX/") || name.is_empty() || name.starts_with(['.', '~'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::package::tests::pack;
    use crate::source::{ReadOptions, read_bytes};

    fn packed(bytes: &[u8]) -> Vec<u8> {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        writer
            .start_file("内.zip", zip::write::SimpleFileOptions::default())
            .expect("a part");
        writer.write_all(bytes).expect("its content");
        writer.finish().expect("an archive").into_inner()
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<&[(&str, &[Warning])], &str>) {
        let mut found = Vec::new();
        let outcome = read_bytes("a.zip", bytes, &ReadOptions::default(), |record| {
            found.push((record.key.unwrap_or_default(), record.warnings));
        });
        let found: Vec<(&str, &[Warning])> = found
            .iter()
            .map(|(key, warnings)| (&**key, &**warnings))
            .collect();
        match expected {
            Ok(expected) => {
                outcome.expect("documents");
                assert_eq!(found, expected);
            }
            Err(reason) => assert_eq!(outcome.expect_err("a skip").to_string(), reason),
        }
    }

    #[test]
    fn files_by_their_paths() {
        let inner = pack(&[
            ("年/总结.txt", "园区平稳。"),
            ("年/", ""),
            (".DS_Store", "x"),
            ("表.csv", "id,正文\n甲,修路。\n乙,治水。\n"),
        ]);
        check(
            &inner,
            Ok(&[("年/总结.txt", &[]), ("表.csv#甲", &[]), ("表.csv#乙", &[])]),
        );
        check(
            &packed(&inner),
            Ok(&[
                ("内.zip#年/总结.txt", &[]),
                ("内.zip#表.csv#甲", &[]),
                ("内.zip#表.csv#乙", &[]),
            ]),
        );
    }

    #[test]
    fn unreadable_files_are_reported() {
        let programs = pack(&[("a.py", "x"), ("总结.txt", "园区平稳。"), ("b.rs", "x")]);
        let skipped_inside = |path: &str| {
            Warning::SkippedInside(path.to_owned(), Skip::Unsupported(What::SourceCode))
        };
        check(
            &programs,
            Ok(&[(
                "总结.txt",
                &[skipped_inside("a.py"), skipped_inside("b.rs")],
            )]),
        );
        check(&pack(&[]), Err("no text in it"));
        let mut nested = pack(&[("总结.txt", "园区平稳。")]);
        for _ in 0..5 {
            nested = packed(&nested);
        }
        check(
            &nested,
            Err(
                "is an archive in many archives, which this version does not read; save it as plain text to include it",
            ),
        );
    }

    #[test]
    fn files_of_one_name_are_two_documents() {
        let whole = pack(&[
            ("甲.txt", "甲村总结\n修水渠两公里。\n"),
            ("乙.txt", "乙村总结\n种树三百亩。\n"),
        ]);
        let mut bytes = whole.clone();
        let (one, other) = ("甲.txt".as_bytes(), "乙.txt".as_bytes());
        for at in memchr::memmem::find_iter(&whole, other) {
            bytes[at..at + one.len()].copy_from_slice(one);
        }
        // Without a central directory, every file that is found is read.
        bytes.truncate(whole.len() - 22);
        let mut keys = Vec::new();
        let read = read_bytes("a.zip", &bytes, &ReadOptions::default(), |record| {
            keys.push(record.key.expect("a key"));
        });
        read.expect("documents");
        assert_eq!(keys, ["甲.txt", "甲.txt#2"]);
    }
}
