"""Mixed requests for the load: words, phrases, gaps, filters, lists and documents; one path a line.

`load.py ADDRESS [QUERIES]`
"""

import json
import random
import sys
from pathlib import Path

from client import Server, target


def words(server: Server) -> list[str]:
    answer = server.ask(target("/api/words/top", limit=300))
    return [each["word"] for each in json.loads(answer.body)]


def queries(some: list[str], dice: random.Random) -> list[str]:
    one = lambda: dice.choice(some)
    forms = [one, lambda: f"{one()} {one()}", lambda: f"{one()} {one()} {one()}", lambda: f"“{one()}”", lambda: f"“{one()}{one()}”", lambda: f"“{one()}*{one()}”", lambda: f"{one()} NEAR/10 {one()}", lambda: f"+{one()} -{one()}"]
    return [dice.choice(forms)() for _ in range(1_000)]


def requests(server: Server, some: list[str], ids: list[str], dice: random.Random) -> list[str]:
    """Of ten requests three are pages and seven are JSON; five of them search."""
    out = []
    for query in some:
        year = dice.choice(["2005..2012", "2013..2024", "2009"])
        out += [
            target("/api/search", q=query),
            target("/search", q=query),
            target("/api/search", q=query, limit=20, offset=dice.choice([0, 20])),
            target("/api/search", q=query, year=year),
            target("/api/search", q=query, by="document"),
            target("/api/count", q=query),
            target("/api/concordance", q=query, limit=20),
            target("/show", place=dice.choice(ids), q=query),
            target("/api/outline", document=dice.choice(ids)),
            dice.choice(["/", "/api/status", "/collection", target("/documents", title=query[:4])]),
        ]
    return out


def main() -> None:
    server, dice = Server.at(sys.argv[1]), random.Random(18)
    if len(sys.argv) > 2:
        some = [line for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        some = queries(words(server), dice)
    listing = json.loads(server.ask("/api/docs", timeout=60).body)
    ids = [each["id"] for each in listing["documents"]]
    print("\n".join(requests(server, some, ids, dice)))


if __name__ == "__main__":
    main()
