"""Lịch báo cáo: presets to confirm, who handed in, what is late, through versions and mergers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.report_calendar import Rule, State, occurrences
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.reports import programme_papers
from giamngheo_desktop.reports.programme_papers import ProgrammeAsked
from giamngheo_desktop.reports.report_calendar import CODE, calendar_notes, status_code
from giamngheo_desktop.services import undo
from giamngheo_desktop.services.documents import versions
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.services.reporting import receipts, schedules
from giamngheo_desktop.services.reporting.calendar import Calendar, Line, calendar, reminders
from giamngheo_desktop.services.reporting.receipts import Report
from giamngheo_desktop.services.successions import NewUnit, record_succession
from giamngheo_desktop.storage import plans, records
from tests.harness.helping import Help
from tests.harness.register import empty_database, make_register
from tests.harness.tables import definitions

DAY = date(2026, 6, 20)
CAM_PHUC_NAM, PHO_MINH, SON_TAY = "cam_phuc_nam_2023", "pho_minh_2024", "son_tay_2021"


class Here(Help):
    """A register whose plan asks for reports."""

    @property
    def args(self) -> tuple[object, object]:
        return self.reg.database, self.reg.context

    def plan(self, year: int = 2026, unit: UUID | None = None) -> UUID:
        return versions.begin(*self.args, unit or self.reg.commune, year).value  # type: ignore[arg-type]

    def take(self, plan: UUID, code: str) -> tuple[UUID, ...]:
        return schedules.take(*self.args, definitions(), plan, code).value  # type: ignore[arg-type]

    def schedule(self, plan: UUID, **values: object) -> UUID:
        columns = {"direction": "incoming", "period": "quarter", "content": "Kết quả",
                   "due_day": 20, "before": True, "senders": "village_heads"}  # fmt: skip
        key = str(self.reg.context.new_id())
        return self.add(Kind.REPORT_SCHEDULE, document=plan, key=key, **{**columns, **values})

    def calendar(self, day: date = DAY, year: int = 2026, unit: UUID | None = None) -> Calendar:
        return calendar(self.reg.database, definitions(), unit or self.reg.commune, year, day)

    def received(self, report: Report, day: date, year: int = 2026, **more: object) -> UUID:
        return receipts.record(*self.args, year, report, day, **more).value  # type: ignore[arg-type]

    def undo(self) -> None:
        step = undo.next_step(self.reg.database)
        assert step is not None
        undo.undo(self.reg.database, self.reg.context, step.group)

    def reminders(self, day: date = DAY) -> list[tuple[str, str, int, int]]:
        found = reminders(self.reg.database, definitions(), self.reg.commune, day)
        return [
            (one.occurrence.period, one.standing.state.value, one.missing, one.total)
            for one in found
        ]


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Here]:
    with empty_database(tmp_path / "Sổ.db") as database:
        yield Here(make_register(database))


def states(found: tuple[Line, ...]) -> list[tuple[str, str, State]]:
    return [(one.occurrence.period, one.sender, one.standing.state) for one in found]


def refused(code: str) -> object:
    return pytest.raises(RefusedError, match=code)


def test_presets_say_what_their_plans_print_and_what_nobody_printed() -> None:
    found = {code: versions[-1] for code, versions in definitions().schedules.items()}
    last = {
        (row.direction.value, row.period.value): occurrences(row.rule(2023), 2023)[-1].due
        for row in found[CAM_PHUC_NAM].schedules
    }
    for direction in ("incoming", "outgoing"):
        assert last[direction, "quarter"] == date(2023, 12, 19)
        assert last[direction, "half"] == date(2023, 6, 14)
        assert last[direction, "year"] == date(2023, 12, 4)
    province = [
        (row.direction.value, row.period.value, occurrences(row.rule(2021), 2021)[0].due)
        for row in found["thua_thien_hue_2021"].schedules
    ]
    assert province == [
        ("incoming", "once", date(2021, 4, 9)),
        ("incoming", "half", date(2021, 6, 19)),
        ("incoming", "year", date(2021, 11, 29)),
        ("outgoing", "half", date(2021, 6, 24)),
        ("outgoing", "year", date(2021, 12, 4)),
    ]
    for preset in found.values():
        for row in preset.schedules:
            assert row.source in preset.sources
            cutoff = row.cutoff_day
            assert cutoff is None or cutoff.certainty is not Certainty.CONFIRMED
    for code in (PHO_MINH, SON_TAY):
        rows = found[code].schedules
        assert all(row.due_day.certainty is Certainty.MISSING for row in rows)
    assert [row.period.value for row in found[SON_TAY].schedules] == ["month", "quarter", "year"]


def test_without_a_plan_and_with_an_empty_one_nothing_is_due(here: Here) -> None:
    empty = here.calendar()
    assert (empty.has_plan, empty.lines, empty.schedules) == (False, (), ())
    here.plan()
    begun = here.calendar()
    assert (begun.has_plan, begun.is_draft, begun.lines) == (True, True, ())
    assert here.reminders() == []


def test_a_preset_is_taken_in_one_step_and_waits_for_a_word(here: Here) -> None:
    plan = here.plan()
    taken = here.take(plan, CAM_PHUC_NAM)
    assert len(taken) == 6
    found = here.calendar()
    assert [one.is_confirmed for one in found.schedules] == [False] * 6
    assert len({one.key for one in found.schedules}) == 6
    outgoing = [(line.occurrence.period, line.occurrence.due) for line in found.outgoing]
    assert outgoing == [
        ("Q1", date(2026, 3, 19)),
        ("H1", date(2026, 6, 14)),
        ("Q2", date(2026, 6, 19)),
        ("Q3", date(2026, 9, 19)),
        ("Y", date(2026, 12, 4)),
        ("Q4", date(2026, 12, 19)),
    ]
    assert found.incoming == ()  # nobody is recorded as a member
    assert [one.rule.period.value for one in found.unsent] == ["quarter", "half", "year"]
    # Of a quarter nothing is said of what comes once in a year.
    notes = [[*calendar_notes(found, period)] for period in ("", "Q1", "Y", "M01")]
    assert [len(one) for one in notes] == [3, 1, 1, 0]
    with refused("schedules_taken"):
        here.take(plan, CAM_PHUC_NAM)
    confirmed = schedules.confirm(*here.args, taken[:2]).value  # type: ignore[arg-type]
    assert confirmed == taken[:2]
    assert [one.is_confirmed for one in here.calendar().schedules] == [True] * 2 + [False] * 4
    with refused("schedules_confirmed"):
        schedules.confirm(*here.args, taken[:2])  # type: ignore[arg-type]
    here.undo()
    here.undo()
    assert here.calendar().schedules == ()


def test_only_a_draft_takes_a_preset(here: Here) -> None:
    plan = here.plan()
    with pytest.raises(AppError, match="unknown_definition"):
        here.take(plan, "nowhere")
    versions.issue(*here.args, plan, DAY)  # type: ignore[arg-type]
    with refused("plan_stands"):
        here.take(plan, SON_TAY)
    with refused("record_missing"):
        here.take(here.reg.commune, SON_TAY)


def test_each_village_stands_for_itself_and_one_that_ended_reports_no_more(here: Here) -> None:
    a, b, c = (here.reg.villages[name] for name in "ABC")
    here.schedule(here.plan())
    record_succession(
        here.reg.database,
        here.reg.context,
        olds=[b, c],
        news=[NewUnit(name="Thôn D", kind="thon")],
        reason="merged",
        effective_on=date(2026, 7, 1),
    )
    key = here.calendar().schedules[0].key
    here.received(Report(key=key, period="Q2", village=b), date(2026, 6, 19))
    here.received(Report(key=key, period="Q2", village=a), date(2026, 6, 20))
    here.received(Report(key=key, period="Q3", village=c), date(2026, 9, 1))
    found = here.calendar(date(2026, 9, 25)).incoming
    late, done = State.LATE, State.DONE
    assert states(found) == [
        ("Q1", "Thôn A", late),
        ("Q1", "Thôn B", late),
        ("Q1", "Thôn C", late),
        ("Q2", "Thôn A", State.DONE_LATE),
        ("Q2", "Thôn B", done),
        ("Q2", "Thôn C", late),
        ("Q3", "Thôn A", late),
        ("Q3", "Thôn D", late),
        ("Q3", "Thôn C", done),  # it came all the same
        ("Q4", "Thôn A", State.NOT_DUE),
        ("Q4", "Thôn D", State.NOT_DUE),
    ]
    assert [one.sender for one in found if not one.is_expected] == ["Thôn C"]
    assert found[3].standing.days == 1
    # what came later than the day asked is not there yet
    assert [one.standing.state for one in here.calendar(date(2026, 6, 19)).incoming][3:5] == [
        State.SOON,
        done,
    ]
    assert here.reminders(date(2026, 9, 25)) == [
        ("Q1", "late", 3, 3),
        ("Q2", "late", 1, 3),
        ("Q3", "late", 2, 2),
    ]
    assert here.reminders(date(2026, 9, 10))[-1] == ("Q3", "not_due", 2, 2)
    assert here.reminders(date(2026, 9, 4))[-1][0] == "Q2"  # 15 days before


def test_members_of_the_committee_and_bodies_of_that_day(here: Here) -> None:
    plan = here.plan()
    steering = here.body("Ban Chỉ đạo", kind="steering")
    office = here.body("Trạm Y tế", kind="health_station")
    here.body("Ngân hàng", kind="bank")
    here.body("Ủy ban nhân dân", kind="committee")
    gone = here.officer("Hà", body=steering, valid_to=date(2026, 6, 18))
    member = here.officer("Lan", body=steering)
    here.officer("Minh", body=office)
    here.schedule(plan, senders="committee")
    here.schedule(plan, senders="bodies", period="half", due_day=15, due_month=6)
    one = {"senders": "one", "sender": "Trạm Y tế", "body": office}
    here.schedule(plan, period="year", due_day=5, due_month=12, **one)
    found = here.calendar().incoming
    assert [(one.occurrence.period, one.sender) for one in found] == [
        ("Q1", "Hà"),
        ("Q1", "Lan"),
        ("H1", "Trạm Y tế"),
        ("Q2", "Lan"),  # the other one left the day before
        ("Q3", "Lan"),
        ("Y", "Trạm Y tế"),
        ("Q4", "Lan"),
    ]
    assert found[0].report.officer == gone
    assert found[1].report.officer == member
    assert found[2].report.body == office
    # a single sender is whoever handed it in
    here.received(Report(key=found[5].report.key, period="Y", body=office), DAY)
    assert here.calendar().incoming[5].standing.state is State.DONE


def test_what_cannot_be_is_refused(here: Here) -> None:
    here.schedule(here.plan())
    village = here.reg.villages["A"]
    key = here.calendar().schedules[0].key
    report = Report(key=key, period="Q2", village=village)
    with refused("receipt_schedule"):
        here.received(Report(key="other", period="Q2"), DAY)
    with refused("receipt_schedule"):
        here.received(report, date(2027, 1, 1), 2027)
    with refused("receipt_period"):
        here.received(Report(key=key, period="M02"), DAY)
    with refused("receipt_in_future"):
        here.received(report, date(2027, 1, 1))
    with refused("receipt_before_period"):
        here.received(report, date(2026, 3, 31))
    uid = here.received(report, date(2026, 4, 1))
    with refused("receipt_twice"):
        here.received(report, DAY)
    receipts.take_back(*here.args, [uid])  # type: ignore[arg-type]
    assert all(not one.receipts for one in here.calendar().lines)
    here.undo()
    assert [one.uid for line in here.calendar().lines for one in line.receipts] == [uid]


def test_many_at_once_are_one_step(here: Here) -> None:
    here.schedule(here.plan())
    reports = [line.report for line in here.calendar().incoming if line.report.period == "Q1"]
    here.received(reports[0], date(2026, 3, 1))
    args = (*here.args, 2026, reports, date(2026, 3, 18))
    assert len(receipts.record_many(*args).value) == 2  # type: ignore[arg-type]
    assert {line.standing.state for line in here.calendar().incoming[:3]} == {State.DONE}
    with refused("receipt_twice"):
        receipts.record_many(*args)  # type: ignore[arg-type]
    here.undo()
    assert [bool(line.receipts) for line in here.calendar().incoming[:3]] == [True, False, False]


def test_receipts_go_on_through_versions_and_a_dropped_schedule_is_told(here: Here) -> None:
    plan = here.plan()
    here.schedule(plan, direction="outgoing", senders="unit")
    versions.issue(*here.args, plan, date(2026, 1, 10))  # type: ignore[arg-type]
    key = here.calendar().schedules[0].key
    here.received(Report(key=key, period="Q1"), date(2026, 3, 10), number="12/BC-UBND")
    adjusted = versions.next_version(*here.args, plan, Change.ADJUSTS).value  # type: ignore[arg-type]
    database = here.reg.database
    with database.reader() as connection:
        (row,) = schedules.of_plan(connection, adjusted)
    with versions.write_unit(*here.args, versions.Op.SAVE_RECORD) as work:  # type: ignore[arg-type]
        work.update(Kind.REPORT_SCHEDULE, row["uid"], due_day=10)
    assert here.calendar().outgoing[0].occurrence.due == date(2026, 3, 19)  # a draft holds nothing
    versions.issue(*here.args, adjusted, date(2026, 4, 1))  # type: ignore[arg-type]
    first = here.calendar().outgoing[0]
    assert (first.schedule.plan, first.occurrence.due) == (adjusted, date(2026, 3, 9))
    assert (first.standing.state, first.standing.days) == (State.DONE_LATE, 1)
    last = versions.next_version(*here.args, adjusted, Change.REPLACES).value  # type: ignore[arg-type]
    with database.reader() as connection:
        (row,) = schedules.of_plan(connection, last)
    here.remove(Kind.REPORT_SCHEDULE, row["uid"])
    versions.issue(*here.args, last, date(2026, 5, 1))  # type: ignore[arg-type]
    found = here.calendar()
    assert found.lines == ()
    assert [one.number for one in found.stray] == ["12/BC-UBND"]


def test_a_second_year_has_reports_of_its_own_and_what_is_late_is_not_forgotten(here: Here) -> None:
    for year in (2025, 2026):
        here.schedule(here.plan(year), direction="outgoing", period="year", due_day=5, due_month=12)
    both = [here.calendar(year=year) for year in (2025, 2026)]
    assert [one.outgoing[0].standing.state for one in both] == [State.LATE, State.NOT_DUE]
    assert here.reminders() == [("Y", "late", 1, 1)]
    here.received(Report(key=both[0].schedules[0].key, period="Y"), DAY, 2025)
    assert here.reminders() == []
    assert here.calendar(year=2025).outgoing[0].standing.state is State.DONE_LATE
    assert here.reminders(date(2026, 11, 25)) == [("Y", "not_due", 1, 1)]


def test_what_went_into_another_commune_reports_until_that_has_a_plan(here: Here) -> None:
    other = here.reg.second_commune("Sơn Màu", "E")
    for unit in (here.reg.commune, other):
        plan = here.plan(2026, unit)
        here.schedule(plan, direction="outgoing", senders="unit")
        here.schedule(plan, period="half", due_day=15, due_month=9)
    (new,) = record_succession(
        here.reg.database,
        here.reg.context,
        olds=[here.reg.commune, other],
        news=[NewUnit(name="Sơn Tây Mới")],
        reason="merged",
        effective_on=date(2026, 7, 1),
    ).value
    found = here.calendar(unit=new)
    assert {one.area_name for one in found.schedules} == {"Sơn Tây", "Sơn Màu"}
    assert [line.occurrence.period for line in found.outgoing] == [
        one for code in ("Q1", "Q2", "Q3", "Q4") for one in (code, code)
    ]
    senders = [(line.sender, line.schedule.area_name) for line in found.incoming]
    assert sorted(senders) == [  # each of the villages once, though all lie in one commune by then
        ("Thôn A", "Sơn Tây"),
        ("Thôn B", "Sơn Tây"),
        ("Thôn C", "Sơn Tây"),
        ("Thôn E", "Sơn Màu"),
    ]
    here.schedule(here.plan(2026, new), direction="outgoing", senders="unit")
    periods = [
        (line.occurrence.period, line.schedule.area_name)
        for line in here.calendar(unit=new).outgoing
    ]
    assert sorted(periods) == [
        ("Q1", "Sơn Màu"),
        ("Q1", "Sơn Tây"),
        ("Q2", "Sơn Màu"),
        ("Q2", "Sơn Tây"),
        ("Q3", ""),
        ("Q4", ""),
    ]


def test_the_paper_that_was_sent_is_named_and_told_when_it_is_cancelled(here: Here) -> None:
    here.schedule(here.plan(), direction="outgoing", senders="unit")
    key = here.calendar().schedules[0].key
    paper = {
        "kind": "report", "code": "BC1", "title": "Báo cáo quý I", "year": 2026,
        "issued_on": date(2026, 3, 15), "number": "9/BC-UBND", "data_seq": 1, "data_hash": "a",
        "asked": "", "document": "", "sha256": "",
    }  # fmt: skip
    issued = here.add(Kind.ISSUED, **paper)
    gone = here.add(Kind.ISSUED, **paper, cancelled_on=date(2026, 3, 16))
    report = Report(key=key, period="Q1")
    with refused("receipt_before_issued"):
        here.received(report, date(2026, 3, 14), issued=issued)
    with refused("receipt_cancelled"):
        here.received(report, date(2026, 3, 18), issued=gone)
    uid = here.received(report, date(2026, 3, 18), issued=issued)
    (said,) = receipts.sent(here.reg.database)[issued]
    assert said.submitted_on == date(2026, 3, 18)
    assert said.name.startswith("Báo cáo quý I năm 2026: ")
    assert gone not in receipts.sent(here.reg.database)
    receipts.take_back(here.reg.database, here.reg.context, [uid])
    assert receipts.sent(here.reg.database) == {}
    here.received(report, date(2026, 3, 18), issued=issued)
    found = here.calendar()
    assert found.papers[issued].number == "9/BC-UBND"


def test_a_day_off_is_told_and_not_moved(here: Here) -> None:
    here.schedule(here.plan(), direction="outgoing", due_day=2, before=False)
    told = {line.occurrence.due: line.due_is_working for line in here.calendar().outgoing}
    assert told[date(2026, 9, 2)] is False  # Quốc khánh
    assert told[date(2026, 12, 2)] is True


def test_the_papers_say_it_in_words(here: Here) -> None:
    plan = here.plan()
    here.take(plan, CAM_PHUC_NAM)
    here.schedule(plan, period="half", due_day=15, due_month=6, recipient="UBND xã", via="VH - XH")
    key = here.calendar().schedules[-1].key
    here.received(Report(key=key, period="H1", village=here.reg.villages["B"]), date(2026, 6, 16))

    def text(code: str) -> list[list[object]]:
        asked = ProgrammeAsked(code=code, year=2026, unit=here.reg.commune, as_of=DAY)
        doc = programme_papers.made(here.reg.database, definitions(), asked)
        (table,) = doc.tables
        return [[*row.labels, *(cell.value for cell in row.cells)] for row in table.rows]

    rows = {row[1]: row[2:] for row in text(CODE)}
    half = rows["Báo cáo 6 tháng đầu năm: Kết quả"]
    assert half[:2] == ["Các trưởng thôn, tổ trưởng tổ dân phố", "UBND xã (qua VH - XH)"]
    assert half[2:4] == ["14/06/2026", "chưa ghi"]
    assert half[-1] == "1/3 nơi đã nộp, 2 quá hạn; ngày nghỉ"
    quarter = next(row for name, row in rows.items() if str(name).startswith("Báo cáo quý I:"))
    assert quarter[-1] == "chưa nộp, trễ 93 ngày; hạn chưa xác nhận"
    assert [row[1:] for row in text(status_code("H1"))[-3:]] == [
        ["Thôn A", "14/06/2026", "", "", "chưa nộp, trễ 6 ngày; ngày nghỉ"],
        ["Thôn B", "14/06/2026", "16/06/2026", "", "nộp trễ 2 ngày"],
        ["Thôn C", "14/06/2026", "", "", "chưa nộp, trễ 6 ngày; ngày nghỉ"],
    ]
    assert text(status_code("M01")) == []
    for name in "AC":
        here.received(
            Report(key=key, period="H1", village=here.reg.villages[name]), date(2026, 6, 14)
        )
    (said,) = [row[-1] for row in text(CODE) if row[1] == "Báo cáo 6 tháng đầu năm: Kết quả"]
    assert said == "3/3 nơi đã nộp, 1 nộp trễ"  # what the colour says, in words


def test_a_rule_is_read_from_what_is_stored(here: Here) -> None:
    here.take(here.plan(), "dia_phuong_thua_thien_hue_2021")
    with here.reg.database.reader() as connection:
        plan = plans.in_hand(connection, 2026, here.reg.commune)
        assert plan is not None
        rows = records.find(connection, Kind.REPORT_SCHEDULE, document=plan["uid"])
    assert Rule.of(rows[0]).due_on == date(2026, 4, 10)
    assert here.calendar().outgoing[0].occurrence.due == date(2026, 4, 9)
    assert rows[0]["note"].startswith("Hạn của riêng tỉnh Thừa Thiên Huế")
