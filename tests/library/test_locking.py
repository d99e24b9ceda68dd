from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.errors import LibraryError
from tui.library.locking import acquire, holder

HOLD = """
import sys, time
from pathlib import Path
from tui.library.locking import acquire
lock = acquire(Path(sys.argv[1]))
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".jianbao" / "lock"


def another_program(path: Path) -> tuple[subprocess.Popen[str], str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert child.stdout is not None
    return child, child.stdout.readline().strip()


def test_a_second_program_is_refused_and_told_by_whom(path: Path) -> None:
    with acquire(path) or pytest.fail("not held"):
        child, said = another_program(path)
        child.communicate()
        assert said == "refused"
        found = holder(path)
        assert found is not None
        assert (found.pid, found.host) == (os.getpid(), socket.gethostname())
        assert str(found) == f"process {os.getpid()} on {socket.gethostname()} since {found.since}"
    child, said = another_program(path)
    child.communicate()
    assert said == "held"


def test_a_killed_holder_frees_it_at_once(path: Path) -> None:
    child, said = another_program(path)
    assert said == "held"
    found = holder(path)
    assert found is not None
    assert found.pid == child.pid
    assert acquire(path) is None
    child.send_signal(signal.SIGKILL)
    child.communicate()
    began = time.perf_counter()
    lock = acquire(path)
    assert lock is not None
    assert time.perf_counter() - began < 0.5
    found = holder(path)
    assert found is not None
    assert found.pid == os.getpid()
    lock.release()


def test_a_second_part_of_one_program_is_refused_at_once(path: Path) -> None:
    with acquire(path) or pytest.fail("not held"):
        began = time.perf_counter()
        assert acquire(path) is None
        assert time.perf_counter() - began < 0.5
        found = holder(path)
        assert found is not None
        assert found.pid == os.getpid()


def test_released_it_can_be_taken_again_and_names_nobody(path: Path) -> None:
    lock = acquire(path)
    assert lock is not None
    lock.release()
    lock.release()
    assert holder(path) is None
    with acquire(path) or pytest.fail("not held"):
        assert holder(path) is not None


def test_its_folder_and_files_are_private(path: Path) -> None:
    with acquire(path) or pytest.fail("not held"):
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert {stat.S_IMODE(entry.stat().st_mode) for entry in path.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("words", [b"", b"null", b"[]", b"{}", b'{"pid": "x"}', b"\xff"])
def test_words_that_make_no_sense_name_nobody(path: Path, words: bytes) -> None:
    with acquire(path) or pytest.fail("not held"):
        path.with_name("lock.json").write_bytes(words)
        assert holder(path) is None


def test_where_no_lock_can_be_made_an_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LibraryError, match=r"lock: can't be locked: File exists"):
        acquire(tmp_path / "file" / "lock")


def test_on_a_full_disk_it_is_held_without_a_name(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    path.parent.mkdir()
    path.with_name("lock.json").write_bytes(b'{"pid": 1, "host": "a", "since": "long ago"}')
    with monkeypatch.context() as patch:
        patch.setattr("tui.library.locking.write_atomically", full)
        with acquire(path) or pytest.fail("not held"):
            assert acquire(path) is None
            assert holder(path) is None
