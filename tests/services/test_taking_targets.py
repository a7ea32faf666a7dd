"""Targets of last year's plan in the plan of this one: what they aim at, without its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.targets import taking
from giamngheo_desktop.storage import records
from tests.harness.helping import Help
from tests.harness.register import Register
from tests.harness.review import shipped


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(RefusedError) as caught:
        yield
    assert caught.value.code == code
    assert texts.error_text(caught.value)


GIVEN = {"assigned_by": "QĐ 81", "assigned_on": date(2026, 1, 5)}


@pytest.fixture
def last(register: Register) -> UUID:
    plan = versions.begin(register.database, register.context, register.commune, 2026).value
    help_ = Help(register)
    rows: tuple[dict[str, Any], ...] = (
        {"indicator": "HN-GIAM-HO", "assigned": 500, "pursued": 900, **GIVEN,
         "baseline": 5600, "due_on": date(2026, 11, 30), "note": "theo nghị quyết"},
        {"indicator": "YT-BHYT", "assigned": 10_000, "groups": ("poor", "near_poor"), **GIVEN},
        {"indicator": "NS-HVS", "pursued": 9_000, "comparator": "at_least"},
        {"indicator": "GS-TUKT", "content": "Tự kiểm tra kế hoạch năm 2026 ở mỗi thôn"},
    )  # fmt: skip
    for at, row in enumerate(rows, 1):
        help_.add(Kind.TARGET, document=plan, key=str(at), position=at, **row)
    return plan


def begin(register: Register) -> UUID:
    return versions.begin(register.database, register.context, register.commune, 2027).value


def take(register: Register, plan: UUID) -> tuple[UUID, ...]:
    return taking.take(register.database, register.context, shipped(), plan).value


def targets(register: Register, plan: UUID) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        rows = records.find(connection, Kind.TARGET, document=plan)
    return sorted(rows, key=lambda row: row["position"])


def test_what_is_aimed_at_comes_over_and_what_is_of_the_year_does_not(
    register: Register, last: UUID
) -> None:
    plan = begin(register)
    assert len(take(register, plan)) == 4
    fall, insured, water, words = targets(register, plan)
    for row in (fall, insured, water, words):
        for name in ("assigned", "assigned_by", "assigned_on", "baseline", "due_on", "note"):
            assert row[name] is None, name
    assert (fall["indicator"], fall["pursued"]) == ("HN-GIAM-HO", None)
    assert (insured["pursued"], set(insured["groups"])) == (10_000, {"poor", "near_poor"})
    assert (water["pursued"], water["comparator"]) == (9_000, "at_least")
    assert words["content"] == "Tự kiểm tra kế hoạch năm 2027 ở mỗi thôn"
    assert [row["position"] for row in (fall, insured, water, words)] == [1, 2, 3, 4]


def test_what_stands_there_is_not_taken_again(register: Register, last: UUID) -> None:
    plan = begin(register)
    Help(register).add(
        Kind.TARGET, document=plan, key="own", position=7, indicator="NS-HVS", pursued=9_500
    )
    assert len(take(register, plan)) == 3
    assert [row["indicator"] for row in targets(register, plan)] == [
        "NS-HVS", "HN-GIAM-HO", "YT-BHYT", "GS-TUKT",
    ]  # fmt: skip
    with refused("targets_taken"):
        take(register, plan)


def test_it_is_one_step_back(register: Register, last: UUID) -> None:
    plan = begin(register)
    take(register, plan)
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert targets(register, plan) == []


def test_there_must_be_targets_before_and_a_draft(register: Register) -> None:
    plan = begin(register)
    with refused("no_targets_before"):
        take(register, plan)
    versions.issue(register.database, register.context, plan, date(2027, 1, 10))
    with refused("plan_stands"):
        take(register, plan)


def test_the_issued_version_of_last_year_is_the_one_that_is_taken(
    register: Register, last: UUID
) -> None:
    act = (register.database, register.context)
    versions.issue(*act, last, date(2026, 1, 10))
    draft = versions.next_version(*act, last, versions.Change.ADJUSTS).value
    Help(register).add(Kind.TARGET, document=draft, key="new", indicator="MH-MOI", pursued=100)
    plan = begin(register)
    assert len(take(register, plan)) == 4
