//! Reads an RTF document.

use super::paragraphs::{Paragraphs, TextPart};
use super::state::{Destination, Group, Story, Styles};
use super::token::{Token, Tokens};
use super::{charset, state};
use crate::document::{Line, SourceMetadata};
use crate::source::formats::Raw;
use crate::source::{Damage, Damaged, Skip};

/// Reads the document in `bytes`.
///
/// Lines are paragraphs in order; footnotes, comments and text boxes follow the paragraph that they are
/// attached to. Hidden and deleted text and page headers and footers are boilerplate.
///
/// # Errors
/// [`Skip::Damaged`] if it is cut off before any text.
pub(in crate::source) fn read(bytes: &[u8], given: SourceMetadata) -> Result<Raw, Skip> {
    let (mut lines, mut n_read, mut is_damaged) = follow(bytes, Reading::Strict);
    let is_blank = |lines: &[Line]| lines.iter().all(|line| line.text.trim().is_empty());
    // With a lost brace a skipped destination swallows the whole text; the second reading ends it at the next
    // paragraph.
    if is_blank(&lines) {
        (lines, n_read, _) = follow(bytes, Reading::Lenient);
        is_damaged |= !is_blank(&lines);
    }
    if is_damaged && is_blank(&lines) {
        return Err(Skip::Damaged {
            what: Damaged::Rtf,
            reason: Damage::TextUnreadable,
        });
    }
    Ok(Raw::whole(given, lines, n_read).incomplete_if(is_damaged))
}

/// Where a skipped destination ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// With its group.
    Strict,
    /// With a paragraph, as its last brace may be lost.
    Lenient,
}

/// The lines of the document in `bytes`, the number of its visible characters, and whether it is cut off.
fn follow(bytes: &[u8], reading: Reading) -> (Vec<Line>, u64, bool) {
    let mut reader = RtfReader::new(reading);
    let mut tokens = Tokens::new(bytes);
    while let Some(token) = tokens.next(reader.group.is_double_byte()) {
        reader.take(token, &mut tokens);
        // An extra closing brace ends nothing while text follows.
        if reader.is_over && tokens.is_blank() {
            break;
        }
    }
    let is_damaged = !reader.is_over;
    let (lines, n_read) = reader.finish();
    (lines, n_read, is_damaged)
}

/// The document being read.
struct RtfReader {
    reading: Reading,
    group: Group,
    outer: Vec<Group>,
    is_over: bool,
    fonts: charset::Fonts,
    styles: Styles,
    paragraphs: Paragraphs,
    /// Bytes of the text that are not decoded yet.
    bytes: Vec<u8>,
    /// Half of a character beyond the basic plane.
    units: Vec<u16>,
    /// Number of characters to skip after a Unicode one.
    n_skipped: usize,
}

impl RtfReader {
    fn new(reading: Reading) -> Self {
        Self {
            reading,
            group: Group::default(),
            outer: Vec::new(),
            is_over: false,
            fonts: charset::Fonts::default(),
            styles: Styles::default(),
            paragraphs: Paragraphs::default(),
            bytes: Vec::new(),
            units: Vec::new(),
            n_skipped: 0,
        }
    }

