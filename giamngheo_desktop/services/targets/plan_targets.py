"""The targets of the plan in force as values; numbers are exact, in the unit of the indicator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.indicator_catalogue import (
    HUNDRED,
    CatalogueIndicator,
    Comparator,
    IndicatorType,
)
from giamngheo_desktop.domain.target_lines import in_order
from giamngheo_desktop.services.programme.components import Components
from giamngheo_desktop.storage import areas, budgets, plans, records
from giamngheo_desktop.storage.engine import Connection, Database

# What a village is given has these indicators.
_OF_VILLAGE = {"HN-GIAM-HO": "poor_decrease", "HCN-GIAM-HO": "near_poor_decrease"}
# Columns of the record as they stand, texts, and numbers in hundredths.
_KEPT = (
    "key", "dimension", "basis", "assigned_on", "baseline_numerator", "baseline_denominator",
    "baseline_standard", "body",
)  # fmt: skip
_TEXTS = ("assigned_by", "content", "addition", "note")
_NUMBERS = ("assigned", "pursued", "baseline")
_SAME_EVERYWHERE = (IndicatorType.COVERAGE, IndicatorType.NEED)  # 100 % are 100 % in each village


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTarget:
    """One target; `assigned` and `pursued` None: without that number, without both it is định
    tính. `uid` is None for what a village is given in no target of the plan.
    """

    uid: UUID | None
    key: str
    indicator: CatalogueIndicator
    comparator: Comparator
    due: date
    groups: frozenset[str] = frozenset()
    dimension: str | None = None
    basis: str | None = None
    assigned: Fraction | None = None
    assigned_by: str = ""
    assigned_on: date | None = None
    pursued: Fraction | None = None
    baseline: Fraction | None = None
    baseline_numerator: int | None = None
    baseline_denominator: int | None = None
    baseline_standard: str | None = None
    node: str = ""  # of the tree of money, where the indicator is told by it
    body: UUID | None = None
    content: str = ""
    addition: str = ""
    note: str = ""

    @property
    def unit(self) -> str:
        """Of its numbers; of an indicator without one what the plan says behind them."""
        return self.indicator.unit or self.addition

    @property
    def is_qualitative(self) -> bool:
        return self.assigned is None and self.pursued is None

    @property
    def is_worded(self) -> bool:
        """Whether words alone say what shall be reached: no number is told of it. Of what the
        program counts somebody may only not have typed the number yet.
        """
        return self.is_qualitative and bool(self.content or not self.indicator.computed)


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """Which version holds (None: the unit has no plan of the year), and its targets in order."""

    plan: UUID | None
    version: int = 0
    issued_on: date | None = None
    targets: tuple[PlanTarget, ...] = ()


def read(
    connection: Connection,
    definitions: Definitions,
    unit: UUID,
    year: int,
    village: UUID | None = None,
) -> PlanInForce:
    """Those of the unit's plan; of a village with the numbers that are its own."""
    uid = plans.in_force(connection, year).get(unit)
    row = records.get(connection, Kind.DOCUMENT, uid) if uid else None
    found = tuple(_targets(connection, definitions, uid, year)) if uid else ()
    if village is not None:
        given = areas.targets_of(connection, year).get(village, {})
        found = tuple(_of_village(definitions, year, given, found))
    if row is None:
        return PlanInForce(None, targets=found)
    return PlanInForce(uid, row["version"], row["issued_on"], found)


def types_of(
    database: Database, definitions: Definitions, unit: UUID, year: int
) -> Mapping[str, IndicatorType]:
    """By the key of a target of the plan in hand what kind of number it has."""
    with database.reader() as connection:
        plan = plans.in_hand(connection, year, unit)
        rows = records.find(connection, Kind.TARGET, document=plan["uid"]) if plan else []
    known = definitions.indicators
    return {row["key"]: known[row["indicator"]].type for row in rows if row["indicator"] in known}


def _targets(
    connection: Connection, definitions: Definitions, plan: UUID, year: int
) -> Iterator[PlanTarget]:
    """In printed order; one of an indicator that no definition knows is left out."""
    rows = records.find(connection, Kind.TARGET, document=plan)
    tree = Components(definitions, year, budgets.plan_components(connection), ())
    for row in in_order(rows):
        if row["indicator"] in definitions.indicators:
            indicator = definitions.indicators[row["indicator"]]
            node = tree.key(row) if "component" in indicator.breakdown else ""
            yield _target(indicator, row, year, node)


def _target(
    indicator: CatalogueIndicator, row: Mapping[str, Any], year: int, node: str
) -> PlanTarget:
    comparator = row["comparator"]
    values: dict[str, Any] = {name: row[name] for name in _KEPT}
    values |= {name: row[name] or "" for name in _TEXTS}
    values |= {name: exact(row[name]) for name in _NUMBERS}
    return PlanTarget(
        uid=row["uid"],
        indicator=indicator,
        comparator=Comparator(comparator) if comparator else indicator.comparator,
        due=row["due_on"] or date(year, 12, 31),
        groups=frozenset(row["groups"] or ()),
        node=node,
        **values,
    )


def exact(hundredths: int | None) -> Fraction | None:
    """A stored number in its unit."""
    return None if hundredths is None else Fraction(hundredths, HUNDRED)


def _of_village(
    definitions: Definitions,
    year: int,
    given: Mapping[str, Any],
    targets: tuple[PlanTarget, ...],
) -> Iterator[PlanTarget]:
    """What the commune shall reach is no number of a village, but a share of all it has."""
    own = {
        code: Fraction(given[column])
        for code, column in _OF_VILLAGE.items()
        if given.get(column) is not None
    }
    for code in own:
        if all(target.indicator.code != code for target in targets):
            indicator = definitions.indicators[code]
            yield PlanTarget(
                uid=None,
                key=f"/{code}",  # none of the plan's
                indicator=indicator,
                comparator=indicator.comparator,
                due=date(year, 12, 31),
                pursued=own[code],
            )
    for target in targets:
        start = replace(target, baseline=None, baseline_numerator=None, baseline_denominator=None)
        if target.indicator.code in own:
            yield replace(start, assigned=None, pursued=own[target.indicator.code])
        elif target.indicator.type in _SAME_EVERYWHERE:
            yield start
