"""Papers as they will be printed: made with progress, shown, printed, written, issued; or why
not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError, Cancelled
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.issuing.issue_dialogs import Issuer
from giamngheo_desktop.gui.issuing.issue_work import frozen_order
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import Exporter, Renders
from giamngheo_desktop.gui.preview.paper_work import Bundle, Order, Pulse, signed_copies
from giamngheo_desktop.gui.preview.pdf_view import PdfView
from giamngheo_desktop.gui.preview.printing import PrintRun, ask_printer
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.preview.zoom_bar import ZoomBar
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.asked import Asked
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.placed import PlacedCell
from giamngheo_desktop.services.issuing import Issued

_ROOMY = 820  # pixels at 100 % from which all acts stand beside the zoom with their icons
_GAP = 8  # pixels between two acts
_FORMS, _BLANK, _REVIEW = "forms", "blank", "review"  # ways out of a refusal


class PaperSheet(QWidget):
    """`stopped()`: the papers were no longer wanted while they were made; `go_requested(page,
    payload)` leads to what they lack. `shown(bundle)`: they are made; `household_pressed(uid)`: the
    line of a household.
    """

    stopped = Signal()
    shown = Signal(object)
    refused = Signal(object)
    household_pressed = Signal(object)
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._order: Order | None = None
        self._bundle: Bundle | None = None
        self._again = False
        self._offered = True
        self._stop = Event()
        self._print: PrintRun | None = None
        self._written: Renders = ()
        self.title = label("", "heading", "paper_title", wrap=True)
        self._warning = label("", "warning", "paper_warning", wrap=True)
        self._why_not = label("", "soft", "why_not_issued", wrap=True)
        self._warning.hide()
        self._why_not.hide()
        self.view = PdfView(desk.runner, "paper_view", self.tr("Bản in"))
        self.empty = EmptyState()
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self.zoom = ZoomBar(self.view)
        self._is_roomy = True
        self.print_button = button(self.tr("&In…"), "print_paper", icon="print", kind="primary")
        self.pdf_button = button(self.tr("Xuất &PDF"), "save_pdf", icon="file")
        self.word_button = button(self.tr("&Word"), "save_docx", icon="file")
        self.excel_button = button(self.tr("&Excel"), "save_xlsx", icon="sheet")
        self.issue_button = button(self.tr("Phát &hành…"), "issue_paper", icon="done")
        self.issuer = Issuer(desk, self)
        self.progress = QProgressBar()
        self.progress.setObjectName("paper_progress")
        self.progress_text = label("", "soft", "paper_progress_text")
        self.stop_button = button(self.tr("&Dừng"), "stop_paper", icon="close")
        self._build()
        opening.name_help(self, "printing")
        key = QShortcut(QKeySequence(QKeySequence.StandardKey.Print), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.print_paper)
        key.activatedAmbiguously.connect(self.print_paper)  # the page around has the key too
        self.print_button.clicked.connect(self.print_paper)
        self.pdf_button.clicked.connect(partial(self.save, "pdf"))
        self.word_button.clicked.connect(partial(self.save, "docx"))
        self.excel_button.clicked.connect(partial(self.save, "xlsx"))
        self.issue_button.clicked.connect(self.issue)
        self.issuer.issued.connect(self._issued)
        self.stop_button.clicked.connect(self._stop_pressed)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)
        self.exporter.several_written.connect(self.written.say_several)
        self.exporter.written.connect(self._enter)
        self.exporter.written_beside.connect(self._enter)
        self.written.elsewhere_requested.connect(self._write_elsewhere)
        self.empty.action_chosen.connect(self._way_out)
        self.view.cell_pressed.connect(self._cell_pressed)
        self._turn_to(self.view)
        self._show_busy("")

    @property
    def bundle(self) -> Bundle | None:
        """The papers now shown."""
        return self._bundle

    def put_below_title(self, part: QWidget) -> None:
        """What is to be known before the paper is used."""
        self._box.insertWidget(1, part)

    def offer_acts(self, offered: bool) -> None:
        """Whether the paper may leave the program: not before it is issued."""
        self._offered = offered
        for part in self._acts[:-1]:
            part.setVisible(offered)
        self._fit_zoom()

    @property
    def is_printing(self) -> bool:
        return self._print is not None

    # -- acts -----------------------------------------------------------------------------------

    def show_order(self, order: Order, *, again: bool = False) -> None:
        """Make these papers off this thread, and show them; `again`: those shown until then stay
        in sight, and so does the place in them.
        """
        self.stop()
        self._order, self._bundle = order, None
        self._again = again
        self._stop = Event()
        self.title.setText(order.title)
        self._warning.setText(order.warning)
        self._warning.setVisible(bool(order.warning))
        if not again:
            self.view.clear()
        self.written.hide()
        self._why_not.hide()
        self.issue_button.setVisible(order.asked is not None and not self.desk.read_only)
        self._fit_zoom()
        self._turn_to(self.view)
        self._show_busy(self.tr("Đang lập giấy…"))
        pulse = Pulse(self._stop, self.desk.runner.channel(self, self._tell))
        work = partial(order.job, pulse)
        self.desk.runner.read(self, work, self._show, self._failed, latest="papers")

    def clear(self, text: str) -> None:
        """No paper yet; the sentence says what to do."""
        self.stop()
        self._order = self._bundle = None
        self.title.setText("")
        self._warning.hide()
        self.view.clear()
        self.issue_button.hide()
        self.empty.say(text, icon="print")
        self._turn_to(self.empty)
        self._show_busy("")

    @Slot()
    def stop(self) -> None:
        """Make no more papers, send no more pages."""
        self._stop.set()
        if self._print is not None:
            self._print.stop()

    @Slot()
    def _stop_pressed(self) -> None:
        """A worker that reads comes to its end a moment later; the user need not wait for it."""
        is_made = self._print is None
        self.stop()
        if is_made:
            self._failed(Cancelled())

    @Slot()
    def print_paper(self) -> None:
        found, order = self._bundle, self._order
        if found is None or order is None or self._print is not None or not self._offered:
            return
        copies = signed_copies(self.desk, found.docs)
        name = file_name(*order.name, suffix="pdf")
        printer = ask_printer(self, order.title, name, len(found.sizes), copies)
        if printer is None:
            return
        run = PrintRun(self.desk.runner, printer, found.data, found.sizes, self)
        self._print = run
        run.page_sent.connect(self._page_sent)
        run.finished.connect(self._printed)
        self.written.hide()
        self._show_busy(self.tr("Đang gửi sang máy in…"))
        run.start()

    def save(self, form: str, _checked: bool = False) -> None:
        """Write the papers into the folder for papers: one PDF, or a file for each paper."""
        found, order = self._bundle, self._order
        if found is None or order is None:
            return
        if form == "pdf":
            data = found.data
            self._written = [lambda: data]
        elif form == "xlsx" and found.workbook is not None:
            self._written = [found.workbook]
        elif found.together:
            self._written = [partial(render_all, found.docs, form)]
        else:
            self._written = [partial(make.render, doc, form) for doc in found.docs]
        self.exporter.write_files(self._written, file_name(*order.name, suffix=form))

    def may_issue(self, asked: Asked | None, why_not: str = "") -> None:
        """What is shown was asked for like this, which is known only now that it is made.

        Where it cannot be issued and `why_not` says what to do, that stands below the buttons.
        """
        if self._order is not None:
            self._order = replace(self._order, asked=asked)
            is_shown = asked is not None or bool(why_not)
            self.issue_button.setVisible(is_shown and not self.desk.read_only)
            self.issue_button.setToolTip(why_not)
            self._why_not.setText(why_not)
            self._why_not.setVisible(bool(why_not) and not self.desk.read_only)
            self.issue_button.setEnabled(asked is not None and self._has_docs)
            self._fit_zoom()

    @property
    def _has_docs(self) -> bool:
        return self._bundle is not None and bool(self._bundle.docs)

    @Slot()
    def issue(self) -> None:
        """Keep the paper shown as issued, once number and day are given."""
        found, order = self._bundle, self._order
        if found is not None and order is not None and order.asked is not None:
            self.issuer.ask(found.docs, order.asked, order.title)

    @Slot(object)
    def _issued(self, row: Issued) -> None:
        """From now on what is printed here is the one that was kept."""
        self.show_order(frozen_order(self.desk, row))

    @Slot(object)
    @Slot(object, str)
    def _enter(self, path: Path, _held: str = "") -> None:
        """A sheet that goes to a village head stands in the book."""
        found = self._bundle
        if found is not None and found.enter is not None and [*self._written] == [found.workbook]:
            work = partial(found.enter, path.name)
            self.desk.runner.write(self, work, lambda _done: None)

    @Slot(object)
    def _write_elsewhere(self, path: Path) -> None:
        self.exporter.write_files_elsewhere(self._written, path)

    # -- what came of it ------------------------------------------------------------------------

    def _show(self, found: Bundle) -> None:
        if self._stop.is_set():
            return  # it was just done when it was no longer wanted
        self._bundle = found
        self._show_busy("")
        self.view.show_paper(found.data, found.sizes, tuple(found.homes))
        if not self._again:
            self.view.go_to_page(0)
        focus = QApplication.focusWidget()
        if focus is None or self.isAncestorOf(focus):  # else the user goes on in a list beside
            self.view.setFocus()
        self.shown.emit(found)

    @Slot(object)
    def _cell_pressed(self, placed: PlacedCell) -> None:
        if self._bundle is not None:
            self.household_pressed.emit(self._bundle.homes[placed])

    def _failed(self, error: BaseException) -> None:
        self.view.clear()  # of the paper before
        self._show_busy("")
        if isinstance(error, Cancelled):
            self.empty.say(self.tr("Đã dừng, chưa lập giấy nào."), icon="print")
            self.stopped.emit()
        elif isinstance(error, AppError) and error.code in texts.ERRORS:
            self.refused.emit(error)
            self.empty.say(texts.error_text(error), self._ways_out(error), icon="warning")
        else:
            self.empty.say(self.tr("Chưa lập được giấy này."), icon="warning")
            messages.report(error, self)
        self._turn_to(self.empty)

    def _ways_out(self, error: AppError) -> dict[str, str]:
        order = self._order
        if error.code == "no_review_list":
            return {_REVIEW: self.tr("Mở kỳ rà soát")}
        if order is None or error.code != "paper_unsettled":
            return {}
        ways = {}
        if order.review is not None:
            ways[_FORMS] = self.tr("Đến bước Thu thập")
        if order.blank is not None:
            ways[_BLANK] = self.tr("In mẫu trắng")
        return ways

    @Slot(str)
    def _way_out(self, code: str) -> None:
        order = self._order
        if order is None:
            return
        if code == _REVIEW:
            self.go_requested.emit("review", None)
        elif code == _FORMS:
            place = {"review": order.review, "village": order.village, "step": "collect"}
            self.go_requested.emit("review", place)
        elif order.blank is not None:
            self.show_order(replace(order, job=order.blank, blank=None, asked=None, warning=""))

    def _tell(self, at: tuple[int, int]) -> None:
        done, total = at
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        if total > 1:
            said = self.tr("Đang lập giấy: xong {done}/{total}")
            self._say_progress(said, done, total)

    @Slot(int, int)
    def _page_sent(self, done: int, total: int) -> None:
        self.progress.setRange(0, total)
        self.progress.setValue(done)
        self._say_progress(self.tr("Đã gửi sang máy in {done}/{total} trang"), done, total)

    def _say_progress(self, said: str, done: int, total: int) -> None:
        self.progress_text.setText(
            said.format(done=format_integer(done), total=format_integer(total))
        )

    @Slot()
    def _printed(self) -> None:
        run, self._print = self._print, None
        self._show_busy("")
        if run is not None and not run.stopped:
            self.written.say_printed(run.file)

    # -- layout ---------------------------------------------------------------------------------

    def _build(self) -> None:
        self._line = QWidget()
        line = Flow(_GAP)
        self._line.setLayout(line)
        self._acts = (
            self.print_button,
            self.pdf_button,
            self.word_button,
            self.excel_button,
            self.issue_button,
        )
        for part in self._acts:
            line.addWidget(part)
        line.add_at_end(self.zoom)
        self._busy = QWidget()
        busy = QHBoxLayout(self._busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.setSpacing(8)
        busy.addWidget(self.progress_text)
        busy.addWidget(self.progress, 1)
        busy.addWidget(self.stop_button)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        self._box = box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.title)
        box.addWidget(self._warning)
        box.addWidget(self._line)
        box.addWidget(self._why_not)
        box.addWidget(self._busy)
        box.addWidget(self._stack, 1)
        box.addWidget(self.written)
        # By Tab the sheet is its pages: what stood before them would be passed over.
        for one, following in pairwise((self.view, *self._acts, *self.zoom.stops())):
            QWidget.setTabOrder(one, following)

    def _turn_to(self, part: QWidget) -> None:
        """Keys go to the pages while they are shown: Tab would stay before what is hidden.

        Not by the signal of the stack: it comes once more while the stack is taken apart.
        """
        self._stack.setCurrentWidget(part)
        self.setFocusProxy(self.view if part is self.view else None)  # type: ignore[arg-type]  # wrong stubs

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() * 100 >= _ROOMY * theme.percent
        if roomy != self._is_roomy:
            self._is_roomy = roomy
            self.pdf_button.setText(self.tr("Xuất &PDF") if roomy else self.tr("&PDF"))
            for act in self._acts:
                act.offer_icon(roomy)
        self._fit_zoom()

    def _fit_zoom(self) -> None:
        """On the line of the acts, if need be without the number of the page; else below it."""
        acts = [act for act in self._acts if not act.isHidden()]
        room = self.width() - sum(act.sizeHint().width() + _GAP for act in acts)
        self.zoom.fit(room)
        if self.zoom.sizeHint().width() > room:
            self.zoom.fit(self.width())

    def foot_of_acts(self) -> int:
        """Where the paper begins, in pixels from the top, were nothing said above it."""
        for layout in (self.layout(), self._line.layout()):
            if layout is not None:
                layout.activate()
        return self._line.geometry().bottom() + 1

    def _show_busy(self, text: str) -> None:
        """An empty text: nothing is under way."""
        self._busy.setVisible(bool(text))
        self.progress_text.setText(text)
        self.progress.setRange(0, 0)
        free, found = not text, self._bundle
        for part in (self.print_button, self.pdf_button):
            part.setEnabled(free and found is not None)
        asked = self._order is not None and self._order.asked is not None
        self.issue_button.setEnabled(free and self._has_docs and asked)
        written = found is not None and bool(found.docs)
        laid_out = found is not None and found.workbook is not None
        only = self.tr("Giấy này chỉ in hoặc lưu PDF.")
        if found is not None and found.of_villages:
            only = self.tr("Excel chỉ có khi chọn một thôn; bộ của mọi thôn thì in hoặc lưu PDF.")
        if laid_out:
            only = self.tr("Bảng này chỉ ghi Excel theo đúng mẫu, in hoặc lưu PDF.")
        for part, offered in (
            (self.word_button, written),
            (self.excel_button, written or laid_out),
        ):
            part.setEnabled(free and offered)
            part.setToolTip("" if offered or found is None else only)
        self.zoom.setEnabled(found is not None)
