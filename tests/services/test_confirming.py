"""Giấy xác nhận: only what was recognised, of the household and person of that time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import classes, confirm_search, confirming, events
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.confirming import Confirmation, Ground
from giamngheo_desktop.services.movement import corrections
from giamngheo_desktop.services.movement.corrections import Correction
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import STANDARD, TODAY, Register, make_register
from tests.harness.tables import definitions

BEGUN = date(2025, 12, 15)
SIGNED = date(2025, 12, 10)
PAPER = {"decision_number": "31/QĐ-UBND", "decision_on": SIGNED}
ALL = (What.POOR, What.NEAR_POOR, What.NEW_ESCAPE, What.AVERAGE_LIVING)


def recognised(
    register: Register, name: str, result: str = "poor", *others: str, **values: Any
) -> UUID:
    """Recognised in the review of 2025, in force from `BEGUN`."""
    home = register.household(name, *others).uid
    give = {"year": 2025, "valid_from": BEGUN, "source": "decision", **PAPER, **values}
    register.give_class(home, result, **give)
    return home


def close(register: Register, year: int = 2025) -> None:
    classes.close_year(
        register.database, register.context, year=year, standard=STANDARD, definition="0" * 64,
        commune=register.commune,
    )  # fmt: skip


def round_of(register: Register, year: int) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        return records.find(connection, Kind.ROUND, review_year=year)


def ask(register: Register, what: What = What.POOR, **values: Any) -> Ground:
    wanted = Confirmation(what=what, **values)
    return confirming.ground(register.database, definitions(), wanted, today=TODAY)


def refused(register: Register, what: What = What.POOR, **values: Any) -> str:
    with pytest.raises(RefusedError) as caught:
        ask(register, what, **values)
    return caught.value.code


def said(register: Register, **values: Any) -> list[What]:
    found = confirming.grounds(register.database, definitions(), today=TODAY, **values)
    return [ground.what for ground in found]


def person(register: Register, household: UUID, name: str, day: date = BEGUN) -> UUID:
    members = register.get(household, day).members
    return next(member.uid for member in members if member.full_name == name)


@pytest.fixture
def register(database: Database) -> Register:
    """The commune is there since 2021."""
    return make_register(database, first_day=date(2021, 1, 1))


@pytest.mark.parametrize("what", [What.POOR, What.NEAR_POOR])
def test_a_class_in_force_is_confirmed_with_its_decision(register: Register, what: What) -> None:
    home = recognised(register, "An", what.value)
    for day in (BEGUN, TODAY):
        found = ask(register, what, household=home, day=day)
        assert (found.number, found.signed_on, found.standard) == ("31/QĐ-UBND", SIGNED, STANDARD)
        assert (found.day, found.year, found.village) == (day, None, register.villages["A"])
        assert found.subject == "hộ An, Thôn A"
    assert said(register, household=home) == [what]
    for other in ALL:
        if other is not what:
            assert refused(register, other, household=home) == "confirm_not_so"
    before = BEGUN - timedelta(days=1)
    assert refused(register, what, household=home, day=before) == "confirm_not_so"


def test_a_day_to_come_is_not_confirmed(register: Register) -> None:
    home = recognised(register, "An")
    day = TODAY + timedelta(days=1)
    assert refused(register, household=home, day=day) == "event_in_future"


def test_a_computed_class_waits_for_its_decision(register: Register) -> None:
    home = register.household("An").uid
    register.give_class(home, "poor", source="computed", valid_from=BEGUN)
    assert refused(register, household=home) == "confirm_unrecognised"
    assert refused(register, What.NEAR_POOR, household=home) == "confirm_not_so"


def test_average_living_is_confirmed_as_recognised(register: Register) -> None:
    home = recognised(register, "An", "not_poor", average_living=True)
    assert said(register, household=home) == [What.AVERAGE_LIVING]
    assert refused(register, household=home) == "confirm_not_so"


def test_a_new_escape_lasts_for_36_months(register: Register) -> None:
    home = recognised(register, "An", "poor", year=2025)
    left = {"decision_number": "40/QĐ-UBND", "decision_on": date(2026, 11, 30)}
    register.give_class(
        home, "not_poor", year=2026, valid_from=date(2026, 12, 1), source="decision", **left
    )
    assert said(register, household=home) == [What.NEW_ESCAPE]
    found = ask(register, What.NEW_ESCAPE, household=home)
    assert (found.since, found.until) == (date(2026, 11, 30), date(2029, 11, 29))
    assert found.number == "40/QĐ-UBND"
    assert said(register, household=home, day=date(2026, 11, 29)) == [What.POOR]


def test_a_closed_year_is_confirmed_and_an_open_one_is_not(register: Register) -> None:
    home = recognised(register, "An")
    never = register.household("Bình").uid
    assert refused(register, household=home, year=2025) == "confirm_year_open"
    close(register)
    found = ask(register, household=home, year=2025)
    assert (found.number, found.year, found.day) == ("31/QĐ-UBND", 2025, date(2025, 12, 31))
    assert refused(register, What.NEAR_POOR, household=home, year=2025) == "confirm_not_so"
    assert refused(register, household=never, year=2025) == "confirm_not_so"
    assert refused(register, household=home, year=2026) == "confirm_year_open"
    assert refused(register, household=home, year=2027) == "confirm_year_open"


def test_what_is_dated_after_today_is_not_yet_there(register: Register) -> None:
    """A year closed early is confirmed from the day of its closing on."""
    home = recognised(register, "An")
    later = {"decision_number": "50/QĐ-UBND", "decision_on": date(2026, 12, 9)}
    register.give_class(
        home, "near_poor", year=2026, valid_from=date(2026, 12, 10), source="decision", **later
    )
    close(register, 2026)
    (row,) = round_of(register, 2026)
    closed_on = row["closed_on"]

    def asked(today: date) -> Ground:
        wanted = Confirmation(what=What.NEAR_POOR, household=home, year=2026)
        return confirming.ground(register.database, definitions(), wanted, today=today)

    def years(today: date) -> list[int]:
        found = confirm_search.find_head(register.database, definitions(), home, today=today)
        assert found is not None
        return [year.year for year in found.home_years]

    with pytest.raises(RefusedError) as caught:
        asked(closed_on - timedelta(days=1))
    assert caught.value.code == "confirm_year_ahead"
    assert caught.value.params["day"] == f"{closed_on:%d/%m/%Y}"
    assert asked(closed_on).number == "50/QĐ-UBND"
    assert years(date(2026, 12, 8)) == [2025]
    assert years(closed_on) == [2026, 2025]

    def offered(today: date) -> tuple[int | None, str | None]:
        wanted = Confirmation(what=What.NEAR_POOR, household=home, year=2026)
        found = confirming.offered_year(register.database, definitions(), wanted, today=today)
        return found.year, found.why and found.why.code

    assert offered(closed_on - timedelta(days=1)) == (None, "confirm_year_ahead")
    assert offered(closed_on) == (2026, None)
    close(register)
    assert offered(closed_on - timedelta(days=1)) == (2025, "confirm_year_ahead")


def test_an_opening_list_counts_by_its_decision(register: Register) -> None:
    home = recognised(register, "An", source="opening")
    bare = recognised(register, "Bình", source="opening", decision_number=None, decision_on=None)
    assert ask(register, household=home, year=2025).number == "31/QĐ-UBND"
    assert refused(register, household=bare, year=2025) == "confirm_year_open"
    assert ask(register, household=bare).number is None  # in force, the paper is not known


def test_the_result_under_the_next_standard_is_named_with_it(register: Register) -> None:
    """2021 was reviewed under the old standard and under that of the years to come."""
    home = register.household("An", day=date(2021, 1, 1)).uid
    for standard, result in (("2016", "not_poor"), ("2022", "poor")):
        entry = ClassEntry(
            household=home, standard=standard, review_year=2021, household_class=result,
            source="decision", valid_from=date(2021, 12, 20), **PAPER,
        )  # fmt: skip
        classes.record(register.database, register.context, entry, commune=register.commune)
    assert refused(register, household=home, year=2021) == "confirm_year_open"
    for standard in ("2016", "2022"):
        classes.close_year(
            register.database, register.context, year=2021, standard=standard,
            definition="0" * 64, commune=register.commune,
        )  # fmt: skip
    found = ask(register, household=home, year=2021)
    assert (found.standard, found.number) == ("2022", "31/QĐ-UBND")
    assert refused(register, What.NEAR_POOR, household=home, year=2021) == "confirm_not_so"


def test_a_corrected_class_is_confirmed_as_corrected(register: Register) -> None:
    home = recognised(register, "An")
    close(register)
    wanted = Correction(
        household=home, standard=STANDARD, year=2025, household_class="near_poor",
        reason="cộng nhầm", document="50/QĐ-UBND", signed_on=date(2026, 2, 2),
    )  # fmt: skip
    corrections.correct(register.database, register.context, wanted, commune=register.commune)
    assert refused(register, household=home, year=2025) == "confirm_not_so"
    for when in ({"year": 2025}, {"day": TODAY}):
        assert ask(register, What.NEAR_POOR, household=home, **when).number == "50/QĐ-UBND"


def test_a_household_that_left_is_confirmed_for_the_days_it_was_here(register: Register) -> None:
    home = recognised(register, "An")
    close(register)
    day = date(2026, 3, 1)
    head = person(register, home, "An")
    events.death(register.database, register.context, household=home, person=head, day=day)
    assert refused(register, household=home) == "confirm_not_here"
    assert ask(register, household=home, day=day - timedelta(days=1)).subject == "hộ An, Thôn A"
    assert ask(register, household=home, year=2025).number == "31/QĐ-UBND"
    (found,) = confirm_search.find(register.database, definitions(), "an", today=TODAY)
    assert (found.household, found.today, found.head) == (home, (), "An")
    assert found.here_until == day - timedelta(days=1)
    assert [one.year for one in found.years] == [2025]


def test_a_member_who_moved_has_the_household_of_that_time(register: Register) -> None:
    poor = recognised(register, "An", "poor", "Bình")
    other = recognised(register, "Chi", "near_poor")
    close(register)
    member, day = person(register, poor, "Bình"), date(2026, 3, 1)
    events.marriage(
        register.database, register.context, person=member, leaves=poor, joins=other,
        relation="spouse", day=day,
    )  # fmt: skip
    found = ask(register, person=member, day=day - timedelta(days=1))
    assert (found.household, found.subject) == (poor, "Bình, hộ An, Thôn A")
    assert ask(register, person=member, year=2025).household == poor
    now = ask(register, What.NEAR_POOR, person=member)
    assert (now.household, now.subject) == (other, "Bình, hộ Chi, Thôn A")
    assert refused(register, person=member) == "confirm_not_so"
    assert refused(register, person=member, household=poor) == "confirm_not_member"
    assert said(register, person=member, household=poor, year=2025) == [What.POOR]


def test_somebody_must_be_named(register: Register) -> None:
    assert refused(register) == "confirm_nobody"
    assert refused(register, person=UUID(int=1)) == "confirm_not_member"


def test_persons_are_found_with_what_can_be_confirmed(register: Register) -> None:
    home = recognised(register, "Đinh Văn Ân", "poor", "Đinh Thị Bình")
    register.household("Hồ Văn Ba")
    (found,) = confirm_search.find(register.database, definitions(), "dinh thi", today=TODAY)
    assert (found.name, found.head, found.village) == ("Đinh Thị Bình", "Đinh Văn Ân", "Thôn A")
    assert found.household == home
    assert [ground.what for ground in found.today] == [What.POOR]
    assert [(one.year, one.household_class, one.number) for one in found.years] == [
        (2025, "poor", "31/QĐ-UBND")
    ]
    (other,) = confirm_search.find(register.database, definitions(), "ho van ba", today=TODAY)
    assert (other.today, other.years, other.here_until) == ((), (), None)
    assert confirm_search.find(register.database, definitions(), "khong ai", today=TODAY) == []


def test_a_household_is_found_by_its_head(register: Register) -> None:
    home = recognised(register, "An", "poor", "Bình")
    found = confirm_search.find_head(register.database, definitions(), home, today=TODAY)
    assert found is not None
    assert (found.name, found.head, found.is_head, found.village) == ("An", "An", True, "Thôn A")
    assert [ground.what for ground in found.today] == [What.POOR]
    (member,) = confirm_search.find(register.database, definitions(), "Bình", today=TODAY)
    assert (member.head, member.is_head, member.household) == ("An", False, home)


def test_the_years_found_are_those_of_the_household_of_that_time(register: Register) -> None:
    """Each year says what can be confirmed for it; a wedding, a death and a living standard."""
    poor = recognised(register, "An", "poor", "Bình")
    other = recognised(register, "Chi", "not_poor", "Dũng", average_living=True)
    close(register)
    args = (register.database, register.context)
    member, dead = person(register, poor, "Bình"), person(register, other, "Dũng")
    day = date(2026, 3, 1)
    events.marriage(*args, person=member, leaves=poor, joins=other, relation="spouse", day=day)
    events.death(*args, household=other, person=dead, day=day)
    later = {"decision_number": "7/QĐ", "decision_on": date(2026, 12, 1)}
    for home, code in ((poor, "near_poor"), (other, "not_poor")):
        register.give_class(
            home, code, year=2026, valid_from=date(2026, 12, 2), source="decision",
            average_living=home == other, **later,
        )  # fmt: skip
    close(register, 2026)

    def years(name: str) -> list[tuple[int, str | None, bool]]:
        (found,) = confirm_search.find(register.database, definitions(), name, today=TODAY)
        return [(one.year, one.household_class, one.average_living) for one in found.years]

    assert years("binh") == [(2026, "not_poor", True), (2025, "poor", False)]
    assert years("an") == [(2026, "near_poor", False), (2025, "poor", False)]
    assert years("dung") == [(2025, "not_poor", True)]
    assert said(register, person=member, year=2025) == [What.POOR]
    assert said(register, person=member, year=2026) == [What.AVERAGE_LIVING]
    assert refused(register, person=dead, year=2026) == "confirm_not_member"
    (found,) = confirm_search.find(register.database, definitions(), "binh", today=TODAY)
    assert [(one.year, one.household_class) for one in found.home_years] == [
        (2026, "not_poor"), (2025, "not_poor"),
    ]  # fmt: skip
