"""A folder of pages together with what is kept beside it: the catalog, the annotations, the lock."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tui.causes import in_words
from tui.errors import DamagedError, LibraryError, UsageError
from tui.language import _
from tui.library import atrest, locking
from tui.library.anchors import find, resolve
from tui.library.annotations import Annotations, Change, Reloaded
from tui.library.atomic import write_atomically
from tui.library.backups import Backup, Backups, Reason
from tui.library.catalog import ArticleRow, Catalog, Progress, StoredArticle, Update
from tui.library.guard import Guard
from tui.library.noted import NotedArticles
from tui.library.reading_back import journal_of
from tui.model import Annotation, Bookmark, Mend, Reading, Span, Status
from tui.reading import places

if TYPE_CHECKING:
    from array import array

    from tui.library.mender import Mender
    from tui.library.placing import Placement
    from tui.search.nodes import Query

ANNOTATIONS = "annotations.json"
STATE = ".jianbao"
_HIGHEST = 12  # folders above a page in which its library is sought


@dataclass(frozen=True, slots=True)
class Marks:
    """What a reader has left on an article, in sum, and how many other copies of it there are."""

    read: bool = False
    starred: bool = False
    annotations: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Home:
    """Where the notes on a folder of pages are kept.

    Attributes:
        folder: The folder of pages itself, or one in the user's data folder where that can't be written to.
        notice: A line for the user where it is not the folder itself, else empty.
    """

    folder: Path
    notice: str = ""

    @property
    def annotations(self) -> Path:
        """The one precious file."""
        return self.folder / ANNOTATIONS

    @property
    def state(self) -> Path:
        """The folder of what can be made anew, the catalog and the lock, and of the drafts and backups."""
        return self.folder / STATE

    @property
    def catalog(self) -> Path:
        """The parsed pages and the index."""
        return self.state / "catalog.sqlite"

    @property
    def at_rest(self) -> Path:
        """How the notes were left when the program ended last."""
        return self.state / "at-rest"

    @property
    def drafts(self) -> Path:
        """The folder of notes that are being written."""
        return self.state / "drafts"

    @property
    def backups(self) -> Path:
        """The folder of whole copies of the annotations."""
        return self.state / "backups"


def find_home(folder: Path, data_folder: Path) -> Home:
    """Where the notes on `folder` are kept: in it, or, where it can't be written to, in `data_folder`.

    A folder without any write permission counts as read-only even for a user whom the system would let write.

    Raises:
        LibraryError: There is no such folder, or it can't be listed, or neither place can be written to.
    """
    try:
        mode = folder.stat().st_mode
        next(folder.iterdir(), None)
    except OSError as error:
        raise LibraryError(f"{folder}: {in_words(error.strerror or str(error))}") from error
    if _writable(folder, mode) and _make(folder / STATE):
        return Home(folder)
    home = Home(
        _elsewhere(folder, data_folder),
        _("The folder is read-only: notes are kept in {folder}").format(folder=data_folder),
    )
    try:
        home.state.mkdir(parents=True, exist_ok=True)
        inherited = folder / ANNOTATIONS
        if inherited.is_file() and not home.annotations.exists():
            _inherit(inherited, home.annotations)
    except OSError as error:
        raise LibraryError(f"{home.folder}: {in_words(error.strerror or str(error))}") from error
    return home


def _inherit(annotations: Path, home: Path) -> None:
    """Copy a file of annotations, and what a program that was killed has left in its journal.

    Where they are damaged, both are copied as they are, so that whoever opens the copy finds the damage.
    """
    journal = journal_of(annotations)
    data = annotations.read_bytes()
    if journal.exists():
        try:
            data = Annotations(annotations, read_only=True).snapshot_bytes()
        except DamagedError:
            write_atomically(journal_of(home), journal.read_bytes())
    write_atomically(home, data)


def find_library(file: Path, data_folder: Path) -> tuple[Path, Path] | None:
    """The library in which `file` lies: the nearest folder above it on which there are notes.

    Returns:
        The folder, and the file of its notes, in the folder or in `data_folder`; None where there is none.
    """
    for folder in file.resolve().parents[:_HIGHEST]:
        elsewhere = _elsewhere(folder, data_folder) / ANNOTATIONS
        if elsewhere.is_file() and not _writable(folder, folder.stat().st_mode):
            return folder, elsewhere
        if (folder / ANNOTATIONS).is_file():
            return folder, folder / ANNOTATIONS
    return None


def _elsewhere(folder: Path, data_folder: Path) -> Path:
    """Where the notes on a folder are kept that can't be written to."""
    import hashlib  # only here, and every start would pay for it

    real = folder.resolve()
    name = f"{real.name[:40]}-{hashlib.sha256(os.fsencode(real)).hexdigest()[:12]}"
    return data_folder / "libraries" / name


