//! The tutorial does what it says: each of its commands is run, and its output compared.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::fixture::{Fixture, samples};

/// A command of the tutorial and what it prints; a line `…` stands for any lines.
struct Example {
    command: String,
    printed: Vec<String>,
}

fn docs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs")
}

/// The commands in the blocks of a Markdown text, in order.
fn examples(text: &str) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    let mut is_inside = false;
    for line in text.lines() {
        match line.strip_prefix("$ ") {
            _ if line.starts_with("```") => is_inside = line == "```console",
            Some(command) if is_inside => out.push(Example {
                command: command.to_owned(),
                printed: Vec::new(),
            }),
            None if is_inside => out
                .iter_mut()
                .last()
                .expect("a command")
                .printed
                .push(line.to_owned()),
            _ => {}
        }
    }
    out
}

/// Whether the lines are those expected.
fn fits(expected: &[String], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((first, rest)) if first == "…" => (0..=lines.len()).any(|n| fits(rest, &lines[n..])),
        Some((first, rest)) => lines
            .split_first()
            .is_some_and(|(line, lines)| line == first && fits(rest, lines)),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let copied = to.join(path.file_name().expect("a name"));
        match path.is_dir() {
            true => copy(&path, &copied),
            false => fs::write(copied, fs::read(&path).expect("a file")).expect("a copy"),
        }
    }
}

#[test]
fn every_command_of_the_tutorial_does_what_is_printed() {
    let fixture = Fixture::new();
    copy(&samples(), &fixture.path("我的 资料"));
    copy(&docs().join("tutorial"), fixture.folder());
    let binary = Path::new(env!("CARGO_BIN_EXE_xunzhang"));
    let folder = binary.parent().expect("a folder").display();
    let paths = std::env::var("PATH").unwrap_or_default();
    let text = fs::read_to_string(docs().join("tutorial.md")).expect("the tutorial");
    let examples = examples(&text);
    for Example { command, printed } in &examples {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{command} 2>&1")]);
        let shell = fixture
            .prepared(shell)
            .env("PATH", format!("{folder}:{paths}"))
            .env("LC_ALL", "zh_CN.UTF-8")
            .env("COLUMNS", "100")
            .env("VISUAL", "true")
            .output();
        let output = shell.expect("a shell");
        let stdout = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{command}\n{stdout}");
        let lines: Vec<&str> = stdout.lines().map(str::trim_end).collect();
        assert!(fits(printed, &lines), "$ {command}\n{stdout}");
    }
    // Fifteen tasks, none with more than two commands.
    let tasks: Vec<&str> = text.split("\n## ").skip(1).collect();
    assert_eq!(tasks.len(), 15);
    for task in tasks {
        let n = self::examples(task).len();
        assert!((1..=2).contains(&n), "{n} commands: {task}");
    }
    // What was written is there.
    for (name, magic) in [
        ("统计.xlsx", "PK"),
        ("命中.xlsx", "PK"),
        ("词表统计.xlsx", "PK"),
        ("查对.html", "<!"),
    ] {
        let bytes = fs::read(fixture.path(name)).expect(name);
        assert!(bytes.starts_with(magic.as_bytes()), "{name}");
    }
}

#[test]
fn a_line_of_dots_stands_for_any_lines() {
    let expected = |lines: &[&str]| {
        lines
            .iter()
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>()
    };
    assert!(fits(
        &expected(&["甲", "…", "丁"]),
        &["甲", "乙", "丙", "丁"]
    ));
    assert!(fits(&expected(&["…"]), &[]));
    assert!(!fits(&expected(&["甲", "…"]), &["乙"]));
    assert!(!fits(&expected(&["甲"]), &["甲", "乙"]));
}
