"""Puts the questions of questions.jsonl to the tools: is the right passage in the first answer, and no answer over its limit?

`questions.py BINARY INDEX`
"""

import json
import sys
from pathlib import Path

from client import Client, Tally, text_of

# Share of the questions that the first answer must hold.
BAR = 0.9


def is_right(question: dict, text: str) -> bool:
    return any(place in text for place in question.get("place", [])) or any(said in text for said in question.get("says", []))


def main() -> None:
    tally = Tally("questions")
    client = Client(sys.argv[1], ["--index", sys.argv[2], "--lang", "zh", "mcp"])
    lines = Path(__file__).with_name("questions.jsonl").read_text(encoding="utf-8").splitlines()
    n_right = 0
    for line in lines:
        question = json.loads(line)
        result = client.call(question["tool"], question["arguments"])
        text = text_of(result)
        structured = json.dumps(result.get("structuredContent"), ensure_ascii=False, separators=(",", ":"))
        tally.check(max(len(text), len(structured)) <= 6_000, f"{question['question']}: {len(text)}, {len(structured)} characters")
        if is_right(question, text):
            n_right += 1
        else:
            print(f"not in the first answer: {question['question']} {question['tool']} {question['arguments']}\n{text[:600]}\n")
    tally.check(n_right >= BAR * len(lines), f"{n_right} of {len(lines)} questions")
    print(f"{n_right} of {len(lines)} questions are answered by the first answer")
    client.close()
    tally.finish()


main()
