//! Packages: ZIP archives of named parts, with a bound on their unpacked size.
//!
//! A package whose directory is lost is searched for its parts, and a part whose data break off yields the
//! beginning: the text of a damaged file is mostly complete.

use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::decode;
use super::skip::Skip;

/// An open package.
pub(super) struct Package<'a> {
    bytes: &'a [u8],
    entries: Vec<PartEntry>,
    archive: Option<ZipArchive<Cursor<&'a [u8]>>>,
    /// Number of bytes that may still be unpacked.
    left: u64,
    limit: u64,
    is_damaged: bool,
}

struct PartEntry {
    name: String,
    place: PartLocation,
}

enum PartLocation {
    /// The ordinal in the archive's directory.
    Listed(usize),
    /// The start of the data, found by searching.
    Found { start: usize, is_deflated: bool },
}

impl<'a> Package<'a> {
    /// Opens the package in `bytes`; at most `limit` bytes are unpacked from it in total.
    pub(super) fn open(bytes: &'a [u8], limit: u64) -> Self {
        let mut package = Self {
            bytes,
            entries: Vec::new(),
            archive: None,
            left: limit,
            limit,
            is_damaged: false,
        };
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) if !archive.is_empty() => {
                let names = archive.file_names_raw().map(part_name).enumerate();
                package.entries = names
                    .map(|(ord, name)| PartEntry {
                        name,
                        place: PartLocation::Listed(ord),
                    })
                    .collect();
                package.archive = Some(archive);
            }
            _ => {
                package.entries = search(bytes);
                package.is_damaged = true;
            }
        }
        package
    }

    /// The names of all parts, in the order of the directory; folders end in `/`.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.name)
    }

    /// Whether its directory or a part that was read is damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Number of bytes that may still be unpacked.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// The unpacked part called `name`, ignoring case; `None` if it is missing or unreadable.
    ///
    /// # Errors
    /// [`Skip::Expands`] if the package unpacks to more than its limit, [`Skip::Encrypted`].
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, Skip> {
        let same = |entry: &&PartEntry| entry.name.eq_ignore_ascii_case(name);
        match self.entries.iter().position(|entry| same(&entry)) {
            Some(ord) => self.unpack(ord),
            None => Ok(None),
        }
    }

    /// The unpacked part at `ord` of [`Self::names`]; errors as [`Self::part`].
    pub(super) fn unpack(&mut self, ord: usize) -> Result<Option<Vec<u8>>, Skip> {
        let mut out = Vec::new();
        // One byte more than allowed shows that the limit is exceeded.
        let most = self.left.saturating_add(1);
        let read = match self.entries[ord].place {
            PartLocation::Found { start, is_deflated } => {
                let data = &self.bytes[start..];
                let read = if is_deflated {
                    DeflateDecoder::new(data).take(most).read_to_end(&mut out)
                } else {
                    // The size of a stored part is in the lost directory; the next header ends it.
                    let end = memmem::find(data, b"PK").unwrap_or(data.len());
                    data[..end].take(most).read_to_end(&mut out)
                };
                read.map(drop)
            }
            PartLocation::Listed(ord) => {
                let Some(archive) = &mut self.archive else {
                    return Ok(None);
                };
                match archive.by_index(ord) {
                    Ok(file) => {
                        // Growing by doubling would take up to three times as much; a false size reserves no
                        // more than the limit.
                        let size = file.size().min(most);
                        out.reserve_exact(usize::try_from(size).unwrap_or(0));
                        file.take(most).read_to_end(&mut out).map(drop)
                    }
                    Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                        return Err(Skip::Encrypted);
                    }
                    Err(error) => Err(std::io::Error::other(error)),
                }
            }
        };
        self.is_damaged |= read.is_err();
        self.left = match self.left.checked_sub(out.len() as u64) {
            Some(left) => left,
            None => return Err(Skip::Expands { limit: self.limit }),
        };
        Ok((read.is_ok() || !out.is_empty()).then_some(out))
    }
}

/// A name in UTF-8 or another encoding, with `/` between folders.
fn part_name(raw: &[u8]) -> String {
    let name = decode::decode(raw).text.replace('\\', "/");
    name.trim_start_matches('/').to_owned()
}

/// The parts of an archive whose directory is lost, by the headers before their data (APPNOTE 4.3.7).
fn search(bytes: &[u8]) -> Vec<PartEntry> {
    let number = |at: usize| {
        bytes
            .get(at..at + 2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
    };
    let entry = |at: usize| {
        let (flags, method) = (number(at + 6)?, number(at + 8)?);
        let (name_len, extra_len) = (number(at + 26)? as usize, number(at + 28)? as usize);
        let name = bytes.get(at + 30..at + 30 + name_len)?;
        let start = at + 30 + name_len + extra_len;
        // Encrypted parts (bit 0 of the flags) and methods other than stored and deflated are left out.
        let is_readable = flags & 1 == 0 && matches!(method, 0 | 8) && start < bytes.len();
        is_readable.then(|| PartEntry {
            name: part_name(name),
            place: PartLocation::Found {
                start,
                is_deflated: method == 8,
            },
        })
    };
    memmem::find_iter(bytes, b"PK\x03\x04")
        .filter_map(entry)
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    /// A package of `(name, content)` parts.
    pub(in crate::source) fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .expect("a part");
            writer.write_all(content.as_bytes()).expect("its content");
        }
        writer.finish().expect("a package").into_inner()
    }

    fn long_text() -> String {
        (0..4000).map(|n| format!("第{n}段文字。")).collect()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = pack(&[("word/a.xml", "甲"), ("b", "乙")]);
        let mut package = Package::open(&bytes, 100);
        assert_eq!(package.names().collect::<Vec<_>>(), ["word/a.xml", "b"]);
        let part = package.part("Word/A.xml").expect("within the limit");
        assert_eq!(part.as_deref(), Some("甲".as_bytes()));
        assert!(package.part("c").expect("nothing").is_none());
        assert!(!package.is_damaged());
    }

    #[test]
    fn a_lost_directory_and_a_broken_part_give_what_is_left() {
        let text = long_text();
        let bytes = pack(&[("甲.xml", "甲"), ("乙.xml", &text)]);
        let cut = &bytes[..bytes.len() / 2];
        let mut package = Package::open(cut, 1 << 20);
        assert!(package.is_damaged());
        let whole = package.part("甲.xml").expect("within the limit");
        assert_eq!(whole.as_deref(), Some("甲".as_bytes()));
        let part = package.part("乙.xml").expect("within the limit");
        let part = part.expect("its first half");
        assert!(part.len() > 10_000 && text.as_bytes().starts_with(&part));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = "0".repeat(1 << 20);
        let bytes = pack(&[("a", &zeros), ("b", &zeros)]);
        let mut package = Package::open(&bytes, 3 << 19);
        assert!(package.part("a").is_ok());
        let error = package.part("b").expect_err("too much").to_string();
        assert_eq!(error, "unpacks to more than 1572864 bytes; split it");
    }
}
