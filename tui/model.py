"""The values everything else is made of.

A page's text is frozen once it is decoded. Every position counts code points of that text, 0-based, end exclusive, so
that nothing a later parser learns can move what a reader marked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of code points of a page's text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end


def text_of(page_text: str, spans: Iterable[Span]) -> str:
    """The text of `spans`, joined without anything between them."""
    return "".join(page_text[span.start : span.end] for span in spans)


class Role(StrEnum):
    """What a run of a page's text is."""

    KICKER = "kicker"  # 引题
    HEADLINE = "headline"  # 主题
    SUBTITLE = "subtitle"  # 副题
    BYLINE = "byline"  # 署名
    SUBHEAD = "subhead"  # 小标题
    BODY = "body"  # 正文
    CAPTION = "caption"  # 图片说明
    COLUMN = "column"  # 栏目
    JUMP = "jump"  # 转版、接版
    FURNITURE = "furniture"  # 报眉、通栏口号


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one role: a paragraph, a head, a caption. Lines and columns cut it into several spans."""

    role: Role
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """One story of a page: a choice of the page's spans, in page order.

    Attributes:
        title: The headline's lines, joined by one space; empty where a story has no head of its own.
        authors: Names only, without 本报记者 and the like.
        continued_from: The page number a jump line names (上接01版), as printed in digits.
        continued_on: The page number a jump line names (下转04版), as printed in digits.
        certainty: 0 to 1, how sure the parser is of the article's borders.
    """

    blocks: tuple[Block, ...]
    title: str = ""
    kicker: str = ""
    subtitle: str = ""
    column: str = ""
    byline: str = ""
    authors: tuple[str, ...] = ()
    continued_from: str | None = None
    continued_on: str | None = None
    certainty: float = 1.0

    @property
    def start(self) -> int:
        """Where the article begins on its page."""
        return min(span.start for block in self.blocks for span in block.spans)


@dataclass(frozen=True, slots=True)
class Imprint:
    """Where and when a page was printed. Empty strings stand for what is not known."""

    paper: str = ""
    date: str = ""  # ISO 8601, YYYY-MM-DD
    number: str = ""  # the page's number, as printed, without leading zeros
    section: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A decoded and parsed page. Its path is relative to the library, with forward slashes."""

    path: str
    text: str
    encoding: str
    imprint: Imprint
    articles: tuple[Article, ...]
    furniture: tuple[Block, ...] = ()


class Scope(StrEnum):
    """What an annotation is about."""

    SPAN = "span"
    ARTICLE = "article"


class Status(StrEnum):
    """How an annotation stands to its page's present text."""

    ANCHORED = "anchored"  # the text at its place is the quote
    MOVED = "moved"  # the page has changed, and there is one place that it must be
    REVIEW = "review"  # it may be at a place, or at one of several: the reader decides
    ORPHAN = "orphan"  # it is found nowhere


COLOURS = ("yellow", "green", "blue", "red", "purple", "orange")
DIGITS = "1234567890"  # as they lie on the keyboard


@dataclass(frozen=True, slots=True)
class Annotation:
    """A highlight, a note, tags, or all three, on a passage or on an article.

    Attributes:
        page: The page's path within the library.
        spans: The passage on the page; for an article its headline, or its first line where it has none.
        exact: The quoted text: the text of `spans`, joined.
        prefix: Up to 32 code points of the page before the passage.
        suffix: Up to 32 code points of the page behind the passage.
        created: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
        modified: UTC, likewise.
    """

    id: str
    page: str
    scope: Scope
    spans: tuple[Span, ...]
    exact: str
    prefix: str = ""
    suffix: str = ""
    note: str = ""
    tags: tuple[str, ...] = ()
    colour: str = COLOURS[0]
    author: str = ""
    created: str = ""
    modified: str = ""
    status: Status = Status.ANCHORED


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of the codebook. `/` in a name nests it: 政策/产业.

    Attributes:
        colour: One of `COLOURS`, or empty.
        digit: `0` to `9` for the one favourite tag that this key puts on, or empty.
    """

    name: str
    colour: str = ""
    description: str = ""
    digit: str = ""


class MendKind(StrEnum):
    """What a reader has put right of what the parser made of a page."""

    SPLIT = "split"  # a new article begins at the place
    JOIN = "join"  # the article that begins at the place belongs to the one before it on the page
    ROLE = "role"  # the passage has this role
    BREAK = "break"  # a new paragraph begins at the place
    MERGE = "merge"  # the paragraph that begins at the place continues the one before it
    IMPRINT = "imprint"  # the page is of this paper, date, number and section


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing that a reader has put right on a page, anchored to its text as an annotation is.

    Attributes:
        page: The page's path within the library.
        spans: The passage of a role; of all else the first characters from the place on, so that it can be found again.
        exact: The quoted text: the text of `spans`, joined.
        prefix: Up to 32 code points of the page before it.
        suffix: Up to 32 code points of the page behind it.
        role: The role the passage has; None for all but `MendKind.ROLE`.
        imprint: What the reader knows of the page, empty where nothing; None for all but `MendKind.IMPRINT`.
        created: UTC, `YYYY-MM-DDTHH:MM:SSZ`. A page's mends are made in the order of their times, then of their ids.
    """

    id: str
    page: str
    kind: MendKind
    spans: tuple[Span, ...]
    exact: str
    prefix: str = ""
    suffix: str = ""
    role: Role | None = None
    author: str = ""
    created: str = ""
    imprint: Imprint | None = None

    @property
    def place(self) -> int:
        """Where on the page it is to be made."""
        return self.spans[0].start


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place that a reader has given a letter, anchored to its page's text as an annotation is.

    Attributes:
        letter: `a` to `z` or `A` to `Z`; a library has one bookmark of each.
        page: The page's path within the library.
        spans: The first characters from the place on, so that it can be found again.
        exact: The quoted text: the text of `spans`, joined.
        prefix: Up to 32 code points of the page before it.
        suffix: Up to 32 code points of the page behind it.
        modified: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    """

    letter: str
    page: str
    spans: tuple[Span, ...]
    exact: str
    prefix: str = ""
    suffix: str = ""
    modified: str = ""

    @property
    def place(self) -> int:
        """The position of the page that it stands for."""
        return self.spans[0].start


@dataclass(frozen=True, slots=True)
class NamedFilter:
    """A filter of the list that a reader has kept.

    Attributes:
        name: What it is called; a library has one filter of each name.
        query: What stands in the filter box.
        digit: `0` to `9` for the one filter that this key applies, or empty.
        modified: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    """

    name: str
    query: str
    digit: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Trashed:
    """An annotation that was deleted, kept until the trash is emptied.

    Attributes:
        annotation: It, as it was.
        deleted: UTC, `YYYY-MM-DDTHH:MM:SSZ`.
    """

    annotation: Annotation
    deleted: str

    @property
    def page(self) -> str:
        """The page that it was on."""
        return self.annotation.page


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader has done with an article, kept by the place where it begins, so that a new parse does not lose it.

    Attributes:
        page: The page's path within the library.
        start: A position of the page that lies within the article.
        place: How far it has been read: a position of the page.
    """

    page: str
    start: int
    read: bool = False
    starred: bool = False
    place: int | None = None
    modified: str = field(default="", compare=False)
