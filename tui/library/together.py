"""What other programs do with an open library: their changes followed, their end waited for, their meddling noticed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from tui.errors import LibraryError
from tui.library.annotations import Reloaded
from tui.library.catalog import Catalog
from tui.library.entries import Kind
from tui.library.library import Library


@dataclass(frozen=True, slots=True)
class News:
    """What has happened since the last look.

    Attributes:
        changes: How many records other than readings another program has changed.
        marks: Whether it has changed anything.
        pages: Whether it has changed the catalog.
        writer: Whether it has ended, and changes can be made here from now on.
        meddled: Whether the file of annotations was changed by one that is not to write it.
        error: What went wrong, said once.
    """

    changes: int = 0
    marks: bool = False
    pages: bool = False
    writer: bool = False
    meddled: bool = False
    error: str = ""


def counted(reloaded: Reloaded) -> int:
    """How many changes a user is told of: what someone has read is none."""
    return sum(key.kind is not Kind.READING for key in reloaded.keys)


class Watch:
    """Looks, from one thread, at what other programs do. A look where nothing has happened costs a few calls of stat.

    Args:
        library: The folder.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._catalog: Catalog | None = None
        self._version = 0
        self._error = ""
        self._meddled = False

    def look(self) -> News:
        """What has happened since the last look; of all that is in it, this library knows already."""
        try:
            news = self._follow() if self._library.annotations.read_only else self._guard()
        except LibraryError as error:
            again, self._error = str(error) == self._error, str(error)
            return News() if again else News(error=str(error))
        self._error = ""
        return news

    def _follow(self) -> News:
        if self._library.take_over():
            self.close()
            return News(marks=True, writer=True)
        store = self._library.annotations
        reloaded = store.reload() if store.changed() else Reloaded()
        return News(counted(reloaded), bool(reloaded.keys), self._other_pages())

    def _guard(self) -> News:
        before, self._meddled = self._meddled, self._library.annotations.changed()
        return News(meddled=self._meddled and not before)

    def _other_pages(self) -> bool:
        """Whether the catalog is another than at the last look."""
        if self._catalog is None:
            self._catalog = self._library.catalog()
            self._version = self._catalog.version()
            return True  # it may have changed since whoever asks has looked into it
        before, self._version = self._version, self._catalog.version()
        return self._version != before

    def close(self) -> None:
        """End; to be called by the thread that looks."""
        if self._catalog is not None:
            with contextlib.suppress(LibraryError):
                self._catalog.close()
            self._catalog = None
