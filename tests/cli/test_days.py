"""A day that doesn't fit a table is refused in one sentence, and no file is made."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.cli.machine import now
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.sample import make_sample, seeded_contexts
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.upgrade import upgrade


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("days") / "sample.gndb"
    database = Database(path)
    upgrade(database)
    definitions = shipped_definitions(paths.resources() / "definitions")
    make_sample(database, seeded_contexts(1, "test"), definitions)
    database.close()
    return path


@pytest.mark.parametrize(
    ("code", "day"), [("BC1", "2025-06-30"), ("THON", "2026-06-30"), ("THON-TH", "2026-06-30")]
)
def test_a_day_that_does_not_fit_the_table_is_refused(
    code: str,
    day: str,
    sample: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "x.json"
    arguments = ["report", code, "--db", str(sample), "--year", "2026", "--as-of", day]
    assert entry([*arguments, "--format", "json", "-o", str(out)]) == 2
    assert not out.exists()
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("command", [("report", "BC1"), ("list", "ho_ngheo"), ("issue", "BC1")])
def test_a_day_to_come_is_refused(
    command: tuple[str, ...], sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "x.xlsx"
    day = max(now().date() + timedelta(days=1), date(2027, 1, 1))  # the sample closed 2026
    arguments = [*command, "--db", str(sample), "--year", str(day.year), "--as-of", str(day)]
    assert entry([*arguments, "-o", str(out)]) == 2
    assert "chưa đến" in capsys.readouterr().err
    assert not out.exists()


def test_the_register_itself_is_no_target(
    sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sample.read_bytes()
    arguments = ["report", "BC1", "--db", str(sample), "--year", "2026", "--format", "pdf"]
    assert entry([*arguments, "-o", str(sample)]) == 2
    assert sample.read_bytes() == before
    assert "tệp dữ liệu" in capsys.readouterr().err
