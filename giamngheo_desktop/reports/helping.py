"""Lists of help as papers: by helper, by need, who has no helper, what is overdue, what could help.

Each list is a table of households, some under the helper or need they stand by; what was counted
is said below it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.matching import WARN_YEARS, Component, OnList
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.reports.build import letterhead, signatures
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    NumberFormat,
    PageBreak,
    Piece,
    ReportDoc,
    Row,
    Table,
    text_column,
)
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.programme import matching
from giamngheo_desktop.services.programme.helping import Helped, HelperName, Helping, helping
from giamngheo_desktop.services.programme.homes import Home
from giamngheo_desktop.services.programme.household_plans import PlanLine, household_plans
from giamngheo_desktop.services.programme.matching import Match
from giamngheo_desktop.storage.engine import Database

_SAID = texts.HELPING
T = TypeVar("T")
Value = str | int
Line = tuple[Home | None, str, Sequence[Value]]  # whom it is about, its name, the other cells
Group = tuple[str, Sequence[Line]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which list, and of what: `day` decides the year and the quarter."""

    database: Database
    definitions: Definitions
    unit: UUID | None
    day: date

    def label(self, choices: str, code: str | None) -> str:
        """An answer of a list; one that this version does not know stays its code."""
        entries = self.definitions.choice_list(choices).entries
        return next((one.label for one in entries if one.code == code), code or "")

    def class_of(self, home: Home) -> str:
        return self.label("household_classes", home.household_class) or _SAID["no_class"]

    @property
    def helping(self) -> Helping:
        return helping(self.database, self.definitions, unit=self.unit, day=self.day)

    @property
    def plans(self) -> tuple[PlanLine, ...]:
        return household_plans(
            self.database, self.definitions, unit=self.unit, year=self.day.year, day=self.day
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _List:
    """A list as read: headings with their weights, the first one names the row."""

    columns: Sequence[tuple[str, int]]
    groups: Sequence[Group]
    said: str = "of_day"
    empty: str = "empty"
    landscape: bool = True
    households: int | None = None  # where lines are not households


def helping_list(
    database: Database,
    definitions: Definitions,
    code: str,
    *,
    unit: UUID | None,
    day: date,
    apart: bool = False,
) -> ReportDoc:
    """One of `CODES`; with `apart` each group begins a page. AppError `unknown_list`."""
    if code not in CODES:
        raise AppError("unknown_list", name=code, known=", ".join(CODES))
    asked = Asked(database=database, definitions=definitions, unit=unit, day=day)
    if code == PLANS:
        return _plan_sheets(asked)
    found = LISTS[code](asked)
    values = settings.get(database, day)
    return ReportDoc(
        code=code,
        title=(texts.HELPING_TITLES[code],),
        subtitle=(_dated(found.said, day),),
        letterhead=letterhead(values),
        landscape=found.landscape,
        body=tuple(_pieces(found, apart=apart and len(found.groups) > 1)),
        notes=(texts.HELPING_NOTES[code],),
        signatures=signatures(values),
        data_date=day,
        program=program(),
    )


def component_label(definitions: Definitions, component: Component) -> str:
    """What the tree calls it, with its code."""
    tree = definitions.programmes.get(component.programme)
    part = tree[-1].by_code.get(component.code) if tree else None
    return f"{component.code} {part.name}" if part else component.code


def years_text(stands: OnList) -> str:
    return _SAID["years_at_least" if stands.at_least else "years_of"].format(years=stands.years)


def _dated(said: str, day: date) -> str:
    quarter = (day.month + 2) // 3
    return _SAID[said].format(day=format_date(day), quarter=quarter, year=day.year)


def _pieces(found: _List, *, apart: bool) -> Iterator[Piece]:
    table = Table(
        labels=(
            text_column("TT", "number", weight=3, align=Align.CENTER),
            text_column(found.columns[0][0], "c0", weight=found.columns[0][1]),
        ),
        columns=tuple(
            Column(label, f"c{at}", format=_format(found, at - 1), weight=weight)
            for at, (label, weight) in enumerate(found.columns[1:], 1)
        ),
        number_row=False,
        empty=_SAID[found.empty],
    )
    if not apart:
        yield replace(table, rows=tuple(_rows(found)))
        return
    for at, (name, lines) in enumerate(found.groups):
        if at:
            yield PageBreak()
        rows = tuple(_numbered(lines, len(found.columns), 1))
        yield replace(table, title=_heading(name, lines), sheet=name, rows=rows)


def _format(found: _List, at: int) -> NumberFormat:
    values = [line[2][at] for _, lines in found.groups for line in lines]
    counted = values and all(isinstance(value, int) for value in values)
    return NumberFormat.COUNT if counted else NumberFormat.TEXT


def _rows(found: _List) -> Iterator[Row]:
    width, before = len(found.columns), 0
    for name, lines in found.groups:
        if name:
            yield _sum(_heading(name, lines), width, level=1)
        yield from _numbered(lines, width, before + 1)
        before += len(lines)
    if before and found.households is None:
        homes = {home.uid for _, lines in found.groups for home, _, _ in lines if home}
        yield _sum(_SAID["total"].format(count=len(homes)), width, level=0)


def _heading(name: str, lines: Sequence[Line]) -> str:
    homes = {home.uid for home, _, _ in lines if home}
    return _SAID["group_of"].format(name=name, count=len(homes))


def _sum(said: str, width: int, *, level: int) -> Row:
    return Row(("", said), (BLANK,) * (width - 1), level, bold=True)


def _numbered(lines: Sequence[Line], width: int, first: int) -> Iterator[Row]:
    for number, (home, name, values) in enumerate(lines, first):
        assert len(values) == width - 1, name
        yield Row(
            (str(number), name),
            tuple(Cell(value) for value in values),
            household=home.uid if home else None,
        )


def _day(day: date | None, otherwise: str = "") -> str:
    return otherwise if day is None else format_date(day)


def helper_text(helper: HelperName) -> str:
    """Name, office and body in one line."""
    return ", ".join(filter(None, (helper.name, helper.title, helper.body)))


def _helpers(asked: Asked) -> _List:
    def line(one: Helped) -> Line:
        late = _SAID["is_overdue"] if one.is_overdue else ""
        values = (
            one.home.village,
            asked.class_of(one.home),
            one.home.persons,
            format_date(one.assignment.valid_from),
            _day(one.came, _SAID["not_yet"]),
            format_date(one.due),
            late,
        )
        return one.home, one.home.head, values

    groups = [
        (helper_text(helper), [line(one) for one in ones])
        for helper, ones in asked.helping.by_helper.items()
    ]
    said = ("household", "village", "class", "persons", "since", "came", "due", "note")
    return _List(columns=_columns(said, (22, 16, 10, 5, 9, 9, 9, 8)), groups=groups)


def _needs(asked: Asked) -> _List:
    groups = [
        (
            asked.label("support_needs", code),
            [
                (
                    one.home,
                    one.home.head,
                    (
                        one.home.village,
                        asked.class_of(one.home),
                        one.person or _SAID["whole_home"],
                        format_date(one.since),
                        "; ".join(helper.name for helper in one.helpers),
                        one.note,
                    ),
                )
                for one in lines
            ],
        )
        for code, lines in _ordered(asked, asked.helping.by_need).items()
    ]
    said = ("household", "village", "class", "who", "asked_since", "helper", "note")
    return _List(columns=_columns(said, (20, 16, 10, 18, 9, 18, 14)), groups=groups)


def _ordered(asked: Asked, by_need: Mapping[str, list[T]]) -> dict[str, list[T]]:
    """In the order of the list of needs."""
    known = [entry.code for entry in asked.definitions.choice_list("support_needs").entries]
    codes = sorted(by_need, key=lambda code: known.index(code) if code in known else len(known))
    return {code: by_need[code] for code in codes}


def _without(asked: Asked) -> _List:
    found = asked.helping
    charged: dict[str, list[str]] = {}
    for one in found.in_charge:
        charged.setdefault(one.village, []).append(one.helper.name)
    lines: list[Line] = [
        (
            home,
            home.head,
            (
                home.village,
                asked.class_of(home),
                home.persons,
                "; ".join(charged.get(home.village, ())),
            ),
        )
        for home in found.without
    ]
    said = ("household", "village", "class", "persons", "in_charge")
    return _List(columns=_columns(said, (24, 18, 12, 6, 24)), groups=[("", lines)], landscape=False)


def _silent(asked: Asked) -> _List:
    lines: list[Line] = [
        (
            None,
            helper_text(helper),
            (helper.phone, len(homes), "; ".join(f"{one.head} ({one.village})" for one in homes)),
        )
        for helper, homes in asked.helping.silent
    ]
    return _List(
        columns=_columns(("helper", "phone", "count", "households"), (28, 10, 5, 40)),
        groups=[("", lines)],
        said="of_quarter",
        empty="empty_helpers",
        landscape=False,
        households=0,
    )


def _overdue(asked: Asked) -> _List:
    lines: list[Line] = [
        (
            one.home,
            one.home.head,
            (
                one.home.village,
                asked.class_of(one.home),
                helper_text(one.helper),
                _day(one.came, _SAID["not_yet"]),
                format_date(one.due),
            ),
        )
        for one in asked.helping.overdue
    ]
    said = ("household", "village", "class", "helper", "came", "due")
    return _List(columns=_columns(said, (22, 16, 10, 24, 9, 9)), groups=[("", lines)])


def _registered(asked: Asked) -> _List:
    lines: list[Line] = [
        (
            one.home,
            one.home.head,
            (
                one.home.village,
                asked.class_of(one.home),
                asked.label("expected_classes", one.expected),
                helper_text(one.helper) if one.helper else "",
                _day(one.deadline),
                _result(one),
            ),
        )
        for one in asked.plans
        if one.registered
    ]
    said = ("household", "village", "class", "expected", "helper", "deadline", "result")
    return _List(
        columns=_columns(said, (20, 16, 10, 14, 20, 9, 16)), groups=[("", lines)], said="of_year"
    )


def _result(one: PlanLine) -> str:
    if one.is_overdue:
        return _SAID["is_overdue"]
    return ", ".join(filter(None, (one.result, _day(one.result_on))))


def _matching(asked: Asked) -> _List:
    found = matching.matches(asked.database, asked.definitions, unit=asked.unit, day=asked.day)
    by_need: dict[str, list[Match]] = {}
    for one in found:
        by_need.setdefault(one.code, []).append(one)
    groups = [
        (
            asked.label("support_needs", code),
            [
                (
                    one.home,
                    one.home.head,
                    (
                        one.home.village,
                        asked.class_of(one.home),
                        one.person or _SAID["whole_home"],
                        "; ".join(_policies(asked, one)) or _SAID["no_policy"],
                        "; ".join(dict.fromkeys(_money(asked, one))) or _SAID["no_money_known"],
                    ),
                )
                for one in lines
            ],
        )
        for code, lines in _ordered(asked, by_need).items()
    ]
    said = ("household", "village", "class", "who", "policies", "money")
    return _List(columns=_columns(said, (18, 14, 10, 14, 30, 30)), groups=groups)


def _policies(asked: Asked, one: Match) -> Iterator[str]:
    for offer in one.offers:
        label = asked.definitions.supports[offer.policy].label
        sure = offer.entitled is not None
        yield label if sure else _SAID["for_whom_unknown"].format(policy=label)


def _money(asked: Asked, one: Match) -> Iterator[str]:
    for offer in one.offers:
        for component, money in offer.money.items():
            label = component_label(asked.definitions, component)
            if money is None:
                yield _SAID["money_unknown"].format(component=label)
            else:
                left = format_integer(money.left)
                yield _SAID["money_of"].format(component=label, left=left)


def _nothing(asked: Asked) -> _List:
    found = matching.without_support(
        asked.database, asked.definitions, unit=asked.unit, day=asked.day
    )
    years = [
        _SAID["year_from"].format(first=format_date(one.first), last=format_date(one.last))
        for one in found.years
    ]
    lines: list[Line] = [
        (
            one.home,
            one.home.head,
            (
                one.home.village,
                *(texts.GOT[got] for got in one.years),
                _day(one.known_from, _SAID["no_records"]),
            ),
        )
        for one in found.households
    ]
    said = _columns(("household", "village"), (22, 16))
    columns = [*said, *((label, 10) for label in years), (_SAID["known_from"], 10)]
    return _List(columns=columns, groups=[("", lines)], landscape=False)


def _years(asked: Asked) -> _List:
    found = matching.years_on_list(
        asked.database, asked.definitions, unit=asked.unit, day=asked.day
    )
    warned = _SAID["warns"].format(years=WARN_YEARS)
    lines: list[Line] = [
        (
            one.home,
            one.home.head,
            (
                one.home.village,
                asked.class_of(one.home),
                years_text(one.stands),
                warned if one.stands.warns else "",
            ),
        )
        for one in sorted(found, key=lambda one: -one.stands.years)
    ]
    said = ("household", "village", "class", "years", "warning")
    return _List(
        columns=_columns(said, (22, 18, 12, 14, 14)), groups=[("", lines)], landscape=False
    )


def _plan_sheets(asked: Asked) -> ReportDoc:
    """A page for each plan of the year: what it says, and room to sign."""
    body: list[Piece] = []
    for plan in asked.plans:
        body += [PageBreak()] if body else []
        body.append(_plan_sheet(asked, plan))
    blank = Table(
        labels=(text_column(_SAID["household"], "c0"),),
        columns=(),
        name_at=0,
        number_row=False,
        empty=_SAID["empty_plans"],
    )
    return ReportDoc(
        code=PLANS,
        title=(texts.HELPING_TITLES[PLANS],),
        subtitle=(_dated("of_year", asked.day),),
        letterhead=letterhead(settings.get(asked.database, asked.day)),
        landscape=False,
        body=tuple(body) or (blank,),
        data_date=asked.day,
        program=program(),
    )


def _plan_sheet(asked: Asked, plan: PlanLine) -> Table:
    causes = (asked.label("causes", code) for code in plan.causes)
    needs = (asked.label("support_needs", code) for code in plan.needs)
    registered = texts.HELPING["registered" if plan.registered else "not_registered"]
    told = (
        ("household", plan.home.head),
        ("village", plan.home.village),
        ("class", asked.class_of(plan.home)),
        ("persons", str(plan.home.persons)),
        ("group", asked.label("household_plan_groups", plan.group)),
        ("causes", "; ".join(causes)),
        ("needs", "; ".join(needs)),
        ("measures", plan.measures),
        ("helper", helper_text(plan.helper) if plan.helper else ""),
        ("deadline", _day(plan.deadline)),
        ("registers", registered),
        ("expected", asked.label("expected_classes", plan.expected)),
        ("result", ", ".join(filter(None, (plan.result, _day(plan.result_on))))),
        ("note", plan.note),
        ("sign_household", "\n\n\n"),
        ("sign_helper", "\n\n\n"),
    )
    return Table(
        labels=(text_column(_SAID["item"], "c0", weight=12),),
        columns=(text_column(_SAID["said"], "c1", weight=30),),
        rows=tuple(
            Row((_SAID[key],), (Cell(value),), household=plan.home.uid) for key, value in told
        ),
        name_at=0,
        number_row=False,
        sheet=plan.home.head,
    )


def _columns(said: Iterable[str], weights: Iterable[int]) -> list[tuple[str, int]]:
    return [(_SAID[key], weight) for key, weight in zip(said, weights, strict=True)]


PLANS = "plans"  # a page a household, not one table
LISTS: Mapping[str, Callable[[Asked], _List]] = {
    "helpers": _helpers,
    "needs": _needs,
    "without": _without,
    "silent": _silent,
    "overdue": _overdue,
    "registered": _registered,
    "matching": _matching,
    "nothing": _nothing,
    "years": _years,
}
CODES = (*LISTS, PLANS)
