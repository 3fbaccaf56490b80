#!/usr/bin/env python3
"""What share of an office file's text our passages hold, by the word of another reader.

    tests/long/office_share.py BINARY [FILE]...

Without FILE, documents, workbooks and presentations of our own are made in every format with python-docx, openpyxl,
python-pptx and LibreOffice. The other readers are those three where they read the format, Python's own for pages and rows, and
LibreOffice's export as text for the rest (its export of a page loses the ends of tags now and then). A reader that is not
installed is named and passed over. Exit 1 if a share is below the bar.

What is none of a text is not compared: of records in rows the names of their columns, addresses and dates; of a page what
stands around the text, for which `truth.txt` beside it has what is right. The share is that of the visible characters of the other reader's paragraphs and cells which stand in a passage, in one
piece; of one that does not, the characters in common count by runs of three.
"""

import collections
import csv
import html.parser
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BAR = 0.995
TEXTS = ("docx", "doc", "odt", "rtf")
SLIDES = ("ppt", "odp")
SHEETS = ("xlsx", "xls", "csv")


def squeezed(text):
    return re.sub(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]", "", text)


def passages(binary, path):
    run = subprocess.run([binary, "show", "--all", "--format", "json", str(path)], capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr.strip())
    documents = [json.loads(line) for line in run.stdout.splitlines()]
    kept = [p["text"] for d in documents for p in d["passages"]]
    aside = [b["text"] for d in documents for b in d["boilerplate"]]
    return kept, aside


def share(other, ours):
    """The share of the units of `other` that stand in `ours`, and a few that do not."""
    whole = squeezed("\n".join(ours))
    runs = collections.Counter(whole[at : at + 3] for at in range(len(whole)))
    found = total = 0
    missing = []
    for unit in map(squeezed, other):
        total += len(unit)
        if unit in whole:
            found += len(unit)
            continue
        pieces = [unit[at : at + 3] for at in range(0, len(unit), 3)]
        found += sum(len(piece) for piece in pieces if runs[piece])
        missing.append(unit)
    return (found / total if total else 1.0), missing[:3]


def by_python_docx(path):
    import docx

    def of_table(table):
        seen = set()
        for row in table.rows:
            for cell in row.cells:
                if cell._tc in seen:
                    continue
                seen.add(cell._tc)
                yield from (p.text for p in cell.paragraphs)
                for inner in cell.tables:
                    yield from of_table(inner)

    document = docx.Document(path)
    yield from (p.text for p in document.paragraphs)
    for table in document.tables:
        yield from of_table(table)


def by_openpyxl(path):
    import openpyxl

    for sheet in openpyxl.load_workbook(path, data_only=True):
        for row in sheet.iter_rows():
            for cell in row:
                # A number is compared as it is shown, which LibreOffice knows.
                if isinstance(cell.value, str):
                    yield cell.value
                if cell.comment:
                    yield cell.comment.text


