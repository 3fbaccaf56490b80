//! Sentences that open paragraphs in a row and begin alike (`五年来，我们着力办好学校。……`).
//!
//! Most paragraphs of a report open with their point, and without a label that is no heading. Where several in a row begin with
//! the same words, the text itself sets their points as the parts of one list.

use super::chains::MAX_PARALLEL;
use super::label::Label;
use super::levels::Kind;
use super::statement::{first_sentence, is_topic_sentence_of, leads_in, without_stop};
use super::unlabelled::greets;
use super::{Paragraph, Place};
use crate::document::Style;

/// Fewest paragraphs that make a row.
const MIN_ROW: usize = 4;
/// Fewest if their sentences are short and of one length: three longer ones that begin alike are a way to argue
/// (`有人认为……。`), as those of reports of the fifties are.
const MIN_SHORT_ROW: usize = 3;
/// Longest sentence of a short row, and how much longer than another it may be, in characters.
const MAX_SHORT: usize = 26;
const SLACK: usize = 4;
/// Fewest characters that they begin with alike, digits not counted.
const MIN_SHARED: usize = 4;
/// Shortest text behind such a sentence, in characters.
const MIN_TEXT: usize = 36;

/// The paragraphs whose first sentences are such headings, in order.
pub(super) fn parallel_openings(
    paragraphs: &[Paragraph<'_>],
    labels: &[Option<Label<'_>>],
    kinds: &[Option<Kind>],
) -> Vec<usize> {
    let is_free = |at: usize| labels[at].is_none() && kinds[at].is_none();
    let openings: Vec<Option<&str>> = paragraphs
        .iter()
        .enumerate()
        .map(|(at, paragraph)| opening(paragraph).filter(|_| is_free(at)))
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < openings.len() {
        let n = row(&openings[at..]);
        if makes_row(&openings[at..at + n]) {
            found.extend(at..at + n);
        }
        at += n.max(1);
    }
    found
}

/// How many of the first openings begin alike.
fn row(openings: &[Option<&str>]) -> usize {
    let Some(Some(first)) = openings.first() else {
        return 0;
    };
    let goes_on = |opening: &&Option<&str>| opening.is_some_and(|opening| shared(first, opening));
    1 + openings[1..].iter().take_while(goes_on).count()
}

fn makes_row(openings: &[Option<&str>]) -> bool {
    let lengths = || openings.iter().flatten().map(|title| title.chars().count());
    let (Some(shortest), Some(longest)) = (lengths().min(), lengths().max()) else {
        return false;
    };
    let is_even = longest <= MAX_SHORT && longest - shortest <= SLACK;
    openings.len() >= MIN_ROW || is_even && openings.len() >= MIN_SHORT_ROW
}

fn shared(one: &str, other: &str) -> bool {
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let words = alike.filter(|(ch, _)| !ch.is_numeric());
    words.take(MIN_SHARED).count() == MIN_SHARED
}

/// The first sentence of a paragraph, if it makes a point and more text follows it.
fn opening<'a>(paragraph: &Paragraph<'a>) -> Option<&'a str> {
    if paragraph.place != Place::Body || paragraph.style != Style::Plain {
        return None;
    }
    let text = paragraph.text;
    let end = first_sentence(text);
    let title = without_stop(&text[..end]);
    let has_text = || {
        text[end..]
            .chars()
            .nth(MIN_TEXT.max(title.chars().count()))
            .is_some()
    };
    // Paragraphs behind dashes are items.
    let is_point = text.starts_with(|ch: char| ch.is_alphanumeric() || ch == '“')
        && text[..end].ends_with('。')
        && is_topic_sentence_of(title, MAX_PARALLEL)
        && !leads_in(title)
        && !greets(title);
    (is_point && has_text()).then_some(title)
}
