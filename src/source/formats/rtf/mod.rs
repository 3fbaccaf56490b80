//! RTF documents, with text in any of the code pages that Word and WPS write.
//!
//! By the RTF Specification 1.9.1. Groups are followed without recursion; an unknown destination is skipped.

mod charset;
mod paragraphs;
mod read;
mod state;
mod token;

pub(super) use read::read;
