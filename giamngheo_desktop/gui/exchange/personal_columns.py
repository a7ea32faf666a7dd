"""Which personal columns go with a package upward: a tick for each group, remembered at once."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.package_columns import HEALTH, PERSONAL
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.parts import label


class PersonalColumns(QWidget):
    """`ticked`: by hand."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        flow = Flow(8)
        flow.addWidget(label(self.tr("Thông tin riêng gửi kèm:")))
        self.boxes: dict[str, QCheckBox] = {}
        for group in PERSONAL:
            box = QCheckBox(texts.PERSONAL[group])
            box.setObjectName(f"column_{group}")
            box.clicked.connect(self.ticked)
            flow.addWidget(box)
            self.boxes[group] = box
        self.boxes[HEALTH].setToolTip(
            self.tr(
                "Không gửi thì cấp trên không biết chỉ số dinh dưỡng, y tế của hộ khi xã chưa khóa "
                "sổ năm."
            )
        )
        self.setLayout(flow)

    def groups(self) -> frozenset[str]:
        return frozenset(group for group, box in self.boxes.items() if box.isChecked())

    def put(self, groups: Collection[str]) -> None:
        for group, box in self.boxes.items():
            box.setChecked(group in groups)

    def stops(self) -> list[QWidget]:
        return [*self.boxes.values()]
