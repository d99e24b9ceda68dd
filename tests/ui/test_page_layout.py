"""A page laid out line for line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.cells import continues
from tui.model import Article, Block, Role, Span
from tui.ui.page_layout import lay_out

TEXT = "报眉\n\n江上的灯\n本报记者 某某\n昨日傍晚，渡口\n的灯亮了。\n\n另一篇\n老秦点了三十年灯。"


def article(*blocks: tuple[Role, str]) -> Article:
    made = []
    for role, text in blocks:
        spans = []
        for line in text.split("\n"):
            start = TEXT.index(line)
            spans.append(Span(start, start + len(line)))
        made.append(Block(role, tuple(spans)))
    return Article(tuple(made))


ARTICLE = article(
    (Role.HEADLINE, "江上的灯"),
    (Role.BYLINE, "本报记者 某某"),
    (Role.BODY, "昨日傍晚，渡口\n的灯亮了。\n老秦点了三十年灯。"),
)


def test_roles_stand_where_blocks_begin_and_where_they_go_on_after_other_text() -> None:
    layout = lay_out(TEXT, ARTICLE, 80)
    assert [(line.number, line.role, line.inside) for line in layout.lines] == [
        (1, None, False),
        (2, None, False),
        (3, Role.HEADLINE, True),
        (4, Role.BYLINE, True),
        (5, Role.BODY, True),
        (6, None, True),
        (7, None, False),
        (8, None, False),
        (9, Role.BODY, True),
    ]
    assert [layout.margin(line) for line in layout.lines[2:6]] == [
        "3 Headline  ▍ ",
        "4 Byline    ▍ ",
        "5 Text      ▍ ",
        "6           ▍ ",
    ]


def test_a_narrow_page_has_short_labels_and_a_tiny_one_none() -> None:
    assert lay_out(TEXT, ARTICLE, 40).margin(lay_out(TEXT, ARTICLE, 40).lines[2]) == "3 Head ▍ "
    assert lay_out(TEXT, ARTICLE, 24).margin(lay_out(TEXT, ARTICLE, 24).lines[2]) == "3 ▍ "


def test_two_blocks_on_one_line_do_not_name_the_second_again_below() -> None:
    line = "【编者按】江上的灯"
    two = Article((Block(Role.COLUMN, (Span(0, 5),)), Block(Role.BODY, (Span(5, 9), Span(10, 12)))))
    assert [found.role for found in lay_out(line + "\n亮了", two, 80).lines] == [Role.COLUMN, None]


@given(st.text(alphabet="中国a “，。\n\n\u0301😀", max_size=200), st.integers(1, 90), st.data())
def test_every_position_stands_on_one_line_and_no_line_is_too_wide(text: str, width: int, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = tuple(Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False))
    layout = lay_out(text, Article((Block(Role.BODY, spans),)), width)
    assert "".join(text[line.start : line.end] for line in layout.lines) == text.replace("\n", "")
    for index, line in enumerate(layout.lines):
        content = text[line.start : line.end]
        single = sum(not continues(content, at) for at in range(len(content))) <= 1
        assert cell_len(layout.margin(line)) == layout.left
        assert layout.left + cell_len(content) <= max(width, layout.left + 2) or single
        assert all(layout.line_of(position) == index for position in range(line.start, line.end))
        assert line.inside == any(
            span.start < max(line.end, line.start + 1) and span.end > line.start for span in spans
        )
