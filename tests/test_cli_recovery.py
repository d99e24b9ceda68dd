"""Backups, imports and damage on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.library.made import made
from tui.cli import main
from tui.library import locking
from tui.library.annotations import Annotations, Change
from tui.library.reading_back import journal_of

Captured = pytest.CaptureFixture[str]
NOTE = "危险\x1b]52;c;aGk=\x07"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "01.txt").write_text("# 渡口的灯\n\n本报讯 昨日傍晚，柳塘渡口的十二盏灯换成了太阳能灯。\n", "utf-8")
    return folder


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    path = tmp_path / "theirs.json"
    store = Annotations(path)
    here = made("b1", 2, 6, page="01.txt", exact="渡口的灯", note=NOTE)
    store.apply(Change("one", put=(here, made("b2", page="not/here.txt"))))
    store.close()
    return path


def notes(folder: Path) -> list[str]:
    return sorted(one.id for one in Annotations(folder / "annotations.json", read_only=True).all())


def test_an_import_prints_counts_and_can_be_undone(folder: Path, theirs: Path, capsys: Captured) -> None:
    main(["annotate", str(folder), "01.txt", "2", "6", "--note", "mine"])
    (mine,) = capsys.readouterr().out.split()
    assert main(["import", str(folder), str(theirs)]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("annotations: 2 added, 0 updated, 0 unchanged, 0 kept both\n")
    assert notes(folder) == sorted(["b1", "b2", mine])
    assert main(["import", str(folder), str(theirs)]) == 0
    assert capsys.readouterr().out == "annotations: 0 added, 0 updated, 2 unchanged, 0 kept both\n"
    *_command, name = printed.split()
    assert main(["restore", str(folder), name]) == 0
    assert "restored: 1 annotation\n" in capsys.readouterr().out
    assert notes(folder) == [mine]


def test_what_an_export_has_comes_back_the_same(folder: Path, theirs: Path, tmp_path: Path, capsys: Captured) -> None:
    main(["import", str(folder), str(theirs)])
    before = Annotations(folder / "annotations.json", read_only=True).all()
    assert main(["export", str(folder), "--format", "json", "-o", str(tmp_path / "all.json")]) == 0
    other = tmp_path / "other"
    other.mkdir()
    (other / "01.txt").write_bytes((folder / "01.txt").read_bytes())
    capsys.readouterr()
    assert main(["import", str(other), str(tmp_path / "all.json")]) == 0
    assert "2 added" in capsys.readouterr().out
    after = Annotations(other / "annotations.json", read_only=True).all()
    assert [(one.id, one.note, one.exact) for one in after] == [(one.id, one.note, one.exact) for one in before]
    assert NOTE in {one.note for one in after}


def test_imported_notes_are_exported_safe_to_show(folder: Path, theirs: Path, capsys: Captured) -> None:
    main(["import", str(folder), str(theirs)])
    main(["check", str(folder)])
    main(["export", str(folder), "--format", "json"])
    assert "\x1b" not in capsys.readouterr().out


def test_an_import_that_cannot_be_read_is_one_line(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    for data in (b"", b"\x1b[31m", b'{"format": "jianbao-annotations", "version": 1, "annotations": [3]}'):
        (tmp_path / "bad\x1b.json").write_bytes(data)
        assert main(["import", str(folder), str(tmp_path / "bad\x1b.json")]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.count("\n") == 1
        assert "\x1b" not in captured.err
    assert not (folder / "annotations.json").exists()


def test_no_import_without_a_backup(folder: Path, theirs: Path, capsys: Captured) -> None:
    (folder / ".jianbao").mkdir()
    (folder / ".jianbao" / "backups").write_bytes(b"in the way")
    assert main(["import", str(folder), str(theirs)]) == 2
    captured = capsys.readouterr()
    assert captured.err.count("\n") == 1
    assert "no backup could be made" in captured.err
    assert not (folder / "annotations.json").exists()


def test_backups_are_listed_the_newest_first(folder: Path, theirs: Path, capsys: Captured) -> None:
    assert main(["restore", str(folder)]) == 1
    assert "no backups yet" in capsys.readouterr().err
    main(["import", str(folder), str(theirs)])
    main(["annotate", str(folder), "01.txt", "2", "6"])
    backups = folder / ".jianbao" / "backups"
    (backups / "20240101T000000Z-daily.json").write_bytes(b"{")
    capsys.readouterr()
    assert main(["restore", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted((line.split()[0] for line in lines), reverse=True) == [line.split()[0] for line in lines]
    assert "before an import: 0 annotations" in "\n".join(lines)
    assert "the first change of the day: 2 annotations" in "\n".join(lines)
    assert lines[-1].startswith("20240101T000000Z-daily.json  2024-01-01 00:00:00 UTC")
    assert "damaged" in lines[-1]


def test_restore_is_refused_while_another_program_writes(folder: Path, theirs: Path, capsys: Captured) -> None:
    main(["import", str(folder), str(theirs)])
    (name,) = [path.name for path in (folder / ".jianbao" / "backups").iterdir()]
    lock = locking.acquire(folder / ".jianbao" / "lock")
    assert lock is not None
    with lock:
        assert main(["restore", str(folder), name]) == 2
        assert main(["import", str(folder), str(theirs)]) == 2
    assert "open elsewhere" in capsys.readouterr().err
    assert notes(folder) == ["b1", "b2"]


@pytest.mark.parametrize("command", ["index", "search", "export", "annotate", "import"])
def test_damage_is_one_line_that_names_the_way_out(command: str, folder: Path, theirs: Path, capsys: Captured) -> None:
    rest = {
        "search": ["灯"],
        "export": ["--format", "csv"],
        "annotate": ["01.txt", "2", "6"],
        "import": [str(theirs)],
    }.get(command, [])
    (folder / "annotations.json").write_bytes(b'{"annotations": {"1"')
    journal_of(folder / "annotations.json").write_bytes(b"torn")
    there = sorted(path.name for path in folder.iterdir())
    assert main([command, str(folder), *rest]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert f"jianbao restore {folder}" in captured.err
    assert sorted(path.name for path in folder.iterdir() if path.name != ".jianbao") == there


def test_check_names_damage_a_line_each(folder: Path, theirs: Path, capsys: Captured) -> None:
    main(["import", str(folder), str(theirs)])
    main(["annotate", str(folder), "01.txt", "2", "6"])
    backups = sorted((folder / ".jianbao" / "backups").iterdir())
    backups[0].write_bytes(backups[0].read_bytes()[:-9])
    (folder / "annotations.sync-conflict-20260101-120000-ABCDEFG.json").write_bytes(theirs.read_bytes())
    (folder / "annotations (conflicted copy).json").write_bytes(b"?")
    store = folder / "annotations.json"
    whole = store.read_bytes()
    store.write_bytes(whole[: whole.rindex(b'"id"')])
    journal_of(store).write_bytes(b"no line\n")
    capsys.readouterr()
    assert main(["check", str(folder)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line.startswith(f"{store}: damaged: ") or f"{store}.journal: damaged" in line]
    assert f"{store}: 2 records can be read" in lines
    assert [line for line in lines if line.startswith(f"{backups[0]}: damaged: ")]
    assert not [line for line in lines if str(backups[1]) in line]
    assert [line for line in lines if "ABCDEFG.json: a conflict copy" in line]
    assert [line for line in lines if "(conflicted copy).json: damaged: " in line]
    assert store.read_bytes() != whole


def test_check_of_what_is_whole_says_nothing_of_it(folder: Path, capsys: Captured) -> None:
    main(["annotate", str(folder), "01.txt", "2", "6"])
    main(["annotate", str(folder), "01.txt", "3", "6"])
    capsys.readouterr()
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out == "1 pages, 1 articles, 2 annotations\n"


def test_a_daily_backup_that_fails_is_said_and_the_note_is_kept(folder: Path, capsys: Captured) -> None:
    main(["annotate", str(folder), "01.txt", "2", "6"])
    (folder / ".jianbao" / "backups").write_bytes(b"in the way")
    capsys.readouterr()
    assert main(["annotate", str(folder), "01.txt", "3", "6"]) == 0
    captured = capsys.readouterr()
    assert "no backup could be made" in captured.err or "can't be read" in captured.err
    assert len(notes(folder)) == 2


def test_nothing_foreign_is_carried_but_records(folder: Path, theirs: Path) -> None:
    value = json.loads(theirs.read_bytes())
    value["later"] = {"1": {"x": 1}}
    theirs.write_text(json.dumps(value), "utf-8")
    main(["import", str(folder), str(theirs)])
    assert "later" not in json.loads((folder / "annotations.json").read_bytes())
