"""Errors, progress, Ctrl-C, threads, building, types, docstrings."""

from __future__ import annotations

import datetime
import inspect
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import CORPUS

import xunzhang
from xunzhang import Index


@pytest.fixture
def chinese() -> Iterator[None]:
    xunzhang.set_language("zh")
    yield
    xunzhang.set_language("en")


def test_a_query_that_cannot_be_read_says_where(index: Index) -> None:
    with pytest.raises(xunzhang.QueryError) as raised:
        index.search("失地农民 (安置")
    error = raised.value
    assert isinstance(error, (xunzhang.Error, ValueError))
    assert error.query == "失地农民 (安置"
    assert error.position == 5
    assert str(error) == "expected a closing bracket\n  失地农民 (安置\n           ^"
    assert error.pointer is not None and error.pointer in str(error)


def test_words_are_those_of_the_command(index: Index, chinese: None) -> None:
    assert xunzhang.language() == "zh"
    with pytest.raises(xunzhang.QueryError, match="括号"):
        index.search("(")
    with pytest.raises(xunzhang.ArgumentError, match="年份"):
        index.search("农民", year="去年")
    with pytest.raises(xunzhang.IndexNotFoundError, match="没有索引"):
        Index.open("/没有")


@pytest.mark.parametrize(
    ("arguments", "argument"),
    [
        ({"year": "2010..2005"}, "year"),
        ({"since": "2010-13"}, "since"),
        ({"role": "难题"}, "role"),
        ({"section": "，。"}, "section"),
        ({"in_": "title"}, "in_"),
        ({"sort": "size"}, "sort"),
        ({"by": "line"}, "by"),
    ],
)
def test_a_bad_value_names_its_argument(index: Index, arguments: dict[str, object], argument: str) -> None:
    with pytest.raises(xunzhang.ArgumentError) as raised:
        index.search("农民", **arguments)  # type: ignore[arg-type]
    assert raised.value.argument == argument


def test_other_errors(index: Index, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="no filter 'years'"):
        index.search("农民", years=2009)  # type: ignore[call-arg]
    with pytest.raises(xunzhang.DocumentNotFoundError):
        index.outline("没有这个文件")
    with pytest.raises(xunzhang.DocumentNotFoundError) as raised:
        index.outline("工作总结")
    assert len(raised.value.candidates) > 3
    with pytest.raises(xunzhang.IndexNotFoundError):
        Index.open(tmp_path)
    with pytest.raises(xunzhang.SourceError):
        Index.build(tmp_path / "无", tmp_path / "index")
    with pytest.raises(xunzhang.IndexNotFoundError):
        Index.build(into=tmp_path / "index")
    with pytest.raises(xunzhang.ArgumentError):
        Index.build(CORPUS, tmp_path / "index", memory="much")
    with pytest.raises(xunzhang.ArgumentError):
        Index.build({"a/b": CORPUS}, tmp_path / "index")
    with pytest.raises(xunzhang.QueryError):
        index.report(["(农民"])
    with pytest.raises(xunzhang.SourceError):
        index.check(tmp_path / "无.docx")
    with pytest.raises(xunzhang.ArgumentError):
        index.precedent("农民就业", min_similarity=2)
    with pytest.raises(xunzhang.ArgumentError):
        index.concordance("农民", group="left:99")
    with pytest.raises(xunzhang.Error):
        index.frame("没有空位")
    with pytest.raises(xunzhang.DocumentNotFoundError):
        index.check("农民就业", exclude="没有")
    with pytest.raises(OverflowError):
        index.search("农民", limit=-1)


