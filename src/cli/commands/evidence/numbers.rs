//! Every number of a tally as a row: of which entry, by what, which value of that, what is counted, how many.

use xunzhang::report::numbers::{Entries, EntryNumbers, Map};
use xunzhang::report::tally::{EntryTally, Tally};

use crate::cli::output::table::{Cell, Layout, Table};

/// Columns of the table. Programs read them: they are the same in all languages.
const COLUMNS: [&str; 6] = ["entry", "by", "key", "measure", "value", "name"];

/// The numbers of the collection, then those of each entry.
pub(super) fn numbers<'a>(tally: &Tally) -> Table<'a> {
    let mut rows = Vec::new();
    for (measure, n) in [
        ("documents", tally.documents.len() as u64),
        ("passages", tally.passages()),
        ("characters", tally.characters()),
    ] {
        rows.push(row("", ["", "", measure], n.to_string(), ""));
    }
    let all = Entries::new(tally);
    let entries = (1..).zip(&tally.entries).zip(all.iter());
    for ((number, entry), numbers) in entries {
        of_entry(number, entry, &numbers, &mut rows);
    }
    for pair in tally.pairs.iter().flatten() {
        let [first, second] = [pair.first, pair.second].map(|ord| (ord + 1).to_string());
        let name = &tally.entries[pair.first].entry;
        let by = ["together", &second, "passages"];
        rows.push(row(&first, by, pair.passages.to_string(), name));
    }
    let header = COLUMNS.map(str::to_owned).to_vec();
    Table::new("numbers", "numbers", Layout::Lines { names: 1 }, header).with(rows)
}

fn of_entry(number: usize, entry: &EntryTally, numbers: &EntryNumbers, rows: &mut Vec<Vec<Cell>>) {
    let number = number.to_string();
    let mut add = |by: &str, key: &str, measure: &str, n: String| {
        rows.push(row(&number, [by, key, measure], n, &entry.entry));
    };
    for (measure, n) in [
        ("occurrences", entry.occurrences),
        ("passages", entry.passages),
        ("documents", entry.documents),
        ("distinct", entry.distinct),
        ("denied", entry.negated.unwrap_or_default()),
        ("forbidden", entry.prohibited.unwrap_or_default()),
    ] {
        add("", "", measure, n.to_string());
    }
    add("", "", "per_10k", format!("{:.6}", numbers.per_10k));
    for &(document, n) in entry.by_document.iter().filter(|(_, n)| *n > 0) {
        let key = (document + 1).to_string();
        add("by_document", &key, "occurrences", n.to_string());
    }
    for (key, n) in &numbers.by_year.0 {
        add("by_year", key, "occurrences", n.to_string());
    }
    for (by, Map(counts)) in [
        ("by_kind", &numbers.by_kind),
        ("by_role", &numbers.by_role),
        ("by_folder", &numbers.by_folder),
        ("by_collection", &numbers.by_collection),
        ("by_issuer", &numbers.by_issuer),
    ] {
        for (key, n) in counts {
            add(by, key, "occurrences", n.to_string());
        }
    }
}

fn row(entry: &str, [by, key, measure]: [&str; 3], value: String, name: &str) -> Vec<Cell> {
    let texts = [entry, by, key, measure].map(Cell::text);
    texts
        .into_iter()
        .chain([Cell::Text(value), Cell::text(name)])
        .collect()
}
