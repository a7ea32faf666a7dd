"""The document model: rates, gaps, and refusing rows that do not fit."""

from __future__ import annotations

import ast
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, Inexact, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import giamngheo_desktop
from giamngheo_desktop import texts
from giamngheo_desktop.domain.rates import RateGap, rate
from giamngheo_desktop.reports.as_text import as_text
from giamngheo_desktop.reports.document import (
    BLANK,
    Align,
    Cell,
    Column,
    NumberFormat,
    ReportDoc,
    Row,
    Table,
    row_of,
)
from giamngheo_desktop.reports.layout import (
    cell_text,
    first_value,
    header_cells,
    label_boxes,
    number_labels,
    row_groups,
)
from giamngheo_desktop.reports.reasons import missing_notes
from tests.reports import papers

COUNT = Column("Số hộ", "n")
RATE = Column("Tỷ lệ", "r", format=NumberFormat.RATE)


@pytest.mark.parametrize(
    ("numerator", "denominator", "percent"),
    [
        (1, 32, "3.13"),  # 3.125: binary rounding prints 3,12
        (1, 800, "0.13"),  # 0.125
        (51, 2471, "2.06"),
        (74, 2471, "2.99"),
        (0, 7, "0.00"),
        (7, 7, "100.00"),
        (1, 200_000_000, "0.00"),
        (-1, 800, "-0.13"),  # an increase in the column "giảm"
        (999_999_999, 1_000_000_000, "100.00"),
    ],
)
def test_rates_are_rounded_half_up(numerator: int, denominator: int, percent: str) -> None:
    assert str(rate(numerator, denominator).percent) == percent


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_a_rate_is_the_exact_fraction_rounded_once(part: int, more: int) -> None:
    whole = part + more
    with localcontext(prec=60):
        exact = Decimal(part * 100) / Decimal(whole)
        expected = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert rate(part, whole).percent == expected


@pytest.mark.parametrize(
    ("numerator", "denominator", "gap"),
    [
        (None, 5, RateGap.NO_NUMERATOR),
        (3, None, RateGap.NO_DENOMINATOR),
        (0, 0, RateGap.ZERO_DENOMINATOR),
        (3, 0, RateGap.SMALL_DENOMINATOR),
        (3, 2, RateGap.SMALL_DENOMINATOR),
        (-3, 2, RateGap.SMALL_DENOMINATOR),
    ],
)
def test_a_rate_that_cannot_be_says_why(
    numerator: int | None, denominator: int | None, gap: RateGap
) -> None:
    cell = Cell.of_rate(numerator, denominator)
    assert (cell.value, cell.missing) == (None, gap)
    assert cell_text(cell, RATE) == "–"
    assert texts.MISSING[cell.missing]


def test_every_gap_has_its_sentence() -> None:
    assert {gap.value for gap in RateGap} <= set(texts.MISSING)


def test_no_module_rounds_floats_into_papers() -> None:
    """`round` and "%.2f" are for pixels only: gui may, nothing that makes a table may."""
    package = Path(giamngheo_desktop.__file__).parent
    found = []
    for file in package.rglob("*.py"):
        if "gui" in file.relative_to(package).parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            text = getattr(node, "value", "") if isinstance(node, ast.Constant) else ""
            if name == "round" or (isinstance(text, str) and _is_float_format(text)):
                found.append(f"{file.relative_to(package)}:{node.lineno}")  # type: ignore[attr-defined]
    assert found == []


def _is_float_format(text: str) -> bool:
    return any(mark in text for mark in ("%.1f", "%.2f", ":.1f", ":.2f")) or text in (".1f", ".2f")


@pytest.mark.parametrize("text", ["%.2f", "{:.2f}", ".2f"])
def test_the_search_for_float_formats_finds_them(text: str) -> None:
    assert _is_float_format(text)


@pytest.mark.parametrize(
    ("cell", "column", "text"),
    [
        (Cell.of_count(0), COUNT, "0"),
        (Cell.of_count(None), COUNT, "–"),
        (Cell.of_count(0), replace(COUNT, zero="-"), "-"),
        (Cell.of_count(1_234_567), COUNT, "1.234.567"),
        (Cell.of_count(-1_234), COUNT, "−1.234"),
        (Cell.of_count(2, upper=4), COUNT, "2–4"),
        (Cell.of_count(2, upper=2), COUNT, "2"),
        (Cell.of_count(1_200, upper=1_304), COUNT, "1.200–1.304"),
        (Cell.of_rate(0, 5), RATE, "0,00"),
        (Cell.of_rate(0, 5), replace(RATE, zero="0"), "0"),
        (Cell.of_rate(1, 32), RATE, "3,13"),
        (Cell.of_rate(5, 5), RATE, "100,00"),
        (Cell.of_rate(1, 32, upper=2), RATE, "3,13–6,25"),
        (Cell.of_rate(1, 32, upper=33), RATE, "–"),
        (Cell(Decimal("1234.5")), Column("Vốn", "m", format=NumberFormat.MONEY), "1.234,5"),
        (Cell(15_000_000), Column("Vốn", "m", format=NumberFormat.MONEY), "15.000.000"),
        (Cell.of_text("Thôn 1"), Column("Thôn", "t", format=NumberFormat.TEXT), "Thôn 1"),
        (BLANK, COUNT, ""),
        (Cell.of_missing("no_data"), replace(COUNT, absent="x"), "x"),
    ],
)
def test_how_cells_read(cell: Cell, column: Column, text: str) -> None:
    assert cell_text(cell, column) == text


