"""A year that is not closed: what its official tables may say before everybody was reviewed."""

from __future__ import annotations

import json
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.cli.rollup import rollup_lines, rollup_notes, rollup_rows
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.reports.as_json import render_json
from giamngheo_desktop.services import areas, classes, events, household_entry, rollups, successions
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.overview import overview
from tests.harness.register import STANDARD, Register
from tests.harness.tables import (
    TOTAL,
    UNPLACED,
    cells,
    column,
    definitions,
    explained,
    insert,
    insert_class,
    paper,
)

POOR, NEAR = "poor_households", "near_poor_households"
MARCH = date(2026, 3, 20)
JULY = date(2026, 7, 1)


def recognise(reg: Register, home: UUID, name: str, day: date = MARCH, **values: Any) -> None:
    reg.give_class(home, name, **{"year": 2026, "valid_from": day, "source": "decision", **values})


@pytest.fixture
def listed(register: Register) -> list[UUID]:
    """The list of 2025: A has 3 poor and 1 near-poor, B 2 poor and 2 near-poor, C nobody."""
    reg = register
    plan = ("poor", "poor", "poor", "near_poor", "near_poor", "poor", "near_poor", "poor")
    homes = []
    for number, name in enumerate(plan):
        home = reg.household(f"Hộ {number}", "Vợ", village="A" if number < 4 else "B").uid
        reg.give_class(home, name, year=2025, valid_from=date(2025, 12, 20))
        homes.append(home)
    reg.household("Không nghèo", village="C")
    numbers = {"households": 100, "persons": 400}
    areas.save_population(
        reg.database, reg.context, 2026, dict.fromkeys(reg.villages.values(), numbers)
    )
    return homes


def test_one_case_of_the_year_makes_no_noughts(register: Register, listed: list[UUID]) -> None:
    recognise(register, listed[6], "poor")
    doc = paper(register.database)
    explained(register.database, doc)
    assert column(doc, POOR) == {"Thôn A": None, "Thôn B": None, "Thôn C": 0, TOTAL: None}
    assert cells(doc)["Thôn A"]["poor_household_rate"].value is None
    assert cells(doc)[TOTAL]["near_poor_person_rate"].value is None
    assert column(doc, "households")[TOTAL] == 300
    (note,) = (note for note in doc.notes if "chưa khóa sổ" in note)
    assert "còn 7 hộ" in note
    assert "(Thôn A: 4 hộ; Thôn B: 3 hộ)" in note
    data = json.loads(render_json(doc))
    assert note in data["notes"]
    assert [row["values"][POOR] for row in data["rows"]] == [None, None, 0, None]


def test_the_village_table_says_that_the_year_is_open(
    register: Register, listed: list[UUID]
) -> None:
    recognise(register, listed[6], "poor")
    doc = paper(register.database, "THON-TH")
    explained(register.database, doc)
    assert column(doc, "poor_opening") == {"Thôn A": 3, "Thôn B": 2, "Thôn C": 0, TOTAL: 5}
    for key in ("poor_closing", "poor_decrease", "near_poor_closing", "near_poor_decrease"):
        assert column(doc, key)["Thôn A"] is column(doc, key)[TOTAL] is None
    assert any("Năm 2026 chưa khóa sổ, còn 7 hộ" in note for note in doc.notes)
    for home in listed:
        recognise(register, home, "near_poor", date(2026, 12, 10))
    whole = paper(register.database, "THON-TH")
    assert column(whole, "poor_closing")[TOTAL] == 0
    assert column(whole, "near_poor_closing")[TOTAL] == 8
    assert any(note.startswith("Năm 2026 chưa khóa sổ:") for note in whole.notes)


def test_a_village_is_known_when_its_last_household_is_reviewed(
    register: Register, listed: list[UUID]
) -> None:
    for home in listed[:3]:
        recognise(register, home, "poor", date(2026, 11, 2))
    assert column(paper(register.database), POOR)["Thôn A"] is None
    recognise(register, listed[3], "not_poor", date(2026, 11, 2))
    doc = paper(register.database)
    explained(register.database, doc, noughts=True)
    assert column(doc, POOR) == {"Thôn A": 3, "Thôn B": None, "Thôn C": 0, TOTAL: None}
    assert any("(Thôn B: 4 hộ)" in note for note in doc.notes)
    assert doc.extra["waiting"] == "4"
    for home in listed[4:]:
        recognise(register, home, "not_poor", date(2026, 11, 2))
    doc = paper(register.database)
    explained(register.database, doc, noughts=True)
    assert column(doc, POOR)[TOTAL] == 3
    assert not any("chưa có kết quả" in note for note in doc.notes)
    assert "waiting" not in doc.extra


