"""The card of the plan's targets on Tổng quan: the first ones as bars, how many are reached."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.target_state import TargetState, Tone, tone
from giamngheo_desktop.gui.charts import Goal, ProgressBars
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.reports.target_numbers import measured_text, promised_text
from giamngheo_desktop.reports.targets import day_text, target_name
from giamngheo_desktop.services.closed_years import shown_day
from giamngheo_desktop.services.targets.tracking import Tracked, Tracking, track
from giamngheo_desktop.storage.engine import Database

_BARS = 4
_TRACKING = "tracking"


class TargetsCard(QFrame):
    """`go_requested(page, payload)`: the target of a bar, or all of them. Hidden where the plan has
    none.
    """

    go_requested = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("targets_card")
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._desk = desk
        self.bars = ProgressBars("plan_targets", self.tr("Chỉ tiêu năm"))
        self.said = label("", "small", "targets_said", wrap=True)
        self.all = button("", "open_tracking", kind="link")
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(8)
        box.addWidget(label(self.tr("Chỉ tiêu năm"), "heading"))
        box.addWidget(self.bars)
        box.addWidget(self.said)
        box.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self.bars.clicked.connect(self._open)
        self.all.clicked.connect(partial(self._open, ""))
        self.hide()

    def load(self, year: int) -> None:
        """Read off the GUI thread how far the plan of a year is."""
        desk = self._desk
        place = (desk.database, desk.definitions, desk.unit(year), year, desk.context.today())
        desk.runner.read(self, partial(_read, *place), self._show, latest="targets_card")

    @Slot(object)
    def _show(self, found: Tracking) -> None:
        numbers = [line for line in found.lines if not line.target.is_qualitative]
        self.bars.set_goals([self._goal(line) for line in numbers[:_BARS]])
        self.bars.setVisible(bool(numbers))
        self.said.setText(day_text(found))
        self.all.setText(self._words(found))
        self.setVisible(bool(found.lines))

    def _goal(self, line: Tracked) -> Goal:
        """As far as it is reached, of all there is to reach."""
        share = line.share
        wanted = line.target.pursued if line.target.pursued is not None else line.target.assigned
        said = self.tr("{value} {unit}, chỉ tiêu {wanted}")
        if line.value is None:
            said = self.tr("chưa có số, chỉ tiêu {wanted} {unit}")
        if line.state is TargetState.NO_NEED:
            said = self.tr("không phát sinh nhu cầu")
        text = said.format(
            value=measured_text(line.value, line.target.indicator.type),
            unit=line.target.unit,
            wanted=promised_text(wanted),
        )
        done = 0 if share is None else max(0, min(100, int(share)))
        if tone(line.state) is Tone.GOOD:
            done = 100
        name = target_name(line.target, self._desk.definitions)
        return Goal(name, done, 100, line.target.key, text)

    def _words(self, found: Tracking) -> str:
        reached = sum(tone(line.state) is Tone.GOOD for line in found.lines)
        late = sum(tone(line.state) in (Tone.WARN, Tone.BAD) for line in found.lines)
        said = self.tr("{count} chỉ tiêu: {reached} đạt")
        if late:
            said = self.tr("{count} chỉ tiêu: {reached} đạt, {late} không đạt hoặc khó đạt")
        return said.format(
            count=format_integer(len(found.lines)),
            reached=format_integer(reached),
            late=format_integer(late),
        )

    def _open(self, key: object, _: bool = False) -> None:
        self.go_requested.emit("targets", {"section": _TRACKING, "key": str(key or "")})


def _read(
    database: Database, definitions: Definitions, unit: UUID, year: int, today: date
) -> Tracking:
    """Runs off the GUI thread."""
    day = shown_day(database, unit, year, today)
    return track(database, definitions, unit, year, day)
