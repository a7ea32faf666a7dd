"""Gửi – nhận › Xã phải gửi: which communes have to send to a district or province, by which day."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.commune_names import names_in
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.lines_edit import LinesEdit
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.settings.dated_texts import DatedTexts
from giamngheo_desktop.services.exchange.senders import (
    EXPECTED,
    LIMIT,
    checked_limit,
    checked_names,
)


class ExpectedSection(DatedTexts):
    """A list as it is pasted from a sheet or document will do."""

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Xã có trong danh sách mà chưa có gói thì Gói nhận về ghi “Chưa gửi”, sau ngày cuối "
            "ghi “Quá hạn”. Dán được cả danh sách, mỗi dòng một xã; có chữ “Xã”, “Phường” hay "
            "không đều được."
        )
        labels = {
            LIMIT: self.tr("Ngày cuối nhận gói của năm (ngày/tháng)"),
            EXPECTED: self.tr("Xã, phường phải gửi, mỗi dòng một tên"),
        }
        title = self.tr("Xã phải gửi, hạn gửi")
        super().__init__(desk, title, intro, labels, {EXPECTED: 9}, "expected")
        self.fields[LIMIT].setPlaceholderText(self.tr("ví dụ: 15/12"))
        self.count = label("", "soft", "expected_count")
        self.box.insertWidget(self.box.count() - 1, self.count)
        names = self.fields[EXPECTED]
        assert isinstance(names, LinesEdit)
        names.setPlaceholderText(self.tr("ví dụ: Xã Ba Tơ"))
        names.textChanged.connect(self._tell_count)

    def stored_text(self, code: str, text: str) -> str:
        if code == EXPECTED:
            return "\n".join(names_in(text))
        try:
            return checked_limit(text)
        except RefusedError:
            return text

    def first_problem(self) -> tuple[str, QWidget] | None:
        for code, check in ((LIMIT, checked_limit), (EXPECTED, checked_names)):
            try:
                if said := self.text(code):
                    check(said)
            except RefusedError as error:
                return texts.error_text(error), self.fields[code]
        return None

    @Slot()
    def _tell_count(self) -> None:
        count = len(names_in(self.text(EXPECTED)))
        self.count.setText(self.tr("Đang ghi {count} xã, phường.").format(count=count))
        self.count.setVisible(bool(count))
