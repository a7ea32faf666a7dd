"""Files are written whole or not at all; each way it can fail has its sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports import safe_file
from giamngheo_desktop.exports.safe_file import file_name, free_name, make_folder, write_bytes
from giamngheo_desktop.texts import error_text
from tests.harness.powerless import let_in

NOBODY = 65534


def left_over(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "Biểu số 1.xlsx"
    write_bytes(file, b"one")
    write_bytes(file, b"two")
    assert file.read_bytes() == b"two"
    assert left_over(tmp_path) == [file.name]
    others_may_read = file.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    assert os.name == "nt" or others_may_read == 0o666 & ~umask


@pytest.mark.skipif(os.name == "nt", reason="no named pipes in folders")
def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "ong"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/stdout"), Path("/dev/null")):
        with pytest.raises(AppError, match="file_is_stream") as caught:
            write_bytes(path, b"one")
        assert str(path) in error_text(caught.value)
    assert left_over(tmp_path) == [pipe.name]


def test_a_leftover_of_a_crash_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / f".giamngheo-{os.getpid()}-0.tmp").write_bytes(b"half")
    write_bytes(tmp_path / "a.pdf", b"whole")
    assert (tmp_path / "a.pdf").read_bytes() == b"whole"


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        write_bytes(tmp_path / "không có" / "a.xlsx", b"")
    assert caught.value.code == "file_folder_missing"
    assert "không có" in error_text(caught.value)
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(AppError) as caught:
        write_bytes(tmp_path / "tệp" / "a.xlsx", b"")
    assert caught.value.code == "file_folder_missing"


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    make_folder(tmp_path / "một" / "hai")
    make_folder(tmp_path / "một" / "hai")
    (tmp_path / "tệp").write_bytes(b"")
    for folder in (tmp_path / "tệp", tmp_path / "tệp" / "hai"):
        with pytest.raises(AppError) as caught:
            make_folder(folder)
        assert caught.value.code == "file_folder_missing"
        assert str(folder) in error_text(caught.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(AppError) as caught:
        write_bytes(tmp_path / "a.xlsx", b"")
    assert caught.value.code == "file_is_folder"
    with pytest.raises(AppError) as caught:
        write_bytes(Path(), b"")
    assert caught.value.params["name"] == "."
    assert error_text(caught.value)


def test_a_name_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AppError) as caught:
        write_bytes(tmp_path / f"{'ộ' * 300}.xlsx", b"")
    assert caught.value.code == "file_bad_name"
    assert left_over(tmp_path) == []


def as_nobody(file: Path) -> str:
    """What a user without rights reads when writing `file`; root may write anywhere."""
    program = (
        "import os, pathlib, sys\n"
        "from giamngheo_desktop.domain.errors import AppError\n"
        "from giamngheo_desktop.exports.safe_file import write_bytes\n"
        "from giamngheo_desktop.texts import error_text\n"
        # Only now: the interpreter itself may lie where that user cannot read.
        f"os.setgroups([]); os.setgid({NOBODY}); os.setuid({NOBODY})\n"
        "try:\n"
        "    write_bytes(pathlib.Path(sys.argv[1]), b'new')\n"
        "except AppError as error:\n"
        "    sys.stdout.buffer.write(f'{error.code}|{error_text(error)}'.encode())\n"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program, str(file)],
        env={**os.environ, "PYTHONPATH": ".", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode()


needs_root = pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root can become a user without rights"
)


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """A folder that other users can reach, writable as on a shared disk."""
    folder = tmp_path / "chung"
    folder.mkdir()
    let_in(tmp_path)
    return folder


@needs_root
def test_a_read_only_folder_is_said(public: Path) -> None:
    public.chmod(0o555)
    code, sentence = as_nobody(public / "a.xlsx").split("|")
    assert code == "file_folder_read_only"
    assert str(public) in sentence


@needs_root
def test_a_target_that_may_not_be_replaced_gets_another_name(public: Path) -> None:
    """A sticky folder refuses the rename as Windows does for a file open in Excel."""
    public.chmod(0o1777)
    target = public / "BC1_2026.xlsx"
    target.write_bytes(b"old")
    (public / "BC1_2026 (2).xlsx").write_bytes(b"other")
    code, sentence = as_nobody(target).split("|")
    assert code == "target_open"
    assert "BC1_2026.xlsx" in sentence
    assert "BC1_2026 (3).xlsx" in sentence
    assert target.read_bytes() == b"old"
    assert left_over(public) == ["BC1_2026 (2).xlsx", "BC1_2026.xlsx"]


def test_a_virus_scanner_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = Path.replace, []

    def held_twice(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) < 3:
            raise PermissionError(errno.EACCES, "held")
        return real(self, target)

    monkeypatch.setattr(safe_file, "_PAUSES", (0, 0, 0))
    monkeypatch.setattr(Path, "replace", held_twice)
    write_bytes(tmp_path / "a.xlsx", b"new")
    assert (tmp_path / "a.xlsx").read_bytes() == b"new"
    assert len(calls) == 3


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "file_disk_full"),
        (errno.EDQUOT, "file_disk_full"),
        (errno.EROFS, "file_folder_read_only"),
        (errno.EIO, "file_not_written"),
    ],
)
def test_a_failing_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"old")

    def fails(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(AppError) as caught:
        write_bytes(file, b"new")
    assert caught.value.code == code
    assert error_text(caught.value)
    assert file.read_bytes() == b"old"
    assert left_over(tmp_path) == ["a.xlsx"]


def test_another_failure_of_the_move_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Path, target: Path) -> Path:
        raise OSError(errno.EINVAL, "bad name")

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(AppError) as caught:
        write_bytes(tmp_path / "a.xlsx", b"new")
    assert caught.value.code == "file_bad_name"
    assert left_over(tmp_path) == []


def test_a_free_name(tmp_path: Path) -> None:
    file = tmp_path / "BC1_2026.xlsx"
    assert free_name(file) == "BC1_2026 (2).xlsx"
    (tmp_path / "BC1_2026 (2).xlsx").write_bytes(b"")
    assert free_name(file) == "BC1_2026 (3).xlsx"


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("BC1", 2026, "Xã Sơn Tây"), "BC1_2026_XaSonTay.xlsx"),
        (("BC1", 2026, "xa\u0303 Đa\u0306k Nông"), "BC1_2026_XaDakNong.xlsx"),
        (("Rà soát", 2025, "Thôn 3", "20251122"), "RaSoat_2025_Thon3_20251122.xlsx"),
        (("Buôn M'Drắk / Ea H'leo",), "BuonMDrakEaHleo.xlsx"),
        (("..", "a\\b:c*?\"<>|"), "ABC.xlsx"),
        (("CON",), "TepCON.xlsx"),
        (("", " – "), "Tep.xlsx"),
    ],
)  # fmt: skip
def test_names_without_marks(parts: tuple[str | int, ...], name: str) -> None:
    assert file_name(*parts, suffix="xlsx") == name


@given(st.lists(st.text(max_size=80), max_size=5))
def test_any_name_is_plain_and_short(parts: list[str]) -> None:
    name = file_name(*parts, suffix="pdf")
    stem, suffix = name.rsplit(".", 1)
    assert stem.replace("_", "").isalnum()
    assert name.isascii()
    assert suffix == "pdf"
    assert len(name) <= 100


@pytest.mark.parametrize("name", ["so-ho.gndb", "so-ho.gndb-wal", "so-ho.gndb.lock"])
def test_a_data_file_is_never_replaced(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    before = b"SQLite format 3\0 and the work of a year"
    path.write_bytes(before)
    with pytest.raises(AppError) as refused:
        write_bytes(path, b"%PDF-1.3")
    assert refused.value.code == "target_is_data"
    assert path.read_bytes() == before
