//! Processes that are killed at any moment, and disks that take no more: the last commit stays, and the next run goes on.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::dice::Dice;
use crate::fixture::{Fixture, Ran};

/// Files of the collection.
const FILES: usize = 40;

fn write(fixture: &Fixture, round: usize) {
    for n in 0..FILES {
        let text = format!(
            "第{n}村总结\n一、道路\n本村第{round}轮修路{n}公里，受益农户{n}户。\n二、水渠\n修水渠两公里。\n"
        );
        fixture.write(&format!("corpus/{n}.txt"), &text);
    }
}

/// Documents that say that they are of `round`.
fn documents(fixture: &Fixture, round: usize) -> Option<u64> {
    let query = format!("\"本村第{round}轮修路\"");
    let ran = fixture.run(["search", "--count", "--format", "json", &query]);
    (ran.status() != Some(2)).then(|| ran.json()["documents"].as_u64().expect("a number"))
}

fn fingerprint(ran: &Ran) -> Value {
    ran.json()["fingerprint"].clone()
}

#[test]
fn killed_at_any_moment_the_last_commit_stays() {
    // XUNZHANG_LONG=1 kills as often as the contract's figure says.
    let n_kills = if std::env::var_os("XUNZHANG_LONG").is_some() {
        300
    } else {
        12
    };
    let fixture = Fixture::new();
    let mut dice = Dice::new(5);
    write(&fixture, 0);
    let started = std::time::Instant::now();
    fixture.run(["index"]).succeeds();
    let usual = started.elapsed().as_millis() as usize;
    let mut last = 0;
    for round in 1..=n_kills {
        write(&fixture, round);
        let mut command = fixture.command(["index", "--jobs", "2"]);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the binary runs");
        std::thread::sleep(Duration::from_millis(dice.below(usual * 3 / 2 + 2) as u64));
        child.kill().expect("a kill");
        child.wait().expect("its end");
        let now = documents(&fixture, round).expect("an index");
        let before = documents(&fixture, last).expect("an index");
        let all = FILES as u64;
        assert!(
            [(all, 0), (0, all)].contains(&(now, before)),
            "round {round}: {now} new, {before} old"
        );
        if now == all {
            last = round;
        }
    }
    fixture.run(["verify"]).succeeds();
    fixture.run(["index"]).succeeds();
    assert_eq!(documents(&fixture, n_kills), Some(FILES as u64));
    let kept = fingerprint(&fixture.run(["status", "--format", "json"]).succeeds());
    fixture.run(["index", "--rebuild"]).succeeds();
    assert_eq!(
        fingerprint(&fixture.run(["status", "--format", "json"])),
        kept
    );
    fixture.run(["verify"]).succeeds();
}

/// Runs `index` where no file may grow over `blocks` of 512 bytes, as on a disk that is full.
#[cfg(unix)]
fn index_with_little_room(fixture: &Fixture, blocks: usize) -> (Option<i32>, String) {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" --lang en index");
    let output = std::process::Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_xunzhang")])
        .current_dir(fixture.folder())
        .output()
        .expect("bash runs");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_index() {
    let fixture = Fixture::new();
    write(&fixture, 0);
    fixture.run(["index"]).succeeds();
    write(&fixture, 1);
    for blocks in [0, 1, 4] {
        let (status, told) = index_with_little_room(&fixture, blocks);
        assert_eq!(status, Some(2), "{told}");
        assert!(
            told.contains("it stays as it was; see that the disk has room"),
            "{told}"
        );
        assert_eq!(
            documents(&fixture, 0),
            Some(FILES as u64),
            "{blocks} blocks: {told}"
        );
        fixture.run(["verify"]).succeeds();
    }
    fixture.run(["index"]).succeeds();
    assert_eq!(documents(&fixture, 1), Some(FILES as u64));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let fixture = Fixture::new();
    write(&fixture, 0);
    fixture.run(["index"]).succeeds();
    let folder = fixture.path("index");
    let set =
        |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("permissions");
    set(0o555);
    // For root nothing is locked.
    let is_locked = fs::write(folder.join("probe"), "x").is_err();
    if is_locked {
        write(&fixture, 1);
        fixture
            .run(["--lang", "en", "index"])
            .fails_with(&["index"]);
        assert_eq!(documents(&fixture, 0), Some(FILES as u64));
    }
    set(0o755);
}
