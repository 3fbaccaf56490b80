"""Plain data with the field names of the product's JSON."""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")

Part = Literal["title", "heading", "body"]
Span = tuple[int, int]

__all__ = [
    "Boilerplate",
    "Characters",
    "CheckedSentence",
    "Classes",
    "Collection",
    "CollectionRecord",
    "ConcordanceLine",
    "Cooccurrence",
    "CopyPlace",
    "Count",
    "Document",
    "DocumentCount",
    "CitedEdition",
    "NewerEdition",
    "Citation",
    "DocumentShare",
    "DraftPassage",
    "Edit",
    "Example",
    "Excerpt",
    "ExcerptDocument",
    "ExcerptPassage",
    "Explanation",
    "Filler",
    "Form",
    "FormEdge",
    "LineageRule",
    "Successor",
    "Taken",
    "Use",
    "FirstUse",
    "Commitment",
    "StatedFigure",
    "ComparedSentence",
    "ComparisonSummary",
    "Figure",
    "FirstPlace",
    "FrameRow",
    "Pair",
    "SectionShare",
    "SharePair",
    "Group",
    "GroupCount",
    "Heading",
    "Hit",
    "HitPassage",
    "LinePassage",
    "ListedDocument",
    "Neighbour",
    "PartScore",
    "Passage",
    "Period",
    "Point",
    "ReportEntry",
    "RoleCount",
    "Section",
    "SectionHighlights",
    "Sentence",
    "Series",
    "Skipped",
    "Source",
    "Status",
    "Summary",
    "TemplatePart",
    "Total",
    "TrendPoint",
    "Variant",
]

frozen = dataclass(frozen=True)


@frozen
class Document:
    """What is shown of a document."""

    #: Path relative to the indexed folder; `#` and a key follow where a file holds several documents.
    id: str
    title: str
    #: ISO date as precise as it is known: `2009`, `2009-08` or `2009-08-20`.
    date: str | None = None
    #: Where the date was found: record, metadata, subtitle, signature, title, document_number or file_name.
    date_source: str | None = None
    #: 文种, as in 总结, 通知.
    kind: str | None = None
    issuer: str | None = None
    collection: str = ""
    url: str | None = None
    #: Whether some of its text was read by character recognition, which errs.
    ocr: bool = False
    #: Number of its passages that were read so.
    ocr_passages: int = 0

    @property
    def year(self) -> int | None:
        """The year of the date."""
        return int(self.date[:4]) if self.date else None


@frozen
class Characters:
    """Characters of a document, and where they are."""

    read: int = 0
    passages: int = 0
    boilerplate: int = 0


@frozen
class ListedDocument(Document):
    """A document as it is listed."""

    #: When a statute was first adopted, if it was revised since.
    adopted: str | None = None
    #: Number of passages.
    passages: int = 0
    characters: Characters = Characters()


@frozen
class Section:
    """A heading above a passage."""

    #: Rank from 1.
    level: int
    #: Label as printed, as in `一、`.
    label: str | None
    title: str


@frozen
class Heading(Section):
    """A heading of an outline."""

    #: 1-based line of the file.
    line: int = 0
    #: Whether body text follows on its line.
    run_in: bool = False


@frozen
class HitPassage:
    """The passage of a hit."""

    #: Its number in the document, from 1.
    number: int
    #: Its 1-based line in the file.
    line: int
    part: Part
    text: str
    #: Half-open ranges of characters of `text` that match, ascending, apart.
    highlights: tuple[Span, ...] = ()
    ocr: bool = False


@frozen
class Neighbour:
    """A passage beside a hit."""

    number: int
    line: int
    part: Part
    text: str


@frozen
class CopyPlace:
    """Where a copy of a hit is."""

    document: str
    number: int
    #: `DOCUMENT:LINE`.
    place: str | None = None


@frozen
class SectionHighlights:
    """What of a heading a hit matches by."""

    #: Which heading, from 0.
    ord: int
    highlights: tuple[Span, ...] = ()


@frozen
class PartScore:
    """What a word or phrase adds to a score."""

    part: str
    score: float


