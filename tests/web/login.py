"""A server that other machines can reach answers nothing without its token.

`login.py BINARY INDEX`
"""

import re
import signal
import subprocess
import sys
import time

from client import Server, Tally, target


def start(binary: str, index: str, port: int) -> tuple[subprocess.Popen, str]:
    """A server at all addresses of this machine, and the token of the link that it prints."""
    command = [binary, "serve", "--index", index, "--addr", f"0.0.0.0:{port}", "--host", "desk.example"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    token = re.search(r"#token=(\S+)", process.stdout.readline())
    return process, token[1] if token else ""


def without(tally: Tally, server: Server, token: str) -> None:
    for path in ("/api/status", target("/api/search", q="改革"), "/openapi.json", "/search.csv?q=1", "/original?document=corpus"):
        for headers in ({}, {"Cookie": "xunzhang=" + "0" * 64}, {"Cookie": "xunzhang="}, {"Authorization": "Bearer x"}, {"Authorization": f"Basic {token}"}):
            answer = server.ask(path, headers=headers)
            tally.check(f"{path} with {headers}: nothing", answer.status in (303, 401), answer.status)
        answer = server.ask(path + ("&" if "?" in path else "?") + "token=" + token)
        tally.check(f"{path} with the token in its query: nothing", answer.status in (303, 400, 401), answer.status)
    for path in ("/", "/search?q=1", "/collection", "/help"):
        answer = server.ask(path)
        tally.check(f"{path} leads to the login", answer.status == 303 and answer.headers.get("location") == "/login", (answer.status, answer.headers))
    for path in ("/check", "/report", "/build"):
        answer = server.form(path, {"text": "x", "keywords": "x"})
        tally.check(f"POST {path}: nothing", answer.status in (303, 401, 403) and answer.headers.get("location", "/login") == "/login", answer.status)
    health = server.ask("/healthz")
    tally.check("/healthz says that it is up", health.status == 200, health.status)
    tally.check("and not where", b"/" not in health.body, health.body)


def within(tally: Tally, server: Server, token: str) -> None:
    tally.check("a wrong token is refused", server.form("/login", {"token": token[:-1] + "_"}).status == 401)
    tally.check("no token is refused", server.form("/login", {}).status == 401)
    entry = server.form("/login", {"token": token})
    cookie = entry.headers.get("set-cookie", "")
    tally.check("the token gives a cookie", entry.status == 303 and cookie.startswith("xunzhang="), (entry.status, cookie))
    for attribute in ("HttpOnly", "SameSite=Strict", "Path=/"):
        tally.check(f"the cookie is {attribute}", attribute in cookie, cookie)
    for headers in ({"Cookie": cookie.split(";")[0]}, {"Cookie": "a=b; " + cookie.split(";")[0]}, {"Authorization": f"Bearer {token}"}):
        answer = server.ask("/api/status", headers=headers)
        tally.check(f"{next(iter(headers))} is let in", answer.status == 200, answer.status)
    page = server.ask("/", headers={"Cookie": cookie.split(";")[0]})
    tally.check("no page holds the token", page.status == 200 and token.encode() not in page.body, page.status)
    build = server.ask("/build", headers={"Cookie": cookie.split(";")[0]})
    tally.check("folders are chosen at the machine alone", build.status == 403, build.status)
    foreign = server.ask("/", headers={"Cookie": cookie.split(";")[0], "Host": f"evil.example:{server.port}"})
    tally.check("a foreign Host is refused all the same", foreign.status in (400, 403, 421), foreign.status)
    named = server.ask("/api/status", headers={"Cookie": cookie.split(";")[0], "Host": f"desk.example:{server.port}"})
    tally.check("a name of --host is served", named.status == 200, named.status)


def main() -> None:
    binary, index, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
    tally, server = Tally(), Server("127.0.0.1", port)
    process, token = start(binary, index, port)
    time.sleep(0.2)
    tally.check("the link has a token of 256 bits", len(token) >= 43, token)
    without(tally, server, token)
    within(tally, server, token)
    process.send_signal(signal.SIGTERM)
    tally.check("SIGTERM ends it with status 0", process.wait(20) == 0, process.returncode)
    again, other = start(binary, index, port)
    tally.check("each start has its own token", other not in ("", token), other)
    again.send_signal(signal.SIGTERM)
    again.wait(20)
    tally.close("login")


if __name__ == "__main__":
    main()
