"""Printing a paper: Qt's own print dialog, the pages drawn by the same engine as on screen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QMarginsF, QObject, QRectF, QSizeF, Signal
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.jobs import Runner
from giamngheo_desktop.gui.preview.exporting import export_folder
from giamngheo_desktop.gui.preview.paper import Drawn, draw

DOTS = 300  # an inch: enough for office printers, 35 MB a page of A4


def ask_printer(
    parent: QWidget | None, title: str, file: str, pages: int, copies: int = 1
) -> QPrinter | None:
    """The printer, pages and copies the user chose, `copies` offered; None: thought again. `file`
    is the name the paper is saved under.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setCopyCount(copies)
    dialog = QPrintDialog(printer, parent)
    dialog.setObjectName("print_dialog")
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintSelection, on=False)
    dialog.setMinMax(1, pages)
    _offer_file(dialog, file)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def _offer_file(dialog: QPrintDialog, file: str) -> None:
    """Qt's own dialog can print into a file: it goes where papers go."""
    folder = export_folder()
    if not folder.is_dir():
        folder = files.documents()
    for field in dialog.findChildren(QLineEdit, "filename"):
        field.setText(str(folder / file))


class PrintRun(QObject):
    """Prints page after page; drawing happens in jobs, so that the window stays alive.

    `page_sent(done, total)` after each page, `finished()` when the last is with the printer or
    `stop` ended it before.
    """

    page_sent = Signal(int, int)
    finished = Signal()

    def __init__(
        self,
        runner: Runner,
        printer: QPrinter,
        data: bytes,
        sizes: tuple[tuple[float, float], ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._printer, self._data, self._sizes = runner, printer, data, sizes
        first = printer.fromPage() or 1
        last = printer.toPage() or len(sizes)
        copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
        self._pages = list(range(first - 1, min(last, len(sizes)))) * copies
        self._total = len(self._pages)
        self._painter = QPainter()
        self.stopped = False

    @property
    def file(self) -> str:
        """The file that is printed into; "" of a printer of paper."""
        return self._printer.outputFileName()

    def start(self) -> None:
        """Begin; `finished` follows."""
        self._next()

    def stop(self) -> None:
        """Send no more pages; what a printer has taken already it may still print."""
        if self._pages:
            self.stopped = True
            self._pages.clear()

    def _next(self) -> None:
        if not self._pages:
            if self.stopped:
                self._printer.abort()
            self._painter.end()
            self.finished.emit()
            return
        page = self._pages[0]
        self._runner.read(self, partial(draw, self._data, page, DOTS / 72), self._put)

    def _put(self, drawn: Drawn) -> None:
        if self.stopped:
            self._next()
            return
        self._set_page(drawn.page)
        if not self._painter.isActive():
            self._painter.begin(self._printer)
        else:
            self._printer.newPage()
        image = QImage(
            drawn.pixels, drawn.width, drawn.height, drawn.width * 4, QImage.Format.Format_RGB32
        )
        area = QRectF(self._printer.paperRect(QPrinter.Unit.DevicePixel))
        self._painter.drawImage(area, image, QRectF(image.rect()))
        del self._pages[0]
        self.page_sent.emit(self._total - len(self._pages), self._total)
        self._next()

    def _set_page(self, page: int) -> None:
        """The sheet lies as the page does; the paper's own margins are already on it."""
        width, height = self._sizes[page]
        size = QPageSize(QSizeF(min(width, height), max(width, height)), QPageSize.Unit.Point)
        wide = width > height
        layout = QPageLayout(
            size,
            QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
        self._printer.setFullPage(True)
        self._printer.setPageLayout(layout)
