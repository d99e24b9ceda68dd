"""Where in a text a quote may stand that is no longer the same: places, each with how well it fits.

Both are solid (`tui.library.solid`). Positions count the characters of the solid text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz.distance import LCSseq, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

_QUOTE, _SIDE, _NEARNESS = 50.0, 20.0, 2.0  # the weights that Hypothesis's client gives them
_FULL = 8  # a context shorter than this tells less (code points)
_COPIES = 256  # so many copies are looked at
_KEPT = 8  # matches; the rest is worse
_ROUNDS = 2  # how many like places of the quote alone are sought
_REACH = 4  # by how much a border is shifted to fit better
_LONG = (
    2_000  # code points: of a longer quote only the ends are compared, as the time goes with the square of the length
)
_END = 500
_PAD = 48  # how far around a place its borders are sought: so much may have been put in
_SHORTEST = 3  # a shorter quote is sought with its context only
_EDGE = 8  # the outer end of a context (code points)
_SLACK = 3  # by how much it may have been shifted by what was put in or left out
_FRAMED = 0.8  # a match that scores less is not taken anyhow
_LONGEST = 96  # so much of a quote and its context is sought at once (code points);
_PART = 64  # of a longer one so much at either end, and so much of the quote alone
_LIKE = 50.0  # per cent: less alike is by chance


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote, what stood before it and behind it, and where it was, as a share of its text's length."""

    quote: str
    prefix: str
    suffix: str
    place: float


@dataclass(frozen=True, slots=True)
class Match:
    """A range `[start, end)`, and how well it fits.

    Attributes:
        score: 0 to 1; 1 where nothing has changed.
        framed: Whether the outer ends of the context are there too. In a slogan that stands on the page once more, with
            a word changed, quote and near context are as they were, and only they are not.
    """

    start: int
    end: int
    score: float
    framed: bool = True

    def meets(self, other: Match) -> bool:
        """Whether the two are much the same place: more than half of the shorter lies in the other."""
        common = min(self.end, other.end) - max(self.start, other.start)
        return 2 * common > min(self.end - self.start, other.end - other.start)


@dataclass(frozen=True, slots=True)
class Matches:
    """The places that come into question, best first, none twice.

    Attributes:
        whole: Whether no other was left out because there are too many.
    """

    found: tuple[Match, ...]
    whole: bool = True


def matches(sought: Sought, text: str, enough: float) -> Matches:
    """Where in `text` the quote may be.

    Args:
        sought: The quote; not empty.
        text: Where to look.
        enough: With a copy that scores so much, nothing that is merely alike is sought.
    """
    fit = _Fit(sought, text)
    size = len(sought.quote)
    context = len(sought.prefix) + len(sought.suffix)
    wholes = list(islice(_copies(sought.prefix + sought.quote + sought.suffix, text), 2))
    if len(wholes) == 1 and context >= 2 * _FULL:
        start = wholes[0] + len(sought.prefix)
        return Matches((fit.match(start, start + size),))
    copies = list(islice(_copies(sought.quote, text), _COPIES + 1))
    found = [fit.match(at, at + size) for at in copies]
    if max((match.score for match in found), default=0.0) < enough:
        found += [fit.match(*fit.adjusted(*place)) for place in _apart(_alike(sought, text), len(text))]
    exact = set(copies)
    best: list[Match] = []
    for match in sorted(found, key=lambda match: (-match.score, match.start)):
        copy = match.start in exact and match.end - match.start == size
        others = [better for better in best if not copy or better.start == match.start or better.start not in exact]
        if not any(match.meets(other) for other in others):
            best.append(match)
        if len(best) >= _KEPT:
            break
    return Matches(tuple(best), len(copies) <= _COPIES)


