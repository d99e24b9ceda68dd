"""What a query asks of tags, notes, colours, stars and reading finds the articles that have them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.test_catalog import write
from tui.library.anchors import annotate
from tui.library.annotations import Change
from tui.library.library import Library
from tui.model import Reading, Span
from tui.search.query import parse


@pytest.fixture
def library(tmp_path: Path) -> Library:
    folder = tmp_path / "papers"
    for day in (1, 2, 3):
        write(
            folder, f"柳塘日报/2024-03-0{day}/01.txt", f"渡口的桥{day}\n　　渡口又有了船，第{day}天。\n　　都说好。\n"
        )
    return Library(folder, tmp_path / "data")


def found(library: Library, typed: str) -> list[str]:
    with library.catalog() as catalog:
        library.update(catalog)
        return [row.date for row in catalog.rows(catalog.ids(library.resolved(catalog, parse(typed))))]


def test_notes_are_asked_for(library: Library) -> None:
    with library.catalog() as catalog:
        library.update(catalog)
        pages = [catalog.page(path) for path in catalog.pages()]
        first, second, third = [page for page in pages if page]
        at = first.text.index("渡口又有了船")
        made = annotate(first.path, first.text, (Span(at, at + 4),), note="要查", tags=("政策/产业",), colour="red")
        library.apply(Change("annotation", put=(made,)))
        library.apply(Change("star", put=(Reading(second.path, 0, read=True, starred=True),)))
        library.apply(Change("read", put=(Reading(third.path, third.text.index("都说"), read=True),)))
    one, two, three = "2024-03-01", "2024-03-02", "2024-03-03"
    assert found(library, "tag:产业") == found(library, "note:要查") == found(library, "colour:red") == [one]
    assert found(library, "tag:没有") == found(library, "渡口 colour:blue") == []
    assert found(library, "is:annotated") == [one]
    assert found(library, "is:starred") == [two]
    assert found(library, "is:unread") == [one]
    assert found(library, "-is:unread") == [three, two]
    assert found(library, "is:starred OR tag:产业") == [two, one]
    assert found(library, "渡口 -tag:产业 -is:starred") == [three]
    library.close()


def test_what_is_known_of_a_page_is_looked_up_again_once_it_changes(library: Library) -> None:
    assert found(library, "is:starred") == []
    library.apply(Change("star", put=(Reading("柳塘日报/2024-03-01/01.txt", 0, starred=True),)))
    assert found(library, "is:starred") == ["2024-03-01"]
    write(library.folder, "柳塘日报/2024-03-01/01.txt", "渡口的桥\n　　换了文章。\n", age=1)
    assert found(library, "is:starred") == ["2024-03-01"]
    assert found(library, "-is:starred") == ["2024-03-03", "2024-03-02"]
    library.apply(Change("star", put=(Reading("柳塘日报/2024-03-01/01.txt", 0),)))
    assert found(library, "is:starred") == []
    library.close()
