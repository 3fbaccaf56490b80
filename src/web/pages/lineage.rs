//! The lineage page: where a wording comes from, its forms along the years, and who took it up.

use maud::{Markup, PreEscaped, html};
use xunzhang::search::Searcher;

use super::form::{chips, exports, filter_fields_beside};
use super::link;
use super::page::Page;
use super::refused::refused;
use super::table::table;
use super::wording::phrase;
use crate::cli::commands::lineage::{Arguments, LineageReport};
use crate::cli::fault::Fault;
use crate::cli::messages::Lang;
use crate::cli::output::table::Table;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

const PATH: &str = "/lineage";
/// The page of the menu that leads here.
const MENU: &str = "/trend";
/// Its own fields.
const OWN: [&str; 4] = ["wording", "q", "min-similarity", "min_similarity"];
/// Rows of a table on the page; the file has all.
const MOST_ROWS: usize = 1_000;

/// The history of a wording.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let wording = parameters.get("wording").or(parameters.get("q"));
    let form = form(parameters, wording, lang);
    let name = lang.text("web-lineage");
    let Some(wording) = wording else {
        let main = html! { h1 { (name) } p { (lang.text("web-lineage-about")) } (form) };
        return Ok(Page::new(name, main).below(MENU));
    };
    let question = Question::at("lineage").ok_or(Fault)?;
    let arguments: Arguments = asked.arguments(question, &[])?;
    let (lineage, filter) = match arguments.lineage(&Searcher::new(&asked.index), wording) {
        Ok(found) => found,
        Err(error) => return Ok(refused(name, &form, &error.into(), lang).below(MENU)),
    };
    let report = LineageReport {
        lineage: &lineage,
        filter: &filter,
        lang,
    };
    let main = html! {
        h1 { (report.title()) }
        (form)
        (chips(parameters, PATH, lang))
        dl.courses {
            @for (ord, line) in report.answer().iter().enumerate() { dd.hint[ord > 0] { (line) } }
        }
        div.results-head {
            p.hint { (report.scope()) }
            div.tools { (exports(parameters, PATH, &["svg", "html", "csv", "json"], lang)) }
        }
        (drawing(&report))
        (tables(&report, parameters))
        section {
            h2 #method { (lang.text("sheet-about")) }
            @for rule in report.method() { p.hint { (rule) } }
            p.hint { (lang.text("about-fingerprint")) " " (lineage.fingerprint) }
        }
    };
    Ok(Page::new(report.title(), main).below(MENU))
}

fn form(parameters: &Parameters, wording: Option<&str>, lang: Lang) -> Markup {
    let least = parameters
        .get("min-similarity")
        .or(parameters.get("min_similarity"));
    html! {
        form.search role="search" action=(PATH) method="get" {
            div.fields {
                div {
                    label for="q" { (lang.text("web-lineage-wording")) }
                    input #q type="text" name="wording" value=[wording] autocomplete="off" spellcheck="false";
                }
                div {
                    label for="f-least" { (lang.text("web-prec-similarity")) }
                    input #f-least type="text" inputmode="decimal" name="min-similarity" value=[least] placeholder="0.7" autocomplete="off";
                }
                div.go { button type="submit" { (lang.text("web-lineage-go")) } }
            }
            (filter_fields_beside(parameters, &OWN, lang))
        }
    }
}

/// The tree along the years; nothing without a dated form.
fn drawing(report: &LineageReport<'_>) -> Markup {
    let drawing = report.svg();
    html! {
        // Drawn here, with every text in it escaped as XML.
        @if !drawing.is_empty() { figure.chart.wide-chart { (PreEscaped(drawing)) } }
    }
}

/// The forms, who took the wording up, and its years; places lead to the reader, counts of forms to their occurrences.
fn tables(report: &LineageReport<'_>, parameters: &Parameters) -> Markup {
    let (lineage, lang) = (report.lineage, report.lang);
    let forms = report.forms_table();
    let filters = link::question_of(&parameters.without(&OWN));
    let form_link = |row: usize, column: usize| {
        let form = lineage.forms.get(row)?;
        let query = phrase(&form.text);
        match column {
            3 => Some(filters.with("q", &[&query]).url("/concordance")),
            10 => Some(link::reader(&form.first_place, Some(&query))),
            _ => None,
        }
    };
    let whole = phrase(&lineage.wording);
    let spread = &lineage.spread;
    let [levels, issuers, collections] = report.spread_tables();
    let place = |places: Vec<&str>| {
        let places: Vec<String> = places
            .into_iter()
            .map(|place| link::reader(place, Some(&whole)))
            .collect();
        move |row: usize, column: usize| (column == 5).then(|| places.get(row).cloned()).flatten()
    };
    let year_link = |row: usize, column: usize| {
        let period = lineage.periods.get(row)?;
        let at = filters.with("q", &[&whole]).with("year", &[&period.period]);
        (column == 4 && !period.is_gap()).then(|| at.url("/concordance"))
    };
    let section = |table: &Table<'_>, links: super::table::Links<'_>| {
        html! {
            @if table.n_rows() > 0 {
                section { h2 { (table.name) } (self::table(table, MOST_ROWS, lang, links)) }
            }
        }
    };
    html! {
        (section(&forms, &form_link))
        (section(&levels, &place(spread.levels.iter().map(|one| &*one.first_place).collect())))
        (section(&issuers, &place(spread.issuers.iter().map(|one| &*one.first_place).collect())))
        (section(&collections, &place(spread.collections.iter().map(|one| &*one.first_place).collect())))
        (section(&report.years_table(), &year_link))
    }
}
