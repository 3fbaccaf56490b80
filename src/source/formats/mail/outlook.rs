//! Messages of Outlook (`.msg`): properties in the streams of a compound file ([MS-OXMSG]).

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use encoding_rs::Encoding as Codec;

use super::content::{self, Attached, Content};
use crate::document::{Line, Reason, Style};
use crate::source::decode;
use crate::source::formats::inside::Inside;
use crate::source::formats::{Source, iso_day};
use crate::source::{Damage, Damaged, Skip, Warning, What};
use crate::text::visible::n_visible;

type File<'a> = cfb::CompoundFile<Cursor<&'a [u8]>>;

/// Property identifiers ([MS-OXPROPS]).
mod id {
    pub(super) const SUBJECT: u16 = 0x0037;
    pub(super) const SUBMITTED: u16 = 0x0039;
    pub(super) const SENDER: u16 = 0x0c1a;
    pub(super) const SENDER_ADDRESS: u16 = 0x5d01;
    pub(super) const TO: u16 = 0x0e04;
    pub(super) const CC: u16 = 0x0e03;
    pub(super) const DELIVERED: u16 = 0x0e06;
    pub(super) const BODY: u16 = 0x1000;
    pub(super) const COMPRESSED_RTF: u16 = 0x1009;
    pub(super) const PAGE: u16 = 0x1013;
    pub(super) const DATA: u16 = 0x3701;
    pub(super) const SHORT_NAME: u16 = 0x3704;
    pub(super) const NAME: u16 = 0x3707;
    pub(super) const CODE_PAGE: u16 = 0x3fde;
    pub(super) const MESSAGE_CODE_PAGE: u16 = 0x3ffd;
}

/// Property types ([MS-OXCDATA] 2.11.1).
const TEXT: u16 = 0x001f;
const BYTES_OF_TEXT: u16 = 0x001e;
const BINARY: u16 = 0x0102;
/// Maximum depth of messages in messages.
const MAX_DEPTH: usize = 3;

