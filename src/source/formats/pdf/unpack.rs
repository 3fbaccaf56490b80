//! Unpacks streams as far as they are intact: a damaged one mostly contains text before its damage.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use hayro_syntax::object::{Array, Name, Object, Stream};
use hayro_syntax::page::Page;

/// Maximum number of bytes unpacked from a damaged stream.
const MAX_BYTES: u64 = 64 << 20;

/// The data of a stream, and whether they are complete.
pub(super) fn unpacked<'a>(stream: &Stream<'a>) -> (Cow<'a, [u8]>, bool) {
    if let Ok(data) = stream.decoded_data() {
        return (data, true);
    }
    if !is_deflated(stream) {
        return (Cow::Borrowed(b""), false);
    }
    let raw = stream.raw_data();
    let mut out = Vec::new();
    // Decoding is known to fail; the bytes before the error are wanted.
    let _ = ZlibDecoder::new(&*raw)
        .take(MAX_BYTES)
        .read_to_end(&mut out);
    // Without its two bytes of header the stream may still be readable as raw deflate.
    if out.is_empty() && raw.len() > 2 {
        let _ = DeflateDecoder::new(&raw[2..])
            .take(MAX_BYTES)
            .read_to_end(&mut out);
    }
    (Cow::Owned(out), false)
}

/// Whether deflate is the stream's only filter.
fn is_deflated(stream: &Stream<'_>) -> bool {
    let dict = stream.dict();
    let names: Vec<Name<'_>> = match dict.get::<Array<'_>>("Filter") {
        Some(list) => list.iter::<Name<'_>>().collect(),
        None => dict.get::<Name<'_>>("Filter").into_iter().collect(),
    };
    matches!(&names[..], [name] if name.as_str() == "FlateDecode")
        && !dict.contains_key("DecodeParms")
}

/// The content of a page, and whether it is complete.
pub(super) fn content(page: &Page<'_>) -> (Vec<u8>, bool) {
    let dict = page.raw();
    let mut out = Vec::new();
    let mut is_whole = true;
    let mut add = |stream: &Stream<'_>| {
        let (data, is_all) = unpacked(stream);
        is_whole &= is_all;
        out.extend_from_slice(&data);
        // An instruction may end with its stream.
        out.push(b' ');
    };
    if let Some(stream) = dict.get::<Stream<'_>>("Contents") {
        add(&stream);
    } else if let Some(list) = dict.get::<Array<'_>>("Contents") {
        for object in list.iter::<Object<'_>>() {
            if let Object::Stream(stream) = object {
                add(&stream);
            }
        }
    } else {
        is_whole = !dict.contains_key("Contents");
    }
    (out, is_whole)
}
