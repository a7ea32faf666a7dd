"""The indicators of one standard: what the data say, who causes it, and the officer's ticks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.indicator_state import MissingField, State
from giamngheo_desktop.domain.indicators import Answer, Combined
from giamngheo_desktop.domain.standard import Certainty, Indicator
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.parts import breakable, button, label
from giamngheo_desktop.gui.theme import theme

_CHIPS = {State.DEPRIVED: "wrong", State.NOT_DEPRIVED: "done", State.UNKNOWN: "open"}
_ROOMY = 705  # pixels at 100 % from which all stands on one line
_NAME = 120  # pixels at 100 % that a name or a reason has at least
_NAMED = 4  # missing fields named in one line

Names = Mapping[UUID, str]  # of the members


class IndicatorRow(QWidget):
    """One indicator. `ticked()`: the answer or its reason was changed by hand."""

    ticked = Signal()
    missing_pressed = Signal(object)

    def __init__(
        self,
        standard: str,
        indicator: Indicator,
        field_label: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.indicator = indicator
        self._field_label = field_label
        self._first_missing: MissingField | None = None
        code = f"{standard}.{indicator.code}"
        self.setObjectName(f"indicator_{code}")
        numbered = self.tr("{order}. {label}")
        self._label = label(
            numbered.format(order=indicator.order, label=indicator.short), wrap=True
        )
        self._label.setToolTip(_threshold(indicator))
        self.chip = Chip(f"state_{code}")
        self.why = label("", "small", f"why_{code}", wrap=True)
        self.fill = button(self.tr("Ghi vào"), f"fill_{code}", kind="link")
        self.answer = Segments(
            (Option(True, self.tr("Thiếu")), Option(False, self.tr("Không"))),
            none=Option(None, self.tr("Theo số liệu")),
        )
        self.answer.setObjectName(f"answer_{code}")
        said = self.tr("Đánh dấu theo phiếu: {label}")
        self.answer.setAccessibleName(said.format(label=indicator.short))
        self.reason = LineEdit()
        self.reason.setObjectName(f"reason_{code}")
        self.reason.setAccessibleName(self.tr("Lý do khác với số liệu"))
        self.reason.setPlaceholderText(self.tr("Lý do khác với số liệu của hộ"))
        self.problem = label("", "error", f"reason_problem_{code}", wrap=True)
        self._told = QWidget()
        told = QHBoxLayout(self._told)
        told.setContentsMargins(0, 0, 0, 0)
        told.setSpacing(4)
        told.addWidget(self.why, 1)
        told.addWidget(self.fill)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self._grid = grid
        self._widths = (0, 0)
        self._is_narrow: bool | None = None
        self._arrange(narrow=False)
        self.answer.chosen.connect(self.ticked)
        self.reason.textEdited.connect(self.ticked)
        self.reason.hide()
        self.problem.hide()
        self.fill.hide()
        self.fill.clicked.connect(self._press_missing)

    def value(self) -> Answer | None:
        """What is ticked; None follows the data."""
        chosen = self.answer.value()
        if chosen is None:
            return None
        return Answer(bool(chosen), clean(self.reason.text()) or None)

    def set_answer(self, answer: Answer | None) -> None:
        self.answer.choose(None if answer is None else answer.deprived)
        self.reason.setText((answer.reason or "") if answer else "")

    def show_state(self, combined: Combined, names: Names) -> None:
        """What counts now, and why."""
        state = combined.state
        self.chip.show_chip(texts.INDICATOR_STATES[state].capitalize(), _CHIPS[state])
        self.why.setText(breakable(self._reason(combined, names)))
        missing = combined.derived.missing
        self._first_missing = missing[0] if missing and combined.answer is None else None
        self.fill.setVisible(self._first_missing is not None)
        owed = combined.problem is not None
        differs = combined.by_hand and combined.derived.state is not State.UNKNOWN
        self.reason.setVisible(owed or differs)
        self.problem.setText(texts.INDICATOR_PROBLEMS[combined.problem] if combined.problem else "")
        self.problem.setVisible(owed)

    def set_widths(self, first: int, second: int) -> None:
        """The rows of a card line up."""
        self._widths = (first, second)
        self._set_columns()

    def minimumSizeHint(self) -> QSize:
        """What it needs on two lines: only so it becomes narrow enough to be broken."""
        parts = (self.answer.sizeHint().width(), self.chip.sizeHint().width())
        least = max(parts) + _NAME * theme.percent // 100
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(narrow=self.width() * 100 < _ROOMY * theme.percent)

    def _arrange(self, *, narrow: bool) -> None:
        """All on one line, or what the data say and the ticks below the indicator."""
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        right = middle | Qt.AlignmentFlag.AlignRight
        below = 1 if narrow else 0
        grid.addWidget(self._label, 0, 0, 1, 1 + 2 * below, middle)
        grid.addWidget(self.chip, 0, 3 if narrow else 1, right if narrow else middle)
        grid.addWidget(self._told, below, 0 if narrow else 2)
        grid.addWidget(self.answer, below, 1 if narrow else 3, 1, 1 + 2 * below, right)
        grid.addWidget(self.reason, 1 + below, 0 if narrow else 2, 1, 4 if narrow else 2)
        grid.addWidget(self.problem, 2 + below, 0 if narrow else 2, 1, 4 if narrow else 2)
        for column, stretch in enumerate((1, 0, 0, 0) if narrow else (30, 0, 44, 0)):
            grid.setColumnStretch(column, stretch)
        self._set_columns()

    def _set_columns(self) -> None:
        for column, width in enumerate((0, 0) if self._is_narrow else self._widths):
            self._grid.setColumnMinimumWidth(column, width)

    def _reason(self, combined: Combined, names: Names) -> str:
        derived = combined.derived
        if combined.by_hand:
            data = self.tr("Theo phiếu; số liệu của hộ: {state}.")
            return data.format(state=texts.INDICATOR_STATES[derived.state])
        lines: list[str] = []
        if derived.members:
            who = ", ".join(names.get(uid, "") or texts.NAMELESS for uid in derived.members)
            lines.append(self.tr("Do: {names}.").format(names=who))
        if derived.note is not None:
            lines.append(texts.INDICATOR_NOTES[derived.note])
        elif derived.missing:
            lines.append(self._missing(derived.missing, names))
        if derived.exact_age is not None:
            state = texts.INDICATOR_STATES[derived.exact_age.state]
            lines.append(self.tr("Tính theo tuổi tròn: {state}.").format(state=state))
        return " ".join(lines)

    def _missing(self, missing: tuple[MissingField, ...], names: Names) -> str:
        of_member = self.tr("{field} ({name})")
        said = [
            of_member.format(
                field=self._field_label(item.field),
                name=names.get(item.member, "") or texts.NAMELESS,
            )
            if item.member
            else self._field_label(item.field)
            for item in missing[:_NAMED]
        ]
        if len(missing) > _NAMED:
            more = self.tr("và {count} ô nữa").format(count=len(missing) - _NAMED)
            said.append(more)
        return self.tr("Chưa ghi: {fields}.").format(fields=", ".join(said))

    def _press_missing(self) -> None:
        self.missing_pressed.emit(self._first_missing)


def _threshold(indicator: Indicator) -> str:
    """The official wording, and whether it still has to be compared with the paper."""
    text = indicator.threshold.value or ""
    if indicator.threshold.certainty is not Certainty.CONFIRMED and text:
        return f"{text}\n({indicator.threshold.note or indicator.threshold.source})"
    return text


def tick_difference(
    now: Mapping[str, Answer | None], stored: Mapping[str, Answer]
) -> dict[str, Answer | None]:
    """What saving would change: {indicator: answer, None to take it back}."""
    return {code: answer for code, answer in now.items() if answer != stored.get(code)}
