"""The columns of a table as printed: those that stand for each indicator, cause or ethnic group.

They are numbered from the number of their definition on; the last part of "1.2.1" counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from giamngheo_desktop.domain.children import ChildAges, Told
from giamngheo_desktop.domain.measures import CountOf, measure
from giamngheo_desktop.domain.report import (
    NEXT,
    Counted,
    Each,
    NotCounted,
    Proportion,
    ReportColumn,
    ReportDef,
    ValueSpec,
)

OTHER_GROUPS = "other_groups"  # in a definition: of no ethnic group that has a column


@dataclass(frozen=True, slots=True)
class Named:
    """A code with the heading of its column."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Material:
    """What columns are made of: `each` kind by its items, the ages of children that count and
    what indicators tell of them.
    """

    each: Mapping[Each, Sequence[Named]]
    ages: ChildAges
    told: Mapping[str, Told] = field(default_factory=dict)

    def narrowed(self, each: Each, place: int) -> str:
        """The filter of a measure for one item."""
        code = self.each[each][place].code
        if each is Each.INDICATOR:
            return f"deprived={place}"
        return f"cause={code}" if each is Each.CAUSE else f"ethnicity={code}"


def expanded(report: ReportDef, material: Material) -> ReportDef:
    """The report with the columns that are printed."""
    return replace(report, columns=tuple(_columns(report.columns, material)))


def _columns(columns: Sequence[ReportColumn], material: Material) -> Iterator[ReportColumn]:
    number = ""
    for column in columns:
        if column.columns:
            yield replace(column, columns=tuple(_columns(column.columns, material)))
            continue
        if column.number == NEXT:
            column = replace(column, number=after(number))
        made = tuple(_made(column, material))
        yield from made
        number = made[-1].number if made else before(column.number)


def _made(column: ReportColumn, material: Material) -> Iterator[ReportColumn]:
    if column.each is None:
        yield replace(column, value=_value(column.value, "", material))
        return
    number = column.number
    for place, item in enumerate(material.each[column.each]):
        yield replace(
            column,
            label=item.label,
            key=f"{column.key}_{item.code}",
            number=number,
            each=None,
            value=_value(column.value, material.narrowed(column.each, place), material),
        )
        number = after(number)


def _value(value: ValueSpec | None, narrowed: str, material: Material) -> ValueSpec | None:
    if not isinstance(value, Counted | Proportion):
        return value
    name = f"{value.measure}/{narrowed}" if narrowed else value.measure
    groups = ",".join(item.code for item in material.each[Each.ETHNIC_GROUP])
    name = name.replace(OTHER_GROUPS, f"ethnicity!={groups}")
    found = measure(name)
    assert found is not None, name
    if found.of is CountOf.DEPRIVATIONS:
        name += f"/indicators={len(material.each[Each.INDICATOR])}"
    if found.of_children:
        if found.of not in material.ages:
            return NotCounted()
        name += f"/ages={material.ages[found.of]}"
        if told := material.told.get(found.of):
            name += f"/{told}"
    return replace(value, measure=name)


def after(number: str) -> str:
    return _moved(number, 1)


def before(number: str) -> str:
    return _moved(number, -1)


def _moved(number: str, step: int) -> str:
    head, dot, last = number.rpartition(".")
    return f"{head}{dot}{int(last) + step}" if last else ""
