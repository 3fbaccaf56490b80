//! JSON Lines: one object a line, each a document.

use std::io::BufRead;

use serde::Deserializer;
use serde::de::{MapAccess, Visitor};
use serde_json::Value;

use super::Raw;
use super::text::readable;
use crate::document::Warning;
use crate::source::Skip;
use crate::source::records::{Columns, FieldMap, Keys, Row};

/// Reads objects from `lines`, in UTF-8 or, line by line, in what encoding it finds; one call of `each` for each.
///
/// A line that is no object is left out and told with the next document, or with the last one.
///
/// # Errors
/// [`Skip::Damaged`] if there is no object at all, [`Skip::Unreadable`] if reading fails.
pub(in crate::source) fn read(
    mut lines: impl BufRead,
    map: &FieldMap,
    file_stem: &str,
    mut each: impl FnMut(Raw),
) -> Result<(), Skip> {
    let mut keys = Keys::default();
    let mut bad = Vec::new();
    let mut buffer = Vec::new();
    let mut pending: Option<Raw> = None;
    for number in 1.. {
        buffer.clear();
        if lines.read_until(b'\n', &mut buffer)? == 0 {
            break;
        }
        match object(&buffer) {
            Line::Blank => {}
            Line::Bad => bad.push(Warning::BadRecord(number)),
            Line::Object(object, mut warnings) => {
                warnings.append(&mut bad);
                let row = row(object);
                let columns = Columns::find(row.names(), map);
                let mut raw = row.into_raw(&columns, file_stem, &mut keys);
                raw.warnings.append(&mut warnings);
                if let Some(raw) = pending.replace(raw) {
                    each(raw);
                }
            }
        }
    }
    let Some(mut last) = pending else {
        return Err(no_object(&bad));
    };
    last.warnings.append(&mut bad);
    each(last);
    Ok(())
}

enum Line {
    Blank,
    Bad,
    Object(Object, Vec<Warning>),
}

fn object(line: &[u8]) -> Line {
    let Ok(decoded) = readable(line) else {
        return Line::Bad;
    };
    let text = decoded.text.trim();
    if text.is_empty() {
        return Line::Blank;
    }
    match parse(text) {
        Ok(object) => Line::Object(object, super::text::damage(&decoded)),
        Err(_) => Line::Bad,
    }
}

fn no_object(bad: &[Warning]) -> Skip {
    match bad.first() {
        None => Skip::Empty,
        Some(_) => Skip::Damaged {
            what: "file of JSON Lines".into(),
            reason: "no line of it is a JSON object".to_owned(),
        },
    }
}

/// The fields of an object in the order of the text, which `serde_json`'s own map does not keep.
type Object = Vec<(String, Value)>;

fn parse(text: &str) -> serde_json::Result<Object> {
    let mut json = serde_json::Deserializer::from_str(text);
    let object = json.deserialize_map(Fields)?;
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
            fields.push(field);
        }
        Ok(fields)
    }
}

fn row(object: Object) -> Row {
    let cells = object.into_iter().map(|(name, value)| (name, words(value)));
    Row::new(cells)
}

/// A value as text; of a list or an object the values, one a line; nothing for null.
fn words(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        Value::Array(items) => join(items.into_iter()),
        Value::Object(fields) => join(fields.into_iter().map(|(_, value)| value)),
    }
}

fn join(values: impl Iterator<Item = Value>) -> String {
    let parts: Vec<String> = values.map(words).filter(|part| !part.is_empty()).collect();
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(text: &[u8]) -> Vec<Raw> {
        let mut raws = Vec::new();
        read(text, &FieldMap::default(), "甲", |raw| raws.push(raw)).expect("objects");
        raws
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
    fn no_object_at_all() {
        let skip = read(&b"x\ny\n"[..], &FieldMap::default(), "", |_| ()).expect_err("a skip");
        assert_eq!(
            skip.to_string(),
            "is a damaged file of JSON Lines: no line of it is a JSON object"
        );
    }
}
