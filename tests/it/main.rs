//! The integration tests, one module per subject. [`fixture`] runs the binary.

mod accounting;
mod answers;
mod citations;
mod collection;
mod commitments;
mod compare;
mod crash;
mod damage;
mod defaults;
mod errors;
mod eval;
mod evidence;
mod exact;
mod fixture;
mod formats;
mod generated;
mod hostile;
mod import_graph;
mod index;
mod inspect;
mod language;
mod limits;
mod lineage;
mod mcp;
mod nearest;
mod ocr;
mod oracle;
mod outline;
mod output;
mod precedent;
mod printed;
mod questions;
mod relocation;
mod report;
mod report_oracle;
mod rng;
mod search;
mod serve;
mod shards;
mod shared;
mod stable;
mod task;
mod tidy;
mod trust;
mod tutorial;
mod typed;
mod values;
mod words;

/// Whether the long versions of the tests are to run (`XUNZHANG_LONG=1`).
fn is_long() -> bool {
    std::env::var_os("XUNZHANG_LONG").is_some()
}
