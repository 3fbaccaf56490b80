//! The one integration crate: a module for each subject. What drives the binary is in [`fixture`].

mod fixture;
mod index;
mod outline;
mod search;
