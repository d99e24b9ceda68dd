"""What the catalog hands out."""

from __future__ import annotations

from dataclasses import dataclass

from tui.model import Article, Block, Imprint


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article as a list shows it.

    Attributes:
        id: The catalog's number for it. A page that is parsed anew gets new ones; none is ever given twice.
        page: The page's path within the library.
        number: The page's number, as printed.
        lead: The first characters of its text, at most `LEAD`, for articles without a title.
        start: Where it begins on its page, in code points.
        characters: The length of its reading text without the line feeds.
    """

    id: int
    page: str
    title: str
    lead: str
    paper: str
    date: str
    number: str
    start: int
    continued_from: str | None
    continued_on: str | None
    certainty: float
    characters: int


LEAD = 60

DOUBTFUL = 0.65
"""An article of whose borders the parser is less sure is doubtful: two of 60 on the sample and the real pages."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page without its articles."""

    path: str
    text: str
    encoding: str
    imprint: Imprint
    furniture: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with all that is known of it, and the page it stands on."""

    row: ArticleRow
    article: Article
    page: StoredPage


@dataclass(frozen=True, slots=True)
class Problem:
    """A file or folder that can't be read as pages, or a line of a file (`FILE:NUMBER`), and why: one line."""

    path: str
    cause: str


@dataclass(frozen=True, slots=True)
class GonePage:
    """A page that is there no more, and was noted on.

    Attributes:
        since: How many pages had been made when it went.
        digest: The digest of its file's bytes, or of its line's.
    """

    path: str
    since: int
    digest: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an update is: files read, files to read, the file at hand."""

    done: int
    total: int
    path: str


@dataclass(frozen=True, slots=True)
class Update:
    """What an update did, in pages, and every problem there is now, old ones too.

    Attributes:
        notices: What became of notes whose pages have changed or moved, a line each for the user.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    problems: tuple[Problem, ...]
    notices: tuple[str, ...] = ()
