"""Where an article was printed, in words."""

from __future__ import annotations

from collections.abc import Sequence

from tui.language import _


def page_of(number: str) -> str:
    """The page of this printed number; nothing where it has none."""
    return _("page {number}").format(number=number) if number else ""


def short_page_of(number: str) -> str:
    """The same where there is little room."""
    return _("p.{number}").format(number=number) if number else ""


def known_source(paper: str, date: str, number: str, page: str) -> Sequence[str]:
    """Paper, date and page, as far as they are known, else the page's path; unsafe to show."""
    return [part for part in (paper, date, page_of(number)) if part] or [page]
