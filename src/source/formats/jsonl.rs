//! JSON Lines: one object for each line, each a document.

use std::io::BufRead;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Number;

use super::text::readable;
use super::{Raw, Source};
use crate::source::bounded::read_line;
use crate::source::records::{Columns, Keys, Row};
use crate::source::{Damage, Damaged, Skip, Warning};

/// Maximum number of fields of an object: each costs a few allocations, and a line may have millions.
const MAX_FIELDS: usize = 10_000;

/// Reads objects from `lines`, in UTF-8 or, line by line, in a detected encoding; calls `each` once for each.
///
/// A line that is not an object, or is too long, is skipped and reported with the next document, or with the
/// last one.
///
/// # Errors
/// [`Skip::Damaged`] if there is no object at all, [`Skip::LongRecord`] if the length of a line is the
/// reason, [`Skip::Unreadable`] if reading fails.
pub(in crate::source) fn read(
    mut lines: impl BufRead,
    source: &Source<'_>,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let limit = source.options.max_record();
    let mut objects = Objects::new(source);
    let mut buffer = Vec::new();
    for number in 1.. {
        let taken = read_line(&mut lines, &mut buffer, limit)?;
        if taken == 0 {
            break;
        }
        if taken > limit {
            objects.skip_long(number, limit);
            continue;
        }
        match object(&buffer) {
            JsonLine::Blank => {}
            JsonLine::Bad => objects.bad.push(Warning::BadRecord(number)),
            JsonLine::Object(object, warnings) => {
                if let Some(raw) = objects.add(object, warnings) {
                    each(raw);
                }
            }
        }
    }
    each(objects.last()?);
    Ok(())
}

/// The documents of the lines read so far.
struct Objects<'a> {
    source: &'a Source<'a>,
    keys: Keys,
    /// Lines that were skipped since the last object.
    bad: Vec<Warning>,
    /// The first line that was too long.
    long: Option<Skip>,
    /// One document is held back, so that warnings about lines after the last one have a document.
    pending: Option<Raw>,
}

impl<'a> Objects<'a> {
    fn new(source: &'a Source<'a>) -> Self {
        Self {
            source,
            keys: Keys::default(),
            bad: Vec::new(),
            long: None,
            pending: None,
        }
    }

    /// Adds an object; returns the document before it.
    fn add(&mut self, object: Object, mut warnings: Vec<Warning>) -> Option<Raw> {
        warnings.append(&mut self.bad);
        // Columns are found again for each object, as fields may differ from line to line.
        let row = Row::new(object.into_iter().map(|(name, Words(text))| (name, text)));
        let columns = Columns::of_table(row.names(), &[row.cells()], &self.source.options.map);
        let mut raw = row.into_raw(&columns, &self.source.file_stem, &mut self.keys);
        raw.warnings.append(&mut warnings);
        self.pending.replace(raw)
    }

    /// Reports a line that is longer than `limit`.
    fn skip_long(&mut self, number: usize, limit: usize) {
        let skip = Skip::LongRecord {
            line: number as u64,
            megabytes: limit / 1_000_000,
        };
        let place = format!("{} {number}", self.source.file_stem);
        self.bad.push(Warning::SkippedInside(place, skip.clone()));
        self.long = self.long.take().or(Some(skip));
    }

    /// The last document, or the reason why there is not any.
    fn last(self) -> Result<Raw, Skip> {
        let Some(mut last) = self.pending else {
            return Err(self.long.unwrap_or_else(|| no_object(&self.bad)));
        };
        last.warnings.extend(self.bad);
        Ok(last)
    }
}

enum JsonLine {
    Blank,
    Bad,
    Object(Object, Vec<Warning>),
}

fn object(line: &[u8]) -> JsonLine {
    // Valid UTF-8 that is an object needs no further proof of being text.
    if let Ok(text) = std::str::from_utf8(line)
        && let Ok(object) = parse(text.trim())
    {
        return JsonLine::Object(object, Vec::new());
    }
    let Ok(decoded) = readable(line) else {
        return JsonLine::Bad;
    };
    let text = decoded.text.trim();
    if text.is_empty() {
        return JsonLine::Blank;
    }
    match parse(text) {
        Ok(object) => JsonLine::Object(object, super::text::damage(&decoded)),
        Err(_) => JsonLine::Bad,
    }
}

fn no_object(bad: &[Warning]) -> Skip {
    match bad.first() {
        None => Skip::Empty,
        Some(_) => Skip::Damaged {
            what: Damaged::JsonLines,
            reason: Damage::NoObject,
        },
    }
}

/// The fields of an object in the order of the text, which `serde_json`'s own map does not keep.
type Object = Vec<(String, Words)>;

fn parse(text: &str) -> serde_json::Result<Object> {
    let mut json = serde_json::Deserializer::from_str(text);
    let object = json.deserialize_map(Fields)?;
    // Text after the object makes the line invalid.
    json.end()?;
    Ok(object)
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Object;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            if fields.len() == MAX_FIELDS {
                return Err(A::Error::custom("more fields than a record has"));
            }
            fields.push(field);
        }
        Ok(fields)
    }
}

