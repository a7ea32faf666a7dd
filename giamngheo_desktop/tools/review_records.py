"""What the pictures of Rà soát show: a review begun in the file, papers, and answers to the end."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from giamngheo_desktop.domain.applications import Purpose
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.services import classes
from giamngheo_desktop.services.review import (
    applications,
    case_entry,
    case_lists,
    certificates,
    meetings,
    paper_forms,
    postings,
    recognition,
    reviews,
)
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.review.meetings import Minutes
from giamngheo_desktop.services.review.paper_forms import Surveyor, Way
from giamngheo_desktop.services.review.postings import Posting
from giamngheo_desktop.services.review.recognition import Decision
from giamngheo_desktop.services.review.reviews import NewReview

_APPLICANTS = ("Trần Văn Mẫu", "Lê Thị Thử", "Phạm Văn Ví Dụ")
_SURVEYORS = ("Nguyễn Văn Mẫu", "Trần Thị Thử")


def reopen(desk: Desk, year: int) -> None:
    """The sample is closed to its last year: there is nothing else to review today."""
    done = classes.reopen_year(
        desk.database,
        desk.context,
        year=year,
        standard=desk.standard(year).code,
        reason="Mẫu để xem",
        commune=desk.unit(year),
    )
    desk.bus.data_changed.emit(done.changes)  # the window says which years are closed


def begin(desk: Desk, year: int, today: date) -> UUID:
    """A periodic review of the year shown, begun some weeks ago."""
    begun = min(max(date(year, 1, 1), today - timedelta(days=60)), date(year, 12, 31))
    commune = desk.unit(year)
    proposed = reviews.proposed_standards(desk.database, desk.definitions, commune, year)
    new = NewReview(year=year, begun_on=begun, reference_day=begun, standards=proposed)
    act = (desk.database, desk.context, desk.definitions, new)
    return reviews.begin(*act, commune=commune).value


def file_applications(desk: Desk, villages: list[UUID], today: date) -> None:
    """Some papers in the book: one just received, one whose answer is late."""
    purposes = (Purpose.ENTER, Purpose.AVERAGE_LIVING, Purpose.ENTER)
    papers = zip(_APPLICANTS, purposes, (2, 20, 75), strict=True)
    for at, (name, purpose, days) in enumerate(papers):
        received = max(today - timedelta(days=days), date(today.year, 1, 1))
        paper = Application(
            village=villages[at % len(villages)],
            applicant=name,
            purpose=purpose,
            received_on=received,
            channel="direct",
        )
        applications.save(desk.database, desk.context, paper)


def confirm_lists(desk: Desk, review: UUID, villages: list[UUID], today: date) -> None:
    """The forms get their codes."""
    for village in villages:
        reviews.mark(desk.database, desk.context, review, "list", village=village, day=today)


def hand_out(desk: Desk, review: UUID, village: UUID, today: date) -> None:
    """The forms of a village with two surveyors: most are back, one goes back for more."""
    act = (desk.database, desk.context)
    named = [Surveyor(name=name) for name in _SURVEYORS]
    paper_forms.save_surveyors(*act, review, village, named)
    people = [one.uid for one in paper_forms.surveyors(desk.database, review, village)]
    cases = [row.uid for row in case_lists.of_review(desk.database, review, village)]
    if not cases:
        return
    half = -(-len(cases) // 2)
    parts = (cases[:half], cases[half:])
    for part, surveyor in zip(parts, people, strict=True):
        if part:
            day = today - timedelta(days=30)
            paper_forms.hand(*act, part, Way.ISSUE, day, surveyor=surveyor)
    back = cases[: half + 1]
    paper_forms.hand(*act, back, Way.COLLECT, today - timedelta(days=5))
    reason = "Thiếu điểm B1"
    paper_forms.hand(*act, back[:1], Way.RETURN, today - timedelta(days=4), reason=reason)


def go_through(desk: Desk, review: UUID, villages: list[UUID], today: date) -> None:
    """Everything recorded up to the decisions and the certificates of the first villages."""
    act = (desk.database, desk.context)
    for village in villages:
        for row in case_lists.of_review(desk.database, review, village):
            _enter(desk, row.uid, today)
        minutes = Minutes(held_on=today - timedelta(days=20), attendants=42)
        meetings.save(*act, review, village, minutes, {}, others=38)
        posting = Posting(begun_on=today - timedelta(days=18))
        postings.save_posting(*act, desk.definitions, review, [village], posting)
    reviews.mark(*act, review, "summarise", day=today)
    found = next(one for one in reviews.all_of(desk.database) if one["uid"] == review)
    for number, item in enumerate(found["standards"], start=12):
        decision = Decision(number=f"{number}/QĐ-UBND", signed_on=today, valid_from=today)
        recognition.recognise(*act, review, item["standard"], decision, reason="Mẫu để xem")
    rows = certificates.of_review(desk.database, review, villages[0])
    if rows:
        households = [row.household for row in rows[:-1]] or [rows[0].household]
        certificates.sign(*act, review, households, signed_on=today)


def _enter(desk: Desk, case: UUID, today: date) -> None:
    """As last year, where that is enough; else nobody was at home."""
    act = (desk.database, desk.context, desk.definitions)
    sheet = case_entry.open_case(desk.database, desk.definitions, case, today)
    answers = sheet.answers
    for key in sheet.answers:
        answers = answers.accept(key)
    case_entry.save_case(*act, sheet, sheet.household, answers, day=today)
    try:
        case_entry.settle(*act, case, outcome=case_entry.REVIEWED)
    except RefusedError:
        case_entry.settle(*act, case, outcome="absent", note="Đi làm ăn xa")
