"""Supports with a real file: one event for many and its undo, sums, warnings, years on the list."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.entitlement import Given, Why
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.record_form import KnownCodes, SupportPolicy
from giamngheo_desktop.services import events, undo
from giamngheo_desktop.services.programme import (
    listing,
    needs,
    standings,
    support_bulk,
    support_lists,
    supports,
)
from giamngheo_desktop.services.programme.support_bulk import Choice, ForMany, Receiver
from giamngheo_desktop.services.programme.supports import Asked, By
from giamngheo_desktop.services.register import HouseholdFilter
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.tables import TABLES
from giamngheo_desktop.texts import support_doubt
from tests.harness.examples import examples
from tests.harness.register import (
    STANDARD,
    TODAY,
    Register,
    dump,
    living,
    make_register,
)
from tests.harness.tables import definitions as program
from tests.services.test_corrections import close

DAY = date(2026, 7, 1)
SOURCES = ("central", "province", "donors")


def known(classes: frozenset[str] | None = frozenset({"poor", "new_escape"})) -> Definitions:
    """The program's definitions with a policy for these classes."""
    gift = SupportPolicy(
        per="household", need="", classes=classes, value_keys=(), group="",
        form=program().records[Kind.NEED].form,
    )  # fmt: skip
    supports = {"gift": gift, "health": replace(gift, per="person")}
    codes = KnownCodes(of={"policy": frozenset(supports)})
    records = {kind: replace(form, known=codes) for kind, form in program().records.items()}
    return replace(program(), supports=supports, records=records)


def event(**values: Any) -> dict[str, Any]:
    return {"policy": "gift", "name": "Quà Tết", "supported_on": DAY, **values}


def give(register: Register, *receivers: Receiver, **values: Any) -> support_bulk.Supported:
    shares = values.pop("shares", {"central": 500_000})
    wanted = ForMany(event=event(**values), receivers=receivers, shares=shares)
    done = support_bulk.support_many(
        register.database, register.context, known(), wanted, commune=register.commune
    )
    return done.value


def of_2026(register: Register, **asked: Any) -> list[supports.Support]:
    return supports.of_year(register.database, known(), Asked(year=2026, **asked))


def put(register: Register, kind: Kind, **values: Any) -> UUID:
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        return work.insert(kind, **values)


def whys(doubts: supports.Doubts) -> list[Why]:
    return [doubt.why for told in doubts.values() for doubt in told]


def test_one_event_for_many_is_one_step_and_undone_in_one(register: Register) -> None:
    poor = register.household("Lò Văn An")
    near = register.household("Lò Văn Bình", "Lò Thị Ba", village="B")
    other = register.household("Hồ Văn Cả", village="C")
    register.give_class(poor.uid)
    register.give_class(near.uid, "near_poor")
    before = living(dump(register.database))
    wanted = ForMany(
        event=event(component="DA7-TDA1", programme="2021", decision_number="12/QĐ"),
        receivers=(
            Receiver(household=poor.uid),
            Receiver(
                household=near.uid,
                person=near.members[1].uid,
                shares={"central": 1, "donors": 0, "province": 2},
                values={"content": "chăn"},
            ),
            Receiver(household=other.uid),
        ),
        shares={"central": 500_000},
        support={"item": "gạo", "quantity": 1500, "unit": "kg"},
        answers={"reason": "Tết", "empty": None},
    )
    foreseen = support_bulk.foresee(register.database, register.context, known(), wanted)
    assert living(dump(register.database)) == before
    done = support_bulk.support_many(
        register.database, register.context, known(), wanted, commune=register.commune
    )
    assert whys(done.value.doubts) == [Why.OTHER_CLASS, Why.NO_CLASS]
    assert [who.household for who, _ in foreseen] == [near.uid, other.uid]
    assert done.changes.op is Op.SUPPORT_MANY
    found = {row.household: row for row in of_2026(register)}
    assert {row.class_then for row in found.values()} == {"poor", "near_poor", None}
    assert found[near.uid].shares == {"central": 1, "province": 2}
    assert (found[near.uid].person, found[near.uid].content) == (near.members[1].uid, "chăn")
    assert found[poor.uid].village == register.villages["A"]
    assert {(row.component, row.decision_number) for row in found.values()} == {
        ("DA7-TDA1", "12/QĐ")
    }
    with register.database.reader() as connection:
        assert len(records.find(connection, Kind.SUPPORT_VALUE, code="reason")) == 3
        assert not records.find(connection, Kind.SUPPORT_VALUE, code="empty")
        (row,) = records.find(connection, Kind.SUPPORT_EVENT)
    assert (row["year"], row["area"]) == (2026, register.commune)
    step = undo.next_step(register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.SUPPORT_MANY, "Quà Tết")
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before
    assert of_2026(register) == []


