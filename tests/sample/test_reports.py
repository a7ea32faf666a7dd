"""BC1 and the village table of the sample against a plain loop over its stored rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal

import pytest

from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.make import explain, make
from tests.sample.made import Made
from tests.sample.test_published_totals import PRINTED

REVIEWS = [
    (2020, None),
    (2021, None),
    (2021, "2022"),
    *((year, None) for year in range(2022, 2027)),
]
COUNTED = (
    ("poor", "household_class", "poor"),
    ("near_poor", "household_class", "near_poor"),
    ("average_living", "average_living", 1),
)


def _bc1_by_loop(made: Made, year: int, standard: str) -> dict[str, Counter[str]]:
    """The register on 31/12 as dated rows: classes of the year, villages, members, typed totals."""
    day = f"{year}-12-31"
    village = {row["household"]: row["village"] for row in made.on("household_place", day)}
    size: Counter[str] = Counter()
    for row in made.on("membership", day):
        size[row["household"]] += 1
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in made.rows("population"):
        if row["year"] == year:
            found[row["area"]].update(households=row["households"], persons=row["persons"])
    for row in made.rows("class_record"):
        if (row["review_year"], row["standard"]) != (year, standard):
            continue
        ended = row["valid_to"] is not None and row["valid_to"] < day
        if ended or row["source"] == "computed" or row["household"] not in village:
            continue
        cells = found[village[row["household"]]]
        for name, column, value in COUNTED:
            if row[column] == value:
                cells[f"{name}_households"] += 1
                cells[f"{name}_persons"] += size[row["household"]]
    total: Counter[str] = Counter()
    for cells in found.values():
        total.update(cells)
    return {**found, "total": total}


def _percent(part: int, whole: int) -> Decimal:
    return (Decimal(part * 100) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _cells(doc: ReportDoc) -> dict[str, dict[str, object]]:
    (table,) = doc.tables
    keys = [leaf.key for leaf in table.value_leaves]
    return {
        "total" if row.level == 0 else row.unit.hex if row.unit else "?": dict(
            zip(keys, row.cells, strict=True)
        )
        for row in table.rows
    }


@pytest.mark.parametrize(("year", "standard"), REVIEWS)
@pytest.mark.parametrize("name", ["sample", "sized"])
def test_bc1_equals_a_loop_over_the_register(
    name: str, year: int, standard: str | None, request: pytest.FixtureRequest
):
    made: Made = request.getfixturevalue(name)
    doc = make(made.database, made.definitions, "BC1", year=year, standard=standard)
    code = standard or ("2016" if year < 2022 else "2022")
    expected = _bc1_by_loop(made, year, code)
    found = _cells(doc)
    assert set(found) == set(expected)
    for unit, cells in found.items():
        numbers = expected[unit]
        for key, cell in cells.items():
            if not key.endswith("_rate"):
                assert cell.value == numbers[key], (unit, key)
                continue
            part = key.removesuffix("_rate")  # poor_household_rate counts poor_households
            whole = "households" if part.endswith("household") else "persons"
            assert cell.value == _percent(numbers[f"{part}s"], numbers[whole]), (unit, key)


@pytest.mark.parametrize(("year", "standard"), REVIEWS)
def test_the_ids_behind_every_count(sample: Made, year: int, standard: str | None):
    doc = make(sample.database, sample.definitions, "BC1", year=year, standard=standard)
    asked = 0
    for cells in _cells(doc).values():
        for cell in cells.values():
            if cell.source is not None and cell.source.measure in MEASURES:
                if cell.numerator is not None:
                    continue
                ids = explain(sample.database, cell.source)
                assert len(ids) == len(set(ids)) == cell.value
                asked += 1
    assert asked == 14 * 6


def test_the_village_table_of_2021_as_planned(sample: Made):
    doc = make(sample.database, sample.definitions, "THON", year=2021)
    (table,) = doc.tables
    keys = (
        "households",
        "poor_opening",
        "near_poor_opening",
        "poor_decrease",
        "near_poor_decrease",
    )
    found = {
        table.row_name(row): tuple(table.cell(number, key).value for key in keys)
        for number, row in enumerate(table.rows)
        if row.level
    }
    assert found == PRINTED
    total = next(number for number, row in enumerate(table.rows) if row.level == 0)
    closing = {key: table.cell(total, key).value for key in ("poor_closing", "near_poor_closing")}
    assert closing == {"poor_closing": 48, "near_poor_closing": 70}
    rates = [table.cell(total, f"{key}_rate").value for key in ("poor_opening", "poor_closing")]
    assert rates == [Decimal("2.06"), Decimal("1.94")]


@pytest.mark.parametrize("year", range(2021, 2027))
def test_the_village_table_as_carried_out_joins_two_years(sample: Made, year: int):
    doc = make(sample.database, sample.definitions, "THON-TH", year=year)
    code = "2016" if year < 2022 else "2022"
    before, after = (_bc1_by_loop(sample, each, code) for each in (year - 1, year))
    for unit, cells in _cells(doc).items():
        for name in ("poor", "near_poor"):
            opening, closing = before[unit][f"{name}_households"], after[unit][f"{name}_households"]
            assert cells[f"{name}_opening"].value == opening
            assert cells[f"{name}_closing"].value == closing
            assert cells[f"{name}_decrease"].value == opening - closing
