//! Mail and web archives, which are texts that begin with header fields.

/// Whether a text that begins with `start` is mail or a web archive; `ending` is its extension.
pub(super) fn is_mail(start: &str, ending: &str) -> bool {
    let names = field_names(start);
    let has = |name: &str| names.iter().any(|one| one == name);
    let n_known = KNOWN.iter().filter(|name| has(name)).count();
    match ending {
        // With the extension one known field is enough; without it four, as a report may begin with `Date:`
        // and `Subject:`.
        "eml" | "mbox" | "mht" | "mhtml" => n_known >= 1,
        _ => has("mime-version") && has("content-type") || has("from") && n_known >= 4,
    }
}

/// The names of the header fields that a text begins with, in lower case.
fn field_names(start: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (ord, line) in start.lines().take(MAX_FIELDS).enumerate() {
        let is_continued = line.starts_with([' ', '\t']) && ord > 0;
        // Mailboxes begin with a line of their own.
        if is_continued || ord == 0 && line.starts_with("From ") {
            continue;
        }
        let is_name =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic());
        match line.split_once(':') {
            Some((name, _)) if is_name(name) => names.push(name.to_ascii_lowercase()),
            _ => break,
        }
    }
    names
}

/// Number of header lines that are examined.
const MAX_FIELDS: usize = 200;
/// Fields of RFC 5322 and RFC 2045 that no text begins with by chance.
const KNOWN: [&str; 12] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "received",
    "return-path",
    "delivered-to",
    "content-transfer-encoding",
    "x-mailer",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_mail() {
        for (text, ending, expected) in [
            (
                "MIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n",
                "doc",
                true,
            ),
            ("From: <Saved by Blink>\r\nSubject: a\r\n", "mht", true),
            (
                "Received: from a\n\tby b\nFrom: a\nTo: b\nDate: c\n\n",
                "txt",
                true,
            ),
            ("From: a\nSubject: b\n\n", "txt", false),
            ("From: a\nSubject: b\n\n", "eml", true),
            (
                "关于邮件的通知\nMIME-Version: 1.0\nContent-Type: x\n",
                "eml",
                false,
            ),
            ("", "eml", false),
        ] {
            assert_eq!(is_mail(text, ending), expected, "{text}");
        }
    }

    #[test]
    fn fields_are_read_up_to_the_first_line_that_is_none() {
        let cases: [(&str, &[&str]); 6] = [
            ("From: a\nTo: b\n\ntext", &["from", "to"]),
            ("From a Mon\nFrom: a\n", &["from"]),
            ("Subject: a\n b: c\n\td: e\nTo: f", &["subject", "to"]),
            ("时间: 今天\nFrom: a", &[]),
            (": a\nFrom: b", &[]),
            ("text\nFrom: a", &[]),
        ];
        for (start, expected) in cases {
            assert_eq!(field_names(start), expected, "{start}");
        }
        let many = "A: b\n".repeat(MAX_FIELDS + 1);
        assert_eq!(field_names(&many).len(), MAX_FIELDS);
    }
}
