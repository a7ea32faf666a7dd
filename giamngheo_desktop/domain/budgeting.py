"""Money by component, source and stage: sums over a tree of components, and what looks wrong.

Amounts are whole đồng. A stage for which nothing was booked has no amount: that is not nought.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar
from uuid import UUID

from giamngheo_desktop.domain.area import DISTRICTS_END
from giamngheo_desktop.domain.rates import Rate, percent_of, rate

Key = TypeVar("Key", bound=Hashable)
ROOT = ""  # the node of the whole year; what stands right at it names no component
DISTRICT = "district"
STATE = frozenset({"central", "province", DISTRICT, "commune"})  # ngân sách nhà nước


class Stage(StrEnum):
    """How far money has come, in order."""

    PLANNED = "planned"
    ASSIGNED = "assigned"
    ALLOCATED = "allocated"
    DISBURSED = "disbursed"
    SETTLED = "settled"
    SUPPORTED = "supported"  # what supports of households add up to: beside the booked, no stage


BOOKED: tuple[Stage, ...] = tuple(stage for stage in Stage if stage is not Stage.SUPPORTED)
# What must not be more than what.
_LIMITS = (
    (Stage.ALLOCATED, Stage.ASSIGNED),
    (Stage.DISBURSED, Stage.ASSIGNED),
    (Stage.DISBURSED, Stage.ALLOCATED),
    (Stage.SETTLED, Stage.DISBURSED),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One booked amount, at a node of the tree; an empty text or None is what nobody said."""

    node: str
    source: str
    stage: Stage
    amount: int
    capital: str = ""
    village: UUID | None = None
    body: UUID | None = None
    activity: UUID | None = None
    booked_on: date | None = None
    document: str = ""
    note: str = ""
    uid: UUID | None = None  # None: summed up from other records


@dataclass(frozen=True, slots=True)
class Amounts:
    """A sum for each stage that has one."""

    values: Mapping[Stage, int] = field(default_factory=dict)

    def get(self, stage: Stage) -> int | None:
        return self.values.get(stage)

    def __add__(self, other: Amounts) -> Amounts:
        stages = self.values.keys() | other.values.keys()
        return Amounts({one: self.values.get(one, 0) + other.values.get(one, 0) for one in stages})

    @property
    def apart(self) -> int | None:
        """What is booked as disbursed beyond the supports, so that rows add up to their sum; None
        where there is neither.
        """
        booked, supported = self.get(Stage.DISBURSED), self.get(Stage.SUPPORTED)
        if booked is None and supported is None:
            return None
        return (booked or 0) - (supported or 0)


Sums = Mapping[str, Amounts]  # by source


@dataclass(frozen=True, slots=True)
class Node:
    """A component, a programme or a plan's own part; `is_live`: a plan of the year may name it."""

    key: str
    parent: str = ROOT
    is_live: bool = True


