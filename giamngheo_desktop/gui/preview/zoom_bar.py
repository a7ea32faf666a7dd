"""Zoom, page and search of the paper on screen."""

from __future__ import annotations

from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from giamngheo_desktop.gui.parts import button, label, tool
from giamngheo_desktop.gui.preview.find_bar import FindBar
from giamngheo_desktop.gui.preview.pdf_view import FIT_PAGE, FIT_WIDTH, PdfView
from giamngheo_desktop.gui.shortcuts import keys_of

_STEPS = (50, 75, 100, 125, 150, 200)  # percent


class ZoomBar(QWidget):
    """Smaller, larger, a menu of sizes, "trang 1/2", and Ctrl+F."""

    def __init__(self, view: PdfView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zoom_bar")
        self._view = view
        self._room: int | None = None  # pixels
        self._page = label("", "soft", "page_count")
        self._out = tool("remove", self.tr("Thu nhỏ (Ctrl+lăn chuột)"), "zoom_out")
        self._factor = button("", "zoom", kind="quiet")
        self._factor.setToolTip(self.tr("Chọn cỡ xem"))
        self._in = tool("add", self.tr("Phóng to (Ctrl+lăn chuột)"), "zoom_in")
        self.find_bar = FindBar(view)
        self._find = tool("search", self.tr("Tìm trong trang in (Ctrl+F)"), "find_in_paper")
        key = QShortcut(QKeySequence(keys_of("find")), self)
        key.activated.connect(self.find_bar.open)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self._page, self._find, self._out, self._factor, self._in):
            row.addWidget(part)
        self._find.clicked.connect(self.find_bar.open)
        self._factor.clicked.connect(self._open_menu)
        self._out.clicked.connect(self._smaller)
        self._in.clicked.connect(self._larger)
        view.place_changed.connect(self._show)
        self._show()

    def fit(self, room: int) -> None:
        """Tell the number of the page as long as fits into so many pixels, or not at all."""
        self._room = room
        self._show()

    def stops(self) -> list[QWidget]:
        """What Tab visits here."""
        return [self._find, self._out, self._factor, self._in]

    def menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Vừa chiều ngang")).setData(FIT_WIDTH)
        menu.addAction(self.tr("Cả trang")).setData(FIT_PAGE)
        menu.addSeparator()
        zoom = self._view.zoom
        present = [] if isinstance(zoom, str) else [round(zoom * 100)]
        for percent in sorted({*_STEPS, *present}):
            menu.addAction(f"{percent} %").setData(percent / 100)
        chosen = zoom if isinstance(zoom, str) else round(zoom * 100) / 100
        one = QActionGroup(menu)
        for action in menu.actions():
            if not action.isSeparator():
                action.triggered.connect(self._choose)
                action.setCheckable(True)
                action.setChecked(action.data() == chosen)
                one.addAction(action)
        return menu

    def _choose(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._view.set_zoom(action.data())

    def _open_menu(self) -> None:
        menu = self.menu()
        menu.popup(self._factor.mapToGlobal(self._factor.rect().bottomLeft()))

    def _smaller(self) -> None:
        self._view.set_zoom(self._view.factor / 1.25)

    def _larger(self) -> None:
        self._view.set_zoom(self._view.factor * 1.25)

    def _show(self) -> None:
        self._factor.setText(f"{round(self._view.factor * 100)} %")
        self._page.show()
        pages, page = self._view.pages, self._view.page + 1
        long, short = self.tr("Trang {page}/{pages}"), self.tr("{page}/{pages}")
        for text in (long, short):
            self._page.setText(text.format(page=page, pages=pages) if pages else "")
            if self._room is None or self.sizeHint().width() <= self._room:
                return
        self._page.hide()
