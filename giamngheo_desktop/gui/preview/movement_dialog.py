"""Sửa diễn biến: a household of BC2 or BC3 counted in another flow, with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.report import Movement
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.household.event_dialog import EventDialog, Values
from giamngheo_desktop.gui.household.words import title
from giamngheo_desktop.gui.review.drafting import OF_TABLES
from giamngheo_desktop.reports.document import Source
from giamngheo_desktop.services import household_view
from giamngheo_desktop.services.household_view import Dossier
from giamngheo_desktop.services.movement import movement_corrections
from giamngheo_desktop.services.movement.movement_corrections import FlowCorrection

Offered = Mapping[HouseholdClass, tuple[Flow, frozenset[Flow]]]


@dataclass(frozen=True, slots=True)
class Question:
    """Which step is asked about: of which household in which table, and why it stands there."""

    household: UUID
    standard: str
    year: int
    table: HouseholdClass
    reason: str


def question(source: Source, household: UUID, reason: str) -> Question | None:
    """None for a number that is no flow of a whole year."""
    column = Movement.of(source.measure)
    if column is None or source.year is None:
        return None
    table = HouseholdClass(column.table)
    return Question(household, source.standard, source.year, table, reason)


class MovementDialog(EventDialog):
    """The flows that leave opening and closing as they are."""

    has_happened = False  # it asks no day of an event
    help_page = "reports"
    drafts = OF_TABLES

    def __init__(
        self,
        desk: Desk,
        dossier: Dossier,
        asked: Question,
        offered: tuple[Flow, frozenset[Flow]],
        parent: QWidget | None = None,
    ) -> None:
        self._asked = asked
        self._now, self._others = offered
        super().__init__(desk, dossier, parent)

    def draft_key(self) -> str:
        asked = self._asked
        where = f"{asked.year}-{asked.standard}-{asked.table.value}"
        return f"{super().draft_key()}-{where}"

    def title(self) -> str:
        said = self.tr("Sửa diễn biến năm {year}: {name}")
        name = title(self.dossier.household, is_new=False)
        return said.format(year=self._asked.year, name=name)

    def hint(self) -> str:
        said = self.tr(
            "{reason}\nĐang tính: {flow}. Đầu kỳ, cuối kỳ không đổi. Biểu ghi lý do ở ghi chú; "
            "năm đã khóa sổ thì biểu có thêm một lần."
        )
        return said.format(reason=self._asked.reason, flow=self._name(self._now)).strip()

    def verb(self) -> str:
        return self.tr("Sửa diễn biến")

    def fields(self) -> list[FieldDef]:
        flows = [flow for flow in Flow if flow in self._others]
        return [
            FieldDef(
                code="flow",
                kind=FieldKind.CHOICE,
                label=self.tr("Tính vào cột"),
                required=True,
                choices=tuple(
                    Choice(code=flow.value, label=self._name(flow).capitalize()) for flow in flows
                ),
            ),
            FieldDef(code="reason", kind=FieldKind.TEXT, label=self.tr("Lý do"), required=True),
            FieldDef(code="document", kind=FieldKind.TEXT, label=self.tr("Số, ngày văn bản")),
        ]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        wanted = FlowCorrection(
            household=self._asked.household,
            standard=self._asked.standard,
            year=self._asked.year,
            table=self._asked.table,
            flow=Flow(values["flow"]),
            reason=clean(str(values["reason"])),
            document=clean(str(values.get("document") or "")) or None,
        )
        return partial(
            movement_corrections.correct,
            self.desk.database,
            self.desk.context,
            wanted,
            subject=title(self.household, is_new=False),
        )

    def _name(self, flow: Flow) -> str:
        return texts.FLOWS[self._asked.table, flow]


class MovementEdit(QObject):
    """Reads what a household's step may become, and asks."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self.dialog: MovementDialog | None = None

    def ask(self, asked: Question) -> None:
        work = partial(_read, self._desk, asked)
        self._desk.runner.read(self._window, work, partial(self._show, asked), latest="movement")

    def _show(self, asked: Question, found: tuple[Dossier, Offered]) -> None:
        dossier, offered = found
        if asked.table not in offered:
            messages.info(
                self.tr("Hộ này chỉ tính được vào cột đang tính."),
                self.tr(
                    "Hộ ở lại danh sách, chuyển thôn, hoặc qua lại giữa danh sách hộ nghèo và hộ "
                    "cận nghèo thì cột do kết quả hai đầu kỳ quyết định. Kết quả sai thì đính "
                    "chính ở trang của hộ."
                ),
                self._window,
            )
            return
        dialog = MovementDialog(self._desk, dossier, asked, offered[asked.table], self._window)
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.start_typing()


def _read(desk: Desk, asked: Question) -> tuple[Dossier, Offered]:
    dossier = household_view.dossier(
        desk.database,
        desk.definitions,
        asked.household,
        commune=desk.unit(asked.year),
        year=asked.year,
        day=desk.day(asked.year),
    )
    offered = movement_corrections.choices(
        desk.database, household=asked.household, standard=asked.standard, year=asked.year
    )
    return dossier, offered
