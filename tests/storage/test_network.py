"""Paths on other computers are known by name on Windows and by mount on Linux."""

from __future__ import annotations

from pathlib import Path

import pytest

from giamngheo_desktop.storage.network import is_network_mount, is_network_path, is_unc

MOUNTS = r"""/dev/sda1 / ext4 rw 0 0
server:/data /mnt/chung nfs4 rw 0 0
//may/xa /mnt/Sông\040Trà cifs rw 0 0
ha@may:/ /home/ha/xa fuse.sshfs rw 0 0
/dev/sdb1 /mnt/chung/usb vfat rw 0 0
tmpfs /tmp tmpfs rw 0 0
autofs /old autofs rw 0 0
server:/old /old nfs rw 0 0
garbage
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/home/ha/so.db", False),
        ("/mnt/chung/so.db", True),
        ("/mnt/chunglon/so.db", False),
        ("/mnt/chung/usb/so.db", False),
        ("/home/ha/xa/thon/so.db", True),
        ("/tmp/so.db", False),
        ("/old/so.db", True),
        ("/mnt/Sông Trà/so.db", True),
        ("/mnt/Sông/so.db", False),
    ],
)
def test_the_innermost_mount_decides(path: str, network: bool) -> None:
    assert is_network_mount(Path(path), MOUNTS) is network


def test_a_blank_in_the_name_of_a_mount_point() -> None:
    assert is_network_mount(Path("/mnt/Sông B/so.db"), "//may/b /mnt/Sông\\040B cifs rw 0 0\n")


@pytest.mark.parametrize(
    ("text", "unc"),
    [
        (r"\\may-chu\xa\so.db", True),
        ("//may-chu/xa/so.db", True),
        (r"\\?\UNC\may-chu\xa\so.db", True),
        (r"\\?\C:\xa\so.db", False),
        (r"\\.\C:\xa\so.db", False),
        (r"C:\xa\so.db", False),
        ("so.db", False),
    ],
)
def test_unc_names(text: str, unc: bool) -> None:
    assert is_unc(text) is unc


def test_the_temporary_folder_of_this_machine_is_no_network(tmp_path: Path) -> None:
    assert not is_network_path(tmp_path / "so.db")
