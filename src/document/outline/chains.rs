//! Single sentences above the paragraph that they introduce (`推动开放型经济加快发展。`).
//!
//! Such sentences are common in speeches. They count only in a chain, each with its own paragraphs and
//! without a number between them; where a document has many in chains, a single short one counts too. A
//! longer sentence, and one that a colon announces, counts only beside a parallel one (`聚焦……，高标准建设……。`).

use super::label::Label;
use super::levels::Kind;
use super::paragraph::{PagePart, Paragraph};
use super::statement::{Ending, ending, first_sentence, is_topic_line, without_stop};
use crate::document::line::Style;

/// Minimum length of a paragraph that a topic line introduces, in characters.
pub(super) const MIN_TEXT: usize = 36;
/// Maximum length of a sentence that introduces a paragraph, in characters.
pub(super) const MAX_SENTENCE: usize = 40;
/// Maximum length of a sentence that introduces a paragraph in parallel with others, in characters.
pub(super) const MAX_PARALLEL: usize = 60;
/// Maximum length of such a sentence outside a chain, in characters.
const MAX_UNCHAINED: usize = 26;
/// Maximum number of paragraphs between two sentences of a chain.
const MAX_TEXTS: usize = 3;
/// Minimum number of sentences of a chain.
const MIN_CHAIN: usize = 2;
/// From this number of sentences in chains on, the document marks its points this way.
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
    /// Whether some sentence counts only because of a parallel one.
    is_wide: bool,
    /// Whether its first sentence follows another one on its line.
    has_theme: bool,
}

impl Chain {
    fn is_long(&self) -> bool {
        // Each weakness of a chain asks for one more sentence: several paragraphs under one, or wide
        // sentences.
        let least = MIN_CHAIN + usize::from(self.is_loose) + usize::from(self.is_wide);
        self.sentences.len() + usize::from(self.has_theme) >= least
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
    let sentences = sentences(paragraphs, labels);
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let is_sentence = sentences[at].is_some();
        let is_heading = labels[at].is_some() || kinds[at].is_some() || paragraph.is_styled();
        // A heading or too much text ends the chain: what follows is another argument.
        if is_heading || is_sentence && n_texts > MAX_TEXTS {
            chains.push(std::mem::take(&mut chain));
        }
        // A theme (`五年来，我们…。`) heads the chain without being part of it.
        if kinds[at] == Some(Kind::Theme) {
            (chain.has_theme, n_texts) = (true, 0);
            continue;
        }
        if is_sentence {
            chain.is_loose |= (chain.has_theme || !chain.sentences.is_empty()) && n_texts > 1;
            chain.is_wide |= sentences[at] == Some(Width::Wide);
            chain.sentences.push(at);
            n_texts = 0;
        } else if paragraph.place == PagePart::Body {
            n_texts += 1;
        }
    }
    chains.push(chain);
    chains
}

/// The condition under which a sentence counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Width {
    /// Others in its chain.
    Usual,
    /// A parallel one beside it.
    Wide,
}

/// The sentences that may introduce paragraphs; the wide ones only where they are parallel to the one before
/// or after.
fn sentences(paragraphs: &[Paragraph<'_>], labels: &[Option<Label<'_>>]) -> Vec<Option<Width>> {
    let mut widths: Vec<Option<Width>> = (0..paragraphs.len())
        .map(|at| width(paragraphs, labels, at))
        .collect();
    let places: Vec<usize> = (0..widths.len())
        .filter(|&at| widths[at].is_some())
        .collect();
    let is_parallel = |one: Option<&usize>, other: Option<&usize>| match (one, other) {
        (Some(&one), Some(&other)) => {
            // Parallel sentences further apart than a chain allows are a coincidence.
            other - one <= MAX_TEXTS + 1
                && are_parallel(paragraphs[one].text, paragraphs[other].text)
        }
        _ => false,
    };
    for (ord, &at) in places.iter().enumerate() {
        let before = ord.checked_sub(1).and_then(|ord| places.get(ord));
        let is_alone =
            !is_parallel(before, Some(&at)) && !is_parallel(Some(&at), places.get(ord + 1));
        if widths[at] == Some(Width::Wide) && is_alone {
            widths[at] = None;
        }
    }
    widths
}

/// Whether two sentences have the same opening, the same ending, or clauses of similar lengths.
fn are_parallel(one: &str, other: &str) -> bool {
    // Two characters are one word: 聚焦…, 坚持….
    const MIN_SHARED: usize = 2;
    let (one, other) = (without_stop(one), without_stop(other));
    let opening = one.chars().zip(other.chars());
    let closing = one.chars().rev().zip(other.chars().rev());
    opening.take_while(|(a, b)| a == b).take(MIN_SHARED).count() == MIN_SHARED
        || closing.take_while(|(a, b)| a == b).take(MIN_SHARED).count() == MIN_SHARED
        || are_alike(one, other)
}

fn are_alike(one: &str, other: &str) -> bool {
    // Clauses of parallel sentences differ by a word at most (坚持以人为本，推进…).
    const SLACK: usize = 2;
    let clauses = |text: &str| -> Vec<usize> {
        text.split('，')
            .map(|clause| clause.chars().count())
            .collect()
    };
    let (one, other) = (clauses(one), clauses(other));
    let mut pairs = one.iter().zip(&other);
    one.len() == other.len() && one.len() > 1 && pairs.all(|(a, b)| a.abs_diff(*b) <= SLACK)
}

