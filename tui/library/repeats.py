"""Which articles print one story: groups of repeats, found in the background and kept in the catalog.

A group has an anchor, the copy printed first, and members, each of which is like the anchor itself: a chain of
neighbours never joins two stories. Taken in the order of printing (date, page, place on it; the undated last), an
article is a member of the first anchor it is like, or else an anchor. So the groups are the same in whatever order the
pages come and go, and an article that comes or goes concerns only those later in that order that share keys with it.

`story` has a row an article, whose anchor is itself, another, or 0 as long as that is not settled; `sketch` leads from
a key to the articles that have it; `unsketched` holds the pages that nobody has looked at yet.
"""

from __future__ import annotations

import heapq
import time
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.library.packing import unpack_article, unpack_text
from tui.library.schema import transaction
from tui.library.sql import meta, rows_in, set_meta
from tui.search import alike

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Printed = tuple[str, str, int]

BATCH = 0.03  # seconds of a transaction: so long others wait at most
_REST = 0.005  # seconds between two, for whoever waits
_KEPT = 64  # stories kept for the next comparison; some 80 kB each

_PRINTED = "coalesce(nullif(page.date, ''), '~'), page.path, article.start"
_OF_ARTICLE = "JOIN article ON article.id = {} JOIN page ON page.id = article.page"
_SHARING = (
    "SELECT article FROM sketch WHERE key IN ({}) AND article <> ? GROUP BY article HAVING count(*) >= "  # noqa: S608
    f"{alike.SHARED}"
)


def await_page(connection: sqlite3.Connection, page: int) -> None:
    """Note that a page has come; the caller holds the transaction."""
    connection.execute("INSERT OR IGNORE INTO unsketched VALUES (?)", (page,))


def forget_page(connection: sqlite3.Connection, page: int, first: int, last: int) -> None:
    """Take out a page that goes and its articles, `first` to `last`; the caller holds the transaction."""
    connection.execute("DELETE FROM unsketched WHERE page = ?", (page,))
    rows = connection.execute("SELECT article, keys FROM story WHERE article BETWEEN ? AND ?", (first, last)).fetchall()
    for article, keys in rows:
        connection.executemany(
            "DELETE FROM sketch WHERE key = ? AND article = ?", [(key, article) for key in _unpack(keys)]
        )
        connection.execute("DELETE FROM story WHERE article = ?", (article,))
    for article, _ in rows:
        _release(connection, article)


def find(connection: sqlite3.Connection, stop: Callable[[], bool] = lambda: False) -> bool:
    """Find the repeats among the pages that nobody has looked at yet, and settle what is not settled.

    The pages are taken as they were printed, so that hardly an article is judged twice. What has been found when
    `stop` says so, or the program ends, stays found.

    Returns:
        Whether anything was found out.
    """
    _renew(connection)
    found_out = False
    while not stop():
        pages = _waiting(connection)
        if not pages and not _is_unsettled(connection):
            break
        found_out = True
        pages.reverse()  # taken from the end
        while (pages or _is_unsettled(connection)) and not stop():
            until = time.monotonic() + BATCH
            with transaction(connection):
                while time.monotonic() < until and _settle(connection, until) and pages:
                    _take_in(connection, pages.pop())
            time.sleep(_REST)
    _story.cache_clear()
    return found_out


def groups(connection: sqlite3.Connection) -> dict[int, int]:
    """The anchor of each article that is in a group, of the anchors themselves, too."""
    found = dict(connection.execute("SELECT article, anchor FROM story WHERE anchor <> article AND anchor > 0"))
    found.update({anchor: anchor for anchor in set(found.values())})
    return found


def count(connection: sqlite3.Connection) -> int:
    """How many stories were printed more than once, as far as is known."""
    members = "SELECT count(DISTINCT anchor) FROM story WHERE anchor <> article AND anchor > 0"
    return int(connection.execute(members).fetchone()[0])