/// A message.
#[derive(Default)]
pub(super) struct Message {
    /// The header fields that a mail program shows, by their names in RFC 5322.
    fields: Vec<(&'static str, String)>,
    subject: Option<String>,
    /// The day on which it was sent.
    date: Option<String>,
    body: Body,
    /// Names and contents of the attachments.
    attached: Vec<(String, Vec<u8>)>,
    messages: Vec<Message>,
    /// Number of attached messages too deeply nested to be read.
    n_too_deep: usize,
}

/// The text of a message.
#[derive(Default)]
enum Body {
    #[default]
    None,
    /// A page in the encoding that it declares, or UTF-8, and the same as plain text.
    Page(Vec<u8>, Option<String>),
    Text(String),
    /// Text in compressed RTF.
    Packed,
}

/// Reads the message in `bytes`.
///
/// # Errors
/// [`Skip::Damaged`] if it is not a compound file.
pub(super) fn read(bytes: &[u8]) -> Result<Message, Skip> {
    let damaged = |_| Skip::Damaged {
        what: Damaged::OutlookMessage,
        reason: Damage::PartsLost,
    };
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    Ok(message(&mut file, Path::new("/"), 0))
}

/// Delivers an Outlook message, and those attached to it.
pub(super) fn give(
    mut message: Message,
    source: &Source<'_>,
    key: Option<&str>,
    inside: &mut Inside<'_>,
) -> Option<Skip> {
    let content = content_of(&mut message, source);
    let mut first = content::give(content, source, key, inside);
    if message.n_too_deep > 0 {
        let key = key.unwrap_or("message").to_owned();
        let skip = Skip::Unsupported(What::NestedMail);
        inside.warn(Warning::SkippedInside(key, skip.clone()));
        first = first.or(Some(skip));
    }
    for (ord, inner) in message.messages.into_iter().enumerate() {
        let name = inner
            .subject
            .clone()
            .unwrap_or_else(|| (ord + 1).to_string());
        let key = key.map_or_else(String::new, |key| format!("{key}/"));
        let skip = give(inner, source, Some(&format!("{key}{name}.msg")), inside);
        first = first.or(skip);
    }
    first
}

/// The text of a message, and the files attached to it.
fn content_of(message: &mut Message, source: &Source<'_>) -> Content {
    let mut content = Content::new(source.given(), false);
    content.given.title = message.subject.take();
    content.given.date = message.date.take();
    for (name, value) in message.fields.drain(..) {
        let words: Vec<&str> = value.split_whitespace().collect();
        let text = format!("{name}: {}", words.join(" "));
        let n_read = n_visible(&text);
        let line = Line {
            number: 1,
            text,
            style: Style::Boilerplate(Reason::Metadata),
        };
        content.add(vec![line], n_read);
    }
    content.has_text = content.n_read > 0;
    content.failure = add_body(&mut content, std::mem::take(&mut message.body));
    let attached = message.attached.drain(..);
    content.attached = attached
        .map(|(name, bytes)| Attached { name, bytes })
        .collect();
    content
}

/// Adds the text of a message; returns the reason if it cannot be read.
fn add_body(content: &mut Content, body: Body) -> Option<Skip> {
    match body {
        Body::Page(page, plain) => {
            let before = content.n_read;
            let failure = content.add_page(&page, None).err();
            // A page without text, as some programs store it, gives way to the plain text.
            let Some(plain) = plain.filter(|_| content.n_read == before) else {
                return failure;
            };
            content.add_decoded(&plain);
            None
        }
        Body::Text(text) => {
            content.add_decoded(&text);
            None
        }
        Body::Packed => Some(Skip::Unsupported(What::PackedMailText)),
        Body::None => None,
    }
}

fn message(file: &mut File<'_>, folder: &Path, depth: usize) -> Message {
    let numbers = Numbers::read(file, folder, depth);
    let text = |file: &mut File<'_>, id| text(file, folder, id, &numbers);
    let mut message = Message::default();
    let sender = text(file, id::SENDER);
    let address = text(file, id::SENDER_ADDRESS);
    let sender = match (sender, address) {
        // Internal senders have a directory path as their address, and the same name twice.
        (Some(name), Some(address)) if name != address => Some(format!("{name} <{address}>")),
        (name, address) => name.or(address),
    };
    message.date = numbers.day();
    message.subject = text(file, id::SUBJECT);
    let fields = [
        ("From", sender),
        ("To", text(file, id::TO)),
        ("Cc", text(file, id::CC)),
        ("Date", message.date.clone()),
        ("Subject", message.subject.clone()),
    ];
    let shown = fields
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)));
    message.fields = shown.collect();
    // The page is binary in some messages and a text property in others.
    let page = stream(file, folder, id::PAGE, BINARY);
    let page = page.or_else(|| text(file, id::PAGE).map(String::into_bytes));
    message.body = match (page, text(file, id::BODY)) {
        (Some(page), plain) if !page.trim_ascii().is_empty() => Body::Page(page, plain),
        (_, Some(text)) => Body::Text(text),
        _ if stream(file, folder, id::COMPRESSED_RTF, BINARY).is_some() => Body::Packed,
        _ => Body::None,
    };
    for attached in attached_folders(file, folder) {
        if let Some(found) = attached_file(file, &attached, &numbers) {
            message.attached.push(found);
        }
        // An attached message is a storage instead of a stream (property type 0x000d, [MS-OXMSG] 2.2.2).
        let inner = attached.join(property(id::DATA, 0x000d));
        if file.is_storage(&inner) {
            match depth + 1 < MAX_DEPTH {
                true => message
                    .messages
                    .push(self::message(file, &inner, depth + 1)),
                false => message.n_too_deep += 1,
            }
        }
    }
    message
}

/// The folders of what is attached to the message in `folder`.
fn attached_folders(file: &File<'_>, folder: &Path) -> Vec<PathBuf> {
    let entries = file.read_storage(folder).into_iter().flatten();
    entries
        .filter(|entry| entry.is_storage() && entry.name().starts_with("__attach"))
        .map(|entry| entry.path().to_owned())
        .collect()
}

