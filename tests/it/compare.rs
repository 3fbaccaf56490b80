//! Two reports, sentence by sentence, on the sample documents.

use serde_json::Value;

use crate::fixture::Fixture;

const OLD: &str = "青柳县/2004年政府工作报告.txt";
const NEW: &str = "青柳县/2009年政府工作报告.txt";

#[test]
fn the_json_is_that_of_the_contract_and_the_text_says_the_same() {
    let fixture = Fixture::with_samples();
    let json = fixture
        .run(["compare", OLD, NEW, "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(
        (&json["old"]["id"], &json["new"]["id"]),
        (&OLD.into(), &NEW.into())
    );
    let pairs = json["pairs"].as_array().expect("a list");
    let summary = &json["summary"];
    let count = |status: &str| pairs.iter().filter(|pair| pair["status"] == status).count();
    for status in ["kept", "changed", "moved", "dropped", "new"] {
        assert_eq!(summary[status], count(status), "{status}");
    }
    for pair in pairs {
        for (side, document) in [("old", OLD), ("new", NEW)] {
            let place = pair[side]["place"].as_str();
            assert!(
                place.is_none_or(|place| place.starts_with(document)),
                "{pair}"
            );
        }
        // The steps of a change add up to both wordings, from the first unit to the last.
        if pair["status"] == "changed" {
            let joined = |at: usize| -> String {
                let steps = pair["diff"].as_array().expect("steps").iter();
                steps.filter_map(|step| step[at].as_str()).collect()
            };
            assert!(
                pair["old"]["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(&joined(1)))
            );
            assert!(
                pair["new"]["text"]
                    .as_str()
                    .is_some_and(|text| text.contains(&joined(2)))
            );
        }
    }
    let text = fixture
        .run(["compare", OLD, NEW, "--changes", "--lang", "en"])
        .succeeds();
    let said = format!("{} kept, {} changed", count("kept"), count("changed"));
    assert!(text.stdout().contains(&said), "{}", text.stdout());
    let listed = |word: &str| {
        text.stdout()
            .lines()
            .filter(|line| line.starts_with(word))
            .count()
    };
    assert_eq!(
        (listed("kept "), listed("changed "), listed("new ")),
        (0, count("changed"), count("new"))
    );
}

#[test]
fn files_are_compared_as_documents_are() {
    let fixture = Fixture::with_samples();
    let folder = crate::fixture::samples();
    let file = |id: &str| folder.join(id).display().to_string();
    let of_files = fixture.run(["compare", &file(OLD), &file(NEW), "--format", "json"]);
    let of_files: Value = of_files.succeeds().json();
    let of_index = fixture
        .run(["compare", OLD, NEW, "--format", "json"])
        .succeeds()
        .json();
    assert_eq!(
        of_files["summary"]["sentences"],
        of_index["summary"]["sentences"]
    );
    for status in ["kept", "changed", "moved", "dropped", "new"] {
        assert_eq!(
            of_files["summary"][status], of_index["summary"][status],
            "{status}"
        );
    }
}

#[test]
fn what_cannot_be_compared_is_told() {
    let fixture = Fixture::with_samples();
    fixture
        .run(["compare", OLD, "没有.txt"])
        .fails_with(&["没有.txt"]);
    let records = crate::fixture::samples()
        .join("省级文件/通报.jsonl")
        .display()
        .to_string();
    fixture
        .run(["compare", OLD, &records])
        .fails_with(&["通报.jsonl#1"]);
    fixture.run(["compare", OLD]).fails_with(&["NEW"]);
}
