//! The one integration crate: a module for each subject. What drives the binary is in [`fixture`].

mod answers;
mod collection;
mod crash;
mod damage;
mod dice;
mod door;
mod errors;
mod eval;
mod exact;
mod fixture;
mod formats;
mod hostile;
mod index;
mod limits;
mod look;
mod moving;
mod ocr;
mod oracle;
mod outline;
mod output;
mod precedent;
mod printed;
mod questions;
mod report;
mod report_oracle;
mod search;
mod shared;
mod stable;
mod tidy;
mod trust;
mod values;
mod words;

/// Whether tests are to take as long as the contract's figures ask (`XUNZHANG_LONG=1`).
fn is_long() -> bool {
    std::env::var_os("XUNZHANG_LONG").is_some()
}
