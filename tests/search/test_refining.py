"""Conditions put to a filter's text, and taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.errors import QueryError
from tui.search.query import Dates, Field, FieldName, Not, Term, parse
from tui.search.refining import asked, conditions, near, refined, shortened, with_period, with_value, with_word

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
    assert refined(text, PAPER, "柳塘日報") == '渡口 date:2024-03 author:"Ann Lee"'
    assert shortened(text) == "渡口 paper:柳塘日报 date:2024-03"
    assert shortened("渡口") == shortened("") == ""


def test_a_value_that_must_not_be_there() -> None:
    text = refined("paper:柳塘日报", PAPER, "柳塘日报", without=True)
    assert text == "-paper:柳塘日报"
    assert refined(text, PAPER, "柳塘日报") == "paper:柳塘日报"
    assert refined(text, PAPER, "柳塘日报", without=True) == ""


@pytest.mark.parametrize("text", ["渡口 OR 茶", "“渡口", "(渡口 茶", "渡口 | 茶 灯", "  "])
def test_what_was_typed_means_what_it_meant(text: str) -> None:
    more = refined(text, IS, "starred")
    assert conditions(more) == (*conditions(text), Field(IS, Term("starred")))


values = st.text(max_size=8) | st.text('甲乙 -"“”「」()（）:/|OR\x1b', max_size=8)
texts = st.lists(
    st.sampled_from(("渡口", "-茶", '"a b"', "paper:柳塘", "date:2024", "(甲 OR 乙)", "near:3(甲 乙)", "/灯.*/")),
    max_size=5,
).map(" ".join)


@given(texts, values, st.booleans())
def test_the_filter_has_just_one_condition_more(text: str, value: str, without: bool) -> None:
    part = asked(TAG, value)
    more = refined(text, TAG, value, without=without)
    if part is None:
        assert more == text
        return
    *before, last = conditions(more)
    assert tuple(before) == conditions(text)
    assert last == (Not(part) if without else part)
    assert conditions(refined(more, TAG, value, without=without)) == conditions(text)
    assert "\x1b" not in more


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
    assert asked(DATE, "no day") is None


def test_a_filter_is_narrowed_to_what_was_counted() -> None:
    assert with_period("渡口", "2024-03") == "渡口 date:2024-03"
    assert with_period("渡口 date:2024 灯", "2024-03") == "渡口 灯 date:2024-03"
    assert with_period("", "2024") == "date:2024"
    assert with_value("甲 OR 乙", PAPER, "晚报 周末") == '(甲 OR 乙) paper:"晚报 周末"'
    assert with_value("paper:晚报", PAPER, "晚报") == "paper:晚报"
    assert parse(with_value("", PAPER, 'x"y')).parts == (Field(FieldName.PAPER, Term('x"y')),)
    assert with_word("渡口", "石 阶") == '渡口 "石 阶"'
    assert near("渡口", "灯", 10) == "near:10(渡口 灯)"
    assert near("渡口 灯", "石阶", 10) == "渡口 灯 石阶"
