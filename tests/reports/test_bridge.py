"""The bridge of cells of tables: the flows of BC2 and BC3, facts, persons, what has none."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings

from giamngheo_desktop import texts
from giamngheo_desktop.cli.main import entry
from giamngheo_desktop.domain.bridge import Why
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.children import child_ages
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.bridge import Bridge, bridge
from giamngheo_desktop.reports.bridge import paper as bridge_paper
from giamngheo_desktop.reports.document import Source
from giamngheo_desktop.services import classes, events
from giamngheo_desktop.services.unit import write_unit
from tests.harness.bridges import explained, flows_agree, source_of
from tests.harness.register import STANDARD, Register, empty_database, make_register
from tests.harness.report_rows import BEFORE, DAY, move, poor_in, split_a
from tests.harness.report_rows import LAST as END
from tests.harness.tables import TOTAL, UNPLACED, definitions, insert, paper
from tests.harness.years import FIRST, LAST, Years
from tests.services.test_random_years import years


@settings(max_examples=2, suppress_health_check=list(HealthCheck))
@given(script=years)
def test_the_lists_move_as_in_random_years(script: tuple) -> None:  # type: ignore[type-arg]
    with (
        tempfile.TemporaryDirectory() as folder,
        empty_database(Path(folder) / "so.db") as database,
    ):
        world = Years(make_register(database, first_day=date(FIRST, 1, 1)))
        first, *of_years, _ = script
        for a, b in first:
            world.do("new", a, b, date(FIRST, 1, 2))
        for year, (acted, review, _, _) in zip(range(FIRST, LAST + 1), of_years, strict=True):
            for act, a, b, _ in acted:
                world.do(act, a, b, date(year, 5, 3))
            for a, b in review:
                world.do("recognise", a, b, date(year, 12, 1))
            world.close(year)
        for code in ("BC2", "BC3"):
            assert flows_agree(database, LAST, code) == 4


YEARS = (2025, 2026)


@pytest.fixture(scope="module")
def reg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """Poor households of two closed years, whose facts and members change between them."""
    with empty_database(tmp_path_factory.mktemp("bridge") / "so.db") as database:
        made = make_register(database, "AB")
        life(made)
        yield made


def life(reg: Register) -> None:
    args = (reg.database, reg.context)
    homes = {
        name: reg.household(f"Ông {name}", f"Bà {name}", f"Bé {name}", village=village).uid
        for name, village in (("Một", "A"), ("Hai", "A"), ("Ba", "B"), ("Bốn", "B"))
    }
    # deprived indicators as bits: at the end of 2025, of 2026
    bits = {"Một": (0b011, 0b001), "Hai": (0b001, 0b111), "Ba": (0b100, 0b100)}
    for home in homes.values():
        reg.give_class(home, year=2025, valid_from=date(2025, 12, 1), source="decision")
    for at, year in enumerate(YEARS):
        if year == 2026:
            day = date(2026, 5, 4)
            people = {name: reg.get(home, day).members for name, home in homes.items()}
            events.death(*args, household=homes["Một"], person=people["Một"][1].uid, day=day)
            child = reg.member("Bé mới", relation="child", birth=PartialDate(2026, 5, 4))
            events.birth(*args, household=homes["Hai"], child=child, day=day)
            events.person_moves_out(
                *args, household=homes["Hai"], person=people["Hai"][2].uid, day=day
            )
            events.marriage(
                *args, person=people["Ba"][2].uid, leaves=homes["Ba"], joins=homes["Một"],
                relation="wife", day=day,
            )  # fmt: skip
            events.move_out(*args, household=homes["Bốn"], day=day)
            del homes["Bốn"]
            for home in homes.values():
                reg.give_class(home, year=2026, valid_from=date(2026, 12, 1), source="decision")
        asked = {name: pair[at] for name, pair in bits.items()} | (
            {"Bốn": 0b001} if year == 2025 else {}
        )
        review(reg, year, {homes[name]: found for name, found in asked.items()})
        classes.close_year(
            *args, year=year, standard=STANDARD, definition="f" * 64, commune=reg.commune,
            ages=child_ages(definitions().standards.get(STANDARD)),
        )  # fmt: skip


def review(reg: Register, year: int, found: dict[UUID, int]) -> None:
    """What the review of a year found of each household."""
    with write_unit(reg.database, reg.context, Op.SETTLE_CASE) as work:
        uid = work.insert(
            Kind.REVIEW, area=reg.commune, kind="periodic", review_year=year, month=None,
            workflow="periodic", begun_on=date(year, 9, 1), reference_day=date(year, 9, 1),
            closed_on=None, note=None,
        )  # fmt: skip
    for home, deprived in found.items():
        case = insert(
            reg, Kind.CASE, review=uid, household=home, village=reg.villages["A"], ground="poor",
            outcome="reviewed",
        )  # fmt: skip
        insert(
            reg, Kind.CASE_RESULT, review_case=case, standard=STANDARD, household_class="poor",
            average_living=False, deprived_bits=deprived, unknown_bits=0,
        )  # fmt: skip


def total(reg: Register, code: str, key: str, *, kind: str = "", **asked: Any) -> Source:
    doc = paper(reg.database, code, **asked)
    rows = [row for row in doc.tables[0].rows if row.level == 0]
    return source_of(doc, next(row for row in rows if row.kind in ("", kind)), key)


def told(found: Bridge) -> dict[str, tuple[int, list[str]]]:
    return {line.text: (line.amount, [name for name, _, _ in line.named]) for line in found.lines}


def test_columns_of_indicators_say_who_left_the_column(reg: Register) -> None:
    first, second = definitions().standards.get(STANDARD).indicators[:2]
    found = explained(reg.database, total(reg, "BC4", f"deprived_{first.code}"), 2025)
    assert told(found) == {"chuyển đi khỏi xã": (-1, ["Ông Bốn"])}
    found = explained(reg.database, total(reg, "BC4", f"deprived_{second.code}"), 2025)
    fact = f"thiếu hụt {second.short}"
    assert told(found) == {
        f"vẫn là hộ nghèo, ra khỏi cột: {fact}": (-1, ["Ông Một"]),
        f"vẫn là hộ nghèo, vào cột: {fact}": (1, ["Ông Hai"]),
    }


def test_a_sum_of_indicators_is_explained_by_the_change_of_each(reg: Register) -> None:
    found = explained(reg.database, total(reg, "BC4", "deprivations"), 2025)
    assert found.equation == "5 − 1 − 1 + 2 = 5"
    assert told(found) == {
        "chuyển đi khỏi xã": (-1, ["Ông Bốn"]),
        "hộ còn trong diện, bớt thiếu hụt": (-1, ["Ông Một"]),
        "hộ còn trong diện, thêm thiếu hụt": (2, ["Ông Hai"]),
    }


def test_persons_of_households_that_stay(reg: Register) -> None:
    found = explained(reg.database, total(reg, "BC1", "poor_persons"), 2025)
    assert told(found) == {
        "của hộ chuyển đi khỏi xã": (-3, ["Bà Bốn", "Bé Bốn", "Ông Bốn"]),
        "người chết": (-1, ["Bà Một"]),
        "người chuyển đi khỏi xã": (-1, ["Bé Hai"]),
        "trẻ mới sinh": (1, ["Bé mới"]),
    }
    (line,) = [line for line in found.lines if line.cause.why is Why.DIED]
    assert list(line.reasons.values()) == ["Chết ngày 04/05/2026; hộ vẫn trong diện."]
    doc = paper(reg.database, "BC1")
    village = next(row for row in doc.tables[0].rows if row.unit == reg.villages["B"])
    found = explained(reg.database, source_of(doc, village, "poor_persons"), 2025)
    assert told(found)["người sang hộ khác"] == (-1, ["Bé Ba"])


def test_the_end_of_a_movement_and_the_numerator_of_a_rate_are_counts(reg: Register) -> None:
    closing = explained(reg.database, total(reg, "BC2", "closing", kind="ho"), 2025)
    rate = explained(reg.database, total(reg, "BC5", "households"), 2025)
    assert closing.equation == rate.equation == "4 − 1 = 3"
    share = total(
        reg, "BC5", f"deprived_{definitions().standards.get(STANDARD).indicators[1].code}"
    )
    assert explained(reg.database, share, 2025).equation == "1 − 1 + 1 = 1"


def test_from_a_day_on(reg: Register) -> None:
    source = total(reg, "BC1", "poor_households")
    assert explained(reg.database, source, date(2026, 5, 3)).equation == "4 − 1 = 3"
    assert explained(reg.database, source, date(2026, 5, 4)).equation == "3 = 3"
    day = total(reg, "BC1", "poor_households", as_of=date(2026, 6, 30))
    assert explained(reg.database, day, 2025).equation == "4 − 1 = 3"


@pytest.mark.parametrize(
    ("code", "key", "then", "refused"),
    [
        ("BC1", "households", 2025, "bridge_typed"),
        ("BC2", "above", 2025, "bridge_flow"),
        ("BC1", "poor_households", 2026, "bridge_not_before"),
        ("BC1", "poor_households", 2024, "bridge_unknown"),
    ],
)
def test_what_has_no_bridge_says_so(
    reg: Register, code: str, key: str, then: int, refused: str
) -> None:
    with pytest.raises(AppError) as caught:
        bridge(reg.database, definitions(), total(reg, code, key, kind="ho"), then)
    assert caught.value.code == refused
    assert texts.error_text(caught.value)


def test_the_year_of_another_standard_is_refused_as_that(reg: Register) -> None:
    source = replace(total(reg, "BC1", "poor_households"), year=2027, standard="2027")
    with pytest.raises(AppError) as caught:
        bridge(reg.database, definitions(), source, 2026)
    said = texts.error_text(caught.value)
    assert caught.value.code == "bridge_other_standard"
    assert all(
        standard.label in said
        for standard in definitions().standards
        if standard.code in ("2022", "2027")
    )


@pytest.mark.parametrize("form", ["pdf", "xlsx", "docx", "json"])
def test_it_is_printed_and_written_as_any_paper(reg: Register, form: str) -> None:
    found = explained(reg.database, total(reg, "BC4", "deprivations"), 2025)
    doc = bridge_paper(reg.database, found, code="BC4", heading="Tổng", place="Tổng cộng")
    steps, names = doc.tables
    assert [row.cells[0].value for row in steps.rows] == [5, -1, -1, 2, 5]
    assert [row.labels[1] for row in names.rows if not row.is_bold] == [
        "Ông Bốn",
        "Ông Một",
        "Ông Hai",
    ]
    assert make.render(doc, form) == make.render(doc, form)


def test_the_command_tells_the_chain(reg: Register, capsys: pytest.CaptureFixture[str]) -> None:
    reg.database.checkpoint()
    asked = ("bridge", "bc1", "--db", reg.database.path, "--column", "poor_households")
    assert entry([str(one) for one in (*asked, "--year", 2026, "--unit", "thon b")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith("– Thôn B")
    assert lines[1:4] == ["2 − 1 = 1", "2 cuối năm 2025", "− 1 chuyển đi khỏi xã"]
    assert lines[4].startswith("    Ông Bốn (Thôn B): Cuối năm 2025 là hộ nghèo; chuyển đi khỏi xã")
    for column, of_rate in (("3", ""), ("4", "giải thích số hộ."), ("10", "giải thích số khẩu.")):
        again = (*asked[:-1], column, "--year", 2026, "--unit", "thon b")
        assert entry([str(one) for one in again]) == 0
        told = capsys.readouterr().out.splitlines()
        assert told[1].endswith(of_rate or lines[1])
        assert (told == lines) == (column == "3")
    day = ("--from", "04/05/2026", "--json")
    assert entry([str(one) for one in (*asked, "--year", 2026, *day)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["equation"], said["steps"], said["from"]) == ("3 = 3", [], "ngày 04/05/2026")
    assert entry([str(one) for one in (*asked[:-1], "poor", "--year", 2026)]) == 2
    assert "không có cột “poor”" in capsys.readouterr().err


def test_a_preliminary_number_is_explained_as_that(tmp_path: Path) -> None:
    with empty_database(tmp_path / "so.db") as database:
        reg = make_register(database)
        stays, leaves = (reg.household(name).uid for name in ("Ở lại", "Ra"))
        for home in (stays, leaves):
            reg.give_class(home, year=2025, valid_from=date(2025, 12, 1), source="decision")
        reg.give_class(stays, year=2026, valid_from=date(2026, 11, 2), source="computed")
        reg.give_class(
            leaves, "not_poor", year=2026, valid_from=date(2026, 11, 2), source="computed"
        )
        source = Source(
            measure="poor_households",
            unit=reg.commune,
            standard=STANDARD,
            status="preliminary",
            year=2026,
        )
        found = bridge(database, definitions(), source, 2025)
        assert (found.start, found.end) == (2, 1)


def test_on_the_units_of_the_later_end(tmp_path: Path) -> None:
    """A village that was split in between: nobody moved but who was put elsewhere by name."""
    with empty_database(tmp_path / "so.db") as database:
        reg = make_register(database)
        _, stays, goes = poor_in(reg, "A", 3)
        poor_in(reg, "B", 1)
        split_a(reg)
        move(reg, stays, "D", DAY)
        move(reg, goes, "B", DAY + timedelta(days=9))
        found = {}
        doc = paper(database, as_of=END)
        (table,) = doc.tables
        for row in table.rows:
            source = source_of(doc, row, "poor_households")
            found[table.row_name(row)] = explained(database, source, BEFORE)
    assert {name: one.equation for name, one in found.items() if one.end} == {
        "Thôn B": "1 + 1 = 2", "Thôn D": "1 = 1", UNPLACED: "2 − 1 = 1", TOTAL: "4 = 4",
    }  # fmt: skip
    assert told(found["Thôn B"]) == {"từ thôn khác": (1, ["Chủ A2"])}
    assert told(found[UNPLACED]) == {"chuyển sang địa bàn khác": (-1, ["Chủ A2"])}
