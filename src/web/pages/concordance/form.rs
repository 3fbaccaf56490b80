//! What a concordance is asked by: the query, the context, the order, the sample, what is counted.

use maud::{Markup, html};

use crate::cli::messages::{Lang, say};
use crate::web::pages::form::{filter_fields_beside, query_box};
use crate::web::parameters::Parameters;

/// Where the page is.
pub(super) const PATH: &str = "/concordance";
/// Its own fields.
const OWN: [&str; 4] = ["window", "sample", "seed", "group"];
/// Orders of the lines: values of `sort`, and what each is called.
pub(super) const ORDERS: [(&str, &str); 5] = [
    ("", "web-conc-by-path"),
    ("date", "web-conc-by-date"),
    ("left", "web-conc-by-left"),
    ("hit", "web-conc-by-hit"),
    ("right", "web-conc-by-right"),
];
/// Units beside the hit by which lines can be grouped.
const SIDES: [usize; 3] = [1, 2, 4];

/// The form.
pub(super) fn concordance_form(parameters: &Parameters, lang: Lang) -> Markup {
    let is_set = OWN.iter().any(|name| parameters.get(name).is_some());
    let query = parameters.get("q").or(parameters.get("query"));
    html! {
        form.search role="search" action=(PATH) method="get" {
            (query_box(query, "web-search-go", lang))
            details.filters open[is_set] {
                summary { (lang.text("web-conc-options")) }
                div.fields {
                    (group_field(parameters, lang))
                    (number("window", "web-conc-window", Some("15"), parameters, lang))
                    (number("sample", "web-conc-sample", None, parameters, lang))
                    (number("seed", "web-conc-seed", Some("0"), parameters, lang))
                }
            }
            (filter_fields_beside(parameters, &OWN, lang))
        }
    }
}

fn number(
    name: &'static str,
    key: &'static str,
    usual: Option<&str>,
    parameters: &Parameters,
    lang: Lang,
) -> Markup {
    let id = format!("f-{name}");
    html! {
        div {
            label for=(id) { (lang.text(key)) }
            input #(id) type="text" inputmode="numeric" pattern="[0-9]*" name=(name) value=[parameters.get(name)]
                placeholder=[usual] autocomplete="off";
        }
    }
}

fn group_field(parameters: &Parameters, lang: Lang) -> Markup {
    let set = parameters.get("group").unwrap_or_default();
    let mut choices = vec![(String::new(), lang.text("web-conc-no-group").to_owned())];
    for n in SIDES {
        choices.push((format!("left:{n}"), say!(lang, "web-conc-group-left", n)));
    }
    for n in SIDES {
        choices.push((format!("right:{n}"), say!(lang, "web-conc-group-right", n)));
    }
    for (name, key) in [
        ("hit", "web-conc-group-hit"),
        ("year", "web-conc-group-year"),
        ("issuer", "web-conc-group-issuer"),
        ("collection", "web-conc-group-collection"),
    ] {
        choices.push((name.to_owned(), lang.text(key).to_owned()));
    }
    // Another number than those above comes from an address.
    if !choices.iter().any(|(value, _)| value == set) {
        choices.push((set.to_owned(), set.to_owned()));
    }
    html! {
        div {
            label for="f-group" { (lang.text("web-conc-group")) }
            select #f-group name="group" {
                @for (value, name) in &choices {
                    option value=(value) selected[value == set] { (name) }
                }
            }
        }
    }
}

/// Links that put the lines in another order.
pub(super) fn orders(parameters: &Parameters, lang: Lang) -> Markup {
    let set = parameters.get("sort").filter(|&sort| sort != "path");
    html! {
        ul.choice aria-label=(lang.text("web-conc-sort")) {
            @for (value, key) in ORDERS {
                li {
                    a href=(ordered(parameters, value)) aria-current=[(set.unwrap_or_default() == value).then_some("true")] {
                        (lang.text(key))
                    }
                }
            }
        }
    }
}

/// The same page in another order, from its first line.
pub(super) fn ordered(parameters: &Parameters, order: &str) -> String {
    let kept: &[&str] = if order.is_empty() { &[] } else { &[order] };
    let from_start = parameters.without(&["offset"]);
    from_start.with("sort", kept).url(PATH)
}
