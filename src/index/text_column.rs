//! The text column: the original text of every record, uncompressed, 16 bits a character.
//!
//! What is shown, verified, ranked again and scanned is this column, mapped into memory: a character's offset in its text is
//! its place. A character beyond the Basic Multilingual Plane is [`ESCAPE`] there, and is kept in a list of such characters. A
//! segment keeps its column in a file of its own, written, merged and deleted with the rest of the segment. For each zone:
//!
//! ```text
//! characters │ (text, character) of each escape │ holders, where not all │ starts in their group │ starts of groups
//! ```

use std::any::Any;
use std::io;

use tantivy::indexer::doc_id_mapping::{DocIdMapping, MappingType};
use tantivy::plugin::{PluginMergeContext, PluginWriter, PluginWriterContext, SegmentPlugin};
use tantivy::schema::Schema;
use tantivy::schema::document::ErasedDocument;
use tantivy::{DocId, Segment, SegmentReader, TantivyError};

use super::checked::{CheckedFile, CheckedWriter};
use super::entry::Entry;
use super::zone::{Holders, Zone};

/// Ending of the files.
pub(super) const EXTENSION: &str = "text";

/// Stands for a character that 16 bits can't hold: half of a surrogate pair, which is no character.
// No text holds it, so that it needs no escape of its own. Characters beyond 16 bits are rare.
const ESCAPE: u16 = 0xd800;
/// Texts whose starts are counted from the same place, so that 32 bits hold them.
// No passage is over 1,000 characters, so that 4,096 of them are far from what 32 bits hold. Eight bytes for a group instead
// of four more for each text.
const GROUP: usize = 1 << 12;
/// Numbers of each zone in the trailer: where it begins, its characters, escapes and texts.
const NUMBERS: usize = 4;

/// The plugin that writes and merges text columns.
pub(super) struct TextPlugin;

impl SegmentPlugin for TextPlugin {
    fn extensions(&self) -> &[&str] {
        &[EXTENSION]
    }

    fn create_writer(&self, _: &PluginWriterContext) -> tantivy::Result<Box<dyn PluginWriter>> {
        Ok(Box::new(TextWriter::default()))
    }

    fn merge(&self, merge: PluginMergeContext) -> tantivy::Result<()> {
        in_order(merge.doc_id_mapping.mapping_type() != MappingType::Shuffled)?;
        let columns = merge.readers.iter().map(TextColumn::open);
        let columns: Vec<TextColumn> = columns.collect::<tantivy::Result<_>>()?;
        let mut out = CheckedWriter::create(merge.target_segment, EXTENSION)?;
        let mut trailer = Vec::new();
        for zone in Zone::ALL {
            let begin = out.position();
            let mut tables = Tables::default();
            let mut next = 0;
            for (column, reader) in columns.iter().zip(merge.readers) {
                for doc in reader.doc_ids_alive() {
                    if let Some(text) = column.text(zone, doc)? {
                        out.write(text.bytes())?;
                        tables.push(next, text.codes.len());
                        let escapes = text.escapes.iter();
                        tables.escape(escapes.map(escaped));
                    }
                    next += 1;
                }
            }
            trailer.extend(tables.write(&mut out, zone, begin)?);
        }
        Ok(out.finish(&trailer)?)
    }
}

/// No option of ours asks for records to change places: a document's passages stay in order.
pub(super) fn in_order(is_in_order: bool) -> tantivy::Result<()> {
    let error = || TantivyError::InvalidArgument("records stay in order".into());
    is_in_order.then_some(()).ok_or_else(error)
}

/// The texts of a segment that is being written.
#[derive(Default)]
struct TextWriter([ZoneWriter; Zone::ALL.len()]);

#[derive(Default)]
struct ZoneWriter {
    codes: Vec<u16>,
    tables: Tables,
}

impl ZoneWriter {
    fn add(&mut self, doc: DocId, text: &str) {
        let before = self.codes.len();
        let code = |ch: char| u16::try_from(u32::from(ch)).unwrap_or(ESCAPE);
        self.codes.extend(text.chars().map(code));
        self.tables.push(doc, self.codes.len() - before);
        if self.codes[before..].contains(&ESCAPE) {
            let escapes = text
                .chars()
                .map(u32::from)
                .filter(|&ch| ch > u32::from(u16::MAX));
            self.tables.escape(escapes);
        }
    }
}