def others(connection: sqlite3.Connection, articles: Sequence[int]) -> dict[int, int]:
    """How many other copies there are of these articles, without those that have none."""
    counted = (
        "SELECT article, (SELECT count(*) FROM story AS copy WHERE copy.anchor = story.anchor"
        " AND copy.anchor <> copy.article) FROM story WHERE anchor > 0 AND article IN ({})"
    )
    return {article: more for article, more in rows_in(connection, counted, articles) if more}


def copies(connection: sqlite3.Connection, article: int) -> list[tuple[int, float]]:
    """The other copies of an article, most alike first, each with the share of its words that are the same, 0 to 1."""
    row = connection.execute("SELECT anchor FROM story WHERE article = ? AND anchor > 0", (article,)).fetchone()
    if row is None:
        return []
    (anchor,) = row
    members = connection.execute("SELECT article FROM story WHERE anchor = ? AND anchor <> article", (anchor,))
    known = [anchor, *(member for (member,) in members)]
    own = _read(connection, article)
    if own is None:
        return []
    found = [
        (copy, alike.overlap(own, other))
        for copy in known
        if copy != article and (other := _read(connection, copy)) is not None
    ]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def folded(articles: Iterable[int], anchors: Mapping[int, int]) -> array[int]:
    """The articles without those of whose group one stands before them.

    Args:
        articles: In the order of a list.
        anchors: As `groups` gives them.
    """
    anchor_of, seen, kept = anchors.get, set(), array("q")
    for article in articles:
        anchor = anchor_of(article)
        if anchor is not None:
            if anchor in seen:
                continue
            seen.add(anchor)
        kept.append(article)
    return kept


def standing_for(article: int | None, articles: Iterable[int], anchors: Mapping[int, int]) -> int | None:
    """The one of a folded list's articles that stands for an article, if it is in a group."""
    anchor = anchors.get(article) if article is not None else None
    return next((one for one in articles if anchors.get(one) == anchor), None) if anchor is not None else None


# Taking in


def _renew(connection: sqlite3.Connection) -> None:
    """Begin anew where what is known was found by other rules."""
    rules = str(alike.RULES)
    if meta(connection, "repeats") == rules:
        return
    with transaction(connection):
        if meta(connection, "repeats") not in {"", rules}:
            connection.execute("DELETE FROM story")
            connection.execute("DELETE FROM sketch")
            connection.execute("INSERT OR IGNORE INTO unsketched SELECT id FROM page WHERE articles > 0")
        set_meta(connection, "repeats", rules)


def _waiting(connection: sqlite3.Connection) -> array[int]:
    """The pages nobody has looked at, in the order of printing."""
    rows = connection.execute(
        "SELECT page.id FROM unsketched JOIN page ON page.id = unsketched.page"
        " ORDER BY coalesce(nullif(page.date, ''), '~'), page.path"
    )
    return array("q", (page for (page,) in rows))


def _take_in(connection: sqlite3.Connection, page: int) -> None:
    """Enter a page's articles, unsettled; nothing is done where it has gone, or another program was first."""
    if not connection.execute("DELETE FROM unsketched WHERE page = ?", (page,)).rowcount:
        return
    row = connection.execute("SELECT text FROM content WHERE page = ?", (page,)).fetchone()
    text = unpack_text(row[0]) if row else ""
    bounds = connection.execute("SELECT first, first + articles - 1 FROM page WHERE id = ?", (page,)).fetchone()
    bodies = connection.execute("SELECT id, body FROM article WHERE id BETWEEN ? AND ?", bounds).fetchall()
    for article, body in bodies:
        keys = alike.sketch(alike.story_text(unpack_article(body), text))
        # What is too short to tell is a story by itself.
        values = (article, 0 if keys else article, array("I", keys).tobytes())
        connection.execute("INSERT OR REPLACE INTO story VALUES (?, ?, ?)", values)
        connection.executemany("INSERT OR IGNORE INTO sketch VALUES (?, ?)", [(key, article) for key in keys])


def _unpack(keys: bytes) -> array[int]:
    found = array("I")
    found.frombytes(keys)
    return found


# Settling


def _is_unsettled(connection: sqlite3.Connection) -> bool:
    unsettled = "SELECT 1 FROM story WHERE anchor = 0 AND anchor <> article LIMIT 1"
    return connection.execute(unsettled).fetchone() is not None


