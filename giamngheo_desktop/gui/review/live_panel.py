"""What the answers give so far under each standard of the review: class, reason, distance.

Where the window is low it tells the class and the points, and the rest when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.gui.household import assessment_words as words
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review import case_words
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.review.case_entry import CaseSheet

_BESIDE, _BELOW = 300, 150  # pixels at 100 %: how wide at the right, how high below
_BRIEF = 74  # with class and points only
_BESIDE_FROM = 800  # from which there is room at the right
_MOST = 16777215  # Qt's "as much as there is"


class StandardResult(QFrame):
    """One standard: chip, points, deprived indicators with names, reason, what would change it."""

    def __init__(self, standard: PovertyStandard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        code = standard.code
        self.setProperty("kind", "card")
        self.setObjectName(f"result_{code}")
        self.setAccessibleName(standard.label)
        self.chip = Chip(f"result_class_{code}")
        self.points = label("", "bold", f"result_points_{code}", wrap=True)
        self.deprived = label("", "", f"result_deprived_{code}", wrap=True)
        self.unknown = label("", "small", f"result_unknown_{code}", wrap=True)
        self.reason = label("", "small", f"result_reason_{code}", wrap=True)
        self.changes = label("", "small", f"result_changes_{code}", wrap=True)
        self._rest = (self.deprived, self.unknown, self.reason, self.changes)
        self._brief = False
        self._found = QVBoxLayout()
        self._found.addWidget(self.chip)
        self._found.addWidget(self.points)
        box = self._box = QVBoxLayout(self)
        box.addWidget(label(standard.label, "heading", wrap=True))
        box.addLayout(self._found)
        for part in self._rest:
            box.addWidget(part)
        box.addStretch(1)  # a card is as high as the panel: what it says stands at the top
        self.set_brief(False)

    def set_brief(self, brief: bool) -> None:
        """Only class and points, side by side."""
        self._brief = brief
        way = QBoxLayout.Direction
        self._found.setDirection(way.LeftToRight if brief else way.TopToBottom)
        self._found.setSpacing(8 if brief else 4)
        self._found.setStretch(1, int(brief))  # beside the class the points have the rest
        edge, gap = (2, 0) if brief else (8, 4)
        self._box.setContentsMargins(12, edge, 12, edge)
        self._box.setSpacing(gap)
        self._show_rest()

    def _show_rest(self) -> None:
        for part in self._rest:
            part.setVisible(bool(part.text()) and not self._brief)

    def show_assessment(self, found: Assessment, sheet: CaseSheet) -> None:
        names, score_income = case_words.names(sheet), sheet.answered.score_income
        self.chip.show_chip(*words.class_chip(found))
        points = words.score_text(found)
        if found.standard.has_score_form and score_income is not None:
            b1 = self.tr("Điểm B1: {points}").format(points=format_integer(score_income))
            points = f"{b1} · {points}"
        result = found.classification
        reason = self._missing(found, sheet) if result is None else texts.reason_text(result)
        shown = (
            (self.points, points),
            (self.deprived, "\n".join(words.deprived_lines(found, names))),
            (self.unknown, words.unknown_text(found)),
            (self.reason, reason),
            (self.changes, words.changes_text(found)),
        )
        for part, text in shown:
            part.setText(text)
        self.points.setVisible(bool(points))
        self._show_rest()

    def _missing(self, found: Assessment, sheet: CaseSheet) -> str:
        if found.area_type is None:
            return self.tr("Thôn chưa ghi là nông thôn hay thành thị: ghi ở Cài đặt.")
        if found.standard.has_score_form and sheet.scoring is not None:
            return self.tr("Trả lời các mục của phiếu B1 chưa có điểm để tính phân loại.")
        if found.standard.has_score_form:
            return self.tr("Ghi điểm B1 hoặc thu nhập bình quân để tính phân loại.")
        return self.tr("Ghi thu nhập bình quân để tính phân loại.")


class LivePanel(QWidget):
    """The results of all standards, one below the other or side by side."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("live_panel")
        self.setAccessibleName(self.tr("Kết quả tính đến lúc này"))
        self.results: dict[str, StandardResult] = {}
        self._below = self._low = False
        self.more = button(self.tr("Chi tiết"), "live_more", kind="link")
        self.more.setToolTip(self.tr("Chỉ số thiếu hụt, lý do, còn cách bao nhiêu"))
        self.more.setCheckable(True)
        page = self._page = QWidget()
        self._row = QHBoxLayout(page)
        self._row.setSpacing(8)
        self._row.addWidget(self.more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(page, "live_scroll"))
        self.more.toggled.connect(self._fit)

    def place(self, box: QBoxLayout, room: QSize, *, above: int) -> None:
        """At the right of the form, or below it where that would be too narrow, side by side; with
        what fits one line where `above` and all it says leave the form no half.
        """
        below = room.width() * 100 < _BESIDE_FROM * theme.percent
        way = QBoxLayout.Direction
        box.setDirection(way.TopToBottom if below else way.LeftToRight)
        rest = room.height() - above - _height_below()
        self._below, self._low = below, below and 2 * rest < room.height()
        self._fit()

    def _fit(self) -> None:
        below, way = self._below, QBoxLayout.Direction
        brief = self._low and not self.more.isChecked()
        self._row.setDirection(way.LeftToRight if below else way.TopToBottom)
        above, under = (0, 4) if brief else (4 if below else 12, 12)
        self._row.setContentsMargins(20 if below else 0, above, 12, under)
        self.more.setVisible(self._low)
        for result in self.results.values():
            result.set_brief(brief)
        width = _BESIDE * theme.percent // 100
        height = _BRIEF * theme.percent // 100 if brief else _height_below()
        self.setMinimumSize(0 if below else width, height if below else 0)
        self.setMaximumSize(_MOST if below else width, height if below else _MOST)

    def show_case(self, sheet: CaseSheet) -> None:
        self._set_standards(item.standard for item in sheet.assessments)
        for item in sheet.assessments:
            self.results[item.standard.code].show_assessment(item, sheet)

    def _set_standards(self, standards: Iterable[PovertyStandard]) -> None:
        wanted = {standard.code: standard for standard in standards}
        if list(wanted) == list(self.results):
            return
        for old in self.results.values():
            self._row.removeWidget(old)
            old.setParent(None)
            old.deleteLater()
        self.results = {code: StandardResult(standard) for code, standard in wanted.items()}
        for result in self.results.values():
            self._row.insertWidget(self._row.count() - 1, result, 1)
        self._fit()


def _height_below() -> int:
    """What the results take below the form with all they say."""
    return _BELOW * theme.percent // 100
