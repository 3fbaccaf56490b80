//! RTF documents, with text in any of the code pages that Word and WPS write.
//!
//! By the RTF Specification 1.9.1. Groups are followed without recursion; a destination that is not known is passed over.

mod charset;
mod state;
mod token;

use super::Raw;
use super::blocks::Blocks;
use super::numbering::labelled;
use crate::document::{Given, Line, Style, Warning};
use crate::source::Skip;
use state::{Destination, Group, Styles};
use token::{Token, Tokens};

/// Reads the document in `bytes`.
///
/// Lines are paragraphs in order; footnotes and text boxes follow the paragraph that they hang on. Hidden and deleted
/// text, page headers and footers are left out.
///
/// # Errors
/// [`Skip::Damaged`] if it breaks off before any text.
pub(in crate::source) fn read(bytes: &[u8], given: Given) -> Result<Raw, Skip> {
    let (mut lines, mut is_damaged) = follow(bytes, Reading::Strict);
    let is_blank = |lines: &[Line]| lines.iter().all(|line| line.text.trim().is_empty());
    if is_blank(&lines) {
        (lines, _) = follow(bytes, Reading::Lenient);
        is_damaged |= !is_blank(&lines);
    }
    if is_damaged && is_blank(&lines) {
        return Err(Skip::Damaged {
            what: "RTF document".into(),
            reason: "none of its text can be read".to_owned(),
        });
    }
    Ok(Raw {
        n_read: None,
        given,
        lines,
        warnings: is_damaged
            .then_some(Warning::Incomplete)
            .into_iter()
            .collect(),
        key: None,
    })
}

/// How a destination ends that is passed over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// With its group.
    Strict,
    /// With a paragraph, as its last brace may be lost.
    Lenient,
}

/// The lines of the document in `bytes`, and whether it breaks off.
fn follow(bytes: &[u8], reading: Reading) -> (Vec<Line>, bool) {
    let mut reader = Reader::new(reading);
    let mut tokens = Tokens::new(bytes);
    while let Some(token) = tokens.next(reader.group.is_double_byte()) {
        reader.take(token, &mut tokens);
        // A brace too many ends nothing as long as more is to come.
        if reader.is_over && tokens.is_blank() {
            break;
        }
    }
    let is_damaged = !reader.is_over;
    (reader.finish(), is_damaged)
}

/// The document being read.
struct Reader {
    reading: Reading,
    group: Group,
    outer: Vec<Group>,
    is_over: bool,
    fonts: charset::Fonts,
    styles: Styles,
    blocks: Blocks,
    /// Paragraphs of the open row of a table, by cell.
    row: Vec<Vec<(String, Style)>>,
    cell: Vec<(String, Style)>,
    /// The open paragraph, and those around it where a note or a text box is open.
    texts: Vec<String>,
    label: String,
    after: Vec<String>,
    /// Bytes of the text that are not decoded yet.
    bytes: Vec<u8>,
    /// Half of a character beyond the basic plane.
    units: Vec<u16>,
    /// Characters to pass over after a Unicode one.
    n_skipped: usize,
}

impl Reader {
    fn new(reading: Reading) -> Self {
        Self {
            reading,
            group: Group::default(),
            outer: Vec::new(),
            is_over: false,
            fonts: charset::Fonts::default(),
            styles: Styles::default(),
            blocks: Blocks::default(),
            row: Vec::new(),
            cell: Vec::new(),
            texts: vec![String::new()],
            label: String::new(),
            after: Vec::new(),
            bytes: Vec::new(),
            units: Vec::new(),
            n_skipped: 0,
        }
    }

