"""A page's text to its articles.

The steps, each in a module of its own: `lines` finds the printed lines; `wrapping` joins those that only the column's
width has parted; `signs`, `context` and `surroundings` name what can be seen of each unit; `roles` says what that
speaks for; `sequence` chooses the likeliest places for the page as a whole; `articles` puts the parts together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.pages.articles import assemble
from tui.pages.context import compare
from tui.pages.lines import split
from tui.pages.sequence import best
from tui.pages.signs import Sight, look
from tui.pages.wrapping import units

if TYPE_CHECKING:
    from tui.model import Article, Block


@dataclass(frozen=True, slots=True)
class Parsed:
    """The articles of a page in the order they begin, and what belongs to none of them."""

    articles: tuple[Article, ...]
    furniture: tuple[Block, ...]


def parse(text: str) -> Parsed:
    """The articles of a page. Never raises; the same text gives the same articles; the time is linear in its length.

    Every character of `text` that is neither white space nor part of a Markdown mark stands in exactly one span.
    """
    sights = see(text)
    return Parsed(*assemble(sights, best(sights)))


def see(text: str) -> list[Sight]:
    """The page's units and all that can be seen of them."""
    sights = [look(unit) for unit in units(split(text))]
    compare(sights)
    return sights
