"""The card of reports on Tổng quan: which are late, which are due soon."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import ChangeSet
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.report_calendar import State
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.reporting.calendar_section import CalendarSection
from giamngheo_desktop.reports.report_calendar import reminder_line
from giamngheo_desktop.services.reporting.calendar import Reminder, reminders

_SHOWN = 4  # the longest late ones, then those that are due


class ReminderCard(QFrame):
    """`go_requested(page, payload)`: the calendar. Hidden where nothing is due; speaks of today,
    whatever year is worked at.
    """

    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reminder_card")
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._desk = desk
        self._stale = True
        self.found: tuple[Reminder, ...] = ()
        self.lines: list[QLabel] = [
            label("", "", f"reminder_{at}", wrap=True) for at in range(_SHOWN)
        ]
        self.more = label("", "soft", "reminders_more", wrap=True)
        self.open_button = button(self.tr("Mở lịch báo cáo"), "open_calendar", kind="link")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        box.addWidget(label(self.tr("Báo cáo đến hạn"), "heading"))
        for line in (*self.lines, self.more):
            box.addWidget(line)
        box.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        wanted = {"section": "calendar"}
        self.open_button.clicked.connect(partial(self.go_requested.emit, "targets", wanted))
        desk.bus.data_changed.connect(self._data_changed)
        self.hide()

    def load(self) -> None:
        """Read off the GUI thread what is due today."""
        self._stale = False
        desk, today = self._desk, self._desk.context.today()
        place = (desk.database, desk.definitions, desk.unit(today.year), today)
        desk.runner.read(self, partial(reminders, *place), self._show, latest="reminder_card")

    @Slot(object)
    def _data_changed(self, changes: ChangeSet) -> None:
        if changes.touches(*CalendarSection.WATCHES):
            self._stale = True
            around = self.parentWidget()
            if around is not None and around.isVisible():
                self.load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()

    @Slot(object)
    def _show(self, found: tuple[Reminder, ...]) -> None:
        self.found = found
        for line, one in zip(self.lines, found, strict=False):
            line.setText(reminder_line(one))
            line.setProperty("kind", "warning" if one.standing.state is State.LATE else "")
            repolish(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(found))
        over = len(found) - _SHOWN
        said = self.tr("và {count} báo cáo nữa").format(count=format_integer(over))
        self.more.setText(said)
        self.more.setVisible(over > 0)
        self.setVisible(bool(found))
