//! Files with a checksum for each block, which is compared when the block is first looked at.
//!
//! ```text
//! body │ CRC-32 of each block of the body │ trailer │ length of the trailer │ CRC-32 of all from the checksums on
//! ```
//!
//! A mapped file is read where it is needed, so that a check of the whole would cost more than a query. Numbers are
//! little-endian.

use std::io::{self, Write};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use tantivy::directory::{OwnedBytes, TerminatingWrite, WritePtr};
use tantivy::index::SegmentComponent;
use tantivy::{Segment, SegmentReader};

use super::zone::corrupt;

/// Bytes of a block: a page of memory.
// Smaller blocks would need more checksums, larger ones more reading before the first byte is believed; a page is what the
// system reads in any case.
const BLOCK: usize = 4096;
/// Bytes after the trailer.
const END: usize = 8;

/// Writes such a file.
pub(super) struct CheckedWriter {
    out: io::BufWriter<WritePtr>,
    /// Checksum of the block that is being written, and its bytes so far.
    hasher: crc32fast::Hasher,
    in_block: usize,
    sums: Vec<u8>,
    written: u64,
}

impl CheckedWriter {
    /// Begins the file of a segment with this extension.
    pub(super) fn create(segment: &Segment, extension: &str) -> tantivy::Result<Self> {
        let component = SegmentComponent::Custom(extension.to_owned());
        Ok(Self::new(segment.open_write(component)?))
    }

    fn new(out: WritePtr) -> Self {
        Self {
            // Numbers are written one by one; without it each would be a call into the system.
            out: io::BufWriter::with_capacity(1 << 16, out),
            hasher: crc32fast::Hasher::new(),
            in_block: 0,
            sums: Vec::new(),
            written: 0,
        }
    }

    /// How many bytes of the body are written.
    pub(super) fn position(&self) -> u64 {
        self.written
    }

    pub(super) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.written += bytes.len() as u64;
        while !bytes.is_empty() {
            let (head, rest) = bytes.split_at(bytes.len().min(BLOCK - self.in_block));
            self.hasher.update(head);
            self.in_block += head.len();
            if self.in_block == BLOCK {
                self.end_block();
            }
            bytes = rest;
        }
        Ok(())
    }

    /// Writes numbers one after another.
    pub(super) fn write_u32s(&mut self, numbers: impl IntoIterator<Item = u32>) -> io::Result<()> {
        numbers
            .into_iter()
            .try_for_each(|number| self.write(&number.to_le_bytes()))
    }

    /// Writes numbers one after another.
    pub(super) fn write_u64s(&mut self, numbers: impl IntoIterator<Item = u64>) -> io::Result<()> {
        numbers
            .into_iter()
            .try_for_each(|number| self.write(&number.to_le_bytes()))
    }

    fn end_block(&mut self) {
        let hasher = std::mem::take(&mut self.hasher);
        self.sums.extend(hasher.finalize().to_le_bytes());
        self.in_block = 0;
    }

    /// Ends the body and the file; the trailer is numbers of 64 bits.
    pub(super) fn finish(self, trailer: &[u64]) -> io::Result<()> {
        let bytes: Vec<u8> = trailer
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        self.finish_with(&bytes)
    }

    fn finish_with(mut self, trailer: &[u8]) -> io::Result<()> {
        if self.in_block > 0 {
            self.end_block();
        }
        let mut end = self.sums;
        end.extend(trailer);
        end.extend((trailer.len() as u32).to_le_bytes());
        let sum = crc32fast::hash(&end);
        end.extend(sum.to_le_bytes());
        self.out.write_all(&end)?;
        let out = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        out.terminate()
    }
}

/// Such a file, mapped.
pub(super) struct CheckedFile {
    extension: &'static str,
    bytes: OwnedBytes,
    /// Bytes of the body.
    body: usize,
    trailer: Range<usize>,
    /// A bit for each block that was compared with its checksum.
    seen: Vec<AtomicU64>,
}

impl CheckedFile {
    /// Opens the file of a segment, and reads the `N` numbers of its trailer.
    ///
    /// # Errors
    /// If it is missing, or not as it was written.
    pub(super) fn of_segment<const N: usize>(
        segment: &SegmentReader,
        extension: &'static str,
    ) -> tantivy::Result<(Self, [u64; N])> {
        let component = SegmentComponent::Custom(extension.to_owned());
        let file = Self::open(extension, segment.open_read(component)?.read_bytes()?)?;
        let (numbers, rest) = file.trailer().as_chunks::<8>();
        let numbers: Option<&[[u8; 8]; N]> = numbers.try_into().ok().filter(|_| rest.is_empty());
        let numbers = numbers
            .ok_or_else(|| file.damaged())?
            .map(u64::from_le_bytes);
        Ok((file, numbers))
    }

