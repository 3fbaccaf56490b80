//! The commands, one module each: arguments, run, printing.

pub(crate) mod access;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
pub(crate) mod concordance;
pub(crate) mod docs;
pub(crate) mod duplicates;
pub(crate) mod eval;
pub(crate) mod frame;
pub(crate) mod index;
pub(crate) mod lineage;
pub(crate) mod man;
pub(crate) mod mcp;
pub(crate) mod open;
pub(crate) mod outline;
pub(crate) mod precedent;
pub(crate) mod report;
pub(crate) mod search;
pub(crate) mod serve;
pub(crate) mod show;
pub(crate) mod similar;
pub(crate) mod status;
pub(crate) mod trend;
pub(crate) mod verify;
pub(crate) mod watch;
pub(crate) mod words;
