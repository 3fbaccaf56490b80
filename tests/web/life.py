"""A server's life: its start, an update of its index while it answers, a signal while it works, its next start.

`life.py BINARY FOLDER`; FOLDER is empty, and holds an index and documents afterwards.
"""

import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from client import Server, Tally, target

FORMS = ("/check", "/report")
OLD = target("/api/count", q="“两手抓”")
START_GOAL = 0.1
# On a busy machine, and with a binary that is not optimized.
START_LIMIT = 1.0


class Life:
    def __init__(self, binary: str, folder: Path) -> None:
        self.binary, self.folder, self.tally = binary, folder, Tally()
        self.documents = folder / "镇"
        self.documents.mkdir()
        for year in range(2001, 2021):
            self.write(f"{year}年总结.txt", f"测试镇{year}年工作总结\n\n一、主要工作\n坚持一手抓建设、一手抓管理，做到两手抓、两促进。{year}年完成投资三亿元。\n")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.server = Server("127.0.0.1", free.getsockname()[1])

    def write(self, name: str, text: str) -> None:
        (self.documents / name).write_text(text, encoding="utf-8")

    def index(self) -> None:
        subprocess.run([self.binary, "-q", "index", self.documents, "--index", self.folder / "index"], check=True, timeout=60, capture_output=True)

    def start(self) -> tuple[subprocess.Popen, float]:
        """A server, and the seconds from its launch to its first answer."""
        begun = time.monotonic()
        command = [self.binary, "serve", "--index", self.folder / "index", "--addr", self.server.authority()]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while time.monotonic() - begun < 10:
            try:
                if self.server.ask("/").status == 200:
                    break
            except OSError:
                time.sleep(0.002)
        return process, time.monotonic() - begun

    def stop(self, process: subprocess.Popen, what: str) -> None:
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            status = "none within 40 s"
        self.tally.check(f"{what}: SIGTERM ends it with status 0", status == 0, status)
        self.tally.check(f"{what}: within 10 s", time.monotonic() - begun < 10, f"{time.monotonic() - begun:.1f} s")


def updates(life: Life) -> None:
    """A commit is seen soon, and no request fails on the way."""
    before = life.server.ask(OLD)
    faults, done = [], threading.Event()

    def ask_on() -> None:
        while not done.is_set():
            try:
                answer = life.server.ask(OLD)
            except OSError as error:
                faults.append(str(error))
                continue
            if answer.status != 200 or answer.body[:1] != b"{":
                faults.append(f"{answer.status} {answer.body[:80]!r}")

    workers = [threading.Thread(target=ask_on) for _ in range(2)]
    for worker in workers:
        worker.start()
    life.write("2021年总结.txt", "测试镇2021年工作总结\n\n做到两手抓、两促进，新增试点三处。\n")
    (life.documents / "2001年总结.txt").unlink()
    life.write("2002年总结.txt", "测试镇2002年工作总结\n\n全部改写，不再有那句话。\n")
    life.index()
    begun, seen = time.monotonic(), 0.0
    while time.monotonic() - begun < 10 and not seen:
        if life.server.ask(target("/api/count", q="“新增试点”")).status == 200 and b'"occurrences":1' in life.server.ask(target("/api/count", q="“新增试点”")).body:
            seen = time.monotonic() - begun
        time.sleep(0.1)
    done.set()
    for worker in workers:
        worker.join()
    life.tally.check("a commit is seen within 5 s", 0 < seen < 5, f"{seen:.1f} s")
    life.tally.check("no request fails meanwhile", not faults, faults[:3])
    after = life.server.ask(OLD, headers={"If-None-Match": before.headers.get("etag", "")})
    life.tally.check("the old ETag is no longer the answer's", after.status == 200 and after.body != before.body, (after.status, after.body))


def ends_while_it_works(life: Life, process: subprocess.Popen) -> None:
    """What is running when the signal comes is answered."""
    answers = []
    url = target("/api/report", keyword=[f"{year}" for year in range(2001, 2021)], excerpts=50)
    worker = threading.Thread(target=lambda: answers.append(life.server.ask(url, timeout=40)))
    worker.start()
    time.sleep(0.05)
    life.stop(process, "a server at work")
    worker.join()
    life.tally.check("what was running is answered", answers and answers[0].status == 200 and answers[0].body.endswith(b"}\n"), answers and answers[0].status)


def main() -> None:
    life = Life(sys.argv[1], Path(sys.argv[2]))
    life.index()
    process, seconds = life.start()
    print(f"first page {seconds * 1000:.0f} ms after the launch (goal {START_GOAL * 1000:.0f})")
    life.tally.check("the first page is there soon", seconds < START_LIMIT, f"{seconds:.2f} s")
    forms = {path: (life.server.ask(path).headers.get("etag", '"none"'), life.server.token(path)) for path in FORMS}
    updates(life)
    ends_while_it_works(life, process)
    process, _ = life.start()
    for path, (tag, token) in forms.items():
        again = life.server.ask(path, headers={"If-None-Match": tag})
        life.tally.check(f"{path} is not the one before the restart, whose token is void", again.status == 200, again.status)
        life.tally.check(f"{path} has a token, and a new one", life.server.token(path) not in ("", token))
    life.stop(process, "an idle server")
    life.tally.close("life")


if __name__ == "__main__":
    main()
