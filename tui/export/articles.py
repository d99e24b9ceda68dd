"""A page's articles as Markdown."""

from __future__ import annotations

import re

from tui.display import visible_line
from tui.model import Article, Block, Page, Role, text_of
from tui.reading import reading_order

_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_LIST_LIKE = re.compile(r"^(\s*)([-+=]|\d+[.)])")


def page_markdown(page: Page) -> str:
    """The page's articles, a heading each; what stands in them is escaped and can't become Markdown of its own."""
    return "\n\n".join(_article(article, page.text) for article in page.articles)


def _article(article: Article, text: str) -> str:
    title = [f"# {_escaped(article.title)}"] if article.title else []
    rest = [block for block in reading_order(article) if block.role is not Role.HEADLINE]
    before = [_block(block, text) for block in rest if block.role in {Role.COLUMN, Role.KICKER}]
    after = [_block(block, text) for block in rest if block.role not in {Role.COLUMN, Role.KICKER}]
    return "\n\n".join([*before, *title, *after])


def _block(block: Block, text: str) -> str:
    said = _escaped(text_of(text, block.spans))
    match block.role:
        case Role.SUBHEAD:
            return f"## {said}"
        case Role.KICKER | Role.SUBTITLE | Role.COLUMN | Role.BYLINE | Role.JUMP | Role.CAPTION:
            return f"*{said}*"
        case _:
            return said


def _escaped(text: str) -> str:
    shown = _SPECIAL.sub(r"\\\1", visible_line(text).strip())
    return _LIST_LIKE.sub(
        lambda match: f"{match[1]}\\{match[2]}" if len(match[2]) == 1 else f"{match[1]}{match[2][:-1]}\\{match[2][-1]}",
        shown,
    )
