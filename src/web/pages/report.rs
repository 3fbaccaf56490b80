//! The report builder: a list of entries, what is counted, and the report when it is done.

use maud::{Markup, PreEscaped, html};
use xunzhang::document::Date;
use xunzhang::report::keywords::{Keywords, from_text, query_of, read};
use xunzhang::report::tally::{EntryTally, Excerpt, Tally};
use xunzhang::search::Searcher;
use xunzhang::source::mark::Form;

use super::form::{filter_fields, filters_of};
use super::job_view::{Filled, JobView};
use super::link;
use super::page::Page;
use super::table::{table, without_last};
use crate::cli::commands::report::{Arguments, Finished, Told};
use crate::cli::fault::Fault;
use crate::cli::messages::Lang;
use crate::cli::output::table::Table;
use crate::cli::reader;
use crate::cli::wording::section_path;
use crate::web::asked::Asked;
use crate::web::jobs::{Outcome, Work};
use crate::web::parameters::Parameters;
use crate::web::questions::Question;
use crate::web::sent::Upload;

const MENU: &str = "/report";
/// Parameters that hold the list, and what a page alone has.
const LIST: [&str; 4] = ["keywords", "keyword", "q", "list"];
/// Rows of a table on the page; the files have all.
const MOST_ROWS: usize = 300;
/// Remarks on dates of first use; the files have all.
const MOST_REMARKS: usize = 10;
/// Extensions of the files of a report.
const FILES: [&str; 5] = ["xlsx", "html", "md", "json", "zip"];

/// The form; a link may bring its values along.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    Ok(form(&Filled::of(asked, None)))
}

/// The form, with what is wrong with it.
pub(super) fn form(filled: &Filled<'_>) -> Page {
    let (lang, parameters) = (filled.lang, filled.parameters);
    let title = lang.text("web-report");
    let list: Vec<&str> = LIST[..3]
        .iter()
        .flat_map(|name| parameters.all(name))
        .collect();
    let others = parameters.without(&[&LIST[..], &["excerpts", "no_negation"]].concat());
    let main = html! {
        h1 { (title) }
        p { (lang.text("web-report-about")) }
        @if let Some(problem) = filled.problem { pre.problem role="alert" { (problem.detail) } }
        form.builder method="post" action="/report" enctype="multipart/form-data" {
            input type="hidden" name="token" value=(filled.token);
            div.two {
                div {
                    label for="q" { (lang.text("web-report-list")) }
                    textarea #q name="keywords" rows="11" spellcheck="false" aria-describedby="syntax" {
                        (list.join("\n"))
                    }
                    label for="list" { (lang.text("web-report-file")) }
                    input #list type="file" name="list" accept=".txt,.csv,.tsv,.xlsx";
                }
                (syntax(lang))
            }
            div.fields {
                div {
                    label for="excerpts" { (lang.text("web-report-excerpts")) }
                    input #excerpts type="number" name="excerpts" min="0" max="1000" value=(parameters.get("excerpts").unwrap_or("3"));
                }
                div.check {
                    input #no-negation type="checkbox" name="no_negation" value="1" checked[parameters.get("no_negation").is_some()];
                    label for="no-negation" { (lang.text("web-report-no-negation")) }
                }
            }
            (filter_fields(&others, lang))
            button type="submit" { (lang.text("web-report-go")) }
        }
    };
    Page::new(title, main).below(MENU)
}

/// What a line of the list may be, by example.
fn syntax(lang: Lang) -> Markup {
    const EXAMPLES: [(&str, &str); 6] = [
        ("招商引资", "web-report-syntax-word"),
        ("失地农民 | 被征地农民", "web-report-syntax-any"),
        ("环境：营商环境", "web-report-syntax-group"),
        ("“坚持以＊为指导”", "web-report-syntax-gap"),
        ("+招商 -工厂", "web-report-syntax-query"),
        ("# 备注", "web-report-syntax-comment"),
    ];
    html! {
        div #syntax.syntax {
            p.hint { (lang.text("web-report-syntax")) }
            dl {
                @for (example, what) in EXAMPLES {
                    div { dt { code lang="zh-CN" { (example) } } dd { (lang.text(what)) } }
                }
            }
        }
    }
}

/// The report that the form asks for.
pub(super) fn work(asked: &Asked, upload: Option<&Upload>) -> anyhow::Result<Work> {
    let question = Question::at("report").ok_or(Fault)?;
    let arguments: Arguments = asked.arguments(question, &LIST)?;
    let keywords = entries(asked, upload)?;
    let index = std::sync::Arc::clone(&asked.index);
    Ok(Box::new(move |task| {
        let searcher = Searcher::new(&index).with_task(task.clone());
        let finished = arguments.count(&searcher, keywords)?;
        Ok(Outcome::Report(Box::new(finished)))
    }))
}

