"""Reads the command line of the program and starts the part it asks for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

TITLE = "Giảm nghèo Desktop"


def entry(argv: Sequence[str] | None = None) -> int:
    """Start the window, or do the one job named; return the exit code.

    0 done, 1 failed, 2 asked for something it does not know.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a frozen program without a console has none
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    arguments = sys.argv[1:] if argv is None else argv
    read = _reader(arguments)
    if read is not None:
        return read()
    options = _options(arguments)
    if options is None:
        return 2
    if options.self_check:
        return _self_check()
    if options.headless:
        return _headless(options.out)
    return _open_window(options.db)


def _reader(arguments: Sequence[str]) -> Callable[[], int] | None:
    """What a child that reads a foreign file does. It is asked for so often that it goes before
    the texts and commands, whose loading takes longer than the reading.
    """
    match arguments:
        case ["--read-workbook", file]:
            from giamngheo_desktop.exports.workbook_child import print_rows

            return partial(print_rows, Path(file))
        case ["--read-packages"]:
            from giamngheo_desktop.exports.package_child import main as serve

            return serve
        case ["--read-list", file]:
            from giamngheo_desktop.exports.list_child import print_list

            return partial(print_list, Path(file))
        case ["--read-paper"]:
            from giamngheo_desktop.exports.template_child import print_paper

            return partial(print_paper, sys.stdin.buffer)
        case ["--read-table", file]:
            from giamngheo_desktop.exports.table_child import print_shape

            return partial(print_shape, Path(file))
    return None


def _options(argv: Sequence[str]) -> argparse.Namespace | None:
    """What the command line asks for; None where it can't be read, which is then said."""
    from giamngheo_desktop import texts
    from giamngheo_desktop.domain.errors import AppError

    try:
        return _parser().parse_args(argv)
    except AppError as error:
        print(texts.error_text(error), file=sys.stderr)
        return None


def _parser() -> argparse.ArgumentParser:
    from giamngheo_desktop.cli.arguments import Parser

    parser = Parser(prog="giamngheo-desktop", description=TITLE)
    parser.add_argument("--db", type=Path, metavar="TỆP", help="tệp dữ liệu cần mở")
    parser.add_argument("--headless", action="store_true", help="làm biểu mẫu, không mở cửa sổ")
    parser.add_argument(
        "--out", type=Path, default=Path("out"), metavar="THƯ_MỤC", help="thư mục ghi ra"
    )
    parser.add_argument("--self-check", action="store_true", help="tự kiểm tra bản cài đặt")
    return parser


def _open_window(path: Path | None) -> int:
    from PySide6.QtWidgets import QApplication

    from giamngheo_desktop import paths
    from giamngheo_desktop.cli.machine import machine_context
    from giamngheo_desktop.gui import start_up
    from giamngheo_desktop.gui.program import Program

    start_up.start_log(paths.log_dir())
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)  # the program says when it is done
    start_up.report_bugs()
    start_up.prepare(app)
    program = Program(machine_context())
    program.finished.connect(app.quit)
    program.begin(path)
    return app.exec()


def _headless(out: Path) -> int:
    """Make sample, tables and pictures in `out` without a display; print each file made."""
    from giamngheo_desktop import texts
    from giamngheo_desktop.domain.errors import AppError

    try:
        from giamngheo_desktop.cli.headless import make_sample_papers

        with closing(make_sample_papers(out)) as made:
            database = next(made)
            print(database)
            for path in made:
                print(path)
        for picture in _pictures(database, out):
            print(picture)
    except AppError as error:
        print(texts.error_text(error), file=sys.stderr)
        return 1
    return 0


def _pictures(database: Path, folder: Path, keys: Sequence[str] = ()) -> list[Path]:
    """Pictures of the pages of a file; every page where none is named."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from giamngheo_desktop.cli.machine import machine_context
    from giamngheo_desktop.gui import pictures, start_up

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    start_up.prepare(app)
    context = machine_context()
    session = pictures.open_session(database, context)
    try:
        session.window.resize(pictures.SIZE)
        return list(pictures.take_pages(session, folder, "man-hinh-", keys))
    finally:
        failure = pictures.close_session(session, context)
        if failure is not None:
            raise failure


def _self_check() -> int:
    """Do what a fresh install must be able to do, in a temporary folder; 0 where all went well."""
    import tempfile

    from giamngheo_desktop import paths, texts
    from giamngheo_desktop.domain.errors import AppError

    missing = [path for path in (paths.resources(), paths.migrations()) if not path.is_dir()]
    for path in missing:
        print(path, file=sys.stderr)
    if missing:
        return 1
    from giamngheo_desktop.cli.self_check import FILE, check_papers

    with tempfile.TemporaryDirectory() as folder:
        os.environ["GIAMNGHEO_DATA"] = folder  # nothing of this user is read or written
        try:
            for made in check_papers(Path(folder)):
                print(made.name)
            for picture in _pictures(Path(folder) / FILE, Path(folder)):
                print(picture.name)
        except AppError as error:
            print(texts.error_text(error), file=sys.stderr)
            return 1
    return 0
