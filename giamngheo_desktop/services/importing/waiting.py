"""Why a row of a list waits for the officer, or what is said of it."""

from __future__ import annotations

from giamngheo_desktop.domain.list_reading import HOME_UNSAID, ReadHome
from giamngheo_desktop.domain.sheet_text import MAYBE_OLD_FONT, OLD_FONT
from giamngheo_desktop.services.importing.known import KnownHome
from giamngheo_desktop.services.importing.match import NAME_KNOWN
from giamngheo_desktop.services.importing.plan import (
    EXIT_DIFFERS,
    FORM_CLASS,
    CellState,
    PlannedCell,
)

_LOOKED_AT = ("id_number", "birth", "decision_number")  # where they were mended
_AGAINST = (FORM_CLASS, EXIT_DIFFERS)
_GUESSED = ("month_first", "year_short", OLD_FONT, MAYBE_OLD_FONT)


def lack_of_head(home: ReadHome, known: KnownHome | None, *, is_settled: bool) -> str:
    """What is said of a new household whose list names no head: whoever stands first is proposed,
    if the list does not say who that is. The officer may have said that it is one.
    """
    if known is not None or not home.finding or (is_settled and home.finding == HOME_UNSAID):
        return ""
    return home.finding if "relation" in home.head.cells else "head_first"


def told_of(finding: str, led: str) -> str:
    """A remark of who it is gives way to what its household lacks."""
    return led or finding if finding == NAME_KNOWN else finding or led


def forbids_new(known: KnownHome | None, led: str) -> str:
    """Why nobody new is written into a household."""
    if known is not None:
        return "year_closed" if known.is_closed else ""
    return led if led == "head_missing" else ""


def waits(cell: PlannedCell) -> bool:
    """The officer is to look: it has several readings, is wrong, was mended, or a form says
    otherwise.
    """
    if cell.state is CellState.SAME:
        return False
    doubtful = cell.state in (CellState.UNCLEAR, CellState.PROBLEM) or cell.finding in _AGAINST
    told = cell.field in _LOOKED_AT or cell.finding in _GUESSED
    return doubtful or (cell.is_mended and told)
