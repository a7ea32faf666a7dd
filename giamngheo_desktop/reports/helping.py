"""Lists of help as papers: by helper, by need, who has no helper, who did not come, what is late.

What was counted is said below each list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.help_table import (
    SAID,
    Asked,
    HelpList,
    Line,
    columns,
    day_text,
    groups_of_needs,
    helper_text,
    pieces,
    subtitle,
)
from giamngheo_desktop.reports.household_plan import PLANS, plan_sheets, plans_of
from giamngheo_desktop.reports.issuer import of_unit
from giamngheo_desktop.reports.matching import matching_list, nothing_list, years_list
from giamngheo_desktop.services.programme.helping import Helped, Helping, NeedLine, helping
from giamngheo_desktop.services.programme.household_plans import PlanLine
from giamngheo_desktop.storage.engine import Database


def helping_list(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    unit: UUID | None,
    day: date,
    apart: bool = False,
    household: UUID | None = None,
) -> ReportDoc:
    """One of `CODES`; with `apart` each group begins a page, `household` is whose plan alone is
    printed. AppError `unknown_list`.
    """
    if code not in CODES:
        raise AppError("unknown_list", name=code, known=", ".join(CODES))
    asked = Asked(database=database, definitions=definitions, unit=unit, day=day)
    if code == PLANS:
        return plan_sheets(asked, household)
    found = LISTS[code](asked)
    doc = ReportDoc(
        code=code,
        title=(texts.HELPING_TITLES[code],),
        subtitle=subtitle(asked, found.said),
        landscape=found.landscape,
        body=tuple(pieces(found, apart=apart and len(found.groups) > 1)),
        notes=(texts.HELPING_NOTES[code],),
        data_date=day,
    )
    return of_unit(database, doc)


def _read(asked: Asked) -> Helping:
    return helping(asked.database, asked.definitions, unit=asked.unit, day=asked.day)


def _helpers(asked: Asked) -> HelpList:
    def line(one: Helped) -> Line:
        late = SAID["is_overdue"] if one.is_overdue else ""
        since, due = format_date(one.assignment.valid_from), format_date(one.due)
        came = day_text(one.came, SAID["not_yet"])
        return asked.line(one.home, one.home.persons, since, came, due, late)

    groups = [
        (helper_text(helper), [line(one) for one in ones])
        for helper, ones in _read(asked).by_helper.items()
    ]
    said = ("household", "village", "class", "persons", "since", "came", "due", "note")
    return HelpList(columns=columns(said, (22, 16, 10, 5, 9, 9, 9, 8)), groups=groups)


def _needs(asked: Asked) -> HelpList:
    def line(one: NeedLine) -> Line:
        helpers = "; ".join(helper.name for helper in one.helpers)
        who, since = one.person or SAID["whole_home"], format_date(one.need.since)
        return asked.line(one.home, who, since, helpers, one.need.note or "")

    groups = groups_of_needs(asked, _read(asked).by_need, line)
    said = ("household", "village", "class", "who", "asked_since", "helper", "note")
    return HelpList(columns=columns(said, (20, 16, 10, 18, 9, 18, 14)), groups=groups)


def _without(asked: Asked) -> HelpList:
    found = _read(asked)
    charged: dict[str, list[str]] = {}
    for one in found.in_charge:
        charged.setdefault(one.village, []).append(one.helper.name)
    lines = [
        asked.line(home, home.persons, "; ".join(charged.get(home.village, ())))
        for home in found.without
    ]
    said = ("household", "village", "class", "persons", "in_charge")
    return HelpList(
        columns=columns(said, (24, 18, 12, 6, 24)), groups=[("", lines)], landscape=False
    )


def _silent(asked: Asked) -> HelpList:
    lines: list[Line] = [
        (
            None,
            helper_text(helper),
            (helper.phone, len(homes), "; ".join(f"{one.head} ({one.village})" for one in homes)),
        )
        for helper, homes in _read(asked).silent
    ]
    return HelpList(
        columns=columns(("helper", "phone", "count", "households"), (28, 10, 5, 40)),
        groups=[("", lines)],
        said="of_quarter",
        empty="empty_helpers",
        landscape=False,
        has_total=False,
    )


def _overdue(asked: Asked) -> HelpList:
    lines = [
        asked.line(
            one.home,
            helper_text(one.helper),
            day_text(one.came, SAID["not_yet"]),
            format_date(one.due),
        )
        for one in _read(asked).overdue
    ]
    said = ("household", "village", "class", "helper", "came", "due")
    return HelpList(columns=columns(said, (22, 16, 10, 24, 9, 9)), groups=[("", lines)])


def _registered(asked: Asked) -> HelpList:
    lines = [
        asked.line(
            one.home,
            asked.label("expected_classes", one.expected),
            helper_text(one.helper) if one.helper else "",
            day_text(one.deadline),
            _result(one),
        )
        for one in plans_of(asked)
        if one.registered
    ]
    said = ("household", "village", "class", "expected", "helper", "deadline", "result")
    return HelpList(
        columns=columns(said, (20, 16, 10, 14, 20, 9, 16)), groups=[("", lines)], said="of_year"
    )


def _result(one: PlanLine) -> str:
    if one.is_overdue:
        return SAID["is_overdue"]
    return ", ".join(filter(None, (one.result, day_text(one.result_on))))


LISTS: Mapping[str, Callable[[Asked], HelpList]] = {
    "helpers": _helpers,
    "needs": _needs,
    "without": _without,
    "silent": _silent,
    "overdue": _overdue,
    "registered": _registered,
    "matching": matching_list,
    "nothing": nothing_list,
    "years": years_list,
}
CODES = (*LISTS, PLANS)