def by_csv(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        first, *rows = csv.reader(file)
    are_records = any("\n" in cell or len(cell) > 100 for row in rows for cell in row)
    is_aside = [are_records and re.search("url|date|id$|日期|时间|网址", name) for name in first]
    if not are_records:
        yield from first
    for row in rows:
        for cell, aside in zip(row, is_aside):
            if not aside:
                yield from cell.splitlines()


def by_python_pptx(path):
    import pptx

    def of_shapes(shapes):
        for shape in shapes:
            if shape.shape_type == pptx.enum.shapes.MSO_SHAPE_TYPE.GROUP:
                yield from of_shapes(shape.shapes)
            if shape.has_text_frame:
                yield from of_frame(shape.text_frame)
            if getattr(shape, "has_table", False) and shape.has_table:
                for row in shape.table.rows:
                    for cell in row.cells:
                        yield from of_frame(cell.text_frame)
            if getattr(shape, "has_chart", False) and shape.has_chart:
                if shape.chart.has_title:
                    yield from of_frame(shape.chart.chart_title.text_frame)
                for plot in shape.chart.plots:
                    yield from map(str, plot.categories)
                    yield from (series.name for series in plot.series)

    def of_frame(frame):
        for paragraph in frame.paragraphs:
            yield from re.split("[\n\v]", paragraph.text)

    for slide in pptx.Presentation(path).slides:
        yield from of_shapes(slide.shapes)
        if slide.has_notes_slide:
            yield from of_frame(slide.notes_slide.notes_text_frame)


class Page(html.parser.HTMLParser):
    """The text of a page by its blocks."""

    INLINE = ("a", "b", "del", "em", "font", "i", "ins", "s", "small", "span", "strong", "sub", "sup", "u")
    UNSEEN = ("script", "style", "head", "title", "noscript", "template", "iframe", "rt", "rp")

    def __init__(self):
        super().__init__()
        self.units, self.n_unseen = [""], 0

    def handle_starttag(self, tag, attrs):
        self.n_unseen += tag in self.UNSEEN
        if tag not in self.INLINE:
            self.units.append("")

    def handle_endtag(self, tag):
        self.n_unseen -= tag in self.UNSEEN and self.n_unseen > 0
        if tag not in self.INLINE:
            self.units.append("")

    def handle_data(self, data):
        if not self.n_unseen:
            self.units[-1] += data


def by_html_parser(path):
    content = path.read_bytes()
    named = re.search(rb"charset=[\"' ]*([A-Za-z0-9_-]+)", content[:4096])
    name = named[1].decode().lower() if named else "utf-8"
    if not named:
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            name = "gb18030"
    page = Page()
    page.feed(content.decode({"gb2312": "gb18030", "gbk": "gb18030"}.get(name, name), "replace"))
    page.close()
    truth = path.parent / "truth.txt"
    if not truth.exists():
        yield from page.units
        return
    whole = squeezed("".join(page.units))
    for line in truth.read_text(encoding="utf-8").splitlines():
        if squeezed(line) in whole:
            yield line


def by_libreoffice(path):
    if path.suffix[1:] in SLIDES:
        with tempfile.TemporaryDirectory() as folder:
            convert(path, "pptx", folder)
            yield from by_python_pptx(next(pathlib.Path(folder).iterdir()))
        return
    is_sheet = path.suffix[1:] in ("xlsx", "xls", "ods")
    as_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,-1"
    with tempfile.TemporaryDirectory() as folder:
        convert(path, as_csv if is_sheet else "txt:Text (encoded):UTF8", folder)
        for made in sorted(pathlib.Path(folder).iterdir()):
            if is_sheet:
                yield from by_csv(made)
            else:
                # Bullets are drawn by LibreOffice; they are no text of the file.
                lines = made.read_text(encoding="utf-8-sig").splitlines()
                yield from (re.sub(r"^\s*[•◦▪●○■–]\s+", "", line) for line in lines)


def convert(path, form, folder):
    command = ["soffice", "--headless", "--convert-to", form, "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)


def readers(path):
    kind = path.suffix[1:].lower()
    if kind == "docx":
        yield "python-docx", by_python_docx
    if kind == "xlsx":
        yield "openpyxl", by_openpyxl
    if kind == "pptx":
        yield "python-pptx", by_python_pptx
    if kind == "html":
        yield "html.parser", by_html_parser
    if kind == "csv":
        yield "csv", by_csv
    elif kind in TEXTS + SHEETS + ("ods",) + SLIDES and not is_mail(path):
        yield "LibreOffice", by_libreoffice


def is_mail(path):
    """Whether it is a page packed as mail, whose inner form LibreOffice shows as text."""
    return path.read_bytes()[:200].startswith(b"MIME-Version")


def sample_slides(path):
    import pptx
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text, slide.placeholders[1].text = "青石县水利工作汇报", "县水利局\n二〇二四年三月"
    for part in range(1, 4):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"第{part}部分工作"
        body = slide.placeholders[1].text_frame
        body.text = f"整修渠道{part}公里"
        for item in range(3):
            line = body.add_paragraph()
            line.text, line.level = f"第{item}项按时完成，受益农户{item * 37 + part}户", item % 2
        slide.notes_slide.notes_text_frame.text = f"备注：第{part}页讲两分钟"
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(Cm(1), Cm(12), Cm(8), Cm(2)).text_frame.text = f"框中文字{part}"
        table = slide.shapes.add_table(3, 3, Cm(1), Cm(14), Cm(20), Cm(4)).table
        for row in range(3):
            for column in range(3):
                table.cell(row, column).text = ("乡镇", "渠道", "水库")[column] if row == 0 else f"{row}.{column}"
        table.cell(2, 0).merge(table.cell(2, 1))
    data = CategoryChartData()
    data.categories = ["一季度", "二季度"]
    data.add_series("完成率", (0.4, 0.8))
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    chart = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Cm(1), Cm(1), Cm(20), Cm(12), data).chart
    chart.has_title = True
    chart.chart_title.text_frame.text = "渠道整修进度"
    deck.save(path)


def sample_document(path):
    import docx
    from docx.enum.text import WD_BREAK

    document = docx.Document()
    document.add_heading("青石县水利工作总结", 0)
    for part in range(1, 4):
        document.add_heading(f"第{part}部分工作", 1)
        for item in range(1, 6):
            document.add_paragraph(
                f"今年第{part}季度第{item}项任务按时完成，整修渠道{part * item}公里，受益农户{item * 37}户，群众满意。"
            )
        document.add_paragraph("加固堤防", style="List Number")
        document.add_paragraph("疏浚河道", style="List Number")
        document.add_paragraph("巡查值守", style="List Bullet")
        table = document.add_table(rows=1, cols=4)
        for cell, text in zip(table.rows[0].cells, ("乡镇", "渠道（公里）", "水库（座）", "说明")):
            cell.text = text
        for row in range(6):
            cells = table.add_row().cells
            cells[0].text = f"第{row + 1}镇"
            cells[1].text, cells[2].text = f"{row * 12.5:,.1f}", str(row + part)
            cells[3].text = "已完工" if row % 2 else "在建"
        last = table.add_row().cells
        last[0].merge(last[1]).text = "合计"
        last[2].text, last[3].text = "27", "—"
        inner = document.add_table(rows=1, cols=2)
        inner.rows[0].cells[0].text = "附表"
        nested = inner.rows[0].cells[1].add_table(rows=2, cols=2)
        for cell, text in zip((c for r in nested.rows for c in r.cells), ("甲", "1", "乙", "2")):
            cell.text = text
    run = document.add_paragraph("换行前").add_run()
    run.add_break(WD_BREAK.LINE)
    run.add_text("换行后，末段。")
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.save(path)


def sample_workbook(path):
    import datetime

    import openpyxl
    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务"
    sheet.append(["青石县重点任务"])
    sheet.append(["序号", "工作内容", "责任单位", "完成率", "资金（元）", "时间"])
    for row in range(1, 30):
        sheet.append(
            [row, f"推进第{row}个小区改造", "住建局" if row % 2 else "园林局", row / 30, row * 12345.678, datetime.date(2023, 1, row)]
        )
        sheet.cell(row + 2, 4).number_format = "0.0%"
        sheet.cell(row + 2, 5).number_format = "#,##0.00"
        sheet.cell(row + 2, 6).number_format = 'yyyy"年"m"月"d"日"'
    sheet["B3"].comment = Comment("此项待核实", "某")
    sheet.merge_cells("A1:F1")
    numbers = book.create_sheet("数据")
    for row in range(20):
        numbers.append([row, row * row, row / 7, 1.5e15 + row])
    book.save(path)


def samples(folder):
    document, workbook = folder / "总结.docx", folder / "任务.xlsx"
    sample_document(document)
    sample_workbook(workbook)
    made = [document, workbook]
    slides = folder / "汇报.pptx"
    if "pptx" not in missing_readers():
        sample_slides(slides)
        made.append(slides)
    if shutil.which("soffice"):
        forms = [(document, kind) for kind in ("doc", "odt", "rtf", "html")]
        forms += [(workbook, "xls"), (workbook, "ods")]
        forms += [(slides, kind) for kind in SLIDES if slides in made]
        for path, kind in forms:
            convert(path, kind, folder)
            made.append(path.with_suffix("." + kind))
    table = folder / "表.csv"
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["地区", "工作内容", "增速"])
        writer.writerows([f"第{row}县", "修路\n架桥", f"{row}.5%"] for row in range(40))
    return made + [table]


