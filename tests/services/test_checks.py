"""Findings over the whole register: shared papers, rows that contradict each other, the audit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.domain.problems import Problem
from giamngheo_desktop.services import areas, checks, classes, events, households
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import household_list
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.tables import audit_change
from tests.harness.register import FIRST_DAY, STANDARD, TODAY, Register, make_context
from tests.harness.tables import definitions, insert, insert_class, sample_copy

NUMBER = "038080001234"
LAST = date(2026, 12, 31)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sample_copy(tmp_path_factory.mktemp("checks") / "mẫu.db") as database:
        yield database


def with_number(register: Register, name: str, number: str | None, village: str = "A") -> UUID:
    home = register.household(name, "Con", village=village)
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        kind = None if number is None else "cccd"
        work.update(Kind.PERSON, home.members[0].uid, id_kind=kind, id_number=number)
    return home.uid


def test_two_of_one_name_and_birthday_may_be_one_person(register: Register) -> None:
    """In both households, with the way to the other one; numbers tell them apart."""
    homes = [register.household("Y Lan", "A Tý", village=village) for village in "AB"]
    people = [home.members[1].uid for home in homes]

    def say(**values: object) -> None:
        with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
            for number, uid in enumerate(people):
                told = {name: one[number] for name, one in values.items()}  # type: ignore[index]
                work.update(Kind.PERSON, uid, **told)

    def said() -> list[Problem]:
        found = (item.problem for item in findings(register.database))
        return [one for one in found if one.code == "same_person_elsewhere"]

    say(birth=(PartialDate(1980, 5), PartialDate(1980, 5)))
    assert said() == []  # many are born in one month
    say(birth=(PartialDate(1980, 5, 7), PartialDate(1980, 5, 7)))
    first, other = said()
    assert {first.record, other.record} == set(people)
    assert first.params["household"] in ("Y Lan (Thôn A)", "Y Lan (Thôn B)")
    assert "A Tý, sinh 07/05/1980, có thể là A Tý của hộ Y Lan" in texts.problem_text(first, {})
    say(id_kind=("cccd", "cmnd"), id_number=(NUMBER, "191234567"))
    assert len(said()) == 2
    say(id_kind=("cccd", "cccd"), id_number=(NUMBER, "038080001235"))
    assert said() == []


def findings(database: Database, day: date = TODAY) -> list[checks.Finding]:
    return checks.check_register(database, definitions(), day=day, today=TODAY)


def one(database: Database, uid: UUID, day: date = TODAY) -> list[Problem]:
    home = households.get(database, uid, day)
    return checks.check_one(database, definitions(), home, reference_day=day, today=TODAY)


def shared(problems: list[Any]) -> list[Problem]:
    found = [getattr(item, "problem", item) for item in problems]
    return [problem for problem in found if problem.code.startswith("id_")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (NUMBER, NUMBER),
        (NUMBER, "038 080 001 234"),
        ("038.080.001.234", "038-080-001-234"),
        (NUMBER, "038\u00a0080\u00a0001234"),
    ],
)
def test_one_number_in_two_households(register: Register, first: str, second: str) -> None:
    """However it was typed; the sentence leads to the other household by its head."""
    mine = with_number(register, "Đinh Văn Tự", first)
    other = with_number(register, "Hồ Văn Lộc", second, village="B")
    for uid, name, where in (
        (mine, "Hồ Văn Lộc", "Hồ Văn Lộc (Thôn B)"),
        (other, "Đinh Văn Tự", "Đinh Văn Tự (Thôn A)"),
    ):
        (problem,) = shared(one(register.database, uid))
        assert problem.code == "id_elsewhere"
        assert (problem.params["other"], problem.params["household"]) == (name, where)
        sentence = texts.problem_text(problem, {})
        assert f"đã có ở {name}, hộ {where}" in sentence
    assert {item.household for item in findings(register.database) if shared([item])} == {
        mine, other,
    }  # fmt: skip


def test_no_number_is_no_shared_number(register: Register) -> None:
    for name, number in (("A", None), ("B", None), ("C", ""), ("D", "")):
        with_number(register, name, number)
    assert [item for item in findings(register.database) if shared([item])] == []


def test_a_number_is_free_once_its_owner_has_left(register: Register) -> None:
    mine = with_number(register, "Một", NUMBER)
    other = with_number(register, "Hai", NUMBER, village="B")
    events.move_out(register.database, register.context, household=other, day=date(2026, 3, 1))
    assert shared(one(register.database, mine, date(2026, 2, 28))) != []
    assert shared(one(register.database, mine)) == []
    assert [item for item in findings(register.database) if shared([item])] == []


def test_a_draft_is_checked_against_the_register(register: Register) -> None:
    with_number(register, "Một", NUMBER)
    new = register.member("Mới", is_head=True, relation="head", id_kind="cccd", id_number=NUMBER)
    draft = households.new_household(register.context, register.villages["B"])
    problems = checks.check_one(
        register.database,
        definitions(),
        replace(draft, members=(new,)),
        reference_day=TODAY,
        today=TODAY,
    )
    assert [problem.code for problem in shared(problems)] == ["id_elsewhere"]


def test_the_whole_register_finds_what_each_household_finds(sample: Database) -> None:
    """Also across the batches in which it is read."""
    changed = give_one_number(sample)
    found: dict[UUID, list[Problem]] = {}
    for item in checks.check_register(sample, definitions(), day=LAST, today=LAST):
        assert item.label
        found.setdefault(item.household, []).append(item.problem)
    assert set(changed) <= set(found)
    for uid in changed:
        home = households.get(sample, uid, LAST)
        assert found[uid] == checks.check_one(
            sample, definitions(), home, reference_day=LAST, today=LAST
        )


def give_one_number(database: Database) -> list[UUID]:
    """To two heads far apart in the register."""
    with database.reader() as connection:
        uids = household_list.register(connection, LAST)
    chosen = [uids[0], uids[-1]]
    with write_unit(database, make_context(), Op.SAVE_UNIT) as work:
        for uid in chosen:
            head = households.get(database, uid, LAST).head
            assert head is not None
            work.update(Kind.PERSON, head.uid, id_kind="cccd", id_number="038 080 009999")
    return chosen


def test_a_household_with_two_places_is_checked_once(register: Register) -> None:
    home = register.household()
    insert(
        register,
        Kind.PLACE,
        household=home.uid,
        village=register.villages["B"],
        reason=None,
        valid_from=FIRST_DAY,
        valid_to=None,
    )
    codes = [item.problem.code for item in findings(register.database)]
    assert codes.count("no_members") == 1


# --- rows that contradict each other -------------------------------------------------------------


def contradictions(register: Register) -> set[str]:
    found = checks.stored_contradictions(register.database, TODAY)
    for item in found:
        sentence = texts.CONTRADICTIONS[item.contradiction.code].format(**item.contradiction.params)
        assert "{" not in sentence
    return {item.contradiction.code for item in found}


def test_a_sound_register_contradicts_itself_nowhere(register: Register, sample: Database) -> None:
    home = register.household("Một", "Hai")
    register.give_class(home.uid, "poor", year=2025)
    register.give_class(home.uid, "near_poor", year=2026, valid_from=TODAY, source="decision")
    events.move_village(
        register.database,
        register.context,
        household=home.uid,
        village=register.villages["B"],
        day=TODAY,
    )
    assert contradictions(register) == set()
    assert checks.stored_contradictions(sample, LAST) == []


def test_each_contradiction_is_found(register: Register) -> None:
    home = register.household("Một", "Hai")
    register.give_class(home.uid, "poor")
    place = {"household": home.uid, "reason": None, "valid_to": None}
    insert(
        register, Kind.PLACE, **place, village=register.villages["B"], valid_from=date(2026, 3, 1)
    )
    assert contradictions(register) == {"two_places"}
    insert_class(register, home.uid, "near_poor", valid_from=date(2026, 4, 1))
    assert contradictions(register) == {"two_places", "two_classes"}
    other = register.household("Ba", "Bốn", village="C")
    membership = {
        "household": home.uid,
        "relation": None,
        "is_head": False,
        "position": 9,
        "reason": "opening",
        "end_reason": None,
        "valid_to": None,
    }
    insert(
        register,
        Kind.MEMBERSHIP,
        **membership,
        person=other.members[1].uid,
        valid_from=date(2026, 5, 1),
    )
    assert contradictions(register) == {"two_places", "two_classes", "two_memberships"}
    with write_unit(register.database, register.context, Op.SAVE_UNIT) as work:
        work.update(Kind.MEMBERSHIP, other.members[1].membership, is_head=True)
    assert "two_heads_stored" in contradictions(register)


def test_a_frozen_size_and_a_small_population_are_told(register: Register) -> None:
    homes = [register.household(f"Hộ {n}", "Vợ").uid for n in range(2)]
    for home in homes:
        register.give_class(home, "poor")
    areas.save_population(
        register.database, register.context, 2026, {register.villages["A"]: {"households": 1}}
    )
    classes.close_year(
        register.database,
        register.context,
        year=2026,
        standard=STANDARD,
        definition="f" * 64,
        commune=register.commune,
    )
    assert contradictions(register) == {"population_too_small"}
    (finding,) = checks.stored_contradictions(register.database, TODAY)
    assert finding.label == "Thôn A"
    with closing(sqlite3.connect(register.database.path)) as connection:
        connection.execute("UPDATE review_result SET persons = 9")
        connection.commit()
    assert contradictions(register) == {"population_too_small", "frozen_size_differs"}


def test_the_audit_shows_a_file_changed_from_outside(register: Register) -> None:
    register.household("Một")
    assert checks.broken_audit_link(register.database) is None
    with register.database.writer() as connection:
        uid = connection.execute(sa.select(audit_change.c.uid).limit(1)).scalar_one()
        connection.execute(
            audit_change.update().where(audit_change.c.uid == uid).values(new="khác")
        )
    assert checks.broken_audit_link(register.database) == 1


def test_a_decision_without_its_number_or_day_is_named(register: Register) -> None:
    home = register.household("Nguyễn Văn An").uid
    march = date(2026, 3, 20)
    register.give_class(home, "poor", year=2025)  # an opening needs no paper
    whole = {"decision_number": "1/QĐ", "decision_on": march}
    for parts in ({}, {"decision_number": "1/QĐ"}, {"decision_on": march}, whole):
        record = register.give_class(
            home, "poor", year=2026, valid_from=march, source="decision", **parts
        )
        found = [item for item in findings(register.database) if "paper" in item.problem.code]
        assert [item.household for item in found] == ([] if parts == whole else [home])
        if parts == {}:
            assert texts.problem_text(found[0].problem, {}) == (
                "Kết quả phân loại năm 2026, hiệu lực từ 20/03/2026, chưa có số, ngày quyết định: "
                "mở hộ, ghi vào mục Phân loại của năm."
            )
        with write_unit(register.database, register.context, Op.RECORD_CLASS) as work:
            classes.remove_in(work, record)
