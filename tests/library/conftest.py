"""Pages so plain that a test knows their articles: a line is a paragraph, `#` a headline, an empty line ends one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pytest

from tui.errors import PageError
from tui.model import Article, Block, Imprint, Page, Role, Span


@dataclass
class PlainPages:
    """A stand-in for the parser.

    Attributes:
        read: The paths that were parsed, in order.
    """

    read: list[str] = field(default_factory=list)

    def read_page(self, path: str, data: bytes) -> Page:
        self.read.append(path)
        if not data or b"\0" in data:
            raise PageError("empty" if not data else "no text")
        text = data.decode("utf-8", "surrogatepass")
        return Page(path, text, "utf-8", imprint(path), tuple(articles(text)))


def imprint(path: str) -> Imprint:
    """What a path like `2024-01-02/成都日报-03.txt` says."""
    paper, _, number = PurePosixPath(path).stem.rpartition("-")
    folder = PurePosixPath(path).parent.name
    return Imprint(paper, folder if folder[:2] == "20" else "", number.lstrip("0") if paper else "")


def articles(text: str) -> Iterator[Article]:
    at = 0
    for part in text.split("\n\n"):
        blocks, heads = [], []
        for line in part.split("\n"):
            if line.startswith("#"):
                heads.append(line[1:])
                blocks.append(Block(Role.HEADLINE, (Span(at + 1, at + len(line)),)))
            elif line:
                blocks.append(Block(Role.BODY, (Span(at, at + len(line)),)))
            at += len(line) + 1
        at += 1
        if blocks:
            yield Article(tuple(blocks), title=" ".join(heads), continued_on="3" if "下转" in part else None)


@pytest.fixture
def plain_pages(monkeypatch: pytest.MonkeyPatch) -> PlainPages:
    pages = PlainPages()
    monkeypatch.setattr("tui.pages.page.read_page", pages.read_page)
    monkeypatch.setattr("tui.pages.version.PARSER_VERSION", 1)
    return pages