class _Fit:
    """How well a quote fits the places of one text."""

    def __init__(self, sought: Sought, text: str) -> None:
        self._sought, self._text = sought, text
        self._ahead = _SIDE * min(len(sought.prefix) / _FULL, 1)
        self._behind = _SIDE * min(len(sought.suffix) / _FULL, 1)

    def match(self, start: int, end: int) -> Match:
        nearness = 1 - abs(start / len(self._text) - self._sought.place)
        total = self._quote(start, end) + self._prefix(start) + self._suffix(end) + _NEARNESS * max(nearness, 0)
        score = total / (_QUOTE + self._ahead + self._behind + _NEARNESS)
        return Match(start, end, score, score >= _FRAMED and self._is_framed(start, end))

    def _is_framed(self, start: int, end: int) -> bool:
        prefix, suffix = self._sought.prefix, self._sought.suffix
        first, last = start - len(prefix), end + len(suffix)
        ahead = self._text[max(first - _SLACK, 0) : first + _EDGE + _SLACK]
        behind = self._text[max(last - _EDGE - _SLACK, 0) : last + _SLACK]
        return _is_like(prefix[:_EDGE], ahead) and _is_like(suffix[-_EDGE:], behind)

    def adjusted(self, start: int, end: int) -> tuple[int, int]:
        """The range with each border shifted to where quote and context fit best."""
        start = _best(start, 0, end - 1, lambda at: self._quote(at, end) + self._prefix(at))
        end = _best(end, start + 1, len(self._text), lambda at: self._quote(start, at) + self._suffix(at))
        return _best(start, 0, end - 1, lambda at: self._quote(at, end) + self._prefix(at)), end

    def _quote(self, start: int, end: int) -> float:
        quote = self._sought.quote
        if len(quote) <= _LONG or end - start <= _LONG:
            return _QUOTE * Levenshtein.normalized_similarity(quote, self._text[start:end])
        ends = ((quote[:_END], self._text[start : start + _END]), (quote[-_END:], self._text[end - _END : end]))
        return _QUOTE * sum(Levenshtein.normalized_similarity(*pair) for pair in ends) / len(ends)

    def _prefix(self, start: int) -> float:
        prefix = self._sought.prefix
        ahead = self._text[max(start - len(prefix), 0) : start]
        return self._ahead * Levenshtein.normalized_similarity(prefix, ahead)

    def _suffix(self, end: int) -> float:
        suffix = self._sought.suffix
        return self._behind * Levenshtein.normalized_similarity(suffix, self._text[end : end + len(suffix)])


def _best(at: int, lowest: int, highest: int, fit: Callable[[int], float]) -> int:
    """The place near `at`, within the bounds, that fits best; of equals the nearest."""
    near = (at + shift for step in range(_REACH + 1) for shift in ((step, -step) if step else (0,)))
    return max((place for place in near if lowest <= place <= highest), key=fit, default=at)


def _is_like(edge: str, text: str) -> bool:
    """Whether three quarters of the edge are there, in its order; by chance, half of it often is."""
    return 4 * LCSseq.similarity(edge, text) >= 3 * len(edge)


def _copies(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _apart(ranges: Iterable[tuple[int, int]], length: int) -> Iterator[tuple[int, int]]:
    """Those of `ranges`, within the text, that are more than a shift of the borders away from the ones before."""
    seen: list[tuple[int, int]] = []
    for start, wanted in ranges:
        end = min(wanted, length)
        if start < end and all(max(abs(start - one), abs(end - other)) > _REACH for one, other in seen):
            seen.append((start, end))
            yield start, end


def _alike(sought: Sought, text: str) -> Iterator[tuple[int, int]]:
    """Ranges that are like the quote, or that stand between what is like its context.

    Of what is long only a part is sought, or its ends.
    """
    if len(sought.quote) > _LONG:
        heads = matches(Sought(sought.quote[:_END], sought.prefix, "", sought.place), text, 1).found[:1]
        tails = matches(Sought(sought.quote[-_END:], "", sought.suffix, sought.place), text, 1).found[:1]
        yield from ((head.start, tail.end) for head in heads for tail in tails)
        return
    whole = sought.prefix + sought.quote + sought.suffix
    start, end = len(sought.prefix), len(sought.prefix) + len(sought.quote)
    parts = [(0, whole)]
    if len(whole) > _LONGEST:
        parts = [(0, whole[:_PART]), (len(whole) - _PART, whole[-_PART:])]
    places = {at - offset for offset, part in parts for at, _ in _windows(part, text, 1)}
    for place in sorted(places):
        first = max(place - _PAD, 0)
        borders = _borders(whole, start, end, text[first : place + len(whole) + _PAD])
        yield first + borders[0], first + borders[1]
    if len(sought.quote) >= _SHORTEST:
        head = sought.quote[:_PART]
        for first, last in _windows(head, text, _ROUNDS):
            yield first, last + len(sought.quote) - len(head)


def _windows(needle: str, text: str, rounds: int) -> Iterator[tuple[int, int]]:
    """The ranges most like `needle`, each once: what was found is blotted out for the next."""
    if len(text) <= len(needle):
        yield 0, len(text)
        return
    for _ in range(rounds):
        found = partial_ratio_alignment(needle, text, score_cutoff=_LIKE)
        if found is None or found.dest_start >= found.dest_end:
            return
        yield found.dest_start, found.dest_end
        blot = "\0" * (found.dest_end - found.dest_start)
        text = text[: found.dest_start] + blot + text[found.dest_end :]


def _borders(whole: str, start: int, end: int, region: str) -> tuple[int, int]:
    """Where in `region` the range `[start, end)` of `whole` stands when the two are aligned."""
    first, last = 0, len(region)
    for step in Levenshtein.opcodes(whole, region):
        length = step.dest_end - step.dest_start
        if step.src_start <= start < step.src_end:
            first = step.dest_start + min(start - step.src_start, length)
        if step.src_start < end <= step.src_end:
            last = step.dest_start + min(end - step.src_start, length)
    return first, last