def _writable(folder: Path, mode: int) -> bool:
    return bool(mode & 0o222) and os.access(folder, os.W_OK)


def _make(state: Path) -> bool:
    try:
        state.mkdir(mode=0o700, exist_ok=True)
    except OSError:
        return False
    return os.access(state, os.W_OK)


class Library:
    """An open folder. Readers of one folder may be many, the writer is one.

    Attributes:
        folder: The folder of pages.
        home: Where its notes are kept.
        notice: A line for the user where changes can't be kept in the folder or not at all, else empty.
        annotations: What the user has made.
        altered: Whether somebody else, or decay, has changed that since this program left it.
        backups: Whole copies of that.
        troubled: Told of a backup that could not be made in the background, in another thread.
    """

    def __init__(self, folder: Path, data_folder: Path, *, writer: bool = True) -> None:
        """Open `folder`; as a writer if nobody else is.

        Args:
            folder: A folder of pages.
            data_folder: The user's data folder.
            writer: Whether changes are wanted.

        Raises:
            LibraryError: The folder or the annotations can't be opened.
        """
        self.folder = folder
        self.home = find_home(folder, data_folder)
        self.notice = self.home.notice
        self._lock: locking.Lock | None = None
        self._handing = threading.Lock()
        self._awaited: int | None = None  # the inode of the lock that another program holds, whose end is waited for
        if writer:
            self._take_lock(self.home.state / "lock")
        try:
            self.annotations = Annotations(self.home.annotations, read_only=self._lock is None)
        except LibraryError:
            self._release()
            raise
        self.altered = not self.annotations.journalled and atrest.altered(self.home.at_rest, self.annotations.digest)
        if self._lock is not None:
            atrest.forget(self.home.at_rest)
        self.annotations.compact_soon()  # what a program that was killed has left
        self.backups = Backups(self.home.backups)
        self.troubled: Callable[[LibraryError], None] = lambda _error: None
        self._guard = Guard(self.backups, self.annotations, self._say_trouble)
        self.annotations.before_change = self._guard.before
        self._marks: dict[str, dict[int, Marks]] = {}
        self.noted = NotedArticles(self)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _take_lock(self, path: Path) -> None:
        """Become the folder's writer, or know why not."""
        try:
            self._lock = locking.acquire(path)
        except LibraryError as error:
            self.notice = _("This folder can't be locked and is only read: {cause}").format(cause=error)
            return
        if self._lock is None:
            self._awaited = locking.inode(path)
            self.notice = _("Open elsewhere ({who}): this one only reads").format(
                who=locking.holder(path) or _("by another program")
            )

    def take_over(self) -> bool:
        """Become the folder's writer, where the program that was it when this one began has ended.

        Everything is read anew, under the lock. It may be asked often, and from any thread. Where somebody has removed
        the lock, or put another in its place, nobody can tell whether that program still holds the old one.

        Returns:
            Whether it has just become so.

        Raises:
            LibraryError: The lock could be had, but not be used, or the annotations can't be read; nobody has it now.
        """
        with self._handing:
            path = self.home.state / "lock"
            if self._awaited is None or locking.inode(path) != self._awaited:
                return False
            lock = locking.acquire(path)
            if lock is None:
                return False
            try:
                self.annotations.take_over()
            except BaseException:
                lock.release()
                raise
            self._lock, self._awaited, self.notice = lock, None, self.home.notice
        self.annotations.compact_soon()
        return True

    def close(self) -> None:
        """Leave one file of annotations at rest, and let another program write."""
        with self._handing:
            self._awaited = None
        self._guard.close()
        with suppress(LibraryError):
            if self._lock is not None and self.annotations.journalled and self.annotations.changed():
                self.reload()  # or the next start would find a journal that belongs to another file
        try:
            self.annotations.close()
            if self._lock is not None and not self.annotations.journalled and self.annotations.digest:
                atrest.left(self.home.at_rest, self.annotations.digest)
        finally:
            self._release()

    def _release(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def catalog(self) -> Catalog:
        """A new connection to the catalog, for one thread."""
        return Catalog(self.home.catalog)

    def update(
        self,
        catalog: Catalog,
        progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] | None = None,
    ) -> Update:
        """Bring the catalog up to date with the pages and their mends, as `Catalog.update` says.

        The folder's writer also lets the notes follow: where a page was renamed or moved, to its new path; where its
        text has changed, to their new places on it, as far as these are certain.
        """
        store = self.annotations
        done = catalog.update(self.folder, progress, stop, store.mends_on, self._is_noted, mended=self._mended)
        if self.annotations.read_only or (stop and stop()):
            return done
        from tui.library.following import follow

        # What can't be written now is shown where it belongs all the same, and followed at the next update.
        with suppress(LibraryError):
            followed = follow(self.annotations, catalog)
            self._remake(followed.mended)
            self.forget_marks()
            return replace(done, notices=followed.notices)
        return done

    def _mended(self) -> set[str]:
        return {mend.page for mend in self.annotations.mends()}

    def _is_noted(self, page: str) -> bool:
        store = self.annotations
        kinds = (store.on_page, store.readings_on, store.mends_on, store.bookmarks_on, store.trash_on)
        return any(on(page) for on in kinds)

    def apply(self, change: Change) -> Change:
        """Commit `change` to the disk and return the change that undoes it.

        Pages whose mends it changes are made anew in the catalog at once, with new ids for their articles.
        """
        inverse = self.annotations.apply(change)
        pages = {record.page for record in (*change.put, *inverse.put) if isinstance(record, Mend)}
        if pages:
            self._remake(pages)
        self.forget_marks()
        return inverse

    def reload(self) -> Reloaded:
        """Take in what another program has made of the annotations, and keep with it what was made here.

        Raises:
            LibraryError: As for `Annotations.reload`.
        """
        before = set(self.annotations.mends())
        reloaded = self.annotations.reload()
        if not self.annotations.read_only:
            self._remake({mend.page for mend in before.symmetric_difference(self.annotations.mends())})
        self.forget_marks()
        return reloaded

    def back_up(self, reason: Reason) -> Backup:
        """Make a backup of the annotations as they are now.

        Raises:
            LibraryError: It could not be made; what it was to be made for must not be done.
        """
        return self._guard.make(reason)

    def _say_trouble(self, error: LibraryError) -> None:
        self.troubled(error)

    def _remake(self, pages: Iterable[str]) -> None:
        from tui.library import updating

        # The change is safe on the disk already. A catalog that can't be written now is made right by its next update.
        with suppress(LibraryError), self.catalog() as catalog:
            for page in sorted(pages):
                catalog.ask(updating.remake, page, self.annotations.mends_on(page))

    def mender(self, catalog: Catalog, page: str, author: str = "") -> Mender:
        """What mends a page, as it stands with the mends it has.

        Raises:
            UsageError: There is no such page.
        """
        from tui.library import storing
        from tui.library.mender import Mender

        unmended = catalog.ask(storing.unmended_page, page)
        if unmended is None:
            raise UsageError(_("{page}: no such page in {folder}").format(page=page, folder=self.folder))
        return Mender(unmended, self.annotations.mends_on(page), author)

    def resolved(self, catalog: Catalog, query: Query) -> Query:
        """`query` as the catalog can answer it: what tags, notes, colours and stars say is brought down to articles."""
        return self.noted.resolved(catalog, query)

    def found(self, catalog: Catalog, query: Query, stop: Callable[[], bool] = lambda: False) -> array[int]:
        """The articles that match, whatever is asked of them, newest first; those too that only initials find."""
        return catalog.ids(self.resolved(catalog, query), initials=True, stop=stop)

    def forget_marks(self) -> None:
        """Work the marks out anew: the annotations or the parsed pages have changed."""
        self._marks = {}

    def marks(self, catalog: Catalog, row: ArticleRow) -> Marks:
        """What the reader has left on the article of `row`."""
        known = self._marks  # another thread may have them forgotten at any moment
        if row.page not in known:
            known[row.page] = self._marks_on(catalog, row.page)
        return known[row.page].get(row.id, Marks())

    def _marks_on(self, catalog: Catalog, page: str) -> dict[int, Marks]:
        readings = self.annotations.readings_on(page)
        if not readings and not self.annotations.on_page(page):
            return {}
        found = {}
        for stored in catalog.articles_on(page):
            reading = self.reading(stored)
            found[stored.row.id] = Marks(reading.read, reading.starred, len(self.annotations_on(stored)))
        return found

    def annotations_on(self, stored: StoredArticle) -> tuple[Annotation, ...]:
        """The annotations on an article, in text order, at the places where its page's present text has them."""
        own = places((span, 0) for block in stored.article.blocks for span in block.spans)
        placed = (resolve(annotation, stored.page.text) for annotation in self.annotations.on_page(stored.row.page))
        return tuple(
            annotation
            for annotation in placed
            if annotation.status in {Status.ANCHORED, Status.MOVED}
            and any(own.touching(span) for span in annotation.spans)
        )

    def doubtful_on(self, stored: StoredArticle) -> int:
        """How many annotations an article's page has whose place on it is not known."""
        placed = (resolve(annotation, stored.page.text) for annotation in self.annotations.on_page(stored.row.page))
        return sum(annotation.status in {Status.REVIEW, Status.ORPHAN} for annotation in placed)

    def reading(self, stored: StoredArticle) -> Reading:
        """What the reader has done with an article so far."""
        for reading in self.annotations.readings_on(stored.row.page):
            if holds(stored, (Span(reading.start, reading.start + 1),)):
                return reading
        return Reading(stored.row.page, stored.row.start)

    def unsettled(self, catalog: Catalog) -> tuple[tuple[Annotation, Placement], ...]:
        """The annotations that are not, or no longer, where they were made, each with where it is or may be.

        Those that have moved; those to be reviewed; and the orphans, whose passage is found nowhere, or whose page is
        gone. In text order, and as they are kept: `anchors.settle` gives them the place that the reader chooses.
        """
        from tui.library.following import unsettled

        return unsettled(self.annotations, catalog)

    def lost_mends(self, catalog: Catalog) -> tuple[Mend, ...]:
        """The mends whose place is found nowhere: its page is gone, or no longer says it."""
        found = []
        for mend in self.annotations.mends():
            page = catalog.page(mend.page)
            if page is None or (mend.imprint is None and find(mend, page.text) is None):
                found.append(mend)
        return tuple(found)

    def lost_bookmarks(self, catalog: Catalog) -> tuple[Bookmark, ...]:
        """The bookmarks whose place is found nowhere, likewise."""
        return tuple(
            bookmark
            for bookmark in self.annotations.bookmarks()
            if (page := catalog.page(bookmark.page)) is None or find(bookmark, page.text) is None
        )


def holds(stored: StoredArticle, spans: tuple[Span, ...]) -> bool:
    """Whether any of `spans` lies in the article."""
    return any(own.overlaps(span) for block in stored.article.blocks for own in block.spans for span in spans)