def missing_readers():
    import importlib.util

    for module in ("docx", "openpyxl", "pptx"):
        if importlib.util.find_spec(module) is None:
            yield module
    if not shutil.which("soffice"):
        yield "soffice"


def main():
    binary, *given = sys.argv[1:]
    missing = set(missing_readers())
    for name in sorted(missing):
        print(f"not installed, passed over: {name}")
    is_low = False
    with tempfile.TemporaryDirectory() as folder:
        if given:
            files = [pathlib.Path(path) for path in given]
        elif {"docx", "openpyxl"} & missing:
            print("no samples can be made")
            return 0
        else:
            files = samples(pathlib.Path(folder))
        for path in files:
            try:
                kept, aside = passages(binary, path)
            except RuntimeError as error:
                print(f"FAIL {path.name}: {error}")
                is_low = True
                continue
            for name, reader in readers(path):
                module = {"python-docx": "docx", "openpyxl": "openpyxl", "python-pptx": "pptx", "LibreOffice": "soffice"}.get(name)
                if module in missing:
                    continue
                other = [unit for unit in reader(path) if squeezed(unit)]
                searchable, lost = share(other, kept)
                in_file, _ = share(other, kept + aside)
                is_low |= searchable < BAR
                mark = "ok  " if searchable >= BAR else "LOW "
                print(f"{mark} {path.name:24} {name:12} searchable {searchable:.4f}  kept {in_file:.4f}  {lost if searchable < 1 else ''}")
    return int(is_low)


if __name__ == "__main__":
    sys.exit(main())
