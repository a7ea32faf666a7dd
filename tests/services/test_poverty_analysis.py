"""Phân tích hộ nghèo: each number is households by name, as many as the tables count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from giamngheo_desktop.domain.actual import Amount
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.household import Member
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.document import Source
from giamngheo_desktop.reports.poverty_analysis import sentences
from giamngheo_desktop.services import areas, households
from giamngheo_desktop.services.targets.actuals import actual
from giamngheo_desktop.services.targets.poverty_analysis import (
    CAUSE,
    DISABLED,
    HOUSED_BADLY,
    LABOUR,
    NEAR_POOR,
    NO_LABOUR,
    OTHERS,
    POOR,
    PROTECTED,
    SIZE,
    SUPPORTED,
    Analysis,
    analysis,
    before_plan,
)
from giamngheo_desktop.storage.engine import Database
from tests.harness.money import put, support
from tests.harness.register import FIRST_DAY, STANDARD, Register
from tests.harness.report_rows import type_population
from tests.harness.tables import TOTAL, cells, definitions, paper, sample_file

YEAR = 2025


@pytest.fixture(scope="module")
def sample() -> Iterator[Database]:
    database = Database(sample_file())
    yield database
    database.close()


@pytest.mark.parametrize("year", [2020, 2024, 2026])
def test_the_analysis_of_the_sample_agrees_with_the_tables(sample: Database, year: int) -> None:
    unit = areas.top_unit(sample, date(year, 12, 31))
    found = analysis(sample, definitions(), unit=unit, year=year)
    total = cells(paper(sample, "BC1", year))[TOTAL]
    said = [(part.count, part.persons) for part in (found[POOR], found[NEAR_POOR])]
    assert said == [
        (total[f"{key}_households"].value, total[f"{key}_persons"].value)
        for key in ("poor", "near_poor")
    ]
    assert (found.total, found.total_persons) == (total["households"].value, total["persons"].value)
    standard, places = found.standard, range(len(found.standard.indicators))
    housing = [at for at in places if standard.indicators[at].dimension == "housing"]
    measures = {
        POOR: ["poor_households"],
        NEAR_POOR: ["near_poor_households"],
        PROTECTED: ["poor_social_protection_households"],
        NO_LABOUR: ["poor_households/no_labour_capacity"],
        HOUSED_BADLY: [f"poor_households/deprived={at}" for at in housing],
        **{part.code: [f"poor_households/{part.code}"] for part in found.of(CAUSE)},
    }
    for code, names in measures.items():
        asked = {
            home
            for name in names
            for home in make.explain(
                sample,
                Source(
                    measure=name,
                    unit=unit,
                    standard=standard.code,
                    year=year,
                    status="official",
                ),
            )
        }
        assert found[code].households == asked, code
    assert_sound(found)
    if year == 2024:  # the same two numbers as targets have them
        for code, part in (("HN-BTXH", PROTECTED), ("HN-NTM", OTHERS)):
            day = date(year, 12, 31)
            reached = actual(sample, definitions(), unit, year, code, frozenset(), day).numerator
            assert reached == Amount.of(Kind.HOUSEHOLD, found[part].households)
    assert [home.household for home in found.named(found[POOR])]


def assert_sound(found: Analysis) -> None:
    """What are parts of a whole are just that; who is not known is in none of them."""
    poor = found[POOR].households
    assert found[PROTECTED].households | found[OTHERS].households == poor
    assert not found[PROTECTED].households & found[OTHERS].households
    labour = (found[LABOUR].households, found[NO_LABOUR].households, found[LABOUR].unknown)
    assert frozenset().union(*labour) == poor
    assert sum(map(len, labour)) == len(poor)
    assert found[DISABLED].households <= found[LABOUR].households
    assert found[SUPPORTED].households <= found[NO_LABOUR].households
    sizes = found.of(SIZE)
    assert sum(part.count or 0 for part in sizes) == len(poor)
    assert sum(part.persons or 0 for part in sizes) == found[POOR].persons
    for part in found.parts.values():
        assert part.code in (PROTECTED, OTHERS) or not part.households & part.unknown
        assert part.count in (None, len(part.households))


def test_plan_004_is_said_as_it_stands_there(sample: Database) -> None:
    """The rates are those that follow from its counts (it prints 0,55 and 1,51)."""
    unit = areas.top_unit(sample, date(2020, 12, 31))
    first, second, *_, last = sentences(
        before_plan(sample, definitions(), unit=unit, year=2021), definitions()
    )
    begins = "Qua kết quả điều tra, rà soát hộ nghèo, hộ cận nghèo cuối năm 2020, trên địa bàn xã "
    assert first.startswith(begins)
    assert first.endswith("có 51 hộ nghèo, có 111 khẩu, chiếm tỷ lệ 2,06%.")
    assert second == (
        "Trong đó hộ nghèo thuộc đối tượng bảo trợ xã hội là 14 hộ, có 16 khẩu, tỷ lệ 0,57%; hộ "
        "nghèo tính theo Nông thôn mới là 37 hộ, có 95 khẩu, tỷ lệ 1,50%."
    )
    assert last == "Có 74 hộ cận nghèo, với 181 khẩu, chiếm tỷ lệ 2,99%."


class Poor:
    """Poor households of a small commune, each with what is written of it."""

    def __init__(self, register: Register) -> None:
        self.register = register

    def home(self, *people: dict[str, Any], name: str = "poor", **facts: Any) -> UUID:
        reg = self.register
        draft = households.new_household(reg.context, reg.villages["A"])
        members = tuple(self.member(at, **values) for at, values in enumerate(people))
        draft = replace(draft, members=members, address="Thôn", **facts)
        home = households.save(reg.database, reg.context, draft, day=FIRST_DAY).value
        reg.give_class(home.uid, name, year=YEAR)
        return home.uid

    def member(self, at: int, **values: Any) -> Member:
        role = {"is_head": not at, "relation": "other" if at else "head"}
        return self.register.member(f"Người {at}", **role, **values)

    def read(self, **asked: Any) -> Analysis:
        reg = self.register
        asked = {"unit": reg.commune, "year": YEAR, **asked}
        return analysis(reg.database, definitions(), **asked)


@pytest.fixture
def poor(register: Register) -> Poor:
    type_population(register, YEAR, A=(100, 400), B=(50, 200), C=(50, 200))
    return Poor(register)


WORKS, UNABLE = {"job_status": "working"}, {"job_status": "unable"}


def test_labour_is_told_by_the_tick_else_by_somebody_who_can_work(poor: Poor) -> None:
    works = poor.home(WORKS)
    lame = poor.home(WORKS, {"disability_kind": "movement", "disability_level": "severe"})
    said = poor.home(UNABLE, no_labour_capacity="no")
    none = poor.home(WORKS, no_labour_capacity="yes")  # the tick decides, as in the tables
    nobody = poor.home(UNABLE)  # nobody can, but nobody ticked it
    unclear = poor.home({})
    found = poor.read()
    assert found[LABOUR].households == {works, lame, said}
    assert found[DISABLED].households == {lame}
    assert found[NO_LABOUR].households == {none}
    assert found[LABOUR].unknown == found[NO_LABOUR].unknown == {nobody, unclear}
    assert_sound(found)
    lines = sentences(found, definitions())
    assert lines[3:6] == (
        (
            "Có 03 hộ nghèo có lao động trong hộ, trong đó có 01 hộ nghèo có lao động nhưng có "
            "người khuyết tật trong hộ."
        ),
        "Có 01 hộ nghèo không có lao động trong hộ.",
        "Còn 02 hộ nghèo chưa rõ về lao động.",
    )


def test_income_support_of_the_year_is_named_by_who_gave_it(poor: Poor) -> None:
    old, late = (poor.home(UNABLE, no_labour_capacity="yes") for _ in range(2))
    able = poor.home(WORKS)
    rows = [
        (old, "2025-03-01", "Nghị quyết số 151/2019/NQ-HĐND"),
        (old, "2025-04-01", "Vingrup"),
        (late, "2026-01-01", "Quỹ khác"),
        (able, "2025-03-01", "Hội từ thiện"),
    ]
    for home, day, source in rows:
        uid = support(poor.register, home, day, {}, policy="income")
        values = {"support": uid, "code": "income_programme", "value": source}
        put(poor.register, Kind.SUPPORT_VALUE, values)
    found = poor.read()
    assert found[SUPPORTED].households == {old}
    assert sentences(found, definitions())[4] == (
        "Có 02 hộ nghèo không có lao động trong hộ, trong đó có 01 hộ đã được hỗ trợ về thu nhập "
        "theo Nghị quyết số 151/2019/NQ-HĐND và Vingrup."
    )


def test_what_nobody_recorded_is_no_number(poor: Poor) -> None:
    one = poor.home({}, causes=("land", "capital"), social_protection="yes")
    two = poor.home({}, {})
    poor.home({}, name="near_poor")
    found = poor.read()
    assert (found[HOUSED_BADLY].count, found[HOUSED_BADLY].unknown) == (None, {one, two})
    assert (found[f"{CAUSE}land"].households, found[f"{CAUSE}land"].unknown) == ({one}, {two})
    assert (found[PROTECTED].count, found[OTHERS].count) == (1, 1)
    assert found[OTHERS].unknown == {two}
    assert [(part.code, part.persons) for part in found.of(SIZE)] == [("size=1", 1), ("size=2", 2)]
    lines = sentences(found, definitions())
    assert "Chưa có hộ nghèo nào đủ số liệu về nhà ở." in lines
    assert lines[2] == (
        "Trong số hộ nghèo tính theo Nông thôn mới có 01 hộ chưa ghi có thuộc đối tượng bảo trợ xã "
        "hội hay không."
    )
    assert "Nguyên nhân nghèo: thiếu đất sản xuất 01 hộ; thiếu vốn 01 hộ." in lines
    assert "Còn 01 hộ nghèo chưa rõ về nguyên nhân nghèo." in lines
    assert lines[-1] == "Có 01 hộ cận nghèo, với 01 khẩu, chiếm tỷ lệ 0,50%."


def test_of_a_village_of_a_day_and_of_nobody(poor: Poor) -> None:
    home = poor.home(WORKS)
    reg = poor.register
    assert poor.read(unit=reg.villages["A"])[POOR].households == {home}
    assert poor.read(as_of=date(YEAR, 6, 30))[POOR].households == {home}
    empty = poor.read(unit=reg.villages["B"])
    assert (empty[POOR].count, [*empty.parts][:1]) == (0, [POOR])
    assert (
        sentences(empty, definitions())[0]
        == "Cuối năm 2025, trên địa bàn thôn B không có hộ nghèo."
    )
    before = poor.read(year=YEAR - 1)
    assert (before[POOR].count, before.reason) == (None, "no_data")
    assert sentences(before, definitions()) == (
        "Chưa có đủ kết quả rà soát cuối năm 2024 của xã Sơn Tây: chưa có số liệu.",
    )
    assert found_standard(poor) == STANDARD


def found_standard(poor: Poor) -> str:
    reg = poor.register
    return before_plan(reg.database, definitions(), unit=reg.commune, year=YEAR + 1).standard.code
