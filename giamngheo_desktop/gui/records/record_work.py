"""Records in a short table, and the form of the chosen one below: what a panel of the review and
a section of a page have in common.

What is typed and not saved is kept as a draft, per record.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.form import Section
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.fault import Fault
from giamngheo_desktop.gui.forms import enter_walk
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_check import checked
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.refusal import Refusal
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import PREFIX, DraftNote, Typed
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.table_view import TableView

Values = Mapping[str, Any]
NEW = "moi"  # the draft of a record that is not stored yet
_LINES = 4
if TYPE_CHECKING:  # what it is mixed into
    _Widget = QWidget
else:
    _Widget = object


class RecordWork(_Widget):
    """Mixed into a widget, which calls `begin_records` once it is made.

    A subclass says its columns and fields, how to read and to save. `chosen` is the record in
    the form, None for a new one. `below` adds what belongs to the form and stands under it.
    """

    EXCUSED: ClassVar[frozenset[str]] = frozenset()  # starred fields that `problems` asks for
    DRAFTS: ClassVar[str] = PREFIX
    TABLE: ClassVar[type[TableView]] = TableView

    if TYPE_CHECKING:  # what the widget brings
        desk: Desk
        box: QVBoxLayout
        fault: Fault

        @property
        def editable(self) -> bool: ...
        def show_part(self, part: QWidget) -> None: ...

    def begin_records(self, foot: QHBoxLayout) -> None:
        """Table, draft, form and buttons; those go into `foot`."""
        self.chosen: UUID | None = None
        self._found: Any = None  # what was read
        self._writing = False
        self._wrote = False  # and it is to be shown
        self._adding = False  # one more record is asked for
        self.said = label("", "bold", "panel_said", wrap=True)
        self.table = self.TABLE(self.columns(), self.name(), self.title())
        self.draft = DraftNote(self.desk, self._typed, prefix=self.DRAFTS)
        self.form = FormView([])
        self.refusal = Refusal()
        self.new_button = button(self.new_label(), "new_record", icon="add")
        self.remove_button = button(self.tr("&Bỏ"), "remove_record", icon="delete")
        self.save_button = button(self.tr("&Lưu"), "save_record", icon="save", kind="primary")
        self.box.addWidget(self.said)
        self.above()
        for part in (self.table, self.draft, self.form):
            self.box.addWidget(part)
        self.below()
        self.box.addWidget(self.refusal)
        self.box.addStretch()
        foot.addWidget(self.new_button)
        foot.addWidget(self.remove_button)
        foot.addStretch()
        foot.addWidget(self.save_button)
        self.draft.hide()
        self.table.row_opened.connect(self._chosen)
        self.table.heading.geometriesChanged.connect(self._fit_table_soon)
        self.table.clicked.connect(self._clicked)
        self.new_button.clicked.connect(self.start_new)
        self.remove_button.clicked.connect(self._remove)
        self.save_button.clicked.connect(self.save)
        self.draft.dropped.connect(self._fill)

    # -- what a subclass says -------------------------------------------------------------------

    def name(self) -> str:
        """The object name of the table."""
        raise NotImplementedError

    def title(self) -> str:
        raise NotImplementedError

    def new_label(self) -> str:
        raise NotImplementedError

    def columns(self) -> Sequence[Column]:
        raise NotImplementedError

    def sections(self) -> Sequence[Section]:
        """The questions, for what was read."""
        raise NotImplementedError

    def reading(self) -> Callable[[], Any]:
        """The call that reads all the panel shows; it must hold no widget."""
        raise NotImplementedError

    def rows(self) -> Sequence[tuple[Any, ...]]:
        """The records of what was read."""
        raise NotImplementedError

    def stored(self, uid: UUID | None) -> Mapping[str, Entry]:
        """The answers of a record, or those a new one begins with."""
        raise NotImplementedError

    def saving(self, values: Values, uid: UUID | None) -> Callable[[], Done[Any]]:
        """The call of the service that saves."""
        raise NotImplementedError

    def removing(self, uid: UUID) -> Callable[[], Done[Any]] | None:
        """The call that takes a record away; None where that cannot be."""
        return None

    def after(self, written: object) -> UUID | None:
        """The record to show once something was written."""
        return written if isinstance(written, UUID) else self.chosen

    def draft_place(self) -> tuple[str, str]:
        """What the drafts of the place are called: their key, and in words."""
        raise NotImplementedError

    def draft_of(self, uid: UUID | None) -> str:
        """How the key of the draft of a record ends."""
        return draft_of(uid)

    def above(self) -> None:
        """Add what stands over the table."""

    def below(self) -> None:
        """Add what stands under the form."""

    def fill_more(self) -> None:
        """Show what is under the form for the chosen record."""

    def more_typed(self) -> Mapping[str, object] | None:
        """What is typed under the form and not saved."""
        return None

    def put_more(self, typed: Mapping[str, object]) -> None:
        """Take it up again."""

    def wants_new(self) -> bool:
        """Whether the form shows a new record where none was chosen."""
        return not self.rows()

    def begins_with(self, known: Sequence[UUID]) -> UUID:
        """Which record is shown where none was chosen: the newest."""
        return known[-1]

    def say(self) -> str:
        """What stands above all of it."""
        return ""

    # -- showing --------------------------------------------------------------------------------

    @property
    def found(self) -> Any:
        """What was read."""
        return self._found

    def read_records(self, *, moved: bool) -> None:
        """Read and show; `moved`: another place was shown before."""
        if moved:
            self.chosen, self._found, self._adding = None, None, False
            for part in (self.form, self.save_button, self.new_button, self.remove_button):
                part.setEnabled(False)  # they show the place before until all is read
        self._read_found()

    def _read_found(self) -> None:
        self.fault.read(self.desk.runner, self.reading(), self._show, latest=self.name())

    def _show(self, found: Any) -> None:
        first, before = self._found is None, self.chosen
        typed = None if first or self._writing else self._typed()
        wanted = first or self.wants_new()
        self._found = found
        rows = list(self.rows())
        known = [row[0] for row in rows]
        self.show_rows(rows)
        # One more came to be due since: what is shown was not chosen for that.
        due = not wanted and typed is None and self.wants_new()
        if self.chosen not in known or due:
            self.chosen = None
        settled = typed is None and not self._adding and not self._writing
        free = self.chosen is None and settled
        if free and rows and not self.wants_new():
            self.chosen = self.begins_with(known)
        wrote, self._wrote = self._wrote, False
        if first and not wrote:
            self._choose_half_typed(known)
        if typed is None or self.chosen != before:  # else the cursor stays where it types
            self._build()
            self._fill()
            if (first or self.chosen != before) and not self._writing:
                self._take_up()  # what was written goes with its own draft only
            if typed is not None:
                self._put(typed)
        said = self.say()
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self._enable()

    def _choose_half_typed(self, known: Sequence[UUID]) -> None:
        """What was typed here and never saved shows itself: a new record, else the last one."""
        waiting = self.draft.waiting(self.draft_place()[0])
        if NEW in waiting:
            self.chosen, self._adding = None, True
        else:
            half = (uid for uid in reversed(known) if self.draft_of(uid) in waiting)
            self.chosen = next(half, self.chosen)

    def show_rows(self, rows: Sequence[tuple[Any, ...]]) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._fit_table()

    def lines(self) -> int:
        """How many records are seen at once, at most."""
        return _LINES

    def _fit_table_soon(self) -> None:
        """Not within the layout that broke the titles into lines."""
        QTimer.singleShot(0, self, self._fit_table)

    def _fit_table(self) -> None:
        """As high as its lines, up to some; its heading may break into lines by itself."""
        line = self.table.verticalHeader().defaultSectionSize()
        heading = self.table.heading.sizeHint().height()
        count = min(self.lines(), self.table.rows.rowCount())
        sideways = self.table.horizontalScrollBar()
        bar = sideways.sizeHint().height() if sideways.maximum() else 0
        lines = sum(self.table.rowHeight(at) for at in range(count)) or line
        self.table.setFixedHeight(heading + lines + bar + 6)

    def _build(self) -> None:
        """The form anew: its lists of answers are what was read."""
        form = FormView(self.sections())
        self.box.replaceWidget(self.form, form)
        self.form.hide()
        self.form.deleteLater()
        self.form = form
        form.changed.connect(self._changed)
        form.completed.connect(self._completed)
        form.show()

    def _fill(self) -> None:
        self.form.set_record(dict(self.stored(self.chosen)))
        self.fill_more()
        self.refusal.hide()
        if self.chosen is not None:
            self.table.go_to(self.chosen)
        self._enable()

    def _take_up(self) -> None:
        key, title = self.draft_place()
        typed = self.draft.begin(f"{key}-{self.draft_of(self.chosen)}", title)
        if typed is not None:
            self._put(typed)

    def _put(self, typed: Typed) -> None:
        fields = {code: value for code, value in typed.items() if code in self.form.fields}
        self.form.set_draft(cast("Mapping[str, Entry]", fields))
        self.put_more(typed)

    def _typed(self) -> Typed | None:
        more = self.more_typed()
        if not self.form.is_dirty and more is None:
            return None
        return {**self.form.draft(), **(more or {})}

    def _enable(self) -> None:
        free = self.editable and not self._writing
        self.form.setEnabled(free)
        for part in (self.save_button, self.new_button, self.remove_button):
            part.setEnabled(free)
        self.new_button.setVisible(self.editable and bool(self.rows()))
        can_remove = self.chosen is not None and self.removing(self.chosen) is not None
        self.remove_button.setVisible(self.editable and can_remove)

    def _clicked(self) -> None:
        self._chosen(self.table.current_uid())

    def _chosen(self, uid: object) -> None:
        if uid != self.chosen and (uid is None or isinstance(uid, UUID)):
            self.draft.keep()
            self.chosen, self._adding = uid, uid is None
            self._fill()
            self._take_up()
        self.start()

    def start_new(self) -> None:
        """The form of one more record."""
        self._chosen(None)

    # -- typing and saving ----------------------------------------------------------------------

    def keep(self) -> None:
        if self._found is not None:
            self.draft.keep()

    def stops(self) -> list[QWidget]:
        return [self.form, self.save_button]

    def start(self) -> None:
        codes = self.form.visible_codes()
        if codes and self.form.isEnabled():
            self.form.focus_field(codes[0])
        elif not enter_walk.start(self.stops()):
            QWidget.setFocus(self)

    def _completed(self) -> None:
        """Enter in the last field."""
        self.save_button.setFocus()

    def _changed(self, code: str) -> None:
        self.refusal.hide()
        self.draft.touch()

    def problems(self, values: Values) -> dict[str, str]:
        """What is wrong besides missing answers, by field."""
        return {}

    def answers(self) -> Values | None:
        """What is to be saved; None where something is wrong, which is then said."""
        return checked(self.form, self.problems, excused=self.EXCUSED)

    def save(self) -> None:
        """Check the answers and start the job."""
        values = self.answers()
        if values is not None:
            self._write(self.saving(values, self.chosen))

    def _remove(self) -> None:
        work = self.removing(self.chosen) if self.chosen is not None else None
        if work is not None:
            self._write(work)

    def _write(self, work: Callable[[], Done[Any]]) -> None:
        self._writing = True  # what comes back is what was written
        self._enable()
        self.desk.runner.write(self, work, self._written, self._refused)

    def _written(self, done: Done[Any]) -> None:
        self._writing = self._adding = False
        self._wrote = True
        self.draft.forget()
        self.chosen = self.after(done.value)
        self._found = None
        self._read_found()

    def say_beside(self, error: BaseException) -> bool:
        """Whether the field that a refusal is about says it."""
        return False

    def _refused(self, error: BaseException) -> None:
        """What was typed stays; why it was not saved stands above the buttons."""
        self._writing = False
        self._enable()
        if self.say_beside(error):
            return
        self.refusal.say(error)
        if not self.refusal.isHidden():
            self.show_part(self.refusal)


def draft_of(uid: UUID | None) -> str:
    """How the key of the draft of a record ends."""
    return uid.hex[-12:] if uid is not None else NEW
