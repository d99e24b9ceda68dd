"""A backup, or what can be read of damaged files, put in the place of the annotations; what was there is kept.

Whoever calls this holds no lock: these functions take it, and refuse where another program has it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tui.causes import of_error
from tui.errors import DamagedError, LibraryError
from tui.language import _
from tui.library import atrest, locking
from tui.library.annotations import Annotations
from tui.library.atomic import sync_folder, write_atomically
from tui.library.backups import Backups, Held, Reason, look, stamp
from tui.library.contents import Contents
from tui.library.library import Home
from tui.library.reading_back import journal_of
from tui.library.rescue import Rescued, rescue
from tui.library.snapshot import row_of


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done.

    Attributes:
        held: What there is now.
        kept: Where that is which was there before; nothing where nothing was.
    """

    held: Held
    kept: tuple[Path, ...]


def restore(home: Home, name: str) -> Restored:
    """Put a backup in the place of the annotations.

    Annotations that can be opened become a backup themselves; damaged ones are set aside, with their journal.

    Raises:
        UsageError: There is no such backup.
        DamagedError: The backup can't be opened; nothing was changed.
        LibraryError: Another program writes the folder, or something can't be read or written.
    """
    backups = Backups(home.backups)
    with _held(home):
        chosen = backups.path(backups.named(name))
        held = look(chosen)
        if not held.whole:
            raise DamagedError(held.cause)
        try:
            data = chosen.read_bytes()
        except OSError as error:
            raise _failed(chosen, error) from error
        kept = _keep_present(home, backups, chosen.name)
        atrest.forget(home.at_rest)
        _put(_real(home), data)
    return Restored(held, kept)


def readable(annotations: Path) -> Rescued:
    """What can be read of damaged annotations and of their journal, and can stand in a library.

    Raises:
        LibraryError: They can't be read at all, or were written by a later version.
    """
    rescued = rescue(annotations)
    contents = Contents(annotations)
    tables: dict[str, dict[str, bytes]] = {}
    causes = list(rescued.causes)
    for name, rows in rescued.tables.items():
        table = tables[name] = {}
        for number, text in rows.items():
            try:
                contents.add(name, {number: row_of(text)})
            except DamagedError as error:
                causes.append(str(error))
            else:
                table[number] = text
    return Rescued(tables, tuple(causes))


def take_readable(home: Home) -> Restored:
    """Put what can be read of damaged annotations in their place; the damaged files are set aside.

    Raises:
        LibraryError: Another program writes the folder, or something can't be read or written.
    """
    with _held(home):
        path = _real(home)
        data = readable(path).data
        kept = _set_aside(path)
        _put(path, data)
    return Restored(look(path), kept)


@contextmanager
def _held(home: Home) -> Iterator[None]:
    path = home.state / "lock"
    lock = locking.acquire(path)
    if lock is None:
        who = locking.holder(path) or _("by another program")
        raise LibraryError(
            _("{folder}: open elsewhere ({who}); nothing was changed").format(folder=home.folder, who=who)
        )
    with lock:
        yield


def _real(home: Home) -> Path:
    return Path(os.path.realpath(home.annotations))


def _keep_present(home: Home, backups: Backups, spared: str) -> tuple[Path, ...]:
    """Make a backup of what there is; set it aside where it can't be opened."""
    path = _real(home)
    if not path.exists() and not journal_of(path).exists():
        return ()
    try:
        present = Annotations(path)
    except DamagedError:
        return _set_aside(path)
    present.compact()
    return (backups.path(backups.make(Reason.RESTORE, present.snapshot(), spared=spared)),)


def _set_aside(path: Path) -> tuple[Path, ...]:
    """Give the file and its journal further names, which no file has yet; their own they keep for the time being."""
    found = [each for each in (path, journal_of(path)) if each.exists()]
    time, again = stamp(datetime.now(UTC)), 1
    while True:
        end = f".damaged-{time}" + (f"-{again}" if again > 1 else "")
        aside = [each.with_name(each.name + end) for each in found]
        if not any(os.path.lexists(each) for each in aside):
            break
        again += 1
    try:
        for each, beside in zip(found, aside, strict=True):
            _copy(each, beside)
        sync_folder(path.parent)
    except OSError as error:
        raise _failed(path, error) from error
    return tuple(aside)


def _copy(path: Path, beside: Path) -> None:
    try:
        os.link(path, beside)  # costs no room, and never takes the place of a file
    except OSError:
        if os.path.lexists(beside):
            raise
        write_atomically(beside, path.read_bytes())


def _put(path: Path, data: bytes) -> None:
    """Write the file, then drop the journal: in between, the journal is found to belong to another file."""
    try:
        write_atomically(path, data)
        with suppress(FileNotFoundError):
            journal_of(path).unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise LibraryError(_("{file}: not saved: {cause}").format(file=path, cause=of_error(error))) from error


def _failed(path: Path, error: OSError) -> LibraryError:
    return LibraryError(_("{file}: can't be read: {cause}").format(file=path, cause=of_error(error)))
