//! What a person may not know about the query that was typed.

use xunzhang::query::{Foreign, foreign};
use xunzhang::text::units::Units;

use crate::cli::messages::{Lang, say};
use crate::cli::session::Session;

/// Units from which on a query is a passage rather than words.
// A short query has 12 units at most; what is more than twice as long was pasted from a text.
const LONG: usize = 30;

/// Says what looks like the query language of another tool, and how it is written here.
pub(crate) fn note_foreign(query: &str, session: &Session) {
    for foreign in foreign(query) {
        session.note(&of_foreign(&foreign, session.lang));
    }
}

/// Says which commands are made for a passage of a text, if the query is one.
pub(super) fn note_long(query: &str, session: &Session) {
    if Units::new(query).len() >= LONG {
        session.note(session.lang.text("hint-long"));
    }
}

fn of_foreign(foreign: &Foreign, lang: Lang) -> String {
    match foreign {
        Foreign::Field { name, ours } => match ours {
            Some(ours) => say!(lang, "hint-field", name, ours),
            None => say!(lang, "hint-unknown-field", name),
        },
        Foreign::Distance { text, distance } => say!(lang, "hint-distance", text, distance),
        Foreign::Regex(text) => say!(lang, "hint-regex", text),
        Foreign::SmallLetters(text) => say!(lang, "hint-small-letters", text),
        Foreign::Ampersand => lang.text("hint-ampersand").to_owned(),
        Foreign::Bar => lang.text("hint-bar").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_foreign_sign_has_its_own_advice() {
        let all = [
            Foreign::Field {
                name: "标题".to_owned(),
                ours: Some("title"),
            },
            Foreign::Field {
                name: "水渠".to_owned(),
                ours: None,
            },
            Foreign::Distance {
                text: "near/5".to_owned(),
                distance: 5,
            },
            Foreign::Regex("/渠.*/".to_owned()),
            Foreign::SmallLetters("and".to_owned()),
            Foreign::Ampersand,
            Foreign::Bar,
        ];
        for lang in [Lang::Zh, Lang::En] {
            let said: std::collections::BTreeSet<String> =
                all.iter().map(|one| of_foreign(one, lang)).collect();
            assert_eq!(said.len(), all.len(), "{said:?}");
            for (foreign, quoted) in all
                .iter()
                .zip(["标题", "水渠", "near/5", "/渠.*/", "and", "&", "|"])
            {
                let said = of_foreign(foreign, lang);
                assert!(said.contains(quoted), "{said}");
            }
            // The name that is ours is what to type instead.
            assert!(of_foreign(&all[0], lang).contains("title"));
        }
    }
}
