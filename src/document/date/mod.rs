//! Dates of reports: reading them in all printed forms, and deciding which one is the document's own.

mod calendar;
mod delivery;
mod own;
mod scan;
mod signature;

pub use calendar::{Date, DateSource};
pub(super) use own::{first_adopted, of_document};
pub use scan::{Found, find, find_numeric, parse};
