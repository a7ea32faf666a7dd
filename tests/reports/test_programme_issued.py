"""Papers of the programme are issued as tables are: frozen, numbered, held against today's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.issued import State
from giamngheo_desktop.reports import asked as asks
from giamngheo_desktop.reports import issued, issued_period_list
from giamngheo_desktop.reports.asked import Asked, Stamp, asked_from, asked_text
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.issued_difference import Difference, difference
from giamngheo_desktop.reports.make import FORMATS, render
from giamngheo_desktop.reports.programme_papers import (
    POSTING,
    ProgrammeAsked,
    asked_of_record,
    papers,
)
from giamngheo_desktop.reports.written import PLAN
from giamngheo_desktop.services import events, issuing, settings, undo
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.services.reporting import receipts
from giamngheo_desktop.storage import records
from tests.harness.copies import copy_of, everything
from tests.harness.helping import Help
from tests.harness.money import entry, line, put
from tests.harness.register import TODAY, Register, dump, empty_database, living, make_register
from tests.harness.tables import definitions

YEAR = TODAY.year
STAMP = Stamp(number="15/BC-UBND", issued_on=TODAY)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Help]:
    """One poor household with a helper and a plan, another one; a line of money, a gift."""
    with empty_database(tmp_path / "Sổ.db") as database:
        yield written(make_register(database))


def written(register: Register) -> Help:
    signers = {"signer_title": "CHỦ TỊCH", "signer_name": "Hồ Văn Một", "issuing_body": "UBND XÃ"}
    settings.save(register.database, register.context, signers, date(2025, 1, 1))
    found = Help(register)
    one, two = found.home("An"), found.home("Bình", village="B")
    found.assign(one, found.officer("Lê Hoa"))
    found.add(Kind.HOUSEHOLD_PLAN, household=one, year=YEAR, measures="Nuôi bò")
    found.add(Kind.NEED, household=two, code="housing")
    put(register, Kind.BUDGET_LINE, line(1_000, "assigned", programme="2021", component="DA4"))
    put(register, Kind.FUND_ENTRY, entry("in", f"{YEAR}-01-06", 500, other_party="Ông Tư"))
    return found


def home_of(here: Help, name: str) -> UUID:
    return next(one.uid for one in here.view().listed if one.head == name)


def draw_up(here: Help, period: str = f"{YEAR}-01") -> UUID:
    reg = here.reg
    args = (reg.database, reg.context, definitions(), "bhyt", period)
    return issued_period_list.issue(*args, unit=reg.commune, issued_on=TODAY).value


def event(here: Help) -> UUID:
    """A hand-out to An, of today."""
    common = {"policy": "other", "year": YEAR, "supported_on": TODAY}
    uid = here.add(Kind.SUPPORT_EVENT, name="Trao quà", **common)
    gift(here, uid, "An", 500)
    return uid


def gift(here: Help, uid: UUID, name: str, amount: int) -> None:
    one = here.support(home_of(here, name), TODAY, "other", support_event=uid)
    put(here.reg, Kind.SUPPORT_SHARE, {"support": one, "source": "donors", "amount": amount})


def _another_gift(here: Help) -> None:
    with here.reg.database.reader() as connection:
        (found,) = records.find(connection, Kind.SUPPORT_EVENT)
    gift(here, found["uid"], "Bình", 700)


def of_list(here: Help, code: str, uid: UUID) -> ProgrammeAsked:
    return asked_of_record(here.reg.database, definitions(), code, uid)


def made(here: Help, asked: Asked) -> tuple[ReportDoc, ...]:
    return asks.made(here.reg.database, definitions(), asked, today=TODAY)


def issue(here: Help, asked: Asked, stamp: Stamp = STAMP) -> UUID:
    args = (here.reg.database, definitions(), here.reg.context)
    return issued.issue(*args, made(here, asked), asked, stamp).value


def differs(here: Help, uid: UUID) -> Difference:
    return difference(here.reg.database, definitions(), uid, today=TODAY)


def files(here: Help, uid: UUID) -> list[bytes]:
    (doc,) = issued.reprinted(here.reg.database, uid)
    return [render(doc, form) for form in FORMATS]


def _of_year(code: str) -> Callable[[Help], ProgrammeAsked]:
    return lambda here: ProgrammeAsked(code=code, year=YEAR)


def _of_day(code: str) -> Callable[[Help], ProgrammeAsked]:
    return lambda here: ProgrammeAsked(code=code, year=YEAR, as_of=TODAY, unit=here.reg.commune)


def _more_money(here: Help) -> None:
    put(here.reg, Kind.BUDGET_LINE, line(2_345, "assigned", programme="2021", component="DA4"))


def _more_gifts(here: Help) -> None:
    put(here.reg, Kind.FUND_ENTRY, entry("in", f"{YEAR}-01-07", 2_345, other_party="Bà Sáu"))


def _another_helper(here: Help) -> None:
    here.assign(home_of(here, "Bình"), here.officer("Đỗ Nam"))


def _another_home(here: Help) -> None:
    here.home("Chi", village="C")


def _of_reports(code: str) -> Callable[[Help], ProgrammeAsked]:
    """Of a plan that asks the unit for a report each half year."""

    def ask(here: Help) -> ProgrammeAsked:
        reg = here.reg
        plan = versions.begin(reg.database, reg.context, reg.commune, YEAR).value
        values = {"direction": "outgoing", "period": "half", "content": "Kết quả", "due_day": 20}
        here.add(Kind.REPORT_SCHEDULE, document=plan, key="half", **values)
        return _of_day(code)(here)

    return ask


def _sent(here: Help) -> None:
    report, day = receipts.Report(key="half", period="H1"), date(YEAR, 6, 1)
    receipts.record(here.reg.database, here.reg.context, YEAR, report, day, number="12/BC-UBND")


def _a_target(here: Help) -> None:
    plan = versions.begin(here.reg.database, here.reg.context, here.reg.commune, YEAR).value
    here.add(Kind.TARGET, document=plan, key="1", indicator="HN-GIAM-HO", pursued=200)


# What is asked for, what is typed later, and a word that then stands only in the new one.
CASES: dict[str, tuple[Callable[[Help], ProgrammeAsked], Callable[[Help], None], str]] = {
    "budget": (_of_year("budget"), _more_money, "3.345"),
    "budget_lines": (_of_year("budget_lines"), _more_money, "2.345"),
    "fund_poor_fund": (_of_year("fund_poor_fund"), _more_gifts, "2.345"),
    "targets": (_of_day("targets"), _a_target, "Toàn xã giảm tối thiểu 02 hộ nghèo"),
    "poverty_analysis": (_of_year("poverty_analysis"), _another_home, "3"),
    "helpers": (_of_day("helpers"), _another_helper, "Bình"),
    "report_calendar": (_of_reports("report_calendar"), _sent, "đã nộp"),
    "report_status_h1": (_of_reports("report_status_h1"), _sent, "12/BC-UBND"),
    "bang_ke": (lambda here: of_list(here, "bang_ke", event(here)), _another_gift, "Bình"),
    "cong_khai": (lambda here: of_list(here, "cong_khai", event(here)), _another_gift, "Bình"),
    "bhyt": (lambda here: of_list(here, "bhyt", draw_up(here)), _another_home, "Chi"),
    "bhyt_cong_khai": (
        lambda here: of_list(here, f"bhyt{POSTING}", draw_up(here)), _another_home, "Chi",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", CASES)
def test_issued_is_printed_alike_and_held_against_today(here: Help, code: str) -> None:
    ask, change, new = CASES[code]
    asked = ask(here)
    uid = issue(here, asked)
    row = issuing.get(here.reg.database, uid)
    assert (row.kind, row.code, row.year, row.number) == ("report", code, YEAR, "15/BC-UBND")
    assert (row.signer, row.area, row.issued_on) == ("Hồ Văn Một", here.reg.commune, TODAY)
    assert issued.asked_of(here.reg.database, uid) == (asked, STAMP)
    assert asked_from(asked_text(asked)) == asked
    assert differs(here, uid).is_none
    before = files(here, uid)
    head = issued.load(here.reg.database, uid)[0].letterhead
    assert head is not None
    assert head.number == "Số: 15/BC-UBND"
    change(here)
    found = differs(here, uid)
    assert found.refused is None
    came = [cell for cell in found.cells if new in (cell.row, cell.new)]
    assert came
    assert all(cell.old is None or cell.old != new for cell in came)
    assert files(here, uid) == before
    issuing.cancel(here.reg.database, here.reg.context, uid, reason="in sai", day=TODAY)
    assert issuing.get(here.reg.database, uid).state is State.CANCELLED
    pdf = FORMATS.index("pdf")
    assert files(here, uid)[pdf] != before[pdf]  # says that it is cancelled


def document(here: Help, code: str) -> UUID:
    """A plan or report of the year."""
    desk = (here.reg.database, here.reg.context, definitions(), here.reg.commune, YEAR)
    if code == PLAN:
        return sections.begin(*desk, "ke_hoach_chuan").value
    return sections.begin_report(*desk, "bao_cao_nam", "Y").value


def asked_for(here: Help, code: str) -> ProgrammeAsked:
    """Each paper as somebody may ask for it."""
    paper = papers(definitions())[code]
    if paper.of is Kind.DOCUMENT:
        return of_list(here, code, document(here, code))
    if paper.of is Kind.SUPPORT_EVENT:
        return of_list(here, code, event(here))
    if paper.of is not Kind.PERIOD_LIST:
        asked = (_of_day if paper.has_day else _of_year)(code)(here)
        return replace(asked, about=home_of(here, "An")) if paper.of else asked
    policy = code.removesuffix(POSTING)
    lengths = {"month": "2026-01", "quarter": "2026-Q1", "school_year": "2024-2025"}
    period = lengths[definitions().period_list(policy).length]
    args = (here.reg.database, here.reg.context, definitions(), policy, period)
    unit = here.reg.commune
    kept = {one.policy: one.uid for one in period_lists.issued_lists(args[0], unit)}
    uid = kept.get(policy) or period_lists.issue(*args, unit=unit).value
    return of_list(here, code, uid)


def test_every_paper_is_issued_compared_and_taken_back(here: Help) -> None:
    for code in papers(definitions()):
        asked = asked_for(here, code)
        before = living(dump(here.reg.database))
        uid = issue(here, asked)
        assert differs(here, uid).is_none, code
        step = undo.next_step(here.reg.database)
        assert step is not None
        undo.undo(here.reg.database, here.reg.context, step.group)
        assert living(dump(here.reg.database)) == before
    assert issuing.issued(here.reg.database) == []


def test_codes_of_papers_are_nothing_elses() -> None:
    found = definitions()
    known = set(papers(found))
    assert not known & {*found.name_lists, *found.papers, *map(str.lower, found.reports)}


def test_a_drawn_up_list_is_signed_with_its_own_rows(here: Help) -> None:
    """Who came on it since is told by the difference, and stands on no paper of that list."""
    kept = draw_up(here)
    _another_home(here)
    uid = issue(here, of_list(here, "bhyt", kept))
    (doc,) = issued.load(here.reg.database, uid)
    assert [row.labels[1] for row in doc.tables[-1].rows[:-1]] == ["An", "Bình"]
    assert "Chi" in {cell.new for cell in differs(here, uid).cells}


def test_a_list_that_was_taken_back_is_not_made_again(here: Help) -> None:
    kept = draw_up(here)
    step = undo.next_step(here.reg.database)
    assert step is not None
    uid = issue(here, of_list(here, "bhyt", kept))
    with here.reg.database.reader() as connection:
        assert records.get(connection, Kind.PERIOD_LIST, kept) is not None
    undo.undo(here.reg.database, here.reg.context, step.group)
    refused = differs(here, uid).refused
    assert refused is not None
    assert refused.code == "record_missing"
    assert files(here, uid)
    with pytest.raises(RefusedError, match="record_missing"):
        of_list(here, "bhyt", kept)


def test_a_paper_is_of_its_own_record(here: Help) -> None:
    kept = draw_up(here)
    for asked in (
        replace(of_list(here, "bhyt", kept), code="tien_dien"),
        ProgrammeAsked(code="bhyt", year=YEAR),
    ):
        with pytest.raises(RefusedError, match="record_missing"):
            made(here, asked)
    with pytest.raises(AppError, match="unknown_paper"):
        made(here, ProgrammeAsked(code="gạo", year=YEAR))


def test_a_plan_of_one_household_is_of_that_household(here: Help) -> None:
    home = home_of(here, "An")
    asked = ProgrammeAsked(code="plans", year=YEAR, as_of=TODAY, unit=here.reg.commune, about=home)
    row = issuing.get(here.reg.database, issue(here, asked))
    assert (row.household, row.subject) == (home, "An, Thôn A")
    assert row.signer is None  # the household and its helper sign it by hand


def test_a_page_of_a_household_is_compared_with_its_own(here: Help) -> None:
    asked = _of_day("plans")(here)
    uid = issue(here, asked)
    assert len(issued.load(here.reg.database, uid)[0].tables) == 1
    here.add(Kind.HOUSEHOLD_PLAN, household=here.home("Ái"), year=YEAR, measures="Trồng rừng")
    found = differs(here, uid).cells
    assert {cell.old for cell in found} == {None}
    assert "Trồng rừng" in {cell.new for cell in found}


def test_it_is_signed_no_earlier_than_what_it_tells_of(here: Help) -> None:
    yesterday = date.fromordinal(TODAY.toordinal() - 1)
    for code in ("budget", "helpers"):
        asked = CASES[code][0](here)
        with pytest.raises(RefusedError, match="issued_before_data"):
            issue(here, asked, replace(STAMP, issued_on=yesterday))
    later = date.fromordinal(TODAY.toordinal() + 1)
    with pytest.raises(AppError, match="day_in_future"):
        made(here, replace(CASES["helpers"][0](here), as_of=later))
    plan = ProgrammeAsked(code="budget", year=YEAR + 1)  # a plan is made beforehand
    assert issuing.get(here.reg.database, issue(here, plan)).year == YEAR + 1


def test_an_issued_paper_travels_whole(here: Help, tmp_path: Path) -> None:
    """Issued on one copy it stands on the other, is printed there alike and held against it."""
    theirs = copy_of(here.reg, tmp_path / "máy khác.db", seed=2)
    there = Help(theirs)
    try:
        _more_money(there)
        uids = [issue(here, CASES[code][0](here)) for code in ("budget", "bhyt")]
        incoming = everything(here.reg.database)
        merging.merge_edits(theirs.database, theirs.context, incoming)
        for uid in uids:
            assert files(there, uid) == files(here, uid)
            assert issuing.get(theirs.database, uid).number == "15/BC-UBND"
        money, people = (differs(there, uid) for uid in uids)
        assert "3.345" in {cell.new for cell in money.cells}
        assert people.is_none
    finally:
        theirs.database.close()


def test_what_a_list_says_of_those_who_are_on_none_is_held_against_the_same(here: Help) -> None:
    """A guest of two months between the lists: the note names her as long as nothing changes."""
    args = (here.reg.database, here.reg.context)
    draw_up(here, f"{YEAR}-01")
    home, guest = home_of(here, "An"), here.reg.member("Khách")
    events.person_moves_in(*args, household=home, member=guest, day=date(YEAR, 2, 5))
    events.person_moves_out(*args, household=home, person=guest.uid, day=date(YEAR, 3, 5))
    uid = issue(here, of_list(here, "bhyt", draw_up(here, f"{YEAR}-05")))
    (doc,) = issued.load(here.reg.database, uid)
    assert any("Khách" in note for note in doc.notes)
    assert differs(here, uid).is_none
