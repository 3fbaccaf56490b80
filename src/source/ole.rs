//! Compound files, the container of Office 97: the streams in the root storage.
//!
//! `cfb` reads intact files. A file with a few broken bytes is read here instead ([MS-CFB]), without trusting
//! any number: a chain that leads nowhere continues with the next sector, a name may differ by a letter.

use std::io::{self, Cursor, Read, Write};

/// The stream called `name`, and whether it is complete; `None` if it cannot be found.
pub(super) fn stream(bytes: &[u8], name: &str) -> Option<(Vec<u8>, bool)> {
    strict(bytes, name).or_else(|| Some((Broken::new(bytes)?.stream(name)?, false)))
}

fn strict(bytes: &[u8], name: &str) -> Option<(Vec<u8>, bool)> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).ok()?;
    let mut stream = file.open_stream(format!("/{name}")).ok()?;
    let mut out = Vec::new();
    let is_whole = stream.read_to_end(&mut out).is_ok();
    (is_whole || !out.is_empty()).then_some((out, is_whole))
}

/// An undamaged compound file with this stream alone.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] if the stream cannot have that name.
pub(super) fn pack(name: &str, content: &[u8]) -> io::Result<Vec<u8>> {
    use cfb::CompoundFile as Compound;
    // Sectors of 512 bytes, as Excel has them.
    let mut file = Compound::create_with_version(cfb::Version::V3, Cursor::new(Vec::new()))?;
    file.create_stream(format!("/{name}"))?.write_all(content)?;
    file.flush()?;
    Ok(file.into_inner().into_inner())
}

/// A file with errors.
struct Broken<'a> {
    bytes: &'a [u8],
    sector_len: usize,
    next: Vec<u32>,
    directory: Vec<u8>,
}

/// Length of a directory entry.
const ENTRY: usize = 128;
/// Streams shorter than this are stored in the small sectors of another one.
const SMALL: usize = 4096;
const SMALL_SECTOR: usize = 64;

