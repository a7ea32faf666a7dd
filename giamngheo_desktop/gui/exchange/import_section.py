"""Gửi – nhận › Nhận danh sách: a foreign list is read, understood, looked through, then written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import texts
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, Cancelled
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.exports.import_template import template_name
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange import import_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.import_choices import ImportChoices
from giamngheo_desktop.gui.exchange.import_columns import ImportColumns
from giamngheo_desktop.gui.exchange.import_file import ImportFile
from giamngheo_desktop.gui.exchange.import_jobs import Read, Wanted
from giamngheo_desktop.gui.exchange.import_picks import as_typed, picks_of, picks_typed
from giamngheo_desktop.gui.exchange.import_table import ImportTable
from giamngheo_desktop.gui.exchange.import_village import ImportVillage
from giamngheo_desktop.gui.flow import flowing
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import Exporter
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.review.drafting import OF_IMPORTS, DraftNote, Typed
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.importing import mappings
from giamngheo_desktop.services.importing.apply import ImportReport
from giamngheo_desktop.services.importing.plan import ImportPlan, Purpose, RowPlace

_FILE, _COLUMNS, _PREVIEW, _DONE = range(4)


class ImportSection(Section):
    """Four pages: the file and what it is, its columns, the dry run, what was done."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Nhận danh sách"), "")
        self._read: Read | None = None
        self._choices: ImportChoices | None = None
        self._kept: Typed | None = None  # a draft whose file is being read again
        self._lost = 0  # how much of what was settled does not fit the edited file
        self._is_begun = False
        self._is_writing = False
        self.draft = DraftNote(
            desk,
            self._typed,
            said=self.tr("Nhận dở từ lúc {time}, chưa ghi gì vào sổ."),
            prefix=OF_IMPORTS,
        )
        self.file = ImportFile(desk)
        self.step = label("", "bold", "import_step", wrap=True)
        self.warning = label("", "warning", "import_warning", wrap=True)
        self.columns = ImportColumns(import_jobs.field_labels(desk.definitions))
        self.village = ImportVillage(desk)
        self.table = ImportTable()
        self.done_text = label("", "", "import_done", wrap=True)
        self._report: ImportReport | None = None  # of the file that was just taken in
        self._group: UUID | None = None  # the action that took it in
        self._written_by: Callable[[], bytes] | None = None  # the file of the bar below
        self.report_button = button(self.tr("Ghi &báo cáo"), "import_report", icon="sheet")
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self.pages = QStackedWidget()
        for page in (self.file, self.columns, self._preview_page(), self._done_page()):
            self.pages.addWidget(page)
        self.busy = BusyLine("import_busy")
        self.back = button(self.tr("&Quay lại"), "import_back")
        self.go_on = button("", "import_go_on", icon="done", kind="primary")
        for part in (self.draft, self.step, self.warning):
            self.box.addWidget(part)
        self.box.addWidget(self.pages, 1)
        self.box.addWidget(self.written)
        self.box.addWidget(self.busy)
        taking = (self.table.why, self.table.confirm, self.go_on)
        self.box.addWidget(flowing(self.back, end=taking))
        self._show_page(_FILE)
        self.draft.dropped.connect(self.begin_anew)
        self.file.chosen.connect(self.read_file)
        self.file.changed.connect(self.draft.touch)
        self.file.template_button.clicked.connect(self._write_template)
        self.columns.changed.connect(self._choices_changed)
        self.columns.kept_chosen.connect(self._use_kept)
        self.columns.keep_requested.connect(self._keep_mapping)
        self.table.changed.connect(self._choices_changed)
        self.table.who_chosen.connect(self._choose_who)
        self.village.chosen.connect(self._choose_village)
        self.back.clicked.connect(self._go_back)
        self.go_on.clicked.connect(self._go_on)
        self.report_button.clicked.connect(self._write_report)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)
        self.written.elsewhere_requested.connect(self._write_elsewhere)

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        """Take up what was begun; or look again, where the register changed meanwhile."""
        if not self._is_begun:
            self._is_begun = True
            kept = self.draft.begin("danh-sach", self.heading.text())
            if kept is not None:
                self._resume(kept)
        elif self._read is not None and not self._is_writing:
            self._plan_again(replace(self._read.wanted, mappings=self.columns.mappings))
        elif self._group is not None and self.pages.currentIndex() == _DONE:
            work = partial(undo.is_undone, self.desk.database, self._group)
            self.desk.runner.read(self, work, self._forget_undone, latest="undone")
        units = partial(import_jobs.units, self.desk)
        self.desk.runner.read(self, units, self._offer_units, latest="units")
        known = partial(mappings.mappings, self.desk.database)
        self.desk.runner.read(self, known, self.columns.offer_kept, latest="kept")

    def stops(self) -> list[QWidget]:
        if self.pages.currentIndex() != _FILE:
            return []
        return self.file.stops() if self._read is None else [*self.file.stops(), self.go_on]

    # -- for the owner and tests ----------------------------------------------------------------

    @property
    def plan(self) -> ImportPlan | None:
        """The dry run that is shown."""
        return self._read.plan if self._read else None

    @Slot(object)
    def read_file(self, path: Path) -> None:
        """Read it as what the page says it is."""
        field = self.file.day_edit
        try:
            day = self.file.asked_day
            field = self.file.signed_edit
            paper = self.file.asked_paper
        except ValueError as error:
            self.warning.setText(texts.PARSE_ERRORS[str(error)])
            self.warning.show()
            field.setFocus()
            return
        purpose, year = self.file.asked_purpose, self.file.asked_year
        is_same = self._read is not None and self._read.wanted.path == path
        self._kept = self._typed() if is_same else None
        village = self._read.wanted.village if self._read is not None and is_same else ""
        wanted = Wanted(
            path=path, purpose=purpose, year=year, day=day, paper=paper, village=village
        )
        self._begin_read(wanted)

    @Slot()
    def begin_anew(self) -> None:
        """Nothing of the file is kept."""
        self._read = self._choices = self._kept = None
        self._lost = 0
        self.file.put(self.file.asked_purpose, self.file.asked_year)
        self._show_page(_FILE)
        self.file.setFocus()

    def _offer_units(self, tree: AreaTree) -> None:
        self.file.offer_units(tree)
        self.village.offer_units(tree)

    # -- the pages ------------------------------------------------------------------------------

    def _preview_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.village)
        box.addWidget(self.table, 1)
        return page

    def _done_page(self) -> QWidget:
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(8)
        box.addWidget(self.done_text)
        box.addWidget(self.report_button, 0, Qt.AlignmentFlag.AlignLeft)
        box.addStretch()
        return page

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.set_broad(page in (_COLUMNS, _PREVIEW))
        self.written.hide()
        name = self._read.wanted.path.name if self._read else ""
        self.step.setText(
            [
                self.tr("Bước 1/3: {name} là gì") if name else self.tr("Bước 1/3: tệp là gì"),
                self.tr("Bước 2/3: các cột của {name}"),
                self.tr("Bước 3/3: xem trước {name}; chưa ghi gì vào sổ"),
                self.tr("Đã nhận"),
            ][page].format(name=name)
        )
        focus: list[QWidget] = [self.file, self.columns, self.table, self.go_on]
        self.setFocusProxy(focus[page])
        self.back.setVisible(page in (_COLUMNS, _PREVIEW))
        self.go_on.setVisible(page != _FILE or self._read is not None)
        self._say()

    def _say(self) -> None:
        """The warning above, and what the button would do."""
        page, plan, choices = self.pages.currentIndex(), self.plan, self._choices
        warnings: list[str] = []
        if plan is not None and choices is not None and page == _PREVIEW:
            self.step.setText(
                self.tr(
                    "Bước 3/3: xem trước {name}, số liệu đến {day}, chưa ghi gì. {known}."
                ).format(
                    name=plan.file_name,
                    day=format_date(plan.day),
                    known=import_jobs.counted(plan),
                )
            )
            if said := import_jobs.said_above(plan):
                more = self.tr("Dòng không ghi thì lấy: {said}.").format(said=said)
                self.step.setText(f"{self.step.text()} {more}")
            warnings, more = import_jobs.warnings(plan, choices)
            self.warning.setToolTip(more)
        if self._lost and page in (_COLUMNS, _PREVIEW):
            lost = self.tr(
                "Tệp đã sửa từ lần trước: giữ những gì đã chọn ở các dòng còn nguyên, bỏ ở {count} "
                "chỗ đã khác."
            )
            warnings = [lost.format(count=self._lost), *warnings]
        self.warning.setText(" ".join(warnings))
        self.warning.setVisible(bool(warnings))
        on = self.tr("&Tiếp tục")
        others = {_FILE: on, _COLUMNS: on, _DONE: self.tr("Nhận tệp &khác")}
        idle = not self.busy.isVisibleTo(self)
        may_write = not self.desk.read_only
        self.back.setEnabled(idle)
        self.file.drop.setEnabled(idle and may_write)
        if page == _PREVIEW:
            self.table.offer(self.go_on, may=idle and may_write)
        else:
            self.go_on.setText(others.get(page, ""))
            self.go_on.setEnabled(idle and (page != _COLUMNS or self.columns.is_clear))
            for part in (self.table.why, self.table.confirm):
                part.hide()

    # -- private --------------------------------------------------------------------------------

    def _begin_read(self, wanted: Wanted) -> None:
        stop = self.busy.begin(self.tr("Đang đọc {name}…").format(name=wanted.path.name))
        self._say()
        picks = picks_typed(self._kept) if self._kept is not None else None
        work = partial(import_jobs.read, self.desk, wanted, picks, stop)
        self.desk.runner.read(self, work, self._show_read, self._failed, latest="import")

    def _plan_again(self, wanted: Wanted) -> None:
        assert self._read is not None
        stop = self.busy.begin(self.tr("Đang so với sổ…"))
        self._say()
        work = partial(import_jobs.plan_again, self.desk, wanted, self._read.source, stop)
        self.desk.runner.read(self, work, self._show_again, self._failed, latest="import")

    def _show_read(self, read: Read) -> None:
        """The first look at a file, or at one that was begun before."""
        self.busy.end()
        self._read, self._choices = read, _proposed(read)
        kept, self._kept = self._kept, None
        self._lost = read.lost
        if read.choices:
            self._choices.put(read.choices)
        self.columns.show_read(read)
        if kept is not None:
            self.columns.whose.setText(str(kept.get("whose", "")))
        self._show_plan(read, self._choices)
        doubtful = any(one.headings and not one.layout for one in read.plan.sheets)
        is_preview = kept is not None and kept["step"] == str(_PREVIEW)
        ask_columns = doubtful or bool(read.plan.suspicions or read.wanted.before)
        self._show_page(_COLUMNS if ask_columns and not is_preview else _PREVIEW)
        self.setFocus()
        self.draft.keep()

    def _show_again(self, read: Read) -> None:
        """The same file: what was settled stays."""
        self.busy.end()
        settled = self._choices.as_text() if self._choices else ""
        self._read, self._choices = read, _proposed(read)
        if settled:
            self._choices.put(settled)
        self.columns.show_read(read)
        self._show_plan(read, self._choices)
        self._say()
        self.draft.keep()

    def _show_plan(self, read: Read, choices: ImportChoices) -> None:
        self.village.show_plan(read.plan, read.wanted.village)
        self.table.show_plan(read.plan, choices, read.wanted.persons)

    @Slot()
    def _choices_changed(self) -> None:
        self.draft.touch()
        self._say()

    @Slot()
    def _go_back(self) -> None:
        """Everything stays; only the draft's own button drops it, and another file."""
        self._show_page(_COLUMNS if self.pages.currentIndex() == _PREVIEW else _FILE)
        self.setFocus()

    @Slot()
    def _go_on(self) -> None:
        page = self.pages.currentIndex()
        if page == _FILE and self._read is not None:
            self.read_file(self._read.wanted.path)  # as the page says now what it is
        elif page == _COLUMNS and self._read is not None:
            self._show_page(_PREVIEW)
            self.setFocus()
            wanted = self._read.wanted
            if self.columns.mappings != wanted.mappings:
                self._plan_again(replace(wanted, mappings=self.columns.mappings, before=()))
        elif page == _PREVIEW:
            self._take()
        elif page == _DONE:
            self.begin_anew()

    @Slot(object)
    def _use_kept(self, kept: mappings.Mappings) -> None:
        if self._read is not None:
            self._plan_again(replace(self._read.wanted, mappings=kept, before=()))

    @Slot()
    def _keep_mapping(self) -> None:
        """It is the sender's from now on, whose name may be typed."""
        name = clean(self.columns.whose.text())
        if not name:
            self.columns.whose.setFocus()
        elif self._read is not None:
            corrected = self.columns.mappings
            work = partial(
                mappings.save_mapping,
                self.desk.database,
                self.desk.context,
                self.desk.definitions,
                name,
                corrected,
                {one.name: one.headings for one in self._read.plan.sheets if one.name in corrected},
            )
            self.desk.runner.write(self, work, self._mapping_kept, self._failed)

    def _mapping_kept(self, _done: Done[None]) -> None:
        self.columns.table.setFocus()

    @Slot(tuple, object)
    def _choose_who(self, rows: Sequence[RowPlace], person: object) -> None:
        """The rows, and with a head the household, are compared anew."""
        if self._read is not None and self._choices is not None:
            self._choices.leave_to_plan(self._read.plan, rows)
            self._plan_again(self._read.wanted.with_person(rows, person))

    @Slot(str)
    def _choose_village(self, name: str) -> None:
        if self._read is not None:
            self._plan_again(replace(self._read.wanted, village=name))

    def _take(self) -> None:
        read, choices = self._read, self._choices
        if read is None or choices is None or self._is_writing:
            return
        self._is_writing = True  # what changes now is what is written here
        self.busy.begin(self.tr("Đang ghi {name}…").format(name=read.plan.file_name), whole=True)
        self._say()
        work = partial(import_jobs.take, self.desk, read.plan, choices.result())
        self.desk.runner.write(self, work, self._taken, self._failed)

    def _taken(self, done: Done[ImportReport]) -> None:
        self.busy.end()
        self._is_writing = False
        self.draft.forget()
        self._read = self._choices = None
        self._report, self._group = done.value, done.changes.group
        self.done_text.setText(import_jobs.taken_text(done.value))
        self._show_page(_DONE)
        self.setFocus()

    def _forget_undone(self, is_undone: bool) -> None:
        """What is taken back is no longer told as taken."""
        if is_undone and self.pages.currentIndex() == _DONE:
            self.begin_anew()

    @Slot()
    def _write_report(self) -> None:
        if self._report is not None:
            name = file_name("NhanDanhSach", Path(self._report.plan.file_name).stem, suffix="xlsx")
            self._written_by = partial(import_jobs.report_file, self._report)
            self.exporter.write_files([self._written_by], name)

    @Slot()
    def _write_template(self) -> None:
        """A new one is never written over an old one: that may be filled in by now."""
        page, unit = self.file, self.file.filled.currentText()
        wanted = (page.asked_purpose, page.asked_year, page.asked_villages)
        work = partial(
            import_jobs.template_file,
            self.desk.database,
            self.desk.context,
            self.desk.definitions,
            *wanted,
        )
        name = template_name(*wanted[:2], unit if wanted[2] else "")
        self._written_by = work
        self.exporter.write_files([work], name)

    @Slot(object)
    def _write_elsewhere(self, path: Path) -> None:
        if self._written_by is not None:
            self.exporter.write_files_elsewhere([self._written_by], path)

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._is_writing = False
        if isinstance(error, Cancelled):
            if self.pages.currentIndex() == _PREVIEW:
                self._show_page(_COLUMNS)  # they were not compared as they now are
        else:
            messages.report(error, self)
        self._say()
        if self.pages.currentIndex() == _FILE:
            self.file.drop.setFocus()  # it was switched off meanwhile
        is_stale = isinstance(error, AppError) and error.code == "import_stale"
        if is_stale and self._read is not None:
            self._plan_again(self._read.wanted)

    # -- the draft ------------------------------------------------------------------------------

    def _typed(self) -> Typed | None:
        read, choices = self._read, self._choices
        if (read is None or choices is None) and self._kept is not None:
            return self._kept  # whose file could not be read now, maybe from a stick
        page = self.file
        if read is None or choices is None:
            asked = {"purpose": page.asked_purpose.value, "year": str(page.asked_year)}
            return asked | page.typed if any(page.typed.values()) else None
        wanted = read.wanted
        picks = picks_of(read.source, read.plan, self.columns.mappings, wanted.persons, choices)
        return {
            "path": str(wanted.path),
            "purpose": wanted.purpose.value,
            "year": str(wanted.year),
            **page.typed,
            **as_typed(picks),
            "whose": self.columns.whose.text(),
            "village": wanted.village,
            "step": str(self.pages.currentIndex()),
        }

    def _resume(self, kept: Typed) -> None:
        purpose, year = Purpose(str(kept["purpose"])), int(str(kept["year"]))
        self.file.put(purpose, year, {key: str(value) for key, value in kept.items()})
        if "path" not in kept:
            return
        self._kept = kept
        self._begin_read(
            Wanted(
                path=Path(str(kept["path"])),
                purpose=purpose,
                year=year,
                day=self.file.asked_day,
                paper=self.file.asked_paper,
                village=str(kept.get("village", "")),
            )
        )


def _proposed(read: Read) -> ImportChoices:
    """New files are to bring who is new: what they change of others is only offered."""
    wanted = read.wanted
    with_changes = wanted.purpose is not Purpose.NEW
    return ImportChoices(read.plan, wanted.persons, with_changes=with_changes)
