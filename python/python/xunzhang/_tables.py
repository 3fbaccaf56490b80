"""Answers: tables for pandas, polars and pyarrow, and rows as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from . import _data
from ._data import (
    Boilerplate,
    CheckedSentence,
    Classes,
    Collection,
    ConcordanceLine,
    Cooccurrence,
    Document,
    DocumentCount,
    Citation,
    DocumentShare,
    Excerpt,
    Commitment,
    ComparisonSummary,
    Form,
    FirstUse,
    FrameRow,
    LineageRule,
    Pair,
    Group,
    GroupCount,
    Heading,
    Hit,
    ListedDocument,
    Passage,
    Period,
    Point,
    ReportEntry,
    RoleCount,
    Sentence,
    Series,
    SourceOf,
    Successor,
    Taken,
    TemplatePart,
    Total,
    TrendPoint,
    Use,
    Variant,
    decode,
)

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

    from . import _native

T = TypeVar("T")

__all__ = [
    "Check",
    "Concordance",
    "Documents",
    "Comparison",
    "Frame",
    "Hits",
    "Lineage",
    "Outline",
    "Passages",
    "Precedents",
    "Report",
    "Table",
    "Trend",
]

#: Rows that are read at once by an iteration.
_CHUNK = 1_000


class Table(Generic[T]):
    """Rows in order, as a table and as plain data.

    ``pandas.DataFrame.from_arrow(table)``, ``polars.DataFrame(table)`` and ``pyarrow.table(table)`` take it without a copy,
    batch by batch. Iterating, and ``table[0]``, give a dataclass for each row. Both may be done as often as needed.
    """

    __slots__ = ("_row", "_rows")

    def __init__(self, rows: _native.Table, row: type[T]) -> None:
        self._rows = rows
        self._row = row

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._rows)

    def __iter__(self) -> Iterator[T]:
        """The rows, one after the other."""
        for start in range(0, len(self), _CHUNK):
            yield from self._read(start, start + _CHUNK)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        """A row, or a list of some."""
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step == 1:
                return self._read(start, max(start, stop))
            return [self[ord] for ord in range(start, stop, step)]
        ord = at + len(self) if at < 0 else at
        if not 0 <= ord < len(self):
            raise IndexError(f"row {at} of {len(self)}")
        return self._read(ord, ord + 1)[0]

    def _read(self, start: int, stop: int) -> list[T]:
        return [decode(self._row, row) for row in json.loads(self._rows.json(start, stop))]

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any:
        """The rows by the Arrow C stream interface (PyCapsule)."""
        return self._rows.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """The rows as a ``pyarrow.Table``; needs pyarrow."""
        import pyarrow

        # Batch by batch: Ctrl-C is seen between two of them.
        reader = pyarrow.RecordBatchReader.from_stream(self)
        return pyarrow.Table.from_batches(list(reader), reader.schema)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a ``pandas.DataFrame``; needs pandas and pyarrow."""
        import pandas

        # Of pandas 3; earlier ones go by pyarrow.
        from_arrow = getattr(pandas.DataFrame, "from_arrow", None)
        table = self.to_arrow()
        frame: pandas.DataFrame = from_arrow(table) if from_arrow else table.to_pandas()
        return frame

    def to_polars(self) -> polars.DataFrame:
        """The rows as a ``polars.DataFrame``; needs polars."""
        import polars

        return polars.DataFrame(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self):,} rows>"


class Hits(Table[Hit]):
    """What a search found, best first.

    Columns: ``rank`` (from 1), ``score`` (only its order means anything), ``document`` (id), ``title``, ``date`` (ISO, as
    precise as it is known), ``year``, ``kind``, ``issuer``, ``collection``, ``url``, ``section`` (headings joined by ›),
    ``place`` (``DOCUMENT:LINE``), ``line``, ``number`` (of the passage), ``part``, ``ocr``, ``text``, ``highlights`` (half-open
    ranges of characters of ``text``), ``copies``, ``copy_sources`` (places), ``before`` and ``after`` (texts), ``matching``
    (passages of the document; only with ``by="document"``).
    """

    __slots__ = ("query", "took_ms", "total")

    #: The query as entered.
    query: str
    #: Milliseconds.
    took_ms: float
    #: How many passages share parts of the query, and how many match by the exact reading.
    total: Total

    def __init__(self, head: dict[str, Any], rows: _native.Table) -> None:
        super().__init__(rows, Hit)
        self.query = head["query"]
        self.took_ms = head["took_ms"]
        self.total = decode(Total, head["total"])


