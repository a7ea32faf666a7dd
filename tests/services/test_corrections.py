"""Đính chính: a closed year corrected for one household, edition by edition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.services import areas, checks, classes, events, rollups, undo
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.households import new_household
from giamngheo_desktop.services.movement import corrections, movement_corrections
from giamngheo_desktop.services.movement.corrections import Correction
from giamngheo_desktop.services.movement.movement_corrections import FlowCorrection
from giamngheo_desktop.services.register import HouseholdFilter, households
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, STANDARD, TODAY, Register, dump, living, make_register
from tests.harness.tables import TOTAL, cells, paper

POOR, NEAR, NONE = "poor", "near_poor", "not_poor"


def home(
    reg: Register,
    name: str,
    village: str,
    *years: tuple[int, str],
    persons: int = 2,
    day: date = FIRST_DAY,
) -> UUID:
    others = [f"{name} {number}" for number in range(2, persons + 1)]
    uid = reg.household(name, *others, village=village, day=day).uid
    for year, code in years:
        give(reg, uid, code, year)
    return uid


def give(reg: Register, uid: UUID, code: str, year: int) -> None:
    paper = {"decision_number": f"{year}/QĐ", "decision_on": date(year, 12, 15)}
    reg.give_class(uid, code, year=year, valid_from=date(year, 12, 1), source="decision", **paper)


def close(reg: Register, year: int, commune: UUID | None = None) -> None:
    classes.close_year(
        reg.database,
        reg.context,
        year=year,
        standard=STANDARD,
        definition="0" * 64,
        commune=commune or reg.commune,
    )


def correct(reg: Register, uid: UUID, code: str | None, year: int = 2025, **values: Any) -> UUID:
    wanted = Correction(
        household=uid,
        standard=STANDARD,
        year=year,
        household_class=code,
        **{"reason": "Cộng nhầm điểm B1", **values},
    )
    done = corrections.correct(reg.database, reg.context, wanted, commune=reg.commune)
    return done.value


def poor(reg: Register, year: int = 2025, **options: Any) -> dict[str, Any]:
    found = cells(paper(reg.database, "BC1", year, **options))
    return {label: row["poor_households"].value for label, row in found.items()}


def movement(reg: Register, code: str = "BC2", year: int = 2026, **options: Any) -> list[Any]:
    """The row Hộ of the total."""
    (table,) = paper(reg.database, code, year, **options).tables
    (row,) = (r for r in table.rows if r.kind == "ho" and table.row_name(r) == TOTAL)
    return [cell.value for cell in row.cells]


def files(doc: ReportDoc) -> list[bytes]:
    return [make.render(doc, form) for form in make.FORMATS]


@pytest.fixture
def closed(register: Register) -> dict[str, UUID]:
    """A year closed with two poor households, a near-poor one, and one never reviewed."""
    found = {
        "Một": home(register, "Một", "A", (2025, POOR)),
        "Hai": home(register, "Hai", "B", (2025, POOR), persons=3),
        "Ba": home(register, "Ba", "B", (2025, NEAR)),
        "Bốn": home(register, "Bốn", "C", persons=4),
    }
    close(register, 2025)
    return found


def test_the_corrected_class_counts_and_the_wrong_one_is_kept(
    register: Register, closed: dict[str, UUID]
) -> None:
    before = classes.of_household(register.database, closed["Hai"])
    correct(register, closed["Hai"], NEAR, document="12/QĐ-UBND", signed_on=date(2026, 2, 3))
    assert poor(register)[TOTAL] == 1
    new, old = classes.of_household(register.database, closed["Hai"])[::-1]
    assert {row["household_class"] for row in (new, old)} == {POOR, NEAR}
    (kept,) = (row for row in (new, old) if row["uid"] == before[0]["uid"])
    (made,) = (row for row in (new, old) if row["uid"] != before[0]["uid"])
    assert kept["valid_to"] < kept["valid_from"] == made["valid_from"]
    assert (made["number"], made["valid_to"]) == ("12/QĐ-UBND", None)
    (told,) = corrections.of_household(register.database, closed["Hai"])
    assert (told.class_before, told.class_after, told.reason) == (POOR, NEAR, "Cộng nhầm điểm B1")
    assert (told.review_year, told.edition, told.made_on) == (2025, 2, TODAY)


def test_frozen_results_end_and_begin_with_editions_and_their_persons(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Hai"], NEAR)
    rows = living(dump(register.database))
    found = [row for row in rows[Kind.RESULT].values() if row["household"] == closed["Hai"]]
    assert sorted(
        (row["edition_from"], row["edition_to"] or 0, row["household_class"], row["persons"])
        for row in found
    ) == [(1, 1, POOR, 3), (2, 0, NEAR, 3)]
    people = rows[Kind.RESULT_PERSON].values()
    one, two = ({tie["person"] for tie in people if tie["result"] == row["uid"]} for row in found)
    assert one == two
    assert len(one) == 3


def test_an_edition_is_printed_as_it_was_and_the_newest_is_the_usual_one(
    register: Register, closed: dict[str, UUID]
) -> None:
    first = paper(register.database, "BC1", 2025)
    as_it_was = files(first)
    assert "lần 1" in first.subtitle[0]
    correct(register, closed["Hai"], NEAR)
    second = paper(register.database, "BC1", 2025)
    then = files(second)
    assert "lần 2" in second.subtitle[0]
    correct(register, closed["Một"], NONE)
    assert files(paper(register.database, "BC1", 2025, edition=1)) == as_it_was
    assert files(paper(register.database, "BC1", 2025, edition=2)) == then
    assert files(paper(register.database, "BC1", 2025)) == files(
        paper(register.database, "BC1", 2025, edition=3)
    )
    assert [poor(register, edition=number)[TOTAL] for number in (1, 2, 3)] == [2, 1, 0]
    with pytest.raises(AppError) as caught:
        paper(register.database, "BC1", 2025, edition=4)
    assert caught.value.params == {"number": 4, "year": 2025, "count": 3}


def test_names_behind_a_number_are_those_of_its_edition(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Hai"], NEAR)
    for number, expected in ((1, {closed["Một"], closed["Hai"]}), (2, {closed["Một"]})):
        row = cells(paper(register.database, "BC1", 2025, edition=number))[TOTAL]
        source = row["poor_households"].source
        assert set(make.explain(register.database, source)) == expected
        people = row["poor_persons"]
        assert len(make.explain(register.database, people.source)) == people.value


def test_who_does_not_belong_on_the_list_and_who_was_missing(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Một"], None)
    assert poor(register) == {"Thôn A": 0, "Thôn B": 1, "Thôn C": 0, TOTAL: 1}
    (record,) = classes.of_household(register.database, closed["Một"])
    assert record["valid_to"] < record["valid_from"]
    correct(register, closed["Bốn"], POOR, average_living=False)
    assert poor(register) == {"Thôn A": 0, "Thôn B": 1, "Thôn C": 1, TOTAL: 2}
    row = cells(paper(register.database, "BC1", 2025))["Thôn C"]
    assert row["poor_persons"].value == 4
    assert len(make.explain(register.database, row["poor_persons"].source)) == 4
    assert poor(register, edition=1)[TOTAL] == 2
    assert not list(checks.stored_contradictions(register.database, TODAY))


def test_average_living_is_corrected_alike(register: Register, closed: dict[str, UUID]) -> None:
    correct(register, closed["Ba"], NONE, average_living=True)
    row = cells(paper(register.database, "BC1", 2025))[TOTAL]
    assert (row["near_poor_households"].value, row["average_living_households"].value) == (0, 1)


def test_the_next_year_starts_from_the_corrected_state(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Hai"], NEAR)
    for name, code in (("Một", POOR), ("Hai", POOR), ("Ba", NEAR)):
        give(register, closed[name], code, 2026)
    assert movement(register) == [1, 0, 0, 0, 1, 0, 0, 0, 2]
    shown = HouseholdFilter(day=TODAY, standard=STANDARD, year=2025)
    listed = {row.uid: row.household_class for row in households(register.database, shown)}
    assert listed[closed["Hai"]] == NEAR
    found = rollups.rollup(register.database, year=2025, standard=STANDARD)
    assert found.count(register.commune, "poor_households") == 1


def test_a_class_recognised_by_mistake_makes_no_tai_ngheo(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Hai"], NONE)
    for name, code in (("Một", POOR), ("Hai", POOR), ("Ba", NEAR)):
        give(register, closed[name], code, 2026)
    new = list(Flow).index(Flow.NEW)
    assert movement(register)[new] == 1


def test_a_correction_of_an_earlier_year_begins_an_edition_of_the_movement(
    register: Register, closed: dict[str, UUID]
) -> None:
    """What a table reads of earlier years is corrected too: it is another table from then on."""
    for name, code in (("Một", POOR), ("Hai", POOR), ("Ba", NEAR)):
        give(register, closed[name], code, 2026)
    close(register, 2026)
    old, simple = (files(paper(register.database, code, 2026)) for code in ("BC2", "BC1"))
    was = movement(register)
    correct(register, closed["Hai"], NEAR, 2025)
    assert movement(register) != was
    assert files(paper(register.database, "BC2", 2026, edition=1)) == old
    assert "lần 2" in paper(register.database, "BC2", 2026).subtitle[0]
    assert files(paper(register.database, "BC1", 2026)) == simple  # reads no other year


def test_the_history_of_an_edition_is_what_was_known_then(database: Database) -> None:
    """Tái nghèo of a closed year stays, where the class long ago was corrected since."""
    day = date(2024, 1, 1)
    register = make_register(database, first_day=day)
    uid = home(register, "Một", "A", (2024, POOR), (2025, NONE), day=day)
    home(register, "Hai", "A", (2024, NEAR), (2025, NEAR), (2026, NEAR), day=day)
    for year in (2024, 2025):
        close(register, year)
    give(register, uid, POOR, 2026)
    close(register, 2026)
    again, new = (list(Flow).index(flow) for flow in (Flow.AGAIN, Flow.NEW))
    first = files(paper(register.database, "BC2", 2026))
    assert (movement(register)[again], movement(register)[new]) == (1, 0)
    correct(register, uid, NONE, 2024)
    assert (movement(register)[again], movement(register)[new]) == (0, 1)
    assert files(paper(register.database, "BC2", 2026, edition=1)) == first


def test_a_year_closed_after_a_correction_is_its_own_first_edition(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Hai"], NEAR)
    for name, code in (("Một", POOR), ("Hai", POOR), ("Ba", NEAR)):
        give(register, closed[name], code, 2026)
    close(register, 2026)
    for code in ("BC1", "BC2"):
        assert "lần 1" in paper(register.database, code, 2026).subtitle[0]
    correct(register, closed["Ba"], NONE, 2026)
    assert "lần 2" in paper(register.database, "BC2", 2026).subtitle[0]
    assert movement(register, "BC3", edition=1)[-1] == 1
    assert movement(register, "BC3")[-1] == 0


def test_the_table_of_another_village_or_commune_stays_the_first_edition(
    register: Register, closed: dict[str, UUID]
) -> None:
    other = register.second_commune("Hương Sơn", "X")
    home(register, "Năm", "X", (2025, POOR))
    close(register, 2025, other)
    correct(register, closed["Hai"], NEAR)
    options = {"A": 1, "B": 2}
    for village, number in options.items():
        doc = paper(register.database, "BC1", 2025, unit=register.villages[village])
        assert f"lần {number}" in doc.subtitle[0]
    assert "lần 1" in paper(register.database, "BC1", 2025, unit=other).subtitle[0]
    (province,) = areas.tree(register.database, TODAY).of_level(Level.PROVINCE)
    assert "lần 2" in paper(register.database, "BC1", 2025, unit=province.uid).subtitle[0]


def test_nothing_is_corrected_without_reason_or_change_or_closed_year(
    register: Register, closed: dict[str, UUID]
) -> None:
    give(register, closed["Một"], POOR, 2026)
    for code, values in (
        ("reason_missing", {"code": NEAR, "reason": "  "}),
        ("correction_same", {"code": POOR}),
        ("correction_year_open", {"code": NEAR, "year": 2026}),
    ):
        with pytest.raises(RefusedError) as caught:
            correct(register, closed["Một"], values.pop("code"), **values)
        assert caught.value.code == code
    with pytest.raises(RefusedError) as caught:
        correct(register, closed["Bốn"], None)
    assert caught.value.code == "correction_same"
    late = home_since(register, date(2026, 3, 1))
    with pytest.raises(RefusedError) as caught:
        correct(register, late, POOR)
    assert caught.value.code == "household_not_here_then"


def home_since(reg: Register, day: date) -> UUID:
    return reg.household("Sau", village="A", day=day).uid


def test_undo_restores_everything(register: Register, closed: dict[str, UUID]) -> None:
    as_it_was = files(paper(register.database, "BC1", 2025))
    for uid, code in ((closed["Hai"], NEAR), (closed["Một"], None), (closed["Bốn"], POOR)):
        before = living(dump(register.database))
        correct(register, uid, code)
        step = undo.next_step(register.database)
        assert step is not None
        undo.undo(register.database, register.context, step.group)
        assert living(dump(register.database)) == before
    assert files(paper(register.database, "BC1", 2025)) == as_it_was


def test_an_edition_taken_back_is_not_given_again(
    register: Register, closed: dict[str, UUID]
) -> None:
    correct(register, closed["Hai"], NEAR)
    step = undo.next_step(register.database)
    undo.undo(register.database, register.context, step.group)
    correct(register, closed["Một"], NEAR)
    (told,) = corrections.of_year(register.database, 2025, STANDARD)
    assert told.edition == 3
    assert "lần 2" in paper(register.database, "BC1", 2025).subtitle[0]


def test_a_year_closed_again_begins_anew(register: Register, closed: dict[str, UUID]) -> None:
    correct(register, closed["Hai"], NEAR)
    classes.reopen_year(
        register.database, register.context, year=2025, standard=STANDARD, reason="Làm lại"
    )
    assert poor(register)[TOTAL] == 1
    close(register, 2025)
    doc = paper(register.database, "BC1", 2025)
    assert "lần 1" in doc.subtitle[0]
    assert poor(register)[TOTAL] == 1


def test_one_household_corrected_twice(register: Register, closed: dict[str, UUID]) -> None:
    correct(register, closed["Hai"], NEAR)
    correct(register, closed["Hai"], NONE)
    assert [poor(register, edition=number)[TOTAL] for number in (1, 2, 3)] == [2, 1, 1]
    found = [
        cells(paper(register.database, "BC1", 2025, edition=n))[TOTAL]["near_poor_households"].value
        for n in (1, 2, 3)
    ]
    assert found == [1, 2, 1]


def flow(reg: Register, uid: UUID, wanted: Flow, **values: Any) -> None:
    entry = FlowCorrection(
        household=uid,
        standard=STANDARD,
        year=2026,
        table=HouseholdClass.POOR,
        flow=wanted,
        reason="Trước 2022 đã là hộ nghèo theo sổ giấy",
    )
    movement_corrections.correct(reg.database, reg.context, replace(entry, **values))


def test_a_flow_set_by_hand_is_counted_noted_and_explained(
    register: Register, closed: dict[str, UUID]
) -> None:
    for name, code in (("Một", POOR), ("Hai", NONE), ("Ba", NEAR), ("Bốn", POOR)):
        give(register, closed[name], code, 2026)
    assert movement(register) == [2, 0, 1, 0, 0, 0, 1, 0, 2]
    offered = movement_corrections.choices(
        register.database, household=closed["Bốn"], standard=STANDARD, year=2026
    )
    assert offered == {
        HouseholdClass.POOR: (Flow.NEW, frozenset({Flow.AGAIN, Flow.OTHER_INCREASE}))
    }
    flow(register, closed["Bốn"], Flow.AGAIN)
    assert movement(register) == [2, 0, 1, 0, 0, 1, 0, 0, 2]
    doc = paper(register.database, "BC2")
    (note,) = (note for note in doc.notes if "sổ giấy" in note)
    assert "Bốn (Thôn C): tái nghèo thay cho phát sinh mới" in note
    assert not any("sổ giấy" in note for note in paper(register.database, "BC3").notes)
    again = next(c for c in doc.tables[0].rows[-2].cells if ":again:" in c.source.measure)
    assert make.explain(register.database, again.source) == (closed["Bốn"],)
    step = undo.next_step(register.database)
    undo.undo(register.database, register.context, step.group)
    assert movement(register) == [2, 0, 1, 0, 0, 0, 1, 0, 2]


def test_a_flow_is_set_back_to_the_computed_one(
    register: Register, closed: dict[str, UUID]
) -> None:
    for name in closed:
        give(register, closed[name], POOR, 2026)
    flow(register, closed["Bốn"], Flow.AGAIN)
    flow(register, closed["Bốn"], Flow.NEW, reason="Sổ giấy ghi nhầm hộ")
    doc = paper(register.database, "BC2")
    assert not any("Sổ giấy" in note for note in doc.notes)
    assert movement(register)[list(Flow).index(Flow.NEW)] == 1


def test_flows_that_would_break_a_table_are_refused(
    register: Register, closed: dict[str, UUID]
) -> None:
    for name, code in (("Một", POOR), ("Hai", NEAR), ("Ba", POOR), ("Bốn", POOR)):
        give(register, closed[name], code, 2026)
    for name, wanted in (
        ("Một", Flow.AGAIN),  # stays
        ("Hai", Flow.ABOVE),  # crosses into BC3
        ("Ba", Flow.NEW),  # comes from BC3
        ("Bốn", Flow.OTHER_DECREASE),  # enters
    ):
        with pytest.raises(RefusedError) as caught:
            flow(register, closed[name], wanted)
        assert caught.value.code == "flow_not_offered"
    for values, code in (
        ({"reason": " "}, "reason_missing"),
        ({"wanted": Flow.NEW}, "correction_same"),
    ):
        wanted = values.pop("wanted", Flow.AGAIN)
        with pytest.raises(RefusedError) as caught:
            flow(register, closed["Bốn"], wanted, **values)
        assert caught.value.code == code


def test_a_flow_set_after_closing_begins_an_edition(
    register: Register, closed: dict[str, UUID]
) -> None:
    for name in closed:
        give(register, closed[name], POOR, 2026)
    flow(register, closed["Bốn"], Flow.OTHER_INCREASE)
    close(register, 2026)
    first, simple = (files(paper(register.database, code, 2026)) for code in ("BC2", "BC1"))
    flow(register, closed["Bốn"], Flow.AGAIN)
    assert "lần 2" in paper(register.database, "BC2").subtitle[0]
    assert files(paper(register.database, "BC2", edition=1)) == first
    assert files(paper(register.database, "BC1")) == simple


def test_only_a_class_of_the_list_can_be_right(register: Register) -> None:
    uid = home(register, "Một", "A", (2025, POOR))
    close(register, 2025)
    before = dump(register.database)
    for code in ("xyz", "average", ""):
        with pytest.raises(RefusedError, match="correction_class_unknown"):
            correct(register, uid, code)
    assert dump(register.database) == before


def test_a_year_closed_with_nobody_has_a_first_edition_too(register: Register) -> None:
    """Lần 1 of an empty list says noughts, whoever was found missing later."""
    missing = home(register, "Sót", "A")
    close(register, 2025)
    correct(register, missing, POOR, 2025)
    found = {
        number: cells(paper(register.database, "BC1", 2025, edition=number))[TOTAL]
        for number in (1, 2)
    }
    assert {number: row["poor_households"].value for number, row in found.items()} == {1: 0, 2: 1}


@pytest.mark.parametrize(("brought", "flow"), [(NONE, "new"), (NEAR, "other_increase")])
def test_a_correction_makes_no_other_class_of_the_one_a_household_brought(
    register: Register, brought: str, flow: str
) -> None:
    home(register, "Một", "A", (2025, POOR), (2026, POOR))
    close(register, 2025)
    draft = arriving(register)
    entry = ClassEntry(
        household=draft.uid, standard=STANDARD, review_year=2026, household_class=brought,
        source="decision", valid_from=date(2026, 5, 1),
    )  # fmt: skip
    events.move_in(
        register.database, register.context, draft=draft, day=date(2026, 5, 1), brought=entry,
        commune=register.commune,
    )  # fmt: skip
    close(register, 2026)
    correct(register, draft.uid, POOR, 2026)
    row = cells_of_total(register, "BC2")
    assert (row["opening"], row[flow], row["closing"]) == (1, 1, 2)


def arriving(reg: Register) -> Any:
    draft = new_household(reg.context, reg.villages["B"])
    return replace(draft, members=(reg.member("Đến", is_head=True, relation="head"),))


def cells_of_total(reg: Register, code: str) -> dict[str, Any]:
    (table,) = paper(reg.database, code, 2026).tables
    keys = [leaf.key for leaf in table.value_leaves]
    row = next(row for row in table.rows if table.row_name(row) == TOTAL and row.kind == "ho")
    return {key: cell.value for key, cell in zip(keys, row.cells, strict=True)}
