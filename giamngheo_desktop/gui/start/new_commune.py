"""*Xã mới*: three pages that ask what BC1 needs; Enter and Tab lead through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.gui import files
from giamngheo_desktop.gui.forms.entry import Entry, Unparsed
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.parts import button, label, scrolled
from giamngheo_desktop.gui.start import commune_forms
from giamngheo_desktop.gui.start.village_step import VillageStep
from giamngheo_desktop.services.areas import NewCommune

DRAFT_DELAY = 1000  # milliseconds after the last key
VILLAGES = "villages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A new file and what it begins with."""

    path: Path
    commune: NewCommune


class NewCommuneView(QWidget):
    """`create_requested(Wanted)`, `left()`, `draft_changed()` a moment after the last key.

    `fresh_requested()`: what was taken up from before is not wanted.
    """

    create_requested = Signal(object)
    left = Signal()
    draft_changed = Signal()
    fresh_requested = Signal()

    def __init__(
        self, definitions: Definitions, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._path: Path | None = None  # chosen by hand
        self._today = today
        self._area_chosen = False
        self._proposed: dict[str, str] = {}
        self.unit = FormView([commune_forms.unit_section(definitions, today.year)])
        self.unit.setObjectName("unit_step")
        self.villages = VillageStep()
        self.signers = FormView([commune_forms.signer_section()])
        self.signers.setObjectName("signer_step")
        self.steps = QStackedWidget()
        self._titles: list[QWidget] = []
        self._place = label("", "soft", "file_place")
        self._choose = button(self.tr("Đổi nơi đặt tệp…"), "choose_file", kind="link")
        self._taken_up = QFrame()
        self._taken_up_text = label("", "", "taken_up_text", wrap=True)
        self._fresh = button(self.tr("Bắt đầu lại"), "start_fresh")
        self._back = button(self.tr("&Quay lại"), "back")
        self._next = button(self.tr("&Tiếp tục"), "next", kind="primary")
        self._timer = QTimer(self, singleShot=True, interval=DRAFT_DELAY)
        self._build()
        self.start_over()

        self._timer.timeout.connect(self.draft_changed)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        self._fresh.clicked.connect(self.fresh_requested)
        self._choose.clicked.connect(self._choose_file)
        self.unit.changed.connect(self._unit_changed)
        self.unit.completed.connect(self.go_on)
        self.villages.changed.connect(self._timer.start)
        self.villages.completed.connect(self.go_on)
        self.signers.changed.connect(self._timer.start)
        self.signers.completed.connect(self.go_on)

    # -- for the owner --------------------------------------------------------------------------

    def start_over(self) -> None:
        """Empty pages, as on the first day."""
        self._area_chosen, self._path, self._proposed = False, None, {}
        self._taken_up.hide()
        self.unit.set_record({"kind": "xa", "area_type": "rural", "year": str(self._today.year)})
        self.villages.set_draft(())
        self.signers.set_record({})
        self._show_step(0)
        self._timer.stop()

    @property
    def step(self) -> int:
        return self.steps.currentIndex()

    @property
    def path(self) -> Path:
        """Where the file will stand."""
        name = str(self.unit.draft().get("commune") or "")
        kind = str(self.unit.draft().get("kind") or "xa")
        whole = commune_forms.full_name(kind, name)
        return self._path or commune_forms.proposed_file(paths.data_dir(), whole)

    def draft(self) -> dict[str, Any]:
        """Everything as typed; villages as rows."""
        return {**self.unit.draft(), VILLAGES: self.villages.draft(), **self.signers.draft()}

    def is_blank(self) -> bool:
        """Whether nobody typed anything worth keeping."""
        typed = self.unit.draft()
        return not typed.get("commune") and not typed.get("province") and not self.villages.draft()

    def set_draft(self, draft: Mapping[str, Entry]) -> None:
        """Take up what was typed before."""
        self.unit.set_draft(draft)
        rows = draft.get(VILLAGES)
        self.villages.set_draft(rows if isinstance(rows, tuple) else ())  # type: ignore[arg-type]
        self.signers.set_draft({code: entry for code, entry in draft.items() if entry})
        self._area_chosen = True
        self._timer.stop()

    def keep(self) -> None:
        """Put what was typed just now onto the disk."""
        if self._timer.isActive():
            self._timer.stop()
            self.draft_changed.emit()

    def say_taken_up(self, saved_at: datetime) -> None:
        """Tell that this was typed before, and when."""
        text = self.tr("Đã lấy lại phần nhập dở lúc {moment}.")
        self._taken_up_text.setText(text.format(moment=saved_at.strftime("%H:%M %d/%m/%Y")))
        self._taken_up.show()

    # -- slots ----------------------------------------------------------------------------------

    def go_on(self) -> None:
        """To the next page if this one is finished; from the last one: make the file."""
        checks = (self._unit_problem, self.villages.problem, self._signer_problem)
        problem = checks[self.step]()
        if self.step == 1:
            self.villages.show_problem(problem)
        if problem:
            return
        if self.step == 2:
            unit = self.unit.record()
            signers = self.signers.record()
            villages = self.villages.villages()
            new = commune_forms.new_commune(unit, villages, signers, self._today)
            self.create_requested.emit(Wanted(path=self.path, commune=new))
            return
        self._show_step(self.step + 1)

    def go_back(self) -> None:
        if self.step:
            self._show_step(self.step - 1)
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    # -- internals ------------------------------------------------------------------------------

    def _build(self) -> None:
        titles = QHBoxLayout()
        titles.setSpacing(8)
        names = (self.tr("1  Đơn vị"), self.tr("2  Các thôn"), self.tr("3  Người ký"))
        for at, name in enumerate(names):
            if at:
                titles.addWidget(label("›", "soft"))
            title = label(name, "soft", f"step_{at + 1}")
            self._titles.append(title)
            titles.addWidget(title)
        titles.addStretch()
        for page in (scrolled(self.unit), self.villages, scrolled(self.signers)):
            self.steps.addWidget(page)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._place)
        foot.addWidget(self._choose)
        foot.addStretch()
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(label(self.tr("Xã mới"), "title"))
        box.addLayout(titles)
        self._taken_up.setObjectName("taken_up")
        self._taken_up.setProperty("kind", "notice")
        note = QHBoxLayout(self._taken_up)
        note.setContentsMargins(12, 4, 8, 4)
        note.addWidget(self._taken_up_text, 1)
        note.addWidget(self._fresh)
        box.addWidget(self._taken_up)
        box.addWidget(self.steps, 1)
        box.addLayout(foot)

    def _show_step(self, step: int) -> None:
        if step == 2:
            self._propose_signers()
        self.steps.setCurrentIndex(step)
        for at, title in enumerate(self._titles):
            title.setProperty("kind", "heading" if at == step else "soft")
            repolish(title)
        last = step == 2
        self._next.setText(self.tr("&Lập sổ") if last else self.tr("&Tiếp tục"))
        self._place.setVisible(last)
        self._choose.setVisible(last)
        if last:
            self._show_place()
        first = (lambda: self.unit.focus_field("province"), self.villages.grid.start,
                 lambda: self.signers.focus_field("signer_name"))  # fmt: skip
        first[step]()

    def _show_place(self) -> None:
        text = self.tr("Sổ sẽ nằm ở: {path}").format(path=self.path)
        self._place.setText(text)

    def _choose_file(self) -> None:
        path = files.ask_save(self, self.tr("Đặt tệp ở đâu?"), self.path, files.databases())
        if path is not None:
            self._path = path if path.suffix else path.with_suffix(f".{commune_forms.SUFFIX}")
            self._show_place()

    def _unit_changed(self, code: str) -> None:
        if code == "area_type":
            self._area_chosen = True
        if code == "kind" and not self._area_chosen:
            urban = self.unit.draft().get("kind") == "phuong"
            self.unit.fields["area_type"].set_value("urban" if urban else "rural")
        self._timer.start()

    def _propose_signers(self) -> None:
        """Fill what nobody has typed over."""
        proposed = commune_forms.proposed_signers(self.unit.record())
        shown = self.signers.draft()
        for code, text in proposed.items():
            if not shown.get(code) or shown[code] == self._proposed.get(code):
                self.signers.fields[code].set_value(text)
        self._proposed = proposed

    def _unit_problem(self) -> str:
        needed = {
            "province": self.tr("Ghi tên tỉnh, thành phố."),
            "kind": self.tr("Chọn xã, phường hay đặc khu."),
            "commune": self.tr("Ghi tên xã."),
            "area_type": self.tr("Chọn nông thôn hay thành thị."),
            "year": self.tr("Chọn năm làm việc."),
        }
        return self._first_problem(self.unit, needed)

    def _signer_problem(self) -> str:
        needed = {"issuing_body": self.tr("Ghi cơ quan ban hành biểu.")}
        return self._first_problem(self.signers, needed)

    def _first_problem(self, form: FormView, needed: Mapping[str, str]) -> str:
        entries = form.record()
        found = [(code, text, True) for code, text in needed.items() if not entries.get(code)]
        form.set_problems(found)
        unread = [code for code, entry in entries.items() if isinstance(entry, Unparsed)]
        if found or unread:
            code = found[0][0] if found else unread[0]
            form.focus_field(code)
            return form.fields[code].problem or " "
        return ""
