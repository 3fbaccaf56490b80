//! Frames: what fills the slots of a pattern, how often, from when to when.

use maud::{Markup, html};
use xunzhang::precedent::{Frame, Row, UNDATED};
use xunzhang::search::Searcher;

use super::form::{chips, exports, filter_fields_beside};
use super::link::{question_of, reader_within};
use super::page::Page;
use super::refused::refused;
use super::wording::phrase;
use crate::cli::commands::frame::Arguments;
use crate::cli::messages::{Lang, say};
use crate::cli::output::columns::grouped;
use crate::cli::terminal::printable;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

const PATH: &str = "/frame";
/// Rows of a table that a page shows; a file has all.
const ROWS: usize = 200;
/// Quotation marks of phrases.
const QUOTES: [char; 7] = ['"', '“', '”', '「', '」', '『', '』'];

/// The fillers of a pattern.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let pattern = parameters.get("pattern").or(parameters.get("q"));
    let form = form(parameters, pattern, lang);
    let name = lang.text("web-frame");
    let Some(pattern) = pattern else {
        let main = html! { h1 { (name) } (form) p.hint { (lang.text("web-frame-hint")) } };
        return Ok(Page::new(name, main).below(PATH));
    };
    let question = Question::at("frame").ok_or(crate::cli::fault::Fault)?;
    let arguments: Arguments = asked.arguments(question, &[])?;
    let searcher = Searcher::new(&asked.index);
    let title = format!("{name} {}", printable(pattern));
    let frame = match arguments.frame(&searcher, ROWS) {
        Ok(frame) => frame,
        Err(error) => return Ok(refused(&title, &form, &error.into(), lang).below(PATH)),
    };
    let view = View {
        lang,
        filters: question_of(&parameters.without(&["q"])),
        arguments: &arguments,
        pattern,
    };
    let main = html! {
        h1.visually-hidden { (title) }
        (form)
        (chips(parameters, PATH, lang))
        (view.results(&frame, parameters))
    };
    Ok(Page::new(title, main).below(PATH))
}

fn form(parameters: &Parameters, pattern: Option<&str>, lang: Lang) -> Markup {
    let is_by_year = parameters.get("by").is_some();
    html! {
        form.search role="search" action=(PATH) method="get" {
            div.box {
                label.visually-hidden for="q" { (lang.text("web-frame-pattern")) }
                input #q type="search" name="pattern" value=[pattern] autocomplete="off" spellcheck="false"
                    placeholder=(lang.text("web-frame-placeholder"));
                button type="submit" { (lang.text("web-frame-go")) }
            }
            p.check-line {
                label { input type="checkbox" name="by" value="year" checked[is_by_year]; " " (lang.text("web-frame-by-year")) }
            }
            (filter_fields_beside(parameters, &["pattern", "by"], lang))
        }
    }
}

struct View<'a> {
    lang: Lang,
    /// The filters of the page.
    filters: Parameters,
    arguments: &'a Arguments,
    pattern: &'a str,
}

