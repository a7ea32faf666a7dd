"""The workbook a table of points is typed into, and what is read back from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from giamngheo_desktop.domain.choices import ChoiceList
from giamngheo_desktop.domain.form import FieldDef
from giamngheo_desktop.domain.point_table import (
    ItemKind,
    PointForm,
    PointItem,
    PointRow,
    TableProblem,
    problems,
)
from giamngheo_desktop.exports.list_write import ListColumn, list_workbook
from giamngheo_desktop.exports.xlsx_read import SheetRow
from giamngheo_desktop.texts import POINTS

_EMPTY_ROWS = 6  # of an item whose options no source names
_COLUMNS = ("region", "item", "item_label", "option", "label", "low", "high", "points")
_WIDTHS = {"item_label": 44, "label": 36, "item": 20, "option": 22}


def points_template(
    form: PointForm, regions: Sequence[str], fields: Mapping[str, FieldDef]
) -> bytes:
    """A workbook without any points; `fields` are those of `READS` by item code."""
    rows = [
        (region, item.code, item.label, option, label, None, None, None)
        for region in regions
        for item in form.items
        for option, label in _options(item, fields.get(item.code))
    ]
    lines = [POINTS["guide"], POINTS["guide_ranges"], form.missing]
    columns = [ListColumn(POINTS[key], _WIDTHS.get(key, 12)) for key in _COLUMNS]
    return list_workbook(POINTS["title"], lines, columns, rows)


def _options(item: PointItem, field: FieldDef | None) -> Iterator[tuple[str, str]]:
    if item.kind is not ItemKind.NUMBER and field is not None and field.choices:
        yield from ((choice.code, choice.label) for choice in field.choices)
    else:
        yield from (("", ""),) * _EMPTY_ROWS


def rows_of(
    sheet_rows: Iterable[SheetRow], form: PointForm, regions: ChoiceList
) -> tuple[dict[int, PointRow], list[TableProblem]]:
    """The table by row numbers, and everything wrong with it; rows without points are skipped."""
    found: dict[int, PointRow] = {}
    wrong: list[TableProblem] = []
    start = None
    for row in sheet_rows:
        texts = [row.text(column) for column in range(len(row.cells))]
        if start is None:
            start = texts.index(POINTS["region"]) if POINTS["region"] in texts else None
            continue
        values = dict(zip(_COLUMNS, (*texts[start:], *[""] * len(_COLUMNS)), strict=False))
        if not values["points"] and not values["low"] and not values["high"]:
            continue
        item = form.item(values["item"])
        if item is None:
            wrong.append(TableProblem("item_unknown", row.number, {"value": values["item"]}))
            continue
        try:
            found[row.number] = _row(values, item)
        except ValueError as error:
            wrong.append(TableProblem(str(error.args[0]), row.number))
    if start is None:
        wrong.append(TableProblem("no_heading", 0))
    return found, [*wrong, *problems(form, found, frozenset(regions.codes))]


def _row(values: Mapping[str, str], item: PointItem) -> PointRow:
    low, high = _number(values["low"]), _number(values["high"])
    option = "_".join((values["option"] or values["label"]).split())  # a code
    if item.kind is ItemKind.NUMBER:
        option = option or f"{values['low']}-{values['high']}"
    if not option:
        raise ValueError("no_option")
    points = _number(values["points"])
    if points is None or points.denominator != 1:
        raise ValueError("points_not_whole")
    return PointRow(
        region=values["region"],
        item=item.code,
        option=option,
        points=int(points),
        label=values["label"],
        low=low,
        high=high,
    )


def _number(text: str) -> Fraction | None:
    if not text:
        return None
    try:
        return Fraction(text.replace(",", "."))
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError("not_a_number") from error
