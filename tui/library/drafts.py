"""Notes that are being written: what has been typed is on the disk long before it is saved.

A draft is a file of its own in the folder of drafts, `ID.json`, and goes when its note is saved or discarded.
"""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tui.causes import in_words
from tui.errors import LibraryError, UsageError
from tui.language import _
from tui.library.atomic import write_atomically
from tui.library.entries import Kind, check_sense, now
from tui.library.rows import from_row, to_row
from tui.model import Annotation

FORMAT, VERSION = "jianbao-draft", 1
PAUSE = 0.25  # seconds between a letter and its being on the disk, at most
_RESPITE = 2.0  # seconds until what could not be written is tried again


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as far as it is written.

    Attributes:
        id: The draft's name: the same for the same passage, article or annotation.
        annotation: What it is the note of: an annotation that is there, its note the present one, or one to be made.
        subject: What is annotated, in a few words; unsafe to show.
        text: What has been typed.
        modified: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    """

    id: str
    annotation: Annotation
    subject: str
    text: str
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """The drafts of a library.

    Attributes:
        drafts: The newest first.
        problems: What could not be read, and stays as it is: a line each that names the file and the cause.
    """

    drafts: tuple[Draft, ...] = ()
    problems: tuple[str, ...] = ()


def draft_id(annotation: Annotation, *, known: bool) -> str:
    """The id of the draft of a note.

    Args:
        annotation: What it is the note of.
        known: Whether that is an annotation of the library; if not, its own id says nothing, and its place counts.
    """
    place = [[span.start, span.end] for span in annotation.spans]
    identity = [annotation.id] if known else [annotation.page, annotation.scope.value, place]
    return hashlib.blake2b(json.dumps(identity).encode(), digest_size=8).hexdigest()


def is_saved(draft: Draft, annotations: Iterable[Annotation]) -> bool:
    """Whether the draft's note is among the annotations of its page: a kill came between saving and removing it."""
    made = draft.annotation
    return any(
        one.note == draft.text and (one.id == made.id or (one.scope, one.spans) == (made.scope, made.spans))
        for one in annotations
    )


def to_bytes(draft: Draft) -> bytes:
    """The draft's file."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "text": draft.text,
        "subject": draft.subject,
        "modified": draft.modified,
        "annotation": to_row(draft.annotation),
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass") + b"\n"


def from_bytes(draft: str, data: bytes) -> Draft:
    """The draft of that id that a file has.

    Raises:
        UsageError: It is no draft, or damaged.
    """
    try:
        content = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError) as error:
        raise UsageError(str(error).partition("\n")[0]) from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UsageError(_("no draft of a note"))
    if content.get("version") != VERSION:
        raise UsageError(_("written by a later version"))
    row, text, subject, modified = (content.get(name) for name in ("annotation", "text", "subject", "modified"))
    if not isinstance(text, str) or not isinstance(subject, str) or not isinstance(modified, str):
        raise UsageError(_("its text is missing"))
    annotation = from_row(Kind.ANNOTATION, row) if isinstance(row, dict) else None
    if not isinstance(annotation, Annotation):
        raise UsageError(_("what it belongs to is missing"))
    check_sense(annotation)
    return Draft(draft, annotation, subject, text, modified)


class Drafts:
    """The files of a library's drafts.

    Args:
        folder: Where they are; made when the first is kept.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Kept:
        """Every draft there is; a file that can't be understood is named, and neither changed nor removed."""
        drafts, problems = [], []
        with suppress(OSError):
            for path in sorted(self.folder.iterdir()):
                if path.suffix == ".md":
                    problems.append(_("{path}: left by an editor that was cut off").format(path=path))
                elif path.suffix == ".json" and not path.name.startswith("."):
                    try:
                        drafts.append(from_bytes(path.stem, path.read_bytes()))
                    except (OSError, UsageError) as error:
                        cause = in_words(error.strerror or "") if isinstance(error, OSError) else error
                        problems.append(f"{path}: {cause}")
        return Kept(tuple(sorted(drafts, key=lambda draft: draft.modified, reverse=True)), tuple(problems))

    def get(self, draft: str) -> Draft | None:
        """The draft of that id, if there is one that can be read."""
        try:
            return from_bytes(draft, self._path(draft).read_bytes())
        except (OSError, UsageError):
            return None

    def keep(self, draft: Draft) -> None:
        """Put a draft in the place of the one before; when this returns, it is safe on the disk.

        A file of its name that can't be understood is set aside first.

        Raises:
            LibraryError: It could not be written.
        """
        path = self._path(draft.id)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists() and self.get(draft.id) is None:
                path.rename(path.with_name(f"{path.stem}-damaged-{time.time_ns()}.json"))
            write_atomically(path, to_bytes(draft))
        except OSError as error:
            raise LibraryError(f"{path}: {in_words(error.strerror or str(error))}") from error

    def drop(self, draft: str) -> None:
        """Remove a draft whose note is saved or discarded.

        Raises:
            LibraryError: It could not be removed.
        """
        try:
            self._path(draft).unlink(missing_ok=True)
        except OSError as error:
            raise LibraryError(f"{self._path(draft)}: {in_words(error.strerror or str(error))}") from error

    def _path(self, draft: str) -> Path:
        return self.folder / f"{draft}.json"


class Keeper:
    """Keeps a draft while it is typed, in a thread of its own, so that no letter waits for the disk.

    Args:
        drafts: Where it is kept.
        draft: The draft as it is at first.
        failed: Is told, in that thread, when what was typed could not be written; once, until it can be again.
    """

    def __init__(self, drafts: Drafts, draft: Draft, failed: Callable[[LibraryError], None]) -> None:
        self._drafts = drafts
        self._draft = draft
        self._failed = failed
        self._state = threading.Condition()
        self._unwritten = False
        self._hurried = False
        self._closed = False
        self._well = True
        self._thread: threading.Thread | None = None

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self._draft

    def type(self, text: str) -> None:
        """The text is now this; it will be on the disk `PAUSE` seconds from now."""
        with self._state:
            if self._closed or text == self._draft.text:
                return
            self._draft = replace(self._draft, text=text, modified=now())
            self._unwritten = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="draft", daemon=True)
                self._thread.start()
            self._state.notify_all()

    def hurry(self) -> None:
        """Write what is not written yet at once; does not wait for it."""
        with self._state:
            self._hurried = self._unwritten
            self._state.notify_all()

    def close(self) -> bool:
        """Write what is not written yet, and end; waits for it. Closing twice does no harm.

        Returns:
            Whether all that was typed is on the disk.
        """
        with self._state:
            self._closed = True
            self._state.notify_all()
        if self._thread is not None:
            self._thread.join()
        return self._well

    def drop(self) -> None:
        """End, and remove the draft; waits for it.

        Raises:
            LibraryError: It could not be removed.
        """
        with self._state:
            self._unwritten = False
        self.close()
        self._drafts.drop(self._draft.id)

    def _run(self) -> None:
        while True:
            with self._state:
                self._state.wait_for(lambda: self._unwritten or self._closed)
                self._state.wait_for(lambda: self._hurried or self._closed, PAUSE if self._well else _RESPITE)
                draft, due = self._draft, self._unwritten
                self._unwritten = self._hurried = False
                last = self._closed
            if due:
                self._write(draft)
            if last:
                return
            if not self._well:
                self._unwritten = True

    def _write(self, draft: Draft) -> None:
        try:
            self._drafts.keep(draft)
        except LibraryError as error:
            if self._well:
                self._failed(error)
            self._well = False
        else:
            self._well = True
