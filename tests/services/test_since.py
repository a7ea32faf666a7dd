"""What changed since the last report: the cumulated numbers of now are those it printed, with what
happened since and what was typed late.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.budgeting import Stage
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.reports import written_issue
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.services import events, undo
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.documents.late import How
from giamngheo_desktop.services.documents.since import Since, What, since
from giamngheo_desktop.services.programme import budget, supports
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from tests.harness.helping import Help
from tests.harness.money import line, put, support
from tests.harness.register import Register, empty_database, make_register
from tests.harness.review import shipped

YEAR, MARCH, JUNE = 2026, date(2026, 3, 31), date(2026, 6, 30)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "Sổ hộ.db") as database:
        yield make_register(database)


@dataclass
class Reports:
    """The reports of a year at a desk."""

    reg: Register

    def issue(self, period: str, day: date) -> UUID:
        known = (self.reg.database, self.reg.context)
        asked = (shipped(), self.reg.commune, YEAR, "bao_cao_dinh_ky", period)
        uid = sections.begin_report(*known, *asked).value
        versions.issue(*known, uid, day)
        return uid

    def since(self, period: str = "H1", until: date = JUNE, document: UUID | None = None) -> Since:
        asked = (shipped(), self.reg.commune, YEAR, period, until)
        return since(self.reg.database, *asked, document=document)

    def change(self, kind: Kind, uid: UUID, **values: object) -> None:
        with write_unit(self.reg.database, self.reg.context, Op.SAVE_RECORD) as work:
            work.change(kind, uid, work.living(kind, uid), values)

    def disbursed(self, until: date) -> int:
        found = budget.budget(self.reg.database, shipped(), year=YEAR, until=until)
        return found.total.get(Stage.DISBURSED) or 0

    def given(self, until: date) -> int:
        rows = supports.of_year(self.reg.database, shipped(), supports.Asked(year=YEAR))
        return sum(row.amount or 0 for row in rows if row.supported_on <= until)


def _moved(found: Since, kind: Kind, code: str = "") -> int:
    """By how much what was typed late moves the cumulated sums."""
    return sum(
        (one.amount or 0) * (code in ("", one.code))
        - (one.amount_before or 0) * (code in ("", one.code_before))
        for one in found.late
        if one.kind is kind
    )


@pytest.mark.parametrize("seed", range(5))
def test_cumulated_numbers_are_told_whole(desk: Register, seed: int) -> None:
    chance, reports = random.Random(seed), Reports(desk)
    home = desk.household("Lò Thị A").uid

    def day() -> date:
        return date(YEAR, 1, 1) + timedelta(days=chance.randrange(181))

    def row() -> dict[str, object]:
        booked = chance.choice([day(), day(), None])
        stage = chance.choice(["disbursed", "disbursed", "assigned"])
        return line(chance.randrange(1, 99), stage, booked_on=booked)

    def give() -> None:
        support(desk, home, day().isoformat(), {"central": chance.randrange(1, 99)})

    lines = put(desk, Kind.BUDGET_LINE, *(row() for _ in range(6)))
    for _ in range(4):
        give()
    before = reports.disbursed(MARCH), reports.given(MARCH)
    with desk.database.reader() as connection:
        paid = records.find(connection, Kind.BUDGET_LINE, stage="disbursed")
    assert before[0] == sum(one["amount"] for one in paid if (one["booked_on"] or MARCH) <= MARCH)
    reports.issue("Q1", date(2026, 4, 2))
    lines += put(desk, Kind.BUDGET_LINE, *(row() for _ in range(4)))
    for uid in chance.sample(lines, 4):
        reports.change(Kind.BUDGET_LINE, uid, **row())
    for kind in (Kind.BUDGET_LINE, Kind.SUPPORT):
        with desk.database.reader() as connection:
            living = records.find(connection, kind)
        Help(desk).remove(kind, chance.choice(living)["uid"])
    with desk.database.reader() as connection:
        shares = records.find(connection, Kind.SUPPORT_SHARE)
        given = {one["uid"]: one for one in records.find(connection, Kind.SUPPORT)}
    share = chance.choice([one for one in shares if one["support"] in given])
    reports.change(Kind.SUPPORT_SHARE, share["uid"], amount=1_000)
    reports.change(Kind.SUPPORT, chance.choice([*given]), supported_on=day())
    give()
    found = reports.since()
    added, gave = (
        sum(one.amount or 0 for one in found.of(what)) for what in (What.DISBURSED, What.SUPPORT)
    )
    late = _moved(found, Kind.BUDGET_LINE, "disbursed"), _moved(found, Kind.SUPPORT)
    assert before[0] + added + late[0] == reports.disbursed(JUNE)
    assert before[1] + gave + late[1] == reports.given(JUNE)


def test_the_list_by_day_and_what_was_typed_late(desk: Register) -> None:
    here, reports = Help(desk), Reports(desk)
    homes = {name: here.home(name) for name in ("Ở lại", "Thoát", "Xuống", "Đi", "Muộn")}
    new = here.home("Mới", None)
    first = reports.issue("Q1", date(2026, 4, 2))
    for name, now, day in (
        ("Thoát", "not_poor", "2026-05-04"),
        ("Xuống", "near_poor", "2026-06-01"),
        ("Muộn", "not_poor", "2026-02-10"),
    ):
        desk.give_class(homes[name], now, valid_from=date.fromisoformat(day), source="decision")
    desk.give_class(new, "poor", valid_from=date(2026, 5, 20), source="decision")
    day = date(2026, 6, 9)
    events.move_out(desk.database, desk.context, household=homes["Đi"], day=day)
    found = reports.since()
    assert found.last is not None
    assert (found.last.document, found.last.period, found.after) == (first, "Q1", MARCH)
    told = {
        found.names[one.households[0]]: (one.what, one.day, one.was, one.now)
        for one in found.of(What.ENTERED, What.LEFT, What.CHANGED)
    }
    assert told == {
        "Thoát": (What.LEFT, date(2026, 5, 4), "poor", ""),
        "Xuống": (What.CHANGED, date(2026, 6, 1), "poor", "near_poor"),
        "Đi": (What.LEFT, date(2026, 6, 9), "poor", ""),
        "Mới": (What.ENTERED, date(2026, 5, 20), "", "poor"),
    }
    (late,) = found.late  # that old classes ended later says nothing of March
    assert (late.kind, late.how, late.day) == (Kind.CLASS_RECORD, How.ADDED, date(2026, 2, 10))
    assert found.names[late.household or first] == "Muộn"


def test_who_waits_for_a_result_has_not_left_the_list(desk: Register) -> None:
    """At the end of a year that is not closed; who was decided on has."""
    here = Help(desk)
    _, left = (here.home(name) for name in ("Chờ", "Thoát"))
    desk.give_class(left, "not_poor", valid_from=date(YEAR, 12, 10), source="decision")
    found = Reports(desk).since("M12", date(YEAR, 12, 31)).happened
    assert [(one.what, one.households) for one in found] == [(What.LEFT, (left,))]


def test_activities_begin_and_end(desk: Register) -> None:
    here, reports = Help(desk), Reports(desk)

    def add(name: str, state: str, *days: str) -> UUID:
        first, *last = map(date.fromisoformat, days)
        values = {"starts_on": first, "ends_on": next(iter(last), None), "kind": "model"}
        return here.add(Kind.ACTIVITY, name=name, year=YEAR, state=state, **values)

    going = add("Đang làm", "running", "2026-02-01")
    reports.issue("Q1", date(2026, 4, 2))
    add("Một ngày", "done", "2026-05-05")
    add("Nhiều ngày", "done", "2026-04-01", "2026-04-09")
    add("Chưa làm", "planned", "2026-06-01")
    add("Ghi muộn", "done", "2026-03-03")
    reports.change(Kind.ACTIVITY, going, state="done", ends_on=date(2026, 5, 31))
    found = reports.since()
    told = {(one.name, one.what, one.day) for one in found.happened}
    assert told == {
        ("Một ngày", What.HELD, date(2026, 5, 5)),
        ("Nhiều ngày", What.BEGUN, date(2026, 4, 1)),
        ("Nhiều ngày", What.ENDED, date(2026, 4, 9)),
        ("Đang làm", What.ENDED, date(2026, 5, 31)),
    }
    assert [(one.name, one.how) for one in found.late] == [("Ghi muộn", How.ADDED)]


def test_a_signed_report_knew_what_its_paper_knew(desk: Register) -> None:
    reports = Reports(desk)
    known = (desk.database, desk.context)
    asked = (shipped(), desk.commune, YEAR, "bao_cao_dinh_ky", "Q1")
    uid = sections.begin_report(*known, *asked).value
    put(desk, Kind.BUDGET_LINE, line(3, "disbursed", booked_on=date(2026, 3, 1)))
    stamp = Stamp(number="5", issued_on=date(2026, 4, 2))
    written_issue.issue(desk.database, shipped(), desk.context, uid, stamp)
    assert reports.since().is_empty
    put(desk, Kind.BUDGET_LINE, line(5, "disbursed", booked_on=date(2026, 3, 2)))
    assert [one.amount for one in reports.since().late] == [5]


def test_which_report_was_the_last(desk: Register) -> None:
    reports = Reports(desk)
    known = (desk.database, desk.context)
    put(desk, Kind.BUDGET_LINE, line(5, "disbursed", booked_on=date(2026, 2, 1)))
    found = reports.since("Q2")
    assert (found.last, found.after, found.is_empty) == (None, MARCH, True)
    assert [one.amount for one in reports.since("Y").of(What.DISBURSED)] == [5]
    early = reports.issue("M03", date(2026, 3, 20))  # its data go no further than its day
    later = reports.issue("Q1", date(2026, 4, 2))
    last = reports.since("H1").last
    assert last is not None
    assert (last.document, last.is_draft) == (later, False)
    assert last.written_on == date(2026, 12, 31)  # by the clock of the desk
    assert reports.since("Q1", MARCH, later).after == date(2026, 3, 20)
    put(desk, Kind.BUDGET_LINE, line(7, "disbursed", booked_on=date(2026, 3, 25)))
    assert not reports.since("Q1", MARCH, later).late
    assert [one.amount for one in reports.since("H1").late] == [7]
    step = undo.next_step(desk.database)
    assert step is not None
    undo.undo(*known, step.group)
    assert not reports.since("H1").late
    assert early != later
