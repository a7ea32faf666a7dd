"""The household list of a closed year: what was frozen, whatever was typed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services import areas, classes, events, households, register, successions
from giamngheo_desktop.services.overview import overview
from giamngheo_desktop.services.register import HouseholdFilter, HouseholdRow
from giamngheo_desktop.services.unit import write_unit
from tests.harness.register import FIRST_DAY, STANDARD, Register
from tests.harness.report_rows import add_village
from tests.harness.tables import UNPLACED, column, insert_class, paper

LAST = date(2025, 12, 31)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


@pytest.fixture
def closed(register: Register) -> dict[str, UUID]:
    """An, Bình and Cúc are poor, Dung near-poor, Em was never recognised; 2025 is closed."""
    reg = register
    homes = {}
    for name, village, code in (
        ("An", "A", "poor"),
        ("Bình", "A", "poor"),
        ("Cúc", "B", "poor"),
        ("Dung", "B", "near_poor"),
        ("Em", "C", None),
    ):
        home = reg.household(f"Lò Văn {name}", f"Vợ {name}", village=village).uid
        homes[name] = home
        if code:
            decision = {"source": "decision", "decision_number": "1"}
            reg.give_class(home, code, year=2025, valid_from=date(2025, 12, 1), **decision)
    classes.close_year(
        reg.database,
        reg.context,
        year=2025,
        standard=STANDARD,
        definition="f" * 64,
        commune=reg.commune,
    )
    return homes


def listed(reg: Register, **options: Any) -> dict[str, HouseholdRow]:
    wanted = HouseholdFilter(day=LAST, standard=STANDARD, **{"year": 2025, **options})
    return {row.head.split()[-1]: row for row in register.households(reg.database, wanted)}


def change_everything(reg: Register, homes: dict[str, UUID]) -> None:
    """Written after the closing, dated before it; classes as no service would."""
    args = (reg.database, reg.context)
    insert_class(reg, homes["An"], "near_poor", review_year=2025, valid_from=date(2025, 12, 1))
    events.move_out(*args, household=homes["Bình"], day=date(2025, 12, 25))
    stored = reg.get(homes["Cúc"], LAST)
    head, wife = stored.members
    moved = replace(
        stored,
        village=reg.villages["C"],
        address="Xóm mới",
        members=(replace(head, full_name="Lò Văn Cúc"), wife, reg.member("Con")),
    )
    households.save(*args, moved, day=FIRST_DAY, base=None)
    insert_class(reg, homes["Em"], "poor", review_year=2025, valid_from=date(2025, 12, 2))


def test_village_class_and_persons_are_the_frozen_ones(
    register: Register, closed: dict[str, UUID]
) -> None:
    before = listed(register)
    assert listed(register, year=None) == before  # the register still says the same
    change_everything(register, closed)
    after = listed(register)
    assert {name: row.uid for name, row in after.items()} == closed
    assert (before["Em"].state, after["Em"].state) == ("none", "no_result")  # classed since
    for name in closed:
        for field in ("village", "persons", "household_class", *(["state"] * (name != "Em"))):
            assert getattr(after[name], field) == getattr(before[name], field), (name, field)
    assert after["Cúc"].address == "Xóm mới"  # the rest is the register's
    live = listed(register, year=None)
    assert "Bình" not in live
    assert (live["Cúc"].village, live["Cúc"].persons, live["Em"].state) == ("Thôn C", 3, "poor")
    printed = column(paper(register.database, year=2025), "poor_households")
    states = [row.state for row in after.values()]
    assert (states.count("poor"), states.count("no_result")) == (3, 1)
    assert printed["Tổng cộng"] == 3


def village_counts(reg: Register, state: str) -> dict[str, int]:
    """By village as the filter offers them; every household of the list is found by one."""
    wanted = HouseholdFilter(day=LAST, standard=STANDARD, year=2025)
    offered = register.villages_of_list(reg.database, wanted, reg.commune)
    found: dict[str, int] = {}
    everybody: list[UUID] = []
    for uid, name in offered:
        rows = listed(reg, villages=(uid,)).values()
        assert {row.village for row in rows} <= {name}
        everybody += [row.uid for row in rows]
        if count := sum(row.state == state for row in rows):
            found[name] = count
    assert sorted(everybody) == sorted(row.uid for row in listed(reg).values())
    return found


def printed_counts(reg: Register, measure: str) -> dict[str, int]:
    found = column(paper(reg.database, year=2025), measure)
    return {name: count for name, count in found.items() if count and name != "Tổng cộng"}


def new_village(reg: Register, name: str) -> UUID:
    return add_village(reg, name, date(2025, 10, 1))


def succeed(reg: Register, olds: str, news: str, reason: str) -> None:
    successions.record_succession(
        reg.database,
        reg.context,
        olds=[reg.villages[name] for name in olds],
        news=[new_village(reg, name) for name in news],
        reason=reason,
        effective_on=date(2025, 10, 1),
    )


def test_a_merger_typed_after_the_closing_moves_the_list_like_the_table(
    register: Register, closed: dict[str, UUID]
) -> None:
    succeed(register, "AB", "D", "merged")
    assert village_counts(register, "poor") == {"Thôn D": 3}
    assert village_counts(register, "near_poor") == {"Thôn D": 1}
    assert village_counts(register, "none") == {"Thôn C": 1}
    for measure, state in (("poor_households", "poor"), ("near_poor_households", "near_poor")):
        assert printed_counts(register, measure) == village_counts(register, state)
    assert list(listed(register, text="thon d")) == ["An", "Bình", "Cúc", "Dung"]
    assert register_matching(register, "thon d") == {
        closed[name] for name in ("An", "Bình", "Cúc", "Dung")
    }
    assert register_matching(register, "thon a") == frozenset()
    assert next(iter(listed(register, sort="village"))) == "Em"


def test_a_split_typed_after_the_closing_does_too(
    register: Register, closed: dict[str, UUID]
) -> None:
    """Who was put into a part by name stands there; the others are found by the old village."""
    succeed(register, "A", "DE", "split")
    args = (register.database, register.context)
    day = date(2025, 10, 1)
    events.move_village(*args, household=closed["An"], village=register.villages["D"], day=day)
    assert village_counts(register, "poor") == {"Thôn A": 1, "Thôn B": 1, "Thôn D": 1}
    assert printed_counts(register, "poor_households") == {"Thôn B": 1, "Thôn D": 1, UNPLACED: 1}
    events.move_village(*args, household=closed["Bình"], village=register.villages["E"], day=day)
    assert village_counts(register, "poor") == {"Thôn B": 1, "Thôn D": 1, "Thôn E": 1}
    assert printed_counts(register, "poor_households") == village_counts(register, "poor")


def test_filters_search_and_order_follow(register: Register, closed: dict[str, UUID]) -> None:
    change_everything(register, closed)
    a, b, c = (register.villages[name] for name in "ABC")
    for options, expected in (
        ({"villages": (a,)}, ["An", "Bình"]),
        ({"villages": (b,)}, ["Cúc", "Dung"]),
        ({"villages": (c,)}, ["Em"]),
        ({"classes": ("poor",)}, ["An", "Bình", "Cúc"]),
        ({"classes": ("near_poor",)}, ["Dung"]),
        ({"classes": ("none",)}, []),
        ({"classes": ("no_result",)}, ["Em"]),
        ({"classes": ("none", "near_poor", "no_result")}, ["Dung", "Em"]),
        ({"classes": ("average_living",)}, []),
        ({"text": "binh"}, ["Bình"]),
        ({"text": "b"}, ["Bình", "Cúc", "Dung"]),  # Thôn B as well
        ({"text": "thon b"}, ["Cúc", "Dung"]),
        ({"uids": frozenset({closed["Bình"]})}, ["Bình"]),
        ({"limit": 2}, ["An", "Bình"]),
        ({"sort": "village"}, ["An", "Bình", "Cúc", "Dung", "Em"]),
        ({"sort": "village", "descending": True}, ["Em", "Dung", "Cúc", "Bình", "An"]),
        ({"sort": "household_class"}, ["Dung", "An", "Bình", "Cúc", "Em"]),
    ):
        assert list(listed(register, **options)) == expected, options
    for text in ("binh", "vo binh", "thon b", "b"):
        found = register_matching(register, text)
        assert found == {row.uid for row in listed(register, text=text).values()}, text
    assert closed["Bình"] in register_matching(register, "vo binh")


def register_matching(reg: Register, text: str) -> frozenset[UUID]:
    return register.matching(reg.database, text, LAST, year=2025, standard=STANDARD)


def test_who_has_no_result_of_the_year_but_a_class_is_told_from_who_has_none(
    register: Register, definitions: Definitions
) -> None:
    """An was recognised the year before and not again, Bình in the year, Cúc never."""
    reg = register
    homes = {name: reg.household(name, village="A").uid for name in ("An", "Bình", "Cúc")}
    decision = {"source": "decision", "decision_number": "1"}
    reg.give_class(homes["An"], "not_poor", year=2024, valid_from=FIRST_DAY, **decision)
    reg.give_class(homes["Bình"], year=2025, valid_from=date(2025, 12, 1), **decision)
    args = (reg.database, reg.context)

    def shown() -> tuple[dict[str, str], dict[str, list[str]], int]:
        states = {name: row.state for name, row in listed(reg).items()}
        filtered = {state: list(listed(reg, classes=(state,))) for state in ("none", "no_result")}
        told = overview(reg.database, definitions, year=2025, commune=reg.commune, day=LAST)
        return states, filtered, told.unclassed

    states, filtered, unclassed = shown()
    assert states == {"An": "not_poor", "Bình": "poor", "Cúc": "none"}
    assert (filtered, unclassed) == ({"none": ["Cúc"], "no_result": []}, 1)
    close = {"year": 2025, "standard": STANDARD, "definition": "f" * 64, "commune": reg.commune}
    classes.close_year(*args, **close)
    states, filtered, unclassed = shown()
    assert states == {"An": "no_result", "Bình": "poor", "Cúc": "none"}
    assert (filtered, unclassed) == ({"none": ["Cúc"], "no_result": ["An"]}, 1)
    # A frozen result stays, also where its class was taken out of the register since.
    with write_unit(*args, Op.SAVE_UNIT) as work:
        (record,) = classes.of_household(reg.database, homes["Bình"])
        work.update(Kind.CLASS_RECORD, record["uid"], removed=True)
    assert shown() == (states, filtered, unclassed)


def test_an_open_year_and_another_day_show_the_register(
    register: Register, closed: dict[str, UUID]
) -> None:
    change_everything(register, closed)
    assert register_is_closed(register)
    classes.reopen_year(
        register.database, register.context, year=2025, standard=STANDARD, reason="sót"
    )
    assert not register_is_closed(register)
    assert listed(register) == listed(register, year=None)


def register_is_closed(reg: Register, unit: UUID | None = None) -> bool | None:
    return register.is_closed(reg.database, 2025, STANDARD, unit)


def test_of_a_year_that_one_commune_closed_only_its_households_stand_still(
    register: Register,
) -> None:
    reg = register
    other = reg.second_commune("Hương Sơn", "H")
    homes = {}
    for name, village in (("An", "A"), ("Bình", "A"), ("Hoa", "H")):
        homes[name] = reg.household(name, village=village).uid
    for name in ("An", "Hoa"):
        reg.give_class(homes[name], "poor", year=2025, valid_from=date(2025, 12, 1))
    classes.close_year(
        reg.database, reg.context, year=2025, standard=STANDARD, definition="f" * 64,
        commune=reg.commune,
    )  # fmt: skip
    for home in homes.values():
        insert_class(reg, home, "near_poor", review_year=2025, valid_from=date(2025, 12, 1))
    states = {name: row.state for name, row in listed(reg).items()}
    assert states == {"An": "poor", "Bình": "no_result", "Hoa": "near_poor"}
    assert list(listed(reg, classes=("near_poor",))) == ["Hoa"]
    assert list(listed(reg, classes=("no_result",))) == ["Bình"]
    assert list(listed(reg, classes=("none",))) == []
    (province,) = areas.tree(reg.database, FIRST_DAY).of_level(Level.PROVINCE)
    for unit, expected in ((reg.commune, True), (other, False), (province.uid, None)):
        assert register_is_closed(reg, unit) is expected
