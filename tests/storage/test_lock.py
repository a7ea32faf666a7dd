"""One program writes a file: the second one is told who has it, a killed one leaves no lock."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.storage import lock
from giamngheo_desktop.storage.lock import Holder
from giamngheo_desktop.texts import error_text

HOLDER = Holder(
    user="Lò Thị Hà", computer="MAY-1", since=datetime.fromisoformat("2026-06-01 08:05")
)

OTHER_PROGRAM = """
import sys
from datetime import datetime
from pathlib import Path
from giamngheo_desktop.storage.lock import Holder, take
holder = Holder(user="Văn Hải", computer="MAY-2", since=datetime(2026, 5, 31, 17))
held = take(Path(sys.argv[1]), holder)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Sổ hộ.db"


def other_program(path: Path) -> subprocess.Popen[str]:
    other = subprocess.Popen(
        [sys.executable, "-c", OTHER_PROGRAM, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_the_second_program_is_told_who_has_the_file(path: Path) -> None:
    with other_program(path) as other:
        with pytest.raises(AppError) as refused:
            lock.take(path, HOLDER)
        other.kill()
    assert refused.value.code == "database_in_use"
    sentence = error_text(refused.value)
    assert "Văn Hải, máy MAY-2, từ 17:00 ngày 31/05/2026" in sentence


def test_a_killed_program_leaves_no_lock_but_says_that_it_was_killed(path: Path) -> None:
    with other_program(path) as other:
        other.kill()
    held = lock.take(path, HOLDER)
    assert held.unclean
    assert held.left_by is not None
    assert held.left_by.user == "Văn Hải"
    assert lock.read_holder(path) == HOLDER
    held.release()
    again = lock.take(path, HOLDER)
    assert not again.unclean
    again.release()


def test_a_second_lock_in_the_same_program_is_refused_too(path: Path) -> None:
    held = lock.take(path, HOLDER)
    with pytest.raises(AppError, match="database_in_use"):
        lock.take(path, HOLDER)
    held.release()
    lock.take(path, HOLDER).release()


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b'{"user": 1}', b"\xff\xfe", b"null"])
def test_a_stale_or_damaged_text_is_no_harm(path: Path, text: bytes) -> None:
    lock.text_path(path).write_bytes(text)
    held = lock.take(path, HOLDER)
    assert held.unclean
    assert held.left_by is None
    lock.text_path(path).write_bytes(text)
    with pytest.raises(AppError, match="database_in_use_by_someone"):
        lock.take(path, HOLDER)
    held.release()


def test_release_not_clean_leaves_the_mark(path: Path) -> None:
    lock.take(path, HOLDER).release(clean=False)
    held = lock.take(path, HOLDER)
    assert held.unclean
    held.release()
