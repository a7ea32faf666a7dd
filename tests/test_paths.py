"""Where data, log, backups and the bundle are looked for."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path

import pytest

from giamngheo_desktop import paths

ROOT = Path(__file__).resolve().parent.parent


def test_a_checkout_uses_its_own_folders_whatever_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "migrations").mkdir()
    monkeypatch.chdir(tmp_path)
    assert paths.resources() == ROOT / "resources"
    assert paths.migrations() == ROOT / "migrations"


def test_a_frozen_program_uses_its_unpacked_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.resources() == tmp_path / "resources"


def test_folders_left_beside_an_installed_package_are_no_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "giamngheo_desktop"
    for name in ("giamngheo_desktop", "resources", "migrations"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.bundle_root() == package / "_bundle"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_the_chosen_data_folder_keeps_its_vietnamese_letters(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / unicodedata.normalize(form, "Dữ liệu xã Sơn Tây")
    monkeypatch.setenv("GIAMNGHEO_DATA", str(chosen))
    assert paths.data_dir() == chosen
    assert paths.log_dir() == chosen / "log"
    backups = paths.backup_dir(paths.data_dir() / "Sơn Tây.db")
    backups.mkdir(parents=True)
    assert [path.name for path in chosen.iterdir()] == ["Sơn Tây.db.sao-luu"]


def test_without_a_choice_data_and_log_stay_in_the_users_own_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GIAMNGHEO_DATA", raising=False)
    if sys.platform.startswith("linux"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        assert paths.data_dir() == tmp_path / "data" / "GiamNgheo"
        assert paths.log_dir().is_relative_to(tmp_path / "state" / "GiamNgheo")
    assert paths.data_dir().is_absolute()
    assert paths.log_dir().is_absolute()


def test_two_database_files_have_two_backup_folders(tmp_path: Path) -> None:
    first, second = tmp_path / "xã.db", tmp_path / "xã.sqlite"
    assert paths.backup_dir(first) != paths.backup_dir(second)
