"""*Sổ tổng hợp*: the one page that makes the empty file of a district or province."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.gui.forms.entry import Entry
from giamngheo_desktop.gui.forms.form_view import FormView
from giamngheo_desktop.gui.parts import label, scrolled
from giamngheo_desktop.gui.start import commune_forms
from giamngheo_desktop.gui.start.assistant import Assistant


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedCollection:
    """A new file to collect the packages of communes in; `district` is "" in a province's."""

    path: Path
    level: Level
    province: str
    district: str = ""

    @property
    def name(self) -> str:
        return self.district or self.province


class NewCollectionView(Assistant):
    """`create_requested(WantedCollection)`."""

    draft_key = "new_collection"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.unit = FormView([commune_forms.collection_section()])
        self.unit.setObjectName("collection_step")
        intro = self.tr(
            "Sổ để nhận gói các xã gửi lên, cộng biểu của huyện, tỉnh và gửi góp ý về cho xã. Xã "
            "và thôn tự có khi nhận gói."
        )
        self.body.addWidget(label(intro, "soft", wrap=True))
        self.body.addWidget(scrolled(self.unit), 1)
        self._next.setText(self.tr("&Lập sổ"))
        self.start_over()
        self.unit.changed.connect(self._changed)
        self.unit.completed.connect(self._next.setFocus)

    # -- what an assistant says -----------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Sổ tổng hợp của huyện, tỉnh")

    def start_over(self) -> None:
        self.unit.set_record({"level": Level.PROVINCE.value})
        super().start_over()
        self.show_place()

    def start_typing(self) -> None:
        self.unit.focus_field("level")

    def unit_name(self) -> str:
        return f"{self.tr('Tổng hợp')} {self._name(self.unit.draft())}"

    def draft(self) -> dict[str, Any]:
        return {**self.unit.draft()}

    def draft_title(self) -> str:
        return self._name(self.unit.draft())

    def is_blank(self) -> bool:
        typed = self.unit.draft()
        return not typed.get("province") and not typed.get("district")

    def set_draft(self, draft: Mapping[str, Entry]) -> None:
        self.unit.set_draft(draft)
        self._timer.stop()
        self.show_place()

    def fresh_question(self) -> str:
        return self.tr("Bỏ những gì đã gõ cho sổ tổng hợp và bắt đầu lại?")

    def go_on(self) -> None:
        needed = {
            "level": self.tr("Chọn sổ của tỉnh hay của huyện."),
            "province": self.tr("Ghi tên tỉnh, thành phố."),
            "district": self.tr("Ghi tên huyện."),
        }
        asked = self.unit.visible_codes()
        if self.first_problem(self.unit, {code: needed[code] for code in asked}):
            return
        said = self.unit.record()
        self.create_requested.emit(
            WantedCollection(
                path=self.path,
                level=Level(str(said["level"])),
                province=clean(str(said["province"])),
                district=clean(str(said["district"])) if "district" in asked else "",
            )
        )

    # -- internals ------------------------------------------------------------------------------

    @staticmethod
    def _name(typed: Mapping[str, Any]) -> str:
        of = "district" if typed.get("level") == Level.DISTRICT.value else "province"
        return str(typed.get(of) or "")

    def _changed(self, _code: str) -> None:
        self._timer.start()
        self.show_place()
