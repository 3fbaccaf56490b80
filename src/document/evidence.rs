//! What date, kind and issuer of a document are read from.

use super::line::SourceMetadata;
use super::metadata::Fields;

/// The evidence for date, kind and issuer of a document.
pub(super) struct DocumentEvidence<'a> {
    /// The title.
    pub(super) title: &'a str,
    /// Its lines, as [`super::reading`] reads them.
    pub(super) texts: &'a [&'a str],
    /// What its page states in fields.
    pub(super) fields: &'a Fields,
    /// What its source states outside the text.
    pub(super) given: &'a SourceMetadata,
}
