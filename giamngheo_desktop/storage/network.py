"""Tells whether a path lies on another computer, where SQLite's WAL cannot keep a file whole."""

from __future__ import annotations

import ctypes
import re
import sys
from pathlib import Path

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "davfs", "glusterfs", "ceph"}
_NETWORK_FUSE = {"sshfs", "davfs2", "rclone", "glusterfs", "smbnetfs", "gvfsd-fuse"}
_REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW
_UNC = re.compile(r"[\\/]{2}(\?[\\/]UNC[\\/])?[^\\/?.]", re.IGNORECASE)


def is_network_path(path: Path) -> bool:
    """UNC names and mapped drives on Windows, mounts of network file systems on Linux."""
    if sys.platform == "win32":
        return is_unc(str(path)) or _is_mapped_drive(path)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    return is_network_mount(path.resolve(), mounts.read_text("utf-8", "surrogateescape"))


def is_unc(text: str) -> bool:
    r"""`\\server\share\…` and `\\?\UNC\server\…`, but not `\\?\C:\…` or `\\.\…`."""
    return _UNC.match(text) is not None


def is_network_mount(path: Path, mounts: str) -> bool:
    """Whether the innermost mount of `/proc/mounts` that holds `path` is one of a network."""
    innermost, kind = Path(), ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1]))
        # Later lines cover earlier ones at the same place.
        if path.is_relative_to(point) and len(point.parts) >= len(innermost.parts):
            innermost, kind = point, fields[2]
    name, _, helper = kind.partition(".")
    return name in _NETWORK or (name.startswith("fuse") and helper in _NETWORK_FUSE)


def _is_mapped_drive(path: Path) -> bool:
    drives = getattr(ctypes, "windll").kernel32  # noqa: B009 - exists on Windows only
    return bool(drives.GetDriveTypeW(f"{path.absolute().drive}\\") == _REMOTE_DRIVE)
