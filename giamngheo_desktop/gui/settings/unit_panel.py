"""The chosen unit: its name and kind, its attributes, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, cast
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from giamngheo_desktop.domain.area import Area, Level
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.choices import ChoiceList
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.form import Section as FormSection
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.wrapped_check import WrappedCheck
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review.drafting import OF_SETTINGS, DraftNote, Typed
from giamngheo_desktop.gui.settings.section import DayField
from giamngheo_desktop.gui.settings.unit_labels import area_types, commune_kinds, village_kinds
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.areas import COMPLETE, NewVillage
from giamngheo_desktop.services.unit_history import DatedValue, Version
from giamngheo_desktop.services.units import save_unit

_TICKS, _SINCE = "ticks", "since"  # in a draft
_COLUMNS = ("name", "kind", "position", "area_type", "region")


class UnitPanel(QWidget):
    """`saved(uid)` after something was written."""

    saved = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.uid: UUID | None = None
        self._is_new = False
        self._within: UUID | None = None  # the commune that a new village is of
        self._boxes: dict[str, QCheckBox] = {}
        self._ticked: dict[str, bool] = {}
        self._stored: dict[str, Any] = {}
        self._before: tuple[Typed, Mapping[str, bool], Entry] = ({}, {}, None)  # what was shown
        self._form: FormView | None = None
        self._forms = {
            Level.COMMUNE: FormView([self._section(Level.COMMUNE)]),
            Level.VILLAGE: FormView([self._section(Level.VILLAGE)]),
        }
        self.since = DayField("since", self.tr("Áp dụng từ ngày"))
        self.draft = DraftNote(desk, self._typed, prefix=OF_SETTINGS)
        self.problem = label("", "error", "unit_problem", wrap=True)
        self.save_button = button(self.tr("&Lưu"), "save", icon="save", kind="primary")
        self._history = label("", "small", "unit_history", wrap=True)
        self._attributes = QWidget()
        body = QWidget()
        box = QVBoxLayout(body)
        box.setContentsMargins(2, 0, 8, 0)
        box.setSpacing(8)
        for form in self._forms.values():
            box.addWidget(form)
            form.hide()
            form.completed.connect(self._leave_form)
            form.changed.connect(self.draft.touch)
        box.addWidget(self._attributes)
        self._build_attributes()
        self._history_title = label(self.tr("Trước đây"), "bold")
        box.addWidget(self._history_title)
        box.addWidget(self._history)
        box.addStretch()
        line = QHBoxLayout()
        line.setContentsMargins(2, 0, 8, 0)
        line.setSpacing(8)
        line.addWidget(label(self.tr("Áp dụng từ ngày"), "soft"))
        line.addWidget(self.since)
        line.addStretch()
        line.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.draft)
        column.addWidget(scrolled(body), 1)
        column.addWidget(self.problem)
        column.addLayout(line)  # stays in sight
        self.save_button.setEnabled(not desk.read_only)
        self.save_button.clicked.connect(self.save)
        self.since.changed.connect(self.draft.touch)
        self.draft.dropped.connect(self._show_first)

    # -- for the owner --------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        return self._form is not None and (self._form.is_dirty or self._ticks() != self._ticked)

    def show_unit(self, area: Area, facts: Mapping[str, str], day: date) -> None:
        self.uid, self._is_new = area.uid, False
        level = Level.VILLAGE if area.level is Level.VILLAGE else Level.COMMUNE
        self._show_form(level)
        self._head(self.tr("Thôn"))
        self._stored = {code: getattr(area, code) for code in _COLUMNS}
        self.form.set_record(self._stored)
        for edit in self.form.findChildren(QLineEdit):
            edit.setCursorPosition(0)  # the beginning of a long text is what tells
        self._show_ticks(level, facts)
        self.since.set_value(day)
        self._history.setText("")
        self._say("")
        self._take_up(area.uid, area.name)

    def show_new(self, day: date, commune: Area | None = None) -> None:
        """An empty village, to be added from a day on; `commune`: to which one of several."""
        self.uid, self._is_new = None, True
        self._within = commune.uid if commune else None
        self._show_form(Level.VILLAGE)
        new = self.tr("Thôn mới của {commune}")
        self._head(new.format(commune=commune.name) if commune else self.tr("Thôn"))
        self.form.set_record({"kind": "thon"})
        self._show_ticks(Level.VILLAGE, {})
        self._attributes.hide()
        self._history_title.hide()
        self._history.setText("")
        self.since.set_value(day)
        self._say("")
        self._take_up(self._within or self._desk.commune, self.tr("Thôn mới"))
        self.form.focus_field("name")

    @Slot()
    def start(self) -> None:
        """Put the cursor where typing begins."""
        if self._form is not None:
            self._form.focus_field(self._form.visible_codes()[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self._rest())):
            super().keyPressEvent(event)

    def show_history(self, uid: UUID, found: tuple[list[Version], list[DatedValue]]) -> None:
        if uid != self.uid:
            return
        past, facts = found
        lines = [self._version_text(version) for version in past]
        labels = self._attribute_labels()
        for fact in facts:
            text = self.tr("{what}: {days}")
            lines.append(
                text.format(
                    what=labels.get(fact.code, fact.code),
                    days=self._days(fact.valid_from, fact.valid_to),
                )
            )
        self._history.setText("\n".join(lines))
        self._history_title.setVisible(bool(lines))

    def discard(self) -> None:
        """Forget what is typed; the owner shows a unit next."""
        self.draft.forget()
        self._form, self.uid, self._is_new = None, None, False
        for form in self._forms.values():
            form.set_record({})
            form.hide()

    @property
    def form(self) -> FormView:
        assert self._form is not None
        return self._form

    def save(self) -> bool:
        """Begin to write; False where the day or the name is missing."""
        if self._form is None:
            return True
        record = self.form.record()
        day = self.since.day()
        if not record.get("name"):
            self.form.set_problems([("name", self.tr("Ghi tên."), True)])
            self.form.focus_field("name")
            return False
        if day is None:
            self._say(self.tr("Ghi ngày bắt đầu áp dụng, ví dụ 01/07/2026."))
            self.since.take_focus()
            return False
        if self.form.unreadable():
            self.form.focus_field(self.form.unreadable()[0])
            return False
        desk = self._desk
        if self._is_new:
            village = NewVillage(name=str(record["name"]), kind=str(record.get("kind") or "thon"))
            within = self._within or desk.unit(day.year)
            add = partial(areas.add_village, desk.database, desk.context, within, village, day)
            desk.runner.write(self, add, self._written)
            return True
        assert self.uid is not None
        typed = {code: record.get(code) for code in _COLUMNS}
        values = typed if typed != self._stored else {}
        ticks = {
            code: "yes" if box.isChecked() else None
            for code, box in self._boxes.items()
            if box.isChecked() != self._ticked.get(code)
        }
        if values or ticks:
            work = partial(
                save_unit,
                desk.database,
                desk.context,
                self.uid,
                day,
                values=values,
                facts=ticks,
            )
            desk.runner.write(self, work, self._written)
        return True

    # -- what is typed, for a draft -------------------------------------------------------------

    def _take_up(self, uid: UUID, name: str) -> None:
        """Over what is stored: what was typed of this unit, or of a new one in it."""
        kind = "thon-moi" if self._is_new else "don-vi"
        self._before = (self.form.record(), self._ticks(), self.since.value())
        typed = self.draft.begin(f"{kind}-{uid.hex}", name)
        if typed is not None:
            ticked = cast("tuple[str, ...]", typed.get(_TICKS) or ())
            self._put(typed, dict.fromkeys(ticked, True), cast("Entry", typed.get(_SINCE)))

    def _typed(self) -> Typed | None:
        if not self.is_dirty:
            return None
        ticked = tuple(code for code, ticked in self._ticks().items() if ticked)
        return {**self.form.draft(), _TICKS: ticked, _SINCE: self.since.value()}

    def _put(self, fields: Typed, ticks: Mapping[str, bool], since: Entry) -> None:
        known = {code: entry for code, entry in fields.items() if code in self.form.fields}
        self.form.set_draft(cast("Mapping[str, Entry]", known))
        for code, box in self._boxes.items():
            box.setChecked(ticks.get(code, False))
        self.since.set_value(since)

    def _show_first(self) -> None:
        """What stood here before anything was typed."""
        self._put(*self._before)

    def _ticks(self) -> dict[str, bool]:
        return {code: box.isChecked() for code, box in self._boxes.items()}

    # -- internals ------------------------------------------------------------------------------

    def _leave_form(self) -> None:
        enter_walk.start(self._rest())

    def _rest(self) -> list[QWidget]:
        """What Enter visits after the form."""
        return [*self._boxes.values(), self.since.input(), self.save_button]

    def _written(self, done: Done[UUID]) -> None:
        self.uid, self._is_new = done.value, False
        self.form.mark_saved()
        self._ticked = self._ticks()
        self.draft.forget()
        self.saved.emit(done.value)

    def _show_form(self, level: Level) -> None:
        self._form = self._forms[level]
        for form in self._forms.values():
            form.setVisible(form is self._form)

    def _head(self, text: str) -> None:
        """What the card of a village is headed by."""
        heading = self._forms[Level.VILLAGE].findChild(QLabel, f"section_{Level.VILLAGE.value}")
        assert isinstance(heading, QLabel)
        heading.setText(text)

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _build_attributes(self) -> None:
        column = QVBoxLayout(self._attributes)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(self.tr("Thuộc tính"), "bold"))
        for code, text in self._attribute_labels().items():
            box = WrappedCheck(text, code)
            box.clicked.connect(self._untick_rivals)
            box.clicked.connect(self.draft.touch)
            self._boxes[code] = box
            column.addWidget(box)

    @Slot(bool)
    def _untick_rivals(self, ticked: bool) -> None:
        """Attributes of one group exclude each other (khu vực I, II, III)."""
        code = self.sender().objectName()
        known = {entry.code: entry.group for entry in self._attributes_known()}
        for other, group in known.items():
            if ticked and other != code and group and group == known.get(code):
                self._boxes[other].setChecked(False)

    def _attributes_known(self) -> ChoiceList:
        return self._desk.definitions.choice_list("area_attributes")

    def _attribute_labels(self) -> dict[str, str]:
        complete = self.tr("Sổ đã đủ mọi hộ của thôn: được đếm tổng số từ sổ")
        return {COMPLETE: complete, **self._attributes_known().labels}

    def _show_ticks(self, level: Level, facts: Mapping[str, str]) -> None:
        levels = {entry.code: entry.levels for entry in self._attributes_known()}
        for code, box in self._boxes.items():
            box.setChecked(facts.get(code) == "yes")
            # one ticked at the wrong level stays in sight to be taken away
            fits = not levels.get(code) or level.value in levels[code]
            box.setVisible(fits or box.isChecked())
        self._boxes[COMPLETE].setVisible(level is Level.VILLAGE)
        self._ticked = self._ticks()
        self._attributes.show()
        self._history_title.show()

    def _version_text(self, version: Version) -> str:
        text = self.tr("{name}: {days}")
        days = self._days(version.valid_from, version.valid_to)
        return text.format(name=version.name, days=days)

    def _days(self, first: date, last: date | None) -> str:
        if last is None:
            return self.tr("từ {first}").format(first=format_date(first))
        text = self.tr("{first} – {last}")
        return text.format(first=format_date(first), last=format_date(last))

    def _section(self, level: Level) -> FormSection:
        kinds = village_kinds() if level is Level.VILLAGE else commune_kinds()
        regions = self._desk.definitions.choice_list("regions")
        offered = {entry.code: f"{entry.code} – {entry.label}" for entry in regions}
        of_commune = self.tr("Để trống thì theo xã.") if level is Level.VILLAGE else ""
        fields = [
            FieldDef(
                code="name",
                kind=FieldKind.TEXT,
                label=self.tr("Tên"),
                capitals="unit",
                required=True,
            ),
            FieldDef(
                code="kind", kind=FieldKind.CHOICE, label=self.tr("Loại"), choices=_choices(kinds)
            ),
            FieldDef(
                code="area_type",
                kind=FieldKind.CHOICE,
                label=self.tr("Khu vực"),
                help=of_commune,
                choices=_choices(area_types()),
            ),
            FieldDef(
                code="region",
                kind=FieldKind.CHOICE,
                label=self.tr("Vùng của bảng điểm"),
                help=of_commune,
                choices=_choices(offered),
            ),
        ]
        if level is Level.VILLAGE:
            position = FieldDef(
                code="position", kind=FieldKind.INTEGER, label=self.tr("Thứ tự trên biểu")
            )
            fields.append(position)
        title = self.tr("Thôn") if level is Level.VILLAGE else self.tr("Xã")
        return FormSection(code=level.value, label=title, page="unit", fields=tuple(fields))


def _choices(labels: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(code=code, label=text) for code, text in labels.items())
