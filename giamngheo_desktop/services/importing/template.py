"""The program's own template of a list: its columns, and the register as a list would say it.

What is filled in comes from `known.read_known`, with which an import compares: read back as it
left, the template has nothing to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import AreaTree
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.form import Choice, FieldDef, FieldKind
from giamngheo_desktop.domain.list_fields import KEY, PERSON
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.domain.village_sheet import sheet_text
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.services.exchange.village_sheets import Shown, shown
from giamngheo_desktop.services.importing.known import KnownHome, KnownPerson, read_known
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.planning import usual_day
from giamngheo_desktop.services.importing.words import word_fields
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope
from giamngheo_desktop.texts import IMPORT_TEMPLATE

NUMBER, VILLAGE = "household_number", "village"
_OF_ROW = (NUMBER, VILLAGE, KEY)  # said in each row
_LAST = 10**9


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """`of_household`: filled in at the head's row alone."""

    code: str
    heading: str
    group: str
    field: FieldDef
    of_household: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTemplate:
    """`rows` are in the order of `columns`; `day` is that of what is filled in, None of an empty
    one. `title` and `steps` are its own, where it is no list of households.
    """

    purpose: Purpose
    year: int
    unit: str
    day: date | None
    columns: tuple[TemplateColumn, ...]
    rows: tuple[tuple[Shown | date, ...], ...]
    title: str = ""
    steps: str = ""


def import_template(
    database: Database,
    context: Context,
    definitions: Definitions,
    *,
    purpose: Purpose,
    year: int,
    villages: Collection[UUID] = (),
) -> ImportTemplate:
    """The template for an import of that kind, with the households of `villages` in it."""
    today = context.today()
    day = usual_day(purpose, year, today)
    scope = None
    if purpose is Purpose.RESULT:
        scope = Scope(year=year, standard=standard_for(definitions.standards, year).code)
    with database.reader() as connection:
        tree = areas.tree_on(connection, day)
        top = top_of(connection, tree, day)
        names = [area.name for area in tree.villages()]
        columns = tuple(template_columns(definitions, purpose, names))
        asked = frozenset(column.code for column in columns)
        homes: list[KnownHome] = []
        if villages:
            known = read_known(connection, day, today, scope, asked)
            homes = [
                home
                for home in known.homes.values()
                if home.village in villages and not home.is_late and home.members
            ]
    order = {area.uid: at for at, area in enumerate(tree.villages())}
    homes.sort(key=lambda home: place_in_list(home, order))
    about = next(iter(villages)) if len(villages) == 1 else top
    return ImportTemplate(
        purpose=purpose,
        year=year,
        unit=tree[about].name if about else "",
        day=day if homes else None,
        columns=columns,
        rows=tuple(
            tuple(_cell(column, number, home, at == 0, one, tree) for column in columns)
            for number, home in enumerate(homes, start=1)
            for at, one in enumerate(home.members)
        ),
    )


def template_columns(
    definitions: Definitions, purpose: Purpose, villages: Iterable[str]
) -> Iterator[TemplateColumn]:
    """The columns in order; `villages` are the names its drop-down offers."""
    fields = word_fields(definitions)
    headings = {field.code: field.headings[0] for field in definitions.headings.fields}
    own: Mapping[str, FieldDef] = {
        NUMBER: replace(fields["list_number"], help=IMPORT_TEMPLATE["number_help"]),
        VILLAGE: replace(
            fields[VILLAGE],
            kind=FieldKind.CHOICE,
            choices=tuple(Choice(code=name, label=name) for name in dict.fromkeys(villages)),
        ),
    }
    for group in definitions.headings.template:
        if group.purposes and purpose not in group.purposes:
            continue
        for code in group.fields:
            field = own.get(code) or fields[code]
            heading = headings[code] if code == NUMBER else field.excel_label
            of_household = code not in (*PERSON, *_OF_ROW)
            yield TemplateColumn(code, heading, group.label, field, of_household)


def place_in_list(home: KnownHome, order: Mapping[UUID, int]) -> tuple[object, ...]:
    """What a template sorts by: village, number, name; `order` are the places of villages."""
    name = search_key(home.members[0].name)
    village = order.get(home.village, _LAST) if home.village else _LAST
    return village, home.values.get("list_number") or _LAST, name, str(home.uid)


def _cell(
    column: TemplateColumn,
    number: int,
    home: KnownHome,
    is_head_row: bool,
    person: KnownPerson,
    tree: AreaTree,
) -> Shown | date:
    if column.code == NUMBER:
        return number
    if column.code == VILLAGE:
        area = tree.get(home.village)
        return sheet_text(area.name) if area else None
    if column.code == KEY:
        return str(person.uid)
    if column.of_household and not is_head_row:
        return None
    values = home.values if column.of_household else person.values
    return _shown(column.field, values.get(column.code))


def _shown(field: FieldDef, value: Any) -> Shown | date:
    if isinstance(value, date):
        return value
    return shown(field, tuple(value) if isinstance(value, list) else value)
