"""Needs and what could meet them, three years without help, years on the list: by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.matching import Got, Twelve, entitles, got, last_years, offers
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.programme.matching import matches
from giamngheo_desktop.storage.engine import Database
from tests.harness.helping import Help
from tests.harness.register import Register, make_register
from tests.harness.tables import definitions
from tests.services.test_corrections import close, give

END = date(2026, 12, 31)


def policy(code: str, need: str, *classes: str, said: bool = True) -> SupportPolicy:
    form = FormDef(
        code=code, version=1, label=code, valid_from=date(2021, 1, 1), valid_to=None,
        legal_basis="", sections=(),
    )  # fmt: skip
    return SupportPolicy(
        form=form, per="household", need=need, classes=frozenset(classes) if said else None,
        value_keys=(), group="",
    )  # fmt: skip


POLICIES = {
    one.code: one
    for one in (
        policy("nha_o", "housing", "poor"),
        policy("vay_nha", "housing", "poor", "near_poor", "new_escape"),
        policy("khac", "housing", said=False),
        policy("hoc_nghe", "training", "poor"),
    )
}


@pytest.fixture
def here(register: Register) -> Help:
    return Help(register)


def test_whom_a_policy_is_for() -> None:
    def told(classes: set[str] | None, *held: str) -> bool | None:
        return entitles(None if classes is None else frozenset(classes), frozenset(held))

    assert told({"poor"}, "poor") is True
    assert told({"near_poor", "new_escape"}, "not_poor", "new_escape") is True
    assert told({"poor"}, "near_poor") is False
    assert told(None, "poor") is None  # no source says
    assert told({"poor"}) is None  # the household has no class
    assert told({"poor", "escaped_near_poor"}, "not_poor", "escaped_near_poor") is None
    assert told({"escaped_near_poor"}, "poor") is False


def test_offers_are_those_of_the_need_and_the_day() -> None:
    old = replace(
        POLICIES["nha_o"], form=replace(POLICIES["nha_o"].form, valid_to=date(2025, 12, 31))
    )
    policies = (old, *(POLICIES[code] for code in ("khac", "vay_nha", "hoc_nghe")))

    def told(ground: str, day: date) -> list[tuple[object, ...]]:
        left = {"vay_nha": {"2021/DA5": 6}}
        found = offers(policies, "housing", frozenset({ground}), day, left)
        return [(one.policy, one.entitled, one.has_money) for one in found]

    assert told("poor", END) == [("vay_nha", True, True), ("khac", None, None)]
    assert ("nha_o", True, None) in told("poor", date(2025, 12, 31))
    assert told("not_poor", END) == [("khac", None, None)]


@pytest.mark.parametrize(
    ("left", "has"),
    [([], None), ([None], None), ([0], False), ([-1, None], None), ([-1, None, 1], True)],
)
def test_money_is_left_where_it_is_known(left: list[int | None], has: bool | None) -> None:
    of = {str(at): one for at, one in enumerate(left)}
    (found,) = offers([POLICIES["nha_o"]], "housing", frozenset({"poor"}), END, {"nha_o": of})
    assert found.has_money is has


def test_needs_meet_policies_and_money(here: Help) -> None:
    one, two, three = here.home("Một"), here.home("Hai", "near_poor"), here.home("Ba", None)
    for home in (one, two, three):
        here.add(Kind.NEED, household=home, code="housing")
    here.add(Kind.NEED, household=two, code="training")
    part = here.add(
        Kind.PLAN_COMPONENT, year=2026, printed_name="Nhà ở", programme="2021", component="DA5"
    )
    own = here.add(Kind.PLAN_COMPONENT, year=2026, printed_name="Nhà của xã")
    event = {"year": 2026, "name": "Đợt 1", "supported_on": date(2026, 3, 1)}
    here.add(Kind.SUPPORT_EVENT, policy="nha_o", plan_component=part, **event)
    here.add(Kind.SUPPORT_EVENT, policy="nha_o", plan_component=own, **event)
    here.add(Kind.SUPPORT_EVENT, policy="khac", programme="2021", **event)  # of no component
    here.support(two, date(2026, 5, 5), "vay_nha", programme="2021", component="DA7")
    here.remove(Kind.SUPPORT, here.support(two, END, "khac", programme="2021", component="DA5"))
    line = {"year": 2026, "source": "central", "programme": "2021", "component": "DA5"}
    for stage, amount in (("planned", 999), ("assigned", 70), ("assigned", 30), ("settled", 500)):
        here.add(Kind.BUDGET_LINE, stage=stage, amount=amount, **line)
    here.add(Kind.BUDGET_LINE, stage="disbursed", amount=60, **line)
    here.remove(Kind.BUDGET_LINE, here.add(Kind.BUDGET_LINE, stage="disbursed", amount=40, **line))
    here.add(Kind.BUDGET_LINE, stage="assigned", amount=1000, **{**line, "year": 2025})
    below = {**line, "component": "DA7-TDA1"}  # what stands below a component is its money too
    here.add(Kind.BUDGET_LINE, stage="assigned", amount=5, **below)
    here.add(Kind.BUDGET_LINE, stage="disbursed", amount=5, **below)
    known = replace(definitions(), supports=POLICIES)
    found = matches(here.reg.database, known, unit=here.reg.commune, day=END)
    lines = {(one.home.head, one.need.code): one for one in found.lines}
    offered = {key: {offer.policy for offer in one.offers} for key, one in lines.items()}
    assert offered == {
        ("Ba", "housing"): {"nha_o", "vay_nha", "khac"},  # without a class nobody can tell
        ("Hai", "housing"): {"vay_nha", "khac"},
        ("Hai", "training"): set(),
        ("Một", "housing"): {"nha_o", "vay_nha", "khac"},
    }
    assert {offer.entitled for offer in lines["Ba", "housing"].offers} == {None}
    by_policy = {offer.policy: offer for offer in lines["Một", "housing"].offers}
    assert lines["Một", "housing"].offers[0].policy == "nha_o"
    left = {found.parts[node].name: one for node, one in by_policy["nha_o"].left.items()}
    assert left == {"Nhà ở": 40, "Nhà của xã": None}
    told = {code: offer.has_money for code, offer in by_policy.items()}
    assert told == {"nha_o": True, "vay_nha": False, "khac": None}
    village = matches(here.reg.database, known, unit=here.reg.villages["A"], day=END)
    assert village == found  # the money is the commune's


def test_three_years_end_on_the_day() -> None:
    assert last_years(END) == (
        Twelve(date(2024, 1, 1), date(2024, 12, 31)),
        Twelve(date(2025, 1, 1), date(2025, 12, 31)),
        Twelve(date(2026, 1, 1), END),
    )
    for day in (date(2024, 2, 28), date(2024, 2, 29), date(2026, 7, 31)):
        years = last_years(day)
        assert (len(years), years[-1].last) == (3, day)
        for before, after in pairwise(years):
            assert (after.first - before.last).days == 1


def test_a_year_before_the_data_is_not_nothing() -> None:
    years = last_years(END)
    assert got(years, (), None) == [Got.UNKNOWN] * 3
    assert got(years, (), date(2024, 1, 1)) == [Got.NOTHING] * 3
    assert got(years, (), date(2024, 1, 2)) == [Got.UNKNOWN, Got.NOTHING, Got.NOTHING]
    told = got(years, [date(2024, 12, 31), END], date(2025, 1, 1))
    assert told == [Got.SOMETHING, Got.NOTHING, Got.SOMETHING]


def test_who_got_nothing_in_three_years(register: Register) -> None:
    here = Help(register)
    one, old, house = here.home("Không gì"), here.home("Từ lâu"), here.home("Có nhà")
    fund, near, lost = here.home("Có quà"), here.home("Cận", "near_poor"), here.home("Gõ nhầm")
    assert set(here.nothing()) == {"Không gì", "Từ lâu", "Có nhà", "Có quà", "Gõ nhầm"}
    assert {tuple(told) for told in here.nothing().values()} == {("unknown",) * 3}

    here.support(old, date(2023, 11, 30))
    here.support(house, date(2024, 1, 1))
    entry = {"fund": "poor_fund", "amount": 1, "booked_on": date(2026, 2, 1)}
    here.add(Kind.FUND_ENTRY, direction="out", household=fund, **entry)
    here.add(Kind.FUND_ENTRY, direction="in", household=one, **entry)
    here.remove(Kind.SUPPORT, here.support(lost, date(2026, 1, 1)))
    here.support(near, date(2026, 1, 1))
    late = here.reg.household("Đến sau", day=date(2025, 7, 1)).uid
    here.reg.give_class(late, year=2025, valid_from=date(2025, 7, 1), source="decision")
    nothing = ["nothing"] * 3
    assert here.nothing() == {
        "Không gì": nothing,
        "Từ lâu": nothing,
        "Gõ nhầm": nothing,
        "Đến sau": ["unknown", "unknown", "nothing"],
    }
    assert "Có nhà" not in here.nothing(date(2026, 12, 30))
    # a year later the house is longer ago than three years
    assert here.nothing(date(2027, 1, 1))["Có nhà"] == nothing


def test_years_on_the_list_of_a_register(here: Help) -> None:
    reg = here.reg
    always, back, new, left = (reg.household(name).uid for name in ("Luôn", "Tái", "Mới", "Thoát"))
    for year, codes in {
        2025: {always: "near_poor", back: "not_poor", left: "poor"},
        2026: {always: "poor", back: "poor", new: "near_poor", left: "not_poor"},
    }.items():
        for home, code in codes.items():
            give(reg, home, code, year)
    assert here.years(date(2025, 12, 31)) == {
        "Luôn": (1, False, False),
        "Thoát": (1, False, False),
    }
    before = {
        "Luôn": (1, False, False),
        "Thoát": (1, False, False),
    }
    assert here.years(date(2026, 11, 30)) == before
    expected = {"Luôn": (2, False, False), "Mới": (1, False, False), "Tái": (1, False, False)}
    assert here.years(END) == expected
    for year in (2025, 2026):
        close(reg, year)
    assert here.years(END) == expected
    # a day before the decision of the year knows nothing of what it was closed with
    assert here.years(date(2026, 11, 30)) == before
    # under the standard of 2027 nobody has a class yet: the list goes on
    assert here.years(date(2027, 6, 30)) == expected


def test_years_go_on_under_another_standard(database: Database) -> None:
    begun = date(2019, 1, 1)
    reg = make_register(database, "A", first_day=begun)
    homes = {name: reg.household(name, day=begun).uid for name in ("Dài", "Ngắt", "Ba", "Giữ")}
    poor = {
        "Dài": (2019, 2020, 2021, 2022, 2023),
        "Ngắt": (2019, 2020, 2023),
        "Ba": (2021, 2022, 2023),
        "Giữ": (2022,),  # nobody reviewed it again, so its class goes on
    }
    for name, home in homes.items():
        for year in range(2019, 2023 if name == "Giữ" else 2024):
            entry = ClassEntry(
                household=home,
                standard="2016" if year < 2022 else "2022",
                review_year=year,
                household_class="near_poor" if year in poor[name] else "not_poor",
                source="decision",
                valid_from=date(year, 12, 10),
                decision_number=f"{year}/QĐ",
                decision_on=date(year, 12, 10),
            )
            classes.record(database, reg.context, entry, commune=reg.commune)
    here = Help(reg)
    assert here.years(date(2023, 12, 31)) == {
        "Ba": (3, False, True),
        "Dài": (5, False, True),
        "Giữ": (1, False, False),
        "Ngắt": (1, False, False),
    }
    assert here.years(date(2023, 12, 9)) == {
        "Ba": (2, False, False),
        "Dài": (4, False, True),
        "Giữ": (1, False, False),
    }
    assert here.years(date(2024, 5, 1))["Ba"] == (3, False, True)
    assert here.years(date(2024, 5, 1))["Giữ"] == (2, False, False)
