"""Finds the keywords of the catalog's articles, in the background and piece by piece.

As the corpus grows, the weights of words change: when it has grown by a quarter since, the keywords of all articles are
chosen anew, from the counts that `tui.library.keywords` keeps and without their texts.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tui.library import finding, packing
from tui.library.keywords import TEXTS, add, forget, keep, texts_counted
from tui.library.records import Progress
from tui.library.schema import transaction
from tui.library.sql import meta, rows_in, set_meta
from tui.library.wordcounts import pack_chosen, unpack_counts
from tui.search import folding
from tui.search import keywords as choosing

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_CHUNK = 500  # articles looked up at once
_GROWTH = 1.25
_COUNTED_BEFORE = 64  # articles whose words are counted before they are entered
_ENTERED_AT_ONCE = 8  # articles entered before it is asked how long that took
_LONGEST = 0.02  # seconds of a transaction
_SHORTEST_REST = 0.0005
_CHOSEN_AT_ONCE = 64  # articles
_FORGOTTEN_AT_ONCE = 1000  # rows
_TELL = 0.2  # seconds between two reports of progress


@dataclass(frozen=True, slots=True)
class Gathered:
    """What a pass did: the articles whose words were counted, and those whose keywords were chosen anew."""

    counted: int = 0
    renewed: int = 0


@dataclass(frozen=True, slots=True)
class Pass:
    """How a pass goes about it.

    Attributes:
        progress: Told now and then, and at the end.
        stop: Asked before each article; what was done until then stays.
        rest: How long to rest after each piece of work, as a share of the time that it took: another thread has the
            interpreter then.
        may_renew: Whether to make all anew where it was made by other rules; else nothing is done then.
    """

    progress: Callable[[Progress], None] | None = None
    stop: Callable[[], bool] = lambda: False
    rest: float = 0.0
    may_renew: bool = True

    def have_rest(self, began: float) -> None:
        """Rest from work that began at that time of `time.perf_counter`."""
        if self.rest:
            time.sleep(max((time.perf_counter() - began) * self.rest, _SHORTEST_REST))


def rules() -> str:
    """Names how words are cut, counted and chosen by now: the rules, and the listed words."""
    import hashlib

    from tui.search import words

    listed = "\n".join(f"{word} {tag}" for word, tag in sorted(words.listed_words().items()))
    return f"{choosing.RULES} {folding.version()} {hashlib.sha256(listed.encode()).hexdigest()[:16]}"


def gather(connection: sqlite3.Connection, how: Pass) -> Gathered:
    """Count the words of all articles that have not been counted, the newest first, and choose their keywords.

    Loads the segmenter, and cuts with the words listed by now: where they, or the rules, have changed, all is made
    anew. It may run while others read and write: each transaction takes some hundredths of a second. A pass that ends
    early is gone on with by the next.

    Args:
        connection: To the catalog.
        how: How to go about it.

    Raises:
        sqlite3.Error: The catalog can't be written.
    """
    named, order = rules(), finding.everything(connection)
    if meta(connection, "keywords") != named and not (how.may_renew and _begin(connection, named, how)):
        return Gathered()
    counted, told = 0, 0.0
    todo = _uncounted(connection, order)
    before = texts_counted(connection)
    while not how.stop() and (ids := list(islice(todo, _COUNTED_BEFORE))):
        made = _counts(connection, ids, how)
        if not _enter(connection, made, named, how):
            break  # another program with other words makes them anew
        counted += len(made)
        if how.progress and time.monotonic() - told > _TELL:
            told = time.monotonic()
            how.progress(Progress(before + counted, len(order), ""))
    renewed = 0 if how.stop() else _renew(connection, how)
    if how.progress and (counted or renewed):
        how.progress(Progress(before + counted, len(order), ""))
    return Gathered(counted, renewed)


def _enter(connection: sqlite3.Connection, counted: Mapping[int, Mapping[str, int]], rules: str, how: Pass) -> bool:
    """Enter the counts of articles in short transactions; False where they were made by other rules than are kept."""
    waiting = iter(counted.items())
    some = dict(islice(waiting, _ENTERED_AT_ONCE))
    while some:
        began = time.perf_counter()
        with transaction(connection):
            if meta(connection, "keywords") != rules:
                return False
            until = time.perf_counter() + _LONGEST  # others wait from now on
            while some:
                add(connection, some)
                some = dict(islice(waiting, _ENTERED_AT_ONCE))
                if time.perf_counter() >= until:
                    break
        how.have_rest(began)
    return True


def _begin(connection: sqlite3.Connection, rules: str, how: Pass) -> bool:
    """Forget what was made by other rules, piece by piece; False where it was not brought to its end."""
    with transaction(connection):
        set_meta(connection, "keywords", "")
        connection.execute("DELETE FROM meta WHERE key IN ('keywords chosen', 'keywords renewed')")
        connection.execute("INSERT INTO keyworded (keyworded) VALUES ('delete-all')")
    for table in ("keyword", "terms", "word"):
        piece = f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} LIMIT {_FORGOTTEN_AT_ONCE})"  # noqa: S608
        deleted = 1
        while deleted:
            if how.stop():
                return False
            began = time.perf_counter()
            with transaction(connection):
                deleted = connection.execute(piece).rowcount
            how.have_rest(began)
    with transaction(connection):
        connection.execute("INSERT OR IGNORE INTO word VALUES (?, '', 0)", (TEXTS,))
        set_meta(connection, "keywords", rules)
    return True


def _uncounted(connection: sqlite3.Connection, order: Sequence[int]) -> Iterator[int]:
    if texts_counted(connection) == len(order):
        return
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        known = rows_in(connection, "SELECT article FROM terms WHERE article IN ({})", chunk)
        yield from _without(chunk, {number for (number,) in known})


def _without(ids: Iterable[int], known: set[int]) -> Iterator[int]:
    return (number for number in ids if number not in known)


def _counts(connection: sqlite3.Connection, ids: Sequence[int], how: Pass) -> dict[int, dict[str, int]]:
    """The counts of articles, until the pass is to stop."""
    made: dict[int, dict[str, int]] = {}
    pages: dict[int, str] = {}
    rows = rows_in(connection, "SELECT id, page, body FROM article WHERE id IN ({})", ids)
    for number, page, body in rows:
        if how.stop():
            break
        began = time.perf_counter()
        if page not in pages:
            row = connection.execute("SELECT text FROM content WHERE page = ?", (page,)).fetchone()
            if row is None:
                continue  # it has left the catalog this moment
            pages = {page: packing.unpack_text(row[0])}
        made[number] = choosing.counts_of(packing.unpack_article(body), pages[page])
        how.have_rest(began)
    return made


def _renew(connection: sqlite3.Connection, how: Pass) -> int:
    """Choose the keywords of all articles anew, if there are many more or fewer articles than when it was done last."""
    texts, last = texts_counted(connection), int(meta(connection, "keywords chosen") or 0)
    after = meta(connection, "keywords renewed")  # how far a renewal has come that was not ended
    if not after and last / _GROWTH <= texts <= last * _GROWTH:
        return 0
    at, renewed = int(after or -1), 0
    select = "SELECT article, counts FROM terms WHERE article > ? ORDER BY article LIMIT ?"
    while rows := connection.execute(select, (at, _CHOSEN_AT_ONCE)).fetchall():
        if how.stop():
            return renewed
        at = rows[-1][0]
        chosen = _chosen(connection, rows, texts, how)
        began = time.perf_counter()
        with transaction(connection):
            for article, words in chosen.items():
                before = connection.execute("SELECT words FROM keyword WHERE article = ?", (article,)).fetchone()
                if before is not None and before[0] != pack_chosen(words):
                    forget(connection, article)
                    keep(connection, article, words)
            set_meta(connection, "keywords renewed", str(at))
        renewed += len(rows)
        how.have_rest(began)
    with transaction(connection):
        connection.execute("DELETE FROM meta WHERE key = 'keywords renewed'")
        set_meta(connection, "keywords chosen", str(texts))
    return renewed


def _chosen(
    connection: sqlite3.Connection, rows: Sequence[tuple[int, bytes]], texts: int, how: Pass
) -> dict[int, list[int]]:
    """The keywords of articles by the counts of today, as numbers of words."""
    began = time.perf_counter()
    counts = {article: unpack_counts(packed) for article, packed in rows}
    numbers = list({number for counted in counts.values() for number in counted})
    known = {
        number: (text, articles)
        for number, text, articles in rows_in(
            connection, "SELECT id, text, articles FROM word WHERE id IN ({})", numbers
        )
    }
    number_of = {text: number for number, (text, _) in known.items()}
    texts_with = dict(known.values())
    chosen = {}
    how.have_rest(began)
    for article, counted in counts.items():
        began = time.perf_counter()
        named = {known[number][0]: count for number, count in counted.items() if number in known}
        chosen[article] = [number_of[word] for word, _ in choosing.best(named, texts_with, texts)]
        how.have_rest(began)
    return chosen
