//! The outline of a report: which lines are headings, with level and parent.
//!
//! ```text
//! report   = title front part*
//! part     = heading text* part*
//! heading  = styled            the source's style says so
//!          | label topic       一、基本情况                  (alone on its line)
//!          | label point text  （一）班子重视，部署周密。年初以来……  (run-in: the first sentence is the heading)
//!          | label words "：" text
//!          | label words blank text
//!          | topic             结束语                       (unlabelled)
//!          | sentence          推动开放型经济加快发展。        (unlabelled, with its paragraph on the next line)
//!          | sentence text     五年来，我们着力办好学校。……     (unlabelled, in consecutive paragraphs that open alike)
//! ```
//!
//! [`label`] has the grammar of labels. A paragraph with a label is a heading if it and its siblings read as
//! headings (`groups`, `statement`); levels follow from how the labels nest in this document (`levels`).

mod candidates;
mod chains;
mod contents;
mod forms;
mod groups;
mod headings;
mod known_lines;
pub mod label;
mod levels;
mod numeral;
mod openings;
mod paragraph;
mod statement;
mod unlabelled;

pub(in crate::document) use contents::{
    ContentsLine, ContentsPart, LineSort, contents, is_heading as heads_contents,
};
pub(crate) use forms::Form;
pub(in crate::document) use headings::{Heading, outline};
pub(in crate::document) use known_lines::{
    is_attachment_marker, is_letter_spaced, is_salutation, names_part,
};
pub(crate) use numeral::any as numeral;
pub(in crate::document) use paragraph::{PagePart, Paragraph};
pub(in crate::document) use statement::{Ending, ending};

#[cfg(test)]
mod tests;
