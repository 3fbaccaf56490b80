#!/usr/bin/env python3
"""How much of a PDF or OFD document is read, against an independent reader: pdftotext of poppler-utils (with poppler-data for
Chinese), and for OFD, which nothing installed reads, the characters of its `TextCode` elements as the file has them.

usage: pdf_share.py XUNZHANG [FILE]...      XUNZHANG: the binary; without FILE, OFD documents of our own are made.

Prints for each file the share of the reader's characters (blanks left out, leaders of contents pages too, NFKC) that are
in passages, in passages or boilerplate, and in one order (longest common subsequence with the best of the reader's orders), then
the share over all files. pdftotext's orders are its own three and, for pages of two columns, which it reads across where the
gap is narrow, the left half of each page before the right one. A page of OFD that is drawn in no order of reading (boxes and
legends before the text around them) is in order where it stands in ours in runs of 15 characters. Exit status 1 if a file is below the bar or a file is not
accounted for.
"""
import collections
import json
import pathlib
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.etree.ElementTree
import zipfile

BARS = {".pdf": (0.98, 0.97), ".ofd": (0.97, 0.97)}
MODES = (["-layout"], [], ["-raw"])
MAX_ORDERED = 150_000
MAX_HALVED = 60
RUN = 15
# A head that is kept behind the text of its page moves a large share of a text of a few lines.
LEAST_JUDGED = 100


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


def by_pdftotext(path):
    """The text in each order."""
    for mode in MODES:
        text = pdftotext(path, *mode)
        if text is not None:
            yield characters(text)
    sizes = page_sizes(path)
    if sizes:
        halves = []
        for page, (width, height) in enumerate(sizes, 1):
            middle = width // 2
            for left, wide in ((0, middle), (middle, width - middle)):
                area = ["-f", page, "-l", page, "-x", left, "-y", 0, "-W", wide, "-H", height]
                halves.append(pdftotext(path, *map(str, area)) or "")
        yield characters("".join(halves))


def pdftotext(path, *options):
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", *options, path, "-"], capture_output=True)
    return run.stdout.decode("utf-8", "replace") if run.returncode == 0 else None


def page_sizes(path):
    """Width and height of each page in points; none if the document has more than `MAX_HALVED`."""
    run = subprocess.run(["pdfinfo", "-l", str(MAX_HALVED + 1), path], capture_output=True, text=True, errors="replace")
    sizes = re.findall(r"size: +([0-9.]+) x ([0-9.]+)", run.stdout)
    return [(int(float(w)), int(float(h)) + 1) for w, h in sizes] if len(sizes) <= MAX_HALVED else []


def by_text_codes(path):
    """The characters of an OFD document in the order of the file, from the top down, and so on the left before the right."""
    with zipfile.ZipFile(path) as package:
        names = {name.strip("/"): name for name in package.namelist()}

        def part(name):
            return xml.etree.ElementTree.fromstring(package.read(names[name]))

        def placed(base, location):
            if location.startswith("/"):
                return posixpath.normpath(location[1:])
            return posixpath.normpath(posixpath.join(posixpath.dirname(base), location))

        pages = []
        for root in elements(part("OFD.xml"), "DocRoot"):
            document = placed("OFD.xml", (root.text or "").strip())
            top = part(document)
            templates = {t.get("ID"): placed(document, t.get("BaseLoc")) for t in elements(top, "TemplatePage")}
            units = {}
            for resource in elements(top, "PublicRes") + elements(top, "DocumentRes"):
                name = placed(document, (resource.text or "").strip())
                drawings = elements(part(name), "CompositeGraphicUnit") if name in names else []
                units.update((drawing.get("ID"), drawing) for drawing in drawings)
            for page in elements(top, "Page"):
                if page.get("BaseLoc"):
                    content = part(placed(document, page.get("BaseLoc")))
                    used = [templates.get(t.get("TemplateID")) for t in elements(content, "Template")]
                    pages.append(([part(name) for name in used if name in names] + [content], units))
    drawn, sorted_, halves = [], [], []
    for contents, units in pages:
        texts = [text for content in contents for text in texts_of(content, units)]
        drawn += [text for _, text in texts]
        texts.sort(key=lambda text: text[0])
        sorted_ += [text for _, text in texts]
        middle = (min((x for (_, x), _ in texts), default=0) + max((x for (_, x), _ in texts), default=0)) / 2
        halves += [text for (_, x), text in texts if x < middle] + [text for (_, x), text in texts if x >= middle]
    for order in (drawn, sorted_, halves):
        yield characters("".join(order))


def elements(parent, name):
    return [element for element in parent.iter() if element.tag.rpartition("}")[2] == name]


