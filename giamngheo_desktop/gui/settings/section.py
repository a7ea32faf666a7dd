"""What the settings page knows of a section: it loads for a year, may hold unsaved changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.gui import messages, shortcuts
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.text_fields import ParsedField
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import OF_SETTINGS, DraftNote, Typed
from giamngheo_desktop.gui.theme import theme


class Section(QWidget):
    """A subclass sets `WATCHES`, writes `load()`, and `is_dirty`, `save`, `discard` if it saves."""

    go_requested = Signal(str, object)
    undo_requested = Signal()  # of the newest step, by the way of Ctrl+Z
    noted = Signal(str)  # goes along with the notice of what was just written
    breadth_changed = Signal()

    WATCHES: ClassVar[frozenset[Kind]] = frozenset()
    ADDS: ClassVar[bool] = False  # Ctrl+N begins one more record here

    def __init__(self, desk: Desk, title: str, intro: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.year = desk.context.today().year
        self.is_broad = False  # what it shows now needs the width of the page
        self.fault = Fault(self, self.load)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(8)
        self.heading = label(title, "heading")
        self.box.addWidget(self.heading)
        self.intro = label(intro, "soft", wrap=True)
        if intro:
            self.box.addWidget(self.intro)

    def load(self) -> None:
        """Read what is stored, for `self.year`."""
        raise NotImplementedError

    def arrive(self, wanted: Mapping[str, object]) -> None:
        """Show one thing: called when another page leads here."""

    def shows(self, wanted: Mapping[str, object]) -> bool:
        """Whether what `arrive` would show stands there."""
        return True

    def add_one(self) -> None:
        """Begin one more record, where it `ADDS`."""

    def set_broad(self, broad: bool) -> None:
        if broad != self.is_broad:
            self.is_broad = broad
            self.breadth_changed.emit()

    @property
    def is_dirty(self) -> bool:
        return False

    def save(self) -> bool:
        """Begin to write what is on screen; False where something on it can't be saved."""
        return True

    def discard(self) -> None:
        """Show what is stored again."""
        self.load()

    def stops(self) -> list[QWidget]:
        """What Enter visits, from the top down; the last one is the main action."""
        return []

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (enter_walk.is_enter(event) and enter_walk.go_on(self.stops())):
            super().keyPressEvent(event)

    def may_leave(self) -> bool:
        """Ask what to do with changes that are not saved."""
        if not self.is_dirty:
            return True
        answer = messages.choose(
            self.tr("“{title}” có chỗ sửa chưa lưu.").format(title=self.heading.text()),
            (
                messages.Answer("save", self.tr("Lưu")),
                messages.Answer("discard", self.tr("Bỏ sửa"), dangerous=True),
                messages.Answer("stay", self.tr("Ở lại")),
            ),
            default="save",
            escape="stay",
            parent=self,
        )
        if answer == "save":
            return self.save()
        if answer == "discard":
            self.discard()
        return answer == "discard"

    def _save_by_key(self) -> None:
        if self.save_button.isVisible() and self.save_button.isEnabled():
            self.save_button.setFocus()  # what is being typed is taken along
            self.save_button.click()

    def foot(self, *parts: QWidget, save: bool = False) -> QHBoxLayout:
        """The line of buttons at the bottom; with `save` it ends in "Lưu", which has its key."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in parts:
            row.addWidget(part)
        row.addStretch()
        if save:
            self.save_button = button(self.tr("&Lưu"), "save", icon="save", kind="primary")
            self.save_button.clicked.connect(self.save)
            self.save_button.setEnabled(not self.desk.read_only)
            row.addWidget(self.save_button)
            shortcuts.make_action(self, "save", "", self._save_by_key, everywhere=False)
        self.box.addLayout(row)
        return row


class TypedSection(Section):
    """A section that is typed into: it keeps a draft until that is saved or dropped on purpose.

    A subclass calls `take_up` at the end of showing what is stored, `draft.touch` after each key
    and `draft.forget` once it was saved.
    """

    def __init__(self, desk: Desk, title: str, intro: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, title, intro, parent)
        self.draft = DraftNote(desk, self._unsaved, prefix=OF_SETTINGS)
        self.draft.dropped.connect(self.discard)
        self.box.addWidget(self.draft)

    def as_typed(self) -> Typed:
        """What stands in the section."""
        raise NotImplementedError

    def put_typed(self, typed: Typed) -> None:
        """The inverse of `as_typed`."""
        raise NotImplementedError

    def take_up(self) -> None:
        """Over what is stored: what was typed here for the year and never saved."""
        typed = self.draft.begin(f"{self.objectName()}-{self.year}", self.heading.text())
        if typed is not None:
            self.put_typed(typed)

    def discard(self) -> None:
        self.draft.forget()
        super().discard()

    def _unsaved(self) -> Typed | None:
        return self.as_typed() if self.is_dirty else None


class DayField(ParsedField):
    """A day typed by hand, with its label before it."""

    def __init__(self, code: str, text: str, help_text: str = "") -> None:
        super().__init__(FieldDef(code=code, kind=FieldKind.DATE, label=text, help=help_text))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._fit()
        theme.changed.connect(self._fit)

    def _fit(self) -> None:
        self.edit.setFixedWidth(130 * theme.percent // 100)

    def day(self) -> date | None:
        value = self.value()
        return value if isinstance(value, date) else None
