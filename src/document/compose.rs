//! Composition: turns cleaned lines into a document with title, sections and passages.

use std::borrow::Cow;

use super::blank::trim;
use super::evidence::DocumentEvidence;
use super::outline::{self, Heading, PagePart, Paragraph};
use super::page::lay_out;
use super::reading::reading;
use super::role_flow::mark_roles;
use super::{
    Boilerplate, Document, Line, Mended, Part, Passage, Role, Row, Section, SourceMetadata, Style,
    TableRow, cut, date, issuer, kind,
};
use crate::text::visible::n_visible;

/// Builds a document from cleaned lines.
///
/// Every line with text on it becomes a passage (several, if it is long) or boilerplate, in order. Blank lines
/// are skipped; without any text the document has no passage. [`Document::n_read`] is the length of a given title that
/// the text does not print: what was read of the text is known to its reader.
pub fn compose(lines: &[Line], given: &SourceMetadata) -> (Document, Vec<Mended>) {
    let read = lines.iter().map(|line| (line, reading(&line.text)));
    let (lines, readings): (Vec<&Line>, Vec<Cow<'_, str>>) =
        read.filter(|(_, reading)| !reading.is_empty()).unzip();
    let readings: Vec<&str> = readings.iter().map(|reading| &**reading).collect();
    // Rules see the readings (no zero-width characters, no spaced-out titles), passages keep the lines as
    // they are.
    let page = lay_out(&lines, &readings, given);
    let headings = outline::outline(&page.paragraphs);
    let mut document = Document {
        title: page.title.clone(),
        url: given.url.clone(),
        sections: headings
            .iter()
            .map(|heading| section(heading, &lines))
            .collect(),
        ..Document::default()
    };
    let texts: Vec<&str> = page.evidence().collect();
    let evidence = DocumentEvidence {
        title: &document.title,
        texts: &texts,
        fields: &page.fields,
        given,
    };
    let (date, kind, issuer) = (
        date::of_document(&evidence),
        kind::of_document(&evidence),
        issuer::of_document(&evidence),
    );
    // The date of a statute is its latest revision; the first adoption is only worth a field where it
    // differs.
    let adopted = date::first_adopted(&texts);
    document.adopted = adopted.filter(|day| date.is_some_and(|(date, _)| date != *day));
    (document.date, document.kind, document.issuer) = (date, kind, issuer);
    add_given_title(&mut document, given, &page.paragraphs, &lines);
    add_lines(&mut document, &lines, &page.paragraphs, &headings);
    mark_roles(&mut document);
    (document, page.warnings)
}

fn section(heading: &Heading, lines: &[&Line]) -> Section {
    Section {
        level: heading.level,
        label: heading.label.clone(),
        title: heading.title.clone(),
        line: lines[heading.paragraph].number,
        parent: heading.parent,
        run_in: heading.run_in,
        role: Role::of(&heading.title),
    }
}

/// A title from the source that the text does not print becomes the first passage. One that is too long for a
/// title is body text.
fn add_given_title(
    document: &mut Document,
    given: &SourceMetadata,
    paragraphs: &[Paragraph<'_>],
    lines: &[&Line],
) {
    let is_printed = paragraphs.iter().any(|p| p.place == PagePart::Title);
    let title = given.title.as_deref();
    let title = title.filter(|title| !is_printed && !trim(title).is_empty());
    let Some((title, first)) = title.zip(lines.first()) else {
        return;
    };
    // It was not cut; one that is a bare number may have been completed.
    let is_whole = document.title.contains(title);
    let text = NewText {
        line: first.number,
        part: if is_whole { Part::Title } else { Part::Body },
        text: title,
        section: None,
    };
    text.add_to(document);
    document.n_read += n_visible(title);
}

fn add_lines(
    document: &mut Document,
    lines: &[&Line],
    paragraphs: &[Paragraph<'_>],
    headings: &[Heading],
) {
    // The number of headings up to the line.
    let mut n_open = 0;
    let mut tables = Tables::default();
    for (ord, (line, paragraph)) in lines.iter().zip(paragraphs).enumerate() {
        // Headings are ordered by paragraph, so that both lists are walked once.
        let rest = headings[n_open..].iter();
        let n_here = rest.take_while(|heading| heading.paragraph == ord).count();
        n_open += n_here;
        let section = n_open.checked_sub(1);
        // A run-in heading shares its line with the paragraph, which stays body text.
        let is_heading = n_here > 0 && section.is_some_and(|section| !headings[section].run_in);
        let part = match paragraph.place {
            PagePart::Boilerplate(reason) => {
                document.boilerplate.push(boilerplate_line(line, reason));
                continue;
            }
            PagePart::Title => Part::Title,
            _ if is_heading => Part::Heading,
            _ => Part::Body,
        };
        let first = document.passages.len();
        let text = NewText {
            line: line.number,
            part,
            text: &line.text,
            section,
        };
        text.add_to(document);
        if let (Part::Body, Style::Row(row)) = (part, line.style) {
            tables.place(row, &mut document.passages[first..]);
        }
    }
}

fn boilerplate_line(line: &Line, reason: super::Reason) -> Boilerplate {
    Boilerplate {
        line: line.number,
        text: line.text.clone(),
        reason,
    }
}

/// Tracks the tables of a document while its lines are read.
#[derive(Default)]
struct Tables {
    /// The table that was read last, and the passage with its column headings.
    latest: Option<(u32, Option<u32>)>,
}

impl Tables {
    /// Records the table position of `passages`, all of one row.
    fn place(&mut self, row: Row, passages: &mut [Passage]) {
        // A row of another table begins with unknown headings.
        let known = self.latest.filter(|(table, _)| *table == row.table);
        let mut header = known.and_then(|(_, header)| header);
        let own = if row.is_header { None } else { header };
        for passage in &mut *passages {
            passage.row = Some(TableRow {
                table: row.table,
                header: own,
            });
        }
        if row.is_header {
            // The last of several header rows names single columns.
            header = passages.first().map(|passage| passage.number);
        }
        self.latest = Some((row.table, header));
    }
}

/// A text of the page that becomes passages.
struct NewText<'a> {
    line: u32,
    part: Part,
    text: &'a str,
    section: Option<usize>,
}

impl NewText<'_> {
    /// Adds its passages, several if it is long.
    fn add_to(&self, document: &mut Document) {
        for piece in cut::passages(self.text) {
            let number = document.passages.len() as u32 + 1;
            document.passages.push(Passage {
                number,
                line: self.line,
                part: self.part,
                text: self.text[piece].to_owned(),
                section: self.section,
                opened: None,
                row: None,
                is_recognized: false,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Style;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<Line> {
        (1..)
            .zip(text.lines())
            .map(|(number, text)| Line {
                number,
                text: text.to_owned(),
                style: Style::Plain,
            })
            .collect()
    }

    fn given(title: Option<&str>) -> SourceMetadata {
        SourceMetadata {
            title: title.map(str::to_owned),
            file_stem: "园区".to_owned(),
            ..SourceMetadata::default()
        }
    }

    /// Passages as line, part, section and first characters.
    #[track_caller]
    fn check(
        text: &str,
        title: Option<&str>,
        expected: &[(u32, Part, Option<usize>, &str)],
    ) -> Document {
        let (document, _) = compose(&lines(text), &given(title));
        let actual: Vec<_> = document
            .passages
            .iter()
            .map(|p| (p.line, p.part, p.section, p.text.as_str()))
            .collect();
        assert_eq!(actual, expected);
        let numbers: Vec<u32> = document.passages.iter().map(|p| p.number).collect();
        assert_eq!(
            numbers,
            (1..=document.passages.len() as u32).collect::<Vec<_>>()
        );
        document
    }

    #[test]
    fn headings_and_bodies_belong_to_sections() {
        let text = "园区年度总结\n一、做法\n（一）班子重视。年初开会三次。\n（二）措施有力。全年走访百户。\n二、问题\n人手不足，经费不够。";
        let document = check(
            text,
            None,
            &[
                (1, Part::Title, None, "园区年度总结"),
                (2, Part::Heading, Some(0), "一、做法"),
                (3, Part::Body, Some(1), "（一）班子重视。年初开会三次。"),
                (4, Part::Body, Some(2), "（二）措施有力。全年走访百户。"),
                (5, Part::Heading, Some(3), "二、问题"),
                (6, Part::Body, Some(3), "人手不足，经费不够。"),
            ],
        );
        assert_eq!(document.title, "园区年度总结");
        assert_eq!(document.role(Some(2)), Some(Role::Measures));
        assert_eq!(document.role(Some(3)), Some(Role::Problems));
        assert_eq!(document.role(None), None);
    }

    #[test]
    fn a_title_that_is_a_number_is_completed() {
        let title = |text: &str, given: &str, stem: &str| {
            let given = SourceMetadata {
                title: (!given.is_empty()).then(|| given.to_owned()),
                file_stem: stem.to_owned(),
                ..SourceMetadata::default()
            };
            compose(&lines(text), &given).0.title
        };
        let text = "各位代表：\n一、园区过去一年工作回顾\n园区稳中有进。";
        assert_eq!(title(text, "", "2018"), "2018 一、园区过去一年工作回顾");
        assert_eq!(
            title(text, "2018年度", "园区"),
            "2018年度 一、园区过去一年工作回顾"
        );
        let body = "园区稳中有进，落实了各项任务，群众满意。";
        assert_eq!(title(body, "2018", "园区报告2018"), "园区报告2018");
        assert_eq!(title(body, "", "2018"), "2018");
        assert_eq!(title(body, "二〇一八年", "园区报告"), "二〇一八年 园区报告");
        assert_eq!(title(text, "2018年大事", "园区"), "2018年大事");
    }

    #[test]
    fn a_title_printed_twice_is_kept_once() {
        let text = "园区年度总结\n时间:2022-09-01 06:12:00\n园区 年度总结\n园区工作平稳。";
        let document = check(
            text,
            None,
            &[
                (1, Part::Title, None, "园区年度总结"),
                (4, Part::Body, None, "园区工作平稳。"),
            ],
        );
        let boilerplate: Vec<u32> = document
            .boilerplate
            .iter()
            .map(|boilerplate| boilerplate.line)
            .collect();
        assert_eq!(boilerplate, [2, 3]);
        assert_eq!(
            compose(&lines(text), &given(None)).1,
            [Mended::RepeatedTitle]
        );
    }

    #[test]
    fn a_given_title_comes_first() {
        let text = "各位代表：\n园区工作平稳。";
        check(
            text,
            Some("园区报告"),
            &[
                (1, Part::Title, None, "园区报告"),
                (1, Part::Body, None, "各位代表："),
                (2, Part::Body, None, "园区工作平稳。"),
            ],
        );
        check(
            "园区报告\n园区工作平稳。",
            Some("园区报告"),
            &[
                (1, Part::Title, None, "园区报告"),
                (2, Part::Body, None, "园区工作平稳。"),
            ],
        );
        assert_eq!(compose(&lines(text), &given(None)).0.title, "园区");
        check("\n　\n", Some("园区报告"), &[]);
    }

    #[test]
    fn long_paragraphs_are_cut() {
        let sentence = format!("{}。", "园".repeat(699));
        let text = format!("{sentence}{sentence}");
        check(
            &text,
            None,
            &[
                (1, Part::Body, None, &sentence),
                (1, Part::Body, None, &sentence),
            ],
        );
    }

    #[test]
    fn a_given_title_of_any_length_is_bounded() {
        let long = format!("{}。{}", "园".repeat(249), "区".repeat(39_000));
        let (document, _) = compose(&lines("园区工作平稳。"), &given(Some(&long)));
        assert_eq!(document.title, format!("{}。", "园".repeat(249)));
        let whole: String = document.passages.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(whole, format!("{long}园区工作平稳。"));
        assert!(document.passages.iter().all(|p| p.part == Part::Body));
        assert!(
            document
                .passages
                .iter()
                .all(|p| p.text.chars().count() <= 1000)
        );
    }

    proptest! {
        #[test]
        fn nothing_is_lost(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "一", "二", "三、", "（一）", "(2)", "1.", "1.1", "①", "第", "条", "章", "之", "，", "。", "；", "：", "是", "要", "附件",
                    "目录", "各位代表", "园区", "时间:2022-09-01", "【打印】", "<U+00A0>", "　", " ", "\n", "\n", "-", "结束语", "的", "《", "】", "é",
                ]),
                0..80,
            ),
        ) {
            let text = words.concat();
            let lines = lines(&text);
            let (document, _) = compose(&lines, &given(None));
            let mut kept: Vec<(u32, String)> = document.boilerplate.iter().map(|f| (f.line, f.text.clone())).collect();
            let mut last = 0;
            for passage in &document.passages {
                prop_assert!(passage.line >= last);
                last = passage.line;
                prop_assert!(passage.section.is_none_or(|section| section < document.sections.len()));
                match kept.last_mut().filter(|(line, _)| *line == passage.line) {
                    Some((_, text)) => text.push_str(&passage.text),
                    None => kept.push((passage.line, passage.text.clone())),
                }
            }
            kept.sort();
            let wanted: Vec<(u32, String)> = lines.iter().filter(|line| !trim(&line.text).is_empty()).map(|line| (line.number, line.text.clone())).collect();
            prop_assert_eq!(kept, wanted);
            for (ord, section) in document.sections.iter().enumerate() {
                prop_assert!(section.level >= 1 && section.parent.is_none_or(|parent| parent < ord));
            }
        }
    }
}
