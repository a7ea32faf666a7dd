"""The tabs of one household: forms, members, review, help, history; what is typed in and out of
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.form import FieldDef, Section
from giamngheo_desktop.domain.indicator_state import MissingField
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.gui import icons
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.choice_fields import AreaField
from giamngheo_desktop.gui.forms.entry import has_unparsed
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.text_fields import TextField
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.household.history_tab import HistoryTab
from giamngheo_desktop.gui.household.members_tab import MembersTab
from giamngheo_desktop.gui.household.record import CLASS_FIELDS, Typed
from giamngheo_desktop.gui.household.review_tab import ReviewTab, own_record
from giamngheo_desktop.gui.household.support_tab import SupportTab
from giamngheo_desktop.gui.parts import scrolled
from giamngheo_desktop.services.household_view import Dossier, Surroundings

INFO, MEMBERS_TAB, HOUSING, REVIEW, SUPPORT, HISTORY = range(6)
_TAB_EDGE = 28  # pixels left and right of the titles
_SCREENER = "quick_screen_by"
_KIND = re.compile(r"(thon|xom|ban|lang|ap|buon|khu|khoi|to dan pho|khu pho|to) (?=.)")
# Findings about the household that no field shows.
_OF_MEMBERS = ("size", "is_head")


class Sheet(QTabWidget):
    """`changed()` after each change by hand; `record_requested(corrects)` for another class record,
    or to correct one of a closed year.
    """

    changed = Signal()
    record_requested = Signal(bool)
    finished = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("household_tabs")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self._uid: UUID | None = None
        self.begins_on = INFO  # the tab that the next household to be opened shows
        self._surveyors: list[str] = []  # of this session, the newest first
        self._class_labels = (
            self.tr("Phân loại của năm {year}"),
            self.tr("Phân loại theo giấy tờ của xã cũ, năm {year}"),
        )
        self._class_fixed_label = self.tr(
            "năm {year} đã khóa sổ: sửa bằng Đính chính ở thẻ Rà soát"
        )
        self._class_fixed = False
        self._build(desk)

        self.info.changed.connect(self._info_changed)
        self.housing.changed.connect(self._tell)
        self.members.changed.connect(self.changed)
        self.review.changed.connect(self.changed)
        self.review.record_requested.connect(self._request_record)
        self.review.correction_requested.connect(self._request_correction)
        self.review.missing_pressed.connect(self._go_to_missing)
        self.info.completed.connect(self._go_on)
        self.members.completed.connect(self._go_on)
        self.housing.completed.connect(self._go_on)
        self.review.completed.connect(self.finished)

    # -- in and out -----------------------------------------------------------------------------

    def set_surroundings(self, around: Surroundings, *, arrives: bool = False) -> None:
        """The villages, standards and class of a year; what a closed one counts shows only."""
        field = self.info.fields["village"]
        assert isinstance(field, AreaField)
        villages = around.villages
        field.set_options([Option(each.uid, each.name, _short(each.name)) for each in villages])
        self._class_fixed = around.fixed_by is not None
        why = self._class_fixed_label.format(year=around.fixed_by) if self._class_fixed else ""
        title = self._class_labels[arrives].format(year=around.year)
        heading = self.info.findChild(QLabel, "section_class_of_year")
        assert isinstance(heading, QLabel)
        heading.setText(f"{title} – {why}" if why else title)
        for code in CLASS_FIELDS:
            self.info.fields[code].setEnabled(not self._class_fixed)
            self.info.fields[code].setToolTip(why)
        self.review.set_standards(around.standards)

    def fill(self, uid: UUID, stored: Typed, dossier: Dossier | None) -> None:
        """Show what is stored; everything is clean then."""
        self._uid = uid
        answers = dossier.answers if dossier else {}
        self.info.set_record(stored.values)
        self.housing.set_record(stored.values)
        self.review.set_record(stored.values, answers, dossier)
        self.support.show_of(dossier)
        known = [member.uid for member in dossier.household.members] if dossier else []
        self.members.set_members(stored.rows, known)

    def put(self, typed: Typed) -> None:
        """Put typed things over what is shown; a class that can no longer be saved is left out."""
        left_out = CLASS_FIELDS if self._class_fixed else ()
        values = {code: entry for code, entry in typed.values.items() if code not in left_out}
        for form in (self.info, self.housing):
            form.set_draft(values)
        self.review.put(typed.values, typed.ticks)
        self.members.set_members(typed.rows, self.members.stored)

    def typed(self) -> Typed:
        """Everything as it is on screen now."""
        return Typed(
            values={**own_record(self.info), **own_record(self.housing), **self.review.record()},
            rows=self.members.members(),
            ticks=self.review.ticks(),
        )

    def remember(self, surveyor: str | None) -> None:
        """Offer the names of those who surveyed before, while another one is typed."""
        if surveyor and surveyor not in self._surveyors:
            self._surveyors.insert(0, surveyor)
            for form, code in ((self.review.bottom, "surveyor"), (self.review.top, _SCREENER)):
                field = form.fields[code]
                if isinstance(field, TextField):
                    field.set_suggestions(self._surveyors)

    def set_editable(self, editable: bool) -> None:
        """Forms of a file that is only read show, and take nothing."""
        for form in (self.info, self.housing, self.review.top, self.review.bottom):
            form.setEnabled(editable)
        self.members.setEnabled(editable)
        self.review.set_editable(editable)

    # -- problems and places --------------------------------------------------------------------

    def set_problems(self, problems: Iterable[tuple[UUID, str, str, bool]]) -> None:
        """(record, field, sentence, is it an error): each beside its field."""
        found = list(problems)
        own = [(field, said, bad) for uid, field, said, bad in found if uid == self._uid]
        for form in (self.info, self.housing):
            own = form.set_problems(own)
        self.review.set_problems(own)
        self.members.set_problems([problem for problem in found if problem[0] != self._uid])
        for tab, count in self._count_by_tab(found).items():
            self.setTabIcon(tab, icons.icon("warning", "warning") if count else QIcon())
            text = self.tr("{count} điểm cần xem").format(count=count) if count else ""
            self.setTabToolTip(tab, text)

    def go_to(self, record: UUID, field: str) -> None:
        """Show a field and put the cursor into it."""
        if record != self._uid or field in _OF_MEMBERS:
            self.setCurrentIndex(MEMBERS_TAB)
            self.members.focus_field(None if record == self._uid else record, field)
            if record == self._uid:
                self.members.start()
            return
        tab = self._tab_of(field)
        self.setCurrentIndex(tab)
        if tab == REVIEW:
            self.review.focus_field(field)
        else:
            (self.info if tab == INFO else self.housing).focus_field(field)

    def go_to_unread(self) -> None:
        """Put the cursor into the first field whose text is not understood."""
        if self._uid is None:
            return
        for form in (self.info, self.housing, self.review.top, self.review.bottom):
            unread = [code for code in form.unreadable() if code in form.fields]
            if unread:
                self.go_to(self._uid, unread[0])
                return
        for row in self.members.members():
            unread = [code for code, entry in row.items() if has_unparsed(entry)]
            uid = row.get("uid")
            if unread and isinstance(uid, UUID):
                self.go_to(uid, unread[0])
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if enter_walk.is_enter(event) and self.tabBar().hasFocus():
            self.enter()
        else:
            super().keyPressEvent(event)

    def enter(self) -> None:
        """Into the tab that is shown."""
        self.start(self.currentIndex())

    def start(self, tab: int = INFO) -> None:
        """Put the cursor where typing begins on a tab."""
        self.setCurrentIndex(tab)
        if tab == INFO:
            self.info.focus_field(self.info.visible_codes()[0])
        elif tab == MEMBERS_TAB:
            self.members.start()
        elif tab == HOUSING:
            self.housing.focus_field(self.housing.visible_codes()[0])
        elif tab == REVIEW:
            self.review.start()
        elif tab == SUPPORT:
            self.support.start()
        else:
            self.history.table.setFocus()

    def show_first(self) -> None:
        """Show the tab it begins on without a cursor in any field: no key pressed by habit
        changes one.
        """
        self.setCurrentIndex(self.begins_on)
        self.begins_on = INFO
        self.support.look()
        self.tabBar().setFocus()

    def place(self) -> tuple[str, int]:
        """Where the cursor is: name of the input, place in its text."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return "", 0
        return focus.objectName(), focus.cursorPosition() if isinstance(focus, QLineEdit) else 0

    def return_to(self, place: tuple[str, int]) -> None:
        """Put the cursor back after everything was filled anew."""
        name, at = place
        found = self.findChild(QWidget, name) if name else None
        if isinstance(found, QWidget) and found.isEnabled():
            found.setFocus()
            if isinstance(found, QLineEdit):
                found.setCursorPosition(at)

    # -- internals ------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_tabs()

    def _fit_tabs(self) -> None:
        """Shorter titles where the bar would have to scroll."""
        for tab, title in enumerate(self._titles):
            self.setTabText(tab, title)
        if self.tabBar().sizeHint().width() > self.width() - _TAB_EDGE:
            shorter = (self.tr("Nhà ở"), self.tr("Lịch sử"))
            for tab, title in zip((HOUSING, HISTORY), shorter, strict=True):
                self.setTabText(tab, title)

    def _build(self, desk: Desk) -> None:
        """Every page is put in its place while it is empty: moving a full one is slow."""
        definitions = desk.definitions
        form = definitions.household
        info = [section for section in form.sections if section.page == "info"]
        housing = [section for section in form.sections if section.page == "housing"]
        room = self.findChild(QStackedWidget)
        self.info = self._form_page(
            self.tr("Thông tin"), [*info[:1], _class_section(definitions), *info[1:]]
        )
        self.members = MembersTab(definitions.member, desk.context.new_id, room)
        self.addTab(self.members, self.tr("Thành viên"))
        self.housing = self._form_page(self.tr("Nhà ở && tiện ích"), housing)
        self.review = ReviewTab(definitions, room)
        self.addTab(self.review, self.tr("Rà soát"))
        self.support = SupportTab(desk, room)
        self.addTab(self.support, self.tr("Hỗ trợ"))
        self.history = HistoryTab(desk, room)
        self.addTab(self.history, self.tr("Lịch sử thay đổi"))
        self._titles = [self.tabText(tab) for tab in range(self.count())]
        for part, code in (
            (self.members, "members"),
            (self.review, "review_tab"),
            (self.support, "household_help"),
            (self.history, "history"),
        ):
            opening.name_help(part, code)
        for number in range(self.count()):
            keys = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            keys.setObjectName(f"tab_{number}")
            keys.activated.connect(self._open_tab)

    def _form_page(self, title: str, sections: Sequence[Section]) -> FormView:
        page = QWidget()
        self.addTab(scrolled(page), title)
        box = QVBoxLayout(page)
        box.setContentsMargins(20, 12, 20, 16)
        form = FormView(sections, page)
        box.addWidget(form)
        box.addStretch()
        return form

    def _open_tab(self) -> None:
        self.start(int(self.sender().objectName().removeprefix("tab_")))

    def _request_record(self) -> None:
        self.record_requested.emit(False)

    def _request_correction(self) -> None:
        self.record_requested.emit(True)

    def _tell(self) -> None:
        self.changed.emit()

    def _info_changed(self, code: str) -> None:
        if code == "average_living":
            # Mức sống trung bình is recognised for households that are not poor.
            chosen = self.info.fields["class"]
            if self.info.fields[code].value() is True and chosen.value() is None:
                chosen.set_value("not_poor")
        if code in ("class", "average_living"):
            self._settle_average(code)
        self.changed.emit()

    def _settle_average(self, code: str) -> None:
        """With a class, what is not recognised is seen to be Không; without one nothing is said."""
        average, chosen = self.info.fields["average_living"], self.info.fields["class"].value()
        if chosen is not None and average.value() is None:
            average.set_value(False)
        elif chosen is None and code == "class" and average.value() is False:
            average.set_value(None)

    def _go_on(self) -> None:
        """Enter in the last field of a tab opens the next one."""
        self.start(self.currentIndex() + 1)

    def _go_to_missing(self, missing: MissingField) -> None:
        if self._uid is not None:
            self.go_to(missing.member or self._uid, missing.field)

    def _tab_of(self, field: str) -> int:
        if field in self.info.fields:
            return INFO
        return HOUSING if field in self.housing.fields else REVIEW

    def _count_by_tab(self, found: Iterable[tuple[UUID, str, str, bool]]) -> Mapping[int, int]:
        counts = dict.fromkeys((INFO, MEMBERS_TAB, HOUSING, REVIEW), 0)
        for uid, field, _, _ in found:
            elsewhere = uid != self._uid or field in _OF_MEMBERS
            counts[MEMBERS_TAB if elsewhere else self._tab_of(field)] += 1
        return counts


def _short(name: str) -> tuple[str, ...]:
    """What people call a village: "Thôn Đoài" is Đoài, "Tổ dân phố 5" is 5."""
    found = _KIND.match(search_key(name))
    return (name[found.end() :],) if found else ()


def _class_section(definitions: Definitions) -> Section:
    """The class of the year: labels from the definitions, answers in a word each."""
    fields = definitions.fields("household_derived")
    return Section(
        code="class_of_year",
        label="",
        page="info",
        fields=tuple(_plain(fields[code]) for code in CLASS_FIELDS),
    )


def _plain(field: FieldDef) -> FieldDef:
    short = tuple(
        replace(choice, label=choice.label.removeprefix("Hộ ").capitalize())
        for choice in field.choices
    )
    return replace(field, choices=short) if field.code == "class" else field
