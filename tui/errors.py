"""What can go wrong in a way a user can mend, each in one line that names the thing and the cause."""

from __future__ import annotations

DONE, FOUND_WANTING, FAILED = 0, 1, 2  # the exit codes: the last for wrong use and unreadable input


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
