"""All that the user has made, at one moment: values that no one alters, so that any thread may read them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, TypeAlias, TypeVar

from tui.library.entries import Key, Record, key_of
from tui.library.shards import Shards
from tui.model import Annotation, Bookmark, Mend, NamedFilter, Reading, Tag, Trashed

Paged = TypeVar("Paged", Annotation, Mend, Reading, Trashed)
Named: TypeAlias = Tag | Bookmark | NamedFilter  # few, and on no page


class State:
    """Records by key, and by page: in text order, mends in the order of making.

    A change makes a new one, which shares all that it did not touch, so that it costs what it changes.
    """

    def __init__(
        self,
        records: Shards[Key, Record],
        pages: Shards[str, tuple[Annotation, ...]],
        reading_pages: Shards[str, tuple[Reading, ...]],
        mend_pages: Shards[str, tuple[Mend, ...]],
        trash_pages: Shards[str, tuple[Trashed, ...]],
        *,
        named: Mapping[Key, Named],
        uses: Counter[str],
    ) -> None:
        self.records = records
        self.pages = pages
        self.reading_pages = reading_pages
        self.mend_pages = mend_pages
        self.trash_pages = trash_pages
        self._named = named
        self._uses = uses

    @classmethod
    def of(cls, records: Mapping[Key, Record]) -> State:
        """The state that has `records`."""
        return cls(Shards(), Shards(), Shards(), Shards(), Shards(), named={}, uses=Counter()).after((), records)

    def after(self, gone: Iterable[Key], put: Mapping[Key, Record]) -> State:
        """The state without the records of `gone`, all of which it has, and with those of `put`, new or changed."""
        gone = tuple(gone)
        old = [self.records[key] for key in chain(gone, put) if key in self.records] if self.records else []
        return State(
            self.records.after(put, gone) if self.records else Shards(put),
            _paged(self.pages, old, put.values(), Annotation),
            _paged(self.reading_pages, old, put.values(), Reading),
            _paged(self.mend_pages, old, put.values(), Mend),
            _paged(self.trash_pages, old, put.values(), Trashed),
            named=_listed(self._named, gone, put),
            uses=_counted(self._uses, old, put.values()),
        )

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """Every annotation, by page and in text order."""
        return tuple(chain.from_iterable(self.pages[page] for page in sorted(self.pages)))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """Every reading, by page and place."""
        return tuple(chain.from_iterable(self.reading_pages[page] for page in sorted(self.reading_pages)))

    @cached_property
    def mends(self) -> tuple[Mend, ...]:
        """Every mend, by page and in the order of making."""
        return tuple(chain.from_iterable(self.mend_pages[page] for page in sorted(self.mend_pages)))

    @cached_property
    def trash(self) -> tuple[Trashed, ...]:
        """What was deleted, the last first."""
        found = chain.from_iterable(self.trash_pages.values())
        return tuple(sorted(found, key=lambda one: (one.deleted, one.annotation.id), reverse=True))

    @cached_property
    def codebook(self) -> tuple[Tag, ...]:
        """The tags that have a record, by name."""
        return tuple(sorted((one for one in self._named.values() if isinstance(one, Tag)), key=lambda tag: tag.name))

    @cached_property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Every bookmark, by letter, small and capital side by side."""
        found = [record for record in self._named.values() if isinstance(record, Bookmark)]
        return tuple(sorted(found, key=lambda bookmark: (bookmark.letter.lower(), bookmark.letter.isupper())))

    @cached_property
    def filters(self) -> tuple[NamedFilter, ...]:
        """Every named filter, by name."""
        found = [record for record in self._named.values() if isinstance(record, NamedFilter)]
        return tuple(sorted(found, key=attrgetter("name")))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The codebook, and every other tag in use, by name."""
        codebook = {tag.name: tag for tag in self.codebook}
        return tuple(codebook.get(name) or Tag(name) for name in sorted({*codebook, *self._uses}))

    @cached_property
    def tag_counts(self) -> dict[str, int]:
        """How many annotations have each of `tags`."""
        return {tag.name: self._uses[tag.name] for tag in self.tags}


def _listed(named: Mapping[Key, Named], gone: Iterable[Key], put: Mapping[Key, Record]) -> Mapping[Key, Named]:
    new = {key: record for key, record in put.items() if isinstance(record, Named)}
    out = {key for key in gone if key in named}
    if not out and not new:
        return named
    return {**{key: record for key, record in named.items() if key not in out}, **new}


def _counted(uses: Counter[str], old: Iterable[Record], new: Iterable[Record]) -> Counter[str]:
    less = Counter(chain.from_iterable(record.tags for record in old if isinstance(record, Annotation)))
    more = Counter(chain.from_iterable(record.tags for record in new if isinstance(record, Annotation)))
    return uses if less == more else uses + more - less  # Counter's own sums leave out what falls to 0


def _paged(
    pages: Shards[str, tuple[Paged, ...]], old: Iterable[Record], new: Iterable[Record], kind: type[Paged]
) -> Shards[str, tuple[Paged, ...]]:
    out = {key_of(record) for record in old if isinstance(record, kind)}
    into: defaultdict[str, list[Paged]] = defaultdict(list, {one.page: [] for one in old if isinstance(one, kind)})
    for record in new:
        if isinstance(record, kind):
            into[record.page].append(record)
    if not into:
        return pages
    found: dict[str, tuple[Paged, ...]] = {}
    place = _PLACES[kind]
    for page, fresh in into.items():
        records = fresh + [record for record in pages.get(page, ()) if key_of(record) not in out]
        if records:
            records.sort(key=place)
            found[page] = tuple(records)
    return pages.after(found, into.keys() - found.keys())


def _place_of_annotation(annotation: Annotation) -> tuple[int, int, str]:
    spans = annotation.spans
    return spans[0].start, spans[-1].end, annotation.id


_PLACES: dict[type, Callable[[Any], Any]] = {
    Annotation: _place_of_annotation,
    Mend: attrgetter("created", "id"),
    Reading: attrgetter("start"),
    Trashed: attrgetter("deleted", "annotation.id"),
}
