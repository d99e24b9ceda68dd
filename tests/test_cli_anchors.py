"""What the commands say of notes whose pages have changed or moved."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_cli import NAME, PAGE, Captured, folder
from tui.cli import main

__all__ = ["folder"]


@pytest.fixture
def noted(folder: Path, capsys: Captured) -> str:
    """The id of an annotation of 柳塘渡口的十二盏灯."""
    start = PAGE.index("柳塘渡口")
    assert main(["annotate", str(folder), NAME, str(start), str(start + 9)]) == 0
    return capsys.readouterr().out.strip()


def statuses(folder: Path, capsys: Captured) -> list[tuple[str, str]]:
    assert main(["export", str(folder), "--format", "json"]) == 0
    exported = json.loads(capsys.readouterr().out)
    return [(one["page"], one["status"]) for one in exported["annotations"]]


def test_what_has_moved_is_counted_and_no_fault(folder: Path, noted: str, capsys: Captured) -> None:
    (folder / NAME).write_text("柳塘日报 第1版\n\n" + PAGE, "utf-8")
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "1 pages, 1 articles, 1 annotations, 1 moved\n"
    assert statuses(folder, capsys) == [(NAME, "moved")]


def test_what_is_to_be_reviewed_is_listed_with_its_places(folder: Path, noted: str, capsys: Captured) -> None:
    (folder / NAME).write_text(PAGE.replace("十二盏灯换成", "灯昨晚都改成"), "utf-8")
    assert main(["check", str(folder)]) == 1
    counts, line = capsys.readouterr().out.splitlines()
    assert counts.endswith("1 annotations, 1 to review")
    assert line.startswith(f"{NAME}: the passage of annotation {noted} may be at {NAME} ")
    assert line.endswith("“柳塘渡口的十二盏灯”")
    assert statuses(folder, capsys) == [(NAME, "review")]
    assert main(["export", str(folder), "--format", "md"]) == 0
    assert "its place is not certain" in capsys.readouterr().out


def test_what_is_gone_is_counted_listed_and_exported(folder: Path, noted: str, capsys: Captured) -> None:
    (folder / NAME).unlink()
    assert main(["check", str(folder)]) == 1
    counts, line = capsys.readouterr().out.splitlines()
    assert counts.endswith("1 annotations, 1 not found")
    assert noted in line
    assert statuses(folder, capsys) == [(NAME, "orphan")]


def test_notes_follow_when_the_next_is_written(folder: Path, noted: str, capsys: Captured) -> None:
    (folder / NAME).rename(folder / "01.txt")
    assert statuses(folder, capsys) == [(NAME, "review")]  # only a writer moves it
    assert main(["annotate", str(folder), "01.txt", "2", "6"]) == 0
    assert f"1 note followed {NAME} to 01.txt" in capsys.readouterr().err
    assert statuses(folder, capsys) == [("01.txt", "anchored")] * 2


def test_two_pages_are_both_named(folder: Path, noted: str, capsys: Captured) -> None:
    (folder / "b.txt").write_text(PAGE, "utf-8")
    (folder / NAME).rename(folder / "a.txt")
    assert main(["check", str(folder)]) == 1
    start = PAGE.index("柳塘渡口")
    assert f" may be at a.txt {start}-{start + 9} or b.txt {start}-{start + 9}: " in capsys.readouterr().out
