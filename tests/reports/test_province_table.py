"""The province table of Thừa Thiên Huế 2021 as printed, from registers of its districts and the
plan of the province.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import shipped_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.make import make
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.printed_tables import PROVINCE, PrintedRow, read
from tests.harness.register import empty_database, make_context

PRINTED = Path(__file__).with_name("thua_thien_hue_2021_districts_as_printed.csv")
FIRST = date(2019, 1, 1)
YEAR = 2021
STANDARD = "2016"
# What is printed there and does not follow from the counts printed beside it: two shares; the sum
# of the households; and the shares planned, which are those of the year before times 0,884 in every
# district, whatever it plans.
MISPRINTED = {
    ("Thành phố Huế", "policy_rate"): ("43,88", "53.78"),
    ("TX Hương Trà", "policy_rate"): ("47,8", "57.80"),
    ("TX Hương Trà", "poor_left_rate"): ("2,34", "2.38"),
    ("TX Hương Trà", "poor_rate_decrease"): ("0,31", "0.27"),
    ("TX Hương Thủy", "poor_left_rate"): ("1,86", "1.87"),
    ("TX Hương Thủy", "poor_rate_decrease"): ("0,25", "0.24"),
    ("Huyện Phong Điền", "poor_left_rate"): ("3,39", "3.40"),
    ("Huyện Phong Điền", "poor_rate_decrease"): ("0,44", "0.43"),
    ("Huyện Quảng Điền", "poor_left_rate"): ("3,91", "3.92"),
    ("Huyện Quảng Điền", "poor_rate_decrease"): ("0,52", "0.51"),
    ("Huyện Phú Vang", "poor_left_rate"): ("3,59", "3.57"),
    ("Huyện Phú Vang", "poor_rate_decrease"): ("0,48", "0.50"),
    ("Huyện Phú Lộc", "poor_left_rate"): ("3,38", "3.40"),
    ("Huyện Phú Lộc", "poor_rate_decrease"): ("0,45", "0.43"),
    ("Huyện Nam Đông", "poor_left_rate"): ("4,07", "4.10"),
    ("Huyện Nam Đông", "poor_rate_decrease"): ("0,53", "0.50"),
    ("Huyện A Lưới", "poor_left_rate"): ("13,10", "12.97"),
    ("Huyện A Lưới", "poor_rate_decrease"): ("1,72", "1.85"),
    ("Toàn tỉnh", "households"): ("317.152", "316128"),
}
RATES = frozenset(key for key in PROVINCE if "rate" in key)


def add_district(work: WriteUnit, province: UUID, district: PrintedRow, at: int) -> None:
    """A district with one commune of one village, which holds what is printed of it."""
    unit = areas.add_area(
        work,
        Level.DISTRICT,
        name=district.name,
        kind="huyen",
        parent=province,
        position=at,
        valid_from=FIRST,
    )
    commune = areas.add_area(
        work, Level.COMMUNE, name=f"Xã của {district.name}", kind="xa", parent=unit,
        area_type="rural", valid_from=FIRST,
    )  # fmt: skip
    village = areas.add_area(
        work, Level.VILLAGE, name="Thôn 1", kind="thon", parent=commune, valid_from=FIRST
    )
    before = district.count("households_before")
    work.insert(Kind.POPULATION, area=village, year=YEAR - 1, households=before)
    work.insert(
        Kind.VILLAGE_TARGET,
        area=village,
        year=YEAR,
        poor_decrease=district.count("poor_decrease"),
        expected_households=district.count("households"),
    )
    closed = date(YEAR - 1, 12, 31)
    closing = work.insert(
        Kind.ROUND, area=commune, review_year=YEAR - 1, standard=STANDARD, kind="periodic",
        reference_day=closed, closed_on=closed,
    )  # fmt: skip
    poor, persons = district.count("poor"), district.count("poor_persons")
    homes = work.insert_many(Kind.HOUSEHOLD, [{} for _ in range(poor)])
    work.insert_many(
        Kind.RESULT,
        [
            {
                "round": closing,
                "household": home,
                "standard": STANDARD,
                "review_year": YEAR - 1,
                "recognised": True,
                "village": village,
                "household_class": "poor",
                "average_living": False,
                "persons": persons // poor + (at < persons % poor),
                "social_protection": at < district.count("protected"),
                "edition_from": 1,
            }
            for at, home in enumerate(homes)
        ],
    )


@pytest.fixture(scope="module")
def doc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReportDoc]:
    with empty_database(tmp_path_factory.mktemp("province") / "tinh.db") as database:
        yield province_table(database, make_context())


def province_table(database: Database, context: Context) -> ReportDoc:
    *districts, _ = read(PRINTED, PROVINCE)
    with write_unit(database, context, Op.NEW_COMMUNE) as work:
        province = areas.add_area(
            work, Level.PROVINCE, name="Thừa Thiên Huế", kind="tinh", valid_from=FIRST
        )
        for at, district in enumerate(districts, 1):
            add_district(work, province, district, at)
    plan = versions.begin(database, context, province, YEAR).value
    versions.issue(database, context, plan, date(YEAR, 4, 2))
    definitions = shipped_definitions(paths.resources() / "definitions")
    return make(database, definitions, "TINH", year=YEAR, unit=province, standard=STANDARD)


def test_the_table_is_the_printed_one_but_for_its_misprints(doc: ReportDoc) -> None:
    (table,) = doc.tables
    districts = read(PRINTED, PROVINCE)
    assert [table.row_name(row) for row in table.rows] == [one.name for one in districts]
    keys = [column.key for column in table.value_leaves]
    assert tuple(keys) == PROVINCE
    different = {}
    for row, district in zip(table.rows, districts, strict=True):
        for key, cell in zip(keys, row.cells, strict=True):
            said = district.cells[key]
            wanted = Decimal(said.replace(",", ".")) if key in RATES else district.count(key)
            if cell.value != wanted:
                different[district.name, key] = (said, str(cell.value))
    assert different == MISPRINTED
