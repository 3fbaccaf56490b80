//! Decodes the bytes of a part from its transfer encoding (RFC 2045, 6).

use mail_parser::{Message, MessagePart, MimeHeaders};

/// The decoded bytes of `part` of `message`; damaged pieces are skipped.
pub(super) fn decoded(part: &MessagePart<'_>, message: &Message<'_>) -> Vec<u8> {
    let body = part.offset_body as usize..part.offset_end as usize;
    let body = message.raw_message.get(body).unwrap_or_default();
    let encoding = part.content_transfer_encoding().unwrap_or_default();
    match &*encoding.trim().to_ascii_lowercase() {
        "quoted-printable" => quoted_printable(body),
        "base64" => base64(body),
        _ => body.to_vec(),
    }
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
            // A soft line break; the text goes on.
            rest = after;
        } else if let Some(value) = tail.get(..2).and_then(hex) {
            out.push(value);
            rest = &tail[2..];
        } else {
            // An equals sign that begins no code is kept, as RFC 2045 recommends for robust decoders.
            out.push(byte);
        }
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    let is_hex = digits.iter().all(u8::is_ascii_hexdigit);
    let digits = std::str::from_utf8(digits).ok().filter(|_| is_hex)?;
    u8::from_str_radix(digits, 16).ok()
}

/// RFC 2045, 6.8; characters outside the alphabet are skipped.
fn base64(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len() / 4 * 3);
    let (mut bits, mut n_bits) = (0u32, 0);
    for &byte in body {
        // Padding ends a piece; some programs write the next one after it.
        if byte == b'=' {
            (bits, n_bits) = (0, 0);
        }
        let Some(value) = six_bits(byte) else {
            continue;
        };
        bits = bits << 6 | value;
        n_bits += 6;
        if n_bits >= 8 {
            n_bits -= 8;
            out.push((bits >> n_bits) as u8);
            bits &= (1 << n_bits) - 1;
        }
    }
    out
}

/// The value of a character of the alphabet of Base64.
fn six_bits(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn malformed_input_is_skipped() {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        assert_eq!(
            text(quoted_printable(b"=E5=9B=AD=\r\n=E5=8C=BA=+1=")),
            "园区=+1="
        );
        assert_eq!(text(base64("5Zut\r\n?5Yy6".as_bytes())), "园区");
        assert_eq!(text(base64(b"5Zut5Yy6MQ==Mg==")), "园区12");
    }

    proptest! {
        #[test]
        fn base64_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..40), width in 1_usize..9) {
            const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            let mut encoded = Vec::new();
            for three in bytes.chunks(3) {
                let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
                for ord in 0..4 {
                    let digit = DIGITS[(bits >> (18 - 6 * ord) & 63) as usize];
                    encoded.push(if ord > three.len() { b'=' } else { digit });
                }
            }
            let lines: Vec<&[u8]> = encoded.chunks(width).collect();
            prop_assert_eq!(base64(&lines.join(&b"\r\n"[..])), bytes);
        }

        #[test]
        fn quoted_printable_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..40), every in 1_usize..9) {
            let mut encoded = Vec::new();
            for (ord, byte) in bytes.iter().enumerate() {
                encoded.extend(format!("={byte:02X}").bytes());
                if ord % every == 0 {
                    encoded.extend(b"=\r\n");
                }
            }
            prop_assert_eq!(quoted_printable(&encoded), bytes.clone());
            // Anything is read, and no longer than it was.
            prop_assert!(quoted_printable(&bytes).len() <= bytes.len());
        }
    }
}
