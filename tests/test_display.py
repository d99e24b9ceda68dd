"""Text made safe to show."""

from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import BIDI, ESCAPES, PAYLOAD
from tui.display import json_text, visible, visible_line

anything = st.text(st.characters(exclude_categories=()))  # surrogates too


def test_each_control_becomes_a_mark_of_its_own() -> None:
    assert visible("a\x1b[31mb\x07\x7f\x9b") == "a␛[31mb␇␡�"
    assert visible("一\u202e二\u200b三") == "一�二�三"
    assert visible("\t\r\n") == "␉␍\n"
    assert visible_line("a\nb") == "a␊b"


def test_variation_selectors_stay_with_their_character() -> None:
    assert visible("葛\U000e0100飾\ufe00") == "葛\U000e0100飾\ufe00"


@given(anything)
def test_the_length_is_kept_and_nothing_a_terminal_obeys_is_left(text: str) -> None:
    for shown in (visible(text), visible_line(text)):
        assert len(shown) == len(text)
        assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in shown if character != "\n")
    assert "\n" not in visible_line(text)


@given(anything)
def test_plain_text_stays_as_it_is(text: str) -> None:
    for written, shown in zip(text, visible(text), strict=True):
        assert shown in {written, "\ufffd"} or ord(shown) in range(0x2400, 0x2422)


def test_the_payloads_of_the_other_tests_are_all_caught() -> None:
    for text in (*ESCAPES.values(), BIDI, PAYLOAD):
        assert visible(text).isprintable() or "\ufffd" in visible(text)
        assert set(text) & set(visible(text)) <= set(map(chr, range(0x20, 0x7F)))


@given(anything)
def test_json_is_exact_and_carries_no_control(text: str) -> None:
    written = json_text({"text": text})
    assert json.loads(written) == {"text": text}
    assert visible(written) == written
    assert "\n" not in written
