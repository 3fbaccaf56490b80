//! `--queries FILE`: many queries in one run, on all processors, answered in the order of the file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context;
use xunzhang::parallel::stream;
use xunzhang::query::{Node, parse};
use xunzhang::search::Searcher;
use xunzhang::source::input::{MAX_LIST, list_text, read_bounded, read_list_text};

use super::page::Asked;
use super::request::Request;
use crate::cli::messages::{Lang, say};
use crate::cli::messages::{explain, of_syntax};
use crate::cli::session::{Session, complain, threads};
use crate::cli::wording::plain;

/// A query that can be run.
struct Job {
    number: usize,
    id: String,
    text: String,
    node: Node,
}

/// What a query gave: whether anything was found, and the answer as it is printed.
type Printed = anyhow::Result<(bool, Vec<u8>)>;

/// Runs the queries of `file`; whether any of them found anything.
///
/// Each line that can't be run is reported with its number, and makes an error of the whole once the others are done.
pub(super) fn run(
    file: &Path,
    request: &Request,
    session: &Session,
    out: &mut dyn Write,
) -> anyhow::Result<bool> {
    let text = read(file, session.lang)?;
    let lines = jobs(&text, session.lang);
    let n_lines = lines.len();
    let index = session.open()?;
    let searcher = Searcher::new(&index);
    let mut jobs = Vec::with_capacity(n_lines);
    for (number, job) in lines {
        match job {
            Ok(job) => jobs.push(job),
            // Reported before any query runs: a wrong file is then seen at once, and not after an hour.
            Err(problem) => complain(&format!("{}:{number}: {problem}", file.display())),
        }
    }
    request.page.header(out)?;
    // A query that cannot be answered costs its line only; told in order of the lines.
    let failed = Mutex::new(BTreeMap::new());
    let found = answer_all(&jobs, out, |job| {
        let asked = Asked {
            id: Some(&job.id),
            text: &job.text,
            node: &job.node,
            started: Instant::now(),
        };
        // Each answer is made in memory: they are finished in any order, and written in that of the file.
        let mut printed = Vec::new();
        match request.answer(&searcher, &asked, &mut printed) {
            Ok(found) => Ok((found, printed)),
            Err(error) if is_of_the_query(&error) => {
                let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                failed.insert(job.number, (job.id.clone(), explain(&error, session.lang)));
                Ok((false, Vec::new()))
            }
            // An error of the index or the output would be that of every query: the first ends the run.
            Err(error) => Err(error),
        }
    })?;
    let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (number, (id, problem)) in &failed {
        complain(&format!("{}:{number}: {id}: {problem}", file.display()));
    }
    let n_bad = n_lines - jobs.len() + failed.len();
    if n_bad > 0 {
        // The answers that were found are printed above the error.
        out.flush()?;
        anyhow::bail!(say!(session.lang, "batch-failed", n_bad, n_lines));
    }
    Ok(found)
}

/// Whether the query is at fault, rather than the index or the place that the answers go to.
fn is_of_the_query(error: &anyhow::Error) -> bool {
    use xunzhang::{query, search};
    matches!(
        error.downcast_ref(),
        Some(search::Error::Query(
            query::Error::TooExpensive(_) | query::Error::BadGlob { .. } | query::Error::Syntax(_)
        ))
    )
}

/// Runs `answer` on all processors and writes the answers in order; whether any found anything.
fn answer_all(
    jobs: &[Job],
    out: &mut dyn Write,
    answer: impl Fn(&Job) -> Printed + Sync,
) -> anyhow::Result<bool> {
    let mut any = false;
    stream(jobs, threads(), answer, |answer| {
        let (found, printed) = answer?;
        any |= found;
        out.write_all(&printed)?;
        Ok::<_, anyhow::Error>(())
    })?;
    Ok(any)
}

/// The text of the file, or of standard input for `-`.
fn read(file: &Path, lang: Lang) -> anyhow::Result<String> {
    let result = if file == Path::new("-") {
        read_bounded(std::io::stdin().lock(), MAX_LIST).and_then(|bytes| list_text(&bytes))
    } else {
        read_list_text(file)
    };
    let unreadable = || {
        let file = file.display();
        say!(lang, "batch-unreadable", file)
    };
    result.map_err(plain).with_context(unreadable)
}

