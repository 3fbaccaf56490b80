#!/usr/bin/env python3
"""What the program does on a Windows desk, tried under Wine: run by tests/long/windows.

    tests/long/windows_steps.py XUNZHANG.EXE FOLDER [STEP]...

Each step is a function below; it prints `ok`, `FAIL` with the reason, or `skipped` with it. FOLDER is a temporary folder. The exit
status is 1 if a step failed.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

EXE, WORK, *CHOSEN = sys.argv[1:]
WORK = Path(WORK).resolve()
SAMPLES = Path(__file__).resolve().parents[2] / "corpus"
# Wine knows names in Chinese only where the locale is UTF-8; this one every Linux has.
ENV = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "XUNZHANG"))}
ENV |= {"LC_ALL": "C.UTF-8", "WINEDEBUG": "-all"}


class Skipped(Exception):
    """A step that does not apply here."""


class Ran:
    def __init__(self, arguments, code, out, err):
        self.arguments, self.code, self.raw, self.out, self.err = arguments, code, out, out.decode(), err.decode(errors="replace")

    def __str__(self):
        return f"xunzhang {' '.join(self.arguments)}: status {self.code}\n{self.out[:1500]}\n{self.err[:1500]}"

    def json(self):
        return json.loads(self.out)


def start(*arguments, cwd, **more):
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | more
    return subprocess.Popen(["wine", EXE, *map(str, arguments)], cwd=cwd, env=ENV, start_new_session=True, **streams)


def run(*arguments, cwd, status=0, stdin=None):
    # Files, not pipes: a service of Wine that starts beside the program would hold a pipe open after it.
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin or b"")
        given.seek(0)
        process = start(*arguments, cwd=cwd, stdin=given, stdout=out, stderr=err)
        try:
            process.wait(300)
        except subprocess.TimeoutExpired:
            end(process)
            raise AssertionError(f"xunzhang {' '.join(map(str, arguments))} takes more than 300 s")
        out.seek(0), err.seek(0)
        ran = Ran([*map(str, arguments)], process.returncode, out.read(), err.read())
    assert status is None or ran.code == status, f"status {status} expected: {ran}"
    return ran


def end(process):
    """Kills a program and all that it started; like the task manager, without a last word."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def folder(name, files=()):
    """A new folder of the step, with a corpus of these files."""
    made = WORK / "steps" / name
    (made / "corpus").mkdir(parents=True)
    for path, text in dict(files).items():
        target = made / "corpus" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())
    return made


def drive(path):
    return "Z:" + str(path).replace("/", "\\")


def report(n):
    return f"第{n}村工作总结\n{2000 + n % 25}年，全村修水渠{n}公里，安置失地农民{n % 97}人，坚持以经济建设为中心。\n"


def occurrences(word, cwd):
    return run("search", word, "--count", "--format", "json", cwd=cwd, status=None).json()["occurrences"]


def wait_for(what, condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, f"{seconds} s are not enough for {what}"
        time.sleep(0.2)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Serving:
    """`serve` while the block runs; `ask` gets an answer of it from outside of Wine."""

    def __init__(self, cwd, *arguments):
        self.port = free_port()
        self.process = start("serve", "--addr", f"127.0.0.1:{self.port}", *arguments, cwd=cwd)

    def __enter__(self):
        wait_for("serve", lambda: self.answers())
        return self

    def __exit__(self, *_):
        end(self.process)

    def answers(self):
        try:
            return bool(self.ask("/healthz"))
        except (OSError, AssertionError):
            return False

    def ask(self, path, **parameters):
        query = "?" + urllib.parse.urlencode(parameters) if parameters else ""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}{query}", timeout=60) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{error}: {error.read().decode()}")


# The steps


def index_and_search():
    at = folder("samples")
    ran = run("index", drive(SAMPLES), cwd=at)
    assert "46" in ran.out, ran
    assert occurrences("失地农民", at) == 136
    found = run("--lang", "zh", "search", "失地农民", "出路", "-n", "2", cwd=at)
    assert "岚江省人民政府" in found.out and "\r" not in found.out, found
    run("verify", cwd=at)
    status = run("status", "--format", "json", cwd=at)
    assert "\\\\?\\" not in status.out.replace("\\\\", "\\"), status
    assert run("index", cwd=at).out.count("46 unchanged") == 1


