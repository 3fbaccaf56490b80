//! A page before it is laid out.

use axum::http::StatusCode;
use maud::Markup;

/// What a page shows.
pub(in crate::web) struct Page {
    pub(super) title: String,
    pub(super) main: Markup,
    /// What a person should know of the answer.
    pub(super) notes: Vec<String>,
    /// The path of the entry of the menu that it belongs to.
    pub(super) menu: Option<&'static str>,
    pub(super) status: StatusCode,
    /// Seconds after which a browser without script loads it again.
    pub(super) refresh: Option<u32>,
}

impl Page {
    /// A page that belongs to no entry of the menu.
    pub(in crate::web) fn new(title: impl Into<String>, main: Markup) -> Self {
        Self {
            title: title.into(),
            main,
            notes: Vec::new(),
            menu: None,
            status: StatusCode::OK,
            refresh: None,
        }
    }

    /// The same below an entry of the menu.
    pub(super) fn below(self, menu: &'static str) -> Self {
        Self {
            menu: Some(menu),
            ..self
        }
    }

    /// The same with what a person should know of it.
    pub(super) fn with_notes(self, notes: Vec<String>) -> Self {
        Self { notes, ..self }
    }

    /// The same, loaded again after some seconds.
    pub(super) fn refreshed(self, seconds: u32) -> Self {
        Self {
            refresh: Some(seconds),
            ..self
        }
    }

    /// The same under another status.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}
