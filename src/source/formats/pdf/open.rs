//! Opens a PDF document.

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::salvage;
use crate::source::{Damage, Damaged, Skip, What};

/// Maximum number of pages read of a document.
pub(super) const MAX_PAGES: usize = 20_000;

/// Maximum number of characters read of a document.
pub(super) const MAX_GLYPHS: usize = 20_000_000;

/// Opens the document; also returns whether it had to be repaired.
pub(super) fn open(bytes: &[u8]) -> Result<(Pdf, bool), Skip> {
    let error = match Pdf::new(bytes.to_vec()) {
        Ok(pdf) if !pdf.pages().is_empty() => return Ok((pdf, false)),
        Ok(_) => LoadPdfError::Invalid,
        Err(error) => error,
    };
    match error {
        // A document encrypted without a password is opened; of others it matters whether a password would
        // help.
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Err(Skip::Encrypted),
        LoadPdfError::Decryption(_) if !salvage::has_standard_encryption(bytes) => {
            Err(Skip::Unsupported(What::ManagedPdf))
        }
        LoadPdfError::Decryption(_) => Err(damaged(Damage::Encryption)),
        LoadPdfError::Invalid => {
            let repaired = salvage::with_page_tree(bytes).and_then(|bytes| Pdf::new(bytes).ok());
            let repaired = repaired.ok_or_else(|| damaged(Damage::NoPage))?;
            Ok((repaired, true))
        }
    }
}

pub(super) fn damaged(reason: Damage) -> Skip {
    Skip::Damaged {
        what: Damaged::Pdf,
        reason,
    }
}
