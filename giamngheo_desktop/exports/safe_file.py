"""Writes a file whole or not at all, and names files so that old mail and USB tools keep them."""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.vietnamese import nfc, search_key

_PAUSES = (0.05, 0.15, 0.4)  # seconds; a virus scanner holds a new file no longer
_LONGEST = 100  # letters of a name, so that the whole path stays within Windows' 260
_RESERVED = {"CON", "PRN", "AUX", "NUL"} | {
    f"{port}{n}" for port in ("COM", "LPT") for n in "123456789"
}
_DATA_HEADER = b"SQLite format 3\0"
_DATA_ENDINGS = ("-wal", "-shm", "-journal", ".lock", ".lock.txt")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}  # the last: a limit, or an old stick at 4 GB
_READ_ONLY = {errno.EACCES, errno.EPERM, errno.EROFS}
_STREAMS = {Path("/dev"), Path("/dev/fd"), Path("/proc/self/fd")}  # reading one would wait forever
_BAD_NAME = {errno.ENAMETOOLONG, errno.EINVAL}


def write_bytes(path: Path, data: bytes) -> None:
    """Puts `data` under `path`; whoever opens it sees the old file or the new one, never a half.

    Never replaces a data file, a backup or what belongs to one.

    Raises AppError: target_is_data (name), target_open (name, proposal: a free name beside it),
    file_is_folder, file_is_stream (name: a device or pipe), file_folder_missing,
    file_folder_read_only, file_disk_full (folder), file_bad_name, file_not_written
    (name, detail). The old file is then as it was and no other file is left.
    """
    try:
        if path.is_dir():
            raise AppError("file_is_folder", name=path.name or str(path))
        if (path.exists() and not path.is_file()) or path.absolute().parent in _STREAMS:
            raise AppError("file_is_stream", name=str(path))
        if _is_data(path):
            raise AppError("target_is_data", name=path.name)
        temporary, handle = _open_beside(path)
    except OSError as error:
        raise explained(error, path) from error
    try:
        try:
            _fill(handle, data)
        except OSError as error:
            raise explained(error, path) from error
        _move(temporary, path)
    finally:
        with suppress(OSError):  # held by a virus scanner, or the stick is gone
            temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder for papers, with those above it; raises AppError as `write_bytes` does."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:  # a file has its name
        raise AppError("file_folder_missing", folder=str(folder)) from error
    except OSError as error:
        raise explained(error, folder / folder.name) from error


def _is_data(path: Path) -> bool:
    """Whether the path is a register, a backup, or a file SQLite or the lock keeps beside one."""
    if path.name.endswith(_DATA_ENDINGS):
        return True
    if not path.exists():
        return False
    with path.open("rb") as file:
        return file.read(len(_DATA_HEADER)) == _DATA_HEADER


def free_name(path: Path) -> str:
    """`BC1_2026 (2).xlsx`: the first numbered name that no file in the folder has."""
    names = (f"{path.stem} ({number}){path.suffix}" for number in count(2))
    return next(name for name in names if not path.with_name(name).exists())


def file_name(*parts: str | int, suffix: str) -> str:
    """`("BC1", 2026, "Xã Sơn Tây", suffix="xlsx")` → `BC1_2026_XaSonTay.xlsx`: ASCII, no blanks."""
    stems = (_stem(str(part)) for part in parts)
    name = "_".join(stem for stem in stems if stem)
    if not name or name.upper() in _RESERVED:
        name = f"Tep{name}"
    return f"{name[: _LONGEST - len(suffix) - 1]}.{suffix}"


def _stem(part: str) -> str:
    """Words without marks, each begun with a capital; what is no letter or digit ends a word."""
    plain = "".join(_folded(letter) for letter in nfc(part))
    return "".join(word[:1].upper() + word[1:] for word in plain.split())


def _folded(letter: str) -> str:
    folded = search_key(letter)
    if not folded.isalnum():
        return "" if letter in "'’ʼ" else " "
    return folded.upper() if letter.isupper() else folded


def _open_beside(path: Path) -> tuple[Path, int]:
    """A new file in the same folder, so that the move stays on one disk.

    Opened by number, not by `tempfile`: that makes files only their owner may read.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for number in count():
        temporary = path.with_name(f".giamngheo-{os.getpid()}-{number}.tmp")
        try:
            return temporary, os.open(temporary, flags, 0o666)
        except FileExistsError:
            continue
    raise AssertionError("unreachable")


def _fill(handle: int, data: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _move(temporary: Path, path: Path) -> None:
    for pause in (*_PAUSES, None):
        try:
            temporary.replace(path)
        except PermissionError as error:
            if pause is None:
                raise AppError("target_open", name=path.name, proposal=free_name(path)) from error
            time.sleep(pause)
        except OSError as error:
            raise explained(error, path) from error
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Makes the move itself last through a power cut; Windows has no such call for folders."""
    if os.name == "nt":
        return
    with suppress(OSError):  # network folders refuse this; the file itself is already safe
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def explained(error: OSError, path: Path) -> AppError:
    """What the user is told of an error of writing `path`: the AppErrors of `write_bytes`."""
    folder = str(path.parent)
    if error.errno in _FULL:
        return AppError("file_disk_full", folder=folder)
    if error.errno in _BAD_NAME:
        return AppError("file_bad_name", name=path.name)
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return AppError("file_folder_missing", folder=folder)
    if error.errno in _READ_ONLY:
        return AppError("file_folder_read_only", folder=folder)
    return AppError("file_not_written", name=path.name, detail=error.errno or 0)
