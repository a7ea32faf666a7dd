"""Cài đặt › Giao diện: light or dark, and how large the letters are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFormLayout, QWidget

from giamngheo_desktop.gui import preferences
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.segments import Segments
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.theme import LARGEST, SMALLEST, theme

SIZES = (SMALLEST, 100, 110, 125, LARGEST)


class LookSection(Section):
    """Takes effect at once and is remembered on this PC, not in the file."""

    def __init__(self, desk: Desk) -> None:
        intro = self.tr("Đổi là thấy ngay; nhớ riêng trên máy này.")
        super().__init__(desk, self.tr("Giao diện"), intro)
        self.ground = Segments(
            (Option(False, self.tr("Nền sáng")), Option(True, self.tr("Nền tối")))
        )
        self.ground.setObjectName("ground")
        self.ground.setAccessibleName(self.tr("Nền"))
        self.text_size = Segments(
            tuple(Option(percent, self.tr("{n} %").format(n=percent)) for percent in SIZES)
        )
        self.text_size.setObjectName("text_size")
        self.text_size.setAccessibleName(self.tr("Cỡ chữ"))
        rows = QFormLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for text, choice in (
            (self.ground.accessibleName(), self.ground),
            (self.text_size.accessibleName(), self.text_size),
        ):
            caption = label(text, "soft")
            caption.setMinimumHeight(choice.sizeHint().height())
            rows.addRow(caption, choice)
        self.box.addSpacing(4)
        self.box.addLayout(rows)
        name = self.tr("Tên ghi vào lịch sử thay đổi: {name} (tên đăng nhập máy tính).")
        self.box.addSpacing(12)
        self.box.addWidget(label(name.format(name=desk.context.actor), "soft", wrap=True))
        self.box.addStretch()
        self.setFocusProxy(self.ground)
        self.ground.chosen.connect(self._apply)
        self.text_size.chosen.connect(self._apply)
        theme.changed.connect(self.load)

    def stops(self) -> list[QWidget]:
        return [self.ground, self.text_size]

    def load(self) -> None:
        self.ground.choose(theme.tokens.name == "dark")
        self.text_size.choose(theme.percent)

    def _apply(self) -> None:
        app = QApplication.instance()
        dark = self.ground.value()
        percent = self.text_size.value()
        dark = theme.tokens.name == "dark" if dark is None else bool(dark)
        size = percent if isinstance(percent, int) else theme.percent
        if isinstance(app, QApplication) and (dark, size) != (
            theme.tokens.name == "dark",
            theme.percent,
        ):
            theme.apply(app, dark=dark, percent=size)
            preferences.update(dark=dark, percent=size)
        self.load()
