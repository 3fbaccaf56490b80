//! Reads a mail or a web archive.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders};

use super::content::{Attached, Content, damaged, give};
use super::{mailbox, outlook};
use crate::source::formats::inside::{Inside, ReadFile, ReadPictures, picture_inside};
use crate::source::formats::source::Source;
use crate::source::raw::{PagePicture, Raw};
use crate::source::sniff::is_ole;
use crate::source::{Skip, Warning, What};

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
pub(in crate::source::formats) fn read(
    bytes: &[u8],
    source: &Source<'_>,
    read: ReadFile,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    if source.depth >= MAX_DEPTH {
        return Err(Skip::Unsupported(What::NestedMail));
    }
    let mut inside = Inside::new(read, each);
    let first = if is_ole(bytes) {
        outlook::give(outlook::read(bytes)?, source, None, &mut inside)
    } else if let Some(messages) = mailbox::messages(bytes) {
        give_messages(messages, source, &mut inside)
    } else {
        give(content_of(bytes, source)?, source, None, &mut inside)
    };
    match (inside.finish(), first) {
        (true, _) => Ok(()),
        (false, skip) => Err(skip.unwrap_or(Skip::Empty)),
    }
}

/// Delivers the messages of a mailbox; returns the reason for the first unreadable one.
fn give_messages(
    messages: Vec<&[u8]>,
    source: &Source<'_>,
    inside: &mut Inside<'_>,
) -> Option<Skip> {
    let mut first = None;
    for (ord, message) in messages.into_iter().enumerate() {
        let key = (ord + 1).to_string();
        let skip = match content_of(message, source) {
            Ok(content) => give(content, source, Some(&key), inside),
            Err(skip) => {
                inside.warn(Warning::SkippedInside(key, skip.clone()));
                Some(skip)
            }
        };
        first = first.or(skip);
    }
    first
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

/// Yields the pages without text of every file attached to the mail, with the names of the files as keys.
///
/// # Errors
/// [`Skip::Damaged`] if nothing of the mail can be read.
pub(in crate::source::formats) fn pictures(
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
        // A file that cannot be read has no pictures; reading reports it.
        let _ = read(&bytes, &source.inside(&name, left), &mut |picture| {
            each(picture_inside(&name, picture));
        });
    }
    Ok(())
}

/// Whether a message is a page with its pictures, as browsers and Office save it: its parts have addresses,
/// and it has no recipient.
fn is_web_archive(message: &Message<'_>) -> bool {
    let has_address = |part: &MessagePart<'_>| part.content_location().is_some();
    message.to().is_none() && message.parts.iter().any(has_address)
}

#[cfg(test)]
mod tests;
