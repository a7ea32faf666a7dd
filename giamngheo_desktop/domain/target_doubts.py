"""What is odd about the targets of a plan: contradictory, impossible, missing. Nothing is repaired.

Rows are targets as they are stored, numbers in hundredths. K10, K11 are rules of the reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.doubted import (
    ASSIGNED,
    PURSUED,
    Doubted,
    DoubtLevel,
    PlanFacts,
    Row,
    part_of,
    said,
    values,
)
from giamngheo_desktop.domain.indicator_catalogue import (
    HUNDRED,
    Catalogue,
    CatalogueIndicator,
    Comparator,
    Good,
    IndicatorType,
)
from giamngheo_desktop.domain.linked_doubts import linked
from giamngheo_desktop.domain.linked_targets import (
    Agreement,
    Part,
    Start,
    compared,
    rounded,
)
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.target_bounds import bound

NO_OPENING, NOT_COMPARABLE = "no_opening", "not_comparable"
OPENING_DOUBTS = frozenset({NO_OPENING, NOT_COMPARABLE})  # until the start is of the new standard
_WHOLE = 100 * HUNDRED
_WHAT = ("indicator", "dimension", "component", "plan_component", "content")


def doubts(rows: Sequence[Row], catalogue: Catalogue, facts: PlanFacts) -> tuple[Doubted, ...]:
    """Of the targets of one version: each by itself, then beside each other."""
    known = [row for row in rows if row["indicator"] in catalogue]
    found = [*_without_opening(known, catalogue, facts)]
    for row in known:
        indicator = catalogue[row["indicator"]]
        for one in (
            *_number(row, indicator),
            *_above(row, facts),
            *_above_typed(row, indicator, facts),
            *_more_than_all(row, indicator, facts),
            *_days(row, facts),
            *_start_typed(row, indicator),
            *_baseline(row, facts),
            *_behind_start(row, indicator),
        ):
            label = {"label": indicator.label, "unit": indicator.unit}
            found.append(replace(one, key=row["key"], params={**label, **one.params}))
    found += _weaker(known, catalogue)
    found += _twice(known, catalogue)
    for column in (ASSIGNED, PURSUED):
        found += linked(known, catalogue, facts, column)
    return tuple(found)


def direction(indicator: CatalogueIndicator, comparator: str | None) -> int:
    """1 where more is stricter, -1 where less is, 0 where nobody can say."""
    if indicator.good is not Good.INFO:
        return 1 if indicator.good is Good.HIGHER else -1
    return _asks(comparator or indicator.comparator)


def _asks(comparator: str) -> int:
    if comparator in {Comparator.AT_LEAST, Comparator.MORE}:
        return 1
    return -1 if comparator == Comparator.AT_MOST else 0


def _impossible(value: int, indicator: CatalogueIndicator, of: str = "") -> Iterator[Doubted]:
    """What no number of an indicator can be; `of` begins the code."""
    number = {"value": said(value)}
    if value < 0:
        yield Doubted(code=f"{of}negative", params=number)
    if indicator.type is IndicatorType.COUNT:
        if value % HUNDRED and indicator.unit:
            yield Doubted(code=f"{of}not_whole", params=number)
    elif value > _WHOLE:
        yield Doubted(code=f"{of}over_whole", level=DoubtLevel.ERROR, params=number)


def _number(row: Row, indicator: CatalogueIndicator) -> Iterator[Doubted]:
    numbers = dict.fromkeys(values(row))
    if not numbers and not row["content"]:
        yield Doubted(code="no_number")
    for value in numbers:
        yield from _impossible(value, indicator)
    asked = _asks(row["comparator"] or "")
    if numbers and indicator.good is not Good.INFO and asked == -direction(indicator, None):
        yield Doubted(code=f"turned_{indicator.good}")
    if row[ASSIGNED] is not None and not row["assigned_by"]:
        yield Doubted(code="no_document", params={"value": said(row[ASSIGNED])})
    if row[ASSIGNED] is None and row[PURSUED] is not None and row["assigned_by"]:
        yield Doubted(code="document_alone", params={"document": row["assigned_by"]})


def _above(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    """More than there is cannot leave; a rate above that of the start is no fall."""
    part, listed = part_of(row)
    start = facts.starts.get(listed)
    if start is None or part is None:
        return
    first = start.listed if part is Part.HOUSEHOLDS else start.percent
    for value in dict.fromkeys(values(row)):
        if first is not None and value > rounded(Fraction(first)):
            level = DoubtLevel.WARNING if part is Part.RATE else DoubtLevel.ERROR
            there = said(rounded(Fraction(first)))
            params = {"value": said(value), "there": there, "last": str(facts.year - 1)}
            yield Doubted(code=f"above_{part}", level=level, params=params)


def _above_typed(row: Row, indicator: CatalogueIndicator, facts: PlanFacts) -> Iterator[Doubted]:
    """Likewise by the start that the plan itself says, where the register knows none."""
    part, listed = part_of(row)
    known = facts.starts.get(listed, Start())
    first = row["baseline"]
    if part is Part.HOUSEHOLDS and row["baseline_numerator"] is not None:
        first = HUNDRED * row["baseline_numerator"]
    if not indicator.is_decrease or first is None or known.listed is not None:
        return
    for value in dict.fromkeys(values(row)):
        if value > first:
            params = {"value": said(value), "there": said(first)}
            yield Doubted(code="above_typed", level=DoubtLevel.ERROR, params=params)


def _more_than_all(row: Row, indicator: CatalogueIndicator, facts: PlanFacts) -> Iterator[Doubted]:
    """More than the lists of the start, or the unit, have: some may still come in the year."""
    most = bound(indicator, _groups(row, indicator), facts.people)
    for value in dict.fromkeys(values(row)) if most is not None else ():
        if most is not None and value > most.number * HUNDRED:
            params = {
                "value": said(value),
                "there": format_integer(most.number),
                "last": str(facts.year - 1),
                "counted_in": str(facts.people.year),
            }
            yield Doubted(code="_".join(["more_than", *sorted(most.lists)]), params=params)


def _days(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    given, due, year = row["assigned_on"], row["due_on"], facts.year
    if given is not None:
        params = {"day": format_date(given), "year": str(year), "last": str(year - 1)}
        if facts.day is not None and given > facts.day:
            yield Doubted(code="assigned_after", params={**params, "plan": format_date(facts.day)})
        elif facts.day is None and facts.today is not None and given > facts.today:
            ahead = {**params, "today": format_date(facts.today)}
            yield Doubted(code="assigned_ahead", params=ahead)
        if not year - 1 <= given.year <= year:
            yield Doubted(code="assigned_apart", params=params)
    if due is not None and due.year != year:
        code = "due_before" if due.year < year else "due_after"
        yield Doubted(code=code, params={"day": format_date(due), "year": str(year)})
    elif due is not None and given is not None and due < given:
        params = {"due": format_date(due), "day": format_date(given)}
        yield Doubted(code="due_before_given", params=params)


def _start_typed(row: Row, indicator: CatalogueIndicator) -> Iterator[Doubted]:
    """What is typed as the start, by itself."""
    value, above, below = (
        row[one] for one in ("baseline", "baseline_numerator", "baseline_denominator")
    )
    if value is not None:
        yield from _impossible(value, indicator, "start_")
    if indicator.type is IndicatorType.COUNT or None in (above, below):
        return
    parts = {"above": format_integer(above), "below": format_integer(below)}
    if above > below:
        yield Doubted(code="start_parts", level=DoubtLevel.ERROR, params=parts)
    elif below and value is not None:
        computed = Fraction(100 * above, below)
        if compared(value, computed) is Agreement.CONTRADICTS:
            params = {**parts, "value": said(value), "computed": said(rounded(computed))}
            yield Doubted(code="start_apart", params=params)


def _behind_start(row: Row, indicator: CatalogueIndicator) -> Iterator[Doubted]:
    """A rate that is to become worse than the plan says that it is."""
    first, kinds = row["baseline"], (IndicatorType.RATE, IndicatorType.COVERAGE)
    if first is None or indicator.type not in kinds or indicator.good is Good.INFO:
        return
    for value in dict.fromkeys(values(row)):
        if direction(indicator, None) * (value - first) < 0:
            params = {"value": said(value), "there": said(first)}
            yield Doubted(code="behind_start", params=params)


def _without_opening(
    rows: Sequence[Row], catalogue: Catalogue, facts: PlanFacts
) -> Iterator[Doubted]:
    """One for all targets of lists of which a new standard knows no start."""
    found = [row for row in rows if compares(row) and facts.lacks_opening(part_of(row)[1])]
    if found:
        labels = dict.fromkeys(catalogue[row["indicator"]].label for row in found)
        params = {
            "labels": ", ".join(labels),
            "year": str(facts.year),
            "now": facts.standard[1],
            "before": facts.before[1],
        }
        first, *others = (row["key"] for row in found)
        yield Doubted(code=NO_OPENING, key=first, also=frozenset(others), params=params)


def compares(row: Row) -> bool:
    """A number of a list that is to be held against a start which the plan does not say itself."""
    typed = row["baseline"] is not None or row["baseline_numerator"] is not None
    return part_of(row)[0] is not None and any(True for _ in values(row)) and not typed


def _baseline(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    if row["baseline"] is None and row["baseline_numerator"] is None:
        return
    own, year = row["baseline_standard"], str(facts.year)
    code, label = facts.standard
    if own and code and own != code:
        params = {"year": year, "standard": label, "baseline": facts.labels.get(own, own)}
        yield Doubted(code=NOT_COMPARABLE, params=params)
    elif not own and facts.before[0] != code:
        yield Doubted(code="baseline_standard", params={"year": year})
    elif row["baseline"] is not None:
        yield from _baseline_apart(row, facts)


def _baseline_apart(row: Row, facts: PlanFacts) -> Iterator[Doubted]:
    part, listed = part_of(row)
    start = facts.starts.get(listed)
    if start is None or part is None:
        return
    first = start.listed if part is Part.HOUSEHOLDS else start.percent
    if first is not None and compared(row["baseline"], Fraction(first)) is Agreement.CONTRADICTS:
        there = said(rounded(Fraction(first)))
        params = {"value": said(row["baseline"]), "there": there, "last": str(facts.year - 1)}
        yield Doubted(code="baseline_apart", params=params)


def _weaker(rows: Sequence[Row], catalogue: Catalogue) -> Iterator[Doubted]:
    """K10: who wants less than he has to, be it said in one row or in two."""
    for same in _alike(rows, catalogue).values():
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
    for same in _alike(rows, catalogue).values():
        seen: dict[str, int | None] = {}
        for row in same:
            there = {one: row[one] for one in (ASSIGNED, PURSUED) if row[one] is not None}
            there = there or {"": None}
            again = [one for one in there if one in seen]
            apart = next((one for one in again if there[one] != seen[one]), None)
            if again:
                indicator = catalogue[row["indicator"]]
                params = {"label": indicator.label, "unit": indicator.unit}
                if apart is not None:
                    params |= {"value": said(there[apart]), "other": said(seen[apart] or 0)}
                code = "twice" if apart is None else "twice_apart"
                yield Doubted(code=code, key=row["key"], params=params)
            seen = {**there, **seen}


def _alike(rows: Iterable[Row], catalogue: Catalogue) -> dict[tuple[object, ...], list[Row]]:
    """Targets of the same, be its usual groups chosen or left out."""
    found: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        groups = _groups(row, catalogue[row["indicator"]])
        what = (groups, *(row[one] or "" for one in _WHAT))
        found.setdefault(what, []).append(row)
    return found


def _groups(row: Row, indicator: CatalogueIndicator) -> frozenset[str]:
    return frozenset(row["groups"] or indicator.groups)
