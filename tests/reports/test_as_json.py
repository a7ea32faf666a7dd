"""The JSON of a report: its promised shape, and numbers that are exactly the printed ones."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from giamngheo_desktop.reports.as_json import as_data, render_json
from giamngheo_desktop.reports.document import Cell, Row
from tests.reports import papers


def test_numbers_are_the_rounded_decimals() -> None:
    doc = papers.bc1()
    (table,) = doc.tables
    read = json.loads(render_json(doc), parse_float=Decimal)
    assert [column["key"] for column in read["columns"]] == [
        leaf.key for leaf in table.value_leaves
    ]
    for row, written in zip(table.rows, read["rows"], strict=True):
        values = [cell.value for cell in row.cells]
        assert list(written["values"].values()) == values
    total = read["rows"][-1]
    assert (total["label"], total["level"], total["kind"]) == ("Tổng cộng", 0, "")
    assert [row["labels"] for row in read["rows"]] == [
        {table.labels[0].key: row.labels[0]}
        for row in table.rows  # TT
    ]
    assert str(total["values"]["poor_rate"]) == "2.06"
    assert read["columns"][3] == {
        "key": "poor_rate",
        "number": "4",
        "label": "Kết quả rà soát về hộ / Hộ nghèo / Tỷ lệ (%)",
        "formula": "3/1*100",
    }
    assert (read["code"], read["title"]) == ("BC1", papers.BC1_TITLE)


def test_gaps_and_ranges_are_null_and_explained() -> None:
    read = json.loads(render_json(papers.bc2()))
    long_name, gap = read["rows"][2], read["rows"][4]
    assert (long_name["kind"], long_name["label"]) == ("ho", papers.LONG_NAME)
    assert long_name["values"]["near"] is None
    assert long_name["ranges"] == {"near": [1, 3]}
    assert gap["values"]["out"] is None
    assert gap["missing"] == {"out": "no_data"}
    assert "missing" not in read["rows"][0]


def test_rates_keep_both_places() -> None:
    (table,) = papers.bc1().tables
    cells = (Cell.of_count(50), Cell.of_count(200), Cell.of_count(1), Cell.of_rate(1, 50))
    row = Row(("1", "A"), (*cells, *table.rows[0].cells[4:]))
    doc = replace(papers.bc1(), body=(replace(table, rows=(row,)),))
    assert '"poor_rate": 2.00,' in render_json(doc)


def test_text_of_any_kind_survives() -> None:
    text = 'dấu " và \\ và\nxuống dòng 𝄞'
    (table,) = papers.bc1().tables
    row = replace(table.rows[0], labels=("1", text))
    doc = replace(
        papers.bc1(), body=(replace(table, rows=(row,)), table), notes=(), extra={"a": text}
    )
    read = json.loads(render_json(doc))
    assert read["rows"][0]["label"] == read["extra"]["a"] == text
    assert len(read["tables"]) == 1
    assert len(read["tables"][0]["rows"]) == 14
    assert read["notes"] == as_data(doc)["notes"] == []


def test_an_empty_table_is_an_empty_list() -> None:
    (table,) = papers.bc1().tables
    doc = papers.bc1(body=(replace(table, rows=()),))
    assert json.loads(render_json(doc))["rows"] == []
