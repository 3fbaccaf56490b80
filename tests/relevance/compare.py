"""Scores `compare` against labels made by reading.

    python3 tests/relevance/compare.py target/release/xunzhang FOLDER

FOLDER has `government_work_reports.jsonl` of github.com/aldohemsn/chinese-political-corpora. `compare.tsv` has a sentence a line: set, older
and newer document, the side of the sentence, its line, its number in the report, what became of it, and the numbers of the sentences of the
other side that continue it or that it continues. Of several possible ones of a block that changed places the status is `changed|moved`.
"""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path


def main() -> None:
    program, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    labels = [line.split("\t") for line in Path(__file__).with_suffix(".tsv").read_text().splitlines()]
    with tempfile.TemporaryDirectory() as index:

        def run(*arguments: str) -> bytes:
            return subprocess.run([program, "--index", index, *arguments], capture_output=True, check=True).stdout

        run("index", str(folder / "government_work_reports.jsonl"))
        compared = {}
        for _, old, new, *_ in labels:
            if (old, new) not in compared:
                # No first use is looked up: no document is of that year.
                compared[old, new] = json.loads(run("compare", old, new, "--year", "1900", "--format", "json"))
    for name in dict.fromkeys(label[0] for label in labels):
        score(name, [label for label in labels if label[0] == name], compared)


def score(name: str, labels: list[list[str]], compared: dict[tuple[str, str], dict]) -> None:
    right = found = wanted = n_status = 0
    confused: dict[tuple[str, str], int] = defaultdict(int)
    for _, old, new, side, line, number, status, others in labels:
        pair = pair_of(compared[old, new], side, int(number))
        own, other = ("new", "old") if side == "new" else ("old", "new")
        sentence = next(one for one in parts(pair, own) if one["sentence"] == int(number))
        if not sentence["place"].endswith(f":{line}"):
            sys.exit(f"{side} sentence {number} of {new} is not on line {line}: another edition of the collection")
        expected = {int(one) for one in others.split(",") if one}
        actual = {one["sentence"] for one in parts(pair, other)}
        right += bool(expected & actual)
        found += bool(actual)
        wanted += bool(expected)
        n_status += pair["status"] in status.split("|")
        confused[status, pair["status"]] += 1
    precision, recall = right / found, right / wanted
    print(
        f"{name}: {len(labels)} sentences, precision {precision:.3f}, recall {recall:.3f}, "
        f"F1 {2 * precision * recall / (precision + recall):.3f}, status {n_status / len(labels):.3f}"
    )
    for (status, told), n in sorted(confused.items()):
        if told not in status.split("|"):
            print(f"  {status} told as {told}: {n}")


def parts(pair: dict, side: str) -> list[dict]:
    """The sentences of a pair on one side."""
    more = pair["split" if side == "new" else "merged"]
    return [one for one in [pair[side], *more] if one]


def pair_of(compared: dict, side: str, number: int) -> dict:
    for pair in compared["pairs"]:
        if any(one["sentence"] == number for one in parts(pair, side)):
            return pair
    sys.exit(f"no {side} sentence {number}")


main()