/// The entries that were typed, then those of the file.
fn entries(asked: &Asked, upload: Option<&Upload>) -> anyhow::Result<Keywords> {
    let typed: Vec<&str> = LIST[..3]
        .iter()
        .flat_map(|name| asked.parameters.all(name))
        .collect();
    let typed = typed.join("\n");
    let file = upload.map(|upload| read(&upload.path, &reader::options()));
    Ok(match file {
        Some(file) if typed.trim().is_empty() => file?,
        Some(file) => from_text(&typed)?.and(file?)?,
        None => from_text(&typed)?,
    })
}

/// A file of the report; `None` of a form that it does not have.
pub(in crate::web) fn file(
    finished: &Finished,
    extension: &str,
    lang: Lang,
) -> Option<anyhow::Result<Vec<u8>>> {
    let form = match extension {
        "xlsx" => Form::Workbook,
        "html" => Form::Page,
        "md" => Form::Markdown,
        "json" => Form::Json,
        "zip" => Form::Archive,
        "csv" => Form::Csv,
        _ => return None,
    };
    Some(finished.file(form, lang))
}

/// The report.
pub(super) fn result(view: &JobView, finished: &Finished) -> Page {
    let lang = view.lang;
    let told = finished.told(lang);
    let report = Report {
        told,
        filters: filters_of(&view.job.order.parameters),
    };
    let title = lang.text("web-report");
    let main = html! {
        h1 { (title) }
        @for line in told.answer() { p.answer { (line) } }
        div.results-head {
            (view.files(&FILES))
            p { a href=(view.again()) { (lang.text("web-job-again")) } " " (report.evidence()) }
        }
        (report.warnings())
        (report.sections())
        (view.index())
    };
    Page::new(title, main)
}

/// A report on its page.
struct Report<'a> {
    told: Told<'a>,
    /// The filters, which links to what was counted have too.
    filters: Parameters,
}