class Concordance(Table[ConcordanceLine]):
    """Every occurrence of a query in its context (KWIC).

    Columns: ``document`` (id), ``title``, ``date``, ``year``, ``kind``, ``issuer``, ``collection``, ``section``, ``place``,
    ``line``, ``number``, ``start`` and ``end`` (half-open range of characters in the passage's text), ``left``, ``hit``,
    ``right``. What recurs (the document's columns, ``section``,
    ``place``, ``hit``) is dictionary-encoded: a category in pandas.

    Lines are read from the index when they are needed: a million of them are never in memory unless they are kept.
    """

    __slots__ = ("dispersion", "documents", "groups", "occurrences", "query")

    query: str
    #: All occurrences, sampled or not.
    occurrences: int
    #: Documents that hold them.
    documents: int
    #: Deviation of proportions (Gries 2008), from 0 (spread as the text is) to near 1; None without any occurrence.
    dispersion: float | None
    #: The frequency list, most frequent first; columns ``key``, ``occurrences``, ``documents``. Empty without ``group``.
    groups: Table[Group]

    def __init__(self, head: dict[str, Any], rows: _native.Table, groups: _native.Table) -> None:
        super().__init__(rows, ConcordanceLine)
        self.query = head["query"]
        self.occurrences = head["occurrences"]
        self.documents = head["documents"]
        self.dispersion = head["dispersion"]
        self.groups = Table(groups, Group)


class Precedents(Table[Variant]):
    """How others have put a wording: its variants, sentence by sentence, the most similar first.

    Columns: ``sentence`` (of the text, from 0), ``text``, ``similarity`` (0 to 1), ``occurrences``, ``documents``, ``first`` and
    ``last`` (dates), ``diff`` (list of ``op``, ``from``, ``to``).
    """

    __slots__ = ("sentences", "sources", "template", "text")

    #: The text that was looked up.
    text: str
    #: What all variants share, and the fillers of the slots; empty with fewer than two.
    template: tuple[TemplatePart, ...]
    sentences: tuple[Sentence, ...]
    #: Where the variants are: ``variant`` (row of this table, from 0), the document's columns, ``section``, ``place``, ``line``,
    #: ``number``, ``start``, ``end``.
    sources: Table[SourceOf]

    def __init__(self, head: dict[str, Any], rows: _native.Table, sources: _native.Table) -> None:
        super().__init__(rows, Variant)
        self.text = head["text"]
        self.template = tuple(decode(TemplatePart, part) for part in head["template"])
        self.sentences = tuple(decode(Sentence, one) for one in head["sentences"])
        self.sources = Table(sources, SourceOf)


