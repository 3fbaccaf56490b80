#!/usr/bin/env python3
"""How much of a PDF document is read, against an independent reader: pdftotext of poppler-utils (with poppler-data for Chinese).

usage: pdf_share.py XUNZHANG FILE...      XUNZHANG: the binary; a file is a PDF document.

Prints for each file the share of pdftotext's characters (blanks left out, leaders of contents pages too, NFKC) that are
in passages, in passages or boilerplate, and in one order (longest common subsequence with the best of pdftotext's orders), then
the worst and the share over all files. Exit status 1 if a file is below the bar or a file is not accounted for.
"""
import collections
import json
import re
import shutil
import subprocess
import sys
import unicodedata

BAR, BAR_ORDER = 0.98, 0.97
MODES = (["-layout"], [], ["-raw"])
MAX_ORDERED = 150_000


def characters(text):
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"[\u200b-\u200f\u2060\ufeff\u00ad\x00-\x08\x0c]", "", text)
    text = re.sub(r"\s", "", text)
    return re.sub(r"([.·…_\-—])\1{3,}", "", text)


def common(one, other):
    """The length of the longest common subsequence, by rows of bits (Hyyrö 2004)."""
    places = collections.defaultdict(int)
    for at, char in enumerate(one):
        places[char] |= 1 << at
    full = (1 << len(one)) - 1
    row = full
    for char in other:
        matched = row & places.get(char, 0)
        row = ((row + matched) | (row - matched)) & full
    return len(one) - bin(row).count("1")


def ours(binary, path):
    """The text in order, that of passages alone, and an error."""
    run = subprocess.run([binary, "show", "--all", "--format", "json", path], capture_output=True, text=True)
    if run.returncode != 0:
        return "", "", run.stderr.strip()
    lines, passages = [], []
    for record in run.stdout.splitlines():
        record = json.loads(record)
        for ord, passage in enumerate(record["passages"]):
            lines.append((passage["line"], 0, ord, passage["text"]))
            passages.append(passage["text"])
        for ord, line in enumerate(record["boilerplate"]):
            lines.append((line["line"], 1, ord, line["text"]))
    lines.sort()
    error = "unaccounted" if "unaccounted" in run.stderr.lower() else ""
    return characters("".join(line[3] for line in lines)), characters("".join(passages)), error


def theirs(path):
    for mode in MODES:
        run = subprocess.run(["pdftotext", "-enc", "UTF-8", *mode, path, "-"], capture_output=True)
        if run.returncode == 0:
            yield characters(run.stdout.decode("utf-8", "replace"))


def share(part, whole):
    if not whole:
        return 1.0
    both = collections.Counter(part) & collections.Counter(whole)
    return sum(both.values()) / len(whole)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    if not shutil.which("pdftotext"):
        sys.exit("pdftotext is missing, nothing was measured: install poppler-utils and poppler-data")
    binary, paths = sys.argv[1], sys.argv[2:]
    total, bad = collections.Counter(), []
    for path in paths:
        texts = list(theirs(path))
        text, passages, error = ours(binary, path)
        if not texts or not any(texts):
            print(f"   -      -      -     {path}: pdftotext has no text; ours {len(text)} {error}")
            continue
        whole = texts[0]
        searchable, read = share(passages, whole), share(text, whole)
        ordered = max(common(other[:MAX_ORDERED], text[:MAX_ORDERED]) / max(1, len(other[:MAX_ORDERED])) for other in texts)
        print(f"{searchable:.4f} {read:.4f} {ordered:.4f} {path} {len(whole)} {error}")
        total.update(whole=len(whole), searchable=searchable * len(whole), read=read * len(whole), ordered=ordered * len(whole))
        if read < BAR or ordered < BAR_ORDER or error:
            bad.append(path)
    if total["whole"]:
        shares = [total[key] / total["whole"] for key in ("searchable", "read", "ordered")]
        print("all: searchable {:.4f}, read {:.4f}, in order {:.4f}".format(*shares))
    if bad:
        sys.exit(f"below {BAR} read or {BAR_ORDER} in order: {', '.join(bad)}")


if __name__ == "__main__":
    main()
