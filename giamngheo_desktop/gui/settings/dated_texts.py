"""Texts that hold from a day on: what the sections of Cài đặt that set them have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import cast

from PySide6.QtWidgets import QFormLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.line_edit import LineEdit
from giamngheo_desktop.gui.forms.lines_edit import LinesEdit
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.history_table import HistoryTable, first_day
from giamngheo_desktop.gui.settings.section import DayField, TypedSection
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.unit_history import DatedValue, settings_of_all_days
from giamngheo_desktop.storage.engine import Database

_SINCE = "since"  # in a draft
_Found = tuple[dict[str, str], list[DatedValue]]


class DatedTexts(TypedSection):
    """From the day at the top on papers carry what is typed here; older papers keep theirs.

    `labels` are the settings by code; those of `lines` have several lines.
    """

    WATCHES = frozenset({Kind.SETTING})

    def __init__(
        self,
        desk: Desk,
        title: str,
        intro: str,
        labels: Mapping[str, str],
        lines: Mapping[str, int],
        name: str,
    ) -> None:
        super().__init__(desk, title, intro)
        self._name, self._labels = name, labels
        self._stored: dict[str, str] = {}
        self.fields: dict[str, LineEdit | LinesEdit] = {}
        self.since = DayField("since", self.tr("Áp dụng từ ngày"))
        self.problem = label("", "error", f"{name}_problem", wrap=True)
        body = QWidget()
        page = QVBoxLayout(body)
        page.setContentsMargins(0, 0, 8, 0)
        form = QFormLayout()
        page.addLayout(form)
        page.addStretch()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(label(self.tr("Áp dụng từ ngày"), "soft"), self.since)
        for code, text in labels.items():
            high = lines.get(code, 1)
            field: LineEdit | LinesEdit = LinesEdit(high) if high > 1 else LineEdit()
            field.setObjectName(code)
            field.setAccessibleName(text)
            shown = label(text, "soft", wrap=True)
            shown.setFixedWidth(190)
            form.addRow(shown, field)
            self.fields[code] = field
        self.history = HistoryTable()
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(body))
        self._stack.addWidget(self.history)
        self.past = button(self.tr("Các lần &thay đổi"), "show_history", icon="history")
        self.past.setCheckable(True)
        self.past.toggled.connect(self._show_past)
        self.box.addWidget(self._stack, 1)
        self.box.addWidget(self.problem)
        self.foot(self.past, save=True)
        self.setFocusProxy(next(iter(self.fields.values())))
        self.since.changed.connect(self.draft.touch)
        for one in self.fields.values():
            one.textChanged.connect(self.draft.touch)

    # -- what a section says of its settings ----------------------------------------------------

    def stored_text(self, code: str, text: str) -> str:
        """What is stored of a text as typed."""
        return text

    def typed_text(self, code: str, value: str) -> str:
        """What stands in the field of a stored value."""
        return value

    def first_problem(self) -> tuple[str, QWidget] | None:
        """Why it cannot be saved, and where."""
        return None

    # -- the rest -------------------------------------------------------------------------------

    @property
    def is_dirty(self) -> bool:
        return self._typed() != {code: self._stored.get(code, "") for code in self.fields}

    def as_typed(self) -> Typed:
        return {_SINCE: self.since.value(), **{c: _text(f) for c, f in self.fields.items()}}

    def put_typed(self, typed: Typed) -> None:
        self.since.set_value(cast("Entry", typed.get(_SINCE)))
        for code, field in self.fields.items():
            _put(field, str(typed.get(code) or ""))

    def stops(self) -> list[QWidget]:
        return [self.since.input(), *self.fields.values(), self.save_button]

    def load(self) -> None:
        codes = tuple(self.fields)
        work = partial(_read, self.desk.database, self.desk.day(self.year), codes)
        self.desk.runner.read(self, work, self._show, latest=self._name)

    def save(self) -> bool:
        day = self.since.day()
        if day is None:
            self._say(self.tr("Ghi ngày bắt đầu áp dụng, ví dụ 01/07/2026."))
            self.since.take_focus()
            return False
        found = self.first_problem()
        if found is not None:
            self._say(found[0])
            found[1].setFocus()
            return False
        typed = self._typed()
        changed = {code: text for code, text in typed.items() if text != self._stored.get(code, "")}
        if changed:
            work = partial(settings.save, self.desk.database, self.desk.context, changed, day)
            self.desk.runner.write(self, work, self._saved)
        return True

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(True)

    def text(self, code: str) -> str:
        """What is typed in a field, tidied."""
        field = self.fields[code]
        return field.lines() if isinstance(field, LinesEdit) else clean(field.text())

    def _typed(self) -> dict[str, str]:
        return {code: self.stored_text(code, self.text(code)) for code in self.fields}

    def _show(self, found: _Found) -> None:
        values, history = found
        self._stored = {code: values.get(code, "") for code in self.fields}
        for code, field in self.fields.items():
            _put(field, self.typed_text(code, self._stored[code]))
        # What is stored may hold spaces that are tidied at the next save only.
        self._stored |= self._typed()
        self.since.set_value(first_day(history, self.desk.day(self.year), self.year))
        self.problem.setVisible(False)
        self.history.show_values(history, self._labels, self._on_one_line)
        self.take_up()

    def _show_past(self, shown: bool) -> None:
        self._stack.setCurrentIndex(1 if shown else 0)
        self.save_button.setVisible(not shown)

    def _on_one_line(self, value: DatedValue) -> str:
        return self.typed_text(value.code, value.value).replace("\n", " / ")

    def _saved(self, done: Done[None]) -> None:
        self._stored = self._typed()
        self.draft.forget()
        self.load()


def _text(field: LineEdit | LinesEdit) -> str:
    return field.toPlainText() if isinstance(field, LinesEdit) else field.text()


def _put(field: LineEdit | LinesEdit, text: str) -> None:
    if isinstance(field, LinesEdit):
        field.setPlainText(text)
    else:
        field.setText(text)
        field.setCursorPosition(0)


def _read(database: Database, day: date, codes: Sequence[str]) -> _Found:
    return settings.get(database, day), settings_of_all_days(database, codes)
