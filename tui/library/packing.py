"""Pages and articles as the catalog keeps them: UTF-8 and short JSON.

The unpacking functions raise `UnusableError` for what no packing function has written.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tui.library.schema import UnusableError
from tui.model import Article, Block, Imprint, Page, Role, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FIELDS = (
    "title",
    "kicker",
    "subtitle",
    "column",
    "byline",
    "authors",
    "continued_from",
    "continued_on",
    "certainty",
)


def pack_text(text: str) -> bytes:
    """A page's text, whatever code points are in it."""
    return text.encode("utf-8", "surrogatepass")


def unpack_text(packed: bytes) -> str:
    """What `pack_text` was given."""
    with _checked():
        return packed.decode("utf-8", "surrogatepass")


def pack_blocks(blocks: Iterable[Block]) -> str:
    """Blocks as `[[role, start, end, start, end, …], …]`."""
    return json.dumps(_plain(blocks), separators=(",", ":"))


def unpack_blocks(packed: str) -> tuple[Block, ...]:
    """What `pack_blocks` was given."""
    with _checked():
        return _blocks(json.loads(packed))


def pack_article(article: Article) -> str:
    """An article as a list: its blocks, then its other fields in a fixed order."""
    fields = [getattr(article, name) for name in _FIELDS]
    return json.dumps([_plain(article.blocks), *fields], separators=(",", ":"))


def unpack_article(packed: str) -> Article:
    """What `pack_article` was given."""
    with _checked():
        blocks, *values = json.loads(packed)
        fields: dict[str, Any] = dict(zip(_FIELDS, values, strict=True))
        fields["authors"] = tuple(fields["authors"])
        return Article(_blocks(blocks), **fields)


def pack_page(page: Page) -> str:
    """All that was read off a page's text: its imprint, its furniture, its articles."""
    where = page.imprint
    imprint = [where.paper, where.date, where.number, where.section]
    articles = [pack_article(article) for article in page.articles]
    return json.dumps([imprint, _plain(page.furniture), articles], separators=(",", ":"))


def unpack_page(packed: str, path: str, text: str, encoding: str) -> Page:
    """What `pack_page` was given."""
    with _checked():
        imprint, furniture, articles = json.loads(packed)
        found = tuple(unpack_article(article) for article in articles)
        return Page(path, text, encoding, Imprint(*imprint), found, _blocks(furniture))


@contextmanager
def _checked() -> Iterator[None]:
    try:
        yield
    except (ValueError, TypeError, AttributeError) as error:
        raise UnusableError(str(error)) from error


def _plain(blocks: Iterable[Block]) -> list[list[str | int]]:
    return [[block.role.value, *(at for span in block.spans for at in (span.start, span.end))] for block in blocks]


def _blocks(plain: list[list[Any]]) -> tuple[Block, ...]:
    return tuple(Block(Role(role), tuple(map(Span, positions[::2], positions[1::2]))) for role, *positions in plain)
