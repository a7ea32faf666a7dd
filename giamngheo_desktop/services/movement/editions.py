"""The editions (lần) of a table: a correction of a year the table reads begins another one.

Lần 1 is what was closed. A table is known by the last edition of the file that counts in it; its
own number is only how many corrections before that changed something it reads: the result of a
household, a flow, the population of a village.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.report import Counted, Movement, Population
from giamngheo_desktop.services.placing import Placing
from giamngheo_desktop.services.report_rows import Request
from giamngheo_desktop.storage import corrections, review_rows
from giamngheo_desktop.storage.corrections import Turn
from giamngheo_desktop.storage.engine import Connection, Database


def count(database: Database, request: Request) -> int:
    """How many editions a table has; 0 while its year is not closed."""
    with database.reader() as connection:
        return len(_cuts(connection, request))


def newest_begun(database: Database, request: Request) -> date | None:
    """The day of the correction that the newest edition of a table began with; None: of none."""
    with database.reader() as connection:
        cuts = _cuts(connection, request)
        last = cuts[-2] if len(cuts) > 1 else None
        return None if last is None else corrections.recorded_on(connection, last + 1)


def with_edition(database: Database, request: Request, number: int | None) -> Request:
    """The request of one edition, None: the newest. Raises AppError `edition_missing`."""
    with database.reader() as connection:
        cuts = _cuts(connection, request)
    if number is not None and not 0 < number <= len(cuts):
        raise AppError("edition_missing", number=number, year=request.year, count=len(cuts))
    if not cuts:
        return request
    number = number or len(cuts)
    return replace(request, edition=cuts[number - 1], edition_number=number)


def _cuts(connection: Connection, request: Request) -> list[int | None]:
    """For each edition of a table the last one of the file that counts in it."""
    scope = request.scope()
    values = [leaf.value for leaf in request.report.leaves()]
    moves = any(isinstance(value, Movement) for value in values)
    offsets = {value.year_offset for value in values if isinstance(value, Counted)}
    if moves:
        offsets |= {0, -1}
    placing = Placing(connection, scope.day, request.day)
    villages = frozenset(area.uid for area in placing.tree.villages(request.unit))
    if 0 not in offsets or not placing.is_closed(scope, villages):
        return []
    turns = [
        turn
        for turn in corrections.turns(connection, request.standard, request.year)
        if _changes(turn, request.year, offsets, moves=moves)
    ]
    lived = any(isinstance(value, Population) for value in values)
    numbers = [
        one
        for one in (corrections.numbered(connection, request.year) if lived else ())
        if placing.possible(one.village) & villages
    ]
    if turns or numbers:
        frozen = review_rows.frozen_villages(connection, scope)
        olds = [old for old in frozen if placing.possible(old) & villages]
        since = corrections.frozen_since(connection, scope, olds, _above(placing, villages))
        turns = [turn for turn in turns if turn.edition > since]
        numbers = [one for one in numbers if one.edition > since]
    touched = _within(connection, request, turns, villages)
    starts = {turn.edition for turn in turns if turn.household in touched}
    starts |= {one.edition for one in numbers}
    return [*(edition - 1 for edition in sorted(starts)), None]


def _above(placing: Placing, villages: frozenset[UUID]) -> frozenset[UUID]:
    """The units of the placing's first day that hold what went into these villages."""
    tree = placing.old_tree
    olds = [old for old in tree.villages() if placing.possible(old.uid) & villages]
    return frozenset(area.uid for old in olds for area in (old, *tree.ancestors(old.uid)))


def _changes(turn: Turn, year: int, offsets: set[int], *, moves: bool) -> bool:
    """Whether a correction may change what the table reads; a movement asks all years before."""
    if turn.movement:
        return moves and turn.review_year == year
    return moves or turn.review_year - year in offsets


def _within(
    connection: Connection, request: Request, found: list[Turn], villages: frozenset[UUID]
) -> frozenset[UUID]:
    """The corrected households that stand, or stood, in one of the villages."""
    homes = sorted({turn.household for turn in found})
    touched: set[UUID] = set()
    for offset in (0, -1) if homes else ():
        scope = request.scope(offset)
        placing = Placing(connection, scope.day, request.day)
        for home, village in corrections.villages_of(connection, scope, homes):
            if placing.possible(village) & villages:
                touched.add(home)
    return frozenset(touched)
