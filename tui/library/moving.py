"""Pages that were renamed or moved: which page a gone one has become, and what was noted on it there."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tui.library.anchors import CONTEXT, annotate, followed, resolve
from tui.library.placing import REVIEW, Candidate, Placement, place
from tui.model import Annotation, Bookmark, Mend, Reading, Scope, Span, Status, Trashed

Noted: TypeAlias = Annotation | Bookmark | Mend | Reading | Trashed
Pair: TypeAlias = tuple[Noted, Noted]

_GRAM = 4  # code points
_SKETCH = 64  # hashes
_NEAR = 0.25  # so much of two sketches is the same where one page was made of the other: with OCR anew, or much edited,
_AHEAD = 2.0  # and so many times as much as of any other
_DOUBTFUL = 0.10  # a page so near is offered
_OFFERED = 5
_RECORD = ".jsonl#"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page's path and text."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Destination:
    """What a page that is gone has become.

    Attributes:
        path: The page's path; empty where that is not certain.
        offered: The paths that come into question then, the nearest first.
    """

    path: str = ""
    offered: tuple[str, ...] = ()


def destinations(gone: Sequence[Leaf], new: Iterable[Leaf]) -> dict[str, Destination]:
    """What the pages that are gone may have become.

    Args:
        gone: Pages that are there no more.
        new: Those that have come since.

    Returns:
        For each gone page what has the same text, or else what is nearly the same; one page alone is certain. The lines
        of a file of records keep their keys when it is renamed: of several, that with the key is taken.
    """
    same: dict[str, list[str]] = defaultdict(list)
    texts = {leaf.text for leaf in gone}
    sketches: dict[str, frozenset[int]] = {}
    for leaf in new:
        if leaf.text in texts:
            same[leaf.text].append(leaf.path)
        else:
            sketches[leaf.path] = sketch(leaf.text)
    holders: dict[int, list[str]] = defaultdict(list)
    lost = [leaf for leaf in gone if leaf.text not in same]
    for path, hashes in sketches.items() if lost else ():
        for value in hashes:
            holders[value].append(path)
    found = {leaf.path: _only(_of_key(leaf.path, same[leaf.text])) for leaf in gone if leaf.text in same}
    return found | {leaf.path: _near(leaf, sketches, holders) for leaf in lost}


def sketch(text: str) -> frozenset[int]:
    """The least hashes of a text's runs of four characters, white space apart (bottom-k sketch, Broder 1997)."""
    solid = "".join(text.split())
    grams = {solid[at : at + _GRAM] for at in range(max(len(solid) - _GRAM + 1, 1))}
    hashes = {zlib.crc32(gram.encode("utf-8", "surrogatepass")) for gram in grams}
    return frozenset(sorted(hashes)[:_SKETCH])


def nearness(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of two texts is the same, 0 to 1, as their sketches tell."""
    least = sorted(one | other)[:_SKETCH]
    return sum(value in one and value in other for value in least) / len(least)


def _near(leaf: Leaf, sketches: Mapping[str, frozenset[int]], holders: Mapping[int, list[str]]) -> Destination:
    own = sketch(leaf.text)
    common = Counter(path for value in own for path in holders.get(value, ()))
    scores = sorted(((nearness(own, sketches[path]), path) for path, _ in common.most_common(20)), reverse=True)
    scores = [(score, path) for score, path in scores if score >= _DOUBTFUL]
    keyed = _of_key(leaf.path, [path for _, path in scores])
    scores = [(score, path) for score, path in scores if path in keyed]
    if scores and scores[0][0] >= _NEAR and (len(scores) == 1 or scores[0][0] >= _AHEAD * scores[1][0]):
        return Destination(scores[0][1])
    return Destination(offered=tuple(path for _, path in scores[:_OFFERED]))


def _only(paths: Sequence[str]) -> Destination:
    return Destination(paths[0]) if len(paths) == 1 else Destination(offered=tuple(paths[:_OFFERED]))


def _of_key(path: str, found: Sequence[str]) -> Sequence[str]:
    """Of several lines of records the ones with the same key, where there are any."""
    _, record, key = path.rpartition(_RECORD)
    keyed = [other for other in found if record and other.endswith(record + key)]
    return keyed or found


def moved(records: Iterable[Noted], old: str, to: Leaf, there: Sequence[Reading] = ()) -> list[Pair]:
    """What was noted on a page, and the same on the page that it has become.

    Where the text is not the same, annotations and bookmarks go to their new places as far as these are certain, and
    readings to the articles of which they speak. What was done there with an article already is joined with what comes.

    Args:
        records: The annotations, mends, readings and bookmarks of the page.
        old: What the page said.
        to: What it has become.
        there: The readings that there are of that page.
    """
    pairs: list[Pair] = []
    readings = {reading.start: reading for reading in there}
    for record in records:
        match record:
            case Annotation():
                pairs.append((record, followed(replace(record, page=to.path), to.text)))
            case Reading():
                reading = _reading(record, old, to)
                if known := readings.get(reading.start):
                    reading = _both(known, reading)
                readings[reading.start] = reading
                pairs.append((record, reading))
            case Bookmark():
                pairs.append((record, _bookmark(record, to)))
            case Mend():
                pairs.append((record, replace(record, page=to.path)))
            case Trashed():
                pairs.append((record, replace(record, annotation=replace(record.annotation, page=to.path))))
    return pairs


def _bookmark(bookmark: Bookmark, to: Leaf) -> Bookmark:
    """The bookmark on another page: where that is certain, at its new place with what stands there."""
    there = replace(bookmark, page=to.path)
    spans, exact, prefix, suffix = there.spans, there.exact, there.prefix, there.suffix
    found = resolve(Annotation("place", to.path, Scope.SPAN, spans, exact, prefix, suffix), to.text)
    if found.status not in {Status.ANCHORED, Status.MOVED}:
        return there
    return replace(there, spans=found.spans, exact=found.exact, prefix=found.prefix, suffix=found.suffix)


def _reading(reading: Reading, old: str, to: Leaf) -> Reading:
    start = _position(reading.start, old, to.text)
    if start is None:
        start = reading.start
    far = None if reading.place is None else _position(reading.place, old, to.text)
    return replace(reading, page=to.path, start=start, place=far)


def _position(at: int, old: str, new: str) -> int | None:
    """Where a place of a text is in what has become of it."""
    if old == new:
        return at
    if not 0 <= at < len(old):
        return None
    found = resolve(annotate("page", old, (Span(at, min(at + CONTEXT, len(old))),)), new)
    return found.spans[0].start if found.status in {Status.ANCHORED, Status.MOVED} else None


def _both(one: Reading, other: Reading) -> Reading:
    place = max((reading.place for reading in (one, other) if reading.place is not None), default=None)
    return replace(
        other,
        read=one.read or other.read,
        starred=one.starred or other.starred,
        place=place,
        modified=max(one.modified, other.modified),
    )


def doubtful(annotation: Annotation, leaves: Iterable[Leaf]) -> Placement:
    """Where an annotation may be whose page may have become one of several."""
    found: list[Candidate] = []
    for leaf in leaves:
        there = place(annotation, leaf.text)
        offered = there.candidates or (Candidate(there.spans, there.score),)
        found += [replace(candidate, page=leaf.path) for candidate in offered if there.status is not Status.ORPHAN]
    found.sort(key=lambda candidate: -candidate.score)
    best = max((candidate.score for candidate in found), default=0.0)
    status = Status.REVIEW if best >= REVIEW else Status.ORPHAN
    return Placement(status, annotation.spans, best, tuple(found[:_OFFERED]))
