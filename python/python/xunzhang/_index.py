"""An index, and what can be asked of it."""

from __future__ import annotations

import datetime
import inspect
import json
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypedDict, TypeVar, overload

from . import _native
from ._data import Count, Status, Summary, decode
from ._tables import (
    Check,
    Concordance,
    Documents,
    Comparison,
    Frame,
    Hits,
    Lineage,
    Outline,
    Passages,
    Precedents,
    Report,
    Trend,
)

if TYPE_CHECKING:
    from typing_extensions import Unpack

__all__ = ["DocumentFilters", "Filters", "Index"]

StrPath = str | os.PathLike[str]
Texts = str | Iterable[str]
Years = int | str | Iterable[int | str]
Date = int | str | datetime.date
#: Called with what is done and the total: files of an update, documents of a count, sentences of a draft.
Progress = Callable[[int, int], object]

F = TypeVar("F", bound=Callable[..., object])
T = TypeVar("T")
U = TypeVar("U")
V = TypeVar("V")
_Head = dict[str, Any]


class DocumentFilters(TypedDict, total=False):
    """Which documents are meant; every method that searches takes these keyword arguments."""

    #: Names of collections, any of them.
    collection: Texts | None
    #: 文种, as in 总结, 通知, 办法; any of them.
    kind: Texts | None
    #: Texts that the issuer's name holds, any of them.
    issuer: Texts | None
    #: ``2009``, ``"2005..2010"``, ``range(2005, 2011)``, ``"2010年"``.
    year: Years | None
    #: Documents of this date or later: ``2010``, ``"2010-06"``, ``datetime.date(2010, 6, 15)``.
    since: Date | None
    #: Documents of this date or earlier.
    until: Date | None
    #: Paths, folders or globs that the id matches, any of them: ``"2009/**"``.
    path: Texts | None


class Filters(DocumentFilters, total=False):
    """Where to look; every method that searches takes these keyword arguments, named as the command line's flags."""

    #: Text that a heading above holds.
    section: str | None
    #: Roles of the section: 基本情况, 做法, 成效, 体会, 问题, 打算, 建议; any of them.
    role: Texts | None
    #: Parts to look in (``--in``).
    in_: Literal["all", "body", "headings"]
    #: Leave out passages that were read by character recognition.
    no_ocr: bool


def _texts(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, (str, int)):
        return [str(value)]
    if isinstance(value, Iterable):
        return [str(one) for one in value]
    raise TypeError(f"expected text or several, not {type(value).__name__}")


def _filter(given: Filters | DocumentFilters) -> _native.Filter:
    filters: Filters = {**given}
    unknown = filters.keys() - _NAMES
    if unknown:
        raise TypeError(f"no filter {min(unknown)!r}; there are {', '.join(_NAMES)}")
    since, until = filters.get("since"), filters.get("until")
    return _native.Filter(
        collection=_texts(filters.get("collection")),
        kind=_texts(filters.get("kind")),
        issuer=_texts(filters.get("issuer")),
        year=_texts(filters.get("year")),
        since=None if since is None else str(since),
        until=None if until is None else str(until),
        path=_texts(filters.get("path")),
        section=filters.get("section"),
        role=_texts(filters.get("role")),
        in_=filters.get("in_", "all"),
        no_ocr=filters.get("no_ocr", False),
    )


_NAMES = tuple(DocumentFilters.__annotations__) + tuple(
    name for name in Filters.__annotations__ if name not in DocumentFilters.__annotations__
)
_DEFAULTS = {"in_": "all", "no_ocr": False}


def _filtered(method: F) -> F:
    """Shows the filters among the arguments of a method, for help and completion."""
    signature = inspect.signature(method)
    parameters = list(signature.parameters.values())
    last = parameters.pop()
    names = _NAMES if "DocumentFilters" not in str(last.annotation) else tuple(DocumentFilters.__annotations__)
    parameters += [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=_DEFAULTS.get(name)) for name in names
    ]
    method.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return method


