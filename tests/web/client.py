"""A small HTTP/1.1 client on a socket, which can say what no library would say, and the tally of checks."""

import re
import socket
import sys
import time
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

CRLF = "\r\n"


@dataclass
class Answer:
    """What came back; status 0 means that the connection was closed without an answer."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0

    def kind(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]


@dataclass
class Server:
    host: str
    port: int

    @staticmethod
    def at(address: str) -> "Server":
        host, port = address.rsplit(":", 1)
        return Server(host, int(port))

    def authority(self) -> str:
        return f"{self.host}:{self.port}"

    def connect(self, timeout: float = 20) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout)

    def raw(self, request: bytes, timeout: float = 20, head_only: bool = False) -> Answer:
        """Sends bytes as they are, and reads one answer."""
        start = time.monotonic()
        with self.connect(timeout) as stream:
            try:
                stream.sendall(request)
            except OSError:
                pass  # The server may refuse before it has read everything; its answer is still to be read.
            answer = read_answer(stream, head_only)
        answer.seconds = time.monotonic() - start
        return answer

    def ask(self, target: str, method: str = "GET", headers: dict | None = None, body: bytes = b"", timeout: float = 20) -> Answer:
        """One request; a header with the value None is left out, one with a list of values is sent repeatedly."""
        fields = {"Host": self.authority(), "Connection": "close"} | (headers or {})
        if body or method == "POST":
            fields.setdefault("Content-Length", str(len(body)))
        head = [f"{method} {target} HTTP/1.1"]
        for name, value in fields.items():
            values = value if isinstance(value, list) else [] if value is None else [value]
            head += [f"{name}: {each}" for each in values]
        request = (CRLF.join(head) + CRLF * 2).encode("utf-8", "surrogateescape") + body
        return self.raw(request, timeout, head_only=method == "HEAD")

    def form(self, path: str, fields: dict, headers: dict | None = None) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} | (headers or {})
        return self.ask(path, "POST", headers, urlencode(fields).encode())

    def upload(self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]], timeout: float = 60) -> Answer:
        kind, body = multipart(fields, files)
        return self.ask(path, "POST", {"Content-Type": kind}, body, timeout)

    def token(self, path: str) -> str:
        """The hidden token of the forms of a page, or nothing."""
        page = self.ask(path).body.decode("utf-8", "replace")
        tag = re.search(r'<input\b[^>]*\bname="token"[^>]*>', page)
        value = re.search(r'\bvalue="([^"]*)"', tag[0]) if tag else None
        return value[1] if value else ""


def target(path: str, /, **parameters) -> str:
    """A path with parameters, each value percent-encoded; a list repeats its name."""
    pairs = [(name, value) for name, values in parameters.items() for value in (values if isinstance(values, list) else [values])]
    return path + ("?" + "&".join(f"{name}={quote(str(value), safe='')}" for name, value in pairs) if pairs else "")


def multipart(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[str, bytes]:
    boundary = "----xunzhang-tests-7d1f0c"
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    parts += [(f'name="{name}"; filename="{file}"{CRLF}Content-Type: application/octet-stream', content) for name, (file, content) in files.items()]
    body = b"".join(f"--{boundary}{CRLF}Content-Disposition: form-data; {head}{CRLF * 2}".encode() + content + CRLF.encode() for head, content in parts)
    return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--{CRLF}".encode()


def read_answer(stream: socket.socket, head_only: bool = False) -> Answer:
    data = b""
    try:
        while b"\r\n\r\n" not in data:
            piece = stream.recv(65536)
            if not piece:
                return Answer()
            data += piece
        head, body = data.split(b"\r\n\r\n", 1)
        lines = head.decode("latin-1").split(CRLF)
        headers: dict[str, str] = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        answer = Answer(int(lines[0].split()[1]), headers)
        if head_only or answer.status in (204, 304):
            stream.settimeout(0.2)
        answer.body = read_body(stream, headers, body, head_only)
        return answer
    except (OSError, IndexError, ValueError):
        return Answer()


def read_body(stream: socket.socket, headers: dict[str, str], body: bytes, head_only: bool) -> bytes:
    length = headers.get("content-length")
    while head_only or length is None or len(body) < int(length):
        try:
            piece = stream.recv(1 << 20)
        except OSError:
            break
        if not piece:
            break
        body += piece
    if headers.get("transfer-encoding", "").lower() == "chunked" and not head_only:
        body = unchunked(body)
    return body


def unchunked(data: bytes) -> bytes:
    body = b""
    while data:
        size, _, data = data.partition(b"\r\n")
        n_bytes = int(size.split(b";")[0] or b"0", 16)
        if n_bytes == 0:
            break
        body, data = body + data[:n_bytes], data[n_bytes + 2 :]
    return body


class Tally:
    """Counts checks; says what failed as it happens."""

    def __init__(self) -> None:
        self.passed = 0
        self.failed = 0

    def check(self, name: str, holds: bool, seen: object = "") -> bool:
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}" + (f": {str(seen)[:300]}" if seen != "" else ""), flush=True)
        return holds

    def close(self, program: str) -> None:
        print(f"{program}: {self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)
