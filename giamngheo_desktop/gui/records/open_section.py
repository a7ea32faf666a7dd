"""Việc còn treo: what waits on the day of the working year; a line opens what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot

from giamngheo_desktop import texts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.preview.print_menu import PrintItem
from giamngheo_desktop.gui.records.help_lists import HelpListSection
from giamngheo_desktop.reports.help_table import Asked, HelpList
from giamngheo_desktop.reports.open_items import CODE, OpenList, open_lines
from giamngheo_desktop.services.programme.open_items import OpenItem, Waits

_ALL = "all"


class OpenItemsSection(HelpListSection):
    """All of it, or what waits for one thing."""

    CODE = "open_items"
    PAGE: ClassVar[str] = "projects"

    def __init__(self, desk: Desk) -> None:
        self._items: Mapping[UUID, OpenItem] = {}  # by line
        super().__init__(desk)
        self.open_button.setText(self.tr("&Mở việc"))
        self.open_button.setToolTip(self.tr("Mở phiếu của dòng đang chọn"))

    def words(self) -> tuple[str, str]:
        return (
            self.tr("Việc còn treo"),
            self.tr("Kiến nghị chưa trả lời, việc quá hạn, công trình, khoản phải hoàn lại…"),
        )

    def lists(self) -> Mapping[str, str]:
        return {_ALL: self.tr("Mọi việc còn treo"), **texts.OPEN_WAITS}

    def groups(self) -> Mapping[str, str]:
        return {_ALL: self.tr("Còn chờ gì")}

    def reading(self, asked: Asked) -> Callable[[], HelpList]:
        return partial(open_lines, asked, None if self.code == _ALL else Waits(self.code))

    def remark(self) -> str:
        return texts.OPEN_ITEMS["foot"]

    def nothing(self, found: HelpList) -> str:
        return texts.OPEN_ITEMS["none"]

    def _show(self, asked: Asked, code: str, found: HelpList) -> None:
        at = self.table.current_uid()
        before = self._items.get(at) if at is not None else None
        super()._show(asked, code, found)
        if self.found is not found or not isinstance(found, OpenList):
            return
        self._items = {UUID(int=number): one for number, one in enumerate(found.items, 1)}
        self.open_button.setEnabled(bool(self._items))
        for line, one in self._items.items():
            if before is not None and (one.uid, one.waits) == (before.uid, before.waits):
                self.table.go_to(line)

    @Slot(object)
    def _open(self, uid: object) -> None:
        """The activity, task or support that a line is about."""
        one = self._items.get(uid) if isinstance(uid, UUID) else None
        if one is None:
            return
        page, section = "projects", "activities"
        if one.waits is Waits.TASK:
            section = "tasks"
        elif one.waits is Waits.INSTALMENT:
            page, section = "support", "supports"
        wanted = {"section": section, "record": one.activity or one.uid, "year": one.year}
        self.go_requested.emit(page, wanted)

    def _papers(self) -> Sequence[PrintItem]:
        return [self._item(CODE, self.tr("Cả danh sách việc còn treo"), self.lists()[_ALL])]