def test_a_writer_never_rounds() -> None:
    with pytest.raises(Inexact):
        cell_text(Cell(Decimal("3.125")), RATE)


def test_rows_must_fit_their_columns() -> None:
    with pytest.raises(ValueError, match="row 0 has 2 labels and 1 cells, the table 2 and 2"):
        Table(labels=papers.LABELS, columns=(COUNT, RATE), rows=(Row(("1", "A"), (BLANK,)),))
    with pytest.raises(ValueError, match="keys of columns"):
        Table(labels=papers.LABELS, columns=(COUNT, COUNT))
    with pytest.raises(ValueError, match="keys of columns"):
        Table(labels=papers.LABELS, columns=(Column("Số hộ"),))
    with pytest.raises(ValueError, match="report X has no body"):
        ReportDoc(code="X", title=(), body=())


def test_rows_are_made_by_key() -> None:
    cells = {"r": Cell.of_rate(1, 32), "n": Cell.of_count(1)}
    row = row_of((COUNT, RATE), ("1", "Cây Tắt"), cells)
    assert [cell.value for cell in row.cells] == [1, Decimal("3.13")]
    table = Table(labels=papers.LABELS, columns=(COUNT, RATE), rows=(row,))
    assert table.cell(0, "r").value == Decimal("3.13")
    assert table.row_name(row) == "Cây Tắt"
    with pytest.raises(KeyError):
        row_of((COUNT, RATE), ("1", "Cây Tắt"), {"n": Cell.of_count(1)})
    with pytest.raises(KeyError):
        table.cell(0, "x")


def test_headings_cover_the_grid_exactly_once() -> None:
    for doc in (papers.bc1(), papers.village_table(), papers.bc2()):
        (table,) = doc.tables
        covered = [
            (row, column)
            for cell in header_cells(table)
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.left, cell.left + cell.col_span)
        ]
        depth = max(row for row, _ in covered) + 1
        assert len(covered) == len(set(covered)) == depth * len(table.leaves)


def test_column_numbers() -> None:
    (table,) = papers.bc1().tables
    assert number_labels(table)[:6] == ("A", "B", "(1)", "(2)", "(3)", "(4=3/1*100)")
    assert number_labels(replace(table, number_row=False)) == ()
    assert number_labels(Table(labels=papers.LABELS[1:], columns=(COUNT,)))[0] == "B"
    assert number_labels(Table(labels=(replace(COUNT, key="k"),), columns=(COUNT,))) == ()


def test_labels_of_pairs_and_totals_merge() -> None:
    (table,) = papers.bc2().tables
    assert list(row_groups(table)) == [(0, 2), (2, 4), (4, 6), (6, 8)]
    name = label_boxes(table, 0, 2)[1]
    assert (name.text, name.row, name.left, name.row_span, name.col_span) == ("Cây Tắt", 0, 1, 2, 1)
    total = label_boxes(table, 6, 8)
    assert (total[0].text, total[0].row_span, total[0].col_span) == ("Tổng cộng", 2, 2)
    assert [box.text for box in total[1:]] == ["Hộ", "Nhân khẩu"]


def test_a_heading_reaches_over_the_empty_cells_at_its_right() -> None:
    leaves = tuple(replace(COUNT, key=key) for key in ("a", "b", "c"))
    empty = (BLANK, BLANK, BLANK)
    rows = (
        Row(("", "Cây Tắt: 9 hộ"), empty, bold=True),
        Row(("", "Cây Tắt: 9 hộ"), (BLANK, Cell.of_count(25), BLANK), bold=True),
        Row(("", "Tổng cộng"), empty, level=0),
        Row(("1", "Hồ Thị An"), empty, bold=True),
    )
    table = Table(labels=papers.LABELS, columns=leaves, rows=rows)
    boxes = [label_boxes(table, at, at + 1) for at in range(4)]
    spans = [[(box.left, box.col_span) for box in row] for row in boxes]
    assert spans == [[(0, 1), (1, 4)], [(0, 1), (1, 2)], [(0, 2)], [(0, 1), (1, 1)]]
    assert [first_value(table, row) for row in boxes] == [5, 3, 2, 2]
    assert boxes[0][1].align(Align.LEFT) is Align.LEFT  # a total stands in the middle
    assert boxes[2][0].align(Align.LEFT) is Align.CENTER


