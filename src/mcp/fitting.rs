//! Cuts an answer to the characters that it may have, and says where it goes on.
//!
//! An answer is JSON and a text; neither is over the limit. Whole entries are left out, the last first; an entry that is too long by
//! itself loses what can be looked up at its place.

use serde_json::{Map, Value, json};

use super::arguments::Arguments;
use super::call::Found;
use super::commitments;
use super::texts::Words;
use super::tool::{Tool, object};

/// An answer that fits.
#[derive(Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) json: Value,
    pub(super) text: String,
}

/// Characters of a text in an entry that is too long by itself.
const SHORTENED: usize = 400;
/// Notes of an answer, and characters of each.
const MOST_NOTES: usize = 4;
const NOTE: usize = 300;

/// The answer to a call, of what was found.
pub(super) fn fitted(
    tool: &Tool,
    given: &Arguments,
    found: Found,
    (name, fingerprint): (&str, &str),
    words: &Words,
) -> Answer {
    let mut whole = object(found.whole);
    let all = match whole.remove(tool.entries) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    };
    commitments::shorten(&mut whole);
    let notes: Vec<String> = found
        .notes
        .iter()
        .take(MOST_NOTES)
        .map(|note| shortened(note, NOTE))
        .collect();
    whole.insert(
        "index".to_owned(),
        json!({"name": name, "fingerprint": fingerprint}),
    );
    if !notes.is_empty() {
        whole.insert("notes".to_owned(), json!(notes));
    }
    let offset = given.offset - found.n_skipped;
    let n_more = all.len().saturating_sub(offset + given.limit);
    let mut wanted: Vec<Value> = all.into_iter().skip(offset).take(given.limit).collect();
    for entry in &mut wanted {
        // An assistant sees it in the two wordings, and it is as long as both of them together.
        without(entry, &["diff"]);
    }
    let (whole, is_cut) = shared(whole, given.max_chars);
    let mut parts = Parts::new(tool, whole, notes, words);
    parts.is_shortened = is_cut;
    parts.is_past_end = given.offset > 0;
    let n_wanted = wanted.len();
    for (ord, entry) in wanted.into_iter().enumerate() {
        // What follows is left out, so that the next call goes on where this answer ends.
        if !parts.push(entry, given.offset + ord, given.max_chars) {
            break;
        }
    }
    let n_kept = parts.kept.len();
    let is_cut = n_kept < n_wanted || parts.is_shortened;
    let next = (n_kept < n_wanted || n_more > 0).then_some(given.offset + n_kept.max(1));
    parts.answer(is_cut || n_more > 0, next)
}

/// An answer while entries are added.
struct Parts<'a> {
    tool: &'a Tool,
    words: &'a Words,
    whole: Map<String, Value>,
    notes: Vec<String>,
    kept: Vec<Value>,
    /// The text so far, its end apart.
    text: String,
    /// Characters of the JSON so far, and of the text.
    n_json: usize,
    n_text: usize,
    is_shortened: bool,
    /// Whether it begins after the last entry.
    is_past_end: bool,
}

impl<'a> Parts<'a> {
    fn new(
        tool: &'a Tool,
        whole: Map<String, Value>,
        notes: Vec<String>,
        words: &'a Words,
    ) -> Self {
        let mut text = (tool.text.head)(&whole, words);
        for note in &notes {
            text.push('\n');
            text.push_str(note);
        }
        // The longest of the fields and the line that come last.
        let end = words.next(tool.name, usize::MAX);
        let n_json = size(&Value::Object(whole.clone())) + 80 + tool.entries.len();
        let n_text = text.chars().count() + end.chars().count() + 2;
        Self {
            tool,
            words,
            whole,
            notes,
            kept: Vec::new(),
            text,
            n_json,
            n_text,
            is_shortened: false,
            is_past_end: false,
        }
    }

