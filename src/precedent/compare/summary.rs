//! Numbers about a comparison: sentences by status, what is emphasised, figures that changed.

use super::comparison::{Figure, Pair, SectionShare, SharePair, Status, Summary};
use super::sentences::Sentence;
use crate::precedent::diff::{Edit, Op};
use crate::precedent::figure::{NO_FIGURES, unit_len};
use crate::text::punctuation::separates_clauses;

/// The numbers about all pairs of two reports.
pub(super) fn summary(pairs: &[Pair], old: &[Sentence], new: &[Sentence]) -> Summary {
    let count = |status| pairs.iter().filter(|pair| pair.status == status).count();
    Summary {
        sentences: (old.len(), new.len()),
        kept: count(Status::Kept),
        changed: count(Status::Changed),
        moved: count(Status::Moved),
        dropped: count(Status::Dropped),
        new: count(Status::New),
        sections: paired(shares(old), shares(new)),
        figures: pairs.iter().flat_map(figures).collect(),
    }
}

/// The sections of the first level in order, each with its share.
fn shares(sentences: &[Sentence]) -> Vec<SectionShare> {
    let all: usize = sentences.iter().map(|one| one.piece.units.len()).sum();
    let mut out: Vec<SectionShare> = Vec::new();
    for sentence in sentences {
        let Some(top) = sentence.section.first() else {
            continue;
        };
        let share = sentence.piece.units.len() as f64 / all.max(1) as f64;
        match out
            .iter_mut()
            .find(|one| one.label == top.label && one.title == top.title)
        {
            Some(known) => known.share += share,
            None => out.push(SectionShare {
                label: top.label.clone(),
                title: top.title.clone(),
                share,
            }),
        }
    }
    for one in &mut out {
        one.share = (one.share * 1e4).round() / 1e4;
    }
    out
}

/// Sections of the same heading, digits apart.
fn paired(old: Vec<SectionShare>, new: Vec<SectionShare>) -> Vec<SharePair> {
    let key = |one: &SectionShare| -> String {
        one.title.chars().filter(|ch| !ch.is_numeric()).collect()
    };
    let mut old: Vec<Option<SectionShare>> = old.into_iter().map(Some).collect();
    let mut out: Vec<SharePair> = new
        .into_iter()
        .map(|new| {
            let same = old
                .iter_mut()
                .find(|one| one.as_ref().is_some_and(|one| key(one) == key(&new)));
            SharePair {
                old: same.and_then(Option::take),
                new: Some(new),
            }
        })
        .collect();
    let left = old.into_iter().flatten();
    out.extend(left.map(|old| SharePair {
        old: Some(old),
        new: None,
    }));
    out
}

/// The figures that were replaced by others in a sentence, each with its unit: both sides begin with a digit.
fn figures(pair: &Pair) -> Vec<Figure> {
    let Some(new) = &pair.new else {
        return Vec::new();
    };
    let ends = pair
        .diff
        .iter()
        .skip(1)
        .map(|edit| edit.to.as_str())
        .chain([""]);
    let figure = |(edit, after): (&Edit, &str)| {
        if edit.op != Op::Replace || after.starts_with(|ch| NO_FIGURES.contains(ch)) {
            return None;
        }
        Some(Figure {
            old: figure_of(&edit.from, after)?,
            new: figure_of(&edit.to, after)?,
            place: new.place.clone(),
        })
    };
    pair.diff.iter().zip(ends).filter_map(figure).collect()
}

/// The text up to its first clause mark if it begins with a digit; one that reaches its end has the unit that follows.
fn figure_of(text: &str, after: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(char::is_numeric) {
        return None;
    }
    let mut chars = text.char_indices().peekable();
    let mut last = ' ';
    while let Some((at, ch)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        // That of 1,234 is part of the number.
        let is_inside = last.is_numeric() && next.is_some_and(char::is_numeric);
        if separates_clauses(ch) && !is_inside {
            return Some(text[..at].to_owned());
        }
        last = ch;
    }
    let after: Vec<char> = after.chars().collect();
    let unit: String = after[..unit_len(&after)].iter().collect();
    Some(format!("{text}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_the_whole_number_with_its_unit() {
        for (text, after, expected) in [
            ("12", "条，衬砌", Some("12条")),
            ("1,234", "万元", Some("1,234万元")),
            ("5.1%，居民消费价格上涨0.2%", "", Some("5.1%")),
            ("１０％", "以上", Some("１０％")),
            ("达到134.9", "万亿元", None),
        ] {
            assert_eq!(figure_of(text, after).as_deref(), expected, "{text}");
        }
    }
}
