"""The lines of a file of records are pages of their own: they come, go and move, and keep what is theirs."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.library.test_catalog import titles, write
from tests.library.test_catalog_update import counts
from tests.pages.test_records import records
from tui.library import scan, storing
from tui.library.catalog import Catalog, Problem, Update
from tui.library.scan import Found
from tui.library.schema import transaction
from tui.pages.page import page_json
from tui.pages.records import read_record
from tui.search.query import parse

ONE: dict[str, Any] = {"title": "甲", "body": ["发展", "其二"], "date": "2024-03-09", "paper": "柳塘日报", "page": "01"}
TWO = {**ONE, "title": "乙", "page": "02", "author": "秦川"}
THREE = {**ONE, "title": "丙", "date": "2024-03-10", "id": 3}


def put(folder: Path, *lines: dict[str, Any] | str, age: int = 100, name: str = "a.jsonl") -> Path:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    return write(folder, name, text, age=age)


def path_of(record: dict[str, Any], name: str = "a.jsonl") -> str:
    return f"{name}#{read_record(json.dumps(record)).key}"


def test_each_line_is_a_page_with_one_article(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        put(tmp_path, ONE, TWO, THREE, name="柳塘/报.jsonl")
        assert counts(catalog.update(tmp_path)) == (3, 0, 0, 0)
        paths = [path_of(record, "柳塘/报.jsonl") for record in (ONE, TWO, THREE)]
        assert catalog.pages() == sorted(paths)
        assert titles(catalog) == ["丙", "甲", "乙"]
        assert titles(catalog, "秦川") == ["乙"]
        assert catalog.page("柳塘/报.jsonl") is None
        page = catalog.page(paths[1])
        (stored,) = catalog.articles_on(paths[1])
        assert page
        assert page.text == "乙\n\n秦川\n\n发展\n\n其二\n"
        assert (stored.row.number, stored.row.date, stored.row.paper) == ("2", "2024-03-09", "柳塘日报")
        assert stored.article.authors == ("秦川",)
        assert catalog.article_at(paths[1], page.text.index("其二")) == stored.row.id


def test_articles_of_a_page_stay_in_the_order_of_their_lines(tmp_path: Path) -> None:
    named = [{**ONE, "title": f"第{number}条"} for number in range(12)]
    with Catalog(None) as catalog:
        put(tmp_path, *named)
        catalog.update(tmp_path)
        assert titles(catalog) == [record["title"] for record in named]
        put(tmp_path, *reversed(named), age=50)
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 12)
        assert titles(catalog) == [record["title"] for record in reversed(named)]


def test_lines_come_change_go_and_move_and_the_others_keep_path_and_id(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        put(tmp_path, ONE, TWO)
        catalog.update(tmp_path)
        ids = {row.page: row.id for row in catalog.rows(catalog.ids())}
        put(tmp_path, THREE, TWO, "{bad", ONE, age=90)
        assert catalog.update(tmp_path) == Update(1, 0, 0, 2, (Problem("a.jsonl:3", catalog.problems()[0].cause),))
        now = {row.page: row.id for row in catalog.rows(catalog.ids())}
        assert ids.items() <= now.items()
        put(tmp_path, {**TWO, "body": "新的"}, THREE, age=80)
        assert catalog.update(tmp_path) == Update(0, 1, 1, 1, ())
        assert sorted(catalog.pages()) == sorted([path_of(TWO), path_of(THREE)])
        assert titles(catalog, "新的") == ["乙"]
        assert titles(catalog, "发展") == ["丙"]
        (tmp_path / "a.jsonl").unlink()
        assert catalog.update(tmp_path) == Update(0, 0, 2, 0, ())
        assert catalog.count() == 0
        assert catalog._connection.execute("SELECT count(*) FROM page").fetchone() == (0,)


def test_equal_keys_are_told_apart_by_a_suffix(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        put(tmp_path, ONE, {**ONE, "body": "别的"}, ONE)
        catalog.update(tmp_path)
        assert catalog.pages() == sorted(path_of(ONE) + suffix for suffix in ("", "-2", "-3"))


def test_an_unchanged_file_is_not_opened_and_its_problems_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Catalog(None) as catalog:
        put(tmp_path, ONE, *["[]"] * 11, TWO)
        first = catalog.update(tmp_path)
        assert [problem.path for problem in first.problems] == [f"a.jsonl:{number}" for number in range(2, 13)]
        monkeypatch.setattr(scan, "open_file", None)
        assert catalog.update(tmp_path) == Update(0, 0, 0, 2, first.problems)


def test_a_file_touched_but_equal_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Catalog(None) as catalog:
        file = put(tmp_path, ONE, "[]", TWO)
        first = catalog.update(tmp_path)
        os.utime(file, (1, 1))
        monkeypatch.setattr("tui.library.jsonlines.read", None)
        for _ in range(2):
            assert catalog.update(tmp_path) == Update(0, 0, 0, 2, first.problems)


def test_a_file_changed_within_the_clock_s_tick_is_seen(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        file = put(tmp_path, ONE, age=0)
        catalog.update(tmp_path)
        status = file.stat()
        file.write_text(file.read_text("utf-8").replace("01", "02"), "utf-8")
        os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert counts(catalog.update(tmp_path)) == (1, 0, 1, 0)


def test_a_file_that_can_no_longer_be_read_is_named_and_its_pages_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(found: Found) -> None:
        raise PermissionError(13, "Permission denied", found.location)

    with Catalog(None) as catalog:
        put(tmp_path, ONE, TWO)
        catalog.update(tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr(scan, "open_file", refuse)
            put(tmp_path, ONE, TWO, age=90)
            for removed in (2, 0):
                assert catalog.update(tmp_path) == Update(0, 0, removed, 0, (Problem("a.jsonl", "Permission denied"),))
        for content, cause in (
            (b"", "is empty"),
            (b"\xef\xbb\xbf\n", "is empty"),
            (b"\0\1" * 60, "is no text (binary data)"),
        ):
            write(tmp_path, "a.jsonl", content, age=80)
            for _ in range(2):
                assert catalog.update(tmp_path) == Update(0, 0, 0, 0, (Problem("a.jsonl", cause),))
        put(tmp_path, ONE, age=70)
        assert catalog.update(tmp_path) == Update(1, 0, 0, 0, ())


def test_a_file_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "LARGEST_OF_RECORDS", 1024 * 1024)
    put(tmp_path, "x" * 1024 * 1024)
    with Catalog(None) as catalog:
        assert catalog.update(tmp_path).problems == (Problem("a.jsonl", "larger than 1 MiB"),)


def test_stopped_in_the_middle_it_goes_on_next_time(tmp_path: Path) -> None:
    named = [{**ONE, "title": f"第{number}条"} for number in range(120)]
    with Catalog(None) as catalog:
        put(tmp_path, *named)
        asked = iter(range(1000))
        catalog.update(tmp_path, stop=lambda: next(asked) >= 70)
        assert 0 < catalog.count() < 120
        kept = set(catalog.ids())
        catalog.update(tmp_path)
        assert catalog.count() == 120
        assert kept < set(catalog.ids())


def test_a_file_that_goes_before_it_was_read_to_its_end_leaves_nothing(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        file = put(tmp_path, ONE, TWO, THREE)
        asked = iter(range(1000))
        catalog.update(tmp_path, stop=lambda: next(asked) >= 2)
        assert catalog.count() == 2
        file.unlink()
        assert catalog.update(tmp_path) == Update(0, 0, 2, 0, ())
        assert catalog.pages() == []


def test_a_file_in_a_new_encoding_is_read_again(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        line = json.dumps(ONE, ensure_ascii=False)
        for encoding, age in (("gb18030", 100), ("utf-8", 50)):
            write(tmp_path, "a.jsonl", line.encode(encoding), age=age)
            catalog.update(tmp_path)
            page = catalog.page(path_of(ONE))
            assert page
            assert page.encoding == encoding
        assert catalog.count() == 1


def test_lines_that_another_process_has_taken_out_meanwhile_come_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.library.updating.BATCH", 1)
    put(tmp_path, ONE, TWO)
    with Catalog(tmp_path / "c.sqlite") as mine, Catalog(tmp_path / "c.sqlite") as other:

        def meddle() -> bool:
            if known := storing.look_up(other._connection, path_of(ONE)):
                with transaction(other._connection):
                    storing.remove_page(other._connection, known.id)
            return False

        mine.update(tmp_path, stop=meddle)
        assert titles(mine) == ["乙"]
        mine.update(tmp_path)
        assert titles(mine) == ["甲", "乙"]
        assert counts(mine.update(tmp_path)) == (0, 0, 0, 2)


def test_a_new_parser_reads_every_line_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Catalog(None) as catalog:
        put(tmp_path, ONE, "[]", TWO)
        catalog.update(tmp_path)
        monkeypatch.setattr("tui.pages.version.PARSER_VERSION", 1000)
        assert counts(catalog.update(tmp_path)) == (0, 2, 0, 0)
        assert counts(catalog.update(tmp_path)) == (0, 0, 0, 2)


@given(st.lists(st.lists(records, max_size=5), min_size=1, max_size=4))
def test_after_any_changes_the_catalog_has_what_the_file_says(states: list[list[dict[str, Any]]]) -> None:
    with tempfile.TemporaryDirectory() as name, Catalog(None) as catalog:
        folder = Path(name)
        for number, state in enumerate(states):
            put(folder, *state, age=100 - number)
            catalog.update(folder)
            fresh = Catalog(None)
            fresh.update(folder)
            assert catalog.pages() == fresh.pages()
            assert catalog.problems() == fresh.problems()
            assert len(catalog.pages()) + len(catalog.problems()) == max(len(state), 1)
            assert titles(catalog) == titles(fresh)
            assert [catalog.page(path) for path in catalog.pages()] == [fresh.page(path) for path in fresh.pages()]
            assert titles(catalog, "甲") == titles(fresh, "甲")
            assert len(catalog.ids(parse("-甲"))) + len(catalog.ids(parse("甲"))) == catalog.count()
            fresh.close()
            catalog._connection.execute("INSERT INTO grams (grams) VALUES ('integrity-check')")


def test_a_page_of_a_record_has_a_form_as_json() -> None:
    record = read_record(json.dumps(TWO))
    form = page_json(record.page("a.jsonl#x", "utf-8"))
    assert (form["page"], form["number"], form["articles"][0]["authors"]) == ("a.jsonl#x", "2", ["秦川"])


def test_what_an_update_asks_is_answered_by_small_indexes(tmp_path: Path) -> None:
    with Catalog(None) as catalog:
        for name, lines in (("a.jsonl", (ONE, TWO)), ("b.jsonl", (ONE, "{")), ("c.jsonl", (THREE,))):
            put(tmp_path, *lines, name=name)
        write(tmp_path, "d.txt", "一天\n　　一天过去了。\n", age=100)
        catalog.update(tmp_path)
        connection = catalog._connection
        assert storing.sources(connection) == {"a.jsonl", "b.jsonl", "c.jsonl"}
        assert set(storing.look_up_all(connection)) == {"a.jsonl", "b.jsonl", "c.jsonl", "d.txt"}
        assert [storing.count_lines(connection, f"{name}.jsonl") for name in "abcd"] == [2, 1, 1, 0]
        assert storing.mends_of_lines(connection, "a.jsonl", ()) == []
        wanted = [path_of(ONE), path_of(ONE, "b.jsonl"), "d.txt", "none.txt"]
        assert storing.mends_of_lines(connection, "a.jsonl", wanted) == [(path_of(ONE), b"")]
        connection.execute("UPDATE page SET mends = x'01' WHERE path = ?", (path_of(TWO),))
        assert storing.mends_of_lines(connection, "a.jsonl", ()) == [(path_of(TWO), b"\x01")]
