"""Lists of supports as others send them: workbooks made here, read as a file, planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.identity_numbers import make_personal_number
from giamngheo_desktop.exports.list_read import sheets_of
from giamngheo_desktop.services.importing.planning import Source
from giamngheo_desktop.services.programme import support_import
from giamngheo_desktop.services.programme.support_import import Imported
from giamngheo_desktop.services.programme.support_plan import (
    PlannedSupport,
    SupportChoices,
    SupportPlan,
    Wanted,
)
from giamngheo_desktop.services.unit import write_unit
from tests.harness.foreign_lists import definitions, printed
from tests.harness.register import Register

ON = date(2026, 7, 1)
NOTHING = SupportChoices()


def number(at: int) -> str:
    """The personal number of the person with that number, a man born in 1980."""
    return make_personal_number("067", "male", 1980, at)


@dataclass(frozen=True)
class Desk:
    """A register and a folder in which lists arrive."""

    register: Register
    folder: Path
    homes: tuple[Household, ...] = ()

    def book(self, *rows: Sequence[object], name: str = "ds", sheet: str = "DS") -> Path:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.title = sheet
        for row in rows:
            book.active.append(list(row))
        for cells in book.active:
            for cell in cells:
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # what was typed as a text, whatever it begins with
        path = self.folder / f"{name}.xlsx"
        book.save(path)
        return path

    def merged(self, path: Path, *areas: str) -> Path:
        """The same book with these areas merged."""
        book = openpyxl.load_workbook(path)
        assert book.active is not None
        for area in areas:
            book.active.merge_cells(area)
        book.save(path)
        return path

    def plan(self, path: Path, policy: str = "poor_fund_gift", **asked: Any) -> SupportPlan:
        code, text = printed(path)
        assert code == 0
        wanted = asked.pop("wanted", {})
        source = Source(name=path.name, sha256=path.read_bytes().hex()[:64], sheets=sheets_of(text))
        return support_import.plan(
            self.register.database, self.register.context, definitions(), source,
            Wanted(**{"policy": policy, "on": ON, "name": "Đợt", **wanted}), **asked,
        )  # fmt: skip

    def apply(self, plan: SupportPlan, choices: SupportChoices = NOTHING) -> Done[Imported]:
        return support_import.apply(
            self.register.database, self.register.context, definitions(), plan, choices,
            commune=self.register.commune,
        )  # fmt: skip


def desk_of(register: Register, folder: Path) -> Desk:
    """Five households; the first of A and the first of B have heads of one name."""
    homes = list[Household]()
    for at, (name, village) in enumerate(
        (
            ("Lò Văn An", "A"),
            ("Lò Văn An", "B"),
            ("Hồ Văn Cả", "A"),
            ("Y Bình", "B"),
            ("Rơ Mah Dũng", "C"),
        )
    ):
        household = register.household(name, f"Vợ {name}", village=village)
        named(register, household.members[0].uid, number(at))
        named(register, household.members[1].uid, number(at + 50))
        register.give_class(household.uid)
        homes.append(household)
    return Desk(register, folder, tuple(homes))


def named(register: Register, person: UUID, id_number: str) -> None:
    change_person(register, person, id_number=id_number, id_kind="cccd")


def change_person(register: Register, person: UUID, **values: Any) -> None:
    with write_unit(register.database, register.context, Op.SAVE_HOUSEHOLD) as work:
        work.update(Kind.PERSON, person, **values)


def row_of(plan: SupportPlan, row: int) -> PlannedSupport:
    (found,) = (one for one in plan.rows if one.row == row)
    return found


def codes(row: PlannedSupport) -> list[str]:
    return [one.code for one in row.findings]


def states(plan: SupportPlan) -> list[str]:
    return [row.state.value for row in plan.rows]


def balances(plan: SupportPlan, amounts: Iterable[int]) -> None:
    """Whatever is taken, the file's amounts are the sum of what becomes of them."""
    for written in ((), plan.taken(NOTHING), plan.rows):
        assert plan.money(written).file == sum(amounts)
