"""The API's answers are the command line's JSON, byte for byte, and `/openapi.json` lists what is answered.

`answers.py ADDRESS BINARY INDEX`
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from client import Answer, Server, Tally, target

DOCUMENT = "corpus/云栖工业园区/2011年工作总结.txt"
DRAFT = "一年来，园区坚持两手抓、两促进。要进一步优化营商环境，着力解决失地农民的就业问题。\n这句话谁也没有写过。\n"

# The path below /api/, its parameters, and the arguments that print the same.
REQUESTS: list[tuple[str, dict, list[str]]] = [
    ("search", {"q": "失地农民 安置"}, ["search", "失地农民 安置"]),
    ("search", {"query": "失地农民 安置"}, ["search", "失地农民 安置"]),
    ("search", {"q": "改革", "limit": 3, "offset": 2}, ["search", "改革", "--limit", "3", "--offset", "2"]),
    ("search", {"q": "“坚持以*为指导”"}, ["search", "“坚持以*为指导”"]),
    ("search", {"q": "优化 NEAR/10 环境", "context": 1}, ["search", "优化 NEAR/10 环境", "--context", "1"]),
    ("search", {"q": "招商引资", "year": "2005..2010", "kind": ["总结", "工作报告"]}, ["search", "招商引资", "--year", "2005..2010", "--kind", "总结", "--kind", "工作报告"]),
    ("search", {"q": "就业", "by": "document", "sort": "-date"}, ["search", "就业", "--by", "document", "--sort=-date"]),
    ("search", {"q": "两不误", "no_collapse": "1"}, ["search", "两不误", "--no-collapse"]),
    ("search", {"q": "两不误", "no-collapse": "true"}, ["search", "两不误", "--no-collapse"]),
    ("search", {"q": "建设", "in": "headings", "since": "2008", "until": "2016-12-31"}, ["search", "建设", "--in", "headings", "--since", "2008", "--until", "2016-12-31"]),
    ("search", {"q": "工作", "collection": "corpus", "path": "corpus/青柳县/*", "sort": "path"}, ["search", "工作", "--collection", "corpus", "--path", "corpus/青柳县/*", "--sort", "path"]),
    ("search", {"q": "工作", "section": "问题", "role": "problems", "path": "corpus/**"}, ["search", "工作", "--section", "问题", "--role", "problems", "--path", "corpus/**"]),
    ("search", {"q": "<script>alert(1)</script>"}, ["search", "<script>alert(1)</script>"]),
    ("search", {"q": "改革", "explain": "1", "limit": 2}, ["search", "改革", "--explain", "--limit", "2"]),
    ("search", {"q": "“没有哪里写着这几个字”"}, ["search", "“没有哪里写着这几个字”"]),
    ("count", {"q": "改革"}, ["search", "改革", "--count"]),
    ("count", {"q": "“(优化|改善)营商环境”", "year": "2018.."}, ["search", "“(优化|改善)营商环境”", "--count", "--year", "2018.."]),
    ("concordance", {"q": "改革", "sort": "right", "limit": 20}, ["concordance", "改革", "--sort", "right", "--limit", "20"]),
    ("concordance", {"q": "就业", "group": "left:2", "window": 8}, ["concordance", "就业", "--group", "left:2", "--window", "8"]),
    ("concordance", {"q": "发展", "sample": 10, "seed": 7}, ["concordance", "发展", "--sample", "10", "--seed", "7"]),
    ("precedent", {"q": "学习工作两不误"}, ["precedent", "学习工作两不误"]),
    ("precedent", {"text": "进一步优化营商环境", "min_similarity": 0.4, "limit": 5}, ["precedent", "进一步优化营商环境", "--min-similarity", "0.4", "--limit", "5"]),
    ("frame", {"q": "坚持以*为指导"}, ["frame", "坚持以*为指导"]),
    ("frame", {"pattern": "以*为抓手", "by": "year", "kind": "总结"}, ["frame", "以*为抓手", "--by", "year", "--kind", "总结"]),
    ("trend", {"q": "改革"}, ["trend", "改革"]),
    ("trend", {"word": ["招商引资", "就业"], "by": "decade"}, ["trend", "招商引资", "就业", "--by", "decade"]),
    ("lineage", {"q": "优化营商环境"}, ["lineage", "优化营商环境"]),
    ("lineage", {"wording": "招商引资", "min_similarity": 0.5, "uses": "1", "year": "2009.."}, ["lineage", "招商引资", "--min-similarity", "0.5", "--uses", "--year", "2009.."]),
    ("report", {"keyword": ["改革", "就业"]}, ["report", "改革", "就业"]),
    ("report", {"q": "营商环境", "excerpts": 2, "no_negation": "1"}, ["report", "营商环境", "--excerpts", "2", "--no-negation"]),
    ("words/top", {"limit": 20}, ["words", "top", "--limit", "20"]),
    ("words/keyness", {"kind": "总结", "limit": 10}, ["words", "keyness", "--kind", "总结", "--limit", "10"]),
    ("words/collocates", {"word": "就业", "window": 5, "side": "left"}, ["words", "collocates", "就业", "--window", "5", "--side", "left"]),
    ("words/new", {"limit": 10}, ["words", "new", "--limit", "10"]),
    ("similar", {"document": DOCUMENT}, ["similar", DOCUMENT]),
    ("duplicates", {"min_similarity": 0.6}, ["duplicates", "--min-similarity", "0.6"]),
    ("show", {"place": f"{DOCUMENT}:9", "context": 1}, ["show", f"{DOCUMENT}:9", "--context", "1"]),
    ("show", {"q": DOCUMENT, "all": "1"}, ["show", DOCUMENT, "--all"]),
    ("outline", {"document": DOCUMENT}, ["outline", DOCUMENT]),
    ("docs", {"year": "2009", "sort": "date"}, ["docs", "--year", "2009", "--sort", "date"]),
    ("docs", {"by": "kind"}, ["docs", "--by", "kind"]),
    ("compare", {"new": "corpus/青柳县/2009年政府工作报告.txt", "old": "corpus/青柳县/2004年政府工作报告.txt", "changes": "1"}, ["compare", "corpus/青柳县/2004年政府工作报告.txt", "corpus/青柳县/2009年政府工作报告.txt", "--changes"]),
    ("compare", {"series": "corpus/青柳县/*政府工作报告*"}, ["compare", "--series", "corpus/青柳县/*政府工作报告*"]),
    ("compare", {"old": "corpus/青柳县/2004年政府工作报告.txt", "new": "corpus/青柳县/2009年政府工作报告.txt"}, ["compare", "corpus/青柳县/2004年政府工作报告.txt", "corpus/青柳县/2009年政府工作报告.txt"]),
    ("status", {}, ["status"]),
]

# Exports of a page are the files of `search -o`.
EXPORTS = [("csv", "text/csv"), ("json", "application/json"), ("jsonl", "application/"), ("md", "text/markdown"), ("html", "text/html")]
PACKAGES = ["xlsx", "docx"]


def normalized(text: bytes) -> bytes:
    """Leaves out the time a search took, and the mark of files that `-o` writes."""
    text = re.sub(rb'"took_ms":[0-9.e+-]+', b'"took_ms":0', text)
    return re.sub(rb'^\{"generator":"[^"]*",', b"{", text)


class CommandLine:
    def __init__(self, binary: str, index: str, folder: Path) -> None:
        self.binary, self.index, self.folder = binary, index, folder

    def run(self, arguments: list[str], stdin: bytes = b"") -> bytes:
        command = [self.binary, *arguments, "--index", self.index]
        return subprocess.run(command, input=stdin, capture_output=True, timeout=60, check=False).stdout

    def json(self, arguments: list[str]) -> bytes:
        """`trend` and `report` write JSON to a file, all others print it."""
        if arguments[0] in ("trend", "report"):
            return self.file([*arguments, "--overwrite"], "json")
        return self.run([*arguments, "--format", "json"])

    def file(self, arguments: list[str], extension: str) -> bytes:
        path = self.folder / f"out.{extension}"
        path.unlink(missing_ok=True)
        self.run([*arguments, "-o", str(path)])
        return path.read_bytes() if path.exists() else b""


def first_difference(one: bytes, other: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(one, other)) if a != b), min(len(one), len(other)))
    start = max(at - 60, 0)
    return f"at byte {at}: API …{one[start : at + 80]!r}, command …{other[start : at + 80]!r}"


def same_bytes(tally: Tally, server: Server, command: CommandLine) -> None:
    for path, parameters, arguments in REQUESTS:
        url = target(f"/api/{path}", **parameters)
        answer, printed = server.ask(url), command.json(arguments)
        if tally.check(f"GET {url} has status 200", answer.status == 200, f"{answer.status} {answer.body[:200]!r}"):
            tally.check(f"GET {url} is JSON", answer.kind() == "application/json", answer.kind())
            one, other = normalized(answer.body), normalized(printed)
            tally.check(f"GET {url} equals {' '.join(arguments)}", one == other and printed != b"", first_difference(one, other))


def check_draft(tally: Tally, server: Server, command: CommandLine) -> None:
    printed = command.run(["check", "-", "--format", "json"], DRAFT.encode())
    posted = server.ask("/api/check", "POST", {"Content-Type": "application/json"}, json.dumps({"text": DRAFT}).encode())
    tally.check("POST /api/check has status 200", posted.status == 200, f"{posted.status} {posted.body[:200]!r}")
    one, other = normalized(posted.body), normalized(printed)
    tally.check("POST /api/check equals check -", one == other, first_difference(one, other))


def lines(tally: Tally, server: Server, command: CommandLine) -> None:
    printed = command.run(["search", "改革", "--format", "jsonl"])
    answer = server.ask(target("/api/search", q="改革", format="jsonl"))
    tally.check("a search is answered as jsonl", answer.status == 200 and answer.body == printed, first_difference(answer.body, printed))


def exports(tally: Tally, server: Server, command: CommandLine) -> None:
    arguments = ["search", "改革", "--limit", "15", "--year", "2009..2020"]
    parameters = {"q": "改革", "limit": 15, "year": "2009..2020"}
    for extension, kind in EXPORTS:
        answer = server.ask(target(f"/search.{extension}", **parameters))
        name = f"/search.{extension}"
        tally.check(f"{name} has status 200", answer.status == 200, answer.status)
        tally.check(f"{name} has its type", answer.kind().startswith(kind), answer.kind())
        tally.check(f"{name} is a download", answer.headers.get("content-disposition", "").startswith("attachment"), answer.headers)
        written = command.file(arguments, extension)
        one, other = normalized(answer.body), normalized(written)
        if extension in ("csv", "jsonl"):
            tally.check(f"{name} equals -o", one == other, first_difference(one, other))
        else:
            tally.check(f"{name} is about as long as -o", abs(len(one) - len(other)) < 200, (len(one), len(other)))
    for extension in PACKAGES:
        answer = server.ask(target(f"/search.{extension}", **parameters))
        tally.check(f"/search.{extension} is a package", answer.status == 200 and answer.body[:2] == b"PK", answer.status)
        tally.check(f"/search.{extension} is a download", answer.headers.get("content-disposition", "").startswith("attachment"), answer.headers)


def wrong(tally: Tally, server: Server) -> None:
    """What the command line refuses, the API refuses as a problem (RFC 9457) that says where and what."""
    for name, url in {
        "an unclosed quotation": target("/api/search", q='改革 "未完'),
        "an empty query": target("/api/search", q=""),
        "no query": "/api/search",
        "a limit that is no number": target("/api/search", q="改革", limit="many"),
        "a negative offset": target("/api/search", q="改革", offset="-1"),
        "a sort order that is none": target("/api/search", q="改革", sort="beauty"),
        "a year that is none": target("/api/search", q="改革", year="abcd"),
        "a document that is none": target("/api/show", place="no/such.txt:1"),
        "an unknown path": "/api/nothing",
    }.items():
        is_problem(tally, name, server.ask(url))
    caret = server.ask(target("/api/search", q='改革 "未完'))
    problem = json.loads(caret.body or b"{}")
    tally.check("the problem of a query has its position", problem.get("at") == 3 and problem.get("query") == '改革 "未完', problem)


def is_problem(tally: Tally, name: str, answer: Answer) -> None:
    tally.check(f"{name} is refused", 400 <= answer.status < 500, answer.status)
    tally.check(f"{name} is a problem", answer.kind() == "application/problem+json", answer.kind())
    try:
        problem = json.loads(answer.body)
        tally.check(f"{name} has a title and its status", bool(problem.get("title")) and problem.get("status") == answer.status, problem)
    except ValueError:
        tally.check(f"{name} is JSON", False, answer.body[:200])


def description(tally: Tally, server: Server) -> None:
    answer = server.ask("/openapi.json")
    if not tally.check("/openapi.json is there", answer.status == 200, answer.status):
        return
    api = json.loads(answer.body)
    tally.check("/openapi.json names its version", str(api.get("openapi", "")).startswith("3."), api.get("openapi"))
    tally.check("/openapi.json has info", {"title", "version"} <= set(api.get("info", {})), api.get("info"))
    paths = api.get("paths", {})
    wanted = {f"/api/{path}" for path, _, _ in REQUESTS} | {"/api/check", "/openapi.json", "/healthz"}
    for path in sorted(wanted):
        tally.check(f"/openapi.json lists {path}", path in paths, "")
    for path, methods in paths.items():
        for method in set(methods) & {"get", "post", "put", "delete", "patch"}:
            operation = methods[method]
            tally.check(f"{method} {path} describes its answers", bool(operation.get("responses")), operation)
            if "{" not in path:
                status = server.ask(path, method.upper()).status
                tally.check(f"{method} {path} is a route", status not in (0, 404, 405, 500), status)
    listed = {f"/api/{path}": parameters for path, parameters, _ in REQUESTS}
    for path, parameters in listed.items():
        names = {each.get("name", "").replace("-", "_") for each in paths.get(path, {}).get("get", {}).get("parameters", [])}
        missing = {name.replace("-", "_") for name in parameters} - names - {"query", "text", "pattern", "word", "keyword", "document", "place", "wording"}
        tally.check(f"/openapi.json has the parameters of {path}", not missing, missing)


def main() -> None:
    address, binary, index = sys.argv[1:4]
    server, tally = Server.at(address), Tally()
    with tempfile.TemporaryDirectory() as folder:
        command = CommandLine(binary, index, Path(folder))
        same_bytes(tally, server, command)
        check_draft(tally, server, command)
        lines(tally, server, command)
        exports(tally, server, command)
    wrong(tally, server)
    description(tally, server)
    tally.close("answers")


if __name__ == "__main__":
    main()
