//! Fields of the index, declared once.
//!
//! Kinds of record share the index, told apart by `type`: a **file** (what was read, and when), a **document** (one
//! report), a **passage** (one paragraph), and a **run** (what the last update skipped). All go in and out in one commit.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, Schema, SchemaBuilder,
    TextFieldIndexing, TextOptions,
};

use super::analyzer::WORDS;
use super::zone::Zone;

/// Columns of a file record: how many documents and passages it gave, how many characters were read, and how many of them
/// are in passages and in boilerplate.
pub(super) const COUNTS: [&str; 5] = [
    "documents",
    "passages",
    "characters_read",
    "characters",
    "characters_boilerplate",
];

/// Value of `type` for a file.
pub(crate) const TYPE_FILE: &str = "file";
/// Value of `type` for what the last update skipped.
pub(crate) const TYPE_RUN: &str = "run";
/// Value of `type` for a document.
pub(crate) const TYPE_DOCUMENT: &str = "document";
/// Value of `type` for a passage.
pub(crate) const TYPE_PASSAGE: &str = "passage";

/// Value of `ocr` for what character recognition has read.
pub(crate) const RECOGNIZED: &str = "ocr";

/// Name of the column of what is listed of a document.
pub(crate) const LISTING: &str = "listing";

const HEADINGS_PLACE: &str = "headings_place";
const TITLE_PLACE: &str = "title_place";

/// Handles of all fields.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// What kind of record it is.
    pub record_type: Field,
    /// Key of a file record: the file's absolute path.
    pub manifest: Field,
    /// The file that a document or passage came from; deleting by it removes all that the file gave.
    pub file: Field,
    /// Size of a file in bytes.
    pub size: Field,
    /// Time of a file's last change, nanoseconds since 1970.
    pub mtime: Field,
    /// Hash of a file's content.
    pub hash: Field,
    /// Id of the file's first document without record key: the path shown to users.
    pub file_id: Field,
    /// What a file gave, in the order of `COUNTS`.
    pub counts: [Field; COUNTS.len()],
    /// Id of a document record.
    pub id: Field,
    /// What is listed of a document, as JSON; a column, so that a listing need not unpack the stored passages.
    pub listing: Field,
    /// Id of the document that contains a passage.
    pub document: Field,
    /// Number of a passage in its document.
    pub number: Field,
    /// Number of a passage's first line; a column, so that places need not unpack the stored passages.
    pub line: Field,
    /// Words of the text.
    pub words: Field,
    /// The section path above a passage.
    pub headings: InheritedField,
    /// The document's title above a passage.
    pub title: InheritedField,
    /// Names of the inherited fields that a passage is the anchor of, see [`InheritedField`].
    pub opens: Field,
    /// Year of the document.
    pub year: Field,
    /// Date of the document as `yyyymmdd`, unknown parts 0.
    pub date: Field,
    /// 文种 of the document.
    pub kind: Field,
    /// Who issued the document.
    pub issuer: Field,
    /// Collection of the file, document or passage.
    pub collection: Field,
    /// Role of the passage's section.
    pub role: Field,
    /// Part that the passage is: title, heading, body.
    pub part: Field,
    /// Hash of the passage's units: copies share it.
    pub shape: Field,
    /// Similarity hash of the passage's text: near-copies have similar ones.
    pub likeness: Field,
    /// Marks passages of documents that character recognition has read.
    pub ocr: Field,
    /// Number of the last passage of the section that a bare heading opens.
    pub section_end: Field,
    /// Number of original characters of a passage.
    pub chars: Field,
    /// The record as JSON: everything else that is shown of a document or a passage.
    pub record: Field,
}

/// A title or heading that consecutive passages inherit. It is indexed on the first passage of the run, its anchor.
///
/// Runs follow one another and never nest, and the passages of a document are one group of records in
/// order: a passage at offset n of its run is n records after the anchor.
#[derive(Clone, Copy, Debug)]
pub struct InheritedField {
    /// What `opens` calls it.
    pub name: &'static str,
    /// Its words.
    pub words: Field,
    /// Where its text and its pairs of units are.
    pub(crate) zone: Zone,
    /// Offset of a passage in its run, from 0; missing for a passage that inherits no such text.
    pub place: Field,
    /// Name of the column of offsets.
    pub run_offset_name: &'static str,
}

impl Fields {
    /// Declares the schema.
    pub fn schema() -> (Schema, Self) {
        let mut schema = Schema::builder();
        let fields = Self {
            record_type: schema.add_text_field("type", keyword()),
            manifest: schema.add_text_field("manifest", keyword().set_fast("raw")),
            file: schema.add_text_field("file", keyword()),
            size: schema.add_u64_field("size", FAST),
            mtime: schema.add_i64_field("mtime", FAST),
            hash: schema.add_text_field("hash", keyword_column()),
            file_id: schema.add_text_field("file_id", keyword_column()),
            counts: COUNTS.map(|name| schema.add_u64_field(name, FAST)),
            id: schema.add_text_field("id", keyword()),
            listing: schema.add_text_field(LISTING, keyword_column()),
            document: schema.add_text_field("document", keyword().set_fast("raw")),
            number: schema.add_u64_field("number", FAST),
            line: schema.add_u64_field("line", FAST),
            words: words(&mut schema, "words"),
            headings: InheritedField {
                name: "headings",
                words: words(&mut schema, "heading_words"),
                zone: Zone::Headings,
                place: schema.add_u64_field(HEADINGS_PLACE, FAST),
                run_offset_name: HEADINGS_PLACE,
            },
            title: InheritedField {
                name: "title",
                words: words(&mut schema, "title_words"),
                zone: Zone::Title,
                place: schema.add_u64_field(TITLE_PLACE, FAST),
                run_offset_name: TITLE_PLACE,
            },
            opens: schema.add_text_field("opens", keyword()),
            year: schema.add_u64_field("year", searched().set_fast()),
            date: schema.add_u64_field("date", FAST),
            kind: schema.add_text_field("kind", keyword().set_fast("raw")),
            issuer: schema.add_text_field("issuer", keyword().set_fast("raw")),
            collection: schema.add_text_field("collection", keyword().set_fast("raw")),
            role: schema.add_text_field("role", keyword().set_fast("raw")),
            part: schema.add_text_field("part", keyword().set_fast("raw")),
            // Hashes that copies are found by. They are read for all that match, hence columns, which are unpacked in blocks.
            shape: schema.add_u64_field("shape", FAST),
            likeness: schema.add_u64_field("likeness", FAST),
            ocr: schema.add_text_field("ocr", keyword()),
            section_end: schema.add_u64_field("section_end", FAST),
            chars: schema.add_u64_field("chars", FAST),
            record: schema.add_text_field("record", STORED),
        };
        (schema.build(), fields)
    }
}

/// A string that is searched whole and never scored: it needs no length.
fn keyword() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}

/// A number that is searched and never scored.
fn searched() -> NumericOptions {
    NumericOptions::default().set_indexed()
}

/// A column of strings that is not searched.
fn keyword_column() -> TextOptions {
    TextOptions::default().set_fast("raw")
}

fn words(schema: &mut SchemaBuilder, name: &str) -> Field {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_index_option(IndexRecordOption::WithFreqs)
        .set_fieldnorms(true);
    schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
}
