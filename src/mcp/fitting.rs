//! Cuts an answer to the characters that it may have, and says where it goes on.
//!
//! An answer is JSON and a text; neither is over the limit. Whole entries are left out, the last first; an entry that is too long by
//! itself loses what can be looked up at its place.

use serde_json::{Map, Value, json};
use xunzhang::index::Index;

use super::arguments::Given;
use super::asked::Found;
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
    given: &Given,
    found: Found,
    (name, index): (&str, &Index),
    words: &Words,
) -> Answer {
    let mut whole = object(found.whole);
    let all = match whole.remove(tool.entries) {
        Some(Value::Array(entries)) => entries,
        _ => Vec::new(),
    };
    let notes: Vec<String> = found
        .notes
        .iter()
        .take(MOST_NOTES)
        .map(|note| shortened(note, NOTE))
        .collect();
    whole.insert(
        "index".to_owned(),
        json!({"name": name, "fingerprint": index.manifest().fingerprint}),
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
    let whole = shared(whole, given.max_chars);
    let mut parts = Parts::new(tool, whole, notes, words);
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
            self.text.push_str(self.words.nothing());
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

/// The fields beside the entries, in a third of the answer: the query may be a long text, and a draft has documents of its own.
fn shared(whole: Map<String, Value>, most: usize) -> Map<String, Value> {
    let mut whole = Value::Object(whole);
    for n_kept in [3, 1, 0] {
        if size(&whole) > most / 3 {
            at_most(&mut whole, n_kept);
            each_text(&mut whole, &mut |text| *text = shortened(text, most / 20));
        }
    }
    object(whole)
}

/// Characters of JSON.
fn size(value: &Value) -> usize {
    value.to_string().chars().count()
}

/// What an entry loses that is too long by itself, one after the other.
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
                if let Value::Array(values) = value
                    && name != "section"
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
