"""Báo cáo: the list of reports, their options, the paper, the names behind its numbers; and the
rooms of other papers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import ChangeSet, Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.issuing.issue_dialogs import Issuer
from giamngheo_desktop.gui.issuing.issue_work import frozen_order
from giamngheo_desktop.gui.issuing.unfinished_note import UNFINISHED, UnfinishedNote
from giamngheo_desktop.gui.list_box import ListBox
from giamngheo_desktop.gui.pages.page import Page
from giamngheo_desktop.gui.pages.report_rooms import ROOMS as ROOMS
from giamngheo_desktop.gui.parts import label, title_row
from giamngheo_desktop.gui.preview.bridge_panel import Sheet
from giamngheo_desktop.gui.preview.exporting import Exporter, report_name
from giamngheo_desktop.gui.preview.movement_dialog import MovementEdit
from giamngheo_desktop.gui.preview.names_panel import NamesPanel, is_tall
from giamngheo_desktop.gui.preview.paper_list import PaperList
from giamngheo_desktop.gui.preview.paper_preview import PaperPreview
from giamngheo_desktop.gui.preview.paper_room import PaperRoom
from giamngheo_desktop.gui.preview.pdf_view import PdfView
from giamngheo_desktop.gui.preview.printing import PrintRun, ask_printer
from giamngheo_desktop.gui.preview.report_options import ReportOptions
from giamngheo_desktop.gui.preview.report_work import (
    Behind,
    Paper,
    View,
    Wish,
    look_behind,
    make_view,
)
from giamngheo_desktop.gui.preview.signer_note import SignerNote
from giamngheo_desktop.gui.preview.table_acts import TableActs
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.preview.zoom_bar import ZoomBar
from giamngheo_desktop.gui.table.empty_state import EmptyState
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.placed import PlacedCell
from giamngheo_desktop.services import table_templates
from giamngheo_desktop.services.issuing import Issued

# Pixels at 100 % from which there is room
_ROOMY = 780  # for the list at the left
_TITLED = 1000  # for a title beside the buttons
_ABOVE_PAPER = 120  # pixels
_MARGINS = 20 + 20 + 3 * 8  # pixels of the first line that no part of it has


class ReportsPage(Page):
    """`open(code)` shows that paper; `{"code", "as_of", "recognised"}` that of a day, chính thức
    unless `recognised` is False; to a room goes what it receives. `open(UNFINISHED)` goes on with
    a Phát hành.
    """

    WATCHES = frozenset(Kind)

    def __init__(self, desk: Desk, year: int, parent: QWidget | None = None) -> None:
        super().__init__(desk, year, parent)
        self._paper: Paper | None = None
        self._written: ReportDoc | None = None
        self._printing: PrintRun | None = None
        self.list = PaperList(desk, ROOMS, self.tr("Các biểu"))
        self.box = ListBox(self.list, "reports_box")
        self.options = ReportOptions()
        self.view = PdfView(desk.runner, "preview", self.tr("Bản in"))
        self.empty = EmptyState()
        self.names = NamesPanel(desk, self)  # floats, so that the paper keeps its size and place
        self.movement = MovementEdit(desk, self)
        self.signer = SignerNote()
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self._rooms: dict[type[PaperRoom], PaperRoom] = {}
        self._awaited: object = None  # a table of the unit that shall be shown
        self._zoom = ZoomBar(self.view)
        self.acts = TableActs(read_only=desk.read_only)
        self.issuer = Issuer(desk, self)
        self.unfinished = UnfinishedNote(desk)
        self._build()
        self.box.fill()
        self._fit()
        theme.changed.connect(self._fit)
        desk.bus.data_changed.connect(self._names_changed)

        print_key = QShortcut(QKeySequence.StandardKey.Print, self)
        print_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        print_key.activated.connect(self.print_paper)
        print_key.activatedAmbiguously.connect(self.print_paper)  # a room has the key too
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)  # free for the fields while no names are shown
        self._escape.activated.connect(self._step_back)
        self.acts.print.clicked.connect(self.print_paper)
        self.acts.issue.clicked.connect(self.issue)
        self.issuer.issued.connect(self._open_issued)
        self.issuer.closed.connect(self.unfinished.look)
        self.acts.pdf.clicked.connect(self.export_pdf)
        self.acts.word.clicked.connect(self.export_word)
        self.acts.excel.clicked.connect(self.export_excel)
        self.list.currentItemChanged.connect(self._report_chosen)
        self.options.changed.connect(self.mark_stale)
        self.view.cell_pressed.connect(self._cell_pressed)
        self.names.closed.connect(self._close_names)
        self.names.width_changed.connect(self._place_names)
        self.unfinished.changed.connect(self._place_names)
        self.names.household_requested.connect(self._go_to_household)
        self.names.movement_requested.connect(self.movement.ask)
        self.names.settings_requested.connect(self._go_to_settings)
        self.names.go_requested.connect(self.go_requested)
        self.signer.settings_requested.connect(self._go_to_settings)
        self.names.bridge.print_requested.connect(self._print)
        self.names.bridge.export_requested.connect(self._export_bridge)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)
        self.written.elsewhere_requested.connect(self._write_elsewhere)
        self.empty.action_chosen.connect(self._go_to_settings)
        self.fault.covered.connect(self._show_none)

    # -- what the window asks -------------------------------------------------------------------

    def load(self) -> None:
        own = partial(table_templates.labels, self.desk.database)
        self.desk.runner.read(self, own, self._list_own, latest="own tables")
        self.unfinished.look()
        kind = self.list.room
        self._enter(kind)
        if kind is not None:
            self.room(kind).show_entry(self.list.code, self.year)
            return
        wish = self._wish()
        today = self.desk.context.today()
        work = partial(
            make_view,
            self.desk.database,
            self.desk.definitions,
            wish,
            self.desk.unit(wish.year),
            today=today,
            unit_today=self.desk.unit(today.year),
        )
        self.fault.read(self.desk.runner, work, self._show, self._failed, latest="paper")

    def open(self, payload: object) -> None:
        if payload == UNFINISHED:
            self.unfinished.open_newest()
            return
        code = payload.get("code") if isinstance(payload, Mapping) else payload
        at = self.list.row_of(code)
        kind = self.list.room_at(at)
        if isinstance(payload, Mapping) and kind is not None:
            self.room(kind).receive(payload)
        elif isinstance(payload, Mapping):
            recognised = payload.get("recognised") is not False
            self.options.show_table(payload.get("as_of"), recognised=recognised)
            self.mark_stale()
        if at >= 0:
            self.list.setCurrentRow(at)
            back = kind is not None and code is payload and self.room(kind).take_back()
            if not back and self.names.isVisibleTo(self):
                self.names.list.setFocus()  # back from the household of a line
        elif code is not None:  # maybe a table of the unit that was just taken
            self._awaited = code
            self.mark_stale()

    def show_year(self, year: int) -> None:
        if self.options.day is not None and self.options.day.year != year:
            self.options.clear_day()  # it belongs to the year that is left
        super().show_year(year)

    def mark_stale(self) -> None:
        """Another paper will be shown: the names are those of the one before."""
        self._close_names()
        super().mark_stale()

    @property
    def paper(self) -> Paper | None:
        """The paper now shown."""
        return self._paper

    def room(self, kind: type[PaperRoom]) -> PaperRoom:
        """The room of a kind; it is built when it is first entered."""
        if kind not in self._rooms:
            found = self._rooms[kind] = kind(self.desk)
            found.go_requested.connect(self.go_requested)
            found.notice_requested.connect(self.notice_requested)
            found.entries_changed.connect(self._fill_list)
            self._right.addWidget(found)
        return self._rooms[kind]

    # -- public slots ---------------------------------------------------------------------------

    @Slot()
    def export_excel(self) -> None:
        self._export("xlsx")

    @Slot()
    def export_pdf(self) -> None:
        self._export("pdf")

    @Slot()
    def export_word(self) -> None:
        self._export("docx")

    @Slot()
    def print_paper(self) -> None:
        room = self._right.currentWidget()
        if isinstance(room, PaperRoom):
            room.print_paper()
            return
        if self._paper is not None:
            self._print(self._paper)

    @Slot()
    def issue(self) -> None:
        """Keep the table shown as issued, once number and day are given."""
        if self._paper is not None:
            title = " ".join(self._paper.doc.title)
            self.issuer.ask((self._paper.doc,), self._paper.wish.asked, title)

    # -- private slots --------------------------------------------------------------------------

    @Slot(object)
    def _names_changed(self, changes: ChangeSet) -> None:
        if changes.touches(Kind.DEFINITION):  # whether a form was checked stands in its line
            self._fill_list()

    @Slot()
    def _report_chosen(self) -> None:
        self.mark_stale()

    @Slot(object)
    def _cell_pressed(self, placed: PlacedCell) -> None:
        if self._paper is None:
            return
        work = partial(look_behind, self.desk.database, self.desk.definitions, self._paper, placed)
        self.desk.runner.read(self, work, partial(self._show_names, self._paper), latest="names")

    @Slot()
    def _close_names(self) -> None:
        if self.names.isVisibleTo(self):
            focus = self.focusWidget()
            focused = focus is not None and self.names.isAncestorOf(focus)
            self.names.setVisible(False)
            self._place_names()
            if focused:
                self.view.setFocus()
        self._escape.setEnabled(False)

    @Slot()
    def _step_back(self) -> None:
        if not self.names.go_back():
            self._close_names()

    @Slot(object)
    def _print(self, sheet: Paper | Sheet) -> None:
        if self._printing is not None:
            return
        name = report_name(sheet.doc, self.options.unit.currentText(), "pdf")
        printer = ask_printer(self, " ".join(sheet.doc.title), name, len(sheet.sizes))
        if printer is None:
            return
        self._printing = PrintRun(self.desk.runner, printer, sheet.data, sheet.sizes, self)
        self._printing.finished.connect(self._printed)
        self._printing.start()

    @Slot(object)
    def _export_bridge(self, doc: ReportDoc) -> None:
        self._write(doc, "xlsx")

    @Slot(object)
    def _go_to_household(self, uid: object) -> None:
        back = ("reports", self.list.code)
        self.go_requested.emit("households", {"household": uid, "back": back})

    @Slot(str)
    def _go_to_settings(self, section: str) -> None:
        self.go_requested.emit("settings", section)

    @Slot(object)
    def _open_issued(self, row: Issued) -> None:
        """What is to be printed and signed."""
        PaperPreview(self.desk, frozen_order(self.desk, row), self).begin()

    @Slot(object)
    def _write_elsewhere(self, path: Path) -> None:
        if self._written is not None:
            self.exporter.write_elsewhere(self._written, path.suffix.lstrip("."), path)

    @Slot()
    def _printed(self) -> None:
        run, self._printing = self._printing, None
        self.written.say_printed(run.file if run is not None else "")

    # -- internals ------------------------------------------------------------------------------

    def _build(self) -> None:
        self._title = label(self.tr("Báo cáo"), "title")
        title = title_row(self._title)
        title.addStretch()
        title.addWidget(self._zoom)
        title.addWidget(self.acts)

        self._tables = right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._sheet = QStackedWidget()
        self.fault = Fault(self._sheet, self.load)
        self._sheet.addWidget(self.view)
        self._sheet.addWidget(self.empty)
        column.addWidget(self.options)
        column.addWidget(self.signer)
        column.addWidget(self._sheet, 1)
        self._head = QWidget()
        title.setContentsMargins(0, 0, 0, 0)
        self._head.setLayout(title)
        self._right = QStackedWidget()
        self._right.addWidget(right)

        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(12)
        self._split.setProperty("kind", "gap")
        self._split.setChildrenCollapsible(False)
        for at, (side, stretch) in enumerate(((self.list, 0), (self._right, 1))):
            self._split.addWidget(side)
            self._split.setStretchFactor(at, stretch)
        self.list.setMinimumWidth(140)
        self.names.setVisible(False)
        self._split.setSizes([200, 1050])

        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        for part in (self._head, self.box, self.unfinished):
            box.addWidget(part)
        box.addWidget(self._split, 1)
        box.addWidget(self.written)
        # By Tab the page is its list: what stood before it would be passed over.
        lead = (self.list, self.box, *self.unfinished.stops())
        stops = (*lead, *self.options.stops(), self.view)
        for one, following in pairwise((*stops, *self.acts.stops(), *self._zoom.stops())):
            QWidget.setTabOrder(one, following)

    def _fit(self) -> None:
        """In a narrow window the list is a drop-down, and the title gives way to the buttons."""
        roomy = self._has(_ROOMY)
        focused = self.list.hasFocus() or self.box.hasFocus()
        titled = self._has(_TITLED)  # else the rail says it
        self._title.setVisible(titled)
        self._head.setVisible(titled or self._right.currentIndex() == 0)
        self.acts.fit(self.width())
        self._zoom.fit(self.width() - self.acts.sizeHint().width() - _MARGINS)
        self.setFocusProxy(self.list if roomy else self.box)
        self.list.setVisible(roomy)
        self.box.setVisible(not roomy)
        if focused:
            self.setFocus()

    def _has(self, room: int) -> bool:
        return self.width() * 100 >= room * theme.percent

    @Slot()
    def _fill_list(self) -> None:
        self.list.fill()
        self.box.fill()

    def _list_own(self, own: tuple[tuple[str, str], ...]) -> None:
        chosen = self.list.code
        if self.list.take_own(own):
            self.box.fill()
        wanted, self._awaited = self._awaited, None
        at = self.list.row_of(wanted)
        if at >= 0:
            self.list.setCurrentRow(at)
        elif self.list.code != chosen:
            self.mark_stale()  # the table that was shown is gone

    def _enter(self, kind: type[PaperRoom] | None) -> None:
        """A room beside the list; None: the tables again."""
        for part in (self._zoom, self.acts):
            part.setVisible(kind is None)
        if kind is None:
            self._right.setCurrentIndex(0)
        else:
            self._right.setCurrentWidget(self.room(kind))
            self.written.hide()
        self._fit()

    def _wish(self) -> Wish:
        return Wish(
            code=self.list.code,
            year=self.year,
            unit=self.options.chosen_unit,
            recognised=self.options.recognised,
            as_of=self.options.day,
            standard=self.options.chosen_standard,
            geography=self.desk.context.today() if self.options.units_of_today else None,
            edition=self.options.chosen_edition if self._is_shown(self.list.code) else None,
        )

    def _is_shown(self, code: str) -> bool:
        """Whether the same table is on screen: of another one the newest edition is shown."""
        shown = self._paper.wish if self._paper else None
        unit = self.options.chosen_unit
        return shown is not None and (shown.code, shown.year, shown.unit) == (code, self.year, unit)

    def _show(self, view: View) -> None:
        paper = view.paper
        self._close_names()
        if self._paper is None or self._paper.data != paper.data:
            self.written.hide()  # it tells of another paper
        self._paper = paper
        self.options.refuse_day(None)
        self.options.offer_status(view.has_status, day=view.has_day)
        self.options.offer_units(view.units, paper.wish.unit)
        self.options.offer_standards(view.choices.standards, paper.wish.standard)
        self.options.offer_geography(
            view.choices.geography, chosen=paper.wish.geography is not None
        )
        self.options.offer_editions(view.editions, paper.wish.edition)
        self._sheet.setCurrentWidget(self.view)
        self.signer.look_at(paper.doc)
        self.view.show_paper(paper.data, paper.sizes, paper.numbers())
        self._enable(True)

    def _failed(self, error: BaseException) -> None:
        assert isinstance(error, AppError)
        self.options.refuse_day(error)
        self._show_none()
        self.empty.say(texts.error_text(error), {"units": self.tr("Mở Cài đặt")}, icon="reports")
        self._sheet.setCurrentWidget(self.empty)

    @Slot()
    def _show_none(self) -> None:
        """No paper is shown that could be printed."""
        self._paper = None
        self._close_names()
        self.written.hide()
        self.view.clear()
        self.signer.look_at(None)
        self._enable(False)

    def _show_names(self, paper: Paper, behind: Behind) -> None:
        if paper is not self._paper or self._stale:
            return  # another one is shown by now, or will be
        wish = paper.wish
        may_move = wish.recognised and wish.edition is None and not self.desk.read_only
        self.names.show_behind(behind, may_move=may_move)
        self.names.setVisible(True)
        self.names.raise_()
        self._escape.setEnabled(True)
        self._place_names()
        if self.view.by_key and self.view.hasFocus():
            self.names.enter()

    @Slot()
    def _place_names(self) -> None:
        """Where the page is low the notes give way to the names, and one to the other."""
        shown, low = self.names.isVisibleTo(self), not is_tall(self.height() - _ABOVE_PAPER)
        self.unfinished.give_way(low and shown)
        self.signer.give_way(low and (shown or not self.unfinished.isHidden()))
        if shown:
            for around in (self, self._tables):
                if (layout := around.layout()) is not None:
                    layout.activate()
            self.names.stand(self, self.view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._place_names()

    def _export(self, form: str) -> None:
        if self._paper is not None:
            self._write(self._paper.doc, form)

    def _write(self, doc: ReportDoc, form: str) -> None:
        self._written = doc
        self.exporter.write(doc, form, self.options.unit.currentText())

    def _enable(self, enabled: bool) -> None:
        self.acts.setEnabled(enabled)
        self._zoom.setEnabled(enabled)
