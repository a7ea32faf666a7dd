"""Puts money into a register by the one way to write: lines, supports, entries of funds, bodies."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.budgeting import BOOKED
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from tests.harness.register import Register

SOURCES = ("central", "province", "commune", "donors", "people", "poor_fund")
PLACES = (
    {"programme": "2021", "component": "DA4-TDA2"},
    {"programme": "2021", "component": "DA4-TDA3"},
    {"programme": "2021", "component": "DA4"},
    {"programme": "2021", "component": "DA2"},
    {"programme": "2026", "component": "HP1-NDTP03"},
    {"programme": "2021"},
    {},
)


def put(register: Register, kind: Kind, *rows: Mapping[str, Any]) -> list[UUID]:
    """Writes records of a kind in one action; what a row does not name is empty."""
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        return _put(work, register, kind, rows)


def _put(
    work: WriteUnit, register: Register, kind: Kind, rows: Sequence[Mapping[str, Any]]
) -> list[UUID]:
    columns = records.columns(kind)
    blank = {**dict.fromkeys(columns), "removed": False}
    if "area" in columns:
        blank["area"] = register.commune
    return work.insert_many(kind, [{**blank, **row} for row in rows])


def line(amount: int, stage: str, source: str = "central", **more: Any) -> dict[str, Any]:
    return {"year": 2026, "amount": amount, "stage": stage, "source": source, **more}


def entry(
    direction: str, day: str, amount: int, form: str = "money", **more: Any
) -> dict[str, Any]:
    booked = date.fromisoformat(day)
    said = {"fund": "poor_fund", "direction": direction, "booked_on": booked}
    return {**said, "amount": amount, "form": form, **more}


def support(
    register: Register, household: UUID, day: str, shares: Mapping[str, int], **more: Any
) -> UUID:
    """One support with its shares by source."""
    values = {"household": household, "policy": "gift", "supported_on": date.fromisoformat(day)}
    (uid,) = put(register, Kind.SUPPORT, {**values, **more})
    rows = [{"support": uid, "source": one, "amount": amount} for one, amount in shares.items()]
    put(register, Kind.SUPPORT_SHARE, *rows)
    return uid


def random_money(register: Register, seed: int) -> None:
    """Lines, supports and removed ones of both, in three villages and two years."""
    chance = random.Random(seed)
    bodies = put(register, Kind.BODY, *({"name": f"Ban {n}", "valid_from": date(2025, 1, 1)}
                                        for n in range(2)))  # fmt: skip
    homes = [register.household(f"Hộ {n}", village=chance.choice("ABC")).uid for n in range(4)]
    villages = [*register.villages.values(), None]
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        lines = _put(
            work,
            register,
            Kind.BUDGET_LINE,
            [
                {
                    "year": chance.choice((2025, 2026, 2026)),
                    "source": chance.choice(SOURCES),
                    "stage": chance.choice(BOOKED).value,
                    "capital": chance.choice(("investment", "recurrent", None)),
                    "amount": chance.randrange(10**11),
                    "village": chance.choice(villages),
                    "body": chance.choice([*bodies, None]),
                    **chance.choice(PLACES),
                }
                for _ in range(chance.randrange(40))
            ],
        )
        supports = _put(
            work,
            register,
            Kind.SUPPORT,
            [
                {
                    "household": chance.choice(homes),
                    "policy": "gift",
                    "supported_on": date(2025, 6, 1) + timedelta(chance.randrange(500)),
                    "body": chance.choice([*bodies, None]),
                    **chance.choice(PLACES),
                }
                for _ in range(chance.randrange(30))
            ],
        )
        shares = _put(
            work,
            register,
            Kind.SUPPORT_SHARE,
            [
                {"support": one, "source": source, "amount": chance.randrange(10**9)}
                for one in supports
                for source in chance.sample(SOURCES, chance.randrange(1, 4))
            ],
        )
        for kind, uids in (
            (Kind.BUDGET_LINE, lines),
            (Kind.SUPPORT, supports),
            (Kind.SUPPORT_SHARE, shares),
        ):
            for uid in chance.sample(uids, len(uids) // 6):
                work.remove(kind, uid)
