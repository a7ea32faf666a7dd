"""Writes small files whole or not at all, and says a failing disk or folder as an AppError."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from giamngheo_desktop.domain.errors import AppError

# A file-size limit set by an administrator reads to the user as a full disk.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PROTECTED = {errno.EACCES, errno.EPERM, errno.EROFS}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the OSErrors of work on `path` into AppErrors.

    Codes: disk_full, file_protected, file_not_found, file_failed (detail); each has `path`.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise AppError("disk_full", path=path) from error
        if error.errno in _PROTECTED:
            raise AppError("file_protected", path=path) from error
        if error.errno == errno.ENOENT:
            raise AppError("file_not_found", path=path) from error
        raise AppError("file_failed", path=path, detail=error.errno or 0) from error


@contextmanager
def told_of(path: Path) -> Iterator[None]:
    """AppErrors of work on a temporary file name `path`, which the user knows."""
    try:
        yield
    except AppError as error:
        if "path" not in error.params:
            raise
        raise AppError(error.code, **{**error.params, "path": path}) from error


def write_whole(path: Path, data: bytes) -> None:
    """After this returns `data` survives a power cut; before it, the old file does."""
    temporary = temporary_for(path)
    with explained(path), _removed_after(temporary):
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(path.parent)


def copy_whole(source: Path, target: Path) -> None:
    """A plain copy of bytes; for files that nobody has open."""
    temporary = temporary_for(target)
    with explained(target), _removed_after(temporary):
        shutil.copyfile(source, temporary)
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)


def temporary_for(path: Path) -> Path:
    """Where a file is made before it takes its place; what a kill leaves there is rubbish."""
    return path.with_name(f"{path.name}.tmp")


def make_folder(folder: Path) -> None:
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Let a rename in the folder survive a power cut; Windows has no such call for folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some file systems refuse; the file itself is already safe
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _removed_after(temporary: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with suppress(OSError):  # in the way of nobody; the next write replaces it
            temporary.unlink(missing_ok=True)
