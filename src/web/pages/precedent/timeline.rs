//! When the variants of a sentence occur.

use maud::{Markup, html};
use xunzhang::precedent::Variant;
use xunzhang::query::parse;
use xunzhang::search::{ConcordanceOptions, Grouping, LineOrder};

use super::view::View;
use crate::cli::output::columns::grouped;
use crate::cli::session::threads;
use crate::web::pages::bars::{Bar, Names, bars};
use crate::web::pages::wording::any_of;

/// The occurrences of all variants by year.
pub(super) fn timeline(view: &View<'_>, variants: &[&Variant]) -> anyhow::Result<Markup> {
    let lang = view.lang;
    let query = any_of(variants.iter().map(|one| one.text.as_str()));
    // Very long variants together may be longer than a query may be.
    let Ok(node) = parse(&query) else {
        return Ok(html! {});
    };
    let options = ConcordanceOptions {
        filter: view.options.filter.clone(),
        window: 0,
        sort: LineOrder::Path,
        sample: None,
        seed: 0,
        group: Some(Grouping::Year),
        most: None,
        threads: threads(),
    };
    let concordance = view.searcher.concordance(&node, &options)?;
    let base = view.filters.with("q", &[&query]);
    let year = |group: &xunzhang::search::Group| {
        let year: u16 = group.key.as_deref()?.parse().ok()?;
        let of = base.with("year", &[&year.to_string()]);
        Some(Bar {
            year,
            value: group.occurrences as f64,
            shown: grouped(group.occurrences),
            of_year: of.url("/search"),
            of_value: of.url("/concordance"),
            is_on: false,
        })
    };
    let mut years: Vec<Bar> = concordance.groups.iter().filter_map(year).collect();
    years.sort_by_key(|one| one.year);
    let undated = concordance.groups.iter().find(|group| group.key.is_none());
    let names = Names {
        caption: lang.text("web-data"),
        year: lang.text("web-prec-year"),
        value: lang.text("table-occurrences"),
    };
    Ok(html! {
        h3 { (lang.text("web-prec-timeline")) }
        (bars(&years, &names))
        @if let Some(undated) = undated {
            p.hint { (lang.text("web-prec-undated")) " " (undated.occurrences) }
        }
    })
}
