"""Widths in cells: they agree with what Rich measures, which is what Textual paints."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.wide import counted_wide
from tui.cells import continues, width, widths

_TRICKY = st.text(alphabet="中a1☀☎❤😀👩🚀🇨🇳🏽\u0301\u200d\ufe0f\ufe0e\u200b\u0000\n\t\ud800　“…①", max_size=12)


@given(st.text() | _TRICKY)
def test_widths_add_up_to_what_rich_measures(text: str) -> None:
    assert sum(widths(text)) == cell_len(text)


@given(st.text() | _TRICKY)
def test_every_code_point_has_a_width_of_its_own(text: str) -> None:
    found = widths(text)
    assert len(found) == len(text)
    assert set(found) <= {0, 1, 2}


@given(st.text(alphabet="中a1☀❤😀👩🚀🇨🇳🏽\u0301\u200d\ufe0f　“", max_size=12), st.integers(0, 12))
def test_widths_of_pieces_add_up_where_no_character_is_cut(text: str, at: int) -> None:
    assume(at < len(text) and not continues(text, at))
    assert cell_len(text[:at]) + cell_len(text[at:]) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "one", "two"),
    [
        ("中国", 4, 4),
        ("“好”", 4, 6),
        ("——", 2, 4),
        ("……", 2, 4),
        ("王·李", 5, 6),
        ("①■", 2, 4),
        ("，。（）", 8, 8),
        ("GDP 3.5%", 8, 8),
        ("e\u0301", 1, 1),
        ("☀\ufe0f", 2, 2),
        ("☎\ufe0f", 2, 2),
        ("│─▌", 3, 3),
        ("\ufffd", 1, 2),
        ("", 0, 0),
    ],
)
def test_marks_of_ambiguous_width_take_what_the_terminal_gives_them(text: str, one: int, two: int) -> None:
    assert width(text) == one
    with counted_wide():
        assert width(text) == cell_len(text) == two
    assert width(text) == cell_len(text) == one


def test_an_emoji_made_wide_by_its_selector_has_its_cells_on_the_base() -> None:
    assert widths("☀\ufe0f中") == [2, 0, 2]
    assert widths("👩\u200d🚀中") == [2, 0, 0, 2]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("e\u0301", 1),
        ("☀\ufe0f", 1),
        ("👩\u200d🚀", 1),
        ("👩\u200d🚀", 2),
        ("👍🏽", 1),
        ("中\u200d1", 2),
        ("🇨🇳🇯🇵", 1),
        ("🇨🇳🇯🇵", 3),
    ],
)
def test_what_belongs_to_the_character_before_continues_it(text: str, offset: int) -> None:
    assert continues(text, offset)


@pytest.mark.parametrize(
    ("text", "offset"),
    [("中国", 1), ("\u0301", 0), ("a\n\u0301", 2), ("a\u200d\n", 2), ("🇨🇳🇯🇵", 2), ("。”", 1), ("a b", 1)],
)
def test_what_stands_for_itself_continues_nothing(text: str, offset: int) -> None:
    assert not continues(text, offset)
