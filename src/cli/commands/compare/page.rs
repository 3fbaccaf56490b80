//! Comparisons as a page: the summary, then both reports side by side or in one column.
//!
//! Two radio buttons and a check box choose what is shown; the style sheet does it all, so that the page needs no script and prints as
//! it is shown. A sentence that was moved and its former position link to each other.

use std::fmt::Write;

use xunzhang::precedent::{
    Commitment, ComparedSentence, Comparison, Edit, Figure, Op, Pair, SectionShare, Status,
};
use xunzhang::search::{DocumentRef, SectionRef};

use super::commitments;
use super::labels::{first_use, parts_name, status_key, status_name, summary, titled};
use super::page_rows::{Row, rows};
use crate::cli::heading;
use crate::cli::messages::{Lang, say};
use crate::cli::output::fragments::{head_with, marked};
use crate::cli::output::page::{escaped as escape, foot};
use crate::cli::wording::section_path;

const STYLE: &str = concat!(include_str!("../../page.css"), include_str!("page.css"));

/// The page of one comparison or of several.
pub(super) fn page(all: &[Comparison], lang: Lang) -> String {
    let name = lang.text("compare-page");
    let (first, last) = (all.first(), all.last());
    let titles = first
        .zip(last)
        .map(|(first, last)| format!("{name}：{} → {}", first.old.title, last.new.title));
    let title = titles.unwrap_or_else(|| name.to_owned());
    let mut out = head_with(STYLE, &title, lang);
    let _ = writeln!(out, "<main>\n<h1>{}</h1>", escape(&title));
    out.push_str(&controls(lang));
    if all.len() > 1 {
        out.push_str(&contents(all));
    }
    for (ord, compared) in (1..).zip(all) {
        out.push_str(&comparison(ord, compared, lang));
    }
    let _ = writeln!(
        out,
        "<p class=\"method\">{}</p>\n</main>",
        escape(lang.text("compare-method"))
    );
    out + &foot(None)
}

fn controls(lang: Lang) -> String {
    let radio = |id: &str, key: &'static str, checked: &str| {
        format!(
            "<label><input type=\"radio\" name=\"view\" id=\"{id}\"{checked}> {}</label>",
            lang.text(key)
        )
    };
    format!(
        "<fieldset class=\"view\"><legend>{}</legend>{}{}\
         <label><input type=\"checkbox\" id=\"hide\"> {}</label></fieldset>\n",
        lang.text("compare-page-view"),
        radio("two", "compare-page-two", " checked"),
        radio("one", "compare-page-one", ""),
        lang.text("compare-page-hide"),
    )
}

fn contents(all: &[Comparison]) -> String {
    let mut out = String::from("<nav><ol>\n");
    for (ord, compared) in (1..).zip(all) {
        let dated = |document: &DocumentRef| {
            let date = document.date.map(|date| format!(" {date}"));
            format!("{}{}", document.title, date.unwrap_or_default())
        };
        let title = format!("{} → {}", dated(&compared.old), dated(&compared.new));
        let _ = writeln!(out, "<li><a href=\"#c{ord}\">{}</a></li>", escape(&title));
    }
    out + "</ol></nav>\n"
}

fn comparison(ord: usize, compared: &Comparison, lang: Lang) -> String {
    let mut out = format!("<section class=\"comparison\" id=\"c{ord}\">\n");
    let _ = writeln!(
        out,
        "<h2>{}<br>→ {}</h2>\n<p class=\"summary\">{}</p>",
        escape(&titled(&compared.old)),
        escape(&titled(&compared.new)),
        escape(&summary(compared, lang))
    );
    out.push_str(&shares(compared, lang));
    out.push_str(&figures(ord, compared, lang));
    out.push_str(&commitments(&compared.commitments, lang));
    let (old, new) = (
        lang.text("compare-column-old"),
        lang.text("compare-column-new"),
    );
    let _ = writeln!(
        out,
        "<div class=\"rows\">\n<div class=\"row top\" aria-hidden=\"true\"><span class=\"tag\"></span><div class=\"old\">{old}</div><div class=\"new\">{new}</div></div>"
    );
    let mut above = (String::new(), String::new());
    for row in rows(&compared.pairs) {
        out.push_str(&headings(&row, &mut above));
        out.push_str(&match row {
            Row::Pair(number, pair) => pair_row((ord, number), pair, lang),
            Row::Gone(number, pair) => gone_row((ord, number), pair, lang),
        });
    }
    out + "</div>\n</section>\n"
}

