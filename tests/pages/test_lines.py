"""Lines, what stands around them, and Markdown's marks, which belong to no text."""

from __future__ import annotations

import pytest

from tui.pages.lines import Line, split


def one(text: str) -> Line:
    (line,) = split(text)
    return line


def test_white_space_is_around_a_line_not_in_it() -> None:
    line = one("\n\n　　昨日放晴。 \n")
    assert (line.text, line.number, line.indent, line.gap) == ("昨日放晴。", 3, 4, 0)
    assert [(span.start, span.end) for span in line.pieces] == [(4, 9)]


def test_blank_lines_between_lines_are_counted() -> None:
    assert [line.gap for line in split("一\n二\n\n三\n \n\n四")] == [0, 0, 1, 2]


@pytest.mark.parametrize(
    ("raw", "text", "level"),
    [
        ("# 春汛", "春汛", 1),
        ("###### 春汛", "春汛", 6),
        ("##春汛", "春汛", 2),
        ("## 春汛 ##", "春汛", 2),
        ("#春汛来了#大家谈", "#春汛来了#大家谈", 0),
        ("####### 春汛", "春汛", 0),
        ("C# 与春汛", "C# 与春汛", 0),
    ],
)
def test_headings(raw: str, text: str, level: int) -> None:
    line = one(raw)
    assert (line.text.lstrip("# "), line.level) == (text.lstrip("# "), level)


def test_bold_lines_and_bold_beginnings() -> None:
    assert one("**春汛提前**").bold
    line = one("**水：** 今年来得早")
    assert (line.text, line.bold, line.lead) == ("水：今年来得早", False, 2)


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("面积是3*4米", "面积是3*4米"),
        ("*记者 某某*", "记者 某某"),
        ("* 城东", "城东"),
        ("**一半没有合上", "一半没有合上"),
        ("5*6*7", "5*6*7"),
    ],
)
def test_stars(raw: str, text: str) -> None:
    assert one(raw).text == text


@pytest.mark.parametrize("raw", ["***", "* * *", "###", "![](a.png)", "![img-0.jpeg](img-0.jpeg)", "#", "**"])
def test_lines_of_marks_alone_hold_no_text(raw: str) -> None:
    assert split(raw) == []


def test_an_image_is_remembered_by_the_line_below_it() -> None:
    above, below = split("一段。\n\n![](a.png)\n\n渡口的清晨")
    assert not above.image
    assert below.image
    assert below.gap == 3


def test_an_images_description_in_chinese_is_text() -> None:
    line = one("![渡口的清晨](a.png)")
    assert line.text == "渡口的清晨"
    assert line.image


def test_width_counts_full_width_characters_twice() -> None:
    assert one("水位3.86米").cells == 10
