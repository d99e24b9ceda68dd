"""What can go wrong in a way a user can mend, each in one line that names the thing and the cause."""

from __future__ import annotations

from collections.abc import Sequence

DONE, FOUND_WANTING, FAILED = 0, 1, 2  # the exit codes: the last for wrong use and unreadable input


class JianbaoError(Exception):
    """The root: its text is the one line a user reads."""

    @property
    def lines(self) -> tuple[str, ...]:
        """What the user reads, a line each."""
        return (str(self),)


class UsageError(JianbaoError):
    """Wrong use: an unknown format, a position outside the page."""


class SettingsError(UsageError):
    """Mistakes in the user's settings, each with the file, the line and the cause."""

    def __init__(self, mistakes: Sequence[str]) -> None:
        """Make the error.

        Args:
            mistakes: A line each.
        """
        super().__init__("; ".join(mistakes))
        self._mistakes = tuple(mistakes)

    @property
    def lines(self) -> tuple[str, ...]:
        """The mistakes, a line each."""
        return self._mistakes


class QueryError(UsageError):
    """A mistake in what is looked for, and its place."""

    def __init__(self, message: str, start: int = 0, end: int = 0) -> None:
        """Make the error.

        Args:
            message: The line a user reads.
            start: Where the mistake begins in what was typed, in code points.
            end: Where it ends, exclusive.
        """
        super().__init__(message)
        self.start = start
        self.end = end


class PageError(JianbaoError):
    """A page that can't be read; the rest of the library opens all the same."""


class LibraryError(JianbaoError):
    """A folder that can't be opened."""


class ChangedError(LibraryError):
    """A file that was to be written is another than was read: another program has changed it. Nothing was written."""


class DamagedError(LibraryError):
    """A file of the user's that is there but can't be understood. It is never written over."""


class ReadOnlyError(LibraryError):
    """A change was asked for where none can be kept."""
