"""The paper of one household on one page: its own questions, those about each member, and ticks
for the indicators of a standard that no answer tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import cast
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QVBoxLayout, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answers import Answers, AnswerState, Key
from giamngheo_desktop.domain.form import FieldKind, Section
from giamngheo_desktop.domain.standard import PovertyStandard
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.household.members_tab import stops_of
from giamngheo_desktop.gui.household.record import Typed
from giamngheo_desktop.gui.household.review_tab import own_record
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.gui.review import tick_form
from giamngheo_desktop.gui.review.answer_form import AnswerForm
from giamngheo_desktop.gui.review.points_form import PointsForm
from giamngheo_desktop.gui.review.repeats import Repeats
from giamngheo_desktop.services.review.case_entry import CaseSheet

_OPEN = (AnswerState.TOUCHED, AnswerState.EMPTY)
Problem = tuple[UUID, str, str, bool]  # record, field, sentence, is it an error


class AnswerSheet(QWidget):
    """`changed(key)` after each change by hand; `accepted`, `unknown`, `entered` (key) and
    `section_accepted(keys)`, `all_accepted()` are what was pressed.
    """

    changed = Signal(object)
    accepted = Signal(object)
    unknown = Signal(object)
    entered = Signal(object)
    section_accepted = Signal(object)
    all_accepted = Signal()

    def __init__(self, definitions: Definitions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._definitions = definitions
        self._uid: UUID | None = None
        self._answers = Answers()
        self._members: dict[UUID, AnswerForm] = {}
        self._pool: list[AnswerForm] = []  # forms of members that were shown before
        self._rows: dict[UUID, Mapping[str, Entry]] = {}
        self.seen: set[Key] = set()
        self._at = 0  # where the page is scrolled to
        self._passed = (0, 0)  # from where to where it was scrolled since `seen` was noted
        self._repeats = Repeats()
        self._beneath: dict[str, Entry] = {}  # what a proposed answer stands in the place of
        page = QWidget()
        self._page = page
        self.own = self._form([_asked(s) for s in definitions.household.sections], page)
        self.ticks = self._form([], page)
        self.points = PointsForm(None, "", page)
        self._standards: tuple[PovertyStandard, ...] = ()
        self._middle = QVBoxLayout()
        self._middle.setSpacing(12)
        column = self._column = QVBoxLayout(page)
        column.setContentsMargins(20, 12, 12, 16)
        column.setSpacing(12)
        column.addWidget(self.own)
        column.addLayout(self._middle)
        column.addWidget(self.ticks)
        column.addWidget(self.points)
        column.addStretch()
        self.area: QScrollArea = scrolled(page, "case_scroll")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.area)
        self._looking = QTimer(self, singleShot=True, interval=0)
        self._looking.timeout.connect(self._note_seen)
        bar = self.area.verticalScrollBar()
        bar.valueChanged.connect(self._scrolled)
        bar.rangeChanged.connect(self._looking.start)

    # -- in and out -----------------------------------------------------------------------------

    def set_questions(self, sheet: CaseSheet) -> None:
        """Ask for the indicators that only a tick tells, and for the options of Phiếu B1 that a
        table of points knows.
        """
        standards = sheet.asking.standards
        if standards != self._standards:
            self._standards = standards
            old, self.ticks = self.ticks, self._form(tick_form.sections(standards), self._page)
            self._replace(old, self.ticks)
        if (sheet.points, sheet.region) != (self.points.table, self.points.region):
            before = self.points
            self.points = PointsForm(sheet.points, sheet.region, self._page)
            self._listen(self.points)
            self._replace(before, self.points)

    def fill(self, uid: UUID, typed: Typed) -> None:
        """Show a household as it was before anything is typed; nothing of it was seen yet."""
        self._uid = uid
        self.seen, self._beneath = set(), {}
        self._looking.start()
        self.own.set_record(typed.values)
        self.points.set_record(typed.values)
        self.ticks.set_record(tick_form.values(typed.ticks))
        self._show_members(typed.rows)
        for row in typed.rows:
            self._members[_uid(row)].set_record(row)
        self.area.verticalScrollBar().setValue(0)

    def learn(self, sheet: CaseSheet) -> None:
        """A form was saved: the next one may say the same."""
        self._repeats.learn(sheet)

    def propose(self, sheet: CaseSheet, answers: Answers) -> None:
        """Show what the form before says where nobody has answered yet; it counts once somebody
        accepts it, and until then what is stored does.
        """
        for code, value in self._repeats.offered(sheet).items():
            field = self.own.fields[code]
            if answers.state((sheet.base.uid, code)) in _OPEN and field.value() != value:
                self._beneath[code] = field.value()
                field.set_value(value)

    def is_proposed(self, key: Key) -> bool:
        """Whether the answer on screen is that of the form before, and not accepted."""
        return key[0] == self._uid and key[1] in self._beneath and self._is_open(key[1])

    def put(self, typed: Typed) -> None:
        """Put typed values over what is shown."""
        self.own.set_draft(typed.values)
        self.points.set_draft(typed.values)
        self.ticks.set_draft(tick_form.values(typed.ticks))
        for row in typed.rows:
            if (form := self._members.get(_uid(row))) is not None:
                form.set_draft(row)

    def rebase(self, sent: Typed, stored: Typed) -> None:
        """What was sent is stored: that is shown now, under what was typed meanwhile."""
        self.own.rebase(sent.values, stored.values)
        self.points.rebase(sent.values, stored.values)
        self.ticks.rebase(tick_form.values(sent.ticks), tick_form.values(stored.ticks))
        before = {_uid(row): row for row in sent.rows}
        for row in stored.rows:
            uid = _uid(row)
            if uid in self._members:
                self._rows[uid] = row
                self._members[uid].rebase(before.get(uid, {}), row)

    def typed(self) -> Typed:
        """Everything as it is on screen now, without what is only proposed."""
        beneath = {code: v for code, v in self._beneath.items() if self._is_open(code)}
        return Typed(
            values={**own_record(self.own), **own_record(self.points), **beneath},
            rows=[{**self._rows[uid], **own_record(form)} for uid, form in self._members.items()],
            ticks=tick_form.ticks(self.ticks.draft()),
        )

    def value(self, key: Key) -> Entry:
        return self.field(key).value()

    def set_value(self, key: Key, value: Entry) -> None:
        self.field(key).set_value(value)

    def field(self, key: Key) -> FieldWidget:
        return self._form_of(key).fields[key[1]]

    def show_answers(self, answers: Answers, reasons: Mapping[Key, str]) -> None:
        """Ask these questions, each in its state; `reasons` say why some are yellow."""
        self._answers = answers
        states: defaultdict[UUID, dict[str, AnswerState]] = defaultdict(dict)
        said: defaultdict[UUID, dict[str, str]] = defaultdict(dict)
        for record, code in answers:
            states[record][code] = self._shown_state((record, code))
        for (record, code), reason in reasons.items():
            said[record][code] = reason
        if self._uid is not None:
            said[self._uid].update(dict.fromkeys(self._beneath, self.tr("như phiếu vừa nhập")))
        for record, form in self._forms():
            mine = {code: s for code, s in states[record].items() if code in form.fields}
            form.show_answers(mine, said[record])
            form.setVisible(bool(mine) or (form is self.points and bool(form.fields)))
        self._looking.start()

    def show_state(self, key: Key, answers: Answers) -> None:
        """One answer changed its state."""
        self._answers = answers
        self.field(key).set_answer(self._shown_state(key))

    def set_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Each beside its field; returns those that stand at no field here."""
        found: defaultdict[UUID, list[tuple[str, str, bool]]] = defaultdict(list)
        for record, code, sentence, is_error in problems:
            found[record].append((code, sentence, is_error))
        for uid, form in self._members.items():
            self._name(uid)
            found[uid] = form.set_problems(found[uid])
        if self._uid is not None:
            found[self._uid] = self.own.set_problems(found[self._uid])
        return [(uid, *problem) for uid, rest in found.items() for problem in rest]

    # -- places ---------------------------------------------------------------------------------

    def go_to(self, key: Key) -> None:
        self._form_of(key).focus_field(key[1])

    def go_to_unread(self) -> None:
        """Put the keyboard into the first field whose text is not understood."""
        for record, form in self._forms():
            unread = [code for code in form.unreadable() if code in form.fields]
            if unread:
                self.go_to((record, unread[0]))
                return

    def set_editable(self, editable: bool) -> None:
        """A form that is only read shows, and takes nothing."""
        for form in (self.own, self.ticks, self.points, *self._pool):
            form.setEnabled(editable)

    def current(self) -> Key | None:
        """The question that has the keyboard."""
        for record, form in self._forms():
            if (code := form.current_field()) is not None:
                focus = QApplication.focusWidget()
                if focus is not None and form.isAncestorOf(focus):
                    return record, code
        return None

    def keys_of_section(self, key: Key) -> list[Key]:
        """The questions that stand under one heading with this one."""
        section = self._form_of(key).section_of(key[1])
        return [(key[0], field.code) for field in section.fields]

    def unseen(self) -> list[Key]:
        """Grey answers that have not been on screen yet."""
        grey = AnswerState.CARRIED
        return [k for k in self._answers if self._answers.state(k) is grey and k not in self.seen]

    def show_field(self, key: Key) -> None:
        """Bring a question onto the screen without the keyboard."""
        field = self.field(key)
        top = field.mapTo(self._page, field.rect().topLeft()).y()
        self.area.verticalScrollBar().setValue(top - 60)

    # -- internals ------------------------------------------------------------------------------

    def _is_open(self, code: str) -> bool:
        return self._uid is not None and self._answers.state((self._uid, code)) in _OPEN

    def _shown_state(self, key: Key) -> AnswerState:
        """A proposed answer is yellow, also where nothing stood before."""
        return AnswerState.TOUCHED if self.is_proposed(key) else self._answers.states[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._looking.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.start()

    def _forms(self) -> list[tuple[UUID, AnswerForm]]:
        if self._uid is None:
            return []
        own = self._uid
        return [(own, self.own), *self._members.items(), (own, self.ticks), (own, self.points)]

    def _form_of(self, key: Key) -> AnswerForm:
        record, code = key
        if record != self._uid:
            return self._members[record]
        mine = (self.own, self.points, self.ticks)
        return next((form for form in mine if code in form.fields), self.ticks)

    def _form(self, sections: Sequence[Section], page: QWidget) -> AnswerForm:
        form = AnswerForm(sections, page)
        self._listen(form)
        return form

    def _listen(self, form: AnswerForm) -> None:
        form.changed.connect(self._changed)
        form.entered.connect(self._entered)
        form.keys.accepted.connect(self._accepted)
        form.keys.unknown.connect(self._unknown)
        form.keys.section_accepted.connect(self._section_accepted)
        form.keys.all_accepted.connect(self.all_accepted)

    def _replace(self, old: AnswerForm, new: AnswerForm) -> None:
        self._column.replaceWidget(old, new)
        old.setParent(None)
        old.deleteLater()

    def _show_members(self, rows: Sequence[Mapping[str, Entry]]) -> None:
        while len(self._pool) < len(rows):
            form = self._form([_of_member(self._definitions)], self._page)
            form.number(f"members.{len(self._pool)}")
            form.hide()  # until it is filled: to show each field by itself takes far longer
            self._middle.addWidget(form)
            self._pool.append(form)
        self._rows = {_uid(row): row for row in rows}
        self._members = dict(zip(self._rows, self._pool, strict=False))
        for form in self._pool[len(rows) :]:
            form.hide()
        for uid in self._members:
            self._name(uid)
        forms = [self.own, *self._members.values(), self.ticks, self.points]
        for one, following in pairwise([stop for form in forms for stop in stops_of(form)]):
            QWidget.setTabOrder(one, following)

    def _name(self, uid: UUID) -> None:
        """The heading of a member follows the name."""
        form, row = self._members[uid], self._rows[uid]
        place = list(self._members).index(uid) + 1
        typed = form.fields["full_name"].value() if row else None
        name = typed or row.get("full_name") or self.tr("Chưa ghi họ tên")
        text = self.tr("{place}. {name}").format(place=place, name=name)
        heading = form.findChild(QLabel, "section_member")
        if isinstance(heading, QLabel) and heading.text() != text:
            heading.setText(text)

    def _key(self, form: object, code: str) -> Key:
        record = next(record for record, known in self._forms() if known is form)
        return record, code

    def _pressed(self, code: str) -> Key:
        sender = self.sender()
        return self._key(sender if isinstance(sender, FormView) else sender.parent(), code)

    def _changed(self, code: str) -> None:
        key = self._pressed(code)
        if key[0] == self._uid:
            self._beneath.pop(code, None)
        self.changed.emit(key)

    def _entered(self, code: str) -> None:
        self.entered.emit(self._pressed(code))

    def _accepted(self, code: str) -> None:
        self.accepted.emit(self._pressed(code))

    def _unknown(self, code: str) -> None:
        self.unknown.emit(self._pressed(code))

    def _section_accepted(self, code: str) -> None:
        self.section_accepted.emit(self.keys_of_section(self._pressed(code)))

    def _scrolled(self, value: int) -> None:
        """Step by step everything between has been on screen; a jump shows only its end."""
        low, high = self._passed
        step = abs(value - self._at) <= self.area.viewport().height()
        self._passed = (min(low, value), max(high, value)) if step else (value, value)
        self._at = value
        if not self._looking.isActive():  # else the questions are not in their places yet
            self._note_seen()

    def _note_seen(self) -> None:
        """What is on screen now has been seen, and what passed since this was noted."""
        if not self.isVisible() or self._uid is None:
            return
        first, last = self._passed
        last += self.area.viewport().height()
        for record, form in self._forms():
            for code, widget in form.fields.items():
                if (record, code) in self.seen or not widget.isVisible():
                    continue
                if first <= widget.mapTo(self._page, widget.rect().center()).y() < last:
                    self.seen.add((record, code))
        self._passed = (self._at, self._at)


def _uid(row: Mapping[str, Entry]) -> UUID:
    return cast("UUID", row["uid"])


def _of_member(definitions: Definitions) -> Section:
    """All that the paper asks about a person, under one heading: the name."""
    sections = definitions.member.sections
    fields = tuple(field for section in sections for field in section.fields)
    return _asked(replace(sections[0], code="member", fields=fields))


def _asked(section: Section) -> Section:
    """Yes or no: that nobody knows is a state of the answer and no third button."""
    fields = (
        replace(field, decided=True) if field.kind is FieldKind.YES_NO else field
        for field in section.fields
    )
    return replace(section, fields=tuple(fields))
