//! Mailboxes (`.mbox`): consecutive messages, each below a line `From address day` (RFC 4155).

use memchr::memmem;

/// The messages of a mailbox; `None` for a single message, or anything else.
pub(super) fn messages(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    if !bytes.starts_with(b"From ") {
        return None;
    }
    let mut starts = vec![0];
    let marks = memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    let is_mark = |at: &usize| {
        let before = &bytes[..*at];
        // A blank line precedes the mark (RFC 4155); `From ` also begins sentences, so that a header field
        // must follow.
        (before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")) && is_start(&bytes[*at..])
    };
    starts.extend(marks.filter(is_mark));
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let ranges = starts.iter().zip(ends);
    Some(ranges.map(|(&start, end)| &bytes[start..end]).collect())
}

/// Whether a header field follows the line that `rest` begins with: neither a sentence nor a web address.
fn is_start(rest: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', rest) else {
        return false;
    };
    let next = &rest[end + 1..];
    let len = next
        .iter()
        .take(80)
        .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-'));
    len.is_some_and(|len| len > 1 && next[len] == b':' && !next[len..].starts_with(b"://"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_with_a_line_and_a_head() {
        let first = "From a Mon\nFrom: a\n\nFrom here on\nFrom here: on\n\nFrom there see\nhttps://example.com\n\n";
        let text = [first, "From b Tue\nX-A: b\n\nc\n"].concat();
        let found = messages(text.as_bytes()).expect("messages");
        assert_eq!(found, [first.as_bytes(), &text.as_bytes()[first.len()..]]);
        assert_eq!(messages(b"From a Mon\nFrom: a\n\nb\n"), None);
        assert_eq!(messages(b"Subject: a\n\nFrom b\nc: d"), None);
    }
}
