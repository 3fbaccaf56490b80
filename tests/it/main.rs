//! The one integration crate: a module for each subject. What drives the binary is in [`fixture`].

mod answers;
mod collection;
mod dice;
mod errors;
mod exact;
mod fixture;
mod formats;
mod index;
mod look;
mod oracle;
mod outline;
mod precedent;
mod questions;
mod report;
mod report_oracle;
mod search;
mod shared;
mod stable;
mod tidy;
mod words;
