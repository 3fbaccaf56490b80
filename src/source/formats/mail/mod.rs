//! Mail (`.eml`, `.msg`, `.mbox`) and web archives (`.mht`), which Word saves under `.doc` too: the text, and
//! the attachments.
//!
//! `mail-parser` separates the parts; their bytes are decoded here, since parts often declare no character
//! set, or a wrong one.

mod content;
mod headers;
mod mailbox;
mod outlook;
mod read;
mod transfer;

pub(super) use read::{pictures, read};
