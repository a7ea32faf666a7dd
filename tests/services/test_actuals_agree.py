"""What was reached of every indicator: the program's numbers equal those of an independent count.

What is counted how: `tests/independent/plans/README.md`; where the program reads an indicator
otherwise stands with the reason in `tests/harness/actual_readings.py`.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.actual import Actual, Amount, State, Wanted
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.services.targets.actuals import actuals
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Connection, Database
from tests.harness.actual_readings import READINGS, set_in
from tests.harness.random_records import Clerk
from tests.harness.register import empty_database, make_context
from tests.harness.tables import definitions
from tests.independent.plans import indicators, random_commune
from tests.independent.plans.indicators import counts

Number = tuple[int | Fraction | None, int | None]

DAYS = (
    (2026, date(2026, 6, 30)),
    (2026, date(2026, 12, 30)),
    (2026, date(2026, 12, 31)),
    (2026, date(2026, 1, 1)),
    (2025, date(2025, 12, 31)),
)
BOTH = ("poor", "near_poor")
GROUPS = (
    (),
    ("poor",),
    BOTH,
    (*BOTH, "new_escape"),
    ("new_escape", "average_living"),
    ("near_escape",),
)
FIRST = date(2026, 1, 1)
CLOSED = (2024, 2025, 2026)  # each on its last day
STANDARD = "2022"
NOBODY = ("nobody", "not_measured")
COMMUNES, BLOCK = 200, 20
LAST = 89  # of the communes that each reading is tried on
SEED = 1_000  # of ids, apart from those of the random communes
REGISTER = (  # of the random values those that lack nothing
    (8, "water_source", ("piped", "rain", "drilled_well")),
    (9, "toilet", ("septic", "double_vault")),
)
OF_REGISTER = sum(1 << bit for bit, *_ in REGISTER)


class LocalClerk(Clerk):
    """One who knows the villages of the own commune."""

    def village(self) -> UUID:
        with self.database.reader() as connection:
            own = _villages(connection)
        return self.rng.choice(sorted(one for one, area in own.items() if area == self.commune))


def commune_of(database: Database, seed: int, acts: int = 0) -> UUID:
    """A random commune where a clerk typed anything, and of which the years were closed after that
    with results of what then held.
    """
    commune = random_commune.make(database, seed)
    dice, context = random.Random(seed), make_context(seed=SEED + seed)
    clerk = LocalClerk(database, context, commune, dice)
    for _ in range(acts):
        with suppress(AppError):
            clerk.act()
    with write_unit(database, context, Op.SAVE_UNIT) as work:
        for year in CLOSED:
            day = date(year, 12, 31)
            villages = _villages(work.connection)
            rounds = {
                area: work.insert(
                    Kind.ROUND, area=area, review_year=year, standard=STANDARD, kind="periodic",
                    closed_on=day,
                )
                for area in sorted(set(villages.values()))
            }  # fmt: skip
            living = {row["uid"]: row for row in records.find(work.connection, Kind.HOUSEHOLD)}
            persons = {row["uid"] for row in records.find(work.connection, Kind.PERSON)}
            inhabited = {
                row["household"]
                for row in records.find_on(
                    work.connection, Kind.MEMBERSHIP, day, "household", living.keys()
                )
                if row["person"] in persons
            }
            places = records.find_on(work.connection, Kind.PLACE, day, "household", living.keys())
            protected = {
                row["household"]
                for row in records.find_on(
                    work.connection, Kind.HOUSEHOLD_FACT, day, "household", living.keys()
                )
                if row["code"] == "social_protection" and row["value"] == "yes"
            }
            classes = _classes(work.connection, day, living.keys())
            for place in places:
                held = classes.get(place["household"])
                if held is not None:
                    bits, unknown = _deprived(dice, living[place["household"]])
                    if place["household"] not in inhabited:
                        bits, unknown = bits & ~OF_REGISTER, unknown | OF_REGISTER
                    work.insert(
                        Kind.RESULT, round=rounds[villages[place["village"]]], persons=1,
                        household=place["household"], village=place["village"],
                        standard=STANDARD, review_year=year, recognised=True,
                        household_class=held["household_class"],
                        average_living=bool(held["average_living"]),
                        social_protection=place["household"] in protected,
                        deprived_bits=bits, unknown_bits=unknown,
                    )  # fmt: skip
    database.checkpoint()
    return commune


def _deprived(dice: random.Random, household: dict[str, Any]) -> tuple[int, int]:
    """The bits of a result: of water and toilet as the register says, of all others at random."""
    bits, unknown = dice.getrandbits(12) & ~OF_REGISTER, 0
    for bit, field, good in REGISTER:
        if household[field] is None:
            unknown |= 1 << bit
        elif household[field] not in good:
            bits |= 1 << bit
    return bits, unknown


def _villages(connection: Connection) -> dict[UUID, UUID]:
    rows = records.find(connection, Kind.AREA_VERSION)
    return {row["area"]: row["parent"] for row in rows if row["parent"]}


def _classes(
    connection: Connection, day: date, living: Collection[UUID]
) -> dict[UUID, dict[str, Any]]:
    rows = records.find_on(connection, Kind.CLASS_RECORD, day, "household", living)
    rows = [row for row in rows if row["source"] in ("opening", "decision")]
    rows.sort(key=lambda row: (row["valid_from"], row["uid"]))
    return {row["household"]: row for row in rows}


def both(
    database: Database, commune: UUID, year: int, day: date
) -> Iterator[tuple[str, tuple[str, ...], Number, Number, Actual]]:
    """Of each indicator and set of groups the independent number and the program's; without groups
    of those alone that speak of no household in particular.
    """
    known = definitions().indicators
    said: dict[tuple[str, tuple[str, ...]], tuple[int, int | None]] = {}
    for groups in GROUPS:
        for name, number in counts(database.path, year, day, groups, commune).items():
            code = name.partition("/")[0]
            if groups or not known[code].groups:
                said[name, groups] = number
    wanted = [
        Wanted(code=code, indicator=indicator or None, groups=frozenset(groups))
        for name, groups in said
        for code, _, indicator in [name.partition("/")]
    ]
    found = actuals(database, definitions(), commune, year, wanted, day)
    for ((name, groups), number), one in zip(said.items(), found, strict=True):
        yield name, groups, *_numbers(name, number, one), one


def _numbers(name: str, said: tuple[int, int | None], one: Actual) -> tuple[Number, Number]:
    """Comparable: of what became less the value, of all others both numbers."""
    numerator, denominator = said
    if name.endswith("-GIAM-HO"):
        return (numerator, None), (one.value, None)
    if name.endswith("-GIAM-DIEM"):
        points = Fraction(100 * numerator, denominator) if denominator else None
        return (points, None), (one.value, None)
    if said == (0, 0) and (one.state is State.NO_NEED or one.reason in NOBODY):
        return said, (_number(one.numerator) or 0, _number(one.denominator) or 0)
    return said, (_number(one.numerator), _number(one.denominator))


def _number(amount: Amount | None) -> int | None:
    return amount.number if amount else None


@contextmanager
def agreed() -> Iterator[None]:
    """Within it the independent queries read as the program does."""
    own = indicators._sql()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(indicators, "_sql", lambda: set_in(own, READINGS))
        yield


def compared(
    folder: Path, seed: int, days: Sequence[tuple[int, date]], acts: int, *, rare: bool = False
) -> int:
    """How many numbers of a random commune are the same; AssertionError with those that are not.
    `rare`: what chance seldom gives is put there.
    """
    with empty_database(folder / f"{seed}.db") as database, agreed():
        commune = commune_of(database, seed, acts)
        if rare:
            put_rare(database, seed)
        found = [one[:4] for year, day in days for one in both(database, commune, year, day)]
    assert [one for one in found if one[2] != one[3]] == []
    return len(found)


@pytest.mark.parametrize("seed", range(2))
def test_the_program_agrees_with_an_independent_count(tmp_path: Path, seed: int) -> None:
    days = random.Random(seed).sample(DAYS, 2)
    assert compared(tmp_path, seed, days, acts=20) > 300


def test_the_program_agrees_where_chance_seldom_comes(tmp_path: Path) -> None:
    assert compared(tmp_path, LAST, DAYS[:2], acts=20, rare=True) > 300


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(0, COMMUNES, BLOCK))
def test_many_communes_agree(tmp_path: Path, first: int) -> None:
    """Half of them with much that a clerk typed."""
    seeds = range(first, first + BLOCK)
    numbers = sum(compared(tmp_path, seed, DAYS, acts=400 if seed % 2 else 0) for seed in seeds)
    print(f"\ncommunes {first}–{seeds[-1]}: {numbers} numbers, none differs")


@pytest.mark.long
@pytest.mark.timeout(600)
def test_every_reading_is_needed(tmp_path: Path) -> None:
    """Each moves some number that the readings before it do not move."""
    own, idle = indicators._sql(), [one.name for one in READINGS]
    for seed in (1, 33, LAST):  # what is rare stands in the last two
        with empty_database(tmp_path / f"{seed}.db") as database:
            commune = commune_of(database, seed, acts=400)
            if seed == LAST:
                put_rare(database, seed)
            for at, one in enumerate(READINGS):
                if one.name in idle and _moves(database, commune, own, at):
                    idle.remove(one.name)
    assert idle == []


def put_rare(database: Database, seed: int) -> None:
    """What no random clerk does but once in many communes."""
    with write_unit(database, make_context(seed=2 * SEED + seed), Op.SAVE_UNIT) as work:
        help_by_mistake(work)
        measure_children(work)


def help_by_mistake(work: WriteUnit) -> None:
    """Who looked for work is helped in a household that was typed by mistake."""
    wrong = work.insert(Kind.HOUSEHOLD, code="NHẦM")
    for row in records.find(work.connection, Kind.NEED, code="job"):
        day = max(row["valid_from"], FIRST)
        work.insert(
            Kind.SUPPORT, household=wrong, person=row["person"], policy="job", supported_on=day
        )
    work.remove(Kind.HOUSEHOLD, wrong)


def measure_children(work: WriteUnit) -> None:
    """Each is measured, and found to be what the register does not say."""
    malnourished = {
        row["uid"]: row["malnourished"] for row in records.find(work.connection, Kind.PERSON)
    }
    for row in records.find(work.connection, Kind.MEMBERSHIP):
        if row["person"] in malnourished:
            support = work.insert(
                Kind.SUPPORT, household=row["household"], person=row["person"],
                policy="nutrition", supported_on=FIRST,
            )  # fmt: skip
            state = "normal" if malnourished[row["person"]] else "stunted"
            work.insert(Kind.SUPPORT_VALUE, support=support, code="nutrition_state", value=state)


def _moves(database: Database, commune: UUID, own: str, at: int) -> bool:
    for year, day in DAYS:
        for groups in GROUPS:
            found = []
            for readings in (READINGS[:at], READINGS[: at + 1]):
                with pytest.MonkeyPatch.context() as patch:
                    patch.setattr(indicators, "_sql", lambda: set_in(own, readings))  # noqa: B023
                    found.append(counts(database.path, year, day, groups, commune))
            if found[0] != found[1]:
                return True
    return False
