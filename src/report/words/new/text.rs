//! The Han units of a collection in 16 bits each, copies of passages left out.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::options::NewOptions;
use crate::report::Result;
use crate::search::Searcher;
use crate::text::units::{Units, is_single_unit};

/// A Han unit in 16 bits, see [`Alphabet`].
pub(super) type Code = u16;
/// Marks a position without a Han unit.
pub(super) const EDGE: Code = 0;
/// Units of a piece of text, unless a passage is longer: pieces never move, where one growing list would be copied again
/// and again.
const PIECE: usize = 1 << 20;

/// The Han units of all different passages, an [`EDGE`] before and after each sequence.
pub(super) type Text = Vec<Vec<Code>>;

/// Units beyond the Basic Multilingual Plane, ascending; their codes are those of [`BEYOND`] in that order.
pub(super) struct Alphabet(Vec<char>);

/// Surrogates and the private use area: no unit of one character has one of these codes.
const BEYOND: RangeInclusive<Code> = 0xd800..=0xf8ff;
/// So many codes: of a collection with more different units beyond the plane, the others are edges.
const N_BEYOND: usize = (*BEYOND.end() - *BEYOND.start()) as usize + 1;

impl Alphabet {
    /// The alphabet of all that the threads read, whose text is put into its codes.
    fn unite(runs: &mut [Run]) -> Self {
        let all: BTreeSet<char> = runs.iter().flat_map(|run| &run.beyond).copied().collect();
        let alphabet = Self(all.into_iter().take(N_BEYOND).collect());
        for run in runs.iter_mut().filter(|run| !run.beyond.is_empty()) {
            let codes: Vec<Code> = run.beyond.iter().map(|ch| alphabet.code(*ch)).collect();
            let beyond = run.text.iter_mut().flatten();
            for code in beyond.filter(|code| BEYOND.contains(code)) {
                *code = codes[usize::from(*code - BEYOND.start())];
            }
        }
        alphabet
    }

    fn code(&self, ch: char) -> Code {
        let ord = self.0.binary_search(&ch);
        ord.map_or(EDGE, |ord| BEYOND.start() + ord as Code)
    }

    pub(super) fn char(&self, code: Code) -> char {
        let beyond = code.checked_sub(*BEYOND.start()).map(usize::from);
        let beyond = beyond.and_then(|ord| self.0.get(ord)).copied();
        match BEYOND.contains(&code) {
            true => beyond.unwrap_or(char::REPLACEMENT_CHARACTER),
            false => char::from_u32(u32::from(code)).unwrap_or(char::REPLACEMENT_CHARACTER),
        }
    }
}

/// Reads the passages.
pub(super) fn text(searcher: &Searcher, options: &NewOptions) -> Result<(Text, Alphabet)> {
    let mut runs = searcher.scan(
        &options.filter,
        options.threads,
        Run::default,
        |run: &mut Run, _, passages| {
            for passage in passages {
                if run.passages.contains_key(&passage.shape) {
                    continue;
                }
                let place = run.push(&passage.text());
                run.passages.insert(passage.shape, place);
            }
            Ok(())
        },
    )?;
    let alphabet = Alphabet::unite(&mut runs);
    let mut seen: BTreeSet<u64> = BTreeSet::new();
    let mut text = Vec::new();
    for mut run in runs {
        for (shape, place) in run.passages {
            if !seen.insert(shape) {
                let Place { piece, start, end } = place;
                run.text[piece as usize][start as usize..end as usize].fill(EDGE);
            }
        }
        text.append(&mut run.text);
    }
    Ok((text, alphabet))
}

/// What one thread reads.
#[derive(Default)]
struct Run {
    text: Text,
    /// The different passages by hash.
    passages: BTreeMap<u64, Place>,
    /// Units beyond the Basic Multilingual Plane in order of their codes.
    beyond: Vec<char>,
}

/// Where a passage is in the text of its thread, half-open.
struct Place {
    piece: u32,
    start: u32,
    end: u32,
}

