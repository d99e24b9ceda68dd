"""Records as rows of their tables, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from operator import itemgetter
from typing import Any, TypeAlias, TypeVar

from tui.errors import UsageError
from tui.language import _
from tui.library.entries import BOOKMARK_TEXTS, FILTER_TEXTS, LETTER, MEND_TEXTS, TEXTS, Kind, Record, check_sense
from tui.model import (
    COLOURS,
    Annotation,
    Bookmark,
    Imprint,
    Mend,
    MendKind,
    NamedFilter,
    Reading,
    Role,
    Scope,
    Span,
    Status,
    Tag,
    Trashed,
)

Row: TypeAlias = Mapping[str, Any]
T = TypeVar("T")

SCOPES = {scope.value: scope for scope in Scope}
_MENDS = {kind.value: kind for kind in MendKind}
_ROLES = {"": None} | {role.value: role for role in Role}
STATUSES = {status.value: status for status in Status}
_DEFAULTS: Row = {
    **dict.fromkeys(("prefix", "suffix", "note", "author", "created", "modified", "status"), ""),
    "colour": COLOURS[0],
    "tags": [],
}
_STRINGS = ("id", "page", "scope", "exact", *(field for field in _DEFAULTS if field != "tags"))
texts_of = itemgetter(*_STRINGS)


def to_row(record: Record) -> dict[str, Any]:  # noqa: PLR0911 - a case a kind
    """A record as its table has it; spans are `[start, end]`."""
    match record:
        case Annotation():
            return {field: getattr(record, field) for field in TEXTS} | {
                "id": record.id,
                "page": record.page,
                "scope": record.scope.value,
                "spans": [[span.start, span.end] for span in record.spans],
                "tags": list(record.tags),
                "status": record.status.value,
            }
        case Mend():
            return {field: getattr(record, field) for field in MEND_TEXTS} | {
                "id": record.id,
                "page": record.page,
                "kind": record.kind.value,
                "role": record.role.value if record.role else "",
                "spans": [[span.start, span.end] for span in record.spans],
                "imprint": asdict(record.imprint) if record.imprint else None,
            }
        case Bookmark():
            return {field: getattr(record, field) for field in BOOKMARK_TEXTS} | {
                "letter": record.letter,
                "page": record.page,
                "spans": [[span.start, span.end] for span in record.spans],
            }
        case NamedFilter():
            return {field: getattr(record, field) for field in FILTER_TEXTS}
        case Reading():
            return {
                "page": record.page,
                "start": record.start,
                "read": record.read,
                "starred": record.starred,
                "place": record.place,
                "modified": record.modified,
            }
        case Tag():
            return {field: getattr(record, field) for field in ("name", "colour", "description", "digit")}
        case Trashed():
            return to_row(record.annotation) | {"deleted": record.deleted}


def from_row(kind: Kind, row: Row) -> Record | None:
    """A record from its table, or None for one of a sort that only a later version knows.

    Such are an annotation of another scope, a mend of another kind or to another role, a bookmark that is no letter.

    Raises:
        UsageError: Something in it is missing, of a wrong type, or may not stand in a record.
    """
    record: Record
    match kind:
        case Kind.ANNOTATION | Kind.TRASH:
            if _get(row, "scope", str) not in SCOPES:
                return None
            found = _annotation(row)
            record = Trashed(found, _get(row, "deleted", str, "")) if kind is Kind.TRASH else found
        case Kind.MEND:
            if _get(row, "kind", str) not in _MENDS or _get(row, "role", str, "") not in _ROLES:
                return None
            record = _mend(row)
        case Kind.BOOKMARK:
            if not LETTER.fullmatch(_get(row, "letter", str)):
                return None
            record = _bookmark(row)
        case Kind.FILTER:
            texts = (_get(row, field, str, "") for field in ("digit", "modified"))
            record = NamedFilter(_get(row, "name", str), _get(row, "query", str), *texts)
        case Kind.READING:
            record = _reading(row)
        case Kind.TAG:
            texts = (_get(row, field, str, "") for field in ("colour", "description", "digit"))
            record = Tag(_get(row, "name", str), *texts)
    check_sense(record)  # of half a surrogate pair a file that could be read is free
    return record


def _annotation(row: Row) -> Annotation:
    try:
        texts = texts_of(row)
        tags = row["tags"]
    except KeyError:
        row = {**_DEFAULTS, **row}
        texts, tags = tuple(row.get(field) for field in _STRINGS), row["tags"]
    if set(map(type, texts)) != {str}:
        raise _wrong(row, next(field for field, text in zip(_STRINGS, texts, strict=True) if type(text) is not str))
    spans = _spans(row)
    if type(tags) is not list or set(map(type, tags)) - {str}:
        raise _wrong(row, "tags")
    identifier, page, scope, exact, prefix, suffix, note, author, created, modified, status, colour = texts
    return Annotation(
        identifier,
        page,
        SCOPES[scope],
        spans,
        exact,
        prefix,
        suffix,
        note,
        tuple(tags),
        colour,
        author,
        created,
        modified,
        STATUSES.get(status, Status.ANCHORED),
    )


def _mend(row: Row) -> Mend:
    return Mend(
        _get(row, "id", str),
        _get(row, "page", str),
        _MENDS[row["kind"]],
        _spans(row),
        _get(row, "exact", str),
        _get(row, "prefix", str, ""),
        _get(row, "suffix", str, ""),
        _ROLES[row.get("role", "")],
        _get(row, "author", str, ""),
        _get(row, "created", str, ""),
        _imprint(row),
    )


def _reading(row: Row) -> Reading:
    place = row.get("place")
    return Reading(
        _get(row, "page", str),
        _get(row, "start", int),
        _get(row, "read", bool, False),
        _get(row, "starred", bool, False),
        None if place is None else _get(row, "place", int),
        _get(row, "modified", str, ""),
    )


def _bookmark(row: Row) -> Bookmark:
    return Bookmark(
        _get(row, "letter", str),
        _get(row, "page", str),
        _spans(row),
        _get(row, "exact", str),
        _get(row, "prefix", str, ""),
        _get(row, "suffix", str, ""),
        _get(row, "modified", str, ""),
    )


def _imprint(row: Row) -> Imprint | None:
    known = row.get("imprint")
    if known is None:
        return None
    if type(known) is not dict:
        raise _wrong(row, "imprint")
    return Imprint(*(_get(known, field, str, "") for field in ("paper", "date", "number", "section")))


def _spans(row: Row) -> tuple[Span, ...]:
    spans = row.get("spans")
    if type(spans) is not list:
        raise _wrong(row, "spans")
    if len(spans) == 1:  # nearly always; a file of 100,000 opens a tenth of a second sooner
        return (_span(spans[0]),)
    return tuple([_span(pair) for pair in spans])


def _span(pair: object) -> Span:
    if type(pair) is not list or len(pair) != 2 or type(pair[0]) is not int or type(pair[1]) is not int:
        raise UsageError(_("spans: not a list of [start, end]"))
    return Span(pair[0], pair[1])


def _get(row: Row, field: str, kind: type[T], default: T | None = None) -> T:
    value = row.get(field, default)
    if type(value) is not kind:
        raise _wrong(row, field)
    return value


def _wrong(row: Row, field: str) -> UsageError:
    said = _("{field}: not a value of its kind") if field in row else _("{field}: missing")
    return UsageError(said.format(field=field))
