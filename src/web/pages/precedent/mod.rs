//! Precedents: how others have put a text.

mod page;
mod template;
mod timeline;
mod variant;

pub(super) use page::page;
