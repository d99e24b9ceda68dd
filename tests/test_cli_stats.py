"""The command `stats`: its tables, and its rows read back."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.hostile import FORBIDDEN, PAYLOAD
from tui.cells import width
from tui.cli import main
from tui.headless.stats import Row, _without_gaps

Captured = pytest.CaptureFixture[str]

PAGES = {
    "柳塘日报/2023-12-30/01.txt": "# 渡口的灯\n\n渡口的灯亮了，江面窄了。渡口的灯换了。\n",
    "柳塘日报/2024-02-09/01.txt": "# 石阶\n\n渡口的石阶铺过了，渡口的灯亮着。\n",
    "柳塘日报/2024-02-10/01.txt": "# 雨前茶\n\n茶农说，雨水多，芽头大，味道却淡。\n",
    "石坪晚报/2024-02-10/01.txt": "# 制茶师傅\n\n师傅把火候提高了五度，香气慢慢回来。\n",
}
TABLES = """\
Articles by month; somewhat unevenly spread: DP 0.33 of 1
  period   articles  library  per 1000
  2023-12         1        1   1000.00
  2024-01         0        0      0.00
  2024-02         1        3    333.33

Articles by paper; somewhat unevenly spread: DP 0.33 of 1
  paper     articles  library  per 1000
  柳塘日报         2        3    666.67
  石坪晚报         0        1      0.00

"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in PAGES.items():
        file = tmp_path / "papers" / name
        file.parent.mkdir(parents=True)
        file.write_text(text, "utf-8")
    return tmp_path / "papers"


def stats(folder: Path, *arguments: str) -> int:
    return main(["stats", str(folder), *arguments])


def test_tables_are_aligned_by_cells(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "渡口", "--by", "month") == 0
    printed = capsys.readouterr().out
    for part in printed.split("\n\n"):
        rows = part.split("\n")[1:]
        assert len({width(row) for row in rows if row}) <= 1
    assert "Collocates within 5 words of" in printed
    assert "Key words against the rest of the library\n" in printed


def test_golden_tables(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "渡口", "--view", "time", "--by", "month") == 0
    assert stats(folder, "--view", "papers", "渡口") == 0
    assert capsys.readouterr().out == TABLES


def test_json_lines_read_back(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "渡口", "--format", "jsonl", "--by", "year", "--window", "2") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["view"] for row in rows} == {"time", "papers", "collocates", "keyness"}
    assert [row for row in rows if row["view"] == "time"] == [
        {"view": "time", "period": "2023", "articles": 1, "library": 1, "per_1000": 1000.0},
        {"view": "time", "period": "2024", "articles": 1, "library": 3, "per_1000": 333.33},
    ]
    near = [row for row in rows if row["view"] == "collocates"]
    assert near == sorted(near, key=lambda row: -row["log_dice"])
    assert all(row["together"] == row["before"] + row["after"] <= row["own"] for row in near)
    key = [row for row in rows if row["view"] == "keyness"]
    assert key[0]["word"] == "渡口"
    assert key[0]["rest"] == 0


def test_csv_reads_back(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "渡口", "--view", "papers", "--format", "csv") == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows == [
        {"paper": "柳塘日报", "articles": "2", "library": "3", "per_1000": "666.67"},
        {"paper": "石坪晚报", "articles": "0", "library": "1", "per_1000": "0.0"},
    ]


def test_without_a_query_it_is_about_all_articles(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["view"] for row in rows} == {"time", "papers"}
    assert sum(row["articles"] for row in rows if row["view"] == "papers") == 4


def test_what_is_not_found_exits_1(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "没有这样的词") == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "0 articles\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("渡口", "--format", "csv"), "--view time|papers|collocates|keyness"),
        (("--view", "keyness"), "none was given"),
        (("-淡 -石", "--view", "collocates"), "the query has none"),
    ],
    ids=["csv of all views", "words of nothing", "no word"],
)
def test_wrong_use(folder: Path, capsys: Captured, arguments: tuple[str, ...], said: str) -> None:
    assert stats(folder, *arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert said in captured.err


def test_a_sample_is_said_to_be_one(folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.headless.stats.sample_size", lambda: 1)
    assert stats(folder, "渡口", "--view", "keyness") == 0
    assert "; a sample: 1 of 2 articles, and 1 of the 2 others\n" in capsys.readouterr().out


def test_limit(folder: Path, capsys: Captured) -> None:
    assert stats(folder, "渡口", "--view", "collocates", "--format", "jsonl", "--limit", "1") == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_hostile_text_reaches_no_terminal(folder: Path, capsys: Captured, form: str) -> None:
    row = {"title": "渡口的灯", "body": f"渡口{PAYLOAD}的灯", "paper": f"=报{PAYLOAD}", "date": "2024-02-11"}
    (folder / "hostile.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    for view in ("papers", "collocates", "keyness"):
        assert stats(folder, "渡口", "--view", view, "--format", form) == 0
        printed = capsys.readouterr().out
        assert not [one for one in FORBIDDEN if one in printed.encode()]
        if (form, view) == ("csv", "papers"):
            assert any(line[0].startswith("'=") for line in csv.reader(io.StringIO(printed)))


def test_a_table_has_one_row_for_a_long_time_without_pages() -> None:
    def row(period: str, library: int) -> Row:
        return {"period": period, "articles": 0, "library": library}

    rows = [row("1936", 5), row("1937", 0), row("1938", 0), row("1939", 0), row("1940", 2), row("1941", 0)]
    assert [line["period"] for line in _without_gaps(rows)] == ["1936", "…", "1940", "1941"]
