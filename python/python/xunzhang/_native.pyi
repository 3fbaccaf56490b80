"""The native part of the package; use the classes of :mod:`xunzhang`."""

from collections.abc import Callable
from os import PathLike
from typing import Any, Literal

__version__: str

StrPath = str | PathLike[str]
Progress = Callable[[int, int], object]

class Table:
    def __len__(self) -> int: ...
    def json(self, start: int, stop: int) -> str: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any: ...

class Filter:
    def __new__(
        cls,
        *,
        collection: list[str],
        kind: list[str],
        issuer: list[str],
        year: list[str],
        since: str | None,
        until: str | None,
        path: list[str],
        section: str | None,
        role: list[str],
        in_: str,
        no_ocr: bool,
    ) -> Filter: ...

class Report:
    def head(self) -> str: ...
    def table(self, name: str) -> Table: ...

class Index:
    @staticmethod
    def open(path: StrPath) -> Index: ...
    def status(self) -> str: ...
    def search(
        self,
        query: str,
        filter: Filter,
        limit: int,
        offset: int,
        by: str,
        sort: str,
        context: int,
        collapse: bool,
        explain: bool,
    ) -> tuple[str, Table]: ...
    def count(self, query: str, filter: Filter) -> str: ...
    def concordance(
        self,
        query: str,
        filter: Filter,
        window: int,
        sort: str,
        group: str | None,
        sample: int | None,
        seed: int,
        limit: int | None,
    ) -> tuple[str, Table, Table]: ...
    def precedent(
        self, text: str, filter: Filter, min_similarity: float, limit: int, sources: int
    ) -> tuple[str, Table, Table]: ...
    def lineage(
        self, wording: str, filter: Filter, min_similarity: float, limit: int, uses: bool
    ) -> tuple[str, Table, Table, Table]: ...
    def frame(
        self, pattern: str, filter: Filter, limit: int | None
    ) -> tuple[str, Table, list[Table]]: ...
    def compare(self, old: str, new: str, filter: Filter) -> tuple[str, Table]: ...
    def compare_series(self, glob: str, filter: Filter) -> list[tuple[str, Table]]: ...
    def report(
        self,
        words: list[str],
        lists: list[StrPath],
        filter: Filter,
        excerpts: int,
        negation: bool,
        progress: Progress | None,
    ) -> Report: ...
    def trend(
        self, words: list[str], filter: Filter, by: str, progress: Progress | None
    ) -> tuple[str, Table, Table]: ...
    def check(
        self,
        text: str | None,
        file: StrPath | None,
        filter: Filter,
        limit: int,
        sources: int,
        documents: int,
        exclude: list[str],
        min_similarity: float,
        progress: Progress | None,
    ) -> tuple[str, Table, Table, Table]: ...
    def outline(self, document: str) -> tuple[str, Table]: ...
    def read(self, document: str) -> tuple[str, Table]: ...
    def documents(self, filter: Filter, title: str | None, sort: str) -> Table: ...

def build(
    paths: list[tuple[str | None, StrPath]],
    into: StrPath,
    rebuild: bool,
    prune: bool,
    jobs: int | None,
    memory: str,
    dict: list[StrPath],
    synonyms: list[StrPath],
    exclude: list[str],
    map: str | None,
    progress: Progress | None,
) -> str: ...
def read_for_parent() -> None: ...
def set_language(language: Literal["zh", "en"]) -> None: ...
def language() -> Literal["zh", "en"]: ...
