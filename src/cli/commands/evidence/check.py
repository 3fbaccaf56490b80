#!/usr/bin/env python3
"""Recounts every number of numbers.csv from the texts in passages.jsonl, without the program that wrote them.
    python3 check.py [FOLDER]...      FOLDER: where the original files are; their sums and texts are then compared as well
Exit status 0: every number and place is as recounted, and the files are those that were read."""
import csv, hashlib, html, json, re, sys, unicodedata, zipfile
from collections import Counter, defaultdict
from pathlib import Path
HERE = Path(__file__).resolve().parent
RULE = json.loads((HERE / "rule.json").read_text("utf-8"))
SINGLE, HIDDEN, MARK = ("[%s]" % "".join(f"{a}-{b}" for a, b in RULE[name]) for name in ("single_units", "zero_width", "marks"))
# A Han character, or a run of letters and digits with the marks inside a number; and what ends a sentence.
UNIT = re.compile(f"[{RULE['sentence_ends']}]|{SINGLE}|(?:(?!{SINGLE})[^\\W_]{MARK}*|(?<=[0-9])[.,](?=[0-9]))+(?:(?<=[0-9])%)?")

def table(name):
    return list(csv.DictReader(open(HERE / name, encoding="utf-8-sig", newline="")))
def fold(text, exceptions, at=0):
    """The characters that are compared, each with the original ones that it stands for: from, to."""
    while at < len(text):
        end, to = exceptions.get(at) or (at + 1, RULE["characters"].get(text[at]))
        if to is None:  # As Unicode has it: compatible forms, lower case.
            to = unicodedata.normalize("NFKC", text[at])
            to = re.sub(HIDDEN, "", unicodedata.normalize("NFKC", "".join(map(str.lower, to))))
        yield from ((RULE["characters"].get(ch, ch), at, end) for ch in to)
        at = end

def units(text, exceptions):
    """The units of a text: what each is compared as, its original characters from, to, and the number of its sentence."""
    folded, sentence = [*fold(text, exceptions)], 0
    for found in UNIT.finditer("".join(ch for ch, _, _ in folded)):
        if found[0] not in RULE["sentence_ends"]:
            yield found[0], folded[found.start()][1], folded[found.end() - 1][2], sentence
        sentence += found[0] in RULE["sentence_ends"]

def places(leaf, row, sentence):
    """Every place of what is looked for, as units: from, to. Each row is followed by the nearest one after which the rest matches."""
    def where(want):
        return [i for i in range(len(row) - len(want) + 1) if row[i:i + len(want)] == want and sentence[i] == sentence[i + len(want) - 1]]
    if "near" in leaf:
        one, other, most = leaf["near"]
        ordered = (sorted([(i, i + len(one)), (j, j + len(other))]) for i in where(one) for j in where(other))
        return [(a, d) for (a, b), (c, d) in ordered if 0 <= c - b <= most and sentence[a] == sentence[c]]
    rows, gaps = leaf["rows"]
    ends = {i: i + len(rows[-1]) for i in where(rows[-1])} if {*rows[0]} <= {*row} else {}
    for want, (least, most) in reversed([*zip(rows, gaps)]):
        near = {i: [j for j in ends if least <= j - i - len(want) <= most and sentence[i] == sentence[j]] for i in where(want)}
        ends = {i: ends[min(after)] for i, after in near.items() if after}
    return sorted(ends.items())

def occurrences(entry, row, sentence):
    """The places of an entry, None where it does not match: of different phrases that overlap the longest, then the first."""
    found, kept = [places(leaf, row, sentence) for leaf in entry["leaves"]], []
    matching = [one["counted"] for one in entry["alternatives"] for clause in one["clauses"]
                if all(found[leaf] for leaf in clause["all"]) and not any(found[leaf] for leaf in clause["none"])]
    for _, start, leaf, end in sorted((a - b, a, leaf, b) for leaf in set().union(*matching) for a, b in found[leaf]):
        if all(leaf == other or to <= start or end <= a for a, to, other in kept):
            kept.append((start, end, leaf))
    return sorted(kept) if matching else None

