"""Page files by themselves, with the mends of the library in which they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.errors import LibraryError
from tui.library.annotations import Annotations
from tui.library.library import STATE, find_library
from tui.library.mends import mended_page
from tui.pages.page import read_page

if TYPE_CHECKING:
    from pathlib import Path

    from tui.model import Page


class MendedFiles:
    """Reads page files; what has been made of each library is read once."""

    def __init__(self, data_folder: Path) -> None:
        """Begin.

        Args:
            data_folder: The user's, where the notes on folders lie that can't be written to.
        """
        self._data_folder = data_folder
        self._stores: dict[Path, Annotations | None] = {}

    def read(self, file: Path) -> Page:
        """The page in a file. In a library it has its path there, and its mends.

        Raises:
            OSError: It can't be read.
            PageError: It is no page.
            LibraryError: The annotations of its library can't be read, so that its mends are not known.
        """
        data = file.read_bytes()
        library = find_library(file, self._data_folder)
        store = self._store(*library) if library else None
        if library is None or store is None:
            return read_page(file.as_posix(), data)
        path = file.resolve().relative_to(library[0]).as_posix()
        return mended_page(read_page(path, data), store.mends_on(path))

    def _store(self, folder: Path, path: Path) -> Annotations | None:
        """The store at `path`; None where the file is another program's."""
        if path not in self._stores:
            try:
                self._stores[path] = Annotations(path, read_only=True)
            except LibraryError:
                if path.parent == folder and not (folder / STATE).is_dir():
                    self._stores[path] = None
                else:
                    raise
        return self._stores[path]
