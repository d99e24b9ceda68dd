"""What the commands without a screen have in common: the library brought up to date, the query, what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui.display import visible_line
from tui.errors import QueryError, UsageError
from tui.library.catalog import Catalog, Update
from tui.library.library import Library

if TYPE_CHECKING:
    from tui.library.dictionary import Dictionary
    from tui.search.query import Query


@contextmanager
def opened(folder: Path, *, writer: bool = False) -> Iterator[tuple[Library, Catalog]]:
    """An open library and a connection to its catalog."""
    from tui.recovery import open_library
    from tui.settings import data_folder

    with open_library(folder, data_folder(), writer=writer) as library, library.catalog() as catalog:
        yield library, catalog


def updated(library: Library, catalog: Catalog, *, complaining: bool = True) -> Update:
    """Bring the catalog up to date; say what has followed its page and, if wanted, what can't be read."""
    update = library.update(catalog)
    for notice in update.notices:
        say(notice)
    if complaining:
        for problem in update.problems:
            complain(f"{problem.path}: {problem.cause}")
    return update


def own_words(library: Library) -> Dictionary:
    """The user's own words for a library."""
    from tui.library import dictionary
    from tui.settings import settings_path

    return dictionary.read((settings_path().parent, library.folder, library.home.folder))


def asked_for(text: str) -> Query:
    """What a query means.

    Raises:
        UsageError: It has a mistake, whose place the error names.
    """
    from tui.search.query import parse

    try:
        return parse(text)
    except QueryError as error:
        place = f"{error.start + 1}" if error.end - error.start <= 1 else f"{error.start + 1} to {error.end}"
        raise UsageError(f"the query, character {place} ({text[error.start : error.end]}): {error}") from error


def counted(number: int, one: str, many: str) -> str:
    """So many of something."""
    return f"{number} {one if number == 1 else many}"


def complain(line: str) -> None:
    """Say what is wrong."""
    print(f"jianbao: {visible_line(line)}", file=sys.stderr)


def say(line: str) -> None:
    """Say something beside what is printed."""
    print(visible_line(line), file=sys.stderr)
