//! Reproducible random numbers, so that every failure can be repeated.

/// A generator (xorshift64*, Vigna 2016); equal seeds give equal sequences.
pub(crate) struct Rng(u64);

impl Rng {
    /// A generator seeded with `seed`.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`, which must not be 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        number as usize % n
    }

    /// A random element of `items`.
    pub(crate) fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// A fragment of `text` of 1 to `most` characters, cut anywhere; the whole text if it is shorter.
    pub(crate) fn fragment(&mut self, text: &str, most: usize) -> String {
        let n_chars = text.chars().count();
        let len = 1 + self.below(most);
        let from = self.below(n_chars.saturating_sub(len).max(1));
        text.chars().skip(from).take(len).collect()
    }
}
