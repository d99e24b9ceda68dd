"""Conditions put to a filter's text, and taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.query import Dates, Field, FieldName, Not, QueryError, Term, parse
from tui.search.refining import asked, condition, conditions, refined, shortened, without_part

PAPER, DATE, AUTHOR, TAG, IS = (FieldName.PAPER, FieldName.DATE, FieldName.AUTHOR, FieldName.TAG, FieldName.IS)


def test_one_drills_down_and_back() -> None:
    text = refined("渡口", PAPER, "柳塘日报")
    assert text == "渡口 paper:柳塘日报"
    text = refined(text, DATE, "2024")
    assert text == "渡口 paper:柳塘日报 date:2024"
    text = refined(text, DATE, "2024-03")
    assert text == "渡口 paper:柳塘日报 date:2024-03"
    text = refined(text, AUTHOR, "Ann Lee")
    assert text == '渡口 paper:柳塘日报 date:2024-03 author:"Ann Lee"'
    assert refined(text, PAPER, "柳塘日报") == '渡口 date:2024-03 author:"Ann Lee"'
    assert shortened(text) == "渡口 paper:柳塘日报 date:2024-03"
    assert shortened("渡口") == shortened("") == ""


def test_a_value_that_must_not_be_there() -> None:
    text = refined("paper:柳塘日报", PAPER, "柳塘日报", without=True)
    assert text == "-paper:柳塘日报"
    assert refined(text, PAPER, "柳塘日报") == "paper:柳塘日报"
    assert refined(text, PAPER, "柳塘日报", without=True) == ""


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("渡口 OR 茶", "(渡口 OR 茶) is:starred"),
        ("“渡口", "“渡口” is:starred"),
        ("(渡口 茶", "(渡口 茶 is:starred"),
        ("渡口 | 茶 灯", "(渡口 | 茶 灯) is:starred"),
        ("  ", "is:starred"),
    ],
)
def test_what_was_typed_means_what_it_meant(text: str, more: str) -> None:
    assert refined(text, IS, "starred") == more
    assert conditions(more) == (*conditions(text), Field(IS, Term("starred")))


values = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
plain_values = st.text('甲乙 -"“”「」()（）:/|OR', min_size=1, max_size=8).map(str.strip).filter(bool)
texts = st.lists(
    st.sampled_from(("渡口", "-茶", '"a b"', "paper:柳塘", "date:2024", "(甲 OR 乙)", "near:3(甲 乙)", "/灯.*/")),
    max_size=5,
).map(" ".join)


@given(texts, values | plain_values, st.booleans())
def test_the_filter_has_just_one_condition_more(text: str, value: str, without: bool) -> None:
    if not condition(TAG, value):
        return  # nothing but marks
    more = refined(text, TAG, value, without=without)
    *before, last = conditions(more)
    assert tuple(before) == conditions(text)
    inner = last.part if isinstance(last, Not) else last
    assert isinstance(last, Not) == without
    assert isinstance(inner, Field)
    assert isinstance(inner.value, Term)
    assert inner.value.text in value
    assert without_part(more, last) == text
    assert more.isprintable() or not value.isprintable()


@given(texts)
def test_the_last_condition_goes(text: str) -> None:
    assert conditions(shortened(text)) == conditions(text)[:-1]


def test_a_mistake_has_no_conditions() -> None:
    with pytest.raises(QueryError):
        parse("date:2024-13 x")
    assert conditions("date:2024-13 x") == ()
    assert shortened("date:2024-13 x") == "date:2024-13"


def test_days_are_ranges() -> None:
    assert asked(DATE, "2024-02") == Dates("2024-02-01", "2024-02-29")
