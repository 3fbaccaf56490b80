//! What a check finds out about a draft and its sentences.

use serde::Serialize;

use super::citations::Citation;
use super::draft_passage::DraftPassage;
use super::variant::Variant;
use crate::search::DocumentRef;

/// Similarity from which a sentence is near to a precedent.
pub const NEAR: f64 = 0.8;

/// Similarity from which it is loosely similar, unless another floor is given.
pub const LOOSE: f64 = 0.5;

/// Number of different texts from which a wording is common.
pub const COMMON_TITLES: usize = 5;

/// The result of checking a draft against the index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Title of the draft.
    pub title: String,
    /// Its sentences in order.
    pub sentences: Vec<Checked>,
    /// What the draft quotes, names and counts, in order.
    pub citations: Vec<Citation>,
    /// Number of sentences of each class.
    pub classes: Classes,
    /// Letters, digits and Han characters of the draft, without marks and blanks.
    pub characters: u64,
    /// The number of reused ones, each counted once.
    pub reused: u64,
    /// The number of reused ones in wording that is not common.
    pub distinctive: u64,
    /// `reused` over `characters`, from 0 to 1.
    pub share: f64,
    /// Documents that share wording with the draft: those with the largest share first, then with the most
    /// distinctive characters, then by id.
    pub documents: Vec<DocumentShare>,
    /// Similarity from which wording is loosely similar.
    pub min_similarity: f64,
    /// Ids of documents that were left out: the draft itself, and those that were asked for.
    pub excluded: Vec<String>,
}

/// Number of sentences by class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Classes {
    /// Word for word in the index.
    pub verbatim: usize,
    /// With a variant of similarity [`NEAR`].
    pub near: usize,
    /// With a variant of less similarity, down to the floor.
    pub loose: usize,
    /// Without a variant.
    pub none: usize,
}

/// How close a sentence is to a precedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Its units occur consecutively in the index, whatever the punctuation between them.
    Verbatim,
    /// Its most similar variant reaches [`NEAR`].
    Near,
    /// It reaches the floor.
    Loose,
    /// No variant reaches the floor.
    None,
}

impl Class {
    /// The class of a sentence whose most similar variant has this similarity; under `floor` it has no class.
    pub(super) fn of(similarity: f64, floor: f64) -> Self {
        match similarity {
            1.0.. => Self::Verbatim,
            _ if similarity == 0.0 || similarity < floor => Self::None,
            NEAR.. => Self::Near,
            _ => Self::Loose,
        }
    }
}

impl Classes {
    /// Counts a sentence.
    pub(super) fn add(&mut self, class: Class) {
        *match class {
            Class::Verbatim => &mut self.verbatim,
            Class::Near => &mut self.near,
            Class::Loose => &mut self.loose,
            Class::None => &mut self.none,
        } += 1;
    }
}

/// Whether wording is common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rarity {
    /// It occurs in one text.
    Single,
    /// It occurs in fewer than [`COMMON_TITLES`] texts.
    Rare,
    /// It occurs in more: a set phrase.
    Common,
}

/// A sentence of the draft.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checked {
    /// The label before it, as in `（一）`, which is not compared.
    pub label: Option<String>,
    /// Its text.
    pub text: String,
    /// The passage of the draft that contains it.
    pub passage: DraftPassage,
    /// Half-open range of characters in that passage.
    pub span: (usize, usize),
    /// How close it is to a precedent.
    pub class: Class,
    /// Whether its wording is common: of all variants of at least [`NEAR`] together, or of the most similar
    /// one alone.
    pub rarity: Option<Rarity>,
    /// Similarity of the most similar variant, 0 without any.
    pub similarity: f64,
    /// Variants, the most similar first.
    pub variants: Vec<Variant>,
    /// Clauses of a sentence without variants that occur verbatim elsewhere.
    pub parts: Vec<Variant>,
    /// Half-open ranges of characters in the sentence that are reused.
    pub reused: Vec<(usize, usize)>,
}

/// What the draft shares with one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentShare {
    /// The document.
    pub document: DocumentRef,
    /// Number of sentences with wording of it.
    pub sentences: usize,
    /// Characters of the draft in that wording, each counted once.
    pub reused: u64,
    /// Those in wording that is not common.
    pub distinctive: u64,
    /// `reused` over all characters of the draft.
    pub share: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_begins_at_its_similarity() {
        for (similarity, expected) in [
            (1.0, Class::Verbatim),
            (0.999_9, Class::Near),
            (NEAR, Class::Near),
            (0.799_9, Class::Loose),
            (LOOSE, Class::Loose),
            (0.499_9, Class::None),
            (0.0, Class::None),
        ] {
            assert_eq!(Class::of(similarity, LOOSE), expected, "{similarity}");
        }
        let above = [
            (1.0, Class::Verbatim),
            (0.95, Class::Near),
            (0.85, Class::None),
        ];
        for (similarity, expected) in above {
            assert_eq!(Class::of(similarity, 0.9), expected, "{similarity}");
        }
        assert_eq!(Class::of(0.0, 0.0), Class::None);
    }

    #[test]
    fn rarities_are_ordered_and_stored_by_their_names() {
        let names = [Rarity::Single, Rarity::Rare, Rarity::Common]
            .map(|rarity| serde_json::to_string(&rarity).expect("a name"));
        assert_eq!(names, ["\"single\"", "\"rare\"", "\"common\""]);
    }
}
