"""A block pasted from Excel, looked through before it is written: the dry run of an import."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, Cancelled
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange import import_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.import_choices import ImportChoices
from giamngheo_desktop.gui.exchange.import_columns import ImportColumns
from giamngheo_desktop.gui.exchange.import_jobs import Read, Wanted
from giamngheo_desktop.gui.exchange.import_picks import persons_of, persons_text
from giamngheo_desktop.gui.exchange.import_table import ImportTable
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.help import opening
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.review.drafting import OF_PASTES, DraftNote, Typed
from giamngheo_desktop.gui.table.clipboard import Block
from giamngheo_desktop.services.drafts import Draft
from giamngheo_desktop.services.importing.apply import ImportReport
from giamngheo_desktop.services.importing.mappings import Mappings
from giamngheo_desktop.services.importing.pasted import pasted_source
from giamngheo_desktop.services.importing.plan import Persons, Purpose, RowPlace
from giamngheo_desktop.services.importing.planning import Source


class PasteView(QWidget):
    """One block at a time; it waits in a draft until all of it is taken or it is dropped.

    `closed()`: back to where it was pasted; `written(sentence)`: it is in the register.
    """

    closed = Signal()
    written = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.household: UUID | None = None  # whose members the block names
        self._block: Block = []
        self._view: Sequence[str] = ()
        self._read: Read | None = None
        self._choices: ImportChoices | None = None
        self._persons: Persons = {}  # who a row is
        self._kept = ""  # choices of a draft that is being compared again
        self._is_writing = False
        self.setObjectName("paste_view")
        opening.name_help(self, "pasting")
        self.title = label("", "title", "paste_title", wrap=True)
        said = self.tr("Dán lúc {time}, chưa ghi gì vào sổ.")
        self.draft = DraftNote(desk, self._typed, said=said, prefix=OF_PASTES)
        self.step = label("", "bold", "paste_step", wrap=True)
        self.warning = label("", "warning", "paste_warning", wrap=True)
        self.columns = ImportColumns(import_jobs.field_labels(desk.definitions), keeps=False)
        self.table = ImportTable()
        self.pages = QStackedWidget()
        for page in (self.table, self.columns):
            self.pages.addWidget(page)
        self.busy = BusyLine("paste_busy")
        self.later = button(self.tr("Để &sau"), "paste_later")
        self.drop = button(self.tr("&Bỏ khối này…"), "paste_drop")
        self.to_columns = button("", "paste_columns", icon="table")
        self.take = button("", "paste_take", icon="done", kind="primary")
        self._build()
        self.setFocusProxy(self.pages)
        self.draft.dropped.connect(self._close)
        self.table.changed.connect(self._choices_changed)
        self.table.who_chosen.connect(self._choose_who)
        self.columns.changed.connect(self._choices_changed)
        self.later.clicked.connect(self.leave)
        self.drop.clicked.connect(self._ask_drop)
        self.to_columns.clicked.connect(self._turn)
        self.take.clicked.connect(self._take)

    # -- for the owner --------------------------------------------------------------------------

    def show_block(
        self, block: Block, view: Sequence[str], title: str, household: UUID | None = None
    ) -> bool:
        """Compare a block with the register; False where nothing in it is a name.

        `view` names the fields of the grid's columns from where it was pasted on, `household`
        whose members they are.
        """
        source = pasted_source(self.desk.definitions.headings, block, view)
        if source is None:
            return False
        self.draft.begin(self.desk.context.new_id().hex, title)
        self.title.setText(title)
        self._block, self._view, self.household = block, view, household
        self.draft.keep()
        self._compare(source, {}, {})
        return True

    def resume(self, draft: Draft) -> None:
        """Show a block that waits."""
        kept = self.draft.begin(draft.key.removeprefix(OF_PASTES), draft.title)
        if kept is None:
            return
        self.title.setText(draft.title)
        self._kept = str(kept["choices"])
        self._block = json.loads(str(kept["block"]))
        self._view = json.loads(str(kept["view"]))
        home = kept["household"]
        self.household = home if isinstance(home, UUID) else None
        source = pasted_source(self.desk.definitions.headings, self._block, self._view)
        if source is not None:
            persons = persons_of(str(kept.get("persons", "[]")))
            self._compare(source, json.loads(str(kept["mappings"])), persons)

    def load(self) -> None:
        """The register changed: compare again, what was settled stays."""
        if self._read is not None and not self._is_writing:
            wanted = replace(self._read.wanted, mappings=self.columns.mappings)
            self._plan(wanted, self._read.source)

    @Slot()
    def leave(self) -> None:
        """The block waits in its draft."""
        self.draft.keep()
        self._close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    # -- private --------------------------------------------------------------------------------

    def _build(self) -> None:
        taking = (self.to_columns, self.table.why, self.table.confirm, self.take)
        foot = flowing(self.later, self.drop, end=taking)
        box = QVBoxLayout(self)
        box.setContentsMargins(20, 12, 20, 12)
        box.setSpacing(8)
        for above in (self.title, self.draft, self.step, self.warning):
            box.addWidget(above)
        box.addWidget(self.pages, 1)
        box.addWidget(self.busy)
        box.addWidget(foot)

    def _compare(self, source: Source, mappings: Mappings, persons: Persons) -> None:
        self._read = self._choices = None
        self._persons = persons
        self._show_page(self.table)
        self._plan(
            Wanted(
                path=Path(source.name),
                purpose=Purpose.NEW,
                year=self.desk.context.today().year,
                mappings=mappings,
                persons=persons,
                household=self.household,
            ),
            source,
        )

    def _plan(self, wanted: Wanted, source: Source) -> None:
        stop = self.busy.begin(self.tr("Đang so với sổ…"))
        self._say()
        work = partial(import_jobs.plan_again, self.desk, wanted, source, stop)
        self.desk.runner.read(self, work, self._show, self._failed, latest="paste")

    def _show(self, read: Read) -> None:
        self.busy.end()
        settled = self._choices.as_text() if self._choices else self._kept
        self._kept = ""
        self._read, self._choices = read, ImportChoices(read.plan, with_changes=True)
        if settled:
            self._choices.put(settled)
        self.columns.show_read(read)
        self.table.show_plan(read.plan, self._choices, read.wanted.persons)
        self._say()
        self.setFocus()
        self.draft.keep()

    def _show_page(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.pages.setFocusProxy(page)
        to_columns = page is self.table
        self.to_columns.setText(
            self.tr("&Các cột…") if to_columns else self.tr("Xem &lại các dòng")
        )
        self._say()

    @Slot()
    def _turn(self) -> None:
        """To the columns, and back: then they are read as they were corrected."""
        if self.pages.currentWidget() is self.table:
            self._show_page(self.columns)
        else:
            self._show_page(self.table)
            if self._read is not None and self.columns.mappings != self._read.wanted.mappings:
                self.load()
        self.setFocus()

    @Slot(tuple, object)
    def _choose_who(self, rows: Sequence[RowPlace], person: object) -> None:
        """The rows, and with a head the household, are compared anew."""
        if self._read is not None and self._choices is not None:
            self._choices.leave_to_plan(self._read.plan, rows)
            wanted = self._read.wanted.with_person(rows, person)
            self._persons = wanted.persons
            self._plan(wanted, self._read.source)

    @Slot()
    def _choices_changed(self) -> None:
        self.draft.touch()
        self._say()

    def _say(self) -> None:
        plan, choices = self._read.plan if self._read else None, self._choices
        self.step.setText(
            self.tr("Chưa ghi gì vào sổ; sẽ ghi từ ngày {day}. {known}.").format(
                day=format_date(plan.day), known=import_jobs.counted(plan)
            )
            if plan
            else ""
        )
        warnings, more = import_jobs.warnings(plan, choices) if plan and choices else ((), "")
        self.warning.setText(" ".join(warnings))
        self.warning.setToolTip(more)
        self.warning.setVisible(bool(warnings))
        idle = not self.busy.isVisibleTo(self)
        is_table = self.pages.currentWidget() is self.table
        self.table.offer(self.take, may=idle and is_table and not self.desk.read_only)
        may_turn = is_table or self.columns.is_clear
        self.to_columns.setEnabled(idle and plan is not None and may_turn)
        for part in (self.later, self.drop):
            part.setEnabled(not self._is_writing)

    @Slot()
    def _take(self) -> None:
        if self._read is None or self._choices is None or self._is_writing:
            return
        self._is_writing = True  # what changes now is what is written here
        self.busy.begin(self.tr("Đang ghi khối vừa dán…"), whole=True)
        self._say()
        plan, choices, much = self._read.plan, self._choices.result(), self.household is None
        work = partial(import_jobs.take, self.desk, plan, choices, much=much)
        self.desk.runner.write(self, work, self._taken, self._failed)

    def _taken(self, done: Done[ImportReport]) -> None:
        self.busy.end()
        self._is_writing = False
        report = done.value
        waiting = sum(report.done(row) in ("left", "problem") for row in report.plan.rows)
        if waiting and self._choices is not None:
            self._choices.rows.clear()  # of what stays the officer wanted nothing yet
            self.draft.rest()
            self.load()
        else:
            self.draft.forget()
            self._close()
        said = self.tr(
            "Đã nhận khối vừa dán: {rows} dòng được ghi ({homes} hộ mới, {persons} người mới, "
            "{cells} ô của hộ, người đã có)."
        )
        stays = self.tr("{waiting} dòng chưa ghi, còn để ở đây.").format(waiting=waiting)
        self.written.emit(
            " ".join([said, *([stays] if waiting else [])]).format(
                rows=len(report.written),
                homes=report.households,
                persons=report.persons,
                cells=report.cells,
            )
        )

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._is_writing = False
        self._say()
        if isinstance(error, Cancelled):
            return
        messages.report(error, self)
        if isinstance(error, AppError) and error.code == "import_stale":
            self.load()

    @Slot()
    def _ask_drop(self) -> None:
        if messages.ask_drop_draft(self.tr("Bỏ khối vừa dán?"), self):
            self.draft.forget()
            self._close()

    @Slot()
    def _close(self) -> None:
        """Nothing is shown; what waits is on disk."""
        self._is_writing = False
        self._read = self._choices = None
        self._block, self._kept = [], ""
        self.closed.emit()

    def _typed(self) -> Typed | None:
        if not self._block:
            return None
        choices = self._choices.as_text() if self._choices else self._kept
        return {
            "block": json.dumps(self._block, ensure_ascii=False),
            "view": json.dumps(list(self._view)),
            "household": self.household,
            "mappings": json.dumps(self.columns.mappings, ensure_ascii=False, sort_keys=True),
            "persons": persons_text(self._persons),
            "choices": choices,
        }
