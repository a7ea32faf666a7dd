"""What the answers give so far under each standard of the review: class, reason, distance."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.gui.household import assessment_words as words
from giamngheo_desktop.gui.household.chip import Chip
from giamngheo_desktop.gui.parts import label, scrolled
from giamngheo_desktop.gui.review import case_words
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.assessment import Assessment
from giamngheo_desktop.services.review.case_entry import CaseSheet

_BESIDE, _BELOW = 300, 150  # pixels at 100 %: how wide at the right, how high below
_BESIDE_FROM = 800  # pixels at 100 % from which there is room at the right
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
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addWidget(label(standard.label, "heading", wrap=True))
        box.addWidget(self.chip)
        for part in (self.points, self.deprived, self.unknown, self.reason, self.changes):
            box.addWidget(part)
        box.addStretch()

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
            part.setVisible(bool(text))

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
        page = QWidget()
        self._row = QHBoxLayout(page)
        self._row.setContentsMargins(0, 12, 12, 12)
        self._row.setSpacing(8)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(scrolled(page, "live_scroll"))

    def place(self, box: QBoxLayout, room: int) -> None:
        """In a box as wide as `room`: at the right of the form, or below where that would be too
        narrow, the standards side by side.
        """
        way, below = QBoxLayout.Direction, room * 100 < _BESIDE_FROM * theme.percent
        box.setDirection(way.TopToBottom if below else way.LeftToRight)
        self._row.setDirection(way.LeftToRight if below else way.TopToBottom)
        self._row.setContentsMargins(20 if below else 0, 4 if below else 12, 12, 12)
        width, height = (n * theme.percent // 100 for n in (_BESIDE, _BELOW))
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
            self._row.addWidget(result, 1)