class Lineage(Table[Form]):
    """Where a wording comes from: a row for each form that it took, in order of first dates, those without a date last.

    Columns: ``text``, ``is_wording``, ``similarity`` (to the wording, 0 to 1), ``occurrences`` (of a form other than the wording
    those that are inside no longer form), ``inside`` (those that are), ``documents``, ``first`` (date), ``first_place``, ``last``,
    ``parent`` (row of the earlier form that it goes back to, from 0; null without), ``parent_similarity``, ``parent_diff`` and
    ``diff`` (what changed since the parent, and since the wording: lists of ``op``, ``from``, ``to``). The counts of each year are in
    the rows (``row.years``).
    """

    __slots__ = (
        "documents", "fingerprint", "first", "first_certain", "is_cut", "last", "occurrences", "peak", "peak_rate", "periods",
        "points", "rule", "spread", "successor", "undated", "units", "uses", "wording",
    )

    fingerprint: str
    wording: str
    #: Its characters and words as they are compared: without marks, in one script and width.
    units: str
    #: What counts as the same wording.
    rule: LineageRule
    #: Number of occurrences of the wording, undated ones among them.
    occurrences: int
    documents: int
    undated: int
    #: The first dated document that has the wording, and the first one whose date is certain.
    first: FirstUse | None
    first_certain: FirstUse | None
    #: The year with most occurrences, and the one with the highest rate.
    peak: Point | None
    peak_rate: Point | None
    last: str | None
    #: Whether there may be more forms than the limit.
    is_cut: bool
    successor: Successor
    #: The text of each year, and the uses of the wording in it.
    periods: tuple[Period, ...]
    points: tuple[Point, ...]
    #: Who took the wording up, in order of date: ``by`` (level, issuer or collection), ``of``, ``first``, ``first_place``, ``last``,
    #: ``occurrences``, ``documents``.
    spread: Table[Taken]
    #: Passages that have the wording, oldest first: ``place``, ``date``, ``level``, ``issuer``, ``collection``, ``occurrences``; empty
    #: unless they are asked for.
    uses: Table[Use]

    def __init__(self, head: dict[str, Any], rows: _native.Table, spread: _native.Table, uses: _native.Table) -> None:
        super().__init__(rows, Form)
        for name in ("fingerprint", "wording", "units", "occurrences", "documents", "undated", "last", "is_cut"):
            setattr(self, name, head[name])
        self.rule = decode(LineageRule, head["rule"])
        self.first, self.first_certain = (
            None if head[name] is None else decode(FirstUse, head[name]) for name in ("first", "first_certain")
        )
        self.peak, self.peak_rate = (
            None if head[name] is None else decode(Point, head[name]) for name in ("peak", "peak_rate")
        )
        self.successor = decode(Successor, head["successor"])
        self.periods = tuple(decode(Period, one) for one in head["periods"])
        self.points = tuple(decode(Point, one) for one in head["points"])
        self.spread = Table(spread, Taken)
        self.uses = Table(uses, Use)


class Frame(Table[FrameRow]):
    """What fills the slots of a pattern, most frequent first.

    Columns: ``fillers`` (a text for each slot), ``occurrences``, ``documents``, ``first`` and ``last`` (years), ``example``
    (the oldest match), ``title`` and ``place`` of it. The counts of each year are in the rows (``row.years``).
    """

    __slots__ = ("documents", "matches", "pattern", "slots")

    pattern: str
    #: Number of all matches.
    matches: int
    #: Number of documents with a match.
    documents: int
    #: With several slots, a table for each of them.
    slots: tuple[Table[FrameRow], ...]

    def __init__(self, head: dict[str, Any], rows: _native.Table, slots: list[_native.Table]) -> None:
        super().__init__(rows, FrameRow)
        self.pattern = head["pattern"]
        self.matches = head["matches"]
        self.documents = head["documents"]
        self.slots = tuple(Table(slot, FrameRow) for slot in slots)


class Comparison(Table[Pair]):
    """Two reports sentence by sentence, in order of the newer; one that was dropped stands where it was.

    Columns: ``status`` (kept, changed, moved, dropped or new), ``section``, ``old`` and ``new`` (texts), ``similarity`` (0 to 1),
    ``old_place``, ``new_place``, ``first_place`` and ``first_date`` (of the first use of a new wording). The edits are in the rows
    (``row.diff``).
    """

    __slots__ = ("commitments", "new", "old", "summary")

    #: Figures that the older report sets for the next year, in its order; empty if the newer is not of a later year.
    commitments: tuple[Commitment, ...]

    #: The older report.
    old: Document
    #: The newer report.
    new: Document
    summary: ComparisonSummary

    def __init__(self, head: dict[str, Any], rows: _native.Table) -> None:
        super().__init__(rows, Pair)
        self.old = decode(Document, head["old"])
        self.new = decode(Document, head["new"])
        self.summary = decode(ComparisonSummary, head["summary"])
        self.commitments = tuple(decode(Commitment, one) for one in head["commitments"])


