//! The table against the definition, `Units`.

use super::*;
use crate::text::units::Units;
use proptest::prelude::*;

/// What a sink receives.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Call {
    Unit(String),
    Mark(u32),
}

#[derive(Default)]
struct Calls(Vec<Call>);

impl Sink for Calls {
    fn alone(&mut self, value: u32) {
        let ch = char::from_u32(value).expect("the table holds characters");
        self.0.push(Call::Unit(ch.to_string()));
    }

    fn run(&mut self, run: &str) {
        self.0.push(Call::Unit(run.to_owned()));
    }

    fn mark(&mut self, class: u32) {
        self.0.push(Call::Mark(class));
    }
}

/// The calls for a text; `None` if it is left to `Units`.
fn calls(text: &str) -> Option<Vec<Call>> {
    let mut calls = Calls::default();
    read(&CLASSES, text.chars(), &mut "rest".to_owned(), &mut calls).then_some(calls.0)
}

/// Each unit with the ordinal of its sentence.
fn by_table(text: &str) -> Option<Vec<(String, u32)>> {
    let mut sentence = 0;
    let mut units = Vec::new();
    for call in calls(text)? {
        match call {
            Call::Unit(unit) => units.push((unit, sentence)),
            Call::Mark(class) => sentence += u32::from(class == END),
        }
    }
    Some(units)
}

fn by_units(text: &str) -> Vec<(String, u32)> {
    let units = Units::new(text);
    let sentences = units.items().iter().map(|unit| unit.sentence);
    units.texts().map(str::to_owned).zip(sentences).collect()
}

#[test]
fn units_and_marks_come_in_order() {
    let unit = |text: &str| Call::Unit(text.to_owned());
    let mark = Call::Mark;
    for (text, expected) in [
        (
            "修渠，5%。",
            vec![unit("修"), unit("渠"), mark(COMMA), unit("5%"), mark(END)],
        ),
        // A mark that no digit follows is not part of the number.
        ("3，乙", vec![unit("3"), mark(COMMA), unit("乙")]),
        ("3.乙", vec![unit("3"), mark(POINT), unit("乙")]),
        ("3.", vec![unit("3"), mark(POINT)]),
        ("3.。", vec![unit("3"), mark(POINT), mark(END)]),
        ("1,200.5", vec![unit("1,200.5")]),
        ("a,b", vec![unit("a"), mark(COMMA), unit("b")]),
        ("5%3", vec![unit("5%"), unit("3")]),
        ("%", vec![mark(PERCENT)]),
        (
            "甲；乙：丙",
            vec![
                unit("甲"),
                mark(CLAUSE),
                unit("乙"),
                mark(CLAUSE),
                unit("丙"),
            ],
        ),
        ("５Ｇ", vec![unit("5g")]),
        ("", vec![]),
    ] {
        assert_eq!(calls(text), Some(expected), "{text}");
    }
}

#[test]
fn texts_that_fold_with_their_neighbours_are_left_to_units() {
    for text in [
        "e\u{301}",
        "甲\u{200b}乙",
        "㎡",
        "瞭解",
        "二O二三",
        "乙o",
        "투",
        "今 年 投 入 1 2 . 5 万 元",
        "\u{20000}",
    ] {
        assert_eq!(calls(text), None, "{text}");
    }
    // A letter O after anything but a Han character is a letter.
    assert!(calls("OA o 1o").is_some());
}

#[test]
fn classes_of_normalized_characters() {
    for (chars, class) in [
        ("一〇々あ", ALONE),
        ("07", DIGIT),
        ("azé½", LETTER),
        (".", POINT),
        (",", COMMA),
        ("%", PERCENT),
        ("。!?", END),
        (";:\n", CLAUSE),
        (" \t", BLANK),
        ("、", LIST),
        ("(“《【", OPEN),
        (")”》】", CLOSE),
        ("—", NOTHING),
    ] {
        for ch in chars.chars() {
            assert_eq!(class_of(ch), class, "{ch:?}");
        }
    }
}

#[test]
fn an_entry_holds_class_and_value() {
    for ch in ['\0', '一', char::MAX] {
        for of_class in NOTHING..=CLOSE {
            let entry = pack(of_class, ch as u32);
            assert_eq!((class(entry), value(entry)), (of_class, ch as u32));
        }
    }
}

#[test]
fn every_character_of_the_plane_reads_as_its_units() {
    let mut n_read = 0;
    for ch in (0..0x1_0000).filter_map(char::from_u32) {
        let text = ch.to_string();
        if let Some(units) = by_table(&text) {
            n_read += 1;
            assert_eq!(units, by_units(&text), "{ch:?}");
        }
    }
    // All Han characters but those that words fold differently, and ASCII.
    assert!(n_read > 27_000, "{n_read}");
}

proptest! {
    #[test]
    fn texts_read_by_the_table_have_the_units_and_sentences_of_units(
        text in "([修渠道水3,.%，。！；a ５Ｇ①ー二oOＯ年\n]|\\PC{0,3}){0,30}",
    ) {
        if let Some(units) = by_table(&text) {
            prop_assert_eq!(units, by_units(&text));
        }
    }

    #[test]
    fn plain_chinese_is_always_read_by_the_table(text in "[修渠道水，。！；：（）《》0-9%.,]{0,40}") {
        prop_assert!(calls(&text).is_some());
    }
}