impl View<'_> {
    fn results(&self, frame: &Frame, parameters: &Parameters) -> Markup {
        let lang = self.lang;
        if frame.matches == 0 {
            return html! { p.hint #totals role="status" { (lang.text("nothing-found")) } };
        }
        let matches = say!(lang, "n-occurrences", n = frame.matches);
        let documents = say!(lang, "n-documents", n = frame.documents);
        let whole = self.filters.with("q", &[&quoted(self.pattern)]);
        html! {
            section.results aria-labelledby="totals" {
                div.results-head {
                    p #totals { a href=(whole.url("/concordance")) { (say!(lang, "frame-total", matches, documents)) } }
                    div.tools { (exports(parameters, PATH, &["xlsx", "csv", "json"], lang)) }
                }
                h2 { (lang.text("web-frame-all")) }
                (self.table(&frame.rows, lang.text("web-frame-all"), None))
                @for (ord, rows) in frame.slots.iter().enumerate() {
                    @let name = say!(lang, "frame-slot", ord = ord + 1);
                    h2 { (name) }
                    (self.table(rows, &name, Some(ord)))
                }
            }
        }
    }

    /// A table of the fillers of one slot, or of all together.
    fn table(&self, rows: &[Row], name: &str, slot: Option<usize>) -> Markup {
        let lang = self.lang;
        let years = self.arguments.years(rows);
        let n_slots = rows.first().map_or(1, |row| row.fillers.len());
        html! {
            div.wide tabindex="0" role="region" aria-label=(name) {
                table.frame {
                    caption.visually-hidden { (name) }
                    thead { tr {
                        @for ord in 1..=n_slots {
                            th scope="col" { (say!(lang, "web-frame-filler", ord = slot.map_or(ord, |slot| slot + 1))) }
                        }
                        th.n scope="col" { (lang.text("web-frame-occurrences")) }
                        th.n scope="col" { (lang.text("web-frame-documents")) }
                        th scope="col" { (lang.text("web-frame-first")) }
                        th scope="col" { (lang.text("web-frame-last")) }
                        @for year in &years { th.n scope="col" { (self.year_name(year)) } }
                        th scope="col" { (lang.text("web-frame-example")) }
                    } }
                    tbody { @for row in rows { (self.row(row, &years, slot)) } }
                }
            }
            @if rows.len() == ROWS { p.hint { (say!(lang, "web-frame-more", n = ROWS)) } }
        }
    }

    fn year_name<'y>(&self, year: &'y str) -> &'y str {
        match year {
            UNDATED => self.lang.text("web-prec-undated"),
            year => year,
        }
    }

    fn row(&self, row: &Row, years: &[String], slot: Option<usize>) -> Markup {
        let query = match slot {
            Some(slot) => filled(
                self.pattern,
                slot,
                row.fillers.first().map_or("", |one| one),
            ),
            // The example has every slot filled.
            None => phrase(&row.example.text),
        };
        let of = self.filters.with("q", &[&query]);
        let example = &row.example;
        let at = of.with("at", &[&example.source.span.0.to_string()]);
        let year = |year: Option<u16>| year.map(|year| year.to_string()).unwrap_or_default();
        html! {
            tr.line {
                @for filler in &row.fillers {
                    th scope="row" {
                        @if filler.is_empty() { span.faint { (self.lang.text("web-frame-empty")) } }
                        @else { bdi { (printable(filler)) } }
                    }
                }
                td.n { a.open href=(of.url("/concordance")) { (grouped(row.occurrences)) } }
                td.n { (grouped(row.documents)) }
                td.year { (year(row.first)) }
                td.year { (year(row.last)) }
                @for name in years {
                    td.n { (self.of_year(row, name, &of)) }
                }
                td.example { a href=(reader_within(&at, &example.source.place)) { bdi { (printable(&example.text)) } } " " span.faint { bdi { (printable(&example.source.document.title)) } } }
            }
        }
    }

    fn of_year(&self, row: &Row, year: &str, of: &Parameters) -> Markup {
        let n = row.years.get(year).copied().unwrap_or(0);
        html! {
            @if n == 0 { span.faint { "0" } }
            // No filter takes documents without a date alone.
            @else if year == UNDATED { (grouped(n)) }
            @else { a href=(of.with("year", &[year]).url("/concordance")) { (grouped(n)) } }
        }
    }
}

/// The pattern as a phrase.
fn quoted(pattern: &str) -> String {
    format!("“{}”", pattern.trim().trim_matches(QUOTES))
}

/// The pattern with one slot filled and the others left open, as a query.
fn filled(pattern: &str, slot: usize, filler: &str) -> String {
    let chars: Vec<char> = pattern.trim().trim_matches(QUOTES).chars().collect();
    let mut out = String::from("“");
    let (mut at, mut slots) = (0, 0);
    while at < chars.len() {
        let end = slot_end(&chars, at);
        if end == at {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        match slots == slot {
            true => out.push_str(phrase(filler).trim_matches(['“', '”'])),
            false => out.extend(&chars[at..end]),
        }
        slots += 1;
        at = end;
    }
    out.push('”');
    out
}

/// Where the slot that begins at `at` ends: signs side by side are one; `at` itself if none begins there.
fn slot_end(chars: &[char], mut at: usize) -> usize {
    while let Some(ch) = chars.get(at) {
        match ch {
            '?' | '？' | '*' | '＊' => at += 1,
            _ => break,
        }
        let is_range = matches!(chars.get(at), Some('{' | '｛')) && !matches!(ch, '?' | '？');
        let close = chars[at..].iter().position(|ch| matches!(ch, '}' | '｝'));
        if let Some(close) = close.filter(|_| is_range) {
            at += close + 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slot_is_filled() {
        assert_eq!(filled("坚持以＊为指导", 0, "水渠"), "“坚持以水渠为指导”");
        assert_eq!(
            filled("以*为*{1,4}，修?渠", 0, "水"),
            "“以水为*{1,4}，修?渠”"
        );
        assert_eq!(filled("以*为*{1,4}，修?渠", 1, "重"), "“以*为重，修?渠”");
        assert_eq!(filled("“以*?为”", 0, ""), "“以为”");
        assert_eq!(quoted("“以*为”"), "“以*为”");
    }
}
