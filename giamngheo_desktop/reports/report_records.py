"""Danh mục: supports, needs, help, funds and bodies of a year up to the day, the same things in one
line, counted. Activities, tasks and money booked have lists of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    NumberFormat,
    Piece,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.plan_records import names_said
from giamngheo_desktop.reports.report_ask import ReportAsk, paragraphs
from giamngheo_desktop.services.programme import listing
from giamngheo_desktop.services.programme.listing import Line
from giamngheo_desktop.texts.narrative import joined
from giamngheo_desktop.texts.narrative import whole_text as whole

_SAID = texts.RECORDS
# What has a list of its own.
_ELSEWHERE = frozenset({Kind.ACTIVITY, Kind.TASK, Kind.BUDGET_LINE})
_Key = tuple[str, str, str, str, str, UUID | None, str, str]


def everything(ask: ReportAsk) -> list[Piece]:
    """All records of the year, by kind."""
    lines = [
        line
        for line in ask.listing.lines
        if line.kind not in _ELSEWHERE and (line.day is None or line.day <= ask.last)
    ]
    if not lines and not ask.bodies:
        return [*paragraphs([_SAID["none"].format(**ask.days)])]
    names = names_said(ask.database, lines)
    groups: dict[_Key, list[Line]] = {}
    for line in lines:
        groups.setdefault(_key(line, names.get(line.uid, "")), []).append(line)
    rows: list[Row] = []
    kind = ""
    for number, (key, found) in enumerate(groups.items(), 1):
        if key[0] != kind:
            kind = key[0]
            rows.append(Row(("", texts.MERGE_KINDS[Kind(kind)]), (BLANK,) * 4, bold=True))
        rows.append(Row((str(number), _said(ask, found[0], key[2])), tuple(_cells(ask, found))))
    rows += _bodies(ask)
    table = Table(
        labels=(number_column(4), text_column(_SAID["content"], "content", weight=34)),
        columns=(
            text_column(_SAID["of"], "of", weight=20),
            text_column(_SAID["when"], "when", weight=14),
            text_column(_SAID["count"], "count", weight=12),
            Column(_SAID["amount"], "amount", format=NumberFormat.MONEY, weight=12),
        ),
        rows=tuple(rows),
        number_row=False,
    )
    return [table]


def _bodies(ask: ReportAsk) -> Iterator[Row]:
    """Who works for the programme, with how many officers."""
    if ask.bodies:
        yield Row(("", _SAID["bodies"]), (BLANK,) * 4, bold=True)
    for number, (name, officers) in enumerate(ask.bodies, 1):
        count = Cell(_SAID["officers"].format(count=whole(officers)) if officers else "")
        yield Row((str(number), name), (BLANK, BLANK, count, BLANK))


def _key(line: Line, name: str) -> _Key:
    """What makes two records one line."""
    body = line.body if line.kind is not Kind.NEED else None
    place = (line.programme, line.component)
    return (
        line.kind.value,
        line.what,
        name,
        *place,
        body,
        line.direction or line.source,
        line.state,
    )


def _said(ask: ReportAsk, line: Line, name: str) -> str:
    """What it is by its list, then what was written."""
    fields = ask.definitions.record_fields[line.kind]
    field = next((fields[one] for one in listing.TELLING if one in fields), None)
    label = ask.definitions.answer(field, line.what) if field and line.what else ""
    answers = [
        ask.definitions.answer(fields[name], value)
        for name, value in (("direction", line.direction), ("source", line.source))
        if value and name in fields
    ]
    return joined((" – ".join(filter(None, (label, *answers))), name), ": ") or _kind(line)


def _kind(line: Line) -> str:
    return texts.MERGE_KINDS[line.kind]


def _cells(ask: ReportAsk, found: Sequence[Line]) -> Iterator[Cell]:
    line, names = found[0], ask.listing.names
    yield Cell(joined((_component(ask, line), _name(names, line.body))))
    yield Cell(joined((_days(found), _places(names, found)), "\n"))
    yield Cell(joined((_count(found), _state(ask, line))))
    amounts = [one.amount for one in found if one.amount is not None]
    yield Cell(sum(amounts)) if amounts else BLANK


def _component(ask: ReportAsk, line: Line) -> str:
    if line.plan_component and not line.component:
        return _name(ask.listing.names, line.plan_component)
    return ask.numbers.get((line.programme, line.component), line.component)


def _name(names: Mapping[UUID, str], uid: UUID | None) -> str:
    return names.get(uid, "") if uid else ""


def _days(found: Sequence[Line]) -> str:
    days = sorted({one.day for one in found if one.day})
    ends = dict.fromkeys((days[0], days[-1])) if days else ()
    return " – ".join(map(format_date, ends))


def _places(names: Mapping[UUID, str], found: Sequence[Line]) -> str:
    """Up to three villages by name, more by their number."""
    villages = dict.fromkeys(uid for one in found for uid in one.villages)
    if len(villages) > 3:
        return _SAID["villages"].format(count=whole(len(villages)))
    return ", ".join(filter(None, (names.get(uid, "") for uid in villages)))


def _count(found: Sequence[Line]) -> str:
    homes = {uid for one in found for uid in one.households}
    people = {uid for one in found for uid in one.persons}
    said = [
        _SAID[key].format(count=whole(len(some)))
        for key, some in (("homes", homes), ("persons", people))
        if some
    ]
    if len(found) > 1 and len(found) != len(homes):
        said.append(_SAID["times"].format(count=whole(len(found))))
    return ", ".join(said)


def _state(ask: ReportAsk, line: Line) -> str:
    return ask.definitions.choice_list("activity_states").label_of(line.state) if line.state else ""