def test_what_cannot_be_an_event_is_refused_and_leaves_nothing(register: Register) -> None:
    home = register.household("Lò Văn An")
    before = dump(register.database)
    with pytest.raises(RefusedError, match="support_nobody"):
        give(register)
    with pytest.raises(RefusedError, match="support_amount"):
        give(register, Receiver(household=home.uid, shares={"central": -1}))
    assert dump(register.database) == before


def test_the_grid_of_an_event_and_its_removal_are_one_step_each(register: Register) -> None:
    homes = [register.household(f"Lò Văn {name}") for name in ("An", "Ba", "Cả")]
    done = give(
        register,
        *(Receiver(household=home.uid) for home in homes),
        shares={"central": 70, "province": 25, "people": 5},
    )
    given = living(dump(register.database))
    one, two, three = done.supports
    wanted: Mapping[UUID, Mapping[str, int]] = {
        one: {"central": 80, "province": 25, "donors": 9},
        two: {"central": 70, "province": 25, "people": 5},
        three: {},
    }
    support_bulk.change_amounts(register.database, register.context, done.event, wanted)
    step = undo.next_step(register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.CHANGE_AMOUNTS, "Quà Tết")
    shares = {row.uid: row.shares for row in support_lists.of_event(register.database, done.event)}
    assert shares == wanted
    assert supports.total(of_2026(register)).unpriced == 1
    with pytest.raises(RefusedError, match="record_missing"):
        support_bulk.change_amounts(
            register.database, register.context, done.event, {homes[0].uid: {"central": 1}}
        )
    changed = living(dump(register.database))
    support_bulk.remove_event(register.database, register.context, done.event)
    assert of_2026(register) == []
    left = living(dump(register.database))
    assert not any(left[kind] for kind in (Kind.SUPPORT, Kind.SUPPORT_SHARE, Kind.SUPPORT_EVENT))
    for expected in (changed, given):
        step = undo.next_step(register.database)
        assert step is not None
        undo.undo(register.database, register.context, step.group)
        assert living(dump(register.database)) == expected


@pytest.fixture
def since_2022(database: Database) -> Register:
    return make_register(database, first_day=date(2022, 1, 1))


def test_classes_of_the_day_and_the_36_months(since_2022: Register) -> None:
    register = since_2022
    home = register.household("Lò Văn An", day=date(2022, 1, 1)).uid
    register.give_class(home, year=2021, valid_from=date(2022, 1, 1))
    paper = {"source": "decision", "decision_number": "9/QĐ"}
    left = date(2023, 6, 15)
    register.give_class(home, "not_poor", year=2023, valid_from=left, decision_on=left, **paper)
    days = {
        date(2022, 6, 1): ("poor", []),
        date(2023, 6, 14): ("poor", []),
        date(2023, 6, 15): ("new_escape", []),
        date(2026, 6, 14): ("new_escape", []),
        date(2026, 6, 15): ("not_poor", [Why.ESCAPE_OVER]),
        date(2021, 6, 1): (None, [Why.NO_CLASS]),  # before the register begins
    }
    for day, (code, expected) in days.items():
        once = give(register, Receiver(household=home), supported_on=day, policy="gift")
        (row,) = support_lists.of_event(register.database, once.event)
        assert (row.class_then, whys(once.doubts)) == (code, expected), day
        said = [support_doubt(doubt, {}) for told in once.doubts.values() for doubt in told]
        assert all("ngày cuối của thời hạn là 14/06/2026" in one for one in said) or code is None
        support_bulk.remove_event(register.database, register.context, once.event)
    late = register.household("Hồ Văn Cả", day=date(2024, 1, 1)).uid
    once = give(register, Receiver(household=late), supported_on=date(2023, 12, 31))
    assert whys(once.doubts) == [Why.NOT_HERE]


