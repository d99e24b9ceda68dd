from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tui.errors import LibraryError, PageError
from tui.library import scan
from tui.library.scan import Found


def touch(folder: Path, path: str) -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"x")
    return file


def paths(folder: Path) -> list[str]:
    return [found.path for found in scan.scan(folder).files]


def causes(folder: Path) -> dict[str, str]:
    listing = scan.scan(folder)
    return {found.path: found.cause for found in (*listing.files, *listing.closed) if found.cause}


def test_pages_are_text_and_markdown_at_any_depth(tmp_path: Path) -> None:
    pages = ["2024/01/a.txt", "b.md", "c.TXT", "一/二/三.Md", "readme-not.md", "d.jsonl"]
    others = ["a.pdf", "txt", "README.md", "x/Readme.MD", "LICENSE.txt", ".hidden.txt", ".jianbao/d.txt", "._b.md"]
    for path in (*pages, *others):
        touch(tmp_path, path)
    (tmp_path / "folder.txt").mkdir()
    assert paths(tmp_path) == sorted(pages)


def test_a_page_comes_with_its_size_and_time(tmp_path: Path) -> None:
    file = touch(tmp_path, "a.txt")
    os.utime(file, ns=(5, 1_700_000_000_123_456_789))
    assert scan.scan(tmp_path).files == (Found("a.txt", str(file.resolve()), 1_700_000_000_123_456_789, 1),)


@pytest.mark.skipif(sys.platform == "win32", reason="making links takes a privilege there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    touch(inside, "a.txt")
    touch(outside, "secret.txt")
    touch(tmp_path, "inside-not/secret.txt")
    (inside / "again.txt").symlink_to(inside / "a.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "out.txt").symlink_to(outside / "secret.txt")
    (inside / "folder").symlink_to(outside)
    (inside / "neighbour.txt").symlink_to(tmp_path / "inside-not" / "secret.txt")
    (inside / "gone.txt").symlink_to(outside / "none.txt")
    (inside / "picture.jpg").symlink_to(outside / "secret.txt")
    outwards = "a link that leads out of the folder is not followed"
    assert causes(inside) == dict.fromkeys(("out.txt", "folder", "neighbour.txt", "gone.txt"), outwards)
    assert [found.path for found in scan.scan(inside).files if not found.cause] == ["a.txt"]


@pytest.mark.skipif(sys.platform == "win32", reason="making links takes a privilege there")
def test_a_page_that_became_a_link_is_not_read(tmp_path: Path) -> None:
    file = touch(tmp_path, "a.txt")
    (found,) = scan.scan(tmp_path).files
    file.unlink()
    file.symlink_to(touch(tmp_path, "secret.bin"))
    with pytest.raises(OSError, match=r"symbolic|symlink|Too many levels"):
        scan.read(found)


@pytest.mark.skipif(sys.platform == "win32", reason="making links takes a privilege there")
def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    touch(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert paths(tmp_path / "link") == ["a.txt"]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text_is_named_as_well_as_can_be(tmp_path: Path) -> None:
    touch(tmp_path, "\udcb3\udcc9.txt")
    touch(tmp_path, "\udcff/a.txt")
    assert causes(tmp_path) == dict.fromkeys(("\ufffd\ufffd.txt", "\ufffd/a.txt"), "its name is not UTF-8")


def test_a_page_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = touch(tmp_path, "a.txt")
    (found,) = scan.scan(tmp_path).files
    with file.open("wb") as grown:
        grown.truncate(scan.LARGEST + 1)
    assert causes(tmp_path) == {"a.txt": "larger than 32 MiB"}
    with pytest.raises(PageError, match="larger than 32 MiB"):
        scan.read(found)


def test_a_folder_that_cannot_be_listed_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "open/a.txt")
    touch(tmp_path, "closed/b.txt")
    listing = os.scandir

    def refusing(path: str) -> object:
        if path.rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return listing(path)

    monkeypatch.setattr("os.scandir", refusing)
    found = scan.scan(tmp_path)
    assert [one.path for one in found.files] == ["open/a.txt"]
    assert [(one.path, one.cause) for one in found.closed] == [("closed", "Permission denied")]


def test_the_folder_itself_must_be_listed(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="none: No such file"):
        scan.scan(tmp_path / "none")