@frozen
class Explanation:
    """How a score arose."""

    parts: tuple[PartScore, ...] = ()
    #: BM25 of what the passage was retrieved by.
    retrieved: float = 0.0
    #: BM25 of headings, title and light words.
    added: float = 0.0
    #: BM25 of single units.
    units: float = 0.0
    #: Share of the query's units that the passage holds, by their rarity, 0 to 1.
    coverage: float = 0.0
    #: Share of the query's units in the longest common run, 0 to 1.
    run: float = 0.0
    #: How much of the query's words the passage holds.
    holds: str | None = None


@frozen
class Hit:
    """A ranked passage."""

    #: Place in the ranking, from 1.
    rank: int
    #: Only its order means anything.
    score: float
    document: Document
    #: Headings above it, from the top.
    section: tuple[Section, ...]
    #: `DOCUMENT:LINE`.
    place: str
    passage: HitPassage
    title_highlights: tuple[Span, ...] = ()
    section_highlights: tuple[SectionHighlights, ...] = ()
    #: Passages before it, as many as asked for.
    before: tuple[Neighbour, ...] = ()
    after: tuple[Neighbour, ...] = ()
    #: How many other matching passages have the same wording.
    copies: int = 0
    copy_sources: tuple[CopyPlace, ...] = ()
    #: How many passages of the document match; only in a ranking of documents.
    matching: int | None = None
    explanation: Explanation | None = None


@frozen
class Count:
    """How often a query is met, by the exact reading."""

    occurrences: int
    passages: int
    documents: int


@frozen
class Total:
    """How many passages share parts of a query, and how many match by the exact reading."""

    passages: int
    documents: int
    exact: Count | None = None


@frozen
class LinePassage:
    """The passage that something is in."""

    number: int
    line: int


@frozen
class ConcordanceLine:
    """An occurrence in its context."""

    document: Document
    place: str
    section: tuple[Section, ...]
    passage: LinePassage
    #: Half-open range of characters in the passage's text.
    span: Span
    left: str
    hit: str
    right: str
    date: str | None = None


@frozen
class Group:
    """A row of a frequency list."""

    #: Normalized text, a year or a name; None for documents without.
    key: str | None
    occurrences: int
    documents: int


@frozen
class Edit:
    """A step of a diff; in JSON a list of three."""

    op: Literal["equal", "insert", "delete", "replace"]
    #: Characters of the text, empty for an insertion.
    before: str
    #: Characters of the variant, empty for a deletion.
    after: str


@frozen
class Source:
    """Where a wording is."""

    document: Document
    section: tuple[Section, ...]
    place: str
    passage: LinePassage
    span: Span


@frozen
class SourceOf(Source):
    """A source with the variant that it has."""

    #: The variant, from 0.
    variant: int = 0


@frozen
class Variant:
    """A wording close to the text."""

    #: The sentence of the text, from 0.
    sentence: int
    text: str
    #: From 0 to 1, which means the same characters and words; four decimals, rounded down.
    similarity: float
    occurrences: int
    documents: int
    #: Date of the oldest document.
    first: str | None
    last: str | None
    diff: tuple[Edit, ...]
    #: Oldest first; the last is the newest if there are more than were asked for.
    sources: tuple[Source, ...]


@frozen
class FormEdge:
    """The alignment of a form with the earlier one that it goes back to."""

    #: Row of that form.
    form: int
    #: From 0 to 1; four decimals, rounded down.
    similarity: float
    #: First date of the later form.
    date: str | None
    #: What turns the earlier form into the later.
    diff: tuple[Edit, ...]


@frozen
class Form:
    """A form of a wording."""

    text: str
    is_wording: bool
    #: To the wording, from 0 to 1; four decimals, rounded down.
    similarity: float
    #: Of a form other than the wording those that are inside no longer form.
    occurrences: int
    #: Those inside longer forms.
    inside: int
    documents: int
    first: str | None
    #: `DOCUMENT:LINE` of the first use.
    first_place: str
    last: str | None
    parent: FormEdge | None
    #: What turns the wording into it.
    diff: tuple[Edit, ...]
    #: Occurrences by year.
    years: tuple[tuple[int, int], ...]


@frozen
class LineageRule:
    """What counts as the same wording."""

    min_similarity: float
    limit: int


@frozen
class Successor:
    """What may have come after a wording."""

    #: found, none, in_use (none, and the wording is used in the last year with text) or undecided.
    status: str
    #: Row of the form.
    form: int | None
    #: Its occurrences from its first year on, and those of the wording.
    occurrences: int
    of_wording: int
    in_use: bool


