"""Typing tags: how a line is read, and what is offered."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.library.annotations import clean_tags
from tui.ui.screens.tags import complete, split_tags

KNOWN = {"政策/产业": 5, "政策/农业": 2, "水运": 9, "产业": 1}


def test_a_line_is_split_at_commas_of_all_kinds_and_spaces() -> None:
    assert split_tags("政策/产业, 水运，#渡口；政策//产业 ") == ("政策/产业", "水运", "渡口")
    assert split_tags(" ,，#/ ") == ()


@given(st.text("ab政策/#,， \t"))
def test_what_is_split_can_be_kept_and_splits_to_itself(text: str) -> None:
    tags = split_tags(text)
    assert clean_tags(tags) == tags
    assert split_tags(", ".join(tags)) == tags


def test_offers_begin_so_then_hold_it_and_the_most_used_come_first() -> None:
    assert complete("", KNOWN, ()) == ("水运", "政策/产业", "政策/农业", "产业")
    assert complete("产", KNOWN, ()) == ("产业", "政策/产业")
    assert complete("政", KNOWN, ("政策/产业",)) == ("政策/农业",)
