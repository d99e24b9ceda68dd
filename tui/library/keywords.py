"""The keywords of the catalog's articles: gathered in the background, kept, found and counted.

Of each article are kept its words with their counts, so that the number of articles that have a word stays exact when
pages come and go, and the few keywords that were chosen by these numbers. As the corpus grows, the weights change: when
it has grown by a quarter since, the keywords of all articles are chosen anew, from the counts and without their texts.
What is shown, found and counted is always the same: the keywords as they are kept.
"""

from __future__ import annotations

import time
from array import array
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from tui.library import packing
from tui.library.records import Progress
from tui.library.schema import transaction
from tui.library.wordcounts import pack_chosen, pack_counts, unpack_chosen, unpack_counts
from tui.search import folding
from tui.search import keywords as choosing
from tui.search.folding import searchable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_TEXTS = 0  # the word of this number, the empty one, is in every article that has been counted
_CHUNK = 500  # ids of a statement
_COUNTED_AT_ONCE = 4000  # articles whose keywords are counted without a pause
_GROWTH = 1.25
_COUNTED_BEFORE = 64  # articles whose words are counted before they are entered
_ENTERED_AT_ONCE = 8  # articles entered before it is asked how long that took
_LONGEST = 0.02  # seconds of a transaction
_SHORTEST_REST = 0.0005
_CHOSEN_AT_ONCE = 64  # articles
_FORGOTTEN_AT_ONCE = 1000  # rows
_TELL = 0.2  # seconds between two reports of progress
_ENTER = (
    "INSERT INTO word (text, articles) VALUES (?, ?)"
    " ON CONFLICT (text) DO UPDATE SET articles = articles + excluded.articles RETURNING id, articles"
)


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


# Asking


def keywords(connection: sqlite3.Connection, article: int) -> tuple[str, ...]:
    """The keywords of an article, the weightiest first; none where the pass has not come to it."""
    row = connection.execute("SELECT words FROM keyword WHERE article = ?", (article,)).fetchone()
    if row is None:
        return ()
    numbers = unpack_chosen(row[0])
    texts = dict(_select(connection, "SELECT id, text FROM word WHERE id IN ({})", numbers))
    return tuple(texts[number] for number in numbers if number in texts)


def articles_with_keyword(connection: sqlite3.Connection, word: str) -> array[int]:
    """The ids of the articles of which `word` is a keyword, ascending; traditional characters and capitals alike."""
    token = keyword_token(connection, word)
    found = connection.execute("SELECT rowid FROM keyworded WHERE keyworded MATCH ? ORDER BY rowid", (token,))
    return array("q", (number for (number,) in found))


def keyword_token(connection: sqlite3.Connection, word: str) -> str:
    """The token of the table `keyworded` that finds the articles of which `word` is a keyword."""
    row = connection.execute("SELECT id FROM word WHERE text = ? AND id <> ?", (_wanted(word), _TEXTS)).fetchone()
    return _token(row[0] if row else 0)


def keyword_counts(connection: sqlite3.Connection, ids: Sequence[int] | None, limit: int) -> list[tuple[str, int]]:
    """The keywords that most of these articles, or of all, have, and how many have each, the most frequent first."""
    counted: Counter[int] = Counter()
    if ids is None:
        rows = connection.execute("SELECT words FROM keyword")
        while some_words := rows.fetchmany(_COUNTED_AT_ONCE):
            counted.update(unpack_chosen(b"".join(words for (words,) in some_words)))
        ids = ()
    for start in range(0, len(ids), _COUNTED_AT_ONCE):
        some = ids[start : start + _COUNTED_AT_ONCE]
        packed = b"".join(
            words for (words,) in _select(connection, "SELECT words FROM keyword WHERE article IN ({})", some)
        )
        counted.update(unpack_chosen(packed))
    most = counted.most_common(limit)
    texts = dict(_select(connection, "SELECT id, text FROM word WHERE id IN ({})", [number for number, _ in most]))
    found = [(texts[number], count) for number, count in most if number in texts]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def worked_out(connection: sqlite3.Connection, counted: Mapping[str, int]) -> tuple[str, ...]:
    """The keywords of a text with these counts, as the pass would choose them by now; nothing is kept."""
    rows = _select(connection, "SELECT text, articles FROM word WHERE text IN ({})", list(counted))
    chosen = choosing.best(counted, dict(rows), max(_texts(connection), 1))
    return tuple(word for word, _ in chosen)