@frozen
class Taken:
    """The use of a wording by a level, an issuer or a collection."""

    #: level, issuer or collection.
    by: str
    #: A level is national, province, city, county or township; None if it is not known.
    of: str | None
    first: str | None
    first_place: str
    last: str | None
    occurrences: int
    documents: int


@frozen
class Use:
    """A passage that has a wording."""

    place: str
    date: str | None
    level: str | None
    issuer: str | None
    collection: str
    occurrences: int


@frozen
class Filler:
    """What fills a slot."""

    text: str
    occurrences: int


@frozen
class TemplatePart:
    """What variants share (`text`), or the fillers of a slot (`slot`)."""

    text: str | None = None
    slot: tuple[Filler, ...] | None = None


@frozen
class Sentence:
    """A sentence of the text that was looked up."""

    text: str
    #: Half-open range of characters in the text.
    span: Span
    template: tuple[TemplatePart, ...] = ()


@frozen
class Example(Source):
    """A match in context."""

    #: The characters that match.
    text: str = ""


@frozen
class FrameRow:
    """Fillers of a pattern's slots, and how often they are found."""

    fillers: tuple[str, ...]
    occurrences: int
    documents: int
    #: Year of the oldest document.
    first: int | None
    last: int | None
    #: Matches in each year, those in documents without a date under `undated`.
    years: dict[str, int]
    example: Example


@frozen
class ComparedSentence:
    """A sentence of a report that was compared, without the label before it."""

    #: `DOCUMENT:LINE`.
    place: str
    #: Its number among the sentences of its report, from 1.
    sentence: int
    section: tuple[Section, ...]
    text: str


@frozen
class FirstPlace:
    """The oldest occurrence of a wording in the index."""

    #: `DOCUMENT:LINE`.
    place: str
    date: str | None


@frozen
class Pair:
    """A sentence of both reports, or of one."""

    status: Literal["kept", "changed", "moved", "dropped", "new"]
    #: None if it is new.
    old: ComparedSentence | None
    #: None if it was dropped.
    new: ComparedSentence | None
    #: From 0 to 1; 0 of one sentence alone.
    similarity: float
    #: What turns the older wording into the newer.
    diff: tuple[Edit, ...]
    #: Of a new wording.
    first_use: FirstPlace | None
    #: Further sentences of the older report that were merged into `new`.
    merged: tuple[ComparedSentence, ...]
    #: Further sentences of the newer report that `old` was split into.
    split: tuple[ComparedSentence, ...]


@frozen
class SectionShare:
    """A section of the first level."""

    label: str | None
    title: str
    #: Of the whole text, from 0 to 1.
    share: float


@frozen
class SharePair:
    """A section in both reports, or in one."""

    old: SectionShare | None
    new: SectionShare | None


@frozen
class Figure:
    """A figure that is another one in the newer report."""

    #: What it is of.
    of: str
    old: str
    new: str
    #: In the older report, `DOCUMENT:LINE`.
    old_place: str
    #: In the newer report, `DOCUMENT:LINE`.
    place: str


@frozen
class StatedFigure:
    """A figure that a report states, with how it was read."""

    #: `DOCUMENT:LINE`.
    place: str
    #: Its sentence.
    text: str
    #: In `text`, the figure with the words of its bound; empty of an outcome in words.
    span: tuple[int, int]
    #: What it is of, as printed.
    measure: str
    #: As printed; empty of an outcome in words.
    figure: str
    #: Multiplied out; the lower end of a range.
    value: float | None
    #: The upper end of a range.
    to: float | None
    #: Without multipliers: `%`, `元`.
    unit: str
    bound: Literal["exact", "at_least", "at_most", "about", "range"]
    change: Literal["amount", "up", "down"]
    period: Literal["year", "years"]


@frozen
class Commitment:
    """A figure that the older report sets for the next year, and what the newer report says of it."""

    status: Literal["met", "missed", "not_mentioned", "undecided"]
    #: Why it is undecided.
    reason: (
        Literal[
            "longer_period",
            "other_period",
            "other_unit",
            "other_measure",
            "only_about",
            "no_bound",
            "outcome_rounded",
            "in_words",
        ]
        | None
    )
    target: StatedFigure
    outcome: StatedFigure | None


