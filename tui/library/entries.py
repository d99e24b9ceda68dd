"""What the user makes, as it is kept: the keys of records, and what may stand in them."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from tui.errors import UsageError
from tui.language import N_, _
from tui.model import DIGITS, Annotation, Bookmark, Mend, MendKind, NamedFilter, Reading, Tag, Trashed

Record: TypeAlias = Annotation | Bookmark | Mend | NamedFilter | Reading | Tag | Trashed

IDENTIFIER = re.compile(r"[A-Za-z0-9-]{1,64}")
LETTER = re.compile(r"[A-Za-z]")
_OURS = re.compile(r"[0-9a-v]{12}")
_DIGITS = "0123456789abcdefghijklmnopqrstuv"
_RANDOM_BITS = 18
FARTHEST = 2**53  # beyond it, not every JSON reader keeps a whole number
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
TEXTS = ("exact", "prefix", "suffix", "note", "colour", "author", "created", "modified")
MEND_TEXTS = ("exact", "prefix", "suffix", "author", "created")
BOOKMARK_TEXTS = ("exact", "prefix", "suffix", "modified")
FILTER_TEXTS = ("name", "query", "digit", "modified")
# What a message calls a record
_ANNOTATION, _MEND, _MARK = N_("annotation {name}"), N_("mend {name}"), N_("mark {name}")
_READING, _TAG, _PAGE = N_("reading of {name}"), N_("tag {name}"), N_("page {name}")
_FILTER = N_("filter {name}")


class Kind(StrEnum):
    """The kinds of record; a value is the name of its TinyDB table."""

    ANNOTATION = "annotations"
    BOOKMARK = "bookmarks"
    FILTER = "filters"
    MEND = "mends"
    READING = "readings"
    TAG = "tags"
    TRASH = "trash"

    __hash__ = str.__hash__  # that of an enum's member is worked out in Python, and a key's is asked for often


class Key(NamedTuple):
    """What names a record: an id (annotations, mends), a letter (marks), a name (tags, filters), a `PAGE#START`.

    What is in the trash has the id that it had and the time of its deletion, `ID#TIME`: an id may be used again.
    """

    kind: Kind
    name: str

    @classmethod
    def annotation(cls, identifier: str) -> Key:
        """The key of an annotation."""
        return cls(Kind.ANNOTATION, identifier)

    @classmethod
    def bookmark(cls, letter: str) -> Key:
        """The key of a bookmark."""
        return cls(Kind.BOOKMARK, letter)

    @classmethod
    def filter(cls, name: str) -> Key:
        """The key of a named filter."""
        return cls(Kind.FILTER, name)

    @classmethod
    def mend(cls, identifier: str) -> Key:
        """The key of a mend."""
        return cls(Kind.MEND, identifier)

    @classmethod
    def reading(cls, page: str, start: int) -> Key:
        """The key of what a reader has done with the article at a page's position."""
        return cls(Kind.READING, f"{page}#{start}")

    @classmethod
    def tag(cls, name: str) -> Key:
        """The key of a codebook's tag."""
        return cls(Kind.TAG, name)

    @classmethod
    def trashed(cls, identifier: str, deleted: str) -> Key:
        """The key of an annotation in the trash."""
        return cls(Kind.TRASH, f"{identifier}#{deleted}")

    @property
    def number(self) -> int:
        """The number TinyDB is to keep the record under, below 2**60.

        Of an id made by `new_id` it is its value in base 32, so that the file has records in the order they were
        made; of anything else a digest. So two people's files, merged line by line, give no number to two records.
        """
        if self.kind in {Kind.ANNOTATION, Kind.MEND} and _OURS.fullmatch(self.name):
            return int(self.name, 32)
        return int.from_bytes(hashlib.blake2b(self.name.encode(), digest_size=8).digest()) >> 4


def key_of(record: Record) -> Key:  # noqa: PLR0911 - a case a kind
    """The key of a record."""
    match record:
        case Annotation():
            return Key.annotation(record.id)
        case Bookmark():
            return Key.bookmark(record.letter)
        case Mend():
            return Key.mend(record.id)
        case NamedFilter():
            return Key.filter(record.name)
        case Reading():
            return Key.reading(record.page, record.start)
        case Tag():
            return Key.tag(record.name)
        case Trashed():
            return Key.trashed(record.annotation.id, record.deleted)


