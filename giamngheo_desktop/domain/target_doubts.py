"""What is odd about the targets of a plan: contradictory, impossible, missing. Nothing is repaired.

Rows are targets as they are stored, numbers in hundredths. K10, K11 are rules of the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.allocation import NEAR_POOR, POOR
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.indicator_catalogue import (
    HUNDRED,
    Catalogue,
    CatalogueIndicator,
    Comparator,
    Good,
    IndicatorType,
)
from giamngheo_desktop.domain.linked_targets import (
    Agreement,
    Clash,
    Linked,
    Part,
    Start,
    clashes,
    compared,
    denominators,
    places,
    rounded,
)
from giamngheo_desktop.domain.numbers import format_integer, format_quantity

Row = Mapping[str, Any]
ASSIGNED, PURSUED = "assigned", "pursued"
# The three indicators that say one aim, of each list.
PARTS = {
    POOR: {Part.RATE: "HN-TL", Part.POINTS: "HN-GIAM-DIEM", Part.HOUSEHOLDS: "HN-GIAM-HO"},
    NEAR_POOR: {
        Part.RATE: "HCN-TL",
        Part.POINTS: "HCN-GIAM-DIEM",
        Part.HOUSEHOLDS: "HCN-GIAM-HO",
    },
}
_WHOLE = 100 * HUNDRED
_WHAT = ("indicator", "groups", "dimension", "component", "plan_component", "content")


class DoubtLevel(StrEnum):
    """Impossible, unlikely, or only to be known; none of them stops anybody."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubted:
    """One finding about the target `key`, a village, or the whole; `params` fill its sentence."""

    code: str
    level: DoubtLevel = DoubtLevel.WARNING
    key: str = ""
    village: UUID | None = None
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What the plan stands beside: its year and day, the standards of this year and the one before
    by code and label, and the start of each list as the register knows it.
    """

    year: int
    day: date | None = None
    standard: tuple[str, str] = ("", "")
    before: tuple[str, str] = ("", "")
    labels: Mapping[str, str] = field(default_factory=dict)  # of standards
    starts: Mapping[str, Start] = field(default_factory=dict)


def doubts(rows: Sequence[Row], catalogue: Catalogue, facts: PlanFacts) -> tuple[Doubted, ...]:
    """Of the targets of one version: each by itself, then beside each other."""
    known = [row for row in rows if row["indicator"] in catalogue]
    found: list[Doubted] = []
    for row in known:
        indicator = catalogue[row["indicator"]]
        for one in (
            *_number(row, indicator),
            *_above(row, facts),
            *_days(row, facts),
            *_baseline(row, facts),
        ):
            label = {"label": indicator.label, "unit": indicator.unit}
            found.append(replace(one, key=row["key"], params={**label, **one.params}))
    found += _weaker(known, catalogue)
    found += _twice(known, catalogue)
    for column in (ASSIGNED, PURSUED):
        found += _linked(known, catalogue, facts, column)
    return tuple(found)


def said(value: int) -> str:
    """A number of a target as it is written."""
    sign = "-" if value < 0 else ""
    return sign + format_quantity(abs(value), 2)


def direction(indicator: CatalogueIndicator, comparator: str | None) -> int:
    """1 where more is stricter, -1 where less is, 0 where nobody can say."""
    if indicator.good is not Good.INFO:
        return 1 if indicator.good is Good.HIGHER else -1
    return _asks(comparator or indicator.comparator)


def _asks(comparator: str) -> int:
    if comparator in {Comparator.AT_LEAST, Comparator.MORE}:
        return 1
    return -1 if comparator == Comparator.AT_MOST else 0


def values(row: Row) -> Iterator[int]:
    return (row[column] for column in (ASSIGNED, PURSUED) if row[column] is not None)


def _number(row: Row, indicator: CatalogueIndicator) -> Iterator[Doubted]:
    numbers = dict.fromkeys(values(row))
    if not numbers and not row["content"]:
        yield Doubted(code="no_number")
    for value in numbers:
        number = {"value": said(value)}
        if value < 0:
            yield Doubted(code="negative", params=number)
        if indicator.type is IndicatorType.COUNT:
            if value % HUNDRED and indicator.unit:
                yield Doubted(code="not_whole", params=number)
        elif value > _WHOLE:
            yield Doubted(code="over_whole", level=DoubtLevel.ERROR, params=number)
    asked = _asks(row["comparator"] or "")
    if numbers and indicator.good is not Good.INFO and asked == -direction(indicator, None):
        yield Doubted(code=f"turned_{indicator.good}")
    if row[ASSIGNED] is not None and not row["assigned_by"]:
        yield Doubted(code="no_document", params={"value": said(row[ASSIGNED])})


def _above(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    """More than there is cannot leave."""
    part, listed = _part(row)
    start = facts.starts.get(listed)
    if start is None or part not in {Part.HOUSEHOLDS, Part.POINTS}:
        return
    first = start.listed if part is Part.HOUSEHOLDS else start.percent
    for value in dict.fromkeys(values(row)):
        if first is not None and value > rounded(Fraction(first)):
            there = said(rounded(Fraction(first)))
            params = {"value": said(value), "there": there}
            yield Doubted(code=f"above_{part}", level=DoubtLevel.ERROR, params=params)


def _days(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    given, due, year = row["assigned_on"], row["due_on"], facts.year
    if given is not None:
        params = {"day": format_date(given), "year": str(year), "last": str(year - 1)}
        if facts.day is not None and given > facts.day:
            yield Doubted(code="assigned_after", params={**params, "plan": format_date(facts.day)})
        if not year - 1 <= given.year <= year:
            yield Doubted(code="assigned_apart", params=params)
    if due is not None and due.year != year:
        code = "due_before" if due.year < year else "due_after"
        yield Doubted(code=code, params={"day": format_date(due), "year": str(year)})


def _baseline(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    if row["baseline"] is None and row["baseline_numerator"] is None:
        return
    own, year = row["baseline_standard"], str(facts.year)
    code, label = facts.standard
    if own and code and own != code:
        params = {"year": year, "standard": label, "baseline": facts.labels.get(own, own)}
        yield Doubted(code="not_comparable", params=params)
    elif not own and facts.before[0] != code:
        yield Doubted(code="baseline_standard", params={"year": year})
    elif row["baseline"] is not None:
        yield from _baseline_apart(row, facts)


def _baseline_apart(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    part, listed = _part(row)
    start = facts.starts.get(listed)
    if start is None or part is None:
        return
    first = start.listed if part is Part.HOUSEHOLDS else start.percent
    if first is not None and compared(row["baseline"], Fraction(first)) is Agreement.CONTRADICTS:
        params = {"value": said(row["baseline"]), "there": said(rounded(Fraction(first)))}
        yield Doubted(code="baseline_apart", params=params)


def _part(row: Row) -> tuple[Part | None, str]:
    for listed, parts in PARTS.items():
        for part, code in parts.items():
            if row["indicator"] == code:
                return part, listed
    return None, ""


def _weaker(rows: Sequence[Row], catalogue: Catalogue) -> Iterator[Doubted]:
    """K10: who wants less than he has to, be it said in one row or in two."""
    for same in _alike(rows).values():
        indicator = catalogue[same[0]["indicator"]]
        for row in same:
            way = direction(indicator, row["comparator"])
            must = row[ASSIGNED]
            if must is None:
                must = next((one[ASSIGNED] for one in same if one[ASSIGNED] is not None), None)
            if row[PURSUED] is None or must is None or way * (row[PURSUED] - must) >= 0:
                continue
            params = {"pursued": said(row[PURSUED]), "assigned": said(must)}
            params |= {"label": indicator.label, "unit": indicator.unit}
            yield Doubted(code="weaker", key=row["key"], params=params)


def _twice(rows: Sequence[Row], catalogue: Catalogue) -> Iterator[Doubted]:
    """What is given stands once, and so does what is wanted."""
    for same in _alike(rows).values():
        seen: set[str] = set()
        for row in same:
            there = {one for one in (ASSIGNED, PURSUED) if row[one] is not None} or {""}
            if seen & there:
                label = catalogue[row["indicator"]].label
                yield Doubted(code="twice", key=row["key"], params={"label": label})
            seen |= there


def _alike(rows: Iterable[Row]) -> dict[tuple[object, ...], list[Row]]:
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        what = (frozenset(row[one] or ()) if one == "groups" else row[one] or "" for one in _WHAT)
        found.setdefault(tuple(what), []).append(row)
    return found


def named(rows: Iterable[Row], listed: str, column: str) -> dict[Part, Row]:
    """The first target of each of the three indicators of a list that has the number."""
    found: dict[Part, Row] = {}
    for row in rows:
        part, own = _part(row)
        if part is not None and own == listed and row[column] is not None:
            found.setdefault(part, row)
    return found


def start_of(rows: Iterable[Row], listed: str, facts: PlanFacts) -> Start:
    """The start that the plan types, else that of the register."""
    start = facts.starts.get(listed, Start())
    for row in rows:
        part, own = _part(row)
        if own != listed:
            continue
        counts = row["baseline_numerator"], row["baseline_denominator"]
        if None not in counts:
            return replace(start, listed=counts[0], households=counts[1])
        if row["baseline"] is not None and part is not Part.HOUSEHOLDS:
            start = replace(start, rate=row["baseline"])
    return start


def _linked(
    rows: Sequence[Row], catalogue: Catalogue, facts: PlanFacts, column: str
) -> Iterator[Doubted]:
    """K11: rate, points and households that do not say the same."""
    open_pairs: dict[str, tuple[Row, int, int]] = {}
    for listed in PARTS:
        found = named(rows, listed, column)
        start = start_of(rows, listed, facts)
        numbers = {part.value: row[column] for part, row in found.items()}
        # a plan may divide its end by the households of the start although it expects others
        ends = (replace(start, expected=None), start)
        for clash in min((clashes(Linked(**numbers), end) for end in ends), key=len):
            yield _clash(clash, found, start, catalogue, column)
        points, homes = numbers.get(Part.POINTS), numbers.get(Part.HOUSEHOLDS)
        if not start.households and points and homes:
            open_pairs[listed] = (found[Part.POINTS], points, homes // HUNDRED)
    if len(open_pairs) == len(PARTS):
        yield from _apart(open_pairs, catalogue)


def _clash(
    clash: Clash, found: Mapping[Part, Row], start: Start, catalogue: Catalogue, column: str
) -> Doubted:
    own, other = found[clash.part], found[clash.other]
    first, second = catalogue[own["indicator"]], catalogue[other["indicator"]]
    params = {
        "label": first.label,
        "unit": first.unit,
        "value": said(clash.said),
        "computed": said(rounded(clash.computed)),
        "other": f"{said(other[column])} {second.unit}",
        "households": "" if start.households is None else format_integer(start.households),
    }
    if clash.agreement is Agreement.ROUNDED:
        return Doubted(code="linked_rounded", level=DoubtLevel.NOTE, key=own["key"], params=params)
    if clash.part is Part.POINTS and clash.other is Part.HOUSEHOLDS:
        possible = denominators(clash.said, other[column] // HUNDRED) if clash.said > 0 else None
        if possible and start.households is not None:
            params |= _range(possible)
            return Doubted(code="linked_households", key=own["key"], params=params)
    return Doubted(code="linked_apart", key=own["key"], params=params)


def _apart(pairs: Mapping[str, tuple[Row, int, int]], catalogue: Catalogue) -> Iterator[Doubted]:
    """Of a unit whose households nobody knows: both lists are of the same ones."""
    if any(points < 0 or households < 1 for _, points, households in pairs.values()):
        return
    exact = [denominators(points, homes) for _, points, homes in pairs.values()]
    loose = [denominators(points, homes, places(points)) for _, points, homes in pairs.values()]
    if _meet(exact):
        return
    (first, *_), (second, *_) = pairs.values()
    one, two = exact
    params = {
        "label": catalogue[first["indicator"]].label,
        "other": catalogue[second["indicator"]].label,
        **(_range(one) if one else {}),
        **({f"other_{name}": text for name, text in _range(two).items()} if two else {}),
    }
    level = DoubtLevel.NOTE if _meet(loose) else DoubtLevel.WARNING
    code = "lists_rounded" if level is DoubtLevel.NOTE else "lists_apart"
    yield Doubted(code=code, level=level, key=second["key"], params=params)


def _meet(ranges: Sequence[range | None]) -> bool:
    """Whether one number of households fits all; None fits every one."""
    known = [one for one in ranges if one is not None]
    if not known:
        return True
    return max(one.start for one in known) < min(one.stop for one in known)


def _range(possible: range) -> dict[str, str]:
    return {
        "least": format_integer(possible.start),
        "most": format_integer(possible.stop - 1),
    }