class Index:
    """An index that is open for questions.

    It is a snapshot: later updates of its folder do not change what it finds. All methods may be called from several threads at
    once; the interpreter's lock is free while they work, and Ctrl-C ends them. Every method that takes ``**filters`` has those of
    :class:`Filters`. All numbers are those of the command line.
    """

    __slots__ = ("_index", "summary")

    #: What :meth:`build` did; None for an index that was only opened.
    summary: Summary | None

    def __init__(self, index: _native.Index, summary: Summary | None = None) -> None:
        self._index = index
        self.summary = summary

    @classmethod
    def open(cls, path: StrPath = "index") -> Index:
        """Opens the index in a folder for reading; takes no lock and writes nothing.

        Raises:
            IndexNotFoundError: if the folder has none.
            IndexDamagedError: if it is not as it was written.
        """
        return cls(_native.Index.open(path))

    @classmethod
    def build(
        cls,
        paths: StrPath | Iterable[StrPath] | Mapping[str, StrPath] = (),
        into: StrPath = "index",
        *,
        rebuild: bool = False,
        prune: bool = False,
        jobs: int | None = None,
        memory: int | str = "300MB",
        dict: StrPath | Iterable[StrPath] = (),
        synonyms: StrPath | Iterable[StrPath] = (),
        exclude: Texts = (),
        map: str | None = None,
        progress: Progress | None = None,
    ) -> Index:
        """Builds the index in the folder `into`, or brings it up to date, and opens it.

        Unchanged files are skipped, changed ones replaced, vanished ones removed, all in one commit that readers see whole or not
        at all. Files that give no document are in ``index.summary.skipped`` and are no error. Ctrl-C leaves the index as it was.

        Args:
            paths: Files and folders, each a collection that is called by its folder; or a mapping of names to them. Without any,
                those that the index was built from.
            into: Folder of the index.
            rebuild: Read every file anew, and drop what was indexed earlier.
            prune: Remove what folders gave that are gone, or empty, by now.
            jobs: Threads, from 1 to 64; one for each processor, at most 8, by default.
            memory: What may be held back before it is written, as in ``"200MB"``, ``"1G"``; a number is megabytes.
            dict: User dictionaries in jieba's format.
            synonyms: Files of words that mean the same, for queries.
            exclude: Globs of files and folders to leave out; kept for later runs until others are given.
            map: Columns of records, as in ``"text=full_text,title=标题"``.
            progress: Called with the number of files that are done, and of all.
        """
        if isinstance(paths, Mapping):
            places: list[tuple[str | None, StrPath]] = [(name, path) for name, path in paths.items()]
        else:
            places = [(None, path) for path in _paths(paths)]
        if not places:
            # Without an index there is nothing to bring up to date, and an empty one would hide a forgotten argument.
            _native.Index.open(into)
        summary = _native.build(
            places,
            into,
            rebuild,
            prune,
            jobs,
            str(memory),
            _paths(dict),
            _paths(synonyms),
            _texts(exclude),
            map,
            progress,
        )
        return cls(_native.Index.open(into), decode(Summary, json.loads(summary)))

    @property
    def status(self) -> Status:
        """What the index says of itself."""
        return decode(Status, json.loads(self._index.status()))

    @property
    def fingerprint(self) -> str:
        """Equal for indexes of equal documents and options."""
        return self.status.fingerprint

    def __len__(self) -> int:
        """Number of documents."""
        return self.status.documents

    def __repr__(self) -> str:
        status = self.status
        return f"<Index {status.index}: {status.documents:,} documents, {status.passages:,} passages>"

    @_filtered
    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        by: Literal["passage", "document"] = "passage",
        sort: Literal["score", "date", "-date", "path"] = "score",
        context: int = 0,
        collapse: bool = True,
        explain: bool = False,
        **filters: Unpack[Filters],
    ) -> Hits:
        """Ranked passages, or documents each by its best passage.

        Args:
            query: Words, “phrases”, any query of the query language.
            limit: Maximum number of hits.
            offset: Number of hits to skip.
            by: What is ranked.
            sort: The order; undated documents come last.
            context: Passages before and after each hit.
            collapse: Show passages of the same wording once, with the number of copies.
            explain: Say how each score arose (``hit.explanation``).

        Raises:
            QueryError: if the query cannot be read.
        """
        head, rows = self._index.search(
            query, _filter(filters), limit, offset, by, sort, context, collapse, explain
        )
        return Hits(json.loads(head), rows)

    @_filtered
    def count(self, query: str, **filters: Unpack[Filters]) -> Count:
        """Occurrences, passages and documents of a query, by the exact reading: as a scan of every passage would count."""
        return decode(Count, json.loads(self._index.count(query, _filter(filters))))

    @_filtered
    def concordance(
        self,
        query: str,
        *,
        window: int = 15,
        sort: Literal["path", "date", "left", "right", "hit"] = "path",
        group: str | None = None,
        sample: int | None = None,
        seed: int = 0,
        limit: int | None = None,
        **filters: Unpack[Filters],
    ) -> Concordance:
        """Every occurrence of a query in its context; as many lines as :meth:`count` says occurrences.

        Args:
            query: Words, “phrases”, any query of the query language.
            window: Characters or words of context on each side.
            sort: The order; ``left`` and ``right`` from the hit outwards.
            group: A frequency list (``.groups``): ``left:N``, ``right:N``, ``hit``, ``year``, ``issuer`` or ``collection``.
            sample: Number of lines drawn at random.
            seed: Which sample: the same number draws the same lines.
            limit: Maximum number of lines; all by default.
        """
        head, rows, groups = self._index.concordance(
            query, _filter(filters), window, sort, group, sample, seed, limit
        )
        return Concordance(json.loads(head), rows, groups)

    @_filtered
    def precedent(
        self,
        text: str,
        *,
        min_similarity: float = 0.5,
        limit: int = 10,
        sources: int = 100,
        **filters: Unpack[Filters],
    ) -> Precedents:
        """How others have put a wording, in which variants, how often, where.

        Args:
            text: The wording, at most 10,000 characters; several sentences are answered one by one.
            min_similarity: Minimum similarity, from 0 to 1.
            limit: Maximum number of variants of a sentence.
            sources: Maximum number of sources of a variant.
        """
        head, rows, found = self._index.precedent(
            text, _filter(filters), min_similarity, limit, sources
        )
        return Precedents(json.loads(head), rows, found)

    @_filtered
    def lineage(
        self,
        wording: str,
        *,
        min_similarity: float = 0.7,
        limit: int = 20,
        uses: bool = False,
        **filters: Unpack[Filters],
    ) -> Lineage:
        """Where a wording (提法) comes from: its forms, who took it up when, its peak, and what may have come after it.

        Args:
            wording: The wording, at most one sentence of 100 characters.
            min_similarity: Minimum similarity of a form to the wording and to the form that it goes back to, from 0 to 1.
            limit: Maximum number of forms, the most similar; at most 100.
            uses: List every passage that has the wording, at most 10,000.
        """
        head, forms, spread, found = self._index.lineage(
            wording, _filter(filters), min_similarity, limit, uses
        )
        return Lineage(json.loads(head), forms, spread, found)

    @_filtered
    def frame(self, pattern: str, *, limit: int | None = None, **filters: Unpack[Filters]) -> Frame:
        """What fills the slots of a pattern such as ``坚持以*为指导``.

        Args:
            pattern: Text with slots: ``*`` for 1 to 20 characters or words, ``*{m,n}``, ``?`` for one.
            limit: Maximum number of rows of each table; all by default.
        """
        return Frame(*_headed(self._index.frame(pattern, _filter(filters), limit)))

    @_filtered
    def compare(self, old: str, new: str, **filters: Unpack[Filters]) -> Comparison:
        """Two reports sentence by sentence: kept, changed, moved, dropped, new.

        Args:
            old: Id of the older report, or a part of it that no other document has.
            new: Id of the newer report.

        The filters say in which documents the first use of a new wording is looked up.
        """
        return Comparison(*_headed(self._index.compare(old, new, _filter(filters))))

    @_filtered
    def compare_series(self, glob: str, **filters: Unpack[Filters]) -> list[Comparison]:
        """Each report whose id matches a pattern compared with the one of the year before it, in order of their dates.

        Args:
            glob: As `path` of the filters: ``青柳县/*政府工作报告*``.

        Reports without a date and second ones of a year are left out. Empty of fewer than two.
        """
        found = self._index.compare_series(glob, _filter(filters))
        return [Comparison(*_headed(one)) for one in found]

    @_filtered
    def report(
        self,
        keywords: Texts = (),
        *,
        lists: StrPath | Iterable[StrPath] = (),
        excerpts: int = 0,
        negation: bool = True,
        progress: Progress | None = None,
        **filters: Unpack[Filters],
    ) -> Report:
        """Exact counts of keywords by document, year, 文种, issuer, collection, folder and role of the section.

        Args:
            keywords: Entries: a word (an exact phrase), any query, alternatives between ``|``; ``组名：词1 | 词2`` gives a group.
            lists: Files of entries: text, .csv, .tsv or .xlsx.
            excerpts: Maximum number of excerpts of each entry.
            negation: Count negated occurrences apart.
            progress: Called with the number of documents that are done, and of all.
        """
        return Report(
            self._index.report(
                _texts(keywords), _paths(lists), _filter(filters), excerpts, negation, progress
            )
        )

    @_filtered
    def trend(
        self,
        words: Texts,
        *,
        by: Literal["year", "month", "decade"] = "year",
        progress: Progress | None = None,
        **filters: Unpack[Filters],
    ) -> Trend:
        """How often words occur over time.

        Args:
            words: Words or queries; alternatives between ``|`` are one.
            by: How time is cut.
            progress: Called with the number of documents that are done, and of all.
        """
        return Trend(*_headed(self._index.trend(_texts(words), _filter(filters), by, progress)))

    @_filtered
    def check(
        self,
        draft: str | os.PathLike[str],
        *,
        limit: int = 3,
        sources: int = 5,
        documents: int = 20,
        exclude: Texts = (),
        min_similarity: float = 0.5,
        progress: Progress | None = None,
        **filters: Unpack[Filters],
    ) -> Check:
        """A draft sentence by sentence against the index: which of it is found elsewhere, and where; and what it cites against
        the sources: ``.citations``.

        Args:
            draft: The text as a ``str``, or the path of a file of any readable format as a ``pathlib.Path``.
            limit: Maximum number of variants of a sentence.
            sources: Maximum number of sources of a variant.
            documents: Maximum number of documents in ``.documents``.
            exclude: Ids of documents to leave out; one whose text is the draft itself is left out in any case.
            min_similarity: Minimum similarity of a precedent, from 0 to 1.
            progress: Called with the number of sentences that are done, and of all.
        """
        text, file = (draft, None) if isinstance(draft, str) else (None, draft)
        return Check(
            *_headed(
                self._index.check(
                    text,
                    file,
                    _filter(filters),
                    limit,
                    sources,
                    documents,
                    _texts(exclude),
                    min_similarity,
                    progress,
                )
            )
        )

    def outline(self, document: str) -> Outline:
        """The headings of a document.

        Args:
            document: Its id, or a part of one that no other document has.

        Raises:
            DocumentNotFoundError: if there is none, or if several may be meant (``.candidates``).
        """
        return Outline(*_headed(self._index.outline(document)))

    def read(self, document: str) -> Passages:
        """A document with all its passages.

        Args:
            document: Its id, or a part of one that no other document has.
        """
        return Passages(*_headed(self._index.read(document)))

    @_filtered
    def documents(
        self,
        *,
        title: str | None = None,
        sort: Literal["path", "date", "-date"] = "path",
        **filters: Unpack[DocumentFilters],
    ) -> Documents:
        """The documents of the index.

        Args:
            title: Text that the title or the issuer holds.
            sort: The order; undated documents come last.
        """
        return Documents(self._index.documents(_filter(filters), title, sort))


def _paths(paths: StrPath | Iterable[StrPath]) -> list[StrPath]:
    return [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)


@overload
def _headed(answer: tuple[str, T]) -> tuple[_Head, T]: ...
@overload
def _headed(answer: tuple[str, T, U]) -> tuple[_Head, T, U]: ...
@overload
def _headed(answer: tuple[str, T, U, V]) -> tuple[_Head, T, U, V]: ...
def _headed(
    answer: tuple[str, T] | tuple[str, T, U] | tuple[str, T, U, V],
) -> tuple[_Head, T] | tuple[_Head, T, U] | tuple[_Head, T, U, V]:
    """An answer with its head read."""
    return (json.loads(answer[0]), *answer[1:])
