//! Mail (`.eml`, `.msg`, `.mbox`) and web archives (`.mht`), which Word saves under `.doc` too: the text, and
//! the attachments.
//!
//! `mail-parser` separates the parts; their bytes are decoded here, since parts often declare no character
//! set, or a wrong one.

mod headers;
mod mailbox;
mod outlook;
mod transfer;

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::inside::{Inside, ReadFile, ReadPictures, pictures_inside, skipped};
use super::source::Source;
use super::{html, text, text_tables};
use crate::document::{Line, SourceMetadata};
use crate::source::clean::line_ends;
use crate::source::decode::{self, Encoding};
use crate::source::raw::{PagePicture, Raw};
use crate::source::sniff::is_ole;
use crate::source::{Damage, Damaged, Skip, Warning, What};

/// Maximum depth of messages in messages.
const MAX_DEPTH: usize = 3;
/// Maximum number of messages attached to a message: the parser descends into each of them.
const MAX_MESSAGES: usize = 300;

/// Reads the mail or web archive in `bytes`; calls `each` once for its text, and once for each attached
/// document, read with `read`.
///
/// The text is what a mail program shows: the last page of several alternatives, all pages of a web archive.
/// Author, recipients, date and subject are boilerplate, and the subject is also the title. The key of an
/// attached document is its file name, with `#` and its own key where that file has several; one that cannot
/// be read becomes a warning. Each message of a mailbox is a document with its number as the key.
///
/// # Errors
/// [`Skip::Damaged`] if there is no header and no text, and the [`Skip`] of the attachment if there is
/// nothing else.
pub(super) fn read(
    bytes: &[u8],
    source: &Source<'_>,
    read: ReadFile,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    if source.depth >= MAX_DEPTH {
        return Err(Skip::Unsupported(What::NestedMail));
    }
    let mut inside = Inside::new(read, each);
    let mut first = None;
    if is_ole(bytes) {
        first = outlook::give(outlook::read(bytes)?, source, None, &mut inside);
    } else if let Some(messages) = mailbox::messages(bytes) {
        for (ord, message) in messages.into_iter().enumerate() {
            let key = (ord + 1).to_string();
            let skip = match content_of(message, source) {
                Ok(content) => give(content, source, Some(&key), &mut inside),
                Err(skip) => {
                    inside.warn(Warning::SkippedInside(key, skip.clone()));
                    Some(skip)
                }
            };
            first = first.or(skip);
        }
    } else {
        first = give(content_of(bytes, source)?, source, None, &mut inside);
    }
    match (inside.finish(), first) {
        (true, _) => Ok(()),
        (false, skip) => Err(skip.unwrap_or(Skip::Empty)),
    }
}

fn content_of(bytes: &[u8], source: &Source<'_>) -> Result<Content, Skip> {
    // Counted before parsing: the parser follows nested messages recursively, without a limit of its own.
    if n_messages(bytes) > MAX_MESSAGES {
        return Err(Skip::Unsupported(What::NestedMail));
    }
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let mut content = Content::new(source.given(), is_web_archive(&message));
    content.read(&message);
    Ok(content)
}

/// The number of mentions of the message type.
fn n_messages(bytes: &[u8]) -> usize {
    const NAME: &[u8] = b"message/rfc822";
    // Slashes are rarer than letters, so that searching for them first is faster than comparing without case
    // everywhere.
    let slashes = memchr::memchr_iter(b'/', bytes);
    let is_name = |at: &usize| {
        let from = at.checked_sub("message".len());
        let here = from.and_then(|from| bytes.get(from..from + NAME.len()));
        here.is_some_and(|here| here.eq_ignore_ascii_case(NAME))
    };
    slashes.filter(is_name).count()
}

/// Delivers the text of a message, with `key` as its key, and the documents attached to it; returns the
/// reason for the first unreadable one.
fn give(
    mut content: Content,
    source: &Source<'_>,
    key: Option<&str>,
    inside: &mut Inside<'_>,
) -> Option<Skip> {
    let failure = content.failure.take();
    let attached = std::mem::take(&mut content.attached);
    let mut first = None;
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
    // Attachments share the limit of the whole mail.
    let mut left = source.max_unpacked;
    for Attached { name, bytes } in attached {
        let name = key.map_or_else(|| name.clone(), |key| format!("{key}/{name}"));
        let outcome = match left.checked_sub(bytes.len() as u64) {
            Some(rest) => {
                left = rest;
                inside.read(&bytes, &name, source, left)
            }
            None => Err(Skip::Expands {
                limit: source.max_unpacked,
            }),
        };
        if let Err(skip) = outcome {
            inside.warn(skipped(name, &skip));
            first = first.or(Some(skip));
        }
    }
    first
}

/// Yields the pages without text of every file attached to the mail, with the names of the files as keys.
///
/// # Errors
/// [`Skip::Damaged`] if nothing of the mail can be read.
pub(super) fn pictures(
    bytes: &[u8],
    source: &Source<'_>,
    read: ReadPictures,
    each: &mut dyn FnMut(PagePicture),
) -> Result<(), Skip> {
    let message = MessageParser::default().parse(bytes).ok_or_else(damaged)?;
    let mut content = Content::new(source.given(), is_web_archive(&message));
    content.read(&message);
    let mut left = source.max_unpacked;
    for Attached { name, bytes } in content.attached {
        let Some(rest) = left.checked_sub(bytes.len() as u64) else {
            // The rest exceeds the limit, which reading has reported.
            break;
        };
        left = rest;
        pictures_inside(&bytes, &source.inside(&name, left), &name, read, each);
    }
    Ok(())
}

