//! Words of a collection: frequent words, keywords, collocates and new terms.

mod collocates;
mod keyness;
mod new;
mod stop_words;
mod top;
mod whole_words;

pub use collocates::{Collocate, CollocateOptions, Side, collocates};
pub use keyness::{Keyword, LEAST_G2, Reference, keyness};
pub use new::{Candidate, NewOptions, new_words};
pub use stop_words::STOP_WORDS;
pub use top::{Frequency, WordOptions, top};
