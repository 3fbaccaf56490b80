"""The text that peers are given: every line of every file with something on it."""

from pathlib import Path


def lines(folders):
    """Path and text of each line."""
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                for line in path.read_text("utf-8", "replace").splitlines():
                    if line.strip():
                        yield str(path), line
