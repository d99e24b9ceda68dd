from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tui.library import atomic
from tui.library.atomic import write_atomically


@pytest.fixture(autouse=True)
def _first_write_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(atomic, "_swept", set())


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def stale(target: Path, pid: int) -> Path:
    return target.with_name(f".jianbao-{atomic._mark(target)}-{pid}-0123abcd.tmp")


def dead_pid() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_new_file_has_the_content_and_is_private(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a", "剪报".encode())
    assert (tmp_path / "a").read_bytes() == "剪报".encode()
    assert mode(tmp_path / "a") == 0o600
    assert names(tmp_path) == {"a"}


@pytest.mark.parametrize("wanted", [0o600, 0o644])
def test_the_mode_is_the_one_asked_for_whatever_the_old_one_was(tmp_path: Path, wanted: int) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o666)
    write_atomically(tmp_path / "a", b"new", mode=wanted)
    assert mode(tmp_path / "a") == wanted


def test_a_symbolic_link_stays_and_what_it_leads_to_changes(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    target = tmp_path / "elsewhere" / "a"
    target.write_bytes(b"old")
    (tmp_path / "link").symlink_to(target)
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert target.read_bytes() == b"new"
    assert names(tmp_path / "elsewhere") == {"a"}


def test_a_link_that_leads_nowhere_yet_makes_its_target(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "a")
    write_atomically(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_loop_of_links_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(OSError, match="symbolic links"):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").is_symlink()


def test_a_file_without_write_permission_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda _, how: how != os.W_OK)
    with pytest.raises(PermissionError):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="Not a regular file"):
        write_atomically(tmp_path / "pipe", b"new")
    assert names(tmp_path) == {"pipe"}


def test_short_writes_are_taken_up_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data[:3])))
    write_atomically(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_what_a_killed_run_left_is_removed_by_the_next_write(tmp_path: Path) -> None:
    target = tmp_path / "a"
    stale(target, dead_pid()).write_bytes(b"half")
    stale(target, os.getpid()).write_bytes(b"half, by an earlier process of our number")
    write_atomically(target, b"new")
    assert names(tmp_path) == {"a"}


def test_what_others_are_writing_stays(tmp_path: Path) -> None:
    target, other = tmp_path / "a", tmp_path / "b"
    at_work = stale(target, os.getppid())
    of_another = stale(other, dead_pid())
    unlike = tmp_path / ".jianbao-notes.tmp"
    for path in (at_work, of_another, unlike):
        path.write_bytes(b"theirs")
    write_atomically(target, b"new")
    assert names(tmp_path) == {"a", at_work.name, of_another.name, unlike.name}


def test_the_folder_is_made_safe_after_the_file_and_after_the_replace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append("fsync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "fsync file")
        fsync(descriptor)

    def noted_replace(source: Path, target: Path) -> None:
        steps.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_atomically(tmp_path / "a", b"new")
    assert steps == ["fsync file", "replace", "fsync folder"]
