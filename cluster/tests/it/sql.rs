//! SQL over shards says what the commands say.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::collection::{Built, json, run, sample};

fn text(arguments: &[&str]) -> String {
    let output = run(arguments);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn groups_of_occurrences_are_those_of_the_report() {
    let (built, roots) = Built::new(&[sample()], 30);
    let shards = built.shards(&roots, 6);
    let place = &*shards.set().place;
    let (report, status) = json(&["--index", place, "report", "就业"]);
    assert_eq!(status, 0);
    let entry = &report["entries"][0];
    let sums = |column: &str, none: &str| -> BTreeMap<String, u64> {
        let sql = format!(
            "select {column}, sum(occurrences) from occurrences('“就业”') group by {column}"
        );
        let rows = text(&["--index", place, "sql", &sql, "--format", "csv"]);
        let rows = rows.lines().skip(1).map(|row| {
            let (key, n) = row.rsplit_once(',').expect("two columns");
            let key = if key.is_empty() { none } else { key };
            (key.to_owned(), n.parse().expect("a number"))
        });
        rows.collect()
    };
    let counted = |key: &str| -> BTreeMap<String, u64> {
        let all = entry[key].as_object().expect("an object").iter();
        all.map(|(key, n)| (key.clone(), n.as_u64().expect("a number")))
            .collect()
    };
    assert_eq!(sums("year", "undated"), counted("by_year"));
    assert_eq!(sums("issuer", "none"), counted("by_issuer"));
    assert_eq!(sums("kind", "none"), counted("by_kind"));
    assert_eq!(sums("role", "none"), counted("by_role"));
    assert_eq!(sums("collection", "none"), counted("by_collection"));
    assert_eq!(sums("document", "none"), counted("by_document"));
    // One index is a collection of one shard.
    let one = built.folder.path().join("one");
    let one = one.to_str().expect("UTF-8");
    let sql = "select year, issuer, kind, sum(occurrences) n from occurrences('“就业”') \
               group by year, issuer, kind order by n desc, year, issuer, kind";
    let of = |place: &str| text(&["--index", place, "sql", sql, "--format", "csv"]);
    assert_eq!(of(one), of(place));
}

#[test]
fn tables_have_every_row_once() {
    let (built, roots) = Built::new(&[], 30);
    let shards = built.shards(&roots, 4);
    let place = &*shards.set().place;
    let number = |sql: &str| -> u64 {
        let rows = text(&["--index", place, "sql", sql, "--format", "csv"]);
        rows.lines()
            .nth(1)
            .and_then(|n| n.parse().ok())
            .expect("a number")
    };
    let manifest = built.one.manifest();
    assert_eq!(number("select count(*) from documents"), manifest.documents);
    assert_eq!(number("select count(*) from passages"), manifest.passages);
    assert_eq!(
        number("select count(distinct concat(document, number)) from passages"),
        manifest.passages
    );
    assert_eq!(
        number("select sum(passages) from documents"),
        manifest.passages
    );
    assert_eq!(
        number("select count(*) from passages where text like '%水渠%' and part = 'body' limit 5"),
        {
            let sql =
                "select count(*) from passages where part = 'body' and strpos(text, '水渠') > 0";
            number(sql)
        }
    );
    let (found, _) = json(&["--index", place, "search", "水渠 资金", "-n", "7"]);
    let hits = found["hits"].as_array().expect("hits").iter();
    let hits: Vec<String> = hits
        .map(|hit| {
            let document = hit["document"]["id"].as_str().expect("an id");
            format!("{},{document},{}", hit["rank"], hit["passage"]["number"])
        })
        .collect();
    let sql = "select rank, document, number from hits('水渠 资金', 7) order by rank";
    let rows = text(&["--index", place, "sql", sql, "--format", "csv"]);
    assert_eq!(rows.lines().skip(1).collect::<Vec<_>>(), hits);
}

#[test]
fn rows_go_to_files_that_are_not_replaced() {
    let (built, roots) = Built::new(&[], 12);
    let shards = built.shards(&roots, 2);
    let place = &*shards.set().place;
    let sql = "select id, year, passages from documents order by id";
    for name in ["rows.csv", "rows.parquet"] {
        let path = built.folder.path().join(name);
        let path = path.to_str().expect("UTF-8");
        text(&["--index", place, "sql", sql, "-o", path]);
        let bytes = std::fs::read(path).expect("the file");
        let starts: &[u8] = if name == "rows.csv" {
            b"id,year"
        } else {
            b"PAR1"
        };
        assert!(bytes.starts_with(starts));
        let again = run(&["--index", place, "sql", sql, "-o", path]);
        assert_eq!(again.status.code(), Some(2));
        text(&["--index", place, "sql", sql, "-o", path, "--overwrite"]);
    }
}

#[test]
fn mistakes_are_told_as_on_one_machine() {
    let (built, roots) = Built::new(&[], 6);
    let shards = built.shards(&roots, 2);
    let place = &*shards.set().place;
    for (arguments, expected) in [
        (
            &["search", "\"水渠"][..],
            "closing quotation mark\n  \"水渠\n  ^",
        ),
        (&["count", "水渠 AND"], "^"),
        (&["sql", "select nothing from passages"], "nothing"),
        (&["sql", "select * from hits('\"水渠')"], "\"水渠\n  ^"),
        (&["sql", "select * from hits(7)"], "hits('QUERY'[, NUMBER])"),
        (&["sql", "create table x as select 1"], "DDL"),
        (&["sql", "select * from '/etc/passwd'"], "/etc/passwd"),
        (
            &["search", "水渠", "--scheduler", "127.0.0.1:9"],
            "no scheduler answers at 127.0.0.1:9",
        ),
    ] {
        let output = run(&[&["--index", place], arguments].concat());
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
    let nowhere = built.folder.path().join("nowhere");
    let output = run(&["--index", nowhere.to_str().expect("UTF-8"), "count", "水渠"]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("xunzhang-cluster build"));
    let (nothing, status) = json(&["--index", place, "count", "没有这样的词"]);
    assert_eq!((&nothing["occurrences"], status), (&Value::from(0), 1));
}
