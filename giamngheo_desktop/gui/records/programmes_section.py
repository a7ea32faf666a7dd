"""The trees of the programmes that a plan of the year may name; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.programme import Component, Programme
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.settings.section import Section
from giamngheo_desktop.gui.table.column import Column
from giamngheo_desktop.gui.table.wrapped_table import WrappedRows
from giamngheo_desktop.services.programme import plan_components

_STEP = "\N{NO-BREAK SPACE}" * 4  # of the tree


class ProgrammesSection(Section):
    """Cây chương trình."""

    WATCHES: ClassVar[frozenset[Kind]] = frozenset({Kind.PLAN_COMPONENT})

    def __init__(self, desk: Desk) -> None:
        intro = self.tr(
            "Dự án, tiểu dự án, hợp phần của các chương trình mà kế hoạch năm này dùng được, và số "
            "mà kế hoạch của xã in."
        )
        super().__init__(desk, self.tr("Cây chương trình"), intro)
        self.table = WrappedRows(
            (
                Column(key="code", title=self.tr("Mã"), width=110),
                Column(key="name", title=self.tr("Tên"), width=300, stretch=True, tip=str),
                Column(key="lead", title=self.tr("Chủ trì"), width=120, tip=str, gives_way=True),
                Column(key="number", title=self.tr("Số in của xã"), width=100, tip=str),
                Column(key="source", title=self.tr("Nguồn"), width=170, tip=str),
            ),
            "programmes",
            self.tr("Cây chương trình"),
        )
        self.box.addWidget(self.table, 1)
        self.is_broad = True
        self.setFocusProxy(self.table)

    def load(self) -> None:
        unit = self.desk.unit(self.year)
        work = partial(plan_components.printed, self.desk.database, unit, self.year)
        self.fault.read(self.desk.runner, work, self._show, latest="programmes")

    def _show(self, printed: Mapping[tuple[str, str], str]) -> None:
        rows: list[tuple[object, ...]] = []
        headings = set()
        for programme in self.desk.definitions.live_programmes(self.year):
            headings.add(UUID(int=len(rows) + 1))
            line = (programme.code, programme.label, "", "", self._life(programme))
            rows.append((UUID(int=len(rows) + 1), *line))
            for one in programme.walk():
                number = printed.get((programme.code, one.code), "")
                name = f"{_STEP * (programme.depth(one.code) + 1)}{one.name}"
                source = self._source(programme, one)
                line = (one.code, name, one.lead.value or "", number, source)
                rows.append((UUID(int=len(rows) + 1), *line))
        self.table.rows.headings = frozenset(headings)
        self.table.set_rows(rows)
        self.table.say_empty(self.tr("Năm này không có chương trình nào đang thực hiện."))

    def _life(self, programme: Programme) -> str:
        last = programme.last_day
        ends = self.tr("đến {day}").format(day=format_date(last)) if last else ""
        return f"{programme.legal_basis} {ends}".strip()

    def _source(self, programme: Programme, one: Component) -> str:
        source = programme.sources.get(one.source, one.source)
        if one.certainty is Certainty.CONFIRMED:
            return source
        return self.tr("Cần đối chiếu: {source}").format(source=source)
