"""Reads the command line of the program and starts the part it asks for."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

TITLE = "Giảm nghèo Desktop"


def entry(argv: Sequence[str] | None = None) -> int:
    """Start the window, or do the one job named; return the exit code.

    0 done, 1 failed, 2 asked for something it does not know.
    """
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:  # a frozen program without a console has none
            stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    given = sys.argv[1:] if argv is None else argv
    done = _as_child(given)
    if done is not None:
        return done
    options = _options(given)
    if options is None:
        return 2
    if options.self_check:
        return _self_check()
    if options.headless:
        return _headless(options.out)
    return _open_window(options.db)


def _as_child(given: Sequence[str]) -> int | None:
    """What the child that `exports.xlsx_read.own_program` starts ends with; None for a user.

    Asked before anything else is imported: a spoilt file costs a child.
    """
    match given:
        case ["--read-workbook", path]:
            from giamngheo_desktop.exports.workbook_child import print_rows

            return print_rows(Path(path))
        case ["--read-packages"]:
            from giamngheo_desktop.exports.package_child import main as serve

            return serve()
        case ["--read-list", path]:
            from giamngheo_desktop.exports.list_child import print_list

            return print_list(Path(path))
        case ["--read-paper"]:
            from giamngheo_desktop.exports.template_child import print_paper

            return print_paper(sys.stdin.buffer)
        case ["--read-table", path]:
            from giamngheo_desktop.exports.table_child import print_shape

            return print_shape(Path(path))
    return None


def _options(given: Sequence[str]) -> argparse.Namespace | None:
    """What the command line asks for; None where it can't be read, which is then said."""
    from giamngheo_desktop import texts
    from giamngheo_desktop.domain.errors import AppError

    try:
        return _parser().parse_args(given)
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
