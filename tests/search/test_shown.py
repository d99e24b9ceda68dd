"""Hits in an article: in its text, and in its heads what was asked of those alone."""

from __future__ import annotations

import pytest

from tui.model import Article, Block, Role, Span
from tui.reading import ReadingText, reading_text
from tui.search.query import asks_of_made, parse
from tui.search.shown import hits_in


def reading(*parts: tuple[Role, str]) -> ReadingText:
    page, blocks = "", []
    for role, text in parts:
        blocks.append(Block(role, (Span(len(page), len(page) + len(text)),)))
        page += text + "\n"
    return reading_text(Article(tuple(blocks)), page)


FERRY = reading(
    (Role.KICKER, "渡口夜话"),
    (Role.HEADLINE, "乌桕渡口"),
    (Role.HEADLINE, "今日停航"),
    (Role.BYLINE, "本报记者 秦小禾"),
    (Role.BODY, "渡口停航，秦小禾还在。"),
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("渡口", [(0, 2), (7, 9), (24, 26)]),
        ("title:渡口", [(7, 9)]),
        ("kicker:渡口 title:停航", [(0, 2), (12, 14)]),
        ("title:(夜话 OR 今日)", [(10, 12)]),
        ('title:"渡口 今日"', [(7, 12)]),
        ("title:/^乌桕/", [(5, 7)]),
        ("author:秦小禾", [(20, 23)]),
        ("title:渡口 渡", [(0, 1), (7, 9), (24, 25)]),
        ("-title:渡口", []),
        ("paper:渡口 is:starred", []),
    ],
)
def test_a_field_is_shown_where_the_article_has_it(typed: str, shown: list[tuple[int, int]]) -> None:
    assert list(hits_in(parse(typed), FERRY)) == shown


@pytest.mark.parametrize("typed", ["is:starred", "渡口 -tag:甲", "(渡口 OR note:核对) title:渡", "colour:red"])
def test_what_was_made_of_articles_is_asked_for(typed: str) -> None:
    assert asks_of_made(parse(typed))


@pytest.mark.parametrize("typed", ["", "渡口", "title:渡口 -date:2024", "keyword:茶"])
def test_what_was_made_of_articles_is_not_asked_for(typed: str) -> None:
    assert not asks_of_made(parse(typed))