def test_on_a_day_the_classes_in_force_count_as_before(
    register: Register, listed: list[UUID]
) -> None:
    recognise(register, listed[6], "poor")
    doc = paper(register.database, as_of=date(2026, 3, 25))
    explained(register.database, doc)
    assert column(doc, POOR) == {"Thôn A": 3, "Thôn B": 3, "Thôn C": 0, TOTAL: 6}
    assert "đang được công nhận vào ngày 25/03/2026" in doc.subtitle[0]
    assert not any("chưa khóa sổ" in note for note in doc.notes)


def test_the_overview_shows_what_its_table_shows(register: Register, listed: list[UUID]) -> None:
    recognise(register, listed[6], "poor")
    for day, expected in ((date(2026, 3, 25), 6), (date(2026, 12, 31), None)):
        found = overview(
            register.database, definitions(), year=2026, commune=register.commune, day=day
        )
        doc = paper(register.database, as_of=found.as_of)
        assert found.total.poor_households == column(doc, POOR)[TOTAL] == expected
    assert [past.year for past in found.history] == [2025]  # half a year is no bar


def test_a_rollup_follows_the_same_rule(register: Register, listed: list[UUID]) -> None:
    recognise(register, listed[6], "poor")
    found = rollups.rollup(register.database, year=2026, standard=STANDARD)
    assert found.bounds(register.villages["C"], POOR) == (0, 0)
    for unit in (register.villages["A"], register.villages["B"], register.commune):
        assert found.bounds(unit, POOR) is None
    assert {row[POOR] for row in rollup_rows(found) if row["level"] != "village"} == {None}
    assert "Sơn Tây\t–\t–\t–\t–" in list(rollup_lines(found))
    (note,) = rollup_notes(found, 2026)
    assert "còn 7 hộ" in note
    assert "Thôn A: 4 hộ; Thôn B: 3 hộ" in note
    assert "còn 4 hộ" in rollup_notes(found, 2026, register.villages["A"])[0]
    dated = rollups.rollup(register.database, year=2026, standard=STANDARD, as_of=MARCH)
    assert dated.bounds(register.commune, POOR) == (6, 6)
    assert rollup_notes(dated, 2026) == []


def test_who_left_or_was_merged_needs_no_result(register: Register, listed: list[UUID]) -> None:
    reg = register
    args = (reg.database, reg.context)
    for home in listed[:2]:
        recognise(reg, home, "poor", date(2026, 11, 2))
    events.move_out(*args, household=listed[2], day=date(2026, 5, 2))
    assert column(paper(reg.database), POOR)["Thôn A"] is None
    events.merge(*args, source=listed[3], target=listed[0], day=date(2026, 6, 2))
    doc = paper(reg.database)
    explained(reg.database, doc)
    assert column(doc, POOR)["Thôn A"] == 2


def test_an_arrival_with_a_class_of_last_year_waits_too(register: Register) -> None:
    """Its class holds, so somebody must review it; a household without one asks for nothing."""
    reg = register
    known = reg.household("Cũ", village="A").uid
    recognise(reg, known, "poor")
    home = Household(
        uid=reg.context.new_id(),
        village=reg.villages["B"],
        members=(reg.member("Mới", is_head=True, relation="head"),),
    )
    entry = ClassEntry(
        household=home.uid,
        standard=STANDARD,
        review_year=2025,
        household_class="near_poor",
        source="decision",
        valid_from=date(2026, 4, 10),
        decision_number="77/QĐ",
        decision_on=date(2025, 12, 18),
    )
    household_entry.save(
        reg.database,
        reg.context,
        home,
        base=None,
        shown_on=date(2026, 4, 10),
        since=date(2026, 4, 10),
        commune=reg.commune,
        arrives=True,
        change=household_entry.ClassChange(entry=entry),
    )
    reg.household("Chưa xét", village="C", day=date(2026, 2, 1))
    assert column(paper(reg.database), POOR) == {
        "Thôn A": 1, "Thôn B": None, "Thôn C": 0, TOTAL: None,
    }  # fmt: skip


