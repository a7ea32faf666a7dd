"""Cài đặt › Cơ quan, người ký: what stands on papers, each value with the days it holds."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFormLayout, QPlainTextEdit, QStackedWidget, QWidget

from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.line_edit import LineEdit, is_for_window
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.review.drafting import Typed
from giamngheo_desktop.gui.settings.history_table import HistoryTable, first_day
from giamngheo_desktop.gui.settings.section import DayField, TypedSection
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.unit_history import DatedValue, settings_of_all_days
from giamngheo_desktop.storage.engine import Database

_SINCE = "since"  # in a draft
_PADDING = 6  # of the style sheet, above and below
_Found = tuple[dict[str, str], list[DatedValue]]


class LinesEdit(QPlainTextEdit):
    """Several lines, one thing a line; Enter makes a line, on an empty last one it goes on."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self._lines = lines
        self.document().setDocumentMargin(1)  # texts begin where those of a line edit do
        self._fit()

    def lines(self) -> str:
        """The lines as stored: each trimmed, empty ones left out."""
        found = (clean(line) for line in self.toPlainText().splitlines())
        return "\n".join(line for line in found if line)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            document = self.document()
            typed = document.isUndoAvailable() or document.isRedoAvailable()
            if is_for_window(event, typed=typed):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        cursor = self.textCursor()
        done = not cursor.block().text().strip() and not cursor.block().next().isValid()
        if enter_walk.is_enter(event) and done:
            event.ignore()  # the page goes on
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self.moveCursor(QTextCursor.MoveOperation.End)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        """As high as its lines, so that no bar stands beside two lines of two."""
        around = 2 * (_PADDING + self.document().documentMargin()) + 6
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + int(around))


class OfficesSection(TypedSection):
    """From the day at the top on, papers carry what is typed here; older papers keep theirs."""

    WATCHES = frozenset({Kind.SETTING})

    def __init__(self, desk: Desk) -> None:
        title = self.tr("Cơ quan ban hành, người ký, nơi nhận")
        intro = self.tr(
            "In trên mọi biểu. Người ký đổi thì sửa ở đây với ngày bắt đầu: biểu của ngày trước "
            "vẫn in người ký cũ."
        )
        super().__init__(desk, title, intro)
        self._stored: dict[str, str] = {}
        self.fields: dict[str, LineEdit | LinesEdit] = {}
        self.since = DayField("since", self.tr("Áp dụng từ ngày"))
        self.problem = label("", "error", "offices_problem", wrap=True)
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(0, 0, 8, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.addRow(label(self.tr("Áp dụng từ ngày"), "soft"), self.since)
        for code, text in self._labels().items():
            lines = _LINES.get(code, 1)
            field: LineEdit | LinesEdit = LinesEdit(lines) if lines > 1 else LineEdit()
            field.setObjectName(code)
            field.setAccessibleName(text)
            name = label(text, "soft", wrap=True)
            name.setFixedWidth(190)
            form.addRow(name, field)
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
        self.setFocusProxy(self.fields["superior_body"])
        self.since.changed.connect(self.draft.touch)
        for field in self.fields.values():
            field.textChanged.connect(self.draft.touch)

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
        work = partial(_read, self.desk.database, self.desk.day(self.year))
        self.desk.runner.read(self, work, self._show, latest="offices")

    def save(self) -> bool:
        day = self.since.day()
        if day is None:
            self.problem.setText(self.tr("Ghi ngày bắt đầu áp dụng, ví dụ 01/07/2026."))
            self.problem.setVisible(True)
            self.since.take_focus()
            return False
        typed = self._typed()
        changed = {code: text for code, text in typed.items() if text != self._stored.get(code, "")}
        if changed:
            work = partial(settings.save, self.desk.database, self.desk.context, changed, day)
            self.desk.runner.write(self, work, self._saved)
        return True

    def _labels(self) -> dict[str, str]:
        return {
            "superior_body": self.tr("Cơ quan cấp trên (để trống nếu không in)"),
            "issuing_body": self.tr("Cơ quan ban hành"),
            "place_name": self.tr("Địa danh"),
            "signer_authority": self.tr("Ký thay mặt"),
            "signer_title": self.tr("Chức vụ người ký"),
            "signer_name": self.tr("Họ tên người ký"),
            "preparer_name": self.tr("Người lập biểu"),
            "steering_committee": self.tr("Ban Chỉ đạo rà soát"),
            "report_addressee": self.tr("Kính gửi"),
            "report_recipients": self.tr("Nơi nhận, mỗi nơi một dòng"),
        }

    def _typed(self) -> dict[str, str]:
        return {
            code: field.lines() if isinstance(field, LinesEdit) else clean(field.text())
            for code, field in self.fields.items()
        }

    def _show(self, found: _Found) -> None:
        values, history = found
        self._stored = {code: values.get(code, "") for code in self.fields}
        for code, field in self.fields.items():
            _put(field, self._stored[code])
        # What is stored may hold spaces that are tidied at the next save only.
        self._stored |= self._typed()
        self.since.set_value(first_day(history, self.desk.day(self.year), self.year))
        self.problem.setVisible(False)
        self.history.show_values(history, self._labels(), _on_one_line)
        self.take_up()

    def _show_past(self, shown: bool) -> None:
        self._stack.setCurrentIndex(1 if shown else 0)
        self.save_button.setVisible(not shown)

    def _saved(self, done: Done[None]) -> None:
        self._stored = self._typed()
        self.draft.forget()
        self.load()


_LINES = {"issuing_body": 2, "signer_authority": 2, "report_recipients": 4}


def _text(field: LineEdit | LinesEdit) -> str:
    return field.toPlainText() if isinstance(field, LinesEdit) else field.text()


def _put(field: LineEdit | LinesEdit, text: str) -> None:
    if isinstance(field, LinesEdit):
        field.setPlainText(text)
    else:
        field.setText(text)
        field.setCursorPosition(0)


def _on_one_line(value: DatedValue) -> str:
    return value.value.replace("\n", " / ")


def _read(database: Database, day: date) -> _Found:
    return settings.get(database, day), settings_of_all_days(database)
