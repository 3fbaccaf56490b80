//! Bytes to text: detects the encoding of a text, and decodes it.
//!
//! A byte order mark decides. Without one, bytes below 0x80 are ASCII or an encoding of seven bits
//! (`seven_bit`), four bytes for every character are UTF-32, and bytes that are valid UTF-8 are UTF-8. All
//! others are read as UTF-8 with damage, GB18030, Big5, EUC-TW, UTF-16, and the encodings of Japanese and
//! Korean in turn, and the reading that is most likely in its language wins (`likelihood`): a wrong reading
//! is a sequence of rare characters. Since damage is just an unlikely character, a UTF-8 or GB18030 text with
//! a few broken bytes is still recognized. The encoding that a page or mail declares weighs as much as a few
//! frequent characters: Chinese pages mislabel GB18030 and UTF-8 as each other.
//!
//! Measured on fragments cut at characters out of 732 texts (statutes, work reports, encyclopedia, classical prose,
//! abstracts), some 4,000 for each length, in percent decoded right; chardetng 1.0.0 without a hint beside it:
//!
//! With Japanese, Korean and EUC-TW among the candidates, pieces of 5 characters of 250 laws and the reports
//! of `corpus/` (some 2,000) are decoded right in 99.95 % in GB18030 and 100 % in Big5; of 10 characters in
//! 100 % in both.
//!
//! | bytes | UTF-8 | GB18030 | GB18030, traditional | Big5 | UTF-16 without mark |
//! |---|---|---|---|---|---|
//! | 10 | 100 | 99.8 (92.1) | 99.8 (84.3) | 99.9 (97.2) | 99.2 |
//! | 20 | 100 | 100 (98.3) | 100 (95.4) | 100 (99.7) | 100.0 |
//! | 50 | 100 | 100 (99.8) | 100 (99.7) | 100 (100) | 100 |
//! | 100, 200 | 100 | 100 (100.0) | 100 (100.0) | 100 (100) | 100 |
//!
//! With the hint `cn` chardetng reads GB18030 as well as this does, but no Big5 at all, and it does not do UTF-16.

mod encoding;
mod euc_tw;
mod frequent;
mod guess;
mod likelihood;
mod resync;
mod seven_bit;
mod utf32;

pub use encoding::Encoding;
pub(super) use guess::decoder;
pub use guess::{Decoded, decode, decode_as, decode_declared, guess, is_plausible, likelihood};
