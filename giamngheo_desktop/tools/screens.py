"""Pictures of every page: `python -m giamngheo_desktop.tools.screens OUT/ [--db FILE]`.

Empty and full, light and dark, at the screens that offices have. Each screen is its own process,
because Qt reads its scale once; the pictures measure the screen's true pixels. They are for the
eye and for the user guide, so that it never shows an older program.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of `width` × `height` pixels, shown at `percent` of its size by Windows.

    `letters` is the text size chosen in Cài đặt, in percent.
    """

    width: int
    height: int
    percent: int
    letters: int = 100

    @property
    def name(self) -> str:
        name = f"{self.width}x{self.height}-{self.percent}"
        return name if self.letters == 100 else f"{name}-letters-{self.letters}"


# The last one is the worst: the room inside task bar and title bar, and the largest letters.
SCREENS = (
    Screen(1366, 768, 100),
    Screen(1366, 768, 125),
    Screen(1920, 1080, 150),
    Screen(1366, 681, 125, 150),
)
THEMES = ("light", "dark")


def main(argv: Sequence[str] | None = None) -> int:
    """Make all pictures, or those of one screen and theme; print each one."""
    parser = argparse.ArgumentParser(prog="screens", description="Chụp mọi trang của chương trình")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--db", type=Path, metavar="FILE", help="chụp tệp này thay cho xã mẫu")
    parser.add_argument("--screen", choices=[screen.name for screen in SCREENS])
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--pages", nargs="*", default=[], metavar="PAGE", help="chỉ các trang này")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(argv)
    if options.child:
        return _child(options)
    code = 0
    for screen in SCREENS:
        for theme in THEMES:
            if options.screen in (None, screen.name) and options.theme in (None, theme):
                code = max(code, _in_own_process(options, screen, theme))
    return code


def _in_own_process(options: argparse.Namespace, screen: Screen, theme: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "screen.json"
        config.write_text(json.dumps(_config(screen)), encoding="utf-8")
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={config}",
            "QT_SCALE_FACTOR": str(screen.percent / 100),
            "QT_SCALE_FACTOR_ROUNDING_POLICY": "PassThrough",
            "GIAMNGHEO_DATA": str(Path(folder) / "data"),
        }
        command = [sys.executable, "-m", "giamngheo_desktop.tools.screens", str(options.out)]
        command += ["--child", "--screen", screen.name, "--theme", theme]
        if options.db is not None:
            command += ["--db", str(options.db.resolve())]
        if options.pages:
            command += ["--pages", *options.pages]
        return subprocess.run(command, env=environment, check=False).returncode


def _config(screen: Screen) -> dict[str, object]:
    return {
        "synchronousWindowSystemEvents": True,
        "windowFrameMargins": False,
        "screens": [
            {
                "name": screen.name,
                "x": 0,
                "y": 0,
                "width": screen.width,
                "height": screen.height,
                "logicalDpi": 96,
                "logicalBaseDpi": 96,
                "dpr": 1,
            }
        ],
    }


def _child(options: argparse.Namespace) -> int:
    from PySide6.QtWidgets import QApplication

    from giamngheo_desktop.gui import start_up
    from giamngheo_desktop.gui.theme import theme

    screen = next(screen for screen in SCREENS if screen.name == options.screen)
    app = QApplication(sys.argv[:1])
    start_up.prepare(app)
    theme.apply(app, dark=options.theme == "dark", percent=screen.letters)
    folder = options.out / screen.name / options.theme
    for picture in _all(options, screen, folder):
        print(picture)
    return 0


def _all(options: argparse.Namespace, screen: Screen, folder: Path) -> Iterator[Path]:
    from giamngheo_desktop.cli.machine import machine_context
    from giamngheo_desktop.gui import pictures
    from giamngheo_desktop.tools.scenes import scenes, start_scenes

    context = machine_context()
    with tempfile.TemporaryDirectory() as data:
        for full in (True, False):
            path = _file(Path(data), options.db, full=full)
            session = pictures.open_session(path, context)
            _fill(session.window, screen)
            for name, _ in scenes(session, options.pages):
                title = f"{'full' if full else 'empty'}-{name}.png"
                yield pictures.take(session.window, folder / title, _size(screen))
            pictures.close_session(session, context)
    if not options.pages or "start" in options.pages:
        for name, window in start_scenes(context):
            _fill(window, screen)
            yield pictures.take(window, folder / f"start-{name}.png", _size(screen))


def _size(screen: Screen):  # type: ignore[no-untyped-def]  # Qt is not loaded before the child runs
    from PySide6.QtCore import QSize

    return QSize(screen.width, screen.height)


def _fill(window, screen: Screen) -> None:  # type: ignore[no-untyped-def]
    """The window takes the whole screen, in logical pixels."""
    factor = screen.percent / 100
    window.resize(-(-screen.width // factor), -(-screen.height // factor))
    window.show()


def _file(folder: Path, given: Path | None, *, full: bool) -> Path:
    """The file to show: a copy of the one given, the sample, or a commune without households."""
    from giamngheo_desktop.cli.headless import make_sample_papers
    from giamngheo_desktop.cli.self_check import check_papers

    if full and given is not None:
        copy = folder / given.name
        shutil.copy(given, copy)
        return copy
    with closing(make_sample_papers(folder) if full else check_papers(folder)) as work:
        return next(work)


if __name__ == "__main__":
    sys.exit(main())
