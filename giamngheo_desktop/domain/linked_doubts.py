"""Targets of a list that say one aim in three numbers, and do not say the same (K11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from giamngheo_desktop.domain.doubted import (
    PARTS,
    Doubted,
    DoubtLevel,
    PlanFacts,
    Row,
    named,
    said,
    start_of,
)
from giamngheo_desktop.domain.indicator_catalogue import HUNDRED, Catalogue
from giamngheo_desktop.domain.linked_targets import (
    Agreement,
    Clash,
    Linked,
    Part,
    Start,
    clashes,
    denominators,
    places,
    rounded,
)
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import lower


def linked(
    rows: Sequence[Row], catalogue: Catalogue, facts: PlanFacts, column: str
) -> Iterator[Doubted]:
    """Rate, points and households of the numbers in a column; each list by itself, then both."""
    open_pairs: dict[str, tuple[Row, int, int]] = {}
    for listed in PARTS:
        found = named(rows, listed, column)
        start = start_of(rows, listed, facts)
        numbers = {part.value: row[column] for part, row in found.items()}
        # a plan may divide its end by the households of the start although it expects others
        ends = (replace(start, expected=None), start)
        for clash in min((clashes(Linked(**numbers), end) for end in ends), key=_weight):
            yield _clash(clash, found, start, catalogue, column)
        points, homes = numbers.get(Part.POINTS), numbers.get(Part.HOUSEHOLDS)
        if not start.households and points and homes:
            open_pairs[listed] = (found[Part.POINTS], points, homes // HUNDRED)
    if len(open_pairs) == len(PARTS):
        yield from _apart(open_pairs, catalogue)


def _weight(found: Sequence[Clash]) -> tuple[int, int]:
    """Any rounding is kinder than one contradiction."""
    return sum(one.agreement is Agreement.CONTRADICTS for one in found), len(found)


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
        "by": f"{lower(second.label[:1])}{second.label[1:]}",
        "other": f"{said(other[column])} {second.unit}",
        "households": "" if start.households is None else format_integer(start.households),
    }
    if clash.agreement is Agreement.ROUNDED:
        return Doubted(code="linked_rounded", level=DoubtLevel.NOTE, key=own["key"], params=params)
    if clash.part is Part.POINTS and clash.other is Part.HOUSEHOLDS:
        possible = denominators(clash.said, other[column] // HUNDRED) if clash.said > 0 else None
        if possible and start.households is not None:
            params["possible"] = _range(possible)
            return Doubted(code="linked_households", key=own["key"], params=params)
    return Doubted(code="linked_apart", key=own["key"], params=params)


def _apart(pairs: Mapping[str, tuple[Row, int, int]], catalogue: Catalogue) -> Iterator[Doubted]:
    """Of a unit whose households nobody knows: both lists are of the same ones."""
    if any(points < 0 or households < 1 for _, points, households in pairs.values()):
        return
    loose = [denominators(points, homes, places(points)) for _, points, homes in pairs.values()]
    asked = zip(pairs.values(), loose, strict=True)
    exact = [denominators(points, homes) or wide for (_, points, homes), wide in asked]
    if _meet(exact):
        return
    (first, *_), (second, *_) = pairs.values()
    known = [possible for possible in exact if possible]
    if len(known) < len(exact):  # one of them contradicts itself
        for (row, points, homes), possible in zip(pairs.values(), exact, strict=True):
            if possible is not None and not possible:
                params = {"label": catalogue[row["indicator"]].label, "value": said(points)}
                params["households"] = format_integer(homes)
                yield Doubted(code="points_alone", key=row["key"], params=params)
        return
    one, two = known
    params = {
        "label": catalogue[first["indicator"]].label,
        "other": catalogue[second["indicator"]].label,
        "possible": _range(one),
        "other_possible": _range(two),
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


def _range(possible: range) -> str:
    """Both ends, of one number that alone."""
    return "–".join(dict.fromkeys(format_integer(one) for one in (possible[0], possible[-1])))