    /// Adds an entry if it fits; the first is shortened until it does.
    fn push(&mut self, entry: Value, ord: usize, most: usize) -> bool {
        let mut entry = entry;
        let mut steps = SHORTENINGS.iter();
        loop {
            let text = (self.tool.text.entry)(&entry, ord + 1, self.words);
            let n_json = self.n_json + size(&entry) + 1;
            let n_text = self.n_text + text.chars().count() + 2;
            if n_json <= most && n_text <= most {
                self.n_json = n_json;
                self.n_text = n_text;
                self.text.push_str(self.tool.text.between);
                self.text.push_str(&text);
                self.kept.push(entry);
                return true;
            }
            // One that would fit alone comes first in the next answer.
            if !self.kept.is_empty() {
                return false;
            }
            let Some(step) = steps.next() else {
                return false;
            };
            step(&mut entry);
            self.is_shortened = true;
        }
    }

    fn answer(mut self, is_cut: bool, next: Option<usize>) -> Answer {
        let n_kept = self.kept.len();
        self.whole
            .insert(self.tool.entries.to_owned(), Value::Array(self.kept));
        self.whole.insert("truncated".to_owned(), is_cut.into());
        let next_arguments = next.map(|offset| json!({"offset": offset}));
        self.whole
            .insert("next".to_owned(), next_arguments.unwrap_or(Value::Null));
        if n_kept == 0 && self.notes.is_empty() {
            self.text.push('\n');
            let empty = match self.is_past_end {
                true => "mcp-past-end",
                false => self.tool.text.empty,
            };
            self.text.push_str(self.words.lang.text(empty));
        }
        if let Some(offset) = next {
            self.text.push_str("\n\n");
            self.text.push_str(&self.words.next(self.tool.name, offset));
        } else if is_cut {
            self.text.push_str("\n\n");
            self.text.push_str(self.words.shortened());
        }
        Answer {
            json: Value::Object(self.whole),
            text: self.text,
        }
    }
}

/// The fields beside the entries, in a third of the answer, and whether they were cut: the query may be a long text, and a draft has
/// documents of its own.
fn shared(whole: Map<String, Value>, most: usize) -> (Map<String, Value>, bool) {
    let mut whole = Value::Object(whole);
    let mut is_cut = false;
    for n_kept in [20, 10, 5, 2, 0] {
        if size(&whole) > most / 3 {
            let before = whole.clone();
            at_most(&mut whole, n_kept);
            each_text(&mut whole, &mut |text| *text = shortened(text, most / 20));
            is_cut |= whole != before;
        }
    }
    (object(whole), is_cut)
}

/// Characters of JSON.
fn size(value: &Value) -> usize {
    value.to_string().chars().count()
}

/// Steps by which an entry that is too long by itself gets shorter, one after the other.
const SHORTENINGS: [fn(&mut Value); 4] = [
    |entry| without(entry, &["before", "after", "copy_sources", "highlights"]),
    |entry| at_most(entry, 2),
    |entry| at_most(entry, 1),
    |entry| each_text(entry, &mut |text| *text = shortened(text, SHORTENED)),
];

/// Removes fields at any depth.
fn without(value: &mut Value, names: &[&str]) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !names.contains(&&**name));
            fields.values_mut().for_each(|value| without(value, names));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| without(value, names)),
        _ => {}
    }
}

/// Shortens lists of objects at any depth; a section path is one thing.
fn at_most(value: &mut Value, most: usize) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                // Numbers and texts in a list belong together.
                if let Value::Array(values) = value
                    && name != "section"
                    && values.iter().all(Value::is_object)
                {
                    values.truncate(most);
                }
                at_most(value, most);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| at_most(value, most)),
        _ => {}
    }
}

