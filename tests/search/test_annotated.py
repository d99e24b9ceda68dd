"""The filter of the annotation panel."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.made import any_annotation, made
from tui.search.annotated import narrowed

FERRY = made("a1", exact="渡工老秦說，從前點燈要划船去對岸", note="江上的灯", tags=("政策/产业", "水运"), colour="red")
TEA = made("a2", exact="雨前茶少了三成", tags=("农业",), colour="green")
PLAIN = made("a3", exact="政策是红色的 red #水运")
ALL = (FERRY, TEA, PLAIN)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ALL),
        ("  ", ALL),
        ("点灯", (FERRY,)),
        ("老秦 江上", (FERRY,)),
        ("老秦 雨前", ()),
        ("“老秦说，从前”", (FERRY,)),
        ("-老秦 -政策", (TEA,)),
        ("水运", (FERRY, PLAIN)),
        ("#水运", (FERRY,)),
        ("＃水", (FERRY,)),
        ("#", ALL),
        ("-#", ALL),
        ("#政策", (FERRY,)),
        ("#产业", (FERRY,)),
        ("#政策/产", (FERRY,)),
        ("#策", ()),
        ("-#政策", (TEA, PLAIN)),
        ('"#水运"', (PLAIN,)),
        ("colour:red", (FERRY,)),
        ("color:gr", (TEA,)),
        ("colour:", ALL),
        ("颜色：绿", (TEA,)),
        ("colour:grey", ()),
        ("red", (FERRY,)),
        ("RED", (FERRY,)),
        ("红色", (FERRY,)),
        ("紅色", (FERRY,)),
        ("“红色”", (PLAIN,)),
        ("红", (PLAIN,)),
        ("note:", (FERRY,)),
        ("批注：江上", (FERRY,)),
        ("-note:", (TEA, PLAIN)),
        ("note:雨", ()),
        ("note: colour:green", ()),
    ],
)
def test_what_is_typed_finds(typed: str, found: tuple[object, ...]) -> None:
    assert narrowed(ALL, typed) == found


@given(
    st.lists(any_annotation, max_size=4), st.text("ab#: -“”note:colour红水", max_size=12), st.text("ab #", max_size=5)
)
def test_whatever_is_typed_more_of_it_finds_no_more(annotations: list[object], one: str, other: str) -> None:
    everything = tuple(annotations)
    found = narrowed(everything, one)  # type: ignore[arg-type]
    assert set(narrowed(everything, f"“x” {other}")) <= set(everything)  # type: ignore[arg-type]
    if "“" not in one and "”" not in one:
        assert set(narrowed(everything, f"{one} {other}")) <= set(found)  # type: ignore[arg-type]
