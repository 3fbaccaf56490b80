#!/usr/bin/env python3
"""Measures what hostile inputs cost: time, peak memory, and whether all beside them goes on.

    cargo build --release && benches/trust/limits.py [NAME]...
    benches/trust/limits.py --mutate FOLDER...

Each input is made here, indexed between two good files, and removed. A run fails if the program panics, takes over 60 s or
over 1 GB in one process, loses a good neighbour, or leaves an index that cannot be searched. With --mutate, 2,000 damaged
copies of the office and web documents in the folders are indexed in one run, beside two good files. Needs some 2 GB of disk
below the system's temporary folder and a Unix system (`resource`); what it lacks is named and passed over.
"""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "target/release/xunzhang"
GOOD = "白苇县工作总结\n一、做法\n全县整修水渠，成效明显。\n"
PHRASE = '"整修水渠，成效"'
CLAUSE = "各村各组坚持以整修水渠为重点认真抓好春耕备耕"
MAX_SECONDS, MAX_MEGABYTES = 60, 1024
SEED, COPIES = 20, 2_000
DAMAGED = {".docx", ".doc", ".wps", ".pdf", ".ofd", ".rtf", ".odt", ".epub", ".xlsx", ".xls", ".html", ".md", ".zip"}


def text(unit, megabytes, head="", tail=""):
    """A writer of `unit` over and over."""
    def write(path):
        block = (unit * (1 + (1 << 16) // len(unit.encode()))).encode()
        with open(path, "wb") as out:
            out.write(head.encode())
            while out.tell() < megabytes * 1_000_000:
                out.write(block)
            out.write(tail.encode())
    return write


def packed(parts):
    """A writer of an archive of `(name, unit, megabytes)`."""
    def write(path):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, unit, megabytes in parts:
                with archive.open(name, "w", force_zip64=True) as out:
                    block = unit * (1 + (1 << 20) // len(unit))
                    for _ in range(megabytes):
                        out.write(block)
    return write


def lines(line, n, head=""):
    def write(path):
        with open(path, "w", encoding="utf-8") as out:
            out.write(head)
            out.writelines(line(i) + "\n" for i in range(n))
    return write


DIGITS = "一二三四五六七八九十"
INPUTS = {
    "text_1gb.txt": text(CLAUSE + "。\n", 1_000),
    "line_without_end_190mb.txt": text(CLAUSE, 190),
    "line_without_end_140mb.txt": text(CLAUSE, 140),
    "short_lines_1m.txt": lines(lambda i: f"水渠{i}", 1_000_000),
    "headings_400k.txt": lines(lambda i: f"{DIGITS[i % 10]}、第{i}项", 400_000, "标题\n"),
    "ligatures.txt": text("\ufdfa", 9),
    "latin_run.txt": text("a", 20),
    "digits_and_points.txt": text("1.", 6),
    "combining.txt": text("\u0301", 10, "a"),
    "quotes.txt": text("“", 9),
    "blanks.txt": text("　", 30, "甲", "乙"),
    "pages.md": lines(lambda i: "#" * (1 + i % 6) + f" 标题{i}\n", 200_000),
    "field_1gb.csv": text(CLAUSE + "，", 1_000, 'id,text\n1,"', '"\n'),
    "open_quote.csv": text(CLAUSE + "。\n", 150, 'id,text\n1,"'),
    "sheet_without_text_1m_rows.csv": lines(lambda i: f"{i},水渠", 1_000_000),
    "million_columns.csv": text("甲,", 4, "text,"),
    "line_150mb.jsonl": text(CLAUSE, 150, '{"text":"', '"}\n{"text":"修路。"}\n'),
    "numbers_40mb.jsonl": text("1,", 40, '{"text":"修塘。","n":[', '1]}\n'),
    "records_500k.jsonl": lines(lambda i: f'{{"text":"第{i}条，整修道路。"}}', 500_000),
    "nested.jsonl": text('{"a":', 5),
    "zeros_4gb.zip": packed([("a.txt", b"\0", 4_000)]),
    "many_large_texts.zip": packed([(f"{i}.txt", CLAUSE.encode() + b"\n", 60) for i in range(6)]),
    "paragraph_600mb.docx": packed([("[Content_Types].xml", b" ", 0), ("word/document.xml", CLAUSE.encode(), 600)]),
    "rtf_million_lines.rtf": text("\\par abc", 40, "{\\rtf1\\ansi"),
    "divisions.html": text("<div>", 5, "<html><body>"),
}


def run(arguments, seconds=240):
    """Runs the program: its exit status, seconds, largest process in megabytes, output and errors."""
    started = time.time()
    script = "import resource,subprocess,sys;p=subprocess.run(sys.argv[1:]);print('PEAK',max(resource.getrusage(w).ru_maxrss for w in(resource.RUSAGE_CHILDREN,))//1024,file=sys.stderr);sys.exit(p.returncode if p.returncode>=0 else 128-p.returncode)"
    command = [sys.executable, "-c", script, str(PROGRAM), *map(str, arguments)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=seconds)
    except subprocess.TimeoutExpired:
        return None, time.time() - started, 0, "", "over time"
    *rest, peak = done.stderr.rstrip().rsplit("PEAK ", 1)
    return done.returncode, time.time() - started, int(peak), done.stdout, "".join(rest)


def judge(folder, index):
    """Indexes the folder; a line of figures, and what is wrong."""
    status, seconds, peak, out, errors = run(["--lang", "en", "--index", index, "index", "--json", folder])
    wrong = []
    if status not in (0,):
        wrong.append(f"status {status}")
    if "panicked" in errors or status == 101:
        wrong.append("panic")
    if seconds > MAX_SECONDS:
        wrong.append(f"over {MAX_SECONDS} s")
    if peak > MAX_MEGABYTES:
        wrong.append(f"over {MAX_MEGABYTES} MB")
    counted = run(["--index", index, "search", PHRASE, "--no-collapse", "--count", "--format", "json"])[3]
    n_good = json.loads(counted or '{"documents":0}')["documents"]
    if n_good < 2:
        wrong.append(f"{n_good} of 2 good files found")
    skipped = json.loads(out)["skipped"] if out.startswith("{") else []
    return f"{seconds:6.1f} s {peak:5} MB", wrong, skipped


def hostile(names, scratch):
    n_wrong = 0
    for name in names:
        folder, index = scratch / "corpus", scratch / "index"
        for path in (folder, index):
            shutil.rmtree(path, ignore_errors=True)
        folder.mkdir()
        for good in ("00.txt", "zz.txt"):
            (folder / good).write_text(GOOD, encoding="utf-8")
        INPUTS[name](folder / name)
        figures, wrong, skipped = judge(folder, index)
        reason = skipped[0]["reason"][:90] if skipped else ""
        print(f"{name:32} {figures}  {'; '.join(wrong) or 'ok':24} {reason}", flush=True)
        n_wrong += bool(wrong)
    return n_wrong


def damage(data, rng):
    """A copy that is damaged as files are: cut, overwritten, repeated, flipped."""
    data = bytearray(data)
    at = rng.randrange(len(data))
    match rng.randrange(5):
        case 0:
            del data[at:]
        case 1:
            del data[at:at + rng.randrange(1, 4_000)]
        case 2:
            data[at:at] = data[at:at + rng.randrange(1, 2_000)] * rng.choice([1, 4, 40])
        case 3:
            for _ in range(rng.choice([1, 8, 64, 400])):
                data[rng.randrange(len(data))] = rng.randrange(256)
        case _:
            for _ in range(rng.choice([1, 6, 20])):
                at = rng.randrange(len(data))
                data[at:at + 4] = rng.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0"])
    return bytes(data)


def damaged(path, rng):
    data = path.read_bytes()
    if not zipfile.is_zipfile(path) or rng.random() < 0.3:
        return damage(data, rng)
    target = Path(tempfile.gettempdir()) / f"damaged-{os.getpid()}"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        parts = [part for part in old.infolist() if part.file_size]
        chosen = {rng.choice(parts).filename} | {p.filename for p in parts if rng.random() < 0.2}
        for part in parts:
            content = old.read(part)
            new.writestr(part.filename, damage(content, rng) if part.filename in chosen else content)
    data = target.read_bytes()
    target.unlink()
    return data


def mutate(folders, scratch):
    rng = random.Random(SEED)
    files = [p for f in folders for p in sorted(Path(f).rglob("*")) if p.suffix.lower() in DAMAGED and 0 < p.stat().st_size < 1_500_000]
    kinds = {}
    for path in files:
        kinds.setdefault(path.suffix.lower(), []).append(path)
    for kind in sorted(DAMAGED - set(kinds)):
        print(f"no {kind} in the folders: passed over")
    if not kinds:
        sys.exit("nothing to damage")
    corpus = scratch / "corpus"
    corpus.mkdir()
    for good in ("00.txt", "zz.txt"):
        (corpus / good).write_text(GOOD, encoding="utf-8")
    for ord in range(COPIES):
        kind = sorted(kinds)[ord % len(kinds)]
        path = rng.choice(kinds[kind])
        try:
            data = damaged(path, rng)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
            data = damage(path.read_bytes(), rng)
        (corpus / f"{ord}{kind}").write_bytes(data)
    status, seconds, peak, out, errors = run(["--lang", "en", "--index", scratch / "index", "index", "--json", corpus], 3_600)
    summary = json.loads(out) if out.startswith("{") else {}
    skipped = summary.get("skipped", [])
    crashed = [s["path"] for s in skipped if "reader failed" in s["reason"]]
    slow = [s["path"] for s in skipped if "to read" in s["reason"] and "takes more" in s["reason"]]
    counted = run(["--index", scratch / "index", "search", PHRASE, "--no-collapse", "--count", "--format", "json"])[3]
    verified = run(["--index", scratch / "index", "verify"])[0]
    print(f"{COPIES} damaged copies: {seconds:.0f} s, {peak} MB, status {status}, {summary.get('documents')} documents, {len(skipped)} skipped, "
          f"{len(crashed)} readers failed, {len(slow)} out of time, good {json.loads(counted)['documents']} of 2, verify {verified}")
    return int(status != 0 or bool(crashed) or peak > MAX_MEGABYTES or verified != 0 or json.loads(counted)["documents"] < 2 or "panicked" in errors)


def main():
    if not PROGRAM.is_file():
        sys.exit(f"no {PROGRAM}; run `cargo build --release` first")
    with tempfile.TemporaryDirectory() as scratch:
        if sys.argv[1:2] == ["--mutate"]:
            sys.exit(mutate(sys.argv[2:], Path(scratch)))
        names = sys.argv[1:] or list(INPUTS)
        sys.exit(hostile(names, Path(scratch)))


main()