def as_annotation(record: Record | None) -> Annotation | None:
    """The annotation that a record is, or that it keeps in the trash."""
    match record:
        case Annotation():
            return record
        case Trashed():
            return record.annotation
    return None


class _Ids:
    """The last id given, so that those of one millisecond differ and stay in order."""

    last = 0


def new_id() -> str:
    """The id of a new annotation or mend: 12 characters of base 32 (0-9, a-v), in the order of making.

    They stand for 60 bits: 42 of milliseconds since 1970 (enough until 2109), 18 random; within one run every id is
    above the last.
    """
    value = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    _Ids.last = value = max(value, _Ids.last + 1)
    return "".join(_DIGITS[value >> shift & 31] for shift in range(55, -1, -5))


def now() -> str:
    """The time, as records keep it: UTC, `YYYY-MM-DDTHH:MM:SSZ`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def clean_tag(name: str) -> str:
    """A tag's name as it is kept: no white space around it or around the `/` of its parts.

    Raises:
        UsageError: It is empty, has an empty part, a line break or another control character, or half a surrogate pair.
    """
    parts = [part.strip() for part in name.split("/")]
    if not all(parts):
        raise UsageError(
            (_("tag {name}: a part of it is empty") if name.strip() else _("tag {name}: it is empty")).format(
                name=repr(name)
            )
        )
    if _CONTROL.search(name.strip()):
        raise UsageError(_("tag {name}: it has a line break or another control character").format(name=repr(name)))
    _check_text(_TAG, name, name)
    return "/".join(parts)


def clean_tags(names: Iterable[str]) -> tuple[str, ...]:
    """The names as they are kept, each once, in the order given.

    Raises:
        UsageError: As for `clean_tag`.
    """
    return tuple(dict.fromkeys(clean_tag(name) for name in names))


def clean_filter_name(name: str) -> str:
    """A named filter's name as it is kept: no white space around it.

    Raises:
        UsageError: It is empty, has a line break or another control character, or half a surrogate pair.
    """
    clean = name.strip()
    if not clean:
        raise _wrong(_FILTER, repr(name), _("it has no name"))
    if _CONTROL.search(clean):
        raise _wrong(_FILTER, repr(name), _("it has a line break or another control character"))
    _check_text(_FILTER, name, name)
    return clean


def check(record: Record) -> None:
    """See that a record may be kept.

    Raises:
        UsageError: It may not; the message names the record and the cause.
    """
    match record:
        case Annotation():
            _check_text(_ANNOTATION, record.id, "".join([getattr(record, field) for field in TEXTS]))
        case Mend():
            known = "".join(asdict(record.imprint).values()) if record.imprint else ""
            _check_text(_MEND, record.id, known + "".join([getattr(record, field) for field in MEND_TEXTS]))
        case Bookmark():
            _check_text(_MARK, record.letter, "".join([getattr(record, field) for field in BOOKMARK_TEXTS]))
        case NamedFilter():
            _check_text(_FILTER, record.name, record.query + record.modified)
        case Reading():
            _check_text(_READING, record.page, record.modified)
        case Tag():
            _check_text(_TAG, record.name, record.colour + record.description)
        case Trashed():
            _check_text(_ANNOTATION, record.annotation.id, record.deleted)
            check(record.annotation)
    check_sense(record)


def check_sense(record: Record) -> None:
    """See that a record, of whose text nothing is wrong, makes sense.

    Raises:
        UsageError: It does not; the message names the record and the cause.
    """
    match record:
        case Annotation():
            _check_place(_ANNOTATION, record)
            _check_tags(record)
        case Mend():
            _check_place(_MEND, record)
            _check_role(record)
            _check_imprint(record)
        case Bookmark():
            if not LETTER.fullmatch(record.letter):
                raise _wrong(_MARK, repr(record.letter), _("a mark is a letter, a to z or A to Z"))
            _check_spans(_MARK, record.letter, record)
        case NamedFilter():
            _check_filter(record)
        case Reading():
            check_page(record.page)
            if not (0 <= record.start <= FARTHEST and 0 <= (record.place or 0) <= FARTHEST):
                raise _wrong(_READING, repr(record.page), _("a position is on no page"))
        case Tag():
            _check_codebook(record)
        case Trashed():
            check_sense(record.annotation)


def _check_role(record: Mend) -> None:
    if (record.role is None) is (record.kind is MendKind.ROLE):
        raise _wrong(_MEND, record.id, _("a role is what a mend of this kind needs, and no other has"))


def _check_imprint(record: Mend) -> None:
    if (record.imprint is None) is (record.kind is MendKind.IMPRINT):
        raise _wrong(_MEND, record.id, _("an imprint is what a mend of this kind needs, and no other has"))
    if record.imprint is None:
        return
    if _CONTROL.search("".join(asdict(record.imprint).values())):
        raise UsageError(_("mend {id}: the imprint has a line break or another control character").format(id=record.id))
    try:
        known = not record.imprint.date or date.fromisoformat(record.imprint.date).isoformat() == record.imprint.date
    except ValueError:
        known = False
    if not known:
        raise UsageError(_("{date} is no date: write it as 2024-03-16").format(date=repr(record.imprint.date)))


def _check_place(what: str, record: Annotation | Mend) -> None:
    if not IDENTIFIER.fullmatch(record.id):
        raise _wrong(what, repr(record.id), _("an id has 1 to 64 letters, digits and hyphens"))
    _check_spans(what, record.id, record)


def _check_spans(what: str, name: str, record: Annotation | Bookmark | Mend) -> None:
    check_page(record.page)
    if not record.spans:
        raise _wrong(what, name, _("it marks nothing"))
    end = 0
    for span in record.spans:
        if not end <= span.start < span.end <= FARTHEST:
            said = _("{place} is empty, out of order or on no page")
            raise _wrong(what, name, said.format(place=f"{span.start}-{span.end}"))
        end = span.end


def _check_codebook(record: Tag) -> None:
    check_tag(record.name)
    if record.digit not in {"", *DIGITS}:
        raise _wrong(_TAG, repr(record.name), _("{digit} is no digit from 0 to 9").format(digit=repr(record.digit)))


def _check_filter(record: NamedFilter) -> None:
    if clean_filter_name(record.name) != record.name:
        raise _wrong(_FILTER, repr(record.name), _("white space stands around it"))
    if _CONTROL.search(record.query):
        raise _wrong(_FILTER, repr(record.name), _("it has a line break or another control character"))
    if record.digit not in {"", *DIGITS}:
        said = _("{digit} is no digit from 0 to 9")
        raise _wrong(_FILTER, repr(record.name), said.format(digit=repr(record.digit)))


def _check_tags(record: Annotation) -> None:
    for tag in record.tags:
        check_tag(tag)
    if len(set(record.tags)) < len(record.tags):
        raise _wrong(_ANNOTATION, record.id, _("a tag stands twice"))


@lru_cache(maxsize=4096)
def check_tag(name: str) -> None:
    """See that a tag's name is as it is kept.

    Raises:
        UsageError: It is not.
    """
    if clean_tag(name) != name:
        raise _wrong(_TAG, repr(name), _("white space stands around it or one of its parts"))


@lru_cache(maxsize=4096)
def check_page(page: str) -> None:
    """See that a page's path may be kept.

    Raises:
        UsageError: It may not.
    """
    _check_text(_PAGE, page, page)
    if not page or page.startswith("/") or "\0" in page or ".." in page.split("/"):
        raise _wrong(_PAGE, repr(page), _("not a path within the library"))


def _check_text(what: str, name: str, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            _("{what}: half a surrogate pair ({character}) can't be kept").format(
                what=_(what).format(name=repr(name)), character=f"U+{ord(text[error.start]):04X}"
            )
        ) from error


def _wrong(what: str, name: str, cause: str) -> UsageError:
    """The error that names a record, by one of the templates above, and the cause."""
    return UsageError(_("{what}: {cause}").format(what=_(what).format(name=name), cause=cause))
