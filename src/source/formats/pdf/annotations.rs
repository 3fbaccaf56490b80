//! Annotations of a page: form fields with their values, text typed onto it, notes attached to it.

use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as Bytes};
use hayro_syntax::page::Page;

use super::content::ContentReader;
use crate::source::formats::layout::{Matrix, Role};

/// Maximum number of annotations read of a page.
const MAX_ANNOTATIONS: usize = 5000;
/// Maximum number of ancestors of a field that are searched for its value.
const MAX_PARENTS: usize = 16;
/// Font size without an appearance, in points.
const SIZE: f64 = 10.0;

/// Adds the content of the annotations of `page`.
pub(super) fn read(page: &Page<'_>, reader: &mut ContentReader<'_>) {
    let Some(list) = page.raw().get::<Array<'_>>("Annots") else {
        return;
    };
    for annotation in list.iter::<Dict<'_>>().take(MAX_ANNOTATIONS) {
        let kind = annotation.get::<Name<'_>>("Subtype");
        match kind.as_ref().map_or("", |kind| kind.as_str()) {
            // A popup shows the text of another annotation, a link has none.
            "Popup" | "Link" | "" => {}
            // A field is drawn by its appearance; its value is written only without an appearance.
            "Widget" => {
                if !show(&annotation, page, reader)
                    && let Some(value) = value(&annotation)
                {
                    write(&annotation, &value, reader);
                }
            }
            "FreeText" => {
                if !show(&annotation, page, reader)
                    && let Some(text) = text(&annotation, "Contents")
                {
                    write(&annotation, &text, reader);
                }
            }
            _ => {
                show(&annotation, page, reader);
                if let Some(note) = text(&annotation, "Contents") {
                    let lines = note.split(['\r', '\n']).map(|line| line.replace('\t', " "));
                    let lines = lines.filter(|line| !line.trim().is_empty());
                    reader.page().notes.extend(lines);
                }
            }
        }
    }
}

/// Draws the appearance; returns whether it has any text.
fn show(annotation: &Dict<'_>, page: &Page<'_>, reader: &mut ContentReader<'_>) -> bool {
    let Some((stream, rect)) = appearance(annotation).zip(annotation.get::<Rect>("Rect")) else {
        return false;
    };
    let dict = stream.dict();
    let own = dict
        .get::<Array<'_>>("Matrix")
        .map(|matrix| matrix.iter::<f64>().collect());
    let own = own.and_then(|values: Vec<f64>| <[f64; 6]>::try_from(values).ok());
    let own = own.map_or(Matrix::IDENTITY, Matrix);
    let Some(bounds) = dict.get::<Rect>("BBox") else {
        return false;
    };
    // PDF 1.7, 12.5.5: the box, transformed by its matrix, is fitted into the rectangle.
    let corners = [
        (bounds.x0, bounds.y0),
        (bounds.x1, bounds.y0),
        (bounds.x0, bounds.y1),
        (bounds.x1, bounds.y1),
    ];
    let corners = corners.map(|(x, y)| {
        let [.., x, y] = Matrix::shift(x, y).then(own).0;
        (x, y)
    });
    let span = |along: fn(&(f64, f64)) -> f64| {
        let all = || corners.iter().map(along);
        (
            all().fold(f64::INFINITY, f64::min),
            all().fold(f64::NEG_INFINITY, f64::max),
        )
    };
    let ((left, right), (low, high)) = (span(|corner| corner.0), span(|corner| corner.1));
    let scale = |wide: f64, narrow: f64| {
        // A box without extent cannot be scaled.
        if narrow.abs() < 1e-6 {
            1.0
        } else {
            wide / narrow
        }
    };
    let across = scale((rect.x1 - rect.x0).abs(), right - left);
    let along = scale((rect.y1 - rect.y0).abs(), high - low);
    let (x, y) = (rect.x0.min(rect.x1), rect.y0.min(rect.y1));
    let fitted = Matrix([across, 0.0, 0.0, along, x - left * across, y - low * along]);
    let n_before = reader.page().glyphs.len();
    reader.place_form(&stream, &[page.resources()], fitted, role(annotation));
    reader.page().glyphs[n_before..]
        .iter()
        .any(|glyph| !glyph.ch.is_whitespace())
}

/// The stream that draws the current state of an annotation.
fn appearance<'a>(annotation: &Dict<'a>) -> Option<Stream<'a>> {
    let appearances = annotation.get::<Dict<'_>>("AP")?;
    if let Some(stream) = appearances.get::<Stream<'_>>("N") {
        return Some(stream);
    }
    let state = annotation.get::<Name<'_>>("AS")?;
    appearances
        .get::<Dict<'_>>("N")?
        .get::<Stream<'_>>(state.as_str())
}

/// Whether it is hidden or not to be viewed (12.5.3).
fn role(annotation: &Dict<'_>) -> Role {
    let flags = annotation.get::<i32>("F").unwrap_or(0);
    // Bits 2 (Hidden) and 6 (NoView) of the flags.
    if flags & (1 << 1 | 1 << 5) == 0 {
        Role::Text
    } else {
        Role::Hidden
    }
}

/// The value of a text or choice field, its own or its parent's.
fn value(field: &Dict<'_>) -> Option<String> {
    let mut field = field.clone();
    for _ in 0..MAX_PARENTS {
        if let Some(value) = text(&field, "V") {
            return Some(value);
        }
        if let Some(values) = field.get::<Array<'_>>("V") {
            let values = values
                .iter::<Bytes<'_>>()
                .map(|value| decoded(value.as_bytes()));
            return Some(values.collect::<Vec<_>>().join(" "));
        }
        field = field.get::<Dict<'_>>("Parent")?;
    }
    None
}

fn text(dict: &Dict<'_>, key: &str) -> Option<String> {
    let text = match dict.get::<Object<'_>>(key)? {
        Object::String(text) => decoded(text.as_bytes()),
        Object::Stream(stream) => decoded(&stream.decoded_data().ok()?),
        _ => return None,
    };
    (!text.trim().is_empty()).then_some(text)
}

/// A text string (7.9.2.2): UTF-16 or UTF-8 by its mark, else nearly Latin.
fn decoded(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(bytes)
            .0
            .into_owned(),
    }
}

/// Writes a text into the rectangle of an annotation without an appearance.
fn write(annotation: &Dict<'_>, text: &str, reader: &mut ContentReader<'_>) {
    let Some(rect) = annotation.get::<Rect>("Rect") else {
        return;
    };
    let (left, top) = (rect.x0.min(rect.x1), rect.y0.max(rect.y1));
    let height = (rect.y1 - rect.y0).abs();
    // A field lower than two and a half lines holds one, centred; a higher one is filled from the top.
    let is_single = height < 2.5 * SIZE;
    let first = if is_single {
        // The middle of a character is about a third of its size above the base line.
        height / 2.0 + 0.35 * SIZE
    } else {
        1.2 * SIZE
    };
    let (base, role) = (reader.base(), role(annotation));
    for (ord, line) in text
        .split(['\r', '\n'])
        .filter(|line| !line.trim().is_empty())
        .enumerate()
    {
        let mut x = left + 2.0;
        let y = top - first - 1.3 * SIZE * ord as f64;
        for ch in line.chars() {
            let width = if ch < '\u{2e80}' { 0.5 } else { 1.0 };
            let to_page = Matrix([SIZE, 0.0, 0.0, SIZE, x, y]).then(base);
            reader
                .page()
                .show(ch.encode_utf8(&mut [0; 4]), to_page, width, false, role);
            x += width * SIZE;
        }
    }
}
