"""What a hostile page in the same browser, or a hostile client, may try. Each must be refused or answered harmlessly, and others served meanwhile.

`attacks.py ADDRESS FOLDER`: FOLDER is what documents.py wrote; its secret.txt is outside the index, and no answer may hold its text.
"""

import sys
import threading
import time
from pathlib import Path

from client import CRLF, Answer, Server, Tally, target
from documents import SECRET
from uploads import ESCAPED, hostile_files

NORMAL = target("/api/search", q="改革")
MEGABYTE = 1 << 20
# Of the answers to what is refused before it is read: the connection may also end without one.
REFUSED = range(400, 500)
# The longest answer to a normal request while others misbehave.
AT_ONCE = 1.0


class Attack:
    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder, self.tally = server, folder, Tally()
        self.secret = str(folder / "secret.txt")

    def refused(self, name: str, answer: Answer, closed_too: bool = False) -> None:
        """A status of 4xx, in the form of the place, without any content of a file."""
        held = answer.status in REFUSED or (closed_too and answer.status == 0)
        self.tally.check(f"{name}: refused", held, f"{answer.status} {answer.body[:120]!r}")
        self.leaks_nothing(name, answer)

    def refused_problem(self, name: str, answer: Answer) -> None:
        self.refused(name, answer)
        self.tally.check(f"{name}: a problem", answer.kind() == "application/problem+json", answer.kind())

    def harmless(self, name: str, answer: Answer) -> None:
        """Any answer but a failure of the server's own."""
        self.tally.check(f"{name}: answered", 0 < answer.status < 500, f"{answer.status} {answer.body[:120]!r}")
        self.leaks_nothing(name, answer)

    def leaks_nothing(self, name: str, answer: Answer) -> None:
        text = answer.body.decode("utf-8", "replace")
        leaked = [each for each in (SECRET, "root:x:0:0", "panicked at", "RUST_BACKTRACE", ".rs:") if each in text]
        self.tally.check(f"{name}: no content of a file, no internals", not leaked, leaked)

    def alive(self, name: str) -> None:
        answer = self.server.ask(NORMAL, timeout=10)
        self.tally.check(f"{name}: others are served", answer.status == 200, answer.status)
        self.tally.check(f"{name}: others are served at once", answer.seconds < AT_ONCE, f"{answer.seconds:.2f} s")


def foreign_names(attack: Attack) -> None:
    """DNS rebinding sends a foreign Host; a page of another site sends its Origin."""
    server, port = attack.server, attack.server.port
    for path in ("/", "/search?q=1", "/api/status", "/healthz", "/openapi.json", "/nothing"):
        for host in ("evil.example", f"evil.example:{port}", f"{server.authority()}.evil.example", f"evil@{server.authority()}", "127.0.0.1:1", "", "127.0.0.1.", f"0.0.0.0:{port}", "a b", f"[::1%25lo]:{port}"):
            attack.refused(f"Host {host!r} of {path}", server.ask(path, headers={"Host": host}))
        attack.refused(f"no Host of {path}", server.ask(path, headers={"Host": None}))
        attack.refused(f"two Hosts of {path}", server.ask(path, headers={"Host": [server.authority(), "evil.example"]}))
        attack.refused(f"two Hosts of {path}, ours last", server.ask(path, headers={"Host": ["evil.example", server.authority()]}))
        for origin in ("http://evil.example", "null", "https://" + server.authority(), "http://127.0.0.1:1", "http://127.0.0.1", f"http://{server.authority()}.evil.example", "file://", ""):
            attack.refused(f"Origin {origin!r} of {path}", server.ask(path, headers={"Origin": origin}))
        for fetched in ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}):
            attack.refused(f"{path} fetched by another site", server.ask(path, headers=fetched))
    attack.refused("an absolute target of another host", server.ask("http://evil.example/api/status"))
    attack.refused("HTTP/1.0 without Host", server.raw(b"GET /api/status HTTP/1.0\r\n\r\n"))
    ours = server.ask("/api/status", headers={"Origin": f"http://{server.authority()}"})
    attack.tally.check("our own Origin is served", ours.status == 200, ours.status)
    by_name = server.ask("/api/status", headers={"Host": f"localhost:{port}"})
    attack.tally.check("localhost is served", by_name.status == 200, by_name.status)


