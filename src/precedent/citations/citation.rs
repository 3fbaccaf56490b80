//! What is found about a citation: plain data.

use serde::{Serialize, Serializer};

use crate::document::Date;
use crate::precedent::diff::Edit;
use crate::precedent::draft_passage::DraftPassage;
use crate::precedent::variant::Source;
use crate::search::DocumentRef;

/// What is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CitationKind {
    /// Words in quotation marks.
    Quotation,
    /// The title of a document, in 《》 or 〈〉.
    Title,
    /// An article of a named law, with its paragraph and item.
    Article,
    /// The number of a document, as in 国发〔2015〕12号.
    Number,
    /// A number with its unit.
    Figure,
}

impl CitationKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Quotation,
        Self::Title,
        Self::Article,
        Self::Number,
        Self::Figure,
    ];
}

/// Whether a citation is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CitationStatus {
    /// As in the source.
    Verbatim,
    /// Other than in the source: [`Citation::diff`] turns it into what is there.
    Altered,
    /// Not in the source that is named, or nowhere if none is.
    NotFound,
    /// In several sources that differ, of which the draft names none: [`Citation::editions`].
    Ambiguous,
}

impl CitationStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::Verbatim,
        Self::Altered,
        Self::NotFound,
        Self::Ambiguous,
    ];
}

/// What else is known about a citation, or why nothing more is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// The source that the draft names is not in the collection; all of it was searched instead.
    SourceMissing,
    /// The source that the draft names does not have it; another document does.
    OtherSource,
    /// The article that the draft names does not have it; another article of the law does.
    OtherArticle,
    /// The article has it in another paragraph or item.
    OtherPart,
    /// The edition that the draft names by its year does not have it; another edition does.
    OtherEdition,
    /// The article exists; what the draft says of it was not compared.
    Exists,
    /// The article exists; what is quoted is not in it, nor in another article.
    ContentMissing,
    /// The law has no article of this number.
    NoSuchArticle,
    /// The article has no such paragraph or item.
    NoSuchPart,
    /// The draft names no law for the article.
    NoSource,
    /// Too few words to distinguish another wording from another text.
    TooShort,
    /// Other documents have another figure of the same thing; the draft does not say where its own is from.
    OtherFigure,
    /// The title is of several documents, and the draft does not say which one is meant.
    SeveralDocuments,
    /// The editions of the law differ here, and the draft does not say which one is meant.
    EditionsDiffer,
    /// Several wordings are equally close.
    SeveralWordings,
}

impl Remark {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::SourceMissing,
        Self::OtherSource,
        Self::OtherArticle,
        Self::OtherPart,
        Self::OtherEdition,
        Self::Exists,
        Self::ContentMissing,
        Self::NoSuchArticle,
        Self::NoSuchPart,
        Self::NoSource,
        Self::TooShort,
        Self::OtherFigure,
        Self::SeveralDocuments,
        Self::EditionsDiffer,
        Self::SeveralWordings,
    ];
}

/// A citation of the draft and what the collection has of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citation {
    /// What is cited.
    pub kind: CitationKind,
    /// As printed in the draft, without the marks around it.
    pub text: String,
    /// The passage of the draft that contains it.
    pub passage: DraftPassage,
    /// Half-open range of characters in that passage.
    pub place_in_draft: (usize, usize),
    /// What a figure is of: the words before it in its sentence; omitted for all else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// The source that the draft names for it, as printed; none if it names none, or is the title itself.
    pub named: Option<String>,
    /// Whether it is right.
    pub status: CitationStatus,
    /// Where the collection has it, or the nearest to it.
    pub source: Option<Source>,
    /// The wording there; none if nothing is compared.
    pub wording: Option<String>,
    /// The edits that turn the draft's wording into that one; empty if they are the same.
    pub diff: Vec<Edit>,
    /// Editions or documents among which the draft does not choose, or from which this one is taken, the newest first; empty
    /// if there is one alone.
    pub editions: Vec<CitedEdition>,
    /// What amended or replaced the source later.
    pub newer: Option<NewerEdition>,
    /// What else is to be known.
    pub remark: Option<Remark>,
}

/// An edition of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CitedEdition {
    /// The document.
    pub document: DocumentRef,
    /// Where it has what is cited, as `DOCUMENT:LINE`; its title if it does not.
    pub place: String,
    /// Whether it has what is cited, word for word.
    pub holds: bool,
}

/// How a later document bears on a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// It is a later edition of the same title.
    Revised,
    /// It amends the source, and is not an edition of it: 修正案, 关于修改……的决定.
    Amended,
    /// It says that the source is repealed.
    Repealed,
}

/// What amended or replaced a source later.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NewerEdition {
    /// How it bears on the source.
    pub relation: Relation,
    /// The document.
    pub document: DocumentRef,
    /// Where it says so, or where it has what is cited, as `DOCUMENT:LINE`.
    pub place: String,
    /// Whether a later edition has what is cited word for word; none for what is no edition.
    pub holds: Option<bool>,
    /// Its date.
    #[serde(serialize_with = "iso")]
    pub date: Option<Date>,
}

fn iso<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => serializer.collect_str(date),
        None => serializer.serialize_none(),
    }
}
