//! A report as plain data: its title, date and kind, its sections, and its passages.
//!
//! [`compose`] builds a [`Document`] from cleaned lines. Nothing here does I/O.

mod blank;
mod body_name;
mod boilerplate;
mod characters;
mod compose;
mod cut;
pub mod date;
mod evidence;
mod front;
pub mod issuer;
pub mod kind;
pub mod level;
mod line;
mod metadata;
pub mod outline;
mod page;
mod reading;
mod reason;
mod recognized;
pub mod role;
mod role_flow;
mod role_opening;
mod role_tense;
mod structure;
mod title;

pub use characters::{Characters, set_aside};
pub use compose::compose;
pub(crate) use cut::MAX_PASSAGE;
pub use date::{Date, DateSource};
pub use level::Level;
pub use line::{Line, Row, SourceMetadata, Style};
pub use page::Mended;
pub use reason::Reason;
pub(crate) use recognized::mark_recognized;
pub use role::Role;
pub use structure::{Boilerplate, Document, Part, Passage, Section, TableRow};
