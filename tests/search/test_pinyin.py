from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.pinyin import _letters, coded, initials, matches_initials

texts = st.text("政策产业重庆银行長樂GDPｇ/，。 12\ue000\ue001", max_size=12)


def test_a_text_is_read_by_its_initials() -> None:
    assert initials("政策/产业") == ("z", "c", "", "c", "y")
    assert initials("GDP增２％") == ("g", "d", "p", "z", "", "")


@pytest.mark.parametrize(
    ("characters", "letters"),
    [
        ("重长曾朝传藏", "cz"),
        ("行会", ""),
        ("调弹大", "dt"),
        ("乐樂", "ly"),
        ("率", "ls"),
        ("省", "sx"),
        ("给給", "gj"),
        ("单", "cds"),
        ("参參盛", "cs"),
        ("降系", "jx"),
        ("车車", "cj"),
        ("都", "d"),
        ("長傳", "cz"),
        ("〇", "l"),
    ],
)
def test_a_character_of_several_readings_has_the_initials_of_all_common_ones(characters: str, letters: str) -> None:
    wanted = {"行": "hx", "会": "hk"}
    found = tuple("".join(sorted(one)) for one in initials(characters))
    assert found == tuple(wanted.get(character, letters) for character in characters)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("z", "政策"),
        ("zc", "政策"),
        ("ZC", "政策/产业"),
        ("cy", "政策/产业"),
        ("zc/cy", "政策/产业"),
        ("zccy", "政策/产业"),
        ("nydc", "能源大臣"),
        ("cqyh", "重庆银行"),
        ("zyyx", "重要银行"),
        ("cqyh", "重慶銀行"),
        ("gdpz", "GDP增长"),
        ("g20f", "G20峰会"),
    ],
)
def test_letters_that_are_initials_match(typed: str, text: str) -> None:
    assert matches_initials(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("", "政策"), ("cz", "政策"), ("政c", "政策"), ("zc.", "政策"), ("12", "12"), ("zc", "政，策"), ("é", "政策")],
)
def test_what_are_no_initials_does_not_match(typed: str, text: str) -> None:
    assert not matches_initials(typed, text)


@given(texts)
def test_every_choice_of_readings_of_every_run_matches(text: str) -> None:
    assert len(coded(text)) == len(text)
    read = initials(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            if all(read[start:end]):
                assert matches_initials("".join(letters[0] for letters in read[start:end]), text)
                assert matches_initials("".join(letters[-1] for letters in read[start:end]), text)


def _begins(typed: str, read: list[str]) -> bool:
    """The definition: whether texts read so begin with the typed letters; "/" reads as itself."""
    if not typed or not read:
        return not typed
    if read[0] == "/" and typed[0] != "/":
        return len(read) > 1 and read[1] != "/" and _begins(typed, read[1:])
    return typed[0] in read[0] and _begins(typed[1:], read[1:])


@given(st.text("zcyhxl/", max_size=3), texts)
def test_what_matches_is_what_the_definition_says(typed: str, text: str) -> None:
    read = ["/" if one == "/" else letters for one, letters in zip(text, initials(text), strict=True)]
    starts = [at for at in range(len(read)) if typed[:1] == "/" or read[at] != "/"]
    expected = any(one != "/" for one in typed) and any(_begins(typed, read[at:]) for at in starts)
    assert matches_initials(typed, text) is expected


def test_no_private_character_of_a_text_passes_for_a_sign() -> None:
    assert not any(matches_initials(letter, chr(code)) for letter in "acz" for code in range(0xE000, 0xE100))


def test_pypinyin_is_not_needed() -> None:
    code = "import sys, tui.search.pinyin as p; p.matches_initials('z', '政'); assert 'pypinyin' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_the_table_is_what_pypinyin_makes() -> None:
    table = pytest.importorskip("tests.search.initials_table")
    assert table.TABLE.read_text("utf-8") == table.made(), "python -m tests.search.initials_table"
    assert len(_letters()) > 20_000
