"""Answers have the numbers of the command line: 48 requests."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from conftest import CORPUS, Cli

import xunzhang


def plain(value: object) -> Any:
    """Data as JSON has it, without what it leaves out when it is empty."""
    if isinstance(value, xunzhang.Edit):
        return [value.op, value.before, value.after]
    if is_dataclass(value):
        pairs = {one.name.rstrip("_"): plain(getattr(value, one.name)) for one in fields(value)}
        return {name: item for name, item in pairs.items() if item not in (None, False, [], 0, "")}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def bare(value: Any, within: bool = False) -> Any:
    """JSON without what is null, empty or zero in the objects that are rows."""
    if isinstance(value, dict):
        pairs = {key: bare(item) for key, item in value.items()}
        return {key: item for key, item in pairs.items() if item not in (None, False, [], 0, "")}
    if isinstance(value, list):
        return [bare(item) for item in value]
    return value


def same(rows: Any, expected: list[Any]) -> None:
    assert [bare(plain(row)) for row in rows] == [bare(row) for row in expected]


SEARCHES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("失地农民 安置", {}, []),
    ("失地农民", {"limit": 50}, ["-n", "50"]),
    ("“失地农民”", {"limit": 50, "sort": "date"}, ["-n", "50", "--sort", "date"]),
    ("“坚持以*为指导”", {"context": 2}, ["-C", "2"]),
    ("招商 NEAR/10 就业", {}, []),
    ("+就业 -招商", {"limit": 5, "offset": 5}, ["-n", "5", "--offset", "5"]),
    ("乡村振兴", {"by": "document"}, ["--by", "document"]),
    ("乡村振兴", {"collapse": False, "explain": True}, ["--no-collapse", "--explain"]),
    ("工作", {"year": "2005..2010", "kind": "总结"}, ["--year", "2005..2010", "--kind", "总结"]),
    ("工作", {"year": range(2009, 2012)}, ["--year", "2009..2011"]),
    ("工作", {"since": 2015, "until": "2020年"}, ["--since", "2015", "--until", "2020"]),
    ("农民", {"path": ["青柳县/**", "白苇县"]}, ["--path", "青柳县/**", "--path", "白苇县"]),
    ("工作", {"role": "问题"}, ["--role", "问题"]),
    ("工作", {"section": "打算"}, ["--section", "打算"]),
    ("工作", {"in_": "headings"}, ["--in", "headings"]),
    ("没有这样的词语组合xyz", {}, []),
]


@pytest.mark.parametrize(("query", "options", "flags"), SEARCHES)
def test_search(index: xunzhang.Index, cli: Cli, query: str, options: Any, flags: list[str]) -> None:
    hits, answer = index.search(query, **options), cli("search", "--format", "json", *flags, "--", query)
    same(hits, answer["hits"])
    assert plain(hits.total.exact) == bare(answer["total"]["exact"])
    assert hits.total.passages == answer["total"]["passages"]
    assert hits.total.documents == answer["total"]["documents"]


@pytest.mark.parametrize("query", ["农民", "“农民”", "“(优化|改善)营商环境”", "就业 培训", "就业 NEAR/5 培训"])
def test_count(index: xunzhang.Index, cli: Cli, query: str) -> None:
    answer = cli("search", "--count", "--format", "json", query)
    assert plain(index.count(query)) == bare({key: answer[key] for key in ("occurrences", "passages", "documents")})


CONCORDANCES: list[tuple[str, dict[str, Any], list[str]]] = [
    ("农民", {}, []),
    ("就业", {"sort": "right", "window": 8}, ["--sort", "right", "--window", "8"]),
    ("工作", {"sample": 20, "seed": 3}, ["--sample", "20", "--seed", "3"]),
    ("发展", {"group": "left:2", "limit": 10}, ["--group", "left:2", "-n", "10"]),
    ("发展", {"group": "year", "kind": ["总结", "工作报告"]}, ["--group", "year", "--kind", "总结", "--kind", "工作报告"]),
]


@pytest.mark.parametrize(("query", "options", "flags"), CONCORDANCES)
def test_concordance(index: xunzhang.Index, cli: Cli, query: str, options: Any, flags: list[str]) -> None:
    lines, answer = index.concordance(query, **options), cli("concordance", "--format", "json", *flags, query)
    same(lines, answer["lines"])
    same(lines.groups, answer["groups"])
    for name in ("query", "occurrences", "documents", "dispersion"):
        assert getattr(lines, name) == answer[name]


@pytest.mark.parametrize(
    ("text", "options", "flags"),
    [
        ("学习工作两不误", {}, []),
        ("坚持以经济建设为中心", {"min_similarity": 0.6, "limit": 3}, ["--min-similarity", "0.6", "-n", "3"]),
        ("加强组织领导。促进农民就业。", {"sources": 2}, ["--sources", "2"]),
    ],
)
def test_precedent(index: xunzhang.Index, cli: Cli, text: str, options: Any, flags: list[str]) -> None:
    found, answer = index.precedent(text, **options), cli("precedent", "--format", "json", *flags, text)
    same(found, answer["variants"])
    same(found.sentences, answer["sentences"])
    same(found.template, answer["template"])
    assert len(found.sources) == sum(len(variant["sources"]) for variant in answer["variants"])


@pytest.mark.parametrize(
    ("wording", "options", "flags"),
    [
        ("优化营商环境", {}, []),
        ("招商引资", {"min_similarity": 0.5, "uses": True, "year": "2009.."}, ["--min-similarity", "0.5", "--uses", "--year", "2009.."]),
        ("失地农民", {"limit": 2}, ["-n", "2"]),
    ],
)
def test_lineage(index: xunzhang.Index, cli: Cli, wording: str, options: Any, flags: list[str]) -> None:
    found, answer = index.lineage(wording, **options), cli("lineage", "--format", "json", *flags, wording)
    same(found, answer["forms"])
    same(found.points, answer["points"])
    same(found.periods, answer["periods"])
    same(found.uses, answer.get("uses", []))
    spread = answer["spread"]
    taken = [
        {"by": by, **one} for by in ("level", "issuer", "collection") for one in spread["levels" if by == "level" else by + "s"]
    ]
    same(found.spread, taken)
    assert bare(plain(found.successor)) == bare(answer["successor"])
    for name in ("fingerprint", "wording", "units", "occurrences", "documents", "undated", "last", "is_cut"):
        assert getattr(found, name) == answer[name]
    for name in ("first", "first_certain", "peak", "peak_rate"):
        assert bare(plain(getattr(found, name))) == bare(answer[name])


@pytest.mark.parametrize("pattern", ["坚持以*为", "加强*建设", "以*为*的"])
def test_frame(index: xunzhang.Index, cli: Cli, pattern: str) -> None:
    found, answer = index.frame(pattern), cli("frame", "--format", "json", pattern)
    same(found, answer["rows"])
    assert (found.matches, found.documents) == (answer["matches"], answer["documents"])
    for slot, expected in zip(found.slots, answer.get("slots", []), strict=True):
        same(slot, expected)


def of_file(cli_index: Path, arguments: list[str], path: Path) -> Any:
    import os
    import subprocess

    program = os.environ["XUNZHANG"]
    command = [program, "--index", str(cli_index), "--lang", "en", "-q", *arguments, "-o", str(path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode in (0, 1)
    return json.loads(path.read_text("utf-8-sig"))


@pytest.mark.parametrize(
    ("words", "options", "flags"),
    [
        (["就业", "失地农民|被征地农民", "“坚持以*为”"], {"excerpts": 3}, ["--excerpts", "3"]),
        (["招商引资"], {"negation": False, "year": 2009}, ["--no-negation", "--year", "2009"]),
    ],
)
def test_report(
    index: xunzhang.Index, cli: Cli, folder: Path, tmp_path: Path, words: list[str], options: Any, flags: list[str]
) -> None:
    answer = of_file(folder, ["report", *words, *flags], tmp_path / "report.json")
    report = index.report(words, **options)
    same(report, answer["entries"])
    same(report.excerpts, answer["excerpts"])
    same(report.cooccurrence, answer["cooccurrence"])
    assert report.fingerprint == answer["fingerprint"]
    assert bare(plain(report.collection)).items() <= answer["collection"].items()
    for entry in answer["entries"]:
        years = {str(row.value): row for row in report.by_year if row.entry == entry["entry"]}
        assert {year.replace("None", "undated"): row.occurrences for year, row in years.items() if row.occurrences} == entry["by_year"]
        assert {year: row.per_10k for year, row in years.items() if year != "None"} == entry["by_year_per_10k"]
        for table, name in [(report.by_kind, "by_kind"), (report.by_issuer, "by_issuer"), (report.by_folder, "by_folder")]:
            counts = {row.value or "none": row.occurrences for row in table if row.entry == entry["entry"] and row.occurrences}
            assert counts == entry[name]
        documents = {row.document: row.occurrences for row in report.by_document if row.entry == entry["entry"]}
        assert documents == entry["by_document"]
        assert {row.role or "none": row.occurrences for row in report.by_role if row.entry == entry["entry"]} == entry["by_role"]


@pytest.mark.parametrize("by", ["year", "month", "decade"])
def test_trend(index: xunzhang.Index, cli: Cli, folder: Path, tmp_path: Path, by: Any) -> None:
    answer = of_file(folder, ["trend", "就业", "发展", "--by", by], tmp_path / "trend.json")
    trend = index.trend(["就业", "发展"], by=by)
    same(trend.words, answer["words"])
    same(trend.periods, answer["periods"])
    points = [point for word in answer["words"] for point in word["points"]]
    assert [(row.period, row.occurrences, row.per_10k) for row in trend] == [
        (point["period"], point["occurrences"], point["per_10k"]) for point in points
    ]
    assert (trend.fingerprint, trend.by, trend.undated) == (answer["fingerprint"], answer["by"], answer["undated"])


DRAFT = "2025年工作总结\n一、就业工作\n坚持学习工作两不误，帮助120名失地农民就业。\n全镇没有发生重大安全事故。\n按照《没有这样的办法》第三条“修渠架桥”办理。\n"


def test_check(index: xunzhang.Index, cli: Cli) -> None:
    check, answer = index.check(DRAFT), cli("check", "-", "--format", "json", stdin=DRAFT)
    same(check, answer["sentences"])
    same(check.documents, answer["documents"])
    same(check.citations, answer["citations"])
    assert {citation.kind for citation in check.citations} >= {"figure", "title"}
    for name in ("title", "characters", "reused", "distinctive", "share", "min_similarity"):
        assert getattr(check, name) == answer[name]
    assert [check.classes.verbatim, check.classes.near] == [answer["classes"]["verbatim"], answer["classes"]["near"]]


def test_check_of_a_file(index: xunzhang.Index, cli: Cli) -> None:
    file = CORPUS / "青柳县" / "2009年工作总结.txt"
    check, answer = index.check(file, limit=1), cli("check", str(file), "-n", "1", "--format", "json")
    same(check, answer["sentences"])
    assert list(check.excluded) == answer["excluded"]


def test_outline(index: xunzhang.Index, cli: Cli) -> None:
    outline, answer = index.outline("2016年政府工作报告"), cli("outline", "2016年政府工作报告", "--format", "json")
    same(outline, answer["headings"])
    assert bare(plain(outline.document)) == bare(answer["document"])


def test_read(index: xunzhang.Index, cli: Cli) -> None:
    whole, answer = index.read("2016年政府工作报告"), cli("show", "2016年政府工作报告", "--format", "json")
    expected = [{key: value for key, value in row.items() if key != "row"} for row in answer["passages"]]
    same(whole, expected)


@pytest.mark.parametrize(
    ("options", "flags"),
    [({}, []), ({"kind": "总结", "sort": "-date"}, ["--kind", "总结", "--sort", "-date"]), ({"title": "就业"}, ["--title", "就业"])],
)
def test_documents(index: xunzhang.Index, cli: Cli, options: Any, flags: list[str]) -> None:
    answer = cli("docs", "--format", "json", *flags)
    documents = index.documents(**options)
    same(documents, answer["documents"])
    assert len(documents) == answer["total"]


def test_build_has_the_summary_of_the_command(tmp_path: Path, cli: Cli) -> None:
    import os
    import subprocess

    command = [os.environ["XUNZHANG"], "--index", str(tmp_path / "b"), "index", str(CORPUS), "--json"]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    built = xunzhang.Index.build(CORPUS, tmp_path / "a")
    assert built.summary is not None
    summary = plain(built.summary)
    for timing in ("seconds", "warnings"):
        answer.pop(timing), summary.pop(timing, None)
    assert bare(summary) == bare(answer)
    assert built.fingerprint == xunzhang.Index.open(tmp_path / "b").fingerprint


def test_compare(index: xunzhang.Index, cli: Cli) -> None:
    old, new = "青柳县/2004年政府工作报告.txt", "青柳县/2009年政府工作报告.txt"
    compared, answer = index.compare(old, new), cli("compare", "--format", "json", old, new)
    same(compared, answer["pairs"])
    assert (compared.old.id, compared.new.id) == (old, new)
    assert bare(plain(compared.summary)) == bare(answer["summary"])
    assert bare(plain(compared.commitments)) == bare(answer["commitments"])
    assert compared.to_arrow().column("status").to_pylist() == [pair["status"] for pair in answer["pairs"]]


def test_compare_series(index: xunzhang.Index, cli: Cli) -> None:
    glob = "青柳县/*政府工作报告*"
    series, answer = index.compare_series(glob), cli("compare", "--format", "json", "--series", glob)
    assert len(series) == len(answer["series"]) > 0
    for compared, one in zip(series, answer["series"], strict=True):
        assert (compared.old.id, compared.new.id) == (one["old"]["id"], one["new"]["id"])
        same(compared, one["pairs"])
