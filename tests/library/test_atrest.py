"""What changes the notes while the program does not run is found, or said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.library.made import made
from tui.errors import DamagedError
from tui.library.annotations import Change
from tui.library.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library with a note, as a program has left it that ended well."""
    papers = tmp_path / "papers"
    papers.mkdir()
    with Library(papers, tmp_path / "data") as library:
        library.apply(Change("note", put=(made(note="江上的灯"),)))
    return papers


def test_as_it_was_left_nothing_is_said(folder: Path, tmp_path: Path) -> None:
    for _ in range(2):
        with Library(folder, tmp_path / "data") as library:
            assert not library.altered
            library.apply(Change("another", put=(made("a2", note="渡口"),)))


def test_every_byte_flipped_or_cut_off_is_found_or_said(folder: Path, tmp_path: Path) -> None:
    file = folder / "annotations.json"
    whole = file.read_bytes()
    for at in range(len(whole)):
        for data in (whole[:at], whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]):
            file.write_bytes(data)
            try:
                library = Library(folder, tmp_path / "data", writer=False)
            except DamagedError:
                continue
            assert library.altered
            library.close()


def test_it_is_said_once(folder: Path, tmp_path: Path) -> None:
    file = folder / "annotations.json"
    file.write_bytes(file.read_bytes().replace("江上".encode(), "江中".encode()))
    with Library(folder, tmp_path / "data") as library:
        assert library.altered
    with Library(folder, tmp_path / "data") as library:
        assert not library.altered


def test_after_a_kill_nobody_knows_and_nothing_is_said(folder: Path, tmp_path: Path) -> None:
    code = (
        "import os, sys, signal; from pathlib import Path; from tests.library.made import made\n"
        "from tui.library.annotations import Change; from tui.library.library import Library\n"
        "library = Library(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "library.apply(Change('x', put=(made('a9', note='x'),))); library.annotations.compact()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(tmp_path / "data")],
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == -signal.SIGKILL
    with Library(folder, tmp_path / "data") as library:
        assert not library.altered
        assert len(library.annotations.all()) == 2
