"""A page's rows in the catalog: looked up, put in, taken out. The caller holds the transaction."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.library import facets, index, keywords, numbering, packing, repeats
from tui.library.mends import digest, mended_page
from tui.library.records import LEAD
from tui.model import Imprint, Page, Role
from tui.reading import reading_text
from tui.search.folding import searchable
from tui.search.pinyin import spelt

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from tui.library.scan import Found
    from tui.model import Article, Mend

_DIGITS = re.compile(r"\d+")
_COLUMNS = "id, mtime_ns, size, digest, parser, problem, mends, source, line"


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalog holds of a file, or of a line of one.

    Attributes:
        mends: The digest of the mends made to it.
        source: Empty for a file that is a page. For a line and for the file it stands in, that file's path.
        line: The line's number; 0 for a file.
    """

    id: int
    mtime_ns: int
    size: int
    digest: bytes
    parser: int
    problem: str
    mends: bytes
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalog keeps of an article beside itself, worked out of its page.

    Attributes:
        tokens: Its tokens for the index.
        spelt: Its searched text by its pinyin initials.
    """

    article: Article
    lead: str
    characters: int
    body: str
    tokens: str
    spelt: bytes


@dataclass(frozen=True, slots=True)
class FileRead:
    """A file that was read, or a line of one: its page as the parser has it, or why it is none.

    Without a page where its bytes are known already, and for a file of records.

    Attributes:
        found: Of a line, the path of its page.
        entries: Those of the page's articles, in page order, as it is without mends; empty where not yet worked out.
        source: As for `Known`.
        records: For a file of records that was read to its end, the digests of its lines, by path.
    """

    found: Found
    digest: bytes
    page: Page | None = None
    entries: tuple[Entry, ...] = ()
    problem: str = ""
    source: str = ""
    line: int = 0
    records: dict[str, bytes] | None = None

    @property
    def is_file(self) -> bool:
        """Whether it is a file rather than a line of one."""
        return self.source in {"", self.found.path}


def look_up(connection: sqlite3.Connection, path: str) -> Known | None:
    """What the catalog holds of a file."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM page WHERE path = ?", (path,)).fetchone()  # noqa: S608
    return Known(*row) if row else None


def look_up_all(connection: sqlite3.Connection) -> dict[str, Known]:
    """What the catalog holds of all files, by path."""
    rows = connection.execute(f"SELECT path, {_COLUMNS} FROM page INDEXED BY files WHERE line = 0")  # noqa: S608
    return {path: Known(*row) for path, *row in rows}


def look_up_lines(connection: sqlite3.Connection, source: str) -> dict[str, Known]:
    """What the catalog holds of the lines of a file of records, by path."""
    rows = connection.execute(
        f"SELECT path, {_COLUMNS} FROM page WHERE source = ? AND source <> '' AND path <> source",  # noqa: S608
        (source,),
    )
    return {path: Known(*row) for path, *row in rows}


def sources(connection: sqlite3.Connection) -> set[str]:
    """The files of records of which the catalog holds lines, those too that were not read to their end."""
    # From one to the next: DISTINCT would look at each line.
    rows = connection.execute(
        "WITH RECURSIVE file (path) AS (SELECT min(source) FROM page WHERE source <> '' UNION ALL"
        " SELECT (SELECT min(source) FROM page WHERE source <> '' AND source > file.path) FROM file"
        " WHERE file.path IS NOT NULL) SELECT path FROM file WHERE path IS NOT NULL"
    )
    return {source for (source,) in rows}


def count_lines(connection: sqlite3.Connection, source: str) -> int:
    """How many pages the lines of a file of records are."""
    counted = "SELECT count(*) FROM page WHERE source = ? AND source <> '' AND problem = '' AND line > 0"
    return int(connection.execute(counted, (source,)).fetchone()[0])


def mends_of_lines(connection: sqlite3.Connection, source: str, wanted: Iterable[str]) -> list[tuple[str, bytes]]:
    """The pages of the lines of a file of records that have mends or are among `wanted`, with the digest of theirs."""
    rows = connection.execute(
        "SELECT path, mends FROM page INDEXED BY mended"
        " WHERE source = :source AND mends <> x'' AND path <> source AND problem = ''"
        " UNION SELECT path, mends FROM page"
        " WHERE path IN (SELECT value FROM json_each(:wanted)) AND source = :source AND path <> source AND problem = ''"
        " ORDER BY path",
        {"source": source, "wanted": json.dumps([*wanted])},
    )
    return rows.fetchall()


def touch_page(connection: sqlite3.Connection, page: int, reading: FileRead) -> None:
    """Note that a file has a new time or size, or a line a new number, though its bytes are those already parsed."""
    found = reading.found
    line, first = connection.execute("SELECT line, first FROM page WHERE id = ?", (page,)).fetchone()
    connection.execute(
        "UPDATE page SET mtime_ns = ?, size = ?, line = ? WHERE id = ?",
        (found.mtime_ns, found.size, reading.line, page),
    )
    if line != reading.line and first:
        numbering.mark_disordered(connection, first)  # which it may not be, if the others have moved as well


