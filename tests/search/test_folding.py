from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.search.folding import fold, is_invisible, searchable, simplified

anything = st.text(st.characters(exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("發展後來臺灣", "发展后来台湾"),
        ("乾隆乾燥", "干隆干燥"),  # one character, one answer, whatever stands beside it
        ("ＡＢＣ１２３", "abc123"),
        ("，：；！？（）", ",:;!?()"),
        ("“推动”「推动」『推动』‘推动’", "\"推动\"\"推动\"'推动''推动'"),
        ("一\u3000二\t三\u00a0四", "一 二 三 四"),
        ("卡尔·马克思 卡尔・马克思 卡尔•马克思", "卡尔·马克思 卡尔·马克思 卡尔·马克思"),
        ("ΑΣ ας ÉÀ Ж", "ασ ασ éà ж"),
        ("İ ı ß ﬁ ㎡ ①", "İ ı ß ﬁ ㎡ ①"),  # what only a longer text could stand for stays
        ("一\n二\u200b三\ufe0f", "一\n二\u200b三\ufe0f"),
        ("。、《》", "。、《》"),
        ("\x00\x1b[31m\ud800\U0001f600", "\x00\x1b[31m\ud800\U0001f600"),
    ],
)
def test_spellings_of_one_thing_fold_to_one_spelling(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_code_point_folds_to_one_that_stays() -> None:
    for code in range(sys.maxunicode + 1):
        once = fold(chr(code))
        assert len(once) == 1, hex(code)
        assert fold(once) == once, hex(code)
        assert is_invisible(once) == is_invisible(chr(code)), hex(code)
        assert (once == "\n") == (code == 0x0A), hex(code)


@given(anything, anything)
def test_a_part_folds_as_it_does_in_the_whole(first: str, second: str) -> None:
    assert fold(first + second) == fold(first) + fold(second)
    assert simplified(first + second) == simplified(first) + simplified(second)
    assert searchable(first + second) == searchable(first) + searchable(second)


@given(anything)
def test_offsets_hold(text: str) -> None:
    assert len(fold(text)) == len(simplified(text)) == len(text)


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_text_of_ascii_alone_folds_like_any_other(text: str) -> None:
    assert fold(text) == fold(text + "中")[:-1]


def test_simplified_leaves_everything_but_the_characters() -> None:
    assert simplified("「發展」Ａ，T恤") == "「发展」Ａ，T恤"


def test_invisible_characters_are_looked_through() -> None:
    assert searchable("新\u200b闻\u202e报\ufeff葛\U000e0100\u00ad") == "新闻报葛"


def test_importing_loads_no_dictionary() -> None:
    code = "import sys, tui.search.folding, tui.search.query; sys.exit('opencc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
