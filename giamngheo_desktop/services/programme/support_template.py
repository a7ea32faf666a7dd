"""The program's own template of a hand-out: who was chosen, and columns for what they got."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_partial_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.list_fields import KEY
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.domain.village_sheet import sheet_text
from giamngheo_desktop.services.areas import top_of
from giamngheo_desktop.services.exchange.village_sheets import Shown
from giamngheo_desktop.services.importing.known import KnownHome, KnownPerson, read_known
from giamngheo_desktop.services.importing.plan import Purpose
from giamngheo_desktop.services.importing.template import (
    ImportTemplate,
    TemplateColumn,
    place_in_list,
)
from giamngheo_desktop.services.importing.words import word_fields
from giamngheo_desktop.services.programme.standings import standings
from giamngheo_desktop.services.programme.support_plan import Wanted
from giamngheo_desktop.services.programme.support_rows import (
    ANSWER,
    CLASS,
    OF_SOURCE,
    asked_fields,
    title_of,
)
from giamngheo_desktop.storage import areas
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.texts import SUPPORT_TEMPLATE

_SAID = SUPPORT_TEMPLATE
_GOODS = ("content", "item", "quantity", "unit", "specification")
_PERIOD = ("supported_on", "period_from", "period_to", "months")
_PAPERS = ("receipt", "recipient", "note")


def support_template(
    database: Database,
    context: Context,
    definitions: Definitions,
    wanted: Wanted,
    *,
    households: Collection[UUID],
    sources: Collection[str],
) -> ImportTemplate:
    """These households as rows, or all their members where the policy is for persons.

    Coming back as it left it has nothing to say. Raises AppErrors `support_policy`,
    `support_source`.
    """
    policy = definitions.supports.get(wanted.policy)
    if policy is None:
        raise AppError("support_policy", name=wanted.policy, known=", ".join(definitions.supports))
    known_sources = definitions.choice_list("funding_sources").codes
    for source in sources:
        if source not in known_sources:
            raise AppError("support_source", name=source, known=", ".join(sorted(known_sources)))
    day = wanted.on
    columns = tuple(template_columns(definitions, policy, sources))
    with database.reader() as connection:
        tree = areas.tree_on(connection, day)
        top = top_of(connection, tree, day)
        known = read_known(connection, day, context.today(), None)
        homes = [known.homes[uid] for uid in households if uid in known.homes]
        homes = [home for home in homes if home.members and not home.is_late]
        stands = standings(connection, definitions, [home.uid for home in homes], day)
    states = {home: one.state(day) for home, one in stands.items()}
    order = {area.uid: at for at, area in enumerate(tree.villages())}
    homes.sort(key=lambda home: place_in_list(home, order))
    unit = tree[top].name if top else ""
    return ImportTemplate(
        purpose=Purpose.UPDATE,
        year=day.year,
        unit=unit,
        day=day,
        columns=columns,
        rows=tuple(
            tuple(
                _cell(column, home, person, states[home.uid], known.villages.name(home.village))
                for column in columns
            )
            for home in homes
            for person in _persons(home, policy)
        ),
        title=f"{title_of(policy)}: {wanted.name}".rstrip(": "),
        steps=_SAID["steps"],
    )


def template_columns(
    definitions: Definitions, policy: SupportPolicy, sources: Collection[str]
) -> Iterator[TemplateColumn]:
    """Who it is, then what is filled in; the key is the last one."""
    asked = asked_fields(definitions, policy)
    words = {**word_fields(definitions), **definitions.form("household_derived").fields}
    words |= {CLASS: asked[CLASS]}
    birth = ("birth", "head_name") if policy.per == "person" else ()
    for code in ("village", "full_name", *birth, "id_number", CLASS):
        field = replace(words[code], kind=FieldKind.TEXT, help=_SAID["shown_help"], required=False)
        yield TemplateColumn(code, words[code].excel_label, _SAID["whom"], field, False)
    for source in sources:
        yield _column(asked, OF_SOURCE + source, _SAID["money"])
    for group, codes in ((_SAID["goods"], _GOODS), (_SAID["when"], _PERIOD)):
        for code in codes:
            yield _column(asked, code, group)
    for code in asked:
        if code.startswith(ANSWER):
            yield _column(asked, code, policy.label)
    for code in _PAPERS:
        yield _column(asked, code, _SAID["papers"])
    yield TemplateColumn(KEY, words[KEY].excel_label, _SAID["own"], words[KEY], False)


def _column(asked: Mapping[str, FieldDef], code: str, group: str) -> TemplateColumn:
    return TemplateColumn(code, asked[code].excel_label, group, asked[code], True)


def _persons(home: KnownHome, policy: SupportPolicy) -> tuple[KnownPerson, ...]:
    return home.members if policy.per == "person" else (home.head or home.members[0],)


def _cell(
    column: TemplateColumn, home: KnownHome, person: KnownPerson, state: str | None, village: str
) -> Shown | date:
    values = {
        "village": village,
        "full_name": person.name,
        "head_name": home.head.name if home.head else "",
        "id_number": person.values["id_number"],
        KEY: str(person.uid),
    }
    match column.code:
        case "birth":
            return format_partial_date(person.birth) if person.birth else None
        case code if code == CLASS:
            return state and column.field.choice_label(state)
        case code if code in values:
            return sheet_text(values[code] or "") or None
    return None
