"""The keywords of the catalog's articles: kept, found and counted. `tui.library.gathering` finds them.

Of each article are kept its words with their counts, so that the number of articles that have a word stays exact when
pages come and go, and the few keywords that were chosen by these numbers. What is shown, found and counted is always
the same: the keywords as they are kept.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.library.sql import rows_in
from tui.library.wordcounts import pack_chosen, pack_counts, unpack_chosen, unpack_counts
from tui.search import keywords as choosing
from tui.search.folding import searchable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

TEXTS = 0
"""The word of this number, the empty one, is in every article that has been counted."""
_COUNTED_AT_ONCE = 4000  # articles whose keywords are counted without a pause
_ENTER = (
    "INSERT INTO word (text, articles) VALUES (?, ?)"
    " ON CONFLICT (text) DO UPDATE SET articles = articles + excluded.articles RETURNING id, articles"
)


def of_article(connection: sqlite3.Connection, article: int) -> tuple[str, ...]:
    """The keywords of an article, the weightiest first; none where the pass has not come to it."""
    row = connection.execute("SELECT words FROM keyword WHERE article = ?", (article,)).fetchone()
    if row is None:
        return ()
    numbers = unpack_chosen(row[0])
    texts = dict(rows_in(connection, "SELECT id, text FROM word WHERE id IN ({})", numbers))
    return tuple(texts[number] for number in numbers if number in texts)


def keyword_token(connection: sqlite3.Connection, word: str) -> str:
    """The token of the table `keyworded` that finds the articles of which `word` is a keyword."""
    row = connection.execute("SELECT id FROM word WHERE text = ? AND id <> ?", (_wanted(word), TEXTS)).fetchone()
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
            words for (words,) in rows_in(connection, "SELECT words FROM keyword WHERE article IN ({})", some)
        )
        counted.update(unpack_chosen(packed))
    most = counted.most_common(limit)
    texts = dict(rows_in(connection, "SELECT id, text FROM word WHERE id IN ({})", [number for number, _ in most]))
    found = [(texts[number], count) for number, count in most if number in texts]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def worked_out(connection: sqlite3.Connection, counted: Mapping[str, int]) -> tuple[str, ...]:
    """The keywords of a text with these counts, as the pass would choose them by now; nothing is kept."""
    rows = rows_in(connection, "SELECT text, articles FROM word WHERE text IN ({})", list(counted))
    chosen = choosing.best(counted, dict(rows), max(texts_counted(connection), 1))
    return tuple(word for word, _ in chosen)


def add(connection: sqlite3.Connection, counted: Mapping[int, Mapping[str, int]]) -> None:
    """Enter the counts of articles, and their keywords; the caller holds the transaction.

    Those that have left the catalog, or were entered by another program meanwhile, are passed over.
    """
    there = {number for (number,) in rows_in(connection, "SELECT id FROM article WHERE id IN ({})", list(counted))}
    known = {
        number for (number,) in rows_in(connection, "SELECT article FROM terms WHERE article IN ({})", list(counted))
    }
    new = {number: counts for number, counts in counted.items() if number in there and number not in known}
    if not new:
        return
    connection.execute("UPDATE word SET articles = articles + ? WHERE id = ?", (len(new), TEXTS))
    articles = Counter(word for counts in new.values() for word in counts)
    entered = {word: connection.execute(_ENTER, (word, articles[word])).fetchone() for word in sorted(articles)}
    numbers = {word: number for word, (number, _) in entered.items()}
    texts_with = {word: count for word, (_, count) in entered.items()}
    texts = texts_counted(connection)
    for article, counts in new.items():
        packed = pack_counts({numbers[word]: count for word, count in counts.items()})
        connection.execute("INSERT INTO terms VALUES (?, ?)", (article, packed))
        chosen = choosing.best(counts, texts_with, texts)
        keep(connection, article, [numbers[word] for word, _ in chosen])


def remove(connection: sqlite3.Connection, articles: Sequence[int]) -> None:
    """Take out what is kept of articles that leave the catalog; the caller holds the transaction."""
    rows = list(rows_in(connection, "SELECT article, counts FROM terms WHERE article IN ({})", articles))
    if not rows:
        return
    fewer = Counter(number for _, packed in rows for number in unpack_counts(packed))
    fewer[TEXTS] = len(rows)
    connection.executemany(
        "UPDATE word SET articles = articles - ? WHERE id = ?", [(count, number) for number, count in fewer.items()]
    )
    connection.executemany(
        "DELETE FROM word WHERE id = ? AND articles <= 0", [(number,) for number in fewer if number != TEXTS]
    )
    for article, _ in rows:
        forget(connection, article)
        connection.execute("DELETE FROM terms WHERE article = ?", (article,))


def keep(connection: sqlite3.Connection, article: int, numbers: Sequence[int]) -> None:
    """Keep the keywords of an article, as numbers of words; the caller holds the transaction."""
    connection.execute("INSERT INTO keyword VALUES (?, ?)", (article, pack_chosen(numbers)))
    connection.execute("INSERT INTO keyworded (rowid, text) VALUES (?, ?)", (article, _tokens(numbers)))


def forget(connection: sqlite3.Connection, article: int) -> None:
    """Forget the keywords of an article; the caller holds the transaction."""
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


def texts_counted(connection: sqlite3.Connection) -> int:
    """How many articles have been counted."""
    row = connection.execute("SELECT articles FROM word WHERE id = ?", (TEXTS,)).fetchone()
    return int(row[0]) if row else 0