def test_an_index_that_another_process_writes_is_locked(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")

    folder = tmp_path / "index"
    Index.build(CORPUS, folder)
    locks = [path for path in folder.iterdir() if "lock" in path.name]
    held = [open(path, "w") for path in locks]
    try:
        for file in held:
            fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(xunzhang.IndexLockedError):
            Index.build(CORPUS, folder)
    finally:
        for file in held:
            file.close()


def test_years_and_dates_as_python_has_them(index: Index) -> None:
    count = index.count("工作", year="2009..2011").occurrences
    assert count == index.count("工作", year=range(2009, 2012)).occurrences
    assert count == index.count("工作", year=[2009, "2010年", "２０１１"]).occurrences
    assert count == index.count("工作", since=datetime.date(2009, 1, 1), until=datetime.date(2011, 12, 31)).occurrences
    assert index.count("工作", year=2009).occurrences < count


def test_build_and_update(tmp_path: Path) -> None:
    reports, into = tmp_path / "报告", tmp_path / "index"
    reports.mkdir()
    (reports / "甲.txt").write_text("水利总结\n一、修渠\n全镇修渠三条。\n2019年3月5日\n", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    index = Index.build({"水利": reports}, into, progress=lambda done, total: seen.append((done, total)))
    assert index.summary is not None and index.summary.added == 1
    assert seen[-1] == (1, 1)
    assert index.documents()[0].collection == "水利"
    assert len(index) == 1 and index.status.collections[0].name == "水利"
    (reports / "乙.txt").write_text("水利通知\n请各村修渠。\n2021年3月5日\n", encoding="utf-8")
    later = Index.build((), into)
    assert (len(index), len(later)) == (1, 2)
    assert index.count("修渠").documents == 1 and later.count("修渠").documents == 2
    assert index.fingerprint != later.fingerprint
    assert "2 documents" in repr(later)


def test_files_that_are_not_plain_text_are_read_in_other_processes(tmp_path: Path) -> None:
    import zipfile

    reports = tmp_path / "报告"
    reports.mkdir()
    (reports / "甲.html").write_text("<html><body><h1>水利总结</h1><p>全镇修渠三条。</p></body></html>", encoding="utf-8")
    with zipfile.ZipFile(reports / "乙.zip", "w") as archive:
        archive.writestr("丙.txt", "水利通知\n请各村修渠。\n")
    (reports / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    index = Index.build(reports, tmp_path / "index")
    assert index.summary is not None
    assert index.count("修渠").documents == 2, index.summary
    assert [file.path.endswith("坏.docx") for file in index.summary.skipped] == [True]


def test_progress_is_for_tqdm(index: Index) -> None:
    from tqdm import tqdm

    with tqdm(disable=True) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        index.report(["农民", "就业"], progress=show)
        assert bar.total is None or bar.total > 0


def test_what_progress_raises_ends_the_work(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        Index.build(CORPUS, tmp_path / "index", progress=stop)


def many(folder: Path, n: int) -> Path:
    """A folder that takes some seconds to index."""
    texts = [path.read_text("utf-8", errors="replace") for path in sorted(CORPUS.rglob("*.txt"))]
    folder.mkdir()
    for ord in range(n):
        (folder / f"{ord}.txt").write_text(f"第{ord}号\n" + "\n".join(texts), encoding="utf-8")
    return folder


def test_ctrl_c_ends_long_work(tmp_path: Path) -> None:
    reports, into = many(tmp_path / "报告", 300), tmp_path / "index"
    program = (
        "import sys, xunzhang\n"
        "show = lambda done, total: print(done, flush=True)\n"
        f"xunzhang.Index.build({str(reports)!r}, {str(into)!r}, jobs=1, progress=show)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    sent = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert time.monotonic() - sent < 10
    assert child.returncode != 0
    assert "KeyboardInterrupt" in errors
    # The first build was ended before it was whole: there is no index.
    with pytest.raises(xunzhang.Error):
        Index.open(into)


def test_ctrl_c_ends_a_question(tmp_path: Path) -> None:
    into = tmp_path / "index"
    Index.build(many(tmp_path / "报告", 40), into)
    # Every sentence of a long draft is looked up: seconds of one call.
    program = (
        "from xunzhang import Index\n"
        f"index = Index.open({str(into)!r})\n"
        "draft = ''.join(f'要坚持稳中求进，着力解决失地农民的就业问题，做好第{n}项工作。' for n in range(6_000))\n"
        "print('begun', flush=True)\n"
        "index.check(draft)\n"
        "print('ended')\n"
    )
    child = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout is not None
    child.stdout.readline()
    time.sleep(0.3)
    sent = time.monotonic()
    child.send_signal(signal.SIGINT)
    printed, errors = child.communicate(timeout=60)
    assert time.monotonic() - sent < 10
    assert (printed, child.returncode != 0) == ("", True)
    assert "KeyboardInterrupt" in errors


def test_the_interpreter_goes_on_while_work_is_done(tmp_path: Path) -> None:
    reports = many(tmp_path / "报告", 20)
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    started = time.monotonic()
    Index.build(reports, tmp_path / "index", jobs=1)
    seconds = time.monotonic() - started
    done.set()
    ticker.join()
    # With the lock held there would be next to none.
    assert ticks > seconds * 50, (ticks, seconds)


def test_threads_overlap(index: Index, tmp_path: Path) -> None:
    reports = many(tmp_path / "报告", 20)
    done = threading.Event()
    found: list[float] = []

    def ask() -> None:
        while not done.is_set():
            assert index.search("失地农民 安置", limit=100).total.passages > 0
            found.append(time.monotonic())

    threads = [threading.Thread(target=ask) for _ in range(2)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    Index.build(reports, tmp_path / "index", jobs=1)
    ended = time.monotonic()
    done.set()
    for thread in threads:
        thread.join()
    # Searches that began and ended while one call of another thread was at work: with the lock held there would be none.
    assert sum(started < at < ended for at in found) > 10, found


def test_everything_public_is_documented() -> None:
    for name in xunzhang.__all__:
        value = getattr(xunzhang, name)
        if inspect.isclass(value):
            assert value.__doc__ and not value.__doc__.startswith(f"{name}("), name
            for member, method in vars(value).items():
                if not member.startswith("_") and (inspect.isfunction(method) or isinstance(method, (classmethod, property))):
                    assert inspect.getdoc(getattr(value, member)) or inspect.getdoc(method), (name, member)


def test_filters_are_among_the_arguments() -> None:
    parameters = inspect.signature(Index.search).parameters
    assert {"query", "limit", "year", "since", "until", "kind", "issuer", "path", "section", "role", "in_"} <= parameters.keys()
    assert "role" not in inspect.signature(Index.documents).parameters


@pytest.mark.skipif(sys.platform == "win32", reason="paths of the shell")
def test_types(tmp_path: Path) -> None:
    package = Path(xunzhang.__file__).parent
    assert (package / "py.typed").exists()
    example = tmp_path / "example.py"
    example.write_text(
        "import pandas\nimport polars\nimport pyarrow\nimport xunzhang\n\n"
        'index: xunzhang.Index = xunzhang.Index.open("index")\n'
        'hits = index.search("农民", limit=5, year=range(2005, 2011), kind=["总结"])\n'
        "frame: pandas.DataFrame = hits.to_pandas()\n"
        "lines: pyarrow.Table = hits.to_arrow()\n"
        "rows: polars.DataFrame = hits.to_polars()\n"
        "texts: list[str] = [hit.passage.text for hit in hits]\n"
        "first: xunzhang.Hit = hits[0]\n"
        'place: str = index.concordance("农民", group="left:2")[0].place\n'
        'key: str | None = index.concordance("农民").groups[0].key\n'
        'years: list[int] = [row.occurrences for row in index.report(["农民"]).by_year]\n'
        'index.search("农民", years=3)  # type: ignore[call-arg]\n'
        'index.search("农民", sort="size")  # type: ignore[arg-type]\n'
        "index.search(3)  # type: ignore[arg-type]\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "mypy", "--strict", "--warn-unused-ignores", "--cache-dir", str(tmp_path), str(example)]
    environment = {**os.environ, "MYPYPATH": ""}
    checked = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path), "-p", "xunzhang"]
    checked = subprocess.run(command, capture_output=True, text=True, env=environment, check=False, cwd=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
