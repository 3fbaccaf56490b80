//! Reads the documents of a file.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::bounded::Transcoded;
use super::decode::{self, Encoding};
use super::formats::{self, Source};
use super::names;
use super::options::ReadOptions;
use super::raw::Raw;
use super::reading::{Reading, Record};
use super::skip::Skip;
use super::sniff::{self, FileKind};

/// Number of bytes by which the kind of a file is recognized.
const HEAD_BYTES: u64 = 64 << 10;
/// How much is read of a script beyond that.
const MAX_SCRIPT: u64 = 1 << 20;

/// Opens the file at `path` for reading.
///
/// # Errors
/// [`Skip::NotAFile`] for a folder, a device or a pipe, which might never end; [`Skip::Unreadable`] for
/// errors of the system.
pub fn open(path: &Path) -> Result<File, Skip> {
    // Checked before it is opened: opening a pipe waits for its writer.
    if !std::fs::metadata(path)?.is_file() {
        return Err(Skip::NotAFile);
    }
    Ok(File::open(path)?)
}

/// Reads the documents of the file at `path`; calls `each` once for each, in order.
///
/// A file of records in UTF-8 is read as a stream; any other is held in memory once.
///
/// # Errors
/// [`Skip`] if the file yields no document at all, or cannot be read further; documents read before have been
/// passed to `each`.
pub fn read(path: &Path, options: &ReadOptions, each: impl FnMut(Record)) -> Result<(), Skip> {
    let file = open(path)?;
    let (size, limit) = (file.metadata()?.len(), options.max_bytes);
    if size > limit {
        return Err(Skip::TooLarge { size, limit });
    }
    let name = names::decoded(path.file_name().unwrap_or_default());
    let mut file = file.take(limit);
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut bytes)?;
    // Checked on the head first, so that a large file of ours is not read whole; marks at the end are found
    // later.
    if options.skips(&bytes) {
        return Err(Skip::OwnOutput);
    }
    let source = Source::new(&name, options);
    let mut reading = Reading::new(each);
    match sniff::sniff(&name, &bytes) {
        kind @ (FileKind::JsonLines | FileKind::Csv | FileKind::Tsv) => {
            let stream = RecordStream {
                kind,
                head: &bytes,
                rest: file,
            };
            stream.read(&source, &mut |raw| reading.take(raw))?;
            reading.finish()
        }
        FileKind::Text | FileKind::Markdown if size > options.max_text as u64 => {
            let limit = options.max_text as u64;
            Err(Skip::TooLarge { size, limit })
        }
        kind if kind.refusal().is_some()
            && !sniff::is_container(&bytes)
            && !formats::is_recognized(kind, options) =>
        {
            if name.ends_with(".sh") {
                // A script of ours, for completion, is longer than a head and has its mark at the end.
                file.take(MAX_SCRIPT).read_to_end(&mut bytes)?;
            }
            match options.skips(&bytes) {
                true => Err(Skip::OwnOutput),
                false => Err(kind.refusal().unwrap_or(Skip::Empty)),
            }
        }
        _ => {
            // Growing by doubling would take twice the size, and the old half again while it is copied.
            let more = usize::try_from(size).unwrap_or(usize::MAX) - bytes.len().min(size as usize);
            bytes.reserve_exact(more);
            file.read_to_end(&mut bytes)?;
            formats::read(&bytes, &source, &mut |raw| reading.take(raw))?;
            // The last document is often the only one, and large; the file's bytes are freed before it is
            // written.
            drop(bytes);
            reading.finish()
        }
    }
}

/// A file of records, of which the head is read already.
struct RecordStream<'a, R> {
    kind: FileKind,
    head: &'a [u8],
    rest: R,
}

