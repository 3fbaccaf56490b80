//! What a message contains, and its delivery.

use mail_parser::{Message, MessagePart, MimeHeaders, PartType};

use super::{headers, transfer};
use crate::document::{Line, SourceMetadata};
use crate::source::clean::line_ends;
use crate::source::decode::{self, Encoding};
use crate::source::formats::inside::{Inside, skipped};
use crate::source::formats::source::Source;
use crate::source::formats::{html, text, text_tables};
use crate::source::raw::Raw;
use crate::source::{Damage, Damaged, Skip, Warning};

/// Delivers the text of a message, with `key` as its key, and the documents attached to it; returns the
/// reason for the first unreadable one.
pub(super) fn give(
    mut content: Content,
    source: &Source<'_>,
    key: Option<&str>,
    inside: &mut Inside<'_>,
) -> Option<Skip> {
    let failure = content.failure.take();
    let attached = std::mem::take(&mut content.attached);
    if let Some(mut raw) = content.finish() {
        raw.key = key.map(str::to_owned);
        inside.take(raw);
        if let Some(skip) = failure {
            inside.warn(Warning::SkippedInside("text".to_owned(), skip.clone()));
        }
    } else if attached.is_empty() {
        let skip = failure.unwrap_or_else(damaged);
        if let Some(key) = key {
            inside.warn(Warning::SkippedInside(key.to_owned(), skip.clone()));
        }
        return Some(skip);
    }
    give_attached(attached, source, key, inside)
}

/// Delivers the documents attached to a message; returns the reason for the first unreadable one.
fn give_attached(
    attached: Vec<Attached>,
    source: &Source<'_>,
    key: Option<&str>,
    inside: &mut Inside<'_>,
) -> Option<Skip> {
    let mut first = None;
    // Attachments share the limit of the whole mail.
    let limit = source.max_unpacked;
    let mut left = limit;
    for Attached { name, bytes } in attached {
        let name = key.map_or_else(|| name.clone(), |key| format!("{key}/{name}"));
        let outcome = match left.checked_sub(bytes.len() as u64) {
            Some(rest) => {
                left = rest;
                inside.read(&bytes, &name, source, left)
            }
            None => Err(Skip::Expands { limit }),
        };
        if let Err(skip) = outcome {
            inside.warn(skipped(name, &skip));
            first = first.or(Some(skip));
        }
    }
    first
}

pub(super) fn damaged() -> Skip {
    Skip::Damaged {
        what: Damaged::Mail,
        reason: Damage::TextMissing,
    }
}

/// A file attached to a message.
pub(super) struct Attached {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// Collects the text of a message.
pub(super) struct Content {
    pub(super) given: SourceMetadata,
    pub(super) is_web_archive: bool,
    pub(super) lines: Vec<Line>,
    pub(super) warnings: Vec<Warning>,
    pub(super) n_read: u64,
    /// Whether the lines include a page or text of the message, or its header.
    pub(super) has_text: bool,
    /// The reason for the first unreadable part of the text.
    pub(super) failure: Option<Skip>,
    pub(super) attached: Vec<Attached>,
}

impl Content {
    pub(super) fn new(given: SourceMetadata, is_web_archive: bool) -> Self {
        Self {
            given,
            is_web_archive,
            lines: Vec::new(),
            warnings: Vec::new(),
            n_read: 0,
            has_text: false,
            failure: None,
            attached: Vec::new(),
        }
    }

    pub(super) fn read(&mut self, message: &Message<'_>) {
        let headers = headers::read(message);
        // The header of a web archive describes its saving, not the page.
        if !self.is_web_archive {
            self.given.title = headers.subject;
            self.given.date = headers.date;
        }
        self.add(headers.lines, headers.n_read);
        let n_in_head = self.n_read;
        self.read_parts(message);
        let is_bare = self.n_read == n_in_head && self.attached.is_empty();
        // A header without a text or attachments: the boundary of the parts is missing or wrong.
        if is_bare && self.failure.is_none() {
            self.read_whole(message);
        }
        self.has_text |= n_in_head > 0;
    }

    /// Reads the parts in order, of alternatives the best one only.
    fn read_parts(&mut self, message: &Message<'_>) {
        // Parts to be read, the next one last.
        let mut open = vec![0usize];
        // Each part is referenced by one other; more would be a fault of the parser.
        for _ in 0..message.parts.len() {
            let Some(part) = open.pop().and_then(|ord| message.parts.get(ord)) else {
                break;
            };
            match &part.body {
                PartType::Multipart(parts) => {
                    let parts: Vec<usize> = parts.iter().map(|&ord| ord as usize).collect();
                    match is_type(part, "multipart", "alternative") {
                        true => open.extend(best(message, &parts)),
                        false => open.extend(parts.iter().rev()),
                    }
                }
                PartType::Message(inner) => self.attach_message(part, inner, message),
                _ => {
                    let failure = self.read_part(part, message).err();
                    self.failure = self.failure.take().or(failure);
                }
            }
        }
    }

    /// Reads the body of a message whose parts cannot be separated, as its text.
    pub(super) fn read_whole(&mut self, message: &Message<'_>) {
        let start = message
            .parts
            .first()
            .map_or(0, |root| root.offset_body as usize);
        let body = message.raw_message.get(start..).unwrap_or_default();
        if !body.trim_ascii().is_empty() {
            self.failure = self.add_text(body, None).err();
            self.warnings.push(Warning::Incomplete);
        }
    }

