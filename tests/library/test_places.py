"""Where a folder lies."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library import places
from tui.library.places import Place, PlaceKind

MOUNTS = rb"""22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard
40 27 0:40 / /mnt/archive rw,relatime shared:2 master:1 - nfs4 server:/export rw,vers=4.2
41 27 0:41 / /mnt/archive/local rw - tmpfs tmpfs rw
42 27 0:42 / /mnt/two\040words rw - cifs //server/share rw
43 27 0:43 / /home/qin/far rw,nosuid - fuse.sshfs qin@server: rw,user_id=1000
44 27 0:44 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs
45 27 0:45 / /mnt/hidden rw - nfs server:/old rw
46 27 0:46 / /mnt/hidden rw - ext4 /dev/vdb rw
47 27 0:47 / /mnt/\346\212\245\347\272\270 rw - smb3 //server/papers rw
"""


@pytest.mark.parametrize(
    ("folder", "kind", "network"),
    [
        ("/home/qin/papers", "ext4", False),
        ("/mnt/archive", "nfs4", True),
        ("/mnt/archive/柳塘日报/2024", "nfs4", True),
        ("/mnt/archive/local/x", "tmpfs", False),
        ("/mnt/archived", "ext4", False),
        ("/mnt/two words/papers", "cifs", True),
        ("/home/qin/far/papers", "fuse.sshfs", True),
        ("/mnt/c/Users", "9p", True),
        ("/mnt/hidden/papers", "ext4", False),
        ("/mnt/报纸", "smb3", True),
    ],
)
def test_the_mount_table_says_which_file_system_it_is(folder: str, kind: str, network: bool) -> None:
    found = places.file_system(MOUNTS, PurePosixPath(folder))
    assert (found, places.on_network(found)) == (kind, network)


@given(st.binary(max_size=300))
def test_a_table_that_makes_no_sense_says_nothing_wrong(mounts: bytes) -> None:
    assert isinstance(places.file_system(mounts, PurePosixPath("/a/b")), str)
    assert places.file_system(mounts + b"\n" + MOUNTS, PurePosixPath("/mnt/archive/x")) == "nfs4"


@pytest.mark.parametrize(
    ("folder", "who"),
    [
        ("/home/qin/Dropbox/papers", "Dropbox"),
        ("/home/qin/Dropbox (Liutang)/papers", "Dropbox"),
        ("/Users/qin/Library/CloudStorage/OneDrive-Liutang/papers", "OneDrive"),
        ("/mnt/d/OneDrive - Liutang", "OneDrive"),
        ("/Users/qin/Library/Mobile Documents/com~apple~CloudDocs/papers", "iCloud"),
        ("/Users/qin/Library/CloudStorage/GoogleDrive-qin@example.org/My Drive", "Google Drive"),
        ("/home/qin/Nextcloud/papers", "Nextcloud"),
        ("/home/qin/papers", ""),
        ("/home/qin/Dropboxes", ""),
    ],
)
def test_a_path_names_who_synchronises_it(folder: str, who: str) -> None:
    assert places.synchronised_by_name(PurePosixPath(folder)) == who


@pytest.mark.parametrize(
    ("name", "who"),
    [
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".sync_0a1b2c3d4e5f.db", "Nextcloud"),
        ("._sync_0a1b2c3d4e5f.db", "Nextcloud"),
        (".owncloudsync.log", "Nextcloud"),
        (".tmp.driveupload", "Google Drive"),
        (".jianbao", ""),
        ("stfolder", ""),
        (".sync.db", ""),
    ],
)
def test_marks_name_who_synchronises_a_folder(name: str, who: str) -> None:
    assert places.synchronised_by_marks(["01.txt", name, "annotations.json"]) == who


def test_marks_are_found_above_the_folder_but_not_in_the_home(tmp_path: Path) -> None:
    home = tmp_path / "qin"
    library = home / "shared" / "papers"
    library.mkdir(parents=True)
    none = tmp_path / "no table"
    (home / ".dropbox").mkdir()  # the settings of a Dropbox that is elsewhere
    assert places.look(library, home, none) is None
    (home / "shared" / ".stfolder").mkdir()
    assert places.look(library, home, none) == Place(PlaceKind.SYNCHRONISED, "Syncthing")
    table = tmp_path / "table"
    table.write_bytes(b"1 0 0:1 / / rw - nfs4 server:/ rw\n")
    assert places.look(library, home, table) == Place(PlaceKind.NETWORK, "nfs4")


def test_each_place_has_a_line_that_says_what_to_mind() -> None:
    assert Place(PlaceKind.NETWORK, "nfs").notice == (
        "This folder is on a network drive (nfs): locks may not hold there; don't open it on two machines at once"
    )
    assert "synchronised (Dropbox)" in Place(PlaceKind.SYNCHRONISED, "Dropbox").notice