fn damaged() -> Skip {
    Skip::Damaged {
        what: Damaged::Mail,
        reason: Damage::TextMissing,
    }
}

/// Whether a message is a page with its pictures, as browsers and Office save it: its parts have addresses,
/// and it has no recipient.
fn is_web_archive(message: &Message<'_>) -> bool {
    let has_address = |part: &MessagePart<'_>| part.content_location().is_some();
    message.to().is_none() && message.parts.iter().any(has_address)
}

/// A file attached to a message.
struct Attached {
    name: String,
    bytes: Vec<u8>,
}

/// Collects the text of a message.
struct Content {
    given: SourceMetadata,
    is_web_archive: bool,
    lines: Vec<Line>,
    warnings: Vec<Warning>,
    n_read: u64,
    /// Whether the lines include a page or text of the message, or its header.
    has_text: bool,
    /// The reason for the first unreadable part of the text.
    failure: Option<Skip>,
    attached: Vec<Attached>,
}

impl Content {
    fn new(given: SourceMetadata, is_web_archive: bool) -> Self {
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

    fn read(&mut self, message: &Message<'_>) {
        let headers = headers::read(message);
        // The header of a web archive describes its saving, not the page.
        if !self.is_web_archive {
            self.given.title = headers.subject;
            self.given.date = headers.date;
        }
        self.add(headers.lines, headers.n_read);
        let n_in_head = self.n_read;
        // Parts to be read, the next one last.
        let mut open = vec![0usize];
        let mut n_seen = 0;
        while let Some(part) = open.pop().and_then(|ord| message.parts.get(ord)) {
            // Each part is referenced by one other; more would be a fault of the parser.
            n_seen += 1;
            if n_seen > message.parts.len() {
                break;
            }
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
        let is_bare = self.n_read == n_in_head && self.attached.is_empty();
        // A header without a text or attachments: the boundary of the parts is missing or wrong.
        if is_bare && self.failure.is_none() {
            self.read_whole(message);
        }
        self.has_text |= n_in_head > 0;
    }

    /// Reads the body of a message whose parts cannot be separated, as its text.
    fn read_whole(&mut self, message: &Message<'_>) {
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
    fn read_part(&mut self, part: &MessagePart<'_>, message: &Message<'_>) -> Result<(), Skip> {
        let is_text = |subtype: &str| is_type(part, "text", subtype);
        let is_page = is_text("html") || is_type(part, "application", "xhtml+xml");
        // Without a type it is plain text (RFC 2045, 5.2).
        let is_plain = part.content_type().is_none() || is_text("plain");
        let disposition = part.content_disposition();
        let is_attached = disposition.is_some_and(|disposition| disposition.is_attachment())
            || !self.is_web_archive && part.attachment_name().is_some();
        if is_attached || !(is_page || is_plain) {
            // Pictures, styles and scripts of a page are parts of it, and have no name of their own.
            let is_of_page = self.is_web_archive || part.content_id().is_some();
            let is_named = is_attached || part.attachment_name().is_some();
            if is_named && (is_page || !is_of_page) {
                let bytes = transfer::decoded(part, message);
                let name = attachment_name(part, message);
                self.attached.push(Attached { name, bytes });
            }
            return Ok(());
        }
        let bytes = transfer::decoded(part, message);
        let declared = part
            .content_type()
            .and_then(|kind| kind.attribute("charset"));
        let declared = declared.and_then(Encoding::for_label);
        match is_page {
            true => self.add_page(&bytes, declared),
            false => self.add_text(&bytes, declared),
        }
    }

    fn add_page(&mut self, bytes: &[u8], declared: Option<Encoding>) -> Result<(), Skip> {
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

    fn add_text(&mut self, bytes: &[u8], declared: Option<Encoding>) -> Result<(), Skip> {
        let decoded = text::readable_as(bytes, declared)?;
        self.warnings.extend(text::damage(&decoded));
        self.add_decoded(&decoded.text);
        Ok(())
    }

    fn add_decoded(&mut self, text: &str) {
        let (lines, n_read) = text_tables::find(line_ends::split(text));
        self.has_text |= n_read > 0;
        self.add(lines, n_read);
    }

    /// Appends lines, continuing their numbers.
    fn add(&mut self, lines: Vec<Line>, n_read: u64) {
        let before = self.lines.last().map_or(0, |line| line.number);
        self.lines.extend(lines.into_iter().map(|line| Line {
            number: line.number.saturating_add(before),
            ..line
        }));
        self.n_read += n_read;
    }

    /// Adds a nested message as a file of its own.
    fn attach_message(&mut self, part: &MessagePart<'_>, inner: &Message<'_>, outer: &Message<'_>) {
        let name = part.attachment_name().map(str::to_owned);
        let subject = || inner.subject().map(|subject| format!("{subject}.eml"));
        let name = name
            .or_else(subject)
            .unwrap_or_else(|| "mail.eml".to_owned());
        let bytes = transfer::decoded(part, outer);
        self.attached.push(Attached { name, bytes });
    }

    /// The text as a document; `None` if it is empty.
    fn finish(self) -> Option<Raw> {
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

#[cfg(test)]
mod tests;
