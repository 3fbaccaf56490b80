"""What the server offers in each era: tools with schemas of few tokens, resources, prompts; answers that keep their limits.

`tools.py BINARY INDEX OTHER_INDEX`
"""

import json
import sys
from urllib.parse import quote

from client import LEGACY, MODERN, Client, Tally, text_of

TOOLS = {"search", "read", "outline", "precedent", "frame", "count", "concordance", "check_draft", "compare", "list_documents"}
DOCUMENT = "青柳县/2009年工作总结.txt"
# A call of each tool that finds more than a short answer can hold.
CALLS = {
    "search": {"query": "工作", "limit": 20, "context": 3},
    "read": {"place": DOCUMENT},
    "outline": {"document": DOCUMENT},
    "precedent": {"text": "切实加强组织领导", "min_similarity": 0.3, "limit": 10},
    "frame": {"pattern": "坚持以＊为指导", "limit": 50},
    "count": {"words": ["发展", "工作", "“坚持以＊为指导”", "失地农民"]},
    "concordance": {"query": "工作", "limit": 200, "window": 40},
    "check_draft": {"text": "坚持以科学发展观为指导，做到学习工作两不误。\n要进一步优化营商环境，着力解决失地农民的就业问题。\n" * 8},
    "compare": {"old": "青柳县/2004年政府工作报告.txt", "new": "青柳县/2009年政府工作报告.txt", "limit": 500},
    "list_documents": {"limit": 200},
}


def offers(client: Client, tally: Tally, names: list[str]) -> None:
    version = client.version
    hello = client.hello.get("result", {})
    for capability in ["tools", "resources", "prompts"]:
        tally.check(capability in hello.get("capabilities", {}), f"{version}: {capability} in {hello}")
    tally.check("寻章" in json.dumps(hello, ensure_ascii=False), f"{version}: the server names itself: {hello}")
    listed = client.ask("tools/list", {})["result"]
    tally.check({tool["name"] for tool in listed["tools"]} == TOOLS, f"{version}: tools {listed['tools']}")
    is_modern = version == MODERN
    tally.check(("ttlMs" in listed and "cacheScope" in listed) == is_modern, f"{version}: caching hints of a list: {list(listed)}")
    tally.check((listed.get("resultType") == "complete") == is_modern, f"{version}: resultType")
    for tool in listed["tools"]:
        hints = tool["annotations"]
        tally.check(hints["readOnlyHint"] is True and hints["openWorldHint"] is False, f"{tool['name']}: {hints}")
        tally.check(("index" in tool["inputSchema"]["properties"]) == (len(names) > 1), f"{tool['name']}: names of indexes")
        tally.check(tool["inputSchema"]["type"] == "object" and tool["outputSchema"]["type"] == "object", f"{tool['name']}: schemas")


def resources(client: Client, tally: Tally) -> None:
    version, cursor, found = client.version, None, []
    while True:
        page = client.ask("resources/list", {"cursor": cursor} if cursor else {})["result"]
        found += page["resources"]
        cursor = page.get("nextCursor")
        if not cursor:
            break
    uris = [one["uri"] for one in found]
    tally.check(len(uris) == len(set(uris)) and len(uris) > 40, f"{version}: {len(uris)} resources")
    uri = f"xunzhang://doc/{quote(DOCUMENT, safe='')}"
    tally.check(uri in uris, f"{version}: {uri} in the list")
    for address in [uri, f"xunzhang://doc/{DOCUMENT}", uris[-1]]:
        read = client.ask("resources/read", {"uri": address})
        content = read.get("result", {}).get("contents", [{}])[0]
        tally.check(len(content.get("text", "")) > 100 and content.get("uri") == address, f"{version}: {address}: {read}")
    for bad in ["xunzhang://doc/没有.txt", "xunzhang://doc/", "file:///etc/passwd", "xunzhang://doc/%ff"]:
        error = client.ask("resources/read", {"uri": bad}).get("error", {})
        expected = -32602 if version == MODERN else -32002
        tally.check(error.get("code") == expected, f"{version}: {bad}: {error}")
    error = client.ask("resources/list", {"cursor": "七"}).get("error", {})
    tally.check(error.get("code") == -32602, f"{version}: a cursor of one's own: {error}")
    templates = client.ask("resources/templates/list", {})["result"]["resourceTemplates"]
    tally.check(templates[0]["uriTemplate"].startswith("xunzhang://doc/{id}"), f"{version}: {templates}")


