"""SQLite FTS5 with trigrams: `sqlite_trigram.py index FILE FOLDER...` or `search FILE WORD`."""

import sqlite3
import sys

from text import lines

command, file, *rest = sys.argv[1:]
base = sqlite3.connect(file)
if command == "index":
    base.execute("CREATE VIRTUAL TABLE passage USING fts5(path UNINDEXED, text, tokenize='trigram')")
    base.executemany("INSERT INTO passage VALUES (?, ?)", lines(rest))
    base.commit()
else:
    found = "SELECT path, text FROM passage WHERE passage MATCH ? ORDER BY rank LIMIT 10"
    print(*base.execute(found, rest), sep="\n")
base.close()
