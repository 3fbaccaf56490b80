//! Sentences that stand alone above the paragraph they introduce (`推动开放型经济加快发展。`).
//!
//! A sentence alone is common in speeches. Only a chain of them counts, each with its own paragraphs and
//! without a number between them; where a document has many in chains, a single short one counts too.

use super::label::Label;
use super::levels::Kind;
use super::statement::{Ending, ending, first_sentence, is_topic_line, without_stop};
use super::{Paragraph, Place};
use crate::document::Style;

/// Shortest paragraph that a topic line introduces, in characters.
pub(super) const MIN_TEXT: usize = 36;
/// Longest sentence that introduces a paragraph, in characters.
const MAX_SENTENCE: usize = 40;
/// Longest such sentence outside a chain, in characters.
const MAX_UNCHAINED: usize = 26;
/// Most paragraphs between two sentences of a chain.
const MAX_TEXTS: usize = 3;
/// Fewest sentences that make a chain.
const MIN_CHAIN: usize = 2;
/// Where this many sentences stand in chains, the document sets its points so.
const MANY: usize = 5;

/// Ordinals of the paragraphs that are such sentences, in order.
pub(super) fn chained_sentences(
    paragraphs: &[Paragraph<'_>],
    labels: &[Option<Label<'_>>],
    kinds: &[Option<Kind>],
) -> Vec<usize> {
    let chains = chains(paragraphs, labels, kinds);
    let long = chains.iter().filter(|chain| chain.is_long());
    let n_chained: usize = long.map(|chain| chain.sentences.len()).sum();
    let is_short = |&at: &usize| paragraphs[at].text.chars().count() <= MAX_UNCHAINED;
    let counts = |chain: &Chain| {
        chain.is_long() || n_chained >= MANY && chain.sentences.iter().all(is_short)
    };
    chains
        .into_iter()
        .filter(counts)
        .flat_map(|chain| chain.sentences)
        .collect()
}

#[derive(Default)]
struct Chain {
    /// Ordinals of the sentences.
    sentences: Vec<usize>,
    /// Whether some sentence has several paragraphs.
    is_loose: bool,
}

impl Chain {
    fn is_long(&self) -> bool {
        self.sentences.len() >= MIN_CHAIN + usize::from(self.is_loose)
    }
}

fn chains(
    paragraphs: &[Paragraph<'_>],
    labels: &[Option<Label<'_>>],
    kinds: &[Option<Kind>],
) -> Vec<Chain> {
    let mut chains = Vec::new();
    let mut chain = Chain::default();
    let mut n_texts = 0;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let is_sentence = is_sentence(paragraphs, labels, at);
        let is_heading = labels[at].is_some() || kinds[at].is_some() || paragraph.is_styled();
        if is_heading || is_sentence && n_texts > MAX_TEXTS {
            chains.push(std::mem::take(&mut chain));
        }
        if is_sentence {
            chain.is_loose |= !chain.sentences.is_empty() && n_texts > 1;
            chain.sentences.push(at);
            n_texts = 0;
        } else if paragraph.place == Place::Body {
            n_texts += 1;
        }
    }
    chains.push(chain);
    chains
}

fn is_sentence(paragraphs: &[Paragraph<'_>], labels: &[Option<Label<'_>>], at: usize) -> bool {
    let is_text = |at: usize| {
        labels[at].is_none()
            && paragraphs[at].place == Place::Body
            && paragraphs[at].style == Style::Plain
    };
    let text = paragraphs[at].text;
    if !is_text(at) || !text.ends_with('。') || text.chars().nth(MAX_SENTENCE).is_some() {
        return false;
    }
    let begins =
        at == 0 || ending(paragraphs[at - 1].text) == Ending::Stop || labels[at - 1].is_some();
    let has_text =
        at + 1 < paragraphs.len() && is_text(at + 1) && is_text_of(paragraphs[at + 1].text, text);
    begins
        && has_text
        && first_sentence(text) == text.len()
        && is_topic_line(without_stop(text), Ending::Stop)
        && !text.starts_with(['—', '“', '（', '注', '现'])
        && !text.contains(['：', ':', '%'])
}

/// A paragraph that is much longer than the sentence above it.
fn is_text_of(text: &str, above: &str) -> bool {
    let min = 2 * above.chars().count().max(MIN_TEXT);
    text.chars().nth(min - 1).is_some()
}
