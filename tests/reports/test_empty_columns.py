"""A column is printed where it says anything."""

from __future__ import annotations

from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    Row,
    Table,
    group,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.empty_columns import without_empty


def _table(*rows: tuple[Cell, ...]) -> Table:
    return Table(
        labels=(number_column(), text_column("Nội dung", "name")),
        columns=(
            text_column("Chủ trì", "who"),
            group("Trong kỳ", Column("Số hộ", "homes"), Column("Số người", "persons")),
            Column("Số tiền", "amount"),
        ),
        rows=tuple(Row((str(at), "một việc"), cells) for at, cells in enumerate(rows, 1)),
    )


def test_what_no_row_fills_goes_with_its_heading() -> None:
    table = _table((Cell("Xã"), BLANK, BLANK, Cell(5)), (BLANK, BLANK, BLANK, Cell(0)))
    found = without_empty(table, "who", "homes", "persons", "amount")
    assert [leaf.key for leaf in found.value_leaves] == ["who", "amount"]
    assert [column.label for column in found.columns] == ["Chủ trì", "Số tiền"]
    assert [row.cells for row in found.rows] == [(Cell("Xã"), Cell(5)), (BLANK, Cell(0))]


def test_only_named_columns_go_and_what_is_not_known_is_said() -> None:
    unknown = Cell.of_count(None)
    table = _table((BLANK, unknown, BLANK, BLANK))
    found = without_empty(table, "homes", "persons")
    assert [leaf.key for leaf in found.value_leaves] == ["who", "homes", "amount"]
    assert without_empty(found, "homes") is found
