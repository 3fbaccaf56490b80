//! Shards on the engines answer as one index does, or name what failed.

mod answers;
mod build;
mod collection;
mod faults;
#[path = "../../../tests/it/generated.rs"]
mod generated;
mod sql;
