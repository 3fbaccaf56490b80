//! Names and sentences that every form of a check shares.

use xunzhang::precedent::{
    COMMON_TITLES, COUNTED, Check, Class, MIN_CLAUSE, MIN_RUN, NEAR, Rarity,
};

use crate::cli::messages::{Lang, say};

/// The name of a class.
pub(super) fn class_name(class: Class, lang: Lang) -> &'static str {
    match class {
        Class::Verbatim => lang.text("check-verbatim"),
        Class::Near => lang.text("check-near"),
        Class::Loose => lang.text("check-loose"),
        Class::None => lang.text("check-none"),
    }
}

/// The name of a class in files.
// Never translated: the style sheet and the script of the page select by these names.
pub(super) fn class_key(class: Class) -> &'static str {
    match class {
        Class::Verbatim => "verbatim",
        Class::Near => "near",
        Class::Loose => "loose",
        Class::None => "none",
    }
}

/// The name of a rarity.
pub(super) fn rarity_name(rarity: Rarity, lang: Lang) -> &'static str {
    match rarity {
        Rarity::Single => lang.text("check-single"),
        Rarity::Rare => lang.text("check-rare"),
        Rarity::Common => lang.text("check-common"),
    }
}

/// How the numbers are made.
pub(super) fn method(check: &Check, lang: Lang) -> String {
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
pub(super) fn summary(check: &Check, lang: Lang) -> String {
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