impl Run {
    fn push(&mut self, passage: &str) -> Place {
        let units = Units::new(passage);
        // An edge before each unit at most, and one after the last.
        let most = 2 * units.len() + 1;
        let has_room = |piece: &Vec<Code>| piece.capacity() - piece.len() >= most;
        if !self.text.last().is_some_and(has_room) {
            self.text.push(Vec::with_capacity(PIECE.max(most)));
        }
        let piece = self.text.len() - 1;
        let out = &mut self.text[piece];
        let start = out.len();
        out.push(EDGE);
        let mut end = 0;
        for (ord, unit) in units.items().iter().enumerate() {
            // Anything between two units, a mark or a number, is an edge.
            if unit.start != end && out.last() != Some(&EDGE) {
                out.push(EDGE);
            }
            end = unit.end;
            let first = units.text(ord).chars().next();
            let han = first.filter(|ch| is_single_unit(*ch));
            out.push(han.map_or(EDGE, |ch| code(ch, &mut self.beyond)));
        }
        out.push(EDGE);
        Place {
            piece: piece as u32,
            start: start as u32,
            end: out.len() as u32,
        }
    }
}

/// The code of a unit; one beyond the plane takes its place in `beyond`.
pub(super) fn code(ch: char, beyond: &mut Vec<char>) -> Code {
    if let Ok(code) = Code::try_from(u32::from(ch)) {
        return code;
    }
    let known = beyond.iter().position(|&other| other == ch);
    let ord = known.unwrap_or(beyond.len());
    if ord >= N_BEYOND {
        return EDGE;
    }
    if known.is_none() {
        beyond.push(ch);
    }
    BEYOND.start() + ord as Code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_beyond_the_plane_have_the_same_codes_in_all_text() {
        let mut runs = [Run::default(), Run::default()];
        runs[0].push("渠𠮷𡈼。");
        runs[1].push("𡈼𠮷𠮷1水");
        let alphabet = Alphabet::unite(&mut runs);
        let read = |run: &Run| -> String {
            let codes = run.text.iter().flatten().copied();
            codes
                .map(|code| {
                    if code == EDGE {
                        '，'
                    } else {
                        alphabet.char(code)
                    }
                })
                .collect()
        };
        assert_eq!(runs.each_ref().map(read), ["，渠𠮷𡈼，", "，𡈼𠮷𠮷，水，"]);
        assert_eq!(runs[0].text[0][2], *BEYOND.start());
        let mut full: Vec<char> = ('\u{20000}'..).take(N_BEYOND).collect();
        assert_eq!(code('\u{2f000}', &mut full), EDGE);
        assert_eq!(code('\u{20001}', &mut full), BEYOND.start() + 1);
    }

    fn codes_of(text: &str) -> String {
        let mut run = Run::default();
        run.push(text);
        let shown = |code: &Code| match *code {
            EDGE => '，',
            code => char::from_u32(u32::from(code)).expect("a character of the plane"),
        };
        run.text.iter().flatten().map(shown).collect()
    }

    #[test]
    fn whatever_is_no_han_character_is_one_edge() {
        for (text, expected) in [
            ("修渠", "，修渠，"),
            ("修，渠", "，修，渠，"),
            ("修——渠。", "，修，渠，"),
            ("修 渠", "，修，渠，"),
            ("", "，，"),
            ("。", "，，"),
        ] {
            assert_eq!(codes_of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_number_between_two_words_keeps_them_apart() {
        for text in ["修3渠", "修 2009 渠", "修ab渠"] {
            let codes = codes_of(text);
            assert!(
                codes.starts_with("，修，") && codes.ends_with("，渠，"),
                "{codes}"
            );
        }
    }

    #[test]
    fn a_passage_knows_its_place_and_none_is_moved() {
        let mut run = Run::default();
        let places = ["修渠", "清淤三里"].map(|text| run.push(text));
        assert_eq!(run.text.len(), 1);
        let bounds = places.map(|place| (place.piece, place.start, place.end));
        assert_eq!(bounds, [(0, 0, 4), (0, 4, 10)]);
        // A passage that does not fit opens a piece of its own.
        let before = run.text[0].capacity();
        let long = "渠".repeat(before);
        let place = run.push(&long);
        assert_eq!((place.piece, place.start), (1, 0));
        assert_eq!(run.text[0].capacity(), before);
    }

    #[test]
    fn an_unknown_code_is_a_replacement_character() {
        let alphabet = Alphabet(vec!['𠮷']);
        assert_eq!(alphabet.char(*BEYOND.start()), '𠮷');
        assert_eq!(
            alphabet.char(BEYOND.start() + 1),
            char::REPLACEMENT_CHARACTER
        );
        assert_eq!(alphabet.char('渠' as Code), '渠');
        assert_eq!(alphabet.code('𡈼'), EDGE);
    }
}
