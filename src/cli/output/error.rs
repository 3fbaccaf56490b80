//! What can go wrong while a file is put together in memory.

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A workbook cannot be made.
    #[error("the workbook cannot be made")]
    Workbook(#[source] rust_xlsxwriter::XlsxError),
    /// An archive of tables cannot be made.
    #[error("the archive cannot be made")]
    Archive(#[source] zip::result::ZipError),
    /// A Word document cannot be made.
    #[error("the document cannot be made")]
    Document,
}
