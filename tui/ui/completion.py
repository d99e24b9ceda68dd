"""A line of tags as it is typed: how it is read, and what is offered to go on with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from tui.library.codebook import Entry
from tui.search.folding import fold
from tui.search.pinyin import coded, pattern

_MARKS = r",，、;；\s"  # what separates tags, and no typed tag holds
_OFFERED = 200  # at most: nobody scrolls farther than that


def split_tags(text: str, whole: Iterable[str] = ()) -> tuple[str, ...]:
    """The tags of a typed list, each once, without a leading # and without empty parts (政策//产业).

    Args:
        text: The list, separated by commas or spaces.
        whole: Tags that are there already; one that holds a separator or begins with # stays as it is.
    """
    kept = odd(whole)
    found = (text[start:end] for start, end in tag_ranges(text, kept))
    return tuple(dict.fromkeys(tag for typed in found if (tag := typed if typed in kept else _cleaned(typed))))


def tag_ranges(text: str, whole: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """Where the tags of a typed list stand; `whole` as for `split_tags`."""
    names = [re.escape(name) + f"(?=[{_MARKS}]|$)" for name in sorted(whole, key=len, reverse=True)]
    return tuple(match.span() for match in re.finditer("|".join([*names, f"[^{_MARKS}]+"]), text))


def odd(names: Iterable[str]) -> frozenset[str]:
    """Those of the names that could not be typed: they hold a separator, or begin with #."""
    return frozenset(name for name in names if _cleaned(name) != name or re.search(f"[{_MARKS}]", name))


def _cleaned(typed: str) -> str:
    return "/".join(filter(None, typed.lstrip("#＃/").split("/")))


def with_parents(known: Mapping[str, int]) -> dict[str, int]:
    """Tags and how often they are used, and every parent that is no tag itself, with the uses of all below it."""
    parents: dict[str, int] = {}
    for name, count in known.items():
        parts = name.split("/")
        for end in range(1, len(parts)):
            parent = "/".join(parts[:end])
            if parent not in known:
                parents[parent] = parents.get(parent, 0) + count
    return {**known, **parents}


class Completion:
    """What can be offered.

    Args:
        known: The tags, and how often they are used.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._tags = sorted(known, key=lambda tag: (-known[tag], tag))
        self._folded = [fold(tag) for tag in self._tags]

    @cached_property
    def _coded(self) -> list[str]:
        return [coded(tag) for tag in self._tags]

    def prepare(self) -> None:
        """Load what reads the tags out (10 ms), so that no letter has to wait for it."""
        pattern("a")
        assert len(self._coded) == len(self._tags)

    def offers(self, typed: str, used: Iterable[str] = ()) -> tuple[str, ...]:
        """The tags to offer for what has been typed of one, 200 at most.

        Those that begin so come first, then those of which a part begins so, then those that hold it; behind them
        likewise those whose pinyin initials were typed. Among equals the most used come first.

        Args:
            typed: Some of a tag; nothing offers all.
            used: Tags that are set already.
        """
        wanted, passed = fold(typed.strip("#＃")), {*used, typed}
        by_initials = pattern(wanted)
        ranks: tuple[list[str], ...] = ([], [], [], [], [], [])
        for place, tag in enumerate(self._tags):
            rank = _literal(wanted, self._folded[place])
            if rank is None and by_initials is not None and (match := by_initials.search(self._coded[place])):
                rank = 3 if match.start() == 0 else 4 if tag[match.start() - 1] == "/" else 5
            if rank is not None and tag not in passed:
                ranks[rank].append(tag)
        return tuple(tag for rank in ranks for tag in rank)[:_OFFERED]


class Narrowing:
    """Which lines of a codebook have what is typed, in a name, in pinyin initials or in a description.

    Args:
        entries: The lines, as a tree.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    @cached_property
    def _texts(self) -> list[tuple[str, str]]:
        return [(fold(f"{one.tag.name}\n{one.tag.description}"), coded(one.tag.name)) for one in self._entries]

    def places(self, typed: str) -> tuple[list[int], int]:
        """The places of the lines that have it, and of those that they stand under; and which of these has it first."""
        wanted = fold(typed.strip())
        by_initials = pattern(wanted)
        kept: list[int] = []
        first = -1
        above: list[int] = []
        for place, (entry, (text, letters)) in enumerate(zip(self._entries, self._texts, strict=True)):
            above = [*above[: entry.depth], place]
            if wanted in text or (by_initials is not None and by_initials.search(letters)):
                kept += [one for one in above if not kept or one > kept[-1]]
                first = len(kept) - 1 if first < 0 else first
        return kept, max(first, 0)


def _literal(wanted: str, tag: str) -> int | None:
    """How well what is wanted stands in a tag, 0 best; None where it does not."""
    if wanted not in tag:
        return None
    return 0 if tag.startswith(wanted) else 1 if f"/{wanted}" in tag else 2
