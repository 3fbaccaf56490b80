"""寻章 xunzhang: full-text search, precedent wording and keyword counts over collections of Chinese official reports.

::

    import xunzhang

    index = xunzhang.Index.build("报告", "index")
    hits = index.search("失地农民 安置", limit=100, year="2005..2010")
    hits.to_pandas()                       # or polars.DataFrame(hits), pyarrow.table(hits)
    for hit in hits:                       # plain dataclasses
        print(hit.place, hit.passage.text)

No network, no model. Offsets are 0-based characters of the original text, half-open; counts are exact and equal those of the
command line.
"""

from __future__ import annotations

from typing import Literal

from . import _data, _errors, _index, _native, _tables
from ._data import *
from ._errors import *
from ._index import *
from ._native import __version__
from ._tables import *

__all__ = [
    "__version__",
    "language",
    "set_language",
    *_data.__all__,
    *_errors.__all__,
    *_index.__all__,
    *_tables.__all__,
]


def set_language(language: Literal["zh", "en"]) -> None:
    """Chooses the language of messages; at first it is that of the locale."""
    _native.set_language(language)


def language() -> Literal["zh", "en"]:
    """The language of messages."""
    return _native.language()