def test_the_second_year_of_use(register: Register, listed: list[UUID]) -> None:
    """Closed, a year is known: whoever was forgotten keeps the class that still holds."""
    reg = register
    for home in listed[:3]:
        recognise(reg, home, "near_poor", date(2026, 12, 10))
    close(reg, 2026)
    doc = paper(reg.database)
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Thôn A": 0, "Thôn B": 2, "Thôn C": 0, TOTAL: 2}
    assert column(doc, NEAR) == {"Thôn A": 4, "Thôn B": 2, "Thôn C": 0, TOTAL: 6}
    assert not any("chưa khóa sổ" in note for note in doc.notes)
    (note,) = (note for note in doc.notes if "chưa có kết quả" in note)
    assert "khóa sổ khi còn 5 hộ" in note
    assert note.endswith("giữ diện năm trước (Thôn A: 1 hộ; Thôn B: 4 hộ).")
    insert_class(reg, listed[0], "poor", review_year=2025, valid_from=date(2025, 12, 20))
    assert column(paper(reg.database), POOR)[TOTAL] == 2  # frozen
    classes.reopen_year(reg.database, reg.context, year=2026, standard=STANDARD, reason="sót")
    assert column(paper(reg.database), POOR)[TOTAL] is None


def close(reg: Register, year: int) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=year,
        standard=STANDARD,
        definition="f" * 64,
        commune=reg.commune,
    )


def test_an_opening_of_an_open_year_is_known_no_sooner(
    register: Register, listed: list[UUID]
) -> None:
    """Đầu năm is what was recognised at the end of the year before, of which one is missing."""
    late = register.household("Sót", village="B").uid
    register.give_class(late, "poor", year=2024, valid_from=date(2025, 1, 2))
    doc = paper(register.database, "THON")
    assert column(doc, "poor_opening") == {"Thôn A": 3, "Thôn B": None, "Thôn C": 0, TOTAL: None}
    assert any("Năm 2025 chưa khóa sổ, còn 1 hộ" in note for note in doc.notes)
    close(register, 2025)
    doc = paper(register.database, "THON")
    explained(register.database, doc)
    assert column(doc, "poor_opening")[TOTAL] == 6  # the forgotten one keeps its class


def test_villages_merged_and_split_in_the_year(register: Register, listed: list[UUID]) -> None:
    reg = register
    args = (reg.database, reg.context)
    for home in listed[:4]:
        recognise(reg, home, "poor", date(2026, 11, 2))
    new = areas.add_village(*args, reg.commune, NewVillage(name="Thôn D"), JULY).value
    successions.record_succession(
        *args,
        olds=[reg.villages["A"], reg.villages["C"]],
        news=[new],
        reason="merged",
        effective_on=JULY,
    )
    doc = paper(reg.database)
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Thôn B": None, "Thôn D": 4, TOTAL: None}
    before = paper(reg.database, geography=date(2026, 6, 30))
    assert column(before, POOR) == {"Thôn A": 4, "Thôn B": None, "Thôn C": 0, TOTAL: None}
    parts = [
        areas.add_village(*args, reg.commune, NewVillage(name=f"Thôn {name}"), JULY).value
        for name in "EF"
    ]
    successions.record_succession(
        *args, olds=[reg.villages["B"]], news=parts, reason="split", effective_on=JULY
    )
    doc = paper(reg.database)
    explained(reg.database, doc)
    assert column(doc, POOR) == {
        "Thôn D": 4, "Thôn E": 0, "Thôn F": 0, UNPLACED: None, TOTAL: None,
    }  # fmt: skip
    assert any(f"({UNPLACED}: 4 hộ)" in note for note in doc.notes)
    found = rollups.rollup(reg.database, year=2026, standard=STANDARD)
    assert found.bounds(reg.commune, POOR) is None
    assert f"{UNPLACED}: 4 hộ" in rollup_notes(found, 2026)[0]


def under(reg: Register, home: UUID, standard: str, name: str, year: int, day: date) -> None:
    entry = ClassEntry(
        household=home,
        standard=standard,
        review_year=year,
        household_class=name,
        source="decision",
        valid_from=day,
    )
    classes.record(reg.database, reg.context, entry, commune=reg.commune)


