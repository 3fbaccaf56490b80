//! A dictionary in one flat piece of bytes: words by their characters, each with its probability.
//!
//! A double array (Aoe 1989) over characters. Every character has a code, small for characters that open many
//! words. A node is a word's beginning; the node of beginning and next character stands at the beginning's
//! base plus the character's code. No two nodes have the same base, so the code that a node remembers
//! tells whether it is the one looked for. A node takes 8 bytes, a step one load.
//!
//! ```text
//! magic 8 · check 32 · source 32 · n_chars u32 · n_values u32 · n_nodes u32 · 0 u32
//! chars    n_chars  × u32   sorted by code, the first has code 1; padded to a multiple of 8 bytes
//! values   n_values × f64   log-probabilities; the first is that of a character that no word holds
//! nodes    n_nodes  × u64   code 16 bits · base 24 bits · ordinal of its value 24 bits, 0 for no word
//! ```
//!
//! All numbers are little-endian; `check` is the BLAKE3 hash of all that follows it, `source` the hash of what it was
//! compiled from.

use std::ops::{Deref, Range};

use blake3::Hash;

/// First bytes; the digit rises with each change of what follows them or of the default dictionary.
pub(super) const MAGIC: &[u8; 8] = b"xzwords1";
const CHECKED: usize = 40;
const COUNTS: usize = 72;
const HEADER: usize = 88;

const BASE_SHIFT: u32 = 16;
const VALUE_SHIFT: u32 = 40;
const BASE_LIMIT: usize = 1 << 24;
/// Most different characters that a user may add: codes take 16 bits, and the default has 12,045 of them.
pub(super) const MAX_CHARS: usize = 50_000;
/// Most characters in all words together, far enough from [`BASE_LIMIT`] for any packing.
pub(super) const MAX_LETTERS: usize = 12 << 20;

/// A piece of memory that outlives its reader, a mapped file for example.
pub type Bytes = Box<dyn Deref<Target = [u8]> + Send + Sync>;

/// An open dictionary.
pub(super) struct Trie {
    bytes: Bytes,
    values: Vec<f64>,
    nodes: Range<usize>,
    /// Codes of the characters up to U+FFFF.
    codes: Vec<u16>,
    /// Codes of the others, sorted.
    far: Vec<(char, u16)>,
}

impl Trie {
    /// Opens what [`compile`] wrote; `None` if it comes of another source or a single bit is not as it was written.
    pub(super) fn open(bytes: Bytes, source: Hash) -> Option<Self> {
        let all: &[u8] = &bytes;
        if all.get(..8)? != MAGIC
            || all.get(CHECKED..COUNTS)? != source.as_bytes()
            || all.get(8..CHECKED)? != blake3::hash(all.get(CHECKED..)?).as_bytes()
        {
            return None;
        }
        let counts: Vec<usize> = numbers(all.get(COUNTS..HEADER)?)
            .map(|n| n as usize)
            .collect();
        let values_at = HEADER + (counts[0] * 4).next_multiple_of(8);
        let nodes_at = values_at + counts[1] * 8;
        let nodes = nodes_at..nodes_at + counts[2] * 8;
        all.get(nodes.clone())?;
        let values = all[values_at..nodes_at].as_chunks().0;
        let values: Vec<f64> = values
            .iter()
            .map(|bits| f64::from_le_bytes(*bits))
            .collect();
        let mut codes = vec![0; 0x1_0000];
        let mut far = Vec::new();
        for (code, number) in (1..).zip(numbers(&all[HEADER..HEADER + counts[0] * 4])) {
            let ch = char::from_u32(number)?;
            match codes.get_mut(ch as usize) {
                Some(slot) => *slot = code,
                None => far.push((ch, code)),
            }
        }
        far.sort_unstable();
        (!values.is_empty()).then_some(Self {
            bytes,
            values,
            nodes,
            codes,
            far,
        })
    }

    /// The code of a character; 0 if no word holds it.
    #[inline]
    pub(super) fn code(&self, ch: char) -> u16 {
        match self.codes.get(ch as usize) {
            Some(&code) => code,
            None => self.far_code(ch),
        }
    }

    #[cold]
    fn far_code(&self, ch: char) -> u16 {
        let found = self.far.binary_search_by_key(&ch, |&(ch, _)| ch);
        found.map_or(0, |ord| self.far[ord].1)
    }

    /// Log-probability of a character that no word holds.
    pub(super) fn unknown(&self) -> f64 {
        self.values[0]
    }