fn width(paragraphs: &[Paragraph<'_>], labels: &[Option<Label<'_>>], at: usize) -> Option<Width> {
    let is_text = |at: usize| {
        labels[at].is_none()
            && paragraphs[at].place == PagePart::Body
            && paragraphs[at].style == Style::Plain
    };
    let text = paragraphs[at].text;
    if !is_text(at) || !text.ends_with('。') || text.chars().nth(MAX_PARALLEL).is_some() {
        return None;
    }
    let above = at.checked_sub(1).filter(|&above| labels[above].is_none());
    let above = above.map_or(Ending::Stop, |above| ending(paragraphs[above].text));
    // The sentence begins a paragraph group: the line above ends a sentence or announces it.
    let begins = matches!(above, Ending::Stop | Ending::Colon);
    let has_text =
        at + 1 < paragraphs.len() && is_text(at + 1) && is_text_of(paragraphs[at + 1].text, text);
    let is_topic = begins
        && has_text
        && first_sentence(text) == text.len()
        && is_topic_line(without_stop(text), Ending::Stop)
        // Dashes, brackets, notes and 现将… open other kinds of lines.
        && !text.starts_with(['—', '（', '注', '现'])
        && !is_quotation(text)
        // Figures and quoted speech belong to the argument, not to a heading.
        && !text.contains(['：', ':', '%']);
    let is_wide = above == Ending::Colon || text.chars().nth(MAX_SENTENCE).is_some();
    let width = if is_wide { Width::Wide } else { Width::Usual };
    is_topic.then_some(width)
}

/// Whether the line opens with a quotation mark and is more than a quoted name followed by words
/// (`“五路并进”聚势赋能。`).
fn is_quotation(text: &str) -> bool {
    const MAX_NAME: usize = 8;
    let Some(quoted) = text.strip_prefix('“') else {
        return false;
    };
    let end = quoted.chars().take(MAX_NAME + 1).position(|ch| ch == '”');
    let n_after = end.map_or(0, |end| without_stop(quoted).chars().count() - end - 1);
    n_after < 2
}

/// A paragraph that is much longer than the sentence above it.
fn is_text_of(text: &str, above: &str) -> bool {
    // Twice as long: a heading is shorter than its text, and two short sentences of a speech are often equal.
    let min = 2 * above.chars().count().max(MIN_TEXT);
    text.chars().nth(min - 1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::outline::label::lex;

    const TEXT: &str = "全县各级各部门密切配合，工作取得了明显的成效，群众普遍感到满意，今后还要继续坚持下去，不断总结经验，努力把这项工作做得更好，按期公布结果，接受监督。";

    fn chained(texts: &[&str]) -> Vec<usize> {
        let paragraph = |text| Paragraph {
            text,
            is_spaced: false,
            style: Style::Plain,
            place: PagePart::Body,
        };
        let paragraphs: Vec<Paragraph<'_>> = texts.iter().copied().map(paragraph).collect();
        let labels: Vec<Option<Label<'_>>> = texts.iter().map(|text| lex(text)).collect();
        chained_sentences(&paragraphs, &labels, &vec![None; texts.len()])
    }

    #[test]
    fn two_sentences_above_their_paragraphs_make_a_chain() {
        let (one, other) = ("推动经济加快发展。", "坚持以人民为中心。");
        assert_eq!(chained(&[one, TEXT, other, TEXT]), [0, 2]);
        assert_eq!(chained(&[one, TEXT]), [0; 0]);
        // With several paragraphs under one of them a third is needed.
        assert_eq!(chained(&[one, TEXT, TEXT, other, TEXT]), [0; 0]);
        assert_eq!(
            chained(&[one, TEXT, TEXT, other, TEXT, "守住生态底线。", TEXT]),
            [0, 3, 5]
        );
        // A number between them begins another argument.
        assert_eq!(chained(&[one, TEXT, "一、做法", other, TEXT]), [0; 0]);
        // A sentence of the same length has no text under it.
        assert_eq!(chained(&[one, one, other, other]), [0; 0]);
    }

    #[test]
    fn parallel_sentences_share_an_end_or_a_rhythm() {
        for (one, other) in [
            ("聚焦产业发展，建设园区。", "聚焦民生改善，办好学校。"),
            ("推动经济发展。", "促进社会发展。"),
            (
                "以改革促发展，以创新增动力。",
                "靠开放引投资，用服务留企业。",
            ),
        ] {
            assert!(are_parallel(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("推动经济增长。", "促进社会发展。"),
            ("以改革促发展，动力足。", "靠开放引来更多的投资，留企业。"),
            ("推", "推"),
        ] {
            assert!(!are_parallel(one, other), "{one} {other}");
        }
    }

    #[test]
    fn quotations_are_told_from_quoted_names() {
        assert!(is_quotation("“推动经济加快发展。”") && is_quotation("“一二三四五六七八九”聚势。"));
        assert!(!is_quotation("“五路并进”聚势赋能。") && !is_quotation("聚势赋能。"));
    }

    #[test]
    fn a_text_is_twice_as_long_as_its_sentence() {
        assert!(is_text_of(&"长".repeat(72), "短"));
        assert!(!is_text_of(&"长".repeat(71), "短"));
        assert!(!is_text_of(&"长".repeat(79), &"短".repeat(40)));
    }
}
