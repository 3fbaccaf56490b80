//! Fonts: the character and width of each code.
//!
//! In this order: the font's own map to Unicode; for composite fonts the character collection of its CIDs
//! (`Adobe-GB1` and so on), else the character that its embedded TrueType font draws with that glyph; for
//! simple fonts the names of the glyphs in its encoding.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::rc::Rc;

use hayro_cmap::{BfString, CMap, CMapName, load_embedded};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as Bytes};
use skrifa::raw::tables::cmap::PlatformId;
use skrifa::raw::{FontRef, TableProvider};

use super::glyph_names;
use super::unpack::unpacked;

/// The fonts of a document read so far.
#[derive(Default)]
pub(super) struct Fonts {
    by_id: HashMap<ObjectIdentifier, Rc<Font>>,
    collections: HashMap<&'static [u8], Option<Rc<CMap>>>,
}

/// One code of a text.
pub(super) struct Code {
    /// Its text; `None` if unknown.
    pub(super) text: Option<String>,
    /// Its width in em.
    pub(super) width: f64,
    /// Whether it is the single byte 32, to which word spacing applies.
    pub(super) is_blank: bool,
}

/// A font.
pub(super) struct Font {
    to_unicode: Option<CMap>,
    kind: Kind,
}

enum Kind {
    Simple(Simple),
    Composite(Box<Composite>),
}

struct Simple {
    first: i64,
    /// In em.
    widths: Vec<f64>,
    missing_width: f64,
    texts: Vec<Option<String>>,
}

struct Composite {
    encoding: Option<CMap>,
    collection: Option<Rc<CMap>>,
    /// The embedded font; empty without one.
    file: Vec<u8>,
    /// Characters by its glyphs, determined only when a code has no other meaning.
    drawn: OnceCell<HashMap<u32, char>>,
    /// Glyphs by CID; empty if they are equal.
    glyphs: Vec<u8>,
    widths: HashMap<u32, f64>,
    default_width: f64,
    is_vertical: bool,
    /// Whether its codes are UTF-16, so that a collection may lack some of them.
    is_utf16: bool,
}

/// Maximum number of fonts kept; a document with more of them names them again on every page.
const MAX_FONTS: usize = 2000;

impl Fonts {
    /// The font that `dict` describes.
    pub(super) fn get(&mut self, dict: &Dict<'_>) -> Rc<Font> {
        let id = dict.obj_id();
        if let Some(font) = id.and_then(|id| self.by_id.get(&id)) {
            return Rc::clone(font);
        }
        let font = Rc::new(self.read(dict));
        // Starting over is simpler than counting uses, and rare.
        if self.by_id.len() >= MAX_FONTS {
            self.by_id.clear();
        }
        if let Some(id) = id {
            self.by_id.insert(id, Rc::clone(&font));
        }
        font
    }

