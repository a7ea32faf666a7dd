"""The parts of the year's plan, in its own numbers, names and order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.plan_numbers import Doubted, NumberDoubt
from giamngheo_desktop.domain.plan_order import in_order
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.records.record_section import RecordSection, Words
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.services.programme import plan_components

_STEP = "\N{NO-BREAK SPACE}" * 4  # of the tree


class PlanSection(RecordSection):
    """Dự án trong kế hoạch."""

    KIND: ClassVar[Kind] = Kind.PLAN_COMPONENT
    COLUMNS: ClassVar[tuple[str, ...]] = ("printed_number", "printed_name", "component", "body")
    NAMED: ClassVar[str] = "printed_name"

    def words(self) -> Words:
        return Words(
            self.tr("Dự án trong kế hoạch"),
            self.tr("Các mục của kế hoạch năm, số, tên, thứ tự như kế hoạch của xã in."),
            self.tr("&Thêm mục"),
            self.tr("Kế hoạch năm này chưa có mục nào: lấy từ chương trình, hoặc ghi từng mục."),
        )

    def add_tools(self) -> None:
        self.take_button = button(
            self.tr("Lấy từ &chương trình"), "take_components", icon="download"
        )
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.take_button.setMenu(self.menu)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.up_button = button(self.tr("Lên"), "part_up", icon="chevron_up")
        self.down_button = button(self.tr("Xuống"), "part_down", icon="chevron_down")
        for part in (self.take_button, self.up_button, self.down_button):
            self.tools.addWidget(part)
        self.up_button.clicked.connect(partial(self._move, -1))
        self.down_button.clicked.connect(partial(self._move, 1))

    def take(self, code: str) -> None:
        """The tree of a programme into the plan of the year, in one step that can be undone."""
        desk = self.desk
        work = partial(
            plan_components.take,
            desk.database,
            desk.context,
            desk.definitions.programme(code),
            desk.unit(self.year),
            self.year,
        )
        desk.runner.write(self, work, self._taken, self._refused)

    def order(self, found: Mapping[UUID, Values]) -> Sequence[UUID]:
        return [row["uid"] for row, _ in in_order(_with_uid(found))]

    def rows(self) -> Sequence[tuple[Any, ...]]:
        """Names stand under the part they belong to, doubts behind their number."""
        depths = {row["uid"]: depth for row, depth in in_order(_with_uid(self.found.records))}
        doubts = self._doubts()
        return [
            (uid, self._number(number, doubts.get(uid, ())), f"{_STEP * depths[uid]}{name}", *rest)
            for uid, number, name, *rest in super().rows()
        ]

    def _number(self, number: str | None, doubts: Sequence[Doubted]) -> str | None:
        said = {
            NumberDoubt.TWICE: self.tr("trùng số"),
            NumberDoubt.NOT_OFFICIAL: self.tr("chính thức: {official}"),
            NumberDoubt.PART_MISSING: self.tr("thiếu {official}"),
        }
        told = [said[one.doubt].format(official=one.official) for one in doubts]
        return f"{number or ''} ({'; '.join(told)})".lstrip() if told else number

    def _doubts(self) -> Mapping[UUID, Sequence[Doubted]]:
        return plan_components.doubts(self.found.records, self.desk.definitions)

    def summed(self, shown: Sequence[UUID]) -> str:
        doubts = self._doubts()
        if not doubts:
            return ""
        return self.tr("{count} mục cần xem lại").format(count=len(doubts))

    def warn(self, uid: UUID) -> str:
        doubts = self._doubts().get(uid, ())
        return " ".join(map(plan_components.doubt_text, doubts))

    def _fill_menu(self) -> None:
        """Long names are alike at their beginning and told apart by the years at their end."""
        self.menu.clear()
        middle, room = Qt.TextElideMode.ElideMiddle, self.width() * 2 // 3
        for one in self.desk.definitions.live_programmes(self.year):
            shown = self.menu.fontMetrics().elidedText(one.label, middle, room)
            action = self.menu.addAction(shown)
            action.setToolTip(one.label)
            action.triggered.connect(partial(self._take, one.code))

    def _take(self, code: str, _: bool = False) -> None:
        self.take(code)

    def _taken(self, _: Done[int]) -> None:
        self.refusal.hide()

    def _move(self, step: int, _: bool = False) -> None:
        if self.chosen is not None:
            act = (self.desk.database, self.desk.context)
            work = partial(plan_components.move, *act, self.chosen, step)
            self.desk.runner.write(self, work, self._taken, self._refused)

    def _enable(self) -> None:
        super()._enable()
        free = self.editable and not self._writing
        self.take_button.setEnabled(free)
        for part in (self.up_button, self.down_button):
            part.setEnabled(free and self.chosen is not None)


def _with_uid(found: Mapping[UUID, Values]) -> list[dict[str, Any]]:
    return [{**row, "uid": uid} for uid, row in found.items()]
