"""The line icons of the program, drawn in the colours of the theme at any size and scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from giamngheo_desktop import paths
from giamngheo_desktop.gui.theme import theme

SIZE = 18  # pixels of an icon beside text of 100 %


def icon(name: str, role: str = "text") -> QIcon:
    """The icon `name` in the colour that the theme in use has for `role` (a name of `Tokens`)."""
    return QIcon(_Engine(name, role))


def pixmap(name: str, role: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The same as a picture of `size` logical pixels for a screen of this `ratio`."""
    return _drawn(name, getattr(theme.tokens, role), round(size * ratio), ratio)


def names() -> list[str]:
    """Every icon there is."""
    return sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))


class _Engine(QIconEngine):
    """Looks the colour up when it paints, so a change of theme needs no new icons."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role
        _source(name)  # an unknown name fails where it is written

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._role)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        size = min(rect.width(), rect.height())
        drawn = self._pixmap(size, mode, ratio)
        left = rect.x() + (rect.width() - size) // 2
        painter.drawPixmap(left, rect.y() + (rect.height() - size) // 2, drawn)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self._within(size, mode, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        return self._within(size, mode, scale)

    def _within(self, size: QSize, mode: QIcon.Mode, ratio: float) -> QPixmap:
        """The icon at the left of a wider picture: the rest is the gap before a button's text."""
        side = min(size.width(), size.height())
        drawn = self._pixmap(side, mode, ratio)
        if size.width() <= size.height():
            return drawn
        wide = QPixmap(round(size.width() * ratio), round(size.height() * ratio))
        wide.setDevicePixelRatio(ratio)
        wide.fill(Qt.GlobalColor.transparent)
        painter = QPainter(wide)
        painter.drawPixmap(0, 0, drawn)
        painter.end()
        return wide

    def _pixmap(self, size: int, mode: QIcon.Mode, ratio: float) -> QPixmap:
        role = "text_faint" if mode == QIcon.Mode.Disabled else self._role
        return pixmap(self._name, role, size, ratio)


@lru_cache(maxsize=256)
def _source(name: str) -> bytes:
    return (paths.resources() / "icons" / f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, pixels: int, ratio: float) -> QPixmap:
    image = QImage(max(1, pixels), max(1, pixels), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(_source(name).replace(b"currentColor", colour.encode("ascii")))
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn = QPixmap.fromImage(image)
    drawn.setDevicePixelRatio(ratio)
    return drawn
