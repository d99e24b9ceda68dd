"""Paper, date, page and section, out of paths and folio lines."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model import Block, Imprint, Role, Span
from tui.pages.imprint import imprint


def of(path: str, *folio: str) -> Imprint:
    text = "\n".join(folio)
    blocks, at = [], 0
    for line in folio:
        blocks.append(Block(Role.FURNITURE, (Span(at, at + len(line)),)))
        at += len(line) + 1
    return imprint(PurePosixPath(path), text, tuple(blocks))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("江城日报/2024-01-25/02.txt", Imprint("江城日报", "2024-01-25", "2")),
        ("20240125-02.md", Imprint("", "2024-01-25", "2")),
        ("nmrb_20101225_p02.txt", Imprint("nmrb", "2010-12-25", "2")),
        ("江城日报-2024-01-25-02.txt", Imprint("江城日报", "2024-01-25", "2")),
        ("2024年1月25日 第2版.txt", Imprint("", "2024-01-25", "2")),
        ("2024/01/25/02.txt", Imprint("", "2024-01-25", "2")),
        ("2024-01-25/江城日报-02.txt", Imprint("江城日报", "2024-01-25", "2")),
        ("jcrb20240125A03.txt", Imprint("jcrb", "2024-01-25", "A3")),
        ("江城晚报/2024/2024-01/25/江城晚报-A03版.txt", Imprint("江城晚报", "2024-01-25", "A3")),
        ("江城报/1958年/3月/5日/第三版.txt", Imprint("江城报", "1958-03-05", "3")),
        ("2024-01-25-02-要闻.txt", Imprint("", "2024-01-25", "2", "要闻")),
        ("2024-01-25/02版 要闻.txt", Imprint("", "2024-01-25", "2", "要闻")),
        ("江城日报/02.txt", Imprint("江城日报", "", "2")),
        ("参考消息/2024-01-25/5.txt", Imprint("参考消息", "2024-01-25", "5")),
        ("二〇二四年一月二十五日.txt", Imprint("", "2024-01-25")),
        ("000_0365ed1df3bb8da1.txt", Imprint()),
        ("20241345-02.txt", Imprint()),
        ("2023-02-29.txt", Imprint()),
        ("scan0003.txt", Imprint()),
        ("papers/notes.txt", Imprint()),
    ],
)
def test_paths(path: str, expected: Imprint) -> None:
    assert of(path) == expected


@pytest.mark.parametrize(
    ("folio", "expected"),
    [
        ("江城日报 2024年1月25日 星期四 第02版 要闻", Imprint("江城日报", "2024-01-25", "2", "要闻")),
        ("江城日报 2024年1月25日 星期四 02版 要闻 责任编辑 林晓", Imprint("江城日报", "2024-01-25", "2", "要闻")),
        ("江城新報　中華民國二十五年十月十一日　星期日　第三版", Imprint("江城新報", "1936-10-11", "3")),
        ("一九五八年三月五日 第二版", Imprint("", "1958-03-05", "2")),
        ("奋力写好春耕这篇大文章", Imprint()),
    ],
)
def test_folio_lines(folio: str, expected: Imprint) -> None:
    assert of("x/0001.txt", folio) == expected


def test_the_path_wins_over_the_folio_line() -> None:
    assert of("江城日报/2024-01-25/02.txt", "江城晚报 2024年1月26日 第3版").date == "2024-01-25"
    assert of("江城日报/2024-01-25/02.txt", "江城晚报 2024年1月26日 第3版").paper == "江城日报"


def test_a_name_in_han_wins_over_an_abbreviation() -> None:
    assert of("jcwb_20240125_p02.txt", "江城晚报 2024年1月25日 第2版").paper == "江城晚报"


def test_a_date_in_a_story_is_not_the_pages() -> None:
    assert of("x.txt", "本届展览的作品都作于" + "很久以前，" * 20 + "2001年3月5日。").date == ""


@given(st.text(max_size=60), st.lists(st.text(max_size=90), max_size=3))
def test_any_path_and_any_text_give_an_imprint(path: str, folio: list[str]) -> None:
    found = of(path, *folio)
    assert isinstance(found, Imprint)
    assert not found.number.startswith("0")
