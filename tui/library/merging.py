"""Two people's, or two machines', records made one. Pure: two states, and the change that brings the one to hold both.

Nothing is doubled: to merge the same twice changes nothing. Nothing is lost that only one of the two has: what was
deleted on one side and is still there on the other comes back.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import orjson

from tui.library.annotations import Change
from tui.library.entries import Key, Kind, Record, key_of
from tui.library.rows import to_row
from tui.model import Annotation, Bookmark, Mend, NamedFilter, Reading, Tag, Trashed

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_LONGEST_ID = 64


class Outcome(StrEnum):
    """What became of a record of theirs."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"  # ours is the same, or newer
    BOTH = "kept both"  # ours and theirs, which differ and have the same time


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge comes to.

    Attributes:
        change: What is to be done to ours.
        outcomes: How many of their records of each kind had each outcome.
    """

    change: Change
    outcomes: Counter[tuple[Kind, Outcome]]

    @property
    def totals(self) -> Counter[Outcome]:
        """How many records had each outcome, of whatever kind."""
        totals: Counter[Outcome] = Counter()
        for (_kind, outcome), number in self.outcomes.items():
            totals[outcome] += number
        return totals


@dataclass(slots=True)
class _Merging:
    """A merge under way.

    Attributes:
        ours: What we have.
        put: What is new or changed so far.
        said: The contents of all annotations and mends that there are so far, each with its key left out.
        digits: Those that our codebook uses.
        filter_digits: Those that our named filters use.
        deleted: When what is in our trash was deleted, by the annotation's id.
    """

    ours: Mapping[Key, Record]
    put: dict[Key, Record] = field(default_factory=dict)
    said: set[Hashable] = field(default_factory=set)
    digits: set[str] = field(default_factory=set)
    filter_digits: set[str] = field(default_factory=set)
    deleted: dict[str, str] = field(default_factory=dict)
    outcomes: Counter[tuple[Kind, Outcome]] = field(default_factory=Counter)

    def known(self, key: Key) -> Record | None:
        return self.put.get(key) or self.ours.get(key)

    def take(self, record: Record) -> Outcome:  # noqa: PLR0911 - a case a kind
        """Take in a record of theirs."""
        match record:
            case Annotation():
                return self._take_annotation(record)
            case Mend():
                return self._take_new(record, _content(record))
            case Bookmark():
                return self._take_new(record, None)
            case Trashed():
                kept = Key.annotation(record.annotation.id) in self.ours  # what they have deleted stays with us
                return Outcome.UNCHANGED if kept else self._take_new(record, None)
            case NamedFilter():
                return self._take_filter(record)
            case Reading():
                return self._take_reading(record)
            case Tag():
                return self._take_tag(record)

    def _take_annotation(self, theirs: Annotation) -> Outcome:
        ours = self.known(key_of(theirs))
        if not isinstance(ours, Annotation):
            if self.deleted.get(theirs.id, "") > _time(theirs.modified):
                return Outcome.UNCHANGED  # it is in our trash, deleted after they have changed it last
            return self._take_new(theirs, _content(theirs))
        here, there = _time(ours.modified), _time(theirs.modified)
        if _words(ours) == _words(theirs) and here == there:
            return Outcome.UNCHANGED  # only the place may differ, and ours is that on our pages
        if here != there:
            return self._put(ours, _in_place(theirs, ours) if there > here else ours)
        if _content(theirs) in self.said:
            return Outcome.UNCHANGED
        outcome = self._take_annotation(replace(theirs, id=_other_id(theirs)))
        return Outcome.BOTH if outcome is Outcome.ADDED else outcome

    def _take_new(self, theirs: Record, content: Hashable) -> Outcome:
        """Take what is kept only where we have nothing under its key, and nothing that says the same."""
        if self.known(key_of(theirs)) is not None or (content is not None and content in self.said):
            return Outcome.UNCHANGED
        return self._put(None, theirs)

    def _take_reading(self, theirs: Reading) -> Outcome:
        ours = self.known(key_of(theirs))
        if not isinstance(ours, Reading):
            return self._put(None, theirs)
        here, there = _time(ours.modified), _time(theirs.modified)
        if here != there:
            return self._put(ours, theirs if there > here else ours)
        place = theirs.place if ours.place is None else ours.place
        both = replace(ours, read=ours.read or theirs.read, starred=ours.starred or theirs.starred, place=place)
        return self._put(ours, both)

    def _take_tag(self, theirs: Tag) -> Outcome:
        ours = self.known(key_of(theirs))
        known = ours if isinstance(ours, Tag) else Tag(theirs.name)
        digit = known.digit or ("" if theirs.digit in self.digits else theirs.digit)
        joined = Tag(theirs.name, known.colour or theirs.colour, known.description or theirs.description, digit)
        self.digits.add(digit)
        return self._put(ours, joined)

    def _take_filter(self, theirs: NamedFilter) -> Outcome:
        """Take a named filter; where ours of that name asks something else, under the name with a number behind it."""
        name, again = theirs.name, 1
        while isinstance(ours := self.known(Key.filter(name)), NamedFilter) and ours.query != theirs.query:
            again += 1
            name = f"{theirs.name} {again}"
        known = ours if isinstance(ours, NamedFilter) else replace(theirs, name=name, digit="")
        digit = known.digit or ("" if theirs.digit in self.filter_digits else theirs.digit)
        self.filter_digits.add(digit)
        outcome = self._put(ours, replace(known, digit=digit))
        return Outcome.BOTH if again > 1 and outcome is Outcome.ADDED else outcome

    def _put(self, ours: Record | None, record: Record) -> Outcome:
        if ours == record:
            return Outcome.UNCHANGED
        self.put[key_of(record)] = record
        if isinstance(record, Annotation | Mend):
            self.said.add(_content(record))
        return Outcome.ADDED if ours is None else Outcome.UPDATED


def merge(ours: Mapping[Key, Record], theirs: Iterable[Record], label: str) -> Merged:
    """Bring their records to ours.

    Of an annotation under the same id the newer one stays; where both have the same time and say different things, both
    stay, theirs under another id, which depends on nothing but what it says. One under another id that says the same of
    the same passage is the same. Of readings the newer one stays; of the codebook's tags ours has what we have set and
    theirs the rest; mends and marks of theirs come only where we have none; of two named filters that have one name and
    ask two things both stay. What we have deleted stays so, unless they have changed it since.

    Args:
        ours: What we have, by key.
        theirs: What comes.
        label: What a reader would call the change.
    """
    merging = _Merging(ours)
    for record in ours.values():
        if isinstance(record, Annotation | Mend):
            merging.said.add(_content(record))
        elif isinstance(record, Tag):
            merging.digits.add(record.digit)
        elif isinstance(record, NamedFilter):
            merging.filter_digits.add(record.digit)
        elif isinstance(record, Trashed):
            merging.deleted[record.annotation.id] = max(record.deleted, merging.deleted.get(record.annotation.id, ""))
    for record in theirs:
        outcome = merging.take(record)
        merging.outcomes[key_of(record).kind, outcome] += 1
    return Merged(Change(label, put=tuple(merging.put.values())), merging.outcomes)


def _words(annotation: Annotation) -> Hashable:
    """What its author has said, wherever it stands."""
    return annotation.scope, annotation.note, annotation.tags, annotation.colour, annotation.author


def _content(record: Annotation | Mend) -> Hashable:
    """What it says of which passage: all but its id and its times."""
    if isinstance(record, Mend):
        return record.kind, record.page, record.spans, record.exact, record.role, record.imprint, record.author
    return record.page, record.spans, record.exact, _words(record)


def _in_place(theirs: Annotation, ours: Annotation) -> Annotation:
    """Their annotation where ours stands, if both quote the same: our pages may be others than theirs."""
    if theirs.exact != ours.exact:
        return theirs
    return replace(theirs, page=ours.page, spans=ours.spans, prefix=ours.prefix, suffix=ours.suffix, status=ours.status)


def _other_id(annotation: Annotation) -> str:
    """Another id for an annotation: the same for the same content."""
    row = orjson.dumps(to_row(annotation), option=orjson.OPT_SORT_KEYS)
    digest = hashlib.blake2b(row, digest_size=6).hexdigest()
    return f"{annotation.id[: _LONGEST_ID - len(digest) - 1]}-{digest}"


def _time(text: str) -> str:
    """A time that can be compared; what is none is older than any."""
    return text if _TIME.fullmatch(text) else ""
