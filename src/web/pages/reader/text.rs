//! The text of a document, passage by passage: headings, paragraphs, tables, folded boilerplate.

use std::collections::BTreeSet;

use maud::{Markup, html};
use xunzhang::document::{Boilerplate, Part};
use xunzhang::search::StoredPassage;

use super::hits::Stop;
use super::view::View;
use crate::cli::messages::{self, Lang, listed, say};
use crate::cli::terminal::printable;

/// The lowest heading of HTML.
const LOWEST: usize = 6;

/// The title as the document has it; as it is known if it has none of its own.
pub(super) fn title(view: &View<'_>) -> Markup {
    let text = Text::new(view);
    match own_title(view) {
        Some(passage) => html! {
            h1 id=(line_id(passage.record.line)) { (text.marked(passage)) }
        },
        None => html! { h1 { bdi { (printable(&view.whole.document.title)) } } },
    }
}

/// The first passage, if it is the title: the page has it as its own.
fn own_title<'a>(view: &View<'a>) -> Option<&'a StoredPassage> {
    let first = view.whole.passages.first();
    first.filter(|first| first.record.part == Part::Title)
}

/// Where a link to a line leads.
pub(super) fn line_id(line: u32) -> String {
    format!("L{line}")
}

/// The text of a document.
pub(super) struct Text<'a> {
    view: &'a View<'a>,
    /// Whether only some of it was recognized, so that it needs a mark.
    is_mixed: bool,
    /// Passages that have the column headings of a table.
    headers: BTreeSet<u32>,
}