def texts_of(content, units):
    """Each text of a page with its place, in whole millimetres from the top and from the left."""
    for drawn in content.iter():
        name = drawn.tag.rpartition("}")[2]
        if name not in ("TextObject", "CompositeObject"):
            continue
        x, y = numbers(drawn.get("Boundary"), 4)[:2]
        if name == "CompositeObject" and drawn.get("ResourceID") in units:
            a, b, c, d, e, f = numbers(drawn.get("CTM") or "1 0 0 1 0 0", 6)
            for (top, left), text in texts_of(units[drawn.get("ResourceID")], {}):
                yield (round(y + b * left + d * top + f), x + a * left + c * top + e), text
        for code in elements(drawn, "TextCode") if name == "TextObject" else ():
            yield (round(y), x), code.text or ""


def numbers(text, n):
    found = [float(number) for number in (text or "").split()[:n]]
    return found + [0.0] * (n - len(found))


def in_runs(other, text):
    """The share of `other` that stands in `text` in runs of RUN characters."""
    runs = {text[at : at + RUN] for at in range(len(text))}
    is_in = bytearray(len(other))
    for at in range(len(other)):
        if other[at : at + RUN] in runs:
            is_in[at : at + RUN] = b"\1" * len(other[at : at + RUN])
    return sum(is_in) / max(1, len(other))


def theirs(path):
    if path.endswith(".ofd"):
        return list(by_text_codes(path))
    return list(by_pdftotext(path))


def share(part, whole):
    if not whole:
        return 1.0
    both = collections.Counter(part) & collections.Counter(whole)
    return sum(both.values()) / len(whole)


def sample(path, n_pages):
    """Writes an OFD document of our own: paragraphs of several lines, and a table without ruling lines."""
    ofd = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", f"<ofd:OFD {ofd}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(n_pages))
        area = "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        package.writestr("Doc_0/Document.xml", f"<ofd:Document {ofd}>{area}<ofd:Pages>{listed}</ofd:Pages></ofd:Document>")
        for page in range(n_pages):
            texts = []
            for line in range(12):
                words = f"{'甲乙丙丁'[page]}县{'一二三四五六七八九十百千'[line]}号水库除险加固工程按期完成情况，群众满意"
                texts.append((30 if line % 4 == 0 else 22, 30 + line * 7, words))
            for row in range(8):
                cells = ("乡镇", "渠道", "水库") if row == 0 else (f"第{row}镇", f"{row * 12.5:.1f}", str(row + page))
                texts += [(25 + column * 50, 130 + row * 7, cell) for column, cell in enumerate(cells)]
            objects = "".join(
                f'<ofd:TextObject ID="{n}" Boundary="{x} {y} {len(text) * 5} 6" Size="4.5"><ofd:TextCode X="0" Y="5" '
                f'DeltaX="{" ".join(["4.5"] * (len(text) - 1))}">{text}</ofd:TextCode></ofd:TextObject>'
                for n, (x, y, text) in enumerate(texts)
            )
            package.writestr(f"Doc_0/Pages/{page}.xml", f"<ofd:Page {ofd}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    binary, paths = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as folder:
        if not paths:
            made = [(pathlib.Path(folder) / f"样{n}.ofd", n) for n in (1, 3)]
            for path, n_pages in made:
                sample(path, n_pages)
            paths = [str(path) for path, _ in made]
        if not shutil.which("pdftotext"):
            print("not installed, PDF is passed over: pdftotext; install poppler-utils and poppler-data")
            paths = [path for path in paths if path.endswith(".ofd")]
        compare(binary, paths)


def compare(binary, paths):
    total, bad = collections.Counter(), []
    for path in paths:
        texts = theirs(path)
        text, passages, error = ours(binary, path)
        if not any(texts):
            print(f"   -      -      -     {path}: the other reader has no text; ours {len(text)} {error}")
            continue
        whole = texts[0]
        searchable, read = share(passages, whole), share(text, whole)
        ordered = max(common(other[:MAX_ORDERED], text[:MAX_ORDERED]) / max(1, len(other[:MAX_ORDERED])) for other in texts)
        if path.endswith(".ofd"):
            ordered = max(ordered, in_runs(texts[0], text))
        print(f"{searchable:.4f} {read:.4f} {ordered:.4f} {path} {len(whole)} {error}")
        total.update(whole=len(whole), searchable=searchable * len(whole), read=read * len(whole), ordered=ordered * len(whole))
        bar, bar_order = BARS[pathlib.Path(path).suffix.lower()]
        is_short = len(whole) < LEAST_JUDGED
        if read < bar or ordered < bar_order and not is_short or error:
            bad.append(path)
    if total["whole"]:
        shares = [total[key] / total["whole"] for key in ("searchable", "read", "ordered")]
        print("all: searchable {:.4f}, read {:.4f}, in order {:.4f}".format(*shares))
    if bad:
        sys.exit(f"below the bar of read or in order: {', '.join(bad)}")


if __name__ == "__main__":
    main()