impl Report<'_> {
    fn lang(&self) -> Lang {
        self.told.lang
    }

    fn evidence(&self) -> Markup {
        let entries = self.told.tally.entries.iter();
        let entries: Vec<&str> = entries.map(|entry| entry.entry.as_str()).collect();
        link::evidence(&entries, &self.filters, self.lang())
    }

    fn warnings(&self) -> Markup {
        let warnings = self.told.warnings();
        html! {
            @if !warnings.is_empty() {
                ul.warnings { @for warning in warnings { li { (warning) } } }
            }
        }
    }

    /// The tables one after the other, the charts after the first; what is empty is left out.
    fn sections(&self) -> Markup {
        let tables = self.told.tables();
        let filled: Vec<&Table> = tables.iter().filter(|table| table.n_rows() > 0).collect();
        html! {
            nav.contents aria-label=(self.lang().text("web-report-contents")) {
                ul { @for table in &filled { li { a href=(format!("#{}", table.key)) { (table.name) } } } }
            }
            @for (ord, table) in filled.iter().enumerate() {
                section {
                    h2 id=(table.key) { (table.name) }
                    (self.section(table))
                }
                @if ord == 0 { (self.charts()) }
            }
        }
    }

    fn section(&self, of: &Table<'_>) -> Markup {
        let lang = self.lang();
        let content = match of.key {
            "excerpts" => self.excerpts(),
            "summary" => self.summary(of),
            _ => table(of, MOST_ROWS, lang, &|row, column| {
                self.link(of, row, column)
            }),
        };
        // As long as the collection or the list, and seldom read.
        let is_folded = ["by-document", "by-folder", "together"].contains(&of.key);
        html! {
            @if is_folded { details { summary { (lang.text("web-report-unfold")) } (content) } }
            @else { (content) }
        }
    }

    /// The summary, the remarks on dates of first use below it: they are sentences.
    fn summary(&self, of: &Table<'_>) -> Markup {
        let shown = without_last(of);
        let links = |row: usize, column: usize| self.link(of, row, column);
        html! {
            (table(&shown, MOST_ROWS, self.lang(), &links))
            @for remark in self.told.first_remarks().iter().take(MOST_REMARKS) { p.hint { (remark) } }
        }
    }

    fn charts(&self) -> Markup {
        let charts = self.told.charts();
        html! {
            div.charts {
                // Drawn here, with every text in it escaped as XML.
                @for chart in &charts.drawn { figure.chart { (PreEscaped(chart)) } }
            }
            @if let Some(note) = charts.cut { p.hint { (note) } }
        }
    }

    /// Where a cell of a table leads: what it counts, under the same filters.
    fn link(&self, of: &Table<'_>, row: usize, column: usize) -> Option<String> {
        let tally = self.told.tally;
        match of.key {
            "summary" => self.summary_link(tally.entries.get(row)?, column),
            "by-document" => self.document_link(tally, row, column),
            "together" => {
                let other = tally.entries.get(column.checked_sub(1)?)?;
                let one = tally.entries.get(row)?;
                let is_whole = tally.entries.len() + 1 == of.header.len();
                let [one, other] = [one, other].map(|entry| query_of(&entry.entry));
                is_whole.then(|| self.found(&format!("({one}) AND ({other})"), "/search", None))
            }
            "about" => None,
            key => {
                // Two lines before the entries say how much text there is.
                let before = if key == "by-section" { 0 } else { 2 };
                let entry = tally.entries.get(row.checked_sub(before)?)?;
                let filter = match column {
                    // The whole.
                    2 => None,
                    _ => Some(self.column_filter(key, &of.header, column)?),
                };
                Some(self.found(&query_of(&entry.entry), "/search", filter))
            }
        }
    }

    fn summary_link(&self, entry: &EntryTally, column: usize) -> Option<String> {
        // In order of the columns: occurrences, passages, documents, then first and last.
        let (path, more) = match column {
            2 if entry.occurrences > 0 => ("/concordance", None),
            3 if entry.passages > 0 => ("/search", None),
            4 if entry.documents > 0 => ("/search", Some(("by", "document"))),
            7 if entry.first.is_some() => ("/search", Some(("sort", "date"))),
            8 if entry.last.is_some() => ("/search", Some(("sort", "-date"))),
            _ => return None,
        };
        Some(self.found(&query_of(&entry.entry), path, more))
    }

    fn document_link(&self, tally: &Tally, row: usize, column: usize) -> Option<String> {
        let document = tally.documents.get(row)?;
        match column {
            0 | 1 => Some(link::reader(&document.id, None)),
            _ => {
                let entry = tally.entries.get(column.checked_sub(6)?)?;
                let path = ("path", &*document.id);
                Some(self.found(&query_of(&entry.entry), "/search", Some(path)))
            }
        }
    }

    /// The filter that a column of a breakdown stands for; documents without a value have none.
    fn column_filter<'h>(
        &self,
        key: &str,
        header: &'h [String],
        column: usize,
    ) -> Option<(&'static str, &'h str)> {
        let name = match key {
            "by-year" | "rates-by-year" => "year",
            "by-kind" => "kind",
            "by-section" => "role",
            "by-collection" => "collection",
            "by-issuer" => "issuer",
            "by-folder" => "path",
            _ => return None,
        };
        // Group, entry and total come first; where rates follow, they are the second half.
        let of_keys = header.get(3..)?;
        let n_keys = match name {
            "year" | "role" => of_keys.len(),
            _ => of_keys.len() / 2,
        };
        let value = &**of_keys.get(column.checked_sub(3)? % n_keys.max(1))?;
        let is_value = match name {
            "year" => value.parse::<u16>().is_ok(),
            _ => value != self.lang().text("value-no"),
        };
        is_value.then_some((name, value))
    }

    /// A link to what a query finds under the filters, `more` among them.
    fn found(&self, query: &str, path: &str, more: Option<(&str, &str)>) -> String {
        let filters = match more {
            Some((name, value)) => self.filters.with(name, &[value]),
            None => self.filters.clone(),
        };
        let query = Parameters::default().with("q", &[query]);
        query.and(filters).url(path)
    }

    /// The excerpts, entry by entry.
    fn excerpts(&self) -> Markup {
        let excerpts = &self.told.tally.excerpts;
        html! {
            @for of_entry in excerpts.chunk_by(|a, b| a.entry == b.entry) {
                @let entry = &self.told.tally.entries[of_entry[0].entry];
                h3 { (entry.entry) }
                ul.excerpts { @for excerpt in of_entry { li { (self.excerpt(excerpt, &entry.entry)) } } }
            }
        }
    }

    fn excerpt(&self, excerpt: &Excerpt, entry: &str) -> Markup {
        let document = &self.told.tally.documents[excerpt.document];
        let place = format!("{}:{}", document.id, excerpt.line);
        let date = document.date.as_ref().map(Date::to_string);
        html! {
            p.text { (excerpt.before) mark { (excerpt.hit) } (excerpt.after) }
            p.facts {
                a href=(link::reader(&place, Some(&query_of(entry)))) { (document.title) }
                @if let Some(date) = &date { time datetime=(date) { (date) } }
                @if !excerpt.section.is_empty() { span { (section_path(&excerpt.section)) } }
                @if excerpt.negated == Some(true) { span { (self.lang().text("table-negated")) } }
                @if excerpt.prohibited == Some(true) { span { (self.lang().text("table-prohibited")) } }
            }
        }
    }
}
