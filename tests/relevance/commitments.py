#!/usr/bin/env python3
"""Scores the commitments that `xunzhang compare` finds against labels made by reading.

    tests/relevance/commitments.py XUNZHANG REPORTS [--show]

REPORTS is the folder with `work-reports-gb18030/` and `work-reports-jsonl/`. `commitments.tsv` beside this file has a row for each
figure that an older report sets for the next year: where it is, and the verdict that a reader gives about it; no text. Both are
compared by place: a found target is a labelled one if the number of the label begins within its span.

- recall, precision of targets: labelled ones that are found; found ones that are labelled.
- verdicts: of labelled targets that are found and decided (met, missed, not mentioned), the share with the labelled verdict; `strict`
  also counts decided ones that are no target as wrong.
- marked: of labelled undecidable targets that are found, the share that is undecided.
"""

import argparse
import csv
import json
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

LABELS = Path(__file__).with_suffix(".tsv")
FILES = ["work-reports-gb18030", "work-reports-jsonl/government_work_reports.jsonl"]


def run(binary: str, index: str, *words: str) -> dict:
    command = [binary, "--index", index, *words, "--format", "json"]
    return json.loads(subprocess.run(command, capture_output=True, check=False, timeout=300).stdout)


def sentences(binary: str, index: str, document: str) -> list[tuple[int, str]]:
    shown = run(binary, index, "show", document)
    return [(passage["line"], passage["text"]) for passage in shown["passages"] if passage["part"] == "body"]


def found(binary: str, index: str, old: str, new: str) -> list[tuple[int, int, int, str, str]]:
    """Line, start, end, verdict, and what to show of each target."""
    passages = sentences(binary, index, old)
    out = []
    for one in run(binary, index, "compare", old, new)["commitments"]:
        target = one["target"]
        line = int(target["place"].rsplit(":", 1)[1])
        at = next(text.find(target["text"]) for number, text in passages if number == line and target["text"] in text)
        start, end = (at + offset for offset in target["span"])
        outcome = one["outcome"] or {"measure": "", "figure": ""}
        shown = f"{target['measure']} {target['figure']} → {outcome['measure']} {outcome['figure']} {one['reason'] or ''}"
        out.append((line, start, end, one["status"], shown))
    return out


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("reports", type=Path)
    parser.add_argument("--show", action="store_true", help="print what differs")
    parser.add_argument("--set", help="only this set")
    given = parser.parse_args()
    with LABELS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    pairs = defaultdict(dict)
    for row in rows:
        pairs[row["set"], row["old"], row["new"]][int(row["line"]), int(row["start"])] = row["verdict"]
    counts: dict[str, Counter] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as index:
        files = [f"{Path(name).parts[0]}={given.reports / name}" for name in FILES]
        subprocess.run([given.binary, "--index", index, "index", "-q", *files], check=True, capture_output=True, timeout=600)
        for (group, old, new), labels in pairs.items():
            if given.set not in (None, group):
                continue
            # A collection of one file calls its records by the file.
            old, new = (f"work-reports-jsonl/{name}" if ".jsonl" in name else name for name in (old, new))
            count, left = counts[group], dict(labels)
            for line, start, end, verdict, shown in found(given.binary, index, old, new):
                label = next((at for at in left if at[0] == line and start <= at[1] < end), None)
                right = left.pop(label) if label else None
                count["found"] += 1
                count["labelled"] += right is not None
                if verdict != "undecided":
                    count["decided"] += 1
                    count["decided labelled"] += right is not None
                    count["right"] += verdict == right
                    count[f"said {verdict}"] += 1
                    count[f"right {verdict}"] += verdict == right
                if right == "undecided":
                    count["undecidable"] += 1
                    count["marked"] += verdict == "undecided"
                if given.show and verdict != right:
                    print(f"{group} {old}:{line}:{start} {verdict}, labelled {right}: {shown}")
            count["all"] += len(labels)
            if given.show:
                for (line, start), right in left.items():
                    print(f"{group} {old}:{line}:{start} not found, labelled {right}")
    for group, count in counts.items():
        share = lambda a, b: f"{count[a] / max(count[b], 1):.3f} ({count[a]}/{count[b]})"  # noqa: E731
        print(f"{group}: targets: recall {share('labelled', 'all')}, precision {share('labelled', 'found')}")
        print(f"  verdicts: {share('right', 'decided labelled')}, strict {share('right', 'decided')}; undecidable marked: {share('marked', 'undecidable')}")
        for verdict in ["met", "missed", "not_mentioned"]:
            print(f"  {verdict}: {share('right ' + verdict, 'said ' + verdict)}")


if __name__ == "__main__":
    main()
