//! Documents as resources: lists of them page by page, and their texts.

use std::fmt;

use rmcp::model::{ReadResourceResult, Resource, ResourceContents, ResourceTemplate};
use serde_json::Value;

use super::address::{Address, TEMPLATE, TEMPLATE_OF_INDEX};
use super::call::Call;
use crate::cli::fault::Fault;
use crate::cli::messages::{Lang, listed, say};
use crate::web::{Parameters, Question};

/// Documents of a page.
const PAGE: usize = 100;
/// Characters of a document: what is longer is read part by part by the tool.
const MOST: usize = 60_000;
const MEDIA: &str = "text/plain";

/// The beginning of a page: the ordinal of the index, and of the document in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cursor {
    pub(super) index: usize,
    document: usize,
}

impl Cursor {
    /// Reads what [`Cursor`] prints; `None` if it is something else.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (index, document) = text.split_once(':')?;
        Some(Self {
            index: index.parse().ok()?,
            document: document.parse().ok()?,
        })
    }
}

impl Cursor {
    /// The beginning of the next index of several; none after the last.
    pub(super) fn next_index(self, n_indexes: usize) -> Option<Self> {
        (self.index + 1 < n_indexes).then_some(Self {
            index: self.index + 1,
            document: 0,
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.index, self.document)
    }
}

/// The template of all addresses.
pub(super) fn template(is_one: bool, lang: Lang) -> ResourceTemplate {
    let uri = if is_one { TEMPLATE } else { TEMPLATE_OF_INDEX };
    ResourceTemplate::new(uri, "document")
        .with_description(lang.text("mcp-resource"))
        .with_mime_type(MEDIA)
}

/// Documents from `start` in order of id, and where the next page begins; none after the last.
///
/// # Errors
/// Those of the command.
pub(super) fn page(
    call: &Call<'_>,
    start: Cursor,
    names: &[&str],
) -> anyhow::Result<(Vec<Resource>, Option<Cursor>)> {
    let question = Question::at("docs").ok_or(Fault)?;
    let (whole, _) = call.ask(question, &Parameters::default(), Vec::new())?;
    let all = whole["documents"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let name = names.get(start.index).filter(|_| start.index > 0);
    let some = all.iter().skip(start.document).take(PAGE);
    let some = some.map(|document| resource(document, name.copied(), call.session.lang));
    let end = start.document.saturating_add(PAGE);
    let next = match end < all.len() {
        true => Some(Cursor {
            document: end,
            ..start
        }),
        false => start.next_index(names.len()),
    };
    Ok((some.collect(), next))
}

fn resource(document: &Value, index: Option<&str>, lang: Lang) -> Resource {
    let text = |name: &str| document[name].as_str();
    let id = text("id").unwrap_or_default();
    let address = Address {
        id: id.to_owned(),
        index: index.map(str::to_owned),
    };
    let about: Vec<&str> = ["date", "issuer", "kind"]
        .into_iter()
        .filter_map(text)
        .collect();
    let resource = Resource::new(address.uri(), id).with_mime_type(MEDIA);
    let resource = resource.with_title(text("title").unwrap_or(id));
    match about.is_empty() {
        true => resource,
        false => resource.with_description(listed(&about, lang)),
    }
}

/// The text of a document, its passages line by line.
///
/// # Errors
/// That there is no such document.
pub(super) fn read(
    call: &Call<'_>,
    address: &Address,
    uri: String,
) -> anyhow::Result<ReadResourceResult> {
    let question = Question::at("show").ok_or(Fault)?;
    let parameters = Parameters::of_pairs([("q".to_owned(), address.id.clone())]);
    let (whole, _) = call.ask(question, &parameters, Vec::new())?;
    let mut text = String::new();
    let mut n_chars = 0;
    let passages = whole["passages"].as_array().into_iter().flatten();
    for (offset, passage) in passages.enumerate() {
        let line = passage["text"].as_str().unwrap_or_default();
        n_chars += line.chars().count() + 1;
        if n_chars > MOST {
            let id = address.id.clone();
            text.push_str(&say!(call.session.lang, "mcp-resource-cut", id, offset));
            break;
        }
        text.push_str(line);
        text.push('\n');
    }
    let contents = ResourceContents::text(text, uri).with_mime_type(MEDIA);
    Ok(ReadResourceResult::new(vec![contents]))
}
