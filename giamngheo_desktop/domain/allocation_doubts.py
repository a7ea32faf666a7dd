"""What is odd about the villages of a plan: by themselves (K7, K8, K15), and all of them beside
what the commune is to reach (K12).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from giamngheo_desktop.domain.allocation import (
    EXPECTED,
    NEAR_POOR,
    POOR,
    AllocationRow,
    AllocationTable,
    Denominators,
    Forecast,
    course,
    share,
)
from giamngheo_desktop.domain.doubted import (
    ASSIGNED,
    PARTS,
    PURSUED,
    Doubted,
    DoubtLevel,
    Row,
    named,
    said,
)
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED, Catalogue
from giamngheo_desktop.domain.linked_targets import Agreement, Part, compared, rounded
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.rates import Rate
from giamngheo_desktop.domain.target_doubts import direction

_FALLS = {POOR: "poor_decrease", NEAR_POOR: "near_poor_decrease"}
_FAR = 5  # so many times the rate of the whole (K7)


def doubts(
    table: AllocationTable, rows: Sequence[Row], catalogue: Catalogue
) -> tuple[Doubted, ...]:
    """Of the table of one version; `rows` are the targets of the same one."""
    found: list[Doubted] = []
    for row in (one for one in table.rows if one.unit is not None):
        for one in (*_negative(row), *_counts(row), *_falls(row, table), *_far(row, table)):
            params = {"village": row.name, **one.params}
            found.append(Doubted(code=one.code, level=one.level, village=row.unit, params=params))
    for listed in PARTS:
        found += _sums(table, rows, catalogue, listed)
    return tuple(found)


def _negative(row: AllocationRow) -> Iterator[Doubted]:
    """A list that may grow is a fall below nought; nobody else is less than none."""
    numbers = (number for key, number in row.typed.items() if key not in _FALLS.values())
    wrong = dict.fromkeys(one for one in numbers if one is not None and one < 0)
    if wrong:
        params = {"value": ", ".join(f"-{format_integer(-one)}" for one in wrong)}
        yield Doubted(code="village_negative", params=params)


def _counts(row: AllocationRow) -> Iterator[Doubted]:
    """K15: whoever is counted in a part is counted in the whole."""
    ends = (
        ("start", row.households, row.poor.forecast.start, row.near_poor.forecast.start),
        ("end", row.expected, row.poor.forecast.end, row.near_poor.forecast.end),
    )
    for code, whole, *parts in ends:
        if whole is None or None in parts:
            continue
        listed = sum(part for part in parts if part is not None)
        if listed > whole:
            yield _error(f"households_{code}", value=listed, there=whole)
    for code, persons, homes in (
        ("persons", row.persons, row.households),
        ("poor_persons", row.poor_persons, row.poor.forecast.start),
    ):
        if persons is not None and homes is not None and persons < homes:
            yield _error(f"{code}_few", value=persons, there=homes)


def _falls(row: AllocationRow, table: AllocationTable) -> Iterator[Doubted]:
    for listed, column in _FALLS.items():
        fall, start = row.typed[column], row.course(listed).forecast.start
        given = any(one.typed[column] is not None for one in table.rows)
        if fall is None and given and table.total.typed[column] is None:
            yield Doubted(code=f"village_lacks_{listed}")
        if fall is not None and start is not None and fall > start:
            above = _error(f"village_above_{listed}", value=fall, there=start)
            yield replace(above, params={**above.params, "last": str(table.year - 1)})
        registered = sum(one.listed == listed for one in row.registered)
        if fall is not None and registered > fall:
            params = {"value": str(registered), "there": str(fall)}
            yield Doubted(code=f"registered_{listed}", level=DoubtLevel.NOTE, params=params)
    fall, gained = row.typed["poor_decrease"], row.typed["poor_to_near_poor"]
    if gained and gained > (fall or 0):
        yield _error("gained_more", value=gained, there=fall or 0)
    expected = row.typed[EXPECTED]
    if expected is not None and row.households is not None and expected < row.households:
        params = {"value": format_integer(expected), "there": format_integer(row.households)}
        yield Doubted(code="expected_below", params=params)


def _far(row: AllocationRow, table: AllocationTable) -> Iterator[Doubted]:
    """K7. Of a village whose end is not known there is only the start."""
    for listed in PARTS:
        for end in ("opening", "closing"):
            own, whole = (getattr(one.course(listed), end) for one in (row, table.total))
            first, second = share(own), share(whole)
            if first is not None and second and first > _FAR * second:
                params = {"value": _percent(own), "there": _percent(whole)}
                yield Doubted(code=f"far_{end}_{listed}", params=params)


def _sums(
    table: AllocationTable, rows: Sequence[Row], catalogue: Catalogue, listed: str
) -> Iterator[Doubted]:
    """K12: what is wanted shall be what villages add up to, what was given no more than that."""
    wanted = {column: named(rows, listed, column) for column in (PURSUED, ASSIGNED)}
    known = _known(table, listed)
    for column, found in wanted.items():
        for part, row in found.items():
            indicator = catalogue[row["indicator"]]
            way = direction(indicator, row["comparator"])
            exactly = part is Part.HOUSEHOLDS and (column == PURSUED or part not in wanted[PURSUED])
            params = {
                "label": indicator.label,
                "unit": indicator.unit,
                "value": said(row[column]),
            }
            reached = _reached(table, listed, part, row[column])
            if reached is not None:
                own, apart = reached
                if apart * way < 0 or (exactly and apart):
                    params |= {"sum": said(own), **_made_of(table.total.course(listed).forecast)}
                    yield Doubted(code=f"villages_{column}", key=row["key"], params=params)
            elif exactly and known.net is not None and known.net * HUNDRED > row[column]:
                params |= {"sum": format_integer(known.net), **_made_of(known)}
                params["blank"] = format_integer(_blank(table, listed))
                yield Doubted(code="villages_over", key=row["key"], params=params)


def _known(table: AllocationTable, listed: str) -> Forecast:
    """Of the villages that were given a number, together."""
    found = [row.course(listed).forecast for row in table.rows]
    found = [one for one in found if one.fall is not None]
    return Forecast(
        start=None,
        fall=sum(one.fall or 0 for one in found) if found else None,
        again=sum(one.again or 0 for one in found),
        new=sum(one.new or 0 for one in found),
        gained=sum(one.gained or 0 for one in found),
    )


def _blank(table: AllocationTable, listed: str) -> int:
    """How many villages were given none."""
    return sum(row.unit is not None and row.typed[_FALLS[listed]] is None for row in table.rows)


def _reached(table: AllocationTable, listed: str, part: Part, value: int) -> tuple[int, int] | None:
    """What the villages add up to, in hundredths, and by how much that is more than `value`.

    Of rates and points what is nearer: the plan may divide its end by either households.
    """
    total = table.total
    forecast = total.course(listed).forecast
    if part is Part.HOUSEHOLDS:
        net = forecast.net
        return None if net is None else (net * HUNDRED, net * HUNDRED - value)
    found = []
    for each in Denominators:
        one = course(forecast, total.households, total.expected, each)
        last = share(one.closing)
        own = one.points if part is Part.POINTS else None if last is None else 100 * last
        if own is not None:
            clashes = compared(value, own) is Agreement.CONTRADICTS
            found.append((rounded(own), rounded(own) - value if clashes else 0))
    return min(found, key=lambda pair: abs(pair[1]), default=None)


def _made_of(forecast: Forecast) -> dict[str, str]:
    """What the net fall is made of."""
    back = (forecast.again or 0) + (forecast.new or 0) + (forecast.gained or 0)
    fall = "" if forecast.fall is None else format_integer(forecast.fall)
    return {"fall": fall, "back": format_integer(back)}


def _error(code: str, *, value: int, there: int) -> Doubted:
    params = {"value": format_integer(value), "there": format_integer(there)}
    return Doubted(code=code, level=DoubtLevel.ERROR, params=params)


def _percent(found: Rate) -> str:
    return "" if found.percent is None else said(int(found.percent * HUNDRED))
