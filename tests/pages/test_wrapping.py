"""What the column's width has broken is put together; what the writer has broken is not."""

from __future__ import annotations

import pytest

from tui.pages.lines import split
from tui.pages.wrapping import units

STORY = (
    "河口的老船厂昨天拉响了最后一次汽笛，厂里的师傅们站在船台两边，看着新下水的拖轮慢慢离岸。这条船长三十二米，"
    "能在浅水里转身，往后要去上游的几个码头干活。船厂从明年起搬到江对岸，老船台留下来，改成一座水边的公园。"
)
SECOND = (
    "厂长说，搬家不是散伙，钉子和榔头都要带走，连那只汽笛也要带走。新厂房有三个船台，两台吊机，比老厂大了一倍还多。"
)


def wrapped(text: str, width: int, *, indent: str = "", gap: str = "\n") -> str:
    text = indent + text
    return gap.join(text[at : at + width] for at in range(0, len(text), width))


def texts(page: str) -> list[str]:
    return [unit.text for unit in units(split(page))]


@pytest.mark.parametrize("width", [9, 12, 17, 22, 30])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_indented_paragraphs_are_put_together(width: int, gap: str) -> None:
    page = gap.join(wrapped(part, width, indent="　　", gap=gap) for part in (STORY, SECOND))
    assert texts(page) == [STORY, SECOND]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_heads_between_paragraphs_stay_apart(gap: str) -> None:
    page = gap.join((wrapped(STORY, 22, gap=gap), "老船台留下来", "改成公园", wrapped(SECOND, 22, gap=gap)))
    assert texts(page) == [STORY, "老船台留下来", "改成公园", SECOND]


def test_paragraphs_on_one_line_each_stay_as_they_are() -> None:
    page = f"{STORY}\n\n{SECOND}\n\n{STORY[:70]}\n\n{STORY[70:]}"
    assert texts(page) == [STORY, SECOND, STORY[:70], STORY[70:]]


def test_verses_stay_apart() -> None:
    verses = ["江水向东流，", "渡船不回头。", "岸上人家晚，", "灯火照孤舟。"] * 4
    assert texts("\n".join(verses)) == verses


def test_lists_of_names_and_figures_stay_apart() -> None:
    rows = ["上游站 3.86 落3厘米", "中游站 4.12 落5厘米", "下游站 2.40 涨1厘米", "河口站 1.95 涨2厘米"] * 3
    assert texts("\n".join(rows)) == rows


def test_a_bullet_begins_anew_even_behind_a_full_line() -> None:
    first, second = STORY[:22], "■ 老船台留下来改成一座水边的公园，" + SECOND[:5]
    page = "\n".join((wrapped(STORY, 22), first, second, wrapped(SECOND, 22)))
    assert any(text.startswith("■") for text in texts(page))
