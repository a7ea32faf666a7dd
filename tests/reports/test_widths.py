"""How the room of a page is shared among the columns of a list."""

from __future__ import annotations

from giamngheo_desktop.reports.document import Cell, Row, Table, number_column, text_column
from giamngheo_desktop.reports.fonts import Face, text_width
from giamngheo_desktop.reports.widths import PAD, fit


def test_an_answer_that_many_rows_give_stands_on_one_line() -> None:
    """Of two answers the longer one is no odd one out because it is the longer."""
    rows = tuple(
        Row((str(at), f"Hộ thứ {at}"), (Cell(("Hộ nghèo", "Hộ cận nghèo")[at % 2]), Cell("")))
        for at in range(1, 41)
    )
    table = Table(
        labels=(number_column(), text_column("Chủ hộ", "name", weight=30)),
        columns=(
            text_column("Phân loại", "class", weight=1),
            text_column("Phụ trách", "who", weight=30),
        ),
        rows=rows,
    )
    fitted = fit(table, 450)
    room = fitted.widths[2] - 2 * PAD
    assert room >= text_width("Hộ cận nghèo", Face.REGULAR, fitted.size)
