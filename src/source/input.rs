//! User input other than documents: lists, dictionaries, queries. Bounded, and never a device or a pipe.

use std::io::Read;
use std::path::Path;

use super::decode::decode;
use super::formats::{self, Source};
use super::options::ReadOptions;
pub use super::raw::TableRow;
use super::skip::Skip;

/// Maximum size of a list in bytes: keywords, queries, synonyms, dictionaries. The longest in use have some
/// hundred thousand lines (jieba's own large dictionary is 8 MB), and a list takes up to thirty times its
/// size in memory.
pub const MAX_LIST: u64 = 16 << 20;
/// Maximum size of a typed or piped text in bytes: far more than any command accepts, so that the command
/// states its own limit.
pub const MAX_TYPED: u64 = 16 << 20;

/// Reads the list in the file at `path`.
///
/// # Errors
/// [`Skip::NotAFile`] for a device, a pipe or a folder, [`Skip::TooLarge`] over [`MAX_LIST`],
/// [`Skip::Unreadable`] for errors of the system.
pub fn read_list(path: &Path) -> Result<Vec<u8>, Skip> {
    read_bounded(super::read::open(path)?, MAX_LIST)
}

/// The text of the list in the file at `path`, in any encoding, without byte order mark.
///
/// # Errors
/// Those of [`read_list`]; [`Skip::Binary`] if it is not text.
pub fn read_list_text(path: &Path) -> Result<String, Skip> {
    list_text(&read_list(path)?)
}

/// The bytes of a list as text.
///
/// # Errors
/// [`Skip::Binary`] if they are not text.
pub fn list_text(bytes: &[u8]) -> Result<String, Skip> {
    // Short lists are too little evidence of an encoding to be rejected for rare characters; NUL is not text
    // in any.
    let text = decode(bytes).text;
    if text.contains('\0') {
        return Err(Skip::Binary);
    }
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// Reads all of `stream`, such as standard input.
///
/// # Errors
/// [`Skip::TooLarge`] if it has more than `limit` bytes; [`Skip::Unreadable`] if reading fails.
pub fn read_bounded(stream: impl Read, limit: u64) -> Result<Vec<u8>, Skip> {
    let mut bytes = Vec::new();
    // One byte over the limit distinguishes a full input from one that is too long.
    stream.take(limit + 1).read_to_end(&mut bytes)?;
    let size = bytes.len() as u64;
    if size > limit {
        return Err(Skip::TooLarge { size, limit });
    }
    Ok(bytes)
}

/// A sheet of a workbook that holds a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListSheet {
    /// Its name.
    pub name: String,
    /// Its rows that are not empty; none if it cannot be read.
    pub rows: Vec<TableRow>,
}

/// The sheets with rows of the workbook in `bytes`, read in a separate process if `options` have any.
///
/// Rows and columns beyond those of any list are omitted, long cells are truncated.
///
/// # Errors
/// [`Skip`] if nothing can be read.
pub fn list_sheets(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Vec<ListSheet>, Skip> {
    let source = Source::new(name, options);
    let mut sheets: Vec<ListSheet> = Vec::new();
    formats::list_sheets(bytes, &source, &mut |(number, cells)| match number {
        0 => sheets.push(ListSheet {
            name: cells.concat(),
            rows: Vec::new(),
        }),
        _ => {
            if let Some(sheet) = sheets.last_mut() {
                sheet.rows.push((number, cells));
            }
        }
    })?;
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_a_list_is_refused() {
        let endless = std::io::repeat(0);
        let skip = read_bounded(endless, 1000).expect_err("a skip");
        assert_eq!(
            skip.to_string(),
            "is too large: 1001 bytes, the limit is 1000; split it"
        );
        assert_eq!(read_bounded(&b"abc"[..], 3).expect("bytes"), b"abc");
        let folder = tempfile::tempdir().expect("a folder");
        assert!(matches!(read_list(folder.path()), Err(Skip::NotAFile)));
    }
}
