"""What is wrong, too large, cancelled or cut off is answered or ended; nothing panics, and no process stays behind.

`hostile.py BINARY INDEX`
"""

import json
import os
import signal
import sys
import time

from client import LEGACY, MODERN, Client, Gone, Tally, text_of

BAD_ARGUMENTS = [
    ("search", {}),
    ("search", {"query": 7}),
    ("search", {"query": ["水渠"]}),
    ("search", {"query": ""}),
    ("search", {"query": "水渠", "limit": "many"}),
    ("search", {"query": "水渠", "limit": 10**30}),
    ("search", {"query": "水渠", "limit": -1}),
    ("search", {"query": "水渠", "offset": 10**12}),
    ("search", {"query": "水渠", "year": "昨天"}),
    ("search", {"query": "水渠", "sort": {}}),
    ("search", {"query": "水渠 ("}),
    ("search", {"query": "“没有关上"}),
    ("search", {"query": "水渠", "output": "/tmp/x"}),
    ("search", {"query": "水渠", "path": "["}),
    ("read", {"place": "没有.txt:3"}),
    ("read", {"place": "../../../etc/passwd"}),
    ("read", {"place": "/etc/passwd"}),
    ("outline", {"document": "/etc/passwd"}),
    ("frame", {"pattern": "没有空缺"}),
    ("frame", {"pattern": "＊＊＊"}),
    ("count", {"words": [1, 2]}),
    ("count", {"words": []}),
    ("count", {"words": {"a": "b"}}),
    ("precedent", {"text": "水渠", "min_similarity": 7}),
    ("compare", {"old": "青柳县/2009年工作总结.txt"}),
    ("compare", {"old": "/etc/passwd", "new": "/etc/passwd"}),
    ("check_draft", {"text": None}),
    ("check_draft", {"text": "水渠", "exclude": ["没有.txt"]}),
    ("list_documents", {"sort": "random"}),
]
STRANGE = ["-", "--", "--help", "-o /tmp/x", "@file", "\0", "\u202e反", "💧" * 50, "OR", "NOT", "NEAR/3", "a" * 5000, "（" * 200, "title:", "\n\n", "＊"]


def tools(client: Client, tally: Tally) -> None:
    for tool, arguments in BAD_ARGUMENTS:
        answer = client.ask("tools/call", {"name": tool, "arguments": arguments})
        result = answer.get("result", {})
        is_told = "error" in answer or result.get("isError") is True
        tally.check(is_told, f"{tool} {arguments}: {json.dumps(answer, ensure_ascii=False)[:200]}")
        tally.check("passwd:" not in json.dumps(answer) and "root:" not in json.dumps(answer), f"{tool} {arguments}: a file of the machine")
    for text in STRANGE:
        for tool, name in [("search", "query"), ("read", "place"), ("outline", "document"), ("precedent", "text"), ("frame", "pattern"), ("count", "words"), ("concordance", "query"), ("check_draft", "text")]:
            answer = client.ask("tools/call", {"name": tool, "arguments": {name: [text] if name == "words" else text}})
            tally.check("result" in answer or "error" in answer, f"{tool} {text[:20]!r}")
            tally.check(len(text_of(answer["result"])) <= 6_000 if "result" in answer else True, f"{tool} {text[:20]!r}: {len(text_of(answer.get('result', {'content': []})))} characters")
    error = client.ask("tools/call", {"name": "rm", "arguments": {}}).get("error", {})
    tally.check(error.get("code") == -32602, f"a tool that is not there: {error}")
    error = client.ask("no/such/method", {}).get("error", {})
    tally.check(error.get("code") == -32601, f"a method that is not there: {error}")


def alive(client: Client, tally: Tally, after: str) -> None:
    answer = client.ask("tools/call", {"name": "count", "arguments": {"words": ["失地农民"]}})
    tally.check("result" in answer, f"it answers after {after}: {answer}")


def large(client: Client, tally: Tally) -> None:
    text = "修" * 10_000_000
    for tool, name in [("search", "query"), ("check_draft", "text")]:
        begun = time.monotonic()
        # 30 MB of UTF-8: over the transport's limit of a line, which it tells or passes over.
        ident = client.begin("tools/call", {"name": tool, "arguments": {name: text}})
        try:
            answer = client.end(ident, timeout=3)
            tally.check("error" in answer or answer["result"].get("isError") is True, f"30 MB for {tool}: {str(answer)[:200]}")
        except TimeoutError:
            pass
        alive(client, tally, f"30 MB for {tool}, {time.monotonic() - begun:.1f} s")
    for tool, name in [("search", "query"), ("precedent", "text"), ("check_draft", "text"), ("read", "place")]:
        answer = client.ask("tools/call", {"name": tool, "arguments": {name: "a" * 10_000_000}})
        tally.check("error" in answer or answer["result"].get("isError") is True, f"10 MB for {tool}: {str(answer)[:200]}")
        tally.check(len(json.dumps(answer, ensure_ascii=False)) < 20_000, f"10 MB for {tool}: the answer is short")
    alive(client, tally, "10 MB")


