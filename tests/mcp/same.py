"""Forty requests have the same numbers over MCP, HTTP and the command line.

`same.py BINARY INDEX HOST:PORT`
"""

import json
import subprocess
import sys
import urllib.parse
import urllib.request

from client import Client, Tally

DOCUMENT = "云栖工业园区/2011年工作总结.txt"
DRAFT = "一年来，园区坚持两手抓、两促进。要进一步优化营商环境，着力解决失地农民的就业问题。"
# The tool with its arguments, the path of the API with its parameters, the arguments of the command line.
Request = tuple[str, dict, str, dict, list[str]]


def requests() -> list[Request]:
    out: list[Request] = []
    for query, more in [
        ("失地农民 安置", {}),
        ("改革", {"limit": 3, "offset": 2}),
        ("“坚持以*为指导”", {}),
        ("优化 NEAR/10 环境", {"context": 1}),
        ("招商引资", {"year": "2005..2010"}),
        ("就业", {"kind": "总结"}),
        ("建设", {"sort": "-date"}),
        ("工作", {"section": "问题"}),
        ("“没有哪里写着这几个字”", {}),
        ("园区", {"issuer": "云栖"}),
    ]:
        limited = {"limit": 5, **more}
        flags = [f"--{name}={value}" for name, value in limited.items()]
        out.append(("search", {"query": query, **limited}, "search", {"q": query, **limited}, ["search", query, *flags]))
    for query in ["改革", "失地农民", "“(优化|改善)营商环境”", "坚持", "两不误", "招商引资 AND 就业", "发展", "安置"]:
        out.append(("count", {"words": [query]}, "count", {"q": query}, ["search", query, "--count"]))
    for query, more in [("改革", {"sort": "right"}), ("就业", {"window": 8}), ("失地农民", {"sort": "date"}), ("发展", {"year": "2009"})]:
        limited = {"limit": 10, **more}
        flags = [f"--{name}={value}" for name, value in limited.items()]
        out.append(("concordance", {"query": query, **limited}, "concordance", {"q": query, **limited}, ["concordance", query, *flags]))
    for text in ["学习工作两不误", "进一步优化营商环境", "切实加强组织领导", "坚持以人为本，妥善安置"]:
        out.append(("precedent", {"text": text, "limit": 5}, "precedent", {"q": text, "limit": 5}, ["precedent", text, "--limit=5"]))
    for pattern in ["坚持以*为指导", "以*为抓手", "加强*建设", "在*上求突破"]:
        out.append(("frame", {"pattern": pattern, "limit": 5}, "frame", {"q": pattern, "limit": 5}, ["frame", pattern, "--limit=5"]))
    for place, window in [(f"{DOCUMENT}:9", 1), (DOCUMENT, 2)]:
        out.append(("read", {"place": place, "window": window}, "show", {"q": place, "context": window}, ["show", place, f"--context={window}"]))
    for document in [DOCUMENT, "青柳县/2024年政府工作报告.md"]:
        out.append(("outline", {"document": document}, "outline", {"q": document}, ["outline", document]))
    for old, new in [("青柳县/2004年政府工作报告.txt", "青柳县/2009年政府工作报告.txt"), ("青柳县/2016年政府工作报告.txt", "青柳县/2021年政府工作报告.txt")]:
        out.append(("compare", {"old": old, "new": new}, "compare", {"old": old, "new": new, "changes": "1"}, ["compare", old, new, "--changes"]))
    for more in [{"year": "2009", "sort": "date"}, {"kind": "通知"}, {"title": "就业"}]:
        flags = [f"--{name}={value}" for name, value in more.items()]
        out.append(("list_documents", more, "docs", more, ["docs", *flags]))
    out.append(("check_draft", {"text": DRAFT}, "check", {"text": DRAFT, "limit": 2, "sources": 2, "documents": 5}, ["check", "-", "--limit=2", "--sources=2", "--documents=5"]))
    return out


ENTRIES = {"search": "hits", "read": "passages", "outline": "headings", "precedent": "variants", "frame": "rows", "concordance": "lines", "check_draft": "sentences", "compare": "pairs", "list_documents": "documents"}
# What is about the answer, not about the collection.
OF_ANSWER = {"took_ms", "truncated", "next", "index", "notes"}


MOST_COMMITMENTS = 5


def short(commitment: dict) -> dict:
    """A commitment with its places and figures alone."""
    sides = {name: commitment[name] and {part: commitment[name][part] for part in ["place", "measure", "figure"]} for name in ["target", "outcome"]}
    return {**commitment, **sides}


def numbers(tool: str, answer: dict, n_entries: int | None = None) -> dict:
    """The answer without what only one way in has, cut to the entries that the other has."""
    if tool == "count":
        count = answer["counts"][0] if "counts" in answer else answer
        return {name: count[name] for name in ["query", "occurrences", "passages", "documents"]}
    kept = {name: value for name, value in answer.items() if name not in OF_ANSWER}
    if tool == "check_draft":
        # An assistant has each citation with its sentence, and their numbers by status.
        of_sentences = [citation for sentence in kept["sentences"] for citation in sentence.pop("citations", [])]
        kept["citations"] = kept.get("citations", of_sentences)
        kept.pop("citation_counts", None)
    if tool == "compare":
        # An assistant has their numbers by status, and at first those that the newer report has something of.
        kept.pop("commitment_counts", None)
        kept["commitments"] = [short(one) for one in sorted(kept["commitments"], key=lambda one: one["outcome"] is None)]
        kept["commitments"] = kept["commitments"][:MOST_COMMITMENTS]
    if n_entries is not None:
        kept[ENTRIES[tool]] = kept[ENTRIES[tool]][:n_entries]
    # A variant has three sources where the command line has all of them, and not what an assistant sees from the two wordings.
    of_sentences = [variant for sentence in kept.get("sentences", []) for variant in sentence.get("variants", [])]
    for variant in kept.get("variants", []) + of_sentences + kept.get("pairs", []):
        variant.pop("diff", None)
        if "sources" in variant:
            variant["sources"] = variant["sources"][:2]
    return kept


def main() -> None:
    binary, index, host = sys.argv[1:4]
    tally = Tally("same")
    client = Client(binary, ["--index", index, "mcp"])
    all_requests = requests()
    for tool, arguments, path, parameters, words in all_requests:
        result = client.call(tool, {**arguments, "max_chars": 16_000})
        if not tally.check(not result.get("isError"), f"{tool} {arguments}: {result}"):
            continue
        answer = result["structuredContent"]
        entries = answer.get(ENTRIES.get(tool, ""), [])
        tally.check(len(entries) > 0 or tool == "count" or "没有哪里" in str(arguments), f"{tool} {arguments}: it finds something")
        n_entries = None if tool == "count" else len(entries)
        command = [binary, *words, "--format=json", "--index", index]
        printed = subprocess.run(command, input=DRAFT.encode(), capture_output=True, timeout=60, check=False).stdout
        url = f"http://{host}/api/{path}?{urllib.parse.urlencode(parameters)}"
        served = urllib.request.urlopen(url, timeout=60).read()
        own = numbers(tool, answer)
        tally.check(own == numbers(tool, json.loads(printed), n_entries), f"{tool} {arguments}: the command line has other numbers")
        tally.check(own == numbers(tool, json.loads(served), n_entries), f"{tool} {arguments}: the API has other numbers")
    print(f"{len(all_requests)} requests")
    client.close()
    tally.finish()


main()
