"""A page's articles as Markdown."""

from __future__ import annotations

from tui.export import escaping
from tui.model import Article, Block, Page, Role, text_of
from tui.reading import reading_order

_ABOVE = {Role.COLUMN, Role.KICKER}


def page_markdown(page: Page) -> str:
    """The page's articles, a heading each; what stands in them is escaped and can't become Markdown of its own."""
    return "\n\n".join(_article(article, page.text) for article in page.articles)


def _article(article: Article, text: str) -> str:
    title = [f"# {escaping.inline(article.title)}"] if article.title else []
    rest = [block for block in reading_order(article) if block.role is not Role.HEADLINE]
    above = [_block(block, text) for block in rest if block.role in _ABOVE]
    below = [_block(block, text) for block in rest if block.role not in _ABOVE]
    return "\n\n".join([*above, *title, *below])


def _block(block: Block, text: str) -> str:
    said = escaping.inline(text_of(text, block.spans))
    if block.role is Role.SUBHEAD:
        return f"## {said}"
    return said if block.role is Role.BODY else f"*{said}*"
