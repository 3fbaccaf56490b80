//! `xunzhang outline`

use insta::assert_snapshot;

use crate::fixture::{Encoding, Fixture, pretty};

const REPORT: &str = "荷塘街道2019年工作总结\n一、主要做法\n（一）班子重视，分工明确。街道成立了工作专班。\n（二）措施有力。全年走访四百户。\n二、存在问题\n人手不足，经费偏紧。\n荷塘街道办事处\n2019年12月30日\n";

#[test]
fn a_file_needs_no_index() {
    let fixture = Fixture::new();
    fixture.write("总结.txt", REPORT);
    let ran = fixture
        .run(["outline", "总结.txt", "--format", "json"])
        .succeeds();
    assert_snapshot!(pretty(&ran.json()));
    assert!(!fixture.path("index").exists());
}

#[test]
fn every_encoding_gives_the_same_outline() {
    let fixture = Fixture::new();
    fixture.write("总结.txt", REPORT);
    let expected = fixture
        .run(["outline", "总结.txt", "--format", "json"])
        .succeeds();
    use Encoding::*;
    for encoding in [Utf8Bom, Gb18030, Utf16Le, Utf16Be] {
        fixture.write_in(encoding, "另存/总结.txt", REPORT);
        let actual = fixture
            .run(["outline", "另存/总结.txt", "--format", "json"])
            .succeeds();
        let mut actual = actual.json();
        actual["document"]["id"] = "总结.txt".into();
        assert_eq!(actual, expected.json(), "{encoding:?}");
    }
}

#[test]
fn a_file_without_headings_is_nothing_found() {
    let fixture = Fixture::new();
    fixture.write("便条.txt", "今天下午三点在二楼开会。\n");
    fixture.run(["outline", "便条.txt"]).exits(1);
}

#[test]
fn a_missing_file_is_an_error() {
    let fixture = Fixture::new();
    fixture
        .run(["outline", "没有.txt"])
        .fails_with(&["there is no file `没有.txt`", "no index"]);
}
