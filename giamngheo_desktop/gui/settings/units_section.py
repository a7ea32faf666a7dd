"""Cài đặt › Xã và các thôn: each commune and its villages, what they are from which day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from giamngheo_desktop.domain.area import Area, AreaTree, Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.parts import button
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.settings.succession_dialog import SuccessionDialog
from giamngheo_desktop.gui.settings.unit_labels import area_types, kind_label
from giamngheo_desktop.gui.settings.unit_panel import UnitPanel
from giamngheo_desktop.gui.table.column import Align, Column
from giamngheo_desktop.gui.table.table_view import TableView
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.areas import COMPLETE
from giamngheo_desktop.services.unit_history import DatedValue, Version, facts, versions
from giamngheo_desktop.services.unit_names import villages
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a day with their attributes."""

    tree: AreaTree
    facts: Mapping[UUID, Mapping[str, str]]
    names: Mapping[UUID, str]  # of the villages in a list


class UnitsSection(Section):
    """The list at the left, the chosen unit at the right."""

    WATCHES = frozenset({Kind.AREA, Kind.AREA_VERSION, Kind.AREA_FACT, Kind.SUCCESSION})

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Đổi tên, đổi khu vực, đạt chuẩn… đều ghi từ ngày nào: biểu của năm cũ vẫn theo tên cũ."
        )
        super().__init__(desk, self.tr("Xã và các thôn"), intro)
        self._units: Units | None = None
        self.list = TableView(
            (
                Column(key="position", title=self.tr("TT"), width=36, align=Align.RIGHT),
                Column(key="name", title=self.tr("Tên"), width=96, stretch=True, tip=str),
                Column(key="kind", title=self.tr("Loại"), width=90, hidden=True),
                Column(key="area_type", title=self.tr("Khu vực"), width=92, gives_way=True),
                Column(key="complete", title=self.tr("Sổ đủ mọi hộ"), width=74, gives_way=True),
            ),
            "units",
            self.tr("Xã và các thôn"),
        )
        self.panel = UnitPanel(desk)
        self.add_button = button(self.tr("&Thêm thôn"), "add_village", icon="add")
        self.succession_button = button(
            self.tr("Sáp &nhập, đổi tên…"), "succession", icon="exchange"
        )
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setHandleWidth(12)
        self._split.setProperty("kind", "gap")
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.list)
        self.list.setMinimumWidth(230)
        self._split.addWidget(self.panel)
        self._split.setSizes([400, 480])
        self._split.setStretchFactor(0, 2)
        self._split.setStretchFactor(1, 3)
        self.box.addWidget(self._split, 1)
        self.foot(self.add_button, self.succession_button)
        for part in (self.add_button, self.succession_button):
            part.setEnabled(not desk.read_only)
        self.setFocusProxy(self.list)
        self.list.current_changed.connect(self._choose)
        self.list.row_opened.connect(self.panel.start)
        self.add_button.clicked.connect(self._add)
        self.succession_button.clicked.connect(self._succeed)
        self.panel.saved.connect(self._reload)

    @property
    def is_dirty(self) -> bool:
        return self.panel.is_dirty

    def save(self) -> bool:
        return self.panel.save()

    def discard(self) -> None:
        self.panel.discard()

    def load(self) -> None:
        day = self.desk.day(self.year)
        work = partial(_read, self.desk.database, day, self.desk.commune)
        self.desk.runner.read(self, work, self._show, latest="units")

    def _reload(self, uid: object) -> None:
        self.load()

    def _show(self, units: Units) -> None:
        self._units = units
        chosen = self.list.current_uid()
        communes = units.tree.communes(self.desk.unit(self.year))
        self.list.rows.headings = frozenset(area.uid for area in communes)
        # Counted anew in each commune: after a merger the stored order has gaps.
        self.list.set_rows(
            [
                self._row(units, at, area)
                for commune in communes
                for at, area in enumerate([commune, *units.tree.villages(commune.uid)])
            ]
        )
        if communes and (chosen is None or self.list.current_uid() is None):
            self.list.go_to(communes[0].uid)
        if not self.panel.is_dirty:
            self._choose(self.list.current_uid())

    def _row(self, units: Units, number: int, area: Area) -> tuple[object, ...]:
        types = area_types()
        of_commune = self.tr("theo xã")
        own = area.area_type
        complete = units.facts.get(area.uid, {}).get(COMPLETE) == "yes"
        return (
            area.uid,
            str(number) if number else "",
            units.names.get(area.uid, area.name),
            kind_label(area.kind),
            types[own] if own else of_commune,
            self.tr("Đủ") if complete else "",
        )

    def _choose(self, uid: object) -> None:
        if not isinstance(uid, UUID) or self._units is None:
            return
        area = self._units.tree.get(uid)
        if area is None or (uid == self.panel.uid and self.panel.is_dirty):
            return
        if self.panel.is_dirty and not self.may_leave():
            self.list.go_to(self.panel.uid)  # type: ignore[arg-type]
            return
        self.panel.show_unit(area, self._units.facts.get(uid, {}), self.desk.day(self.year))
        work = partial(_history, self.desk.database, uid)
        self.desk.runner.read(self, work, partial(self.panel.show_history, uid), latest="unit")

    def _add(self) -> None:
        if self.may_leave():
            self.panel.show_new(self.desk.day(self.year), self._commune())

    def _commune(self) -> Area | None:
        """The commune of several that the cursor is in."""
        tree, unit = self._units.tree if self._units else AreaTree(()), self.desk.unit(self.year)
        uid = self.list.current_uid()
        if len(tree.communes(unit)) < 2 or not isinstance(uid, UUID):
            return None
        above = tree.ancestors(uid)
        return next((area for area in above if area.level is Level.COMMUNE), None)

    def _succeed(self) -> None:
        if self._units is not None and self.may_leave():
            dialog = SuccessionDialog(self.desk, self._units.tree, self.desk.unit(self.year), self)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()


def _read(database: Database, day: date, commune: UUID) -> Units:
    return Units(
        tree=areas.tree(database, day),
        facts=areas.facts(database, day),
        names={area.uid: area.name for area in villages(database, day, commune)},
    )


def _history(database: Database, uid: UUID) -> tuple[list[Version], list[DatedValue]]:
    return versions(database, uid), facts(database, uid)
