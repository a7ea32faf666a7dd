"""A page of a form: fields from the definition, a record in and out, problems beside the fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from giamngheo_desktop.domain.form import FieldDef, FieldKind, Section
from giamngheo_desktop.gui.forms.enter_walk import is_enter
from giamngheo_desktop.gui.forms.entry import Entry, has_unparsed
from giamngheo_desktop.gui.forms.field_widget import FieldWidget
from giamngheo_desktop.gui.forms.field_widgets import make_field
from giamngheo_desktop.gui.forms.fold_heading import FoldHeading
from giamngheo_desktop.gui.forms.form_layout import LONG, NARROW, arrange, columns_for, is_wide
from giamngheo_desktop.gui.forms.options import Option
from giamngheo_desktop.gui.forms.rows_field import RowsField
from giamngheo_desktop.gui.theme import theme

Problem = tuple[str, str, bool]  # field (or rows.2.field), sentence, is it an error


class FormView(QWidget):
    """Draws sections of fields; Tab and Enter follow the order of the definition. Enter passes over
    a folded section; it opens by its heading, and by itself where it holds something, where
    something is wrong in it or the cursor is put there.

    `record()` is what may be saved: keys that are no field pass through, and a field that the
    user's answers have hidden is None. `draft()` is everything as typed. `changed(code)` follows
    each change by hand, `completed` Enter in the last field, `help_requested(code)` F1.
    """

    changed = Signal(str)
    dirty_changed = Signal(bool)
    help_requested = Signal(str)
    completed = Signal()

    def __init__(self, sections: Sequence[Section], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "page")
        self.sections = tuple(sections)
        self.fields: dict[str, FieldWidget] = {}
        self._labels: dict[str, QLabel] = {}
        self._cards: dict[str, QFrame] = {}
        self._grids: dict[str, QGridLayout] = {}
        self._folds: dict[str, FoldHeading] = {}  # by section
        self._base: dict[str, Entry] = {}
        self._clean: dict[str, Entry] = {}
        self._first_hidden: set[str] = set()
        self._shown: tuple[int, frozenset[str], frozenset[str]] = (0, frozenset(), frozenset())
        self._dirty = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        for section in self.sections:
            self._build(section, box)
        box.addStretch()
        self.set_record({})
        app = cast("QApplication", QApplication.instance())
        app.focusChanged.connect(self._follow_focus)

    # -- record in and out ----------------------------------------------------------------------

    def set_record(self, record: Mapping[str, Entry]) -> None:
        """Show a stored record; the form is clean then."""
        self._base = dict(record)
        for code, widget in self.fields.items():
            widget.set_value(record.get(code))
        self._first_hidden = self.fields.keys() - self._applicable()
        self.set_problems(())
        for fold in self._folds.values():
            fold.setChecked(False)
        self._unfold_filled()
        self._arrange()
        self.mark_saved()

    def set_draft(self, draft: Mapping[str, Entry]) -> None:
        """Put typed values over the record, as after a crash; the form is dirty then."""
        for code, entry in draft.items():
            widget = self.fields.get(code)
            if isinstance(widget, RowsField):
                widget.set_draft(entry, self._base.get(code))
            elif widget is not None:
                widget.set_value(entry)
        self._unfold_filled()
        self._arrange()
        self._tell_dirty()

    def record(self) -> dict[str, Entry]:
        """The record as it would be saved."""
        record = {**self._base, **self.draft()}
        for code in self.fields.keys() - self._applicable():
            hidden_before = code in self._first_hidden
            record[code] = self._base.get(code) if hidden_before else None
        return record

    def draft(self) -> dict[str, Entry]:
        """Every field as typed, hidden ones too."""
        return {code: widget.value() for code, widget in self.fields.items()}

    def unreadable(self) -> list[str]:
        """Codes of the fields whose text is not understood; saving them must wait."""
        return [code for code, entry in self.record().items() if has_unparsed(entry)]

    def focus_unreadable(self) -> bool:
        """Put the cursor where text is not understood, of rows into that cell; False where all
        is read.
        """
        found = self.unreadable()
        if not found:
            return False
        widget = self.fields[found[0]]
        cell = widget.unreadable_cell() if isinstance(widget, RowsField) else None
        (cell or widget).take_focus()
        return True

    @property
    def is_dirty(self) -> bool:
        return self._dirty

    def mark_saved(self) -> None:
        """What is shown now is what is stored."""
        self._clean = self.draft()
        self._tell_dirty()

    # -- problems, options, focus ---------------------------------------------------------------

    def set_problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Show these beside their fields, none elsewhere; returns those that have no field here."""
        texts: dict[str, list[tuple[str, bool]]] = {}
        homeless: list[Problem] = []
        cells: list[Problem] = []
        for code, text, is_error in problems:
            if code in self.fields:
                texts.setdefault(code, []).append((text, is_error))
            elif code.split(".")[0] in self.fields and code.count(".") == 2:
                cells.append((code, text, is_error))
            else:
                homeless.append((code, text, is_error))
        self.unfold({code.partition(".")[0] for code in (*texts, *(one[0] for one in cells))})
        for code, widget in self.fields.items():
            found = texts.get(code, [])
            sentences = "\n".join(text for text, _ in found)
            widget.set_problem(sentences or None, is_error=any(bad for _, bad in found))
            if isinstance(widget, RowsField):
                widget.clear_cell_problems()
        for code, text, is_error in cells:
            rows, number, cell = code.split(".")
            widget = self.fields[rows]
            if isinstance(widget, RowsField):
                widget.set_cell_problem(int(number), cell, text, is_error=is_error)
        return homeless

    def set_options(self, code: str, options: Sequence[tuple[object, str]]) -> None:
        """The answers of a field whose list is data (areas): pairs of value and label."""
        self.offer(code, [Option(value, label) for value, label in options])

    def offer(self, code: str, options: Sequence[Option]) -> None:
        """The same as options; `rows.field` names a column of rows."""
        rows, _, column = code.partition(".")
        widget = self.fields[rows]
        if isinstance(widget, RowsField):
            widget.set_options(column, options)
        else:
            widget.set_options(options)  # type: ignore[attr-defined]
        self._clean[rows] = widget.value() if not self._dirty else self._clean[rows]

    def focus_field(self, code: str) -> None:
        """Put the cursor into a field and show it; `rows.2.field` names a cell."""
        parts = code.split(".")
        self.unfold({parts[0]})
        widget = self.fields[parts[0]]
        if len(parts) == 3 and isinstance(widget, RowsField):
            widget = widget.cell(int(parts[1]), parts[2])
        widget.take_focus()

    def unfold(self, codes: Collection[str]) -> None:
        """Show these fields, where their section is folded."""
        for section in self.sections:
            if section.folded and any(field.code in codes for field in section.fields):
                self._folds[section.code].setChecked(True)

    def _unfold_filled(self) -> None:
        """Nothing that is stored or typed is out of sight."""
        empty: tuple[Entry, ...] = (None, "", ())
        self.unfold({code for code, entry in self.draft().items() if entry not in empty})

    def _refold(self) -> None:
        self._unfold_filled()
        self._arrange()

    def current_field(self) -> str | None:
        """The code of the field with the cursor."""
        focus = self.focusWidget()
        holds = (code for code, w in self.fields.items() if focus and w.isAncestorOf(focus))
        return next(holds, None)

    def _helpless(self) -> str | None:
        """The field with the cursor, unless its help is shown already."""
        code = self.current_field()
        return None if code is None or self.fields[code].help_shown() else code

    def visible_codes(self) -> list[str]:
        """Codes of the fields now asked, in their order."""
        return [code for code in self.fields if code in self._shown[1]]

    def tab_stops(self) -> list[QWidget]:
        """The widgets the Tab key visits, in order."""
        shown, stops = self.visible_codes(), list[QWidget]()
        for section in self.sections:
            if section.folded:
                stops.append(self._folds[section.code])
            for field in section.fields:
                stops += self.fields[field.code].tab_stops() if field.code in shown else ()
        return stops

    # -- events ---------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # F1 in a field is for the field first; pressed again, for the page
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F1:
            event.setAccepted(self._helpless() is not None)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_enter(event):
            self._next_field()
        elif plain and event.key() == Qt.Key.Key_F1 and (code := self._helpless()):
            self.fields[code].show_help(True)
            self.help_requested.emit(code)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        self._fit_labels()

    def _build(self, section: Section, box: QVBoxLayout) -> None:
        card = QFrame(self)
        card.setProperty("kind", "card")
        card.setObjectName(f"card_{section.code}")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(8)
        heading: QWidget
        if section.folded:
            heading = self._folds[section.code] = FoldHeading(
                section.label, f"fold_{section.code}", card
            )
            heading.toggled.connect(self._refold)
        else:
            heading = QLabel(section.label, card, wordWrap=True)  # it may say why it is closed
            heading.setProperty("kind", "heading")
            heading.setObjectName(f"section_{section.code}")
        self._cards[section.code] = card
        inside.addWidget(heading)
        box.addWidget(card)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        inside.addLayout(grid)
        self._grids[section.code] = grid
        for field in section.fields:
            label = QLabel(_label_text(field), card, wordWrap=True)
            label.setObjectName(f"label_{field.code}")
            label.setProperty("kind", "soft")
            widget = make_field(field, card)
            label.setBuddy(widget.input())
            if field.required:
                label.setToolTip(self.tr("Cần có trước khi kết thúc rà soát hộ."))
            widget.changed.connect(self._field_changed)
            if isinstance(widget, RowsField):
                widget.stops_changed.connect(self._link_tabs)
            self.fields[field.code], self._labels[field.code] = widget, label

    def _field_changed(self) -> None:
        widget = self.sender()
        self._arrange()
        self._tell_dirty()
        if isinstance(widget, FieldWidget):
            widget.set_problem(None)  # what was said was about the value before
            self.changed.emit(widget.field.code)

    def _asked(self) -> frozenset[str]:
        """Codes of the fields to show."""
        shut = {
            field.code
            for section in self.sections
            if section.folded and not self._folds[section.code].isChecked()
            for field in section.fields
        }
        return self._applicable() - shut

    def _applicable(self) -> frozenset[str]:
        """Codes of the fields whose condition holds now."""
        now = {**self._base, **self.draft()}
        conditions = {code: widget.field.visible_if for code, widget in self.fields.items()}
        return frozenset(c for c, needs in conditions.items() if needs is None or needs.holds(now))

    def _arrange(self) -> None:
        """Put the fields now asked into their places, if anything moved."""
        columns = self._columns()
        asked = self._asked()
        above = self._long_choices() if self.width() * 100 < NARROW * theme.percent else frozenset()
        if (columns, asked, above) == self._shown:
            return
        self._shown = (columns, asked, above)
        for section in self.sections:
            self._arrange_section(section, columns, asked, above)
        self._link_tabs()

    def _long_choices(self) -> frozenset[str]:
        """Fields whose answers are cut where a label takes a part of a narrow line."""
        return frozenset(
            code
            for code, widget in self.fields.items()
            if widget.field.kind is FieldKind.CHOICE
            and any(len(choice.label) > LONG for choice in widget.field.choices)
        )

    def _arrange_section(
        self, section: Section, columns: int, asked: frozenset[str], above: frozenset[str]
    ) -> None:
        grid = self._grids[section.code]
        for field in section.fields:
            for widget in (self._labels[field.code], self.fields[field.code]):
                grid.removeWidget(widget)
                widget.setVisible(field.code in asked)
        fields = [field for field in section.fields if field.code in asked]
        self._cards[section.code].setVisible(bool(fields) or section.folded)
        top = Qt.AlignmentFlag.AlignTop
        for place in arrange(fields, columns, above):
            label, widget = self._labels[place.code], self.fields[place.code]
            at, left = place.line * 2, place.column * 3
            label.setContentsMargins(0, 0 if place.above else 7, 0, 0)
            span = columns * 3 - 1 if place.wide else 2
            if place.above:
                grid.addWidget(label, at, left, 1, span)
                grid.addWidget(widget, at + 1, left, 1, span)
            else:
                grid.addWidget(label, at, left, top)
                grid.addWidget(widget, at, left + 1, 1, span - 1, top)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(4, 1 if columns == 2 else 0)
        grid.setColumnMinimumWidth(2, 12 if columns == 2 else 0)

    def _columns(self) -> int:
        return columns_for(self.width(), theme.percent) if self._fits_two_columns() else 1

    def _fits_two_columns(self) -> bool:
        """Whether the widest input fits half the width (a row of buttons cannot shrink)."""
        narrow = [w for w in self.fields.values() if not is_wide(w.field)]
        widest = max((widget.minimumSizeHint().width() for widget in narrow), default=0)
        return self.width() // 2 >= self._label_width(2) + widest + 48

    def _label_width(self, columns: int) -> int:
        return max(96, (self.width() - 32) // columns * 3 // 10)

    def _fit_labels(self) -> None:
        """All labels of a column are equally wide, so that the inputs of all sections line up."""
        width = self._label_width(self._shown[0])
        for code, label in self._labels.items():
            if code in self._shown[2]:
                label.setMinimumWidth(0)
                label.setMaximumWidth(self.width())
            elif not isinstance(self.fields[code], RowsField):
                label.setFixedWidth(width)

    def _link_tabs(self) -> None:
        for one, following in pairwise(self.tab_stops()):
            QWidget.setTabOrder(one, following)

    def _next_field(self) -> None:
        codes = self.visible_codes()
        current = self.current_field()
        following = codes[codes.index(current) + 1 :] if current in codes else codes
        ready = (code for code in following if self.fields[code].input().isEnabled())
        code = next(ready, None)
        if code is None:
            self.completed.emit()
        else:
            self.fields[code].take_focus()

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and self.isAncestorOf(old):
            for widget in self.fields.values():
                if widget.help_shown() and not (new and widget.isAncestorOf(new)):
                    widget.show_help(False)
        if new is None or not self.isAncestorOf(new):
            return
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None:
            area.ensureWidgetVisible(new, 8, 48)

    def _tell_dirty(self) -> None:
        dirty = self.draft() != self._clean
        if dirty != self._dirty:
            self._dirty = dirty
            self.dirty_changed.emit(dirty)


def _label_text(field: FieldDef) -> str:
    return f"{field.label}\N{NO-BREAK SPACE}*" if field.required else field.label