class Report(Table[ReportEntry]):
    """Counts of keywords, a row for each entry.

    Columns: ``entry``, ``group``, ``occurrences``, ``passages``, ``documents``, ``share`` (of all documents, 0 to 1),
    ``per_10k`` (occurrences for every 10,000 characters), ``first`` (date), ``first_document``, ``last``, ``distinct`` (passages
    of different wording), ``negated``, ``prohibited``. The other tables are made when they are asked for.
    """

    __slots__ = ("_report", "collection", "fingerprint")

    #: Fingerprint of the index.
    fingerprint: str
    #: What was counted.
    collection: Collection

    def __init__(self, report: _native.Report) -> None:
        super().__init__(report.table("entries"), ReportEntry)
        head = json.loads(report.head())
        self._report = report
        self.fingerprint = head["fingerprint"]
        self.collection = decode(Collection, head["collection"])

    @property
    def by_year(self) -> Table[GroupCount]:
        """A row for each entry and year with documents, zeros among them.

        Columns: ``entry``, ``year`` (null without a date), ``occurrences``, ``documents`` and ``characters`` of the year,
        ``per_10k``.
        """
        return self._by("year")

    @property
    def by_kind(self) -> Table[GroupCount]:
        """The same by 文种: ``entry``, ``kind``, ``occurrences``, ``documents``, ``characters``, ``per_10k``."""
        return self._by("kind")

    @property
    def by_issuer(self) -> Table[GroupCount]:
        """The same by issuer: ``entry``, ``issuer``, ``occurrences``, ``documents``, ``characters``, ``per_10k``."""
        return self._by("issuer")

    @property
    def by_collection(self) -> Table[GroupCount]:
        """The same by collection: ``entry``, ``collection``, ``occurrences``, ``documents``, ``characters``, ``per_10k``."""
        return self._by("collection")

    @property
    def by_folder(self) -> Table[GroupCount]:
        """The same by the top folder: ``entry``, ``folder``, ``occurrences``, ``documents``, ``characters``, ``per_10k``."""
        return self._by("folder")

    def _by(self, name: str) -> Table[GroupCount]:
        return Table(self._report.table(f"by_{name}"), GroupCount)

    @property
    def by_document(self) -> Table[DocumentCount]:
        """A row for each entry and document that holds it.

        Columns: ``entry``, ``document`` (id), ``title``, ``date``, ``year``, ``kind``, ``issuer``, ``collection``,
        ``occurrences``, ``characters`` (of the document).
        """
        return Table(self._report.table("by_document"), DocumentCount)

    @property
    def by_role(self) -> Table[RoleCount]:
        """A row for each entry and role of a section: ``entry``, ``role`` (null without), ``occurrences``."""
        return Table(self._report.table("by_role"), RoleCount)

    @property
    def cooccurrence(self) -> Table[Cooccurrence]:
        """A row for each pair of entries that share passages: ``entry``, ``other``, ``passages``."""
        return Table(self._report.table("cooccurrence"), Cooccurrence)

    @property
    def excerpts(self) -> Table[Excerpt]:
        """Occurrences in context, as many of each entry as were asked for.

        Columns: ``entry``, ``group``, ``document``, ``title``, ``date``, ``year``, ``kind``, ``section``, ``place``, ``line``,
        ``number``, ``part``, ``start``, ``end`` (characters in the passage), ``before``, ``hit``, ``after``, ``negated``,
        ``prohibited``.
        """
        return Table(self._report.table("excerpts"), Excerpt)


class Trend(Table[TrendPoint]):
    """Words over time, a row for each word and period.

    Columns: ``word``, ``period`` (``2009``, ``2009-08``, ``2000s``), ``occurrences``, ``per_10k`` (for every 10,000 characters of
    the period, null without any), ``documents`` and ``characters`` of the period, ``thin`` (whether these are under 10,000).
    """

    __slots__ = ("by", "collections", "fingerprint", "periods", "undated", "words")

    fingerprint: str
    #: year, month or decade.
    by: str
    #: Documents without a date.
    undated: int
    #: Names of the collections of the documents.
    collections: tuple[str, ...]
    #: All periods from the first dated document to the last.
    periods: tuple[Period, ...]
    #: A row for each word: ``word``, ``occurrences``, ``undated``, ``first``, ``first_document``, ``peak``, ``peak_per_10k``,
    #: ``last``, ``course``.
    words: Table[Series]

    def __init__(self, head: dict[str, Any], rows: _native.Table, words: _native.Table) -> None:
        super().__init__(rows, TrendPoint)
        self.fingerprint = head["fingerprint"]
        self.by = head["by"]
        self.undated = head["undated"]
        self.collections = tuple(head["collections"])
        self.periods = tuple(decode(Period, period) for period in head["periods"])
        self.words = Table(words, Series)


