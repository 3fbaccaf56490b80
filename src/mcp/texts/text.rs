//! Parts that all texts share.

use serde_json::{Map, Value};

use crate::cli::messages::{Lang, say};

/// The text of a tool's answers.
#[derive(Clone, Copy, Debug)]
pub(in crate::mcp) struct Text {
    /// The lines above the entries, made of the fields beside them.
    pub(in crate::mcp) head: fn(&Map<String, Value>, &Words) -> String,
    /// An entry, with its 1-based ordinal.
    pub(in crate::mcp) entry: fn(&Value, usize, &Words) -> String,
    /// The separator before each entry.
    pub(in crate::mcp) between: &'static str,
    /// The key of the sentence where there are no entries.
    pub(in crate::mcp) empty: &'static str,
}

/// The language of texts.
#[derive(Clone, Copy, Debug)]
pub(in crate::mcp) struct Words {
    pub(in crate::mcp) lang: Lang,
}

impl Words {
    /// The call that gets what comes after this answer.
    pub(in crate::mcp) fn next(&self, tool: &str, offset: usize) -> String {
        say!(self.lang, "mcp-next", tool, offset)
    }

    /// The sentence of an answer that was shortened.
    pub(in crate::mcp) fn shortened(&self) -> &'static str {
        self.lang.text("mcp-shortened")
    }

    /// A document: title, date, issuer, kind.
    pub(super) fn document(&self, document: &Value) -> String {
        let undated = self.lang.text("mcp-undated");
        let date = document["date"].as_str().unwrap_or(undated);
        let mut about = vec![date];
        about.extend(
            ["issuer", "kind"]
                .iter()
                .filter_map(|name| document[name].as_str()),
        );
        let about = crate::cli::messages::listed(&about, self.lang);
        say!(
            self.lang,
            "mcp-document",
            title = field(document, "title"),
            about
        )
    }
}

/// A field that is a text; empty without one.
pub(super) fn field<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// A field that is a whole number.
pub(super) fn number(value: &Value, name: &str) -> u64 {
    value[name].as_u64().unwrap_or_default()
}

/// A field that is a list.
pub(super) fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// A text beside the entries; empty without one.
pub(super) fn text_beside<'a>(whole: &'a Map<String, Value>, name: &str) -> &'a str {
    whole.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// A whole number beside the entries.
pub(super) fn number_beside(whole: &Map<String, Value>, name: &str) -> u64 {
    whole.get(name).and_then(Value::as_u64).unwrap_or_default()
}

/// A document with the headings above one of its places, and the place.
pub(super) fn cited(source: &Value, words: &Words) -> String {
    let place = say!(words.lang, "mcp-place", place = field(source, "place"));
    let parts = [
        words.document(&source["document"]),
        path(&source["section"]),
        place,
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    said.join(" ")
}

/// The headings from the top to the passage.
pub(super) fn path(section: &Value) -> String {
    let all = section.as_array().map(Vec::as_slice).unwrap_or_default();
    let steps: Vec<String> = all
        .iter()
        .map(|one| format!("{}{}", field(one, "label"), field(one, "title")))
        .collect();
    steps.join(" › ")
}

/// A text with its highlights between `**`; both ends trimmed.
pub(super) fn marked(text: &str, highlights: &[Value]) -> String {
    let mut out = String::with_capacity(text.len() + 8 * highlights.len());
    let ends: Vec<(usize, usize)> = highlights.iter().filter_map(range).collect();
    for (at, ch) in text.chars().enumerate() {
        if ends.iter().any(|&(start, _)| start == at) {
            out.push_str("**");
        }
        out.push(ch);
        if ends.iter().any(|&(_, end)| end == at + 1) {
            out.push_str("**");
        }
    }
    out.trim().to_owned()
}

fn range(of: &Value) -> Option<(usize, usize)> {
    let at = |ord: usize| usize::try_from(of.get(ord)?.as_u64()?).ok();
    Some((at(0)?, at(1)?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_matches_is_between_marks() {
        let highlights = [json!([2, 4]), json!([4, 5])];
        assert_eq!(marked("　新修水渠。", &highlights), "新**修水****渠**。");
        assert_eq!(marked("水渠", &[json!([1]), json!("x")]), "水渠");
    }

    #[test]
    fn a_document_is_named_with_its_date() {
        let words = Words { lang: Lang::Zh };
        let known =
            json!({"title": "水渠总结", "date": "2010-06", "issuer": "青柳县", "kind": null});
        assert_eq!(words.document(&known), "水渠总结（2010-06、青柳县）");
        let unknown = json!({"title": "水渠", "date": null});
        assert_eq!(words.document(&unknown), "水渠（无日期）");
    }
}
