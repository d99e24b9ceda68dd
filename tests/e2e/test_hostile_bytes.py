"""Pages, names, notes and tags that attack the terminal: none of it reaches the terminal."""

from __future__ import annotations

import codecs
import json
import re
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.e2e.conftest import PROGRAM
from tests.hostile import FORBIDDEN, PAYLOAD

NAMED = PAYLOAD.replace("\x00", "").replace("/", "")[:60]


@pytest.fixture
def hostile_folder(tmp_path: Path, home: dict[str, str]) -> Path:
    """A library with the payload in names, pages, a note and a tag."""
    folder = tmp_path / f"papers{NAMED}"
    folder.mkdir()
    text = f"# {PAYLOAD}渡口\n\n江上{PAYLOAD}有风，第一班船晚开了五分钟，等船的人都站到棚子底下去了。\n"
    (folder / f"page{NAMED}.txt").write_text(text.replace("\x00", ""), "utf-8", newline="")
    (folder / f"bad{NAMED}.txt").write_bytes(b"\x00\x01\x02\x00" * 20)
    (folder / "plain.txt").write_text("# 江上的灯\n\n昨日傍晚，渡口的灯亮了，天一黑，灯自己就亮。\n", "utf-8")
    subprocess.run([*PROGRAM, "annotate", str(folder), "plain.txt", "2", "6", "--note", "x"], env=home, check=True)
    store = folder / "annotations.json"
    content = json.loads(store.read_text("utf-8"))
    for record in content["annotations"].values():
        record["note"] = f"note {PAYLOAD}"
    store.write_text(json.dumps(content), "utf-8")
    return folder


def test_the_screen_sends_none_of_it(hostile_folder: Path, home: dict[str, str]) -> None:
    sent = bytearray()
    child = pexpect.spawn(PROGRAM[0], [*PROGRAM[1:], str(hostile_folder)], env=home, dimensions=(40, 140), timeout=20)
    try:
        sent += _until(child, b"articles")
        for keys in (
            "",
            "\r",
            ")VH",
            "a",
            "\x13",
            "t",
            "\x1b",
            "\t",
            "e",
            "\x07",
            "!",
            "q",
            "q",
            "q",
            "G",
            "\r",
            "\t",
            "a",
        ):
            child.send(keys)
            sent += _drain(child)
        child.send("\x13")
        sent += _drain(child)
        child.send("Q")
        sent += _drain(child)
    finally:
        child.close(force=True)
    sent = bytearray(re.sub(rb"\x1b\]22;[a-z-]+\x07", b"", sent))  # Textual's own: the shape of the mouse pointer
    sent = sent.replace("\r“\x1b[6n\r\x1b[K".encode(), b"", 1)  # the program's own question, asked once
    assert "渡口".encode() in sent
    assert "note ␛".encode() in sent
    found = [(payload, sent[sent.index(payload) - 40 :][:80]) for payload in FORBIDDEN if payload in sent]
    assert found == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("index",),
        ("search", "渡口"),
        ("search", "渡口", "--format", "jsonl"),
        ("check",),
        ("export", "--format", "md"),
        ("export", "--format", "csv"),
        ("export", "--format", "json"),
        ("annotate", f"no such page{NAMED}", "0", "1"),
    ],
)
def test_no_command_prints_any_of_it(hostile_folder: Path, home: dict[str, str], arguments: tuple[str, ...]) -> None:
    command = [*PROGRAM, arguments[0], str(hostile_folder), *arguments[1:]]
    done = subprocess.run(command, env=home, capture_output=True, check=False)
    printed = done.stdout.removeprefix(codecs.BOM_UTF8) + done.stderr  # a CSV begins with a byte order mark of its own
    assert [payload for payload in FORBIDDEN if payload in printed] == []
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["json", "md", "explain"])
def test_parsing_prints_none_of_it(hostile_folder: Path, home: dict[str, str], form: str) -> None:
    pages = [str(path) for path in hostile_folder.glob("*.txt")]
    done = subprocess.run([*PROGRAM, "parse", "--format", form, *pages], env=home, capture_output=True, check=False)
    assert [payload for payload in FORBIDDEN if payload in done.stdout + done.stderr] == []
    assert b"Traceback" not in done.stderr


def test_a_crash_on_the_screen_is_one_line_without_a_traceback(corpus: Path, home: dict[str, str]) -> None:
    program = (
        "import sys\nfrom tui.cli import main\nfrom tui.ui.screens.library import LibraryScreen\n"
        f"def broken(self):\n    raise ValueError({PAYLOAD!r})\n"
        "LibraryScreen.action_help = broken\nsys.exit(main(sys.argv[1:]))"
    )
    child = pexpect.spawn(PROGRAM[0], ["-c", program], env=home, dimensions=(24, 80), timeout=20)
    _until(child, b"articles")
    child.send("?")
    child.expect(pexpect.EOF)
    child.close()
    printed = bytes(child.before or b"")
    assert child.exitstatus == 2
    assert b"stopped by a mistake of its own (ValueError)" in printed
    assert b"Traceback" not in printed
    assert [payload for payload in FORBIDDEN if payload in re.sub(rb"\x1b\]22;[a-z-]+\x07", b"", printed)] == []


def _until(child: pexpect.spawn[bytes], wanted: bytes) -> bytes:
    child.expect_exact(wanted)
    return bytes(child.before or b"") + wanted + _drain(child)


def _drain(child: pexpect.spawn[bytes]) -> bytes:
    """What comes until nothing has come for a moment."""
    found = bytearray()
    while True:
        try:
            found += child.read_nonblocking(65536, timeout=0.4)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return bytes(found)
