//! The date of first use, and why it may not be when a word came up.

use xunzhang::report::trend::{FirstUse, Uncertain};

use super::messages::{Lang, say};

/// The first date, with a question mark where it is uncertain.
pub(super) fn marked(first: &str, used: Option<&FirstUse>) -> String {
    let is_uncertain = used.is_some_and(|used| used.uncertain.is_some());
    let mark = if is_uncertain { "?" } else { "" };
    format!("{first}{mark}")
}

/// Why the date is uncertain, and the first one that is certain; nothing if it is certain itself.
pub(super) fn remarks(
    used: Option<&FirstUse>,
    certain: Option<&FirstUse>,
    lang: Lang,
) -> Vec<String> {
    let doubt = used.and_then(|used| Some(doubt(used, used.uncertain?, lang)));
    // Where the first date is certain, both are the same document.
    let other = certain.filter(|certain| used != Some(certain));
    let other = other.map(|certain| {
        let (date, title, document) = (&certain.date, &certain.title, &certain.document);
        say!(lang, "trend-certain", date, title, document)
    });
    doubt.into_iter().chain(other).collect()
}

fn doubt(used: &FirstUse, why: Uncertain, lang: Lang) -> String {
    let date = &used.date;
    match why {
        Uncertain::Revised => {
            let adopted = used.adopted.as_deref().unwrap_or_default();
            say!(lang, "trend-doubt-revised", date, adopted)
        }
        Uncertain::Reprint => say!(lang, "trend-doubt-reprint", date),
        Uncertain::FileName => say!(lang, "trend-doubt-file-name", date),
    }
}
