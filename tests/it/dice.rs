//! Random numbers that are the same every time: a failure can be repeated, and nothing depends on luck.

/// A generator; equal seeds give equal rows of numbers (xorshift64*, Vigna 2016).
pub(crate) struct Dice(u64);

impl Dice {
    /// A generator whose row of numbers `seed` decides.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        number as usize % n
    }

    /// One of `items`.
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
