//! The draft desk: a draft is sent, and shown with what occurs elsewhere already, its precedents beside it.

use std::path::Path;
use std::sync::Arc;

use maud::{Markup, html};
use xunzhang::precedent::{Check, Class, Error, LOOSE};
use xunzhang::search::Searcher;
use xunzhang::source::mark::{Form, stamp};
use xunzhang::source::{Draft, typed_draft};

use super::cited::Cited;
use super::desk::{Desk, by_class};
use super::form::{filter_fields, filters_of};
use super::job_view::{Filled, JobView};
use super::page::Page;
use crate::cli::commands::check::{Arguments, bytes, class_key, class_name, of_file, summary};
use crate::cli::fault::Fault;
use crate::cli::messages::Lang;
use crate::cli::output::Format;
use crate::cli::output::columns::grouped;
use crate::web::asked::{Asked, arguments};
use crate::web::jobs::{Outcome, Work};
use crate::web::questions::Question;
use crate::web::sent::Upload;

const MENU: &str = "/check";
/// Extensions of the files of a check.
const FILES: [&str; 4] = ["xlsx", "docx", "html", "json"];
/// What a draft without a name of its own is called.
const UNNAMED: &str = "-";

/// The form; a link may bring its values along.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    Ok(form(&Filled::of(asked, None)))
}

/// The form, with what is wrong with it.
pub(super) fn form(filled: &Filled<'_>) -> Page {
    let (lang, parameters) = (filled.lang, filled.parameters);
    let title = lang.text("web-check");
    let fields = [
        "text",
        "draft",
        "q",
        "exclude",
        "min_similarity",
        "min-similarity",
    ];
    let others = parameters.without(&fields);
    let excluded: Vec<&str> = parameters.all("exclude").collect();
    let least = LOOSE.to_string();
    let least = parameters.get("min_similarity").unwrap_or(&least);
    let main = html! {
        h1 { (title) }
        p { (lang.text("web-check-about")) }
        @if let Some(problem) = filled.problem { pre.problem role="alert" { (problem.detail) } }
        form.desk-form method="post" action="/check" enctype="multipart/form-data" {
            input type="hidden" name="token" value=(filled.token);
            label for="q" { (lang.text("web-check-text")) }
            textarea #q name="text" rows="14" spellcheck="false" {
                (parameters.get("text").unwrap_or_default())
            }
            div.fields {
                div {
                    label for="file" { (lang.text("web-check-file")) }
                    input #file type="file" name="file";
                }
                div {
                    label for="exclude" { (lang.text("web-check-exclude")) }
                    input #exclude type="text" name="exclude" value=[excluded.first()] autocomplete="off" spellcheck="false";
                    @for more in excluded.iter().skip(1) { input type="hidden" name="exclude" value=(more); }
                }
                div {
                    label for="least" { (lang.text("web-check-least")) }
                    input #least type="number" name="min_similarity" min="0" max="1" step="0.05" value=(least);
                }
            }
            (filter_fields(&others, lang))
            button type="submit" { (lang.text("web-check-go")) }
            p.hint { (lang.text("web-check-kept")) }
        }
    };
    Page::new(title, main).below(MENU)
}

/// The check that the form asks for.
pub(super) fn work(asked: &Asked, upload: Option<&Upload>) -> anyhow::Result<Work> {
    let question = Question::at("check").ok_or(Fault)?;
    // What is sent is all that is read: a name of a file is nothing here.
    let parameters = asked.parameters.with("draft", &[UNNAMED]);
    let arguments: Arguments = arguments(&parameters, question, &["text", "q"])?;
    let is_blank = |text: &str| text.trim().is_empty();
    if upload.is_none() && asked.parameters.get("text").is_none_or(is_blank) {
        return Err(Error::NoUnits.into());
    }
    let draft = draft(asked, upload)?;
    let (index, session) = (Arc::clone(&asked.index), asked.session.clone());
    Ok(Box::new(move |task| {
        let searcher = Searcher::new(&index).with_task(task.clone());
        let check = arguments.check(&searcher, &draft, &session)?;
        Ok(Outcome::Check(Box::new(check)))
    }))
}

