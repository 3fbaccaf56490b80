"""bm25s with jieba, the straightforward way: `bm25s_jieba.py index FOLDER FOLDER...` or `search FOLDER QUERY`."""

import logging
import sys

import bm25s
import jieba

from text import lines

jieba.setLogLevel(logging.WARNING)


def cut(text):
    return [word for word in jieba.cut_for_search(text) if word.strip()]


command, folder, *rest = sys.argv[1:]
if command == "index":
    corpus = [{"path": path, "text": line} for path, line in lines(rest)]
    ranked = bm25s.BM25()
    ranked.index([cut(passage["text"]) for passage in corpus], show_progress=False)
    ranked.save(folder, corpus=corpus, show_progress=False)
else:
    ranked = bm25s.BM25.load(folder, mmap=True, load_corpus=True)
    print(*ranked.retrieve([cut(rest[0])], k=10, show_progress=False)[0][0], sep="\n")
