//! The seal of a commit: what `meta.json` says about the files beside it, and a checksum of `meta.json` itself.
//!
//! The engine keeps a checksum in the footer of each segment file but none of `meta.json`, ignores members of it that
//! it does not know, and checks nothing when it opens a file. So each commit is written with one more member,
//! `xunzhang`, that lists the files of the commit, and with a checksum of all that precedes it as the last member:
//!
//! ```text
//! {"segments":[…],…,"payload":"…","xunzhang":{"files":{"NAME":{…}}},"checksum":"HEX"}
//! ```
//!
//! A file that has its size and its time of modification is taken to be what was written; of any other the content is
//! read. So a copy of an index costs a checksum at each opening until `index` seals it again, and damage below the file system,
//! which leaves the time as it was, is found by `verify`, by `index` before it writes, and by the commands that read the whole
//! index several times over ([`super::Index::check_content`]); a search would take twice as long for it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::ManagedDirectory;
use tantivy::directory::error::OpenReadError;

use super::files::nanos;
use super::segment_files::segment_of;
use crate::index::{Error, Result};

const MEMBER: &str = ",\"xunzhang\":";
const CHECKSUM: &str = ",\"checksum\":\"";
// 128 bits: far beyond what damage by chance can hit; it is no protection against someone who means to forge it.
const CHECKSUM_DIGITS: usize = 32;

/// Bytes at the end of a file that hold its footer, whatever the length of the engine's version number; shorter files are
/// hashed whole. The checksum in the footer covers the body alone.
const FOOTER_REACH: u64 = 256;

/// The files of one commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seal {
    /// By name.
    pub(super) files: BTreeMap<String, Stamp>,
}

/// What a file was like when it was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    bytes: u64,
    /// Nanoseconds since 1970.
    mtime: i64,
    /// Hash of the last [`FOOTER_REACH`] bytes, hexadecimal.
    footer: String,
}

/// How a file compares with its stamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Same,
    /// The size is right, the time is not: the content must be compared.
    Touched,
    /// Missing, or of another size.
    Damaged,
}

/// `meta.json` as it is on the disk.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Meta<'a> {
    /// Written by this version's kind of index, and as it was written.
    Sealed(Seal),
    /// Without a seal: written by another program or an earlier version.
    Unsealed(&'a [u8]),
    /// Sealed, and not as it was written.
    Damaged,
}

impl Seal {
    /// Stamps the files in `dir` that the engine's `meta` names.
    ///
    /// # Errors
    /// If the folder or one of the files cannot be read, or `meta` is not the engine's.
    pub(super) fn of_commit(dir: &Path, meta: &[u8]) -> io::Result<Self> {
        let living = Living::of(meta).ok_or(io::ErrorKind::InvalidData)?;
        let mut files = BTreeMap::new();
        for entry in dir.read_dir()? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if living.holds(&name) {
                let stamp = Stamp::of(&dir.join(&name))?;
                files.insert(name, stamp);
            }
        }
        Ok(Self { files })
    }

    /// The engine's `meta` with this seal and the checksum.
    pub(super) fn attach(&self, meta: &[u8]) -> Vec<u8> {
        let meta = meta.trim_ascii_end();
        let mut out = meta.strip_suffix(b"}").unwrap_or(meta).to_vec();
        out.extend(MEMBER.as_bytes());
        out.extend(serde_json::to_vec(self).expect("plain data with string keys serializes"));
        let checksum = checksum(&out);
        out.extend(format!("{CHECKSUM}{checksum}\"}}\n").as_bytes());
        out
    }

    /// How the file `name` in `dir` compares with its stamp.
    pub(super) fn compare(&self, dir: &Path, name: &str) -> Comparison {
        let Some(stamp) = self.files.get(name) else {
            return Comparison::Damaged;
        };
        match std::fs::metadata(dir.join(name)) {
            Ok(now) if now.len() != stamp.bytes => Comparison::Damaged,
            Ok(now) if nanos(now.modified().ok()) == stamp.mtime => Comparison::Same,
            Ok(_) => Comparison::Touched,
            Err(_) => Comparison::Damaged,
        }
    }

    /// Whether every byte of the file `name` in `dir` is what was written: the body by the engine's checksum, the
    /// footer by the stamp's.
    ///
    /// # Errors
    /// [`Error::TooManyFiles`] if no more files may be open: then nothing is known of the file.
    pub(super) fn is_whole(
        &self,
        dir: &Path,
        name: &str,
        directory: &ManagedDirectory,
    ) -> Result<bool> {
        let Some(stamp) = self.files.get(name) else {
            return Ok(false);
        };
        let too_many = || Error::TooManyFiles(dir.into());
        match Stamp::of(&dir.join(name)) {
            Ok(now) if (now.bytes, &now.footer) == (stamp.bytes, &stamp.footer) => {}
            Err(error) if is_out_of_handles(&error) => return Err(too_many()),
            _ => return Ok(false),
        }
        match directory.validate_checksum(Path::new(name)) {
            Ok(is_whole) => Ok(is_whole),
            Err(OpenReadError::IoError { io_error, .. }) if is_out_of_handles(&io_error) => {
                Err(too_many())
            }
            Err(_) => Ok(false),
        }
    }
}

