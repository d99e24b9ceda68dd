"""A page from its path and bytes, and its form as JSON."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from tui.model import Article, Block, Page, text_of
from tui.pages.decode import decode
from tui.pages.imprint import imprint
from tui.pages.parse import parse

if TYPE_CHECKING:
    from collections.abc import Iterable


def read_page(path: str, data: bytes, encoding: str | None = None) -> Page:
    """Decode, parse and date a page.

    Args:
        path: Relative to the library, with forward slashes.
        data: The file's bytes.
        encoding: What the user says they are in; guessed without it.

    Raises:
        PageError: The bytes are empty or no text; the message is the cause, for the path to stand before.
    """
    decoded = decode(data, encoding)
    parsed = parse(decoded.text)
    where = imprint(PurePosixPath(path), decoded.text, parsed.furniture)
    return Page(path, decoded.text, decoded.encoding, where, parsed.articles, parsed.furniture)


def page_json(page: Page) -> dict[str, Any]:
    """The page as plain values for JSON: spans are `[start, end]` in code points of its text, the unknown is empty."""
    return {
        "page": page.path,
        "encoding": page.encoding,
        "paper": page.imprint.paper,
        "date": page.imprint.date,
        "number": page.imprint.number,
        "section": page.imprint.section,
        "articles": [_article(article, page.text) for article in page.articles],
        "furniture": _blocks(page.furniture, page.text),
    }


def _article(article: Article, text: str) -> dict[str, Any]:
    return {
        "title": article.title,
        "kicker": article.kicker,
        "subtitle": article.subtitle,
        "column": article.column,
        "byline": article.byline,
        "authors": list(article.authors),
        "continued_from": article.continued_from,
        "continued_on": article.continued_on,
        "certainty": article.certainty,
        "blocks": _blocks(article.blocks, text),
    }


def _blocks(blocks: Iterable[Block], text: str) -> list[dict[str, Any]]:
    return [
        {
            "role": block.role.value,
            "text": text_of(text, block.spans),
            "spans": [[span.start, span.end] for span in block.spans],
        }
        for block in blocks
    ]
