"""What can go wrong. The words are those of the command line, in the language of :func:`xunzhang.set_language`."""

from __future__ import annotations

__all__ = [
    "ArgumentError",
    "DocumentNotFoundError",
    "Error",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexNotFoundError",
    "QueryError",
    "SourceError",
]


class Error(Exception):
    """Any error of this package; the others are its subclasses."""


class QueryError(Error, ValueError):
    """A query, pattern or keyword that cannot be read or costs too much.

    ``str()`` of it is what is wrong, the query, and a caret under the place.
    """

    #: The query, where it cannot be read.
    query: str | None
    #: 0-based number of the offending character; the query's length if something is missing at its end.
    position: int | None
    #: The query and a line with a caret under the place.
    pointer: str | None

    def __init__(
        self,
        message: str = "",
        *,
        query: str | None = None,
        position: int | None = None,
        pointer: str | None = None,
    ) -> None:
        super().__init__(message)
        self.query = query
        self.position = position
        self.pointer = pointer


class ArgumentError(Error, ValueError):
    """A value that an argument cannot have."""

    #: Name of the argument.
    argument: str | None

    def __init__(self, message: str = "", *, argument: str | None = None) -> None:
        super().__init__(message)
        self.argument = argument


class DocumentNotFoundError(Error, LookupError):
    """No document has this id, or several may be meant."""

    #: Ids of the documents that may be meant, sorted.
    candidates: tuple[str, ...]

    def __init__(self, message: str = "", *, candidates: list[str] | None = None) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates or ())


class IndexNotFoundError(Error, LookupError):
    """The folder has no index."""


class IndexDamagedError(Error):
    """A file of the index is not as it was written; build it again."""


class IndexLockedError(Error):
    """Another process is writing to the index."""


class SourceError(Error, OSError):
    """A file or folder cannot be read or written."""
