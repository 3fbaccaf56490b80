//! Character recognition of scanned pages, by an installed program: RapidOCR or tesseract.
//!
//! The program is not part of this one, and nothing is downloaded. It receives a picture on its standard
//! input and returns lines; it has a limited time for each page, and on Unix limited memory. The text of a
//! page is stored by the hash of its picture, so that no page is read twice.

mod layout;
mod process;
mod rapid;
mod recognizer;

pub use recognizer::{Engine, Load, Pages, Recognizer, Store};
