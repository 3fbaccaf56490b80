//! Names and sentences that every form of a check shares.

use xunzhang::precedent::{
    COMMON_TITLES, COUNTED, Check, Class, MIN_CLAUSE, MIN_RUN, NEAR, Rarity,
};

use crate::cli::messages::{Lang, say};

/// The name of a class.
pub(crate) fn class_name(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Verbatim => lang.text("check-verbatim"),
        Class::Near => lang.text("check-near"),
        Class::Loose => lang.text("check-loose"),
        Class::None => lang.text("check-none"),
    }
}

/// The name of a class in files.
// Never translated: the style sheet and the script of the page select by these names.
pub(crate) fn class_key(class: Class) -> &'static str {
    match class {
        Class::Verbatim => "verbatim",
        Class::Near => "near",
        Class::Loose => "loose",
        Class::None => "none",
    }
}

/// The name of a rarity.
pub(crate) fn rarity_name(rarity: Rarity, lang: Lang) -> &'static str {
    match rarity {
        Rarity::Single => lang.text("check-single"),
        Rarity::Rare => lang.text("check-rare"),
        Rarity::Common => lang.text("check-common"),
    }
}

/// How the numbers are made.
pub(crate) fn method(check: &Check, lang: Lang) -> String {
    say!(
        lang,
        "check-method",
        near = NEAR,
        loose = check.min_similarity,
        min_run = MIN_RUN,
        counted = COUNTED,
        min_clause = MIN_CLAUSE,
        common_titles = COMMON_TITLES
    )
}

/// A summary of the whole check in two sentences.
pub(crate) fn summary(check: &Check, lang: Lang) -> String {
    // An empty draft has no characters to divide by.
    let share = |n: u64| format!("{:.1} %", 100.0 * n as f64 / check.characters.max(1) as f64);
    let (n, characters) = (check.sentences.len(), check.characters);
    let (reused, distinctive) = (share(check.reused), share(check.distinctive));
    let classes = &check.classes;
    let (verbatim, near, loose, none) =
        (classes.verbatim, classes.near, classes.loose, classes.none);
    let summary = say!(
        lang,
        "check-summary",
        n,
        verbatim,
        near,
        loose,
        none,
        characters,
        reused,
        distinctive
    );
    // What was left out is named: a reader would otherwise look for the draft itself among the sources.
    match check.excluded.is_empty() {
        true => summary,
        false => {
            let documents = check.excluded.join(&say!(lang, "trend-list"));
            summary + &say!(lang, "check-excluded", documents)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(characters: u64, reused: u64, excluded: &[&str]) -> Check {
        Check {
            title: "白苇县总结".to_owned(),
            sentences: Vec::new(),
            citations: Vec::new(),
            classes: xunzhang::precedent::Classes::default(),
            characters,
            reused,
            distinctive: 0,
            share: 0.0,
            documents: Vec::new(),
            min_similarity: 0.5,
            excluded: excluded.iter().map(|&id| id.to_owned()).collect(),
        }
    }

    #[test]
    fn an_empty_draft_has_a_share_of_nothing() {
        for (characters, reused, expected) in [
            (0, 0, "0.0 %"),
            (8, 2, "25.0 %"),
            (3, 1, "33.3 %"),
            (4, 4, "100.0 %"),
        ] {
            for lang in [Lang::Zh, Lang::En] {
                let said = summary(&check(characters, reused, &[]), lang);
                assert!(said.contains(expected), "{said}");
                assert!(!said.contains("NaN"), "{said}");
            }
        }
    }

    #[test]
    fn documents_that_are_left_out_are_named() {
        let without = summary(&check(8, 2, &[]), Lang::Zh);
        let with = summary(&check(8, 2, &["草稿.txt", "旧稿.txt"]), Lang::Zh);
        let more = with.strip_prefix(&without).expect("the summary first");
        assert!(
            more.contains("草稿.txt") && more.contains("旧稿.txt"),
            "{more}"
        );
    }

    #[test]
    fn names_for_people_differ_and_keys_are_those_of_json() {
        let classes = [Class::Verbatim, Class::Near, Class::Loose, Class::None];
        for class in classes {
            let json = serde_json::to_string(&class).expect("a name");
            assert_eq!(json, format!("\"{}\"", class_key(class)));
        }
        for lang in [Lang::Zh, Lang::En] {
            let names: std::collections::BTreeSet<&str> = classes
                .iter()
                .map(|&class| class_name(class, lang))
                .collect();
            assert_eq!(names.len(), classes.len(), "{names:?}");
            let rarities = [Rarity::Single, Rarity::Rare, Rarity::Common]
                .map(|rarity| rarity_name(rarity, lang));
            assert!(
                rarities[0] != rarities[1] && rarities[1] != rarities[2],
                "{rarities:?}"
            );
        }
    }

    #[test]
    fn the_method_names_the_similarity_that_was_asked_for() {
        let of = |min_similarity: f64| {
            let check = Check {
                min_similarity,
                ..check(8, 2, &[])
            };
            method(&check, Lang::Zh)
        };
        assert!(of(0.37).contains("0.37"));
        assert_ne!(of(0.37), of(0.5));
    }
}
