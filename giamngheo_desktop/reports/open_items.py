"""Việc còn treo as a list: what waits, by what it waits for, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    ReportDoc,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.help_table import Asked, HelpList
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.services.programme.open_items import (
    OpenItem,
    OpenItems,
    Waits,
    open_items,
)
from giamngheo_desktop.storage.engine import Database

CODE = "open"
_SAID = texts.OPEN_ITEMS
_COLUMNS = (("day", 8), ("body", 12), ("household", 12), ("village", 11), ("activity", 18),
            ("note", 20))  # fmt: skip
_UNDATED = (Waits.RETURN, Waits.CHECK, Waits.INSTALMENT)  # their day is no last day
_LATE = (Waits.TASK, Waits.START)  # wait only because they are


def open_list(
    database: Database, definitions: Definitions, *, unit: UUID | None, day: date
) -> ReportDoc:
    """The list of a unit on a day."""
    found = open_items(database, definitions, unit=unit, day=day)
    table = Table(
        labels=(
            number_column(),
            text_column(_SAID["what"], "what", weight=24),
        ),
        columns=tuple(text_column(_SAID[key], key, weight=weight) for key, weight in _COLUMNS),
        rows=tuple(_rows(found)),
        number_row=False,
        empty=_SAID["none"],
    )
    doc = ReportDoc(
        code=CODE,
        title=(_SAID["title"],),
        subtitle=(*filter(None, [found.unit_name]), _SAID["of_day"].format(day=format_date(day))),
        body=(table,),
        notes=(_SAID["foot"],),
        data_date=day,
    )
    return of_unit(database, doc)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenList(HelpList):
    """For the eye: a line for each of `items`, in their order."""

    items: Sequence[OpenItem]


def open_lines(asked: Asked, waits: Waits | None = None) -> OpenList:
    """What waits, under what it waits for; or only what waits for one thing."""
    found = open_items(asked.database, asked.definitions, unit=asked.unit, day=asked.day)
    shown = [(one, found.of(one)) for one in Waits if waits in (None, one) and found.of(one)]
    return OpenList(
        columns=[(_SAID["what"], 24), *((_SAID[key], weight) for key, weight in _COLUMNS)],
        groups=[
            (
                texts.OPEN_WAITS[of] if waits is None else "",
                [(None, what_text(found, one), _values(found, one)) for one in items],
            )
            for of, items in shown
        ],
        has_total=False,
        items=[one for _, items in shown for one in items],
    )


def group_text(found: OpenItems, waits: Waits) -> str:
    """How many wait for it, and how many of them too long."""
    items = found.of(waits)
    said = _SAID["group_counted" if waits in (*_UNDATED, *_LATE) else "group"]
    late = sum(one.is_overdue for one in items)
    return said.format(name=texts.OPEN_WAITS[waits], count=len(items), late=late)


def what_text(found: OpenItems, one: OpenItem) -> str:
    """What waits, or who."""
    kind = texts.OPEN_CODES.get(one.code, "")
    what = one.what or (found.names.get(one.household, "") if one.household else "")
    return f"{what} ({kind})" if kind else what


def last_day_text(one: OpenItem) -> str:
    return format_date(one.day) if one.day and one.waits not in _UNDATED else ""


def note_text(one: OpenItem) -> str:
    """What else there is to say of it."""
    said = [_SAID["overdue"]] if one.is_overdue and one.waits not in _LATE else []
    if one.waits is Waits.RETURN and one.outstanding is not None:
        amount = texts.quantity_text(one.outstanding, one.unit)
        said.append(_SAID["outstanding"].format(amount=amount))
        names = ", ".join(filter(None, one.next))
        said.append(_SAID["next"].format(names=names) if one.next else _SAID["no_next"])
    if one.waits is Waits.CHECK:
        said += [texts.PASSING_DOUBTS[doubt] for doubt in one.doubts]
    if one.instalment is not None:
        said.append(texts.instalment_text(one.instalment, format_date(one.day) if one.day else ""))
    return "; ".join(said)


def _rows(found: OpenItems) -> Iterator[Row]:
    for waits in Waits:
        items = found.of(waits)
        if items:
            yield Row(("", group_text(found, waits)), (BLANK,) * len(_COLUMNS), 1, bold=True)
        for at, one in enumerate(items, 1):
            yield Row(
                (str(at), what_text(found, one)),
                tuple(map(Cell, _values(found, one))),
                household=one.household,
            )


def _values(found: OpenItems, one: OpenItem) -> tuple[str, ...]:
    """What stands under `_COLUMNS`."""
    activity = one.activity if one.activity != one.uid else None
    named = (one.body, one.household, one.village, activity)
    names = (found.names.get(uid, "") if uid else "" for uid in named)
    return (last_day_text(one), *names, note_text(one))
