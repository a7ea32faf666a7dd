"""A village on its way through a review; and that nothing recorded changes what undo gives back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.services.review import (
    case_lists,
    certificates,
    complaints,
    meetings,
    paper_forms,
    postings,
    recognition,
)
from giamngheo_desktop.services.review.case_lists import Ground
from giamngheo_desktop.services.review.complaints import Complaint, Result
from giamngheo_desktop.services.review.paper_forms import Surveyor, Way
from giamngheo_desktop.services.review.postings import Posting, Subject
from giamngheo_desktop.services.review.recognition import Decision
from tests.harness.examples import examples
from tests.harness.register import (
    STANDARD,
    Register,
    dump,
    empty_database,
    living,
    make_register,
)
from tests.harness.review import BEGUN, IN_FORCE, MET, POSTED, SIGNED, Review, begin, shipped

STEPS = ("list", "collect", "classify", "meet", "post", "recheck")


def where(review: Review, today: date = SIGNED) -> str | None:
    """The first step of village A that is not done, with what it lacks."""
    flow = review.flow(today)
    for code in STEPS:
        state = flow.state(code, review.village)
        if state.status is not Status.DONE:
            return " ".join([code, *(f"{item.code}={item.count}" for item in state.missing)])
    return None


def test_a_village_goes_through_all_steps(register: Register) -> None:
    surveyors = dict.fromkeys(register.villages.values(), ("Hồ Thị Na",))
    review = begin(register, "An Bình", "Chi", surveyors=surveyors)
    assert review.missing("list") == {"list_not_confirmed": 1}
    review.homes["Mai"] = register.household("Mai")
    mai = case_lists.add(*review.args, review.uid, review.homes["Mai"].uid, Ground.APPLIED).value
    assert where(review) == "list unscreened=1 list_not_confirmed=1"
    case_lists.screen(*review.args, mai, screened_in=True, by="Hồ Thị Na")
    assert where(review) == "list list_not_confirmed=1"
    for village in register.villages:
        review.confirm(village=village)
    assert where(review) == "collect unentered=4"
    pile = [review.case(name) for name in review.homes]
    paper_forms.hand(*review.args, pile, Way.ISSUE, MET)
    review.settle("An")
    review.settle("Bình", None)
    review.end("Chi", "absent")
    assert where(review) == "collect unentered=1"
    review.settle("Mai", "near_poor")
    assert where(review) == "classify unsettled=1"
    review.settle("Bình", "not_poor")
    assert where(review) == "meet no_meeting=1"
    review.meet(20, An=19)
    assert where(review) == "collect unentered=1"
    review.settle("An", "near_poor")
    assert where(review) == "meet outvoted=1"
    review.meet(40, day=POSTED)
    assert where(review) == "post not_posted=1"
    post(review, begun_on=POSTED)
    assert where(review, POSTED) == "post still_posted=4"
    assert where(review) is None
    complaint = Complaint(
        village=review.village, complainant="Lò Văn Ín", received_on=MET, case=review.case("An")
    )
    uid = complaints.save_complaint(*review.args, review.uid, complaint).value
    assert where(review) == "recheck complaints=1"
    answered = {"rechecked_on": date(2026, 10, 8), "result": Result.CHANGED, "answered_on": SIGNED}
    changed = Complaint(
        village=review.village,
        complainant="Lò Văn Ín",
        received_on=MET,
        case=review.case("An"),
        **answered,
    )
    complaints.save_complaint(*review.args, review.uid, changed, uid)
    assert where(review) == "collect unentered=1"
    review.settle("An", "poor")
    assert where(review) == "recheck unposted_rechecks=1"
    post(review, begun_on=date(2026, 10, 9), subject=Subject.RECHECK)
    assert where(review, date(2026, 10, 14)) == "recheck still_posted=1"
    assert where(review) is None
    flow = review.flow()
    assert flow.state("summarise").status is Status.OPEN
    assert flow.state("recognise").status is Status.WAITING
    review.confirm("summarise", None, day=date(2026, 11, 10))
    assert review.flow().state("recognise").status is Status.OPEN
    paper = Decision(number="31/QĐ-UBND", signed_on=SIGNED, valid_from=IN_FORCE)
    done = recognition.recognise(*review.args, review.uid, STANDARD, paper).value
    assert (done.reviewed, done.kept, done.unknown, done.left) == (3, 1, 0, 0)
    assert review.missing("certify") == {"uncertified": 3}  # An, Mai, and Chi who was away
    homes = {review.homes[name].uid for name in ("An", "Mai", "Chi")}
    certificates.sign(*review.args, review.uid, homes, signed_on=SIGNED)
    state = review.flow().current(review.village)
    assert state is not None
    assert state.step.code == "report"
    for village in register.villages.values():
        named = [Surveyor(name="Hồ Thị Na")]
        paper_forms.save_surveyors(*review.args, review.uid, village, named)
    review.confirm("report", None, day=SIGNED)
    state = review.flow().current()
    assert state is not None
    assert state.step.code == "close"


def post(review: Review, **values: object) -> None:
    posting = Posting(**values)
    postings.save_posting(*review.args, shipped(), review.uid, [review.village], posting)


# --- Any acts in any order ---------------------------------------------------------------------

NAMES = ("An", "Bình", "Chi")
DAYS = st.integers(0, 60).map(lambda number: BEGUN + timedelta(days=number))


def complain(review: Review, name: str, day: date, number: int) -> None:
    known = list(complaints.complaints(review.register.database, review.uid))
    complaint = Complaint(
        village=review.village,
        complainant=name,
        received_on=BEGUN,
        case=review.case(name),
        rechecked_on=day,
        result=list(Result)[number % 3],
        answered_on=SIGNED if number % 2 else None,
    )
    uid: UUID | None = known[number % len(known)] if known and number % 5 else None
    complaints.save_complaint(*review.args, review.uid, complaint, uid)


def hold(review: Review, name: str, day: date, number: int) -> None:
    held = meetings.of_village(review.register.database, review.uid, review.village)
    uid = held[number % len(held)].uid if held and number % 3 else None
    minutes = meetings.Minutes(held_on=day, attendants=40)
    meetings.save(*review.args, review.uid, review.village, minutes, {}, others=number, meeting=uid)


def drop(review: Review, name: str, day: date, number: int) -> None:
    held = meetings.of_village(review.register.database, review.uid, review.village)
    if held:
        meetings.remove(*review.args, held[number % len(held)].uid)


ACTS: dict[str, Callable[[Review, str, date, int], object]] = {
    "settle": lambda review, name, day, number: review.settle(
        name, ("poor", "near_poor", "not_poor", None)[number % 4]
    ),
    "end": lambda review, name, day, number: review.end(
        name, ("absent", "refused", "moved")[number % 3]
    ),
    "confirm": lambda review, name, day, number: review.confirm("list", "ABC"[number % 3], day=day),
    "hand": lambda review, name, day, number: paper_forms.hand(
        *review.args, [review.case(name)], list(Way)[number % 4], day, reason="thiếu"
    ),
    "take off": lambda review, name, day, number: case_lists.take_off(
        *review.args, review.case(name)
    ),
    "hold": hold,
    "drop": drop,
    "post": lambda review, name, day, number: post(
        review, begun_on=day, subject=list(Subject)[number % 2]
    ),
    "complain": complain,
    "recognise": lambda review, name, day, number: recognition.recognise(
        *review.args,
        review.uid,
        STANDARD,
        Decision(number=str(number), signed_on=day, valid_from=IN_FORCE),
        reason="thử" if number % 2 else None,
    ),
    "sign": lambda review, name, day, number: certificates.sign(
        *review.args, review.uid, {review.homes[name].uid}, signed_on=day
    ),
}
COURSES = st.lists(
    st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(NAMES), DAYS, st.integers(0, 40)),
    max_size=12,
)


@settings(max_examples=examples(8, 50), deadline=None)
@given(COURSES)
def test_undoing_everything_gives_the_states_of_the_beginning(
    tmp_path_factory: object, course: list[tuple[str, str, date, int]]
) -> None:
    folder: Path = tmp_path_factory.mktemp("course")
    with empty_database(folder / "Sổ hộ.db") as database:
        review = begin(make_register(database), "An Bình", "Chi")
        review.confirm()
        for name in NAMES:  # most acts are possible from here
            review.settle(name)
        start, states = living(dump(database)), list(review.flow())
        seen = [(start, states)]
        for code, name, day, number in course:
            try:
                ACTS[code](review, name, day, number)
            except (RefusedError, StopIteration):  # not possible now; no such case any more
                continue
            now = living(dump(database))
            if now != seen[-1][0]:
                seen.append((now, list(review.flow())))
            consistent(review)
        while len(seen) > 1:
            seen.pop()
            review.undo()
            assert living(dump(database)) == seen[-1][0]
            assert list(review.flow()) == seen[-1][1]
        assert list(review.flow()) == states


def consistent(review: Review) -> None:
    """What the numbers of a village must be whatever was recorded, counted another way."""
    rows = case_lists.of_review(review.register.database, review.uid, review.village)
    facts = next(f for f in review.flow().facts.villages if f.village == review.village)
    assert facts.cases == len(rows)
    assert facts.unentered == sum(row.outcome is None for row in rows)
    failed = [row for row in rows if row.vote is not None and not row.vote.passed]
    assert facts.outvoted == sum(row.outcome in (None, "reviewed") for row in failed)
    reviewed = [row for row in rows if row.outcome == "reviewed"]
    assert facts.unvoted == sum(row.vote is None for row in reviewed)
    assert facts.unsettled == sum(not row.results.get(STANDARD) for row in reviewed)
    asked = {row.uid for row in rows if row.form_code is not None}
    assert len({row.form_code for row in rows if row.form_code}) == len(asked)