impl<'a> Broken<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        // The sector shift: 12 in version 4, 9 in version 3 ([MS-CFB] 2.2).
        let sector_len = if bytes.get(30) == Some(&12) {
            4096
        } else {
            512
        };
        let mut file = Self {
            bytes,
            sector_len,
            next: Vec::new(),
            directory: Vec::new(),
        };
        // The sectors of the allocation table: 109 in the header, which cover six megabytes; the others in a
        // chain of their own.
        for ord in 0..109 {
            let Some(table) = file
                .number(76 + 4 * ord)
                .and_then(|sector| file.sector(sector))
            else {
                continue;
            };
            // A missing sector of the table leaves zeros, so that the later ones keep their positions.
            file.next.resize(ord * sector_len / 4, 0);
            file.next.extend(numbers(table));
        }
        file.read_long_table();
        file.directory = file.chain(file.number(48)?, usize::MAX);
        Some(file)
    }

    /// The rest of the allocation table.
    fn read_long_table(&mut self) {
        let mut at = self.number(68).unwrap_or(u32::MAX);
        // The chain cannot be longer than the file; a cycle ends there.
        for _ in 0..self.bytes.len() / self.sector_len {
            let Some(list) = self.sector(at) else { return };
            let listed: Vec<u32> = numbers(list).collect();
            let Some((&last, tables)) = listed.split_last() else {
                return;
            };
            for &table in tables {
                if let Some(table) = self.sector(table) {
                    self.next.extend(numbers(table));
                }
            }
            at = last;
        }
    }

    fn number(&self, at: usize) -> Option<u32> {
        numbers(self.bytes.get(at..at + 4)?).next()
    }

    fn sector(&self, sector: u32) -> Option<&'a [u8]> {
        let start = (sector as usize)
            .checked_add(1)?
            .checked_mul(self.sector_len)?;
        let rest = self.bytes.get(start..)?;
        (!rest.is_empty()).then(|| &rest[..rest.len().min(self.sector_len)])
    }

    /// The bytes of the chain that begins at `first`, at most `len`.
    fn chain(&self, first: u32, len: usize) -> Vec<u8> {
        let mut out = Vec::new();
        let mut at = first;
        let n_sectors = self.bytes.len() / self.sector_len + 1;
        for _ in 0..n_sectors {
            let Some(sector) = self.sector(at).filter(|_| out.len() < len) else {
                break;
            };
            out.extend_from_slice(sector);
            at = match self.next.get(at as usize) {
                Some(&next) if (next as usize) < n_sectors => next,
                // The end of the chain; but if more must follow, the number is broken, and sectors are mostly
                // consecutive.
                _ if len == usize::MAX => break,
                _ => at + 1,
            };
        }
        out.truncate(len);
        out
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let wanted: Vec<u16> = name.to_ascii_lowercase().encode_utf16().collect();
        // Some programs write the names in capitals.
        let lower = |unit: u16| match u8::try_from(unit) {
            Ok(byte) => u16::from(byte.to_ascii_lowercase()),
            Err(_) => unit,
        };
        let entries = || self.directory.chunks_exact(ENTRY);
        let distance = |entry: &[u8]| {
            let units: Vec<u16> = entry[..64]
                .chunks_exact(2)
                .map(|two| lower(u16::from_le_bytes([two[0], two[1]])))
                .collect();
            let ends = units.get(wanted.len()).is_none_or(|&unit| unit == 0);
            let n_off = units
                .iter()
                .zip(&wanted)
                .filter(|(one, other)| one != other)
                .count();
            n_off + usize::from(!ends)
        };
        let entry = entries()
            .min_by_key(|entry| distance(entry))
            // Two letters off still identify a stream: the names differ in more.
            .filter(|entry| distance(entry) <= 2)?;
        let (start, len) = place(entry);
        if len >= SMALL {
            return Some(self.chain(start, len));
        }
        // The root entry holds the sectors of all small streams (the mini stream).
        let (root, root_len) = place(entries().next()?);
        let small = self.chain(root, root_len);
        let table: Vec<u32> = numbers(&self.chain(self.number(60)?, usize::MAX)).collect();
        let mut out = Vec::new();
        let mut at = start as usize;
        while out.len() < len {
            let from = at.checked_mul(SMALL_SECTOR)?;
            let sector = small.get(from..(from + SMALL_SECTOR).min(small.len()))?;
            if sector.is_empty() {
                break;
            }
            out.extend_from_slice(sector);
            at = table.get(at).map_or(usize::MAX, |&next| next as usize);
        }
        out.truncate(len);
        Some(out)
    }
}

/// The start and length of an entry's stream.
fn place(entry: &[u8]) -> (u32, usize) {
    let mut numbers = numbers(&entry[116..124]);
    let start = numbers.next().unwrap_or(u32::MAX);
    (start, numbers.next().unwrap_or(0) as usize)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(streams: &[(&str, &[u8])]) -> Vec<u8> {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        for (name, content) in streams {
            let mut stream = file.create_stream(format!("/{name}")).expect("a stream");
            stream.write_all(content).expect("its content");
        }
        file.flush().expect("a file");
        file.into_inner().into_inner()
    }

    #[test]
    fn streams_long_and_short() {
        let long: Vec<u8> = (0..20_000u32).map(|n| (n % 251) as u8).collect();
        let bytes = file(&[("WordDocument", &long), ("1Table", b"short")]);
        assert_eq!(stream(&bytes, "WordDocument"), Some((long.clone(), true)));
        assert_eq!(stream(&bytes, "None"), None);
        let broken = Broken::new(&bytes).expect("a file");
        assert_eq!(broken.stream("WordDocument"), Some(long));
        assert_eq!(broken.stream("1Table").as_deref(), Some(&b"short"[..]));
        assert_eq!(broken.stream("Workbook"), None);
    }

    #[test]
    fn a_broken_header_and_chain_are_tolerated() {
        let long: Vec<u8> = (0..20_000u32).map(|n| (n % 251) as u8).collect();
        let mut bytes = file(&[("WordDocument", &long)]);
        let mark: Vec<u8> = "WordDocument"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let at = bytes
            .windows(mark.len())
            .position(|window| window == mark)
            .expect("the name");
        bytes[at] = b'V';
        bytes[24] = 0xff;
        let (found, is_whole) = stream(&bytes, "WordDocument").expect("the stream");
        assert_eq!(found, long);
        assert!(!is_whole);
    }
}