/// Whether the process, or the system, may open no more files.
fn is_out_of_handles(error: &io::Error) -> bool {
    // The standard library has no kind of its own for it: what it gives is `Uncategorized`, which can't be matched.
    let numbers = out_of_handles(cfg!(windows));
    error
        .raw_os_error()
        .is_some_and(|number| numbers.contains(&number))
}

/// The numbers of errors that say so. The same numbers mean other things elsewhere: 4 is an interrupted call on Unix, 23 a bad
/// checksum of a disk on Windows, which is damage indeed.
fn out_of_handles(is_windows: bool) -> &'static [i32] {
    match is_windows {
        // ERROR_TOO_MANY_OPEN_FILES.
        true => &[4],
        // ENFILE of the system, EMFILE of the process.
        false => &[23, 24],
    }
}

impl Stamp {
    fn of(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let reach = metadata.len().min(FOOTER_REACH);
        file.seek(SeekFrom::Start(metadata.len() - reach))?;
        let mut end = Vec::new();
        file.take(reach).read_to_end(&mut end)?;
        Ok(Self {
            bytes: metadata.len(),
            mtime: nanos(metadata.modified().ok()),
            footer: blake3::hash(&end).to_hex()[..16].to_owned(),
        })
    }
}

impl<'a> Meta<'a> {
    /// Reads the seal of `bytes`.
    pub(super) fn read(bytes: &'a [u8]) -> Self {
        // From the end: the payload before it is a text that a user's dictionary is part of, and may hold the same letters.
        let Some(start) = memchr::memmem::rfind(bytes, CHECKSUM.as_bytes()) else {
            let has_seal = memchr::memmem::find(bytes, MEMBER.as_bytes()).is_some();
            return if has_seal {
                Self::Damaged
            } else {
                Self::Unsealed(bytes)
            };
        };
        let (sealed, end) = bytes.split_at(start);
        let expected = format!("{CHECKSUM}{}\"}}\n", checksum(sealed));
        let member = memchr::memmem::rfind(sealed, MEMBER.as_bytes());
        let seal =
            member.and_then(|member| serde_json::from_slice(&sealed[member + MEMBER.len()..]).ok());
        match seal {
            Some(seal) if end == expected.as_bytes() => Self::Sealed(seal),
            _ => Self::Damaged,
        }
    }
}

fn checksum(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..CHECKSUM_DIGITS].to_owned()
}

/// The segment files that a commit of the engine needs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Living {
    segments: BTreeSet<String>,
    deletes: BTreeSet<String>,
}

impl Living {
    /// Reads the engine's `meta.json`, sealed or not; `None` if it is not one.
    pub(super) fn of(meta: &[u8]) -> Option<Self> {
        let commit: EngineCommit = serde_json::from_slice(meta).ok()?;
        let mut living = Self::default();
        for segment in commit.segments {
            let id = segment.segment_id.replace('-', "");
            let deletes = segment.deletes;
            let deletes = deletes.map(|deletes| format!("{id}.{}.del", deletes.opstamp));
            living.deletes.extend(deletes);
            living.segments.insert(id);
        }
        Some(living)
    }

    /// Whether the file `name` belongs to the commit.
    pub(super) fn holds(&self, name: &str) -> bool {
        match segment_of(name) {
            Some(_) if name.ends_with(".del") => self.deletes.contains(name),
            Some(segment) => !name.ends_with(".temp") && self.segments.contains(segment),
            None => false,
        }
    }
}

/// What is read of the engine's `meta.json`.
#[derive(Deserialize)]
struct EngineCommit {
    segments: Vec<EngineSegment>,
}

#[derive(Deserialize)]
struct EngineSegment {
    segment_id: String,
    deletes: Option<EngineDeletes>,
}

#[derive(Deserialize)]
struct EngineDeletes {
    opstamp: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    const META: &[u8] = br#"{"segments":[],"schema":[],"opstamp":3}
"#;

