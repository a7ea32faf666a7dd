"""So với…: how a number came from another day's, as lines; each leads to its names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import label, tool
from giamngheo_desktop.gui.preview import paper
from giamngheo_desktop.gui.preview.report_work import Behind
from giamngheo_desktop.gui.preview.wrapped_list import WrappedList
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports import bridge, make
from giamngheo_desktop.reports.bridge import Bridge, Line, Then
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.services import years
from giamngheo_desktop.storage.engine import Database

_LINE = int(Qt.ItemDataRole.UserRole)
_OTHER_DAY = "day"  # what the choice of a day holds instead of a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The bridge as a paper: its document, and the file to print."""

    doc: ReportDoc
    data: bytes
    sizes: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """What a number was compared with; `refused` says why it has no bridge."""

    years: tuple[int, ...]
    bridge: Bridge | None = None
    refused: str = ""


class BridgePanel(QWidget):
    """`line_chosen(Line or None)`: its names are wanted; `left()`: back to those of the number.

    `print_requested(Sheet)`, `export_requested(ReportDoc)`: to Excel; `names_wanted()`: Enter on a
    line.
    """

    line_chosen = Signal(object)
    names_wanted = Signal()
    left = Signal()
    print_requested = Signal(object)
    export_requested = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bridge_panel")
        opening.name_help(self, "bridge")
        self.desk = desk
        self.bridge: Bridge | None = None
        self._behind: Behind | None = None
        self._asked: Then | None = None  # None: a day that is not typed yet
        self._back = tool("chevron_left", self.tr("Trở lại danh sách tên (Esc)"), "bridge_back")
        self.since = ElidedBox()
        self.since.setObjectName("bridge_since")
        self.since.setAccessibleName(self.tr("So với"))
        self.since.setToolTip(self.tr("So với số của cuối một năm trước, hoặc của một ngày"))
        self.since.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.since.setMinimumContentsLength(8)
        name = self.tr("So với ngày")
        self.day = ParsedField(
            FieldDef(code="bridge_day", kind=FieldKind.DATE, label=name), compact=True
        )
        self.day.edit.setProperty("kind", "")  # a field of its own, no cell of a grid
        self.day.hide()
        self._print = tool("print", self.tr("In bảng giải thích"), "bridge_print")
        self._export = tool("sheet", self.tr("Xuất bảng giải thích ra Excel"), "bridge_xlsx")
        self.equation = label("", "bold", "bridge_equation", wrap=True)
        self.steps = WrappedList("bridge_steps", self.tr("Các bước thay đổi"))
        self.steps.setSpacing(0)
        self._fit()
        theme.changed.connect(self._fit)

        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._back)
        row.addWidget(self.since, 1)
        said = QHBoxLayout()
        said.setSpacing(4)
        said.addWidget(self.equation, 1)
        for part in (self._print, self._export):
            said.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addLayout(row)
        box.addWidget(self.day)
        box.addLayout(said)
        box.addWidget(self.steps, 1)
        box.addStretch()

        self._back.clicked.connect(self.left)
        self.since.currentIndexChanged.connect(self._choose)
        self.day.edit.editingFinished.connect(self._choose_day)
        self.steps.currentRowChanged.connect(self._tell_line)
        self.steps.itemActivated.connect(self.names_wanted)
        self._print.clicked.connect(self._make_sheet)
        self._export.clicked.connect(self._make_doc)

    def compare(self, behind: Behind) -> None:
        """Begin with the end of the year before."""
        self._behind = behind
        last = _last_year(behind)
        self._offer((last,), last)
        self.day.hide()
        self._fill(None, self.tr("Đang so…"))
        self._ask(last)
        self.since.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- internals ------------------------------------------------------------------------------

    def _offer(self, offered: Sequence[int], chosen: object) -> None:
        items = [(year, self.tr("Cuối năm {year}").format(year=year)) for year in offered]
        with QSignalBlocker(self.since):
            self.since.clear()
            for value, text in (*items, (_OTHER_DAY, self.tr("Một ngày…"))):
                self.since.addItem(text, value)
            self.since.setCurrentIndex(max(0, self.since.findData(chosen)))

    def _choose(self) -> None:
        chosen = self.since.currentData()
        self.day.setVisible(chosen == _OTHER_DAY)
        if chosen == _OTHER_DAY:
            self._asked = None
            self._fill(None, self.tr("Gõ ngày cần so rồi bấm Enter."))
            self.day.edit.setFocus()
            self._choose_day()
        elif chosen is not None:
            self._ask(chosen)

    def _choose_day(self) -> None:
        day = self.day.value()
        if isinstance(day, date) and self.since.currentData() == _OTHER_DAY:
            self._ask(day)

    def _ask(self, then: Then) -> None:
        if self._behind is not None:
            self._asked = then
            work = partial(_compared, self.desk.database, self.desk.definitions, self._behind, then)
            show = partial(self._show, self._behind, then)
            self.desk.runner.read(self, work, show, self._failed, latest="bridge")

    def _show(self, behind: Behind, then: Then, found: _Found) -> None:
        if behind is not self._behind or then != self._asked:
            return  # another number was pressed, or another end chosen by now
        self._offer(found.years, _OTHER_DAY if isinstance(then, date) else then)
        self._fill(found.bridge, found.bridge.equation if found.bridge else found.refused)

    def _fill(self, found: Bridge | None, said: str) -> None:
        """The steps, or only what is said in their place."""
        self.bridge = found
        self.equation.setText(said)
        for part in (self._print, self._export, self.steps):
            part.setVisible(found is not None)
        with QSignalBlocker(self.steps):
            self.steps.clear()
            if found is not None:
                self._add_steps(found)
        self._tell_line()

    def _add_steps(self, found: Bridge) -> None:
        self.steps.add_heading(f"{format_integer(found.start)} {found.then}")
        for line in found.lines:
            sign = "−" if line.amount < 0 else "+"
            self.steps.add(f"{sign} {format_integer(abs(line.amount))} {line.text}", line)
        self.steps.add_heading(f"= {format_integer(found.end)} {found.now}")
        self.steps.setCurrentRow(1 if found.lines else -1)

    def _tell_line(self) -> None:
        item = self.steps.currentItem()
        line = item.data(_LINE) if item is not None else None
        self.line_chosen.emit(line if isinstance(line, Line) else None)

    def _make_doc(self) -> None:
        self._make(_doc, self.export_requested.emit)

    def _make_sheet(self) -> None:
        self._make(_sheet, self.print_requested.emit)

    def _make(
        self, work: Callable[[Database, Behind, Bridge], object], done: Callable[..., object]
    ) -> None:
        if self.bridge is not None and self._behind is not None:
            job = partial(work, self.desk.database, self._behind, self.bridge)
            self.desk.runner.read(self, job, done, self._failed)

    def _failed(self, error: BaseException) -> None:
        messages.report(error, self)

    def _fit(self) -> None:
        self.day.setFixedWidth(150 * theme.percent // 100)


def _last_year(behind: Behind) -> int:
    """The newest whose end is before the number's day; an opening is of the end before."""
    source = behind.source
    with suppress(AppError):  # what has no bridge says so when it is asked for
        source = bridge.countable(source)
    return make.scope_of(source).day.year - 1


def _compared(database: Database, definitions: Definitions, behind: Behind, then: Then) -> _Found:
    with database.reader() as connection:
        first = years.first_year(connection)
    last = _last_year(behind)
    # The list the first year began with is the end of the year before.
    offered = tuple(range(last, min(last, (first or last) - 1) - 1, -1))
    try:
        return _Found(offered, bridge.bridge(database, definitions, behind.source, then))
    except AppError as error:
        return _Found(offered, refused=texts.error_text(error))


def _doc(database: Database, behind: Behind, found: Bridge) -> ReportDoc:
    return bridge.paper(
        database, found, code=behind.code, heading=behind.heading, place=behind.place
    )


def _sheet(database: Database, behind: Behind, found: Bridge) -> Sheet:
    doc = _doc(database, behind, found)
    data = make.render(doc, "pdf")
    return Sheet(doc=doc, data=data, sizes=paper.sizes(data))
