"""What was reached against the official tables, of villages together, and where it is not known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.actual import Actual, Amount, State, Wanted
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.services import areas, rollups
from giamngheo_desktop.services.targets.actuals import actual, actuals, opening_under
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.engine import Database
from tests.harness.helping import Help
from tests.harness.random_records import Clerk
from tests.harness.register import STANDARD, Register, make_register
from tests.harness.tables import TOTAL, column, definitions, insert_class, paper, sample_copy

NEEDS = ("VL-TUVAN", "DT-NHUCAU", "TT-DVVT", "TD-VAY", "PL-TGPL")
CODES = tuple(definitions().indicators.indicators)
POVERTY = {"HN-TL": "poor", "HCN-TL": "near_poor", "HN-GIAM-HO": "poor", "HCN-GIAM-HO": "near_poor"}
# Whose numerator is no part of the denominator: money, and houses built for whoever needs one.
APART = ("KP-GIAINGAN", "NO-HOTRO")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with sample_copy(tmp_path_factory.mktemp("actuals") / "mẫu.db") as database:
        yield database


def commune_of(database: Database, year: int) -> tuple[UUID, dict[str, UUID]]:
    tree = areas.tree(database, date(year, 12, 31))
    (commune,) = tree.of_level(Level.COMMUNE)
    return commune.uid, {area.name: area.uid for area in tree.villages(commune.uid)}


def ask(database: Database, unit: UUID, year: int, day: date, *wanted: Wanted) -> list[Actual]:
    return actuals(database, definitions(), unit, year, wanted, day)


@pytest.mark.parametrize("year", [2021, 2026])
def test_poverty_is_what_the_official_tables_print(sample: Database, year: int) -> None:
    commune, villages = commune_of(sample, year)
    standard = standard_for(definitions().standards, year).code
    counts = rollups.rollup(sample, year=year, standard=standard)
    plan, households = paper(sample, "THON", year), column(paper(sample, year=year), "households")
    places = {**villages, TOTAL: commune}
    asked = [
        (code, name, Wanted(code=code, village=None if name == TOTAL else uid))
        for code in POVERTY
        for name, uid in places.items()
    ]
    answers = ask(sample, commune, year, date(year, 12, 31), *(wanted for *_, wanted in asked))
    openings = {table: column(plan, f"{table}_opening") for table in POVERTY.values()}
    for (code, name, _), found in zip(asked, answers, strict=True):
        table, opened = POVERTY[code], openings[POVERTY[code]][name]
        closing = counts.count(places[name], f"{table}_households")
        assert found.frozen
        assert found.numerator == Amount(closing, Kind.HOUSEHOLD, found.numerator.ids)
        assert len(found.numerator.ids) == closing
        assert found.opening.numerator.number == len(found.opening.numerator.ids) == opened
        if code.endswith("TL"):
            assert found.denominator.number == households[name]
            assert found.value == Fraction(closing * 100, households[name])
        else:
            assert found.value == opened - closing
            moved = found.moved
            kept = moved["other_increase"] + moved["from_other"] - moved["other_decrease"]
            kept -= moved["to_other"] if table == "near_poor" else 0  # became poor
            assert found.value == found.net_escaped - kept
            assert (moved["opening"], moved["closing"]) == (opened, closing)


def test_deprivations_are_those_of_the_tables_by_indicator(sample: Database) -> None:
    commune, _ = commune_of(sample, 2025)
    codes = standard_for(definitions().standards, 2025).codes
    wanted = [
        Wanted(code="TH-CHISO", groups=frozenset({group}), indicator=code)
        for group in ("poor", "near_poor")
        for code in codes
    ]
    found = ask(sample, commune, 2025, date(2025, 12, 31), *wanted)
    printed = [
        column(doc, leaf.key)[TOTAL]
        for doc in (paper(sample, code, 2025) for code in ("BC4", "BC6"))
        for leaf in doc.tables[0].value_leaves
        if "deprived" in leaf.key
    ]
    assert [one.value for one in found] == printed
    for code, indicator in (("NS-HVS", "water"), ("VS-NHATIEU", "toilet")):
        lives = ask(sample, commune, 2025, date(2025, 12, 31), Wanted(code=code))[0]
        lacking = sum(one.value for one in found[codes.index(indicator) :: len(codes)])
        assert lives.frozen
        assert lives.numerator.number == lives.denominator.number - lacking


def test_a_commune_is_its_villages_together(sample: Database) -> None:
    together(sample, 2026, date(2026, 6, 30))


def together(database: Database, year: int, day: date) -> None:
    """Whoever counts in the commune counts in exactly one village."""
    commune, villages = commune_of(database, year)
    asked = [Wanted(code=code, village=uid) for uid in (None, *villages.values()) for code in CODES]
    answers = ask(database, commune, year, day, *asked)
    whole, *parts = (
        answers[start : start + len(CODES)] for start in range(0, len(asked), len(CODES))
    )
    for at, found in enumerate(whole):
        for part in ("numerator", "denominator", "unknown"):
            amount = getattr(found, part)
            if amount is None or amount.kind not in (Kind.HOUSEHOLD, Kind.PERSON):
                continue
            ids = [one.ids for each in parts if (one := getattr(each[at], part)) is not None]
            assert sum(map(len, ids)) == len(amount.ids), (found.code, part)
            assert frozenset().union(*ids) == amount.ids


@pytest.mark.parametrize("seed", range(2))
def test_random_records_of_a_year(database: Database, seed: int) -> None:
    """Nobody counts out of the denominator or with two answers, and all can be asked."""
    register = make_register(database)
    helped, rng = Help(register), random.Random(seed)
    for number in range(6):
        helped.home(
            f"Hộ {number}", rng.choice(("poor", "near_poor", None)), village="ABC"[number % 3]
        )
    clerk = Clerk(database, register.context, register.commune, rng)
    kinds = (Kind.OFFICER, Kind.NEED, Kind.SUPPORT, Kind.ACTIVITY, Kind.BUDGET_LINE)
    forms = [definitions().records[kind] for kind in kinds]
    for _ in range(40):
        clerk.save(rng.choice(forms))
    for code in ("credit", "training", "job"):
        clerk.save(
            definitions().records[Kind.NEED], code=code, valid_from=date(2026, 1, 5), valid_to=None
        )
    days = [date(2026, 3, 31), date(2026, 12, 31)]
    wanted = [Wanted(code=code) for code in CODES]
    for day in days:
        for one in ask(database, register.commune, 2026, day, *wanted):
            if one.denominator and one.denominator.ids and one.code not in APART:
                assert one.numerator.ids <= one.denominator.ids
            if one.unknown and one.numerator:
                assert not one.unknown.ids & one.numerator.ids
            if one.value is not None and one.low is not None and one.high is not None:
                assert one.low <= one.value <= one.high
            assert (one.value is not None) == (one.state is State.KNOWN), one.code
            assert one.state is State.KNOWN or not one.reason or one.reason in texts.ACTUAL_REASONS
            assert set(one.remarks) <= texts.ACTUAL_REMARKS.keys()
    together(database, 2026, days[0])


def test_nobody_in_need_is_neither_none_nor_all(register: Register) -> None:
    helped = Help(register)
    home = helped.home("An")
    for code in NEEDS:
        found = reached(register, code)
        assert (found.state, found.reason) == (State.MISSING, "no_needs")  # nobody was asked
    ended = {"valid_from": date(2025, 2, 1), "valid_to": date(2025, 12, 31)}
    helped.add(Kind.NEED, household=home, code="other", **ended)
    assert reached(register, "TD-VAY").reason == "no_needs"
    helped.add(Kind.NEED, household=home, code="other")
    for code in NEEDS:
        found = reached(register, code)
        assert (found.state, found.value, found.reason) == (State.NO_NEED, None, "")
    helped.add(Kind.NEED, household=home, code="credit")
    assert (reached(register, "TD-VAY").state, reached(register, "TD-VAY").value) == (
        State.KNOWN,
        0,
    )


def test_a_need_on_the_form_alone_is_not_no_need(register: Register) -> None:
    home = register.household("An", support_needs=("credit",))
    register.give_class(home.uid, "poor", year=2025)
    found = reached(register, "TD-VAY")
    assert (found.state, found.reason) == (State.MISSING, "needs_on_forms")
    assert reached(register, "TT-DVVT").reason == "no_needs"
    other = Help(register).home("Bình")
    Help(register).add(Kind.NEED, household=other, code="credit")
    found = reached(register, "TD-VAY")
    assert (found.value, found.remarks) == (0, ("needs_on_forms",))
    Help(register).add(Kind.NEED, household=home.uid, code="credit")
    assert reached(register, "TD-VAY").remarks == ()


def test_before_the_register_nothing_is_known(register: Register) -> None:
    register.household("An")
    for code in ("YT-BHYT", "TD-VAY", "XKLD"):
        found = reached(register, code, date(2024, 6, 1))
        assert (found.state, found.reason) == (State.MISSING, "before_register")


def test_what_was_given_before_the_register_began(database: Database) -> None:
    """It counts by the class of the first day."""
    register = make_register(database, first_day=date(2026, 3, 1))
    home = register.household("An", day=date(2026, 3, 1)).uid
    register.give_class(home, "poor", year=2025, valid_from=date(2026, 3, 1))
    Help(register).support(home, date(2026, 2, 1), "production")
    assert reached(register, "SX-HO").value == 1


def test_a_class_of_the_province_makes_no_poor_household(register: Register) -> None:
    home = register.household("An").uid
    days = {"valid_from": date(2025, 1, 1), "review_year": 2025}
    insert_class(register, home, "poor", standard="dong_nai_2022", **days)
    assert reached(register, "YT-BHYT", date(2025, 6, 1)).reason == "nobody"


def test_unknown_is_a_range(register: Register) -> None:
    """Of two poor persons one is insured, of the other nobody knows."""
    home = register.household("An", "Bình")
    register.give_class(home.uid, "poor", year=2025)
    one, _ = home.members
    update(register, one.uid, health_insurance=True)
    found = reached(register, "YT-BHYT")
    assert (found.state, found.value, found.reason) == (State.MISSING, None, "partly_unknown")
    assert (found.low, found.high) == (50, 100)


def test_across_a_change_of_standard_nothing_is_compared(register: Register) -> None:
    """2027 has a new standard: who was poor under the old one is no beginning for it."""
    home = register.household("An").uid
    insert_class(register, home, "poor", valid_to=date(2026, 12, 31))
    insert_class(
        register, home, "poor", standard="2027", review_year=2027, valid_from=date(2027, 1, 1)
    )
    for year in (2026, 2027):
        rows = {uid: {"households": 10, "persons": 40} for uid in register.villages.values()}
        areas.save_population(register.database, register.context, year, rows)
    day = date(2027, 6, 1)
    for code in ("HN-GIAM-HO", "HN-GIAM-DIEM"):
        found = reached(register, code, day)
        assert (found.state, found.value, found.reason) == (
            State.NOT_COMPARABLE, None, "standards_differ",
        )  # fmt: skip
        assert (found.standard, found.opening and found.opening.standard) == ("2027", STANDARD)
    assert reached(register, "HN-TL", day).state is State.KNOWN
    asked = (register.database, definitions(), register.commune, 2027)
    assert opening_under(*asked, "2027", "HN-TL").reason == "no_opening"
    insert_class(register, home, "poor", standard="2027", valid_from=date(2026, 12, 31))
    assert opening_under(*asked, "2027", "HN-TL").value == Fraction(100, 30)
    assert reached(register, "HN-GIAM-HO", day).value == 0


def test_low_income_workers_are_known_since_they_are_recognised(register: Register) -> None:
    home = register.household("An")
    (worker,) = home.members
    helped = Help(register)
    helped.add(Kind.PERSON_FACT, person=worker.uid, code="low_income_worker", value="yes")
    support = helped.support(home.uid, date(2026, 5, 1), "vocational_training", person=worker.uid)
    helped.add(Kind.SUPPORT_VALUE, support=support, code="training_level", value="short")
    groups = frozenset({"near_poor", "low_income"})
    asked = (register.database, definitions(), register.commune)
    found = actual(*asked, 2026, "DT-NGHE", groups, date(2026, 6, 1))
    assert (found.state, found.value) == (State.KNOWN, 1)
    assert actual(*asked, 2026, "DT-NGHE", frozenset({"poor"}), date(2026, 6, 1)).value == 0
    before = actual(*asked, 2025, "DT-NGHE", groups, date(2025, 2, 1))
    assert (before.state, before.reason, before.low) == (State.MISSING, "low_income", 0)


@pytest.mark.parametrize("code", ["YT-VITA", "NS-XA"])
def test_what_nothing_counts_is_typed(register: Register, code: str) -> None:
    found = reached(register, code)
    assert (found.state, found.value) == (State.TYPED, None)
    assert texts.ACTUAL_REASONS[found.reason]


def test_a_year_of_no_standard_is_missing(register: Register) -> None:
    found = reached(register, "HN-TL", date(2012, 6, 1))
    assert (found.state, found.reason) == (State.MISSING, "no_standard")


def reached(register: Register, code: str, day: date = date(2026, 6, 1)) -> Actual:
    (found,) = ask(register.database, register.commune, day.year, day, Wanted(code=code))
    return found


def update(register: Register, person: UUID, **values: object) -> None:
    with write_unit(register.database, register.context, Op.SAVE_RECORD) as work:
        work.update(Kind.PERSON, person, **values)
