"""Small files are on the disk before they have their name; failing disks become sentences."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import files


def test_the_bytes_are_on_the_disk_before_the_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a power cut can leave an empty file under the good name."""
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(handle: int) -> None:
        done.append("sync")
        sync(handle)

    def noted_replace(self: Path, target: Path) -> Path:
        done.append("replace")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    path = tmp_path / "a.json"
    files.write_whole(path, b"1")
    assert done[:2] == ["sync", "replace"]
    assert done[2:] == ([] if os.name == "nt" else ["sync"])  # then the folder
    done.clear()
    files.copy_whole(path, tmp_path / "b.json")
    assert done[:2] == ["sync", "replace"]


def test_what_was_there_survives_a_failed_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    files.write_whole(path, b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AppError, match="disk_full"):
        files.write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EROFS, "file_protected"),
        (errno.EACCES, "file_protected"),
        (errno.ENOENT, "file_not_found"),
        (errno.EIO, "file_failed"),
    ],
)
def test_each_failure_has_its_code(tmp_path: Path, number: int, code: str) -> None:
    with pytest.raises(AppError) as failure, files.explained(tmp_path):
        raise OSError(number, os.strerror(number))
    assert failure.value.code == code
    assert failure.value.params["path"] == tmp_path
