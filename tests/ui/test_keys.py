"""The names of keys are Textual's."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.keys import Keys, _character_to_key

from tui.ui.keys import NAMES, canonical, key_label, name_of, nearest


def test_a_character_has_textuals_name() -> None:
    for character in [*string.ascii_letters, *string.digits, *string.punctuation, "？", "、", "渡", "é"]:
        assert name_of(character) == _character_to_key(character)
        assert canonical(character) == name_of(character)
        assert canonical(name_of(character)) == name_of(character)
        assert key_label(name_of(character)) == character


def test_every_key_that_textual_knows_is_a_key() -> None:
    for key in Keys:
        odd = key.value.startswith("<") or "-at" in key.value or key.value == "ctrl+@"
        name = key.value.rpartition("+")[2]
        assert odd or canonical(key.value) is not None, key.value
        assert odd or len(name) == 1 or name in NAMES or name == "return", name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Esc", "escape"),
        ("PgDn", "pagedown"),
        ("Ctrl+D", "ctrl+d"),
        ("shift+a", "A"),
        ("shift+ctrl+left", "ctrl+shift+left"),
        ("ctrl+i", "tab"),
        ("ctrl+/", "ctrl+slash"),
        ("ctrl++", "ctrl+plus"),
        ("+", "plus"),
        ("F24", "f24"),
        ("fullwidth_question_mark", "fullwidth_question_mark"),
        ("strg+a", None),
        ("f25", None),
        ("", None),
        (" ", None),
        ("ctrl+", None),
        ("hyper", None),
        ("ab", None),
    ],
)
def test_keys_as_they_are_written(written: str, name: str | None) -> None:
    assert canonical(written) == name


def test_the_nearest_name_is_a_key() -> None:
    assert nearest("ecsape") == "escape"
    assert nearest("crtl+d") == "ctrl+d"
    assert nearest("qxqxqxq") == ""


@given(st.text(max_size=12))
def test_whatever_is_written_is_a_key_or_none(written: str) -> None:
    name = canonical(written)
    assert name is None or canonical(name) == name
    assert nearest(written) == "" or canonical(nearest(written)) is not None
