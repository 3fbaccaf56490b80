//! The header of a message.

use mail_parser::{Address, HeaderName, HeaderValue, Message, MessagePart};

use crate::document::{Line, Reason, Style};
use crate::source::decode;
use crate::text::visible::n_visible;

/// The header of a message.
#[derive(Default)]
pub(super) struct Headers {
    pub(super) subject: Option<String>,
    /// The day on which it was sent.
    pub(super) date: Option<String>,
    /// The fields that a mail program shows, as metadata.
    pub(super) lines: Vec<Line>,
    /// Number of their visible characters.
    pub(super) n_read: u64,
}

/// Reads the header of `message`.
pub(super) fn read(message: &Message<'_>) -> Headers {
    let mut headers = Headers::default();
    let root = message.parts.first();
    for header in root.iter().flat_map(|root| &root.headers) {
        let name = match &header.name {
            HeaderName::From => "From",
            HeaderName::To => "To",
            HeaderName::Cc => "Cc",
            HeaderName::Date => "Date",
            HeaderName::Subject => "Subject",
            _ => continue,
        };
        let raw = (header.offset_start as usize, header.offset_end as usize);
        let raw = message.raw_message.get(raw.0..raw.1).unwrap_or_default();
        // The parser decodes encoded words (RFC 2047); anything else in a raw header is in an unknown
        // encoding.
        let value = match raw.is_ascii() {
            true => shown(&header.value).unwrap_or_else(|| unfolded(raw)),
            // Written in some 8-bit encoding, in violation of RFC 5322.
            false => unfolded(raw),
        };
        headers.add(name, value.trim(), &header.value);
    }
    headers
}

impl Headers {
    /// Adds a field with the value as shown and as parsed.
    fn add(&mut self, name: &str, value: &str, parsed: &HeaderValue<'_>) {
        if value.is_empty() {
            return;
        }
        match parsed {
            _ if name == "Subject" => self.subject = Some(value.to_owned()),
            HeaderValue::DateTime(date) if date.is_valid() => {
                self.date = Some(format!("{}-{:02}-{:02}", date.year, date.month, date.day));
            }
            _ => {}
        }
        let text = format!("{name}: {value}");
        self.n_read += n_visible(&text);
        self.lines.push(Line {
            number: u32::try_from(self.lines.len() + 1).unwrap_or(u32::MAX),
            text,
            style: Style::Boilerplate(Reason::Metadata),
        });
    }
}

/// A value as a mail program shows it; `None` for one that is shown as written.
fn shown(value: &HeaderValue<'_>) -> Option<String> {
    match value {
        HeaderValue::Text(text) => Some(one_line(text)),
        HeaderValue::TextList(texts) => Some(one_line(&texts.join(", "))),
        HeaderValue::Address(Address::List(list)) => {
            let people = list.iter().map(|person| {
                let address = person.address.as_deref().unwrap_or_default();
                match person.name.as_deref() {
                    Some(name) if !address.is_empty() => format!("{name} <{address}>"),
                    name => name.unwrap_or(address).to_owned(),
                }
            });
            Some(one_line(&people.collect::<Vec<_>>().join(", ")))
        }
        _ => None,
    }
}

fn unfolded(raw: &[u8]) -> String {
    one_line(&decode::decode(raw).text)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The file name of a part as written in its header, where it lacks the encoding of RFC 2231 or 2047.
pub(super) fn raw_name(part: &MessagePart<'_>, message: &Message<'_>) -> Option<String> {
    let head = part.offset_header as usize..part.offset_body as usize;
    let head = decode::decode(message.raw_message.get(head)?).text;
    let lower = head.to_ascii_lowercase();
    let at = ["filename=", "name="]
        .iter()
        .find_map(|mark| Some(lower.find(mark)? + mark.len()))?;
    let value = head[at..].trim_start();
    let end = |ch: char| matches!(ch, ';' | '\r' | '\n');
    let name = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(end).next(),
    };
    name.map(|name| name.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail_parser::MessageParser;

    fn header(text: &str) -> Headers {
        let message = MessageParser::default().parse(text.as_bytes());
        read(&message.expect("a message"))
    }

    #[test]
    fn fields_that_a_mail_program_shows_are_metadata() {
        let found = header(
            "From: =?utf-8?B?5p2O5Zub?= <li@example.com>\r\nTo: a@example.com, b@example.com\r\nX-Mailer: none\r\nSubject:  a\r\n long subject\r\nDate: Tue, 5 Mar 2024 10:00:00 +0800\r\n\r\ntext",
        );
        let lines: Vec<&str> = found.lines.iter().map(|line| &*line.text).collect();
        assert_eq!(
            lines[..3],
            [
                "From: 李四 <li@example.com>",
                "To: a@example.com, b@example.com",
                "Subject: a long subject",
            ]
        );
        assert!(lines[3].starts_with("Date: ") && lines.len() == 4);
        assert_eq!(found.subject.as_deref(), Some("a long subject"));
        assert_eq!(found.date.as_deref(), Some("2024-03-05"));
        let numbers: Vec<u32> = found.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
        let is_metadata = |line: &Line| line.style == Style::Boilerplate(Reason::Metadata);
        assert!(found.lines.iter().all(is_metadata));
        let n_visible: u64 = lines.iter().map(|line| n_visible(line)).sum();
        assert_eq!(found.n_read, n_visible);
    }

    #[test]
    fn empty_and_wrong_fields_say_nothing() {
        let found = header("Subject:\r\nTo: \r\nDate: tomorrow\r\n\r\ntext");
        assert_eq!((found.subject, found.date), (None, None));
        let texts: Vec<String> = found.lines.into_iter().map(|line| line.text).collect();
        assert!(
            texts.iter().all(|text| text.starts_with("Date")),
            "{texts:?}"
        );
    }

    #[test]
    fn raw_bytes_in_a_header_are_decoded() {
        let bytes = [
            &b"Subject: "[..],
            b"\xb9\xa4\xd7\xf7\xd7\xdc\xbd\xe1",
            b"\r\n\r\ntext",
        ]
        .concat();
        let message = MessageParser::default().parse(&bytes).expect("a message");
        assert_eq!(read(&message).subject.as_deref(), Some("工作总结"));
    }
}
