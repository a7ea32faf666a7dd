"""Gửi – nhận › Nhận sổ xã cũ: what former communes have is looked at, then taken in at once."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Done, Kind
from giamngheo_desktop.domain.errors import Cancelled
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.safe_file import file_name
from giamngheo_desktop.gui import messages
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.elided_box import ElidedBox
from giamngheo_desktop.gui.exchange import former_jobs
from giamngheo_desktop.gui.exchange.busy_line import BusyLine
from giamngheo_desktop.gui.exchange.file_drop import FileDrop
from giamngheo_desktop.gui.exchange.former_figures import Figures, FormerFigures
from giamngheo_desktop.gui.exchange.former_jobs import SUFFIXES, Asked, file_labels
from giamngheo_desktop.gui.exchange.former_merger import FormerMerger
from giamngheo_desktop.gui.exchange.former_view import FormerView
from giamngheo_desktop.gui.exchange.passphrase_dialog import ask, is_asking
from giamngheo_desktop.gui.parts import button, label
from giamngheo_desktop.gui.preview.exporting import Exporter
from giamngheo_desktop.gui.preview.written_bar import WrittenBar
from giamngheo_desktop.gui.review.drafting import OF_IMPORTS, DraftNote, Typed
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.reports.former_report import lines_of
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.exchange.former import Former, Looked
from giamngheo_desktop.services.exchange.former_units import Merger, UnitKey, UnitLine

_YEARS = 6  # past years that a list may be of


class FormerSection(Section):
    """The files above, what each would bring below; nothing is written before the button."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset(Kind)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Nhận sổ xã cũ"), "")
        self._paths: list[Path] = []
        self._picks: dict[UnitKey, UUID] = {}
        self._said: dict[str, Figures] = {}  # by file
        self._passphrase: Passphrase | None = None
        self._asks = True  # for the passphrase of what is locked
        self._looked: Looked | None = None
        self._merger: Merger | None = None  # with which that was looked at
        self._taken: Former | None = None
        self._group: UUID | None = None  # the action that took it
        self._is_begun = self._is_writing = False
        self.draft = DraftNote(
            desk,
            self._typed,
            said=self.tr("Nhận dở từ lúc {time}, chưa ghi gì vào sổ."),
            prefix=OF_IMPORTS,
        )
        self._top = QWidget()  # gives its room to the figures while these are typed
        self.drop = FileDrop(
            "former_file",
            self.tr(
                "Gói (.xlsx), tệp dữ liệu (.gndb), danh sách 27 cột của các xã đã sáp nhập. Kéo "
                "nhiều tệp vào đây cũng được."
            ),
            self.tr("Chọn sổ của xã cũ"),
            SUFFIXES,
            many=True,
        )
        self.year_box = ElidedBox()
        self.year_box.setObjectName("former_year")
        self.year_box.setAccessibleName(self.tr("Danh sách là kết quả của năm"))
        self.year_box.setMinimumContentsLength(12)
        today = desk.context.today()
        for year in range(today.year, today.year - _YEARS - 1, -1):
            self.year_box.addItem(self.tr("năm {year}").format(year=year), year)
        self.year_box.setCurrentIndex(1)
        self.summary = label("", "bold", "former_summary", wrap=True)
        self.view = FormerView()
        self.merger = FormerMerger()
        self.figures = FormerFigures()
        self.busy = BusyLine("former_busy")
        self.written = WrittenBar()
        self.exporter = Exporter(desk.runner, self)
        self.figures_button = button(self.tr("&Số ở biểu cuối của xã cũ…"), "former_said")
        self.figures_button.setCheckable(True)
        self.remove_button = button(self.tr("Bỏ &tệp này"), "former_remove")
        self.report_button = button(self.tr("Ghi &báo cáo"), "former_report", icon="sheet")
        self.take_button = button(
            self.tr("&Nhận vào sổ"), "former_take", icon="done", kind="primary"
        )
        self._build()
        self.setFocusProxy(self.drop)
        self.draft.dropped.connect(self.begin_anew)
        self.drop.came.connect(self.add)
        self.year_box.activated.connect(self.look)
        self.view.picked.connect(self._pick)
        self.view.current_changed.connect(self._show_figures)
        self.merger.typed.connect(self.draft.touch)
        self.merger.settled.connect(self._merger_settled)
        self.figures.typed.connect(self._figure_typed)
        self.figures_button.toggled.connect(self._show_state)
        self.remove_button.clicked.connect(self._remove)
        self.report_button.clicked.connect(self._write_report)
        self.take_button.clicked.connect(self._take)
        self.exporter.written.connect(self.written.say)
        self.exporter.written_beside.connect(self.written.say_beside)
        self.written.elsewhere_requested.connect(self._write_elsewhere)
        self._show_state()

    # -- what the page asks ---------------------------------------------------------------------

    def load(self) -> None:
        """Take up what was begun; or look again, where the register changed meanwhile."""
        if not self._is_begun:
            self._is_begun = True
            kept = self.draft.begin("xa-cu", self.heading.text())
            if kept is not None:
                self._resume(kept)
        elif self._paths and not self._is_writing:
            self.look()
        elif self._taken is not None and self._group is not None:
            work = partial(undo.is_undone, self.desk.database, self._group)
            self.desk.runner.read(self, work, self._forget_undone, latest="former")

    def stops(self) -> list[QWidget]:
        parts = [one for one in (self.merger, self.figures) if one.isVisibleTo(self)]
        typed = [stop for part in parts for stop in part.stops()]
        return [self.drop.button, self.year_box, *typed, self.take_button]

    # -- for the owner and tests ----------------------------------------------------------------

    @property
    def looked(self) -> Looked | None:
        """The dry run that is shown."""
        return self._looked

    @Slot(list)
    def add(self, paths: list[Path]) -> None:
        """Look at these files too."""
        self._choose_files([*self._paths, *paths])
        self._taken, self._asks = None, True
        self.look()
        self.draft.keep()

    @Slot()
    def look(self) -> None:
        """Once more, at all that was chosen."""
        if not self._paths:
            self._show_state()
            return
        self._looked = None  # nothing is taken that was not looked at
        stop = self.busy.begin(self.tr("Đang xem {count} tệp…").format(count=len(self._paths)))
        self._show_state()
        asked = self._asked()
        self._merger = asked.merger
        work = partial(former_jobs.look, self.desk, asked, stop)
        self.desk.runner.read(self, work, self._show_looked, self._failed, latest="former")
        self.draft.touch()

    @Slot()
    def begin_anew(self) -> None:
        """Nothing is chosen."""
        self._paths, self._picks, self._said = [], {}, {}
        self._passphrase, self._asks = None, True
        self._looked = None
        self.merger.put({})
        self.view.show_lines(())
        self._show_state()
        self.setFocus()

    # -- private --------------------------------------------------------------------------------

    def _build(self) -> None:
        top = QVBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        years = QHBoxLayout()
        years.setSpacing(8)
        years.addWidget(label(self.tr("Danh sách là kết quả của")))
        years.addWidget(self.year_box)
        years.addStretch()
        top.addWidget(self.drop)
        top.addLayout(years)
        self.box.addWidget(self.draft)
        self.box.addWidget(self._top)
        self.box.addWidget(self.summary)
        self.box.addWidget(self.view, 1)
        for part in (self.merger, self.figures, self.busy, self.written):
            self.box.addWidget(part)
        foot = self.foot(self.remove_button, self.figures_button, self.report_button)
        foot.addWidget(self.take_button)

    def _choose_files(self, paths: list[Path]) -> None:
        """What was said of a file goes with it, also where two have one name from now on."""
        before, after = file_labels(self._paths), file_labels(paths)
        names = {before[path]: name for path, name in after.items() if path in before}
        self._said = {names[file]: one for file, one in self._said.items() if file in names}
        self._picks = {
            (names[file], level, said): uid
            for (file, level, said), uid in self._picks.items()
            if file in names
        }
        self._paths = list(after)

    @property
    def _year(self) -> int:
        return int(self.year_box.currentData())

    def _asked(self) -> Asked:
        said = {
            file: {name: value for name, value in one.items() if isinstance(value, int)}
            for file, one in self._said.items()
        }
        return Asked(
            paths=tuple(self._paths),
            year=self._year,
            picks=dict(self._picks),
            said=said,
            passphrase=self._passphrase,
            merger=self.merger.merger(),
        )

    def _show_looked(self, looked: Looked) -> None:
        self.busy.end()
        self._looked = looked
        self._show_lines()
        self._show_state()
        if not any(stop.hasFocus() for stop in self.merger.stops()):
            self.view.setFocus()
        locked = [one.file for one in looked.files if is_asking(one.refused)]
        if locked and self._asks:
            self._asks = False  # who has none looks at the others
            ask(locked, self, self._open_locked)

    def _open_locked(self, passphrase: Passphrase | None) -> None:
        self._passphrase, self._asks = passphrase, True
        self.look()

    def _show_lines(self, *, stay: bool = False) -> None:
        if self._looked is not None:
            looked = self._looked.compared_with(self._asked().said)
            self.view.show_lines(lines_of(looked), stay=stay)

    @Slot(object, object)
    def _pick(self, line: UnitLine, unit: UUID) -> None:
        self._picks[line.key] = unit
        self.look()

    @Slot()
    def _merger_settled(self) -> None:
        if self._paths and self.merger.merger() != self._merger:
            self.look()

    @Slot()
    def _figure_typed(self) -> None:
        file = self._list_file()
        if file:
            self._said[file] = self.figures.values()
            self.draft.touch()
            self._show_lines(stay=True)

    @Slot()
    def _show_figures(self) -> None:
        file = self._list_file()
        is_shown = bool(file) and self.figures_button.isChecked()
        self.figures_button.setEnabled(bool(file))
        is_file = self.view.file in file_labels(self._paths).values()
        self.remove_button.setEnabled(is_file and not self.busy.isVisibleTo(self))
        self.figures.setVisible(is_shown)
        self._top.setVisible(not is_shown)
        if file:
            self.figures.show_file(file, self._said.get(file, {}))

    def _list_file(self) -> str:
        """The file of the current line, where it is one without a table that says its figures."""
        file = self.view.file
        if file not in file_labels(self._paths).values() or self._taken is not None:
            return ""
        looks = self._looked.files if self._looked else ()
        taken = [one.taken for one in looks if one.file == file and one.taken]
        has_said = any(one.said.keys() - one.counted for one in taken)
        return file if not has_said or file in self._said else ""

    @Slot()
    def _remove(self) -> None:
        gone = [path for path, name in file_labels(self._paths).items() if name == self.view.file]
        self._choose_files([path for path in self._paths if path not in gone])
        if self._paths:
            self.look()
        else:
            self.draft.forget()
            self.begin_anew()

    @Slot()
    def _take(self) -> None:
        if self._looked is None or self.merger.merger() != self._merger:
            self.look()  # it was stopped, or of another day
            return
        if not self._looked.may_take or self._is_writing:
            return
        self._is_writing = True  # what changes now is what is written here
        stop = self.busy.begin(self.tr("Đang nhận sổ của các xã cũ…"))
        self._show_state()
        work = partial(former_jobs.take, self.desk, self._asked(), stop)
        self.desk.runner.write(self, work, self._took, self._failed)

    def _took(self, done: Done[Former]) -> None:
        self.busy.end()
        self._is_writing = False
        self.draft.forget()
        self._paths, self._picks, self._said = [], {}, {}
        self._passphrase, self._asks = None, True
        self.merger.put({})
        self._looked, self._taken = None, done.value
        self._group = done.changes.group
        self.figures_button.setChecked(False)
        # nothing is to be chosen any more
        self.view.show_lines(line._replace(unit=None) for line in lines_of(done.value))
        self._show_state()
        self.report_button.setFocus()

    def _forget_undone(self, is_undone: bool) -> None:
        """What is taken back is no longer told as taken."""
        if is_undone and self._taken is not None:
            self._taken = None
            self.written.hide()
            self.begin_anew()

    def _failed(self, error: BaseException) -> None:
        self.busy.end()
        self._is_writing = False
        if not isinstance(error, Cancelled):
            messages.report(error, self)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        """What the files are, and which buttons mean something now."""
        looked, taken = self._looked, self._taken
        if taken is not None:
            names = ", ".join(dict.fromkeys(one.name for one in taken.taken))
            said = self.tr("Đã nhận sổ của {names}. Bấm Ctrl+Z để bỏ cả lần nhận này.")
            self.summary.setText(said.format(names=names))
        elif looked is not None:
            said = self.tr("Xem trước, chưa ghi gì vào sổ. {files} tệp: {ready} nhận được.")
            said = said.format(files=len(looked.files), ready=len(looked.taken))
            if todo := self._todo(looked):
                said = f"{said} {self.tr('Muốn nhận thì {todo}.').format(todo='; '.join(todo))}"
            self.summary.setText(said)
        self.summary.setVisible(bool(looked or taken))
        self.set_broad(bool(self._paths) or taken is not None)
        idle, may_write = not self.busy.isVisibleTo(self), not self.desk.read_only
        self.drop.setEnabled(idle and may_write)
        self.year_box.setEnabled(idle)
        self.view.setEnabled(idle)
        self.remove_button.setVisible(bool(self._paths))
        asks = looked is not None and any(one.asks_day for one in looked.files)
        self.merger.setVisible(taken is None and (asks or bool(self.merger.texts())))
        self.merger.setEnabled(may_write)
        self.figures_button.setVisible(bool(self._paths))
        self.report_button.setVisible(taken is not None)
        is_stopped = idle and looked is None and bool(self._paths)
        self.take_button.setText(self.tr("&Xem trước") if is_stopped else self.tr("&Nhận vào sổ"))
        ready = looked is not None and looked.may_take and may_write and taken is None
        self.take_button.setEnabled(idle and (is_stopped or ready))
        self._show_figures()

    def _todo(self, looked: Looked) -> list[str]:
        """What the button waits for, in words."""
        refused = [one for one in looked.files if one.refused is not None]
        wrong = [one for one in refused if not one.asks_units and not one.asks_day]
        waits = (
            (any(one.asks_units for one in refused), self.tr("chọn đơn vị ở dòng “Cần chọn”")),
            (any(one.asks_day for one in refused), self.tr("ghi ngày sáp nhập")),
            (
                any(one.units for one in wrong),
                self.tr("chọn lại đơn vị, hoặc bỏ tệp, ở dòng “Không nhận”"),
            ),
            (any(not one.units for one in wrong), self.tr("bỏ tệp ở dòng “Không nhận”")),
        )
        return [text for is_so, text in waits if is_so]

    @Slot()
    def _write_report(self) -> None:
        if self._taken is not None:
            work = partial(former_jobs.report_file, self.desk, self._taken)
            self.exporter.write_files([work], file_name("NhanSoXaCu", suffix="xlsx"))

    @Slot(object)
    def _write_elsewhere(self, path: Path) -> None:
        if self._taken is not None:
            work = partial(former_jobs.report_file, self.desk, self._taken)
            self.exporter.write_files_elsewhere([work], path)

    # -- the draft ------------------------------------------------------------------------------

    def _typed(self) -> Typed | None:
        if not self._paths:
            return None
        picks = [[*key, uid.hex] for key, uid in self._picks.items()]
        return {
            "paths": json.dumps([str(path) for path in self._paths], ensure_ascii=False),
            "year": str(self._year),
            "picks": json.dumps(picks, ensure_ascii=False),
            "merger": json.dumps(self.merger.texts(), ensure_ascii=False),
            "said": tuple({"file": file, **one} for file, one in self._said.items()),
        }

    def _resume(self, kept: Typed) -> None:
        said: Any = kept["said"]
        self._paths = [Path(path) for path in json.loads(str(kept["paths"]))]
        self._picks = {
            (file, Level(level), name): UUID(hex=uid)
            for file, level, name, uid in json.loads(str(kept["picks"]))
        }
        self._said = {
            str(one["file"]): {name: value for name, value in one.items() if name != "file"}
            for one in said
        }
        self.merger.put(json.loads(str(kept.get("merger", "{}"))))
        with QSignalBlocker(self.year_box):
            self.year_box.setCurrentIndex(max(0, self.year_box.findData(int(str(kept["year"])))))
        self.look()
