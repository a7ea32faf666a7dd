"""Who would change class under another standard: names, and a range where data are missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import assessment, households
from giamngheo_desktop.services.review.what_if import Range, Shift, what_if
from tests.harness.register import Register
from tests.harness.tables import definitions
from tests.services.test_assessment import answer_all

DAY = date(2026, 12, 31)


def shifts(register: Register, **values: object) -> dict[str, Shift]:
    found = what_if(
        register.database,
        definitions(),
        **{"day": DAY, "standard": "2022", "other": "2027", **values},  # type: ignore[arg-type]
    )
    return {shift.head: shift for shift in found.shifts}


def test_a_higher_line_makes_poor_who_was_not(register: Register) -> None:
    """1.600.000 a person and 6 indicators (case 23 and 24 of the cases agreed on)."""
    home = register.household("Hồ Văn Một", income=1_600_000)
    answer_all(register, home, "2022", 6)
    answer_all(register, home, "2027", 6)
    rich = register.household("Hồ Văn Hai", income=9_000_000)
    answer_all(register, rich, "2022", 0)
    found = shifts(register)
    assert set(found) == {"Hồ Văn Một"}
    (shift,) = found.values()
    assert (shift.now, shift.possible, shift.certain) == ("not_poor", ("poor",), True)
    assert (shift.unknown, shift.without_income) == (0, False)
    assert shifts(register, other="2022") == {}


def test_what_is_not_known_gives_a_range(register: Register) -> None:
    home = register.household("Hồ Văn Ba", score_income=100)
    register.give_class(home.uid, "poor")
    shift = shifts(register)["Hồ Văn Ba"]
    assert shift.now == "poor"
    assert shift.possible == ("poor", "near_poor", "not_poor")  # no income for the next standard
    assert not shift.certain
    assert shift.without_income
    home = replace(register.get(home.uid), income=1_000_000)
    households.save(register.database, register.context, home, day=DAY)
    shift = shifts(register)["Hồ Văn Ba"]
    assert (shift.possible, shift.without_income) == (("poor", "near_poor"), False)
    ticks = {
        code: assessment.Answer(False, "x") for code in definitions().standards.get("2027").codes
    }
    assessment.save_answers(register.database, register.context, home, "2027", ticks)
    assert shifts(register)["Hồ Văn Ba"].possible == ("near_poor",)
    assert shifts(register)["Hồ Văn Ba"].certain


def test_only_the_unit_is_looked_at_and_unknown_areas_are_counted(register: Register) -> None:
    for village in "AB":
        home = register.household(f"Hộ {village}", village=village, income=1_600_000)
        answer_all(register, home, "2022", 6)
        answer_all(register, home, "2027", 6)
    assert set(shifts(register)) == {"Hộ A", "Hộ B"}
    assert set(shifts(register, unit=register.villages["A"])) == {"Hộ A"}
    found = what_if(
        register.database, definitions(), day=DAY, standard="2022", other="2027", unit=None
    )
    assert (found.households, found.nowhere) == (2, 0)
    assert PartialDate(1980, 5) == register.get(found.shifts[0].household).members[0].birth


def test_the_classes_are_counted_under_both_standards(register: Register) -> None:
    sure = register.household("Hồ Văn Một", income=1_600_000)
    for code in ("2022", "2027"):
        answer_all(register, sure, code, 6)
    unsure = register.household("Hồ Văn Hai")
    register.give_class(unsure.uid, "poor")
    register.household("Hồ Văn Ba")  # nothing is known of it
    told: list[tuple[int, int]] = []
    found = what_if(
        register.database,
        definitions(),
        day=DAY,
        standard="2022",
        other="2027",
        step=lambda done, total: told.append((done, total)),
    )
    assert found.before == {"not_poor": 1, "poor": 1}
    assert found.after == {"poor": Range(1, 3), "near_poor": Range(0, 2), "not_poor": Range(0, 2)}
    assert told == [(0, 3)]
