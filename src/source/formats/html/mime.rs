//! Web archives (`.mht`), which Word saves under `.doc` too: the page among the parts.

use memchr::memmem;

/// The first HTML part of a web archive; `None` if `bytes` are none.
pub(super) fn page(bytes: &[u8]) -> Option<Vec<u8>> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    if !head.contains("mime-version:") {
        return None;
    }
    let at = find_type(bytes)?;
    // The headers of the part: back to the blank line or boundary above, on to the blank line below.
    let start = memmem::rfind(&bytes[..at], b"\n\n")
        .into_iter()
        .chain(memmem::rfind(&bytes[..at], b"\r\n\r\n"))
        .max()
        .unwrap_or(0);
    let (headers_end, body_start) = blank_line(bytes, at)?;
    let headers = String::from_utf8_lossy(&bytes[start..headers_end]).to_ascii_lowercase();
    let body = &bytes[body_start..];
    let end = memmem::find(body, b"\n--").unwrap_or(body.len());
    let body = &body[..end];
    Some(match () {
        () if headers.contains("quoted-printable") => quoted_printable(body),
        () if headers.contains("base64") => base64(body),
        () => body.to_vec(),
    })
}

fn find_type(bytes: &[u8]) -> Option<usize> {
    [
        &b"Content-Type: text/html"[..],
        b"Content-type: text/html",
        b"content-type: text/html",
    ]
    .iter()
    .find_map(|mark| memmem::find(bytes, mark))
}

/// Where the next blank line begins and ends.
fn blank_line(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let marks: [&[u8]; 2] = [b"\r\n\r\n", b"\n\n"];
    let found = marks
        .iter()
        .filter_map(|mark| Some((memmem::find(&bytes[from..], mark)? + from, mark.len())));
    found.min().map(|(at, len)| (at, at + len))
}

/// RFC 2045, 6.7.
fn quoted_printable(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'=' {
            out.push(byte);
        } else if let Some(after) = tail.strip_prefix(b"\r\n").or(tail.strip_prefix(b"\n")) {
            rest = after;
        } else if let Some(value) = tail.get(..2).and_then(hex) {
            out.push(value);
            rest = &tail[2..];
        } else {
            out.push(byte);
        }
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// RFC 2045, 6.8; what is no digit is passed over.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0u32, 0);
    for &byte in body {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
            bits &= (1 << n_bits) - 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_unpacked() {
        let archive = |encoding: &str, body: &str| {
            format!(
                "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n\r\n--x\r\nContent-Transfer-Encoding: {encoding}\r\n\
                 Content-Type: text/html; charset=\"utf-8\"\r\n\r\n{body}\r\n--x--\r\n"
            )
        };
        let check = |encoding: &str, body: &str, expected: &str| {
            let page = page(archive(encoding, body).as_bytes()).expect("a page");
            assert_eq!(String::from_utf8_lossy(&page).trim_end(), expected);
        };
        check(
            "quoted-printable",
            "<p>=E5=9B=AD=\r\n=E5=8C=BA=</p>",
            "<p>园区=</p>",
        );
        check("base64", "PHA+5Zut\r\n5Yy6", "<p>园区");
        check("8bit", "<p>园区", "<p>园区");
        assert_eq!(page(b"<html>"), None);
    }
}
