//! Sources of documents: bytes of any kind in, composed documents out.
//!
//! A file is recognized ([`sniff`]), read by its format, one file in `formats/` for each, into the lines of
//! one or many documents ([`records`]), decoded on the way ([`decode`]), repaired ([`clean`]), and composed.

mod bounded;
pub mod clean;
pub mod decode;
mod digest;
mod draft;
mod error;
mod formats;
pub mod input;
pub mod mark;
mod names;
pub mod ocr;
mod ole;
mod options;
mod package;
mod plain;
mod raw;
mod read;
mod reading;
pub mod records;
mod skip;
pub mod sniff;
mod system_error;
pub mod walk;
mod warning;
pub mod watch;
mod what;
pub mod worker;
mod xml;

pub use digest::sha256;
pub use draft::{Draft, read_draft, typed_draft};
pub use error::{Action, Error, Result};
pub use options::{LINE_COST, ReadOptions};
pub(crate) use plain::full;
pub use plain::{plain, real};
pub use read::{open, read, read_bytes};
pub use reading::Record;
pub use skip::Skip;
pub use system_error::{SystemError, is_held};
pub use warning::{Shortened, Warning};
pub use what::{Damage, Damaged, Protection, What};
