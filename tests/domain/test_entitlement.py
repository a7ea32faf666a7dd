"""Warnings of supports at their boundaries: class, 36 months, the same thing twice, an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giamngheo_desktop import texts
from giamngheo_desktop.domain.entitlement import (
    BEFORE,
    NOBODY,
    Given,
    Standing,
    Terms,
    Why,
    ending,
    listed_years,
    of_class,
    of_value,
    repeats,
)
from giamngheo_desktop.domain.new_escape import Escape, months_later
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.policy import PolicyValue, Scope
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.texts.supports import DOUBTS

DAY = timedelta(days=1)
ONE, TWO, HOME, HIM, HER = (UUID(int=number) for number in range(1, 6))
GIFT = Given(uid=ONE, household=HOME, person=None, policy="gift", supported_on=date(2026, 7, 1))
POOR_ONLY = frozenset({"poor"})
FOR_POOR = Terms(classes=POOR_ONLY)
FOR_ESCAPED = Terms(classes=frozenset({"poor", "near_poor", "new_escape"}))


def why(*doubts):
    return [doubt.why for doubt in doubts]


@pytest.mark.parametrize(
    ("standing", "classes", "expected"),
    [
        (Standing(household_class="poor"), POOR_ONLY, []),
        (Standing(household_class="near_poor"), POOR_ONLY, [Why.OTHER_CLASS]),
        (Standing(household_class="near_poor"), None, []),  # no source says for whom it is
        (Standing(), POOR_ONLY, [Why.NO_CLASS]),
        (Standing(), None, []),
        (NOBODY, None, [Why.NOT_HERE]),
        (Standing(household_class="not_poor", by_province="poor"), POOR_ONLY, []),
        (
            Standing(household_class="not_poor", average_living=True),
            frozenset({"average_living"}),
            [],
        ),
        (Standing(household_class="not_poor"), frozenset({"average_living"}), [Why.OTHER_CLASS]),
        (
            Standing(household_class="not_poor", once_near_poor=True),
            frozenset({"escaped_near_poor"}),
            [],
        ),
        (
            Standing(household_class="poor", once_near_poor=True),
            frozenset({"escaped_near_poor"}),
            [Why.OTHER_CLASS],
        ),
    ],
)
def test_the_class_of_the_day(standing, classes, expected):
    assert why(*of_class(GIFT, standing, Terms(classes=classes))) == expected


@given(st.dates(date(2016, 1, 1), date(2040, 12, 31)))
def test_the_36_months_end_on_their_day(since):
    until = months_later(since, 36)
    standing = Standing(household_class="not_poor", escape=Escape(since, until))
    for day, expected in (
        (since, []),
        (until - DAY, []),
        (until, [Why.ESCAPE_OVER]),
        (until + DAY, [Why.ESCAPE_OVER]),
        (since - DAY, [Why.OTHER_CLASS]),
    ):
        found = of_class(replace(GIFT, supported_on=day), standing, FOR_ESCAPED)
        assert why(*found) == expected
        assert all(doubt.day == until - DAY for doubt in found if doubt.why is Why.ESCAPE_OVER)
        assert (standing.state(day) == "new_escape") == (expected == [])
    # Who is poor again is entitled as that.
    again = replace(standing, by_province="poor")
    assert of_class(replace(GIFT, supported_on=until), again, FOR_ESCAPED) == ()


def test_a_person_of_another_household():
    standing = Standing(household_class="poor", members=frozenset({HIM}))
    for_persons = replace(FOR_POOR, per_person=True)
    assert of_class(replace(GIFT, person=HIM), standing, for_persons) == ()
    assert why(*of_class(replace(GIFT, person=HER), standing, FOR_POOR)) == [Why.NOT_MEMBER]
    assert of_class(replace(GIFT, person=HER), standing, replace(FOR_POOR, of_dead=True)) == ()
    assert why(*of_class(GIFT, standing, for_persons)) == [Why.NO_PERSON]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("poor", []), ("near_poor", [Why.OTHER_CLASS]), (None, [Why.NO_CLASS])],
)
def test_before_the_register_begins_only_what_was_typed_tells(typed, expected):
    given = replace(GIFT, class_then=typed, person=HIM)
    assert why(*of_class(given, BEFORE, FOR_POOR)) == expected
    assert of_class(given, BEFORE, Terms()) == ()
    # Later the register tells.
    standing = Standing(household_class="not_poor", members=frozenset({HIM}))
    assert why(*of_class(given, standing, FOR_POOR)) == [Why.OTHER_CLASS]


spans = st.tuples(st.dates(date(2025, 1, 1), date(2026, 12, 31)), st.integers(0, 200))


@given(spans, spans)
def test_periods_that_share_a_day_are_told_from_either_side(one, other):
    (begins, length), (begins_too, length_too) = one, other
    first = replace(GIFT, period_from=begins, period_to=begins + length * DAY)
    second = replace(GIFT, uid=TWO, period_from=begins_too, period_to=begins_too + length_too * DAY)
    days = {begins + at * DAY for at in range(length + 1)}
    shared = bool(days & {begins_too + at * DAY for at in range(length_too + 1)})
    assert why(*repeats([first], [first, second])) == [Why.TWICE] * shared
    assert why(*repeats([second], [first, second])) == [Why.TWICE] * shared


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({}, [Why.TWICE]),
        ({"supported_on": date(2026, 12, 31)}, [Why.TWICE]),  # of the same year
        ({"supported_on": date(2027, 1, 1)}, []),
        ({"household": TWO}, []),
        ({"policy": "relief"}, []),
        ({"content": "Tết"}, [Why.TWICE]),  # what the other does not say is no difference
        ({"item": "GẠO  tẻ"}, [Why.TWICE]),
        ({"item": "chăn"}, []),
        ({"person": HIM}, [Why.TWICE]),
        ({"sources": frozenset({"province"})}, [Why.TWO_SOURCES]),
        ({"sources": frozenset({"central", "province"})}, [Why.TWICE]),
        ({"period_from": date(2026, 12, 1)}, [Why.TWICE]),
        ({"period_from": date(2027, 1, 1), "months": 3}, []),
        ({"period_to": date(2026, 6, 30), "supported_on": date(2025, 12, 1)}, [Why.TWICE]),
    ],
)
def test_the_same_thing_twice(other, expected):
    first = replace(GIFT, item="Gạo tẻ", sources=frozenset({"central"}))
    second = replace(GIFT, uid=TWO, **other)
    assert why(*repeats([first], [first, second])) == expected


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, "cùng chính sách, cùng ngày 10/02/2026"),
        ({"content": "Quà Tết"}, "cùng nội dung “Quà tết”, cùng ngày 10/02/2026"),
        ({"content": "Quà lũ"}, ""),
        ({"content": "Quà Tết", "supported_on": date(2026, 2, 11)}, ""),  # another event
        ({"supported_on": date(2026, 11, 20)}, ""),
        (
            {"period_from": date(2026, 1, 1), "period_to": date(2026, 3, 31)},
            "cùng chính sách, cùng ngày 10/02/2026",
        ),
    ],
)
def test_what_is_given_again_and_again_is_a_double_on_its_day_alone(other, said):
    """Quà Tết and what is given after a flood are two gifts of one policy."""
    content = "Quà tết" if "content" in other else None
    first = replace(GIFT, content=content, supported_on=date(2026, 2, 10))
    second = replace(first, uid=TWO, **other)
    told = list(repeats([first], [first, second], {"gift"}))
    assert len(list(repeats([first], [first, second]))) == (other.get("content") != "Quà lũ")
    assert bool(told) is bool(said)
    for doubt in told:
        day = f"{second.supported_on:%d/%m/%Y}"
        assert texts.support_doubt(doubt, {}) == f"Trùng với hỗ trợ ngày {day}: {said}."


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ({}, {"supported_on": date(2026, 9, 1)}, "cùng chính sách, cùng năm 2026"),
        ({"item": "Gạo"}, {"item": "gạo"}, "cùng nội dung “Gạo”, cùng năm 2026"),
        (
            {"period_from": date(2026, 1, 1), "months": 6},
            {"period_from": date(2026, 6, 1), "period_to": date(2026, 12, 31)},
            "cùng chính sách, cùng thời gian 01/06/2026 – 30/06/2026",
        ),
    ],
)
def test_what_is_the_same_is_said(first, second, said):
    one, other = replace(GIFT, **first), replace(GIFT, uid=TWO, **second)
    (told,) = repeats([one], [one, other])
    assert told.same is not None
    assert texts.same_support(date(2026, 9, 1), told.same) == f"hỗ trợ ngày 01/09/2026: {said}"
    assert texts.support_doubt(replace(told, why=Why.TWO_SOURCES), {}).count(said) == 1


def test_two_persons_of_one_household_each_get_theirs():
    first, second = replace(GIFT, person=HIM), replace(GIFT, uid=TWO, person=HER)
    assert list(repeats([first, second], [first, second])) == []


@pytest.mark.parametrize(
    ("months", "before", "sees"),
    [(3, date(2026, 3, 31), True), (3, date(2026, 4, 1), False), (0, date(2026, 12, 31), True)],
)
def test_a_period_of_months_ends_the_day_before(months, before, sees):
    first = replace(GIFT, period_from=date(2026, 1, 1), months=months)
    second = replace(GIFT, uid=TWO, period_from=before, period_to=before)
    assert bool(why(*repeats([first], [first, second]))) is sees


@given(st.integers(-60, 60), st.integers(0, 40))
def test_a_card_is_told_before_it_ends_and_after(left, within):
    today = date(2026, 11, 28)
    card = replace(GIFT, period_to=today + left * DAY)
    assert "ngày cuối còn hạn là" in DOUBTS[Why.EXPIRED]  # that day it is still good
    expected = [] if left > within else [Why.EXPIRED if left < 0 else Why.EXPIRES]
    assert why(*ending([card], [card], today, within)) == expected
    renewed = replace(GIFT, uid=TWO, period_to=card.period_to + DAY)
    assert list(ending([card], [card, renewed], today, within)) == []
    others = replace(renewed, person=HIM)
    assert why(*ending([card], [card, others], today, within)) == expected


def test_the_value_of_that_day():
    value = PolicyValue(
        key="tgxh", group="g", label="l", value="500.000", unit="đồng", basis="b", source="s",
        valid_from=PartialDate(2024, 7, 1), valid_to=None, scope=Scope.CENTRAL,
        certainty=Certainty.CONFIRMED,
    )  # fmt: skip
    asked = replace(GIFT, value_key="tgxh", value_used="500.000")
    assert of_value(asked, [value]) == ()
    before = replace(asked, supported_on=date(2024, 6, 30))
    assert why(*of_value(before, [value])) == [Why.OTHER_VALUE]
    assert why(*of_value(replace(asked, value_used="360.000"), [value])) == [Why.OTHER_VALUE]
    assert of_value(GIFT, [value]) == ()


@pytest.mark.parametrize(
    ("listed", "openings", "years", "at_least", "is_long"),
    [
        ({}, (), (), False, False),
        ({2024: True, 2025: True}, (), (2024, 2025), False, False),
        ({2023: True, 2024: True, 2025: True}, (), (2023, 2024, 2025), False, True),
        ({2022: True, 2023: False, 2024: True, 2025: True}, (2022,), (2024, 2025), False, False),
        ({2024: True, 2025: True}, (2024,), (2024, 2025), True, False),
        ({2024: True, 2025: False}, (2024,), (), False, False),
        ({2022: True, 2024: True}, (), (2024,), False, False),
    ],
)
def test_years_in_a_row(listed, openings, years, at_least, is_long):
    found = listed_years(listed, openings)
    assert (found.years, found.at_least, found.is_long) == (years, at_least, is_long)
