//! Reads a Word document of 97 to 2003.

use super::bytes::{u16_at, u32_at};
use super::file::File;
use super::story;
use crate::document::{Line, SourceMetadata, Style};
use crate::source::formats::Raw;
use crate::source::{Damage, Damaged, Skip, decode, ole};

/// First bytes of the main stream.
const MAGIC: u16 = 0xa5ec;

/// The version of Word 97; earlier ones have another header.
const WORD_97: u16 = 193;

fn damaged(reason: Damage) -> Skip {
    Skip::Damaged {
        what: Damaged::Word97,
        reason,
    }
}

/// Reads the document in `bytes`.
///
/// Lines are paragraphs in order; notes and comments follow the paragraph that refers to them, text boxes
/// follow the text. Hidden and deleted text and page headers and footers are boilerplate.
///
/// # Errors
/// [`Skip::Encrypted`], [`Skip::Damaged`] if its text cannot be found.
pub(in crate::source) fn read(bytes: &[u8], given: SourceMetadata) -> Result<Raw, Skip> {
    let found = ole::stream(bytes, "WordDocument");
    let Some((main, is_whole)) = found.filter(|(main, _)| u16_at(main, 0) == Some(MAGIC)) else {
        return salvage(bytes, given);
    };
    // FibBase: bit 0x0100 is fEncrypted, 0x0200 fWhichTblStm ([MS-DOC] 2.5.2).
    let flags = u16_at(&main, 10).unwrap_or(0);
    if flags & 0x0100 != 0 {
        return Err(Skip::Encrypted);
    }
    if u16_at(&main, 2).unwrap_or(0) < WORD_97 {
        let lines = word_95(&main);
        return Ok(finish(given, lines, None, is_whole));
    }
    let table = match flags & 0x0200 {
        0 => "0Table",
        _ => "1Table",
    };
    let (table, is_table_whole) = ole::stream(bytes, table).unwrap_or_default();
    match File::read(main, table) {
        Some(file) => of_file(&file, given, is_whole && is_table_whole),
        None => salvage(bytes, given),
    }
}

/// The document of a file whose streams are whole or not.
fn of_file(file: &File, given: SourceMetadata, is_whole: bool) -> Result<Raw, Skip> {
    let (lines, n_read) = story::lines(file);
    // A damaged file without text says so; an intact one is an empty document.
    if lines.iter().all(|line| line.text.trim().is_empty()) && !is_whole {
        return Err(damaged(Damage::TextUnreadable));
    }
    let is_whole = is_whole && file.pieces.is_whole();
    Ok(finish(given, lines, Some(n_read), is_whole))
}

/// Reads the rest of a document whose directory is lost: its main stream mostly lies in consecutive sectors,
/// and its text in one run.
fn salvage(bytes: &[u8], given: SourceMetadata) -> Result<Raw, Skip> {
    const SECTOR: usize = 512;
    let lost = || damaged(Damage::TextLost);
    let is_main = |at: &usize| u16_at(bytes, *at) == Some(MAGIC);
    // The main stream begins at a sector boundary with the magic number.
    let mut sectors = (SECTOR..bytes.len()).step_by(SECTOR);
    let main = &bytes[sectors.find(is_main).ok_or_else(lost)?..];
    // fcMin and ccpText of the header; the piece table, which orders the text, is in the lost table stream.
    let start = u32_at(main, 0x18).map_or(0, |start| start as usize);
    let n_chars = u32_at(main, 0x4c).map_or(0, |n_chars| n_chars as usize);
    if start == 0 {
        return Err(lost());
    }
    let text = main.get(start..).unwrap_or_default();
    let narrow = &text[..text.len().min(n_chars)];
    // The text is in one byte a character if nearly all bytes are Latin, else in UTF-16.
    if is_latin(narrow) {
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(narrow);
        return Ok(finish(given, plain_lines(&text), None, false));
    }
    let wide = &text[..text.len().min(n_chars.saturating_mul(2))];
    let text = chinese(wide).ok_or_else(lost)?;
    Ok(finish(given, plain_lines(&text), None, false))
}

/// The text of UTF-16 bytes, if it is Chinese: offsets of a damaged header point anywhere, so that without Han
/// characters, or with a tenth of garbage, it is not the text.
fn chinese(bytes: &[u8]) -> Option<String> {
    let units = bytes.chunks_exact(2);
    let units: Vec<u16> = units
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
        .collect();
    let text = String::from_utf16_lossy(&units);
    let count = |is_wanted: fn(&char) -> bool| text.chars().filter(is_wanted).count();
    let n_han = count(|ch| ('\u{4e00}'..='\u{9fff}').contains(ch));
    let n_lost = count(|ch| matches!(ch, '\u{fffd}' | '\u{e000}'..='\u{f8ff}'));
    (n_han > 0 && n_lost * 10 <= n_han).then_some(text)
}

/// Whether nearly all bytes are those of Latin text, which takes one byte a character.
fn is_latin(bytes: &[u8]) -> bool {
    let is_printed = |byte: &&u8| byte.is_ascii_graphic() || byte.is_ascii_whitespace();
    let n_printed = bytes.iter().filter(is_printed).count();
    !bytes.is_empty() && n_printed * 20 >= bytes.len() * 19
}

fn finish(given: SourceMetadata, lines: Vec<Line>, n_read: Option<u64>, is_whole: bool) -> Raw {
    let raw = Raw {
        given,
        lines,
        n_read,
        ..Raw::default()
    };
    raw.incomplete_if(!is_whole)
}

/// The text of Word 6 and 95, which is one run of bytes in the code page of the system.
fn word_95(main: &[u8]) -> Vec<Line> {
    let bounds = u32_at(main, 0x18).zip(u32_at(main, 0x1c));
    let text = bounds.and_then(|(start, end)| main.get(start as usize..end as usize));
    let text = text.unwrap_or_default();
    // GB18030, as the systems that wrote these files in Chinese used GBK.
    let decoded = decode::decode_as(text, decode::Encoding::Gb18030);
    plain_lines(&decoded.text)
}

/// The paragraphs of a text whose properties are unknown.
fn plain_lines(text: &str) -> Vec<Line> {
    let paragraphs = text.split(['\r', '\u{7}', '\u{c}']).enumerate();
    paragraphs
        .map(|(ord, text)| Line {
            number: u32::try_from(ord + 1).unwrap_or(u32::MAX),
            text: text.replace(|ch: char| ch.is_control() && ch != '\t', ""),
            style: Style::Plain,
        })
        .collect()
}

#[cfg(test)]
mod tests;