class Check(Table[CheckedSentence]):
    """A draft sentence by sentence against the index.

    Columns: ``label``, ``text``, ``line``, ``number``, ``part``, ``start``, ``end`` (characters in the draft's passage),
    ``class`` (verbatim, near, loose, none), ``rarity``, ``similarity`` (0 to 1), ``reused`` (half-open ranges of characters of
    the sentence), ``variant``, ``occurrences`` and ``place`` of the most similar wording.
    """

    __slots__ = ("characters", "citations", "classes", "distinctive", "documents", "excluded", "min_similarity", "reused", "share", "title")

    #: Title of the draft.
    title: str
    #: Number of sentences of each class.
    classes: Classes
    #: Letters, digits and Han characters of the draft.
    characters: int
    #: The number of reused ones, each counted once.
    reused: int
    #: The number of reused ones in wording that is not common.
    distinctive: int
    #: ``reused`` over ``characters``, from 0 to 1.
    share: float
    min_similarity: float
    #: Ids of documents that were left out: the draft itself, and those that were asked for.
    excluded: tuple[str, ...]
    #: Documents that share wording with the draft: the document's columns, ``sentences``, ``reused``, ``distinctive``, ``share``.
    documents: Table[DocumentShare]
    #: What the draft cites, in order: ``kind`` (quotation, title, article, number, figure), ``text``, ``line``, ``number``, ``start``,
    #: ``end`` (characters in the draft's passage), ``status`` (verbatim, altered, not_found, ambiguous), ``named`` (the source that the
    #: draft names), ``wording`` (the true one, where it differs), ``place``, ``newer`` (place of what amended or replaced the source),
    #: ``remark``.
    citations: Table[Citation]

    def __init__(
        self, head: dict[str, Any], rows: _native.Table, documents: _native.Table, citations: _native.Table
    ) -> None:
        super().__init__(rows, CheckedSentence)
        self.title = head["title"]
        self.classes = decode(Classes, head["classes"])
        self.characters = head["characters"]
        self.reused = head["reused"]
        self.distinctive = head["distinctive"]
        self.share = head["share"]
        self.min_similarity = head["min_similarity"]
        self.excluded = tuple(head["excluded"])
        self.documents = Table(documents, DocumentShare)
        self.citations = Table(citations, Citation)


class Outline(Table[Heading]):
    """The headings of a document in order.

    Columns: ``line`` (from 1), ``level`` (from 1), ``label`` (null for an unlabelled heading), ``title``, ``run_in`` (whether
    body text follows on the heading's line).
    """

    __slots__ = ("document",)

    document: Document

    def __init__(self, head: dict[str, Any], rows: _native.Table) -> None:
        super().__init__(rows, Heading)
        self.document = decode(Document, head["document"])


class Passages(Table[Passage]):
    """A document in order of its passages.

    Columns: ``place``, ``number`` (from 1), ``line`` (from 1), ``part``, ``section``, ``ocr``, ``text``.
    """

    __slots__ = ("boilerplate", "document")

    document: Document
    #: Lines that are no part of the report, each with the reason.
    boilerplate: tuple[Boilerplate, ...]

    def __init__(self, head: dict[str, Any], rows: _native.Table) -> None:
        super().__init__(rows, Passage)
        self.document = decode(Document, head["document"])
        self.boilerplate = tuple(decode(Boilerplate, one) for one in head["boilerplate"])


class Documents(Table[ListedDocument]):
    """Documents of the index.

    Columns: ``document`` (id), ``title``, ``date``, ``year``, ``kind``, ``issuer``, ``collection``, ``url``, ``date_source``,
    ``adopted``, ``passages``, ``characters`` (in passages), ``boilerplate`` (characters that are no part of the report),
    ``ocr_passages``.
    """

    __slots__ = ()

    def __init__(self, rows: _native.Table) -> None:
        super().__init__(rows, ListedDocument)
