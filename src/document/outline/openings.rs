//! Sentences that open consecutive paragraphs and begin alike (`五年来，我们着力办好学校。……`).
//!
//! Paragraphs of a report usually open with their point, and without a label that is not a heading. Where
//! several consecutive ones begin with the same words, the text itself presents their points as the parts of
//! one list.

use super::chains::{MAX_PARALLEL, MAX_SENTENCE};
use super::known_lines::greets;
use super::label::Label;
use super::levels::Kind;
use super::paragraph::{PagePart, Paragraph};
use super::statement::{first_sentence, is_topic_sentence_of, leads_in, without_stop};
use crate::document::line::Style;

/// Minimum number of paragraphs of a sequence.
const MIN_ROW: usize = 4;
/// Minimum if their sentences are short and of similar length: three longer ones that begin alike are a way
/// to argue (`有人认为……。`), as in reports of the 1950s.
const MIN_SHORT_ROW: usize = 3;
/// Maximum length of a sentence of a short sequence, and maximum difference from another one, in characters.
const MAX_SHORT: usize = 26;
const SLACK: usize = 4;
/// Minimum number of characters that they share at the start, digits not counted.
const MIN_SHARED: usize = 4;
/// Minimum length of the text after such a sentence, in characters.
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
        // A line that begins no sequence is skipped alone, as the next one may begin one.
        at += n.max(1);
    }
    found
}

/// Maximum length of a line of two sentences, in characters.
const MAX_PAIR: usize = 100;
/// Minimum length of the paragraph below it, in characters.
const MIN_BELOW: usize = 72;

/// The lines of two sentences above a paragraph that begin alike, in order: the first of the two is the
/// heading of several paragraphs, each with a sentence above it, and the second is the first of these
/// sentences.
pub(super) fn themes(paragraphs: &[Paragraph<'_>], labels: &[Option<Label<'_>>]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut group: Vec<(usize, &str)> = Vec::new();
    // One step past the end closes the last group.
    for at in 0..=paragraphs.len() {
        let theme = labels.get(at).and_then(|label| {
            let is_pair = label.is_none() && introduces(paragraphs, labels, at);
            is_pair.then(|| pair(&paragraphs[at])).flatten()
        });
        // A label ends the group: the themes of one list lie under one heading.
        let is_end = labels.get(at).is_none_or(Option::is_some);
        let pair = group.first().zip(theme);
        let parts = pair.is_some_and(|((_, first), theme)| !shared(first, theme));
        if is_end || parts {
            if group.len() >= MIN_SHORT_ROW {
                found.extend(group.iter().map(|(at, _)| *at));
            }
            group.clear();
        }
        group.extend(theme.map(|theme| (at, theme)));
    }
    found
}

fn introduces(paragraphs: &[Paragraph<'_>], labels: &[Option<Label<'_>>], at: usize) -> bool {
    let is_text = |p: &Paragraph<'_>| {
        p.place == PagePart::Body
            && p.style == Style::Plain
            && p.text.chars().nth(MIN_BELOW).is_some()
    };
    paragraphs.get(at + 1).is_some_and(is_text) && labels[at + 1].is_none()
}

/// The first of the two sentences that a line consists of.
fn pair<'a>(paragraph: &Paragraph<'a>) -> Option<&'a str> {
    let text = paragraph.text;
    let is_line = paragraph.place == PagePart::Body
        && paragraph.style == Style::Plain
        && text.chars().nth(MAX_PAIR).is_none();
    if !is_line {
        return None;
    }
    let (first, second) = text.split_at(first_sentence(text));
    let (theme, point) = (without_stop(first), without_stop(second));
    let are_points = first_sentence(second) == second.len()
        && second.ends_with('。')
        && is_topic_sentence_of(theme, MAX_PARALLEL)
        && is_topic_sentence_of(point, MAX_SENTENCE)
        && !leads_in(theme)
        && !greets(theme);
    are_points.then_some(theme)
}

/// How many of the first openings begin alike.
fn row(openings: &[Option<&str>]) -> usize {
    let Some(Some(first)) = openings.first() else {
        return 0;
    };
    let continues = |opening: &&Option<&str>| opening.is_some_and(|opening| shared(first, opening));
    1 + openings[1..].iter().take_while(continues).count()
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
    // A year that both begin with (2024年…) says when, not that their words are parallel.
    let alike = one.chars().zip(other.chars()).take_while(|(a, b)| a == b);
    let words = alike.filter(|(ch, _)| !ch.is_numeric());
    words.take(MIN_SHARED).count() == MIN_SHARED
}

