//! Reads a Markdown text.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::front_matter;
use super::writer::Writer;
use crate::document::{Line, Reason, SourceMetadata, Style};
use crate::source::formats::{Raw, html};

/// Reads a Markdown text; front matter may give title and date.
pub(in crate::source) fn read(text: &str, mut given: SourceMetadata) -> Raw {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut writer = Writer::new(text);
    let start = front_matter::take(text, &mut given, &mut writer);
    let body = &text[start..];
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    // The range of a table in HTML that was read as a whole; its events are skipped.
    let mut consumed = 0..0;
    let mut has_table_ends = true;
    let mut seen_to = start;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        if consumed.contains(&range.start) {
            continue;
        }
        let (from, to) = (start + range.start, start + range.end);
        // The parser reports no event for link definitions, which may hide comments.
        if let Some(unseen) = text.get(seen_to..from) {
            definitions(&mut writer, unseen, seen_to);
        }
        seen_to = seen_to.max(if is_container(&event) { from } else { to });
        if matches!(event, Event::End(TagEnd::HtmlBlock)) {
            consumed = range.end..html_block(&mut writer, text, &mut has_table_ends) - start;
        }
        write(&mut writer, event, from, to);
    }
    definitions(&mut writer, &text[seen_to..], seen_to);
    let (mut lines, n_read) = writer.finish();
    name_title(&mut lines);
    Raw::whole(given, lines, n_read)
}

/// Writes what an event of the parser, from byte `from` to byte `to`, adds to the text.
fn write(writer: &mut Writer<'_>, event: Event<'_>, from: usize, to: usize) {
    match event {
        Event::Start(tag) => open(writer, &tag, from, to),
        Event::End(tag) => close(writer, tag),
        Event::Text(piece) | Event::Code(piece) => writer.text(&piece, from),
        Event::InlineMath(piece) | Event::DisplayMath(piece) => writer.text(&piece, from),
        Event::Html(_) => writer.html_to(from, to),
        Event::InlineHtml(piece) => writer.inline_html(&piece, from),
        Event::SoftBreak => writer.soft_break(from, to),
        Event::HardBreak => writer.hard_break(),
        Event::TaskListMarker(is_done) => writer.text(if is_done { "☑ " } else { "☐ " }, from),
        Event::Rule => writer.flush(),
        // Marks of footnotes are not part of the text.
        Event::FootnoteReference(_) => {}
    }
}

/// Whether other events are nested in this one.
fn is_container(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(_))
}

/// Sets aside comments written as link definitions without a target, `[//]: # (…)`, in `unseen`, which begins
/// at `at` and has no events.
fn definitions(writer: &mut Writer<'_>, unseen: &str, mut at: usize) {
    for line in unseen.split_inclusive('\n') {
        if let Some(comment) = definition_comment(line) {
            writer.flush();
            writer.aside(comment, at, Reason::Hidden);
        }
        at += line.len();
    }
}

fn definition_comment(line: &str) -> Option<&str> {
    let (_, rest) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let rest = rest.trim_start();
    let rest = rest.strip_prefix('#').or(rest.strip_prefix("<>"))?.trim();
    let inner = rest.get(1..rest.len().checked_sub(1)?)?;
    let is_title = [('(', ')'), ('"', '"'), ('\'', '\'')]
        .iter()
        .any(|&(open, close)| rest.starts_with(open) && rest.ends_with(close));
    is_title.then_some(inner.trim())
}

fn open(writer: &mut Writer<'_>, tag: &Tag<'_>, from: usize, to: usize) {
    match tag {
        Tag::Heading { level, .. } => writer.open_heading(*level as u8),
        Tag::List(first) => writer.open_list(first.is_some()),
        Tag::Item => writer.open_item(from, to),
        Tag::CodeBlock(_) => writer.open_code(),
        Tag::Table(_) => writer.open_table(),
        Tag::TableHead | Tag::TableRow => writer.open_row(from),
        Tag::Paragraph | Tag::BlockQuote(_) | Tag::HtmlBlock | Tag::FootnoteDefinition(_) => {
            writer.flush();
        }
        // Cells, and marks within a line.
        _ => {}
    }
}

fn close(writer: &mut Writer<'_>, tag: TagEnd) {
    match tag {
        TagEnd::Heading(_) => writer.close_heading(),
        TagEnd::List(_) => writer.close_list(),
        TagEnd::CodeBlock => writer.close_code(),
        TagEnd::TableCell => writer.close_cell(),
        TagEnd::TableHead => writer.close_row(true),
        TagEnd::TableRow => writer.close_row(false),
        TagEnd::Paragraph | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
            writer.close_paragraph();
        }
        _ => {}
    }
}

/// Writes the block of HTML that has ended; returns where the next event may be: Markdown ends such a block
/// at a blank line, and a table in it continues. `has_table_ends` states whether further ends of tables may
/// follow.
fn html_block(writer: &mut Writer<'_>, text: &str, has_table_ends: &mut bool) -> usize {
    let (from, mut to) = writer.take_html();
    if *has_table_ends && is_open_table(&text[from..to]) {
        match end_of_table(&text[to..]) {
            Some(len) => to += len,
            // Remembered, so that a file of open tables is not searched to its end for each of them.
            None => *has_table_ends = false,
        }
    }
    let (lines, n_read) = html::whole(&text[from..to]);
    writer.append(lines, n_read, from);
    to
}

fn is_open_table(block: &str) -> bool {
    let lower = block.to_ascii_lowercase();
    lower.contains("<table") && !lower.contains("</table")
}

/// Number of bytes up to the end of the open table in `rest`; `None` if it does not end.
fn end_of_table(rest: &str) -> Option<usize> {
    const END: &[u8] = b"</table>";
    let bytes = rest.as_bytes();
    let is_end = |at: &usize| {
        let here = bytes.get(*at..*at + END.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(END))
    };
    let at = memchr::memchr_iter(b'<', bytes).find(is_end)?;
    Some(at + END.len())
}

/// The first line of text is the title if it is a heading of level 1, and the only one or followed by deeper
/// ones.
fn name_title(lines: &mut [Line]) {
    let is_text = |line: &&mut Line| {
        !line.text.trim().is_empty() && !matches!(line.style, Style::Boilerplate(_))
    };
    let mut levels = lines.iter().filter_map(|line| match line.style {
        Style::Heading(level) => Some(level),
        _ => None,
    });
    let (first, next) = (levels.next(), levels.next());
    let is_title = first == Some(1) && next.is_none_or(|next| next > 1);
    let top = lines.iter_mut().find(is_text);
    if let Some(line) = top.filter(|line| is_title && line.style == Style::Heading(1)) {
        line.style = Style::Title;
    }
}

#[cfg(test)]
mod tests;