/// The name and content of an attached file; `None` if a message is attached instead.
fn attached_file(
    file: &mut File<'_>,
    folder: &Path,
    numbers: &Numbers,
) -> Option<(String, Vec<u8>)> {
    let bytes = stream(file, folder, id::DATA, BINARY)?;
    let mut names = [id::NAME, id::SHORT_NAME].into_iter();
    let name = names.find_map(|id| text(file, folder, id, numbers));
    Some((name.unwrap_or_else(|| "attachment".to_owned()), bytes))
}

fn property(id: u16, kind: u16) -> String {
    format!("__substg1.0_{id:04X}{kind:04X}")
}

fn stream(file: &mut File<'_>, folder: &Path, id: u16, kind: u16) -> Option<Vec<u8>> {
    let mut stream = file.open_stream(folder.join(property(id, kind))).ok()?;
    let mut bytes = Vec::new();
    // The readable part of a broken chain is kept.
    let _ = stream.read_to_end(&mut bytes);
    Some(bytes)
}

/// A text property; `None` if it is blank.
fn text(file: &mut File<'_>, folder: &Path, id: u16, numbers: &Numbers) -> Option<String> {
    let text = match stream(file, folder, id, TEXT) {
        Some(bytes) => {
            let units = bytes
                .chunks_exact(2)
                .map(|two| u16::from_le_bytes([two[0], two[1]]));
            String::from_utf16_lossy(&units.collect::<Vec<_>>())
        }
        None => {
            let bytes = stream(file, folder, id, BYTES_OF_TEXT)?;
            // A code page is declared only for 8-bit text, and UTF-8 text may carry a wrong one.
            match numbers
                .codec()
                .filter(|_| std::str::from_utf8(&bytes).is_err())
            {
                Some(codec) => codec.decode_without_bom_handling(&bytes).0.into_owned(),
                None => decode::decode(&bytes).text.into_owned(),
            }
        }
    };
    let text = text.trim_end_matches('\0');
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// The numeric properties.
#[derive(Default)]
struct Numbers(Vec<(u16, u64)>);

impl Numbers {
    fn read(file: &mut File<'_>, folder: &Path, depth: usize) -> Self {
        let mut bytes = Vec::new();
        if let Ok(mut stream) = file.open_stream(folder.join("__properties_version1.0")) {
            let _ = stream.read_to_end(&mut bytes);
        }
        // The header is shorter in an attached message ([MS-OXMSG] 2.4.1).
        let start = if depth == 0 { 32 } else { 24 };
        let entries = bytes.get(start..).unwrap_or_default().chunks_exact(16);
        let numbers = entries.filter_map(|entry| {
            let value = entry[8..].try_into().map(u64::from_le_bytes).ok()?;
            Some((u16::from_le_bytes([entry[2], entry[3]]), value))
        });
        Self(numbers.collect())
    }

    fn get(&self, id: u16) -> Option<u64> {
        let found = self.0.iter().find(|(one, _)| *one == id);
        found.map(|(_, value)| *value)
    }

    /// The day on which the message was sent, in China's time zone: the file stores universal time.
    fn day(&self) -> Option<String> {
        // Days from 1601, the epoch of the property, to 30 December 1899, that of sheets.
        const EPOCH: u64 = 109_205;
        const CHINA: u64 = 8 * 3600;
        let ticks = self.get(id::SUBMITTED).or(self.get(id::DELIVERED))?;
        // Ticks of 100 nanoseconds.
        let days = (ticks / 10_000_000 + CHINA) / 86_400;
        iso_day(u32::try_from(days.checked_sub(EPOCH)?).ok()?)
    }

    fn codec(&self) -> Option<&'static Codec> {
        let page = self
            .get(id::CODE_PAGE)
            .or(self.get(id::MESSAGE_CODE_PAGE))? as u32;
        Codec::for_label(
            match page {
                936 | 54936 => "gb18030".to_owned(),
                950 => "big5".to_owned(),
                932 => "shift_jis".to_owned(),
                949 => "euc-kr".to_owned(),
                65001 => "utf-8".to_owned(),
                page => format!("windows-{page}"),
            }
            .as_bytes(),
        )
    }
}
