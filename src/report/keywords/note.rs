//! What is said of a list beside its entries.

/// How a part of a list was read that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// A cell whose words are entries of their own.
    Split {
        /// Its row, from 1.
        line: usize,
        /// The cell.
        text: String,
        /// How many entries.
        n: usize,
    },
    /// A line of several words that is counted as one.
    Together {
        /// Its number, from 1.
        line: usize,
        /// The line.
        text: String,
    },
    /// Sheets of the workbook whose words are counted, by name; each is the group of its words.
    Sheets(Vec<String>),
    /// Sheets of the workbook that are not read, by name: they cannot be, or hold no words but sentences.
    Unread(Vec<String>),
}
