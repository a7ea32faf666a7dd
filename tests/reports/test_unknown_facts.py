"""Tables of what may be unknown: indicators, causes, children; never counted as not there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.children import COUNTED, child_ages
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.services import classes, households
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage.tables import review_result
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.tables import TOTAL, cells, column, definitions, insert, paper

DAY = date(2026, 12, 31)


@pytest.fixture
def reg(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        yield make_register(database, "AB")


def poor(reg: Register, village: str = "A", *births: str, **values: Any) -> UUID:
    """A poor household of 2026: a head of 1980 and somebody for every birth, with these facts."""
    asked = {"health_insurance": True, "malnourished": False, "attending_school": True}
    facts = {name: values.pop(name, value) for name, value in asked.items()}
    uid = reg.household("Chủ", *(f"Bé {birth}" for birth in births), village=village).uid
    base = reg.get(uid)
    members = [base.members[0]]
    for member, birth in zip(base.members[1:], births, strict=True):
        members.append(replace(member, birth=PartialDate.from_iso(birth), **facts))
    households.save(
        reg.database, reg.context, replace(base, members=tuple(members), **values),
        day=DAY, base=base,
    )  # fmt: skip
    reg.give_class(uid, year=2026)
    return uid


def found(reg: Register, home: UUID, deprived: int | None, unknown: int | None = 0) -> None:
    """What a review of 2026 found."""
    with write_unit(reg.database, reg.context, Op.SETTLE_CASE) as work:
        review = work.insert(
            Kind.REVIEW, area=reg.commune, kind="periodic", review_year=2026, month=None,
            workflow="periodic", begun_on=DAY, reference_day=DAY, closed_on=None, note=None,
        )  # fmt: skip
    case = insert(
        reg, Kind.CASE, review=review, household=home, village=reg.villages["A"],
        ground="poor", outcome="reviewed",
    )  # fmt: skip
    insert(
        reg, Kind.CASE_RESULT, review_case=case, standard=STANDARD, household_class="poor",
        average_living=False, deprived_bits=deprived, unknown_bits=unknown,
    )  # fmt: skip


def close(reg: Register, *, kept: bool = True) -> None:
    classes.close_year(
        reg.database, reg.context, year=2026, standard=STANDARD, definition="f" * 64,
        commune=reg.commune,
        ages=child_ages(definitions().standards.get(STANDARD)) if kept else None,
    )  # fmt: skip


def both(reg: Register, code: str) -> Iterator[ReportDoc]:
    """The table of the day, and that of the year once it is closed."""
    yield paper(reg.database, code, as_of=DAY)
    close(reg)
    yield paper(reg.database, code)


def test_a_household_with_unknown_indicators_makes_ranges(reg: Register) -> None:
    found(reg, poor(reg), 0b0111)
    found(reg, poor(reg), 0b0110, 0b1001)
    poor(reg)
    found(reg, poor(reg, "B"), 0b1)
    for doc in both(reg, "BC4"):
        assert column(doc, "households") == {"Thôn A": 3, "Thôn B": 1, TOTAL: 4}
        # 3 + 2 known; the second may be two more, of the third nothing is known.
        assert column(doc, "deprivations") == {"Thôn A": (5, 19), "Thôn B": 1, TOTAL: (6, 20)}
        employment, assets = column(doc, "deprived_employment"), column(doc, "deprived_toilet")
        assert employment == {"Thôn A": (1, 3), "Thôn B": 1, TOTAL: (2, 4)}
        assert assets == {"Thôn A": (0, 1), "Thôn B": 0, TOTAL: (0, 1)}
        assert any("Còn 2 hộ chưa đủ kết quả" in note for note in doc.notes)


def test_rates_of_unknown_indicators_are_ranges_too(reg: Register) -> None:
    found(reg, poor(reg), 0b1)
    poor(reg)
    for doc in both(reg, "BC5"):
        rates = {name: row["deprived_employment"] for name, row in cells(doc).items()}
        assert (str(rates["Thôn A"].value), str(rates["Thôn A"].upper)) == ("50.00", "100.00")
        assert rates["Thôn B"].missing == "zero_denominator"


def test_where_no_household_has_indicators_there_is_no_number(reg: Register) -> None:
    poor(reg)
    found(reg, poor(reg, "B"), 0b11)
    for doc in both(reg, "BC4"):
        rows = cells(doc)
        assert {row["deprived_water"].missing for row in rows.values()} == {"no_indicators", ""}
        assert rows["Thôn A"]["deprivations"].missing == "no_indicators"
        assert rows["Thôn B"]["deprivations"].value == 2
        assert (rows[TOTAL]["deprivations"].value, rows[TOTAL]["deprivations"].upper) == (2, 14)
        assert any(texts.MISSING["no_indicators"] in note for note in doc.notes)


def test_causes_that_nobody_wrote_are_not_none(reg: Register) -> None:
    poor(reg, causes=("land", "illness"))
    poor(reg, causes=())
    poor(reg, "B")
    for doc in both(reg, "BC10"):
        assert column(doc, "cause_land") == {"Thôn A": 1, "Thôn B": (0, 1), TOTAL: (1, 2)}
        assert column(doc, "cause_other") == {"Thôn A": 0, "Thôn B": (0, 1), TOTAL: (0, 1)}
        assert any("Còn 1 hộ chưa ghi nguyên nhân" in note for note in doc.notes)


@pytest.mark.parametrize(
    ("birth", "children", "uninsured", "school"),
    [
        ("2010-12-31", 0, 0, 0),  # 16 that day
        ("2011-01-01", 1, 1, 1),
        ("2011", 1, 1, 1),
        ("2010-12", 0, 0, 0),
        ("2020-12-31", 1, 1, 1),  # 6 that day
        ("2021-01-01", 1, 0, 1),
        ("2023-12-31", 1, 0, 1),  # 3 that day
        ("2024-01", 1, 0, 0),
        ("2026-12-31", 1, 0, 0),  # born that day
    ],
)
def test_ages_at_their_borders(
    reg: Register, birth: str, children: int, uninsured: int, school: int
) -> None:
    poor(reg, "A", birth, health_insurance=False, malnourished=True, attending_school=False)
    for doc in both(reg, "BC11"):
        row = cells(doc)["Thôn A"]
        assert [row[f"poor_{name}"].value for name in _COLUMNS] == [
            children, uninsured, children, school,
        ]  # fmt: skip
        assert not any(cell.upper for cell in row.values())


_COLUMNS = ("children", "uninsured", "malnourished", "out_of_school")


def test_children_of_whom_something_is_unknown(reg: Register) -> None:
    poor(reg, "A", "2015", "2016", health_insurance=None, attending_school=None)
    poor(reg, "B", "2015", malnourished=None)
    for doc in both(reg, "BC11"):
        assert column(doc, "poor_children") == {"Thôn A": 2, "Thôn B": 1, TOTAL: 3}
        assert column(doc, "poor_uninsured") == {"Thôn A": (0, 2), "Thôn B": 0, TOTAL: (0, 2)}
        assert column(doc, "poor_malnourished") == {"Thôn A": 0, "Thôn B": (0, 1), TOTAL: (0, 1)}
        assert column(doc, "poor_out_of_school")["Thôn A"] == (0, 2)
        (note,) = [note for note in doc.notes if "bảo hiểm y tế, suy dinh dưỡng" in note]
        assert "cột 2: 1 hộ; cột 3: 1 hộ; cột 4: 1 hộ" in note


NUTRITION, INSURANCE, SCHOOL = 1 << 2, 1 << 3, 1 << 5
_NOTHING = {"health_insurance": None, "malnourished": None, "attending_school": None}


@pytest.mark.parametrize(
    ("deprived", "unknown", "births", "expected"),
    [
        # Not deprived: no child lacks it. Of school that does not follow: who left may be done.
        (0, 0, ("2015", "2016"), (0, 0, (0, 2))),
        # Deprived in nutrition is a child, in insurance perhaps a grown-up.
        (NUTRITION | INSURANCE, 0, ("2015", "2016"), ((0, 2), (1, 2), (0, 2))),
        (NUTRITION | SCHOOL, 0, ("2015",), (0, 1, (0, 1))),
        (0, NUTRITION | INSURANCE, ("2015", "2016"), ((0, 2), (0, 2), (0, 2))),
        (NUTRITION, 0, ("2010",), (0, 0, 0)),  # 16 by the end of the year
        (None, None, ("2015",), ((0, 1), (0, 1), (0, 1))),
    ],
)
def test_indicators_decide_what_is_open_of_children(
    reg: Register, deprived: int | None, unknown: int | None, births: tuple[str, ...], expected: Any
) -> None:
    """So that BC11 says nothing else than BC4 of the same households."""
    found(reg, poor(reg, "A", *births, **_NOTHING), deprived, unknown)
    poor(reg, "B", "2015")
    for doc in both(reg, "BC11"):
        for name, wanted in zip(_COLUMNS[1:], expected, strict=True):
            assert column(doc, f"poor_{name}")["Thôn A"] == wanted, name
            assert column(doc, f"poor_{name}")[TOTAL] == wanted, name
        waits = [note for note in doc.notes if "Còn hộ chưa ghi đủ ngày sinh" in note]
        assert bool(waits) == any(isinstance(one, tuple) for one in expected)


def test_the_child_that_an_indicator_tells_of_is_named(reg: Register) -> None:
    home = poor(reg, "A", "2015", "2010", malnourished=None)  # the second is 16
    found(reg, home, NUTRITION)
    others = poor(reg, "A", "2015", "2016", malnourished=None)
    found(reg, others, NUTRITION)
    child = reg.get(home).members[1].uid
    for doc in both(reg, "BC11"):
        cell = cells(doc)["Thôn A"]["poor_malnourished"]
        assert (cell.value, cell.upper) == (2, 3)
        assert cell.source is not None
        assert make.explain(reg.database, cell.source) == (child,)


def test_what_is_known_of_a_child_stands_whatever_the_indicator_says(reg: Register) -> None:
    found(reg, poor(reg, "A", "2015", malnourished=True), 0)
    found(reg, poor(reg, "B", "2015", malnourished=False), NUTRITION)
    for doc in both(reg, "BC11"):
        assert column(doc, "poor_malnourished") == {"Thôn A": 1, "Thôn B": 0, TOTAL: 1}


def test_a_year_of_birth_may_be_of_two_ages(reg: Register) -> None:
    """In the middle of the year somebody born in 2010 is 15 or 16."""
    uid = reg.household("Chủ", "Bé", village="A").uid
    base = reg.get(uid)
    child = replace(base.members[1], birth=PartialDate(2010), health_insurance=False)
    draft = replace(base, members=(base.members[0], child))
    households.save(reg.database, reg.context, draft, day=DAY, base=base)
    reg.give_class(uid, year=2026)
    doc = paper(reg.database, "BC11", as_of=date(2026, 6, 30))
    assert column(doc, "poor_children")["Thôn A"] == (0, 1)
    assert column(doc, "poor_uninsured")["Thôn A"] == (0, 1)


def test_a_year_closed_before_they_were_kept_has_no_numbers(reg: Register) -> None:
    """As files of before have them: never nought."""
    found(reg, poor(reg, "A", "2015", causes=("land",)), 0b1)
    close(reg)
    with reg.database.writer() as connection:
        gone = dict.fromkeys(("causes", *COUNTED, *(f"most_{name}" for name in COUNTED)))
        connection.execute(sa.update(review_result).values(**gone))
    for code in ("BC10", "BC11"):
        doc = paper(reg.database, code)
        rows = cells(doc)
        assert {cell.missing for cell in rows["Thôn A"].values()} >= {"closed_before"}
        assert {cell.value for cell in rows[TOTAL].values()} <= {None, 0}
        assert any(texts.MISSING["closed_before"] in note for note in doc.notes)
    rows = cells(paper(reg.database, "BC11"))
    assert rows[TOTAL]["poor_children"].missing == "closed_before"
    assert rows[TOTAL]["near_poor_children"].value == 0  # there is no such household
    assert column(paper(reg.database, "BC4"), "deprived_employment")[TOTAL] == 1


def test_merit_of_a_member_makes_the_household_one(reg: Register) -> None:
    home = poor(reg)
    person = reg.get(home).members[0].uid
    insert(
        reg, Kind.PERSON_FACT, person=person, code="merit", value="yes",
        valid_from=date(2025, 1, 1), valid_to=None,
    )  # fmt: skip
    other = poor(reg, merit_household="no")
    insert(
        reg, Kind.PERSON_FACT, person=reg.get(other).members[0].uid, code="merit", value="yes",
        valid_from=date(2025, 1, 1), valid_to=None,
    )  # fmt: skip
    for doc in both(reg, "BC12"):
        assert column(doc, "merit") == {"Thôn A": 1, "Thôn B": 0, TOTAL: 1}


def test_heads_of_no_known_ethnic_group_break_the_printed_sum(reg: Register) -> None:
    home = poor(reg)
    base = reg.get(home)
    head = replace(base.members[0], ethnicity=None)
    households.save(reg.database, reg.context, replace(base, members=(head,)), day=DAY, base=base)
    poor(reg)
    for doc in both(reg, "BC9"):
        row = cells(doc)["Thôn A"]
        assert [row[key].value for key in ("poor", "poor_kinh", "poor_minority")] == [2, 1, 0]
        assert any("Cột 1.0: công thức in" in note for note in doc.notes)
