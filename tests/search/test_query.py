from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.query import And, Not, Query, Term, parse, positive_terms


def quoted(text: str) -> Term:
    return Term(text, quoted=True)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        (" \u3000\n", ()),
        ("新质生产力", (Term("新质生产力"),)),
        ("成都　发展\t2024", (Term("成都"), Term("发展"), Term("2024"))),
        ('"新华社 记者"', (quoted("新华社 记者"),)),
        ("“新华社 记者”", (quoted("新华社 记者"),)),
        ("”新华社 记者“", (quoted("新华社 记者"),)),
        ("「新华社 记者」『北京』", (quoted("新华社 记者"), quoted("北京"))),
        ("＂a b＂c", (quoted("a b"), Term("c"))),
        ("成都 -重庆", (Term("成都"), Not(Term("重庆")))),
        ("－重庆", (Not(Term("重庆")),)),
        ('-"重庆 市"', (Not(quoted("重庆 市")),)),
        ('"-重庆"', (quoted("-重庆"),)),
        ("covid-19", (Term("covid-19"),)),
        ("他说“好”", (Term("他说“好”"),)),
        ('"“"', (quoted("“"),)),
        ('" "', (quoted(" "),)),
    ],
)
def test_what_is_typed_is_what_is_meant(text: str, parts: tuple[Query, ...]) -> None:
    assert parse(text) == And(parts)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"', ()),
        ('""', ()),
        ("“", ()),
        ("-", ()),
        ("成都 -", (Term("成都"),)),
        ('成都 -"', (Term("成都"),)),
        ('"新华社', (quoted("新华社"),)),
        ('"新华社 ', (quoted("新华社"),)),
        ('"新华社 记', (quoted("新华社 记"),)),
        ("--", (Not(Term("-")),)),
    ],
)
def test_what_is_half_typed_has_a_meaning(text: str, parts: tuple[Query, ...]) -> None:
    assert parse(text) == And(parts)


@given(st.text(st.sampled_from('ab中 \n\u3000"“”「」『』＂-－\u200b\x00\ud800'), max_size=20))
def test_anything_at_all_can_be_typed(text: str) -> None:
    query = parse(text)
    assert isinstance(query, And)
    for part in query.parts:
        term = part.part if isinstance(part, Not) else part
        assert isinstance(term, Term)
        assert term.text
        assert "\n" not in term.text


def test_positive_terms_are_those_to_show() -> None:
    assert [term.text for term in positive_terms(parse('a -b "c d" e'))] == ["a", "c d", "e"]
