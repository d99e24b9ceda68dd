"""Statistics over a library: how the articles of a filter spread over time and papers, and which words are theirs.

The census looks at all articles. Words are counted in samples, where there are very many: evenly over all of the
filter's articles, newest to oldest, and over all others; the same library and filter always give the same sample.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from tui.reading import reading_text
from tui.search import words
from tui.search.matching import hits
from tui.search.tally import Sampled, Tally

if TYPE_CHECKING:
    from tui.library.catalog import Catalog
    from tui.search.query import Query

SAMPLE, SLOW_SAMPLE = 2000, 500
"""Articles a side at most: with the fast segmenter, and with jieba, which needs 2 ms for each."""
_FIRST_BATCH = 100  # articles a side, to have something to show soon

Stop = Callable[[], bool]


def sample_size() -> int:
    """How many articles of each side are read at most."""
    return SAMPLE if words.fast() else SLOW_SAMPLE


def others(everything: Sequence[int], found: Sequence[int]) -> array[int]:
    """The ids of `everything` that are not among `found`, in their order.

    Both come from a catalog in the same order, so they are walked through side by side: a set of 300,000 would take 30
    MB. Where the catalog has changed between the two, it is a set after all.
    """
    following = iter(found)
    wanted = next(following, None)
    rest = array("q")
    for number in everything:
        if number == wanted:
            wanted = next(following, None)
        else:
            rest.append(number)
    if wanted is not None:
        excluded = set(found)
        rest = array("q", (number for number in everything if number not in excluded))
    return rest


def evenly(ids: Sequence[int], size: int) -> Iterator[list[int]]:
    """At most `size` of the ids, evenly over all, in batches that are so themselves, each twice as large as the last.

    Whoever stops after any batch has an even sample of what there is. A batch is in the order of the ids.
    """
    size = min(size, len(ids))
    bits = max(size - 1, 0).bit_length()
    places = [place for number in range(1 << bits) if (place := _reversed(number, bits)) < size]
    start, length = 0, _FIRST_BATCH
    while start < size:
        batch = sorted(places[start : start + length])
        yield [ids[(2 * place + 1) * len(ids) // (2 * size)] for place in batch]
        start, length = start + length, length * 2


def count_words(
    catalog: Catalog, query: Query, found: Sequence[int], rest: Sequence[int], *, size: int, stop: Stop = lambda: False
) -> Iterator[Sampled]:
    """Count the words of both sides, first of few articles, then of more; each result takes in the one before.

    Args:
        catalog: Where they are.
        query: What the filter's articles were found by; its hits are the words whose neighbours are counted.
        found: The filter's articles.
        rest: All others.
        size: How many of each are read at most.
        stop: Is asked before each article.
    """
    near, far = Tally(), Tally()
    here: list[int]
    there: list[int]
    for here, there in zip_longest(evenly(found, size), evenly(rest, size), fillvalue=[]):
        for text in _texts(catalog, here, stop):
            near.add(text, hits(query, text, initials=True))
        for text in _texts(catalog, there, stop):
            far.add(text)
        if stop():
            return
        yield Sampled(near.copy(), far.copy(), len(found), len(rest))


def _texts(catalog: Catalog, ids: Sequence[int], stop: Stop) -> Iterator[str]:
    """The reading texts of articles; the one place that reads many."""
    for stored in catalog.stored(ids):
        if stop():
            return
        yield reading_text(stored.article, stored.page.text).text


def _reversed(number: int, bits: int) -> int:
    """The bits of a number in reverse: counting so visits a range evenly, halves before quarters before eighths."""
    return int(f"{number:0{bits}b}"[::-1], 2) if bits else 0
