//! Tests of the format as a whole.

use std::io::{Cursor, Write};

use cfb::CompoundFile as Container;

use super::*;
use crate::source::Warning;
use crate::source::formats::deck::tests::check;

fn record(is_container: bool, instance: u16, kind: u16, data: &[u8]) -> Vec<u8> {
    let head = instance << 4 | if is_container { 0xf } else { 0 };
    let len = u32::try_from(data.len()).expect("a short record");
    [
        &head.to_le_bytes()[..],
        &kind.to_le_bytes(),
        &len.to_le_bytes(),
        data,
    ]
    .concat()
}

fn atom(kind: u16, numbers: &[u32]) -> Vec<u8> {
    let data: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    record(false, 0, kind, &data)
}

fn container(kind: u16, parts: &[Vec<u8>]) -> Vec<u8> {
    record(true, 0, kind, &parts.concat())
}

fn text(of: u32, text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [
        atom(kind::TEXT_HEADER, &[of]),
        record(false, 0, kind::TEXT_CHARS, &units),
    ]
    .concat()
}

fn shape(parts: &[Vec<u8>]) -> Vec<u8> {
    container(kind::SHAPE, parts)
}

fn textbox(content: Vec<u8>) -> Vec<u8> {
    container(kind::TEXTBOX, &[content])
}

fn cell(left: u32, top: u32, content: &str) -> Vec<u8> {
    shape(&[
        atom(kind::CHILD_ANCHOR, &[left, top, 0, 0]),
        textbox(text(4, content)),
    ])
}

fn drawing(shapes: &[Vec<u8>]) -> Vec<u8> {
    container(
        kind::DRAWING,
        &[container(0xf002, &[container(kind::GROUP, shapes)])],
    )
}

/// A stream with two slides, one of them with a table and notes, and the stream that points to the last edit.
fn streams() -> (Vec<u8>, Vec<u8>) {
    let list =
        |instance: u16, parts: &[Vec<u8>]| record(true, instance, kind::LIST, &parts.concat());
    let document = container(
        kind::DOCUMENT,
        &[
            list(
                0,
                &[
                    atom(kind::SLIDE_PERSIST, &[2, 0, 0, 256, 0]),
                    text(6, "园区\r总结"),
                    atom(kind::SLIDE_PERSIST, &[3, 0, 0, 257, 0]),
                    text(0, "一、做法"),
                    text(1, "修路\r种树\u{b}治水"),
                ],
            ),
            list(2, &[atom(kind::SLIDE_PERSIST, &[4, 0, 0, 0, 0])]),
        ],
    );
    let reference = |ord: u32| textbox(atom(kind::OUTLINE_REFERENCE, &[ord]));
    let first = container(0x03ee, &[drawing(&[shape(&[reference(0)])])]);
    let options = record(false, 1, kind::MORE_OPTIONS, &[0x9f, 0x03, 1, 0, 0, 0]);
    let table = container(
        kind::GROUP,
        &[
            shape(&[options]),
            cell(100, 50, "12"),
            cell(0, 0, "年份"),
            cell(0, 50, "2009"),
            shape(&[]),
        ],
    );
    let number = shape(&[
        container(
            kind::CLIENT_DATA,
            &[record(
                false,
                0,
                kind::PLACEHOLDER,
                &[0, 0, 0, 0, NUMBER_PLACE, 0, 0, 0],
            )],
        ),
        textbox([text(4, "*"), atom(kind::SLIDE_NUMBER, &[0])].concat()),
    ]);
    let bytes = [
        atom(kind::TEXT_HEADER, &[4]),
        record(false, 0, kind::TEXT_BYTES, b"GDP 5%"),
    ]
    .concat();
    let second = container(
        0x03ee,
        &[drawing(&[
            shape(&[reference(0)]),
            shape(&[textbox(bytes)]),
            table,
            number,
        ])],
    );
    let notes = container(
        0x03f0,
        &[
            atom(kind::NOTES_ATOM, &[257]),
            drawing(&[shape(&[textbox(text(2, "先讲难点。"))])]),
        ],
    );
    let mut stream = Vec::new();
    let mut places = Vec::new();
    for object in [document, first, second, notes] {
        places.push(stream.len() as u32);
        stream.extend(object);
    }
    let directory = stream.len() as u32;
    let numbers = [vec![4 << 20 | 1], places].concat();
    stream.extend(atom(0x1772, &numbers));
    let edit = stream.len() as u32;
    stream.extend(atom(kind::USER_EDIT, &[0, 0, 0, directory, 1, 0, 0]));
    (stream, atom(0x0ff6, &[0x14, 0xe391_c05f, edit]))
}

const NUMBER_PLACE: u8 = 8;

fn file(stream: &[u8], user: &[u8]) -> Vec<u8> {
    let mut file = Container::create(Cursor::new(Vec::new())).expect("a file");
    for (name, content) in [("PowerPoint Document", stream), ("Current User", user)] {
        let mut stream = file.create_stream(format!("/{name}")).expect("a stream");
        stream.write_all(content).expect("its content");
    }
    file.flush().expect("a file");
    file.into_inner().into_inner()
}

#[test]
fn slides_in_order_with_all_their_content() {
    let (stream, user) = streams();
    let expected = [
        "# 园区总结",
        "## 一、做法",
        "GDP 5%",
        "|1 年份|",
        "|1 2009|12",
        "修路",
        "种树",
        "治水",
        "先讲难点。",
    ];
    let raw = read(&file(&stream, &user), SourceMetadata::default()).expect("a presentation");
    check(&raw.lines, raw.n_read.expect("a number"), &expected);
    assert_eq!(raw.warnings, []);
    // The last edit is found even without the stream that points to it.
    let raw = read(&file(&stream, b""), SourceMetadata::default()).expect("a presentation");
    check(&raw.lines, raw.n_read.expect("a number"), &expected);
}

#[test]
fn damaged_files_give_what_is_left_or_a_reason() {
    let (stream, user) = streams();
    for len in 0..stream.len() {
        let _ = read(&file(&stream[..len], &user), SourceMetadata::default());
    }
    for at in 0..stream.len() {
        let mut stream = stream.clone();
        stream[at] ^= 0x55;
        let _ = read(&file(&stream, &user), SourceMetadata::default());
    }
    // Without the last edit, the texts come in the order of the file.
    let cut = &stream[..stream.len() - 40];
    let raw = read(&file(cut, &user), SourceMetadata::default()).expect("a presentation");
    assert_eq!(raw.lines[0].text, "园区");
    assert_eq!(raw.warnings, [Warning::Incomplete]);
    let encrypted = atom(0x0ff6, &[0x14, 0xf3d1_c4df, 0]);
    assert!(matches!(
        read(&file(&stream, &encrypted), SourceMetadata::default()),
        Err(Skip::Encrypted)
    ));
    let skip = read(&file(b"", &user), SourceMetadata::default()).expect_err("a skip");
    assert_eq!(
        skip.to_string(),
        "is a damaged PowerPoint 97 presentation: its text cannot be found"
    );
}
