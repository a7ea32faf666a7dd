"""Records that a version of the year's plan holds: read-only once it is issued, and none where the
year has no plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar
from uuid import NAMESPACE_OID, UUID, uuid5

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.notice_bar import keep_clear
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.records.record_reading import Found
from giamngheo_desktop.gui.records.record_section import RecordSection
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.storage.engine import Database

Plan = Mapping[str, Any]


@dataclass(frozen=True)
class OfPlan:
    """The version that is being worked at, None without a plan, and what else was read."""

    plan: Plan | None
    more: Any = None


class PlanLine(QWidget):
    """Which version of the plan this belongs to, and how to go on where it cannot be changed.

    `begun()`: the first version; `refused(error)`: the service did not begin one.
    """

    begun = Signal()
    refused = Signal(object)

    def __init__(self, desk: Desk, *, needed: bool = True) -> None:
        super().__init__()
        self._desk = desk
        self._needed = needed  # else it is not missed where there is none
        self._year = 0
        self._plan: Plan | None = None
        self.said = label("", "soft", "plan_version", wrap=True)
        self.begin_button = button("", "begin_plan", icon="add", kind="primary")
        self.adjust_button = button(self.tr("Lập bản &điều chỉnh"), "adjust_plan", icon="edit")
        self.replace_button = button(self.tr("Lập bản &thay thế"), "replace_plan", icon="history")
        self.buttons = (self.begin_button, self.adjust_button, self.replace_button)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in self.buttons:
            row.addWidget(part)
        row.addStretch()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.said)
        box.addLayout(row)
        self.begin_button.clicked.connect(self._begin)
        self.adjust_button.clicked.connect(partial(self._next, Change.ADJUSTS))
        self.replace_button.clicked.connect(partial(self._next, Change.REPLACES))

    def show_plan(self, year: int, plan: Plan | None) -> None:
        self._year, self._plan = year, plan
        issued = is_issued(plan)
        self.begin_button.setText(self.tr("&Bắt đầu kế hoạch năm {year}").format(year=year))
        free = not self._desk.read_only
        self.begin_button.setVisible(free and plan is None)
        self.adjust_button.setVisible(free and issued)
        self.replace_button.setVisible(free and issued)
        self.said.setText(self._words(plan))
        self.setVisible(self._needed or plan is not None)

    def begin_first(self) -> bool:
        """Put the keyboard on what is to be done first; False where nothing is."""
        shown = [part for part in self.buttons if part.isVisibleTo(self)]
        if shown:
            shown[0].setFocus()
        return bool(shown)

    def _words(self, plan: Plan | None) -> str:
        if plan is None:
            said = self.tr("Năm {year} chưa có kế hoạch. Bắt đầu kế hoạch rồi ghi được ở đây.")
            return said.format(year=self._year)
        name = self.tr("Kế hoạch năm {year}").format(year=self._year)
        if plan["version"] > 1:
            kinds = {Change.ADJUSTS: self.tr("điều chỉnh"), Change.REPLACES: self.tr("thay thế")}
            kind = kinds.get(plan["change"], "")
            said = self.tr("{name}, bản {version} {kind}")
            name = said.format(name=name, version=plan["version"], kind=kind).rstrip()
        if plan["issued_on"] is None:
            return self.tr("{name}: dự thảo.").format(name=name)
        number = f" {plan['number']}" if plan["number"] else ""
        said = self.tr(
            "{name} đã ban hành{number} ngày {day}, nên các dòng ở đây chỉ xem. Muốn sửa thì lập "
            "bản mới."
        )
        return said.format(name=name, number=number, day=format_date(plan["issued_on"]))

    def _begin(self) -> None:
        desk = self._desk
        act = (desk.database, desk.context, desk.unit(self._year), self._year)
        self._write(partial(versions.begin, *act), self._first)

    def _next(self, change: Change, _: bool = False) -> None:
        if self._plan is not None:
            act = (self._desk.database, self._desk.context, self._plan["uid"], change)
            self._write(partial(versions.next_version, *act))

    def _write(
        self, work: Callable[[], Done[UUID]], done: Callable[[Done[UUID]], None] | None = None
    ) -> None:
        for part in self.buttons:
            part.setEnabled(False)  # not twice
        self._desk.runner.write(self, work, done or self._written, self._refused)

    def _first(self, done: Done[UUID]) -> None:
        self._written(done)
        self.begun.emit()

    def _written(self, _: Done[UUID]) -> None:
        """What shows the plan reads again by itself."""
        self._free()

    def _refused(self, error: BaseException) -> None:
        self._free()
        self.refused.emit(error)

    def _free(self) -> None:
        for part in self.buttons:
            part.setEnabled(True)


class PlanRecords(RecordSection):
    """A subclass reads what else it shows by `read_of_plan`."""

    WATCHES: ClassVar[frozenset[Kind]] = RecordSection.WATCHES | {Kind.DOCUMENT}
    SENTENCE: ClassVar[str] = "plan_sentence"  # what the label is called that says `in_plan`
    _begins = False  # a plan, whose first record is to be typed

    def read_of_plan(self) -> Callable[[Plan], Any] | None:
        """What else is read of a plan, off the GUI thread; it must hold no widget."""
        return None

    @property
    def plan(self) -> Plan | None:
        """The version in hand, once it was read."""
        return self.found.more.plan if self._found is not None else None

    @property
    def more(self) -> Any:
        """What `read_of_plan` read; None without a plan."""
        return self.found.more.more if self._found is not None else None

    @property
    def editable(self) -> bool:
        return super().editable and self.plan is not None and not is_issued(self.plan)

    def draft_of(self, uid: UUID | None) -> str:
        """What is half typed goes on in the next version, where the record has another uid."""
        key = self.stored(uid).get("key")
        return super().draft_of(uuid5(NAMESPACE_OID, key) if key else uid)

    def above(self) -> None:
        self.version = PlanLine(self.desk)
        self.version.refused.connect(self._refused)
        self.version.begun.connect(self._begin_first)
        self.version.hide()
        self.box.addWidget(self.version)

    def add_tools(self) -> None:
        """The sentence stands below the form, where it is seen however far that is scrolled."""
        super().add_tools()
        self.sentence = label("", "soft", self.SENTENCE, wrap=True)
        keep_clear(self.sentence)
        self.sentence.hide()
        self.outer.insertWidget(self.outer.count() - 1, self.sentence)

    def in_plan(self) -> str:
        """What is typed as the plan will print it; empty while that is not known."""
        raise NotImplementedError

    def fill_more(self) -> None:
        super().fill_more()
        self._say_sentence()

    def put_more(self, typed: Mapping[str, Any]) -> None:
        super().put_more(typed)
        self._say_sentence()

    def _changed(self, code: str) -> None:
        super()._changed(code)
        self._say_sentence()

    def _say_sentence(self) -> None:
        sentence = self.in_plan()
        self.sentence.setText(self.tr("Trong kế hoạch: {sentence}.").format(sentence=sentence))
        self.sentence.setVisible(bool(sentence))

    def given(self) -> Mapping[str, object]:
        assert self.plan is not None
        return {"document": self.plan["uid"], "key": self.desk.context.new_id().hex}

    def read_more(self) -> Callable[[], OfPlan]:
        desk = self.desk
        place = (desk.database, desk.unit(self.year), self.year)
        return partial(_read, *place, self.read_of_plan())

    def begins_with(self, known: Sequence[UUID]) -> UUID:
        """A plan is read from its beginning."""
        return known[0]

    def say(self) -> str:
        """Under an issued version that what is half typed is not lost."""
        if self.editable:
            return super().say()
        if not is_issued(self.plan) or not self.draft.waiting(self.draft_place()[0]):
            return ""
        return self.tr(
            "Phần gõ dở vẫn được giữ: lập bản điều chỉnh hoặc thay thế thì mở lại ở bản ấy để lưu."
        )

    def _show(self, found: Found) -> None:
        self.version.show_plan(self.year, found.more.plan)
        self.version.show()
        super()._show(found)
        if self._begins:
            self._begin_first()

    def _begin_first(self) -> None:
        """The plan was begun here: its first record is typed, once it is read."""
        self._begins = self.plan is None
        if not self._begins:
            self.start_new()

    def _build(self) -> None:
        super()._build()
        self._fit_plan()

    def _enable(self) -> None:
        super()._enable()
        self._fit_plan()

    def _fit_plan(self) -> None:
        """Without a plan there is nothing to look at; in an issued one nothing to fill in."""
        holds = self.plan is not None
        self.search.setVisible(holds)
        self.form.setVisible(holds and (self.editable or self.chosen is not None))
        self.save_button.setVisible(self.editable)
        self.setFocusProxy(self.search if holds else self.version.begin_button)

    def add_one(self) -> None:
        if self.plan is not None or not self.version.begin_first():
            super().add_one()

    def start(self) -> None:
        if self.plan is not None or not self.version.begin_first():
            super().start()


def is_issued(plan: Plan | None) -> bool:
    return plan is not None and plan["issued_on"] is not None


def _read(database: Database, unit: UUID, year: int, more: Callable[[Plan], Any] | None) -> OfPlan:
    plan = versions.in_hand(database, unit, year)
    return OfPlan(plan, more(plan) if more is not None and plan is not None else None)
