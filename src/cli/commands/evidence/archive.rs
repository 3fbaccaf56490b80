//! The archive's files, each with the mark by which `index` passes it over once it is unpacked.

use std::borrow::Cow;
use std::io::{Cursor, Write};

use xunzhang::source::mark::{Form, stamp};
use zip::write::SimpleFileOptions;

use crate::cli::output::Error;
use crate::cli::output::csv::csv;
use crate::cli::output::table::Table;

/// A file of the archive.
pub(super) enum Part<'a> {
    /// Text for people.
    Text(&'static str, String),
    /// A table, as `NAME.csv`.
    Table(Table<'a>),
    /// JSON, or JSON Lines.
    Json(&'static str, Cow<'a, [u8]>),
    /// A program as it is.
    Program(&'static str, &'static str),
}

impl Part<'_> {
    fn name(&self) -> String {
        match self {
            Self::Text(name, _) | Self::Json(name, _) | Self::Program(name, _) => {
                (*name).to_owned()
            }
            Self::Table(table) => format!("{}.csv", table.name),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Text(_, text) => stamp(Form::Text, text.as_bytes()),
            Self::Table(table) => stamp(Form::Csv, &csv(table)),
            Self::Json(_, json) => stamp(Form::Json, json),
            Self::Program(_, program) => program.as_bytes().to_vec(),
        }
    }
}

/// The archive of these files, in this order.
///
/// # Errors
/// [`Error::Archive`] if it grows over what ZIP can hold.
pub(super) fn archive(parts: &[Part<'_>]) -> Result<Vec<u8>, Error> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let packed = (|| {
        for part in parts {
            archive.start_file(part.name(), SimpleFileOptions::default())?;
            archive.write_all(&part.bytes())?;
        }
        archive.finish()
    })();
    packed.map(Cursor::into_inner).map_err(Error::Archive)
}
