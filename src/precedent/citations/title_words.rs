//! Titles as they are compared: without the name of the state before them and the year beside them.

use crate::text::units::Units;

/// The name of the state, which people leave out: 《预算法》.
const STATE: [&str; 7] = ["中", "华", "人", "民", "共", "和", "国"];
/// Words that end a note about the edition after a title: `（2018年修正）`.
const EDITIONS: [&str; 4] = ["修正", "修订", "修改", "版"];
/// What titles of laws and regulations end in; a later one of the same title takes the place of the earlier.
const STATUTES: [&str; 11] = [
    "法", "法典", "条例", "规定", "办法", "细则", "规则", "解释", "规程", "章程", "准则",
];

/// A title by the units that it is compared by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TitleWords {
    pub(super) units: Vec<String>,
    /// The same with the name of the state.
    pub(super) whole: Vec<String>,
    /// The year before it, or in the note after it.
    pub(super) year: Option<u16>,
}

impl TitleWords {
    pub(super) fn new(title: &str) -> Self {
        let (title, mut year) = without_note(title.trim());
        let all = Units::new(title);
        let mut units: Vec<String> = all.texts().map(str::to_owned).collect();
        if let [first, second, _, ..] = units.as_slice()
            && second == "年"
            && let Some(own) = year_of(first)
        {
            year = Some(own);
            units.drain(..2);
        }
        let whole = units.clone();
        // 中华人民共和国宪法 is 宪法; the state alone is no title.
        if units.len() > STATE.len() && units.iter().zip(STATE).all(|(unit, state)| unit == state) {
            units.drain(..STATE.len());
        }
        Self { units, whole, year }
    }
}

/// The title without a note about its edition, and the year in that note.
fn without_note(title: &str) -> (&str, Option<u16>) {
    let Some(open) = title
        .rfind(['（', '('])
        .filter(|_| title.ends_with(['）', ')']))
    else {
        return (title, None);
    };
    let note = title[open..].trim_matches(['（', '(', '）', ')']);
    let year: String = note.chars().take(4).collect();
    let is_note = year_of(&year).is_some() && EDITIONS.iter().any(|word| note.ends_with(word));
    match is_note {
        true => (&title[..open], year_of(&year)),
        false => (title, None),
    }
}

fn year_of(text: &str) -> Option<u16> {
    let is_year = text.len() == 4 && text.chars().all(|ch| ch.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|year| is_year && (1900..2100).contains(year))
}

/// The word that says what a law or regulation is, if the title is of one: 条例 of 《…条例（试行）》.
pub(super) fn statute_word(title: &str) -> Option<&'static str> {
    let open = title
        .rfind(['（', '('])
        .filter(|_| title.ends_with(['）', ')']));
    let title = open.map_or(title, |open| &title[..open]).trim_end();
    let words = STATUTES.iter().filter(|word| title.ends_with(**word));
    words.max_by_key(|word| word.len()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_compared_without_state_and_year() {
        for (title, expected, year) in [
            ("中华人民共和国水渠法", "水渠法", None),
            ("水渠法（2018年修正）", "水渠法", Some(2018)),
            (
                "2019年中华人民共和国国务院政府工作报告",
                "国务院政府工作报告",
                Some(2019),
            ),
            ("水渠管护办法（试行）", "水渠管护办法试行", None),
            ("中华人民共和国", "中华人民共和国", None),
            ("2019年", "2019年", None),
        ] {
            let words = TitleWords::new(title);
            assert_eq!(
                (words.units.concat().as_str(), words.year),
                (expected, year),
                "{title}"
            );
        }
    }

    #[test]
    fn statutes_are_known_by_their_last_word() {
        for (title, expected) in [
            ("水渠法", Some("法")),
            ("水渠管护办法（试行）", Some("办法")),
            ("水渠条例", Some("条例")),
            ("民渠法典", Some("法典")),
            ("关于修渠的通知", None),
            ("水渠工作报告", None),
        ] {
            assert_eq!(statute_word(title), expected, "{title}");
        }
    }
}
