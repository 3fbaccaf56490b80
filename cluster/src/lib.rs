//! 寻章 over many shards and many machines.
//!
//! A collection is divided into shards, each an ordinary index. [`operator`] puts the library's work on a shard into the operators
//! of Apache DataFusion, which run in this process or, through [`codec`], on the executors of Ballista ([`engine`]). [`asking`]
//! makes one answer of those of all shards; how that is done, and that it is the answer of one index, is the library's business
//! (`xunzhang::search::shards`). [`tables`] gives the same shards to SQL.

pub mod asking;
pub mod build;
pub mod codec;
pub mod engine;
pub mod error;
pub mod leaf;
pub mod opened;
pub mod operator;
pub mod output;
pub mod server;
pub mod set;
pub mod storage;
pub mod tables;
pub mod work;

pub use error::{Error, Result};