    fn take(&mut self, token: Token<'_>, tokens: &mut Tokens<'_>) {
        match token {
            Token::Open => self.open(),
            Token::Close => self.close(),
            Token::Byte(byte) => {
                if self.n_skipped > 0 {
                    self.n_skipped -= 1;
                } else {
                    self.bytes.push(byte);
                }
            }
            // In the middle of a group the mark does not refer to the group.
            Token::Ignorable => self.group.is_ignorable |= self.group.is_fresh,
            Token::Word("bin", Some(n_bytes)) => tokens.skip(n_bytes),
            // `\u` is followed by `\uc` characters for old programs, which are skipped.
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

    fn open(&mut self) {
        self.flush();
        self.is_over = false;
        self.n_skipped = 0;
        // A group inherits all properties of the outer one (RTF 1.9.1, "Formal Syntax").
        let mut inner = self.group.clone();
        inner.is_fresh = true;
        inner.begins_story = None;
        self.outer.push(std::mem::replace(&mut self.group, inner));
    }

    fn close(&mut self) {
        self.flush();
        self.n_skipped = 0;
        match self.group.destination {
            Destination::Fonts => self.fonts.end(),
            Destination::Styles => self.styles.end(),
            _ => {}
        }
        if let Some(story) = self.group.begins_story {
            self.paragraphs.close_story(story);
        }
        let paragraph = self.group.paragraph.clone();
        match self.outer.pop() {
            Some(outer) => {
                let is_same = outer.destination == self.group.destination;
                self.group = outer;
                // Properties inside a group still apply to the paragraph that ends after it.
                if is_same && !self.paragraphs.in_story() {
                    self.group.paragraph = paragraph;
                }
                self.is_over = self.outer.is_empty();
            }
            None => self.is_over = false,
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        // The first word that resets a paragraph or section shows that the text has begun.
        if self.reading == Reading::Lenient
            && self.group.destination != Destination::Label
            && matches!(word, "pard" | "sectd")
        {
            self.group.destination = Destination::Text;
            self.group.is_fresh = false;
            self.group.is_ignorable = false;
        }
        // Only the first word of a group can name a destination.
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

    /// Whether the word that opens a group determines the destination of its text.
    fn destination(&mut self, word: &str) -> bool {
        let destination = match word {
            _ if self.group.destination == Destination::Nothing => return true,
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "listtext" | "pntext" => Destination::Label,
            "footnote" | "annotation" | "shptxt" | "dptxbxtext" => {
                return self.open_story(Story::Text);
            }
            "header" | "headerf" | "headerl" | "headerr" | "footer" | "footerf" | "footerl"
            | "footerr" => return self.open_story(Story::RunningHead),
            "shpinst" | "shppict" | "shpgrp" | "fldrslt" | "result" | "do" | "nesttableprops" => {
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

    /// Opens a note, a text box, or a page header or footer.
    fn open_story(&mut self, story: Story) -> bool {
        self.paragraphs.open_story();
        self.group.begins_story = Some(story);
        self.group.is_ignorable = false;
        true
    }

    /// A word of the text: the end of a paragraph or a cell, a character, or a property.
    fn text_word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" => self.paragraphs.end_paragraph(&self.group, &self.styles),
            "line" | "lbr" => self.add("\n"),
            "tab" => self.add("\t"),
            "cell" => self.paragraphs.end_cell(1, &self.group, &self.styles),
            "nestcell" => {
                let depth = self.group.paragraph.depth.max(2);
                self.paragraphs.end_cell(depth, &self.group, &self.styles);
            }
            "row" => self.paragraphs.end_row(1),
            "nestrow" => self.paragraphs.end_row(self.group.paragraph.depth.max(2)),
            "trowd" => self.paragraphs.begin_row(),
            "trhdr" => self.paragraphs.mark_header(),
            "cellx" => self.paragraphs.add_edge(number.unwrap_or(0)),
            _ if self.character_word(word, number) || self.paragraph_word(word, number) => {}
            _ => {
                if let Some((_, text)) = state::SIGNS.iter().find(|(sign, _)| *sign == word) {
                    self.add(text);
                }
            }
        }
    }

    /// A property of characters or of the file's fonts; false if the word is another.
    fn character_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let is_on = number != Some(0);
        match word {
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
            // `\af` sets the font of the script chosen before: after `\dbch` that of Chinese text.
            "af" if self.group.is_far_east => self.group.code_page = self.fonts.page(number),
            "dbch" => self.group.is_far_east = true,
            "loch" | "hich" => {
                self.group.is_far_east = false;
                self.group.code_page = self.fonts.page(self.group.font);
            }
            "ansicpg" => self.fonts.set_ansi(number),
            "mac" => self.fonts.set_ansi(Some(10000)),
            "deff" => self.fonts.set_default(number),
            _ => return false,
        }
        true
    }

    /// A property of paragraphs, or of what follows a character by its number; false if the word is another.
    fn paragraph_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let count = || number.and_then(|number| usize::try_from(number).ok());
        let paragraph = &mut self.group.paragraph;
        match word {
            "uc" => {
                self.group.n_fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(16);
            }
            "pard" => *paragraph = state::Paragraph::default(),
            "s" => paragraph.style = number,
            "outlinelevel" => {
                paragraph.outline_level = number.and_then(|level| u8::try_from(level).ok());
            }
            "intbl" => paragraph.in_table = true,
            "itap" => paragraph.depth = count().unwrap_or(0),
            _ => return false,
        }
        true
    }

    fn add(&mut self, text: &str) {
        let group = &self.group;
        match group.destination {
            Destination::Text if group.is_hidden || group.is_deleted => {
                self.paragraphs.add(text, TextPart::Hidden);
            }
            Destination::Text => self.paragraphs.add(text, TextPart::Text),
            Destination::Label => self.paragraphs.add(text, TextPart::Label),
            Destination::Fonts | Destination::Nothing => {}
            Destination::Styles => self.styles.name(text),
        }
    }

    fn flush(&mut self) {
        self.flush_bytes();
        // The second half of a character beyond the basic plane may follow other words.
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
        // Characters before the bytes in the file come first.
        self.flush_units();
        let bytes = std::mem::take(&mut self.bytes);
        let codec = self.fonts.codec(self.group.code_page);
        let (text, _) = codec.decode_without_bom_handling(&bytes);
        self.add(&text);
    }

    /// The lines, and the number of visible characters that the file has for them.
    fn finish(mut self) -> (Vec<Line>, u64) {
        self.flush();
        self.paragraphs.finish(&self.group, &self.styles)
    }
}

#[cfg(test)]
mod tests;
