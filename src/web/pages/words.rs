//! Lists of words: frequent ones, those typical of a part of the collection, neighbours of a word, new ones.

use maud::{Markup, html};
use xunzhang::search::Searcher;

use super::collection::{MENU, menu};
use super::form::{chips, exports, filter_fields};
use super::page::Page;
use super::table::table;
use crate::cli::commands::words::printed;
use crate::cli::messages::Lang;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

/// The lists: their paths below `/words`, and the keys of their names.
const LISTS: [(&str, &str); 4] = [
    ("top", "web-words-top"),
    ("keyness", "web-words-keyness"),
    ("collocates", "web-words-collocates"),
    ("new", "web-words-new"),
];

/// The form; a list takes seconds, so that none is made before it is requested.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let main = html! {
        h1 { (lang.text("web-words")) }
        (menu(lang))
        (lists(None, &Parameters::default(), lang))
        p.hint { (lang.text("web-words-hint")) }
    };
    Ok(Page::new(lang.text("web-words"), main).below(MENU))
}

pub(super) fn top(asked: &Asked) -> anyhow::Result<Page> {
    list(asked, "top")
}

pub(super) fn keyness(asked: &Asked) -> anyhow::Result<Page> {
    list(asked, "keyness")
}

pub(super) fn collocates(asked: &Asked) -> anyhow::Result<Page> {
    list(asked, "collocates")
}

pub(super) fn new(asked: &Asked) -> anyhow::Result<Page> {
    list(asked, "new")
}

fn lists(current: Option<&str>, parameters: &Parameters, lang: Lang) -> Markup {
    // Filters are kept from list to list; the word and the reference are of one list.
    let kept = parameters.without(&["q", "word", "against", "window", "side", "least"]);
    html! {
        ul.choice {
            @for (name, key) in LISTS {
                li {
                    a href=(kept.url(&format!("/words/{name}"))) aria-current=[(current == Some(name)).then_some("true")] {
                        (lang.text(key))
                    }
                }
            }
        }
    }
}

fn list(asked: &Asked, name: &'static str) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let parameters = &asked.parameters;
    let path = format!("words/{name}");
    let question = Question::at(&path).ok_or(crate::cli::fault::Fault)?;
    let word = parameters.get("q").or(parameters.get("word"));
    // Neighbours are those of a word, which the form asks for.
    let is_asked = name != "collocates" || word.is_some();
    let found = match is_asked {
        true => {
            let matches = question.matches(&asked.words(question)?)?;
            Some(printed(name, &matches, &Searcher::new(&asked.index), lang)?)
        }
        false => None,
    };
    let title = LISTS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, key)| lang.text(key));
    let rows = found.iter().flat_map(|found| found.table.rows());
    let words: Vec<String> = rows.map(|row| row[0].plain()).collect();
    let action = format!("/{path}");
    let main = html! {
        h1 { (title) }
        (menu(lang))
        (lists(Some(name), parameters, lang))
        form action=(action) method="get" {
            @if name == "collocates" {
                div.box {
                    label.visually-hidden for="q" { (lang.text("words-word")) }
                    input #q type="search" name="q" value=[word] placeholder=(lang.text("words-word")) required;
                }
            }
            @if name == "keyness" {
                div.fields {
                    div {
                        label for="against" { (lang.text("web-against")) }
                        input #against name="against" value=[parameters.get("against")] placeholder="year:..2010";
                    }
                }
            }
            (filter_fields(&parameters.without(&["against", "word"]), lang))
            button type="submit" { (lang.text("web-list")) }
        }
        (chips(parameters, &action, lang))
        @if let Some(found) = &found {
            div.results-head {
                p.hint #totals { (found.method.as_deref().unwrap_or_default()) }
                (exports(parameters, &action, &["csv", "json"], lang))
            }
            (table(&found.table, usize::MAX, lang, &|row, column| {
                let word = words.get(row).filter(|_| column == 0)?;
                Some(leads_to(word, parameters))
            }))
        }
    };
    Ok(Page::new(title, main).below(MENU))
}

/// The concordance of a word, under the same filters.
fn leads_to(word: &str, parameters: &Parameters) -> String {
    let phrase = format!("“{word}”");
    let kept = parameters.without(&[
        "q", "word", "against", "window", "side", "least", "limit", "n", "row",
    ]);
    kept.with("q", &[&phrase]).url("/concordance")
}
