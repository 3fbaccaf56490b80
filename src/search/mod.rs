//! Search: from a query's tree to ranked passages, whole with their documents and headings.

mod concordance;
mod concordance_row;
mod count;
mod documents;
mod error;
mod facets;
mod filter;
mod grouping;
mod groups;
mod highlight;
mod hit;
mod marks;
mod matches;
mod nearest;
mod occurrences;
mod overlap;
mod rank;
mod reading;
mod scan;
mod searcher;
pub mod shards;
mod stored_passage;
mod suggest;

pub use concordance::{Concordance, ConcordanceLine, DocumentLines};
pub use concordance_row::{ConcordanceHead, ConcordanceRow, LinePassage};
pub use count::Count;
pub use documents::{DocumentFilter, Order};
pub use error::{Error, Result};
pub use facets::{Facet, Facets, YearText};
pub use filter::{Filter, Within};
pub use grouping::{Grouping, GroupingProblem};
pub use hit::{
    DocumentRef, Hit, HitPassage, ListedDocument, Neighbour, Place, SectionHighlights, SectionRef,
    place,
};
pub use marks::{DocumentMarks, Mark};
pub use matches::Total;
pub use nearest::Nearest;
pub use occurrences::{ConcordanceOptions, Group, LineOrder, n_places};
pub use rank::{By, Explanation, Holds, PartScore, Ranked, Results, SearchOptions, Sort};
pub use reading::Reading;
pub use scan::{
    DocumentScan, DocumentStats, FullDocument, ScannedDocument, ScannedPassage, Scope, Spot,
};
pub(crate) use scan::{by_document, text_of_passages};
pub use searcher::Searcher;
pub use stored_passage::StoredPassage;
pub use suggest::Suggestion;
