"""What is done in the scripted year whose papers `tools.papers` writes: on the sample whose last
year is open, from reports sent to the closing and the plan after it, by services alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.answers import Answers
from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.asked import tick_code
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.reports import issued_period_list
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.programme_papers import POSTING
from giamngheo_desktop.reports.written_issue import issue
from giamngheo_desktop.sample import make_sample
from giamngheo_desktop.sample.book import YEARS
from giamngheo_desktop.sample.contexts import ContextAt
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.documents import sections, versions
from giamngheo_desktop.services.documents.versions import Change
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.services.programme.support_bulk import ForMany, Receiver, support_many
from giamngheo_desktop.services.review import (
    applications,
    case_entry,
    case_lists,
    certificates,
    complaints,
    meetings,
    postings,
    recognition,
    review_closing,
    reviews,
)
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.review.case_sheet import CaseSheet, decided_class, recompute
from giamngheo_desktop.services.review.complaints import Complaint, Result
from giamngheo_desktop.services.review.meetings import Minutes, Vote
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database

YEAR = YEARS[-1]
# The reports of the year: period, number and day as sent.
SENT = (
    ("Q1", "18/BC-UBND", date(YEAR, 3, 18)),
    ("M04", "30/BC-UBND", date(YEAR, 4, 16)),
    ("H1", "52/BC-UBND", date(YEAR, 6, 12)),
    ("Q3", "80/BC-UBND", date(YEAR, 9, 18)),
    ("Y", "133/BC-UBND", date(YEAR, 12, 4)),
)
_SAID = {
    "assessment_good": "- Các chính sách đến đúng hộ; các thôn nộp báo cáo đầy đủ.",
    "proposals": "Đề nghị Ủy ban nhân dân tỉnh phân bổ kinh phí sớm trong năm.",
}
_ESCAPES, _FALLS, _POORER = 9, 14, 5  # every so-many-th case of a list; the others as last year
_WELL_OFF, _POOR = 180, 110  # điểm B1
# The standard of the next year has no form yet: income a month and person, and what is lacking.
_INCOME = {"poor": 1_500_000, "near_poor": 2_000_000}
_ENOUGH, _LACKS = 3_400_000, 3


@dataclass
class Desk:
    """The office on a day of the year."""

    database: Database
    definitions: Definitions
    context_at: ContextAt
    unit: UUID = field(init=False)
    review: UUID = field(init=False)
    context: Context = field(init=False)

    def begin(self, *, full: bool) -> None:
        make_sample(self.database, self.context_at, self.definitions, full=full, running=True)
        self.unit = areas.top_unit(self.database, date(YEAR, 12, 31))
        (found,) = self.found(Kind.REVIEW)
        self.review = found["uid"]
        self.on(date(YEAR, 12, 31))

    def on(self, day: date) -> None:
        self.context = self.context_at(datetime.combine(day, time(17)))

    @property
    def today(self) -> date:
        return self.context.today()

    @property
    def args(self) -> tuple[Database, Context]:
        return self.database, self.context

    @property
    def known(self) -> tuple[Database, Context, Definitions]:
        return (*self.args, self.definitions)

    def found(self, kind: Kind, /, **where: Any) -> list[dict[str, Any]]:
        with self.database.reader() as connection:
            return records.find(connection, kind, **where)

    def plan(self, year: int = YEAR) -> UUID:
        """The newest version of the plan."""
        with self.database.reader() as connection:
            found = plans.in_hand(connection, year, self.unit)
        assert found is not None
        return UUID(str(found["uid"]))

    @property
    def villages(self) -> list[UUID]:
        with self.database.reader() as connection:
            return reviews.villages_of(connection, reviews.get(connection, self.review))


def adjust_plan(desk: Desk) -> UUID:
    """In July one more poor household is promised; the draft is not issued."""
    plan = versions.next_version(*desk.args, desk.plan(), Change.ADJUSTS).value
    (row,) = desk.found(Kind.TARGET, document=plan, indicator="HN-GIAM-HO")
    form = desk.definitions.records[Kind.TARGET]
    entries.save(*desk.args, form, {**row, "pursued": row["pursued"] + 100}, row["uid"])
    return plan


def report(desk: Desk, period: str, number: str, day: date, layout: str) -> UUID:
    """A report as it is written and sent; without a number it stays a draft."""
    uid = sections.begin_report(*desk.known, desk.unit, YEAR, layout, period).value
    for row in desk.found(Kind.DOCUMENT_SECTION, document=uid):
        if row["code"] in _SAID:
            sections.change(*desk.args, row["uid"], text=_SAID[row["code"]])
    if number:
        stamp = Stamp(number=number, issued_on=day)
        issue(desk.database, desk.definitions, desk.args[1], uid, stamp)
    return uid


def apply(desk: Desk) -> Mapping[Purpose, UUID]:
    """One asks to be reviewed, another to leave the list."""
    village = desk.villages[2]
    *_, leaves = case_lists.of_review(desk.database, desk.review, village)
    day = date(YEAR, 11, 18)
    enters = Application(
        applicant="Hồ Văn Một",
        purpose=Purpose.ENTER,
        village=village,
        received_on=day,
        detail="Nhà bị tốc mái do bão, lao động chính ốm dài ngày",
    )
    goes = Application(
        applicant=leaves.head,
        purpose=Purpose.LEAVE,
        village=village,
        received_on=day,
        household=leaves.household,
    )
    return {one.purpose: applications.save(*desk.args, one).value for one in (enters, goes)}


def enter_forms(desk: Desk) -> None:
    """Every form of the review is answered."""
    for village in desk.villages:
        rows = case_lists.of_review(desk.database, desk.review, village)
        for place, row in enumerate(rows, start=1):
            if row.outcome is not None:  # without a result by the standard of the next year
                case_entry.reopen(*desk.args, row.uid, reason="Bổ sung kết quả theo chuẩn mới")
            _answer(desk, row.uid, place)


def _answer(desk: Desk, case: UUID, place: int) -> None:
    """As last year, but for points of some; by the next standard some more are poor."""
    sheet = case_entry.open_case(desk.database, desk.definitions, case, desk.today)
    points = _WELL_OFF if place % _ESCAPES == 0 else _POOR if place % _FALLS == 0 else None
    home = sheet.household if points is None else replace(sheet.household, score_income=points)
    now, following = recompute(desk.definitions, sheet, home, _accepted(sheet)).assessments
    found = decided_class(now) or ""
    if found == "near_poor" and place % _POORER == 0:
        found = "poor"  # by the next standard
    home = replace(home, income=_INCOME.get(found, _ENOUGH))
    unknown = sorted(following.unknown)
    lacks = unknown[: _LACKS if found == "poor" else 0]
    ticks = {following.standard.code: {code: Answer(code in lacks) for code in unknown}}
    sheet = recompute(desk.definitions, sheet, home, _accepted(sheet), ticks)
    answers = _accepted(sheet)
    for code in unknown:
        key = (home.uid, tick_code(following.standard.code, code))
        answers = answers.typed(key, is_empty=False)
    sheet = recompute(desk.definitions, sheet, home, answers, ticks)
    case_entry.save_case(*desk.known, sheet, sheet.household, answers, day=desk.today, ticks=ticks)
    case_entry.settle(*desk.known, case, outcome="reviewed")


def _accepted(sheet: CaseSheet) -> Answers:
    answers = sheet.answers
    for key in answers:
        answers = answers.accept(key)
    return answers


def meet_and_post(desk: Desk) -> Mapping[UUID, UUID]:
    """Every village meets and posts; one complaint is answered. Returns the meetings by village."""
    held: dict[UUID, UUID] = {}
    for number, village in enumerate(desk.villages):
        due = meetings.due(desk.database, desk.review, village)
        present = 30 + number
        minutes = Minutes(
            held_on=date(YEAR, 11, 28),
            attendants=present,
            place="Nhà văn hóa thôn",
            chair="Hồ Văn Hai",
            chair_title="Trưởng thôn",
            secretary="Lê Thị Ba",
            secretary_title="Rà soát viên",
            household_signer="Đinh Văn Bốn",
            committee=2,
            organisations=3,
            front=1,
            surveyors=1,
            households_present=min(len(due), present - 7),
        )
        votes = {case: Vote(present - place % 3) for place, case in enumerate(due)}
        done = meetings.save(*desk.args, desk.review, village, minutes, votes)
        held[village] = done.value
    notice = Posting(
        begun_on=date(YEAR, 11, 30),
        number="16/TB-UBND",
        places="Nhà văn hóa thôn, trụ sở Ủy ban nhân dân xã",
    )
    postings.save_posting(*desk.known, desk.review, desk.villages, notice)
    complaint = Complaint(
        village=desk.villages[0],
        complainant="Hồ Văn Năm",
        received_on=date(YEAR, 12, 2),
        content="Đề nghị xem lại kết quả của hộ",
        rechecked_on=date(YEAR, 12, 4),
        result=Result.REJECTED,
        answered_on=date(YEAR, 12, 5),
        answer_number="03/CV-BCĐ",
        answer="Giữ nguyên kết quả rà soát",
    )
    complaints.save_complaint(*desk.args, desk.review, complaint)
    return held


def decide(desk: Desk) -> None:
    """One decision for each standard of the review, certificates signed."""
    reviews.mark(*desk.args, desk.review, "summarise", day=date(YEAR, 12, 7))
    for number, (standard, valid_from) in enumerate(_standards(desk), start=118):
        decision = Decision(
            number=f"{number}/QĐ-UBND", signed_on=date(YEAR, 12, 10), valid_from=valid_from
        )
        recognition.recognise(*desk.args, desk.review, standard, decision)
    homes = [row.household for row in certificates.of_review(desk.database, desk.review)]
    signed = date(YEAR, 12, 12)
    certificates.sign(*desk.args, desk.review, homes, signed_on=signed)
    reviews.mark(*desk.args, desk.review, "report", day=date(YEAR, 12, 15))


def _standards(desk: Desk) -> Iterator[tuple[str, date]]:
    for row in desk.found(Kind.REVIEW_STANDARD, review=desk.review):
        is_next = row["purpose"] == "next_opening"
        yield row["standard"], date(YEAR + 1, 1, 1) if is_next else date(YEAR, 12, 10)


def poor_home(desk: Desk) -> UUID:
    """The first household that the decision of the year names as poor."""
    rows = certificates.of_review(desk.database, desk.review)
    return next(row.household for row in rows if row.household_class == "poor")


def close(desk: Desk) -> None:
    review_closing.close(*desk.known, desk.review, reason="")


def next_plan(desk: Desk, layout: str) -> UUID:
    """The plan of the year after, as it begins."""
    return sections.begin(*desk.known, desk.unit, YEAR + 1, layout).value


def give_piglets(desk: Desk) -> None:
    """An event of autumn, whose bảng kê asks for the numbers of identity papers."""
    rows = case_lists.of_review(desk.database, desk.review, desk.villages[1])
    event = {
        "policy": "production",
        "name": "Lợn giống cho hộ cận nghèo",
        "supported_on": date(YEAR, 10, 20),
        "decision_number": "96/QĐ-UBND",
        "decision_on": date(YEAR, 10, 12),
    }
    wanted = ForMany(
        event=event,
        receivers=[Receiver(household=row.household) for row in rows[:4]],
        shares={"central": 4_000_000, "people": 500_000},
        support={"content": "Lợn giống", "item": "Lợn giống", "quantity": 200, "unit": "con"},
    )
    support_many(*desk.known, wanted, commune=desk.unit)


_PERIODS = {
    "bhyt": f"{YEAR}-11",
    "chi_phi_hoc_tap": f"{YEAR}-{YEAR + 1}",
    "hoc_phi": "2024-2025",  # the last one for which the list was asked
    "tien_dien": f"{YEAR}-Q4",
}


def draw_up_lists(desk: Desk) -> None:
    """Each danh sách kỳ of the end of the year is drawn up."""
    for number, policy in enumerate(desk.definitions.period_lists, start=1):
        issued_period_list.issue(
            *desk.known,
            policy,
            _PERIODS[policy],
            unit=desk.unit,
            decision_number=f"{number:02}/DS-UBND",
        )


def records_of(desk: Desk, code: str, kind: Kind) -> list[UUID]:
    """What a paper is of: the drawn up lists of its policy, each event of supports, the household
    that has been supported most.
    """
    if kind is Kind.PERIOD_LIST:
        policy = code.removesuffix(POSTING)
        return [row["uid"] for row in desk.found(kind, policy=policy)]
    if kind is Kind.HOUSEHOLD:
        homes = Counter(row["household"] for row in desk.found(Kind.SUPPORT))
        return [home for home, _ in homes.most_common(1)]
    return [row["uid"] for row in desk.found(kind)]