# The pass


def rules() -> str:
    """Names how words are cut, counted and chosen by now: the rules, and the listed words."""
    import hashlib

    from tui.search import words

    listed = "\n".join(f"{word} {tag}" for word, tag in sorted(words.listed_words().items()))
    return f"{choosing.RULES} {folding.version()} {hashlib.sha256(listed.encode()).hexdigest()[:16]}"


def gather(connection: sqlite3.Connection, order: Sequence[int], rules: str, how: Pass) -> Gathered:
    """Count the words of all articles that have not been counted, and choose their keywords.

    Each transaction takes some hundredths of a second, and a pass that ends early is gone on with by the next.

    Args:
        connection: To the catalog.
        order: The ids of all articles, those first that are to be done first.
        rules: Names how words are cut and counted; where it has changed, all is made anew.
        how: How to go about it.

    Raises:
        sqlite3.Error: The catalog can't be written.
    """
    if _meta(connection, "keywords") != rules and not (how.may_renew and _begin(connection, rules, how)):
        return Gathered()
    counted, told = 0, 0.0
    todo = _uncounted(connection, order)
    before = _texts(connection)
    while not how.stop() and (ids := list(islice(todo, _COUNTED_BEFORE))):
        made = _counts(connection, ids, how)
        if not _enter(connection, made, rules, how):
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
            if _meta(connection, "keywords") != rules:
                return False
            until = time.perf_counter() + _LONGEST  # others wait from now on
            while some and time.perf_counter() < until:
                add(connection, some)
                some = dict(islice(waiting, _ENTERED_AT_ONCE))
        how.have_rest(began)
    return True


def add(connection: sqlite3.Connection, counted: Mapping[int, Mapping[str, int]]) -> None:
    """Enter the counts of articles, and their keywords; the caller holds the transaction.

    Those that have left the catalog, or were entered by another program meanwhile, are passed over.
    """
    there = {number for (number,) in _select(connection, "SELECT id FROM article WHERE id IN ({})", list(counted))}
    known = {
        number for (number,) in _select(connection, "SELECT article FROM terms WHERE article IN ({})", list(counted))
    }
    new = {number: counts for number, counts in counted.items() if number in there and number not in known}
    if not new:
        return
    connection.execute("UPDATE word SET articles = articles + ? WHERE id = ?", (len(new), _TEXTS))
    articles = Counter(word for counts in new.values() for word in counts)
    entered = {word: connection.execute(_ENTER, (word, articles[word])).fetchone() for word in sorted(articles)}
    numbers = {word: number for word, (number, _) in entered.items()}
    texts_with = {word: count for word, (_, count) in entered.items()}
    texts = _texts(connection)
    for article, counts in new.items():
        packed = pack_counts({numbers[word]: count for word, count in counts.items()})
        connection.execute("INSERT INTO terms VALUES (?, ?)", (article, packed))
        chosen = choosing.best(counts, texts_with, texts)
        _keep(connection, article, [numbers[word] for word, _ in chosen])


