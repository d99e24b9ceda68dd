"""What kind of place a folder lies in: on a network drive, or in a folder that some program synchronises."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from os import fsencode, scandir
from pathlib import Path, PurePath

from tui.language import _

MOUNTS = Path("/proc/self/mountinfo")
_MANY = 5_000  # names of a folder that are looked at: marks have names that begin with a dot, and most folders few
_ESCAPED = re.compile(rb"\\([0-7]{3})")
_NETWORK = frozenset(
    [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "gpfs",
        "ocfs2",
        "gfs2",
        "davfs",
        "davfs2",
        "afpfs",
        "webdav",
        "vboxsf",
        "fuse.sshfs",
        "fuse.rclone",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.s3fs",
        "fuse.gvfsd-fuse",
        "fuse.smbnetfs",
        "fuse.afpfs",
        "fuse.curlftpfs",
        "fuse.ceph",
        "fuse.mfs",
        "fuse.moosefs",
        "fuse.juicefs",
        "fuse.vmhgfs-fuse",
        "fuse.google-drive-ocamlfuse",
        "fuse.onedriver",
        "fuse.kio-fuse",
    ]
)
_NAMES = (
    (re.compile(r"Dropbox( \(.*\))?"), "Dropbox"),
    (re.compile(r"OneDrive([ -].*)?"), "OneDrive"),
    (re.compile(r"Mobile Documents|iCloud ?Drive(~.*)?"), "iCloud"),
    (re.compile(r"Google ?Drive(-.*)?"), "Google Drive"),
    (re.compile(r"Nextcloud"), "Nextcloud"),
    (re.compile(r"ownCloud"), "ownCloud"),
)
_MARKS = (
    (re.compile(r"\.stfolder( \(.*\))?|\.stversions"), "Syncthing"),
    (re.compile(r"\.dropbox(\.cache)?"), "Dropbox"),
    (re.compile(r"\.nextcloudsync\.log"), "Nextcloud"),
    (re.compile(r"\._?sync_[0-9a-f]+\.db|\.owncloudsync\.log"), "Nextcloud"),
    (re.compile(r"\.849C9593-D756-4E56-8D6E-42412F2A707B"), "OneDrive"),
    (re.compile(r"\.tmp\.drive(up|down)load"), "Google Drive"),
)


class PlaceKind(StrEnum):
    """What is to be minded about a place."""

    NETWORK = "network"
    SYNCHRONISED = "synchronised"


@dataclass(frozen=True, slots=True)
class Place:
    """A place where several machines may write.

    Attributes:
        kind: What is to be minded.
        name: The file system's type, or who synchronises it.
    """

    kind: PlaceKind
    name: str

    @property
    def notice(self) -> str:
        """A line for the user."""
        if self.kind is PlaceKind.NETWORK:
            said = _(
                "This folder is on a network drive ({name}): locks may not hold there; "
                "don't open it on two machines at once"
            )
        else:
            said = _("This folder is synchronised ({name}): let that finish before it is opened on another machine")
        return said.format(name=self.name)


def file_system(mounts: bytes, folder: PurePath) -> str:
    """The type of the file system that a folder is on; empty where the table does not say.

    Args:
        mounts: The mount table, as Linux has it in `/proc/self/mountinfo` (proc(5)).
        folder: An absolute path without links in it.
    """
    path = fsencode(folder)
    best, found = -1, b""
    for line in mounts.splitlines():
        before, dash, after = line.partition(b" - ")
        fields, types = before.split(), after.split()
        if not dash or len(fields) < 5 or not types:
            continue
        point = _ESCAPED.sub(lambda octal: bytes([int(octal[1], 8) & 0xFF]), fields[4]).rstrip(b"/")
        # Of two mounts on one point the later one hides the earlier.
        if len(point) >= best and (path == point or path.startswith(point + b"/")):
            best, found = len(point), types[0]
    return found.decode("ascii", "replace")


def on_network(file_system: str) -> bool:
    """Whether a type of file system is one of those over which other machines write, too."""
    return file_system in _NETWORK


def synchronised_by_name(folder: PurePath) -> str:
    """Who synchronises a folder, as far as the names on its path say; empty where they don't."""
    return next((who for part in folder.parts for name, who in _NAMES if name.fullmatch(part)), "")


def synchronised_by_marks(names: Iterable[str]) -> str:
    """Who synchronises a folder, by what such programs leave in their uppermost one; empty where nobody has."""
    return next((who for name in names if name[:1] == "." for mark, who in _MARKS if mark.fullmatch(name)), "")


def look(folder: Path, home: Path | None = None, mounts: Path = MOUNTS) -> Place | None:
    """The place of a folder, if several machines may write there.

    Network drives are found on Linux only, where there is a table of what is mounted.

    Args:
        folder: The folder.
        home: The user's home: marks in it, or above it, say nothing of what is below. By default the user's own.
        mounts: The mount table.
    """
    folder = folder.resolve()
    try:
        found = file_system(mounts.read_bytes(), folder)
    except OSError:
        found = ""
    if on_network(found):
        return Place(PlaceKind.NETWORK, found)
    who = synchronised_by_name(folder)
    for above in () if who else _up_to(folder, home or Path.home()):
        if who := synchronised_by_marks(_listed(above)):
            break
    return Place(PlaceKind.SYNCHRONISED, who) if who else None


def _up_to(folder: Path, home: Path) -> list[Path]:
    """A folder and those above it, without the home, what is above that, and the root."""
    beyond = {home, *home.parents, Path(folder.anchor)}
    return [path for path in (folder, *folder.parents) if path not in beyond]


def _listed(folder: Path) -> list[str]:
    try:
        with scandir(folder) as entries:
            return [entry.name for entry in islice(entries, _MANY)]
    except OSError:
        return []
