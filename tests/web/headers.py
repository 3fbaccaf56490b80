"""What every answer carries: the policy of the page, validators, methods, and refusals in the right form.

`headers.py ADDRESS`
"""

import re
import sys

from client import Answer, Server, Tally, target

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
SEARCH = target("/search", q="改革")
API = target("/api/search", q="改革")


def guarded(tally: Tally, name: str, answer: Answer) -> None:
    headers = answer.headers
    policy = {part.strip() for part in headers.get("content-security-policy", "").split(";") if part.strip()}
    tally.check(f"{name}: Content-Security-Policy", policy == POLICY, sorted(policy ^ POLICY))
    tally.check(f"{name}: X-Content-Type-Options", headers.get("x-content-type-options") == "nosniff", headers)
    tally.check(f"{name}: Referrer-Policy", headers.get("referrer-policy") == "no-referrer", headers)
    tally.check(f"{name}: no other site may read it", "access-control-allow-origin" not in headers, headers)
    tally.check(f"{name}: says nothing about itself", "server" not in headers and "x-powered-by" not in headers, headers)
    if answer.body:
        tally.check(f"{name}: Content-Type", bool(headers.get("content-type")), headers)


def every_kind(tally: Tally, server: Server) -> None:
    """(name, status, answer) of each kind of answer there is."""
    place = target("/original", document="corpus/青柳县/2016年政府工作报告.txt")
    kinds = [
        ("the start page", 200, server.ask("/")),
        ("results", 200, server.ask(SEARCH)),
        ("no results", 200, server.ask(target("/search", q="“没有哪里写着这几个字”"))),
        ("a query with an error", 400, server.ask(target("/search", q='改革 "未完'))),
        ("JSON", 200, server.ask(API)),
        ("a problem", 400, server.ask("/api/search")),
        ("an unknown path of the API", 404, server.ask("/api/nothing")),
        ("an unknown page", 404, server.ask("/nothing")),
        ("an unknown document", 404, server.ask(target("/show", place="no/such.txt:1"))),
        ("a wrong method", 405, server.ask("/search", "DELETE")),
        ("a wrong method of the API", 405, server.ask("/api/search", "DELETE")),
        ("a workbook", 200, server.ask(target("/search.xlsx", q="改革"))),
        ("a table", 200, server.ask(target("/search.csv", q="改革"))),
        ("an original", 200, server.ask(place)),
        ("the description", 200, server.ask("/openapi.json")),
        ("health", 200, server.ask("/healthz")),
        ("a foreign Host", 403, server.ask("/", headers={"Host": "evil.example"})),
        ("a foreign Origin", 403, server.ask("/", headers={"Origin": "http://evil.example"})),
    ]
    for name, status, answer in kinds:
        tally.check(f"{name}: status {status}", answer.status == status or (status == 403 and answer.status in (400, 421)), answer.status)
        guarded(tally, name, answer)
    for path in assets(server):
        answer = server.ask(path)
        tally.check(f"{path}: status 200", answer.status == 200, answer.status)
        tally.check(f"{path}: its type", answer.kind() in ("text/css", "text/javascript", "image/svg+xml", "image/png", "image/x-icon", "application/json", "application/manifest+json"), answer.kind())
        guarded(tally, path, answer)
    tally.check("an unknown page is a page", server.ask("/nothing").kind() == "text/html")
    tally.check("an unknown path of the API is a problem", server.ask("/api/nothing").kind() == "application/problem+json")


def assets(server: Server) -> list[str]:
    """The scripts, sheets and icons of the start page."""
    page = server.ask("/").body.decode("utf-8", "replace")
    found = re.findall(r'<(?:script|link)\b[^>]*?\b(?:src|href)="(/[^"]*)"', page)
    return sorted({path for path in found if "?" not in path or "v=" in path})


def validators(tally: Tally, server: Server) -> None:
    first = server.ask(API)
    tag = first.headers.get("etag", "")
    tally.check("the API has an ETag", tag.strip('W/').startswith('"'), first.headers)
    tally.check("the same request has the same ETag", server.ask(API).headers.get("etag") == tag)
    tally.check("another query has another ETag", server.ask(target("/api/search", q="就业")).headers.get("etag") != tag)
    for name, value in {"its ETag": tag, "its ETag in a list": f'"other", {tag}'}.items():
        again = server.ask(API, headers={"If-None-Match": value})
        tally.check(f"If-None-Match with {name}: status 304", again.status == 304, again.status)
        tally.check(f"If-None-Match with {name}: no body", again.body == b"", again.body[:80])
    other = server.ask(API, headers={"If-None-Match": '"other"'})
    tally.check("If-None-Match with another ETag: status 200", other.status == 200 and other.body != b"", other.status)
    guarded(tally, "304", server.ask(API, headers={"If-None-Match": tag}))


def methods(tally: Tally, server: Server) -> None:
    for path in ("/", SEARCH, API, "/healthz", "/openapi.json"):
        head, get = server.ask(path, "HEAD"), server.ask(path)
        tally.check(f"HEAD {path}: the status of GET", head.status == get.status, (head.status, get.status))
        tally.check(f"HEAD {path}: no body", head.body == b"", head.body[:80])
        tally.check(f"HEAD {path}: the type of GET", head.kind() == get.kind(), (head.kind(), get.kind()))
        guarded(tally, f"HEAD {path}", head)
    for method in ("DELETE", "PUT", "PATCH", "TRACE"):
        for path in ("/", "/api/search"):
            answer = server.ask(path, method)
            tally.check(f"{method} {path}: status 405", answer.status == 405, answer.status)
            tally.check(f"{method} {path}: Allow", "GET" in answer.headers.get("allow", ""), answer.headers)
    tally.check("405 of the API is a problem", server.ask("/api/search", "DELETE").kind() == "application/problem+json", server.ask("/api/search", "DELETE").kind())


def main() -> None:
    server, tally = Server.at(sys.argv[1]), Tally()
    every_kind(tally, server)
    validators(tally, server)
    methods(tally, server)
    tally.close("headers")


if __name__ == "__main__":
    main()
