from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.conftest import PlainPages
from tui.errors import LibraryError
from tui.library.catalog import ArticleRow, Catalog, Problem, Progress, Update
from tui.model import Imprint
from tui.search.query import parse

pytestmark = pytest.mark.usefixtures("plain_pages")


@pytest.fixture
def catalog() -> Iterator[Catalog]:
    with Catalog(None) as opened:
        yield opened


def write(folder: Path, path: str, text: str | bytes, *, age: int = 100) -> Path:
    """A page last changed `age` seconds ago."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text)
    then = file.stat().st_mtime - age
    os.utime(file, (then, then))
    return file


def titles(catalog: Catalog, query: str | None = None) -> list[str]:
    ids = catalog.ids(None if query is None else parse(query))
    return [row.title or row.lead for row in catalog.rows(ids)]


def test_articles_are_listed_newest_first_then_by_paper_number_and_place(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, "2024-01-01/乙报-01.txt", "#丑\n\n#寅")
    write(tmp_path, "2024-01-01/甲报-10.txt", "#子二")
    write(tmp_path, "2024-01-01/甲报-2.txt", "#子一")
    write(tmp_path, "2024-01-02/乙报-01.md", "#卯")
    write(tmp_path, "无名.txt", "#没有日期")
    catalog.update(tmp_path)
    order = [row.title for row in catalog.rows(catalog.ids())]
    assert order == ["卯", "丑", "寅", "子一", "子二", "没有日期"]
    assert catalog.count() == len(order)


def test_a_row_tells_what_a_list_shows(tmp_path: Path, catalog: Catalog) -> None:
    body = "正文" * 50
    write(tmp_path, "2024-01-02/成都日报-03.txt", f"#大标题\n#次行\n{body}（下转03版）\n\n没有 标题\n的一篇")
    catalog.update(tmp_path)
    first, second = catalog.rows(catalog.ids())
    assert first == ArticleRow(
        id=first.id,
        page="2024-01-02/成都日报-03.txt",
        title="大标题 次行",
        lead=body[:60],
        paper="成都日报",
        date="2024-01-02",
        number="3",
        start=1,
        continued_from=None,
        continued_on="3",
        certainty=1.0,
        characters=len("大标题次行") + len(body) + len("（下转03版）"),
    )
    assert (second.title, second.lead, second.characters) == ("", "没有 标题的一篇", 8)


def test_rows_come_in_the_order_asked_for_without_the_unknown(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, "a.txt", "\n\n".join(f"第{n}篇" for n in range(1200)))
    catalog.update(tmp_path)
    ids = catalog.ids()[::-1]
    ids.append(10**9)
    assert [row.lead for row in catalog.rows(ids)] == [f"第{n}篇" for n in reversed(range(1200))]
    assert catalog.rows([]) == []


def test_a_stored_article_is_the_parsed_one(tmp_path: Path, catalog: Catalog, plain_pages: PlainPages) -> None:
    text = "#标题\x1b[31m\n正文\ud800\u200b\n\n第二篇\n"
    write(tmp_path, "2024-01-02/成都日报-03.txt", text)
    catalog.update(tmp_path)
    path = "2024-01-02/成都日报-03.txt"
    parsed = plain_pages.read_page(path, text.encode("utf-8", "surrogatepass"))
    stored = catalog.articles_on(path)
    assert [one.article for one in stored] == list(parsed.articles)
    assert [one.row.id for one in stored] == list(catalog.ids())
    assert [catalog.article(one.row.id) for one in stored] == stored
    page = catalog.page(path)
    assert page is not None
    assert (page.text, page.encoding, page.furniture) == (text, "utf-8", ())
    assert page.imprint == Imprint("成都日报", "2024-01-02", "3")
    assert all(one.page == page for one in stored)


def test_the_unknown_is_not_there(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, "a.txt", "")
    catalog.update(tmp_path)
    assert catalog.page("a.txt") is None
    assert catalog.page("b.txt") is None
    assert catalog.articles_on("a.txt") == []
    assert catalog.article_at("b.txt", 0) is None
    assert catalog.pages() == []
    assert not catalog.ids()
    assert catalog.count() == 0
    with pytest.raises(KeyError):
        catalog.article(1)


def test_a_position_leads_to_the_article_that_holds_it(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, "a.txt", "#一\n甲\n\n#二\n乙")
    catalog.update(tmp_path)
    first, second = catalog.ids()
    expected = [None, first, None, first, None, None, None, second, None, second, None]
    assert [catalog.article_at("a.txt", position) for position in range(11)] == expected


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["高质量 发展", "民生"]),
        ("發展", ["高质量 发展"]),
        ("质量发展", ["高质量 发展"]),  # a word that the headline's line end cuts
        ('"质量 发展"', ["高质量 发展"]),
        ("发展民生", []),
        ("经济", ["高质量 发展", "民生"]),
        ("经济 -发展", ["民生"]),
        ("生", ["民生"]),
        ("经济生", []),
        ("-经济", []),
        ("生 -经", []),
        ("，", ["高质量 发展"]),
        ("gdp", ["高质量 发展"]),
        ('"', ["高质量 发展", "民生"]),
        ("葛\ufe00", ["民生"]),
    ],
)
def test_searching(tmp_path: Path, catalog: Catalog, query: str, found: list[str]) -> None:
    write(tmp_path, "a.txt", "#高质量\n#发展\n经济，ＧＤＰ\n\n#民生\n经\u200b济\n葛")
    catalog.update(tmp_path)
    assert titles(catalog, query) == found


def test_a_pasted_page_is_a_query_like_any_other(tmp_path: Path, catalog: Catalog) -> None:
    text = "".join(chr(0x4E00 + number % 5000) for number in range(20_000))
    write(tmp_path, "a.txt", text)
    catalog.update(tmp_path)
    assert len(catalog.ids(parse(text))) == 1
    assert len(catalog.ids(parse(text[:-1] + "x"))) == 0
    assert len(catalog.ids(parse(" ".join(text[:3000])))) == 1
    assert len(catalog.ids(parse(" ".join(text[at : at + 2] for at in range(3000))))) == 1


def test_another_connection_sees_what_is_written(tmp_path: Path) -> None:
    file = tmp_path / ".jianbao" / "catalog.sqlite"
    write(tmp_path, "a.txt", "甲")
    with Catalog(file) as reader, Catalog(file) as writer:
        assert not reader.ids()
        writer.update(tmp_path)
        assert titles(reader) == titles(writer) == ["甲"]
        write(tmp_path, "a.txt", "乙丙")
        writer.update(tmp_path)
        assert titles(reader) == titles(writer) == ["乙丙"]
        assert titles(reader, "甲") == []


def test_progress_is_told_at_the_end_and_not_too_often(tmp_path: Path, catalog: Catalog) -> None:
    for number in range(60):
        write(tmp_path, f"{number:02}.txt", "甲")
    told: list[Progress] = []
    catalog.update(tmp_path, told.append)
    assert told[-1] == Progress(60, 60, "59.txt")
    assert [one.done for one in told] == sorted({one.done for one in told})
    assert len(told) < 30
    catalog.update(tmp_path, told.append)
    assert told[-1] == Progress(0, 0, "")


def test_what_was_read_before_a_stop_is_kept(tmp_path: Path, catalog: Catalog, plain_pages: PlainPages) -> None:
    for number in range(5):
        write(tmp_path, f"{number}.txt", "甲")
    assert catalog.update(tmp_path, stop=lambda: len(plain_pages.read) == 2).added == 2
    assert catalog.count() == 2
    assert catalog.update(tmp_path) == Update(added=3, changed=0, removed=0, unchanged=2, problems=())
    assert len(plain_pages.read) == 5


def test_what_cannot_be_read_is_named_and_the_rest_goes_on(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, "a.txt", "甲")
    write(tmp_path, "b.txt", b"\0\1")
    write(tmp_path, "c.txt", "")
    problems = (Problem("b.txt", "no text"), Problem("c.txt", "empty"))
    assert catalog.update(tmp_path) == Update(added=1, changed=0, removed=0, unchanged=0, problems=problems)
    assert catalog.problems() == problems
    assert catalog.pages() == ["a.txt"]


def test_there_must_be_a_folder(tmp_path: Path, catalog: Catalog) -> None:
    write(tmp_path, "a.txt", "甲")
    catalog.update(tmp_path)
    for missing in (tmp_path / "none", tmp_path / "a.txt"):
        with pytest.raises(LibraryError, match=missing.name):
            catalog.update(missing)
    assert titles(catalog) == ["甲"]


def test_there_must_be_a_place_for_the_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError):
        Catalog(tmp_path / "file" / "catalog.sqlite")


def test_a_catalog_can_be_closed_twice(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path / "c.sqlite")
    catalog.close()
    catalog.close()


def test_a_busy_catalog_is_an_error_of_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.library.schema.PATIENCE", 0.01)
    with Catalog(tmp_path / "c.sqlite") as catalog:
        other = sqlite3.connect(tmp_path / "c.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match="locked"):
            catalog.update(tmp_path)
        other.close()
        catalog.update(tmp_path)


def test_opening_and_listing_loads_no_parser_and_no_dictionary(tmp_path: Path) -> None:
    file = tmp_path / "c.sqlite"
    with Catalog(file) as catalog:
        write(tmp_path, "a.txt", "甲")
        catalog.update(tmp_path)
    heavy = {"chardet", "jieba", "rjieba", "textual", "opencc", "tui.pages.parse", "json"}
    code = (
        "import sys; from pathlib import Path; from tui.library.catalog import Catalog;"
        f"catalog = Catalog(Path({str(file)!r})); assert len(catalog.rows(catalog.ids())) == 1;"
        f"sys.exit(' '.join({heavy!r} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
