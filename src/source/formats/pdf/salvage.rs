//! Documents whose page list, at the end of the file, is lost: the pages are searched for and listed again.

use std::fmt::Write;

use memchr::memmem;

/// Number of bytes after the start of an object that are searched for its type.
const HEAD: usize = 2048;
/// Maximum number of pages listed.
const MAX_PAGES: usize = 20_000;

/// `bytes` with a new catalog and page tree appended; `None` if no page is found.
pub(super) fn with_page_tree(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut kids = String::new();
    let (mut n_pages, mut highest) = (0usize, 0u32);
    for at in memmem::find_iter(bytes, b" obj") {
        let Some((number, generation)) = object_id(&bytes[..at]) else {
            continue;
        };
        // The new objects get numbers above all present ones.
        highest = highest.max(number);
        let body = &bytes[at..bytes.len().min(at + HEAD)];
        let end = memmem::find(body, b"endobj").unwrap_or(body.len());
        if n_pages < MAX_PAGES && is_page(&body[..end]) {
            n_pages += 1;
            let _ = write!(kids, "{number} {generation} R ");
        }
    }
    let (tree, catalog) = (highest.checked_add(1)?, highest.checked_add(2)?);
    // `endstream endobj` closes a stream in which the file may break off.
    let tail = format!(
        "\nendstream endobj\n{tree} 0 obj\n<</Type/Pages/Count {n_pages}/Kids[{kids}]>>\nendobj\n{catalog} 0 obj\n<</Type/Catalog/Pages {tree} 0 R>>\nendobj\n\
         trailer\n<</Root {catalog} 0 R/Size {}>>\n%%EOF\n",
        catalog.checked_add(1)?
    );
    (n_pages > 0).then(|| [bytes, tail.as_bytes()].concat())
}

/// Whether a trailer states that the document is encrypted.
pub(super) fn is_encrypted(bytes: &[u8]) -> bool {
    memmem::find(bytes, b"/Encrypt").is_some()
}

/// Whether it uses the standard encryption with passwords (PDF 1.7, 7.6.3), not a handler of its own.
pub(super) fn has_standard_encryption(bytes: &[u8]) -> bool {
    memmem::find_iter(bytes, b"/Filter")
        .any(|at| bytes[at + 7..].trim_ascii_start().starts_with(b"/Standard"))
}

/// The number and generation at the end of `before`.
fn object_id(before: &[u8]) -> Option<(u32, u32)> {
    let tail = &before[before.len().saturating_sub(20)..];
    let tail = String::from_utf8_lossy(tail);
    let mut words = tail.split_ascii_whitespace().rev();
    let generation = words.next()?.parse().ok()?;
    let number = words.next()?;
    let digits = number.trim_start_matches(|ch: char| !ch.is_ascii_digit());
    Some((digits.parse().ok()?, generation))
}

fn is_page(body: &[u8]) -> bool {
    let blanks = |byte: &u8| byte.is_ascii_whitespace();
    memmem::find_iter(body, b"/Type").any(|at| {
        let rest = &body[at + 5..];
        let rest = &rest[rest.iter().take_while(|byte| blanks(byte)).count()..];
        // `/Page`, but not `/Pages` or `/PageLabel`.
        rest.starts_with(b"/Page") && rest.get(5).is_none_or(|byte| !byte.is_ascii_alphabetic())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_found_by_their_type() {
        for (body, expected) in [
            ("<</Type/Page/Parent 2 0 R>>", true),
            ("<< /Type  /Page >>", true),
            ("<</Type/Pages/Count 1>>", false),
            ("<</Type/PageLabel>>", false),
            ("<</Type/Font>>", false),
            ("", false),
        ] {
            assert_eq!(is_page(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn numbers_of_objects_precede_the_word() {
        assert_eq!(object_id(b"endobj\n12 0"), Some((12, 0)));
        assert_eq!(object_id(b">>12 3"), Some((12, 3)));
        assert_eq!(object_id(b"a b"), None);
        assert_eq!(object_id(b""), None);
    }

    #[test]
    fn a_lost_page_list_is_written_anew() {
        let bytes = b"%PDF-1.4\n3 0 obj\n<</Type/Page>>\nendobj\n7 0 obj\n<</Type/Page>>\nendobj\n5 0 obj\n<<>>\nendobj\n";
        let repaired = with_page_tree(bytes).expect("two pages");
        let tail = String::from_utf8_lossy(&repaired[bytes.len()..]).into_owned();
        assert!(repaired.starts_with(bytes));
        assert!(
            tail.contains("8 0 obj\n<</Type/Pages/Count 2/Kids[3 0 R 7 0 R ]>>"),
            "{tail}"
        );
        assert!(tail.contains("/Root 9 0 R/Size 10"), "{tail}");
        assert_eq!(with_page_tree(b"1 0 obj <<>> endobj"), None);
    }

    #[test]
    fn encryption_is_known_by_its_handler() {
        assert!(is_encrypted(b"trailer <</Encrypt 9 0 R>>") && !is_encrypted(b"trailer <<>>"));
        assert!(has_standard_encryption(b"<</Filter /Standard/V 2>>"));
        assert!(!has_standard_encryption(
            b"<</Filter/FlateDecode>><</Filter/FooDRM>>"
        ));
    }
}
