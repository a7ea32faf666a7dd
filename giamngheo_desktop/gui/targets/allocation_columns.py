"""The columns of the table of villages: what is typed, what is read, what follows from both."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.allocation import (
    EXPECTED,
    NEAR_POOR,
    POOR,
    AllocationRow,
)
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.pasted_table import PasteColumn
from giamngheo_desktop.domain.rates import Rate, percent_of
from giamngheo_desktop.gui.grid.cells import GridColumn
from giamngheo_desktop.gui.settings.yearly_grid import NAME
from giamngheo_desktop.gui.start.village_step import PASTED
from giamngheo_desktop.gui.table.column import NO_DATA

LISTS = (POOR, NEAR_POOR)
TO_NEAR_POOR = "poor_to_near_poor"
_GAINED = "near_poor_gained"
_HOMES = "households"
_GROWTH = "growth"
_WIDE = 130  # pixels, where there are few


class View(StrEnum):
    """What of the table is seen."""

    POOR = POOR
    NEAR_POOR = NEAR_POOR
    HOMES = "homes"


def opening(listed: str) -> str:
    """The column of the households at the start."""
    return f"{listed}_opening"


def closing(listed: str) -> str:
    return f"{listed}_closing"


def closing_rate(listed: str) -> str:
    return f"{listed}_closing_rate"


VIEWS: Mapping[View, tuple[str, ...]] = {
    View.POOR: (
        NAME, opening(POOR), "poor_decrease", TO_NEAR_POOR, "poor_again", "poor_new",
        closing(POOR), closing_rate(POOR),
    ),
    View.NEAR_POOR: (
        NAME, opening(NEAR_POOR), "near_poor_decrease", "near_poor_again", "near_poor_new",
        _GAINED, closing(NEAR_POOR), closing_rate(NEAR_POOR),
    ),
    View.HOMES: (NAME, _HOMES, EXPECTED, _GROWTH),
}  # fmt: skip
# What is worked out as one types.
COMPUTED = (
    closing(POOR), closing_rate(POOR), _GAINED, closing(NEAR_POOR), closing_rate(NEAR_POOR),
    _GROWTH,
)  # fmt: skip


def columns(level: Level) -> tuple[GridColumn, ...]:
    """All of them, in a file of this level; a view shows some, and says which list they are of."""
    unit = _tr("Thôn") if level is Level.COMMUNE else _tr("Đơn vị")
    return (
        GridColumn(key=NAME, title=unit, width=130, locked=True, stretch=True),
        _seen(opening(POOR), _tr("Đầu năm")),
        _typed("poor_decrease", _tr("Giảm"), signed=True),
        _typed(TO_NEAR_POOR, _tr("Trong đó lên cận nghèo"), width=108),
        _typed("poor_again", _tr("Tái nghèo")),
        _typed("poor_new", _tr("Phát sinh")),
        _seen(closing(POOR), _tr("Cuối năm")),
        _seen(closing_rate(POOR), _tr("Tỷ lệ (%)"), 2),
        _seen(opening(NEAR_POOR), _tr("Đầu năm")),
        _typed("near_poor_decrease", _tr("Giảm"), signed=True),
        _typed("near_poor_again", _tr("Tái cận nghèo")),
        _typed("near_poor_new", _tr("Phát sinh")),
        _seen(_GAINED, _tr("Từ hộ nghèo lên"), width=104),
        _seen(closing(NEAR_POOR), _tr("Cuối năm")),
        _seen(closing_rate(NEAR_POOR), _tr("Tỷ lệ (%)"), 2),
        _seen(_HOMES, _tr("Tổng số hộ đầu năm"), width=_WIDE),
        _typed(EXPECTED, _tr("Tổng số hộ dự kiến cuối năm"), width=_WIDE),
        _seen(_GROWTH, _tr("Tăng (%)"), 2, _WIDE),
    )


# Headings as plans and sheets of communes write them.
PASTE = (
    PASTED[0],
    PasteColumn("poor_decrease", ("Giảm hộ nghèo", "Giảm nghèo", "Chỉ tiêu giảm hộ nghèo"), True),
    PasteColumn(TO_NEAR_POOR, ("Trong đó lên cận nghèo", "Lên cận nghèo"), True),
    PasteColumn("poor_again", ("Tái nghèo", "Hộ tái nghèo"), True),
    PasteColumn("poor_new", ("Nghèo phát sinh", "Hộ nghèo phát sinh", "Nghèo mới"), True),
    PasteColumn(
        "near_poor_decrease",
        ("Giảm hộ cận nghèo", "Giảm cận nghèo", "Chỉ tiêu giảm hộ cận nghèo"),
        True,
    ),
    PasteColumn("near_poor_again", ("Tái cận nghèo", "Hộ tái cận nghèo"), True),
    PasteColumn(
        "near_poor_new",
        ("Cận nghèo phát sinh", "Hộ cận nghèo phát sinh", "Cận nghèo mới"),
        True,
    ),
    PasteColumn(
        EXPECTED,
        ("Tổng số hộ dự kiến cuối năm", "Số hộ dự kiến", "Tổng số hộ cuối năm", "Hộ dự kiến"),
        True,
    ),
)


def followed(row: AllocationRow) -> dict[str, str]:
    """What follows from the numbers of a line, or of all of them, as it is shown."""
    found = {_GAINED: count(row.typed[TO_NEAR_POOR]), _GROWTH: NO_DATA}
    for listed in LISTS:
        reached = row.course(listed)
        found[closing(listed)] = count(reached.forecast.end)
        found[closing_rate(listed)] = _rate(reached.closing)
    if row.households and row.typed[EXPECTED] is not None and row.expected is not None:
        found[_GROWTH] = format_rate(percent_of(row.expected - row.households, row.households))
    return found


def read(row: AllocationRow) -> dict[str, int | None]:
    """What a line is shown with before anything is typed."""
    starts = {opening(listed): row.course(listed).forecast.start for listed in LISTS}
    return {**row.typed, **starts, _HOMES: row.households}


def count(value: int | None) -> str:
    return NO_DATA if value is None else format_integer(value)


def _rate(found: Rate) -> str:
    return NO_DATA if found.percent is None else format_rate(found.percent)


def _seen(key: str, title: str, scale: int = 0, width: int = 84) -> GridColumn:
    return GridColumn(
        key=key, title=title, number=True, signed=True, locked=True, scale=scale, width=width
    )


def _typed(key: str, title: str, *, signed: bool = False, width: int = 84) -> GridColumn:
    """A fall may be negative: the number may rise."""
    return GridColumn(key=key, title=title, number=True, signed=signed, width=width)


def _tr(text: str) -> str:
    return QCoreApplication.translate("allocation", text)