/// A value as text; of a list or an object the values, one in each line; empty for null. It is never built as
/// a tree, which takes some thirty times the memory for a list of numbers.
struct Words(String);

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let mut text = String::new();
        Append(&mut text).deserialize(value)?;
        Ok(Self(text))
    }
}

/// Appends a value to a text, on a new line unless the text is empty.
struct Append<'a>(&'a mut String);

impl Append<'_> {
    fn add(self, text: &str) {
        if !self.0.is_empty() && !text.is_empty() {
            self.0.push('\n');
        }
        self.0.push_str(text);
    }

    fn add_number(self, number: impl Into<Number>) {
        self.add(&number.into().to_string());
    }
}

impl<'de> DeserializeSeed<'de> for Append<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, value: D) -> Result<(), D::Error> {
        value.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Append<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.add(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.add_number(value);
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.add_number(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        match Number::from_f64(value) {
            Some(number) => self.add_number(number),
            None => self.add("null"),
        }
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.add(value);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element_seed(Append(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // Names of inner fields are not text of the record.
        while map.next_key::<IgnoredAny>()?.is_some() {
            map.next_value_seed(Append(self.0))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::ReadOptions;

    fn raws(text: &[u8]) -> Vec<Raw> {
        let mut raws = Vec::new();
        let options = ReadOptions::default();
        read(text, &Source::new("甲.jsonl", &options), |raw| {
            raws.push(raw)
        })
        .expect("objects");
        raws
    }

    #[test]
    fn control_characters_do_not_split_an_object() {
        let line = "{\"text\":\"甲\u{7f}\u{7f}\u{7f}\"}";
        assert!(matches!(object(line.as_bytes()), JsonLine::Object(..)));
    }

    #[test]
    fn objects_become_documents() {
        let raws = raws("\u{feff}{\"id\":7,\"title\":\"总结\",\"text\":[\"一\",\"二\"]}\n\nx\n{\"正文\":\"三\",\"日期\":\"2009\"}\r\n[]\n".as_bytes());
        assert_eq!(raws.len(), 2);
        assert_eq!(raws[0].key.as_deref(), Some("7"));
        assert_eq!(raws[0].given.title.as_deref(), Some("总结"));
        assert_eq!(raws[0].lines[1].text, "二");
        assert_eq!(raws[1].key.as_deref(), Some("2"));
        assert_eq!(raws[1].given.date.as_deref(), Some("2009"));
        assert_eq!(
            raws[1].warnings,
            [Warning::BadRecord(3), Warning::BadRecord(5)]
        );
    }

    #[test]
    fn an_object_without_text_is_read_whole() {
        let raws = raws("{\"名\":\"某镇\",\"产值\":{\"2009\":12}}".as_bytes());
        let texts: Vec<&str> = raws[0].lines.iter().map(|line| &*line.text).collect();
        assert_eq!(texts, ["名\t某镇", "产值\t12"]);
    }

    #[test]
    fn gb18030_lines() {
        let bytes = encoding_rs::GB18030
            .encode("{\"text\":\"各科室认真开展工作\"}\n")
            .0
            .into_owned();
        assert_eq!(raws(&bytes)[0].lines[0].text, "各科室认真开展工作");
    }

    #[test]
    fn a_file_without_objects() {
        let options = ReadOptions::default();
        let source = Source::new("", &options);
        let skip = read(&b"x\ny\n"[..], &source, |_| ()).expect_err("a skip");
        assert_eq!(
            skip.to_string(),
            "is a damaged file of JSON Lines: no line of it is a JSON object"
        );
    }

    #[test]
    fn values_of_every_kind_are_text() {
        let line = r#"{"甲":[1,-2,1.50,1e300,true,null,"",["x",{"y":"z"}]],"乙":null}"#;
        let raws = raws(line.as_bytes());
        let texts: Vec<&str> = raws[0].lines.iter().map(|line| &*line.text).collect();
        assert_eq!(texts, ["甲\t1", "-2", "1.5", "1e+300", "true", "x", "z"]);
    }

    #[test]
    fn a_long_line_costs_only_itself() {
        let options = ReadOptions {
            max_text: 3_000_000,
            ..ReadOptions::default()
        };
        let long = format!("{{\"text\":\"{}\"}}\n", "长".repeat(400_000));
        let text = format!("{{\"text\":\"一\"}}\n{long}{{\"text\":\"二\"}}\n");
        let mut raws = Vec::new();
        let source = Source::new("甲.jsonl", &options);
        read(text.as_bytes(), &source, |raw| raws.push(raw)).expect("objects");
        assert_eq!(raws.len(), 2);
        let reason = Skip::LongRecord {
            line: 2,
            megabytes: 1,
        };
        assert_eq!(
            raws[1].warnings,
            [Warning::SkippedInside("甲 2".to_owned(), reason)]
        );
        let skip = read(long.as_bytes(), &source, |_| ()).expect_err("a skip");
        assert!(matches!(skip, Skip::LongRecord { line: 1, .. }));
    }
}
