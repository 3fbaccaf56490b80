//! The one integration crate: a module for each subject. What drives the binary is in [`fixture`].

mod answers;
mod collection;
mod dice;
mod errors;
mod eval;
mod exact;
mod fixture;
mod formats;
mod index;
mod look;
mod oracle;
mod outline;
mod precedent;
mod questions;
mod search;
mod shared;
mod stable;
mod tidy;