fn each_text(value: &mut Value, change: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Object(fields) => {
            for (name, value) in fields {
                // An address that is cut leads nowhere.
                if name != "place" && name != "id" {
                    each_text(value, change);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| each_text(value, change)),
        _ => {}
    }
}

/// At most so many characters of a text.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cli::messages::Lang;
    use crate::mcp::tools::named;
    use crate::web::Parameters;

    fn arguments(offset: usize, limit: usize, max_chars: usize) -> Arguments {
        Arguments {
            parameters: Parameters::default(),
            limit,
            offset,
            max_chars,
            index: None,
        }
    }

    fn passage(line: usize, n_chars: usize) -> Value {
        json!({
            "place": format!("渠.txt:{line}"),
            "line": line,
            "part": "body",
            "section": [{"level": 1, "label": "一、", "title": "水渠"}],
            "text": "渠".repeat(n_chars),
        })
    }

    fn answer(entries: &[Value], arguments: &Arguments) -> Answer {
        let tool = named("read").expect("a tool");
        let found = Found {
            whole: json!({
                "document": {"id": "渠.txt", "title": "水渠总结", "date": null},
                "passages": entries,
                "boilerplate": [],
            }),
            notes: Vec::new(),
            n_skipped: 0,
        };
        fitted(
            tool,
            arguments,
            found,
            ("甲", "0"),
            &Words { lang: Lang::Zh },
        )
    }

    proptest! {
        /// No answer is over its limit, and one after the other they have every entry, in order.
        #[test]
        fn answers_fit_and_go_on(
            lengths in prop::collection::vec(0usize..3_000, 0..30),
            max_chars in 1_000usize..4_000,
            limit in 1usize..9,
        ) {
            let entries: Vec<Value> =
                lengths.iter().enumerate().map(|(line, &n)| passage(line, n)).collect();
            let mut lines = Vec::new();
            let mut offset = 0;
            loop {
                let answer = answer(&entries, &arguments(offset, limit, max_chars));
                prop_assert!(size(&answer.json) <= max_chars);
                prop_assert!(answer.text.chars().count() <= max_chars);
                let kept = answer.json["passages"].as_array().expect("a list");
                lines.extend(kept.iter().map(|one| one["line"].as_u64().expect("a line")));
                match answer.json["next"]["offset"].as_u64() {
                    Some(next) => {
                        prop_assert!(answer.json["truncated"] == true);
                        let said = format!("offset={next}");
                        prop_assert!(answer.text.contains(&said));
                        offset = next as usize;
                    }
                    None => break,
                }
            }
            prop_assert_eq!(lines, (0..entries.len() as u64).collect::<Vec<u64>>());
        }
    }

    #[test]
    fn an_entry_that_is_too_long_by_itself_keeps_its_place() {
        let answer = answer(&[passage(7, 5_000)], &arguments(0, 5, 1_000));
        let kept = &answer.json["passages"][0];
        assert_eq!(kept["place"], "渠.txt:7");
        assert_eq!(
            kept["text"].as_str().map(|text| text.chars().count()),
            Some(SHORTENED + 1)
        );
        assert_eq!(answer.json["truncated"], true);
        assert_eq!(answer.json["next"], Value::Null);
        assert!(answer.text.contains(Words { lang: Lang::Zh }.shortened()));
    }

    #[test]
    fn nothing_found_says_what_to_try() {
        let answer = answer(&[], &arguments(0, 5, 1_000));
        assert!(answer.text.contains(Lang::Zh.text("mcp-nothing")));
        assert_eq!(answer.json["truncated"], false);
    }

    #[test]
    fn a_long_query_leaves_room_for_what_it_finds() {
        let tool = named("search").expect("a tool");
        let hit = json!({"document": {"title": "水渠", "date": "2010"}, "section": [], "place": "渠.txt:1",
            "passage": {"text": "修水渠", "highlights": [[1, 3]]}, "before": [], "after": [], "copies": 0});
        let found = Found {
            whole: json!({"query": "渠".repeat(4_000), "total": {}, "hits": [hit]}),
            notes: vec!["没有这个机关".repeat(500)],
            n_skipped: 0,
        };
        let words = Words { lang: Lang::Zh };
        let answer = fitted(tool, &arguments(0, 5, 1_000), found, ("甲", "0"), &words);
        assert!(size(&answer.json) <= 1_000 && answer.text.chars().count() <= 1_000);
        assert_eq!(answer.json["hits"].as_array().map(Vec::len), Some(1));
        assert!(answer.text.contains("**水渠**"));
    }
}