shown = lambda text: re.sub(r'\\[nrt]|[\s"\\*|]', "", re.sub(HIDDEN, "", html.unescape(text)))
def original(path):
    """What this program can read of a file: text, and the XML of office files; nothing of a PDF."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        archive = zipfile.ZipFile(path)
        data = re.sub(b"<[^>]*>", b"", b"".join(archive.read(name) for name in archive.namelist() if name.endswith("ml")))
    return shown("\n".join(data.decode(coding, "ignore") for coding in ("utf-8", "utf-16", "gb18030", "big5")))

documents, texts, listed = {row["document"]: row for row in table("documents.csv")}, defaultdict(list), table("occurrences.csv")
numbers, sets, spots, size = Counter((row["entry"], "", "", row["said"]) for row in listed if row["said"]), defaultdict(set), Counter(), 0
for line in open(HERE / "passages.jsonl", encoding="utf-8"):
    passage, matching = json.loads(line), []
    of, size = {"": "", "by_document": passage["document"], **documents[passage["document"]], **passage}, size + len(passage["text"])
    row = [*units(of["text"], {at: (end, to) for at, end, to in of["exceptions"]})]
    texts[of["file"]].append(of["text"])
    for entry in RULE["entries"]:
        n, found = entry["number"], occurrences(entry, [unit[0] for unit in row], [unit[3] for unit in row])
        if found is not None:
            spots.update((n, of["document"], of["passage"], str(row[a][1]), str(row[b - 1][2])) for a, b, _ in found)
            numbers.update({(n, by, of[by], "occurrences"): len(found) for by in of if by[:3] in ("", "by_")})
            numbers.update({(other, "together", n, "passages"): 1 for other in matching})
            matching.append(n)
            for measure, value in zip(("documents", "passages", "distinct"), (of["document"], line, (*(unit[0] for unit in row),))): sets[n, "", "", measure].add(value)
numbers.update({("", "", "", "documents"): len(documents), ("", "", "", "passages"): sum(map(len, texts.values())), ("", "", "", "characters"): size})
numbers.update({key: len(values) for key, values in sets.items()})
for n in {key[0] for key in sets}: numbers[n, "", "", "per_10k"] = round(numbers[n, "", "", "occurrences"] * 1e4 / size, 6)
stated = {(row["entry"], row["by"], row["key"], row["measure"]): float(row["value"]) for row in table("numbers.csv")}
left_out = {entry["number"] for entry in RULE["entries"] if not entry["alternatives"]}
wrong = [f"{key}: {stated.get(key, 0)}, recounted {numbers[key]}" for key in sorted(stated.keys() | numbers.keys())
         if not {key[0], key[2]} & left_out and stated.get(key, 0) != numbers[key]]
listed = Counter(tuple(row[name] for name in ("entry", "document", "passage", "start", "end")) for row in listed if row["entry"] not in left_out)
wrong += [f"place {spot}" for spot in (listed - spots) + (spots - listed)]
sums, absent = {row["file"]: row["sha256"] for row in documents.values()}, []
for name in sums:
    paths = [path for folder in sys.argv[1:] for path in (Path(folder, name), Path(folder, name.partition("/")[2])) if path.is_file()]
    whole = next((original(path) for path in paths if hashlib.sha256(path.read_bytes()).hexdigest() == sums[name]), None)
    wrong += [f"another file: {paths[0]}"] if paths and whole is None else []
    absent += [text for text in texts[name] if whole is not None and shown(text) not in whole]
print(*wrong[:20], f"{len(stated)} numbers, {sum(listed.values())} occurrences in {sum(map(len, texts.values()))} passages: {len(wrong)} differ",
      f"not recounted, since they name fields: {len(left_out)} entries; texts that this program can't read in the files: {len(absent)}", sep="\n")
sys.exit(bool(wrong))
