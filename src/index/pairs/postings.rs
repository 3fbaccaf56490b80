//! A list of passages with frequencies, in blocks.
//!
//! ```text
//! n │ for each full block: last passage, end, bits of a step, bits of a frequency, highest frequency, least length
//! │ highest frequency and least length of the rest, where there is a full block │ blocks │ rest
//! ```
//!
//! A full block holds 128 passages: steps from one to the next and frequencies less one, bit-packed (Lemire and Boytsov 2015,
//! Decoding billions of integers per second through vectorization). The remainder is written in bytes of seven bits: each
//! step doubled, plus one where a frequency above 1 follows. Most lists are nothing but such a rest.

use bitpacking::{BitPacker, BitPacker4x};
use tantivy::directory::OwnedBytes;
use tantivy::{DocId, TERMINATED};

/// Passages in a full block.
pub(crate) const BLOCK: usize = BitPacker4x::BLOCK_LEN;
/// Bytes that are said of a full block before all blocks.
// Four bytes for the last passage, four for the end of the block, one each for both numbers of bits, the highest frequency and
// the least length.
const HEAD: usize = 12;
/// Bytes that are said of the rest, where there is a full block.
const REST_HEAD: usize = 2;
/// Stands for any frequency from here on in what is said of a block.
// A byte is enough to bound a score: beyond 254 occurrences BM25 hardly rises any more, and a bound may always be too high.
const MOST: u32 = 255;

/// Writes a list; `length` gives the length of a text as its norm.
pub(super) fn encode(postings: &[(DocId, u32)], length: impl Fn(DocId) -> u8, out: &mut Vec<u8>) {
    write_varint(out, postings.len() as u32);
    let (blocks, rest) = postings.as_chunks::<BLOCK>();
    let mut packed = Vec::new();
    let mut last = 0;
    for block in blocks {
        let [doc_bits, frequency_bits] = pack(block, last, &mut packed);
        last = block[BLOCK - 1].0;
        out.extend(last.to_le_bytes());
        out.extend((packed.len() as u32).to_le_bytes());
        out.extend([doc_bits, frequency_bits]);
        out.extend(bounds(block, &length));
    }
    // Short lists are the rule. Their bound would take longer to read than their passages.
    if !blocks.is_empty() {
        out.extend(bounds(rest, &length));
    }
    out.extend(packed);
    for &(doc, frequency) in rest {
        let step = doc - last;
        last = doc;
        // A step takes up to 32 bits, and the mark one more.
        let marked = u64::from(step) << 1 | u64::from(frequency > 1);
        write_varint64(out, marked);
        if frequency > 1 {
            write_varint(out, frequency);
        }
    }
}

/// Adds a block whose passages follow `last` to `packed`; returns the bits of a passage and of a frequency.
fn pack(block: &[(DocId, u32); BLOCK], last: DocId, packed: &mut Vec<u8>) -> [u8; 2] {
    let packer = BitPacker4x::new();
    let mut buffer = [0; 4 * BLOCK];
    let docs = block.map(|(doc, _)| doc);
    // No passage of a list has a frequency of 0; less one, a list of ones takes no bits at all.
    let frequencies = block.map(|(_, frequency)| frequency - 1);
    let doc_bits = packer.num_bits_sorted(last, &docs);
    let n = packer.compress_sorted(last, &docs, &mut buffer, doc_bits);
    packed.extend_from_slice(&buffer[..n]);
    let frequency_bits = packer.num_bits(&frequencies);
    let n = packer.compress(&frequencies, &mut buffer, frequency_bits);
    packed.extend_from_slice(&buffer[..n]);
    [doc_bits, frequency_bits]
}

/// The highest frequency of some passages, as far as a byte holds it, and their least length.
fn bounds(postings: &[(DocId, u32)], length: impl Fn(DocId) -> u8) -> [u8; REST_HEAD] {
    let most = postings.iter().map(|&(_, frequency)| frequency).max();
    let least = postings.iter().map(|&(doc, _)| length(doc)).min();
    [most.unwrap_or(0).min(MOST) as u8, least.unwrap_or(0)]
}

fn write_varint(out: &mut Vec<u8>, number: u32) {
    write_varint64(out, number.into());
}