def forged_posts(attack: Attack) -> None:
    """Forms that a page of another site could send: without our token, or with a wrong one."""
    server = attack.server
    fields = {"/check": {"text": "坚持改革。"}, "/report": {"keywords": "改革"}, "/report/1/cancel": {}, "/build": {"paths": str(attack.folder), "path": str(attack.folder)}}
    for path, values in fields.items():
        attack.refused(f"POST {path} without a token", server.form(path, values))
        attack.refused(f"POST {path} with a wrong token", server.form(path, values | {"token": "0" * 64}))
        attack.refused(f"POST {path} with an empty token", server.form(path, values | {"token": ""}))
        attack.refused(f"POST {path} as multipart without a token", server.upload(path, values, {}))
        attack.refused(f"POST {path} as text/plain", server.ask(path, "POST", {"Content-Type": "text/plain"}, b"token=x&text=x"))
        token = server.token("/check")
        other_site = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
        attack.refused(f"POST {path} sent by another site", server.form(path, values | {"token": token}, other_site))
        for origin in ("http://evil.example", "null"):
            attack.refused(f"POST {path} from {origin}", server.form(path, values | {"token": token}, {"Origin": origin}))
    for origin in ("http://evil.example", "null"):
        headers = {"Content-Type": "application/json", "Origin": origin}
        attack.refused_problem(f"POST /api/check from {origin}", server.ask("/api/check", "POST", headers, b'{"text":"x"}'))
    attack.refused_problem("POST /api/check of no JSON", server.ask("/api/check", "POST", {"Content-Type": "application/json"}, b'{"text":'))
    attack.refused_problem("POST /api/check of other JSON", server.ask("/api/check", "POST", {"Content-Type": "application/json"}, b"[1,2]"))
    attack.refused_problem("POST /api/check of deep JSON", server.ask("/api/check", "POST", {"Content-Type": "application/json"}, b"[" * 100_000))
    attack.refused_problem("POST /api/check of bytes", server.ask("/api/check", "POST", {"Content-Type": "application/json"}, b'{"text":"\xff\xfe"}'))


