"""The columns of the table of villages: what is typed, what is read, what follows from both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from giamngheo_desktop.domain.allocation import (
    COLUMNS,
    EXPECTED,
    NEAR_POOR,
    NETS,
    POOR,
    Course,
    Denominators,
    Forecast,
    course,
)
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
Values = Mapping[str, int | None]


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


def decrease(listed: str) -> str:
    return f"{listed}_decrease"


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
# Without a number of each line there is none of all.
_WHOLE = frozenset((*map(opening, LISTS), *map(decrease, LISTS), _HOMES))
# What is worked out as one types.
COMPUTED = (
    closing(POOR), closing_rate(POOR), _GAINED, closing(NEAR_POOR), closing_rate(NEAR_POOR),
    _GROWTH,
)  # fmt: skip


def columns() -> tuple[GridColumn, ...]:
    """All of them; a view shows some."""
    return (
        GridColumn(key=NAME, title=_tr("Thôn"), width=130, locked=True, stretch=True),
        _seen(opening(POOR), _tr("Hộ nghèo đầu năm")),
        _typed("poor_decrease", _tr("Giảm hộ nghèo"), signed=True),
        _typed(TO_NEAR_POOR, _tr("Trong đó lên cận nghèo")),
        _typed("poor_again", _tr("Tái nghèo")),
        _typed("poor_new", _tr("Nghèo phát sinh")),
        _seen(closing(POOR), _tr("Hộ nghèo cuối năm")),
        _seen(closing_rate(POOR), _tr("Tỷ lệ cuối năm (%)")),
        _seen(opening(NEAR_POOR), _tr("Cận nghèo đầu năm")),
        _typed("near_poor_decrease", _tr("Giảm hộ cận nghèo"), signed=True),
        _typed("near_poor_again", _tr("Tái cận nghèo")),
        _typed("near_poor_new", _tr("Cận nghèo phát sinh")),
        _seen(_GAINED, _tr("Từ hộ nghèo lên")),
        _seen(closing(NEAR_POOR), _tr("Cận nghèo cuối năm")),
        _seen(closing_rate(NEAR_POOR), _tr("Tỷ lệ cuối năm (%)")),
        _seen(_HOMES, _tr("Tổng số hộ đầu năm")),
        _typed(EXPECTED, _tr("Tổng số hộ dự kiến cuối năm")),
        _seen(_GROWTH, _tr("Tăng (%)")),
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


def followed(values: Values, denominators: Denominators) -> dict[str, str]:
    """What follows from the numbers of a line (or of the sums of all lines), as it is shown."""
    found = {_GAINED: _count(values.get(TO_NEAR_POOR))}
    for listed in LISTS:
        reached = reaches(values, listed, denominators)
        found[closing(listed)] = _count(reached.forecast.end)
        found[closing_rate(listed)] = _rate(reached.closing)
    homes, expected = values.get(_HOMES), values.get(EXPECTED)
    found[_GROWTH] = NO_DATA
    if homes and expected is not None:
        found[_GROWTH] = format_rate(percent_of(expected - homes, homes))
    return found


def reaches(values: Values, listed: str, denominators: Denominators) -> Course:
    """Where a list of a line ends."""
    fall, (again, new, *gained) = NETS[f"{listed}_net"]
    forecast = Forecast(
        start=values.get(opening(listed)),
        fall=values.get(fall),
        again=values.get(again),
        new=values.get(new),
        gained=values.get(gained[0]) if gained else None,
    )
    homes = values.get(_HOMES)
    expected = values.get(EXPECTED)
    return course(forecast, homes, homes if expected is None else expected, denominators)


def back(values: Values, listed: str) -> int:
    """How many are expected to come to a list in the year."""
    return sum(values.get(key) or 0 for key in NETS[f"{listed}_net"][1])


def summed(lines: Sequence[Values]) -> dict[str, int | None]:
    """The sums of the columns that are read or typed: of what is expected that of the lines that
    say it, of the rest only where every line knows it.
    """
    found: dict[str, int | None] = {}
    for key in (*map(opening, LISTS), *COLUMNS, _HOMES):
        known = [value for line in lines if (value := line.get(key)) is not None]
        whole = len(known) == len(lines) or key not in _WHOLE
        found[key] = sum(known) if known and whole else None
    if found[EXPECTED] is not None:  # who expects no other number keeps his
        found[EXPECTED] = total(
            line.get(_HOMES) if line.get(EXPECTED) is None else line.get(EXPECTED) for line in lines
        )
    return found


def typed_sums(lines: Sequence[Values]) -> dict[str, int | None]:
    """What is typed so far, added up."""
    return {
        key: total(value for line in lines if (value := line.get(key)) is not None)
        if any(line.get(key) is not None for line in lines)
        else None
        for key in COLUMNS
    }


def total(values: Iterable[int | None]) -> int | None:
    """The sum; None where one is not known."""
    known = list(values)
    return None if None in known else sum(value for value in known if value is not None)


def _count(value: int | None) -> str:
    return NO_DATA if value is None else format_integer(value)


def _rate(found: Rate) -> str:
    return NO_DATA if found.percent is None else format_rate(found.percent)


def _seen(key: str, title: str) -> GridColumn:
    return GridColumn(key=key, title=title, number=True, locked=True, width=84)


def _typed(key: str, title: str, *, signed: bool = False) -> GridColumn:
    """A fall may be negative: the number may rise."""
    return GridColumn(key=key, title=title, number=True, signed=signed, width=84)


def _tr(text: str) -> str:
    return QCoreApplication.translate("allocation", text)
