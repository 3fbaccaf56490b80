//! The arguments of a call, read by the parameters of its tool.

use serde_json::{Map, Value};

use super::tool::{Kind, MAX_CHARS, Parameter, Range, Tool};
use crate::cli::messages::{Lang, listed, say};
use crate::web::Parameters;

/// A call's arguments.
#[derive(Debug)]
pub(super) struct Arguments {
    /// The parameters of the question.
    pub(super) parameters: Parameters,
    pub(super) limit: usize,
    pub(super) offset: usize,
    /// Characters that the answer may have.
    pub(super) max_chars: usize,
    /// The index that the call is about; the first where none is named.
    pub(super) index: Option<String>,
}

/// An argument that the tool does not take, and the reason.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("{name}")]
pub(super) struct BadArgument {
    name: String,
    fault: Fault,
}

#[derive(Debug, PartialEq)]
enum Fault {
    /// The tool has no such parameter, but these.
    Unknown(Vec<&'static str>),
    Missing,
    NotText,
    NotTexts,
    NotWhole {
        least: u64,
        most: u64,
    },
    NotShare,
    NotOneOf(Vec<String>),
}

impl BadArgument {
    pub(super) fn sentence(&self, lang: Lang) -> String {
        let name = &self.name;
        match &self.fault {
            Fault::Unknown(known) => {
                say!(lang, "mcp-bad-unknown", name, known = listed(known, lang))
            }
            Fault::Missing => say!(lang, "mcp-bad-missing", name),
            Fault::NotText => say!(lang, "mcp-bad-text", name),
            Fault::NotTexts => say!(lang, "mcp-bad-texts", name),
            Fault::NotWhole { least, most } => say!(lang, "mcp-bad-whole", name, least, most),
            Fault::NotShare => say!(lang, "mcp-bad-share", name),
            Fault::NotOneOf(values) => {
                say!(lang, "mcp-bad-choice", name, values = listed(values, lang))
            }
        }
    }
}

/// Reads the arguments of a call.
///
/// # Errors
/// The first that the tool does not take.
pub(super) fn read(
    tool: &Tool,
    arguments: &Map<String, Value>,
    indexes: &[&str],
) -> Result<Arguments, BadArgument> {
    refuse_unknown(tool, arguments, indexes)?;
    let mut pairs = Vec::new();
    for parameter in tool.own() {
        // Some clients send null for what is left out.
        let given = arguments
            .get(parameter.name)
            .filter(|value| !value.is_null());
        let values = match given {
            Some(value) => values(parameter, value)?,
            None => Vec::new(),
        };
        if parameter.is_required && values.iter().all(|value| value.trim().is_empty()) {
            return Err(bad(parameter.name, Fault::Missing));
        }
        let to = parameter.of_question.to_owned();
        pairs.extend(values.into_iter().map(|value| (to.clone(), value)));
    }
    let index = match arguments.get("index") {
        Some(Value::String(name)) if indexes.contains(&&**name) => Some(name.clone()),
        Some(Value::Null) | None => None,
        Some(_) => {
            let names = indexes.iter().map(|name| (*name).to_owned()).collect();
            return Err(bad("index", Fault::NotOneOf(names)));
        }
    };
    let from_start = Range {
        least: 0,
        default: 0,
        most: u64::from(u32::MAX),
    };
    Ok(Arguments {
        parameters: Parameters::of_pairs(pairs),
        limit: whole("limit", arguments, tool.limit)?,
        offset: whole("offset", arguments, from_start)?,
        max_chars: whole("max_chars", arguments, MAX_CHARS)?,
        index,
    })
}

fn refuse_unknown(
    tool: &Tool,
    arguments: &Map<String, Value>,
    indexes: &[&str],
) -> Result<(), BadArgument> {
    let mut known: Vec<&'static str> = tool.own().map(|parameter| parameter.name).collect();
    known.extend(["limit", "offset", "max_chars"]);
    if indexes.len() > 1 {
        known.push("index");
    }
    match arguments.keys().find(|name| !known.contains(&&***name)) {
        Some(name) => Err(bad(name, Fault::Unknown(known))),
        None => Ok(()),
    }
}

fn bad(name: &str, fault: Fault) -> BadArgument {
    BadArgument {
        // It comes from a client and is repeated in the answer.
        name: name.chars().take(80).collect(),
        fault,
    }
}

/// The values of an argument, as the command line would have them.
fn values(parameter: &Parameter, value: &Value) -> Result<Vec<String>, BadArgument> {
    let fault = match (parameter.kind, value) {
        (Kind::Text | Kind::Texts, Value::String(text)) => return Ok(vec![text.clone()]),
        // A year is often sent as a number.
        (Kind::Text, Value::Number(number)) if parameter.name == "year" => {
            return Ok(vec![number.to_string()]);
        }
        (Kind::Texts, Value::Array(texts)) => {
            let all = texts.iter().map(|text| text.as_str().map(str::to_owned));
            match all.collect() {
                Some(texts) => return Ok(texts),
                None => Fault::NotTexts,
            }
        }
        (Kind::Whole(range), value) => match whole_of(value, range) {
            Some(number) => return Ok(vec![number.to_string()]),
            None => Fault::NotWhole {
                least: range.least,
                most: range.most,
            },
        },
        (Kind::Share, value) => match share_of(value) {
            Some(share) => return Ok(vec![share.to_string()]),
            None => Fault::NotShare,
        },
        (Kind::OneOf(known), Value::String(text)) if known.contains(&&**text) => {
            return Ok(vec![text.clone()]);
        }
        (Kind::OneOf(known), _) => {
            Fault::NotOneOf(known.iter().map(|value| (*value).to_owned()).collect())
        }
        (Kind::Text, _) => Fault::NotText,
        (Kind::Texts, _) => Fault::NotTexts,
    };
    Err(bad(parameter.name, fault))
}

fn whole(name: &str, arguments: &Map<String, Value>, range: Range) -> Result<usize, BadArgument> {
    let given = arguments.get(name).filter(|value| !value.is_null());
    let number = match given {
        None => Some(range.default),
        Some(value) => whole_of(value, range),
    };
    let fault = Fault::NotWhole {
        least: range.least,
        most: range.most,
    };
    let number = number.ok_or_else(|| bad(name, fault))?;
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

fn share_of(value: &Value) -> Option<f64> {
    let share = match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_f64(),
    };
    share.filter(|share| (0.0..=1.0).contains(share))
}

/// Assistants often write numbers as texts, and whole ones with `.0`.
fn whole_of(value: &Value, range: Range) -> Option<u64> {
    let number = match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let number = number.as_f64().filter(|number| number.fract() == 0.0)?;
            // Greater numbers have no fractions (IEEE 754, 53 bits).
            (0.0..=9e15).contains(&number).then_some(number as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| (range.least..=range.most).contains(number))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mcp::tool::object;
    use crate::mcp::tools::{TOOLS, named};

    fn read_search(arguments: Value) -> Result<Arguments, BadArgument> {
        let tool = named("search").expect("a tool");
        read(tool, &object(arguments), &["甲", "乙"])
    }

    #[test]
    fn arguments_are_those_of_the_question() {
        let given = read_search(json!({
            "query": "水渠", "year": 2010, "limit": "7", "context": 1.0, "offset": null, "index": "乙"
        }));
        let given = given.expect("all well");
        let pairs: Vec<(&str, &str)> = given.parameters.iter().collect();
        assert_eq!(pairs, [("q", "水渠"), ("context", "1"), ("year", "2010")]);
        assert_eq!((given.limit, given.offset, given.max_chars), (7, 0, 6_000));
        assert_eq!(given.index.as_deref(), Some("乙"));
    }

    #[test]
    fn what_a_tool_does_not_take_is_told() {
        for (arguments, name) in [
            (json!({}), "query"),
            (json!({"query": " "}), "query"),
            (json!({"query": 7}), "query"),
            (json!({"query": ["水渠"]}), "query"),
            (json!({"query": "水渠", "limit": 21}), "limit"),
            (json!({"query": "水渠", "limit": -1}), "limit"),
            (json!({"query": "水渠", "limit": 1.5}), "limit"),
            (json!({"query": "水渠", "max_chars": 999}), "max_chars"),
            (json!({"query": "水渠", "sort": "random"}), "sort"),
            (json!({"query": "水渠", "index": "丙"}), "index"),
            (json!({"query": "水渠", "index": 3}), "index"),
            (json!({"query": "水渠", "output": "/etc/passwd"}), "output"),
        ] {
            let error = read_search(arguments.clone()).expect_err("refused");
            assert_eq!(error.name, name, "{arguments}");
            for lang in [Lang::Zh, Lang::En] {
                assert!(error.sentence(lang).contains(name), "{arguments}");
            }
        }
    }

    #[test]
    fn every_parameter_is_one_of_its_question() {
        use crate::mcp::tool::Work;
        use crate::web::Question;
        for tool in TOOLS {
            let paths: &[&str] = match tool.work {
                Work::Question { path, .. } => &[path],
                Work::Count => &["count", "trend"],
                Work::Check => &["check"],
            };
            for path in paths {
                let question = Question::at(path).expect("a question");
                for parameter in tool.own() {
                    // A long text is no parameter, but what is sent along.
                    if parameter.of_question == "q" && question.has_body {
                        continue;
                    }
                    let value = match parameter.kind {
                        Kind::Whole(range) => range.default.to_string(),
                        Kind::Share => "0.5".to_owned(),
                        Kind::OneOf(values) => values[0].to_owned(),
                        Kind::Text | Kind::Texts => "2010".to_owned(),
                    };
                    let one = [(parameter.of_question.to_owned(), value)];
                    let arguments = Parameters::of_pairs(one).arguments(question, &[]);
                    assert!(arguments.is_ok(), "{} {}", tool.name, parameter.name);
                }
            }
        }
    }
}
