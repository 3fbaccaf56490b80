//! Filter values that no document has, with those that may have been meant.

use std::collections::BTreeSet;

use clap::{ArgMatches, FromArgMatches};
use xunzhang::index::Index;
use xunzhang::query::{Restriction, Years, parse};
use xunzhang::search::{Nearest, Searcher};

use super::filter::{DocumentArguments, FilterArguments};
use super::messages::{Lang, listed, say};
use super::session::{Session, Talk};

/// Arguments that are entries, each a query of its own.
const ENTRIES: [&str; 2] = ["words", "keywords"];
/// Restrictions that are looked at; a query may have hundreds.
const MOST: usize = 20;

/// Says which values of filters and of fields no document has. It reads the arguments rather than what each command makes of
/// them, so that all commands say the same.
pub(crate) fn note(matches: &ArgMatches, session: &Session) {
    if session.talk < Talk::Normal {
        return;
    }
    let given = given(leaf(matches));
    if given.is_empty() {
        return;
    }
    // The command has answered: what fails from here on is not an error of the command.
    let Ok(index) = session.open() else {
        return;
    };
    for line in lines(&index, &given, session.lang) {
        session.note(&line);
    }
}

fn leaf(mut matches: &ArgMatches) -> &ArgMatches {
    while let Some((_, below)) = matches.subcommand() {
        matches = below;
    }
    matches
}

/// A restriction as it was given.
struct Given {
    /// Before its value: `--issuer `, `issuer:`.
    before: String,
    value: String,
    restriction: Restriction,
}

/// The restrictions of flags, then those of queries.
fn given(leaf: &ArgMatches) -> Vec<Given> {
    let mut out: Vec<Given> = of_flags(leaf)
        .into_iter()
        .filter_map(|one| Given::new(one, |name| format!("--{name} ")))
        .collect();
    for query in queries(leaf) {
        // One that cannot be parsed has been refused.
        let Ok(node) = parse(&query) else { continue };
        let restrictions = node.restrictions().into_iter().cloned().flat_map(each);
        out.extend(restrictions.filter_map(|one| Given::new(one, |name| format!("{name}:"))));
    }
    let mut seen = BTreeSet::new();
    out.retain(|given| seen.insert((given.before.clone(), given.value.clone())));
    out.truncate(MOST);
    out
}

fn of_flags(leaf: &ArgMatches) -> Vec<Restriction> {
    // Asking for a flag that a command does not have is an error of this program, so that this is checked first.
    let has = |id: &str| leaf.try_contains_id(id).is_ok();
    let mut out = Vec::new();
    if has("collection") {
        let documents = DocumentArguments::from_arg_matches(leaf);
        let restrictions = documents.map(|documents| documents.filter().restrictions());
        out.extend(restrictions.into_iter().flatten().flatten());
    }
    if has("role") {
        let filter = FilterArguments::from_arg_matches(leaf);
        let roles = filter.map(|filter| filter.filter().roles);
        out.extend(roles.into_iter().flatten().map(Restriction::Role));
    }
    out.into_iter().flat_map(each).collect()
}

/// Years one by one: 2018 may have documents where 1018 has none.
fn each(restriction: Restriction) -> Vec<Restriction> {
    match restriction {
        Restriction::Year(years) => {
            let ranges = years.ranges().iter().cloned();
            ranges.map(Years::from).map(Restriction::Year).collect()
        }
        other => vec![other],
    }
}

fn queries(leaf: &ArgMatches) -> Vec<String> {
    let texts = |id: &str| -> Vec<String> {
        let texts = leaf.try_get_many::<String>(id).ok().flatten();
        texts.into_iter().flatten().cloned().collect()
    };
    let words = texts("query");
    let query = (!words.is_empty()).then(|| words.join(" "));
    query
        .into_iter()
        .chain(ENTRIES.into_iter().flat_map(texts))
        .collect()
}

impl Given {
    fn new(restriction: Restriction, before: impl Fn(&str) -> String) -> Option<Self> {
        let (name, value) = match &restriction {
            Restriction::Collection(value) => ("collection", value.clone()),
            Restriction::Issuer(value) => ("issuer", value.clone()),
            Restriction::Kind(value) => ("kind", value.clone()),
            Restriction::Role(value) => ("role", value.clone()),
            Restriction::Path(value) => ("path", value.clone()),
            Restriction::Year(years) => ("year", years.to_string()),
            // No list of their values would help: titles and headings are text, dates are any day.
            Restriction::Title(_) | Restriction::Heading(_) | Restriction::Dates(_) => return None,
        };
        Some(Self {
            before: before(name),
            value,
            restriction,
        })
    }
}

