"""`jianbao search --format kwic`: the concordance as text."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tui.cells import width
from tui.cli import main

Captured = pytest.CaptureFixture[str]

PAGE = """# 渡口的灯换成了太阳能

本报讯（记者 温亦舟）昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。

渡工老秦说，从前点灯要划船去对岸，如今天一黑，渡
口的灯自己就亮。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "papers" / "柳塘日报" / "2024-03-09").mkdir(parents=True)
    (tmp_path / "papers" / "柳塘日报" / "2024-03-09" / "01.txt").write_text(PAGE, "utf-8")
    return tmp_path / "papers"


@pytest.fixture
def sample(corpus: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(corpus, tmp_path / "corpus"))


def printed(capsys: Captured, *arguments: str | Path) -> list[str]:
    assert main(["search", *map(str, arguments), "--format", "kwic"]) == 0
    return capsys.readouterr().out.splitlines()


def test_every_hit_is_a_line_also_over_a_line_break(folder: Path, capsys: Captured) -> None:
    lines = printed(capsys, folder, "渡口")
    assert len(lines) == 3
    assert all(line.startswith("2024-03-09 柳塘日报     p.1   ") for line in lines)
    assert " [渡口] 的灯换成了太阳能¶本报讯（记者 温亦舟）昨" in lines[0]
    assert "如今天一黑， [渡口] 的灯自己就亮。" in lines[2]


def test_words_are_found_by_their_initials_too(folder: Path, capsys: Captured) -> None:
    assert len(printed(capsys, folder, "dkdd")) == 2  # 渡口的灯
    assert " [渡口的灯] " in printed(capsys, folder, "dkdd")[0]


@pytest.mark.parametrize("cells", [10, 60, 81, 120, 300])
def test_the_hits_stand_in_one_column_at_every_width(sample: Path, capsys: Captured, cells: int) -> None:
    lines = printed(capsys, sample, "的", "--width", str(cells))
    assert len({width(line[: line.index(" [的]")]) for line in lines}) == 1
    assert all(width(line) <= max(cells, 60) for line in lines)


def test_lines_are_sorted_and_the_same_ones(sample: Path, capsys: Captured) -> None:
    by_date = printed(capsys, sample, "的")
    left, right = (printed(capsys, sample, "的", "--sort", side) for side in ("left", "right"))
    assert sorted(left) == sorted(right) == sorted(by_date)
    assert len({tuple(left), tuple(right), tuple(by_date)}) == 3
    dates = [line[:10] for line in by_date]
    assert dates == sorted(dates, reverse=True)


def test_only_an_option_makes_it_a_sample(sample: Path, capsys: Captured) -> None:
    assert main(["search", str(sample), "的", "--format", "kwic", "--sample", "3"]) == 0
    captured = capsys.readouterr()
    assert " in 3 of " in captured.err
    assert captured.out.splitlines() == printed(capsys, sample, "的", "--sample", "3")
    assert set(captured.out.splitlines()) < set(printed(capsys, sample, "的"))
    assert main(["search", str(sample), "的", "--format", "kwic"]) == 0
    assert "read" not in capsys.readouterr().err


def test_limit_takes_the_newest_articles(sample: Path, capsys: Captured) -> None:
    every = printed(capsys, sample, "渡口")
    some = printed(capsys, sample, "渡口", "--limit", "2")
    assert some == every[: len(some)]
    assert 0 < len(some) < len(every)


def test_nothing_found_and_nothing_to_find(folder: Path, capsys: Captured) -> None:
    assert main(["search", str(folder), "没有", "--format", "kwic"]) == 1
    assert capsys.readouterr().err == "0 hits in 0 articles\n"
    assert main(["search", str(folder), " -渡口", "--format", "kwic"]) == 2
    assert "add one" in capsys.readouterr().err


@pytest.mark.parametrize("number", ["0", "-1", "x", "٣"])
def test_a_sample_is_of_one_or_more(folder: Path, capsys: Captured, number: str) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["search", str(folder), "渡口", "--format", "kwic", f"--sample={number}"])
    assert ended.value.code == 2


def test_hostile_text_is_made_visible(folder: Path, capsys: Captured) -> None:
    text = PAGE.replace("柳塘渡口", "\x1b]52;c;x\x07渡口\u202e")
    (folder / "柳塘日报" / "2024-03-09" / "01.txt").write_text(text, "utf-8")
    out = "\n".join(printed(capsys, folder, "渡口"))
    assert "␛]52;c;x␇ [渡口] \ufffd" in out
    assert "\x1b" not in out
