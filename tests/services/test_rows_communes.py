"""Tables on the geography of an earlier day, and of several communes of a province."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.reports import make
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, Register
from tests.harness.report_rows import (
    BEFORE,
    DAY,
    LAST,
    POOR,
    Province,
    add_village,
    close,
    counts,
    move,
    poor_in,
    reviewed,
    split_a,
    succeed,
)
from tests.harness.tables import (
    TOTAL,
    UNPLACED,
    cells,
    column,
    explained,
    paper,
)


def test_later_numbers_on_an_earlier_geography(register: Register) -> None:
    """The villages of June with the table of the running year, whose end lies after a merger."""
    stayed = poor_in(register, "A", 2)
    poor_in(register, "B", 1)
    add_village(register, "D")
    succeed(register, "AB", "D")
    late = register.household("Đến sau", village="D", day=date(2026, 8, 1))
    register.give_class(late.uid, "poor", valid_from=date(2026, 8, 1))
    assert counts(register) == {"Thôn D": 4, TOTAL: 4}
    earlier = counts(register, geography=date(2026, 6, 1))
    assert earlier == {"Thôn A": 2, "Thôn B": 1, UNPLACED: 1, TOTAL: 4}
    move(register, stayed[0], "C", date(2026, 9, 1))
    assert counts(register, geography=date(2026, 6, 1))["Thôn C"] == 1


def test_a_split_seen_from_before_it_is_whole_again(register: Register) -> None:
    first, _, _ = poor_in(register, "A", 3)
    split_a(register)
    move(register, first, "D", DAY)
    late = register.household("Đến sau", village="E", day=date(2026, 8, 1))
    register.give_class(late.uid, "poor", valid_from=date(2026, 8, 1))
    assert counts(register, geography=BEFORE) == {"Thôn A": 4, TOTAL: 4}


def test_rows_are_communes_for_a_province_and_villages_for_a_commune(province: Province) -> None:
    reg = province.reg
    doc = paper(reg.database, year=2025)
    assert explained(reg.database, doc, noughts=True) == 4 * 6
    assert column(doc, POOR) == {"Sơn Tây": 1, "Xã X": 3, "Xã Y": 3, TOTAL: 7}
    doc = paper(reg.database, year=2025, unit=province.communes["X"])
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Thôn 1": 2, "Thôn 2": 1, TOTAL: 3}


def test_the_headings_follow_the_level_of_the_rows(province: Province) -> None:
    reg = province.reg
    for unit, heading, title in (
        (None, "Xã, phường", "CÁC XÃ, PHƯỜNG"),
        (reg.commune, "Thôn, tổ dân phố", "CÁC THÔN"),
        (reg.villages["A"], "Thôn, tổ dân phố", "CÁC THÔN"),
    ):
        (table,) = paper(reg.database, year=2025, unit=unit).tables
        assert table.labels[1].label == heading
        for code in ("THON", "THON-TH"):
            assert f"{title} NĂM 2025" in paper(reg.database, code, 2025, unit=unit).title[0]


def test_two_villages_of_one_name_stay_two_in_the_merged_commune(province: Province) -> None:
    reg = province.reg
    new = province.merge()
    for options in ({"year": 2025, "geography": LAST}, {"year": 2026, "code": "THON"}):
        doc = paper(reg.database, unit=new, **options)
        (table,) = doc.tables
        key = "poor_opening" if "code" in options else POOR
        rows = [(table.row_name(row), table.cell(at, key)) for at, row in enumerate(table.rows)]
        assert sorted((name, cell.value) for name, cell in rows) == [
            ("Thôn 1 (Xã X cũ)", 2), ("Thôn 1 (Xã Y cũ)", 3),
            ("Thôn 2 (Xã X cũ)", 1), ("Thôn 2 (Xã Y cũ)", 0), (TOTAL, 6),
        ]  # fmt: skip
        for _, cell in rows:
            assert cell.source is not None
            assert len(make.explain(reg.database, cell.source)) == cell.value
    # The province on both geographies.
    for options, expected in (
        ({}, {"Sơn Tây": 1, "Xã X": 3, "Xã Y": 3, TOTAL: 7}),
        ({"geography": LAST}, {"Sơn Tây": 1, "Xã Z": 6, TOTAL: 7}),
    ):
        doc = paper(reg.database, year=2025, unit=province.province, **options)
        explained(reg.database, doc)
        assert column(doc, POOR) == expected


def test_what_one_commune_cannot_place_does_not_stand_in_another(province: Province) -> None:
    reg = province.reg
    add_village(reg, "D", DAY, province.communes["X"])
    add_village(reg, "E", DAY, province.communes["X"])
    reg.villages["1"] = reg.villages["X1"]
    succeed(reg, "1", "DE", reason="split")
    for code, key in (("BC1", POOR), ("THON", "poor_opening")):
        year, geography = (2025, LAST) if code == "BC1" else (2026, None)
        options = {"code": code, "year": year, "geography": geography}
        mine = paper(reg.database, unit=province.communes["X"], **options)
        other = paper(reg.database, unit=province.communes["Y"], **options)
        whole = paper(reg.database, unit=province.province, **options)
        for doc in (mine, whole):
            explained(reg.database, doc)
        found = {label: value for label, value in column(mine, key).items() if value}
        assert found == {"Thôn 2": 1, UNPLACED: 2, TOTAL: 3}
        assert UNPLACED not in cells(other)
        assert column(other, key)[TOTAL] == 3
        assert column(whole, key) == {"Sơn Tây": 1, "Xã X": 3, "Xã Y": 3, TOTAL: 7}


def test_a_village_split_between_two_communes_stands_between_them(province: Province) -> None:
    reg = province.reg
    add_village(reg, "D", DAY, province.communes["X"])
    add_village(reg, "E", DAY, province.communes["Y"])
    reg.villages["1"] = reg.villages["X1"]
    succeed(reg, "1", "DE", reason="split")
    whole = paper(reg.database, unit=province.province, year=2025, geography=LAST)
    explained(reg.database, whole)
    assert column(whole, POOR) == {
        "Sơn Tây": 1, "Xã X": 1, "Xã Y": 3, UNPLACED: 2, TOTAL: 7,
    }  # fmt: skip
    # What another split leaves open within one commune stands in its row, not between them.
    add_village(reg, "F", DAY, province.communes["Y"])
    add_village(reg, "G", DAY, province.communes["Y"])
    reg.villages["2"] = reg.villages["Y1"]
    succeed(reg, "2", "FG", reason="split")
    again = paper(reg.database, unit=province.province, year=2025, geography=LAST)
    explained(reg.database, again)
    assert column(again, POOR) == column(whole, POOR)


def test_a_village_merged_of_a_recorded_and_an_unrecorded_part_is_unknown(
    province: Province,
) -> None:
    """The half that is known is not the whole."""
    reg = province.reg
    reviewed(reg, "A", "X1", "X2")
    for village in ("A", "X1"):
        poor_in(reg, village, 1, year=2026)
    later = date(2027, 1, 1)
    new = province.merge(later)
    add_village(reg, "D", later, new)
    reg.villages |= {"1": reg.villages["X1"], "2": reg.villages["Y1"]}
    succeed(reg, "12", "D", later)
    doc = paper(reg.database, unit=province.province, geography=later)
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Sơn Tây": 1, "Xã Z": None, TOTAL: None}
    (table,) = paper(reg.database, unit=new, geography=later).tables
    rows = [(table.row_name(row), table.cell(at, POOR).value) for at, row in enumerate(table.rows)]
    assert sorted(rows, key=str) == [
        ("Thôn 2 (Xã X cũ)", 0), ("Thôn 2 (Xã Y cũ)", None), ("Thôn D", None), (TOTAL, None),
    ]  # fmt: skip


def test_a_commune_that_recorded_nothing_prints_no_nought(province: Province) -> None:
    """Nor does the province count the others as if they were all."""
    reg = province.reg
    reviewed(reg, "A")
    poor_in(reg, "A", 1, year=2026)
    doc = paper(reg.database, year=2026)
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Sơn Tây": 1, "Xã X": None, "Xã Y": None, TOTAL: None}
    close(reg, 2026)  # closed by the first commune only
    assert column(paper(reg.database), POOR) == {
        "Sơn Tây": 1, "Xã X": None, "Xã Y": None, TOTAL: None,
    }  # fmt: skip


def test_the_district_that_ended_on_30_6_2025(register: Register) -> None:
    """Its table of 2024 stays; afterwards it has nothing to print, and no nought."""
    reg = register
    tree = areas.tree(reg.database, FIRST_DAY)
    (top,) = (area.uid for area in tree.of_level(Level.PROVINCE))
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        district = areas.add_area(
            work, Level.DISTRICT, name="Huyện", kind="huyen", parent=top, valid_from=FIRST_DAY
        )
        areas.change_area_in(work, reg.commune, FIRST_DAY, parent=district)
        areas.change_area_in(work, reg.commune, date(2025, 7, 1), parent=top)
    poor_in(reg, "A", 2, year=2025)
    doc = paper(reg.database, year=2025, unit=district, as_of=date(2025, 6, 30))
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Sơn Tây": 2, TOTAL: 2}
    after = paper(reg.database, year=2025, unit=district)
    assert set(column(after, POOR).values()) == {None}
    assert counts(reg, year=2025, unit=top) == {"Sơn Tây": 2, TOTAL: 2}


def test_a_commune_without_villages_prints_no_nought(province: Province) -> None:
    reg = province.reg
    with write_unit(reg.database, reg.context, Op.SAVE_UNIT) as work:
        areas.add_area(
            work,
            Level.COMMUNE,
            name="Xã trống",
            kind="xa",
            parent=province.province,
            valid_from=FIRST_DAY,
        )
    found = column(paper(reg.database, year=2025), POOR)
    assert (found["Xã trống"], found[TOTAL]) == (None, 7)
