"""All that the user has made, at one moment: values that no one alters, so that any thread may read them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import chain
from typing import TypeVar

from tui.library.entries import Key, Record, key_of
from tui.model import Annotation, Bookmark, Mend, Reading, Tag

Paged = TypeVar("Paged", Annotation, Mend, Reading)


class State:
    """Records by key, and by page: in text order, mends in the order of making.

    A change makes a new one, which shares all that it did not touch.
    """

    def __init__(
        self,
        records: Mapping[Key, Record],
        pages: Mapping[str, tuple[Annotation, ...]],
        reading_pages: Mapping[str, tuple[Reading, ...]],
        mend_pages: Mapping[str, tuple[Mend, ...]],
    ) -> None:
        self.records = records
        self.pages = pages
        self.reading_pages = reading_pages
        self.mend_pages = mend_pages

    @classmethod
    def of(cls, records: Mapping[Key, Record]) -> State:
        """The state that has `records`."""
        return cls({}, {}, {}, {}).after((), records)

    def after(self, gone: Iterable[Key], put: Mapping[Key, Record]) -> State:
        """The state without the records of `gone`, all of which it has, and with those of `put`, new or changed."""
        old = [self.records[key] for key in chain(gone, put) if key in self.records]
        records = {**self.records, **put}
        for key in gone:
            del records[key]
        return State(
            records,
            _paged(self.pages, old, put.values(), Annotation),
            _paged(self.reading_pages, old, put.values(), Reading),
            _paged(self.mend_pages, old, put.values(), Mend),
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
    def codebook(self) -> tuple[Tag, ...]:
        """The tags that have a record, by name."""
        return tuple(sorted((one for one in self.records.values() if isinstance(one, Tag)), key=lambda tag: tag.name))

    @cached_property
    def bookmarks(self) -> tuple[Bookmark, ...]:
        """Every bookmark, by letter, small and capital side by side."""
        found = [record for record in self.records.values() if isinstance(record, Bookmark)]
        return tuple(sorted(found, key=lambda bookmark: (bookmark.letter.lower(), bookmark.letter.isupper())))

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The codebook, and every other tag in use, by name."""
        codebook = {tag.name: tag for tag in self.codebook}
        return tuple(codebook.get(name) or Tag(name) for name in sorted({*codebook, *self._uses}))

    @cached_property
    def tag_counts(self) -> dict[str, int]:
        """How many annotations have each of `tags`."""
        return {tag.name: self._uses[tag.name] for tag in self.tags}

    @cached_property
    def _uses(self) -> Counter[str]:
        return Counter(tag for annotation in chain.from_iterable(self.pages.values()) for tag in annotation.tags)


def _paged(
    pages: Mapping[str, tuple[Paged, ...]], old: Iterable[Record], new: Iterable[Record], kind: type[Paged]
) -> Mapping[str, tuple[Paged, ...]]:
    out = {key_of(record) for record in old if isinstance(record, kind)}
    into: dict[str, list[Paged]] = {record.page: [] for record in old if isinstance(record, kind)}
    for record in new:
        if isinstance(record, kind):
            into.setdefault(record.page, []).append(record)
    if not into:
        return pages
    found = dict(pages)
    for page, fresh in into.items():
        records = fresh + [record for record in found.pop(page, ()) if key_of(record) not in out]
        if records:
            found[page] = tuple(sorted(records, key=_place))
    return found


def _place(record: Annotation | Mend | Reading) -> tuple[int, int, str, str]:
    match record:
        case Reading():
            return record.start, 0, "", ""
        case Mend():
            return 0, 0, record.created, record.id
        case Annotation():
            return record.spans[0].start, record.spans[-1].end, "", record.id