/// The first sentence of a paragraph, if it makes a point and more text follows it.
fn opening<'a>(paragraph: &Paragraph<'a>) -> Option<&'a str> {
    if paragraph.place != PagePart::Body || paragraph.style != Style::Plain {
        return None;
    }
    let text = paragraph.text;
    let end = first_sentence(text);
    let title = without_stop(&text[..end]);
    // The text after it must be longer than the sentence: otherwise the paragraph is its sentences, not a
    // point with its elaboration.
    let has_text = || {
        text[end..]
            .chars()
            .nth(MIN_TEXT.max(title.chars().count()))
            .is_some()
    };
    // Paragraphs after dashes are items.
    let is_point = text.starts_with(|ch: char| ch.is_alphanumeric() || ch == '“')
        && text[..end].ends_with('。')
        && is_topic_sentence_of(title, MAX_PARALLEL)
        && !leads_in(title)
        && !greets(title);
    (is_point && has_text()).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::outline::label::lex;

    fn paragraphs<'a>(texts: &[&'a str]) -> Vec<Paragraph<'a>> {
        let paragraph = |text: &&'a str| Paragraph {
            text,
            is_spaced: false,
            style: Style::Plain,
            place: PagePart::Body,
        };
        texts.iter().map(paragraph).collect()
    }

    fn openings_of(texts: &[&str]) -> Vec<usize> {
        let paragraphs = paragraphs(texts);
        let labels: Vec<Option<Label<'_>>> = texts.iter().map(|text| lex(text)).collect();
        parallel_openings(&paragraphs, &labels, &vec![None; texts.len()])
    }

    const TEXT: &str = "全县各级各部门密切配合，工作取得了明显的成效，群众普遍感到满意，今后还要继续坚持下去，不断总结经验。";

    fn opening_with(point: &str) -> String {
        format!("{point}。{TEXT}")
    }

    #[test]
    fn three_short_openings_or_four_longer_ones_make_a_row() {
        let short = [
            "五年来，我们着力办好学校",
            "五年来，我们着力修好道路",
            "五年来，我们着力建好医院",
        ]
        .map(opening_with);
        let short: Vec<&str> = short.iter().map(String::as_str).collect();
        assert_eq!(openings_of(&short), [0, 1, 2]);
        assert_eq!(openings_of(&short[..2]), [0; 0]);
        // Another paragraph ends the row.
        assert_eq!(openings_of(&[short[0], short[1], TEXT, short[2]]), [0; 0]);
        let uneven = [
            "五年来，我们着力办好学校",
            "五年来，我们着力修好通往各村的道路和桥梁",
            "五年来，我们着力建好医院",
            "五年来，我们着力种树",
        ]
        .map(opening_with);
        let uneven: Vec<&str> = uneven.iter().map(String::as_str).collect();
        assert_eq!(openings_of(&uneven[..3]), [0; 0]);
        assert_eq!(openings_of(&uneven), [0, 1, 2, 3]);
    }

    #[test]
    fn digits_are_not_shared_words() {
        assert!(shared("2024年工作扎实推进", "2024年工作扎实收尾"));
        assert!(!shared("2024年的做法", "2024年来看"));
        assert!(!shared("2024年工作扎实推进", "2025年工作扎实推进"));
        assert!(!shared("着力办学", "努力办学"));
    }

    #[test]
    fn an_opening_has_more_text_than_itself() {
        let paragraph = |text: &str| opening(&paragraphs(&[text])[0]).map(str::to_owned);
        assert_eq!(
            paragraph(&opening_with("我们着力办好学校")).as_deref(),
            Some("我们着力办好学校")
        );
        assert_eq!(paragraph("我们着力办好学校。成效明显。"), None);
        assert_eq!(
            paragraph(&format!("——{}", opening_with("我们着力办好学校"))),
            None
        );
        assert_eq!(paragraph(&opening_with("同志们，我们着力办好学校")), None);
        assert_eq!(paragraph(&format!("我们着力办好学校！{TEXT}")), None);
    }

    #[test]
    fn themes_are_pairs_of_sentences_above_their_text() {
        let long = TEXT.repeat(2);
        let lines = [
            "五年来，我们办好学校。学生都有学上。",
            "五年来，我们修好道路。各村都通了车。",
            "五年来，我们建好医院。看病不再困难。",
        ];
        let texts: Vec<&str> = lines
            .iter()
            .flat_map(|line| [*line, long.as_str()])
            .collect();
        let of = |texts: &[&str]| {
            let labels: Vec<Option<Label<'_>>> = texts.iter().map(|text| lex(text)).collect();
            themes(&paragraphs(texts), &labels)
        };
        assert_eq!(of(&texts), [0, 2, 4]);
        assert_eq!(of(&texts[..4]), [0; 0]);
        // A label between them ends the list.
        let parted: Vec<&str> = [&texts[..2], &["一、做法"], &texts[2..]].concat();
        assert_eq!(of(&parted), [0; 0]);
    }
}
