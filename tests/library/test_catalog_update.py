"""Only what is new or changed is read, and what is read is right."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.conftest import PlainPages, imprint
from tests.library.test_catalog import titles, write
from tui.library import index, scan
from tui.library.catalog import Catalog, Problem, StoredArticle, Update
from tui.library.scan import Found
from tui.library.updating import BATCH
from tui.reading import reading_text
from tui.search.matching import matches
from tui.search.query import parse


def counts(update: Update) -> tuple[int, int, int, int]:
    return update.added, update.changed, update.removed, update.unchanged


def test_only_new_and_changed_pages_are_read(tmp_path: Path, plain_pages: PlainPages) -> None:
    with Catalog(tmp_path / ".jianbao" / "c.sqlite") as catalog:
        write(tmp_path, "a.txt", "甲")
        write(tmp_path, "b.txt", "乙")
        assert counts(catalog.update(tmp_path)) == (2, 0, 0, 0)
        plain_pages.read.clear()
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 2)
        write(tmp_path, "b.txt", "丙丁", age=50)
        write(tmp_path, "c.txt", "戊")
        (tmp_path / "a.txt").unlink()
        assert counts(catalog.update(tmp_path)) == (1, 1, 1, 0)
        assert sorted(plain_pages.read) == ["b.txt", "c.txt"]
        assert titles(catalog) == ["丙丁", "戊"]
        assert titles(catalog, "甲") == titles(catalog, "乙") == []
        assert titles(catalog, "丙丁") == ["丙丁"]


def test_a_page_touched_but_equal_is_not_parsed(tmp_path: Path, plain_pages: PlainPages) -> None:
    with Catalog(None) as catalog:
        file = write(tmp_path, "a.txt", "甲")
        catalog.update(tmp_path)
        ids = catalog.ids()
        os.utime(file, (1, 1))
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 1)
        assert plain_pages.read == ["a.txt"]
        assert catalog.ids() == ids


def test_a_bad_page_touched_but_equal_is_settled_again(tmp_path: Path, plain_pages: PlainPages) -> None:
    with Catalog(None) as catalog:
        file = write(tmp_path, "a.txt", b"\0")
        catalog.update(tmp_path)
        os.utime(file, (1, 1))
        with pytest.MonkeyPatch.context() as patch:
            opened: list[str] = []

            def read(found: Found) -> bytes:
                opened.append(found.path)
                return file.read_bytes()

            patch.setattr(scan, "read", read)
            for _ in range(2):
                assert catalog.update(tmp_path).problems == (Problem("a.txt", "no text"),)
        assert (opened, plain_pages.read) == (["a.txt"], ["a.txt"])


def test_a_page_changed_within_the_clock_s_tick_is_seen(tmp_path: Path, plain_pages: PlainPages) -> None:
    with Catalog(None) as catalog:
        file = write(tmp_path, "a.txt", "甲", age=0)
        catalog.update(tmp_path)
        status = file.stat()
        file.write_text("乙", encoding="utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert counts(catalog.update(tmp_path)) == (0, 1, 0, 0)
        assert titles(catalog) == ["乙"]


def test_a_settled_page_is_not_even_opened(
    tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Catalog(None) as catalog:
        write(tmp_path, "a.txt", "甲")
        write(tmp_path, "bad.txt", b"\0")
        catalog.update(tmp_path)
        monkeypatch.setattr(scan, "read", None)
        assert catalog.update(tmp_path).problems == (Problem("bad.txt", "no text"),)


def test_a_new_parser_reads_everything_again(
    tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Catalog(None) as catalog:
        write(tmp_path, "a.txt", "甲")
        write(tmp_path, "bad.txt", b"\0")
        catalog.update(tmp_path)
        first = catalog.ids()
        monkeypatch.setattr("tui.pages.version.PARSER_VERSION", 2)
        assert counts(catalog.update(tmp_path)) == (0, 1, 0, 0)
        assert plain_pages.read == ["a.txt", "bad.txt"] * 2
        assert not set(catalog.ids()) & set(first)  # no id is given twice
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 1)


def test_new_rules_of_the_index_make_it_anew(
    tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Catalog(tmp_path / "c.sqlite") as catalog:
        write(tmp_path, "a.txt", "甲乙")
        catalog.update(tmp_path)
    monkeypatch.setattr("tui.search.folding.RULES", 1000)
    with Catalog(tmp_path / "c.sqlite") as catalog:
        assert counts(catalog.update(tmp_path)) == (1, 0, 0, 0)
        assert titles(catalog, "甲乙") == ["甲乙"]
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 1)


def test_problems_come_and_go(tmp_path: Path, plain_pages: PlainPages) -> None:
    with Catalog(None) as catalog:
        write(tmp_path, "a.txt", "甲")
        catalog.update(tmp_path)
        write(tmp_path, "a.txt", b"\0bad")
        assert catalog.update(tmp_path) == Update(0, 0, 0, 0, (Problem("a.txt", "no text"),))
        assert titles(catalog) == titles(catalog, "甲") == []
        write(tmp_path, "a.txt", "甲乙")
        assert catalog.update(tmp_path) == Update(1, 0, 0, 0, ())
        assert titles(catalog, "甲") == ["甲乙"]
        (tmp_path / "a.txt").write_bytes(b"")
        catalog.update(tmp_path)
        (tmp_path / "a.txt").unlink()
        assert catalog.update(tmp_path) == Update(0, 0, 0, 0, ())


def test_a_page_that_may_not_be_read_is_tried_again(
    tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(found: Found) -> bytes:
        raise PermissionError(13, "Permission denied", found.location)

    with Catalog(None) as catalog:
        write(tmp_path, "a.txt", "甲")
        with monkeypatch.context() as patch:
            patch.setattr(scan, "read", refuse)
            for _ in range(2):
                assert catalog.update(tmp_path).problems == (Problem("a.txt", "Permission denied"),)
        assert catalog.update(tmp_path) == Update(1, 0, 0, 0, ())


def test_what_a_closed_folder_held_stays(
    tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = os.scandir

    def refusing(path: str) -> object:
        if path.rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    with Catalog(None) as catalog:
        write(tmp_path, "closed/a.txt", "甲")
        write(tmp_path, "closed-not/b.txt", "乙")
        catalog.update(tmp_path)
        (tmp_path / "closed-not" / "b.txt").unlink()
        with monkeypatch.context() as patch:
            patch.setattr("os.scandir", refusing)
            for removed in (1, 0):
                update = catalog.update(tmp_path)
                assert (update.removed, update.problems) == (removed, (Problem("closed", "Permission denied"),))
                assert titles(catalog, "甲") == ["甲"]
        assert catalog.update(tmp_path) == Update(0, 0, 0, 1, ())


folders = st.dictionaries(
    st.sampled_from(["a.txt", "2024-01-01/甲报-1.txt", "2024-01-02/甲报-10.txt", "2024-01-02/乙报-2.md"]),
    st.text(st.sampled_from("发展發后#\n，aA \0\u200b\ud800\U0010f041"), max_size=24),
)
QUERIES = ("", "发", "发展", "展发", "-发", "展 -a", '" "', "\U0010f041", "，", "\ud800", '"a 发"')


@given(st.lists(folders, min_size=1, max_size=5))
def test_after_any_changes_the_catalog_is_what_the_folder_is(states: list[dict[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name, Catalog(None) as catalog:
        pages = PlainPages()
        patch.setattr("tui.pages.page.read_page", pages.read_page)
        folder = Path(name)
        for number, state in enumerate(states):
            for path in set(catalog.pages()) | {problem.path for problem in catalog.problems()}:
                (folder / path).unlink()
            for path, text in state.items():
                write(folder, path, text, age=100 - number)
            update = catalog.update(folder)
            good = [path for path, text in state.items() if text and "\0" not in text]
            assert catalog.pages() == sorted(good)
            assert {problem.path for problem in update.problems} == set(state) - set(good)
            check_against_pages(catalog, state)


def text_of(stored: StoredArticle) -> str:
    return index.searched_text(stored.article, reading_text(stored.article, stored.page.text).text)


def check_against_pages(catalog: Catalog, state: dict[str, str]) -> None:
    """Every article is there, in order, and every search finds what reading all of them would."""
    order = sorted(catalog.pages(), key=lambda path: (imprint(path).paper, int(imprint(path).number or 0), path))
    order.sort(key=lambda path: imprint(path).date, reverse=True)
    stored = [one for path in order for one in catalog.articles_on(path)]
    assert [one.row.id for one in stored] == list(catalog.ids())
    assert catalog.count() == len(stored)
    for path in order:
        page = catalog.page(path)
        assert page
        assert page.text == state[path]
    for typed in QUERIES:
        query = parse(typed)
        wanted = [one.row.id for one in stored if matches(query, text_of(one))]
        assert list(catalog.ids(query)) == wanted, typed
        assert sorted(catalog.ranked(query)) == sorted(wanted), typed
        assert catalog.count(query) == len(wanted), typed
        for limit in (1, 2, 5):
            assert list(catalog.first(query, limit)) == wanted[:limit], typed
            assert list(catalog.first(None, limit)) == [one.row.id for one in stored][:limit]
    connection = catalog._connection
    connection.execute("INSERT INTO grams (grams) VALUES ('integrity-check')")


def test_others_see_the_articles_as_they_come(
    tmp_path: Path, plain_pages: PlainPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.library.updating.INTERVAL", 60.0)
    for number in range(BATCH * 3):
        write(tmp_path, f"{number:03}.txt", f"发展{number}")
    file = tmp_path / "c.sqlite"
    with Catalog(file) as writer, Catalog(file) as reader:
        seen: list[int] = []

        def look() -> bool:
            seen.append(reader.count())
            found = reader.ids(parse("发展"))
            assert len(found) == len(reader.rows(found)) == seen[-1]
            return False

        writer.update(tmp_path, stop=look)
        assert seen == sorted(seen)
        assert {BATCH, BATCH * 3} <= set(seen)
        assert reader.count() == BATCH * 3


def update_in_a_process(file: Path, folder: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tui.pages.page.read_page", PlainPages().read_page)
        patch.setattr("tui.pages.version.PARSER_VERSION", 1)
        with Catalog(file) as catalog:
            catalog.update(folder)


def test_several_processes_may_update_at_once(tmp_path: Path, plain_pages: PlainPages) -> None:
    texts = {f"{number:03}.txt": f"第{number}版\n发展" for number in range(120)}
    for path, text in texts.items():
        write(tmp_path, path, text)
    file = tmp_path / ".jianbao" / "c.sqlite"
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=update_in_a_process, args=(file, tmp_path)) for _ in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * 4
    with Catalog(file) as catalog:
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 120)
        assert catalog.pages() == sorted(texts)
        assert catalog.count() == 120
        assert len(catalog.ids(parse("发展"))) == 120
        assert len(catalog.ids(parse("第7版"))) == 1
    check = sqlite3.connect(file)
    assert check.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    check.close()
