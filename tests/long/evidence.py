#!/usr/bin/env python3
"""Makes exports of `evidence` from a collection and runs the program in each: every number is counted again from the texts.

    tests/long/evidence.py --index INDEX [--program FILE] [--seed N] [--exports 10] FOLDER...

FOLDER: the folders that the index was built from. Each export has twelve entries that are drawn from the index's own words: single words,
alternatives that overlap, phrases with gaps, NEAR, and Boolean queries; and a filter by years, kind, part or role. Printed: what each
program said, its seconds and those of the export, the size; status 1 if a number differs."""

import argparse
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import zipfile


def words(program, index):
    command = [program, "--index", index, "words", "top", "--limit", "3000", "--format", "csv"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    return [line.split(",")[0] for line in lines[1:]]


def entries(draw, known):
    word = lambda: draw.choice(known)
    out = [word() for _ in range(4)]
    for _ in range(2):
        one = word()
        out += [f"{one} | {one[:-1] or one} | {word()}", f"“{word()}*{{1,8}}{word()}”", f"{word()} NEAR/10 {word()}"]
    one, two, three = word(), word(), word()
    return out + [f"{one} -{two}", f"{one} AND ({two} OR {three})"]


FILTERS = [[], ["--year", "1990..2010"], ["--in", "body"], ["--role", "打算"], ["--kind", "工作报告"], ["--since", "2015"], ["--in", "headings"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--index", required=True)
    parser.add_argument("--program", default="target/release/xunzhang")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exports", type=int, default=10)
    given = parser.parse_args()
    draw, known, failed = random.Random(given.seed), words(given.program, given.index), 0
    for number in range(given.exports):
        chosen = FILTERS[number % len(FILTERS)]
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "evidence.zip")
            begun = time.time()
            command = [given.program, "--index", given.index, "--lang", "en", "evidence", *entries(draw, known), *chosen, "-o", str(path)]
            ran = subprocess.run(command, capture_output=True, text=True)
            made = time.time() - begun
            if not path.exists():
                print(f"{number + 1}: no export: {ran.stderr}")
                failed += 1
                continue
            zipfile.ZipFile(path).extractall(folder)
            begun = time.time()
            ran = subprocess.run([sys.executable, pathlib.Path(folder, "check.py"), *given.folders], capture_output=True, text=True)
            failed += ran.returncode != 0
            said = " · ".join((ran.stdout + ran.stderr).split("\n")).strip(" ·")
            print(f"{number + 1} {' '.join(chosen) or 'all'}: {said} ({path.stat().st_size / 1e6:.1f} MB, export {made:.1f} s, check {time.time() - begun:.0f} s)", flush=True)
    print(f"{given.exports - failed} of {given.exports} exports agree")
    sys.exit(bool(failed))


main()
