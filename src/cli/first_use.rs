//! The date of first use, and why it may not be when a word came up.

use xunzhang::report::trend::{FirstUse, Uncertain};

use super::messages::{Lang, say};

/// The first date, with a question mark where it is uncertain.
pub(crate) fn marked(first: &str, used: Option<&FirstUse>) -> String {
    let is_uncertain = used.is_some_and(|used| used.uncertain.is_some());
    let mark = if is_uncertain { "?" } else { "" };
    format!("{first}{mark}")
}

/// Why the date is uncertain, and the first one that is certain; nothing if it is certain itself.
pub(crate) fn remarks(
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

#[cfg(test)]
mod tests {
    use super::*;

    fn used(date: &str, uncertain: Option<Uncertain>) -> FirstUse {
        FirstUse {
            document: format!("{date}.txt"),
            title: "水利条例".to_owned(),
            date: date.to_owned(),
            adopted: Some("1998".to_owned()),
            uncertain,
        }
    }

    #[test]
    fn only_an_uncertain_date_has_a_question_mark() {
        let certain = used("2009", None);
        let revised = used("2009", Some(Uncertain::Revised));
        assert_eq!(marked("2009", Some(&certain)), "2009");
        assert_eq!(marked("2009", Some(&revised)), "2009?");
        assert_eq!(marked("2009", None), "2009");
    }

    #[test]
    fn each_doubt_has_its_own_words() {
        for lang in [Lang::Zh, Lang::En] {
            let doubts = [Uncertain::Revised, Uncertain::Reprint, Uncertain::FileName];
            let said = doubts.map(|why| remarks(Some(&used("2009", Some(why))), None, lang));
            assert!(
                said.iter()
                    .all(|said| said.len() == 1 && said[0].contains("2009")),
                "{said:?}"
            );
            assert!(
                said[0] != said[1] && said[1] != said[2] && said[0] != said[2],
                "{said:?}"
            );
            // Only a revised statute was adopted earlier.
            let adopted = said.each_ref().map(|said| said[0].contains("1998"));
            assert_eq!(adopted, [true, false, false]);
        }
    }

    #[test]
    fn a_certain_first_date_needs_no_remark() {
        let (first, later) = (used("2009", None), used("2012", None));
        assert!(remarks(Some(&first), Some(&first), Lang::Zh).is_empty());
        assert!(remarks(None, None, Lang::Zh).is_empty());
        let doubtful = used("2005", Some(Uncertain::FileName));
        let said = remarks(Some(&doubtful), Some(&later), Lang::Zh);
        assert_eq!(said.len(), 2);
        assert!(
            said[1].contains("2012") && said[1].contains("2012.txt"),
            "{said:?}"
        );
    }
}
