"""Steps that are done by sending a paper: the tables to look at, then the day it was sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.flow import Flow
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.parts import button, card, label
from giamngheo_desktop.gui.review.drafting import DraftNote, Typed
from giamngheo_desktop.gui.review.panel import Panel
from giamngheo_desktop.services.review import reviews

_DAY, _NOTE = "done_on", "note"
_TABLES = ("BC1", "BC2", "BC3")


class MarkPanel(Panel):
    """A subclass says what is sent; `recognised` tables are chính thức, else sơ bộ."""

    recognised = True

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._payloads: dict[str, dict[str, Any]] = {}
        self.tables = card("report_tables")
        tables = QHBoxLayout(self.tables)
        tables.setContentsMargins(12, 8, 12, 8)
        line = Flow(8)
        for code in self.codes():
            name = f"open_{code}"
            self._payloads[name] = {"code": code, "recognised": self.recognised}
            link = button(self.tr("Xem {code}").format(code=code), name, icon="reports")
            link.setToolTip(desk.definitions.report(code).label)
            link.clicked.connect(self._go_to_table)
            line.addWidget(link)
        tables.addLayout(line)
        self.said = label("", "bold", "mark_said", wrap=True)
        self.draft = DraftNote(desk, self._typed)
        self.form = FormView([Section(code="mark", label=self.title(), page="",
                                      fields=self._fields())])  # fmt: skip
        self.unmark_button = button(self.tr("&Bỏ xác nhận"), "unmark_step", icon="undo")
        self.mark_button = button(self.verb(), "mark_step", icon="check", kind="primary")
        self.foot.addWidget(self.unmark_button)
        self.foot.addStretch()
        self.foot.addWidget(self.mark_button)
        self.box.addWidget(label(self.hint(), "", "mark_hint", wrap=True))
        self.box.addWidget(self.tables)
        self.box.addWidget(self.draft)
        self.box.addWidget(self.said)
        self.box.addWidget(self.form)
        self.box.addStretch()
        self.tables.setVisible(bool(self._payloads))
        self.form.changed.connect(self._changed)
        self.form.completed.connect(self.mark_button.setFocus)
        self.mark_button.clicked.connect(self.mark)
        self.unmark_button.clicked.connect(self.unmark)
        self.draft.dropped.connect(self._fill)

    # -- what a subclass says -------------------------------------------------------------------

    def title(self) -> str:
        raise NotImplementedError

    def verb(self) -> str:
        raise NotImplementedError

    def hint(self) -> str:
        raise NotImplementedError

    def codes(self) -> tuple[str, ...]:
        """The tables to look at."""
        return _TABLES

    # -- the rest -------------------------------------------------------------------------------

    def refresh(self, *, moved: bool) -> None:
        done = self._done_on
        self.said.setText(
            self.tr("Đã xác nhận ngày {day}.").format(day=format_date(done)) if done else ""
        )
        self.said.setVisible(done is not None)
        self.form.setVisible(done is None)
        self.mark_button.setVisible(done is None)
        self.mark_button.setEnabled(self.editable)
        self.unmark_button.setVisible(done is not None and self.editable)
        self.form.setEnabled(self.editable)
        if moved:
            self._fill()
            found = self.draft.begin(self.place.key, self.title())
            if found is not None:
                self.form.set_draft(cast("Mapping[str, Entry]", found))

    def keep(self) -> None:
        self.draft.keep()

    def stops(self) -> list[QWidget]:
        return [self.form, self.mark_button]

    def start(self) -> None:
        if self.form.isVisible() and self.editable:
            self.form.focus_field(_DAY)
        else:
            super().start()

    def mark(self) -> None:
        """Say that it was sent on the day."""
        values = self.form.record()
        day = values.get(_DAY)
        if not isinstance(day, date):
            self.form.set_problems([(_DAY, self.tr("Ghi ngày gửi."), True)])
            self.form.focus_field(_DAY)
            return
        if day > self.desk.context.today():
            self.form.set_problems([(_DAY, self.tr("Ngày này chưa đến."), True)])
            self.form.focus_field(_DAY)
            return
        self._write(day, cast("str | None", values.get(_NOTE)))

    def unmark(self) -> None:
        self._write(None, None)

    def _write(self, day: date | None, note: str | None) -> None:
        work = partial(
            reviews.mark,
            self.desk.database,
            self.desk.context,
            self.place.review.uid,
            self.place.step,
            day=day,
            note=note,
        )
        self.desk.runner.write(self, work, self._written)

    def _written(self, done: Done[None]) -> None:
        self.draft.forget()
        self._fill()

    @property
    def _done_on(self) -> date | None:
        return self.place.flow.facts.marks.get(self.place.step)

    def _fields(self) -> tuple[FieldDef, ...]:
        return (
            FieldDef(code=_DAY, kind=FieldKind.DATE, label=self.tr("Ngày gửi"), required=True),
            FieldDef(code=_NOTE, kind=FieldKind.TEXT, label=self.tr("Số văn bản, ghi chú")),
        )

    def _fill(self) -> None:
        self.form.set_record({_DAY: self.desk.context.today()})

    def _typed(self) -> Typed | None:
        return self.form.draft() if self.form.is_dirty else None

    def _changed(self, code: str) -> None:
        self.draft.touch()

    def _go_to_table(self) -> None:
        self.go_requested.emit("reports", self._payloads[self.sender().objectName()])


class SummarisePanel(MarkPanel):
    """Tổng hợp, báo cáo sơ bộ."""

    recognised = False

    def title(self) -> str:
        return self.tr("Báo cáo sơ bộ")

    def verb(self) -> str:
        return self.tr("Xác nhận đã &báo cáo")

    def hint(self) -> str:
        return self.tr(
            "Xem các biểu, in hoặc xuất Excel ở trang Báo cáo, trình Chủ tịch Ủy ban nhân dân xã "
            "rồi gửi lên trên. Gửi xong thì ghi ngày ở dưới."
        )


class OpinionPanel(MarkPanel):
    """Xin ý kiến cấp trên, where the province asks for it."""

    def title(self) -> str:
        return self.tr("Ý kiến của cấp trên")

    def verb(self) -> str:
        return self.tr("Xác nhận đã &có ý kiến")

    def hint(self) -> str:
        return self.tr("Có văn bản trả lời thì ghi ngày và số văn bản.")

    def codes(self) -> tuple[str, ...]:
        return ()


class ReportPanel(MarkPanel):
    """Báo cáo chính thức, or that of the month."""

    def title(self) -> str:
        return self.tr("Báo cáo chính thức")

    def verb(self) -> str:
        return self.tr("Xác nhận đã &gửi báo cáo")

    def hint(self) -> str:
        return self.tr(
            "Các biểu chính thức đếm kết quả đã công nhận theo quyết định. In, gửi đi, rồi ghi "
            "ngày ở dưới. Sau đó khóa sổ thì số của năm đứng yên."
        )
