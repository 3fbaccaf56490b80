//! Long work that is watched and cancelled, at every kind of step.

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use xunzhang::document::{Part, Passage};
use xunzhang::index::{self, Index, UpdateOptions, update};
use xunzhang::precedent::{CheckOptions, check, duplicates};
use xunzhang::report::keywords::from_words;
use xunzhang::report::tally::{Method, TallyOptions, tally};
use xunzhang::report::words::{NewOptions, Reference, WordOptions, keyness, new_words};
use xunzhang::search::{DocumentFilter, Filter, Searcher};
use xunzhang::task::{Cancel, Progress, Task};
use xunzhang::{Error, Result};

use crate::rng::Rng;

const FILES: usize = 30;

/// Writes the files of a round; each has other text than in the round before.
fn write(corpus: &Path, round: usize) {
    std::fs::create_dir_all(corpus).expect("a folder");
    for file in 0..FILES {
        let text = format!(
            "第{file}村第{round}轮总结\n{}",
            "全村整修水渠，疏浚河道。\n各项任务圆满完成，群众满意。\n".repeat(1 + file % 7)
        );
        std::fs::write(corpus.join(format!("{file}.txt")), text).expect("a file");
    }
}

/// What work reported, and what came of it, if it is cancelled at the step of this number; the first is 0.
fn watched<T>(
    cancelled_at: Option<usize>,
    work: impl FnOnce(&Task<'_>) -> T,
) -> (Vec<Progress>, T) {
    let (seen, cancel) = (Mutex::new(Vec::new()), Cancel::default());
    let progress = |progress| {
        let mut seen = seen.lock().expect("no panic");
        if Some(seen.len()) == cancelled_at {
            cancel.cancel();
        }
        seen.push(progress);
    };
    let task = Task {
        progress: &progress,
        cancel: cancel.clone(),
    };
    let outcome = work(&task);
    (seen.into_inner().expect("no panic"), outcome)
}

/// Asserts that progress begins at 0, never goes back and ends at its total, and is about one total.
#[track_caller]
fn check_whole(seen: &[Progress]) {
    let (first, last) = (seen[0], seen[seen.len() - 1]);
    assert_eq!((first.done, first.work), (0, 0));
    assert_eq!((last.done, last.work), (last.total, last.all_work));
    assert_eq!(seen.len(), last.total + 1);
    for pair in seen.windows(2) {
        assert_eq!(pair[1].done, pair[0].done + 1);
        assert!(pair[1].work >= pair[0].work);
        assert_eq!(
            (pair[1].total, pair[1].all_work),
            (last.total, last.all_work)
        );
    }
}

#[track_caller]
fn check_cancelled<T>(outcome: Result<T>) {
    match outcome {
        Err(Error::Index(index::Error::Cancelled)) => {}
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("not cancelled"),
    }
}

type Work<'a> = Box<dyn Fn(Searcher<'_>) -> Result<()> + 'a>;

/// All that reads a whole index, with the number of times that it does.
fn works(draft: &[Passage]) -> Vec<(&'static str, usize, Work<'_>)> {
    let threads = NonZeroUsize::new(3).expect("not zero");
    let words = ["水渠", "群众", "\"整修*河道\""].map(str::to_owned);
    let keywords = from_words(&words).expect("entries");
    let count = |method| {
        let keywords = keywords.clone();
        let options = TallyOptions {
            method,
            threads,
            ..TallyOptions::default()
        };
        move |searcher: Searcher<'_>| {
            let tally = tally(&searcher, &keywords, &options)?;
            assert!(tally.entries[0].occurrences > 0);
            Ok(())
        }
    };
    let part = WordOptions {
        filter: Filter {
            documents: DocumentFilter {
                paths: vec!["1*".to_owned()],
                ..DocumentFilter::default()
            },
            ..Filter::default()
        },
        threads,
        ..WordOptions::default()
    };
    let checking = CheckOptions {
        variants: 3,
        sources: 3,
        documents: 3,
        min_similarity: 0.5,
        excluded: Vec::new(),
        filter: Filter::default(),
        threads,
    };
    vec![
        ("scan", 1, Box::new(count(Method::Scan))),
        ("postings", 1, Box::new(count(Method::Postings))),
        (
            // Its sentences, then what it cites.
            "check",
            2,
            Box::new(move |searcher| Ok(check(&searcher, "稿", draft, &checking).map(drop)?)),
        ),
        (
            "duplicates",
            1,
            Box::new(move |searcher| {
                Ok(duplicates(&searcher, &Filter::default(), 0.5, threads).map(drop)?)
            }),
        ),
        (
            "new words",
            1,
            Box::new(|searcher| Ok(new_words(&searcher, &NewOptions::default()).map(drop)?)),
        ),
        (
            "keyness",
            2,
            Box::new(move |searcher| Ok(keyness(&searcher, &part, &Reference::Rest).map(drop)?)),
        ),
    ]
}

