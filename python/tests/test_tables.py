"""Every table is taken by pandas, polars and pyarrow, and has the columns that its docstring names."""

from __future__ import annotations

from collections.abc import Callable

import pandas
import polars
import pyarrow
import pytest

import xunzhang
from xunzhang import Index, Table

TABLES: dict[str, Callable[[Index], Table[object]]] = {
    "search": lambda index: index.search("失地农民 安置", limit=30, context=1),
    "concordance": lambda index: index.concordance("农民"),
    "groups": lambda index: index.concordance("农民", group="year").groups,
    "precedent": lambda index: index.precedent("学习工作两不误"),
    "sources": lambda index: index.precedent("学习工作两不误").sources,
    "lineage": lambda index: index.lineage("优化营商环境"),
    "spread": lambda index: index.lineage("优化营商环境").spread,
    "uses": lambda index: index.lineage("优化营商环境", uses=True).uses,
    "frame": lambda index: index.frame("加强*建设"),
    "slots": lambda index: index.frame("以*为*的").slots[1],
    "report": lambda index: index.report(["就业", "农民"]),
    "by_year": lambda index: index.report(["就业", "农民"]).by_year,
    "by_kind": lambda index: index.report(["就业", "农民"]).by_kind,
    "by_issuer": lambda index: index.report(["就业", "农民"]).by_issuer,
    "by_collection": lambda index: index.report(["就业", "农民"]).by_collection,
    "by_folder": lambda index: index.report(["就业", "农民"]).by_folder,
    "by_document": lambda index: index.report(["就业", "农民"]).by_document,
    "by_role": lambda index: index.report(["就业", "农民"]).by_role,
    "cooccurrence": lambda index: index.report(["就业", "农民"]).cooccurrence,
    "excerpts": lambda index: index.report(["就业", "农民"], excerpts=2).excerpts,
    "trend": lambda index: index.trend(["就业", "农民"]),
    "words": lambda index: index.trend(["就业", "农民"]).words,
    "check": lambda index: index.check("工作总结\n坚持学习工作两不误，促进农民就业。\n"),
    "shares": lambda index: index.check("工作总结\n坚持学习工作两不误，促进农民就业。\n").documents,
    "citations": lambda index: index.check("工作总结\n按照《没有这样的办法》第三条，帮助120名失地农民就业。\n").citations,
    "outline": lambda index: index.outline("2016年政府工作报告"),
    "read": lambda index: index.read("2016年政府工作报告"),
    "documents": lambda index: index.documents(),
    "nothing": lambda index: index.search("没有这样的词语组合xyz"),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_taken_by_each_library(index: Index, name: str) -> None:
    table = TABLES[name](index)
    assert name == "nothing" or len(table) > 0
    arrow = pyarrow.table(table)
    assert arrow.num_rows == len(table)
    arrow.validate(full=True)
    frames = [pandas.DataFrame.from_arrow(table), table.to_pandas(), polars.DataFrame(table), table.to_polars()]
    for frame in frames:
        assert frame.shape == (len(table), arrow.num_columns)
        assert list(frame.columns) == arrow.column_names
    assert table.to_arrow().equals(arrow)


def test_rows_and_columns_say_the_same(index: Index) -> None:
    hits = index.search("失地农民 安置", limit=30)
    columns = hits.to_arrow().to_pylist()
    for hit, row in zip(hits, columns, strict=True):
        assert (hit.rank, hit.document.id, hit.place) == (row["rank"], row["document"], row["place"])
        assert (hit.passage.text, hit.document.year) == (row["text"], row["year"])
        assert list(hit.passage.highlights) == [(span["start"], span["end"]) for span in row["highlights"]]
        assert hit.score == pytest.approx(row["score"], rel=1e-6)


def test_highlights_are_characters_of_the_text(index: Index) -> None:
    for hit in index.search("“失地农民”", limit=100):
        for start, end in hit.passage.highlights:
            # A blank that a site has put inside is part of the original text.
            assert hit.passage.text[start:end].replace("\u200b", "") in ("失地农民", "失地農民")


def test_rows_are_read_by_number(index: Index) -> None:
    lines = index.concordance("工作")
    assert len(lines) == index.count("工作").occurrences == lines.occurrences
    assert lines[0] == next(iter(lines))
    assert lines[-1] == lines[len(lines) - 1]
    assert lines[2:5] == list(lines)[2:5]
    assert lines[::50] == list(lines)[::50]
    assert lines[5:2] == []
    with pytest.raises(IndexError):
        lines[len(lines)]


def test_a_long_table_is_many_batches(index: Index) -> None:
    reader = pyarrow.RecordBatchReader.from_stream(index.concordance("“的”OR“工作”OR“发展”OR“建设”"))
    assert reader.schema.field("document").type == pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    assert sum(batch.num_rows for batch in reader) > 500


def test_documented_columns_are_there(index: Index) -> None:
    for name in ("search", "concordance", "precedent", "lineage", "frame", "report", "trend", "check", "outline", "read", "documents"):
        table = TABLES[name](index)
        documented = type(table).__doc__ or ""
        for column in pyarrow.table(table).column_names:
            assert f"``{column}``" in documented, (name, column)


def test_a_table_outlives_its_index(folder: object) -> None:
    lines = xunzhang.Index.open(str(folder)).concordance("农民")
    assert pyarrow.table(lines).num_rows == len(lines)
