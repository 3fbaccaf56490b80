//! Annotations of a page: form fields with their values, text typed onto it, notes attached to it.

use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream, String as Bytes};
use hayro_syntax::page::Page;

use super::content::{ContentReader, matrix_of};
use crate::source::formats::layout::{Drawn, Matrix, Role};

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
        let text_without_appearance = match kind.as_ref().map_or("", |kind| kind.as_str()) {
            // A popup shows the text of another annotation, a link has none.
            "Popup" | "Link" | "" => continue,
            // A field is drawn by its appearance; its value is written only without an appearance.
            "Widget" => value,
            "FreeText" => |annotation: &Dict<'_>| text(annotation, "Contents"),
            _ => {
                show(&annotation, page, reader);
                add_note(&annotation, reader);
                continue;
            }
        };
        if !show(&annotation, page, reader)
            && let Some(text) = text_without_appearance(&annotation)
        {
            write(&annotation, &text, reader);
        }
    }
}

/// Adds the text of a note, line by line, to those of its page.
fn add_note(annotation: &Dict<'_>, reader: &mut ContentReader<'_>) {
    let note = text(annotation, "Contents").unwrap_or_default();
    let lines = note.split(['\r', '\n']).map(|line| line.replace('\t', " "));
    let lines = lines.filter(|line| !line.trim().is_empty());
    reader.page().notes.extend(lines);
}

/// Draws the appearance; returns whether it has any text.
fn show(annotation: &Dict<'_>, page: &Page<'_>, reader: &mut ContentReader<'_>) -> bool {
    let Some((stream, rect)) = appearance(annotation).zip(annotation.get::<Rect>("Rect")) else {
        return false;
    };
    let Some(bounds) = stream.dict().get::<Rect>("BBox") else {
        return false;
    };
    let fitted = fitted(&bounds, matrix_of(stream.dict()), &rect);
    let n_before = reader.page().glyphs.len();
    reader.place_form(&stream, &[page.resources()], fitted, role(annotation));
    reader.page().glyphs[n_before..]
        .iter()
        .any(|glyph| !glyph.ch.is_whitespace())
}

/// PDF 1.7, 12.5.5: the box, transformed by its matrix, is fitted into the rectangle.
fn fitted(bounds: &Rect, own: Matrix, rect: &Rect) -> Matrix {
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
    let across = scale((rect.x1 - rect.x0).abs(), right - left);
    let along = scale((rect.y1 - rect.y0).abs(), high - low);
    let (x, y) = (rect.x0.min(rect.x1), rect.y0.min(rect.y1));
    Matrix([across, 0.0, 0.0, along, x - left * across, y - low * along])
}

/// The factor between two extents; a box without extent cannot be scaled.
fn scale(wide: f64, narrow: f64) -> f64 {
    if narrow.abs() < 1e-6 {
        1.0
    } else {
        wide / narrow
    }
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
    let lines = text.split(['\r', '\n']);
    let lines = lines.filter(|line| !line.trim().is_empty());
    for (ord, line) in lines.enumerate() {
        let y = top - first - 1.3 * SIZE * ord as f64;
        write_line(line, (left + 2.0, y), role(annotation), reader);
    }
}

/// Writes a line from `x` on, with its base line at `y`.
fn write_line(line: &str, (mut x, y): (f64, f64), role: Role, reader: &mut ContentReader<'_>) {
    for ch in line.chars() {
        let width = if ch < '\u{2e80}' { 0.5 } else { 1.0 };
        let drawn = Drawn {
            to_page: Matrix([SIZE, 0.0, 0.0, SIZE, x, y]).then(reader.base()),
            width,
            is_vertical: false,
            role,
        };
        reader.page().show(ch.encode_utf8(&mut [0; 4]), drawn);
        x += width * SIZE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rect(x0: f64, y0: f64, x1: f64, y1: f64) -> Rect {
        Rect::new(x0, y0, x1, y1)
    }

    #[test]
    fn an_appearance_fills_its_rectangle() {
        let bounds = rect(0.0, 0.0, 10.0, 20.0);
        let target = rect(100.0, 200.0, 120.0, 260.0);
        let Matrix(fitted_values) = fitted(&bounds, Matrix::IDENTITY, &target);
        assert_eq!(fitted_values, [2.0, 0.0, 0.0, 3.0, 100.0, 200.0]);
        // Whatever the matrix does to the box, its lower left corner is put on that of the rectangle.
        let Matrix(moved) = fitted(&bounds, Matrix::shift(5.0, 7.0), &target);
        assert_eq!(moved, [2.0, 0.0, 0.0, 3.0, 90.0, 179.0]);
        // A rectangle may name its corners in any order.
        let turned = rect(120.0, 260.0, 100.0, 200.0);
        assert_eq!(fitted(&bounds, Matrix::IDENTITY, &turned).0, fitted_values);
    }

    #[test]
    fn a_box_without_extent_is_not_scaled() {
        assert_eq!(
            (scale(6.0, 3.0), scale(6.0, 0.0), scale(6.0, 1e-9)),
            (2.0, 1.0, 1.0)
        );
        let Matrix(values) = fitted(
            &rect(0.0, 0.0, 0.0, 0.0),
            Matrix::IDENTITY,
            &rect(1.0, 2.0, 3.0, 4.0),
        );
        assert_eq!(values, [1.0, 0.0, 0.0, 1.0, 1.0, 2.0]);
    }

    #[test]
    fn texts_of_annotations_are_decoded_by_their_mark() {
        assert_eq!(decoded(b"\xfe\xff\x56\xed\x53\x3a"), "园区");
        assert_eq!(decoded(b"\xef\xbb\xbf\xe5\x9b\xad"), "园");
        assert_eq!(decoded(b"A\xe9"), "Aé");
    }
}
