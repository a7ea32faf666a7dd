"""Cấp giấy xác nhận: a name, the person, the paper; what cannot be confirmed says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import Choice, Condition, FieldDef, FieldKind, Section
from giamngheo_desktop.domain.issued import sign_of, typed_number
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.issuing import issue_work
from giamngheo_desktop.gui.issuing.issue_dialogs import said_beside
from giamngheo_desktop.gui.issuing.issue_work import Chosen
from giamngheo_desktop.gui.issuing.subject import Subject, line_of, what_labels
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.preview.paper_sheet import PaperSheet
from giamngheo_desktop.gui.preview.paper_work import Order
from giamngheo_desktop.gui.review.drafting import OF_ISSUED, DraftNote, Typed
from giamngheo_desktop.gui.search_box import SearchBox
from giamngheo_desktop.gui.theme import theme
from giamngheo_desktop.reports import issued as documents
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.services import confirm_search, confirming, issuing
from giamngheo_desktop.services.confirm_search import Found
from giamngheo_desktop.services.confirming import Confirmation, OfferedYear
from giamngheo_desktop.services.issuing import Issued

_PAUSE = 400  # milliseconds after the last key, before the paper is made anew
_ROOMY = 700  # pixels at 100 % from which form and paper stand side by side
_FORM = 390  # pixels of the form at 100 %
_HOUSEHOLD, _PERSON = "household", "person"
_DAY, _YEAR = "day", "year"


class ConfirmForm(QWidget):
    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.subject: Subject | None = None
        self._year = desk.context.today().year  # the working year
        self._issued: UUID | None = None  # the paper shown is this one, no longer a proposal
        self._proposed = ""  # the number nobody typed
        self._prints = False  # the paper as soon as it is shown
        self._sees_paper = False  # where there is room for one only
        self.search = SearchBox()
        self.search.setObjectName("confirm_search")
        self.search.setAccessibleName(self.tr("Người cần xác nhận"))
        self.search.hints.say(self.tr("Tên hoặc số giấy tờ"), self.tr("Tìm người"))
        self.search.setToolTip(self.tr("Gõ vài chữ rồi chọn người trong danh sách"))
        self.who = label("", "bold", "confirm_who", wrap=True)
        self.standing = label("", "soft", "confirm_standing", wrap=True)
        self.form = FormView([self._section()])
        self.draft = DraftNote(desk, self.typed, prefix=OF_ISSUED)
        self.refusal = Refusal()
        self.act = button(self.tr("&Cấp giấy và in"), "issue_confirmation", kind="primary")
        self.see = button("", "see_confirmation", icon="print")
        self.sheet = PaperSheet(desk)
        self._timer = QTimer(self, singleShot=True, interval=_PAUSE)
        self._build()
        opening.name_help(self, "confirmation")
        self.setFocusProxy(self.search)
        self.search.textEdited.connect(self.refusal.hide)
        self.search.search_requested.connect(self._find)
        self.search.submitted.connect(self._find_now)
        self.search.option_picked.connect(self._picked)
        self.form.changed.connect(self._changed)
        self.form.completed.connect(self.act.setFocus)
        self.draft.dropped.connect(self.begin_anew)
        self.act.clicked.connect(self.issue)
        self.see.clicked.connect(self._turn)
        self.sheet.shown.connect(self._shown)
        self._timer.timeout.connect(self.show_paper)
        theme.changed.connect(self._fit)
        self.begin_anew()
        typed = self.draft.begin("xac-nhan", self.tr("Cấp giấy xác nhận"))
        if typed is not None:
            self._take_up(typed)

    # -- whom -----------------------------------------------------------------------------------

    def choose_household(self, household: UUID) -> None:
        """Asked for at another page; what is half typed about somebody else goes first."""
        if self.subject is not None and self.subject.household == household:
            return
        if not self._may_drop():
            return
        work = partial(issue_work.choose_household, self.desk, household)
        self.desk.runner.read(self, work, self._chosen, latest="confirm_choose")

    @Slot(str)
    def _find(self, text: str) -> None:
        if text:
            offer = partial(self._offer, text)
            self.desk.runner.read(self, self._job(text), offer, latest="confirm_find")

    @Slot(str)
    def _find_now(self, text: str) -> None:
        """Enter: the only one of that name, else the list."""
        take = partial(self._take_only, text)
        self.desk.runner.read(self, self._job(text), take, latest="confirm_find")

    def _job(self, text: str) -> partial[list[Found]]:
        today = self.desk.context.today()
        args = (self.desk.database, self.desk.definitions, text)
        return partial(confirm_search.find, *args, today=today)

    def _offer(self, text: str, found: Sequence[Found]) -> None:
        self.search.offer(text, [Option(one, line_of(one)) for one in found])
        if not found and clean(self.search.text()) == text:
            if self._issued is not None:
                self.begin_anew()  # the paper beside it is somebody else's
            self.refusal.say(AppError("confirm_none", name=text))

    def _take_only(self, text: str, found: Sequence[Found]) -> None:
        if len(found) == 1:
            self._choose(found[0])
        elif found:
            self._offer(text, found)
            self.refusal.say(AppError("confirm_choose", count=len(found), name=text))
        else:
            self._offer(text, found)

    @Slot(object)
    def _picked(self, option: Option) -> None:
        assert isinstance(option.value, Found)
        self._choose(option.value)

    def _choose(self, found: Found) -> None:
        self.search.clear()
        if self._may_drop():
            work = partial(issue_work.choose, self.desk, found)
            self.desk.runner.read(self, work, self._chosen, latest="confirm_choose")

    def _may_drop(self) -> bool:
        return not self.form.is_dirty or messages.ask_drop_typed(self)

    def _chosen(self, chosen: Chosen | None) -> None:
        self.draft.forget()
        if chosen is None:
            when = confirming.when_text(Confirmation(what=What.POOR), self.desk.context.today())
            self.begin_anew()
            self.refusal.say(AppError("confirm_not_here", when=when))
            return
        found = chosen.found
        self._proposed = chosen.number
        record: dict[str, Entry] = {
            "whom": _HOUSEHOLD if found.is_head else _PERSON,
            "what": chosen.what.value,
            "when": _DAY,
            "day": chosen.day,
            "receiver": found.name,
            "number": chosen.number or None,
            "issued_on": self.desk.context.today(),
        }
        self._show_subject(Subject.of(found, self.desk.definitions.standards), record)
        self.show_paper()
        self.form.focus_field("purpose")

    def _show_subject(self, subject: Subject, record: dict[str, Entry]) -> None:
        self.subject, self._issued = subject, None
        self.refusal.hide()
        self.who.setText(subject.who)
        self.standing.setText(subject.standing)
        self.form.set_options("year", [(year, year) for year in subject.years])
        self.form.set_record({**record, "is_member": not subject.is_head})
        self._look_at_number()
        self._asks(True)

    @Slot()
    def begin_anew(self) -> None:
        """Nobody is chosen."""
        self.subject = self._issued = None
        self.form.set_record({})
        self.who.setText("")
        self.sheet.clear(self.tr("Giấy xác nhận sẽ hiện ở đây."))
        self._asks(False)

    # -- the paper ------------------------------------------------------------------------------

    def refresh(self, year: int) -> None:
        """The data or the working year changed: the paper to be says what holds now; one taken back
        is gone.
        """
        self._year = year
        if self.subject is not None:
            self.show_paper()
        elif self._issued is not None:
            work = partial(issuing.get, self.desk.database, self._issued)
            self.desk.runner.read(self, work, _nothing, self._gone, latest="confirm_get")

    @Slot()
    def show_paper(self) -> None:
        """As it will be issued; or why it cannot be."""
        self._timer.stop()
        asked = self._asked()
        if asked is None or self.subject is None:
            return
        wanted, stamp = asked
        job = issue_work.confirmation(self.desk, wanted, stamp)
        title = self.tr("Sẽ cấp: {who}").format(who=self.subject.name)
        self.sheet.offer_acts(False)
        self.sheet.show_order(Order(title=title, name=("giay_xac_nhan",), job=job), again=True)
        work = partial(issue_work.next_number, self.desk, wanted, stamp.issued_on)
        self.desk.runner.read(self, work, self._propose, latest="confirm_number")

    @Slot()
    def issue(self) -> None:
        """Enter it into the book, then print what was entered."""
        values = checked(self.form)
        asked = self._asked()
        if values is None or asked is None:
            return
        wanted, stamp = asked
        self._timer.stop()
        self.act.setEnabled(False)
        self.refusal.hide()
        args = (self.desk.database, self.desk.definitions, self.desk.context)
        work = partial(documents.issue_confirmation, *args, wanted, stamp)
        self.desk.runner.write(self, work, self._done, self._refused)

    def _done(self, done: Done[UUID]) -> None:
        self.draft.forget()
        self.begin_anew()
        self._issued = done.value
        work = partial(issuing.get, self.desk.database, done.value)
        self.desk.runner.read(self, work, self._show_issued, latest="confirm_get")

    def _show_issued(self, row: Issued) -> None:
        self._prints = self._sees_paper = True
        self.sheet.offer_acts(True)
        self._fit()
        self.sheet.show_order(issue_work.frozen_order(self.desk, row))
        if not row.signer:
            self.refusal.tell(texts.CONFIRM["no_signer"])

    @Slot()
    def _shown(self) -> None:
        if self._prints:
            self._prints = False
            self.sheet.print_paper()
            self._sees_paper = False  # where there is room for one: on to the next name
            self._fit()
            self.search.setFocus()

    def _refused(self, error: BaseException) -> None:
        self.act.setEnabled(not self.desk.read_only)
        self.act.setFocus()
        if not said_beside(self.form, error):
            self.refusal.say(error)

    def _gone(self, error: BaseException) -> None:
        if isinstance(error, AppError) and self.subject is None:
            self.begin_anew()
        else:
            messages.report(error, self)

    def _propose(self, number: str) -> None:
        """Another day may be one of another year; what was typed stays."""
        field = self.form.fields["number"]
        if number and number != self._proposed and (field.value() or "") in ("", self._proposed):
            field.set_value(number)
            self._proposed = number
            self._look_at_number()
            self._timer.start()  # the paper names it

    def _asked(self) -> tuple[Confirmation, Stamp] | None:
        """None while something of it cannot be read."""
        values: dict[str, Any] = self.form.record()
        subject = self.subject
        if subject is None or any(isinstance(value, Unparsed) for value in values.values()):
            return None
        of_year, issued_on = values["when"] == _YEAR, values["issued_on"]
        when = values.get("year" if of_year else "day")
        if issued_on is None or when is None:
            return None
        wanted = self._wanted(values, **({"year": int(when)} if of_year else {"day": when}))
        if wanted is None:
            return None
        return wanted, Stamp(number=clean(values.get("number") or ""), issued_on=issued_on)

    def _wanted(self, values: dict[str, Any], **when: Any) -> Confirmation | None:
        """Of whom what is asked, for a day or a year; None while that is not said."""
        subject, what = self.subject, values["what"]
        if subject is None or what is None or isinstance(what, Unparsed):
            return None
        purpose, receiver = (clean(values.get(code) or "") for code in ("purpose", "receiver"))
        return Confirmation(
            what=What(what),
            household=subject.household,
            person=subject.person if values["whom"] == _PERSON else None,
            purpose=purpose,
            receiver=receiver,
            **when,
        )

    # -- drafts ---------------------------------------------------------------------------------

    def typed(self) -> Typed | None:
        if self.subject is None or not self.form.is_dirty:
            return None
        return {**self.form.draft(), **self.subject.typed()}

    def _take_up(self, typed: Typed) -> None:
        self._show_subject(Subject.taken_up(typed), {"issued_on": self.desk.context.today()})
        fields = {code: value for code, value in typed.items() if code in self.form.fields}
        self.form.set_draft(cast("dict[str, Entry]", fields))
        self._proposed = str(typed.get("number") or "")
        self.show_paper()

    def _changed(self, code: str) -> None:
        self.refusal.hide()
        self.form.set_problems(())
        self._look_at_number()
        if code == "when":
            self._offer_year()
        self.draft.touch()
        self._timer.start()

    def _look_at_number(self) -> None:
        """No law names the ký hiệu of this paper: once it is typed, later numbers have it too."""
        field = self.form.fields["number"]
        number = str(field.value() or "")
        lacks = bool(number) and not sign_of(self._proposed) and not sign_of(number)
        said = self.tr(
            "Chưa có ký hiệu: giấy in dấu chấm để ghi tay. Ghi cả ký hiệu văn thư dùng "
            "({number}/…) thì các giấy sau tự theo."
        ).format(number=typed_number(number))
        field.set_problem(said if lacks else None, is_error=False)

    def _offer_year(self) -> None:
        """The working year, else the newest that can be confirmed and why not that one."""
        wanted = self._wanted(self.form.record(), year=self._year)
        if wanted is not None and self._lacks_year():
            args = (self.desk.database, self.desk.definitions, wanted)
            work = partial(confirming.offered_year, *args, today=self.desk.context.today())
            show = partial(self._show_year, self.subject)
            self.desk.runner.read(self, work, show, latest="confirm_year")

    def _show_year(self, subject: Subject | None, offered: OfferedYear) -> None:
        if subject is not self.subject or not self._lacks_year():
            return  # somebody was quicker
        if offered.why is not None:
            said = texts.error_text(offered.why)
            self.form.set_problems([("year", said, offered.year is None)])
        if offered.year is not None:
            self.form.fields["year"].set_value(str(offered.year))
            self.draft.touch()
            self._timer.start()

    def _lacks_year(self) -> bool:
        fields = self.form.fields
        return fields["when"].value() == _YEAR and not fields["year"].value()

    # -- layout ---------------------------------------------------------------------------------

    def _section(self) -> Section:
        """What is asked; the two that are nearly always typed come first."""

        def choices(*pairs: tuple[str, str]) -> tuple[Choice, ...]:
            return tuple(Choice(code=code, label=text) for code, text in pairs)

        plain = partial(FieldDef, kind=FieldKind.TEXT)
        of_year = Condition(field="when", operator="is", value=_YEAR)
        whom = choices((_HOUSEHOLD, self.tr("Cả hộ")), (_PERSON, self.tr("Riêng người này")))
        when = choices((_DAY, self.tr("Một ngày")), (_YEAR, self.tr("Kết quả năm")))
        choice = partial(FieldDef, kind=FieldKind.CHOICE, required=True)
        fields = (
            plain(code="purpose", label=self.tr("Mục đích")),
            plain(code="receiver", label=self.tr("Người nhận"), capitals="person"),
            choice(
                code="whom",
                label=self.tr("Cấp cho"),
                choices=whom,
                visible_if=Condition(field="is_member", operator="is", value=True),
            ),
            choice(
                code="what",
                label=self.tr("Xác nhận là"),
                choices=choices(*((what.value, text) for what, text in what_labels().items())),
            ),
            choice(code="when", label=self.tr("Vào"), choices=when),
            FieldDef(
                code="day",
                kind=FieldKind.DATE,
                label=self.tr("Ngày"),
                required=True,
                visible_if=replace(of_year, value=_DAY),
            ),
            choice(code="year", label=self.tr("Năm"), visible_if=of_year),
            plain(
                code="number",
                label=self.tr("Số, ký hiệu"),
                required=True,
                help=self.tr(
                    "Số đề nghị là số tiếp theo trong sổ của năm, ký hiệu là của giấy cấp trước."
                ),
            ),
            FieldDef(
                code="issued_on", kind=FieldKind.DATE, label=self.tr("Ngày cấp"), required=True
            ),
        )
        return Section(
            code="confirmation", label=self.tr("Nội dung giấy"), page="info", fields=fields
        )

    def _build(self) -> None:
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for part in (self.who, self.standing, self.form):
            inside.addWidget(part)
        inside.addStretch()
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(8)
        left.addWidget(self.search)
        left.addWidget(scrolled(body, "confirm_scroll"), 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.act)
        foot.addWidget(self.see)
        foot.addStretch()
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(12)
        self._split.setProperty("kind", "gap")
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self._left)
        self._split.addWidget(self.sheet)
        self._split.setStretchFactor(0, 0)
        self._split.setStretchFactor(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.draft)
        box.addWidget(self._split, 1)
        box.addWidget(self.refusal)
        box.addLayout(foot)

    def _asks(self, asks: bool) -> None:
        self.who.setVisible(asks)
        self.form.setVisible(asks)
        self.sheet.offer_acts(False)
        self.act.setEnabled(asks and not self.desk.read_only)
        self._sees_paper = False
        self._fit()

    @Slot()
    def _turn(self) -> None:
        self._sees_paper = not self._sees_paper
        self._fit()

    def _fit(self) -> None:
        """Form and paper side by side, or one of them."""
        roomy = self.width() * 100 >= _ROOMY * theme.percent
        self._left.setVisible(roomy or not self._sees_paper)
        self.sheet.setVisible(roomy or self._sees_paper)
        self.see.setVisible(not roomy and (self.subject or self._issued) is not None)
        self.see.setText(self.tr("&Về phiếu") if self._sees_paper else self.tr("&Xem giấy"))
        if not self.who.text():
            self.standing.setText(self._advice(roomy=roomy))
        if roomy:
            wide = min(_FORM * theme.percent // 100, self.width() // 2)
            self._split.setSizes([wide, self.width() - wide])

    def _advice(self, *, roomy: bool) -> str:
        """While nobody is chosen."""
        seen = self.tr("giấy hiện ngay để xem") if roomy else self.tr("bấm “Xem giấy” để xem")
        return self.tr(
            "Gõ tên hoặc số giấy tờ rồi chọn người: {seen}. Chỉ xác nhận những gì đã có quyết "
            "định công nhận."
        ).format(seen=seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


def _nothing(_row: Issued) -> None:
    """It is still there."""