def _settle(connection: sqlite3.Connection, until: float) -> bool:
    """Settle articles in the order of printing, for as long as there is time, but one at least; whether all are."""
    rows = connection.execute(
        f"SELECT {_PRINTED}, story.article FROM story {_OF_ARTICLE.format('story.article')}"  # noqa: S608
        " WHERE story.anchor = 0 AND story.anchor <> story.article"
    )
    queue = [((date, path, start), article) for date, path, start, article in rows]
    heapq.heapify(queue)
    while queue:
        printed, article = heapq.heappop(queue)
        for released in _judge(connection, article, printed):
            heapq.heappush(queue, released)
        if time.monotonic() >= until:
            break
    return not queue


def _judge(connection: sqlite3.Connection, article: int, printed: Printed) -> list[tuple[Printed, int]]:
    """Make an unsettled article a member or an anchor; all that are printed before it are settled.

    Returns:
        Those that are unsettled because of it, all printed later.
    """
    row = connection.execute("SELECT keys FROM story WHERE article = ? AND anchor = 0", (article,)).fetchone()
    if row is None:
        return []
    sharing = _sharing(connection, article, _unpack(row[0]))
    own = _read(connection, article) if sharing else None
    for before, other, anchor in sharing:
        if before < printed and other == anchor and _is_like(connection, own, other):
            connection.execute("UPDATE story SET anchor = ? WHERE article = ?", (other, article))
            return []
    connection.execute("UPDATE story SET anchor = article WHERE article = ?", (article,))
    released: list[tuple[Printed, int]] = []
    for after, other, anchor in sharing:
        if after > printed and anchor and _printed(connection, anchor) > printed and _is_like(connection, own, other):
            connection.execute("UPDATE story SET anchor = ? WHERE article = ?", (article, other))
            if other == anchor:
                released += _release(connection, other)
    return released


def _release(connection: sqlite3.Connection, anchor: int) -> list[tuple[Printed, int]]:
    """Unsettle the members of a group whose anchor is gone, or is none any more."""
    members = connection.execute(
        f"SELECT {_PRINTED}, story.article FROM story {_OF_ARTICLE.format('story.article')}"  # noqa: S608
        " WHERE story.anchor = ? AND story.anchor <> story.article",
        (anchor,),
    ).fetchall()
    connection.execute("UPDATE story SET anchor = 0 WHERE anchor = ? AND anchor <> article", (anchor,))
    return [((date, path, start), article) for date, path, start, article in members]


def _sharing(connection: sqlite3.Connection, article: int, keys: Sequence[int]) -> list[tuple[Printed, int, int]]:
    """The articles that share keys with one: when each was printed, its number, its anchor; as they were printed."""
    found = connection.execute(
        f"SELECT {_PRINTED}, story.article, story.anchor FROM ({_SHARING.format(','.join('?' * len(keys)))}) AS sharing"  # noqa: S608
        f" JOIN story ON story.article = sharing.article {_OF_ARTICLE.format('story.article')}",
        (*keys, article),
    )
    return sorted(((date, path, start), other, anchor) for date, path, start, other, anchor in found)


def _printed(connection: sqlite3.Connection, article: int) -> Printed:
    row = connection.execute(
        f"SELECT {_PRINTED} FROM article JOIN page ON page.id = article.page WHERE article.id = ?",  # noqa: S608
        (article,),
    ).fetchone()
    return row or ("~", "", 0)


def _is_like(connection: sqlite3.Connection, own: alike.Story | None, other: int) -> bool:
    story = _read(connection, other)
    return own is not None and story is not None and alike.is_same(own, story)


def _read(connection: sqlite3.Connection, article: int) -> alike.Story | None:
    """What is compared of an article; None where it has gone."""
    row = connection.execute(
        "SELECT body, text FROM article JOIN content ON content.page = article.page WHERE article.id = ?", (article,)
    ).fetchone()
    return _story(*row) if row else None


@lru_cache(_KEPT)
def _story(body: str, text: bytes) -> alike.Story:
    return alike.story(alike.story_text(unpack_article(body), unpack_text(text)))