    fn take(&mut self, token: Token<'_>, tokens: &mut Tokens<'_>) {
        match token {
            Token::Open => {
                self.flush();
                self.is_over = false;
                self.n_skipped = 0;
                let mut inner = self.group.clone();
                inner.is_fresh = true;
                inner.begins_story = false;
                self.outer.push(std::mem::replace(&mut self.group, inner));
            }
            Token::Close => self.close(),
            Token::Byte(byte) => {
                if self.n_skipped > 0 {
                    self.n_skipped -= 1;
                } else {
                    self.bytes.push(byte);
                }
            }
            Token::Ignorable => self.group.is_ignorable = true,
            Token::Word("bin", Some(n_bytes)) => tokens.skip(n_bytes),
            Token::Word("u", Some(code)) => {
                self.flush_bytes();
                self.units.push(code as u16);
                self.n_skipped = self.group.n_fallback;
            }
            Token::Word(word, number) => {
                if self.n_skipped > 0 && !word.is_empty() {
                    self.n_skipped = 0;
                }
                self.flush();
                self.word(word, number);
                self.group.is_fresh = false;
                self.group.is_ignorable = false;
            }
        }
    }

    fn close(&mut self) {
        self.flush();
        self.n_skipped = 0;
        match self.group.destination {
            Destination::Fonts => self.fonts.end(),
            Destination::Styles => self.styles.end(),
            _ => {}
        }
        if self.group.begins_story && self.texts.len() > 1 {
            let story = self.texts.pop().unwrap_or_default();
            let lines = story.split('\n').filter(|line| !line.trim().is_empty());
            self.after.extend(lines.map(str::to_owned));
        }
        let paragraph = self.group.paragraph.clone();
        match self.outer.pop() {
            Some(outer) => {
                let is_same = outer.destination == self.group.destination;
                self.group = outer;
                // What stands in a group of its own still sets up the paragraph that ends behind it.
                if is_same && self.texts.len() == 1 {
                    self.group.paragraph = paragraph;
                }
                self.is_over = self.outer.is_empty();
            }
            None => self.is_over = false,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        if self.reading == Reading::Lenient
            && self.group.destination != Destination::Label
            && matches!(word, "pard" | "sectd")
        {
            self.group.destination = Destination::Text;
            self.group.is_fresh = false;
            self.group.is_ignorable = false;
        }
        if self.group.is_fresh && self.destination(word) {
            return;
        }
        if self.group.is_ignorable {
            self.group.destination = Destination::Nothing;
            return;
        }
        match self.group.destination {
            Destination::Nothing => {}
            Destination::Fonts => self.fonts.word(word, number),
            Destination::Styles => self.styles.word(word, number),
            Destination::Text | Destination::Label => self.text_word(word, number),
        }
    }

    /// Whether the word that opens a group says where its text goes.
    fn destination(&mut self, word: &str) -> bool {
        let destination = match word {
            _ if self.group.destination == Destination::Nothing => return true,
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "listtext" | "pntext" => Destination::Label,
            "footnote" | "shptxt" | "dptxbxtext" => {
                self.texts.push(String::new());
                self.group.begins_story = true;
                self.group.is_ignorable = false;
                return true;
            }
            "shpinst" | "shppict" | "shpgrp" | "fldrslt" | "result" | "do" => {
                self.group.is_ignorable = false;
                return true;
            }
            _ if state::UNREAD.contains(&word) => Destination::Nothing,
            _ => return false,
        };
        self.group.destination = destination;
        self.group.is_ignorable = false;
        true
    }

    fn text_word(&mut self, word: &str, number: Option<i32>) {
        let is_on = number != Some(0);
        match word {
            "par" | "sect" => self.end_paragraph(),
            "line" | "lbr" => self.add("\n"),
            "tab" => self.add("\t"),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "nestcell" | "nestrow" => self.end_paragraph(),
            "v" | "webhidden" => self.group.is_hidden = is_on,
            "deleted" => self.group.is_deleted = is_on,
            "plain" => {
                self.group.is_hidden = false;
                self.group.font = self.fonts.default_font();
                self.group.code_page = self.fonts.page(self.group.font);
            }
            "f" => {
                self.group.font = number;
                self.group.code_page = self.fonts.page(number);
            }
            "af" if self.group.is_far_east => self.group.code_page = self.fonts.page(number),
            "dbch" => self.group.is_far_east = true,
            "loch" | "hich" => {
                self.group.is_far_east = false;
                self.group.code_page = self.fonts.page(self.group.font);
            }
            "ansicpg" => self.fonts.set_ansi(number),
            "mac" => self.fonts.set_ansi(Some(10000)),
            "deff" => self.fonts.set_default(number),
            "uc" => {
                self.group.n_fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(16)
            }
            "pard" => self.group.paragraph = state::Paragraph::default(),
            "s" => self.group.paragraph.style = number,
            "outlinelevel" => {
                self.group.paragraph.outline_level =
                    number.and_then(|level| u8::try_from(level).ok())
            }
            "intbl" => self.group.paragraph.in_table = true,
            _ => {
                if let Some((_, text)) = state::SIGNS.iter().find(|(sign, _)| *sign == word) {
                    self.add(text);
                }
            }
        }
    }

    fn add(&mut self, text: &str) {
        let group = &self.group;
        match group.destination {
            Destination::Text if !group.is_hidden && !group.is_deleted => {
                let last = self.texts.len() - 1;
                self.texts[last].push_str(text);
            }
            Destination::Label => self.label.push_str(text),
            Destination::Fonts | Destination::Nothing | Destination::Text => {}
            Destination::Styles => self.styles.name(text),
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        // The second half of a character beyond the basic plane may come behind other words.
        let half = self.units.pop_if(|unit| (0xd800..0xdc00).contains(unit));
        self.flush_units();
        self.units.extend(half);
    }

    fn flush_units(&mut self) {
        if !self.units.is_empty() {
            let text = String::from_utf16_lossy(&std::mem::take(&mut self.units));
            self.add(&text);
        }
    }

    fn flush_bytes(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        // What stands before the bytes in the file comes first.
        self.flush_units();
        let bytes = std::mem::take(&mut self.bytes);
        let codec = self.fonts.codec(self.group.code_page);
        let (text, _) = codec.decode_without_bom_handling(&bytes);
        self.add(&text);
    }

    /// The open paragraph with what hangs on it.
    fn take_paragraph(&mut self) -> Vec<(String, Style)> {
        let text = std::mem::take(&mut self.texts[0]);
        let text = labelled(&std::mem::take(&mut self.label), &text);
        let style = self.styles.of(&self.group.paragraph);
        let after = std::mem::take(&mut self.after);
        let after = after.into_iter().map(|text| (text, Style::Plain));
        std::iter::once((text, style)).chain(after).collect()
    }

    fn end_paragraph(&mut self) {
        if self.texts.len() > 1 {
            self.add("\n");
            return;
        }
        let paragraphs = self.take_paragraph();
        if self.group.paragraph.in_table {
            self.cell.extend(paragraphs);
            return;
        }
        self.end_row();
        for (text, style) in paragraphs {
            self.blocks.paragraph(&text, style);
        }
    }

    fn end_cell(&mut self) {
        if self.texts.len() > 1 {
            self.add("\t");
            return;
        }
        let paragraphs = self.take_paragraph();
        self.cell.extend(paragraphs);
        self.row.push(std::mem::take(&mut self.cell));
    }

    fn end_row(&mut self) {
        if !self.cell.is_empty() {
            self.row.push(std::mem::take(&mut self.cell));
        }
        if self.row.is_empty() {
            return;
        }
        self.blocks.open_row();
        for cell in std::mem::take(&mut self.row) {
            self.blocks.open_cell();
            for (text, style) in cell {
                self.blocks.paragraph(&text, style);
            }
        }
        self.blocks.close_row();
    }

    fn finish(mut self) -> Vec<Line> {
        self.flush();
        while self.texts.len() > 1 {
            let story = self.texts.pop().unwrap_or_default();
            self.after.push(story);
        }
        self.group.paragraph.in_table = false;
        if !self.texts[0].is_empty() || !self.after.is_empty() {
            self.end_paragraph();
        }
        self.end_row();
        self.blocks.into_lines()
    }
}

#[cfg(test)]
mod tests;