fn lines(index: &Index, given: &[Given], lang: Lang) -> Vec<String> {
    let searcher = Searcher::new(index);
    let found = given.iter().filter_map(|given| {
        let nearest = searcher.nearest(&given.restriction).ok().flatten()?;
        Some(line(given, &nearest, lang))
    });
    found.collect()
}

fn line(given: &Given, nearest: &Nearest, lang: Lang) -> String {
    let filter = format!("{}{}", given.before, given.value);
    match nearest {
        Nearest::Like(values) => {
            let values = listed(values, lang);
            say!(lang, "unmatched-like", filter, values)
        }
        Nearest::All(values) => {
            let values = listed(values, lang);
            say!(lang, "unmatched-all", filter, values)
        }
        Nearest::None => say!(lang, "unmatched", filter),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The restrictions that a command line gives, each as it was given.
    fn of_line(line: &[&str]) -> Vec<String> {
        let arguments = ["xunzhang"].iter().chain(line);
        let matches = crate::cli::app::definition()
            .try_get_matches_from(arguments)
            .expect("a valid command line");
        let given = given(leaf(&matches)).into_iter();
        given.map(|one| one.before + &one.value).collect()
    }

    #[test]
    fn flags_come_before_fields_and_each_year_by_itself() {
        let found = of_line(&[
            "search",
            "水渠",
            "issuer:水利局",
            "--year",
            "2018,1018",
            "--role",
            "问题",
            "--kind",
            "总结",
        ]);
        let flags = ["--kind 总结", "--year 1018", "--year 2018", "--role 问题"];
        assert_eq!(found.len(), 5, "{found:?}");
        assert_eq!(found[4], "issuer:水利局");
        assert!(
            flags
                .iter()
                .all(|flag| found[..4].contains(&(*flag).to_owned())),
            "{found:?}"
        );
    }

    #[test]
    fn the_same_restriction_is_looked_at_once() {
        let found = of_line(&[
            "search",
            "kind:总结",
            "水渠",
            "OR",
            "kind:总结",
            "--kind",
            "总结",
            "--kind",
            "总结",
        ]);
        // The flag and the field are spelled differently: a reader has to find either.
        assert_eq!(found, ["--kind 总结", "kind:总结"]);
    }

    #[test]
    fn titles_headings_and_dates_have_no_list_of_values() {
        let found = of_line(&[
            "search",
            "title:水渠",
            "heading:修路",
            "--since",
            "2010",
            "--section",
            "修渠",
        ]);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn a_query_of_hundreds_of_restrictions_is_cut() {
        let fields: Vec<String> = (0..3 * MOST).map(|n| format!("kind:文{n}")).collect();
        let mut line = vec!["search"];
        line.extend(fields.iter().map(String::as_str));
        assert_eq!(of_line(&line).len(), MOST);
    }

    #[test]
    fn commands_of_entries_and_commands_without_filters_are_read_too() {
        assert_eq!(of_line(&["trend", "水渠", "kind:总结"]).len(), 1);
        assert_eq!(of_line(&["status"]), [""; 0]);
        assert_eq!(
            of_line(&["words", "top", "--kind", "总结"]),
            ["--kind 总结"]
        );
    }

    #[test]
    fn the_nearest_values_are_listed_if_there_are_any() {
        let given = Given::new(Restriction::Kind("总接".to_owned()), |name| {
            format!("--{name} ")
        });
        let given = given.expect("a restriction with values");
        let named = |nearest: &Nearest| line(&given, nearest, Lang::Zh);
        let values = || vec!["总结".to_owned(), "通知".to_owned()];
        let said = [
            named(&Nearest::Like(values())),
            named(&Nearest::All(values())),
            named(&Nearest::None),
        ];
        for (ord, line) in said.iter().enumerate() {
            assert!(line.contains("--kind 总接"), "{line}");
            assert_eq!(
                line.contains("总结") && line.contains("通知"),
                ord < 2,
                "{line}"
            );
        }
        assert_ne!(said[0], said[1]);
    }
}