    fn read(&mut self, dict: &Dict<'_>) -> Font {
        let to_unicode = dict
            .get::<Stream<'_>>("ToUnicode")
            .and_then(|stream| CMap::parse(&unpacked(&stream).0, load_embedded));
        let descendant = dict
            .get::<Array<'_>>("DescendantFonts")
            .and_then(|fonts| fonts.iter::<Dict<'_>>().next());
        let kind = match descendant {
            Some(descendant) => Kind::Composite(Box::new(self.composite(dict, &descendant))),
            None => Kind::Simple(simple(dict)),
        };
        Font { to_unicode, kind }
    }

    fn composite(&mut self, dict: &Dict<'_>, descendant: &Dict<'_>) -> Composite {
        let name = dict.get::<Name<'_>>("Encoding");
        let encoding = encoding_of(dict);
        let ordering = descendant
            .get::<Dict<'_>>("CIDSystemInfo")
            .and_then(|info| info.get::<Bytes<'_>>("Ordering"))
            .map(|ordering| ordering.as_bytes().to_vec())
            .unwrap_or_default();
        let file = descendant
            .get::<Dict<'_>>("FontDescriptor")
            .and_then(|descriptor| font_file(&descriptor));
        let glyphs = descendant
            .get::<Stream<'_>>("CIDToGIDMap")
            .and_then(|stream| Some(stream.decoded_data().ok()?.into_owned()));
        let name = name.as_ref();
        Composite {
            encoding: encoding.or_else(|| Some(CMap::identity_h())),
            collection: self.collection(&ordering, name.map_or(b"", |name| name.as_ref())),
            file: file.unwrap_or_default(),
            drawn: OnceCell::new(),
            glyphs: glyphs.unwrap_or_default(),
            widths: cid_widths(descendant),
            // PDF 1.7, 9.7.4: the default width is 1000.
            default_width: descendant.get::<f64>("DW").unwrap_or(1000.0) / 1000.0,
            // Predefined CMaps for vertical text end in `-V` (PDF 1.7, 9.7.5.2).
            is_vertical: name.is_some_and(|name| name.as_str().ends_with("-V")),
            is_utf16: name.is_some_and(|name| name.as_str().starts_with("Uni")),
        }
    }

    /// The map from the CIDs of a collection to Unicode.
    fn collection(&mut self, ordering: &[u8], encoding: &[u8]) -> Option<Rc<CMap>> {
        let starts = |marks: &[&[u8]]| marks.iter().any(|mark| encoding.starts_with(mark));
        // `Identity` orderings name no collection; the name of the encoding often still does.
        let name: &'static [u8] = match ordering {
            b"GB1" => b"Adobe-GB1-UCS2",
            b"CNS1" => b"Adobe-CNS1-UCS2",
            b"Japan1" => b"Adobe-Japan1-UCS2",
            b"Korea1" => b"Adobe-Korea1-UCS2",
            // Names of predefined CMaps by collection (PDF 1.7, 9.7.5.2).
            _ if starts(&[b"GB", b"UniGB"]) => b"Adobe-GB1-UCS2",
            _ if starts(&[b"B5", b"ETen", b"HKscs", b"UniCNS"]) => b"Adobe-CNS1-UCS2",
            _ if starts(&[b"UniJIS", b"90"]) => b"Adobe-Japan1-UCS2",
            _ => return None,
        };
        self.collections
            .entry(name)
            .or_insert_with(|| predefined(name).map(Rc::new))
            .clone()
    }
}

fn predefined(name: &[u8]) -> Option<CMap> {
    match CMapName::from_bytes(name) {
        CMapName::IdentityH => Some(CMap::identity_h()),
        CMapName::IdentityV => Some(CMap::identity_v()),
        name => CMap::parse(load_embedded(name)?, load_embedded),
    }
}

/// The map from codes to CIDs that a composite font names or contains.
fn encoding_of(dict: &Dict<'_>) -> Option<CMap> {
    if let Some(name) = dict.get::<Name<'_>>("Encoding") {
        return predefined(name.as_ref());
    }
    let stream = dict.get::<Stream<'_>>("Encoding")?;
    CMap::parse(&unpacked(&stream).0, load_embedded)
}

impl Font {
    /// Whether its text runs downwards.
    pub(super) fn is_vertical(&self) -> bool {
        matches!(&self.kind, Kind::Composite(font) if font.is_vertical)
    }

    /// The codes of a text.
    pub(super) fn codes(&self, text: &[u8]) -> Vec<Code> {
        match &self.kind {
            Kind::Simple(font) => text
                .iter()
                .map(|&byte| self.simple_code(font, byte))
                .collect(),
            Kind::Composite(font) => self.composite_codes(font, text),
        }
    }

