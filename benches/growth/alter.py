"""Copies of a collection that read like it, yet are no copies of each other.

Two-character words are exchanged for others of like frequency: in copy k, of every three such words (by a seeded draw)
one becomes the k-th next of its band of ten. Numbers of three digits and more, years among them, end in another digit.
All copies of a place where a word was exchanged differ, and rare words stay rare.
"""

import json
import os
import random
import re
import shutil
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

BAND = 10
"""Words that change places with each other; so many copies differ."""
WORDS = 3_000
SHARE = 1 / 3
"""Of the words that could be exchanged."""
TEXT, RECORDS = {".txt", ".md"}, {".jsonl"}
LIKE, LEAST = 0.85, 20
"""What makes near-copies (`src/text/simhash.rs`): the share of common bigrams, in texts of so many units."""
SAMPLE = 25
"""Of so many lines, one is compared with its original."""

LABELS = set("第编章节条款项一二三四五六七八九十百千零〇两")
"""Characters that headings are known by: no word with one of them is exchanged."""
HAN = re.compile("[一-龥]+")
NUMBER = re.compile(r"(?<![0-9])[0-9]{2,}([0-9])(?![0-9])")


def files(folders):
    """The files that can be altered, each with its path below its folder."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in TEXT | RECORDS:
                yield path, Path(folder.name) / path.relative_to(folder)


def read(path):
    return path.read_text("utf-8", "replace")


def count(paths):
    """How often characters and pairs of them stand in files."""
    chars, pairs = Counter(), Counter()
    for path in paths:
        for run in HAN.findall(read(path)):
            chars.update(run)
            pairs.update(map("".join, zip(run, run[1:])))
    return chars, pairs


def words(paths):
    """Bands of ten two-character words of like frequency: pairs of characters that keep together more than others."""
    chars, pairs = count(paths)

    def together(pair):
        return pairs[pair] ** 2 / (chars[pair[0]] * chars[pair[1]])

    frequent = [pair for pair, _ in pairs.most_common(10 * WORDS) if not LABELS & set(pair)]
    chosen = sorted(frequent, key=lambda pair: (-together(pair), pair))[:WORDS]
    chosen.sort(key=lambda pair: (-pairs[pair], pair))
    return {word: (chosen[at - at % BAND : at - at % BAND + BAND], at % BAND) for at, word in enumerate(chosen)}


class Alteration:
    """What copy `k` does to a text, always the same for the same `seed`."""

    def __init__(self, table, k, seed):
        self.table, self.k, self.draw = table, k, random.Random(f"{k} {seed}")

    def __call__(self, text):
        out, at, last = [], 0, 0
        table, draw = self.table, self.draw.random
        while at < len(text):
            found = table.get(text[at : at + 2])
            if found is None:
                at += 1
                continue
            if draw() < SHARE:
                band, place = found
                out += text[last:at], band[(place + self.k) % len(band)]
                last = at + 2
            at += 2
        out.append(text[last:])
        return NUMBER.sub(self.number, "".join(out))

    def number(self, found):
        return found[0][:-1] + str((int(found[1]) + self.k) % 10)


def records(path):
    return [json.loads(line) for line in read(path).splitlines() if line.strip()]


def altered(path, alter):
    """The file's text, or its records' texts and keys, altered; addresses stay."""
    if path.suffix in TEXT:
        return alter(read(path))

    def change(key, field):
        return alter(field) if isinstance(field, str) and key != "url" else field

    return as_lines({key: change(key, field) for key, field in record.items()} for record in records(path))


def as_lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def pairs_of(text):
    return Counter(zip(text, text[1:]))


def is_like(a, b):
    return 2 * (pairs_of(a) & pairs_of(b)).total() >= LIKE * (len(a) + len(b) - 2)


def compare(original, copy):
    """Of a sample of lines: how many there are, how many differ, are long, and are both long and near-copies."""
    tally = Counter()
    for a, b in zip(original[::SAMPLE], copy[::SAMPLE]):
        if a.strip():
            is_long = len(a) >= LEAST
            tally.update(lines=1, differ=a != b, long=is_long, like=is_long and is_like(a, b))
    return tally


def lines(text, suffix):
    return text.replace("\\n", "\n").splitlines() if suffix in RECORDS else text.splitlines()


@cache
def loaded(table):
    return json.loads(Path(table).read_text("utf-8"))


def write_copies(work):
    """Writes copies of one file below a folder; how they compare with it."""
    table, path, name, folder, ks = work
    original, tally = read(path), Counter()
    for k in ks:
        text = altered(path, Alteration(loaded(table), k, name)) if k else original
        target = folder / f"copy-{k}" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        if k:
            tally += compare(lines(original, path.suffix), lines(text, path.suffix))
    return tally


class Copies:
    """A collection in several sizes."""

    def __init__(self, folders):
        self.files = list(files(folders))

    def write(self, target, size):
        """Writes `size` times the collection below `target`; tells how."""
        target.mkdir()
        if size < 1:
            return write_part(self.files, target, round(1 / size))
        ks = range(round(size))
        if len(ks) > BAND:
            raise SystemExit(f"{len(ks)} copies would not all differ: the most is {BAND}")
        table = target.with_suffix(".words")
        # Other processes do what takes memory: see `run` of run.py.
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            pool.submit(write_words, [path for path, _ in self.files], table).result()
            work = ((str(table), path, name, target, ks) for path, name in self.files)
            tally = sum(pool.map(write_copies, work, chunksize=8), Counter())
        table.unlink()
        return told(len(self.files), len(ks), tally)


def write_words(paths, table):
    table.write_text(json.dumps(words(paths), ensure_ascii=False), "utf-8")


def write_part(found, target, every):
    """One file or record of so many."""
    n_files, n_records = 0, 0
    for ord, (path, name) in enumerate(found):
        out = target / name
        out.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix in RECORDS:
            part = records(path)[::every]
            out.write_text(as_lines(part), "utf-8")
            n_records += len(part)
        elif ord % every == 0:
            shutil.copyfile(path, out)
            n_files += 1
    return f"every {every}th of {len(found)} files and of their records: {n_files} files, {n_records} records"


def told(n_files, n_copies, tally):
    out = f"{n_files} files, {n_copies} times"
    if n_copies > 1:
        differ = 100 * tally["differ"] / max(tally["lines"], 1)
        like = 100 * tally["like"] / max(tally["long"], 1)
        out += f"; {differ:.1f} % of {tally['lines']} lines sampled differ from their original, "
        out += f"{like:.1f} % of those of {LEAST} characters and more are near-copies of it"
    return out


def balance(folders, target, big=100_000_000, small=10_000, small_lines=12):
    """Writes one file of `big` bytes and `small` small ones, all of altered text; tells how."""
    table = target.with_suffix(".words")
    with ProcessPoolExecutor(1) as pool:
        told = pool.submit(write_balance, folders, target, table, (big, small, small_lines)).result()
    table.unlink()
    return told


def write_balance(folders, target, table, counts):
    big, small, small_lines = counts
    found = [path for path, _ in files(folders)]
    write_words(found, table)
    (target / "small").mkdir(parents=True)
    rest, written, k = small, 0, 0
    with (target / "big.txt").open("w", encoding="utf-8") as out:
        while written < big or rest:
            for path in found:
                part = lines(altered(path, Alteration(loaded(str(table)), k, path.name)), path.suffix)
                if rest:
                    take = [part[at : at + small_lines] for at in range(0, len(part), small_lines)][:rest]
                    for chunk in take:
                        (target / "small" / f"{rest}.txt").write_text("\n".join(chunk), "utf-8")
                        rest -= 1
                elif written < big:
                    text = "\n".join(part) + "\n"
                    written += len(text.encode())
                    out.write(text)
            k += 1
    n_bytes = sum(path.stat().st_size for path in (target / "small").iterdir())
    return f"one file of {written / 1e6:.0f} MB, {small} files of {n_bytes / 1e6:.0f} MB"
