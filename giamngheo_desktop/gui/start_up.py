"""What the whole application gets once: log, last resort for bugs, language, look."""

from __future__ import annotations

import gc
import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from giamngheo_desktop.gui import messages, preferences
from giamngheo_desktop.gui.qt_vi import QtVietnamese
from giamngheo_desktop.gui.theme import theme

LOG = "giamngheo.log"
_LARGEST_LOG, _LOGS_KEPT = 1_000_000, 3
# Python switches threads every 5 ms; an export in C code would freeze the window for half a
# second at a time.
_SWITCH_INTERVAL = 0.0005
# As Python comes, it looks through everything in memory several times while a long list is read,
# which takes as long as the reading; few objects of this program wait for that.
_COLLECT_AFTER = (50_000, 20, 50)


def start_log(folder: Path) -> None:
    """Write the log into a file; without one where the folder may not be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / LOG, maxBytes=_LARGEST_LOG, backupCount=_LOGS_KEPT, encoding="utf-8"
        )
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def report_bugs() -> None:
    """Show what nobody caught, with details to copy, instead of ending without a word."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            messages.report(error)

    sys.excepthook = hook


def prepare(app: QApplication) -> None:
    """Vietnamese for Qt's own words, the look this PC remembers, lively threads, long lists."""
    sys.setswitchinterval(_SWITCH_INTERVAL)
    gc.set_threshold(*_COLLECT_AFTER)
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    translator = QtVietnamese(app)
    app.installTranslator(translator)
    app.setApplicationName("GiamNgheo")
    kept = preferences.load()
    theme.apply(app, dark=kept.dark, percent=kept.percent)
