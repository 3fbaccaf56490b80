//! Numerals: the characters that numbers are written in, for all that read or write them.
//!
//! Readers differ in what they take for a number (a date has no 百, a label no 万, a single character in running text is
//! mostly no number); what a character is worth is the same for all and is said here.

mod digits;
mod readings;

pub(crate) use digits::{
    HAN_DIGITS, below_hundred, decimal, han_digit, is_han_numeral, multiplier, one_to_nine,
};
pub use readings::readings;
