"""One target in full: its sentence, who counts out of whom, why it is as it is, its months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.actual import Amount, State
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.targets.month_chart import Month, MonthColumns, Promised
from giamngheo_desktop.reports.target_numbers import measured_text, promised_text
from giamngheo_desktop.reports.targets import (
    fall_text,
    forecast_text,
    reason_text,
    target_sentence,
)
from giamngheo_desktop.services.targets.tracking import Point, Tracked


class TrackedDetail(QFrame):
    """`names_wanted(title, amount)`: the list behind a number; `go_requested(page, payload)`."""

    names_wanted = Signal(str, object)
    go_requested = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("tracked_detail")
        self.setProperty("kind", "card")
        self._desk = desk
        self._line: Tracked | None = None
        self.sentence = label("", "bold", "tracked_sentence", wrap=True)
        self.above = button("", "open_numerator", kind="link")
        self.start_button = button("", "open_opening", kind="link")
        self.below = button("", "open_denominator", kind="link")
        self.unknown = button("", "open_unknown_amount", kind="link")
        self.notes = label("", "soft", "tracked_notes", wrap=True)
        self.doubts = label("", "warning", "tracked_doubts", wrap=True)
        self.type_button = button(self.tr("&Ghi kết quả"), "type_result", icon="edit")
        self.opening_button = button(self.tr("&Mở sổ đầu kỳ"), "type_start", icon="open")
        self.chart = MonthColumns("tracked_months", self.tr("Kết quả từng tháng"))
        self.refusal = Refusal()
        numbers = Flow(16)
        for part in (self.above, self.below, self.start_button, self.unknown):
            numbers.addWidget(part)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(6)
        box.addWidget(self.sentence)
        box.addLayout(numbers)
        box.addWidget(self.notes)
        box.addWidget(self.doubts)
        acts = Flow(8)
        for act in (self.type_button, self.opening_button):
            acts.addWidget(act)
        box.addLayout(acts)
        box.addWidget(self.chart)
        box.addWidget(self.refusal)
        self.above.clicked.connect(partial(self._open, self.above))
        self.below.clicked.connect(partial(self._open, self.below))
        self.start_button.clicked.connect(partial(self._open, self.start_button))
        self.unknown.clicked.connect(partial(self._open, self.unknown))
        self.type_button.clicked.connect(self._type)
        self.opening_button.clicked.connect(self._open_start)
        self.hide()

    def show_target(
        self,
        line: Tracked | None,
        points: Sequence[Point],
        unit_kind: str = "",
        doubts: Sequence[str] = (),
    ) -> None:
        """`doubts`: what is odd in the results that were typed for it."""
        self._line = line
        self.setVisible(line is not None)
        self.refusal.hide()
        if line is None:
            return
        indicator, actual = line.target.indicator, line.actual
        self.sentence.setText(f"{target_sentence(line.target, unit_kind)}.")
        amounts = {} if line.is_typed else self._amounts(line)
        falls = indicator.type is not IndicatorType.RATE and actual.opening is not None
        end = self.tr("Số ngày {day}").format(day=format_date(line.measured_on))
        if line.is_closed:
            end = self.tr("Số cuối năm {year}").format(year=line.measured_on.year)
        self._say(self.above, end if falls else indicator.numerator, amounts.get(self.above))
        whole = self.tr("Tổng số hộ") if indicator.per == "household" else self.tr("Tổng số")
        self._say(self.below, indicator.denominator or whole, amounts.get(self.below))
        self._say(self.start_button, self._start_words(line), amounts.get(self.start_button))
        self._say(self.unknown, self.tr("Chưa rõ"), amounts.get(self.unknown))
        self.notes.setText("\n".join(self._notes(line)))
        self.notes.setVisible(bool(self.notes.text()))
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))
        self.type_button.setVisible(self._may_type(line))
        self.opening_button.setVisible(line.without_start is not None)
        self.show_months(line, points)

    def start(self) -> None:
        """Put the keyboard on the first number that opens its names."""
        for part in self.stops():
            if part.isVisibleTo(self) and part.isEnabled():
                part.setFocus()
                return

    def stops(self) -> list[QWidget]:
        return [
            self.above,
            self.below,
            self.start_button,
            self.unknown,
            self.type_button,
            self.opening_button,
        ]

    def _say(self, part: QPushButton, what: str, amount: Amount | None) -> None:
        """A number with its names is a link; one without is only said."""
        number = amount.number if amount is not None else None
        part.setVisible(number is not None)
        if amount is None or number is None:
            return
        said = self.tr("{what}: {number}")
        part.setText(said.format(what=_capital(what), number=format_integer(number)))
        part.setEnabled(bool(amount.ids))
        part.setToolTip("" if amount.ids else self.tr("Số này không có danh sách tên."))

    def _start_words(self, line: Tracked) -> str:
        """What the old standard counted is no start of the new one."""
        actual, opening = line.actual, line.actual.opening
        if opening is None or opening.standard == actual.standard:
            return self.tr("Số đầu năm")
        said = self.tr("Cuối năm {year} theo {standard}")
        label = self._desk.definitions.standards.get(opening.standard).label
        return said.format(year=opening.day.year, standard=label)

    def _notes(self, line: Tracked) -> Iterator[str]:
        typed, actual = line.typed, line.actual
        if typed is not None and (line.is_typed or line.target.is_qualitative):
            said = self.tr("Ghi tay: {source}, ngày {day}.")
            yield said.format(source=typed.source, day=format_date(typed.measured_on))
        if reason := reason_text(line):
            yield reason
        if line.value is None and actual.low is not None and actual.high is not None:
            said = self.tr("Nằm trong khoảng từ {low} đến {high}.")
            kind = line.target.indicator.type
            low, high = measured_text(actual.low, kind), measured_text(actual.high, kind)
            yield said.format(low=low, high=texts.with_unit(high, line.target.unit))
        if fell := fall_text(line):
            yield fell
        if line.forecast is not None:
            yield f"{_capital(forecast_text(line))}."
        if not line.is_typed:
            yield from (texts.ACTUAL_REMARKS[code] for code in actual.remarks)

    def _may_type(self, line: Tracked) -> bool:
        """Where the program does not count it, or cannot."""
        if self._desk.read_only or line.target.uid is None:
            return False
        counts = line.target.indicator.computed and not line.target.is_qualitative
        return not counts or line.actual.state in (State.TYPED, State.MISSING)

    def show_months(self, line: Tracked, points: Sequence[Point]) -> None:
        """One more of them may have become known."""
        kind = line.target.indicator.type
        months = [
            Month(
                _month(point.day),
                None if point.value is None else float(point.value),
                measured_text(point.value, kind),
            )
            for point in points
        ]
        wanted = line.target.pursued or line.target.assigned
        promised = None
        if wanted is not None:
            said = self.tr("Chỉ tiêu: {value}")
            text = said.format(value=texts.with_unit(promised_text(wanted), line.target.unit))
            promised = Promised(float(wanted), text)
        self.chart.set_months(months, promised)
        self.chart.setVisible(any(month.value is not None for month in months))

    def _open(self, part: QPushButton, _: bool = False) -> None:
        line = self._line
        if line is None:
            return
        amount = self._amounts(line)[part]
        if amount is not None:
            self.names_wanted.emit(part.text(), amount)

    def _amounts(self, line: Tracked) -> dict[QPushButton, Amount | None]:
        actual, opening = line.actual, line.actual.opening
        return {
            self.above: actual.numerator,
            self.below: actual.denominator,
            self.start_button: opening.numerator if opening is not None else None,
            self.unknown: actual.unknown,
        }

    def _type(self) -> None:
        if self._line is not None:
            wanted = {"section": "results", "key": self._line.target.key}
            self.go_requested.emit("targets", wanted)

    def _open_start(self, _: bool = False) -> None:
        """Where the list is made that the year begins with."""
        self.go_requested.emit("settings", "opening")


def _month(day: date) -> str:
    """By its number; the day itself where the month is not over."""
    is_whole = (day + timedelta(1)).day == 1
    return f"T{day.month}" if is_whole else day.strftime("%d/%m")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