impl PluginWriter for TextWriter {
    fn add_document(
        &mut self,
        doc: DocId,
        record: &dyn ErasedDocument,
        _: &Schema,
    ) -> tantivy::Result<()> {
        let entry = record.as_any().downcast_ref::<Entry>();
        for (zone, writer) in Zone::ALL.into_iter().zip(&mut self.0) {
            let text = entry.and_then(|entry| entry.text(zone));
            if text.is_some() || Holders::of(zone) == Holders::All {
                writer.add(doc, text.unwrap_or_default());
            }
        }
        Ok(())
    }

    fn serialize(
        self: Box<Self>,
        segment: &Segment,
        order: Option<&DocIdMapping>,
    ) -> tantivy::Result<()> {
        in_order(order.is_none())?;
        let mut out = CheckedWriter::create(segment, EXTENSION)?;
        let mut trailer = Vec::new();
        for (zone, writer) in Zone::ALL.into_iter().zip(self.0) {
            let begin = out.position();
            // In pieces, so that the bytes of a whole segment are not held a second time.
            for codes in writer.codes.chunks(1 << 15) {
                let bytes: Vec<u8> = codes.iter().flat_map(|code| code.to_le_bytes()).collect();
                out.write(&bytes)?;
            }
            trailer.extend(writer.tables.write(&mut out, zone, begin)?);
        }
        Ok(out.finish(&trailer)?)
    }

    fn mem_usage(&self) -> usize {
        let zones = self.0.iter();
        zones
            .map(|zone| 2 * zone.codes.len() + zone.tables.mem_usage())
            .sum()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// The tables that follow the characters of a zone.
#[derive(Default)]
struct Tables {
    holders: Vec<DocId>,
    /// Characters of each text.
    lengths: Vec<u32>,
    /// Text and character.
    escapes: Vec<(u32, u32)>,
}

impl Tables {
    fn push(&mut self, holder: DocId, length: usize) {
        self.holders.push(holder);
        self.lengths.push(length as u32);
    }

    /// Notes escapes of the text that was pushed last.
    fn escape(&mut self, escapes: impl Iterator<Item = u32>) {
        let text = (self.lengths.len() - 1) as u32;
        self.escapes.extend(escapes.map(|ch| (text, ch)));
    }

    /// Writes the tables; returns what the trailer says of the zone.
    fn write(self, out: &mut CheckedWriter, zone: Zone, begin: u64) -> io::Result<[u64; NUMBERS]> {
        let numbers = [
            begin,
            (out.position() - begin) / 2,
            self.escapes.len() as u64,
            self.lengths.len() as u64,
        ];
        out.write_u32s(self.escapes.iter().flat_map(|&(text, ch)| [text, ch]))?;
        if Holders::of(zone) == Holders::Listed {
            out.write_u32s(self.holders)?;
        }
        let mut groups = Vec::new();
        let (mut start, mut group) = (0, 0);
        for (ord, length) in self.lengths.into_iter().chain([0]).enumerate() {
            if ord % GROUP == 0 {
                group = start;
                groups.push(group);
            }
            out.write_u32s([(start - group) as u32])?;
            start += u64::from(length);
        }
        out.write_u64s(groups)?;
        Ok(numbers)
    }

    fn mem_usage(&self) -> usize {
        4 * (self.holders.len() + self.lengths.len()) + 8 * self.escapes.len()
    }
}

/// The text column of a segment.
#[derive(Debug)]
pub(crate) struct TextColumn {
    file: CheckedFile,
    zones: [ZoneLayout; Zone::ALL.len()],
}

/// Where the tables of a zone begin.
#[derive(Clone, Copy, Debug)]
struct ZoneLayout {
    zone: Zone,
    n_texts: usize,
    n_escapes: usize,
    codes: usize,
    escapes: usize,
    holders: usize,
    starts: usize,
    groups: usize,
}

impl ZoneLayout {
    fn new(zone: Zone, [begin, n_codes, n_escapes, n_texts]: [u64; NUMBERS]) -> Self {
        // What a damaged number leads to is beyond the file, and refused there.
        let [codes, n_codes, n_escapes, n_texts] = [begin, n_codes, n_escapes, n_texts]
            .map(|n| usize::try_from(n).unwrap_or(usize::MAX / 64));
        let escapes = codes + 2 * n_codes;
        let holders = escapes + 8 * n_escapes;
        let starts = match Holders::of(zone) {
            Holders::All => holders,
            Holders::Listed => holders + 4 * n_texts,
        };
        Self {
            zone,
            n_texts,
            n_escapes,
            codes,
            escapes,
            holders,
            starts,
            groups: starts + 4 * (n_texts + 1),
        }
    }

    /// Characters before text `ord`.
    fn start(&self, file: &CheckedFile, ord: usize) -> tantivy::Result<usize> {
        let group = file.u64_at(self.groups + 8 * (ord / GROUP))?;
        let start = group.saturating_add(u64::from(file.u32_at(self.starts + 4 * ord)?));
        usize::try_from(start).map_err(|_| file.damaged())
    }

    fn text<'a>(&self, file: &'a CheckedFile, ord: usize) -> tantivy::Result<Text<'a>> {
        let [start, end] = [self.start(file, ord)?, self.start(file, ord + 1)?]
            .map(|at| self.codes.saturating_add(at.saturating_mul(2)));
        let codes = file.get(start..end)?.as_chunks().0;
        let escapes = match self.n_escapes {
            // Few segments have any: otherwise no search is made for each text.
            0 => &[],
            _ => self.escapes(file, ord)?,
        };
        Ok(Text { codes, escapes })
    }

