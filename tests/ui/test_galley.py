"""The galley: an article set in lines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.library.library import Library
from tui.model import Role
from tui.ui.document import Document, open_document
from tui.ui.galley import INDENT, Setting, set_document


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


def _document() -> Document:
    from tui.library.catalog import ArticleRow, StoredArticle, StoredPage
    from tui.model import Article, Block, Imprint, Span

    text = "江上的灯\n昨日傍晚，渡口的灯亮了。“天一黑，灯自己就亮。”老秦说——他点了三十年灯。"
    article = Article((Block(Role.HEADLINE, (Span(0, 4),)), Block(Role.BODY, (Span(5, len(text)),))), title="江上的灯")
    row = ArticleRow(1, "a.txt", "江上的灯", "", "", "", "", 0, None, None, 1.0, len(text))
    return open_document(StoredArticle(row, article, StoredPage("a.txt", text, "utf-8", Imprint(), ())))


DOCUMENT = _document()