def report_and_word():
    at = folder("report", {f"{n}.txt": report(n) for n in range(20)})
    run("index", "corpus", cwd=at)
    for name in ["报表.xlsx", "摘录.docx"]:
        command = ["report", "水渠"] if name.endswith("xlsx") else ["search", "水渠"]
        for _ in range(2):
            run(*command, "-o", name, cwd=at)
        assert zipfile.ZipFile(at / name).testzip() is None
    run("report", "水渠", "-o", drive(at / "另.csv"), cwd=at)
    assert (at / "另.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for name in ["con.csv", "NUL", "aux.xlsx", "报表.csv."]:
        ran = run("report", "水渠", "-o", name, cwd=at, status=2)
        assert not (at / name).exists(), ran


def update():
    at = folder("update", {f"{n}.txt": report(n) for n in range(30)})
    run("index", "corpus", cwd=at)
    corpus = at / "corpus"
    (corpus / "1.txt").write_text(report(1) + "另修桥一座。\n")
    (corpus / "2.txt").unlink()
    (corpus / "新.txt").write_text(report(300))
    out = run("index", cwd=at).out
    for part in ["1 added", "1 changed", "1 removed", "28 unchanged"]:
        assert part in out, out
    assert occurrences("修桥", at) == 1
    # The same folder in other letters, as a person types it: no file is read again.
    for same in ["CORPUS", drive(corpus).lower(), str(corpus).replace("/", "\\") + "\\"]:
        out = run("index", same, cwd=at).out
        assert "30 unchanged" in out and "0 added" in out, (same, out)


def kill():
    at = folder("kill", {f"{n}.txt": report(n) * 40 for n in range(600)})
    run("index", "corpus", cwd=at)
    expected = occurrences("水渠", at)
    for moment in [0.3, 0.6, 0.9, 1.2, 1.6, 2.2]:
        process = start("index", "--rebuild", cwd=at)
        time.sleep(moment)
        end(process)
        assert occurrences("水渠", at) == expected, f"killed after {moment} s"
    run("index", "--rebuild", cwd=at)
    run("verify", cwd=at)
    assert occurrences("水渠", at) == expected


def open_readers():
    at = folder("readers", {f"{n}.txt": report(n) for n in range(200)})
    run("index", "corpus", cwd=at)
    files = lambda: {path.name for path in (at / "index").iterdir() if len(path.stem) == 32}
    with Serving(at) as serving:
        count = lambda word: json.loads(serving.ask("/api/count", q=word))["occurrences"]
        assert count("水渠") == 200
        for n in range(200, 204):
            (at / "corpus" / f"{n}.txt").write_text(report(n))
            run("index", cwd=at)
            wait_for("serve to see the update", lambda: count("水渠") == n + 1, 10)
        (at / "corpus" / "0.txt").unlink()
        run("index", "--rebuild", cwd=at)
        wait_for("serve to see the rebuilt index", lambda: count("水渠") == 203, 10)
        assert "水渠" in serving.ask("/search", q="水渠")
        during = files()
    # What was mapped could not be removed; the next run does.
    (at / "corpus" / "204.txt").write_text(report(204))
    run("index", cwd=at)
    run("verify", cwd=at)
    # Its checksum follows the list.
    sealed, _ = json.JSONDecoder().raw_decode((at / "index" / "meta.json").read_text())
    needed = {segment["segment_id"].replace("-", "") for segment in sealed["segments"]}
    left = {name.split(".")[0] for name in files()} - needed
    assert not left, f"{len(left)} dead segments are left of {len(during)} files"


def watch():
    at = folder("watch", {f"{n}.txt": report(n) for n in range(5)})
    run("index", "corpus", cwd=at)
    with open(at / "watch.log", "wb") as log:
        process = start("watch", cwd=at, stdout=log, stderr=log)
        try:
            lines = lambda: (at / "watch.log").read_text().count("\n")
            wait_for("the first line of watch", lambda: lines() >= 1)
            (at / "corpus" / "子").mkdir()
            (at / "corpus" / "子" / "新.txt").write_text(report(77))
            wait_for("watch to see a new file", lambda: lines() >= 2, 30)
            (at / "corpus" / "1.txt").unlink()
            wait_for("watch to see a file go", lambda: lines() >= 3, 30)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{(at / 'watch.log').read_text()}")
        finally:
            end(process)
    assert occurrences("水渠", at) == 5


def serve():
    at = folder("serve")
    run("index", drive(SAMPLES), cwd=at)
    with Serving(at) as serving:
        assert json.loads(serving.ask("/api/count", q="失地农民"))["occurrences"] == 136
        answer = json.loads(serving.ask("/api/search", q="失地农民", limit=3))
        place = answer["hits"][0]["document"]["id"] if "document" in answer["hits"][0] else answer["hits"][0]["id"]
        assert "失地农民" in serving.ask("/show", place=place)
        assert "\\\\?\\" not in serving.ask("/build").replace("&#92;", "\\")
        # A second start names the page of the first.
        assert serving.ask("/original", document=place)


def mcp():
    at = folder("mcp")
    if "mcp" not in run("--help", cwd=at).out.split():
        raise Skipped("this program has no command mcp")
    run("index", drive(SAMPLES), cwd=at)
    client = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    call = {"name": "search", "arguments": {"query": "失地农民"}}
    process = start("mcp", cwd=at, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    answers = {}
    try:
        for number, method, parameters in [(1, "initialize", client), (2, "tools/list", {}), (3, "tools/call", call)]:
            message = {"jsonrpc": "2.0", "id": number, "method": method, "params": parameters}
            process.stdin.write(json.dumps(message).encode() + b"\n")
            if number == 1:
                process.stdin.write(b'{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
            process.stdin.flush()
            while number not in answers:
                line = process.stdout.readline()
                assert line, "mcp ended"
                answer = json.loads(line)
                answers[answer.get("id")] = answer
        tools = [tool["name"] for tool in answers[2]["result"]["tools"]]
        assert "search" in tools, tools
        assert "失地农民" in json.dumps(answers[3], ensure_ascii=False), answers[3]
        assert not answers[3]["result"].get("isError"), answers[3]
        process.stdin.close()
        assert process.wait(20) == 0
    finally:
        end(process)


def names():
    long = "/".join(["很长的文件夹名" * 8] * 6) + "/总结.txt"
    reserved = ["con.txt", "nul.txt", "aux.md", "com1.txt", "尾点..txt", "空格 .txt"]
    at = folder("names", {name: report(n) for n, name in enumerate([*reserved, long, "点.", "~$总结.docx", "Thumbs.db"])})
    assert len(drive(at / "corpus" / long)) > 260
    ran = run("index", "corpus", cwd=at)
    assert occurrences("水渠", at) == len(reserved) + 2, ran
    # A file of Word's own is passed over in silence: it comes and goes with the document.
    assert "~$" not in ran.out + ran.err, ran
    listed = run("docs", "--format", "json", cwd=at).out
    for name in [*reserved, long]:
        assert json.dumps(name, ensure_ascii=False)[1:-1] in listed, (name, listed)
    run("show", long, cwd=at)
    run("show", "con.txt", cwd=at)
    assert "8 unchanged" in run("index", cwd=at).out
    run("search", "水渠", "-o", "/".join(["corpus", str(Path(long).parent), "结果.csv"]), cwd=at)


def paths():
    at = folder("paths", {"2018/甲.txt": report(1), "2018/子/乙.txt": report(2), "2019/丙.txt": report(3)})
    run("--index", "some", "index", f"省={drive(at / 'corpus')}\\", "--exclude", "2018\\子\\", cwd=at)
    found = run("--index", "some", "search", "水渠", "--count", "--format", "json", cwd=at)
    assert found.json()["occurrences"] == 2, found
    run("index", f"省={drive(at / 'corpus')}\\", cwd=at)
    for pattern, expected in [("2018/**", 2), ("2018\\**", 2), ("2018\\子\\乙.txt", 1), ("2019", 1), ("**/*.txt", 3)]:
        found = run("search", "水渠", "--count", "--format", "json", "--path", pattern, cwd=at, status=None)
        assert found.json()["occurrences"] == expected, f"{pattern}: {found}"
    for place in ["2018/子/乙.txt:2", "2018\\子\\乙.txt:2", "乙.txt:2"]:
        assert "水渠" in run("show", place, cwd=at).out, place
    for file in [drive(at / "corpus/2018/甲.txt"), "corpus\\2018\\甲.txt"]:
        # Nothing in it looks like a heading: status 1.
        run("outline", file, cwd=at, status=1)
        assert "水渠" in run("check", file, cwd=at).out, file
    for target in [drive(at / "出.csv"), ".\\出2.csv", "corpus\\..\\出3.csv"]:
        run("search", "水渠", "-o", target, cwd=at)
    assert all((at / name).is_file() for name in ["出.csv", "出2.csv", "出3.csv"])
    # A source is never replaced, whatever letters its name is typed in.
    (at / "corpus" / "A.csv").write_text("标题,正文\n甲,修水渠。\n")
    run("index", cwd=at)
    run("search", "水渠", "-o", "CORPUS\\a.CSV", "--overwrite", cwd=at, status=2)
    assert (at / "corpus" / "A.csv").read_text().startswith("标题")


def encodings():
    at = folder("encodings", {f"{n}.txt": report(n).replace("\n", "\r\n") for n in range(9)})
    run("index", "corpus", cwd=at)
    lists = {"gbk.csv": "水渠\r\n失地农民\r\n".encode("gbk"), "utf16.txt": "水渠\r\n失地农民\r\n".encode("utf-16"),
             "bom.csv": "\ufeff水渠\r\n失地农民\r\n".encode(), "crlf.txt": "水渠\r\n失地农民\r\n".encode()}
    for name, text in lists.items():
        (at / name).write_bytes(text)
        rows = run("report", "--keywords", name, "-o", f"{name}.json", "--overwrite", cwd=at) and (at / f"{name}.json").read_text()
        assert "失地农民" in rows and "\\r" not in rows, (name, rows)
    draft = "全村修水渠3公里，安置失地农民3人，坚持以经济建设为中心。\r\n".encode("gbk")
    assert "水渠" in run("check", "-", cwd=at, stdin=draft).out
    shown = run("show", "3.txt", cwd=at).out
    assert "\r" not in shown, shown


def held_files():
    """Files that another program has open and lends to nobody, as Word and Excel do."""
    at = folder("held", {f"{n}.txt": report(n) for n in range(5)})
    holder = at / "holder.exe"
    source = """
#include <windows.h>
#include <stdio.h>
int wmain(int n, wchar_t **names) {
    DWORD share = n > 2 ? FILE_SHARE_READ : 0;
    HANDLE file = CreateFileW(names[1], GENERIC_READ | GENERIC_WRITE, share, 0, OPEN_EXISTING, 0, 0);
    printf(file == INVALID_HANDLE_VALUE ? "no\\n" : "held\\n");
    fflush(stdout);
    Sleep(600000);
    return 0;
}
"""
    (at / "holder.c").write_text(source)
    subprocess.run(["x86_64-w64-mingw32-gcc", "-municode", "-O1", "-o", holder, at / "holder.c"], check=True)

    def held(path, *lends):
        process = subprocess.Popen(["wine", holder, drive(path), *lends], env=ENV, stdout=subprocess.PIPE, start_new_session=True)
        assert process.stdout.readline().strip() == b"held", path
        return process

    process = held(at / "corpus" / "1.txt")
    ran = run("index", "corpus", cwd=at, status=None)
    end(process)
    assert "1.txt" in ran.out + ran.err, ran
    assert occurrences("水渠", at) == 4
    assert "1 added" in run("index", cwd=at).out
    run("report", "水渠", "-o", "表.xlsx", cwd=at)
    before = (at / "表.xlsx").read_bytes()
    process = held(at / "表.xlsx", "lends reading")
    ran = run("report", "修水渠", "-o", "表.xlsx", cwd=at, status=2)
    end(process)
    assert "表.xlsx" in ran.err and (at / "表.xlsx").read_bytes() == before, ran
    assert not list(at.glob(".xunzhang*")), "a draft is left"
    run("report", "修水渠", "-o", "表.xlsx", cwd=at)
    print("   said of a workbook that is open:", ran.err.strip().splitlines()[0])
    # A virus scanner that holds the list of segments for a moment.
    process = held(at / "index" / "meta.json", "lends reading")
    (at / "corpus" / "新.txt").write_text(report(8))
    ran = run("index", cwd=at, status=None)
    end(process)
    print("   said of an index that is held:", (ran.err.strip() or ran.out.strip()).splitlines()[0])
    run("index", cwd=at)
    run("verify", cwd=at)
    assert occurrences("水渠", at) == 6


def no_arguments():
    """A double click: the page of the user's index, and what was indexed there."""
    at = folder("click")
    process = start(cwd=at)
    try:
        wait_for("the page", lambda: any(answers(port) for port in range(8088, 8108)), 30)
    finally:
        end(process)


def answers(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


STEPS = [index_and_search, report_and_word, update, kill, open_readers, watch, serve, mcp, names, paths, encodings, held_files, no_arguments]


def main():
    failed = 0
    for step in STEPS:
        if CHOSEN and step.__name__ not in CHOSEN:
            continue
        started = time.monotonic()
        try:
            step()
            outcome = "ok"
        except Skipped as why:
            outcome = f"skipped: {why}"
        except Exception:
            failed += 1
            outcome = f"FAIL\n{traceback.format_exc()}"
        print(f"windows {step.__name__} ({time.monotonic() - started:.0f} s): {outcome}", flush=True)
    sys.exit(failed > 0)


main()
