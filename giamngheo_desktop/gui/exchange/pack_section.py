"""Gửi – nhận › Bảng cho hệ thống khác: a list of the year in the columns another system reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.pack import PackDef
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import Exporter
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.reports.packs import pack_bytes

_EXAMPLE, _UNCHECKED, _CHECKED = "example", "unchecked", "checked"
_CHIPS = {_EXAMPLE: "unknown", _UNCHECKED: "average", _CHECKED: "done"}


class PackSection(Section):
    """The packs of the definitions; one is written for the working year, beside older files."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset()

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Đã nhập một lần ở đây thì không gõ lại: ghi danh sách của năm thành tệp theo đúng thứ "
            "tự cột mà chương trình khác nhận. Tệp có thông tin riêng của hộ."
        )
        super().__init__(desk, self.tr("Bảng cho hệ thống khác"), intro)
        self._packs: list[PackDef] = []
        self._written_by: Callable[[], bytes] | None = None  # the file of the bar below
        self.table = WrappedRows(
            (
                Column(key="name", title=self.tr("Bảng"), width=200, stretch=True, tip=str),
                Column(key="form", title=self.tr("Dạng tệp"), width=70, format=_form),
                Column(
                    key="state",
                    title=self.tr("Tình trạng"),
                    width=110,
                    format=self._state_text,
                    chip=lambda state: _CHIPS[str(state)],
                ),
            ),
            "packs",
            self.tr("Các bảng cho hệ thống khác"),
        )
        self.said = label("", "soft", "pack_said", wrap=True)
        keep_clear(self.said)
        self.make = button("", "pack_make", icon="sheet", kind="primary")
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self.box.addWidget(self.table, 1)
        self.box.addWidget(self.said)
        self.box.addWidget(self.written)
        self.foot().addWidget(self.make)
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._tell)
        self.table.row_opened.connect(self._write)
        self.make.clicked.connect(self._write)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)
        self.written.elsewhere_requested.connect(self._write_elsewhere)

    def load(self) -> None:
        packs, day = self.desk.definitions, date(self.year, 12, 31)
        found = [packs.pack(code, day) for code in packs.packs]
        self._packs = sorted(found, key=lambda one: one.is_example)
        self.table.set_rows(
            [
                (UUID(int=at), one.label, one.form.value, _state(one))
                for at, one in enumerate(self._packs, 1)
            ]
        )
        if self._packs and self.table.current_uid() is None:
            self.table.go_to(UUID(int=1))
        self.make.setText(self.tr("&Ghi tệp năm {year}").format(year=self.year))
        self._tell()

    def stops(self) -> list[QWidget]:
        return [self.table, self.make]

    @property
    def pack(self) -> PackDef | None:
        """The one with the cursor."""
        uid = self.table.current_uid()
        return self._packs[uid.int - 1] if uid is not None else None

    @Slot()
    def _tell(self) -> None:
        """What the columns follow, or why nothing can be written."""
        one = self.pack
        self.make.setEnabled(one is not None and not one.is_example)
        said = one.legal_basis if one is not None else ""
        if one is not None and one.is_example:
            said = self.tr(
                "Ví dụ trống, chưa ghi được tệp: cần bảng nhập của hệ thống ấy để điền các cột; "
                "người quản trị sửa tệp định nghĩa, không phải cài lại chương trình."
            )
        self.said.setText(said)

    def _state_text(self, state: object) -> str:
        return {
            _EXAMPLE: self.tr("Ví dụ trống"),
            _UNCHECKED: self.tr("Chưa đối chiếu"),
            _CHECKED: self.tr("Đã đối chiếu"),
        }[str(state)]

    @Slot()
    def _write(self) -> None:
        one = self.pack
        if one is None or one.is_example:
            return
        self.written.hide()
        self._written_by = partial(
            pack_bytes,
            self.desk.database,
            self.desk.definitions,
            one.code,
            year=self.year,
            unit=self.desk.unit(self.year),
        )
        name = file_name(one.label, self.year, suffix=one.form.value)
        self.exporter.write_files([self._written_by], name)

    @Slot(object)
    def _write_elsewhere(self, path: Path) -> None:
        if self._written_by is not None:
            self.exporter.write_files_elsewhere([self._written_by], path)


def _state(one: PackDef) -> str:
    if one.is_example:
        return _EXAMPLE
    return _CHECKED if one.certainty is Certainty.CONFIRMED else _UNCHECKED


def _form(form: object) -> str:
    return {"xlsx": "Excel", "csv": "CSV"}[str(form)]