    /// Opens a file of `extension`, and compares all but its body with the checksum.
    ///
    /// # Errors
    /// If it is not as it was written.
    fn open(extension: &'static str, bytes: OwnedBytes) -> tantivy::Result<Self> {
        let damaged = || corrupt(extension);
        let last = bytes.len().checked_sub(END).ok_or_else(damaged)?;
        let [length, sum] = [last, last + 4].map(|at| read_u32(&bytes, at));
        let length = length.ok_or_else(damaged)? as usize;
        let trailer = last.checked_sub(length).ok_or_else(damaged)?;
        // body + 4 × ⌈body / BLOCK⌉ = trailer
        let n_blocks = trailer.div_ceil(BLOCK + 4);
        let body = trailer.checked_sub(4 * n_blocks).ok_or_else(damaged)?;
        if body.div_ceil(BLOCK) != n_blocks || Some(crc32fast::hash(&bytes[body..last + 4])) != sum
        {
            return Err(damaged());
        }
        Ok(Self {
            extension,
            bytes,
            body,
            trailer: trailer..last,
            seen: (0..n_blocks.div_ceil(64))
                .map(|_| AtomicU64::new(0))
                .collect(),
        })
    }

    fn trailer(&self) -> &[u8] {
        &self.bytes[self.trailer.clone()]
    }

    /// Bytes of the body, their blocks compared with the checksums.
    ///
    /// # Errors
    /// If they reach past the body, or a block is not as it was written.
    pub(super) fn get(&self, range: Range<usize>) -> tantivy::Result<&[u8]> {
        if range.start > range.end || range.end > self.body {
            return Err(self.damaged());
        }
        if range.is_empty() {
            return Ok(&[]);
        }
        for block in range.start / BLOCK..=(range.end - 1) / BLOCK {
            let (word, bit) = (&self.seen[block / 64], 1 << (block % 64));
            if word.load(Ordering::Relaxed) & bit == 0 {
                self.compare(block)?;
                // Two threads may compare the same block at the same time: both have the same answer, and no other memory
                // hangs on the bit.
                word.fetch_or(bit, Ordering::Relaxed);
            }
        }
        Ok(&self.bytes[range])
    }

    /// [`CheckedFile::get`], for longer than the file is borrowed.
    ///
    /// # Errors
    /// As there.
    pub(super) fn owned(&self, range: Range<usize>) -> tantivy::Result<OwnedBytes> {
        self.get(range.clone())?;
        Ok(self.bytes.slice(range))
    }

    fn compare(&self, block: usize) -> tantivy::Result<()> {
        let end = self.body.min((block + 1) * BLOCK);
        let sum = crc32fast::hash(&self.bytes[block * BLOCK..end]);
        match read_u32(&self.bytes, self.body + 4 * block) == Some(sum) {
            true => Ok(()),
            false => Err(self.damaged()),
        }
    }

    pub(super) fn u32_at(&self, at: usize) -> tantivy::Result<u32> {
        let bytes = self.get(at..at.saturating_add(4))?;
        read_u32(bytes, 0).ok_or_else(|| self.damaged())
    }

    pub(super) fn u64_at(&self, at: usize) -> tantivy::Result<u64> {
        let bytes = self.get(at..at.saturating_add(8))?;
        let number = bytes.first_chunk().map(|&bytes| u64::from_le_bytes(bytes));
        number.ok_or_else(|| self.damaged())
    }

    /// The error of a file that is not as it was written.
    pub(super) fn damaged(&self) -> tantivy::TantivyError {
        corrupt(self.extension)
    }
}

impl std::fmt::Debug for CheckedFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CheckedFile({} bytes)", self.bytes.len())
    }
}

fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tantivy::directory::{Directory, RamDirectory};

    fn file(body: &[u8], trailer: &[u8]) -> Vec<u8> {
        let directory = RamDirectory::create();
        let path = std::path::Path::new("x");
        let mut writer = CheckedWriter::new(directory.open_write(path).expect("a file"));
        // In pieces that end anywhere.
        body.chunks(1000)
            .for_each(|piece| writer.write(piece).expect("memory"));
        assert_eq!(writer.position(), body.len() as u64);
        writer.finish_with(trailer).expect("memory");
        directory.atomic_read(path).expect("the file")
    }

    fn open(bytes: Vec<u8>) -> tantivy::Result<CheckedFile> {
        CheckedFile::open("x", OwnedBytes::new(bytes))
    }

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK] {
            let body: Vec<u8> = (0..length).map(|at| at as u8).collect();
            let read = open(file(&body, b"end")).expect("a file");
            assert_eq!(read.trailer(), b"end");
            assert_eq!(read.get(0..length).expect("the body"), body);
            assert!(read.get(0..length + 1).is_err());
        }
    }

    #[test]
    fn a_changed_byte_is_found_where_it_is_read() {
        let whole = file(&[7; 3 * BLOCK], b"end");
        let mut bytes = whole.clone();
        bytes[BLOCK + 5] ^= 1;
        let read = open(bytes).expect("its end is whole");
        assert!(read.get(0..BLOCK).is_ok());
        assert!(read.get(BLOCK - 1..BLOCK + 1).is_err());
        assert!(read.get(2 * BLOCK..3 * BLOCK).is_ok());
        for at in 3 * BLOCK..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            assert!(open(bytes).is_err(), "byte {at}");
        }
        for length in 0..whole.len() {
            assert!(open(whole[..length].to_vec()).is_err(), "{length} bytes");
        }
    }
}
