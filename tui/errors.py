"""What can go wrong in a way a user can mend, each in one line that names the thing and the cause."""

from __future__ import annotations


class JianbaoError(Exception):
    """The root: its text is the one line a user reads."""


class UsageError(JianbaoError):
    """Wrong use: an unknown format, a position outside the page."""


class PageError(JianbaoError):
    """A page that can't be read; the rest of the library opens all the same."""


class LibraryError(JianbaoError):
    """A folder that can't be opened."""


class DamagedError(LibraryError):
    """A file of the user's that is there but can't be understood. It is never written over."""


class ReadOnlyError(LibraryError):
    """A change was asked for where none can be kept."""


class QueryError(JianbaoError):
    """A query that can't be understood. `position` counts code points of the query."""

    def __init__(self, message: str, position: int = 0) -> None:
        super().__init__(message)
        self.position = position
