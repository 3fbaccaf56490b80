//! Processes killed at any moment, and full disks: the last commit remains, and the next run continues.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::fixture::{Fixture, Ran};
use crate::is_long;
use crate::rng::Rng;

/// Files of a small collection.
const FILES: usize = 40;

fn write(fixture: &Fixture, round: usize, n_files: usize) {
    for n in 0..n_files {
        let text = format!(
            "第{n}村总结\n一、道路\n本村第{round}轮修路{n}公里，受益农户{n}户。\n二、水渠\n修水渠两公里。\n"
        );
        fixture.write(&format!("corpus/{n}.txt"), &text);
    }
}

/// The number of documents with the text of `round`; `None` if there is no index.
fn documents(fixture: &Fixture, round: usize) -> Option<usize> {
    let query = format!("\"本村第{round}轮修路\"");
    let ran = fixture.run(["search", "--count", "--format", "json", &query]);
    (ran.status() != Some(2)).then(|| {
        let documents = ran.json()["documents"].as_u64().expect("a number");
        usize::try_from(documents).expect("a small number")
    })
}

fn fingerprint(ran: &Ran) -> Value {
    ran.json()["fingerprint"].clone()
}

/// Runs `index` and kills it after a random time below `most`.
fn index_and_kill(fixture: &Fixture, rng: &mut Rng, most: Duration) {
    let mut command = fixture.command(["index", "--jobs", "2"]);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the binary runs");
    let most = usize::try_from(most.as_micros()).expect("a short time");
    std::thread::sleep(Duration::from_micros(rng.below(most) as u64));
    child.kill().expect("a kill");
    child.wait().expect("its end");
}

#[test]
fn killed_at_any_moment_the_last_commit_remains() {
    let (n_kills, n_files) = if is_long() { (300, 500) } else { (12, FILES) };
    let fixture = Fixture::new();
    let mut rng = Rng::new(5);
    write(&fixture, 0, n_files);
    let started = Instant::now();
    fixture.run(["index"]).succeeds();
    let most = started.elapsed() * 3 / 2;
    // The round whose texts are in the index.
    let mut last = Some(0);
    let (mut n_kept, mut n_done, mut n_none) = (0, 0, 0);
    for round in 1..=n_kills {
        write(&fixture, round, n_files);
        if round % 5 == 0 {
            fs::remove_dir_all(fixture.path("index")).expect("an index to remove");
            last = None;
        }
        index_and_kill(&fixture, &mut rng, most);
        let Some(now) = documents(&fixture, round) else {
            assert_eq!(last, None, "round {round}: the index is lost");
            n_none += 1;
            // The next run continues from whatever the killed run left.
            fixture.run(["index"]).succeeds();
            assert_eq!(documents(&fixture, round), Some(n_files));
            last = Some(round);
            continue;
        };
        let before = last.map_or(0, |last| documents(&fixture, last).expect("an index"));
        let all = [(n_files, 0), (0, last.map_or(0, |_| n_files))];
        assert!(
            all.contains(&(now, before)),
            "round {round}: {now} new, {before} old"
        );
        fixture.run(["verify"]).succeeds();
        if now > 0 {
            n_done += 1;
            last = Some(round);
        } else {
            n_kept += 1;
        }
    }
    println!("{n_kills} kills: {n_kept} before the commit, {n_done} after it, {n_none} before any");
    fixture.run(["index"]).succeeds();
    assert_eq!(documents(&fixture, n_kills), Some(n_files));
    let kept = fingerprint(&fixture.run(["status", "--format", "json"]).succeeds());
    fixture.run(["index", "--rebuild"]).succeeds();
    assert_eq!(
        fingerprint(&fixture.run(["status", "--format", "json"])),
        kept
    );
    fixture.run(["verify"]).succeeds();
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_index() {
    let fixture = Fixture::new();
    write(&fixture, 0, FILES);
    fixture.run(["index"]).succeeds();
    write(&fixture, 1, FILES);
    for blocks in [0, 1, 4] {
        fixture
            .run_within(&format!("-f {blocks}"), ["--lang", "en", "index"])
            .fails_with(&["it stays as it was; see that the disk has room"]);
        assert_eq!(documents(&fixture, 0), Some(FILES));
        fixture.run(["verify"]).succeeds();
    }
    fixture.run(["index"]).succeeds();
    assert_eq!(documents(&fixture, 1), Some(FILES));
}

#[cfg(unix)]
#[test]
fn too_few_file_handles_leave_the_old_index() {
    let fixture = Fixture::new();
    write(&fixture, 0, FILES);
    fixture.run(["index"]).succeeds();
    write(&fixture, 1, FILES);
    for most in [8, 10] {
        fixture
            .run_within(&format!("-n {most}"), ["--lang", "en", "index"])
            .fails_with(&["ulimit -n"]);
        assert_eq!(documents(&fixture, 0), Some(FILES));
        fixture.run(["verify"]).succeeds();
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_reported() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    write(&fixture, 0, FILES);
    fixture.run(["index"]).succeeds();
    let folder = fixture.path("index");
    let set =
        |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("permissions");
    set(0o555);
    // Root may write anywhere.
    let is_locked = fs::write(folder.join("probe"), "x").is_err();
    if is_locked {
        write(&fixture, 1, FILES);
        fixture
            .run(["--lang", "en", "index"])
            .fails_with(&["may not be read or written", "permissions"]);
        assert_eq!(documents(&fixture, 0), Some(FILES));
    }
    set(0o755);
}