fn draft() -> Vec<Passage> {
    let passage = |number: u32| Passage {
        number,
        line: number,
        part: Part::Body,
        text: format!("各项任务圆满完成，群众{number}户满意。全村整修水渠。"),
        section: None,
        opened: None,
        row: None,
        is_recognized: false,
    };
    (1..=12).map(passage).collect()
}

#[test]
fn work_on_an_index_is_reported_to_its_end_and_cancelled_at_any_step() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    write(&corpus, 0);
    update(&dir, &[corpus], &UpdateOptions::default(), &|_| {}).expect("an index");
    let index = Index::open(&dir).expect("the index");
    let draft = draft();
    let mut rng = Rng::new(18);
    for (name, n_parts, work) in works(&draft) {
        let run = |task: &Task<'_>| work(Searcher::new(&index).with_task(task.clone()));
        let (seen, outcome) = watched(None, run);
        outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
        let starts: Vec<usize> = (0..seen.len()).filter(|&at| seen[at].done == 0).collect();
        assert_eq!(starts.len(), n_parts, "{name}");
        for (ord, &start) in starts.iter().enumerate() {
            let end = starts.get(ord + 1).copied().unwrap_or(seen.len());
            check_whole(&seen[start..end]);
        }
        for _ in 0..8 {
            let at = rng.below(seen.len());
            let (seen, outcome) = watched(Some(at), run);
            check_cancelled(outcome);
            // Other threads end what they are at.
            assert!(seen.len() <= at + 4, "{name}: {} after {at}", seen.len());
        }
        let cancelled = Task::default();
        cancelled.cancel.cancel();
        check_cancelled(run(&cancelled));
        let (_, outcome) = watched(None, run);
        outcome.unwrap_or_else(|error| panic!("{name} after it was cancelled: {error}"));
    }
}

/// The names of the files in a folder; those of the engine's lock aside.
fn names(dir: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(dir).expect("a folder").flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| !name.starts_with('.')).collect()
}

fn fingerprint(dir: &Path) -> String {
    let index = Index::open(dir).expect("the index");
    index.check_content().expect("a whole index");
    index.manifest().fingerprint.clone()
}

fn update_at(dir: &Path, corpus: &Path, at: Option<usize>) -> (Vec<Progress>, Result<()>) {
    watched(at, |task| {
        let options = UpdateOptions {
            jobs: 3,
            cancel: task.cancel.clone(),
            ..UpdateOptions::default()
        };
        loop {
            // Another test may just start a program, which has a copy of the lock until it is loaded.
            match update(dir, &[corpus.to_owned()], &options, task.progress) {
                Err(index::Error::Locked(_)) => std::thread::sleep(Duration::from_millis(5)),
                outcome => return Ok(outcome.map(drop)?),
            }
        }
    })
}

#[test]
fn a_cancelled_update_leaves_the_index_as_it_was() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    write(&corpus, 0);
    let (seen, outcome) = update_at(&dir, &corpus, None);
    outcome.expect("an index");
    check_whole(&seen);
    assert_eq!(seen[0].total, FILES);
    let mut rng = Rng::new(7);
    for round in 1..=3 {
        write(&corpus, round);
        let before = (fingerprint(&dir), names(&dir));
        // The last one is cancelled when all files are read and nothing is committed.
        let at = if round == 3 { FILES } else { rng.below(FILES) };
        let (_, outcome) = update_at(&dir, &corpus, Some(at));
        check_cancelled(outcome);
        assert_eq!((fingerprint(&dir), names(&dir)), before, "at {at}");
        update_at(&dir, &corpus, None).1.expect("an update");
    }
    let fresh = folder.path().join("fresh");
    update_at(&fresh, &corpus, None).1.expect("an index");
    assert_eq!(fingerprint(&dir), fingerprint(&fresh));
}

#[test]
fn a_cancelled_first_build_leaves_a_folder_to_build_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    write(&corpus, 0);
    for at in [0, 5, FILES] {
        check_cancelled(update_at(&dir, &corpus, Some(at)).1);
        assert_eq!(names(&dir), BTreeSet::from(["xunzhang.index".to_owned()]));
        let opened = Index::open(&dir);
        assert!(matches!(opened, Err(index::Error::Unfinished(_))));
    }
    update_at(&dir, &corpus, None).1.expect("an index");
    fingerprint(&dir);
}
