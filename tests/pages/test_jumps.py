"""Jump lines, with whole brackets, damaged ones and none."""

from __future__ import annotations

import pytest

from tui.pages import jumps


@pytest.mark.parametrize(
    ("text", "said", "page"),
    [
        ("(上接01版)", "(上接01版)", "01"),
        ("紧接01版 双方愿意", "紧接01版", "01"),
        ("（上接第一版】全会", "（上接第一版】", "1"),
        ("上接A1版", "上接A1版", "A1"),
        ("(上接第1版《船厂搬家》)拖轮", "(上接第1版《船厂搬家》)", "1"),
        ("▲上接第十二版", "▲上接第十二版", "12"),
        ("（接第二版）", "（接第二版）", "2"),
        ("緊接第三版", "緊接第三版", "3"),
    ],
)
def test_from(text: str, said: str, page: str) -> None:
    jump = jumps.continued_from(text)
    assert jump is not None
    assert (text[jump.start : jump.end], jump.page) == (said, page)


@pytest.mark.parametrize(
    ("text", "said", "page"),
    [
        ("(下转04版)", "(下转04版)", "04"),
        ("他说，（下转第四版）", "（下转第四版）", "4"),
        ("下转第二版", "下转第二版", "2"),
        ("（转第三版）", "（转第三版）", "3"),
        ("他说……下转A4版", "下转A4版", "A4"),
        ("（下转02版】", "（下转02版】", "02"),
        ("（下轉第二十版）", "（下轉第二十版）", "20"),
    ],
)
def test_on(text: str, said: str, page: str) -> None:
    jump = jumps.continued_on(text)
    assert jump is not None
    assert (text[jump.start : jump.end], jump.page) == (said, page)


@pytest.mark.parametrize("text", ["接着第一版出来了", "详见第3版", "新版", "下转", "", "版", "他转到第三版去看"])
def test_neither(text: str) -> None:
    assert jumps.continued_from(text) is None
    assert jumps.continued_on(text) is None
