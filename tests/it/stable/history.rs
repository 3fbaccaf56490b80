//! An index updated in many runs answers like one built from the same files at once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::{COMMANDS, DRAFT, answers_by, check, fingerprint};
use crate::fixture::{Fixture, Ran};
use crate::rng::Rng;

/// Number of random histories; `XUNZHANG_LONG` runs ten times as many.
const HISTORIES: u64 = 12;

/// Commands in addition to those of the parent: suggestions, lists, and results that depend on rare words.
const MORE: &str = r#"
search  失地农名
search  失地农民的安置补偿 就业  --format  json  -n  200  --no-collapse
search  (失地农民^100)^100 OR 就业 培训^3  --format  json  -n  100
search  +就业 失地农民 培训  --format  json  -n  100
search  招商引资 发展  --format  json  --year  2009..2015  -n  100
search  失地农民 就业  --format  json  --kind  总结  -n  100
search  切实解决失地农民的就业和社会保障问题，加强领导，明确责任，坚持以招商引资为抓手发展经济，各部门要按照职责分工抓好落实，确保取得实效。  --format  json  -n  50  --explain
search  岭 乡  --format  json  -n  100
words  keyness  --year  2009..2012
words  new
precedent  各部门要加强领导，明确责任。  --format  json
check  draft.txt  --format  json  -n  1
duplicates  --min-similarity  0.6  --format  json
"#;

const PLACES: [&str; 6] = ["云岭乡", "荷塘村", "白鹭镇", "青柳县", "塬上镇", "石桥村"];
const NOUNS: [&str; 8] = [
    "招商引资",
    "防汛抗旱",
    "安全生产",
    "项目建设",
    "植树造林",
    "道路整修",
    "学校翻修",
    "水渠清淤",
];
const TURNS: [&str; 10] = [
    "切实解决失地农民的就业和社会保障问题",
    "加强领导，明确责任，按照职责分工抓好落实",
    "坚持以@为抓手，推动全乡经济发展",
    "全年投入资金#万元用于@",
    "被征地农民就业培训#人次，安置补偿按期发放",
    "各部门要加强领导，明确责任",
    "@工作取得明显成效，但也存在一些问题",
    "新增就业#人，@#处",
    "坚持以@为重点，就业、培训两不误",
    "发展经济，改善民生，群众的收入增加#元",
];

/// The file named by some commands.
const NAMED: &str = "青柳县/2009年政府工作报告.txt";

/// A folder of reports that changes at random.
struct History {
    fixture: Fixture,
    rng: Rng,
    files: BTreeMap<String, String>,
}

impl History {
    fn new(seed: u64) -> Self {
        let mut history = Self {
            fixture: Fixture::new(),
            rng: Rng::new(seed),
            files: BTreeMap::new(),
        };
        history.fixture.write("draft.txt", DRAFT);
        history.fixture.write(
            "queries.txt",
            "1\t失地农民 安置\n2\t\"社会保障\"\n3\t就业 培训\n",
        );
        let text = history.report();
        history.put(
            NAMED.to_owned(),
            format!("青柳县政府工作报告\n2009年3月5日\n{text}"),
        );
        for _ in 0..10 {
            history.add();
        }
        history
    }

    fn sentence(&mut self) -> String {
        let turn = *self.rng.one_of(&TURNS);
        let noun = *self.rng.one_of(&NOUNS);
        let number = (1 + self.rng.below(90)).to_string();
        turn.replace('@', noun).replace('#', &number) + "。"
    }

    fn report(&mut self) -> String {
        let mut text = String::new();
        for heading in ["一、工作成绩", "二、存在的问题", "三、下一步工作"] {
            text += heading;
            text += "\n";
            for _ in 0..1 + self.rng.below(4) {
                for _ in 0..1 + self.rng.below(3) {
                    text += &self.sentence();
                }
                text += "\n";
            }
        }
        text
    }

    fn put(&mut self, name: String, text: String) {
        self.fixture.write(&format!("corpus/{name}"), &text);
        self.files.insert(name, text);
    }

    /// An unused file name.
    fn name(&mut self, extension: &str) -> String {
        loop {
            let (place, n) = (*self.rng.one_of(&PLACES), self.rng.below(1000));
            let name = format!("{place}/{n}.{extension}");
            if !self.files.contains_key(&name) {
                return name;
            }
        }
    }

