"""Of a list that puts rows in no village: the officer says which one they are in."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.services.importing.plan import ImportPlan

_NOWHERE = ("village_unknown", "household_unknown")


class ImportVillage(QWidget):
    """Hidden where every row says it. `chosen(name)`: of the village, "" takes it back."""

    chosen = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._unit = desk.commune
        self.box = ElidedBox()
        self.box.setObjectName("import_village")
        self.box.setAccessibleName(self.tr("Thôn của các dòng không ghi thôn"))
        self.box.setMinimumContentsLength(18)
        self.box.addItem(self.tr("chưa chọn"), "")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(flowing(label(self.box.accessibleName()), self.box))
        self.box.activated.connect(self._choose)
        self.hide()

    def offer_units(self, tree: AreaTree) -> None:
        names = [area.name for area in tree.villages(self._unit)]
        with QSignalBlocker(self.box):
            kept = self.box.currentData()
            while self.box.count() > 1:
                self.box.removeItem(1)
            for name in names:
                self.box.addItem(name, name)
            self._put(kept)

    def show_plan(self, plan: ImportPlan, village: str) -> None:
        """`village` is the one that was said."""
        self._put(village)
        nowhere = (row.finding in _NOWHERE and not row.village_name for row in plan.rows)
        self.setVisible(bool(village) or any(nowhere))

    def _put(self, village: str) -> None:
        if village and self.box.findData(village) < 0:
            self.box.addItem(village, village)  # they are not read yet
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(max(0, self.box.findData(village)))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(str(self.box.currentData()))
