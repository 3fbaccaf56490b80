"""Time of 5,000 hits as a pandas frame beside the command's time, and memory of a million lines of a concordance.

    python benches/measure.py search INDEX PROGRAM [QUERY]
    python benches/measure.py memory INDEX [QUERY]

Times are the least of several runs, in milliseconds, after the files of the index have been read once. The command's start is its
time for letters that no document has, and is taken off. Memory is the most that the process ever had resident, the mapped files of the index
among it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable

import xunzhang

RUNS = 7


def least(work: Callable[[], object]) -> float:
    """Milliseconds of the fastest run."""
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1e3


def search(folder: str, program: str, query: str = "工作") -> None:
    import pandas

    def command(query: str) -> Callable[[], object]:
        arguments = [program, "--index", folder, "-q", "search", query, "-n", "5000", "--format", "json"]
        return lambda: subprocess.run(arguments, stdout=subprocess.PIPE, check=False)

    index = xunzhang.Index.open(folder)
    frame = index.search(query, limit=5000).to_pandas()
    start = least(command("zzqqxxjj"))
    whole = least(command(query))
    package = least(lambda: index.search(query, limit=5000).to_pandas())
    answer = least(lambda: index.search(query, limit=5000))
    print(f"{query}: {len(frame)} hits, pandas {pandas.__version__}")
    print(f"command {whole:.1f} ms, its start {start:.1f} ms, without it {whole - start:.1f} ms")
    print(f"package {package:.1f} ms to pandas, {answer:.1f} ms of it the search; ratio {package / (whole - start):.2f}")


def memory(folder: str, query: str = "的 OR 和 OR 国 OR 人") -> None:
    def most() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    import pyarrow

    begin = most()
    index = xunzhang.Index.open(folder)
    started = time.perf_counter()
    lines = index.concordance(query, limit=1_000_000)
    found = time.perf_counter() - started
    print(f"{query}: {len(lines):,} lines; before {begin:.0f} MiB, found in {found:.1f} s, {most():.0f} MiB")
    n_rows = 0
    started = time.perf_counter()
    for batch in pyarrow.RecordBatchReader.from_stream(lines):
        n_rows += batch.num_rows
    print(f"read as a stream: {n_rows:,} rows in {time.perf_counter() - started:.1f} s, {most():.0f} MiB")
    table = lines.to_arrow()
    print(f"kept as a table: {table.num_rows:,} rows, {table.nbytes / 2**20:.0f} MiB of it, {most():.0f} MiB")


if __name__ == "__main__":
    {"search": search, "memory": memory}[sys.argv[1]](*sys.argv[2:])
