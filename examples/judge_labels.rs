//! Judges negation and roles on labelled places of real documents, which are not part of the project.
//!
//! `cargo run --example judge_labels -- FILE_OR_FOLDER...` indexes the documents and compares with `tests/relevance/negation.tsv`
//! (set, document, passage, first and last character, label) and `roles.tsv` (set, document, passage, label). Documents are named
//! by the last part of their ids. Labels hold places only. Without documents it says so and judges nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use anyhow::Context;
use xunzhang::document::Role;
use xunzhang::index::{Index, UpdateOptions, update};
use xunzhang::search::{DocumentFilter, Order, Searcher};
use xunzhang::text::negation::{Polarity, polarity};

/// The label of places where nothing is to be found.
const NOTHING: [&str; 2] = ["plain", "none"];

/// Numbers of places by set, label and answer.
#[derive(Default)]
struct Confusion(BTreeMap<(String, String, String), u64>);

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
    let documents = searcher.documents(&DocumentFilter::default(), None, Order::Path)?;
    let last_part = |id: String| (id.rsplit('/').next().unwrap_or(&id).to_owned(), id);
    let ids: HashMap<String, String> = documents.into_iter().map(|d| last_part(d.id)).collect();
    for file in ["negation.tsv", "roles.tsv"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/relevance");
        let lines = std::fs::read_to_string(folder.join(file))?;
        let (mut confusion, mut missing) = (Confusion::default(), 0);
        for line in lines.lines() {
            let fields: Vec<&str> = line.split('\t').collect();
            match answer(&searcher, &ids, &fields).with_context(|| format!("{file}: {line}"))? {
                Some(answer) => confusion.add(&fields, answer),
                None => missing += 1,
            }
        }
        println!("{file}: {missing} labels without their document");
        confusion.print();
    }
    Ok(())
}

/// What the program says of a labelled place; `None` without its document.
fn answer(
    searcher: &Searcher<'_>,
    ids: &HashMap<String, String>,
    fields: &[&str],
) -> anyhow::Result<Option<&'static str>> {
    let &[_, document, number, ..] = fields else {
        anyhow::bail!("a set, a document and a passage are expected");
    };
    let number: u32 = number.parse().context("a number of a passage")?;
    let Some(id) = ids.get(document) else {
        return Ok(None);
    };
    let passages = searcher.passages(id, |other| other == number)?;
    let Some(passage) = passages.first() else {
        return Ok(None);
    };
    Ok(Some(match &fields[3..] {
        [_] => passage.record.role.map_or("none", Role::name),
        [start, end, _] => match polarity(&passage.text, start.parse()?, end.parse()?) {
            Polarity::Plain => "plain",
            Polarity::Denied => "denied",
            Polarity::Forbidden => "forbidden",
        },
        _ => anyhow::bail!("a label is expected"),
    }))
}

impl Confusion {
    fn add(&mut self, fields: &[&str], answer: &str) {
        let (set, label) = (fields[0], fields[fields.len() - 1]);
        let key = (set.to_owned(), label.to_owned(), answer.to_owned());
        *self.0.entry(key).or_default() += 1;
    }

    fn print(&self) {
        let mut sets: Vec<&str> = self.0.keys().map(|(set, ..)| &**set).collect();
        sets.dedup();
        for set in sets {
            let sum = |takes: &dyn Fn(&str, &str) -> bool| -> u64 {
                let of_set = self.0.iter().filter(|((of, ..), _)| of == set);
                let taken = of_set.filter(|((_, label, answer), _)| takes(label, answer));
                taken.map(|(_, n)| n).sum()
            };
            let is_found = |word: &str| !NOTHING.contains(&word);
            let both = sum(&|label, answer| is_found(label) && is_found(answer)) as f64;
            let precision = both / sum(&|_, answer| is_found(answer)) as f64;
            let recall = both / sum(&|label, _| is_found(label)) as f64;
            let n = sum(&|_, _| true);
            let right = sum(&|label, answer| label == answer) as f64 / n as f64;
            println!(
                "{set:<8} {n:>4}: right {right:.3}, precision {precision:.3}, recall {recall:.3}"
            );
        }
        for ((set, label, answer), n) in &self.0 {
            println!("{set:<8} labelled {label:<10} answered {answer:<10} {n:>4}");
        }
    }
}
