//! The draft with its citations, as pages and documents show it: each passage cut where a citation begins or ends.

use xunzhang::precedent::{Check, Checked, Citation, DraftPassage};

/// A passage of the draft.
pub(crate) struct CitingPassage<'a> {
    pub(crate) passage: DraftPassage,
    /// Its text in order, each part with its citation and that one's number from 1.
    pub(crate) parts: Vec<(String, Option<(usize, &'a Citation)>)>,
}

/// The passages of a draft that have a sentence, in order.
pub(crate) fn citing_passages(check: &Check) -> Vec<CitingPassage<'_>> {
    let numbered: Vec<(usize, &Citation)> = (1..).zip(&check.citations).collect();
    let passages = check.sentences.chunk_by(|a, b| a.passage == b.passage);
    let passages = passages.map(|sentences| {
        let passage = sentences[0].passage;
        let of_passage = numbered.iter().filter(|(_, one)| one.passage == passage);
        CitingPassage {
            passage,
            parts: parts(&text(sentences), of_passage.copied()),
        }
    });
    passages.collect()
}

/// The characters of a passage at their places; what no sentence has is a blank at most.
fn text(sentences: &[Checked]) -> Vec<char> {
    let mut out = Vec::new();
    for sentence in sentences {
        let label: Vec<char> = sentence
            .label
            .iter()
            .flat_map(|label| label.chars())
            .collect();
        let start = sentence.span.0;
        out.resize(out.len().max(start), ' ');
        let label_start = start.saturating_sub(label.len());
        for (at, ch) in (label_start..).zip(label) {
            out[at] = ch;
        }
        out.extend(sentence.text.chars());
    }
    out
}

fn parts<'a>(
    text: &[char],
    citations: impl Iterator<Item = (usize, &'a Citation)>,
) -> Vec<(String, Option<(usize, &'a Citation)>)> {
    let cut = |start: usize, end: usize| -> String {
        text.get(start..end.min(text.len()))
            .unwrap_or_default()
            .iter()
            .collect()
    };
    let mut out = Vec::new();
    let mut at = 0;
    for (number, citation) in citations {
        let (start, end) = citation.place_in_draft;
        out.push((cut(at, start), None));
        out.push((cut(start, end), Some((number, citation))));
        at = end;
    }
    out.push((cut(at, text.len()), None));
    out.retain(|(text, _)| !text.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use xunzhang::document::Part;
    use xunzhang::precedent::{CitationKind, CitationStatus, Class};

    const PASSAGE: DraftPassage = DraftPassage {
        number: 1,
        line: 3,
        part: Part::Body,
    };

    fn sentence(text: &str, start: usize, label: Option<&str>) -> Checked {
        Checked {
            label: label.map(str::to_owned),
            text: text.to_owned(),
            passage: PASSAGE,
            span: (start, start + text.chars().count()),
            class: Class::None,
            rarity: None,
            similarity: 0.0,
            variants: Vec::new(),
            parts: Vec::new(),
            reused: Vec::new(),
        }
    }

    fn citation(start: usize, end: usize) -> Citation {
        Citation {
            kind: CitationKind::Title,
            text: String::new(),
            passage: PASSAGE,
            place_in_draft: (start, end),
            subject: None,
            named: None,
            status: CitationStatus::NotFound,
            source: None,
            wording: None,
            diff: Vec::new(),
            editions: Vec::new(),
            newer: None,
            remark: None,
        }
    }

    #[test]
    fn a_passage_is_cut_at_its_citations() {
        let text = text(&[
            sentence("依《甲》修渠。", 3, Some("（一）")),
            sentence("又依《乙》。", 11, None),
        ]);
        assert_eq!(
            text.iter().collect::<String>(),
            "（一）依《甲》修渠。 又依《乙》。"
        );
        let all = [citation(5, 6), citation(14, 15)];
        let found = parts(&text, (1..).zip(&all));
        let found: Vec<(&str, Option<usize>)> = found
            .iter()
            .map(|(text, one)| (text.as_str(), one.map(|(number, _)| number)))
            .collect();
        assert_eq!(
            found,
            [
                ("（一）依《", None),
                ("甲", Some(1)),
                ("》修渠。 又依《", None),
                ("乙", Some(2)),
                ("》。", None),
            ]
        );
        // A place beyond the text takes nothing down.
        assert_eq!(parts(&text[..2], (1..).zip(&all[1..])).len(), 1);
    }
}
