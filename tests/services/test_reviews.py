"""A review from its beginning: who is on its lists, and where each village stands."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from threading import Barrier
from uuid import UUID

import pytest

from giamngheo_desktop import paths
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_flow import Status
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import areas, classes, events, successions, undo
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.review import case_lists, recognition, reviews, standing
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage import reviews as stored
from giamngheo_desktop.storage.engine import Database
from tests.harness.register import FIRST_DAY, STANDARD, Register, dump, living, make_context

BEGUN = date(2026, 9, 1)


@pytest.fixture(scope="module")
def definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def begin(reg: Register, definitions: Definitions, **values: object) -> UUID:
    new = NewReview(
        **{
            "year": 2026,
            "begun_on": BEGUN,
            "reference_day": BEGUN,
            "standards": (ReviewStandard(code=STANDARD, purpose="movement"),),
            **values,
        }
    )
    return reviews.begin(reg.database, reg.context, definitions, new, commune=reg.commune).value


def test_everybody_on_the_present_list_is_on_the_list_of_the_review(
    register: Register, definitions: Definitions
) -> None:
    homes = {name: register.household(name, village=name[-1]) for name in ("Hộ A", "Hộ B", "Xa B")}
    register.give_class(homes["Hộ A"].uid, "poor", year=2025)
    register.give_class(homes["Hộ B"].uid, "near_poor", year=2025)
    register.give_class(homes["Xa B"].uid, "not_poor", year=2025)
    uid = begin(register, definitions)
    with register.database.reader() as connection:
        rows = stored.cases(connection, uid)
    assert [(row["household"], row["ground"], row["position"]) for row in rows] == [
        (homes["Hộ A"].uid, "poor", 1),
        (homes["Hộ B"].uid, "near_poor", 1),
    ]


def test_a_second_review_of_the_year_and_one_of_a_closed_year_are_refused(
    register: Register, definitions: Definitions
) -> None:
    begin(register, definitions)
    with pytest.raises(RefusedError, match="review_running"):
        begin(register, definitions)
    classes.close_year(
        register.database,
        register.context,
        year=2025,
        standard=STANDARD,
        definition="f" * 64,
        commune=register.commune,
    )
    with pytest.raises(RefusedError, match="year_closed"):
        begin(register, definitions, year=2025, begun_on=date(2025, 9, 1))
    with pytest.raises(RefusedError, match="review_without_standard"):
        begin(register, definitions, year=2027, standards=())


@pytest.mark.parametrize(
    ("today", "day", "code"),
    [
        ("2026-12-20", date(2025, 12, 31), "review_day_outside_year"),
        ("2026-12-20", date(2026, 1, 1), None),
        ("2026-12-20", date(2026, 12, 31), None),  # late, and all the same of the year
        ("2026-12-20", date(2027, 1, 1), "review_day_outside_year"),
        ("2026-08-01", date(2026, 9, 1), None),
        ("2026-07-31", date(2026, 9, 1), "day_too_far"),
    ],
)
def test_a_review_begins_in_its_year_and_not_long_from_now(
    register: Register, definitions: Definitions, today: str, day: date, code: str | None
) -> None:
    context = make_context(start=datetime.fromisoformat(f"{today} 08:00"), seed=9)
    reg = replace(register, context=context)
    before = dump(reg.database)
    if code is None:
        assert begin(reg, definitions, begun_on=day)
        return
    with pytest.raises(RefusedError, match=code):
        begin(reg, definitions, begun_on=day)
    assert dump(reg.database) == before


def test_no_review_begins_before_its_commune_is_there(
    register: Register, definitions: Definitions
) -> None:
    assert date(2025, 1, 1) == FIRST_DAY
    for day, there in ((date(2024, 12, 31), False), (FIRST_DAY, True)):
        if there:
            assert begin(register, definitions, year=2025, begun_on=day)
        else:
            with pytest.raises(RefusedError, match="unit_not_there_then"):
                begin(register, definitions, year=2024, begun_on=day)


def test_the_last_year_of_a_standard_is_reviewed_under_the_next_one_too(
    register: Register, definitions: Definitions
) -> None:
    def proposed(year: int) -> list[tuple[str, str]]:
        found = reviews.proposed_standards(register.database, definitions, register.commune, year)
        return [(item.code, item.purpose) for item in found]

    assert proposed(2025) == [("2022", "movement")]
    assert proposed(2026) == [("2022", "movement"), ("2027", "next_opening")]


def test_a_village_goes_ahead_of_another(register: Register, definitions: Definitions) -> None:
    register.give_class(register.household("Hộ A").uid, "poor", year=2025)
    surveyors = dict.fromkeys(register.villages.values(), ("Hồ Thị Mai",))
    uid = begin(register, definitions, surveyors=surveyors)
    a, b = register.villages["A"], register.villages["B"]
    reviews.mark(register.database, register.context, uid, "list", village=a, day=BEGUN)
    flow = standing.flow(register.database, definitions, uid, BEGUN)
    assert flow.state("list", a).status is Status.DONE
    assert flow.state("collect", a).status is Status.OPEN
    assert [item.code for item in flow.state("collect", a).missing] == ["unentered"]
    assert flow.state("list", b).status is Status.OPEN
    assert flow.state("collect", b).status is Status.WAITING
    reviews.mark(register.database, register.context, uid, "list", village=b, day=BEGUN)
    flow = standing.flow(register.database, definitions, uid, BEGUN)
    assert flow.state("recheck", b).status is Status.DONE  # nobody to review
    assert flow.state("summarise").status is Status.WAITING
    reviews.mark(register.database, register.context, uid, "list", village=b, day=None)
    flow = standing.flow(register.database, definitions, uid, BEGUN)
    assert flow.state("list", b).status is Status.OPEN


def listed(reg: Register, uid: UUID) -> list[tuple[UUID, UUID, str, int]]:
    with reg.database.reader() as connection:
        rows = stored.cases(connection, uid)
    return [(row["household"], row["village"], row["ground"], row["position"]) for row in rows]


def test_only_households_of_the_commune_are_listed_and_where_they_lived_that_day(
    register: Register, definitions: Definitions
) -> None:
    register.second_commune("Sơn Đông", "X")
    own, moved, gone = (register.household(name) for name in ("Ở lại", "Đổi thôn", "Đi xa"))
    other = register.household("Xã khác", village="X")
    for home in (own, moved, gone, other):
        register.give_class(home.uid, year=2025)
    args = (register.database, register.context)
    b = register.villages["B"]
    events.move_village(*args, household=moved.uid, village=b, day=date(2026, 8, 31))
    events.move_out(*args, household=gone.uid, day=date(2026, 8, 31))
    uid = begin(register, definitions)
    assert listed(register, uid) == [
        (own.uid, register.villages["A"], "poor", 1),
        (moved.uid, b, "poor", 1),
    ]


def test_the_poor_come_first_and_numbers_go_on_by_village(
    register: Register, definitions: Definitions
) -> None:
    near, poor = (register.household(name).uid for name in ("Cận nghèo", "Nghèo"))
    other = register.household("Thôn khác", village="B").uid
    register.give_class(near, "near_poor", year=2025)
    register.give_class(poor, year=2025)
    register.give_class(other, year=2025)
    uid = begin(register, definitions)
    a, b = register.villages["A"], register.villages["B"]
    assert listed(register, uid) == [
        (poor, a, "poor", 1), (other, b, "poor", 1), (near, a, "near_poor", 2),
    ]  # fmt: skip
    new = register.household("Mới").uid
    with write_unit(register.database, register.context, Op.LIST_CASE) as work:
        reviews.add_case_in(work, uid, new, a, "applied")
        with pytest.raises(RefusedError, match="case_there"):
            reviews.add_case_in(work, uid, new, b, "applied")
    assert listed(register, uid)[-1] == (new, a, "applied", 3)


def test_a_list_typed_after_the_beginning_is_put_on_once(
    register: Register, definitions: Definitions
) -> None:
    first, late, later = (register.household(name).uid for name in ("Đầu", "Sau", "Sau nữa"))
    register.give_class(first, year=2025)
    uid = begin(register, definitions)
    register.give_class(late, "near_poor", year=2025)
    register.give_class(later, year=2026, valid_from=date(2026, 10, 1))  # not yet in September
    done = reviews.list_present(register.database, register.context, definitions, uid)
    a = register.villages["A"]
    assert (done.value, done.changes.op) == (1, Op.LIST_CASE)
    assert listed(register, uid) == [(first, a, "poor", 1), (late, a, "near_poor", 2)]
    assert reviews.list_present(register.database, register.context, definitions, uid).value == 0
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    assert listed(register, uid) == [(first, a, "poor", 1)]


def test_the_ground_is_the_class_by_the_standard_of_the_movement(
    register: Register, definitions: Definitions
) -> None:
    both, local = register.household("Cả hai").uid, register.household("Chuẩn tỉnh").uid
    register.give_class(both, "near_poor", year=2025)
    for home in (both, local):
        entry = ClassEntry(
            household=home, standard="dong_nai", review_year=2025, household_class="poor",
            valid_from=FIRST_DAY,
        )  # fmt: skip
        classes.record(register.database, register.context, entry, commune=register.commune)
    register.give_class(local, "not_poor", year=2025)
    standards = (
        ReviewStandard(code="dong_nai", purpose="local"),
        ReviewStandard(code=STANDARD, purpose="movement"),
    )
    uid = begin(register, definitions, standards=standards)
    a = register.villages["A"]
    assert listed(register, uid) == [(local, a, "poor", 1), (both, a, "near_poor", 2)]
    with register.database.reader() as connection:
        assert [item.code for item in reviews.standards_in(connection, uid)] == [
            STANDARD, "dong_nai",
        ]  # fmt: skip


def test_households_that_a_split_left_without_a_village_are_listed_too(
    register: Register, definitions: Definitions
) -> None:
    home = register.household("Chưa rõ thôn").uid
    register.give_class(home, year=2025)
    args = (register.database, register.context)
    day = date(2026, 7, 1)
    news = [
        areas.add_village(*args, register.commune, NewVillage(name=f"Thôn A{n}"), day).value
        for n in (1, 2)
    ]
    a = register.villages["A"]
    successions.record_succession(*args, olds=[a], news=news, effective_on=day, reason="split")
    uid = begin(register, definitions)
    assert listed(register, uid) == [(home, a, "poor", 1)]
    flow = standing.flow(register.database, definitions, uid, BEGUN)
    assert [code.code for code in flow.state("collect", a).missing] == ["unentered"]


def test_wrong_standards_and_months_are_refused(
    register: Register, definitions: Definitions
) -> None:
    own = ReviewStandard(code=STANDARD, purpose="movement")
    for values, code in (
        ({"standards": (own, own)}, "review_standard_twice"),
        ({"month": 3}, "review_month"),
        ({"kind": ReviewKind.IN_YEAR}, "review_month"),
        ({"kind": ReviewKind.IN_YEAR, "month": 13}, "review_month"),
    ):
        with pytest.raises(RefusedError, match=code):
            begin(register, definitions, **values)
    march = begin(register, definitions, kind=ReviewKind.IN_YEAR, month=3)
    assert begin(register, definitions, kind=ReviewKind.IN_YEAR, month=4) != march
    assert listed(register, march) == []  # who applied comes onto its list
    with pytest.raises(RefusedError, match="review_running"):
        begin(register, definitions, kind=ReviewKind.IN_YEAR, month=3)


def test_of_two_that_begin_at_the_same_time_one_is_refused(
    register: Register, definitions: Definitions
) -> None:
    register.give_class(register.household("Hộ").uid, year=2025)
    twin = Database(register.database.path)
    at_once = Barrier(2)

    def try_it(database: Database, seed: int) -> str:
        new = NewReview(
            year=2026, begun_on=BEGUN, reference_day=BEGUN,
            standards=(ReviewStandard(code=STANDARD, purpose="movement"),),
        )  # fmt: skip
        at_once.wait()
        try:
            reviews.begin(
                database, make_context(seed=seed), definitions, new, commune=register.commune
            )
        except RefusedError as error:
            return error.code
        return "begun"

    try:
        with ThreadPoolExecutor(2) as pool:
            tries = [pool.submit(try_it, *each) for each in ((register.database, 2), (twin, 3))]
            assert sorted(each.result() for each in tries) == ["begun", "review_running"]
    finally:
        twin.close()
    (review,) = reviews.all_of(register.database, register.commune)
    assert len(listed(register, review["uid"])) == 1


def test_the_second_year_begins_with_what_the_first_one_recognised(
    register: Register, definitions: Definitions
) -> None:
    stays, left, new = (register.household(name).uid for name in ("Còn", "Thoát", "Mới"))
    register.give_class(stays, year=2025)
    register.give_class(left, year=2025)
    first = begin(register, definitions)
    decided = {"source": "decision", "valid_from": date(2026, 12, 10), "decision_number": "9"}
    for home, name in ((stays, "near_poor"), (left, "not_poor"), (new, "poor")):
        register.give_class(home, name, year=2026, **decided)
    # The classes in force under the standard that the next year begins with.
    for home, name in ((stays, "poor"), (left, "near_poor"), (new, "poor")):
        entry = ClassEntry(
            household=home, standard="2027", review_year=2026, household_class=name,
            source="decision", valid_from=date(2027, 1, 1), decision_number="10",
        )  # fmt: skip
        classes.record(register.database, register.context, entry, commune=register.commune)
    own = (ReviewStandard(code="2027", purpose="movement"),)
    begun = date(2027, 9, 1)
    start = datetime.fromisoformat("2027-09-01 08:00")
    later = replace(register, context=make_context(start=start, seed=9))
    second = begin(
        later, definitions, year=2027, begun_on=begun, reference_day=begun, standards=own
    )
    assert first != second
    assert {(home, ground) for home, _, ground, _ in listed(register, second)} == {
        (stays, "poor"), (left, "near_poor"), (new, "poor"),
    }  # fmt: skip
    assert len(listed(register, first)) == 2


def test_the_first_year_of_a_standard_begins_with_the_list_of_the_year_before(
    register: Register, definitions: Definitions
) -> None:
    """2026 was closed under the standard of 2022 alone, or somebody was missed under that of 2027:
    whom the new one has a class of is listed by it, or not at all.
    """
    poor, near_poor = "poor", "near_poor"
    classed = {"Cũ": poor, "Cận": near_poor, "Không": "not_poor", "Hơn": near_poor, "Ra": poor}
    homes = {name: register.household(name).uid for name in classed}
    for name, found in classed.items():
        decided = {"source": "decision", "valid_from": date(2026, 12, 9)}
        register.give_class(homes[name], found, year=2026, **decided)
    old, near, raised, left = (homes[name] for name in ("Cũ", "Cận", "Hơn", "Ra"))
    for home, name in ((raised, "poor"), (left, "not_poor")):
        entry = ClassEntry(
            household=home, standard="2027", review_year=2026, household_class=name,
            source="decision", valid_from=date(2027, 1, 1), decision_number="10",
        )  # fmt: skip
        classes.record(register.database, register.context, entry, commune=register.commune)
    classes.close_year(
        register.database, register.context, year=2026, standard=STANDARD, definition="f" * 64,
        commune=register.commune,
    )  # fmt: skip
    begun = date(2027, 9, 1)
    context = make_context(start=datetime.fromisoformat("2027-09-01 08:00"), seed=9)
    later = replace(register, context=context)
    own = (ReviewStandard(code="2027", purpose="movement"),)
    values = {"year": 2027, "begun_on": begun, "reference_day": begun, "standards": own}
    uid = begin(later, definitions, **values)
    assert {(home, ground) for home, _, ground, _ in listed(register, uid)} == {
        (old, "poor"), (near, "near_poor"), (raised, "poor"),
    }  # fmt: skip
    assert case_lists.carried_over(register.database, definitions, uid) == 2
    assert case_lists.typed_late(register.database, definitions, uid) == 0
    rows = case_lists.of_review(register.database, uid)
    before = {row.household: row.class_before for row in rows}
    assert before == {old: "poor", near: "near_poor", raised: "poor"}
    assert reviews.list_present(register.database, context, definitions, uid).value == 0
    with write_unit(register.database, context, Op.SETTLE_CASE) as work:
        for row in rows:
            work.update(Kind.CASE, row.uid, outcome="reviewed")
            result = dict.fromkeys(set(records.columns(Kind.CASE_RESULT)) - {"removed"})
            result |= {"review_case": row.uid, "standard": "2027", "average_living": False}
            stays = row.household == raised
            work.insert(
                Kind.CASE_RESULT, **result | {"household_class": "poor" if stays else "not_poor"}
            )
    four = recognition.lists(register.database, definitions, uid, "2027")
    left = [[line.household for line in lines] for lines in (four.left_poor, four.left_near_poor)]
    assert ([line.household for line in four.poor], left) == ([raised], [[old], [near]])


def test_a_review_that_began_is_taken_back_whole(
    register: Register, definitions: Definitions
) -> None:
    register.give_class(register.household("Hộ").uid, year=2025)
    before = living(dump(register.database))
    surveyors = dict.fromkeys(register.villages.values(), ("Hồ Thị Mai",))
    begin(register, definitions, surveyors=surveyors)
    step = undo.next_step(register.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.BEGIN_REVIEW, "2026")
    undo.undo(register.database, register.context, step.group)
    assert living(dump(register.database)) == before


def test_what_the_next_standard_finds_may_stay_open(
    register: Register, definitions: Definitions
) -> None:
    home = register.household("Hộ A").uid
    register.give_class(home, "poor", year=2025)
    both = (
        ReviewStandard(code=STANDARD, purpose="movement"),
        ReviewStandard(code="2027", purpose="next_opening"),
    )
    uid = begin(register, definitions, standards=both)
    reviews.mark(
        register.database, register.context, uid, "list", village=register.villages["A"], day=BEGUN
    )
    with register.database.reader() as connection:
        (case,) = stored.cases(connection, uid)

    def missing() -> list[str]:
        flow = standing.flow(register.database, definitions, uid, BEGUN)
        return [item.code for item in flow.state("classify", register.villages["A"]).missing]

    with write_unit(register.database, register.context, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, case["uid"], outcome="reviewed")
    assert missing() == ["unsettled"]
    with write_unit(register.database, register.context, Op.SETTLE_CASE) as work:
        result = {"review_case": case["uid"], "standard": STANDARD, "average_living": False}
        work.insert(Kind.CASE_RESULT, **result, household_class="poor")
    assert missing() == []
