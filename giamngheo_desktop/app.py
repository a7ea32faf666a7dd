"""Reads the command line of the program and starts the part it asks for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

TITLE = "Giảm nghèo Desktop"


def entry(argv: Sequence[str] | None = None) -> int:
    """Start the window, or do the one job named; return the exit code (0 done, 1 failed)."""
    options = _parser().parse_args(argv)
    _use_utf8_locale()
    if options.self_check:
        return _self_check()
    if options.headless:
        return _headless(options.out)
    return _open_window()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="giamngheo-desktop", description=TITLE)
    parser.add_argument("--db", type=Path, metavar="FILE", help="tệp dữ liệu cần mở")
    parser.add_argument("--headless", action="store_true", help="làm biểu mẫu, không mở cửa sổ")
    parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="nơi ghi")
    parser.add_argument("--self-check", action="store_true", help="tự kiểm tra bản cài đặt")
    parser.add_argument("--read-workbook", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    return parser


def _use_utf8_locale() -> None:
    """Give Qt the UTF-8 locale it would otherwise switch to with a warning."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    if sys.platform.startswith("linux") and "UTF" not in locale.upper():
        os.environ["LC_ALL"] = "C.UTF-8"


def _open_window() -> int:
    from PySide6.QtWidgets import QApplication

    app = QApplication(sys.argv[:1])
    window = _make_window()
    window.show()
    return app.exec()


def _make_window() -> QMainWindow:
    from PySide6.QtWidgets import QMainWindow

    window = QMainWindow()
    window.setWindowTitle(TITLE)
    window.resize(1366, 768)
    return window


def _headless(out: Path) -> int:
    """Make the pictures of the program without a display; print each file made."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication(sys.argv[:1])
    out.mkdir(parents=True, exist_ok=True)
    window = _make_window()
    picture = out / "man-hinh.png"
    saved = window.grab().save(str(picture))
    print(picture)
    del window, app
    return 0 if saved else 1


def _self_check() -> int:
    """Do everything a fresh install must be able to do, in a temporary folder."""
    import tempfile

    from giamngheo_desktop import paths

    missing = [path for path in (paths.resources(), paths.migrations()) if not path.is_dir()]
    for path in missing:
        print(path, file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        made = _headless(Path(folder))
    return 1 if missing else made
