"""*Xã mới*: three pages that ask what BC1 needs; Enter and Tab lead through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.forms.line_edit import repolish
from giamngheo_desktop.gui.parts import label, scrolled
from giamngheo_desktop.gui.start import commune_forms
from giamngheo_desktop.gui.start.assistant import Assistant
from giamngheo_desktop.gui.start.village_step import VillageStep
from giamngheo_desktop.services.areas import NewCommune

VILLAGES = "villages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A new file and what it begins with."""

    path: Path
    commune: NewCommune

    @property
    def name(self) -> str:
        return self.commune.commune


class NewCommuneView(Assistant):
    """`create_requested(Wanted)`."""

    draft_key = "new_commune"

    def __init__(
        self, definitions: Definitions, today: date, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
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
        self._build()
        self.start_over()

        self.unit.changed.connect(self._unit_changed)
        self.unit.completed.connect(self.go_on)
        self.villages.changed.connect(self._timer.start)
        self.villages.completed.connect(self.go_on)
        self.signers.changed.connect(self._timer.start)
        self.signers.completed.connect(self.go_on)

    # -- what an assistant says -----------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Xã mới")

    def start_over(self) -> None:
        self._area_chosen, self._proposed = False, {}
        self.unit.set_record({"kind": "xa", "area_type": "rural", "year": str(self._today.year)})
        self.villages.set_draft(())
        self.signers.set_record({})
        self._show_step(0)
        super().start_over()

    def start_typing(self) -> None:
        self.unit.focus_field("province")

    @property
    def step(self) -> int:
        return self.steps.currentIndex()

    def unit_name(self) -> str:
        typed = self.unit.draft()
        return commune_forms.full_name(
            str(typed.get("kind") or "xa"), str(typed.get("commune") or "")
        )

    def draft(self) -> dict[str, Any]:
        """Everything as typed; villages as rows."""
        return {**self.unit.draft(), VILLAGES: self.villages.draft(), **self.signers.draft()}

    def draft_title(self) -> str:
        return str(self.unit.draft().get("commune") or "")

    def fresh_question(self) -> str:
        return self.tr("Bỏ những gì đã gõ cho xã mới và bắt đầu lại?")

    def is_blank(self) -> bool:
        typed = self.unit.draft()
        return not typed.get("commune") and not typed.get("province") and not self.villages.draft()

    def set_draft(self, draft: Mapping[str, Entry]) -> None:
        self.unit.set_draft(draft)
        rows = draft.get(VILLAGES)
        self.villages.set_draft(rows if isinstance(rows, tuple) else ())  # type: ignore[arg-type]
        self.signers.set_draft({code: entry for code, entry in draft.items() if entry})
        self._area_chosen = True
        self._timer.stop()

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
            super().go_back()

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
        self.body.addLayout(titles)
        self.body.addWidget(self.steps, 1)

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
            self.show_place()
        first = (self.start_typing, self.villages.grid.start,
                 lambda: self.signers.focus_field("signer_name"))  # fmt: skip
        first[step]()

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
        return self.first_problem(self.unit, needed)

    def _signer_problem(self) -> str:
        needed = {"issuing_body": self.tr("Ghi cơ quan ban hành biểu.")}
        return self.first_problem(self.signers, needed)
