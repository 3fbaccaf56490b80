#!/usr/bin/env python3
"""Measures how index and queries grow with the text: a tenth of it, all of it, ten times as much.

    cargo build --release && benches/growth/run.py [--sizes 0.1,1,10] [--only growth|balance] FOLDER...

A tenth is every tenth file, or record of a JSON Lines file. Ten times are ten copies in folders of their own, nine of them
altered by `alter.py`, so that they are neither copies nor near-copies of each other. Then one file of 100 MB is indexed
beside 10,000 small ones, by one thread and by two. Everything is written below a temporary folder, which at ten times
takes some forty times the text.

A factor with `!` grows by more than a tenth faster than the text. Where others use the machine, seconds of processors
count.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "benches"))

import queries  # noqa: E402
from alter import Copies, balance  # noqa: E402

OURS = ROOT / "target/release/xunzhang"
LATENCY = ["cargo", "bench", "--quiet", "--locked", "--bench", "latency", "--"]
TITLES = {"two to four words": "words", "100 characters": "sentences", "exact phrases": "phrases"}
STEEP = 1.1
LEAST = 0.01
"""The least that is told from nothing, in any unit of the table."""


def run(*command):
    """Runs a program to its end: what it printed, its seconds, those of its processors, and the KiB that it held at most.

    The system counts what this process held when it started the other: it must stay small.
    """
    started = time.perf_counter()
    child = subprocess.Popen([str(part) for part in command], cwd=ROOT, stdout=subprocess.PIPE)
    printed = child.stdout.read().decode()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    # 1 says that nothing was found.
    if child.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}: status {child.returncode}")
    return printed, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def median_ms(times, *command):
    return 1000 * statistics.median(run(*command)[1] for _ in range(times))


def bytes_below(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def latencies(index):
    """p50 and p99 in milliseconds of each set of `benches/latency.rs`."""
    out = {}
    for line in run(*LATENCY, index)[0].splitlines():
        for title, name in TITLES.items():
            if line.startswith(title):
                p50, p99 = line[len(title) :].split()[1:3]
                out |= {f"{name} p50 ms": float(p50), f"{name} p99 ms": float(p99)}
    if len(out) != 2 * len(TITLES):
        sys.exit(f"`{' '.join(LATENCY)}` prints other sets than {', '.join(TITLES)}")
    return out


def measure(text, index, asked):
    """All figures of one size, by name."""
    update = [OURS, "-q", "--index", index, "index", text]
    printed, seconds, of_processors, peak = run(*update, "--json")
    summary, text_bytes, index_bytes = json.loads(printed), bytes_below(text), bytes_below(index)
    out = {
        "text MB": text_bytes / 1e6,
        "documents": summary["documents"],
        "passages": summary["passages"],
        "index s": seconds,
        "index processor s": of_processors,
        "index peak MiB": peak / 1024,
        "index MB": index_bytes / 1e6,
        "index / text": index_bytes / text_bytes,
        "unchanged run ms": median_ms(5, *update),
        "cold search ms": median_ms(11, OURS, "--index", index, "search", "失地农民", "安置"),
    }
    out |= latencies(index)
    _, seconds, of_processors, _ = run(OURS, "--index", index, "search", "--queries", asked, "--format", "trec", "-n", "10")
    return out | {
        "batch us / query": 1e6 * seconds / queries.COUNT,
        "batch processor us": 1e6 * of_processors / queries.COUNT,
        "batch queries / s": queries.COUNT / seconds,
    }


def print_table(sizes, figures):
    steps = list(zip(sizes, sizes[1:]))
    print(f"{'':<22}" + "".join(f"{size + ' x':>12}" for size in sizes) + "".join(f"{a + ' to ' + b:>13}" for a, b in steps))
    for name in figures[0]:
        line = f"{name:<22}" + "".join(f"{column[name]:>12,.2f}" for column in figures)
        for before, after in zip(figures, figures[1:]):
            factor, of_text = (after[row] / max(before[row], LEAST) for row in (name, "text MB"))
            steep = "!" if factor > STEEP * of_text else " "
            line += f"{factor:>12.2f}{steep}"
        print(line)


def growth(options, scratch):
    asked = scratch / "queries.txt"
    queries.write(asked)
    run(*LATENCY[:-1], "--no-run")
    copies, figures = Copies(options.folders), []
    for size in options.sizes:
        text, index = scratch / "text", scratch / "index"
        print(f"{size} x: {copies.write(text, float(size))}", flush=True)
        figures.append(measure(text, index, asked))
        print(json.dumps({"size": size} | {name: round(figure, 3) for name, figure in figures[-1].items()}), flush=True)
        shutil.rmtree(text)
        shutil.rmtree(index)
    print_table(options.sizes, figures)


def one_and_many(options, scratch):
    text, seconds = scratch / "text", {1: [], 2: []}
    print(f"balance: {balance(options.folders, text)}", flush=True)
    for _ in range(options.rounds):
        for jobs, times in seconds.items():
            index = scratch / "index"
            _, took, of_processors, peak = run(OURS, "-q", "--index", index, "index", "--jobs", jobs, text)
            times.append(took)
            print(f"  --jobs {jobs}: {took:.2f} s, {of_processors:.2f} s of processors, {peak / 1024:.0f} MiB at most", flush=True)
            shutil.rmtree(index)
    shutil.rmtree(text)
    ratio = statistics.median(two / one for one, two in zip(*seconds.values()))
    print(f"  two threads take {ratio:.2f} of the time of one")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER", type=Path)
    parser.add_argument("--sizes", default="0.1,1,10", type=lambda text: text.split(","), metavar="SIZES", help="tenths or whole numbers [default: 0.1,1,10]")
    parser.add_argument("--only", choices=["growth", "balance"])
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="of the balance [default: 3]")
    parser.add_argument("--scratch", metavar="FOLDER", help="where to write [default: a temporary folder]")
    options = parser.parse_args()
    if not OURS.exists():
        sys.exit(f"{OURS} is missing: cargo build --release")
    with tempfile.TemporaryDirectory(dir=options.scratch) as scratch:
        if options.only != "balance":
            growth(options, Path(scratch))
        if options.only != "growth":
            one_and_many(options, Path(scratch))


if __name__ == "__main__":
    main()
