"""What is doubtful in five real plans by an independent reading (`tests/independent/plans`), and
what the program warns of. Where the two read a rule otherwise stands here with the reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.cited_dates import cited
from giamngheo_desktop.services.documents import doubts, heads, versions
from giamngheo_desktop.services.documents.doubts import DocumentDoubt, DoubtedPart
from giamngheo_desktop.services.targets import doubts as target_doubts
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import TODAY, Register, empty_database, make_register
from tests.harness.review import shipped
from tests.independent.plans import skeleton
from tests.reports.test_printed_plans import make_son_tay
from tests.services.test_plan_skeletons import PLANS, begun

HERE = Path(__file__).parents[1] / "independent" / "plans"
# The day each plan prints, the last one of March where it leaves the day open; 004 has none.
SIGNED = {
    "000": date(2023, 3, 31),
    "001": date(2024, 3, 15),
    "002": date(2023, 4, 24),
    "003": date(2021, 4, 2),
    "004": None,
}
_OFFICIAL = re.compile(r"\b(DA|TDA)(\d+)(?: is missing below it)?$")
_CITED = re.compile(r"(?P<number>\d+[^\s,]*(?: - \w+)?),? ngày (?P<day>\d+/\d+/\d{4})$")


def rows(plan: str, check: str) -> list[dict[str, str]]:
    with (HERE / "doubts.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if (row["plan"], row["check"]) == (plan, check)]


class Started(NamedTuple):
    """A plan that was begun, and the desk at which it is written."""

    desk: Register
    plan: UUID


CHECKS = {
    "K10": ("weaker",),
    "K11": ("linked_apart", "linked_rounded", "linked_households", "lists_apart", "lists_rounded"),
    "K12": ("villages_assigned", "villages_pursued", "villages_over"),
}
COMPARATORS = {">=": "at_least", ">": "more", "<=": "at_most", "=": "equal", "~": "about"}


@pytest.fixture(scope="module", params=skeleton.PLANS)
def plan(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def started(plan: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Started]:
    """Shared: what a test adds to it no other one asks about."""
    with begun(tmp_path_factory.mktemp("plans"), plan) as (desk, uid):
        yield Started(desk, uid)


def told(desk: Register, document: UUID, *wanted: DocumentDoubt) -> list[DoubtedPart]:
    found = doubts.doubts(desk.database, shipped(), document, TODAY)
    return [one for one in found if one.doubt in wanted]


def test_days_of_what_a_plan_cites(started: Started, plan: str) -> None:
    """K13: every document of the plan is found with its day, and the younger ones are told."""
    named = {(_squeezed(one.name), one.day) for one in cited(skeleton.text(plan))}
    desk, uid = started
    text = skeleton.text(plan)
    heads.save(desk.database, desk.context, uid, grounds=text, signed_on=SIGNED[plan])
    later = told(desk, uid, DocumentDoubt.CITES_LATER, DocumentDoubt.REPLACES_LATER)
    warned = {(_squeezed(one.params["name"]), one.params["day"]) for one in later}
    expected = set()
    for row in rows(plan, "K13"):
        if "trước ngày" in row["other"]:  # the day of a report
            continue
        number, day = _document(row["other"])
        (found,) = {one for one in named if number in one[0] and one[1] == day}
        if row["warns"] == "yes":
            expected.add((found[0], f"{day:%d/%m/%Y}"))
    assert warned == expected


def _document(words: str) -> tuple[str, date]:
    """The number of a document that is cited, without white space, and its day."""
    found = _CITED.search(words)
    assert found is not None, words
    day, month, year = (int(part) for part in found["day"].split("/"))
    return _squeezed(found["number"]), date(year, month, day)


def _squeezed(words: str) -> str:
    return "".join(words.split())


def test_numbers_that_a_plan_prints_twice(started: Started, plan: str) -> None:
    """K14, of the headings as they are printed."""
    found = told(*started, DocumentDoubt.NUMBER_TWICE)
    expected = [
        words
        for row in rows(plan, "K14")
        if row["warns"] == "yes" and row["other"]
        for words in (row["words"], row["other"])
    ]
    warned = [f"{one.params['number']} {_alone(one.params['name'])}" for one in found]
    assert len(warned) == len(expected)
    for words in expected:
        assert any(_squeezed(words).startswith(_squeezed(one)) for one in warned), words


def _alone(name: str) -> str:
    """What stands in a component is told with the component."""
    return name.partition(" – ")[0]


def test_components_against_the_official_ones(started: Started, plan: str) -> None:
    """K14: the numbers as they are printed, and the sub-projects a printed project leaves out."""
    found = told(*started, DocumentDoubt.COMPONENT_NUMBER)
    expected = [row for row in rows(plan, "K14") if row["warns"] == "yes" and not row["other"]]
    assert len(found) == len(expected)
    for row in expected:
        official = _OFFICIAL.search(row["why"])
        assert official is not None
        name = {"DA": "Dự án", "TDA": "Tiểu dự án"}[official[1]]
        missing = "is missing" in row["why"]
        (one,) = (
            one
            for one in found
            if row["words"].endswith(one.params["name"])
            and ("thiếu" in one.params["why"]) is missing
        )
        assert re.search(rf"{name} {official[2]}\b", one.params["why"])


@pytest.mark.parametrize("plan", skeleton.PLANS)
def test_targets_that_contradict_each_other(tmp_path: Path, plan: str) -> None:
    """K10, K11, K12 of the 65 targets; of plan 004 with its villages. A doubt of two targets is of
    both, and said though it may be rounding (a note: "0,3" with its one decimal).
    """
    with empty_database(tmp_path / f"{plan}.db") as database:
        commune = _targets(database, plan)
        found = target_doubts.doubts(database, shipped(), commune, PLANS[plan].year)
    for check, codes in CHECKS.items():
        warned = {one.key.partition("/")[0] for one in found if one.code in codes}
        said = {row["target"] for row in rows(plan, check) if row["warns"] == "yes"}
        calm = {row["target"] for row in rows(plan, check)} - said
        assert not warned & calm, check
        assert {PAIRED.get(one, one) for one in said} == warned, check


OF_VILLAGES = "004-11"  # what villages are given is their table, no target of the whole
# What the doubt about the pair is said of.
PAIRED = {"001-4": "001-3"}


def _targets(database: Database, plan: str) -> UUID:
    """A unit whose plan has the targets of the independent reading, one row an indicator."""
    year = PLANS[plan].year
    if plan == "004":
        desk = make_son_tay(database, {"Cây Thị": 3})  # as its rate and the total have it
        with database.reader() as connection:
            document = plans.in_hand(connection, year, desk.commune)
            assert document is not None
            known = [one["uid"] for one in records.find(connection, Kind.TARGET)]
        uid = document["uid"]
    else:
        desk, known = make_register(database), []
        uid = versions.begin(database, desk.context, desk.commune, year).value
    with write_unit(database, desk.context, Op.SAVE_RECORD) as work:
        work.remove_many(Kind.TARGET, known)
        for row in independent(plan):
            work.insert(Kind.TARGET, document=uid, **row)
    return desk.commune


def independent(plan: str) -> Iterator[dict[str, Any]]:
    with (HERE / "rows_65.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["id"].startswith(plan) or row["id"] == OF_VILLAGES:
                continue
            codes, signs, numbers = (
                row[name].split() for name in ("indicator", "comparator", "number")
            )
            for code, sign, number in zip_longest(codes, signs, numbers):
                given = "assigned" if row["basis"] == "assigned" else "pursued"
                value = round(Decimal(number.replace(",", ".")) * 100) if number else None
                yield {
                    "key": f"{row['id']}/{code}",
                    "indicator": code,
                    "groups": tuple(row["groups"].split()),
                    "comparator": COMPARATORS[sign] if sign else None,
                    given: value,
                    "basis": "target",
                    "content": None if number else row["phrase"],
                }