def remove_page(connection: sqlite3.Connection, page: int) -> None:
    """Take out a page and its articles, or a problem."""
    row = connection.execute(
        "SELECT first, articles, text, paper, date, number FROM page JOIN content ON content.page = page.id"
        " WHERE page.id = ?",
        (page,),
    ).fetchone()
    if row:
        first, articles, packed, *imprint = row
        numbers, text = (first, first + articles - 1), packing.unpack_text(packed)
        bodies = connection.execute("SELECT id, body FROM article WHERE id BETWEEN ? AND ?", numbers).fetchall()
        for number, body in bodies:
            article = packing.unpack_article(body)
            searched = index.searched_text(article, reading_text(article, text).text)
            tokens = index.entry(article, searchable(searched), Imprint(*imprint))
            connection.execute("INSERT INTO grams (grams, rowid, text) VALUES ('delete', ?, ?)", (number, tokens))
        keywords.remove(connection, [number for number, _ in bodies])
        connection.execute("DELETE FROM article WHERE id BETWEEN ? AND ?", numbers)
        facets.remove(connection, first, articles)
        connection.execute("DELETE FROM initials WHERE id BETWEEN ? AND ?", numbers)
        repeats.forget_page(connection, page, *numbers)
        connection.execute("DELETE FROM content WHERE page = ?", (page,))
        _count(connection, -articles)
    connection.execute("DELETE FROM page WHERE id = ?", (page,))


def unmended_page(connection: sqlite3.Connection, path: str) -> Page | None:
    """A page as the parser has it, without its mends."""
    row = connection.execute(
        "SELECT text, encoding, unmended, furniture, paper, date, number, section, first, articles"
        " FROM page JOIN content ON content.page = page.id WHERE path = ?",
        (path,),
    ).fetchone()
    if row is None:
        return None
    packed, encoding, unmended, furniture, *imprint, first, articles = row
    text = packing.unpack_text(packed)
    if unmended:
        return packing.unpack_page(unmended, path, text, encoding)
    bodies = connection.execute(
        "SELECT body FROM article WHERE id BETWEEN ? AND ? ORDER BY id", (first, first + articles - 1)
    )
    found = tuple(packing.unpack_article(body) for (body,) in bodies)
    return Page(path, text, encoding, Imprint(*imprint), found, packing.unpack_blocks(furniture))


def place_of(number: str) -> str:
    """A page's number as it is sorted: 2 before 10."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(8), number)


def prepared(page: Page) -> tuple[Entry, ...]:
    """What the catalog keeps of the articles of a page, in page order."""
    return tuple(_entry(article, page) for article in sorted(page.articles, key=_start))


def _entry(article: Article, page: Page) -> Entry:
    reading = reading_text(article, page.text)
    body = "".join(reading.text[part.start : part.end] for part in reading.paragraphs if part.role is Role.BODY)
    lead = " ".join((body or reading.text)[: 2 * LEAD].split())[:LEAD]
    text = searchable(index.searched_text(article, reading.text))
    return Entry(
        article,
        _storable(lead),
        sum(part.end - part.start for part in reading.paragraphs),
        packing.pack_article(article),
        index.entry(article, text, page.imprint),
        spelt(text),
    )


def insert_page(connection: sqlite3.Connection, reading: FileRead, parser: int, mends: Sequence[Mend] = ()) -> None:
    """Put in a page with its mends, its articles under numbers that follow one another in page order; or a problem."""
    found, page, entries = reading.found, reading.page, reading.entries
    unmended = packing.pack_page(page) if page and mends else ""
    if page and (mends or not entries):
        page = mended_page(page, mends)
        entries = prepared(page)
    where = page.imprint if page else Imprint()
    first = numbering.allocate(connection, where.date, len(entries)) if entries else 0
    cursor = connection.execute(
        "INSERT INTO page (path, mtime_ns, size, digest, parser, mends, problem, paper, date, number, section,"
        " encoding, place, first, articles, source, line, made) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
        " ?, 1 + (SELECT value FROM counter WHERE name = 'pages made'))",
        (
            found.path,
            found.mtime_ns,
            found.size,
            reading.digest,
            parser,
            digest(mends),
            reading.problem,
            where.paper,
            where.date,
            where.number,
            where.section,
            page.encoding if page else "",
            place_of(where.number),
            first,
            len(entries),
            reading.source,
            reading.line,
        ),
    )
    if page:
        connection.execute("DELETE FROM gone WHERE path = ?", (found.path,))
        number = cursor.lastrowid or 0
        text = packing.pack_text(page.text)
        values = (number, text, packing.pack_blocks(page.furniture), unmended)
        connection.execute("INSERT INTO content VALUES (?, ?, ?, ?)", values)
        for place, entry in enumerate(entries, first):
            _insert_article(connection, place, number, entry)
        if entries:
            numbering.mark_inserted(connection, number, first)
        repeats.await_page(connection, number)
        _count(connection, len(entries))
    connection.execute("UPDATE counter SET value = value + 1 WHERE name = 'pages made'")


def _insert_article(connection: sqlite3.Connection, number: int, page: int, entry: Entry) -> None:
    article = entry.article
    connection.execute(
        "INSERT INTO article VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            page,
            _storable(article.title),
            entry.lead,
            _start(article),
            article.continued_from,
            article.continued_on,
            article.certainty,
            entry.characters,
            entry.body,
        ),
    )
    connection.execute("INSERT INTO grams (rowid, text) VALUES (?, ?)", (number, entry.tokens))
    connection.execute("INSERT INTO initials VALUES (?, ?)", (number, entry.spelt))
    facets.enter(connection, number, article)


def _count(connection: sqlite3.Connection, articles: int) -> None:
    connection.execute("UPDATE counter SET value = value + ? WHERE name = 'articles'", (articles,))


def _storable(text: str) -> str:
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def _start(article: Article) -> int:
    return min((span.start for block in article.blocks for span in block.spans), default=0)
