//! The one integration crate: a module for each subject. What drives the binary is in [`fixture`].

mod dice;
mod exact;
mod fixture;
mod index;
mod oracle;
mod outline;
mod search;
mod stable;
