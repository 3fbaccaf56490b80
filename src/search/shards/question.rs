//! What a shard is asked, and what it answers, as data that can be sent.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tantivy::DocAddress;

use crate::query::Numbers;
use crate::search::concordance_row::ConcordanceRow;
use crate::search::occurrences::{ConcordanceOptions, Found};
use crate::search::{Count, Filter, Hit, Holds, Place, SearchOptions};

/// A question to each shard of a collection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Question {
    /// The numbers that a query is ranked by.
    Numbers {
        /// The query.
        query: String,
    },
    /// The first passages in the order of the index alone.
    First {
        /// The search.
        search: Search,
        /// How many.
        depth: usize,
        /// Whether those that hold a short query as it is written come first.
        written: bool,
    },
    /// What further stages add to the scores of [`Own::Passages`].
    Refine {
        /// The search.
        search: Search,
    },
    /// What is shown of [`Own::Hits`], and the copies of all hits.
    Show {
        /// The search.
        search: Search,
        /// The hits of all shards from the first one on, if copies are looked for.
        originals: Vec<Original>,
    },
    /// How often a query matches.
    Count {
        /// The query.
        query: String,
        /// Where to look.
        filter: Filter,
    },
    /// The occurrences of a query, without their texts.
    Occurrences {
        /// The query.
        query: String,
        /// Where to look, and in which order.
        options: ConcordanceOptions,
    },
    /// The lines of [`Own::Spots`].
    Lines,
}

/// What one shard is asked beside the question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Own {
    /// Nothing.
    #[default]
    None,
    /// Numbers without zeros.
    NonZero,
    /// Passages of the shard, each with the bits of its score.
    Passages(Vec<(Address, u32)>),
    /// Hits of the shard by their place among all of them, from 0; those from the first that is shown on are shown.
    Hits(Vec<(usize, Address)>),
    /// Occurrences in the shard, each with the id of its document.
    Spots(Vec<(String, Spot)>),
}

/// The answer of a shard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Answer {
    /// To [`Question::Numbers`].
    Numbers(Numbers),
    /// To [`Question::First`].
    First(FirstRows),
    /// To [`Question::Refine`], in order of the passages.
    Refined(Vec<Refined>),
    /// To [`Question::Show`]: the hits in order; for each of the originals its copies.
    Shown(Vec<Hit>, Vec<Vec<Place>>),
    /// To [`Question::Count`].
    Count(Count),
    /// To [`Question::Occurrences`].
    Occurrences(Found),
    /// To [`Question::Lines`], in order of the occurrences.
    Lines(Vec<ConcordanceRow>),
}

/// A search and the numbers of the whole collection.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Search {
    /// A name for all of the following but [`Search::meets_singles`], another for another search.
    pub name: String,
    /// The query.
    pub query: String,
    /// How it is run.
    pub options: SearchOptions,
    /// The sums over all shards.
    // Shared: a long query has thousands of them, and all shards of one process read the same ones.
    #[serde(serialize_with = "shared", deserialize_with = "to_be_shared")]
    pub numbers: Arc<Numbers>,
    /// Whether passages that hold nothing but single units of bare words are among what is found.
    pub meets_singles: bool,
}

fn shared<S: Serializer>(numbers: &Numbers, serializer: S) -> Result<S::Ok, S::Error> {
    numbers.serialize(serializer)
}

fn to_be_shared<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Numbers>, D::Error> {
    Numbers::deserialize(deserializer).map(Arc::new)
}

/// A passage in the index of its shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Address {
    segment: u32,
    doc: u32,
}

impl Address {
    pub(super) fn new(address: DocAddress) -> Self {
        Self {
            segment: address.segment_ord,
            doc: address.doc_id,
        }
    }

    pub(super) fn in_index(self) -> DocAddress {
        DocAddress::new(self.segment, self.doc)
    }

    /// The address among the segments of all shards, of which those of this one begin at `first`.
    pub(super) fn in_collection(self, first: u32) -> DocAddress {
        DocAddress::new(first + self.segment, self.doc)
    }

    /// The address in the index of the shard whose segments begin at `first`.
    pub(super) fn of_collection(address: DocAddress, first: u32) -> Self {
        Self {
            segment: address.segment_ord - first,
            doc: address.doc_id,
        }
    }
}

/// The first passages of a shard, and how many there are.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FirstRows {
    pub(super) passages: u64,
    pub(super) documents: u64,
    pub(super) n_segments: u32,
    /// Whether passages that hold the query as it is written are known.
    pub(super) knows_written: bool,
    pub(super) rows: Vec<FirstRow>,
}

/// A passage in the order of the index alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct FirstRow {
    pub(super) address: Address,
    /// The bits of its score: text would round it.
    pub(super) score: u32,
    /// Its document's ordinal in the segment.
    pub(super) ord: u64,
    pub(super) document: String,
    pub(super) number: u32,
    pub(super) section_end: u32,
    /// Whether it holds the query as it is written.
    pub(super) is_written: bool,
    /// The date of its document as a number, if the order is by date.
    pub(super) date: Option<u64>,
}

/// What further stages know of a passage.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Refined {
    /// The bits of its score.
    pub(super) score: u32,
    pub(super) holds: Holds,
    pub(super) n_passages: usize,
    pub(super) shape: u64,
    pub(super) likeness: u64,
    /// Its text, if copies are looked for.
    pub(super) text: String,
}

/// A hit whose copies are looked for in all shards.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Original {
    pub(super) shape: u64,
    pub(super) likeness: u64,
    pub(super) text: String,
}

/// An occurrence in a shard.
pub use crate::search::occurrences::Occurrence as Spot;
