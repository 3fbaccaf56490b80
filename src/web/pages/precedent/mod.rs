//! Precedents: how others have put a text.

mod page;
mod template;
mod timeline;
mod variant;
mod view;

pub(super) use page::page;
