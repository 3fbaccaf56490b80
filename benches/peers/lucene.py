"""Lucene's CJK analyzer, through the jar of Anserini that the package pyserini brings."""

import importlib.util
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from text import lines

OLDEST_JAVA = 21
MEMORY = 200
"""Megabytes held back before they are written, as our own default."""


def jar():
    """`ANSERINI_JAR`, or that of an installed pyserini."""
    if named := os.environ.get("ANSERINI_JAR"):
        return Path(named)
    package = importlib.util.find_spec("pyserini")
    folder = Path(package.origin).parent if package else Path("no-such-folder")
    return next(folder.glob("resources/jars/anserini-*-fatjar.jar"), None)


def java():
    """The program in `JAVA_HOME`, else the first on the path."""
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin/java") if home else shutil.which("java")


def missing():
    """Why it cannot be run; `None` if it can."""
    if jar() is None or not jar().is_file():
        return "no jar of Anserini: set ANSERINI_JAR, or install pyserini"
    if java() is None or not Path(java()).is_file():
        return "no java: set JAVA_HOME"
    said = subprocess.run([java(), "-version"], capture_output=True, text=True).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST_JAVA:
        return f"Java {OLDEST_JAVA} or newer is wanted, {java()} is {version[1] if version else 'unknown'}: set JAVA_HOME"
    return None


def prepare(folders, text, topics, query):
    """Writes what Anserini reads: passages as JSON Lines, and one query."""
    text.mkdir()
    with (text / "passages.jsonl").open("w", encoding="utf-8") as out:
        for number, (_, line) in enumerate(lines(folders)):
            out.write(json.dumps({"id": str(number), "contents": line}, ensure_ascii=False) + "\n")
    topics.write_text(f"1\t{query}\n", "utf-8")


def index(text, folder):
    """The command that indexes with positions and stored text."""
    return [
        *[java(), "-cp", jar(), "io.anserini.index.IndexCollection", "-collection", "JsonCollection"],
        *["-language", "zh", "-storePositions", "-storeRaw", "-quiet"],
        *["-threads", os.cpu_count(), "-memoryBuffer", MEMORY, "-input", text, "-index", folder],
    ]


def search(folder, topics, found):
    """The command that answers the query."""
    return [
        *[java(), "-cp", jar(), "io.anserini.search.SearchCollection", "-topicReader", "TsvString"],
        *["-language", "zh", "-bm25", "-hits", 10, "-index", folder, "-topics", topics, "-output", found],
    ]
