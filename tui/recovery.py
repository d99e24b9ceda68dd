"""The commands that keep notes from being lost: backups listed and put in place, notes of elsewhere taken in."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from tui.display import visible_line
from tui.errors import DONE, FOUND_WANTING, DamagedError, LibraryError, ReadOnlyError
from tui.library.backups import Backups, Reason, look
from tui.library.entries import Kind
from tui.library.importing import conflicts, read_foreign
from tui.library.library import Home, Library, find_home
from tui.library.merging import Merged, Outcome, merge
from tui.library.reading_back import journal_of
from tui.library.restoring import readable
from tui.library.restoring import restore as put_in_place

_NAMES = {
    Kind.ANNOTATION: "annotations",
    Kind.TAG: "tags",
    Kind.READING: "articles read or starred",
    Kind.MEND: "mends",
    Kind.BOOKMARK: "marks",
    Kind.FILTER: "named filters",
}


def open_library(folder: Path, data_folder: Path, *, writer: bool) -> Library:
    """Open a folder; what can't be said in time is said on standard error.

    Raises:
        DamagedError: With the command that leads out of it.
        LibraryError: As `Library`.
    """
    try:
        library = Library(folder, data_folder, writer=writer)
    except DamagedError as error:
        raise with_remedy(error, folder) from error
    library.troubled = lambda error: print(f"jianbao: {visible_line(str(error))}", file=sys.stderr)
    return library


def with_remedy(error: DamagedError, folder: Path) -> DamagedError:
    """The same error with the command that leads out of it."""
    return DamagedError(f"{error}; to go back to a backup: jianbao restore {shlex.quote(str(folder))}")


def backups(folder: Path, data_folder: Path) -> int:
    """Print the backups, the newest first, a line each."""
    home = find_home(folder, data_folder)
    there = Backups(home.backups)
    found = there.all()
    for backup in found:
        held = look(there.path(backup))
        state = held.words if held.whole else held.cause
        print(visible_line(f"{backup.name}  {backup.time:%Y-%m-%d %H:%M:%S} UTC  {backup.why}: {state}"))
    if not found:
        print(visible_line(f"{home.backups}: there are no backups yet"), file=sys.stderr)
    return DONE if found else FOUND_WANTING


def restore(folder: Path, data_folder: Path, name: str) -> int:
    """Put a backup in place, and say where that is which was there before."""
    restored = put_in_place(find_home(folder, data_folder), name)
    print(visible_line(f"restored: {restored.held.words}"))
    for path in restored.kept:
        print(visible_line(f"what was there before is kept: {path}"))
    return DONE


def take_in(folder: Path, data_folder: Path, file: Path) -> int:
    """Merge notes of elsewhere into a folder's; print counts."""
    foreign = read_foreign(file)
    with open_library(folder, data_folder, writer=True) as library:
        if library.annotations.read_only:
            raise ReadOnlyError(f"{folder}: {library.notice}")
        merged = merge(library.annotations.records, foreign.records, f"import of {file.name}")
        if merged.change.put:
            made = library.back_up(Reason.IMPORT)
            library.apply(merged.change)
            print("\n".join(counts(merged)))
            undo = f"jianbao restore {shlex.quote(str(folder))} {made.name}"
            print(visible_line(f"as it was before: {undo}"))
        else:
            print("\n".join(counts(merged)) or "nothing is in it")
    if foreign.unknown:
        print(f"{foreign.unknown} records of a later version of jianbao were left out")
    return DONE


def counts(merged: Merged) -> Iterator[str]:
    """What a merge comes to, a line for each kind of record."""
    for kind, name in _NAMES.items():
        if any(merged.outcomes[kind, outcome] for outcome in Outcome):
            told = [f"{merged.outcomes[kind, outcome]} {outcome.value}" for outcome in Outcome]
            yield f"{name}: {', '.join(told)}"


def damage(home: Home, error: DamagedError | None) -> Iterator[str]:
    """What is wrong with the files in which notes are kept, a line each.

    Args:
        home: Where they lie.
        error: What was found when the annotations were opened.
    """
    if error is not None:
        yield str(error)
        yield from _causes(home, str(error))
    there = Backups(home.backups)
    for backup in there.all():
        held = look(there.path(backup))
        if not held.whole:
            yield held.cause
    for copy in conflicts(home.annotations):
        try:
            read_foreign(copy)
        except LibraryError as cause:
            yield f"{cause} (a conflict copy beside your notes)"
        else:
            yield f"{copy}: a conflict copy beside your notes: jianbao import takes in what it has"


def _causes(home: Home, said: str) -> Iterator[str]:
    """What else is wrong with damaged annotations, and how much of them can be read."""
    try:
        rescued = readable(home.annotations)
    except LibraryError:
        return
    for cause in rescued.causes:
        if cause not in said:
            yield cause if str(home.annotations) in cause else f"{journal_of(home.annotations)}: damaged: {cause}"
    yield f"{home.annotations}: {rescued.records} records can be read"
