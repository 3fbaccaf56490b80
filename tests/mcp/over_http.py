"""The HTTP transport refuses what the page refuses, and bodies without end; clients that go leave nothing behind.

`over_http.py BINARY INDEX`
"""

import http.client
import json
import subprocess
import sys

from client import MODERN, Tally

ABOUT = {
    "io.modelcontextprotocol/protocolVersion": MODERN,
    "io.modelcontextprotocol/clientInfo": {"name": "tests", "version": "1"},
    "io.modelcontextprotocol/clientCapabilities": {},
}


class Server:
    """A server of its own, and what it has printed."""

    def __init__(self, binary: str, index: str, arguments: list[str]) -> None:
        command = [binary, "--index", index, "mcp", *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        url = next(word for word in line.split() if word.startswith("http://"))
        self.port = int(url.rsplit(":", 1)[1].split("/")[0])

    def send(self, method: str, body: bytes, headers: dict[str, str], path: str = "/mcp") -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        common = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": MODERN}
        try:
            connection.request(method, path, body, {**common, **headers})
            answer = connection.getresponse()
            return answer.status, answer.read(200_000).decode(errors="replace")
        except (ConnectionError, http.client.HTTPException) as error:
            return 0, str(error)
        finally:
            connection.close()

    def call(self, arguments: dict, headers: dict[str, str], tool: str = "count") -> tuple[int, str]:
        params = {"name": tool, "arguments": arguments, "_meta": ABOUT}
        message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": params}
        headers = {"Mcp-Method": "tools/call", "Mcp-Name": tool, **headers}
        return self.send("POST", json.dumps(message).encode(), headers)

    def end(self) -> tuple[int, str]:
        self.process.terminate()
        error = self.process.stderr.read()
        return self.process.wait(timeout=20), error


def guarded(server: Server, tally: Tally) -> None:
    status, body = server.call({"words": ["失地农民"]}, {})
    tally.check(status == 200 and '"occurrences"' in body, f"a call: {status} {body[:300]}")
    for headers, expected in [
        ({"Host": "evil.example"}, {421}),
        ({"Host": f"evil.example:{server.port}"}, {421}),
        ({"Host": f"127.0.0.1.evil.example:{server.port}"}, {421}),
        ({"Origin": "http://evil.example"}, {403}),
        ({"Origin": "null"}, {403}),
        ({"Origin": f"http://localhost:{server.port + 1}"}, {403}),
        ({"Sec-Fetch-Site": "cross-site"}, {403}),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "navigate"}, {403}),
        ({"Content-Type": "text/plain"}, {415}),
        ({"Accept": "text/html"}, {406}),
    ]:
        status, body = server.call({"words": ["失地农民"]}, headers)
        tally.check(status in expected and "occurrences" not in body, f"{headers}: {status} {body[:200]}")


def strange(server: Server, tally: Tally) -> None:
    for body in [b"", b"{", b"[]", b"7", b"\xff\xfe", b"[" * 100_000, b'{"jsonrpc":"2.0","id":1,"method":"no/such"}']:
        status, _ = server.send("POST", body, {})
        tally.check(400 <= status < 500, f"{body[:20]!r}: {status}")
    status, _ = server.send("POST", b'"' + b"a" * 20_000_000 + b'"', {})
    tally.check(status in (0, 413), f"20 MB: {status}")
    for method in ["PUT", "PATCH", "OPTIONS", "TRACE"]:
        status, _ = server.send(method, b"", {})
        tally.check(400 <= status < 500, f"{method}: {status}")
    for path in ["/", "/api/search?q=x", "/mcp/../api/status", "/build"]:
        status, _ = server.send("GET", b"", {}, path)
        tally.check(status == 404, f"{path}: {status}")
    status, body = server.call({"words": ["失地农民"]}, {})
    tally.check(status == 200, f"it answers after all of that: {status} {body[:200]}")


def main() -> None:
    binary, index = sys.argv[1:3]
    tally = Tally("http")
    server = Server(binary, index, ["--http", "127.0.0.1:0"])
    guarded(server, tally)
    strange(server, tally)
    status, error = server.end()
    tally.check(status == 0 and "panicked" not in error, f"it ends: {status} {error[:500]}")
    server = Server(binary, index, ["--http", "0.0.0.0:0"])
    line = server.process.stdout.readline()
    token = line.strip().removeprefix("Authorization: ")
    for headers, expected in [({}, 401), ({"Authorization": "Bearer x"}, 401), ({"Authorization": token}, 200)]:
        status, body = server.call({"words": ["失地农民"]}, headers)
        tally.check(status == expected, f"{headers}: {status} {body[:200]}")
    status, error = server.end()
    tally.check(status == 0 and "panicked" not in error, f"it ends: {status} {error[:500]}")
    tally.finish()


main()
