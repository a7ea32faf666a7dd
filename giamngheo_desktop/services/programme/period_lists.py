"""Danh sách kỳ of the register: computed from the days of decisions and events, compared with the
list last issued, issued. What was issued stands still; today's facts are asked against it.

    found = preview(database, definitions, "bhyt", "2026-11", unit=commune)
    issue(database, context, definitions, "bhyt", "2026-11", unit=commune)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain import policy
from giamngheo_desktop.domain.area import predecessors
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.period_list import (
    FOREVER,
    Comparison,
    Counts,
    Entitled,
    Length,
    Period,
    PeriodListDef,
    Span,
    compare,
    month_end,
    months_between,
    rows_of,
    spans,
)
from giamngheo_desktop.domain.period_reasons import why_changed, why_gone, why_there
from giamngheo_desktop.domain.policy import PolicyValue
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.programme.entitled_homes import Lacking, Register
from giamngheo_desktop.services.programme.period_lines import (
    Doubtful,
    Issued,
    Moved,
    PeriodList,
    Words,
    total,
)
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import areas as stored_areas
from giamngheo_desktop.storage import period_lists as stored
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.texts.paper_words import unit_heading


def preview(
    database: Database, definitions: Definitions, policy: str, period: str, *, unit: UUID
) -> PeriodList:
    """The list of a period as the register knows it now; nothing is written.

    Raises AppErrors `unknown_period_list`, `period_unknown`, `period_outside`.
    """
    with database.reader() as connection:
        return _Asked(connection, definitions, policy, period, unit).preview()


def reprint(
    database: Database, definitions: Definitions, uid: UUID, *, anew: bool = False
) -> PeriodList:
    """A list with the rows it was issued with, beside the one issued before it; `anew` with what
    it would say now.

    Names and reasons are those the register knows now. Raises RefusedError `record_missing`.
    """
    with database.reader() as connection:
        row = records.get(connection, Kind.PERIOD_LIST, uid)
        if row is None or row["removed"]:
            raise RefusedError("record_missing")
        asked = _Asked(connection, definitions, row["policy"], row["period"], row["area"])
        return asked.reprint(uid, anew=anew)


def issued_lists(database: Database, unit: UUID, policy: str | None = None) -> list[Issued]:
    """What a unit issued, by policy, period and day of issue, the newest of a day last."""
    with database.reader() as connection:
        return _issued(connection, unit, policy)


def issued_list(
    database: Database,
    definitions: Definitions,
    policy: str,
    period: str,
    *,
    unit: UUID,
    issued_on: date | None = None,
) -> Issued:
    """The list of a period last issued (on that day, if one is given).

    Raises AppErrors `unknown_period_list`, `period_unknown`, `period_list_not_issued`.
    """
    definition = definitions.period_list(policy)
    code = _period(definition, period).code
    found = [
        one
        for one in issued_lists(database, unit, definition.code)
        if one.period == code and issued_on in (None, one.issued_on)
    ]
    if not found:
        on = texts.PERIOD_LIST["on"].format(day=format_date(issued_on)) if issued_on else ""
        raise AppError("period_list_not_issued", name=definition.label, period=code, on=on)
    return found[-1]


def issue(
    database: Database,
    context: Context,
    definitions: Definitions,
    policy: str,
    period: str,
    *,
    unit: UUID,
    issued_on: date | None = None,
    decision_number: str | None = None,
    note: str | None = None,
) -> Done[UUID]:
    """Keep the list as it is now; `issued_on` is today without one.

    AppErrors of `preview`; RefusedErrors `event_in_future`, `period_list_same` where the list last
    issued is of this period and says the same.
    """
    if issued_on is not None and issued_on > context.today():
        raise RefusedError("event_in_future", day=format_date(issued_on))
    with write_unit(database, context, Op.ISSUE_PERIOD_LIST, unit=unit) as work:
        asked = _Asked(work.connection, definitions, policy, period, unit)
        said = texts.period_short(asked.period, asked.definition.length)
        work.subject = f"{asked.definition.label} {said}"
        base = asked.base()
        if base is not None and base.period == asked.period.code and asked.compared(base).is_same:
            day = format_date(base.issued_on)
            raise RefusedError("period_list_same", name=work.subject, day=day)
        uid = work.insert(
            Kind.PERIOD_LIST,
            area=unit,
            policy=asked.definition.code,
            period=asked.period.code,
            first_day=asked.period.first,
            last_day=asked.period.last,
            issued_on=issued_on or context.today(),
            decision_number=decision_number,
            note=note,
        )
        work.insert_many(Kind.PERIOD_ROW, [_kept(uid, row) for row in asked.rows.values()])
    return Done(uid, work.changes)


def _kept(uid: UUID, row: Entitled) -> dict[str, Any]:
    return {
        "period_list": uid,
        "household": row.household,
        "person": row.person,
        "village": row.village,
        "ground": row.ground,
        "from_day": row.from_day,
        "to_day": row.to_day,
        "months": row.months,
        "amount": row.amount,
    }


def _issued(connection: Connection, unit: UUID, code: str | None) -> list[Issued]:
    return [
        Issued(**{name: row[name] for name in Issued.__slots__})
        for row in stored.issued(connection, unit, code)
    ]


def month_amount(values: tuple[PolicyValue, ...], key: str, month: date) -> int | None:
    """Whole đồng of a month that begins so; None where it is not certain on each of its days."""
    ends = {_certain(values, key, day) for day in (month, month_end(month))}
    return ends.pop() if len(ends) == 1 else None


def _certain(values: tuple[PolicyValue, ...], key: str, day: date) -> int | None:
    found = policy.on(values, key, day)
    if not found or found[0].certainty is not Certainty.CONFIRMED or not found[0].holds_on(day):
        return None
    number = found[0].number
    return int(number) if number is not None and number.denominator == 1 else None


class _Asked:
    """One list in an open snapshot."""

    def __init__(
        self, connection: Connection, definitions: Definitions, code: str, period: str, unit: UUID
    ) -> None:
        self.connection, self.unit = connection, unit
        self.period = _period(definitions.period_list(code), period)
        self.definition = definitions.period_list(code, self.period.first)
        if (
            self.period.last < self.definition.valid_from
            or self.period.first > (self.definition.valid_to or FOREVER)
        ):  # fmt: skip
            raise _outside(self.definition, self.period)
        self.values = KnownValues(connection, definitions, self.period.last)
        self._tree = stored_areas.tree_on(connection, self.period.last)
        self._villages = self._lineage()
        self._before = self._issued_before(None)
        listed = (row.household for one in self._before[-1:] for row in self._rows(one).values())
        self.register = Register(
            connection,
            definitions,
            self.definition,
            self.period,
            self.values,
            {*stored.households_of(connection, sorted(self._villages)), *listed},
        )
        self.spans = spans(self.register.listed(), self.definition, self._villages)
        self.rows = self._with_amounts(self._rows_of(self.spans, self.period))

    def _rows_of(self, found: Mapping[UUID, list[Span]], period: Period) -> dict[UUID, Entitled]:
        return rows_of(found, period, Counts(self.definition.counts.value or Counts.ANY_DAY))

    def _with_amounts(self, rows: dict[UUID, Entitled]) -> dict[UUID, Entitled]:
        key = self.definition.amount
        if not key:
            return rows
        worth = {
            (place, month): month_amount(self.values.at(place), key, month)
            for place in {row.village for row in rows.values()}
            for month in self.period.months
        }
        return {
            whom: replace(row, amount=total(worth[row.village, month] for month in row.counted))
            for whom, row in rows.items()
        }

    def _lineage(self) -> frozenset[UUID]:
        """The unit's villages, those that went into them, and those that ended in the period."""
        here = {area.uid for area in self._tree.villages(self.unit)}
        steps = stored_areas.successions(self.connection)
        before = predecessors(steps, here, self.period.last, date.min)
        former = {uid for uids in before.values() for uid in uids}
        began = stored_areas.tree_on(self.connection, self.period.first).villages(self.unit)
        ended = {area.uid for area in began if self._tree.get(area.uid) is None}
        return frozenset(here | former | ended)

    def _issued_before(self, uid: UUID | None) -> list[Issued]:
        """The lists up to this period (there were as `uid` was issued), the newest last."""
        found = _issued(self.connection, self.unit, self.definition.code)
        came = next((one.came for one in found if one.uid == uid), None)
        return [
            one
            for one in found
            if one.first_day <= self.period.first and (came is None or one.came < came)
        ]

    def base(self) -> Issued | None:
        """The list last issued up to this period."""
        return self._before[-1] if self._before else None

    def _rows(self, issued: Issued | None) -> dict[UUID, Entitled]:
        return stored.rows(self.connection, issued.uid) if issued else {}

    def compared(self, base: Issued | None) -> Comparison:
        same = base is not None and base.period == self.period.code
        asked = self.definition.changed_when.value or ()
        return compare(self.rows, self._rows(base), same_period=same, changed_when=asked)

    def preview(self) -> PeriodList:
        return self._told(self.base(), self._missed(self.base()), self._doubtful())

    def reprint(self, uid: UUID, *, anew: bool) -> PeriodList:
        before = self._issued_before(uid)
        own = next(
            one
            for one in _issued(self.connection, self.unit, self.definition.code)
            if one.uid == uid
        )
        base = before[-1] if before else None
        if not anew:
            self.rows = self._rows(own)
        households = {row.household for one in (own, base) for row in self._rows(one).values()}
        self.register.also(households)
        told = (self._missed(base), self._doubtful()) if anew else ((), ())
        return replace(self._told(base, *told), issued=own)

    def _told(
        self, base: Issued | None, missed: Iterable[Entitled], doubtful: Iterable[Any]
    ) -> PeriodList:
        compared, homes = self.compared(base), self.register.homes
        self.register.know(row.person for row in (*self.rows.values(), *compared.removed))
        then = Period(base.period, months_between(base.first_day, base.last_day)) if base else None
        known_then = self._rows_of(self.spans, then) if then else {}
        unit = self._tree.get(self.unit)
        words = Words(self.connection, self.register, self.period.last)
        return PeriodList(
            definition=self.definition,
            period=self.period,
            unit=self.unit,
            unit_name=unit_heading(unit.kind, unit.name) if unit else "",
            settings=settings.read(self.connection, self.period.first),
            lines=words.lines(self.rows.values()),
            base=base,
            added=tuple(
                Moved(line, why_there(line.row, homes), line.row.key in known_then)
                for line in words.lines(compared.added)
            ),
            removed=tuple(
                Moved(
                    line,
                    why_gone(
                        line.row,
                        self.spans.get(line.row.key, ()),
                        homes,
                        self.period,
                        self.definition,
                    ),
                    line.row.key not in known_then,
                    line,
                )
                for line in words.lines(compared.removed)
            ),
            changed=tuple(
                Moved(
                    words.line(one.now),
                    why_changed(one, homes, self.definition),
                    one.now.key in known_then
                    and all(
                        getattr(known_then[one.now.key], name) == getattr(one.now, name)
                        for name in one.what
                        if name != "amount"
                    ),
                    words.line(one.then),
                    one.what,
                )
                for one in sorted(compared.changed, key=lambda one: words.order(one.now))
            ),
            kept=len(compared.kept),
            missed=words.lines(missed),
            doubtful=tuple(
                Doubtful(words.line(row), lacking)
                for row, lacking in sorted(doubtful, key=lambda pair: words.order(pair[0]))
            ),
        )

    def _missed(self, base: Issued | None) -> list[Entitled]:
        if base is None or self.definition.length is Length.SCHOOL_YEAR:
            return []
        months = months_between(base.first_day, self.period.first)[:-1]
        if not months:
            return []
        between = self._rows_of(self.spans, Period("", months))
        listed = self._rows(base)
        return [row for key, row in between.items() if key not in self.rows and key not in listed]

    def _doubtful(self) -> list[tuple[Entitled, Lacking]]:
        found = spans(self.register.doubtful(), self.definition, self._villages)
        rows = self._rows_of(found, self.period)
        return [
            (row, self.register.lacking[key])
            for key, row in rows.items()
            if key not in self.rows and key in self.register.lacking
        ]


def _period(definition: PeriodListDef, text: str) -> Period:
    try:
        return definition.period(text)
    except ValueError as error:
        shape = texts.PERIOD_SHAPES[definition.length]
        raise AppError("period_unknown", value=text, name=definition.label, shape=shape) from error


def _outside(definition: PeriodListDef, period: Period) -> AppError:
    return AppError(
        "period_outside",
        name=definition.label,
        period=period.code,
        span=texts.period_span(definition.valid_from, definition.valid_to),
        basis=definition.legal_basis,
    )
