"""The province table of Thừa Thiên Huế 2021 as printed, from registers of its districts."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import load_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.make import make
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage.engine import Database
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
KEYS = (
    "households_before", "poor", "poor_persons", "poor_rate", "protected", "protected_rate",
    "policy", "policy_rate", "households", "poor_decrease", "poor_left", "poor_left_rate",
    "poor_rate_decrease",
)  # fmt: skip
RATES = frozenset(key for key in KEYS if "rate" in key)


@dataclass(frozen=True)
class District:
    name: str
    values: dict[str, str]

    def count(self, key: str) -> int:
        return int(self.values[key].replace(".", ""))


def printed() -> list[District]:
    with PRINTED.open(encoding="utf-8") as file:
        _, *rows = csv.reader(file)
    return [District(row[1], dict(zip(KEYS, row[2:], strict=True))) for row in rows]


def add_district(work: WriteUnit, province: UUID, district: District, at: int) -> None:
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
    for year, key in ((YEAR - 1, "households_before"), (YEAR, "households")):
        work.insert(Kind.POPULATION, area=village, year=year, households=district.count(key))
    work.insert(
        Kind.VILLAGE_TARGET, area=village, year=YEAR, poor_decrease=district.count("poor_decrease")
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
    *districts, _ = printed()
    with write_unit(database, context, Op.NEW_COMMUNE) as work:
        province = areas.add_area(
            work, Level.PROVINCE, name="Thừa Thiên Huế", kind="tinh", valid_from=FIRST
        )
        for at, district in enumerate(districts, 1):
            add_district(work, province, district, at)
    definitions = load_definitions(paths.resources() / "definitions")
    return make(database, definitions, "TINH", year=YEAR, unit=province, standard=STANDARD)


def test_the_table_is_the_printed_one_but_for_its_misprints(doc: ReportDoc) -> None:
    (table,) = doc.tables
    assert [table.row_name(row) for row in table.rows] == [district.name for district in printed()]
    keys = [column.key for column in table.value_leaves]
    assert tuple(keys) == KEYS
    different = {}
    for row, district in zip(table.rows, printed(), strict=True):
        for key, cell in zip(keys, row.cells, strict=True):
            said = district.values[key]
            wanted = Decimal(said.replace(",", ".")) if key in RATES else district.count(key)
            if cell.value != wanted:
                different[district.name, key] = (said, str(cell.value))
    assert different == MISPRINTED