    /// The text of `code` according to the font itself; `None` for meaningless code points.
    fn own_text(&self, code: u32) -> Option<String> {
        let text = match self.to_unicode.as_ref()?.lookup_bf_string(code)? {
            BfString::Char(ch) => ch.to_string(),
            BfString::String(text) => text,
        };
        let text: String = text.chars().map(glyph_names::unified).collect();
        // Fonts without meaning map to zero, the replacement character or the private use area.
        let is_void = |ch: char| matches!(ch, '\0' | '\u{fffd}' | '\u{e000}'..='\u{f8ff}');
        (!text.chars().any(is_void)).then_some(text)
    }

    fn simple_code(&self, font: &Simple, byte: u8) -> Code {
        let at = usize::try_from(i64::from(byte) - font.first).ok();
        let width = at.and_then(|at| font.widths.get(at).copied());
        Code {
            text: self
                .own_text(u32::from(byte))
                .or_else(|| font.texts[usize::from(byte)].clone()),
            // Codes outside `Widths` have the missing width (PDF 1.7, 9.8.1).
            width: width.unwrap_or(font.missing_width),
            is_blank: byte == 32,
        }
    }

    fn composite_codes(&self, font: &Composite, text: &[u8]) -> Vec<Code> {
        let mut codes = Vec::with_capacity(text.len() / 2);
        let mut rest = text;
        while !rest.is_empty() {
            let (code, n_bytes) = self.next_code(font, rest);
            codes.push(code);
            rest = &rest[n_bytes..];
        }
        codes
    }

    /// The first character of `text`, and the number of its bytes.
    fn next_code(&self, font: &Composite, rest: &[u8]) -> (Code, usize) {
        let (code, n_bytes, cid) = font.next(rest);
        let text = self.own_text(code).or_else(|| font.text(cid));
        // Codes of `UniGB-UTF16` are the characters themselves where the collection lacks them.
        if text.is_none()
            && font.is_utf16
            && let Some((ch, n_bytes)) = utf16(rest)
        {
            let code = Code {
                text: Some(ch.to_string()),
                width: font.default_width,
                is_blank: false,
            };
            return (code, n_bytes);
        }
        let code = Code {
            text,
            width: font.widths.get(&cid).copied().unwrap_or(font.default_width),
            is_blank: n_bytes == 1 && code == 32,
        };
        (code, n_bytes)
    }
}

impl Composite {
    /// The first code of `text`, its length in bytes and its CID.
    fn next(&self, text: &[u8]) -> (u32, usize, u32) {
        if let Some(encoding) = &self.encoding {
            let mut code = 0;
            // Code lengths are found by trying: a CMap may mix codes of one to four bytes.
            for (n_bytes, &byte) in (1u8..=4).zip(text) {
                code = code << 8 | u32::from(byte);
                if let Some(cid) = encoding.lookup_cid_code(code, n_bytes) {
                    return (code, usize::from(n_bytes), cid);
                }
            }
        }
        // An invalid code is skipped as two bytes, the usual length.
        let n_bytes = text.len().min(2);
        let code = text[..n_bytes]
            .iter()
            .fold(0, |code, &byte| code << 8 | u32::from(byte));
        (code, n_bytes, 0)
    }

    fn text(&self, cid: u32) -> Option<String> {
        // A known collection defines the CIDs, whatever the glyphs of the file are.
        if let Some(collection) = &self.collection {
            return match collection.lookup_bf_string(cid)? {
                BfString::Char('\0' | '\u{fffd}') => None,
                BfString::Char(ch) => Some(ch.to_string()),
                BfString::String(text) => Some(text),
            };
        }
        // The map has two bytes for each CID, high byte first (PDF 1.7, 9.7.4.2).
        let at = cid as usize * 2;
        let glyph = match self.glyphs.get(at..at + 2) {
            Some(two) => u32::from(u16::from_be_bytes([two[0], two[1]])),
            // Without a map, CIDs are glyphs.
            None => cid,
        };
        let drawn = self.drawn.get_or_init(|| drawn(&self.file));
        drawn.get(&glyph).map(char::to_string)
    }
}