    /// The nodes, for [`Walk`].
    pub(super) fn walk(&self) -> Walk<'_> {
        Walk {
            nodes: self.bytes[self.nodes.clone()].as_chunks().0,
            values: &self.values,
        }
    }
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .as_chunks()
        .0
        .iter()
        .map(|bytes| u32::from_le_bytes(*bytes))
}

/// The nodes of a dictionary, ready to be walked.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    nodes: &'a [[u8; 8]],
    values: &'a [f64],
}

impl Walk<'_> {
    /// Fetches the node that a walk from `first` will look at second, for a walk some steps ahead.
    #[inline(always)]
    pub(super) fn look_ahead(&self, first: u16, second: u16) {
        let node = self
            .nodes
            .get(usize::from(first))
            .map_or(0, |bytes| u64::from_le_bytes(*bytes));
        let base = (node >> BASE_SHIFT) as usize & (BASE_LIMIT - 1);
        let second = self.nodes.get(base + usize::from(second));
        std::hint::black_box(second.map_or(0, |bytes| bytes[0]));
    }

    /// Calls `visit` with length in characters and log-probability of each word that `codes` begins with, shortest first.
    #[inline(always)]
    pub(super) fn prefixes(&self, codes: &[u16], mut visit: impl FnMut(usize, f64)) {
        // The root is never reached by a step; its base is 0, which is nobody else's.
        let mut base = 0;
        for (len, &code) in (1..).zip(codes) {
            let node = self.nodes.get(base + usize::from(code));
            let node = node.map_or(0, |bytes| u64::from_le_bytes(*bytes));
            if node as u16 != code || code == 0 {
                return;
            }
            let value = (node >> VALUE_SHIFT) as usize;
            if value != 0
                && let Some(&value) = self.values.get(value)
            {
                visit(len, value);
            }
            base = (node >> BASE_SHIFT) as usize & (BASE_LIMIT - 1);
            if base == 0 {
                return;
            }
        }
    }
}

/// Writes a dictionary for [`Trie::open`]: words sorted and different, each with its log-probability, and that of an unknown character.
///
/// The words must hold at most 65,535 different characters and [`MAX_LETTERS`] in all beside the default ones.
pub(super) fn compile(words: &[(&str, f64)], unknown: f64, source: Hash) -> Vec<u8> {
    let chars = chars_by_use(words);
    let mut codes = vec![0; ALL_CHARS];
    for (&ch, code) in chars.iter().zip(1..) {
        codes[ch as usize] = code;
    }
    let mut values: Vec<f64> = words.iter().map(|&(_, value)| value).collect();
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| a.to_bits() == b.to_bits());
    let spelled: Vec<Spelled> = spell(words, &codes, &values);
    let nodes = Packer::pack(spelled, chars.len());

    let mut body =
        Vec::with_capacity(HEADER + chars.len() * 4 + values.len() * 8 + nodes.len() * 8);
    body.extend(source.as_bytes());
    for count in [chars.len(), values.len() + 1, nodes.len(), 0] {
        body.extend((count as u32).to_le_bytes());
    }
    for ch in &chars {
        body.extend((*ch as u32).to_le_bytes());
    }
    body.resize(body.len().next_multiple_of(8), 0);
    for value in std::iter::once(unknown).chain(values) {
        body.extend(value.to_le_bytes());
    }
    for node in nodes {
        body.extend(node.to_le_bytes());
    }
    let mut out = Vec::with_capacity(CHECKED + body.len());
    out.extend(MAGIC);
    out.extend(blake3::hash(&body).as_bytes());
    out.extend(body);
    out
}

/// Characters, those of likely words first: their nodes then lie side by side.
fn chars_by_use(words: &[(&str, f64)]) -> Vec<char> {
    let mut uses = vec![0.0; ALL_CHARS];
    for (word, value) in words {
        for ch in word.chars() {
            uses[ch as usize] += value.exp().max(f64::MIN_POSITIVE);
        }
    }
    let mut chars: Vec<char> = ('\0'..=char::MAX)
        .filter(|&ch| uses[ch as usize] > 0.0)
        .collect();
    chars.sort_by(|&a, &b| uses[b as usize].total_cmp(&uses[a as usize]));
    chars
}

/// Length of a table of all characters.
const ALL_CHARS: usize = char::MAX as usize + 1;

/// A word as codes, and the ordinal of its value from 1.
struct Spelled {
    codes: Vec<u16>,
    value: u64,
}

fn spell(words: &[(&str, f64)], codes: &[u16], values: &[f64]) -> Vec<Spelled> {
    let spelled = words.iter().map(|(word, value)| Spelled {
        codes: word.chars().map(|ch| codes[ch as usize]).collect(),
        value: 1 + values.partition_point(|other| other.total_cmp(value).is_lt()) as u64,
    });
    spelled.collect()
}

