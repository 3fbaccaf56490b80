"""The index of the sample reports, and the command line program where one is given."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import xunzhang

CORPUS = Path(__file__).parents[2] / "corpus"
Cli = Callable[..., Any]


@pytest.fixture(scope="session", autouse=True)
def english() -> None:
    xunzhang.set_language("en")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("index") / "index"
    xunzhang.Index.build(CORPUS, into)
    return into


@pytest.fixture(scope="session")
def index(folder: Path) -> xunzhang.Index:
    return xunzhang.Index.open(folder)


@pytest.fixture(scope="session")
def cli(folder: Path) -> Cli:
    """Runs the program on the index, and reads the JSON that it prints."""
    program = os.environ.get("XUNZHANG")
    if not program:
        pytest.skip("XUNZHANG names no program")

    def run(*arguments: str, stdin: str | None = None) -> Any:
        command = [program, "--index", str(folder), "--lang", "en", "-q", *arguments]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)

    return run