def malformed(client: Client, tally: Tally) -> None:
    for line in [b"{", b"[]", b"null", b"7", b'"x"', b"\xff\xfe", b'{"jsonrpc":"2.0"}', b'{"jsonrpc":"2.0","id":1}', b"[" * 100_000, b'{"jsonrpc":"2.0","id":{},"method":"tools/list"}',
                 b'{"jsonrpc":"2.0","id":77,"method":"tools/call","params":{"name":"search","arguments":[1]}}', b'{"jsonrpc":"2.0","id":78,"method":"tools/call","params":7}', b""]:  # fmt: skip
        client.send_raw(line)
        alive(client, tally, repr(line[:60]))


def cancelled(binary: str, index: str, tally: Tally) -> None:
    client = Client(binary, ["--index", index, "mcp"])
    draft = "要坚持以科学发展观为指导，切实做到学习工作两不误，着力解决失地农民的就业问题。\n" * 600
    ident = client.begin("tools/call", {"name": "check_draft", "arguments": {"text": draft}, "_meta": {"progressToken": "p1"}})
    time.sleep(1)
    client.tell("notifications/cancelled", {"requestId": ident, "reason": "test"})
    begun = time.monotonic()
    alive(client, tally, "a cancelled check")
    # The workers are free again: another check begins at once.
    answer = client.call("check_draft", {"text": "做到学习工作两不误。"}, timeout=30)
    tally.check(not answer.get("isError") and time.monotonic() - begun < 10, f"a check after a cancelled one, {time.monotonic() - begun:.1f} s")
    ident = client.begin("tools/call", {"name": "check_draft", "arguments": {"text": draft[:9000]}, "_meta": {"progressToken": "p2"}})
    client.end(ident, timeout=120)
    told = [notice["params"] for notice in client.notices if notice.get("method") == "notifications/progress" and notice["params"]["progressToken"] == "p2"]
    steps = [one["progress"] for one in told]
    tally.check(steps == sorted(set(steps)) and all(one["progress"] <= one["total"] for one in told), f"progress grows: {steps}")
    print(f"{len(told)} notices of progress")
    client.close()


def cpu(pid: int) -> float:
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def killed(binary: str, index: str, tally: Tally) -> None:
    """A client that goes, in whatever way and moment, takes its server with it."""
    draft = "要坚持以科学发展观为指导，切实做到学习工作两不误，着力解决失地农民的就业问题。\n" * 600
    for version in [LEGACY[0], MODERN]:
        client = Client(binary, ["--index", index, "mcp"], version)
        client.begin("tools/call", {"name": "check_draft", "arguments": {"text": draft}})
        time.sleep(0.5)
        begun = time.monotonic()
        client.process.stdin.close()
        client.process.stdout.close()
        status = client.process.wait(timeout=20)
        # Answers that are under way have 5 s: a client may close its input and read on.
        tally.check(status == 0 and time.monotonic() - begun < 8, f"{version}: closed in the middle of work: {status}, {time.monotonic() - begun:.1f} s")
    for name in ["SIGTERM", "SIGINT"]:
        client = Client(binary, ["--index", index, "mcp"])
        client.process.send_signal(getattr(signal, name))
        status = client.process.wait(timeout=20)
        tally.check(status == 0, f"{name} ends it with status {status}")
    # Nothing is said at all.
    import subprocess

    silent = subprocess.run([binary, "--index", index, "mcp"], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
    tally.check(silent.returncode == 0 and silent.stdout == b"", f"no client at all: {silent}")


def main() -> None:
    binary, index = sys.argv[1:3]
    tally = Tally("hostile")
    for version in [LEGACY[0], MODERN]:
        client = Client(binary, ["--index", index, "mcp"], version)
        try:
            tools(client, tally)
            malformed(client, tally)
            if version == LEGACY[0]:
                large(client, tally)
        except Gone:
            tally.check(False, f"{version}: the server has ended")
        tally.check(client.close() == 0, f"{version}: it ends with its client")
    cancelled(binary, index, tally)
    killed(binary, index, tally)
    missing = Client(binary, ["--index", index + "-none", "mcp"])
    answer = missing.call("search", {"query": "水渠"})
    tally.check(answer.get("isError") is True and "index" in text_of(answer), f"an index that is not there: {answer}")
    missing.close()
    tally.finish()


main()