/// Headings with their order and their share of the text.
fn shares(compared: &Comparison, lang: Lang) -> String {
    let sections = &compared.summary.sections;
    if sections.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<h3>{}</h3>\n<table>\n<thead><tr>",
        lang.text("compare-sections")
    );
    for key in ["compare-column-old", "compare-column-new"] {
        let _ = write!(out, "<th>{0}</th><th class=\"n\">%</th>", lang.text(key));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let cells = |one: &Option<SectionShare>| match one {
        Some(one) => format!(
            "<td>{}</td><td class=\"n\">{:.1}</td>",
            escape(&heading::printed(one.label.as_deref(), &one.title)),
            100.0 * one.share
        ),
        None => "<td>–</td><td class=\"n\">–</td>".to_owned(),
    };
    for pair in sections {
        let _ = writeln!(out, "<tr>{}{}</tr>", cells(&pair.old), cells(&pair.new));
    }
    out + "</tbody>\n</table>\n"
}

fn figures(ord: usize, compared: &Comparison, lang: Lang) -> String {
    let all = &compared.summary.figures;
    if all.is_empty() {
        return String::new();
    }
    let mut out = format!(
        "<h3>{}</h3>\n<table>\n<thead><tr>",
        lang.text("compare-figures")
    );
    for key in [
        "compare-column-of",
        "compare-column-old",
        "compare-column-new",
        "compare-column-new-place",
    ] {
        let _ = write!(out, "<th>{}</th>", lang.text(key));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let at = |figure: &Figure| {
        let is_of = |pair: &Pair| {
            let new = pair.new.as_ref();
            new.is_some_and(|new| new.place == figure.place && new.text.contains(&figure.new))
        };
        compared.pairs.iter().position(is_of).map(|at| at + 1)
    };
    for figure in all {
        let (place, line) = (escape(&figure.place), escape(line(&figure.place)));
        let place = match at(figure) {
            Some(number) => {
                format!("<a href=\"#c{ord}s{number}\" title=\"{place}\">{line}</a>")
            }
            None => format!("<span title=\"{place}\">{line}</span>"),
        };
        let _ = writeln!(
            out,
            "<tr><td>{}</td><td class=\"n\"><del>{}</del></td><td class=\"n\"><ins>{}</ins></td><td class=\"place\">{place}</td></tr>",
            escape(&figure.of),
            escape(&figure.old),
            escape(&figure.new)
        );
    }
    out + "</tbody>\n</table>\n"
}

/// What became of the figures that the older report set; empty without any.
fn commitments(all: &[Commitment], lang: Lang) -> String {
    if all.is_empty() {
        return String::new();
    }
    let table = commitments::table(all, lang);
    let summary = commitments::summary(all, lang);
    let mut out = format!(
        "<h3>{}</h3>\n<p class=\"summary\">{}</p>\n<table>\n<thead><tr>",
        escape(&table.name),
        escape(&summary)
    );
    // Places are shown by their lines, and the wordings are in the report below.
    let shown = &table.header[..commitments::N_SHOWN];
    for name in shown {
        let _ = write!(out, "<th>{}</th>", escape(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in table.rows() {
        out.push_str("<tr>");
        for (ord, cell) in row.iter().enumerate().take(commitments::N_SHOWN) {
            let text = cell.plain();
            let text = escape(&text);
            let _ = match ord {
                commitments::OLD_PLACE.. => {
                    write!(
                        out,
                        "<td class=\"place\"><span title=\"{text}\">{}</span></td>",
                        line(&text)
                    )
                }
                _ => write!(out, "<td>{text}</td>"),
            };
        }
        out.push_str("</tr>\n");
    }
    out + "</tbody>\n</table>\n"
}

/// The headings above a row, on either side where they are others than before.
fn headings(row: &Row<'_>, above: &mut (String, String)) -> String {
    let (old, new) = match row {
        Row::Pair(_, pair) if pair.status == Status::Moved => (None, pair.new.as_ref()),
        Row::Pair(_, pair) => (pair.old.as_ref(), pair.new.as_ref()),
        Row::Gone(_, pair) => (pair.old.as_ref(), None),
    };
    let other = |one: Option<&ComparedSentence>, above: &mut String| {
        let path = one.map(|one| section_path(&one.section))?;
        (path != *above).then(|| {
            let shown = one.map(|one| levels(&one.section));
            *above = path;
            shown.unwrap_or_default()
        })
    };
    let (old, new) = (other(old, &mut above.0), other(new, &mut above.1));
    if old.is_none() && new.is_none() {
        return String::new();
    }
    let (old, new) = (old.unwrap_or_default(), new.unwrap_or_default());
    let same = if old == new { " same" } else { "" };
    format!(
        "<div class=\"row heading{same}\"><span class=\"tag\"></span><div class=\"old\">{old}</div><div class=\"new\">{new}</div></div>\n"
    )
}

/// The headings of a section, one a line.
fn levels(section: &[SectionRef]) -> String {
    let printed = section.iter().map(|one| {
        let title = heading::printed(one.label.as_deref(), &one.title);
        format!("<span>{}</span>", escape(&title))
    });
    printed.collect()
}

fn pair_row((ord, number): (usize, usize), pair: &Pair, lang: Lang) -> String {
    let key = status_key(pair.status);
    let mut notes: Vec<String> = Vec::new();
    notes.extend(parts_name(pair, lang).map(str::to_owned));
    if let (Status::Moved, Some(old)) = (pair.status, &pair.old) {
        let from = say!(lang, "compare-page-from", place = line(&old.place));
        notes.push(format!(
            "<a href=\"#c{ord}m{number}\">{}</a>",
            escape(&from)
        ));
    }
    notes.extend(first_use(pair, lang).map(|first| escape(&first).to_string()));
    let tag = status_name(pair.status, lang);
    let text = |one: &Option<ComparedSentence>| {
        let text = one.as_ref().map(|one| escape(&one.text).to_string());
        text.unwrap_or_default()
    };
    let is_changed = !pair.diff.is_empty() && pair.status != Status::Kept;
    let (old, new) = match is_changed {
        true => (side(pair, Op::Insert), side(pair, Op::Delete)),
        false => (text(&pair.old), text(&pair.new)),
    };
    let old = match pair.status {
        Status::Dropped => format!("<del>{old}</del>"),
        _ => old,
    };
    let new = match pair.status {
        Status::New => format!("<ins>{new}</ins>"),
        _ => new,
    };
    let both = match is_changed {
        true => format!("<div class=\"both\">{}</div>", marked(&pair.diff)),
        false => String::new(),
    };
    let changed = if is_changed { " edited" } else { "" };
    format!(
        "<div class=\"row {key}{changed}\" id=\"c{ord}s{number}\"><span class=\"tag\">{tag}</span>\
         <div class=\"old\">{old}{}</div><div class=\"new\">{new}{}</div>{both}{}</div>\n",
        places(&pair.old, &pair.merged),
        places(&pair.new, &pair.split),
        said(&notes)
    )
}

/// Where a sentence was that is elsewhere now.
fn gone_row((ord, number): (usize, usize), pair: &Pair, lang: Lang) -> String {
    let Some((old, new)) = pair.old.as_ref().zip(pair.new.as_ref()) else {
        return String::new();
    };
    let to = say!(lang, "compare-page-to", place = line(&new.place));
    let link = format!("<a href=\"#c{ord}s{number}\">{}</a>", escape(&to));
    format!(
        "<div class=\"row gone\" id=\"c{ord}m{number}\"><span class=\"tag\">{}</span>\
         <div class=\"old\">{}{}</div><div class=\"new\"></div>{}</div>\n",
        status_name(pair.status, lang),
        escape(&old.text),
        places(&pair.old, &pair.merged),
        said(&[link])
    )
}

/// One side of a difference: without what only the other has.
fn side(pair: &Pair, other: Op) -> String {
    let mut out = String::new();
    for Edit { op, from, to } in &pair.diff {
        let (text, tag) = match other {
            Op::Insert => (from, "del"),
            _ => (to, "ins"),
        };
        let text = escape(text);
        match op {
            _ if text.is_empty() => {}
            Op::Equal => out.push_str(&text),
            _ => {
                let _ = write!(out, "<{tag}>{text}</{tag}>");
            }
        }
    }
    out
}

/// Lines of HTML below a row.
fn said(notes: &[String]) -> String {
    match notes.is_empty() {
        true => String::new(),
        false => format!("<p class=\"notes\">{}</p>", notes.join(" · ")),
    }
}

/// The line of a place, which the titles above say the document of.
fn line(place: &str) -> &str {
    place.rfind(':').map_or(place, |at| &place[at..])
}

fn places(first: &Option<ComparedSentence>, rest: &[ComparedSentence]) -> String {
    let all = first.iter().chain(rest);
    let mut all: Vec<&str> = all.map(|one| one.place.as_str()).collect();
    all.dedup();
    let one = |place: &&str| {
        let (place, line) = (escape(place), escape(line(place)));
        format!(" <span class=\"place\" title=\"{place}\">{line}</span>")
    };
    all.iter().map(one).collect()
}
