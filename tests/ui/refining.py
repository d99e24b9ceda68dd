"""A library to refine, and a plain search for catalogs that know words only."""

from __future__ import annotations

from array import array

import pytest

from tests.ui.conftest import FERRY, TEA
from tui.library.catalog import Catalog
from tui.library.library import Library
from tui.library.made_of import NotedArticles
from tui.search.matching import Searched, matches
from tui.search.query import And, Query

RAIN = """# 雨水多，石阶滑

【要闻】

本报讯（记者 温亦舟）柳塘渡口的石阶长了青苔，渡工老秦请人铺了草垫。

等船的人说，草垫一铺，走得稳当多了，就是雨天要常换。
"""
MORE = {
    "柳塘日报/2024-03-10/01.txt": RAIN,
    "柳塘日报/2023-12-31/01.txt": TEA.replace("雨前茶", "明前茶"),
    "石坪周报/2024-03-09/01.txt": FERRY.replace("渡口", "码头"),
    "石坪周报/2024-02-01/A3.txt": TEA,
}


def add_pages(library: Library) -> None:
    """Four pages more, of two papers and three years and months."""
    for name, text in MORE.items():
        path = library.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    with library.catalog() as catalog:
        library.update(catalog)


def search_plainly(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the catalog look at every article, as the definition of a search does, where it knows words only."""
    if hasattr(Library, "resolved"):
        return
    everything = Catalog.ids

    def ids(catalog: Catalog, query: Query | None = None, stop: object = None) -> array[int]:
        found = everything(catalog)
        if query is None or query == And():
            return found
        noted = NotedArticles(library).now(catalog, None)

        def fits(number: int) -> bool:
            stored = catalog.article(number)
            marks = {"starred": noted.starred, "annotated": noted.annotated}
            searched = Searched(
                stored.article.title + "\n" + stored.page.text,
                stored.article.title,
                column=stored.article.column,
                authors=stored.article.authors,
                paper=stored.row.paper,
                date=stored.row.date,
                number=stored.row.number,
                tags=tuple(tag for tag, articles in noted.tags.items() if number in articles),
                marks={mark for mark, articles in marks.items() if number in articles}
                | ({"unread"} if number not in noted.read else set()),
            )
            return matches(query, searched)

        return array("q", filter(fits, found))

    monkeypatch.setattr(Catalog, "ids", ids)
    monkeypatch.setattr(Catalog, "by_initials", lambda *_query, stop: array("q"))  # noqa: ARG005 - its own
