"""The villages of the unit, each with a tick: the space key sets it."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.gui.theme import theme

_UID = int(Qt.ItemDataRole.UserRole)
_ROWS = 5  # seen without scrolling


class VillageTicks(QListWidget):
    """`itemChanged` tells of a tick."""

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        self._fit()
        theme.changed.connect(self._fit)

    def fill(self, tree: AreaTree, unit: UUID) -> None:
        """These villages; ticks of villages that are still there stay."""
        ticked = set(self.ticked())
        with QSignalBlocker(self):
            self.clear()
            for area in tree.villages(unit):
                item = QListWidgetItem(area.name, self)
                item.setData(_UID, area.uid)
                item.setCheckState(_state(ticked=area.uid in ticked))
        if self.count():
            self.setCurrentRow(0)

    def ticked(self) -> list[UUID]:
        lines = map(self.item, range(self.count()))
        return [one.data(_UID) for one in lines if one.checkState() == Qt.CheckState.Checked]

    def tick_all(self) -> None:
        """All of them; none, where all are ticked."""
        whole = len(self.ticked()) == self.count()
        for at in range(self.count()):
            self.item(at).setCheckState(_state(ticked=not whole))

    def _fit(self) -> None:
        self.setFixedHeight(_ROWS * (self.fontMetrics().height() + 10))


def _state(*, ticked: bool) -> Qt.CheckState:
    return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
