#!/usr/bin/env python3
"""Times xunzhang and its peers on the same text, in turns, and prints medians, spreads and ratios.

    cargo build --release --examples && cargo build --release && benches/peers/run.py [--rounds N] FOLDER...

Peers, each the straightforward way, a line of a file as a passage: tantivy with jieba-rs and one field, and raw
segmentation by jieba-rs on all processors (examples/plain_tantivy.rs); SQLite FTS5 with trigrams (Python's own);
bm25s with jieba (PyPI, for the Python that runs this script); Lucene's CJK analyzer by Anserini (the jar in PyPI's
pyserini, Java 21: ANSERINI_JAR and JAVA_HOME name them); ripgrep. What is missing is named. Everything is written
below a temporary folder.

A cold search is a whole process, its files in the system's cache. Lucene is given its text as JSON Lines, which are
written before its time starts. SQLite's trigrams and ripgrep search one word of the two.
"""

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "benches"))

import lucene  # noqa: E402
import queries  # noqa: E402
from text import lines  # noqa: E402

OURS = ROOT / "target/release/xunzhang"
PLAIN = ROOT / "target/release/examples/plain_tantivy"
WORD, QUERY = "失地农民", ["失地农民", "安置"]
NEVER_RUN = "Elasticsearch and Recoll, which need a server or a desktop"


@dataclass
class Step:
    """A command that is timed, and what it makes, which is removed before."""

    title: str
    command: list
    makes: Path | None = None
    seconds: list = field(default_factory=list)
    kib: int = 0
    bytes: int = 0

    def run(self):
        """Runs the command once.

        The system counts what this process held when it started the other: it must stay small.
        """
        if self.makes:
            remove(self.makes)
        started = time.perf_counter()
        child = subprocess.Popen([str(part) for part in self.command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        said = child.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(child.pid, 0)
        self.seconds.append(time.perf_counter() - started)
        child.returncode = os.waitstatus_to_exitcode(status)
        # 1 says that nothing was found.
        if child.returncode not in (0, 1) or (child.returncode == 1 and self.makes):
            sys.exit(f"{self.title}: status {child.returncode}\n{said}")
        self.kib = max(self.kib, usage.ru_maxrss)
        if self.makes:
            self.bytes = size(self.makes)


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)


def size(path):
    return sum(file.stat().st_size for file in [path, *path.rglob("*")] if file.is_file())


def python(program, *arguments):
    return [sys.executable, "-B", HERE / program, *arguments]


def our_steps(folders, scratch):
    index, asked = scratch / "ours", scratch / "queries.txt"
    queries.write(asked)
    update = [OURS, "-q", "--index", index, "index", *folders]
    many = [OURS, "--index", index, "search", "--queries", asked, "--format", "trec", "-n", 10]
    return [
        Step("index: xunzhang", update, index),
        Step("index again: xunzhang", update),
        Step("search: xunzhang", [OURS, "--index", index, "search", *QUERY]),
        Step(f"{queries.COUNT} queries: xunzhang", many),
    ]


def peer_steps(folders, scratch):
    """The steps of all peers that are there; the others are named."""
    plain, sqlite, bm25s, indexed = (scratch / name for name in ("plain", "sqlite.db", "bm25s", "lucene"))
    steps = [
        Step("index: tantivy + jieba-rs", [PLAIN, plain, *folders], plain),
        Step("index: none, jieba-rs alone", [PLAIN, "cut", *folders]),
        Step("index: SQLite FTS5 trigram", python("sqlite_trigram.py", "index", sqlite, *folders), sqlite),
        Step("search: tantivy + jieba-rs", [PLAIN, "search", plain, *QUERY]),
        Step("search: SQLite FTS5 trigram", python("sqlite_trigram.py", "search", sqlite, WORD)),
    ]
    absent = [name for name in ("bm25s", "jieba") if importlib.util.find_spec(name) is None]
    if absent:
        print(f"not run: bm25s + jieba; {sys.executable} has no {' and no '.join(absent)}")
    else:
        steps.append(Step("index: bm25s + jieba", python("bm25s_jieba.py", "index", bm25s, *folders), bm25s))
        steps.append(Step("search: bm25s + jieba", python("bm25s_jieba.py", "search", bm25s, " ".join(QUERY))))
    if reason := lucene.missing():
        print(f"not run: Lucene; {reason}")
    else:
        text, topics = scratch / "lucene-text", scratch / "topics.tsv"
        lucene.prepare(folders, text, topics, " ".join(QUERY))
        steps.append(Step("index: Lucene CJK", lucene.index(text, indexed), indexed))
        steps.append(Step("search: Lucene CJK", lucene.search(indexed, topics, scratch / "found.trec")))
    if shutil.which("rg"):
        steps.append(Step("search: rg -F", ["rg", "-F", WORD, *folders]))
    else:
        print("not run: ripgrep, which is not installed")
    print(f"never run: {NEVER_RUN}", flush=True)
    return steps


def print_table(steps, text_bytes):
    ours = {step.title.split(":")[0]: step for step in steps if step.title.endswith(": xunzhang")}
    print(f"{'':<28} {'median s':>9} {'least':>8} {'most':>8} {'to ours':>8} {'MiB':>6} {'made MB':>8} {'to text':>8}")
    for step in sorted(steps, key=lambda step: step.title.split(":")[0]):
        base = ours[step.title.split(":")[0]]
        ratio = statistics.median(b / a for a, b in zip(base.seconds, step.seconds))
        line = f"{step.title:<28} {statistics.median(step.seconds):>9.3f} {min(step.seconds):>8.3f} {max(step.seconds):>8.3f}"
        line += f" {ratio:>8.2f} {step.kib / 1024:>6.0f}"
        if step.bytes:
            line += f" {step.bytes / 1e6:>8.1f} {step.bytes / text_bytes:>8.2f}"
        print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--scratch", metavar="FOLDER", help="where to write [default: a temporary folder]")
    options = parser.parse_args()
    for program in (OURS, PLAIN):
        if not program.exists():
            sys.exit(f"{program} is missing: cargo build --release --examples, then cargo build --release")
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        steps = our_steps(options.folders, Path(scratch)) + peer_steps(options.folders, Path(scratch))
        for _ in range(options.rounds):
            for step in steps:
                step.run()
    text_bytes = sum(len(line.encode()) for _, line in lines(options.folders))
    print_table(steps, text_bytes)
    print(json.dumps({"text_bytes": text_bytes} | {step.title: [round(seconds, 4) for seconds in step.seconds] for step in steps}))


if __name__ == "__main__":
    main()
