"""A client of `xunzhang mcp` over standard input and output, in the two eras of the protocol, and what counts checks."""

import json
import queue
import subprocess
import sys
import threading
import time

MODERN = "2026-07-28"
LEGACY = ["2025-11-25", "2025-06-18"]


class Gone(Exception):
    """The server has closed its output."""


class Client:
    """A server that this process has started; `version` is the protocol that is spoken with it."""

    def __init__(self, binary: str, arguments: list[str], version: str = LEGACY[0]) -> None:
        command = [binary, *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.version = version
        self.notices: list[dict] = []
        self._id = 0
        self._lines: queue.Queue = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        if version != MODERN:
            self.hello = self.ask("initialize", {"protocolVersion": version, "capabilities": {}, "clientInfo": {"name": "tests", "version": "1"}})
            self.tell("notifications/initialized", {})
        else:
            self.hello = self.ask("server/discover", {})

    def _read(self) -> None:
        try:
            for line in self.process.stdout:
                self._lines.put(line)
        except ValueError:
            pass  # The test has closed it.
        self._lines.put(None)

    def send_raw(self, line: bytes) -> None:
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def _send(self, message: dict) -> None:
        self.send_raw(json.dumps(message, ensure_ascii=False).encode())

    def message(self, timeout: float = 60) -> dict:
        """The next message of the server."""
        try:
            line = self._lines.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if line is None:
            raise Gone
        return json.loads(line)

    def tell(self, method: str, params: dict) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def begin(self, method: str, params: dict) -> int:
        """Sends a request; its id."""
        self._id += 1
        if self.version == MODERN:
            about = {
                "io.modelcontextprotocol/protocolVersion": MODERN,
                "io.modelcontextprotocol/clientInfo": {"name": "tests", "version": "1"},
                "io.modelcontextprotocol/clientCapabilities": {},
            }
            params = {**params, "_meta": {**about, **params.get("_meta", {})}}
        self._send({"jsonrpc": "2.0", "id": self._id, "method": method, "params": params})
        return self._id

    def end(self, ident: int, timeout: float = 60) -> dict:
        """The answer to a request; what comes before it is kept in `notices`."""
        until = time.monotonic() + timeout
        while True:
            message = self.message(max(until - time.monotonic(), 0.01))
            if message.get("id") == ident and "method" not in message:
                return message
            self.notices.append(message)

    def ask(self, method: str, params: dict, timeout: float = 60) -> dict:
        return self.end(self.begin(method, params), timeout)

    def call(self, tool: str, arguments: dict, timeout: float = 60) -> dict:
        """The result of a tool; a protocol error is an exception."""
        answer = self.ask("tools/call", {"name": tool, "arguments": arguments}, timeout)
        if "result" not in answer:
            raise AssertionError(f"{tool} {arguments}: {answer}")
        return answer["result"]

    def close(self) -> int:
        """Closes the input; the exit status."""
        self.process.stdin.close()
        return self.process.wait(timeout=20)


class Tally:
    """Counts checks; the last line that it prints has their numbers."""

    def __init__(self, name: str) -> None:
        self.name, self.passed, self.failed = name, 0, 0

    def check(self, is_right: bool, what: str) -> bool:
        if is_right:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {self.name}: {what}", flush=True)
        return is_right

    def finish(self) -> None:
        print(f"{self.name}: {self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0)


def text_of(result: dict) -> str:
    return "".join(block.get("text", "") for block in result["content"])