/// A step of the trie before it has a place.
struct Child {
    code: u16,
    value: u64,
    /// Ordinal of its own parent's entry in [`Packer::parents`]; `None` if nothing follows.
    parent: Option<usize>,
}

/// Finds a base for each node that has children.
#[derive(Default)]
struct Packer {
    children: Vec<Child>,
    /// Ranges of `children`, the root's first.
    parents: Vec<Range<usize>>,
    taken: Bits,
    bases: Bits,
}

impl Packer {
    fn pack(words: Vec<Spelled>, n_chars: usize) -> Vec<u64> {
        let mut packer = Self::default();
        packer.grow(&words);
        let mut order: Vec<usize> = (1..packer.parents.len()).collect();
        order.sort_by_key(|&parent| std::cmp::Reverse(packer.parents[parent].len()));
        let mut bases = vec![0; packer.parents.len()];
        packer.take(0, 0);
        let (mut width, mut from) = (usize::MAX / 8, 0);
        for parent in order {
            // What is too full for a family need not be tried for the next, until families are an eighth smaller.
            if packer.parents[parent].len() * 8 <= width * 7 {
                (width, from) = (packer.parents[parent].len(), 0);
            }
            let base = packer.base_for(parent, from);
            from = base / 64;
            packer.take(parent, base);
            bases[parent] = base;
        }
        packer.place(&bases, n_chars)
    }

    /// Lists all steps, a level at a time; words that begin alike stand side by side.
    fn grow(&mut self, words: &[Spelled]) {
        let mut open = vec![(0..words.len(), 0)];
        let mut next = 0;
        while let Some((range, depth)) = open.get(next).cloned() {
            next += 1;
            let first = self.children.len();
            let mut rest = &words[range.clone()];
            let mut at = range.start;
            while let Some(word) = rest.first() {
                let Some(&code) = word.codes.get(depth) else {
                    (rest, at) = (&rest[1..], at + 1);
                    continue;
                };
                let same = rest.partition_point(|other| other.codes.get(depth) == Some(&code));
                let ends = word.codes.len() == depth + 1;
                let follows = same > usize::from(ends);
                self.children.push(Child {
                    code,
                    value: if ends { word.value } else { 0 },
                    parent: follows.then_some(open.len()),
                });
                if follows {
                    open.push((at..at + same, depth + 1));
                }
                (rest, at) = (&rest[same..], at + same);
            }
            self.parents.push(first..self.children.len());
        }
    }

    /// The first base from `from * 64` on at which all children of `parent` find free places.
    fn base_for(&self, parent: usize, from: usize) -> usize {
        let children = &self.children[self.parents[parent].clone()];
        let found = (from..).find_map(|word| {
            let mut bad = self.bases.word(word * 64);
            for child in children {
                bad |= self.taken.word(word * 64 + usize::from(child.code));
                if bad == u64::MAX {
                    return None;
                }
            }
            Some(word * 64 + bad.trailing_ones() as usize)
        });
        found.expect("past the last node all places are free")
    }

    fn take(&mut self, parent: usize, base: usize) {
        self.bases.set(base);
        for child in &self.children[self.parents[parent].clone()] {
            self.taken.set(base + usize::from(child.code));
        }
    }

    fn place(&self, bases: &[usize], n_chars: usize) -> Vec<u64> {
        let last = bases.iter().max().copied().unwrap_or(0);
        let mut nodes = vec![0; last + n_chars + 1];
        for (range, base) in self.parents.iter().zip(bases) {
            for child in &self.children[range.clone()] {
                let below = child.parent.map_or(0, |parent| bases[parent]);
                nodes[base + usize::from(child.code)] = u64::from(child.code)
                    | (below as u64) << BASE_SHIFT
                    | child.value << VALUE_SHIFT;
            }
        }
        nodes
    }
}

/// A set of numbers.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn set(&mut self, at: usize) {
        if at / 64 >= self.0.len() {
            self.0.resize(at / 64 + 1, 0);
        }
        self.0[at / 64] |= 1 << (at % 64);
    }

    /// Which of the 64 numbers from `at` on are in the set.
    #[inline]
    fn word(&self, at: usize) -> u64 {
        let word = |ord: usize| self.0.get(ord).copied().unwrap_or(0);
        match at % 64 {
            0 => word(at / 64),
            shift => word(at / 64) >> shift | word(at / 64 + 1) << (64 - shift),
        }
    }
}