def test_what_is_corrected_of_an_event_holds_for_its_supports(since_2022: Register) -> None:
    register = since_2022
    home, other = (register.household(name, day=date(2022, 1, 1)).uid for name in ("An", "Ba"))
    for uid in (home, other):
        register.give_class(uid, year=2021, valid_from=date(2022, 1, 1))
        register.give_class(
            uid, "near_poor", year=2022, valid_from=date(2022, 12, 15), source="decision"
        )
    plan = put(
        register, Kind.PLAN_COMPONENT, area=register.commune, year=2022, programme="2021",
        component="DA5", printed_name="Dự án 4",
    )  # fmt: skip
    own = Receiver(household=other, values={"supported_on": date(2022, 3, 1), "component": "DA7"})
    day = date(2022, 6, 1)
    done = give(register, Receiver(household=home), own, supported_on=day, plan_component=plan)
    asked = (register.database, register.context, known(), done.event)

    def told() -> dict[UUID, Any]:
        rows = support_lists.of_event(register.database, done.event)
        return {
            row.household: (row.policy, row.supported_on, row.class_then, row.component)
            for row in rows
        }

    own_day = date(2022, 3, 1)
    assert told() == {
        home: ("gift", day, "poor", "DA5"),
        other: ("gift", own_day, "poor", "DA7"),
    }
    later = date(2023, 1, 1)
    support_bulk.change_event(
        *asked, {"supported_on": later, "component": "DA6", "policy": "health"}
    )
    assert told() == {
        home: ("health", later, "near_poor", "DA6"),
        other: ("health", own_day, "poor", "DA7"),
    }
    before = support_lists.of_event(register.database, done.event)
    support_bulk.change_event(*asked, {"name": "Tết"})
    after = support_lists.of_event(register.database, done.event)
    assert [replace(row, event_name="Quà Tết") for row in after] == before
    typed = replace(supports.given(after[0]), supported_on=day, person=None)
    found = supports.typed_doubts(register.database, known(), typed, TODAY)
    assert [doubt.why for doubt in found] == [Why.NO_PERSON]


def test_a_value_is_that_of_the_commune(register: Register) -> None:
    """In a file of several communes none knows what another one typed."""
    other = register.second_commune("Sơn Mùa", "M")
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        work.insert(
            Kind.POLICY_VALUE, area=other, key="gift_of_tet", group="other", label="Quà Tết",
            value="500.000", unit="đồng/hộ", scope="commune", valid_from=date(2026, 1, 1),
        )  # fmt: skip
    told = {}
    for village in "AM":
        home = register.household(f"Người {village}", village=village).uid
        one = Given(
            uid=home, household=home, person=None, policy="gift", supported_on=DAY,
            value_key="gift_of_tet", value_used="500.000",
        )  # fmt: skip
        doubts = supports.typed_doubts(register.database, known(None), one, TODAY)
        told[village] = [doubt.why for doubt in doubts]
    assert told == {"A": [Why.OTHER_VALUE], "M": []}


