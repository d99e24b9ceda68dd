"""The index finds what reading every article would find: no more, no less."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.errors import QueryError
from tui.library import finding, index, schema
from tui.model import Article, Block, Imprint, Role, Span
from tui.reading import reading_text
from tui.search.folding import searchable
from tui.search.matching import Searched, matches
from tui.search.nodes import Among, And, Dates, Field, FieldName, Near, Not, Or, Pages, Query, Regex, Term
from tui.search.pinyin import spelt
from tui.search.query import parse

# Few characters, so that they meet; among them what SQLite's expressions and tokenizers and our own coding treat apart.
few = st.sampled_from(
    "发发展發后後aAＡ1é，,。「\"'“*^-:()+{}% \t\u3000\n\x00\x1b\u200b\ufe0f\u0301😀İ"
    "\ufffe\ud800\udfff\U0010f000\U0010f061\U0010f080\U0010ffff"
)
texts = st.text(few, max_size=20)
needles = st.text(few, min_size=1, max_size=6).map(lambda text: text.replace("\n", " "))


known = st.builds(
    lambda text, title, kicker, authors, where, certainty, jump: (
        Article(
            (Block(Role.BODY, (Span(0, len(text)),)),),
            title,
            kicker,
            authors=tuple(authors),
            continued_on=jump,
            certainty=certainty,
        ),
        text,
        where,
    ),
    texts,
    texts.map(lambda text: text.replace("\n", " ")),
    texts.map(lambda text: text.replace("\n", " ")),
    st.lists(texts, max_size=2),
    st.builds(
        Imprint,
        st.sampled_from(["", "发报", "發展 报"]),
        st.sampled_from(["", "2023-12-31", "2024-01-01", "2024-02-29", "2024-03-01", "2024-03-31"]),
        st.sampled_from(["", "1", "03", "12", "A3", "a03"]),
    ),
    st.sampled_from([0.1, 1.0]),
    st.sampled_from([None, "4"]),
)
Known = tuple[Article, str, Imprint]


@st.composite
def queries(draw: st.DrawFn, articles: list[Known]) -> Query:
    """A query made of parts of the articles and of anything else."""
    whole = " ".join(text for _, text, _ in articles).replace("\n", " ")
    spots = st.tuples(st.integers(0, max(len(whole) - 1, 0)), st.integers(1, 6))
    parts = spots.map(lambda spot: whole[spot[0] : sum(spot)] or "x")
    terms = st.builds(Term, parts | needles)
    days = st.sampled_from(["", "2023-01-01", "2024-01-01", "2024-02-28", "2024-02-29", "2024-03-31", "2024-12-31"])
    fields = st.sampled_from([FieldName.TITLE, FieldName.KICKER, FieldName.AUTHOR, FieldName.PAPER])
    leaf = (
        terms
        | terms
        | terms
        | st.builds(Field, fields, terms)
        | st.builds(Field, st.just(FieldName.PAGE), st.sampled_from(["A3", "3", "1"]).map(Term))
        | st.builds(Field, st.just(FieldName.IS), st.sampled_from(["continued", "doubtful"]).map(Term))
        | st.builds(Dates, days, days)
        | st.builds(Pages, st.integers(0, 5), st.integers(0, 20))
        | st.builds(Near, terms, terms, st.integers(0, 5))
        | st.builds(Among, st.frozensets(st.integers(0, 6)))
        | st.sampled_from([Regex("发."), Regex("[发a]+后?"), Regex("發{2}展*"), Regex("a|,"), Regex("(?:é)")])
    )
    tree = st.recursive(
        leaf,
        lambda inner: (
            st.builds(Not, inner)
            | st.lists(inner, max_size=3).map(lambda some: And(tuple(some)))
            | st.lists(inner, max_size=3).map(lambda some: Or(tuple(some)))
        ),
        max_leaves=8,
    )
    return draw(tree.filter(lambda query: query != And()))  # all articles are found without the index


@st.composite
def cases(draw: st.DrawFn) -> tuple[list[Known], Query]:
    articles = draw(st.lists(known, min_size=1, max_size=6))
    return articles, draw(queries(articles))


def searched(number: int, one: Known) -> Searched:
    article, text, where = one
    return Searched(
        index.searched_text(article, reading_text(article, text).text),
        article.title,
        article.kicker,
        article.column,
        article.authors,
        where.paper,
        where.date,
        where.number,
        marks=frozenset(index.marks(article)),
        id=number,
    )


def enter(connection: sqlite3.Connection, number: int, one: Known) -> None:
    article, text, where = one
    folded = searchable(index.searched_text(article, reading_text(article, text).text))
    connection.execute("INSERT INTO grams (rowid, text) VALUES (?, ?)", (number, index.entry(article, folded, where)))
    connection.execute("INSERT INTO initials VALUES (?, ?)", (number, spelt(folded)))


def take_out(connection: sqlite3.Connection, number: int, one: Known) -> None:
    article, text, where = one
    tokens = index.entry(article, searchable(index.searched_text(article, reading_text(article, text).text)), where)
    connection.execute("INSERT INTO grams (grams, rowid, text) VALUES ('delete', ?, ?)", (number, tokens))


def plain(text: str) -> Known:
    return Article((Block(Role.BODY, (Span(0, len(text)),)),)), text, Imprint()


def found(articles: list[Known], query: Query, *, initials: bool = False, best_first: bool = False) -> set[int]:
    with closing(schema.connect(None)) as connection:
        for number, one in enumerate(articles):
            enter(connection, number, one)
        return set(
            finding.numbers(
                connection,
                query,
                initials=initials,
                best_first=best_first,
                look=lambda number: searched(number, articles[number]),
            )
        )


@given(cases(), st.booleans())
def test_the_index_finds_what_reading_finds(case: tuple[list[Known], Query], best_first: bool) -> None:
    articles, query = case
    wanted = {number for number, one in enumerate(articles) if matches(query, searched(number, one))}
    assert found(articles, query, best_first=best_first) == wanted


@given(cases())
def test_what_is_counted_is_what_is_found(case: tuple[list[Known], Query]) -> None:
    articles, query = case
    with closing(schema.connect(None)) as connection:
        for number, one in enumerate(articles):
            enter(connection, number, one)
        counted = finding.count(connection, query, look=lambda number: searched(number, articles[number]))
    assert counted == len(found(articles, query))


@given(st.lists(texts, min_size=1, max_size=4), st.text(few, max_size=10))
def test_whatever_is_typed_is_found_as_reading_finds_it(articles: list[str], typed: str) -> None:
    try:
        query = parse(typed)
    except QueryError:
        return
    assume(query != And())
    wanted = {number for number, text in enumerate(articles) if matches(query, text)}
    assert found([plain(text) for text in articles], query) == wanted


@given(st.lists(known, min_size=1, max_size=5), needles)
def test_what_is_taken_out_is_not_found(articles: list[Known], needle: str) -> None:
    query = Term(needle)
    with closing(schema.connect(None)) as connection:
        for number, one in enumerate(articles):
            enter(connection, number, one)
        for number, one in enumerate(articles):
            if number % 2 == 0:
                take_out(connection, number, one)
        numbers = finding.numbers(connection, query)
        connection.execute("INSERT INTO grams (grams) VALUES ('integrity-check')")
    assert set(numbers) == {
        number for number, one in enumerate(articles) if number % 2 and matches(query, searched(number, one))
    }


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("xzscl", "发展新质生产力"),
        ("yhhz", "银行行长"),
        ("cqyh", "到重庆银行去"),
        ("zgz", "中国政府"),
        ("tgqw", "提高期望"),
    ],
)
def test_words_are_found_by_their_initials(typed: str, text: str) -> None:
    articles = [plain("别的"), plain(text)]
    assert found(articles, parse(typed)) == set()
    assert found(articles, parse(typed), initials=True) == {1}
    assert found(articles, parse(f"{typed} -{text[1]}"), initials=True) == set()
    assert found(articles, parse(f"{typed} OR 别"), initials=True) == {0, 1}
    assert found(articles, parse(f'"{typed}"'), initials=True) == set()


@given(st.text("中国政府银行重长提a,/\n", max_size=24), st.text("zgfyhxcatqd", min_size=3, max_size=10))
def test_what_initials_find_in_the_index_is_found_by_reading_too(text: str, typed: str) -> None:
    # By reading a little more is found: words of which more than two characters are not read as mostly.
    query = parse(typed)
    numbers = found([plain(text)], query, initials=True)
    assert not numbers or matches(query, text, initials=True)


@pytest.mark.parametrize(
    "code", [*range(0x80), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x10F000, 0x10F07F, 0x10F080, 0x10F081, 0x10FFFF]
)
def test_every_character_that_needs_care_is_found(code: int) -> None:
    character = chr(code) if code != 0x0A else " "
    for needle in (character, f"中{character}", f"{character}文", f"中{character}文"):
        assert found([plain(f"中{character}文"), plain("中文")], Term(needle)) == {0}


def test_no_search_reaches_from_one_paragraph_into_the_next() -> None:
    page = "甲乙丙丁戊己"
    blocks = tuple(Block(Role.BODY, (Span(at, at + 2),)) for at in (0, 2))
    article = Article((*blocks, Block(Role.HEADLINE, (Span(4, 6),))), title="戊 己")
    text = index.searched_text(article, reading_text(article, page).text)
    assert text == "戊己\n甲乙\n丙丁\n戊 己\n戊己"
    one = article, page, Imprint()
    assert found([one], Term("乙丙")) == set()
    assert found([one], Term("丙丁")) == found([one], Term("戊 己")) == {0}