    fn sealed() -> Vec<u8> {
        let stamp = Stamp {
            bytes: 5,
            mtime: 7,
            footer: "ab".to_owned(),
        };
        let files = BTreeMap::from([("甲.store".to_owned(), stamp)]);
        Seal { files }.attach(META)
    }

    #[test]
    fn a_seal_is_read_back_and_leaves_json() {
        let bytes = sealed();
        let Meta::Sealed(seal) = Meta::read(&bytes) else {
            panic!("no seal in {}", String::from_utf8_lossy(&bytes));
        };
        assert_eq!(seal.files["甲.store"].bytes, 5);
        let json: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        assert_eq!(json["opstamp"], 3);
        assert_eq!(Meta::read(META), Meta::Unsealed(META));
    }

    #[test]
    fn errors_for_want_of_handles_are_known_by_their_numbers() {
        for (number, on_unix, on_windows) in [
            (2, false, false),
            (4, false, true),
            (5, false, false),
            (23, true, false),
            (24, true, false),
        ] {
            assert_eq!(out_of_handles(false).contains(&number), on_unix, "{number}");
            assert_eq!(
                out_of_handles(true).contains(&number),
                on_windows,
                "{number}"
            );
            let error = io::Error::from_raw_os_error(number);
            let here = if cfg!(windows) { on_windows } else { on_unix };
            assert_eq!(is_out_of_handles(&error), here, "{number}");
        }
        assert!(!is_out_of_handles(&io::ErrorKind::NotFound.into()));
    }

    #[test]
    fn a_file_is_compared_by_size_and_time() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (dir, path) = (folder.path(), folder.path().join("甲.store"));
        std::fs::write(&path, "水渠").expect("a file");
        let stamp = Stamp::of(&path).expect("a stamp");
        let seal = Seal {
            files: BTreeMap::from([("甲.store".to_owned(), stamp.clone())]),
        };
        assert_eq!(seal.compare(dir, "甲.store"), Comparison::Same);
        assert_eq!(seal.compare(dir, "乙.store"), Comparison::Damaged);
        let touched = Stamp {
            mtime: stamp.mtime + 1,
            ..stamp.clone()
        };
        let files = BTreeMap::from([("甲.store".to_owned(), touched)]);
        assert_eq!(Seal { files }.compare(dir, "甲.store"), Comparison::Touched);
        std::fs::write(&path, "水渠长").expect("a file");
        assert_eq!(seal.compare(dir, "甲.store"), Comparison::Damaged);
        std::fs::remove_file(&path).expect("the file");
        assert_eq!(seal.compare(dir, "甲.store"), Comparison::Damaged);
    }

    #[test]
    fn a_stamp_tells_files_by_their_ends() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("x");
        let footer = |bytes: &[u8]| {
            std::fs::write(&path, bytes).expect("a file");
            Stamp::of(&path).expect("a stamp").footer
        };
        let reach = FOOTER_REACH as usize;
        let whole = vec![7; reach + 10];
        let changed = |at: usize| {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            bytes
        };
        let own = footer(&whole);
        assert_eq!(own, footer(&changed(9)));
        assert_ne!(own, footer(&changed(10)));
        assert_ne!(own, footer(&changed(reach + 9)));
        // A shorter file is hashed whole.
        assert_ne!(footer(b""), footer(b"7"));
    }

    #[test]
    fn every_flipped_bit_breaks_the_seal() {
        let whole = sealed();
        for bit in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Meta::read(&bytes), Meta::Damaged, "bit {bit}");
        }
        for length in 1..whole.len() {
            assert!(!matches!(Meta::read(&whole[..length]), Meta::Sealed(_)));
        }
    }

    #[test]
    fn living_files_are_those_of_the_segments() {
        let meta = br#"{"segments":[{"segment_id":"0123456789abcdef-0123456789abcdef","max_doc":1,
            "deletes":{"num_deleted_docs":1,"opstamp":9}}]}"#;
        let living = Living::of(meta).expect("a commit");
        let id = "0123456789abcdef0123456789abcdef";
        for (name, expected) in [
            (format!("{id}.store"), true),
            (format!("{id}.9.del"), true),
            (format!("{id}.8.del"), false),
            (format!("{id}.temp"), false),
            (format!("f{}.store", &id[1..]), false),
            ("meta.json".to_owned(), false),
        ] {
            assert_eq!(living.holds(&name), expected, "{name}");
        }
        assert_eq!(Living::of(b"{}"), None);
    }
}
