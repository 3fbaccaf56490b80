//! The commands, one module each: arguments, run, printing.

pub(in crate::cli) mod check;
pub(in crate::cli) mod completions;
pub(in crate::cli) mod concordance;
pub(in crate::cli) mod docs;
pub(in crate::cli) mod duplicates;
pub(in crate::cli) mod eval;
pub(in crate::cli) mod frame;
pub(in crate::cli) mod index;
pub(in crate::cli) mod open;
pub(in crate::cli) mod outline;
pub(in crate::cli) mod precedent;
pub(in crate::cli) mod report;
pub(in crate::cli) mod search;
pub(in crate::cli) mod show;
pub(in crate::cli) mod similar;
pub(in crate::cli) mod status;
pub(in crate::cli) mod trend;
pub(in crate::cli) mod verify;
pub(in crate::cli) mod watch;
pub(in crate::cli) mod words;