def test_the_village_of_a_support_is_that_of_its_day(register: Register) -> None:
    home = register.household("Lò Văn An").uid
    for day in (date(2026, 3, 31), date(2026, 4, 1)):
        give(register, Receiver(household=home), supported_on=day)
    events.move_village(
        register.database, register.context,
        household=home, village=register.villages["B"], day=date(2026, 4, 1),
    )  # fmt: skip
    found = supports.sums(of_2026(register), By.VILLAGE)
    assert {uid: part.amount for uid, part in found.items()} == {
        register.villages["A"]: 500_000,
        register.villages["B"]: 500_000,
    }
    of_b = of_2026(register, unit=register.villages["B"])
    assert [row.supported_on for row in of_b] == [date(2026, 4, 1)]
    got = supports.since(register.database, home, date(2026, 4, 1), TODAY)
    assert (len(got.supports), got.total.amount) == (1, 500_000)
    doubts = supports.doubts(register.database, known(None), of_2026(register), TODAY)
    assert whys(doubts) == [Why.TWICE, Why.TWICE]
    often = replace(known(None).supports["gift"], repeats=True)  # each day a gift of its own
    other = replace(program(), supports={"gift": often})
    assert whys(supports.doubts(register.database, other, of_2026(register), TODAY)) == []


def test_a_support_counts_in_the_year_it_was_given_in(register: Register) -> None:
    """Also where its event belongs to the plan of the year before."""
    home = register.household("Lò Văn An").uid
    give(register, Receiver(household=home), supported_on=date(2027, 1, 5), year=2026)
    give(register, Receiver(household=home), supported_on=date(2026, 12, 31), year=2026)
    put(register, Kind.SUPPORT, household=home, policy="gift", supported_on=date(2027, 1, 5))
    assert [row.supported_on for row in of_2026(register)] == [date(2026, 12, 31)]
    late, gift = supports.of_year(register.database, known(), Asked(year=2027))
    assert late.event is not None
    assert (gift.amount, gift.event, gift.shares) == (None, None, {})
    assert [late.plan_year, gift.plan_year] == [2026, None]
    doubts = supports.doubts(register.database, known(), [late], TODAY)
    assert Why.OTHER_YEAR in [doubt.why for doubt in doubts[late.uid]]
    for year in (2026, 2027):
        found = listing.of_year(register.database, known(), register.commune, year).lines
        listed = [one for one in found if one.kind is Kind.SUPPORT_EVENT]
        assert [(one.day and one.day.year, one.plan_year) for one in listed] == [(year, 2026)]
        assert sum(one.amount or 0 for one in found if one.kind is Kind.SUPPORT) == 500_000
    total = supports.total([gift])
    assert (total.amount, total.unpriced) == (None, 1)  # not known, not nought
    assert supports.years(register.database) == [2027, 2026]


@pytest.mark.parametrize("seed", range(examples(6, 40)))
def test_sums_by_whatever_give_the_same(register: Register, seed: int) -> None:
    """Against what the base tables hold, with removed records among them."""
    chance = random.Random(seed)
    homes = [
        register.household(f"Lò Văn {at}", f"Lò Thị {at}", village=chance.choice("ABC"))
        for at in range(5)
    ]
    bodies = [
        put(register, Kind.BODY, area=register.commune, name=name, valid_from=date(2020, 1, 1))
        for name in ("Hội Phụ nữ", "Hội Nông dân")
    ]
    for _ in range(chance.randrange(1, 5)):
        done = give(
            register,
            *(
                Receiver(
                    household=home.uid,
                    person=chance.choice([None, home.members[1].uid]),
                    shares={
                        source: chance.randrange(3) * chance.randrange(1, 10**12)
                        for source in chance.sample(SOURCES, chance.randrange(4))
                    },
                )
                for home in chance.sample(homes, chance.randrange(1, 6))
            ),
            policy=chance.choice(["gift", "health"]),
            programme=chance.choice([None, "2021"]),
            component=chance.choice([None, "DA7", "DA7-TDA1"]),
            body=chance.choice([None, *bodies]),
            supported_on=date(chance.choice([2025, 2026]), 5, 6),
        )
        if chance.random() < 0.3:
            support_bulk.remove_event(register.database, register.context, done.event)
    found = of_2026(register)
    amounts = {by: sum(part.amount or 0 for part in supports.sums(found, by).values()) for by in By}
    counts = {
        by: sum(part.supports for part in supports.sums(found, by).values())
        for by in By
        if by is not By.SOURCE
    }
    by_source = {
        source: part.amount
        for source, part in supports.sums(found, By.SOURCE).items()
        if source is not None
    }
    support, share = TABLES[Kind.SUPPORT], TABLES[Kind.SUPPORT_SHARE]
    query = (
        sa.select(share.c.source, support.c.household, support.c.policy, share.c.amount)
        .join(support, support.c.uid == share.c.support)
        .where(~share.c.removed, ~support.c.removed, support.c.supported_on >= date(2026, 1, 1))
    )
    counted, others = Counter[str](), Counter[Any]()
    with register.database.reader() as connection:
        for source, home, policy, amount in connection.execute(query):
            counted[source] += amount
            others[home] += amount
            others[policy] += amount
    for by in (By.HOUSEHOLD, By.POLICY):
        for key, part in supports.sums(found, by).items():
            assert (part.amount or 0) == others[key]
    assert by_source == dict(counted)
    assert set(amounts.values()) == {sum(counted.values())}
    assert set(counts.values()) <= {len(found)}
    assert {row.uid for row in of_2026(register, component="DA7")} == {
        row.uid for row in found if row.component in ("DA7", "DA7-TDA1")
    }
    for body in bodies:
        assert all(row.body == body for row in of_2026(register, body=body))


