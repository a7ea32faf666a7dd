"""The program's own template, filled from a register and read back as a file; and registers of
households of which every field says something.
"""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.form import FieldDef, FieldKind, FormDef
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.identity_numbers import make_personal_number
from giamngheo_desktop.domain.list_fields import HOUSEHOLD, PERSON
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.exports.import_template import FIRST_ROW, HEADING_ROW, template_workbook
from giamngheo_desktop.services import areas, households
from giamngheo_desktop.services.importing.plan import ImportPlan, Purpose
from giamngheo_desktop.services.importing.template import ImportTemplate, import_template
from tests.harness import foreign_lists
from tests.harness.list_imports import YEAR, Town

WORDS = (
    "xóm trên",
    "Nhà 12, đường 3/2",
    "=HYPERLINK(1)",
    "Ghi chú: có",
    "1.234",
    "A; ven sông",
)
FAMILY = ("Nguyễn Văn", "Trần Thị", "Điểu K'", "Hồ", "Lê Thị Bích")
GIVEN = ("An", "Bình", "Cúc", "Dũng", "Ếch", "Phượng", "Sửu", "Y Lan")


def template_of(here: Town, purpose: Purpose, villages: Sequence[UUID] = ()) -> ImportTemplate:
    return import_template(
        here.database, here.context, foreign_lists.definitions(),
        purpose=purpose, year=YEAR, villages=villages,
    )  # fmt: skip


def write(here: Town, name: str, template: ImportTemplate) -> Path:
    path = here.folder / f"{name}.xlsx"
    path.write_bytes(template_workbook(template))
    return path


def read_back(here: Town, purpose: Purpose, villages: Sequence[UUID], **asked: Any) -> ImportPlan:
    """The plan of a template that comes back as it left."""
    path = write(here, "back", template_of(here, purpose, villages))
    return here.plan_of(path, purpose=purpose, **asked)


class Clerk:
    """Types into a template as a clerk does, in the columns by their heading."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[0]
        heads = {cell.value: cell.column for cell in self.sheet[HEADING_ROW]}
        self.columns = {str(text).partition(" (")[0]: at for text, at in heads.items()}

    def row_of(self, name: str) -> int:
        at = self.columns["Họ và tên"]
        return next(r for r in range(FIRST_ROW, 500) if self.sheet.cell(r, at).value == name)

    def type(self, row: int, **typed: object) -> None:
        """By heading, with `_` for spaces."""
        for heading, value in typed.items():
            self.sheet.cell(row, self.columns[heading.replace("_", " ")], value)

    def save(self) -> Path:
        self.book.save(self.path)
        return self.path


def random_home(context: Context, village: UUID, number: int, bits: random.Random) -> Household:
    """Each field known or not; names never twice."""
    forms = foreign_lists.definitions()
    members = [
        Member(
            uid=context.new_id(),
            membership=context.new_id(),
            is_head=at == 0,
            **_values(forms.member, PERSON, bits) | _person(number, at, bits),
        )
        for at in range(bits.randint(1, 4))
    ]
    return Household(
        uid=context.new_id(),
        village=village,
        list_number=number,
        members=tuple(members),
        **_values(forms.household, HOUSEHOLD, bits) | {"code": f"H{number:03d}"},
    )


def _person(number: int, at: int, bits: random.Random) -> dict[str, Any]:
    year, sex = bits.randint(1930, 2020), bits.choice(("male", "female"))
    births = (PartialDate(year), PartialDate(year, bits.randint(1, 12)), PartialDate(year, 4, 3))
    numbered = bits.random() < 0.6
    return {
        "full_name": f"{bits.choice(FAMILY)} {GIVEN[number % 8]} {GIVEN[at]}",
        "relation": "head" if at == 0 else "child",
        "birth": bits.choice((None, *births)),
        "sex": sex,
        "id_number": make_personal_number("067", sex, year, number * 10 + at) if numbered else None,
        "id_kind": "cccd" if numbered else None,
        "phone": bits.choice((None, "0912345678")),
    }


def _values(form: FormDef, codes: Sequence[str], bits: random.Random) -> dict[str, Any]:
    fields = [field for field in form if field.code in codes]
    return {field.code: _value(field, bits) for field in fields if bits.random() < 0.5}


def _value(field: FieldDef, bits: random.Random) -> Any:
    match field.kind:
        case FieldKind.TEXT:
            return bits.choice(WORDS)
        case FieldKind.CHOICE:
            return bits.choice(field.choices).code
        case FieldKind.CHOICES:
            return tuple(one.code for one in field.choices if bits.random() < 0.4)
        case FieldKind.YES_NO:
            return bits.random() < 0.5
        case FieldKind.DATE:
            return date(2024, 1, 1) + timedelta(days=bits.randint(0, 300))
        case FieldKind.PARTIAL_DATE:
            return PartialDate(1980)
    return bits.randint(field.minimum or 0, field.maximum or 1)


def fill(here: Town, bits: random.Random, count: int) -> list[UUID]:
    """That many households in the villages of the town; its villages."""
    tree = villages_of(here)
    for number in range(1, count + 1):
        home = random_home(here.context, tree[number % len(tree)], number, bits)
        households.save(here.database, here.context, home, day=date(2025, 1, 1))
    return tree


def villages_of(here: Town) -> list[UUID]:
    return [area.uid for area in areas.tree(here.database, date(2025, 6, 1)).villages()]
