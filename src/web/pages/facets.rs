//! What a query finds, by the values that it can be restricted to, beside the results.

use std::collections::BTreeMap;

use maud::{Markup, html};
use xunzhang::search::{Facet, Facets, Reading, YearText};

use super::bars::{Bar, Names, bars};
use crate::cli::messages::Lang;
use crate::cli::output::columns::grouped;
use crate::web::parameters::Parameters;

/// Values that are shown of a list; the others are folded.
const SHOWN: usize = 8;
/// Values that are listed in all.
const LISTED: usize = 60;

/// All lists, and the years.
pub(super) fn facets(
    facets: &Facets,
    texts: Option<&[YearText]>,
    parameters: &Parameters,
    lang: Lang,
) -> Markup {
    let lists = [
        ("kind", "web-filter-kind", &facets.kinds),
        ("issuer", "web-filter-issuer", &facets.issuers),
        ("role", "web-filter-role", &facets.roles),
        ("collection", "web-filter-collection", &facets.collections),
    ];
    html! {
        aside #facets .facets aria-label=(lang.text("web-facets")) {
            @if facets.reading == Reading::Ranked {
                p.hint { (lang.text("web-facets-ranked")) }
            }
            (years(facets, texts, parameters, lang))
            @for (name, key, values) in lists {
                (list(name, lang.text(key), values, parameters))
            }
        }
    }
}

fn list(name: &str, title: &str, values: &[Facet], parameters: &Parameters) -> Markup {
    // A list of one value that is not chosen restricts nothing.
    let is_set = parameters.get(name).is_some();
    let named: Vec<(&str, &Facet)> = values
        .iter()
        .filter_map(|facet| Some((facet.value.as_deref()?, facet)))
        .collect();
    if named.is_empty() || (named.len() == 1 && !is_set) {
        return html! {};
    }
    let named = &named[..named.len().min(LISTED)];
    let (first, rest) = named.split_at(named.len().min(SHOWN));
    let item = |value: &str, facet: &Facet| item(name, value, facet, parameters);
    html! {
        h2 { (title) }
        ul { @for (value, facet) in first { (item(value, facet)) } }
        @if !rest.is_empty() {
            details {
                summary { "+ " (rest.len()) }
                ul { @for (value, facet) in rest { (item(value, facet)) } }
            }
        }
    }
}

fn item(name: &str, value: &str, facet: &Facet, parameters: &Parameters) -> Markup {
    let (url, is_on) = toggled(name, value, parameters);
    html! {
        li {
            a href=(url) aria-current=[is_on.then_some("true")] { (value) }
            span { (grouped(facet.passages)) }
        }
    }
}

/// The page with a value chosen, or no longer; and whether it is chosen now.
fn toggled(name: &str, value: &str, parameters: &Parameters) -> (String, bool) {
    let rest = parameters.without(&["offset"]);
    let set: Vec<&str> = rest.all(name).collect();
    let is_on = set.contains(&value);
    let changed = match is_on {
        true => rest.without_value(name, value),
        false => {
            let all: Vec<&str> = set.into_iter().chain([value]).collect();
            rest.with(name, &all)
        }
    };
    (changed.url("/search"), is_on)
}

/// Passages by year, or occurrences for every 10,000 characters of the year.
fn years(
    facets: &Facets,
    texts: Option<&[YearText]>,
    parameters: &Parameters,
    lang: Lang,
) -> Markup {
    let is_rate = texts.is_some() && facets.reading == Reading::Exact;
    let texts: BTreeMap<&str, u64> = texts
        .unwrap_or_default()
        .iter()
        .filter_map(|text| Some((text.year.as_deref()?, text.characters)))
        .collect();
    let bar = |facet: &Facet| {
        let label = facet.value.as_deref()?;
        let characters = texts.get(label).copied().unwrap_or(0);
        let (value, shown) = match is_rate {
            false => (facet.passages as f64, grouped(facet.passages)),
            true => {
                let rate = rate(facet.occurrences, characters);
                (rate, format!("{rate:.2}"))
            }
        };
        let is_on = parameters.all("year").any(|set| set == label);
        let values: &[&str] = if is_on { &[] } else { &[label] };
        let of_year = parameters
            .without(&["offset"])
            .with("year", values)
            .url("/search");
        Some(Bar {
            year: label.parse().ok()?,
            value,
            shown,
            of_value: of_year.clone(),
            of_year,
            is_on,
        })
    };
    let years: Vec<Bar> = facets.years.iter().filter_map(bar).collect();
    if years.is_empty() {
        return html! {};
    }
    let value = match is_rate {
        true => "web-per-10k",
        false => "column-passages",
    };
    let names = Names {
        caption: lang.text("web-as-table"),
        year: lang.text("column-year"),
        value: lang.text(value),
    };
    html! {
        h2 { (lang.text("web-by-year")) }
        (bars(&years, &names))
        @if facets.reading == Reading::Exact { (units(is_rate, parameters, lang)) }
    }
}

/// Links to both units of the bars.
fn units(is_rate: bool, parameters: &Parameters, lang: Lang) -> Markup {
    let counts = parameters.without(&["rate"]).url("/search");
    let rates = parameters.with("rate", &["1"]).url("/search");
    html! {
        ul.choice {
            li { a href=(counts) aria-current=[(!is_rate).then_some("true")] { (lang.text("column-passages")) } }
            li { a href=(rates) aria-current=[is_rate.then_some("true")] { (lang.text("web-per-10k")) } }
        }
    }
}

/// Occurrences for every 10,000 characters; 0 without text.
fn rate(occurrences: u64, characters: u64) -> f64 {
    match characters {
        0 => 0.0,
        _ => occurrences as f64 * 1e4 / characters as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_chosen_beside_others_and_taken_back() {
        let none = Parameters::of_query("q=a&offset=10");
        let (one, is_on) = toggled("kind", "b", &none);
        assert_eq!((&*one, is_on), ("/search?q=a&kind=b", false));
        let one = Parameters::of_query("q=a&kind=b");
        assert_eq!(toggled("kind", "c", &one).0, "/search?q=a&kind=b&kind=c");
        assert_eq!(toggled("kind", "b", &one), ("/search?q=a".to_owned(), true));
    }

    #[test]
    fn a_year_without_text_has_no_rate() {
        assert_eq!(rate(0, 0), 0.0);
        assert_eq!(rate(3, 20_000), 1.5);
    }
}