fn write_varint64(out: &mut Vec<u8>, mut number: u64) {
    while number >= 1 << 7 {
        out.push(number as u8 | 1 << 7);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Reads a number from `bytes` at `at`; 0 after the end, which an undamaged list never reaches.
fn read_varint(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut number, mut shift) = (0, 0);
    while let Some(&byte) = bytes.get(*at) {
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 1 << 7 || shift > 56 {
            break;
        }
    }
    number
}

/// The number of passages in a list.
pub(super) fn n_passages(list: &[u8]) -> u32 {
    read_varint(list, &mut 0) as u32
}

/// A list, read block by block.
pub(crate) struct Postings {
    list: OwnedBytes,
    /// Where heads, blocks and rest begin.
    heads: usize,
    blocks: usize,
    rest: usize,
    n_blocks: usize,
    n: u32,
    /// The current block; `n_blocks` for the rest, `n_blocks + 1` after it.
    block: usize,
    docs: [DocId; BLOCK],
    frequencies: [u32; BLOCK],
    /// Passages in the current block.
    len: usize,
    has_frequencies: bool,
    /// The current passage in the block.
    at: usize,
}

/// What is said of a block before it is read.
#[derive(Clone, Copy)]
struct Head {
    last: DocId,
    end: usize,
    doc_bits: u8,
    frequency_bits: u8,
    most: u8,
    least: u8,
}

impl Postings {
    /// Begins at the first passage.
    pub(super) fn new(list: OwnedBytes) -> Self {
        let mut heads = 0;
        let n = read_varint(&list, &mut heads) as u32;
        let n_blocks = n as usize / BLOCK;
        let rest_head = if n_blocks > 0 { REST_HEAD } else { 0 };
        let blocks = heads + n_blocks * HEAD + rest_head;
        let mut postings = Self {
            list,
            heads,
            blocks,
            rest: blocks,
            n_blocks,
            n,
            block: 0,
            docs: [0; BLOCK],
            frequencies: [1; BLOCK],
            len: 0,
            has_frequencies: false,
            at: 0,
        };
        if let Some(last) = n_blocks.checked_sub(1) {
            postings.rest = blocks + postings.head(last).end;
        }
        postings.load();
        postings
    }

    /// The current passage, [`TERMINATED`] after the last.
    #[inline]
    pub(crate) fn doc(&self) -> DocId {
        match self.at < self.len {
            true => self.docs[self.at],
            false => TERMINATED,
        }
    }

    /// How often the current passage holds the key.
    pub(crate) fn frequency(&mut self) -> u32 {
        self.load_frequencies();
        self.frequencies.get(self.at).copied().unwrap_or(0)
    }

    /// Moves to the next passage.
    #[inline]
    pub(crate) fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at >= self.len {
            self.next_block();
        }
        self.doc()
    }

    /// What of the current block is still to come: passages and their frequencies, side by side.
    pub(crate) fn rest_of_block(&mut self) -> (&[DocId], &[u32]) {
        self.load_frequencies();
        let range = self.at.min(self.len)..self.len;
        (&self.docs[range.clone()], &self.frequencies[range])
    }

    /// The passages of the current block that are still to come.
    pub(crate) fn docs_of_block(&self) -> &[DocId] {
        &self.docs[self.at.min(self.len)..self.len]
    }

    /// Skips the next `n` passages of the block; moves to the next block after its last.
    pub(crate) fn skip(&mut self, n: usize) {
        self.at += n;
        if self.at >= self.len {
            self.next_block();
        }
    }

    /// Moves to the first passage from `target` on, if that is ahead.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        if self.block < self.n_blocks && self.docs[self.len - 1] < target {
            self.block = self.block_of(target);
            self.load();
        }
        let ahead = &self.docs[self.at.min(self.len)..self.len];
        // Mostly the target is among the next few.
        self.at += match ahead.iter().take(8).position(|&doc| doc >= target) {
            Some(near) => near,
            None => ahead.partition_point(|&doc| doc < target),
        };
        if self.at >= self.len {
            self.next_block();
        }
        self.doc()
    }

    /// The first of the blocks after this one whose last passage is not before `target`.
    fn block_of(&self, target: DocId) -> usize {
        let mut block = self.block + 1;
        // Mostly the block is near.
        // Steps that double cost as much as the distance has digits; a search from the middle of the whole list would cost
        // that each time.
        let mut step = 1;
        while block + step < self.n_blocks && self.head(block + step - 1).last < target {
            block += step;
            step *= 2;
        }
        let mut end = (block + step).min(self.n_blocks);
        while block < end {
            let middle = block.midpoint(end);
            if self.head(middle).last < target {
                block = middle + 1;
            } else {
                end = middle;
            }
        }
        block
    }

    /// No passage of the list has a higher score, where `score` is that of a frequency and a length and falls with the length;
    /// `None` of a short list, of which nothing is said.
    pub(crate) fn highest(&self, score: impl Fn(u32, u8) -> u32) -> Option<u32> {
        let frequency = |most: u8| match u32::from(most) {
            MOST => u32::MAX,
            most => most,
        };
        let heads = (0..self.n_blocks).map(|block| self.head(block));
        let highest = heads
            .map(|head| score(frequency(head.most), head.least))
            .max()?;
        let rest = self.list.get(self.blocks - REST_HEAD..self.blocks);
        let rest = match rest {
            Some(&[most, least]) if most > 0 => score(frequency(most), least),
            _ => 0,
        };
        Some(highest.max(rest))
    }

    fn head(&self, block: usize) -> Head {
        let from = self.heads + block * HEAD;
        let head: [u8; HEAD] = self
            .list
            .get(from..)
            .and_then(<[u8]>::first_chunk)
            .copied()
            .unwrap_or_default();
        let number =
            |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        Head {
            last: number(0),
            end: number(4) as usize,
            // More bits than a number has would be read beyond it.
            doc_bits: head[8].min(32),
            frequency_bits: head[9].min(32),
            most: head[10],
            least: head[11],
        }
    }

    fn next_block(&mut self) {
        if self.block <= self.n_blocks {
            self.block += 1;
            self.load();
        }
    }

    /// Reads the passages of the current block.
    fn load(&mut self) {
        self.at = 0;
        self.has_frequencies = false;
        self.len = 0;
        let last = match self.block.checked_sub(1) {
            Some(before) if self.block <= self.n_blocks => self.head(before).last,
            _ => 0,
        };
        if self.block < self.n_blocks {
            let (from, head) = self.block_at(self.block);
            let size = usize::from(head.doc_bits) * BLOCK / 8;
            if let Some(packed) = self.list.get(from..from + size) {
                BitPacker4x::new().decompress_sorted(last, packed, &mut self.docs, head.doc_bits);
                self.len = BLOCK;
            }
        } else if self.block == self.n_blocks {
            self.read_rest(last);
        }
    }

    fn read_rest(&mut self, mut last: DocId) {
        let mut at = self.rest;
        self.len = self.n as usize % BLOCK;
        for ord in 0..self.len {
            let marked = read_varint(&self.list, &mut at);
            last = last
                // A damaged list ends at numbers that are not of passages; it must not reach TERMINATED in its middle.
                .saturating_add((marked >> 1) as u32)
                .min(TERMINATED - 1);
            self.docs[ord] = last;
            self.frequencies[ord] = match marked & 1 {
                0 => 1,
                _ => read_varint(&self.list, &mut at) as u32,
            };
        }
        self.has_frequencies = true;
        if self.len == 0 {
            self.block += 1;
        }
    }

    /// Where a block begins, and what is said of it.
    fn block_at(&self, block: usize) -> (usize, Head) {
        let before = block
            .checked_sub(1)
            .map_or(0, |before| self.head(before).end);
        (self.blocks + before, self.head(block))
    }

    fn load_frequencies(&mut self) {
        if self.has_frequencies || self.block >= self.n_blocks {
            return;
        }
        let (from, head) = self.block_at(self.block);
        let from = from + usize::from(head.doc_bits) * BLOCK / 8;
        let size = usize::from(head.frequency_bits) * BLOCK / 8;
        if let Some(packed) = self.list.get(from..from + size) {
            BitPacker4x::new().decompress(packed, &mut self.frequencies, head.frequency_bits);
            self.frequencies
                .iter_mut()
                .for_each(|frequency| *frequency = frequency.saturating_add(1));
        }
        self.has_frequencies = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(postings: &[(DocId, u32)]) -> Postings {
        let mut list = Vec::new();
        encode(postings, |doc| doc as u8, &mut list);
        assert_eq!(n_passages(&list) as usize, postings.len());
        Postings::new(OwnedBytes::new(list))
    }

    proptest! {
        #[test]
        fn a_list_is_read_as_it_was_written(
            steps in proptest::collection::vec((1_u32..5000, 1_u32..400), 1..600),
            targets in proptest::collection::vec(0_u32..1_000_000, 0..20),
        ) {
            let mut doc = 0;
            let postings: Vec<(DocId, u32)> = steps
                .iter()
                .map(|&(step, frequency)| {
                    doc += step;
                    (doc - 1, frequency)
                })
                .collect();
            let mut list = read(&postings);
            for &(doc, frequency) in &postings {
                prop_assert_eq!((list.doc(), list.frequency()), (doc, frequency));
                list.advance();
            }
            // Longer texts score less: the score of a frequency and a length as a mere order.
            let score = |frequency: u32, length: u8| frequency.saturating_mul(2).saturating_add(1000 - u32::from(length));
            if let Some(highest) = read(&postings).highest(score) {
                prop_assert!(postings.iter().all(|&(doc, frequency)| score(frequency, doc as u8) <= highest));
            } else {
                prop_assert!(postings.len() < BLOCK);
            }
            prop_assert_eq!(list.doc(), TERMINATED);
            let mut by_block = Vec::new();
            let mut list = read(&postings);
            while list.doc() != TERMINATED {
                let (docs, frequencies) = list.rest_of_block();
                by_block.extend(docs.iter().copied().zip(frequencies.iter().copied()));
                let n = docs.len();
                list.skip(n);
            }
            prop_assert_eq!(&by_block, &postings);
            let mut targets = targets;
            targets.sort_unstable();
            let mut list = read(&postings);
            for target in targets {
                let expected = postings.iter().find(|&&(doc, _)| doc >= target);
                prop_assert_eq!(list.seek(target), expected.map_or(TERMINATED, |&(doc, _)| doc));
                if let Some(&(_, frequency)) = expected {
                    prop_assert_eq!(list.frequency(), frequency);
                }
            }
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut list = Postings::new(OwnedBytes::new(bytes));
            for _ in 0..1000 {
                list.frequency();
                list.advance();
                list.seek(list.doc().saturating_add(77).min(TERMINATED));
            }
        }
    }
}
