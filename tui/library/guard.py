"""Has a backup made before an open library is changed: the first time on a day, and before much goes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from tui.errors import LibraryError
from tui.library.annotations import Annotations
from tui.library.backups import Backup, Backups, Reason

MANY = 20  # records: a change by which so many become fewer has a backup before it
_PAUSE = 0.0002  # seconds between two pieces of a daily backup, for the other threads


class Guard:
    """Makes the backups of a library that is open for writing.

    Args:
        backups: Where they lie.
        annotations: The store.
        troubled: Told of a daily backup that could not be made, in a thread of its own; the change was made all the
            same.
    """

    def __init__(self, backups: Backups, annotations: Annotations, troubled: Callable[[LibraryError], None]) -> None:
        self._backups = backups
        self._annotations = annotations
        self._troubled = troubled
        self._day = ""
        self._one_at_a_time = threading.Lock()
        self._closing = threading.Event()
        self._daily: threading.Thread | None = None

    def make(self, reason: Reason) -> Backup:
        """Make a backup of what is safe on the disk now.

        Raises:
            LibraryError: As `Backups.make`.
        """
        with self._one_at_a_time:
            return self._backups.make(reason, self._annotations.snapshot())

    def before(self, lost: int) -> None:
        """Called before a change: records become fewer by so many.

        Raises:
            LibraryError: They are many, and no backup could be made; so the change must not be made either.
        """
        if lost >= MANY:
            self.make(Reason.DELETION)
        today = datetime.now(UTC).date().isoformat()
        if today != self._day and self._annotations.records:
            self._day = today
            pieces = self._annotations.snapshot()
            self._join()
            self._daily = threading.Thread(target=self._make_daily, args=(today, pieces), name="backup", daemon=True)
            self._daily.start()

    def close(self) -> None:
        """Wait for what is under way."""
        self._closing.set()
        self._join()

    def _join(self) -> None:
        if self._daily is not None:
            self._daily.join()

    def _make_daily(self, today: str, pieces: Iterable[bytes]) -> None:
        try:
            with self._one_at_a_time:
                there = {(one.reason, one.time.date().isoformat()) for one in self._backups.all()}
                if (Reason.DAILY.value, today) not in there:
                    self._backups.make(Reason.DAILY, pieces, lambda: self._closing.wait(_PAUSE))
        except LibraryError as error:
            self._troubled(error)