/// What comes one after the other.
enum Block<'a> {
    Passage(&'a StoredPassage),
    Table(&'a [StoredPassage]),
    Boilerplate(&'a [Boilerplate]),
}

impl<'a> Text<'a> {
    pub(super) fn new(view: &'a View<'a>) -> Self {
        let document = &view.whole.document;
        let rows = view.whole.passages.iter().filter_map(|one| one.record.row);
        Self {
            view,
            is_mixed: document.ocr_passages < document.passages,
            headers: rows.filter_map(|row| row.header).collect(),
        }
    }

    /// All of it below the title.
    pub(super) fn body(&self) -> Markup {
        let mut level = 1;
        let mut line = own_title(self.view).map_or(0, |title| title.record.line);
        html! {
            @for block in self.blocks() {
                @match block {
                    Block::Passage(passage) => {
                        // A heading is at most one step below the last: those between may run into their paragraphs.
                        @let depth = (passage.record.path.len() + 1).clamp(2, LOWEST);
                        @if passage.record.part == Part::Heading {
                            ({ level = depth.min(level + 1); "" })
                        }
                        (self.passage(passage, level, self.is_new(&mut line, passage)))
                    }
                    Block::Table(rows) => (self.table(rows, &mut line)),
                    Block::Boilerplate(lines) => (self.boilerplate(lines)),
                }
            }
        }
    }

    /// Passages and boilerplate in the order of their lines, the rows of a table together.
    fn blocks(&self) -> Vec<Block<'a>> {
        let whole = self.view.whole;
        let mut passages = whole.passages.as_slice();
        if own_title(self.view).is_some() {
            passages = &passages[1..];
        }
        let mut boilerplate = whole.structure.boilerplate.as_slice();
        let mut blocks = Vec::new();
        while let Some(next) = passages.first() {
            let before = boilerplate.partition_point(|line| line.line < next.record.line);
            if before > 0 {
                let (folded, rest) = boilerplate.split_at(before);
                blocks.push(Block::Boilerplate(folded));
                boilerplate = rest;
            }
            let table = next.record.row.map(|row| row.table);
            let rows = match table {
                Some(table) => passages
                    .iter()
                    .take_while(|one| one.record.row.is_some_and(|row| row.table == table))
                    .count(),
                None => 0,
            };
            let (here, rest) = passages.split_at(rows.max(1));
            match table {
                Some(_) => blocks.push(Block::Table(here)),
                None => blocks.extend(here.iter().map(Block::Passage)),
            }
            passages = rest;
        }
        if !boilerplate.is_empty() {
            blocks.push(Block::Boilerplate(boilerplate));
        }
        blocks
    }

    /// Whether it is the first passage of its line; several may be cut from one.
    fn is_new(&self, last: &mut u32, passage: &StoredPassage) -> bool {
        let is_new = *last != passage.record.line;
        *last = passage.record.line;
        is_new
    }

    fn passage(&self, passage: &StoredPassage, level: usize, is_new: bool) -> Markup {
        let (record, is_here) = (&passage.record, self.is_here(passage));
        let id = is_new.then(|| line_id(record.line));
        let text = html! {
            @if record.ocr && self.is_mixed { (self.recognized()) }
            (self.marked(passage))
        };
        html! {
            div.unit.here[is_here] id=[id] {
                (self.permalink(record.line))
                @match (record.part, level) {
                    (Part::Heading, 2) => h2 { (text) },
                    (Part::Heading, 3) => h3 { (text) },
                    (Part::Heading, 4) => h4 { (text) },
                    (Part::Heading, 5) => h5 { (text) },
                    (Part::Heading, _) => h6 { (text) },
                    (Part::Title, _) => p.p.subtitle { (text) },
                    (Part::Body, _) => p.p { (text) },
                }
            }
        }
    }

    fn recognized(&self) -> Markup {
        html! { span.ocr { (self.view.lang.text("web-show-ocr")) } " " }
    }

    fn permalink(&self, line: u32) -> Markup {
        let name = say!(self.view.lang, "web-show-line", line);
        html! { a.ln href=(self.view.to_line(line)) aria-label=(name) { (line) } }
    }

    fn is_here(&self, passage: &StoredPassage) -> bool {
        let wanted = self.view.wanted.numbers.as_ref();
        wanted.is_some_and(|numbers| numbers.contains(&passage.number))
    }

    fn table(&self, rows: &[StoredPassage], line: &mut u32) -> Markup {
        let name = self.view.lang.text("web-show-table");
        html! {
            div.wide tabindex="0" role="region" aria-label=(name) {
                table.own {
                    caption.visually-hidden { (name) }
                    @for row in rows {
                        @let is_here = self.is_here(row);
                        @let id = self.is_new(line, row).then(|| line_id(row.record.line));
                        tr.here[is_here] id=[id] {
                            td.place-cell { (self.permalink(row.record.line)) }
                            (self.cells(row))
                        }
                    }
                }
            }
        }
    }

    fn cells(&self, row: &StoredPassage) -> Markup {
        let chars: Vec<char> = row.text.chars().collect();
        let mut starts = vec![0];
        starts.extend(
            (0..chars.len())
                .filter(|&at| chars[at] == '\t')
                .map(|at| at + 1),
        );
        let ends = starts.iter().skip(1).map(|&start| start - 1);
        let ends: Vec<usize> = ends.chain([chars.len()]).collect();
        let is_header = self.headers.contains(&row.number);
        html! {
            @for (start, end) in starts.into_iter().zip(ends) {
                @if is_header { th scope="col" { (self.part(row, start, end)) } }
                @else { td { (self.part(row, start, end)) } }
            }
        }
    }

    /// The text of a passage with what was found in it.
    fn marked(&self, passage: &StoredPassage) -> Markup {
        let chars: Vec<char> = passage.text.chars().collect();
        let is_blank = |&at: &usize| chars[at].is_whitespace();
        let start = (0..chars.len()).take_while(is_blank).count();
        let blank_after = (start..chars.len()).rev().take_while(is_blank).count();
        self.part(passage, start, chars.len() - blank_after)
    }

    /// The characters from `start` to `end` of it.
    fn part(&self, passage: &StoredPassage, start: usize, end: usize) -> Markup {
        let text = printable(&passage.text);
        let chars: Vec<char> = text.chars().collect();
        let cut = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
        let (first, stops) = self.view.hits.of(passage.number);
        let inside = (first..)
            .zip(stops)
            .filter_map(|(ord, stop): (usize, &Stop)| {
                let (from, to) = (stop.span.0.max(start), stop.span.1.min(end));
                // What goes on in the next cell of a row is another element of the same occurrence.
                (from < to).then_some((ord, from, to, stop.span.0 >= start))
            });
        let current = self.view.hits.current;
        // The place itself is where a link leads, unless an occurrence in it is.
        let is_target = current.is_none()
            && self.first_here() == Some(passage.number)
            && start == self.start_of(passage);
        let mut at = start;
        let mut parts = Vec::new();
        for (ord, from, to, is_first) in inside {
            // What one word and another both find is marked once.
            let from = from.max(at);
            parts.push((None, false, cut(at.min(from), from)));
            parts.push((Some(ord), is_first, cut(from, to.max(from))));
            at = to.max(from);
        }
        parts.push((None, false, cut(at, end.max(at))));
        html! {
            @if is_target { span #hit {} }
            @for (ord, is_first, text) in parts {
                @match ord {
                    None => (text),
                    Some(_) if !is_first => mark { (text) },
                    Some(ord) if current == Some(ord) => mark.on #hit aria-current="true" { (text) },
                    Some(ord) => mark id=(hit_id(ord)) { (text) },
                }
            }
        }
    }

    fn first_here(&self) -> Option<u32> {
        let wanted = self.view.wanted.numbers.as_ref();
        wanted.map(|numbers| *numbers.start())
    }

    /// Where the text of a passage begins after its indent; a row begins with its first cell.
    fn start_of(&self, passage: &StoredPassage) -> usize {
        match passage.record.row {
            Some(_) => 0,
            None => passage
                .text
                .chars()
                .take_while(|ch| ch.is_whitespace())
                .count(),
        }
    }

    fn boilerplate(&self, lines: &[Boilerplate]) -> Markup {
        let lang = self.view.lang;
        html! {
            details.boilerplate {
                summary { (say!(lang, "web-show-boilerplate", n = lines.len(), reasons = reasons(lines, lang))) }
                @for line in lines {
                    p { span.ln-plain { (line.line) } " " bdi { (printable(line.text.trim())) } " " span.reason { (messages::of_boilerplate(line.reason, lang)) } }
                }
            }
        }
    }
}

/// Where a link to an occurrence leads.
pub(super) fn hit_id(ord: usize) -> String {
    format!("h{}", ord + 1)
}

/// The reasons why lines are folded, each once.
fn reasons(lines: &[Boilerplate], lang: Lang) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for line in lines {
        let reason = messages::of_boilerplate(line.reason, lang);
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    listed(&reasons, lang)
}