/// The first character of UTF-16, high byte first, and its length in bytes.
fn utf16(text: &[u8]) -> Option<(char, usize)> {
    let units = text
        .chunks_exact(2)
        .take(2)
        .map(|two| u16::from_be_bytes([two[0], two[1]]));
    let ch = char::decode_utf16(units).next()?.ok()?;
    (ch != '\0').then_some((ch, ch.len_utf16() * 2))
}

fn font_file(descriptor: &Dict<'_>) -> Option<Vec<u8>> {
    // The formats that skrifa reads; `FontFile` contains Type 1.
    let stream = ["FontFile2", "FontFile3"]
        .iter()
        .find_map(|key| descriptor.get::<Stream<'_>>(*key))?;
    Some(stream.decoded_data().ok()?.into_owned())
}

/// The character of each glyph of an embedded font; the first one where there are several.
fn drawn(file: &[u8]) -> HashMap<u32, char> {
    let mut drawn = HashMap::new();
    let Ok(cmap) = FontRef::from_index(file, 0).and_then(|font| font.cmap()) else {
        return drawn;
    };
    // All Unicode subtables together: a subset font may have some of its glyphs in one of them only. Symbol fonts have
    // private use characters alone, which say nothing about the text.
    let records = cmap.encoding_records().iter();
    let unicode = records.filter(|record| {
        let encoding = (record.platform_id(), record.encoding_id());
        matches!(
            encoding,
            (PlatformId::Unicode, _) | (PlatformId::Windows, 1 | 10)
        )
    });
    for subtable in unicode.filter_map(|record| record.subtable(cmap.offset_data()).ok()) {
        for (code, glyph) in subtable.iter() {
            let ch = char::from_u32(code).filter(|ch| !('\u{e000}'..='\u{f8ff}').contains(ch));
            if let Some(ch) = ch.filter(|_| glyph.to_u32() != 0) {
                drawn.entry(glyph.to_u32()).or_insert(ch);
            }
        }
    }
    drawn
}

/// PDF 1.7, 9.7.4.3: `c [w1 w2 ...]` and `first last w`.
fn cid_widths(descendant: &Dict<'_>) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let Some(list) = descendant.get::<Array<'_>>("W") else {
        return widths;
    };
    let mut pending: Vec<f64> = Vec::new();
    for object in list.iter::<Object<'_>>() {
        match object {
            Object::Number(number) => pending.push(number.as_f64()),
            Object::Array(run) => {
                let first = pending.pop().unwrap_or(0.0).max(0.0) as u32;
                let run = run.iter::<f64>().map(|width| width / 1000.0);
                widths.extend((first..).zip(run));
                pending.clear();
            }
            _ => pending.clear(),
        }
        if let [first, last, width] = pending[..] {
            let range = cid_range(first, last);
            widths.extend(range.map(|cid| (cid, width / 1000.0)));
            pending.clear();
        }
    }
    widths
}

/// The CIDs from `first` to `last`.
fn cid_range(first: f64, last: f64) -> RangeInclusive<u32> {
    // CIDs have two bytes; a longer range is a damaged number.
    const MAX_RANGE: u32 = 70_000;
    let (first, last) = (first.max(0.0) as u32, last.max(0.0) as u32);
    first..=last.min(first.saturating_add(MAX_RANGE))
}

fn simple(dict: &Dict<'_>) -> Simple {
    let widths: Vec<f64> = dict
        .get::<Array<'_>>("Widths")
        .map(|widths| widths.iter::<f64>().collect())
        .unwrap_or_default();
    let descriptor = dict.get::<Dict<'_>>("FontDescriptor");
    let missing_width = descriptor
        .as_ref()
        .and_then(|descriptor| descriptor.get::<f64>("MissingWidth"));
    // Half an em is typical of Latin letters.
    let missing_width = missing_width.filter(|width| *width > 0.0).unwrap_or(500.0);
    // The glyphs of a Type 3 font have a space of their own (PDF 1.7, 9.6.5).
    let matrix = dict.get::<Array<'_>>("FontMatrix");
    let scale = matrix.and_then(|matrix| matrix.iter::<f64>().next());
    let scale = scale.filter(|scale| *scale != 0.0).unwrap_or(0.001);
    Simple {
        first: dict.get::<i32>("FirstChar").map_or(0, i64::from),
        widths: widths.into_iter().map(|width| width * scale).collect(),
        missing_width: missing_width * 0.001,
        texts: texts(dict),
    }
}