impl<R: Read> RecordStream<'_, R> {
    fn read(mut self, source: &Source<'_>, each: &mut dyn FnMut(Raw)) -> Result<(), Skip> {
        let (encoding, mark) = decode::guess(self.head);
        match decode::decoder(encoding) {
            // Records in UTF-8 need no decoder.
            _ if encoding == Encoding::Utf8 => {
                let stream = BufReader::new(self.head.chain(self.rest));
                formats::read_records(self.kind, stream, source, each)
            }
            Some(decoder) => {
                formats::check_text(self.head)?;
                let mut stream = BufReader::new(self.head.chain(self.rest));
                stream.consume(mark);
                let stream = Transcoded::new(stream, decoder);
                formats::read_records(self.kind, stream, source, each)
            }
            // Encodings without a streaming decoder are rare, and held in memory once.
            None => {
                let mut bytes = self.head.to_owned();
                self.rest.read_to_end(&mut bytes)?;
                formats::read(&bytes, source, each)
            }
        }
    }
}

/// Reads the documents in `bytes`, the content of a file called `name`, which may be empty; calls `each` once
/// for each.
///
/// # Errors
/// See [`read`].
pub fn read_bytes(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    each: impl FnMut(Record),
) -> Result<(), Skip> {
    let mut reading = Reading::new(each);
    let source = Source::new(name, options);
    formats::read(bytes, &source, &mut |raw| reading.take(raw))?;
    reading.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Warning;
    use proptest::prelude::*;

    fn records(name: &str, bytes: &[u8]) -> Result<Vec<Record>, Skip> {
        let mut records = Vec::new();
        let read = read_bytes(name, bytes, &ReadOptions::default(), |record| {
            records.push(record);
        });
        read.map(|()| records)
    }

    #[track_caller]
    fn check_skip(name: &str, bytes: &[u8], expected: &str) {
        let skip = records(name, bytes).expect_err("a skip");
        assert_eq!(skip.to_string(), expected);
    }

    #[test]
    fn skipped_files_give_the_reason() {
        check_skip(
            "总结.txt",
            b"\x89PNG\r\n...",
            "is a PNG image, a picture without text; `index --ocr` recognizes its text",
        );
        check_skip(
            "总结.txt",
            &[0x93, 0, 1, 2, 3, 0xff, 0, 7],
            "is not text in any encoding that is known here",
        );
        check_skip("总结.txt", b"\n \r\n", "no text in it");
        check_skip("", b"", "no text in it");
        check_skip("表.csv", b"", "no text in it");
    }

    #[test]
    fn files_and_bytes_read_alike() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let lines =
            "{\"id\":\"甲\",\"text\":\"各科室认真开展工作。\"}\n{\"text\":\"\"}\n".repeat(900);
        let path = folder.path().join("甲.jsonl");
        std::fs::write(&path, &lines).expect("a file");
        let mut streamed = Vec::new();
        read(&path, &ReadOptions::default(), |record| {
            streamed.push(record)
        })
        .expect("records");
        assert_eq!(
            streamed,
            records("甲.jsonl", lines.as_bytes()).expect("records")
        );
        assert_eq!(streamed.len(), 900);
        assert_eq!(streamed[0].warnings, [Warning::EmptyRecord("2".to_owned())]);
        let tiny = ReadOptions {
            max_bytes: 10,
            ..ReadOptions::default()
        };
        let skip = read(&path, &tiny, |_| ()).expect_err("a skip").to_string();
        assert!(skip.ends_with("the limit is 10; split it"), "{skip}");
        assert!(matches!(
            read(folder.path(), &tiny, |_| ()),
            Err(Skip::NotAFile)
        ));
    }

    const NAMES: [&str; 6] = ["a.txt", "a.md", "a.jsonl", "a.csv", "a.tsv", "a.xlsx"];

    proptest! {
        #[test]
        fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), name in 0usize..6) {
            let _ = records(NAMES[name], &bytes);
        }

        #[test]
        fn mutated_files_never_panic(at in 0usize..200, byte in any::<u8>(), name in 0usize..6) {
            let text = "﻿id,正文,日期\n1,\"# 一、做法。\n二、<U+00A0>打算&nbsp;\",二〇〇九年八月二十日\n{\"text\":\"x\\u4e00\"}\n";
            let mut bytes = text.as_bytes().to_vec();
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = records(NAMES[name], &bytes);
            let _ = records(NAMES[name], &bytes[at..]);
        }
    }
}
