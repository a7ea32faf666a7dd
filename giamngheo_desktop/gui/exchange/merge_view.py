"""What a file that came back changes: a summary, findings, the differences, back or take."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.gui.exchange.difference_table import DifferenceTable, Kept
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.services.exchange.merge_words import MergeWords

_LINES = 6  # findings that are shown whole; the rest is in the tip


class MergeView(QWidget):
    """`take_requested()` and `left()`: the buttons. `needs_pick`: without a choice there is nothing
    to take.
    """

    take_requested = Signal()
    left = Signal()

    def __init__(self, name: str, sides: Kept, take: str, *, needs_pick: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._needs_pick = needs_pick
        self._may_take = False
        self.summary = label("", "bold", f"{name}_summary", wrap=True)
        self.findings = label("", "warning", f"{name}_findings", wrap=True)
        self.table = DifferenceTable(f"{name}_differences", sides)
        self.back_button = button(self.tr("&Quay lại"), f"{name}_back")
        self.take_button = button(take, f"{name}_take", icon="done", kind="primary")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back_button)
        row.addStretch()
        row.addWidget(self.take_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.summary)
        box.addWidget(self.findings)
        box.addWidget(self.table, 1)
        box.addLayout(row)
        self.setFocusProxy(self.table)
        self.table.picked.connect(self._enable)
        self.back_button.clicked.connect(self.left)
        self.take_button.clicked.connect(self.take_requested)

    def show_report(
        self,
        summary: str,
        findings: Sequence[str],
        found: Sequence[Difference],
        words: MergeWords,
        *,
        may_take: bool,
    ) -> None:
        self.summary.setText(summary)
        shown = list(findings[:_LINES])
        if len(findings) > _LINES:
            shown.append(self.tr("… và {count} chỗ nữa").format(count=len(findings) - _LINES))
        self.findings.setText("\n".join(shown))
        self.findings.setToolTip("\n".join(findings) if len(findings) > _LINES else "")
        self.findings.setVisible(bool(findings))
        self.table.show_differences(found, words)
        self.table.table.say_empty(self.tr("Không có gì khác với sổ."))
        self.allow(may_take=may_take)

    def allow(self, *, may_take: bool) -> None:
        """Whether the file may be taken now."""
        self._may_take = may_take
        self._enable()

    def turn_here(self) -> None:
        """The keyboard comes to the lines, or to the way back where nothing is to be taken."""
        to_lines = self._needs_pick or self.take_button.isEnabled()
        (self.table if to_lines else self.back_button).setFocus()

    def _enable(self) -> None:
        has_choice = not self._needs_pick or bool(self.table.picks)
        self.take_button.setEnabled(self._may_take and has_choice)