def remove(connection: sqlite3.Connection, articles: Sequence[int]) -> None:
    """Take out what is kept of articles that leave the catalog; the caller holds the transaction."""
    rows = list(_select(connection, "SELECT article, counts FROM terms WHERE article IN ({})", articles))
    if not rows:
        return
    fewer = Counter(number for _, packed in rows for number in unpack_counts(packed))
    fewer[_TEXTS] = len(rows)
    connection.executemany(
        "UPDATE word SET articles = articles - ? WHERE id = ?", [(count, number) for number, count in fewer.items()]
    )
    connection.executemany(
        "DELETE FROM word WHERE id = ? AND articles <= 0", [(number,) for number in fewer if number != _TEXTS]
    )
    for article, _ in rows:
        _forget(connection, article)
        connection.execute("DELETE FROM terms WHERE article = ?", (article,))


def _begin(connection: sqlite3.Connection, rules: str, how: Pass) -> bool:
    """Forget what was made by other rules, piece by piece; False where it was not brought to its end."""
    with transaction(connection):
        _set_meta(connection, "keywords", "")
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
        connection.execute("INSERT OR IGNORE INTO word VALUES (?, '', 0)", (_TEXTS,))
        _set_meta(connection, "keywords", rules)
    return True


def _uncounted(connection: sqlite3.Connection, order: Sequence[int]) -> Iterator[int]:
    if _texts(connection) == len(order):
        return
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        known = _select(connection, "SELECT article FROM terms WHERE article IN ({})", chunk)
        yield from _without(chunk, {number for (number,) in known})


def _without(ids: Iterable[int], known: set[int]) -> Iterator[int]:
    return (number for number in ids if number not in known)


def _counts(connection: sqlite3.Connection, ids: Sequence[int], how: Pass) -> dict[int, dict[str, int]]:
    """The counts of articles, until the pass is to stop."""
    made: dict[int, dict[str, int]] = {}
    pages: dict[int, str] = {}
    rows = _select(connection, "SELECT id, page, body FROM article WHERE id IN ({})", ids)
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
    texts, last = _texts(connection), int(_meta(connection, "keywords chosen") or 0)
    after = _meta(connection, "keywords renewed")  # how far a renewal has come that was not ended
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
                    _forget(connection, article)
                    _keep(connection, article, words)
            _set_meta(connection, "keywords renewed", str(at))
        renewed += len(rows)
        how.have_rest(began)
    with transaction(connection):
        connection.execute("DELETE FROM meta WHERE key = 'keywords renewed'")
        _set_meta(connection, "keywords chosen", str(texts))
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
        for number, text, articles in _select(
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


# Rows


def _keep(connection: sqlite3.Connection, article: int, numbers: Sequence[int]) -> None:
    connection.execute("INSERT INTO keyword VALUES (?, ?)", (article, pack_chosen(numbers)))
    connection.execute("INSERT INTO keyworded (rowid, text) VALUES (?, ?)", (article, _tokens(numbers)))


def _forget(connection: sqlite3.Connection, article: int) -> None:
    row = connection.execute("SELECT words FROM keyword WHERE article = ?", (article,)).fetchone()
    if row is not None:
        values = (article, _tokens(unpack_chosen(row[0])))
        connection.execute("INSERT INTO keyworded (keyworded, rowid, text) VALUES ('delete', ?, ?)", values)
        connection.execute("DELETE FROM keyword WHERE article = ?", (article,))


def _tokens(numbers: Iterable[int]) -> str:
    return " ".join(map(_token, numbers))


def _token(number: int) -> str:
    return f"w{number}"


def _wanted(word: str) -> str:
    return searchable(word).strip()


def _texts(connection: sqlite3.Connection) -> int:
    """How many articles have been counted."""
    row = connection.execute("SELECT articles FROM word WHERE id = ?", (_TEXTS,)).fetchone()
    return int(row[0]) if row else 0


def _meta(connection: sqlite3.Connection, key: str) -> str:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def _set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


def _select(
    connection: sqlite3.Connection, statement: str, values: Sequence[int] | Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """The rows of a statement with `IN ({})` for these values, in many statements where there are many."""
    for start in range(0, len(values), _CHUNK):
        chunk = tuple(values[start : start + _CHUNK])
        yield from connection.execute(statement.format(",".join("?" * len(chunk))), chunk).fetchall()
