"""The file of annotations and its journal on the disk: committed to, compacted, and watched for others' writes."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tui.causes import of_error
from tui.errors import ChangedError, DamagedError, LibraryError
from tui.language import _
from tui.library import atomic
from tui.library.journal import Changes, Journal, Lines, encode
from tui.library.reading_back import Found, journal_of, net_of, read_alone, read_both
from tui.library.reconciling import merge
from tui.library.seals import Seal, look, status_of
from tui.library.shards import Shards
from tui.library.snapshot import FORMAT_TABLE, Nobody, Seen, chunks, text_of

Tables = dict[str, Shards[str, bytes]]
LONG = 1 << 20  # bytes of a journal that is worth a new file, if that is not four times as long
NONE: Shards[str, bytes] = Shards()


def effect(tables: Tables, changes: Changes) -> tuple[Changes, Tables]:
    """What of `changes` makes a difference, and the tables after it."""
    real: dict[str, dict[str, Mapping[str, Any] | None]] = {}
    after = dict(tables)
    for name, rows in changes.items():
        known = tables.get(name, NONE)
        texts = {key: text_of(row) for key, row in rows.items() if row is not None}
        put = {key: text for key, text in texts.items() if known.get(key) != text}
        gone = [key for key, row in rows.items() if row is None and key in known]
        if name != FORMAT_TABLE and (put or gone or name not in tables):
            real[name] = {**dict.fromkeys(gone), **{key: rows[key] for key in put}}
            after[name] = known.after(put, gone)
    return real, after


class Kept:
    """The records of a file and its journal, in memory as texts, and on the disk.

    Attributes:
        tables: The records as they are safe on the disk; no one alters this value, a change brings another.
        certain: False after a failed write, until one succeeds: the disk may not have what a read of it shows.

    Raises:
        DamagedError: The file, or its journal, is there but can't be understood, or they do not belong together.
        LibraryError: One can't be read, or was written by a later version.
    """

    _base: Tables
    """The records of the file alone, as it was when it was last read or written here."""

    def __init__(self, path: Path, seen: Seen) -> None:
        """Read the file at `path`; `seen` is shown its records."""
        self._shown = path
        self._path = Path(os.path.realpath(path))
        self._lock = threading.RLock()
        self._since: list[bytes] | None = None
        self._take(read_both(self._path, seen))

    def _take(self, found: Found) -> None:
        self.tables, self._base = found.tables, found.base
        self._seal, self._journal = found.seal, found.journal
        self.certain = not found.spent

    @property
    def digest(self) -> str:
        """Of the file's bytes as they were last read or written here; empty where there is no file."""
        return self._seal.digest if self._seal is not None else ""

    def reload(self) -> None:
        """Read the file anew, forgetting what was known of it.

        Raises:
            DamagedError: It can't be understood any more; what was known of it is kept.
            LibraryError: It can't be read, or was written by a later version; likewise.
        """
        with self._lock:
            self._take(read_both(self._path, Nobody()))

    def follow(self) -> tuple[Changes, Tables] | None:
        """Take what a writer has added to the journal.

        Returns:
            The records that are new, changed or gone, and the tables before; None where more has happened than that,
            and the file must be opened anew.

        Raises:
            LibraryError: The file can't be read.
        """
        with self._lock:
            try:
                if self._seal is None or not self.certain or self._file_changed():
                    return None
                journal = self._journal
                if journal is None:
                    if not self._journal_changed():
                        return {}, self.tables
                    journal = Journal(journal_of(self._path), Lines(), 0, 0)
                lines = journal.follow()
                # A writer puts a new file in place before it touches the journal.
                if lines is None or self._file_changed() or not (self._journal or self._seal.digest in lines.files()):
                    return None
            except FileNotFoundError:
                return None
            except OSError as error:
                raise self._failed(_("{file}: can't be read: {cause}"), error) from error
            self._journal, before = journal, self.tables
            net = net_of(lines.changes())
            self.tables = effect(before, net)[1]
            return net, before

    def merge(self, sound: Callable[[Tables], object]) -> int:
        """Put together what another program has written and what is here, on the disk too.

        A file that someone has removed is made anew.

        Args:
            sound: Raises a `DamagedError` where tables may not be kept.

        Returns:
            How many annotations both have changed, so that they now stand there twice.

        Raises:
            DamagedError: What is there can't be understood; nothing is written.
            LibraryError: It can't be read, or the whole can't be written; what was safe is safe.
        """
        with self._lock:
            theirs = self._theirs()
            if theirs.seal is None:
                theirs = replace(theirs, tables=self.tables)
            merged = merge(self._base, self.tables, theirs.tables)
            sound(merged.tables)
            before = self._seal, self._journal
            self._seal, self._journal = theirs.seal, theirs.journal or self._own_journal()
            try:
                if self._seal is None or self._journal is not None or merged.tables != theirs.tables:
                    self._write_whole(merged.tables)
            except BaseException:
                self._seal, self._journal = before  # theirs is never taken for what was read here
                raise
            self.tables = self._base = merged.tables
            self.certain = True
            return merged.twice

    def _theirs(self) -> Found:
        """What another program has written; our own journal left aside, if it is as it was."""
        try:
            return read_both(self._path, Nobody())
        except DamagedError:
            if self._own_journal() is None:
                raise
            return read_alone(self._path)

    def _own_journal(self) -> Journal | None:
        """The journal, if nobody else has touched it."""
        try:
            return None if self._journal is None or self._journal.changed() else self._journal
        except OSError as error:
            raise self._failed(_("{file}: can't be read: {cause}"), error) from error

    @property
    def journalled(self) -> bool:
        """Whether a journal stands beside the file."""
        return self._journal is not None

    @property
    def long(self) -> bool:
        """Whether the journal has grown so long that a new file is worth its while."""
        journal, seal = self._journal, self._seal
        return journal is not None and seal is not None and journal.length > max(LONG, seal.size // 4)

    def changed(self) -> bool:
        """Whether the file is another than was last read or written here: someone else has written, or removed it.

        Raises:
            LibraryError: It can't be read.
        """
        with self._lock:
            try:
                moved = os.path.realpath(self._shown) != str(self._path)  # a link that leads elsewhere now
                return moved or self._file_changed() or self._journal_changed()
            except OSError as error:
                raise self._failed(_("{file}: can't be read: {cause}"), error) from error

    def _file_changed(self) -> bool:
        seal = look(self._path, self._seal)
        if (seal and seal.digest) != (self._seal and self._seal.digest):
            return True
        self._seal = seal
        return False

    def _journal_changed(self) -> bool:
        if self._journal is None:
            return status_of(journal_of(self._path)) is not None
        return self._journal.changed()

    def commit(self, changes: Changes, tables: Tables) -> None:
        """Make safe `changes`, after which there are `tables`.

        Raises:
            LibraryError: They could not be written, or someone else has changed the file since it was read.
        """
        if not changes and self.certain:
            return
        with self._lock:
            self._refuse_others()
            if self._seal is None:
                self._write_whole(tables)
            else:
                if not self.certain:
                    self._write_whole(self.tables)
                    self.certain = True
                if changes:
                    self._write_change(changes)
            self.tables = tables
            self.certain = True

    def _refuse_others(self) -> None:
        if self.changed():
            said = _("{file}: changed by another program since it was read; nothing was written")
            raise ChangedError(said.format(file=self._shown))

    def _failed(self, said: str, error: OSError, path: Path | None = None) -> LibraryError:
        return LibraryError(said.format(file=path or self._shown, cause=of_error(error)))

    def _write_change(self, changes: Changes) -> None:
        payload = {"changes": changes}
        path = journal_of(self._path)
        journal = self._journal
        try:
            if journal is None:
                assert self._seal is not None
                line = encode(1, payload)
                self._begin(self._seal.digest, 0, [line])
            else:
                line = journal.append(payload)
        except BaseException as error:
            if journal is None or not journal.sound:
                self._read_back()
            if isinstance(error, OSError):
                raise self._failed(_("{file}: not saved: {cause}"), error, path) from error
            raise
        if self._since is not None:
            self._since.append(line)

    def _begin(self, digest: str, after: int, lines: Iterable[bytes]) -> None:
        """Put a new journal in the place of the old one, if there is one."""
        path = journal_of(self._path)
        lines = list(lines)
        Journal.stage(path, digest, after, lines).place()
        status = path.stat()
        self._journal = Journal(path, Lines(last=after + len(lines), end=status.st_size), status.st_ino, status.st_size)

    def _read_back(self) -> None:
        """After a write that may have left anything: be as the disk is, and write all anew next time."""
        with contextlib.suppress(LibraryError):
            self._take(read_both(self._path, Nobody()))
        self.certain = False

    def _write_whole(self, tables: Tables) -> None:
        """Put a file with all of `tables` in the place of the old one and its journal.

        Where there is a journal, `tables` are what it and the file come to: a crash may leave it beside the new file.
        """
        try:
            staged, digest = self._stage(tables)
        except OSError as error:
            raise self._failed(_("{file}: not saved: {cause}"), error) from error
        try:
            if self._journal is not None:
                self._journal.renew({"in": digest})
            staged.place()
            self._placed(digest)
            self._base = tables
            self._drop_journal()
        except BaseException as error:
            staged.drop()
            self._read_back()
            if isinstance(error, OSError):
                raise self._failed(_("{file}: not saved: {cause}"), error) from error
            raise

    def _stage(self, tables: Tables, stop: Callable[[], bool] = lambda: False) -> tuple[atomic.Staged, str]:
        digest = blake2b(digest_size=16)

        def pieces() -> Iterator[bytes]:
            for piece in chunks(tables):
                if stop():
                    raise InterruptedError
                digest.update(piece)
                yield piece

        staged = atomic.stage(self._path, pieces())
        return staged, digest.hexdigest()

    def _placed(self, digest: str) -> None:
        status = status_of(self._path)
        self._seal = None if status is None else Seal.of(status, digest)

    def _drop_journal(self) -> None:
        if self._journal is not None:
            journal_of(self._path).unlink(missing_ok=True)
            self._journal = None
            atomic.sync_folder(self._path.parent)

    def compact(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Make one file of the file and its journal. Another thread may commit meanwhile; nothing of it is lost.

        Args:
            stop: Asked often; when it says so, nothing has been done.

        Raises:
            LibraryError: It could not be written, or someone else has written; what was safe is safe.
        """
        with self._lock:
            if self._journal is None or self._since is not None:
                return
            if not self.certain:
                self._write_whole(self.tables)
                self.certain = True
                return
            tables, journal, last, self._since = self.tables, self._journal, self._journal.last, []
        try:
            staged, digest = self._stage(tables, stop)
            try:
                with self._lock:
                    if self._journal is journal and self.certain:
                        self._swap(journal, staged, digest, last)
                        self._base = tables
            finally:
                staged.drop()
        except InterruptedError:
            return
        except OSError as error:
            raise self._failed(_("{file}: not compacted: {cause}"), error) from error
        finally:
            self._since = None

    def _swap(self, journal: Journal, staged: atomic.Staged, digest: str, last: int) -> None:
        """Let a file that has all up to a line of the journal take its place, and the journal keep the rest."""
        self._refuse_others()
        since = self._since
        try:
            journal.append({"in": digest})
        except BaseException:
            if not journal.sound:
                self._read_back()
            raise
        try:
            staged.place()
            self._placed(digest)
            if since:
                self._begin(digest, last, since)
            else:
                self._drop_journal()
        except BaseException:
            self._read_back()
            raise