@frozen
class ComparisonSummary:
    """Numbers about a comparison."""

    #: Of the older report, and of the newer.
    sentences: tuple[int, int]
    kept: int
    changed: int
    moved: int
    dropped: int
    new: int
    #: In order of the newer report, then those that it lacks.
    sections: tuple[SharePair, ...]
    figures: tuple[Figure, ...]


@frozen
class FirstUse:
    """The document in which a word is first found."""

    document: str
    title: str
    date: str
    adopted: str | None = None
    #: Why the date does not say when the word came up: revised, reprint or file_name.
    uncertain: str | None = None


@frozen
class Collection:
    """What was counted."""

    documents: int
    passages: int
    characters: int
    #: Date of the first dated document.
    first: str | None
    last: str | None


@frozen
class ReportEntry:
    """The numbers of an entry."""

    entry: str
    group: str | None
    occurrences: int
    #: Passages that match.
    passages: int
    documents: int
    #: The part of all documents, from 0 to 1.
    share: float
    #: Occurrences for every 10,000 characters.
    per_10k: float
    first: str | None
    last: str | None
    first_use: FirstUse | None
    first_certain: FirstUse | None
    #: Matching passages of different wording.
    distinct: int
    #: Occurrences that the text denies; None if they were not told apart.
    negated: int | None
    #: Occurrences that the text forbids or wards off.
    prohibited: int | None
    by_year: dict[str, int]
    by_document: dict[str, int]
    by_kind: dict[str, int]
    by_role: dict[str, int]
    by_folder: dict[str, int]
    by_collection: dict[str, int]
    by_issuer: dict[str, int]
    by_year_per_10k: dict[str, float]


@frozen
class GroupCount:
    """An entry in the documents of one year, 文种, issuer, collection or folder."""

    entry: str
    #: The year, the name; None for documents without.
    value: str | None
    occurrences: int
    #: Documents of the value, whether they hold the entry or not.
    documents: int
    #: Their characters.
    characters: int
    #: Occurrences for every 10,000 of them.
    per_10k: float


@frozen
class DocumentCount:
    """An entry in a document."""

    entry: str
    document: str
    occurrences: int


@frozen
class RoleCount:
    """An entry in sections of one role."""

    entry: str
    role: str | None
    occurrences: int


@frozen
class Cooccurrence:
    """Two entries that share passages."""

    entries: tuple[str, str]
    passages: int


@frozen
class ExcerptDocument:
    """The document of an excerpt."""

    id: str
    title: str
    date: str | None
    kind: str | None


@frozen
class ExcerptPassage:
    """The passage of an excerpt."""

    number: int
    line: int
    part: Part


@frozen
class Excerpt:
    """An occurrence of an entry in its context."""

    entry: str
    group: str | None
    document: ExcerptDocument
    section: tuple[Section, ...]
    place: str
    passage: ExcerptPassage
    span: Span
    #: Up to 40 characters before it.
    before: str
    hit: str
    after: str
    negated: bool | None
    prohibited: bool | None


@frozen
class Period:
    """A year, month or decade."""

    #: `2009`, `2009-08`, `2000s`.
    period: str
    documents: int
    characters: int
    #: Whether there are under 10,000 characters, on which no rate can rest.
    thin: bool


@frozen
class Point:
    """A word in a period."""

    period: str
    occurrences: int
    #: For every 10,000 characters of the period; None without any.
    per_10k: float | None


@frozen
class TrendPoint(Point):
    """A word in a period, with what the period holds."""

    word: str = ""
    documents: int = 0
    characters: int = 0
    thin: bool = False


@frozen
class Series:
    """A word over all periods."""

    word: str
    occurrences: int
    #: Occurrences in documents without a date.
    undated: int
    first: str | None
    first_use: FirstUse | None
    first_certain: FirstUse | None
    peak: Point | None
    last: str | None
    #: absent, unknown, retired, new, rising, falling or steady.
    course: str
    points: tuple[Point, ...]


@frozen
class DraftPassage:
    """A passage of a draft."""

    number: int
    line: int
    part: Part


@frozen
class Classes:
    """Number of sentences by class."""

    verbatim: int
    near: int
    loose: int
    none: int


