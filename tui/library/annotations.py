"""What the user has made of a library: annotations, tags, readings and mends, kept by TinyDB in one file."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tinydb import TinyDB
from tinydb.table import Document, Table

from tui.errors import DamagedError, LibraryError, ReadOnlyError, UsageError
from tui.library.entries import Key, Kind, Record, check, clean_tag, clean_tags, key_of, new_id, now
from tui.library.rows import from_row, to_row
from tui.library.state import State
from tui.library.storage import AnnotationFile, Tables
from tui.model import Annotation, Mend, Reading, Tag

__all__ = ["Annotations", "Change", "Key", "Kind", "Record", "clean_tag", "clean_tags", "key_of", "new_id", "now"]


@dataclass(frozen=True, slots=True)
class Change:
    """One step that is made, and undone, as a whole.

    Attributes:
        label: What a reader would call it, for the undo message.
        put: Records that are new or take the place of those with the same key. Nothing in them is altered, so the times
            are the caller's.
        remove: Keys of records that go; one that is not there is passed over.
    """

    label: str
    put: tuple[Record, ...] = ()
    remove: tuple[Key, ...] = ()


class Annotations:
    """The store: values in memory, TinyDB on the disk.

    One thread at a time may `apply`; any thread may read meanwhile, and sees the state before or after, never between.

    Args:
        path: The file, `annotations.json`; where it is missing, the first `apply` makes it. Its folder has to exist.
        read_only: Refuse every change.

    Raises:
        DamagedError: The file is there but can't be understood; it is left as it is.
        LibraryError: It can't be read, or was written by a later version.
    """

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self._path = path
        self._read_only = read_only
        self._writing = threading.Lock()
        self._removed: dict[Key, Document] = {}
        self._numbers: dict[Key, int] = {}
        self._state = State.of({})
        self._unknown = 0
        self._open()

    @property
    def path(self) -> Path:
        """The file."""
        return self._path

    @property
    def read_only(self) -> bool:
        """Whether changes are refused."""
        return self._read_only

    @property
    def unknown(self) -> int:
        """How many records are of a sort that only a later version knows: they are kept, but not shown."""
        return self._unknown

    def all(self) -> tuple[Annotation, ...]:
        """Every annotation, in text order: by page, then by first span."""
        return self._state.annotations

    def get(self, id: str) -> Annotation | None:  # noqa: A002  (the field's name)
        """The annotation of that id, if there is one."""
        found = self._state.records.get(Key.annotation(id))
        return found if isinstance(found, Annotation) else None

    def on_page(self, page: str) -> tuple[Annotation, ...]:
        """A page's annotations, in text order."""
        return self._state.pages.get(page, ())

    def readings(self) -> tuple[Reading, ...]:
        """What has been done with articles, by page and place."""
        return self._state.readings

    def readings_on(self, page: str) -> tuple[Reading, ...]:
        """The same for one page, by place."""
        return self._state.reading_pages.get(page, ())

    def mends(self) -> tuple[Mend, ...]:
        """What has been put right of the parser's articles: by page, and in the order in which it is to be made."""
        return self._state.mends

    def mends_on(self, page: str) -> tuple[Mend, ...]:
        """The same for one page."""
        return self._state.mend_pages.get(page, ())

    def tags(self) -> tuple[Tag, ...]:
        """The codebook and every other tag in use, by name."""
        return self._state.tags

    def tag_counts(self) -> dict[str, int]:
        """How many annotations have each of `tags`, 0 for one in the codebook only; parts of names aren't added up."""
        return dict(self._state.tag_counts)

    def changed(self) -> bool:
        """Whether another program has written, or removed, the file since it was last read or written here.

        Raises:
            LibraryError: The file can't be read.
        """
        return self._file.changed()

    def reload(self) -> None:
        """Read the file anew.

        Raises:
            DamagedError: It can't be understood any more; the old state is kept, and no change is made to the file.
            LibraryError: It can't be read, or was written by a later version; likewise.
        """
        with self._writing:
            self._open()

    def apply(self, change: Change) -> Change:
        """Make a change; when this returns, it is safe on the disk.

        Returns:
            The change that brings back exactly what was, times and all; an empty one where nothing was to do.

        Raises:
            UsageError: A record may not be kept so; nothing has been changed.
            ReadOnlyError: Nothing can be kept here.
            LibraryError: It could not be written (its cause is the OSError), and what is shown here is what the disk
                has; or another program has changed the file since it was read, and nothing is written before `reload`.
        """
        with self._writing:
            return self._apply(change)

    def exchange(self, label: str, pairs: Iterable[tuple[Record, Record]]) -> Change:
        """Put records in the places of others, but of none that has been changed since it was looked up.

        For what is not done by the user's hand, and so may be done while the user changes the same. Where two records
        would come to stand under one key, the later of the pairs is right.

        Returns:
            As `apply`.

        Raises:
            UsageError, ReadOnlyError, LibraryError: As `apply`.
        """
        with self._writing:
            known = self._state.records
            sound = [(old, new) for old, new in pairs if known.get(key_of(old)) == old]
            put = {key_of(new): new for _, new in sound}
            gone = tuple(key for old, _ in sound if (key := key_of(old)) not in put)
            return self._apply(Change(label, tuple(put.values()), gone))

    def _apply(self, change: Change) -> Change:
        if self._read_only:
            raise ReadOnlyError(f"{self._path}: opened for reading only; nothing was changed")
        put, gone = self._effect(change)
        if not put and not gone and self._file.certain:
            return Change(change.label)
        before = self._state.records
        try:
            self._write(put, gone)
        except LibraryError:
            self._show(_contents(self._file.read(), self._path))
            raise
        self._state = self._state.after(gone, put)
        old = tuple(before[key] for key in (*gone, *put) if key in before)
        return Change(change.label, put=old, remove=tuple(key for key in put if key not in before))

    def _effect(self, change: Change) -> tuple[dict[Key, Record], tuple[Key, ...]]:
        """What of `change` makes a difference, once it is seen to be sound."""
        put: dict[Key, Record] = {}
        for record in change.put:
            check(record)
            key = key_of(record)
            if key in put or key in change.remove:
                raise UsageError(f"{key.name}: named twice in one change")
            put[key] = record
        before = self._state.records
        changed = {key: record for key, record in put.items() if before.get(key) != record}
        return changed, tuple(dict.fromkeys(key for key in change.remove if key in before))

    def _write(self, put: Mapping[Key, Record], gone: Iterable[Key]) -> None:
        """Bring the tables up to date, in one write."""
        numbers, removed = dict(self._numbers), dict(self._removed)
        with self._file.batch():
            for kind in Kind:
                keys = [key for key in (*gone, *put) if key.kind is kind]
                if keys:
                    _rewrite(self._database.table(kind.value), keys, put, numbers, removed)
        self._numbers, self._removed = numbers, removed

    def _open(self) -> None:
        """Read the file; where that fails, everything stays as it was."""
        with _collector_paused():
            file = AnnotationFile(self._path)
            contents = _contents(file.read(), self._path)
        self._file, self._database = file, TinyDB(storage=lambda: file)
        self._show(contents)

    def _show(self, contents: _Contents) -> None:
        self._numbers, self._unknown = contents.numbers, contents.unknown
        self._state = State.of(contents.records)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No collection meanwhile: a third of opening's time went into looking for garbage among records that all stay."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _rewrite(
    table: Table, keys: Sequence[Key], put: Mapping[Key, Record], numbers: dict[Key, int], removed: dict[Key, Document]
) -> None:
    """Take the records of `keys` out of a table, and in again those that `put` has.

    Args:
        table: Where they are.
        keys: All that is to be touched.
        put: The new records.
        numbers: Under which number each record stands; brought up to date.
        removed: What was taken out earlier, so that an undo gives it its number again, and the fields that only a later
            version knows; brought up to date.
    """
    known = [numbers[key] for key in keys if key in numbers]
    rows = {row.doc_id: row for row in table.get(doc_id=None, doc_ids=known)}
    table.remove(doc_ids=known)
    removed.update({key: rows[numbers.pop(key)] for key in keys if key in numbers})
    new: dict[int, Document] = {}
    for key in keys:
        if key in put:
            row = removed.pop(key, Document({}, key.number))
            number = row.doc_id
            while number in new or table.contains(doc_id=number):
                number += 1
            new[number] = Document({**row, **to_row(put[key])}, number)
            numbers[key] = number
    table.insert_multiple(new.values())


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the tables hold.

    Attributes:
        numbers: Under which number each record stands.
        unknown: How many more there are, of a sort that only a later version knows.
    """

    records: dict[Key, Record]
    numbers: dict[Key, int]
    unknown: int


def _contents(tables: Tables, path: Path) -> _Contents:
    contents: dict[Key, Record] = {}
    numbers: dict[Key, int] = {}
    unknown = 0
    for kind in Kind:
        for number, row in tables.get(kind.value, {}).items():
            try:
                record = from_row(kind, row)
            except UsageError as error:
                raise DamagedError(f"{path}: damaged: record {number} of {kind}: {error}") from error
            if record is None:
                unknown += 1
                continue
            key = key_of(record)
            if key in contents:
                raise DamagedError(f"{path}: damaged: {key.name!r} stands twice in {kind}")
            contents[key] = record
            numbers[key] = int(number)
    return _Contents(contents, numbers, unknown)