@dataclass(frozen=True, slots=True)
class Branch:
    """The sums of a node: `own` of what stands right at it, `whole` with all within."""

    node: Node
    depth: int
    own: Sums
    whole: Sums

    @property
    def total(self) -> Amounts:
        return total(self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetWarning:
    """What looks wrong; `params` are amounts, counts and stages as values. Sentences: `texts`."""

    code: str
    node: str = ROOT
    source: str = ""
    lines: tuple[UUID, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)


def share(whole: int, weights: Sequence[int]) -> list[int]:
    """Whole đồng in proportion to weights, that add up exactly: the largest remainders get the
    rest, of equal ones the first. ValueError for a negative weight, or where none is above nought.
    """
    base = sum(weights)
    if base <= 0 or min(weights) < 0:
        raise ValueError(weights)
    if whole < 0:
        return [-part for part in share(-whole, weights)]
    parts = [divmod(whole * weight, base) for weight in weights]
    rest = whole - sum(part for part, _ in parts)
    order = sorted(range(len(parts)), key=lambda at: -parts[at][1])
    more = frozenset(order[:rest])
    return [part + (at in more) for at, (part, _) in enumerate(parts)]


def sums(lines: Iterable[Line], key: Callable[[Line], Key]) -> dict[Key, Amounts]:
    """The amounts of each group; every line stands in exactly one."""
    found: dict[Key, dict[Stage, int]] = {}
    for line in lines:
        stages = found.setdefault(key(line), {})
        stages[line.stage] = stages.get(line.stage, 0) + line.amount
    return {one: Amounts(stages) for one, stages in found.items()}


def by_source(lines: Iterable[Line]) -> Sums:
    return sums(lines, lambda line: line.source)


def total(found: Mapping[Key, Amounts]) -> Amounts:
    return sum(found.values(), Amounts())


def grouped(lines: Iterable[Line], key: Callable[[Line], Key]) -> dict[Key, Sums]:
    """The sums by source of each group."""
    found: dict[Key, list[Line]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return {one: by_source(part) for one, part in found.items()}


def disbursement(found: Sums) -> Rate:
    """Disbursed of what was assigned, as both stand in the same row; more than the whole where
    sources that nothing was assigned of are among them (`unassigned` tells how much they are).
    """
    whole = total(found)
    disbursed, assigned = whole.get(Stage.DISBURSED), whole.get(Stage.ASSIGNED)
    if disbursed is None or assigned is None or assigned <= 0:
        return rate(disbursed, None if assigned is None else max(assigned, 0))
    return Rate(disbursed, assigned, percent_of(disbursed, assigned))


def unassigned(found: Sums) -> int:
    """What was disbursed of sources without an assigned amount, where others have one."""
    others = [sums for sums in found.values() if Stage.ASSIGNED not in sums.values]
    if len(others) == len(found):
        return 0
    return sum(sums.get(Stage.DISBURSED) or 0 for sums in others)


def branches(nodes: Sequence[Node], lines: Iterable[Line]) -> tuple[Branch, ...]:
    """The root, then each node before its parts, as `nodes` stand. KeyError for a line at no node.

    A component counts with all within it; whatever is at the root, the whole of the root has all.
    """
    depths = {ROOT: 0}
    for node in nodes:
        depths[node.key] = depths[node.parent] + 1
    at_node: dict[str, list[Line]] = {key: [] for key in depths}
    for line in lines:
        at_node[line.node].append(line)
    own = {key: by_source(found) for key, found in at_node.items()}
    whole = {key: dict(found) for key, found in own.items()}
    for node in reversed(nodes):
        above = whole[node.parent]
        for source, amounts in whole[node.key].items():
            above[source] = above.get(source, Amounts()) + amounts
    ordered = (Node(ROOT), *nodes)
    return tuple(Branch(one, depths[one.key], own[one.key], whole[one.key]) for one in ordered)


def warnings(
    found: Sequence[Branch], lines: Sequence[Line], year: int
) -> tuple[BudgetWarning, ...]:
    """What looks wrong in a year's money: of the booked `lines`; `found` are their branches."""
    return (*_out_of_bounds(found), *_lacking(found[0]), *_lacking_below(found),
            *_not_booked(found), *_late_district(lines, year),
            *_unknown_parts(found, lines))  # fmt: skip


class _Excess(NamedTuple):
    """How far a source is beyond a bound: its own of `limit`, or nought without one."""

    code: str
    source: str
    stage: Stage
    limit: Stage | None
    amount: int
    bound: int

    @property
    def key(self) -> tuple[str, Stage, Stage | None]:
        return self.source, self.stage, self.limit

    @property
    def size(self) -> int:
        return abs(self.amount - self.bound)

    def at(self, node: str) -> BudgetWarning:
        params: dict[str, object] = {"stage": self.stage, "amount": self.amount}
        if self.limit is not None:
            params |= {"limit": self.limit, "bound": self.bound}
        return BudgetWarning(code=self.code, node=node, source=self.source, params=params)


def _out_of_bounds(found: Sequence[Branch]) -> Iterator[BudgetWarning]:
    """Told where it happens: a node says nothing that those below it have said already."""
    told: dict[str, Counter[tuple[str, Stage, Stage | None]]] = {
        branch.node.key: Counter() for branch in found
    }
    warned: dict[str, list[BudgetWarning]] = {}
    for branch in reversed(found):
        node = branch.node
        for excess in _excesses(branch.whole):
            if excess.size > told[node.key][excess.key]:
                warned.setdefault(node.key, []).append(excess.at(node.key))
                told[node.key][excess.key] = excess.size
        if node.key != ROOT:
            told[node.parent].update(told[node.key])
    for branch in found:
        yield from warned.get(branch.node.key, ())


def _excesses(whole: Sums) -> Iterator[_Excess]:
    for source, amounts in whole.items():
        for stage in BOOKED:
            amount = amounts.get(stage)
            if amount is not None and amount < 0:
                yield _Excess("budget_negative", source, stage, None, amount, 0)
        for stage, limit in _LIMITS:
            amount, bound = amounts.get(stage), amounts.get(limit)
            if amount is not None and bound is not None and amount > bound:
                yield _Excess("budget_over", source, stage, limit, amount, bound)


_USED = (Stage.ALLOCATED, Stage.DISBURSED, Stage.SETTLED)


def _lacking(root: Branch) -> Iterator[BudgetWarning]:
    """Money that went on without the step before it."""
    for source, amounts in root.whole.items():
        if source in STATE and amounts.get(Stage.ASSIGNED) is None:
            for stage in [one for one in _USED if amounts.get(one) is not None][:1]:
                yield _without(source, stage, Stage.ASSIGNED, amounts)
        if amounts.get(Stage.SETTLED) is not None and amounts.get(Stage.DISBURSED) is None:
            yield _without(source, Stage.SETTLED, Stage.DISBURSED, amounts)


def _lacking_below(found: Sequence[Branch]) -> Iterator[BudgetWarning]:
    """State money of a source that others were assigned and the node was not."""
    for branch, source, amounts in _without_any(found, Stage.ASSIGNED):
        if source in STATE and found[0].whole[source].get(Stage.ASSIGNED) is not None:
            for stage in [one for one in _USED if amounts.get(one) is not None][:1]:
                params = {"stage": stage, "amount": amounts.get(stage), "limit": Stage.ASSIGNED}
                node = branch.node.key
                yield BudgetWarning(
                    code="budget_without_here", node=node, source=source, params=params
                )


def _not_booked(found: Sequence[Branch]) -> Iterator[BudgetWarning]:
    """What supports add up to where nothing was booked as disbursed."""
    for branch, source, amounts in _without_any(found, Stage.DISBURSED):
        amount = amounts.get(Stage.SUPPORTED)
        if amount is not None:
            yield BudgetWarning(
                code="budget_not_booked",
                node=branch.node.key,
                source=source,
                params={"amount": amount},
            )


def _without_any(found: Sequence[Branch], stage: Stage) -> Iterator[tuple[Branch, str, Amounts]]:
    """What stands right at a node, of sources that have nothing of the stage there, within it or
    above it; what is right at the root has only itself.
    """
    above: dict[str, frozenset[str]] = {}
    for branch in found:
        node = branch.node
        own = frozenset(one for one, sums in branch.own.items() if stage in sums.values)
        is_root = node.key == ROOT
        above[node.key] = own if is_root else own | above[node.parent]
        within = branch.own if is_root else branch.whole
        for source, amounts in branch.own.items():
            if source not in above[node.key] and stage not in within[source].values:
                yield branch, source, amounts


def _without(source: str, stage: Stage, lacks: Stage, amounts: Amounts) -> BudgetWarning:
    params = {"stage": stage, "amount": amounts.get(stage), "limit": lacks}
    return BudgetWarning(code="budget_without", source=source, params=params)


def _late_district(lines: Sequence[Line], year: int) -> Iterator[BudgetWarning]:
    """The district's own budget ended with the districts."""
    found: dict[tuple[str, Stage], list[Line]] = {}
    for line in lines:
        day = line.booked_on
        late = year > DISTRICTS_END.year if day is None else day > DISTRICTS_END
        if line.source == DISTRICT and late:
            found.setdefault((line.node, line.stage), []).append(line)
    for (node, stage), late_lines in found.items():
        yield BudgetWarning(
            code="budget_late_district",
            node=node,
            source=DISTRICT,
            lines=tuple(line.uid for line in late_lines if line.uid),
            params={
                "stage": stage,
                "amount": sum(line.amount for line in late_lines),
                "count": len(late_lines),
            },
        )


def _unknown_parts(found: Sequence[Branch], lines: Sequence[Line]) -> Iterator[BudgetWarning]:
    """Lines at a component that no programme live in the year has."""
    for branch in found:
        if branch.own and not branch.node.is_live:
            uids = tuple(one.uid for one in lines if one.node == branch.node.key and one.uid)
            yield BudgetWarning(code="budget_not_live", node=branch.node.key, lines=uids)
