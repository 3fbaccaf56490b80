//! The one integration crate: a module for each subject. What drives the binary is in [`fixture`].

mod collection;
mod dice;
mod errors;
mod exact;
mod fixture;
mod formats;
mod index;
mod oracle;
mod outline;
mod questions;
mod search;
mod shared;
mod stable;
mod tidy;