def other_files(attack: Attack) -> None:
    """Only documents of the index are shown, whatever they are called."""
    outside = attack.secret
    up = "../" * 12 + outside.lstrip("/")
    names = ["../../etc/passwd", "/etc/passwd", "/etc/passwd:1", "corpus/../../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "....//....//etc/passwd", "corpus\\..\\secret.txt", "file:///etc/passwd", "/etc/passwd\0.txt", "corpus/青柳县/2009年工作总结.txt\0", outside, f"{outside}:1", up, f"corpus/{up}", "恶/../../secret.txt", "secret.txt", "../secret.txt:1", "/proc/self/environ", "/proc/self/cmdline", "/dev/stdin", "/dev/zero", "-", "@/etc/passwd", "~/.bashrc", "C:\\Windows\\win.ini", "\\\\host\\share", "", ".", "/", "corpus", "README.md", "Cargo.toml", "./Cargo.toml"]
    # Two records of the collection have ids like these: their own texts are shown.
    records = ["/etc/group", "../../../etc/shadow"]
    for name in names + records:
        for path, parameter in (("/original", "document"), ("/show", "place"), ("/similar", "document"), ("/api/show", "place"), ("/api/show", "q"), ("/api/outline", "document"), ("/api/similar", "document")):
            answer = attack.server.ask(target(path, **{parameter: name}))
            if name in records:
                attack.harmless(f"{path} of {name!r}", answer)
            elif path.startswith("/api/"):
                attack.refused_problem(f"{path} of {name!r}", answer)
            else:
                attack.refused(f"{path} of {name!r}", answer)
    for raw in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../../etc/passwd", "/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/assets//etc/passwd", "//etc/passwd", "/report/../../../etc/passwd", "/report/%2e%2e%2f%2e%2e%2fsecret.xlsx", "/report/..%00.xlsx", "/search.xlsx/../../etc/passwd", "/search.exe?q=1", "/%00", "/\x7f", "/%ff%fe", "/original?document=%ff%fe", "/original?document=%00", "/original?document=%zz", "/.git/config", "/index/meta.json"):
        attack.refused(f"GET {raw!r}", attack.server.ask(raw))


def named_files(attack: Attack) -> None:
    """Arguments that name files on the command line name none here."""
    server, outside = attack.server, attack.secret
    for url in (target("/api/check", draft=outside), target("/api/check", q=outside), target("/api/check", text="@" + outside), target("/api/precedent", text="-"), target("/api/precedent", text=outside), target("/api/report", keyword=outside), target("/api/report", keyword="/etc/hosts.txt"), target("/api/report", keyword="@" + outside), target("/api/report", keywords=outside), target("/api/search", q="@" + outside), target("/report", keywords=outside), target("/check", draft=outside)):
        answer = server.ask(url)
        attack.harmless(f"GET {url}", answer)
        attack.tally.check(f"GET {url}: at once", answer.seconds < 5, f"{answer.seconds:.2f} s")
    for fields in ({"draft": outside}, {"text": outside}, {"q": outside}):
        body = str(fields).replace("'", '"').encode()
        attack.harmless(f"POST /api/check of {fields}", server.ask("/api/check", "POST", {"Content-Type": "application/json"}, body))
    token = server.token("/check")
    attack.tally.check("the form of /check has a token", token != "", "")
    attack.harmless("a draft that is a name", server.upload("/check", {"token": token, "draft": outside, "text": ""}, {}))
    written = attack.folder / "written.xlsx"
    for name, value in (("output", written), ("o", written), ("output", "/dev/stdout"), ("queries", outside), ("config", outside), ("index", attack.folder), ("dict", outside), ("synonyms", outside), ("overwrite", "1"), ("unknown", "1")):
        for path in ("/api/search", "/api/report", "/api/docs", "/api/trend", "/api/status"):
            attack.refused_problem(f"{path} with {name}", server.ask(target(path, q="改革", keyword="改革", **{name: value})))
        attack.harmless(f"/search with {name}", server.ask(target("/search", q="改革", **{name: value})))
    attack.tally.check("no file was written", not written.exists(), written)


def too_much(attack: Attack) -> None:
    server = attack.server
    attack.refused("a query of 10 MB in the URL", server.ask("/search?q=" + "a" * 10 * MEGABYTE), closed_too=True)
    attack.refused("a query of 10 MB in the URL of the API", server.ask("/api/search?q=" + "%E6" * (10 * MEGABYTE // 3)), closed_too=True)
    attack.harmless("a query of 60 kB in the URL", server.ask("/api/search?q=" + "a+" * 30_000))
    attack.refused("a query of brackets", server.ask("/api/search?q=" + "(" * 8_000), closed_too=True)
    attack.harmless("many parameters", server.ask("/api/search?q=1&" + "&".join(["kind=x"] * 1_000)))
    attack.harmless("a limit of billions", server.ask(target("/api/search", q="改革", limit=2**62)))
    attack.refused_problem("a limit over every number", server.ask(target("/api/search", q="改革", limit="9" * 40)))
    attack.harmless("an offset of billions", server.ask(target("/search", q="改革", offset=2**62)))
    attack.harmless("a context of billions", server.ask(target("/api/search", q="改革", context=2**62)))
    attack.harmless("a window of billions", server.ask(target("/api/concordance", q="改革", window=2**62)))
    attack.refused("a header of 1 MB", server.ask("/", headers={"X-Long": "a" * MEGABYTE}), closed_too=True)
    attack.refused("10,000 headers", server.ask("/", headers={f"X-{n}": "1" for n in range(10_000)}), closed_too=True)
    json_type = {"Content-Type": "application/json"}
    for path in ("/api/search", "/api/precedent", "/api/report"):
        body = b'{"q":"' + b"a" * 10 * MEGABYTE + b'"}'
        attack.refused(f"POST {path} of 10 MB", server.ask(path, "POST", json_type, body, timeout=30), closed_too=True)
    attack.refused("a body said to be endless", server.ask("/api/check", "POST", json_type | {"Content-Length": str(2**62)}, b"{", timeout=40), closed_too=True)
    attack.refused("a body of a negative length", server.ask("/api/check", "POST", json_type | {"Content-Length": "-1"}, b"{"), closed_too=True)
    attack.refused("two lengths", server.ask("/api/check", "POST", json_type | {"Content-Length": ["2", "5"]}, b"{}abc"), closed_too=True)
    attack.refused("a length and chunks", server.ask("/api/check", "POST", json_type | {"Transfer-Encoding": "chunked"}, b"0\r\n\r\n"), closed_too=True)
    attack.refused("no request at all", server.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200), closed_too=True)
    attack.refused("a method of 1 MB", server.raw(b"A" * MEGABYTE + b" / HTTP/1.1\r\n\r\n"), closed_too=True)
    attack.alive("after too much")


def endless_chunks(attack: Attack) -> None:
    """Bodies without an end are cut off; what was sent by then is bounded."""
    for path, kind in (("/check", "multipart/form-data; boundary=x"), ("/api/check", "application/json"), ("/report", "application/x-www-form-urlencoded")):
        head = f"POST {path} HTTP/1.1{CRLF}Host: {attack.server.authority()}{CRLF}Content-Type: {kind}{CRLF}Transfer-Encoding: chunked{CRLF * 2}"
        piece = b"10000\r\n" + b"a" * 65536 + b"\r\n"
        sent, start = 0, time.monotonic()
        with attack.server.connect(10) as stream:
            stream.sendall(head.encode())
            try:
                while sent < 512 * MEGABYTE and time.monotonic() - start < 20:
                    stream.sendall(piece)
                    sent += len(piece)
            except OSError:
                pass  # Cut off: as it should be.
        attack.tally.check(f"an endless body to {path} is cut off", sent < 256 * MEGABYTE and time.monotonic() - start < 20, f"{sent // MEGABYTE} MB sent")
        attack.alive(f"after an endless body to {path}")


class Slow:
    """Clients that send a byte now and then, for ever: headers, bodies, or nothing; and one that never reads."""

    def __init__(self, attack: Attack, n_heads: int = 50, n_bodies: int = 10) -> None:
        self.attack, self.n_open, self.done = attack, 0, threading.Event()
        host = attack.server.authority()
        head = f"GET /api/search?q=1 HTTP/1.1{CRLF}Host: {host}{CRLF}X-Slow: ".encode()
        body = f"POST /api/check HTTP/1.1{CRLF}Host: {host}{CRLF}Content-Type: application/json{CRLF}Content-Length: 1000{CRLF * 2}".encode()
        starts = [head] * n_heads + [body] * n_bodies + [b""] * n_bodies
        self.streams = [self.begin(start) for start in starts]
        self.n_all = len(starts)
        threading.Thread(target=self.drip, daemon=True).start()

    def begin(self, start: bytes):
        stream = self.attack.server.connect(5)
        stream.sendall(start)
        stream.setblocking(False)
        return stream

    def drip(self) -> None:
        """A byte every half second to each; drops those that the server has closed."""
        while self.streams and not self.done.is_set():
            self.streams = [stream for stream in self.streams if self.is_open(stream)]
            time.sleep(0.5)

    @staticmethod
    def is_open(stream) -> bool:
        try:
            stream.send(b"a")
            return stream.recv(4096) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def end(self, within: float) -> None:
        """All of them are to be cut off by the server."""
        limit = time.monotonic() + within
        while self.streams and time.monotonic() < limit:
            time.sleep(0.5)
        left = len(self.streams)
        self.done.set()
        self.attack.tally.check("slow clients are cut off", left == 0, f"{left} of {self.n_all} still open")


def uploads(attack: Attack) -> None:
    token = attack.server.token("/check")
    for name, content in hostile_files().items():
        answer = attack.server.upload("/check", {"token": token}, {"draft": (name, content)}, timeout=60)
        attack.harmless(f"upload of {name}", answer)
        attack.tally.check(f"upload of {name}: in bounded time", answer.seconds < 30, f"{answer.seconds:.1f} s")
        attack.tally.check(f"upload of {name}: no markup of its name", b"<img data-pwned" not in answer.body, "")
        attack.alive(f"after the upload of {name}")


def meanwhile(attack: Attack, name: str, work) -> None:
    """Runs an attack while normal requests go on."""
    worker = threading.Thread(target=work, args=(attack,))
    worker.start()
    while worker.is_alive():
        attack.alive(f"during {name}")
        worker.join(0.5)


def main() -> None:
    attack = Attack(Server.at(sys.argv[1]), Path(sys.argv[2]))
    attack.alive("before")
    slow = Slow(attack)
    attack.alive("with slow clients")
    foreign_names(attack)
    forged_posts(attack)
    other_files(attack)
    named_files(attack)
    meanwhile(attack, "too much", too_much)
    meanwhile(attack, "endless bodies", endless_chunks)
    meanwhile(attack, "hostile uploads", uploads)
    attack.tally.check("no package wrote outside", not ESCAPED.exists(), ESCAPED)
    slow.end(within=45)
    attack.alive("after all")
    attack.tally.close("attacks")


if __name__ == "__main__":
    main()
