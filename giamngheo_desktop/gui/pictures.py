"""Pictures of the program's own windows, for the headless job, the guide and the eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui.bus import Bus
from giamngheo_desktop.gui.jobs import InlineRunner
from giamngheo_desktop.gui.program import definitions
from giamngheo_desktop.gui.session import Session
from giamngheo_desktop.gui.start import file_work
from giamngheo_desktop.gui.start.file_work import Ready

SIZE = QSize(1366, 768)


def open_session(path: Path, context: Context) -> Session:
    """The file in its window, everything done at once: when a page is shown it is complete."""
    return session_of(file_work.open_file(path, context, definitions()), context)


def session_of(ready: Ready, context: Context) -> Session:
    bus = Bus()
    return Session(ready, context, definitions(), InlineRunner(bus), bus)


def close_session(session: Session, context: Context) -> AppError | None:
    """Put the file away; why no backup could be made, if so."""
    session.window.hide()
    session.desk.runner.close()
    closed = file_work.close_file(session.ready.opened, context)
    session.window.deleteLater()
    return closed.failure


def take_pages(
    session: Session, folder: Path, prefix: str = "", keys: Sequence[str] = ()
) -> Iterator[Path]:
    """A picture of every page, or of those named."""
    session.window.show()
    for key in keys or session.pages:
        session.go(key)
        yield take(session.window, folder / f"{prefix}{key}.png")


def take(window: QWidget, path: Path, size: QSize | None = None) -> Path:
    """One picture of a window. AppError `file_not_written` where it can't be kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    settle()
    window.grab()  # painting may ask for more (pages of a paper): paint, let it come, paint again
    settle()
    picture = window.grab()
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            _put_over(picture, dialog.grab())
    if size is not None and picture.size() != size:
        picture = picture.scaled(
            size,
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    if not picture.save(str(path)):
        raise AppError("file_not_written", name=path.name, detail=str(path.parent))
    return path


def _put_over(picture: QPixmap, dialog: QPixmap) -> None:
    """A dialog is a window of its own: it is drawn in the middle of the one it belongs to."""
    room = picture.deviceIndependentSize() - dialog.deviceIndependentSize()
    place = QRectF(QPointF(room.width() / 2, room.height() / 2), dialog.deviceIndependentSize())
    painter = QPainter(picture)
    painter.drawPixmap(place.topLeft(), dialog)
    painter.drawRect(place)
    painter.end()


def settle() -> None:
    """Let everything that waits be laid out and painted."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents()
        QGuiApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
