#!/usr/bin/env python3
"""Times xunzhang and its peers on the same text, in turns, and prints medians, spreads and ratios.

    cargo build --release --examples && benches/peers/run.py [--rounds N] FOLDER...

Peers: tantivy with jieba-rs and one field (examples/plain_tantivy.rs), raw segmentation by jieba-rs on all processors
(the same program), SQLite FTS5 with trigrams (Python's own), bm25s with jieba (if both are installed), ripgrep (if
it is). What is missing is named. Everything is written below a temporary folder.
"""

import argparse
import json
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "target/release/xunzhang"
PLAIN = ROOT / "target/release/examples/plain_tantivy"
WORD, QUERY = "失地农民", ["失地农民", "安置"]


def run(*command, **options):
    """Runs a program to its end; its status may be that nothing was found."""
    done = subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    if done.returncode > 1:
        sys.exit(f"{command[0]}: {done.stderr.decode(errors='replace')}")


def lines(folders):
    """The lines of all files, as a script would read them."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                for line in path.read_text("utf-8", "replace").splitlines():
                    if line.strip():
                        yield str(path), line


class Bench:
    def __init__(self, folders, scratch):
        self.folders, self.scratch = folders, scratch
        self.ours, self.plain, self.sqlite = scratch / "ours", scratch / "plain", scratch / "fts.db"

    def index_ours(self):
        shutil.rmtree(self.ours, ignore_errors=True)
        run(OURS, "-q", "--index", self.ours, "index", *self.folders)

    def index_ours_again(self):
        run(OURS, "-q", "--index", self.ours, "index", *self.folders)

    def index_plain(self):
        shutil.rmtree(self.plain, ignore_errors=True)
        run(PLAIN, self.plain, *self.folders)

    def cut(self):
        run(PLAIN, "cut", *self.folders)

    def index_sqlite(self):
        self.sqlite.unlink(missing_ok=True)
        base = sqlite3.connect(self.sqlite)
        base.execute("CREATE VIRTUAL TABLE passage USING fts5(path UNINDEXED, text, tokenize='trigram')")
        base.executemany("INSERT INTO passage VALUES (?, ?)", lines(self.folders))
        base.commit()
        base.close()

    def index_bm25s(self):
        import bm25s
        import jieba

        cut = [[word for word in jieba.cut_for_search(line) if word.strip()] for _, line in lines(self.folders)]
        bm25s.BM25().index(cut, show_progress=False)

    def search_ours(self):
        run(OURS, "--index", self.ours, "search", *QUERY)

    def search_sqlite(self):
        program = "import sqlite3,sys;print(len(sqlite3.connect(sys.argv[1]).execute('SELECT path FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10',[sys.argv[2]]).fetchall()))"
        run(sys.executable, "-c", program, self.sqlite, WORD)

    def search_rg(self):
        run("rg", "-F", WORD, *self.folders)

    def many_queries(self):
        file = self.scratch / "queries.txt"
        if not file.exists():
            subjects = "失地农民 招商引资 食品安全 劳动合同 环境保护 义务教育 医疗保险 行政处罚 土地承包 森林防火 水资源 城乡规划".split()
            aspects = "管理办法 责任 监督检查 审批程序 资金使用 申请条件 法律责任 标准 期限 赔偿 登记 公开 培训 考核 许可".split()
            pairs = [f"{a} {b}" for a in subjects for b in aspects]
            triples = [f"{pair} {aspects[i % len(aspects)]}" for i, pair in enumerate(pairs)]
            queries = ((pairs + triples) * (20_000 // (2 * len(pairs)) + 1))[:20_000]
            file.write_text("".join(f"{i}\t{query}\n" for i, query in enumerate(queries)), "utf-8")
        run(OURS, "--index", self.ours, "search", "--queries", file, "--format", "trec", "-n", "10")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--scratch", metavar="FOLDER", help="where to write [default: a temporary folder]")
    options = parser.parse_args()
    for program in (OURS, PLAIN):
        if not program.exists():
            sys.exit(f"{program} is missing: cargo build --release --examples, then cargo build --release")
    steps = [
        ("index: xunzhang", "index_ours"),
        ("index: tantivy + jieba-rs", "index_plain"),
        ("cut: jieba-rs alone", "cut"),
        ("index: SQLite FTS5 trigram", "index_sqlite"),
        ("index: xunzhang, unchanged", "index_ours_again"),
        ("search, cold: xunzhang", "search_ours"),
        ("search, cold: SQLite", "search_sqlite"),
        ("20,000 queries: xunzhang", "many_queries"),
    ]
    if shutil.which("rg"):
        steps.append(("search, cold: rg -F", "search_rg"))
    else:
        print("not run: ripgrep, which is not installed")
    try:
        import bm25s, jieba  # noqa: F401

        steps.append(("index: bm25s + jieba", "index_bm25s"))
    except ImportError:
        print("not run: bm25s + jieba, which are not installed")
    print("not run: Lucene, Elasticsearch, Recoll, which need a server or a desktop")
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        bench = Bench(options.folders, Path(scratch))
        times = {title: [] for title, _ in steps}
        for _ in range(options.rounds):
            for title, step in steps:
                started = time.perf_counter()
                getattr(bench, step)()
                times[title].append(time.perf_counter() - started)
        size = sum(path.stat().st_size for path in bench.ours.rglob("*") if path.is_file())
    text = sum(len(line.encode()) for _, line in lines(options.folders))
    base = {"index": times["index: xunzhang"], "search, cold": times["search, cold: xunzhang"]}
    print(f"{'':<30} {'median s':>9} {'least':>8} {'most':>8} {'to ours':>8}")
    for title, seconds in times.items():
        ours = base.get(title.split(":")[0], base["index"])
        ratio = statistics.median(b / a for a, b in zip(ours, seconds))
        print(f"{title:<30} {statistics.median(seconds):>9.3f} {min(seconds):>8.3f} {max(seconds):>8.3f} {ratio:>8.2f}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(json.dumps({"text_bytes": text, "index_bytes": size, "index_to_text": round(size / text, 2), "peak_kib_of_any_child": peak}))


if __name__ == "__main__":
    main()
