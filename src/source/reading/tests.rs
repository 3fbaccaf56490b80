//! Documents of a file, and the accounting of their characters.

use super::*;
use crate::document::{Line, SourceMetadata, Style};
use crate::source::clean::line_ends;
use proptest::prelude::*;

fn raw(key: Option<&str>, text: &str) -> Raw {
    Raw {
        key: key.map(str::to_owned),
        lines: line_ends::split(text),
        given: SourceMetadata {
            file_stem: "总结".to_owned(),
            is_record: key.is_some(),
            ..SourceMetadata::default()
        },
        ..Raw::default()
    }
}

/// The keys and warnings of the documents, and the outcome.
fn read(raws: impl IntoIterator<Item = Raw>) -> (Vec<Record>, Result<(), Skip>) {
    let mut records = Vec::new();
    let mut reading = Reading::new(|record| records.push(record));
    raws.into_iter().for_each(|raw| reading.take(raw));
    let outcome = reading.finish();
    (records, outcome)
}

const TEXT: &str = "园区工作总结\n园区平稳。\n";

#[test]
fn a_file_is_one_document_or_several() {
    let (records, outcome) = read([raw(None, TEXT)]);
    assert!(outcome.is_ok());
    let [record] = &records[..] else {
        panic!("{} documents", records.len());
    };
    assert_eq!(
        (record.key.as_deref(), record.document.is_record),
        (None, false)
    );
    assert_eq!(record.document.title, "园区工作总结");

    let (records, outcome) = read([raw(Some("甲"), TEXT), raw(Some("乙"), TEXT)]);
    assert!(outcome.is_ok());
    let keys: Vec<Option<&str>> = records.iter().map(|record| record.key.as_deref()).collect();
    assert_eq!(keys, [Some("甲"), Some("乙")]);
    assert!(records.iter().all(|record| record.document.is_record));
}

#[test]
fn a_file_without_text_is_empty() {
    for raws in [vec![], vec![raw(None, "")], vec![raw(Some("甲"), "\n　\n")]] {
        let (records, outcome) = read(raws);
        assert!(records.is_empty() && matches!(outcome, Err(Skip::Empty)));
    }
}

#[test]
fn empty_records_are_named_by_their_neighbours() {
    let warned = |raws: Vec<Raw>| -> Vec<Vec<Warning>> {
        let (records, _) = read(raws);
        records.into_iter().map(|record| record.warnings).collect()
    };
    let empty = |key: &str| Warning::EmptyRecord(key.to_owned());
    // Before the first document they wait for it; later they belong to the last one.
    assert_eq!(
        warned(vec![
            raw(Some("甲"), ""),
            raw(Some("乙"), TEXT),
            raw(Some("丙"), ""),
            raw(Some("丁"), TEXT)
        ]),
        [vec![empty("甲"), empty("丙")], vec![]]
    );
    // Without a key it is named by its number.
    assert_eq!(
        warned(vec![raw(None, TEXT), raw(None, "")]),
        [vec![empty("2")]]
    );
}

#[test]
fn warnings_come_in_order_of_the_steps() {
    let mut with_warning = raw(
        None,
        "园区工作总结\n<U+00A0>园区\u{1}平稳。\n园区工作总结\n",
    );
    with_warning.warnings.push(Warning::Incomplete);
    let (records, _) = read([with_warning]);
    assert_eq!(
        records[0].warnings[..4],
        [
            Warning::Incomplete,
            Warning::Escapes(1),
            Warning::Controls(1),
            Warning::RepeatedTitle,
        ]
    );
}

#[test]
fn characters_that_a_reader_saw_and_did_not_keep_are_reported() {
    let short = Raw {
        n_read: Some(15),
        ..raw(None, TEXT)
    };
    let (records, _) = read([short]);
    assert_eq!(records[0].warnings, [Warning::Unaccounted(15, 11)]);
}

#[test]
fn much_boilerplate_is_reported_except_metadata_of_records() {
    let aside = |key: Option<&str>, reason: Reason| {
        let mut raw = raw(key, TEXT);
        raw.lines.push(Line {
            number: 3,
            text: "页脚".to_owned(),
            style: Style::Boilerplate(reason),
        });
        let (records, _) = read([raw]);
        records[0].warnings.clone()
    };
    assert_eq!(
        aside(None, Reason::Frame),
        [Warning::SetAside(15, Reason::Frame)]
    );
    assert_eq!(
        aside(None, Reason::Metadata),
        [Warning::SetAside(15, Reason::Metadata)]
    );
    assert_eq!(aside(Some("甲"), Reason::Metadata), []);
    assert_eq!(
        aside(Some("甲"), Reason::Hidden),
        [Warning::SetAside(15, Reason::Hidden)]
    );
}

#[test]
#[allow(clippy::single_range_in_vec_init)] // A single line is a single range.
fn recognized_lines_mark_their_passages() {
    let recognized = Raw {
        recognized: vec![2..3],
        ..raw(None, TEXT)
    };
    let (records, _) = read([recognized]);
    assert_eq!(records[0].document.n_recognized(), 1);
}

/// Lines as reports, pages and broken exports have them.
const LINES: &str = "(　　园区工作总结\n|一、概况\n|（一）做法。园区平稳，群众满意。\n|第一条 本办法自公布之日起施行。\n|来源：园区网\n\
    |- 3 -\n|【打印】\n|目录\n|一、概况……1\n|2024年3月1日\n|<U\\+00A0>&nbsp;正文\n|\n|附件1\n|<!-- 甲 -->\n|某县人民政府文件\n|a\u{1}b\u{200b} c\n){0,14}";

proptest! {
    #[test]
    fn every_visible_character_is_in_a_passage_or_aside(text in LINES, is_record in any::<bool>()) {
        let (records, _) = read([raw(is_record.then_some("甲"), &text)]);
        for record in records {
            let is_off = |warning: &Warning| matches!(warning, Warning::Unaccounted(..));
            prop_assert!(!record.warnings.iter().any(is_off), "{:?}", record.warnings);
            let document = &record.document;
            // Sections and passages refer to each other by valid ordinals, in order of the text.
            for (ord, section) in document.sections.iter().enumerate() {
                prop_assert!(section.parent.is_none_or(|parent| parent < ord));
            }
            for (number, passage) in (1..).zip(&document.passages) {
                prop_assert_eq!(passage.number, number);
                prop_assert!(passage.section.is_none_or(|section| section < document.sections.len()));
                prop_assert!(!passage.text.trim().is_empty());
            }
            prop_assert!(document.passages.is_sorted_by_key(|passage| passage.line));
        }
    }
}
