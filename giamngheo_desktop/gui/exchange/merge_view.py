"""What a file that came back changes: a summary, findings, the differences, back or take."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.difference_table import DifferenceTable, Kept
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review.drafting import OF_IMPORTS, DraftNote, Typed
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.services.exchange.merge_words import MergeWords

_LINES = 100  # findings that are listed; the report that is kept has all
_SEEN = 3  # lines of them in sight, the others by scrolling: the differences need the room


class MergeView(QWidget):
    """`take_requested()` and `left()`: the buttons. `needs_pick`: without a choice there is nothing
    to take. What is picked waits in the `draft`, which the owner lays out, until it is taken.
    """

    take_requested = Signal()
    left = Signal()

    def __init__(
        self, desk: Desk, name: str, sides: Kept, take: str, *, needs_pick: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self._path, self._sha256 = "", ""  # of the file that is looked at
        self._kept: Typed | None = None  # picks of a file that is not shown
        self._is_begun = False
        self.draft = DraftNote(
            desk,
            self._typed,
            said=self.tr("Đã lấy lại những gì chọn dở lúc {time}; chưa ghi vào sổ."),
            prefix=OF_IMPORTS,
        )
        self._needs_pick = needs_pick
        self._may_take = False
        self.summary = label("", "bold", f"{name}_summary", wrap=True)
        self.findings = label("", "warning", f"{name}_findings", wrap=True)
        self.table = DifferenceTable(f"{name}_differences", sides)
        self.back_button = button(self.tr("&Quay lại"), f"{name}_back")
        self.take_button = button(take, f"{name}_take", icon="done", kind="primary")
        listed = QWidget()
        inside = QVBoxLayout(listed)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.findings)
        self._findings = scrolled(listed, f"{name}_findings_scroll")
        self._findings.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # scrolled by the keyboard too
        self._findings.setAccessibleName(self.tr("Chỗ cần xem"))
        picks = (self.table.ours, self.table.theirs)
        foot = flowing(self.back_button, *picks, end=[self.take_button])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.summary)
        box.addWidget(self._findings)
        box.addWidget(self.table, 1)
        box.addWidget(foot)
        self.setFocusProxy(self.table)
        self.table.picked.connect(self._enable)
        self.table.picked.connect(self.draft.touch)
        self.draft.dropped.connect(self._drop)
        self.back_button.clicked.connect(self.left)
        self.take_button.clicked.connect(self.take_requested)

    def take_up(self, key: str, title: str) -> Path | None:
        """What was picked before and never taken; the file that has to be looked at for it."""
        if not self._is_begun:
            self._is_begun = True
            self._kept = self.draft.begin(key, title)
            if self._kept is not None and self._kept["path"]:
                return Path(str(self._kept["path"]))
        return None

    def put_away(self) -> None:
        """It is left: the picks wait until the same file is looked at again."""
        self.draft.keep()
        self._kept = self._typed()
        self.table.picks = {}
        self.draft.hide()
        self.draft.rest()

    def say_taken(self) -> None:
        """What was picked is in the register."""
        self.table.picks, self._kept = {}, None
        self.draft.forget()

    def show_report(
        self,
        summary: str,
        findings: Sequence[str],
        found: Sequence[Difference],
        words: MergeWords,
        *,
        may_take: bool,
        path: Path | None = None,
        sha256: str = "",
    ) -> None:
        """`path` and `sha256` are those of the file; of none, what the register left open."""
        self._path, self._sha256 = str(path or ""), sha256
        self.summary.setText(summary)
        shown = list(findings[:_LINES])
        if len(findings) > _LINES:
            shown.append(self.tr("… và {count} chỗ nữa").format(count=len(findings) - _LINES))
        self.findings.setText("\n".join(shown))
        self._findings.setVisible(bool(findings))
        self._fit_findings()
        self.table.show_differences(found, words)
        self.table.table.say_empty(self.tr("Không có gì khác với sổ."))
        if self._kept is not None and self._kept["sha256"] == sha256:
            self.table.put(str(self._kept["picks"]))
            self._kept = None
        self.allow(may_take=may_take)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_findings()

    def allow(self, *, may_take: bool) -> None:
        """Whether the file may be taken now."""
        self._may_take = may_take
        self._enable()

    def turn_here(self) -> None:
        """The keyboard comes to the lines, or to the way back where nothing is to be taken."""
        to_lines = self._needs_pick or self.take_button.isEnabled()
        (self.table if to_lines else self.back_button).setFocus()

    def _fit_findings(self) -> None:
        most = _SEEN * self.findings.fontMetrics().lineSpacing()
        self._findings.setFixedHeight(min(most, max(0, self.findings.heightForWidth(self.width()))))

    def _typed(self) -> Typed | None:
        if not self.table.picks:
            return self._kept
        return {"path": self._path, "sha256": self._sha256, "picks": self.table.settled()}

    @Slot()
    def _drop(self) -> None:
        self._kept = None
        self.table.put("[]")

    def _enable(self) -> None:
        has_choice = not self._needs_pick or bool(self.table.picks)
        self.take_button.setEnabled(self._may_take and has_choice)
