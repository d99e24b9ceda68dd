"""The galley: an article set in lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.test_typeset import NEVER_FIRST, NEVER_LAST, PROSE, SPACES
from tui.library.catalog import ArticleRow, StoredArticle, StoredPage
from tui.library.library import Library
from tui.model import Article, Block, Imprint, Role, Span
from tui.settings import Settings
from tui.typeset import Rules
from tui.ui.document import Document, open_document
from tui.ui.galley import INDENT, Galley, SetLine, Setting, set_document, setting_of


def first_document(library: Library) -> Document:
    with library.catalog() as catalog:
        return open_document(catalog.article(catalog.ids()[0]))


def test_every_character_stands_on_one_line_in_order(library: Library) -> None:
    document = first_document(library)
    for width in (12, 40, 66, 120):
        lines = [line for line in set_document(document, width, Setting()).lines if line.role is not None]
        text = "".join(document.text[line.start : line.end] for line in lines)
        assert text == document.text.replace("\n", "")
        assert all(line.left + cell_len(document.text[line.start : line.end].rstrip()) <= width for line in lines)


def test_heads_stand_in_the_middle_and_paragraphs_are_indented(library: Library) -> None:
    document = first_document(library)
    galley = set_document(document, 90, Setting())
    head = next(line for line in galley.lines if line.role is Role.HEADLINE)
    shown = document.text[head.start : head.end]
    assert abs(2 * head.left + cell_len(shown) - 90) <= 1
    body = [line for line in galley.lines if line.role is Role.BODY]
    assert body[0].left == 5 + INDENT
    assert body[1].left == 5


def test_the_source_line_stands_below_the_heads(library: Library) -> None:
    galley = set_document(first_document(library), 90, Setting())
    own = [line.text for line in galley.lines if line.text]
    assert own == ["柳塘日报 · 2024-03-09 · page 1"]


@given(st.integers(1, 300), st.integers(10, 80))
def test_a_line_is_found_again_by_its_offsets(width: int, measure: int) -> None:
    galley = set_document(DOCUMENT, width, Setting(measure))
    for index, line in enumerate(galley.lines):
        if line.role is not None and line.end > line.start:
            assert galley.line_of(line.start) == index
            assert galley.line_of(line.end - 1) == index


def texts(document: Document, galley: Galley) -> list[str]:
    return [document.text[line.start : line.end] for line in galley.lines if line.role is Role.BODY]


def test_each_setting_changes_the_galley() -> None:
    plain = texts(DOCUMENT, set_document(DOCUMENT, 40, Setting(measure=11)))
    assert plain != texts(DOCUMENT, set_document(DOCUMENT, 40, Setting(measure=10)))
    text = "一二三四五六七八，九十一二三四五六七八九。"
    document = document_of((Role.BODY, text))
    normal = texts(document, set_document(document, 40, Setting(measure=10)))
    assert normal == ["一二三四五六七", "八，九十一二三四五六", "七八九。"]
    free = texts(document, set_document(document, 40, Setting(measure=10, rules=Rules.NONE)))
    assert free == ["一二三四五六七八", "，九十一二三四五六七", "八九。"]
    hanging = texts(document, set_document(document, 40, Setting(measure=10, hanging=True)))
    assert hanging == ["一二三四五六七八，", "九十一二三四五六七八", "九。"]
    strict = texts(document, set_document(document, 40, Setting(measure=10, hanging=True, rules=Rules.STRICT)))
    assert strict == ["一二三四五六七八，", "九十一二三四五六七", "八九。"]
    words = replace(document, words=((0, 5), (5, 8), (9, len(text))))
    assert texts(words, set_document(words, 40, Setting(measure=10, slack=0)))[0] == "一二三四五六七"
    assert texts(words, set_document(words, 40, Setting(measure=10, slack=6)))[0] == "一二三四五"


def test_the_settings_say_how_articles_are_set() -> None:
    chosen = Settings(measure=30, rules="strict", slack=2, hanging=True)
    assert setting_of(chosen) == Setting(30, Rules.STRICT, 2, True)
    assert setting_of(Settings()) == Setting()


@given(PROSE, st.integers(20, 200), st.booleans(), st.sampled_from([Rules.BASIC, Rules.STRICT]), st.integers(10, 80))
def test_no_line_is_wider_than_the_pane_and_every_offset_stands_on_just_one(
    text: str, width: int, hanging: bool, rules: Rules, measure: int
) -> None:
    document = document_of((Role.KICKER, text[:9]), (Role.HEADLINE, text[:21]), (Role.BODY, text), (Role.CAPTION, text))
    galley = set_document(document, width, Setting(measure, rules, 6, hanging))
    shown = [line for line in galley.lines if line.role is not None]
    places = [place for line in shown for place in range(line.start, line.end)]
    assert places == [place for place, character in enumerate(document.text) if character != "\n"]
    for line in galley.lines:
        content = line.text or document.text[line.start : line.end].rstrip(" \u3000")
        assert cell_len(line.before) <= line.left
        assert line.left + cell_len(content + line.after) <= width
    for before, after in pairwise(shown):
        if before.role is after.role is Role.BODY:
            assert document.text[after.start] not in NEVER_FIRST | SPACES
            assert document.text[before.start : before.end].rstrip(" \u3000")[-1] not in NEVER_LAST


def test_a_hanging_stop_is_seen_at_every_width() -> None:
    document = document_of((Role.BODY, "一二三四五六七八九十，" * 30))
    hung = 0
    for width in range(6, 120):
        galley = set_document(document, width, Setting(hanging=True))
        measure = max(
            line.left + 2 * len(text) for line, text in zip(body(galley), texts(document, galley), strict=True)
        )
        assert measure <= width
        hung += any(line.left + 2 * (line.end - line.start) > width - galley.margin for line in body(galley))
    assert hung > 20


def test_each_role_is_told_apart_by_signs_and_place() -> None:
    document = document_of(
        (Role.COLUMN, "民生观察"),
        (Role.KICKER, "渡口明日停航"),
        (Role.HEADLINE, "江上的灯"),
        (Role.SUBTITLE, "三十年的末班船"),
        (Role.BYLINE, "本报记者 温亦舟"),
        (Role.SUBHEAD, "黑板上的名字"),
        (Role.BODY, "昨日傍晚，渡口的灯亮了。"),
        (Role.CAPTION, "北岸坡道" * 14),
        (Role.JUMP, "下转04版"),
    )
    galley = set_document(document, 70, Setting(measure=30))
    shown = [line.before + document.text[line.start : line.end] + line.after for line in galley.lines if line.role]
    assert shown == [
        "【民生观察】",
        "渡口明日停航",
        "江上的灯",
        "—— 三十年的末班船",
        "本报记者 温亦舟",
        "▍ 黑板上的名字",
        "昨日傍晚，渡口的灯亮了。",
        "│ " + "北岸坡道" * 6 + "北岸",
        "│ " + "坡道" + "北岸坡道" * 6,
        "│ 北岸坡道",
        "▸ 下转04版",
    ]


def test_a_text_that_brings_its_own_sign_gets_none() -> None:
    document = document_of((Role.COLUMN, "【聚焦】"), (Role.SUBTITLE, "——记一条船"), (Role.SUBHEAD, "◆黑板"))
    assert not any(line.before or line.after for line in set_document(document, 70, Setting()).lines if line.role)


def body(galley: Galley) -> list[SetLine]:
    return [line for line in galley.lines if line.role is Role.BODY]


def document_of(*blocks: tuple[Role, str]) -> Document:
    text, made = "", []
    for role, content in blocks:
        made.append(Block(role, (Span(len(text), len(text) + len(content)),)))
        text += content + "\n"
    row = ArticleRow(1, "a.txt", "江上的灯", "", "", "", "", 0, None, None, 1.0, len(text))
    return open_document(StoredArticle(row, Article(tuple(made)), StoredPage("a.txt", text, "utf-8", Imprint(), ())))


DOCUMENT = document_of(
    (Role.HEADLINE, "江上的灯"), (Role.BODY, "昨日傍晚，渡口的灯亮了。“天一黑，灯自己就亮。”老秦说——他点了三十年灯。")
)