def prompts(client: Client, tally: Tally) -> None:
    listed = client.ask("prompts/list", {})["result"]["prompts"]
    tally.check([one["name"] for one in listed] == ["找先例", "核引文"], f"prompts {listed}")
    for prompt in listed:
        name = prompt["arguments"][0]["name"]
        filled = client.ask("prompts/get", {"name": prompt["name"], "arguments": {name: "渠水清清"}})
        tally.check("渠水清清" in json.dumps(filled, ensure_ascii=False), f"{prompt['name']}: {filled}")
        missing = client.ask("prompts/get", {"name": prompt["name"]})
        tally.check(missing.get("error", {}).get("code") == -32602, f"{prompt['name']} without its argument: {missing}")


def limits(client: Client, tally: Tally, tool: str, arguments: dict) -> None:
    """No answer is over its limit, and what is left out is in the next ones."""
    whole = client.call(tool, {**arguments, "max_chars": 16_000})
    tally.check(not whole.get("isError"), f"{tool}: {text_of(whole)[:200]}")
    for most in [1_000, 2_500, 6_000, 16_000]:
        result = client.call(tool, {**arguments, "max_chars": most})
        structured = json.dumps(result["structuredContent"], ensure_ascii=False, separators=(",", ":"))
        sizes = len(text_of(result)), len(structured)
        tally.check(max(sizes) <= most, f"{tool}: {sizes} characters of {most}")
        answer = result["structuredContent"]
        tally.check(answer["truncated"] or answer["next"] is None, f"{tool}: {answer['truncated']} {answer['next']}")
        tally.check(answer["next"] is None or f"offset={answer['next']['offset']}" in text_of(result), f"{tool}: the text says where it goes on")
        tally.check(bool(answer["index"]["fingerprint"]), f"{tool}: the index is named")


def pages(client: Client, tally: Tally, tool: str, arguments: dict, entries: str) -> None:
    """The pages of a small limit are the one of a large limit."""
    arguments = {key: value for key, value in arguments.items() if key not in ("limit", "context", "window")}
    found, offset, n_calls = [], 0, 0
    while n_calls < 60:
        answer = client.call(tool, {**arguments, "offset": offset, "max_chars": 4_000, "limit": 3})["structuredContent"]
        found += answer[entries]
        n_calls += 1
        if answer["next"] is None:
            break
        tally.check(answer["next"]["offset"] > offset, f"{tool}: it goes on from {offset} to {answer['next']}")
        offset = answer["next"]["offset"]
    keys = [json.dumps([one.get("place"), one.get("passage"), one.get("text"), one.get("id"), one.get("query"), one.get("fillers"), one.get("line"), one.get("old"), one.get("new")], ensure_ascii=False) for one in found]
    if tool not in ("check_draft", "concordance"):
        tally.check(len(keys) == len(set(keys)), f"{tool}: no entry twice on {n_calls} pages")
    tally.check(n_calls > 1, f"{tool}: several pages")


ENTRIES = {"search": "hits", "read": "passages", "outline": "headings", "precedent": "variants", "frame": "rows", "count": "counts",
           "check_draft": "sentences", "compare": "pairs", "list_documents": "documents"}  # fmt: skip


def main() -> None:
    binary, index, other = sys.argv[1:4]
    tally = Tally("tools")
    for version in [*LEGACY, MODERN]:
        client = Client(binary, ["--index", index, "--lang", "zh", "mcp"], version)
        offers(client, tally, ["one"])
        resources(client, tally)
        prompts(client, tally)
        for tool, arguments in CALLS.items():
            limits(client, tally, tool, arguments)
        for tool, entries in ENTRIES.items():
            if tool != "search" or version == MODERN:
                pages(client, tally, tool, CALLS[tool] if tool != "search" else {"query": "“失地农民”"}, entries)
        tally.check(client.close() == 0, f"{version}: it ends with its client")
    client = Client(binary, ["--lang", "en", "mcp", f"一={index}", f"二={other}"])
    offers(client, tally, ["一", "二"])
    for name, is_there in [("一", True), ("二", False)]:
        answer = client.call("count", {"words": ["失地农民"], "index": name})["structuredContent"]
        tally.check((answer["counts"][0]["occurrences"] > 0) == is_there and answer["index"]["name"] == name, f"{name}: {answer}")
    listed = client.ask("resources/list", {"cursor": "1:0"})["result"]["resources"]
    tally.check(all(one["uri"].endswith(f"?index={quote('二')}") for one in listed) and len(listed) > 0, f"resources of the second: {listed}")
    read = client.ask("resources/read", {"uri": listed[0]["uri"]})
    tally.check("result" in read, f"a document of the second index: {read}")
    tally.check(client.close() == 0, "it ends with its client")
    tally.finish()


if __name__ == "__main__":
    main()
