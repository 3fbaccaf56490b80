#!/usr/bin/env python3
"""Chooses ranking weights on all judged sets but one, and tells what they give on the one left out.

    tests/relevance/cross_validate.py [--every N] [--keep FOLDER] SET...

SET is a folder in BEIR layout, as `xunzhang eval` takes it. Every setting of `GRID` is measured on every set (nDCG@10). For each set
the setting with the best mean gain over the defaults on the other sets is named, with what it gives there and on the set itself;
a setting that loses more than `LOSS` on one of the others is not chosen. Needs `cargo build --release`.
"""

import argparse
import subprocess
from pathlib import Path

XUNZHANG = Path(__file__).resolve().parents[2] / "target/release/xunzhang"
LOSS = 0.001
GRID = [
    "",
    "words=0.6",
    "words=0.9",
    "grams=0.4",
    "grams=0.6",
    "singles=0.5",
    "singles=0.9",
    "units=0.3",
    "units=0.7",
    "coverage=0.7",
    "coverage=1.3",
    "run=0.5",
    "run=1",
    "run=1.5",
    "function_words=0.15",
    "function_words=0.5",
    "words=0.6,singles=0.9",
    "units=0.7,coverage=1.3",
    "run=1,function_words=0.15",
]


def measure(setting, arguments):
    """nDCG@10 of each set by its name."""
    command = [XUNZHANG, "eval", "--every", str(arguments.every), *arguments.sets]
    if arguments.keep:
        command += ["--keep", arguments.keep]
    if setting:
        command += ["--set", setting]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = [line.split() for line in out.splitlines()[1:]]
    return {row[0]: float(row[2]) for row in rows if len(row) > 2}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="SET")
    parser.add_argument("--every", type=int, default=3)
    parser.add_argument("--keep", help="folder that keeps the indexes of the sets")
    arguments = parser.parse_args()
    figures = {setting: measure(setting, arguments) for setting in GRID}
    defaults = figures[""]
    for setting, figure in figures.items():
        print(f"{setting or 'defaults':<28}", *(f"{figure[name]:.4f}" for name in defaults))
    print(f"\n{'left out':<16} {'chosen on the others':<28} defaults  chosen")
    for left_out in defaults:
        others = [name for name in defaults if name != left_out]

        def gain(setting):
            gains = [figures[setting][name] / defaults[name] - 1 for name in others]
            lost = min(figures[setting][name] - defaults[name] for name in others)
            return sum(gains) / len(gains) if lost >= -LOSS else -1.0

        best = max(GRID, key=gain)
        print(f"{left_out:<16} {best or 'defaults':<28} {defaults[left_out]:.4f}    {figures[best][left_out]:.4f}")


if __name__ == "__main__":
    main()
