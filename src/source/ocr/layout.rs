//! Arranges pieces of text on a picture into lines.

use serde::Deserialize;

/// A piece of text in its box: left, top, right, bottom in pixels.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct TextBox(f64, f64, f64, f64, String);

impl TextBox {
    fn height(&self) -> f64 {
        (self.3 - self.1).max(1.0)
    }

    fn middle(&self) -> f64 {
        (self.1 + self.3) / 2.0
    }
}

/// The lines of a page from top to bottom; pieces at one height are one line, and an indented line begins
/// with blanks, like a paragraph.
pub(super) fn lines(mut boxes: Vec<TextBox>) -> Vec<String> {
    boxes.retain(|piece| !piece.4.trim().is_empty());
    boxes.sort_by(|a, b| a.middle().total_cmp(&b.middle()));
    let mut rows: Vec<Vec<TextBox>> = Vec::new();
    for piece in boxes {
        let is_beside = |row: &&mut Vec<TextBox>| {
            row.last().is_some_and(|last| {
                let height = last.height().min(piece.height());
                // Half the height of the smaller piece: a tilted line still counts, the next line does not.
                (last.middle() - piece.middle()).abs() < height * 0.5 && apart(last, &piece)
            })
        };
        match rows.last_mut().filter(is_beside) {
            Some(row) => row.push(piece),
            None => rows.push(vec![piece]),
        }
    }
    let margin = margin(&rows);
    rows.into_iter().map(|row| line(row, margin)).collect()
}

/// Whether two pieces do not overlap horizontally.
fn apart(a: &TextBox, b: &TextBox) -> bool {
    let slack = a.height().min(b.height()) * 0.5;
    a.2 - slack < b.0 || b.2 - slack < a.0
}

/// The left margin: the edge that a quarter of the lines do not reach, since a tilted page has none for all.
fn margin(rows: &[Vec<TextBox>]) -> f64 {
    let left = |row: &Vec<TextBox>| {
        row.iter()
            .map(|piece| piece.0)
            .fold(f64::INFINITY, f64::min)
    };
    let mut edges: Vec<f64> = rows.iter().map(left).collect();
    edges.sort_by(f64::total_cmp);
    edges.get(edges.len() / 4).copied().unwrap_or(0.0)
}

fn line(mut row: Vec<TextBox>, margin: f64) -> String {
    row.sort_by(|a, b| a.0.total_cmp(&b.0));
    let is_set_in = row.first().is_some_and(|first| {
        let indent = (first.0 - margin) / first.height();
        // Two characters; a line that begins further right is centred or right-aligned.
        (0.8..3.0).contains(&indent)
    });
    let texts: Vec<&str> = row.iter().map(|piece| piece.4.trim()).collect();
    let text = without_gaps(&texts.join(" "));
    if is_set_in {
        format!("　　{text}")
    } else {
        text
    }
}

/// A line without the blanks between wide characters that recognition inserts.
pub(super) fn without_gaps(line: &str) -> String {
    let is_wide = |ch: char| ch >= '\u{2e80}';
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(ch) = chars.next() {
        let is_gap = ch == ' '
            && out.ends_with(is_wide)
            && chars
                .peek()
                .is_some_and(|&next| is_wide(next) || next == ' ');
        if !is_gap {
            out.push(ch);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_as_lines() {
        let piece =
            |left, top, right, text: &str| TextBox(left, top, right, top + 40.0, text.to_owned());
        let boxes = vec![
            piece(100.0, 200.0, 900.0, "甲村 修路"),
            piece(180.0, 100.0, 900.0, "全年工作平稳"),
            piece(600.0, 310.0, 900.0, "12"),
            piece(100.0, 300.0, 300.0, "年份"),
            piece(100.0, 400.0, 900.0, "乙"),
        ];
        assert_eq!(
            lines(boxes),
            ["　　全年工作平稳", "甲村修路", "年份 12", "乙"]
        );
        assert_eq!(lines(Vec::new()), [""; 0]);
    }
}