    /// Reads a part without children.
    pub(super) fn read_part(
        &mut self,
        part: &MessagePart<'_>,
        message: &Message<'_>,
    ) -> Result<(), Skip> {
        let is_text = |subtype: &str| is_type(part, "text", subtype);
        let is_page = is_text("html") || is_type(part, "application", "xhtml+xml");
        // Without a type it is plain text (RFC 2045, 5.2).
        let is_plain = part.content_type().is_none() || is_text("plain");
        let is_attached = self.is_attached(part);
        if is_attached || !(is_page || is_plain) {
            // Pictures, styles and scripts of a page are parts of it, and have no name of their own.
            let is_of_page = self.is_web_archive || part.content_id().is_some();
            let is_named = is_attached || part.attachment_name().is_some();
            if is_named && (is_page || !is_of_page) {
                self.attach(part, message);
            }
            return Ok(());
        }
        let bytes = transfer::decoded(part, message);
        match is_page {
            true => self.add_page(&bytes, declared(part)),
            false => self.add_text(&bytes, declared(part)),
        }
    }

    fn is_attached(&self, part: &MessagePart<'_>) -> bool {
        let disposition = part.content_disposition();
        disposition.is_some_and(|disposition| disposition.is_attachment())
            || !self.is_web_archive && part.attachment_name().is_some()
    }

    fn attach(&mut self, part: &MessagePart<'_>, message: &Message<'_>) {
        let bytes = transfer::decoded(part, message);
        let name = attachment_name(part, message);
        self.attached.push(Attached { name, bytes });
    }

    pub(super) fn add_page(
        &mut self,
        bytes: &[u8],
        declared: Option<Encoding>,
    ) -> Result<(), Skip> {
        // The declared encoding of the part is outside of the page, so that the page is given a byte order
        // mark.
        let marked = declared.map(|declared| {
            let text = decode::decode_declared(bytes, Some(declared)).text;
            ["\u{feff}", &*text].concat().into_bytes()
        });
        let page = html::read(
            marked.as_deref().unwrap_or(bytes),
            SourceMetadata::default(),
        )?;
        if self.is_web_archive {
            self.given.title = self.given.title.take().or(page.given.title.clone());
            self.given.date = self.given.date.take().or(page.given.date.clone());
        }
        let n_read = page.n_read();
        self.warnings.extend(page.warnings);
        self.has_text |= !page.lines.is_empty();
        self.add(page.lines, n_read);
        Ok(())
    }

    pub(super) fn add_text(
        &mut self,
        bytes: &[u8],
        declared: Option<Encoding>,
    ) -> Result<(), Skip> {
        let decoded = text::readable_as(bytes, declared)?;
        self.warnings.extend(text::damage(&decoded));
        self.add_decoded(&decoded.text);
        Ok(())
    }

    pub(super) fn add_decoded(&mut self, text: &str) {
        let (lines, n_read) = text_tables::find(line_ends::split(text));
        self.has_text |= n_read > 0;
        self.add(lines, n_read);
    }

    /// Appends lines, continuing their numbers.
    pub(super) fn add(&mut self, lines: Vec<Line>, n_read: u64) {
        let before = self.lines.last().map_or(0, |line| line.number);
        self.lines.extend(lines.into_iter().map(|line| Line {
            number: line.number.saturating_add(before),
            ..line
        }));
        self.n_read += n_read;
    }

    /// Adds a nested message as a file of its own.
    pub(super) fn attach_message(
        &mut self,
        part: &MessagePart<'_>,
        inner: &Message<'_>,
        outer: &Message<'_>,
    ) {
        let name = part.attachment_name().map(str::to_owned);
        let subject = || inner.subject().map(|subject| format!("{subject}.eml"));
        let name = name
            .or_else(subject)
            .unwrap_or_else(|| "mail.eml".to_owned());
        let bytes = transfer::decoded(part, outer);
        self.attached.push(Attached { name, bytes });
    }

    /// The text as a document; `None` if it is empty.
    pub(super) fn finish(self) -> Option<Raw> {
        self.has_text.then_some(Raw {
            key: None,
            given: self.given,
            lines: self.lines,
            warnings: self.warnings,
            n_read: Some(self.n_read),
            ..Raw::default()
        })
    }
}

/// The alternative to read: the last page, or group of parts that may contain one, else the first.
fn best(message: &Message<'_>, parts: &[usize]) -> Option<usize> {
    let holds_page = |&&ord: &&usize| {
        let body = message.parts.get(ord).map(|part| &part.body);
        matches!(body, Some(PartType::Html(_) | PartType::Multipart(_)))
    };
    parts.iter().rfind(holds_page).or(parts.first()).copied()
}

fn is_type(part: &MessagePart<'_>, kind: &str, subtype: &str) -> bool {
    part.is_content_type(kind, subtype)
}

/// The name of an attached file, in whatever encoding it is written.
fn attachment_name(part: &MessagePart<'_>, message: &Message<'_>) -> String {
    let name = part.attachment_name().unwrap_or("attachment");
    let name = match name.contains('\u{fffd}') {
        true => headers::raw_name(part, message).unwrap_or_else(|| name.to_owned()),
        false => name.to_owned(),
    };
    // A name may contain a path.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    match name.is_empty() {
        true => "attachment".to_owned(),
        false => name.to_owned(),
    }
}

/// The encoding that a part declares.
fn declared(part: &MessagePart<'_>) -> Option<Encoding> {
    let charset = part.content_type()?.attribute("charset")?;
    Encoding::for_label(charset)
}
