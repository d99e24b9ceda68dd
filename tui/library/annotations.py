"""What the user has made of a library: annotations, tags, readings, mends and so on, kept by TinyDB in one file."""

from __future__ import annotations

import gc
import threading
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tinydb.table import Document

from tui.errors import LibraryError, ReadOnlyError, UsageError
from tui.language import _
from tui.library.contents import Contents, Rewritten, contents_of, rewrite
from tui.library.entries import Key, Kind, Record, as_annotation, check, clean_tag, clean_tags, key_of, new_id, now
from tui.library.journal import Changes
from tui.library.kept import Tables
from tui.library.snapshot import Row, chunks, row_of
from tui.library.state import State
from tui.library.storage import AnnotationFile
from tui.library.tables import Database
from tui.model import Annotation, Bookmark, Mend, NamedFilter, Reading, Tag, Trashed

__all__ = [
    "Annotations",
    "Change",
    "Key",
    "Kind",
    "Record",
    "Reloaded",
    "clean_tag",
    "clean_tags",
    "key_of",
    "new_id",
    "now",
]

_PAUSE = 0.0002  # seconds between two pieces of a new file, for the other threads
_MANY = 5_000  # records, from which on a look through all of them for garbage would hold up the screen


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


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What another program's writing has changed here.

    Attributes:
        keys: Of the records that are different now.
        twice: How many annotations were changed on both sides, so that they stand there twice.
    """

    keys: tuple[Key, ...] = ()
    twice: int = 0


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
        self._closing = threading.Event()
        self._compacting: threading.Thread | None = None
        self.before_change: Callable[[int], None] = lambda _lost: None  # told by how many records become fewer
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
    def journalled(self) -> bool:
        """Whether changes are safe in the journal that are not in the file yet."""
        return self._kept.journalled

    @property
    def digest(self) -> str:
        """Of the file's bytes, in hexadecimal digits; empty where there is no file yet."""
        return self._kept.digest

    @property
    def unknown(self) -> int:
        """How many records are of a sort that only a later version knows: they are kept, but not shown."""
        return self._unknown

    @property
    def records(self) -> Mapping[Key, Record]:
        """All that there is."""
        return self._state.records

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

    def codebook(self) -> tuple[Tag, ...]:
        """The tags that have a colour, a description or a digit, or were made before they were used, by name."""
        return self._state.codebook

    def favourite(self, digit: str) -> Tag | None:
        """The tag that a digit puts on; the first by name, should another program have given it to two."""
        return next((tag for tag in self._state.codebook if tag.digit == digit), None)

    def bookmarks(self) -> tuple[Bookmark, ...]:
        """The places that have a letter, by letter."""
        return self._state.bookmarks

    def bookmarks_on(self, page: str) -> tuple[Bookmark, ...]:
        """The same for one page."""
        return tuple(bookmark for bookmark in self._state.bookmarks if bookmark.page == page)

    def bookmark(self, letter: str) -> Bookmark | None:
        """The bookmark of a letter, if there is one."""
        found = self._state.records.get(Key.bookmark(letter))
        return found if isinstance(found, Bookmark) else None

    def filters(self) -> tuple[NamedFilter, ...]:
        """The filters that have a name, by name."""
        return self._state.filters

    def filter_of(self, digit: str) -> NamedFilter | None:
        """The named filter that a digit applies; the first by name, should another program have given it to two."""
        return next((one for one in self._state.filters if one.digit == digit), None)

    def trash(self) -> tuple[Trashed, ...]:
        """The annotations that were deleted, the last first. Nothing else here knows of them."""
        return self._state.trash

    def trash_on(self, page: str) -> tuple[Trashed, ...]:
        """The same of one page, by the time of deletion."""
        return self._state.trash_pages.get(page, ())

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
        return self._kept.changed()

    def reload(self) -> Reloaded:
        """Be as the file and its journal are now; of a journal only what is new is read.

        Where another program has written the file while this one may change it, what both have made is put together,
        and kept: see `tui.library.reconciling`.

        Returns:
            What is different now.

        Raises:
            DamagedError: It can't be understood any more; the old state is kept, and no change is made to the file.
            LibraryError: It can't be read or written, or was written by a later version; likewise.
        """
        with self._writing:
            before, twice = self._state.records, 0
            news = self._kept.follow()
            if news is not None:
                return Reloaded(self._learn(*news))
            if not self._read_only and self._kept.certain:
                twice = self._merge()
            self._open()
            return Reloaded(_different(before, self._state.records), twice)

    def _merge(self) -> int:
        tables = self._kept.tables
        try:
            return self._kept.merge(lambda merged: contents_of(_rows(merged), self._path))
        except BaseException:
            if self._kept.tables is not tables:
                self._show(contents_of(self._file.read(), self._path))
            raise

    def take_over(self) -> Reloaded:
        """Be as the file and its journal are now, and allow changes from now on: the writer before has ended.

        Returns:
            What is different now.

        Raises:
            DamagedError: It can't be understood; all stays as it was, and changes are refused still.
            LibraryError: It can't be read, or was written by a later version; likewise.
        """
        with self._writing:
            before = self._state.records
            self._open()
            self._read_only = False
            return Reloaded(_different(before, self._state.records))

    def snapshot(self) -> Iterator[bytes]:
        """The file's bytes as it would be with all that is safe on the disk now, in small pieces.

        Later changes don't touch it, nor does it wait for any: it may be taken in a thread at any time.
        """
        return chunks(self._kept.tables)

    def snapshot_bytes(self) -> bytes:
        """The same in one piece."""
        return b"".join(self.snapshot())

    def compact(self) -> None:
        """Make one file of the file and its journal, where there is a journal. Changes may be made meanwhile.

        Raises:
            LibraryError: It could not be written; all that was safe is so still.
        """
        if not self._read_only:
            self._kept.compact(self._closing.is_set)

    def compact_soon(self) -> None:
        """Do the same in the background, unless it is being done."""
        if self._read_only or not self._kept.journalled or (self._compacting and self._compacting.is_alive()):
            return
        self._compacting = threading.Thread(target=self._compact_quietly, name="compacting", daemon=True)
        self._compacting.start()

    def _compact_quietly(self) -> None:
        with suppress(
            LibraryError
        ):  # all is safe in the journal, and it is tried again when that has grown, or at the end
            self._kept.compact(lambda: self._closing.wait(_PAUSE))

    def close(self) -> None:
        """Leave one file at rest, without a journal. Nothing depends on it: what is safe is so already."""
        self._closing.set()
        if self._compacting is not None:
            self._compacting.join()
        self._closing.clear()
        with suppress(LibraryError), self._writing:
            self.compact()

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
            put = {key_of(new): new for _old, new in sound}
            gone = tuple(key for old, _new in sound if (key := key_of(old)) not in put)
            return self._apply(Change(label, tuple(put.values()), gone))

    def _apply(self, change: Change) -> Change:
        if self._read_only:
            raise ReadOnlyError(_("{file}: opened for reading only; nothing was changed").format(file=self._path))
        put, gone = self._effect(change)
        if not put and not gone and self._kept.certain:
            return Change(change.label)
        before, tables = self._state.records, self._kept.tables
        self.before_change(len(gone) - sum(key not in before for key in put))
        try:
            self._write(put, gone)
        except BaseException:
            if self._kept.tables is not tables:
                self._show(contents_of(self._file.read(), self._path))
            raise
        self._state = self._state.after(gone, put)
        if self._kept.long:
            self.compact_soon()
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
        made: list[Rewritten] = []
        known = ChainMap(self._to_and_from_trash(put, gone), self._removed)
        with self._file.batch():
            for kind in Kind:
                keys = [key for key in (*gone, *put) if key.kind is kind]
                if keys:
                    table = self._database.table(kind.value)
                    made.append(rewrite(table, keys, put, self._numbers, known))
        for rewritten in made:
            for key in rewritten.keys:
                self._numbers.pop(key, None)
                self._removed.pop(key, None)
            self._numbers.update(rewritten.numbers)
            self._removed.update(rewritten.removed)

    def _to_and_from_trash(self, put: Mapping[Key, Record], gone: Iterable[Key]) -> dict[Key, Document]:
        """The rows that annotations have had which go into the trash or come out of it: all their fields go along."""
        before = self._state.records
        left = {one.id: key for key in gone if (one := as_annotation(before.get(key))) is not None}
        rows: dict[Key, Document] = {}
        for key, record in put.items():
            came = as_annotation(record)
            old = left.get(came.id) if came is not None and key not in before else None
            if old is None or old.kind is key.kind:
                continue
            row = self._database.table(old.kind.value).get(doc_id=self._numbers[old])
            if isinstance(row, Document):
                rows[key] = Document({name: value for name, value in row.items() if name != "deleted"}, key.number)
        return rows

    def _open(self) -> None:
        """Read the file; where that fails, everything stays as it was."""
        contents = Contents(self._path)
        with _collector_paused():
            file = AnnotationFile(self._path, contents)
            self._show(contents)
        if len(contents.records) > _MANY:
            gc.freeze()
        self._file, self._kept, self._database = file, file.kept, Database(storage=lambda: file)

    def _learn(self, news: Changes, before: Mapping[str, Mapping[str, bytes]]) -> tuple[Key, ...]:
        """Bring the records up to date with changed rows; the keys of those that are different now."""
        old, new = Contents(self._path), Contents(self._path)
        for table, rows in news.items():
            texts = before.get(table, {})
            old.add(table, {number: row_of(texts[number]) for number in rows if number in texts})
            new.add(table, {number: dict(row) for number, row in rows.items() if row is not None})
        gone = [key for key in old.records if key not in new.records]
        self._unknown += new.unknown - old.unknown
        self._numbers.update(new.numbers)
        for key in gone:
            del self._numbers[key]
        self._state = self._state.after(gone, new.records)
        return _different(old.records, new.records)

    def _show(self, contents: Contents) -> None:
        self._numbers, self._unknown = contents.numbers, contents.unknown
        self._state = State.of(contents.records)


def _rows(tables: Tables) -> dict[str, dict[str, Row]]:
    return {name: {number: row_of(text) for number, text in texts.items()} for name, texts in tables.items()}


def _different(before: Mapping[Key, Record], now: Mapping[Key, Record]) -> tuple[Key, ...]:
    """The keys of the records that have changed, come or gone."""
    changed = [key for key, record in now.items() if before.get(key) != record]
    return (*changed, *(key for key in before if key not in now))


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