def test_pairs_of_villages_with_one_name_stay_apart() -> None:
    (table,) = papers.bc2().tables
    labels = ("1", "Thôn 1")
    rows = [replace(row, labels=(*labels, row.labels[2])) for row in table.rows]
    same = replace(table, rows=(rows[0], rows[2]))  # two Hộ rows of two units
    assert list(row_groups(same)) == [(0, 1), (1, 2)]
    mixed = replace(table, rows=(rows[0], rows[3]))  # Hộ of one, Nhân khẩu of the other
    assert list(row_groups(mixed)) == [(0, 1), (1, 2)]


def test_notes_say_why_cells_are_missing() -> None:
    columns = (COUNT, RATE)
    rows = [
        Row((str(at), f"Thôn {at}"), (Cell.of_count(at), Cell.of_rate(at, None)))
        for at in range(1, 11)
    ]
    rows.append(Row(("", "Tổng cộng"), (Cell.of_count(None), Cell.of_rate(3, 2)), 0))
    table = Table(labels=papers.LABELS, columns=columns, rows=tuple(rows))
    first = ", ".join(f"Thôn {at}" for at in range(1, 5))
    assert missing_notes(table) == (
        f"Dấu “–” ở {first} và 6 dòng khác: chưa có tổng số để tính tỷ lệ.",
        "Dấu “–” ở Tổng cộng: chưa có số liệu.",
        "Dấu “–” ở Tổng cộng: tổng số nhỏ hơn số được đếm nên không tính tỷ lệ.",
    )
    doc = replace(papers.bc1(), body=(table,))
    assert doc.reasons() == ("no_denominator", "no_data", "small_denominator")
    assert missing_notes(papers.village_table().tables[0]) == ()
    assert missing_notes(table, [f"Thôn {at}" for at in range(1, 11)])[0].endswith("số liệu.")


def test_one_reason_is_one_note_and_all_rows_are_named_shortly() -> None:
    """A rate without its count lacks what the count lacks."""
    cells = (Cell.of_count(None), Cell.of_rate(None, 5))
    rows = [Row((str(at), f"Thôn {at}"), cells) for at in range(1, 4)]
    rows.append(Row(("", "Tổng cộng"), cells, 0))
    table = Table(labels=papers.LABELS, columns=(COUNT, RATE), rows=tuple(rows))
    assert missing_notes(table) == ("Dấu “–” ở mọi dòng: chưa có số liệu.",)


def test_a_note_names_its_columns_unless_all_are_meant() -> None:
    columns = tuple(Column(f"Cột {at}", f"c{at}", number=str(at)) for at in range(1, 9))
    table = Table(labels=papers.LABELS, columns=columns)

    def note(*missing: int, numbered: bool = True) -> str:
        cells = tuple(Cell.of_count(None if at in missing else at) for at in range(1, 9))
        rows = tuple(Row((str(at), f"Thôn {at}"), cells) for at in (1, 2))
        (said,) = missing_notes(replace(table, rows=rows, number_row=numbered))
        return said

    assert note(4, 8) == "Dấu “–” ở cột 4, 8, mọi dòng: chưa có số liệu."
    assert note(1, 2, 4, 5, 6) == "Dấu “–” ở cột 1, 2, 4–6, mọi dòng: chưa có số liệu."
    assert note(*range(1, 9)) == "Dấu “–” ở mọi dòng: chưa có số liệu."
    assert note(4, 8, numbered=False) == "Dấu “–” ở mọi dòng: chưa có số liệu."
    rows = tuple(
        Row(
            (f"{gap}", f"Thôn {gap}"),
            tuple(Cell.of_count(None if at == gap else at) for at in range(8)),
        )
        for gap in (3, 5)
    )  # each row has one dash, in columns of their own: no column is named for both
    assert missing_notes(replace(table, rows=rows)) == ("Dấu “–” ở mọi dòng: chưa có số liệu.",)


def test_rows_that_lack_more_than_all_others_are_told_apart() -> None:
    columns = tuple(Column(f"Cột {at}", f"c{at}", number=str(at)) for at in range(1, 6))
    gaps = {"Thôn 1": {2, 3}, "Thôn 2": {1, 2, 3, 5}, "Tổng cộng": {1, 2, 3, 5}}
    rows = tuple(
        Row(("", name), tuple(Cell.of_count(None if at in lacks else at) for at in range(1, 6)))
        for name, lacks in gaps.items()
    )
    assert missing_notes(Table(labels=papers.LABELS, columns=columns, rows=rows)) == (
        "Dấu “–” ở cột 2, 3, mọi dòng: chưa có số liệu.",
        "Dấu “–” ở cột 1, 5, Thôn 2, Tổng cộng: chưa có số liệu.",
    )


@pytest.mark.parametrize("name", ["bc1", "village_table", "bc2"])
def test_golden_papers(name: str, golden: object) -> None:
    golden(f"{name}.txt", as_text(getattr(papers, name)()))  # type: ignore[operator]
