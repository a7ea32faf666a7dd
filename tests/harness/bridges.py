"""Bridges of cells held against the tables of the movement, which count the same otherwise."""

from __future__ import annotations

from collections import Counter
from datetime import date

from giamngheo_desktop.domain.bridge import Why
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.reports.bridge import Bridge, bridge
from giamngheo_desktop.reports.document import ReportDoc, Row, Source
from giamngheo_desktop.services.movement import movements
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness.register import STANDARD
from tests.harness.tables import definitions, paper

FLOWS = {
    Why.TO_NEAR_POOR: Flow.TO_OTHER, Why.TO_POOR: Flow.TO_OTHER, Why.ABOVE: Flow.ABOVE,
    Why.FROM_POOR: Flow.FROM_OTHER, Why.FROM_NEAR_POOR: Flow.FROM_OTHER, Why.AGAIN: Flow.AGAIN,
    Why.NEW: Flow.NEW,
}  # fmt: skip


def source_of(doc: ReportDoc, row: Row, key: str) -> Source:
    (table,) = doc.tables
    cell = row.cells[[leaf.key for leaf in table.value_leaves].index(key)]
    assert cell.source is not None
    return cell.source


def explained(database: Database, source: Source, then: int | date) -> Bridge:
    found = bridge(database, definitions(), source, then)
    assert found.start + sum(line.amount for line in found.lines) == found.end
    for line in found.lines:
        assert len(list(line.named)) == len(line.reasons)
        assert all(why for _, _, why in line.named), line
        assert line.text
    return found


def flows_agree(database: Database, year: int, code: str) -> int:
    """BC2 or BC3 of a year against the bridge of the same list in BC1; rows compared."""
    table = {"BC2": "poor", "BC3": "near_poor"}[code]
    counts = paper(database, "BC1", year)
    doc = paper(database, code, year)
    with database.reader() as connection:
        scope = Scope(year=year, standard=STANDARD)
        steps = movements.moves(connection, scope, scope.day).steps
        tree = Placing(connection, scope.day, scope.day).tree
    moves = [row for row in doc.tables[0].rows if row.kind == "ho"]
    keys = [leaf.key for leaf in doc.tables[0].value_leaves]
    for one, row in zip(counts.tables[0].rows, moves, strict=True):
        source = source_of(counts, one, f"{table}_households")
        found = explained(database, source, year - 1)
        flows = Counter[Flow]()
        for line in found.lines:
            other = Flow.OTHER_DECREASE if line.amount < 0 else Flow.OTHER_INCREASE
            flows[FLOWS.get(line.cause.why, other)] += abs(line.amount)
        villages = frozenset(village.uid for village in tree.villages(one.unit))
        # Who only passed through: from this village to another one of it, or by another class.
        passed = sum(
            move.step.households
            for move in steps
            if move.step.table == table
            and move.step.flow is Flow.OTHER_DECREASE
            and move.step.cause == "village"
            and movements.within(move.step.place, villages)
            and not any(move.household in line.reasons for line in found.lines)
        )
        expected = dict(zip(keys, (cell.value for cell in row.cells), strict=True))
        assert (found.start, found.end) == (expected["opening"], expected["closing"])
        entered = _entered_and_moved(steps, table, villages)
        for flow in (Flow.TO_OTHER, Flow.ABOVE, Flow.AGAIN, Flow.NEW):
            assert flows[flow] == expected[flow.value], (year, code, one.labels, flow)
        assert flows[Flow.FROM_OTHER] == expected["from_other"] - entered
        assert flows[Flow.OTHER_DECREASE] == expected["other_decrease"] - passed
        out = sum(flows[flow] for flow in (Flow.TO_OTHER, Flow.ABOVE, Flow.OTHER_DECREASE))
        assert (
            found.start
            - out
            + sum(
                flows[flow] for flow in (Flow.FROM_OTHER, Flow.AGAIN, Flow.NEW, Flow.OTHER_INCREASE)
            )
            == found.end
        )
    return len(moves)


def _entered_and_moved(
    steps: tuple[movements.Moved, ...], table: str, villages: frozenset[object]
) -> int:
    """Who changed class in the unit and left it within the year: BC2 counts both ways there."""
    leaving = {
        move.household
        for move in steps
        if move.step.table == table
        and move.step.cause == "village"
        and move.step.flow is Flow.OTHER_INCREASE
        and move.step.place not in villages
    }
    return sum(
        move.household in leaving
        for move in steps
        if move.step.table == table
        and move.step.flow is Flow.FROM_OTHER
        and move.step.place in villages
    )
