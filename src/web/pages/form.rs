//! What the forms of all pages have: the box, the filters, the chips of what is set, exports.

use maud::{Markup, html};
use xunzhang::document::Role;

use crate::cli::messages::{Lang, say};
use crate::web::parameters::Parameters;

/// The filters that all commands have: their parameters, and the keys of their names.
const FILTERS: [(&str, &str); 11] = [
    ("year", "web-filter-year"),
    ("since", "web-filter-since"),
    ("until", "web-filter-until"),
    ("kind", "web-filter-kind"),
    ("issuer", "web-filter-issuer"),
    ("collection", "web-filter-collection"),
    ("role", "web-filter-role"),
    ("section", "web-filter-section"),
    ("path", "web-filter-path"),
    ("in", "web-filter-in"),
    ("no_ocr", "web-filter-no-ocr"),
];

/// Parameters that are about the page alone, which files do not have.
const OF_PAGES: [&str; 2] = ["lang", "rate"];

/// What is typed into the filters, in the order of the form.
const TYPED: [&str; 8] = [
    "year",
    "since",
    "until",
    "kind",
    "issuer",
    "collection",
    "section",
    "path",
];

/// Whether a parameter is a filter that all commands have.
pub(super) fn is_filter(name: &str) -> bool {
    FILTERS.iter().any(|(known, _)| *known == name) || name == "no-ocr"
}

/// The filters that are set: a link to what is counted keeps them.
pub(super) fn filters_of(parameters: &Parameters) -> Parameters {
    parameters.only(&FILTERS.map(|(name, _)| name))
}

/// The box of a page, and its button.
pub(super) fn query_box(value: Option<&str>, go: &'static str, lang: Lang) -> Markup {
    html! {
        div.box {
            label.visually-hidden for="q" { (lang.text("web-query")) }
            input #q type="search" name="q" value=[value] autocomplete="off" spellcheck="false" enterkeyhint="search"
                placeholder=(lang.text("web-placeholder"));
            button type="submit" { (lang.text(go)) }
        }
    }
}

/// The filters, folded unless one is set; what else is set is kept.
pub(super) fn filter_fields(parameters: &Parameters, lang: Lang) -> Markup {
    filter_fields_beside(parameters, &[], lang)
}

/// The same in a form that has fields of its own, which are not kept a second time.
pub(super) fn filter_fields_beside(parameters: &Parameters, own: &[&str], lang: Lang) -> Markup {
    let is_set = FILTERS
        .iter()
        .any(|(name, _)| parameters.get(name).is_some());
    html! {
        details.filters open[is_set] {
            summary { (lang.text("web-filters")) }
            div.fields {
                @for name in TYPED { (typed(name, parameters, lang)) }
                (role_field(parameters, lang))
                (part_field(parameters, lang))
            }
        }
        (kept(parameters, own))
    }
}

fn typed(name: &'static str, parameters: &Parameters, lang: Lang) -> Markup {
    let id = format!("f-{name}");
    let mut values = parameters.all(name);
    let first = values.next();
    html! {
        div {
            label for=(id) { (title(name, lang)) }
            input #(id) type="text" name=(name) value=[first] autocomplete="off" spellcheck="false";
            // Several values were chosen one by one; the others stay as they are.
            @for value in values { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn role_field(parameters: &Parameters, lang: Lang) -> Markup {
    let set: Vec<&str> = parameters.all("role").collect();
    html! {
        div {
            label for="f-role" { (title("role", lang)) }
            select #f-role name="role" {
                option value="" { (lang.text("web-any")) }
                @for role in Role::ALL {
                    option value=(role.name()) selected[set.first() == Some(&role.name())] { (role.name()) }
                }
            }
            @for value in set.iter().skip(1) { input type="hidden" name="role" value=(value); }
        }
    }
}

fn part_field(parameters: &Parameters, lang: Lang) -> Markup {
    let set = parameters.get("in").unwrap_or_default();
    html! {
        div {
            label for="f-in" { (title("in", lang)) }
            select #f-in name="in" {
                @for (value, key) in [("", "web-in-all"), ("body", "web-in-body"), ("headings", "web-in-headings")] {
                    option value=(value) selected[set == value] { (lang.text(key)) }
                }
            }
        }
    }
}

/// What is set elsewhere on the page: a new query keeps it.
fn kept(parameters: &Parameters, own: &[&str]) -> Markup {
    let is_field = |name: &str| {
        let of_form = ["q", "query", "offset", "role", "in"];
        of_form.contains(&name) || TYPED.contains(&name) || own.contains(&name)
    };
    html! {
        @for (name, value) in parameters.iter().filter(|(name, _)| !is_field(name)) {
            input type="hidden" name=(name) value=(value);
        }
    }
}

fn title(name: &str, lang: Lang) -> &'static str {
    let found = FILTERS.iter().find(|(known, _)| *known == name);
    found.map_or("", |(_, key)| lang.text(key))
}

/// The filters that are set, each with a link that takes it away.
pub(super) fn chips(parameters: &Parameters, path: &str, lang: Lang) -> Markup {
    let set: Vec<(&str, &str)> = parameters
        .iter()
        .filter(|(name, _)| FILTERS.iter().any(|(known, _)| known == name))
        .collect();
    html! {
        @if !set.is_empty() {
            ul.chips aria-label=(lang.text("web-filters")) {
                @for (name, value) in set {
                    @let rest = parameters.without(&["offset"]).without_value(name, value);
                    li {
                        a href=(rest.url(path)) {
                            span { (title(name, lang)) } " " (value) " "
                            span aria-hidden="true" { "×" }
                            span.visually-hidden { (lang.text("web-take-away")) }
                        }
                    }
                }
            }
        }
    }
}

/// Links to what is shown as files.
pub(super) fn exports(parameters: &Parameters, path: &str, formats: &[&str], lang: Lang) -> Markup {
    html! {
        details.exports {
            summary { (lang.text("web-export")) }
            ul {
                @for format in formats {
                    @let url = parameters.without(&OF_PAGES).url(&format!("{path}.{format}"));
                    li { a href=(url) download { (say!(lang, "web-export-as", format)) } }
                }
            }
        }
    }
}
