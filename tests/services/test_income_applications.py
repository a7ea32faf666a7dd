"""Applications on income: hộ có mức sống trung bình, người lao động có thu nhập thấp."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.applications import Outcome, Purpose
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.income import IncomeSource
from giamngheo_desktop.services.review import answering, applications, in_year, low_income
from giamngheo_desktop.services.review.answering import Answer
from tests.harness.register import Register
from tests.services.test_applications import DEFINITIONS, apply
from tests.services.test_in_year import (
    END,
    RURAL_OK,
    answer,
    at,
    cases,
    now,
    open_month,
    total,
)


@pytest.fixture
def old(register: Register) -> Household:
    home = register.household("Hồ Văn Cũ", village="B")
    register.give_class(home.uid, "poor", year=2025)
    return home


def test_average_living_is_recognised_by_real_income(register: Register) -> None:
    home = register.household("Hồ Văn Nông")
    uid = apply(register, household=home.uid, purpose=Purpose.AVERAGE_LIVING, income=RURAL_OK)
    review = open_month(register)
    assert cases(register, review)[0][1] == "other"  # no Phiếu A
    answer(register, uid)
    assert now(register, home.uid) == [("not_poor", True, date(2026, 3, 28), 2026)]
    assert total(register, "BC1")["average_living_households"] == 1


@pytest.mark.parametrize(
    ("income", "code"),
    [
        ((), "income_unknown"),
        ((IncomeSource("agriculture", 40_000_000, None),), "income_unknown"),
        ((IncomeSource("wage", 24_000_000, 0),), "income_not_from_farming"),
        ((IncomeSource("salt", 18_000_000, 0),), "income_out_of_band"),
        ((IncomeSource("fishery", 27_000_001, 0),), "income_out_of_band"),
    ],
)
def test_average_living_is_not_recognised(
    register: Register, income: tuple[IncomeSource, ...], code: str
) -> None:
    home = register.household("Hồ Văn Nông")
    uid = apply(register, household=home.uid, purpose=Purpose.AVERAGE_LIVING, income=income)
    open_month(register)
    with pytest.raises(RefusedError, match=code):
        answer(register, uid)
    assert now(register, home.uid) == []


def test_a_poor_household_has_no_average_living(register: Register, old: Household) -> None:
    uid = apply(register, household=old.uid, purpose=Purpose.AVERAGE_LIVING, income=RURAL_OK)
    open_month(register)
    with pytest.raises(RefusedError, match="household_on_the_list"):
        answer(register, uid)


def worker(reg: Register, home: Household, **values: Any) -> UUID:
    assert home.head is not None
    values = {"person": home.head.uid, "income": (IncomeSource("wage", 27_000_000, 0),), **values}
    return apply(reg, "Hồ Thị Công", household=home.uid, purpose=Purpose.LOW_INCOME, **values)


def flagged(reg: Register, day: date) -> frozenset[UUID]:
    with reg.database.reader() as connection:
        return low_income.of_day(connection, day)


def test_a_low_income_worker_until_the_household_becomes_poor(register: Register) -> None:
    home = register.household("Hồ Thị Công", "Hồ Văn Con")
    assert home.head is not None
    uid = worker(register, home, income=(IncomeSource("wage", 54_000_000, 0),))
    review = open_month(register)
    assert cases(register, review) == []  # a person, not a household
    answer(register, uid)
    assert flagged(register, date(2026, 3, 27)) == frozenset()
    assert flagged(register, END) == {home.head.uid}
    assert now(register, home.uid) == []
    register.give_class(home.uid, "not_poor", valid_from=date(2026, 4, 1))
    assert flagged(register, END) == {home.head.uid}
    done = register.give_class(home.uid, "near_poor", valid_from=date(2026, 6, 1),
                               source="decision", decision_number="20")  # fmt: skip
    assert done
    assert flagged(register, date(2026, 5, 31)) == {home.head.uid}
    assert flagged(register, date(2026, 6, 1)) == frozenset()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"person": None}, "application_needs_person"),
        ({"income": (IncomeSource("wage", 27_000_001, 0),)}, "income_out_of_band"),
        ({"income": ()}, "income_unknown"),
    ],
)
def test_who_is_no_low_income_worker(register: Register, values: dict[str, Any], code: str) -> None:
    uid = worker(register, register.household("Hồ Thị Công"), **values)
    open_month(register)
    with pytest.raises(RefusedError, match=code):
        answer(register, uid)
    assert flagged(register, END) == frozenset()


def test_before_the_decree_nobody_is_a_low_income_worker(register: Register) -> None:
    uid = worker(register, register.household("Hồ Thị Công"), received_on=date(2025, 2, 3))
    in_year.open_month(
        register.database, register.context, DEFINITIONS, commune=register.commune,
        year=2025, month=2,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="low_income_not_yet"):
        answer(register, uid, day=date(2025, 2, 28))


def test_2027_has_no_band_and_refuses(register: Register) -> None:
    context = at("2027-03-20")
    home = register.household("Hồ Văn Nông")
    paper = applications.Application(
        village=register.villages["A"], applicant="Hồ Văn Nông", household=home.uid,
        purpose=Purpose.AVERAGE_LIVING, received_on=date(2027, 3, 1), income=RURAL_OK,
    )  # fmt: skip
    uid = applications.save(register.database, context, paper).value
    in_year.open_month(
        register.database, context, DEFINITIONS, commune=register.commune, year=2027, month=3
    )
    given = Answer(application=uid, outcome=Outcome.ACCEPTED, day=date(2027, 3, 20), number="1")
    with pytest.raises(AppError, match="average_line_missing"):
        answering.answer(register.database, context, DEFINITIONS, given, commune=register.commune)