    fn escapes<'a>(&self, file: &'a CheckedFile, ord: usize) -> tantivy::Result<&'a [[u8; 8]]> {
        let first = |text: usize| {
            let (mut from, mut to) = (0, self.n_escapes);
            while from < to {
                let middle = from.midpoint(to);
                if (file.u32_at(self.escapes + 8 * middle)? as usize) < text {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            Ok::<_, TantivyError>(self.escapes + 8 * from)
        };
        Ok(file.get(first(ord)?..first(ord + 1)?)?.as_chunks().0)
    }
}

fn escaped(&[_, _, _, _, ref ch @ ..]: &[u8; 8]) -> u32 {
    u32::from_le_bytes(*ch)
}

impl TextColumn {
    /// Opens the column of a segment.
    ///
    /// # Errors
    /// If it is missing, or not as it was written.
    pub(crate) fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let (file, trailer) =
            CheckedFile::of_segment::<{ NUMBERS * Zone::ALL.len() }>(segment, EXTENSION)?;
        let (numbers, _) = trailer.as_chunks::<NUMBERS>();
        let zones = [0, 1, 2].map(|ord| ZoneLayout::new(Zone::ALL[ord], numbers[ord]));
        Ok(Self { file, zones })
    }

    /// The text of a record; `None` if it has none in the zone. A record that is no passage has an empty body.
    ///
    /// # Errors
    /// If the block that contains it is not as it was written.
    pub(crate) fn text(&self, zone: Zone, doc: DocId) -> tantivy::Result<Option<Text<'_>>> {
        let layout = &self.zones[zone as usize];
        let holder = |ord: usize| self.file.u32_at(layout.holders + 4 * ord);
        let ord = Holders::of(layout.zone).ordinal(doc, layout.n_texts, holder)?;
        ord.map(|ord| layout.text(&self.file, ord)).transpose()
    }

    /// The own text of a passage.
    ///
    /// # Errors
    /// As for [`TextColumn::text`].
    pub(crate) fn body(&self, doc: DocId) -> tantivy::Result<Text<'_>> {
        let text = self.text(Zone::Body, doc)?;
        text.ok_or_else(|| self.file.damaged())
    }
}

/// A text as the column stores it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    codes: &'a [[u8; 2]],
    /// Its escapes, in order.
    escapes: &'a [[u8; 8]],
}

impl<'a> Text<'a> {
    /// Its characters.
    pub(crate) fn chars(self) -> impl Iterator<Item = char> + Clone + 'a {
        let mut escapes = self.escapes.iter();
        self.codes.iter().map(move |&code| {
            let code = u16::from_le_bytes(code);
            let ch = match code {
                ESCAPE => escapes.next().map_or(0, escaped),
                _ => u32::from(code),
            };
            char::from_u32(ch).unwrap_or(char::REPLACEMENT_CHARACTER)
        })
    }

    fn bytes(self) -> &'a [u8] {
        self.codes.as_flattened()
    }
}

impl From<Text<'_>> for String {
    fn from(text: Text<'_>) -> Self {
        // Three bytes for nearly every character of Chinese text.
        let mut out = Self::with_capacity(3 * text.codes.len());
        out.extend(text.chars());
        out
    }
}