def test_the_first_year_of_a_new_standard_begins_with_the_list_of_the_old_one(
    register: Register, listed: list[UUID]
) -> None:
    reg = register
    for home in listed:
        recognise(reg, home, "poor", date(2026, 12, 10))
    close(reg, 2026)
    under(reg, listed[0], "2027", "poor", 2027, date(2027, 3, 1))
    doc = paper(reg.database, year=2027)
    assert column(doc, POOR)[TOTAL] is None
    assert any("còn 7 hộ" in note for note in doc.notes)
    rolled = rollups.rollup(reg.database, year=2027, standard="2027", before={2027: "2022"})
    assert rolled.bounds(reg.commune, POOR) is None
    # Reclassified at the end of 2026 as not poor under the new one: on no list of 2027.
    for home in listed[1:]:
        under(reg, home, "2027", "not_poor", 2026, date(2026, 12, 20))
    doc = paper(reg.database, year=2027)
    explained(reg.database, doc)
    assert column(doc, POOR)[TOTAL] == 1


def test_a_year_whose_list_another_standard_made_has_no_movement_closed_or_not(
    register: Register, listed: list[UUID]
) -> None:
    reg = register
    for home in listed:
        recognise(reg, home, "poor", date(2026, 12, 10))
    close(reg, 2026)
    for home in listed:
        under(reg, home, "2027", "poor", 2027, date(2027, 12, 10))
    assert column(paper(reg.database, year=2027), POOR)[TOTAL] == len(listed)
    for closed in (False, True):
        doc = paper(reg.database, "BC2", 2027)
        (table,) = doc.tables
        assert {cell.value for row in table.rows for cell in row.cells} == {None}
        assert "không so sánh được" in " ".join(doc.notes)
        if not closed:
            classes.close_year(
                reg.database, reg.context, year=2027, standard="2027", definition="f",
                commune=reg.commune,
            )  # fmt: skip


def test_a_standard_beside_the_national_one_has_its_own_list(
    register: Register, listed: list[UUID]
) -> None:
    reg = register
    under(reg, listed[0], "2027", "poor", 2026, date(2026, 12, 10))
    doc = paper(reg.database, standard="2027")
    explained(reg.database, doc)
    assert column(doc, POOR) == {"Thôn A": 1, "Thôn B": 0, "Thôn C": 0, TOTAL: 1}
    under(reg, listed[1], "2027", "poor", 2025, date(2025, 12, 20))
    assert column(paper(reg.database, standard="2027"), POOR)["Thôn A"] is None


def test_average_living_is_listed_and_removed_households_are_not(register: Register) -> None:
    reg = register
    one, two, three = (reg.household(f"Hộ {n}", village="ABC"[n]).uid for n in range(3))
    reg.give_class(one, "not_poor", year=2025, average_living=True)
    reg.give_class(two, "not_poor", year=2025)
    reg.give_class(three, "poor", year=2025)
    recognise(reg, two, "poor")
    removed = reg.household("Nhầm", village="B").uid
    insert(
        reg, Kind.CLASS_RECORD, household=removed, standard=STANDARD, review_year=2025,
        household_class="poor", possible=None, average_living=False, source="opening",
        decision=None, note=None, valid_from=date(2025, 1, 1), valid_to=date(2026, 3, 1),
    )  # fmt: skip
    assert column(paper(reg.database), POOR) == {
        "Thôn A": None, "Thôn B": 1, "Thôn C": None, TOTAL: None,
    }  # fmt: skip


def test_the_year_before_the_first_one_has_no_opening_instead_of_being_open(
    register: Register, listed: list[UUID]
) -> None:
    """Nobody can close a year that the file does not have."""
    doc = paper(register.database, "THON-TH", year=2025)
    assert column(doc, "poor_opening")[TOTAL] is None
    assert not any("Năm 2024 chưa khóa sổ" in note for note in doc.notes)
    no_opening = "Sổ chưa ghi số đầu năm 2025: chưa có hộ nào được công nhận cuối năm 2024."
    assert no_opening in doc.notes
    assert len([note for note in doc.notes if note.startswith("Dấu")]) == 1
    for home in listed:
        register.give_class(home, "poor", year=2024, valid_from=date(2025, 1, 1))
    recorded = paper(register.database, "THON-TH", year=2025)
    assert no_opening not in recorded.notes
    assert not any("Năm 2024 chưa khóa sổ" in note for note in recorded.notes)
