"""A household that was not met: how it was, and for the minutes why; who left may be recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.review import case_reading
from giamngheo_desktop.gui.review.paper_form import PaperForm, Values
from giamngheo_desktop.services.review import piles

_OUTCOMES = (Outcome.ABSENT, Outcome.REFUSED, Outcome.MOVED)


class _Leaving(Condition):
    """A household that moved, and leaves the register with it."""

    def holds(self, record: Mapping[str, object]) -> bool:
        return record.get("event") is True and record.get(self.field) == self.value


class UnmetForm(PaperForm):
    """`open(case, name)` asks how the case ends."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "unmet", parent)
        self.act.setText(self.tr("&Kết thúc hộ"))
        self._case: UUID | None = None

    def open(self, case: UUID, name: str) -> None:
        self._case = case
        self.heading.setText(self.tr("Không gặp được hộ {name}").format(name=name))
        self.hint.setText(
            self.tr(
                "Hộ đi vắng hoặc từ chối thì giữ kết quả đã công nhận. Biên bản nêu tên hộ và lý "
                "do."
            )
        )
        self.hint.show()
        self.show_fields(self.tr("Không rà soát được"), self._fields())
        self.begin(_key(case), {"event": True, "day": self.desk.context.today()})
        self.form.focus_field("outcome")

    def waits(self, case: UUID) -> bool:
        """Whether something is typed of this case and never saved."""
        return self.draft.waits(_key(case))

    def _fields(self) -> list[FieldDef]:
        moved = Condition(field="outcome", operator="is", value=Outcome.MOVED.value)
        return [
            FieldDef(
                code="outcome",
                kind=FieldKind.CHOICE,
                label=self.tr("Sự việc"),
                required=True,
                choices=tuple(
                    Choice(code=one.value, label=texts.CASE_OUTCOMES[one]) for one in _OUTCOMES
                ),
            ),
            FieldDef(
                code="reason",
                kind=FieldKind.TEXT,
                label=self.tr("Lý do, để ghi biên bản"),
                required=True,
            ),
            FieldDef(
                code="event",
                kind=FieldKind.YES_NO,
                label=self.tr("Ghi luôn vào sổ hộ: cả hộ chuyển đi khỏi xã"),
                help=self.tr("Hộ ra khỏi sổ từ ngày ấy; chuyển sang thôn khác trong xã thì không."),
                required=True,
                decided=True,
                visible_if=moved,
            ),
            FieldDef(
                code="day",
                kind=FieldKind.DATE,
                label=self.tr("Ngày chuyển đi"),
                required=True,
                visible_if=_Leaving(field="outcome", operator="is", value=Outcome.MOVED.value),
            ),
        ]

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        assert self._case is not None
        outcome, reason = str(values["outcome"]), str(values["reason"])
        if outcome == Outcome.MOVED and values.get("event"):
            desk = self.desk
            return partial(
                piles.moved_away,
                desk.database,
                desk.context,
                desk.definitions,
                self._case,
                note=reason,
                day=values["day"],
            )
        return case_reading.settling(self.desk, self._case, outcome, reason, {})


def _key(case: UUID) -> str:
    return f"khong-gap-{case.hex}"
