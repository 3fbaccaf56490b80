//! Which sentence of a review names a measure, with a figure or without.
//!
//! A sentence names a measure if it has half of the pairs of neighbouring characters of it, in any order: 钢铁、水泥等行业淘汰落后产能 names
//! 钢铁产能. What is not named so is not mentioned; a looser rule would leave undecided what no reader would look for there.

use std::collections::HashSet;

use super::known::ACTIONS;
use super::measure::Measure;
use super::period::{Sentence, Tense};
use crate::text::punctuation::{is_stop, separates_clauses};

/// Share of the pairs of a measure that a sentence which names it has.
const NAMED: f64 = 0.5;

/// Pairs of neighbouring characters.
type Pairs = HashSet<(char, char)>;

/// The sentences of a review, as ordinals, with their pairs.
pub(super) struct Mentions<'a> {
    sentences: Vec<(usize, &'a Sentence, Pairs)>,
}

impl<'a> Mentions<'a> {
    pub(super) fn new(sentences: &'a [Sentence]) -> Self {
        let review = sentences.iter().enumerate();
        let review = review.filter(|(_, one)| one.clock.tense == Tense::Review);
        let sentences =
            review.map(|(ord, one)| (ord, one, pairs(&Measure::new(&one.text)).collect()));
        Self {
            sentences: sentences.collect(),
        }
    }

    /// The first sentence that names a measure, and its clause that has most of it.
    pub(super) fn first(&self, measure: &Measure) -> Option<(usize, String)> {
        let wanted: Vec<(char, char)> = pairs(&measure.without(&ACTIONS)).collect();
        let n_least = (NAMED * wanted.len() as f64).ceil() as usize;
        if wanted.is_empty() {
            return None;
        }
        let n_had = |had: &Pairs| wanted.iter().filter(|pair| had.contains(pair)).count();
        let mut named = self.sentences.iter();
        let (ord, sentence, _) = named.find(|(_, _, had)| n_had(had) >= n_least)?;
        let clauses = sentence
            .text
            .split(|ch| separates_clauses(ch) || is_stop(ch));
        // The first of those that have most: max_by_key gives the last.
        let best = clauses
            .rev()
            .max_by_key(|clause| n_had(&pairs(&Measure::new(clause)).collect()));
        Some((*ord, best.unwrap_or_default().trim().to_owned()))
    }
}

/// The pairs of neighbouring characters of a measure.
fn pairs(measure: &Measure) -> impl Iterator<Item = (char, char)> {
    let chars: Vec<char> = measure.units.concat().chars().collect();
    let next = chars.clone().into_iter().skip(1);
    chars.into_iter().zip(next)
}

#[cfg(test)]
mod tests {
    use super::super::commitment::Period;
    use super::super::period::Clock;
    use super::*;

    fn first(text: &str, measure: &str) -> Option<String> {
        let sentence = Sentence {
            place: "a:1".to_owned(),
            text: text.to_owned(),
            chars: text.chars().collect(),
            clock: Clock {
                tense: Tense::Review,
                year: 2010,
                is_year_end: false,
            },
            period: Period::Year,
        };
        let sentences = [sentence];
        let found = Mentions::new(&sentences).first(&Measure::new(measure));
        found.map(|(_, clause)| clause)
    }

    #[test]
    fn a_sentence_names_a_measure_in_any_order() {
        let text = "产业转型有成效，砖瓦、水泥等行业淘汰落后产能任务如期完成。";
        let clause = Some("水泥等行业淘汰落后产能任务如期完成".to_owned());
        assert_eq!(first(text, "今年再淘汰水泥产能"), clause);
        assert_eq!(first(text, "淘汰燃煤锅炉"), None);
        assert_eq!(first(text, ""), None);
        assert_eq!(first("", "水泥产能"), None);
    }
}
