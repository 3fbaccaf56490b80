//! Judges negation and roles on labelled places of real documents, which are not part of the project.
//!
//! `cargo run --example judge_labels -- FILE_OR_FOLDER...` indexes the documents and compares with `tests/relevance/negation.tsv`
//! (set, document, passage, first and last character, label) and `roles.tsv` (set, document, passage, label). Labels hold places
//! only. Without documents it says so and judges nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use xunzhang::document::Role;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::search::Searcher;
use xunzhang::text::negation::{Polarity, polarity};

/// Numbers of places by set, label and answer.
type Confusion = BTreeMap<(String, String, String), u64>;

fn main() -> anyhow::Result<()> {
    let roots: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    if roots.is_empty() || roots.iter().any(|root| !root.exists()) {
        println!("skipped: name the folders of the labelled documents, all of which must exist");
        return Ok(());
    }
    let folder = tempfile::tempdir()?;
    let dir = folder.path().join("index");
    update(&dir, &roots, &UpdateOptions::default(), &|_| {})?;
    let index = Index::open(&dir)?;
    let searcher = Searcher::new(&index);
    let labels = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/relevance");
    for (file, is_role) in [("negation.tsv", false), ("roles.tsv", true)] {
        let lines = std::fs::read_to_string(labels.join(file))?;
        let mut confusion = Confusion::new();
        let mut missing = 0;
        for line in lines.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            let (&[set, document, number, ..], Some(label)) = (&fields[..], fields.last()) else {
                anyhow::bail!("{file}: {line}");
            };
            let number: u32 = number.parse().context("a number of a passage")?;
            let passages = searcher.passages(document, |other| other == number)?;
            let Some(passage) = passages.first() else {
                missing += 1;
                continue;
            };
            let answer = match (is_role, &fields[3..]) {
                (true, _) => passage.record.role.map_or("none", Role::name),
                (false, [start, end, _]) => {
                    match polarity(&passage.text, start.parse()?, end.parse()?) {
                        Polarity::Plain => "plain",
                        Polarity::Denied => "denied",
                        Polarity::Forbidden => "forbidden",
                    }
                }
                _ => anyhow::bail!("{file}: {line}"),
            };
            let key = (set.to_owned(), (*label).to_owned(), answer.to_owned());
            *confusion.entry(key).or_default() += 1;
        }
        println!("{file}: {missing} labels without their document");
        for ((set, label, answer), n) in &confusion {
            println!("{set:<6} labelled {label:<10} answered {answer:<10} {n:>4}");
        }
    }
    Ok(())
}