@frozen
class CheckedSentence:
    """A sentence of a draft."""

    label: str | None
    text: str
    passage: DraftPassage
    span: Span
    #: Named `class` in JSON.
    class_: Literal["verbatim", "near", "loose", "none"]
    #: single, rare (under five texts) or common: a set phrase.
    rarity: Literal["single", "rare", "common"] | None
    #: Of the most similar variant, 0 without any.
    similarity: float
    variants: tuple[Variant, ...]
    #: Clauses of a sentence without variants that are found elsewhere word for word.
    parts: tuple[Variant, ...]
    #: Half-open ranges of characters in the sentence that are reused.
    reused: tuple[Span, ...]


@frozen
class CitedEdition:
    """An edition of a document that is cited."""

    document: Document
    place: str
    #: Whether it has what is cited word for word.
    holds: bool


@frozen
class NewerEdition:
    """What amended or replaced a source later."""

    relation: Literal["revised", "amended", "repealed"]
    document: Document
    place: str
    #: Whether a later edition has what is cited word for word.
    holds: bool | None
    date: str | None


@frozen
class Citation:
    """What a draft cites, and what the collection has of it."""

    kind: Literal["quotation", "title", "article", "number", "figure"]
    text: str
    passage: DraftPassage
    #: Half-open range of characters in that passage.
    place_in_draft: Span
    #: The source that the draft names.
    named: str | None
    status: Literal["verbatim", "altered", "not_found", "ambiguous"]
    source: Source | None
    #: The wording there, where one is compared.
    wording: str | None
    diff: tuple[Edit, ...]
    #: Editions among which the draft does not choose, the newest first.
    editions: tuple[CitedEdition, ...]
    newer: NewerEdition | None
    #: What else is to be known, such as other_article or source_missing.
    remark: str | None
    #: What a figure is of.
    subject: str | None = None


@frozen
class DocumentShare:
    """What a draft shares with one document."""

    document: Document
    #: Number of sentences with wording of it.
    sentences: int
    #: Characters of the draft in that wording, each counted once.
    reused: int
    #: Those in wording that is not common.
    distinctive: int
    #: `reused` over all characters of the draft.
    share: float


@frozen
class Passage:
    """A passage of a document that is read."""

    place: str
    number: int
    line: int
    part: Part
    section: tuple[Section, ...]
    text: str
    ocr: bool = False


@frozen
class Boilerplate:
    """A line that is no part of the report."""

    line: int
    text: str
    #: Why it is not.
    reason: str


@frozen
class CollectionRecord:
    """A place that an index was built from."""

    name: str
    path: str


@frozen
class Status:
    """What an index says of itself."""

    index: str
    format: int
    #: Equal indexes have equal ones.
    fingerprint: str
    collections: tuple[CollectionRecord, ...]
    files: int
    documents: int
    passages: int
    characters: Characters
    bytes: int


@frozen
class Skipped:
    """A file that gave no document."""

    path: str
    reason: str


@frozen
class Summary:
    """What an update of an index did."""

    documents: int
    passages: int
    characters: Characters
    bytes: int
    added: int
    changed: int
    removed: int
    unchanged: int
    skipped: tuple[Skipped, ...]
    #: Each with its `document`, its sort as `warning`, and what that says.
    warnings: tuple[dict[str, Any], ...]
    seconds: float
    read_bytes: int = 0


def decode(cls: type[T], data: Mapping[str, Any]) -> T:
    """The plain data of a JSON object."""
    # Every class is hashable, which the type of `type` does not say of all.
    return typing.cast(T, _decoder(typing.cast(Hashable, cls))(data))


@cache
def _decoder(cls: Any) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(cls, vars(sys.modules[__name__]))
    readers = [(one.name, one.name.rstrip("_"), _reader(hints[one.name])) for one in fields(cls)]

    def read(data: Any) -> Any:
        if isinstance(data, list):
            return cls(*data)
        return cls(**{name: reader(data[key]) if reader else data[key] for name, key, reader in readers if key in data})

    return read


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What makes a value of this type; None if it is as JSON has it."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        inner = [_reader(one) for one in arguments if one is not type(None)]
        reader = inner[0] if len(inner) == 1 else None
        return (lambda value: None if value is None else reader(value)) if reader else None
    if origin is tuple:
        item = _reader(arguments[0])
        return (lambda value: tuple(map(item, value))) if item else tuple
    if isinstance(hint, type) and hasattr(hint, "__dataclass_fields__"):
        return _decoder(hint)
    return None
