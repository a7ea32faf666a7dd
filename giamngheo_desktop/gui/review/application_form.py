"""The form of one application (Mẫu 01, Mẫu 04): who, what for, received when, why, with income."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.applications import ON_INCOME, Purpose
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.income import IncomeSource
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.household.household_search import HouseholdSearch
from giamngheo_desktop.gui.household.record import Typed, pack, unpack
from giamngheo_desktop.gui.parts import label
from giamngheo_desktop.gui.review.paper_form import PaperForm, Values
from giamngheo_desktop.services import drafts, households
from giamngheo_desktop.services.drafts import Draft
from giamngheo_desktop.services.review import applications
from giamngheo_desktop.services.review.applications import Application, Filed

_INCOME = tuple(purpose.value for purpose in Purpose if purpose in ON_INCOME)
_NOBODY = UUID(int=0)  # no household is left out of the search
_ROWS = "income"
PREFIX = "giay-"  # of the key of its draft
_KEPT_AFTER = 1_000  # ms after the last key


class ApplicationForm(PaperForm):
    """A new application, or a stored one to correct; a new one is kept as a draft while typed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "application", parent)
        self.act.setText(self.tr("&Lưu giấy đề nghị"))
        self.apart.setText(self.tr("&Xóa giấy ghi nhầm"))
        self._uid: UUID | None = None
        self._household: UUID | None = None
        self._year = 0
        self.search = HouseholdSearch(desk, without=_NOBODY)
        self.search.setObjectName("application_household")
        self.search.setAccessibleName(self.tr("Hộ trong sổ"))
        self._chosen = label("", "soft", "application_chosen", wrap=True)
        caption = label(self.tr("Hộ trong sổ"), "soft")
        caption.setBuddy(self.search)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(caption)
        row.addWidget(self.search, 1)
        self.box.insertLayout(2, row)
        self.box.insertWidget(3, self._chosen)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEPT_AFTER)
        self._timer.timeout.connect(self.keep)
        self.search.option_picked.connect(self._picked)
        self.search.textEdited.connect(self._forget_household)
        self.apart.clicked.connect(self._remove)

    # -- what is shown --------------------------------------------------------------------------

    def open_new(self, year: int, villages: list[tuple[UUID, str]]) -> None:
        """An empty form, or what was typed before the program went down."""
        self._begin(None, year, villages, self.tr("Ghi giấy đề nghị"))
        draft = self._draft()
        if draft is None:
            self.form.set_record({"received_on": self.desk.context.today(), "channel": "direct"})
        else:
            typed = unpack(draft.record)
            entries: dict[str, Any] = {**typed.values, _ROWS: tuple(typed.rows) or None}
            self.form.set_draft(entries)
            household = draft.record.get("household")
            self._take_household(household if isinstance(household, UUID) else None)
            said = self.tr("Đã lấy lại những gì gõ dở lúc {time}; chưa lưu.")
            self.hint.setText(said.format(time=f"{draft.saved_at:%H:%M %d/%m/%Y}"))
            self.hint.show()
        self.search.setFocus()

    def open_stored(self, line: Filed, year: int, villages: list[tuple[UUID, str]]) -> None:
        paper = line.paper
        self._begin(line.uid, year, villages, self.tr("Sửa giấy đề nghị"))
        self.form.set_record(
            {
                "purpose": paper.purpose.value,
                "applicant": paper.applicant,
                "village": paper.village,
                "person": paper.person,
                "received_on": paper.received_on,
                "channel": paper.channel,
                "reasons": paper.reasons or None,
                "detail": paper.detail,
                "income": tuple(
                    {"source": one.source, "revenue": one.revenue, "cost": one.cost}
                    for one in paper.income
                )
                or None,
            }
        )
        self.apart.setVisible(line.review is None and not self.desk.read_only)
        self._take_household(paper.household)
        self.form.focus_field("applicant")

    @property
    def is_dirty(self) -> bool:
        return self.form.is_dirty

    def _begin(
        self, uid: UUID | None, year: int, villages: list[tuple[UUID, str]], title: str
    ) -> None:
        self._uid, self._year, self._household = uid, year, None
        self.heading.setText(title)
        self.hint.hide()
        self.apart.hide()
        self.search.clear()
        self._say_household(None)
        self.show_fields(self.tr("Giấy đề nghị"), self._fields())
        self.form.set_options("village", villages)

    def _fields(self) -> list[FieldDef]:
        lists = self.desk.definitions.choice_list
        on_income = Condition(field="purpose", operator="in", value=_INCOME)
        money = partial(FieldDef, kind=FieldKind.MONEY, unit="đồng")
        income = (
            FieldDef(
                code="source",
                kind=FieldKind.CHOICE,
                label=self.tr("Nguồn thu"),
                choices=tuple(
                    Choice(code=entry.code, label=entry.short_label, aliases=(entry.label,))
                    for entry in lists("income_sources")
                ),
            ),
            money(code="revenue", label=self.tr("Tổng thu")),
            money(code="cost", label=self.tr("Tổng chi")),
        )
        return [
            FieldDef(
                code="purpose",
                kind=FieldKind.CHOICE,
                label=self.tr("Đề nghị"),
                required=True,
                choices=tuple(
                    Choice(code=one.value, label=text) for one, text in texts.PURPOSES.items()
                ),
            ),
            FieldDef(
                code="applicant",
                kind=FieldKind.TEXT,
                label=self.tr("Người đề nghị"),
                required=True,
                capitals="person",
            ),
            FieldDef(code="village", kind=FieldKind.AREA, label=self.tr("Thôn"), required=True),
            FieldDef(
                code="received_on",
                kind=FieldKind.DATE,
                label=self.tr("Ngày nhận"),
                required=True,
                help=self.tr(
                    "Nhận đến hết ngày 15 thì vào đợt tháng này, sau ngày 15 vào đợt tháng sau."
                ),
            ),
            FieldDef(
                code="channel",
                kind=FieldKind.CHOICE,
                label=self.tr("Cách nộp"),
                choices=lists("application_channels").choices,
            ),
            FieldDef(
                code="person",
                kind=FieldKind.AREA,  # a list that is data: the members of the household
                label=self.tr("Người lao động"),
                required=True,
                visible_if=Condition(field="purpose", operator="is", value="low_income"),
            ),
            FieldDef(
                code="reasons",
                kind=FieldKind.CHOICES,
                label=self.tr("Lý do"),
                choices=lists("application_reasons").choices,
                visible_if=Condition(field="purpose", operator="is", value="enter"),
            ),
            FieldDef(code="detail", kind=FieldKind.TEXT, label=self.tr("Ghi rõ thêm")),
            FieldDef(
                code=_ROWS,
                kind=FieldKind.ROWS,
                label=self.tr("Thu, chi 12 tháng trước khi rà soát"),
                help=self.tr(
                    "Mỗi nguồn ghi đủ thu và chi, không có thì ghi 0. Trợ cấp, trợ giúp xã hội "
                    "của Nhà nước không tính."
                ),
                fields=income,
                visible_if=on_income,
            ),
        ]

    # -- the household --------------------------------------------------------------------------

    def _picked(self, _: object) -> None:
        self._take_household(self.search.found, fill=True)

    def _forget_household(self) -> None:
        self._household = None
        self._say_household(None)
        self._timer.start()

    def _take_household(self, uid: UUID | None, *, fill: bool = False) -> None:
        self._household = uid
        if uid is not None:
            work = partial(_home, self.desk, uid)
            shown = self._fill if fill else self._say_household
            self.desk.runner.read(self, work, shown, latest="home")

    def _fill(self, home: Household) -> None:
        """The paper begins with what the register knows."""
        known: dict[str, Entry] = {"village": home.village}
        if home.head is not None:
            known["applicant"] = home.head.full_name
        self._say_household(home)
        self.form.set_draft(known)
        self._timer.start()
        self.form.focus_field("purpose")

    def _say_household(self, home: Household | None) -> None:
        text = self.tr("Để trống nếu hộ chưa có trong sổ: khi mở đợt, hộ được ghi vào sổ.")
        if home is not None:
            said = self.tr("Hộ {name}, {count} khẩu.")
            text = said.format(name=households.label(home), count=home.size)
            people = [(one.uid, one.full_name or texts.NAMELESS) for one in home.members]
            self.form.set_options("person", people)
        self._chosen.setText(text)

    # -- saving ---------------------------------------------------------------------------------

    def problems(self, values: Values) -> dict[str, str]:
        if values["purpose"] == Purpose.LOW_INCOME and self._household is None:
            return {"person": texts.ERRORS["application_needs_household"]}
        return {
            f"{_ROWS}.{at}.source": self.tr("Chọn nguồn thu.")
            for at, row in enumerate(values.get(_ROWS) or ())
            if not row.get("source")
        }

    def job(self, values: Values) -> Callable[[], Done[Any]]:
        paper = Application(
            village=values["village"],
            applicant=str(values["applicant"]),
            purpose=Purpose(values["purpose"]),
            received_on=values["received_on"],
            household=self._household,
            person=values.get("person"),
            channel=values.get("channel"),
            reasons=values.get("reasons") or (),
            detail=values.get("detail"),
            income=tuple(
                IncomeSource(row["source"], row.get("revenue"), row.get("cost"))
                for row in values.get(_ROWS) or ()
            ),
        )
        return partial(
            applications.save, self.desk.database, self.desk.context, paper, uid=self._uid
        )

    def _done(self, done: Done[Any]) -> None:
        self._forget_draft()
        super()._done(done)

    def _remove(self) -> None:
        agreed = messages.ask(
            self.tr("Xóa giấy đề nghị này khỏi sổ?"),
            yes=self.tr("Xóa"),
            more=self.tr("Chỉ dùng khi ghi nhầm. Hoàn tác được bằng Ctrl+Z."),
            dangerous=True,
            parent=self,
        )
        if agreed and self._uid is not None:
            self.run(partial(applications.remove, self.desk.database, self.desk.context, self._uid))

    # -- the draft ------------------------------------------------------------------------------

    def _changed(self, code: str) -> None:
        super()._changed(code)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._timer.isActive():
            self.keep()

    def keep(self) -> None:
        """What is typed of a new application survives a crash."""
        self._timer.stop()
        if self._uid is not None or not self.form.is_dirty:
            return
        values = dict(self.form.draft())
        income: Any = values.pop(_ROWS) or ()
        record = pack(Typed(values=values, rows=list(income), ticks={}))
        self._try(
            partial(
                drafts.save,
                self.desk.database.path,
                self.desk.context,
                key=self._key,
                record={**record, "household": self._household},
                base_hash=None,
                title=self.heading.text(),
            )
        )

    @property
    def _key(self) -> str:
        return f"{PREFIX}{self._year}"

    def _draft(self) -> Draft | None:
        try:
            return drafts.load(self.desk.database.path, self._key)
        except AppError as error:
            messages.report(error, self)
            return None

    def forget(self) -> None:
        """The user leaves what was typed."""
        self._timer.stop()
        self._forget_draft()

    def _forget_draft(self) -> None:
        self._timer.stop()
        self.form.mark_saved()
        if self._uid is None:
            self._try(partial(drafts.discard, self.desk.database.path, self._key))

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except AppError as error:
            self.refusal.setText(texts.error_text(error))
            self.refusal.show()


def _home(desk: Desk, uid: UUID) -> Household:
    return households.get(desk.database, uid, desk.context.today())
