//! Mailboxes (`.mbox`): messages one after the other, each below a line `From address day` (RFC 4155).

use memchr::memmem;

/// Where each message of a mailbox stands; `None` if it is a single message, or none.
pub(super) fn messages(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    if !bytes.starts_with(b"From ") {
        return None;
    }
    let mut starts = vec![0];
    let marks = memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1);
    starts.extend(marks.filter(|&at| is_start(&bytes[at..])));
    if starts.len() < 2 {
        return None;
    }
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let ranges = starts.iter().zip(ends);
    Some(ranges.map(|(&start, end)| &bytes[start..end]).collect())
}

/// Whether a field of a head stands below the line that `rest` begins with, which no sentence has.
fn is_start(rest: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', rest) else {
        return false;
    };
    let next = &rest[end + 1..];
    let len = next
        .iter()
        .take(80)
        .position(|byte| !(byte.is_ascii_alphanumeric() || *byte == b'-'));
    len.is_some_and(|len| len > 1 && next[len] == b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_begin_with_a_line_and_a_head() {
        let text = b"From a Mon\nFrom: a\n\nFrom here on\n\nFrom b Tue\nX-A: b\n\nc\n";
        let found = messages(text).expect("messages");
        assert_eq!(found, [&text[..34], &text[34..]]);
        assert_eq!(messages(b"From a Mon\nFrom: a\n\nb\n"), None);
        assert_eq!(messages(b"Subject: a\n\nFrom b\nc: d"), None);
    }
}
