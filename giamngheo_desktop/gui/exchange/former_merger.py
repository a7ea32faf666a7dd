"""When a former commune that the register never knew went into the one here, and by what."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.settings.section import DayField
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.services.exchange.former_units import Merger


class FormerMerger(QWidget):
    """`typed` at every key, `settled` when one of both is left."""

    typed = Signal()
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.day = DayField("merged_on", self.tr("Ngày sáp nhập"))
        self.decision = LineEdit()
        self.decision.setObjectName("merged_by")
        said = self.tr("Căn cứ (số, ngày nghị quyết)")
        self.decision.setAccessibleName(said)
        flow = Flow(8)
        parts = (label(self.tr("Ngày sáp nhập"), "soft"), self.day, label(said, "soft"))
        for part in (*parts, self.decision):
            flow.addWidget(part)
        self.setLayout(flow)
        self._fit()
        theme.changed.connect(self._fit)
        for edit in self._edits().values():
            edit.textEdited.connect(self.typed)
            edit.editingFinished.connect(self.settled)

    def merger(self) -> Merger | None:
        """None while no day is typed."""
        day = self.day.day()
        return Merger(day, clean(self.decision.text())) if day is not None else None

    def texts(self) -> dict[str, str]:
        """As typed; empty ones are left out."""
        found = {name: edit.text() for name, edit in self._edits().items()}
        return {name: text for name, text in found.items() if text}

    def put(self, texts: Mapping[str, str]) -> None:
        for name, edit in self._edits().items():
            edit.setText(texts.get(name, ""))

    def stops(self) -> list[QWidget]:
        return [self.day.input(), self.decision]

    def _edits(self) -> dict[str, QLineEdit]:
        return {"day": self.day.edit, "decision": self.decision}

    def _fit(self) -> None:
        self.decision.setFixedWidth(260 * theme.percent // 100)
