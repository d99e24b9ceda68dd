"""Files read in other processes are the same pages, whatever happens to those processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.library.test_catalog import write
from tui.library import readers, scan
from tui.library.catalog import Catalog
from tui.library.readers import Job, read_all
from tui.pages.version import PARSER_VERSION


def jobs(folder: Path) -> list[Job]:
    return [Job(found, None, PARSER_VERSION, time.time_ns(), ()) for found in scan.scan(folder).files]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(40):
        write(
            tmp_path,
            f"甲报/2024-01-{number % 28 + 1:02}/{number:02}.txt",
            f"题目{number}\n　　正文第{number}篇。\n" * 5,
        )
    lines = [json.dumps({"title": f"题{number}", "body": "文" * 50}, ensure_ascii=False) for number in range(300)]
    write(tmp_path, "乙.jsonl", "\n".join(lines))
    write(tmp_path, "坏.txt", b"\0\1\2")
    return tmp_path


def test_other_processes_read_what_this_one_would(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = sorted(read_all(jobs(folder)), key=lambda one: (one.found.path, one.line))
    monkeypatch.setattr(readers, "WORTH_IT", 0)
    there = sorted(read_all(jobs(folder)), key=lambda one: (one.found.path, one.line))
    assert len(there) == 40 + 301 + 1
    assert there == here


def test_a_catalog_made_by_several_processes_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Catalog(None) as one, Catalog(None) as other:
        one.update(folder)
        monkeypatch.setattr(readers, "WORTH_IT", 0)
        other.update(folder)
        assert [row.title for row in one.rows(one.ids())] == [row.title for row in other.rows(other.ids())]
        assert one.pages() == other.pages()
        assert one.problems() == other.problems()


def test_what_a_killed_process_leaves_is_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_IT", 0)
    begin = readers._begin
    begun: list[subprocess.Popen[bytes]] = []

    def begin_and_kill() -> subprocess.Popen[bytes] | None:
        process = begin()
        if process is not None:
            begun.append(process)
            os.kill(process.pid, signal.SIGKILL)
        return process

    monkeypatch.setattr(readers, "_begin", begin_and_kill)
    assert {one.found.path for one in read_all(jobs(folder))} >= {"乙.jsonl", "坏.txt"}
    assert begun
    assert all(process.poll() is not None for process in begun)


def test_without_other_processes_all_is_read_here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_IT", 0)
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert len(list(read_all(jobs(folder)))) == 40 + 301 + 1


def test_who_stops_in_the_middle_leaves_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "WORTH_IT", 0)
    reading = read_all(jobs(folder))
    next(reading)
    reading.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "reading"]


def test_a_folder_that_has_a_package_of_our_name_is_not_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "tui" / "library").mkdir(parents=True)
    for name in ("tui/__init__.py", "tui/library/__init__.py", "tui/library/readers.py"):
        (folder / name).write_text("open('pwned', 'w')\n")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(readers, "WORTH_IT", 0)
    assert len(list(read_all(jobs(folder)))) == 40 + 301 + 1
    assert not (folder / "pwned").exists()
