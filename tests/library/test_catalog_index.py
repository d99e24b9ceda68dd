"""The index finds what reading every article would find: no more, no less."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library import index, schema
from tui.model import Article, Block, Role, Span
from tui.search.matching import matches
from tui.search.phrases import plain
from tui.search.query import And, Not, Query, Term

# Few characters, so that they meet; among them what SQLite's expressions and tokenizers and our own coding treat apart.
few = st.sampled_from(
    "发发展發后後aAＡ1é，,。「\"'“*^-:()+{}% \t\u3000\n\x00\x1b\u200b\ufe0f\u0301😀İ"
    "\ufffe\ud800\udfff\U0010f000\U0010f061\U0010f080\U0010ffff"
)
texts = st.text(few, max_size=20)
needles = st.text(few, min_size=1, max_size=6).map(lambda text: text.replace("\n", " "))


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[str], Query]:
    """Some texts, and a query made of their parts and of anything else."""
    articles = draw(st.lists(texts, min_size=1, max_size=6))
    whole = " ".join(articles).replace("\n", " ")
    spots = st.tuples(st.integers(0, max(len(whole) - 1, 0)), st.integers(1, 6))
    parts = spots.map(lambda spot: whole[spot[0] : sum(spot)] or "x")
    terms = st.builds(Term, parts | needles)
    inner = st.builds(lambda parts: And(tuple(parts)), st.lists(terms, max_size=2))
    nodes = st.lists(terms | terms | st.builds(Not, terms | inner) | inner, max_size=4)
    return articles, And(tuple(draw(nodes)))


def found(articles: list[str], query: Query) -> set[int]:
    connection = schema.connect(None)
    for number, text in enumerate(articles):
        index.add_article(connection, number, text)
    numbers = index.find(connection, query, range(len(articles)))
    connection.close()
    return numbers


@given(cases())
def test_the_index_finds_what_reading_finds(case: tuple[list[str], Query]) -> None:
    articles, query = case
    assert found(articles, query) == {number for number, text in enumerate(articles) if matches(query, text)}


@given(st.lists(texts, min_size=1, max_size=4), st.text(few, max_size=10))
def test_whatever_is_typed_is_found_as_reading_finds_it(articles: list[str], typed: str) -> None:
    query = plain(typed)
    assert found(articles, query) == {number for number, text in enumerate(articles) if matches(query, text)}


@given(st.lists(texts, min_size=1, max_size=5), needles)
def test_what_is_taken_out_is_not_found(articles: list[str], needle: str) -> None:
    connection = schema.connect(None)
    for number, text in enumerate(articles):
        index.add_article(connection, number, text)
    for number, text in enumerate(articles[::2]):
        index.remove_article(connection, 2 * number, text)
    numbers = index.find(connection, Term(needle), set(range(len(articles))[1::2]))
    assert numbers == {number for number in range(len(articles))[1::2] if matches(Term(needle), articles[number])}
    connection.close()


@pytest.mark.parametrize(
    "code", [*range(0x80), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x10F000, 0x10F07F, 0x10F080, 0x10F081, 0x10FFFF]
)
def test_every_character_that_needs_care_is_found(code: int) -> None:
    character = chr(code) if code != 0x0A else " "
    for needle in (character, f"中{character}", f"{character}文", f"中{character}文"):
        assert found([f"中{character}文", "中文"], Term(needle)) == {0}


def test_no_search_reaches_from_one_paragraph_into_the_next() -> None:
    page = "甲乙丙丁戊己"
    blocks = tuple(Block(Role.BODY, (Span(at, at + 2),)) for at in (0, 2))
    article = Article((*blocks, Block(Role.HEADLINE, (Span(4, 6),))), title="戊 己")
    text = index.searched_text(article, page)
    assert text == "戊己\n甲乙\n丙丁\n戊 己\n戊己"
    assert found([text], Term("乙丙")) == set()
    assert found([text], Term("丙丁")) == found([text], Term("戊 己")) == {0}