/// The text of each byte in the font's encoding.
fn texts(dict: &Dict<'_>) -> Vec<Option<String>> {
    let encoding = dict.get::<Dict<'_>>("Encoding");
    let base = dict
        .get::<Name<'_>>("Encoding")
        .or_else(|| encoding.as_ref()?.get::<Name<'_>>("BaseEncoding"));
    let codec = match base.as_ref().map(|name| name.as_str()) {
        Some("MacRomanEncoding") => encoding_rs::MACINTOSH,
        // StandardEncoding differs in quotes and signs, not in letters and digits.
        _ => encoding_rs::WINDOWS_1252,
    };
    let mut texts: Vec<Option<String>> = (0..=255u8)
        .map(|byte| {
            let text = codec.decode_without_bom_handling(&[byte]).0.into_owned();
            // Codes below the blank are not characters in either encoding.
            (byte >= 32).then_some(text)
        })
        .collect();
    let differences = encoding.and_then(|encoding| encoding.get::<Array<'_>>("Differences"));
    if let Some(differences) = differences {
        apply_differences(&differences, &mut texts);
    }
    texts
}

/// Replaces the texts of codes whose glyphs a font names itself.
fn apply_differences(differences: &Array<'_>, texts: &mut [Option<String>]) {
    let mut at = 0usize;
    for object in differences.iter::<Object<'_>>() {
        match object {
            // A number is the code of the names that follow (PDF 1.7, 9.6.6.1).
            Object::Number(number) => at = usize::try_from(number.as_i64()).unwrap_or(256),
            Object::Name(name) => {
                if let Some(text) = texts.get_mut(at) {
                    *text = glyph_names::text(name.as_str());
                }
                at += 1;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn be(numbers: &[u16]) -> Vec<u8> {
        numbers
            .iter()
            .flat_map(|number| number.to_be_bytes())
            .collect()
    }

    #[test]
    fn all_unicode_tables_of_a_font_count_and_no_symbols() {
        // One code from `first` on, format 6.
        let trimmed = |first: u16, glyph: u16| be(&[6, 12, 0, first, 1, glyph]);
        let segments = be(&[
            4,
            32,
            0,
            4,
            4,
            1,
            0,
            0x4e8c,
            0xffff,
            0,
            0x4e8c,
            0xffff,
            9_u16.wrapping_sub(0x4e8c),
            1,
            0,
            0,
        ]);
        let subtables = [trimmed(0x4e00, 5), trimmed(0xf041, 7), segments];
        let mut cmap = be(&[0, 3]);
        let mut offset = 4 + 3 * 8;
        for (subtable, (platform, encoding)) in subtables.iter().zip([(0, 3), (3, 0), (3, 1)]) {
            cmap.extend(be(&[platform, encoding, 0, offset]));
            offset += subtable.len() as u16;
        }
        cmap.extend(subtables.concat());
        let mut file = be(&[1, 0, 1, 16, 0, 0]);
        file.extend(b"cmap\0\0\0\0\0\0\0\x1c");
        file.extend((cmap.len() as u32).to_be_bytes());
        file.extend(cmap);
        let expected = HashMap::from([(5, '一'), (9, '二')]);
        assert_eq!(drawn(&file), expected);
        for n in 0..file.len() {
            drawn(&file[..n]);
        }
    }
}
