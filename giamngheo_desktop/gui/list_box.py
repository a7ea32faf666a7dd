"""A list of places as a drop-down, for windows too narrow to show it at the side."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListWidget

from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.theme import theme


class ListBox(ElidedBox):
    """Chooses in `places` and shows what is chosen there; `short` texts are never cut."""

    def __init__(self, places: QListWidget, name: str, *, short: bool = False) -> None:
        super().__init__()
        self._places = places
        self.setObjectName(name)
        self.setAccessibleName(places.accessibleName())
        policies = QComboBox.SizeAdjustPolicy
        self.setSizeAdjustPolicy(
            policies.AdjustToContents if short else policies.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(12)
        self._fit()
        theme.changed.connect(self._fit)
        self.activated.connect(places.setCurrentRow)
        places.currentRowChanged.connect(self._follow)

    def fill(self) -> None:
        """Take up the lines of the list."""
        with QSignalBlocker(self):
            self.clear()
            for at in range(self._places.count()):
                item = self._places.item(at)
                self.addItem(item.icon(), item.text())
                if not item.flags() & Qt.ItemFlag.ItemIsEnabled:  # a heading
                    self._model().item(at).setEnabled(False)
        self._follow(self._places.currentRow())

    def _model(self) -> QStandardItemModel:
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        return model

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _fit(self) -> None:
        side = icons.SIZE * theme.percent // 100
        self.setIconSize(QSize(side, side))

    def _follow(self, row: int) -> None:
        with QSignalBlocker(self):
            self.setCurrentIndex(row)