/// The queries of a file by the numbers of their lines, or what is wrong with them; blank lines are skipped.
fn jobs(text: &str, lang: Lang) -> Vec<(usize, Result<Job, String>)> {
    let mut ids = BTreeSet::new();
    // Editors on Windows begin a file with a byte order mark, which would become a part of the first id.
    let lines = (1..).zip(text.trim_start_matches('\u{feff}').lines());
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let job = |number: usize, line: &str| {
        let (id, text) = id_and_text(line, lang)?;
        let node = parse(&text).map_err(|error| {
            let problem = of_syntax(&error, lang);
            format!("{id}: {problem}")
        })?;
        // Answers are known by their ids alone: two queries under one could not be separated in a run.
        if !ids.insert(id.clone()) {
            return Err(say!(lang, "batch-id-used", id));
        }
        Ok(Job {
            number,
            id,
            text,
            node,
        })
    };
    let mut job = job;
    lines
        .map(|(number, line)| (number, job(number, line)))
        .collect()
}

/// The id and the query of a line, `id<TAB>query` or a JSON object.
fn id_and_text(line: &str, lang: Lang) -> Result<(String, String), String> {
    // Both forms may be in one file: an id does not begin with a brace.
    if line.trim_start().starts_with('{') {
        return from_json(line).ok_or_else(|| say!(lang, "batch-no-json"));
    }
    let parts = line.split_once('\t');
    let parts = parts.map(|(id, text)| (id.trim(), text.trim()));
    match parts {
        Some((id, text)) if !id.is_empty() => Ok((id.to_owned(), text.to_owned())),
        _ => Err(say!(lang, "batch-no-id")),
    }
}

/// `_id`, a string or a number, and `text` of an object; `None` if one of them is missing.
fn from_json(line: &str) -> Option<(String, String)> {
    let json: serde_json::Value = serde_json::from_str(line).ok()?;
    let id = match json.get("_id")? {
        serde_json::Value::String(id) if !id.is_empty() => id.clone(),
        serde_json::Value::Number(id) => id.to_string(),
        _ => return None,
    };
    let text = json.get("text")?.as_str()?;
    Some((id, text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_both_kinds() {
        let text = "\u{feff}q1\t招商 引资\n\n{\"_id\":7,\"text\":\"安置\"}\r\nq1\t重复\n没有制表符\n{\"_id\":1}\nq2\t\"园区\n";
        let jobs = jobs(text, Lang::En);
        let shown: Vec<String> = jobs
            .iter()
            .map(|(number, job)| match job {
                Ok(job) => format!("{number} {}: {}", job.id, job.text),
                Err(problem) => format!("{number} {problem}"),
            })
            .collect();
        assert_eq!(
            shown,
            [
                "1 q1: 招商 引资",
                "3 7: 安置",
                "4 the id q1 was used before",
                "5 expected an id, a tab and a query",
                "6 expected {\"_id\":\"…\",\"text\":\"…\"}",
                "7 q2: expected a closing quotation mark\n  \"园区\n  ^",
            ]
        );
    }

    #[test]
    fn answers_come_in_the_order_of_the_file() {
        let text: String = (0..50).map(|n| format!("{n}\t招商\n")).collect();
        let jobs: Vec<Job> = jobs(&text, Lang::En)
            .into_iter()
            .filter_map(|(_, job)| job.ok())
            .collect();
        let mut out = Vec::new();
        let found = answer_all(&jobs, &mut out, |job| {
            let pause = (job.id.len() + job.id.as_bytes()[0] as usize) % 3;
            std::thread::sleep(std::time::Duration::from_millis(pause as u64));
            Ok((job.id == "3", format!("{} ", job.id).into_bytes()))
        });
        assert!(found.unwrap());
        let expected: String = (0..50).map(|n| format!("{n} ")).collect();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