/// The file that was sent, else the text.
fn draft(asked: &Asked, upload: Option<&Upload>) -> anyhow::Result<Draft> {
    let Some(upload) = upload else {
        return Ok(typed_draft(
            asked.parameters.get("text").unwrap_or_default(),
        ));
    };
    let (title, passages) = of_file(&upload.path, &upload.name, asked.lang())?;
    // A text without a title is called by its file, which has another name here.
    let stem = |path: &Path| {
        path.file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
    };
    let title = match stem(&upload.path) {
        Some(own) if own == title => stem(Path::new(&upload.name)).unwrap_or_default(),
        _ => title,
    };
    Ok((title, passages))
}

/// A file of the check; `None` of a format that it does not have.
pub(in crate::web) fn file(
    check: &Check,
    extension: &str,
    lang: Lang,
) -> Option<anyhow::Result<Vec<u8>>> {
    let (format, form) = match extension {
        "xlsx" => (Format::Xlsx, Form::Workbook),
        "docx" => (Format::Docx, Form::Document),
        "html" => (Format::Html, Form::Page),
        "json" => (Format::Json, Form::Json),
        _ => return None,
    };
    Some(bytes(check, format, lang).map(|bytes| stamp(form, &bytes)))
}

/// The draft with its precedents.
pub(super) fn result(view: &JobView, check: &Check) -> Page {
    let lang = view.lang;
    let name = lang.text("web-check");
    let title = match &*check.title {
        "" | UNNAMED => name.to_owned(),
        title => format!("{name}：{title}"),
    };
    let desk = Desk {
        check,
        lang,
        filters: filters_of(&view.job.order.parameters),
    };
    let main = html! {
        h1 { (title) }
        p.answer { (summary(check, lang)) }
        div.results-head {
            (view.files(&FILES))
            p { a href=(view.again()) { (lang.text("web-job-again")) } }
        }
        (shares(check, lang))
        (desk.draft(view))
        (Cited { check, lang }.layer())
        (desk.documents())
        (desk.method())
        (view.index())
    };
    Page::new(title, main)
}

/// Characters of the sentences of each class, and their share of the draft.
fn shares(check: &Check, lang: Lang) -> Markup {
    let all = check.characters.max(1);
    let rows = by_class(check);
    let percent = |n: u64| format!("{:.1} %", 100.0 * n as f64 / all as f64);
    let mut left = 0;
    let bars: Vec<(Class, u64, u64)> = rows
        .iter()
        .map(|share| {
            let bar = (share.class, left, share.characters);
            left += share.characters;
            bar
        })
        .collect();
    html! {
        section.shares {
            h2 #shares.visually-hidden { (lang.text("web-check-shares")) }
            svg viewBox=(format!("0 0 {all} 1")) preserveAspectRatio="none" aria-hidden="true" {
                @for (class, start, width) in &bars {
                    rect class=(class_key(*class)) x=(start) y="0" width=(width) height="1" {}
                }
            }
            div.wide tabindex="0" role="region" aria-label=(lang.text("web-check-shares")) {
                table {
                    caption.visually-hidden { (lang.text("web-check-shares")) }
                    thead { tr {
                        th scope="col" { (lang.text("check-column-class")) }
                        th.n scope="col" { (lang.text("check-sentences")) }
                        th.n scope="col" { (lang.text("check-characters")) }
                        th.n scope="col" { (lang.text("check-share")) }
                    } }
                    tbody {
                        @for share in &rows {
                            tr {
                                th scope="row" { span id=(format!("c-{}", class_key(share.class))) .s .(class_key(share.class)) { (class_name(share.class, lang)) } }
                                td.n { (share.sentences) }
                                td.n { (grouped(share.characters)) }
                                td.n { (percent(share.characters)) }
                            }
                        }
                        @for (key, n) in [("check-reused", check.reused), ("check-distinctive", check.distinctive)] {
                            tr { th scope="row" { (lang.text(key)) } td.n {} td.n { (grouped(n)) } td.n { (percent(n)) } }
                        }
                    }
                }
            }
        }
    }
}
