"""A page's text to its articles."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.model import Article, Block, Role, Span

PARSER_VERSION = 1
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Parsed:
    """The articles of a page in the order they begin, and what belongs to none of them."""

    articles: tuple[Article, ...]
    furniture: tuple[Block, ...]


def parse(text: str) -> Parsed:
    """The articles of a page."""
    blocks = []
    for match in _LINE.finditer(text):
        body = match[0].strip()
        if body:
            start = match.start() + match[0].index(body)
            blocks.append(Block(Role.BODY, (Span(start, start + len(body)),)))
    if not blocks:
        return Parsed((), ())
    return Parsed((Article(tuple(blocks)),), ())