    fn add(&mut self) {
        let (place, year) = (*self.rng.one_of(&PLACES), 2005 + self.rng.below(15));
        let kind = *self
            .rng
            .one_of(&["工作总结", "工作报告", "实施方案", "通知"]);
        // Every fourth text is a copy or a near-copy of an older one.
        let copied: Vec<String> = self.files.values().cloned().collect();
        let text = match self.rng.below(4) {
            0 if !copied.is_empty() => self.rng.one_of(&copied).clone(),
            1 => {
                let lines: Vec<String> = (0..3)
                    .map(|n| {
                        let text = self.report().replace('\n', "\\n");
                        format!("{{\"title\":\"{place}{kind}之{n}\",\"text\":\"{text}\",\"date\":\"{year}\"}}")
                    })
                    .collect();
                let name = self.name("jsonl");
                return self.put(name, lines.join("\n"));
            }
            _ => format!("{place}{year}年{kind}\n{}{year}年12月3日\n", self.report()),
        };
        let name = self.name("txt");
        self.put(name, text);
    }

    fn remove(&mut self, name: &str) -> Option<String> {
        fs::remove_file(self.fixture.path(&format!("corpus/{name}"))).expect("a file to remove");
        self.files.remove(name)
    }

    /// Adds, changes, removes, moves or renames a file.
    fn step(&mut self) {
        let names: Vec<String> = self
            .files
            .keys()
            .filter(|name| *name != NAMED)
            .cloned()
            .collect();
        let name = self.rng.one_of(&names).clone();
        let extension = if name.ends_with("jsonl") {
            "jsonl"
        } else {
            "txt"
        };
        match self.rng.below(6) {
            0 => self.add(),
            1 | 2 => {
                let text = self.files[&name].clone();
                let sentence = self.sentence();
                let changed = text.replacen("工作成绩", &format!("工作成绩\n{sentence}"), 1);
                let changed = if extension == "txt" {
                    changed
                } else {
                    text.replacen("就业", "用工", 1)
                };
                self.put(name, changed);
            }
            3 if names.len() > 5 => drop(self.remove(&name)),
            _ => {
                let to = self.name(extension);
                let text = self.remove(&name).expect("a text");
                self.put(to, text);
            }
        }
    }

    fn answers(&self, dir: &str) -> Vec<(&'static str, String)> {
        let report = format!("{dir}.json");
        let run = |command: &str| -> Ran {
            let command = command.replace("report.json", &report);
            self.fixture
                .run(["--index", dir].into_iter().chain(command.split("  ")))
        };
        let mut out = answers_by(run, || fs::read_to_string(self.fixture.path(&report)));
        out.extend(
            MORE.trim()
                .lines()
                .map(|command| (command, run(command).redacted())),
        );
        let status = run("status  --format  json").redacted();
        out.push(("status", without_place(&status)));
        for (_, answer) in &mut out {
            *answer = answer.replace(&report, "report.json");
        }
        out
    }
}

/// A status without the path and the size of the index.
fn without_place(status: &str) -> String {
    let mut out = String::new();
    for part in status.split_inclusive(',') {
        let is_place = part.contains("\"index\":") || part.contains("\"bytes_on_disk\":");
        out += if is_place { "" } else { part };
    }
    out
}

fn has_deleted_records(index: &Path) -> bool {
    let meta = fs::read_to_string(index.join("meta.json")).expect("the list of segments");
    meta.contains("num_deleted_docs")
}

/// Whether the updated index still held deleted records when it was queried.
fn check_history(seed: u64) -> bool {
    let mut history = History::new(seed);
    history
        .fixture
        .run(["index", "-q", "--jobs", "1"])
        .succeeds();
    for _ in 0..2 + history.rng.below(3) {
        for _ in 0..1 + history.rng.below(4) {
            history.step();
        }
        history
            .fixture
            .run(["index", "-q", "--jobs", "2"])
            .succeeds();
    }
    let has_deleted = has_deleted_records(&history.fixture.path("index"));
    history
        .fixture
        .run(["--index", "anew", "index", "-q"])
        .succeeds();
    assert_eq!(
        fingerprint(&history.fixture, "index"),
        fingerprint(&history.fixture, "anew")
    );
    let [updated, anew] = ["index", "anew"].map(|dir| history.answers(dir));
    assert!(updated.len() > COMMANDS.trim().lines().count());
    check(&updated, &anew, &format!("history {seed}"));
    has_deleted
}

fn check_histories(seeds: impl Iterator<Item = u64>) {
    let n_deleted = seeds.filter(|&seed| check_history(seed)).count();
    assert!(n_deleted > 0, "no history leaves deleted records");
}

// Four tests, so that they run in parallel.

#[test]
fn histories_a() {
    check_histories(histories().step_by(4));
}

#[test]
fn histories_b() {
    check_histories(histories().skip(1).step_by(4));
}

#[test]
fn histories_c() {
    check_histories(histories().skip(2).step_by(4));
}

#[test]
fn histories_d() {
    check_histories(histories().skip(3).step_by(4));
}

fn histories() -> impl Iterator<Item = u64> {
    0..HISTORIES * if crate::is_long() { 10 } else { 1 }
}
