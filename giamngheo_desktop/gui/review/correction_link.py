"""The way from a closed review to the correction (đính chính) of one household."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton

from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.review.panel import Panel


def correction_link(panel: Panel) -> QPushButton:
    """Goes to the list of households: the one opened there is asked what was wrong."""
    said = QCoreApplication.translate("review", "Thấy sai sau khi khóa? Đính chính một hộ…")
    link = button(said, "correct_one", kind="link")
    link.clicked.connect(lambda: panel.go_requested.emit("households", {"correct": True}))
    link.hide()
    return link


def is_correctable(panel: Panel) -> bool:
    """Whether the year of the review stands still; nobody corrects in a file that is only read."""
    return panel.place.view.closed and not panel.desk.read_only
