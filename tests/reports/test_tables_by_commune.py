"""BC4–BC13 of a unit above the communes: a row for each commune, the villages inside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.services import classes
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.report_rows import Province
from tests.harness.tables import TOTAL, definitions, paper

DAY = date(2026, 12, 31)


@pytest.fixture
def reg(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "tinh.db") as database:
        reg = make_register(database, "A")
        family(reg, "A", "not_poor")  # a commune that recorded nothing would leave no total
        yield reg


def family(reg: Register, village: str, name: str, *names: str, **values: object) -> None:
    home = reg.household("Chủ", *names, village=village, **values)
    reg.give_class(home.uid, name, year=2026)


def rows(
    reg: Register, code: str, province: Province, **options: object
) -> dict[str, list[object]]:
    doc = paper(reg.database, code, unit=province.province, **options)
    (table,) = doc.tables
    assert table.labels[1].label == "Xã, phường"
    return {
        f"{table.row_name(row)} {row.kind}".strip(): [cell.value for cell in row.cells]
        for row in table.rows
    }


def test_each_commune_has_its_row(reg: Register) -> None:
    province = Province(reg)
    family(reg, "X1", "poor", "Bé", no_labour_capacity="yes", causes=("land",))
    family(reg, "X2", "poor", minority="yes", merit_household="yes", causes=("land", "capital"))
    family(reg, "Y1", "near_poor", causes=("other",))
    for as_of in (DAY, None):
        if as_of is None:
            for commune in (*province.communes.values(), reg.commune):
                close(reg, commune)
        groups = rows(reg, "BC8", province, as_of=as_of)
        assert groups["Xã X ho"] == [2, 1, 1, 1, 0, 0, 0, 0, 0, 0]
        assert groups["Xã X khau"] == [3, 1, 2, 1, 0, 0, 0, 0, 0, 0]
        assert groups["Xã Y ho"] == [0, 0, 0, 0, 0, 1, 0, 0, 0, 1]
        assert groups[f"{TOTAL} khau"] == [3, 1, 2, 1, 0, 1, 0, 0, 0, 1]
        causes = rows(reg, "BC10", province, as_of=as_of)
        assert causes["Xã X"] == [2, 1, 0, 0, 0, 0, 0, 0]
        assert causes[TOTAL] == [2, 1, 0, 0, 0, 0, 0, 1]
        assert groups["Sơn Tây ho"] == [0] * 10


def test_a_commune_that_did_not_close_is_counted_live_beside_one_that_did(reg: Register) -> None:
    province = Province(reg)
    family(reg, "X1", "poor", "Bé", causes=("land",))
    family(reg, "Y1", "poor", causes=("land",))
    close(reg, province.communes["X"])
    causes = rows(reg, "BC10", province)
    assert [causes[name][0] for name in ("Xã X", "Xã Y", TOTAL)] == [1, 1, 2]
    ethnic = rows(reg, "BC9", province)
    assert [ethnic[name][:3] for name in ("Xã X", "Xã Y")] == [[1, 1, 0], [1, 1, 0]]
    children = rows(reg, "BC11", province)
    assert [children[name][0] for name in ("Xã X", "Xã Y", TOTAL)] == [0, 0, 0]


def close(reg: Register, commune: object) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=2026,
        standard=STANDARD,
        definition="f" * 64,
        commune=commune,
        ages=child_ages(definitions().standards.get(STANDARD)),
    )
