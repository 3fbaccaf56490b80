//! A tool: its name, its parameters, the command that answers it.

use serde_json::{Map, Value, json};

use super::texts::Text;
use crate::cli::messages::Lang;

/// Characters of an answer: what it has by default, the most and the least that can be requested.
///
/// Clients refuse answers of 25,000 tokens, and an assistant reads better what is short.
pub(super) const MAX_CHARS: Range = Range {
    least: 1_000,
    default: 6_000,
    most: 16_000,
};

/// A whole number that may be left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) least: u64,
    pub(super) default: u64,
    pub(super) most: u64,
}

/// The work that answers a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    /// The question with this path; whether it skips what came before by itself.
    Question { path: &'static str, skips: bool },
    /// Counts of several queries, with their years.
    Count,
    /// A draft, sentence by sentence.
    Check,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    /// One text or several.
    Texts,
    Whole(Range),
    /// A number from 0 to 1.
    Share,
    OneOf(&'static [&'static str]),
}

/// A parameter of a tool.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The parameter of the question that it is.
    pub(super) of_question: &'static str,
    pub(super) is_required: bool,
    /// The key of its description; a name that says all has none.
    pub(super) about: Option<&'static str>,
}

/// A tool.
#[derive(Debug)]
pub(super) struct Tool {
    pub(super) name: &'static str,
    /// The key of its description.
    pub(super) about: &'static str,
    pub(super) work: Work,
    pub(super) parameters: &'static [&'static [Parameter]],
    /// Number of entries of an answer.
    pub(super) limit: Range,
    /// The list of the answer that is cut to what fits.
    pub(super) entries: &'static str,
    /// Flags of the command that are always given.
    pub(super) given: &'static [&'static str],
    pub(super) text: Text,
}

impl Parameter {
    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            of_question: name,
            is_required: false,
            about: None,
        }
    }

    pub(super) const fn main(name: &'static str, kind: Kind) -> Self {
        Self {
            of_question: "q",
            ..Self::required(name, kind)
        }
    }

    pub(super) const fn required(name: &'static str, kind: Kind) -> Self {
        Self {
            is_required: true,
            ..Self::new(name, kind)
        }
    }

    pub(super) const fn about(self, about: &'static str) -> Self {
        Self {
            about: Some(about),
            ..self
        }
    }

    pub(super) const fn as_question(self, of_question: &'static str) -> Self {
        Self {
            of_question,
            ..self
        }
    }

    fn schema(&self, lang: Lang) -> Value {
        let mut schema = match self.kind {
            Kind::Text => json!({"type": "string"}),
            Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Whole(range) => range.schema(),
            Kind::Share => json!({"type": "number", "maximum": 1}),
            Kind::OneOf(values) => json!({"enum": values}),
        };
        if let (Some(about), Some(fields)) = (self.about, schema.as_object_mut()) {
            fields.insert("description".to_owned(), lang.text(about).into());
        }
        schema
    }
}

impl Range {
    fn schema(self) -> Value {
        // Without what says little: each assistant reads all schemas before it begins.
        json!({"type": "integer", "maximum": self.most, "default": self.default})
    }
}

impl Tool {
    /// Its own parameters.
    pub(super) fn own(&self) -> impl Iterator<Item = &'static Parameter> {
        self.parameters.iter().flat_map(|some| some.iter())
    }

    /// JSON Schema 2020-12 of its arguments. `indexes` are the names to choose from; one is not named.
    pub(super) fn input_schema(&self, indexes: &[&str], lang: Lang) -> Map<String, Value> {
        let mut properties = Map::new();
        for parameter in self.own() {
            properties.insert(parameter.name.to_owned(), parameter.schema(lang));
        }
        properties.insert("limit".to_owned(), self.limit.schema());
        properties.insert("offset".to_owned(), json!({"type": "integer"}));
        properties.insert("max_chars".to_owned(), MAX_CHARS.schema());
        if indexes.len() > 1 {
            properties.insert("index".to_owned(), json!({"enum": indexes}));
        }
        let required: Vec<&str> = self
            .own()
            .filter(|parameter| parameter.is_required)
            .map(|parameter| parameter.name)
            .collect();
        let schema = json!({
            "type": "object",
            "properties": properties,
            "required": required,
        });
        object(schema)
    }

    /// JSON Schema 2020-12 of the structured answer.
    pub(super) fn output_schema(&self) -> Map<String, Value> {
        let schema = json!({
            "type": "object",
            "properties": {
                self.entries: {"type": "array"},
                "truncated": {"type": "boolean"},
                "next": {"type": ["object", "null"]},
            },
            "required": [self.entries, "truncated", "next"],
        });
        object(schema)
    }
}

/// The fields of an object.
pub(super) fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