def test_who_is_picked(register: Register) -> None:
    poor, near, none = (
        register.household(f"Lò Văn {name}", village=village).uid
        for name, village in (("An", "A"), ("Ba", "B"), ("Cả", "C"))
    )
    register.give_class(poor)
    register.give_class(near, "near_poor")
    put(register, Kind.NEED, household=near, code="housing", valid_from=date(2026, 1, 1))
    put(
        register, Kind.NEED, household=poor, code="housing",
        valid_from=date(2025, 1, 1), valid_to=date(2026, 6, 30),
    )  # fmt: skip
    everybody = HouseholdFilter(day=DAY, standard=STANDARD)

    def picked(**choice: Any) -> set[UUID]:
        choice = {"households": everybody, **choice}
        return {
            row.uid for row in support_bulk.household_choice(register.database, Choice(**choice))
        }

    assert picked() == {poor, near, none}
    assert picked(households=replace(everybody, classes=("poor",))) == {poor}
    assert picked(needs=frozenset({"housing", "credit"})) == {near}
    assert picked(households=replace(everybody, day=date(2026, 6, 30)), needs={"housing"}) == {
        poor,
        near,
    }
    give(register, Receiver(household=near), supported_on=date(2023, 7, 1))
    give(register, Receiver(household=poor), supported_on=date(2023, 6, 30))
    assert picked(unsupported_years=3) == {poor, none}
    assert picked(unsupported_years=3, policies=frozenset({"health"})) == {poor, near, none}
    assert [one.code for one in needs.on_day(register.database, DAY)[near]] == ["housing"]


def test_years_on_the_list(since_2022: Register) -> None:
    register = since_2022
    home, left = (register.household(name, day=date(2022, 1, 1)).uid for name in ("An", "Ba"))
    for uid, year, code in (
        (home, 2023, "poor"),
        (home, 2025, "near_poor"),  # the poor one of 2023 still held at the end of 2024
        (left, 2024, "poor"),
        (left, 2025, "not_poor"),
    ):
        register.give_class(
            uid, code, year=year, valid_from=date(year, 12, 15), source="decision",
            decision_number=f"{year}{code}", decision_on=date(year, 12, 15),
        )  # fmt: skip

    def run(uid: UUID, day: date) -> tuple[int, ...]:
        return standings.years_on_list(register.database, [uid], day)[uid].years

    assert run(home, DAY) == (2023, 2024, 2025)
    assert run(home, date(2025, 12, 14)) == (2023, 2024)
    assert run(left, DAY) == ()
    assert run(left, date(2025, 12, 14)) == (2024,)
    close(register, 2025)
    assert run(home, DAY) == (2023, 2024, 2025)
