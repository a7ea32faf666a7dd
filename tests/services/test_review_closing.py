"""Closing a review: all standards stand still, nothing of it is written any more, and the way back.

2026 is reviewed under two standards: that of 2022 for its movement, that of 2027 for the opening of
the year after. Each has its own lists, decision and tables.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.workflow import ReviewKind
from giamngheo_desktop.services import classes, events, undo
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.review import opening_counts, review_closing, reviews, standing
from giamngheo_desktop.services.review.opening_counts import Count
from giamngheo_desktop.services.review.reviews import NewReview, ReviewStandard
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records, review_rows
from giamngheo_desktop.storage.review_rows import Scope
from tests.harness.register import STANDARD, TODAY, Register, dump, groups, living
from tests.harness.tables import TOTAL, definitions, paper
from tests.harness.whole_review import NEXT, SCORES, SIGNED, ReviewOf2026

FLOWS = ("opening", "to_other", "above", "other_decrease", "from_other", "again", "new",
         "other_increase", "closing")  # fmt: skip


@pytest.fixture
def homes(register: Register) -> dict[str, UUID]:
    """Four households of the list of 2025, in two villages."""
    places = {"Nghèo": "A", "Thoát": "A", "Cận": "B", "Cả hai": "B"}
    found = {}
    for number, (name, village) in enumerate(places.items()):
        members = [name, *(f"Con {n}" for n in range(number))]
        found[name] = register.household(*members, village=village).uid
        register.give_class(found[name], "near_poor" if name == "Cận" else "poor", year=2025)
    return found


@pytest.fixture
def review(register: Register, homes: dict[str, UUID]) -> ReviewOf2026:
    return ReviewOf2026(
        register,
        {
            homes["Nghèo"]: {STANDARD: "poor", NEXT: "poor"},
            homes["Thoát"]: {STANDARD: "not_poor", NEXT: "near_poor"},
            homes["Cận"]: {STANDARD: "near_poor", NEXT: "poor"},
            homes["Cả hai"]: {STANDARD: "near_poor", NEXT: "not_poor"},
        },
    )


def close(review: ReviewOf2026, reason: str = "") -> None:
    reg = review.register
    review_closing.close(reg.database, reg.context, definitions(), review.uid, reason=reason)


def results(reg: Register, standard: str) -> dict[UUID, dict[str, object]]:
    with reg.database.reader() as connection:
        rows = records.find(connection, Kind.RESULT, standard=standard)
    return {row["household"]: row for row in rows}


def test_all_standards_are_frozen_with_what_the_review_found(
    review: ReviewOf2026, homes: dict[str, UUID]
) -> None:
    reg = review.register
    review.finish()
    asked = review_closing.look(reg.database, definitions(), review.uid, TODAY)
    assert (asked.unfinished, asked.unlike) == ((), frozenset())
    assert {code: (one.poor, one.near_poor) for code, one in asked.closings.items()} == {
        STANDARD: (1, 2), NEXT: (2, 1),
    }  # fmt: skip
    close(review)
    for standard in (STANDARD, NEXT):
        found = results(reg, standard)
        assert {home: row["household_class"] for home, row in found.items()} == {
            home: names[standard] for home, names in review.found.items()
        }
        for row in found.values():
            assert {name: row[name] for name in SCORES} == SCORES
            assert (row["definition"], row["review_year"]) == (f"file of {standard}", 2026)
    with reg.database.reader() as connection:
        rounds = records.find(connection, Kind.ROUND)
        assert {(row["standard"], row["review"], row["closed_on"]) for row in rounds} == {
            (STANDARD, review.uid, TODAY), (NEXT, review.uid, TODAY),
        }  # fmt: skip
        assert reviews.get(connection, review.uid)["closed_on"] == TODAY
    flow = standing.flow(reg.database, definitions(), review.uid, TODAY)
    assert flow.current() is None
    assert groups(reg.database)[-1]["op"] == Op.CLOSE_REVIEW


def flows(reg: Register, code: str, year: int = 2026) -> list[object]:
    """The columns 1 to 9 of the households of the commune."""
    (table,) = paper(reg.database, code, year).tables
    keys = [leaf.key for leaf in table.value_leaves]
    total = next(row for row in table.rows if table.row_name(row) == TOTAL)
    found = dict(zip(keys, (cell.value for cell in total.cells), strict=True))
    return [found[name] for name in FLOWS]


def test_the_tables_of_two_standards_stay_apart(
    review: ReviewOf2026, homes: dict[str, UUID]
) -> None:
    reg = review.register
    review.finish()
    close(review)

    def row(code: str, year: int, standard: str | None = None) -> dict[str, object]:
        """The total of households by column."""
        (table,) = paper(reg.database, code, year, standard=standard).tables
        keys = [leaf.key for leaf in table.value_leaves]
        total = next(row for row in table.rows if table.row_name(row) == TOTAL)
        return dict(zip(keys, (cell.value for cell in total.cells), strict=True))

    assert flows(reg, "BC2") == [3, 1, 1, 0, 0, 0, 0, 0, 1]
    assert flows(reg, "BC3") == [1, 0, 0, 0, 1, 0, 0, 0, 2]
    # The new standard has no figure before it: nothing of 2026 moves under it.
    assert set(row("BC2", 2026, NEXT).values()) == {None}
    entry = {"source": "decision", "valid_from": date(2027, 12, 10), "decision_number": "1"}
    for name, found in (("Nghèo", "near_poor"), ("Thoát", "near_poor"), ("Cận", "poor"),
                        ("Cả hai", "poor")):  # fmt: skip
        new = ClassEntry(
            household=homes[name], standard=NEXT, review_year=2027, household_class=found, **entry
        )
        classes.record(reg.database, reg.context, new, commune=reg.commune)
    # Its first year begins with what the review of 2026 recognised under it.
    assert flows(reg, "BC2", 2027) == [2, 1, 0, 0, 0, 0, 1, 0, 2]
    assert flows(reg, "BC3", 2027) == [1, 0, 0, 0, 1, 0, 0, 0, 2]
    assert (row("BC1", 2026)["poor_households"], row("BC1", 2026, NEXT)["poor_households"]) == (
        1,
        2,
    )
    thon = row("THON", 2027)
    assert (thon["poor_opening"], thon["near_poor_opening"]) == (2, 1)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("meet", "Họp dân (2 thôn)"),
        ("report", "Báo cáo chính thức"),
        ("recognise", "Công nhận"),
        ("certify", "Giấy chứng nhận"),
    ],
)
def test_a_review_with_steps_missing_is_closed_only_with_a_reason(
    review: ReviewOf2026, step: str, said: str
) -> None:
    reg = review.register
    review.finish(but=step)
    before = dump(reg.database)
    with pytest.raises(RefusedError, match="review_close_unfinished") as caught:
        close(review, " ")
    assert said in texts.error_text(caught.value)
    assert dump(reg.database) == before
    close(review, "Máy hỏng, đã ký giấy")
    assert groups(reg.database)[-1]["reason"] == "Máy hỏng, đã ký giấy"
    assert len(results(reg, STANDARD)) == 4


def test_a_household_recognised_otherwise_than_found_is_asked_about(
    review: ReviewOf2026, homes: dict[str, UUID]
) -> None:
    reg = review.register
    review.finish()
    for case in review.cases():
        if case["household"] == homes["Thoát"]:
            with write_unit(reg.database, reg.context, Op.ENTER_ANSWERS) as work:
                for row in records.find(
                    work.connection, Kind.CASE_RESULT, review_case=case["uid"], standard=NEXT
                ):
                    work.update(Kind.CASE_RESULT, row["uid"], household_class="poor")
    asked = review_closing.look(reg.database, definitions(), review.uid, TODAY)
    assert asked.unlike == {homes["Thoát"]}
    with pytest.raises(RefusedError, match="review_close_unfinished") as caught:
        close(review)
    assert "1 hộ công nhận khác kết quả rà soát" in texts.error_text(caught.value)


def test_a_household_that_was_not_met_is_frozen_without_scores(
    review: ReviewOf2026, homes: dict[str, UUID]
) -> None:
    reg = review.register
    review.finish()
    (case,) = (case for case in review.cases() if case["household"] == homes["Nghèo"])
    with write_unit(reg.database, reg.context, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, case["uid"], outcome="absent")
    close(review)
    row = results(reg, STANDARD)[homes["Nghèo"]]
    assert [row[name] for name in SCORES] == [None] * len(SCORES)
    assert row["definition"] == definitions().standards.get(STANDARD).sha256


def test_nothing_is_written_in_a_closed_review(
    review: ReviewOf2026, homes: dict[str, UUID]
) -> None:
    reg = review.register
    review.finish()
    close(review)
    a = reg.villages["A"]
    new = reg.household("Mới").uid
    before = dump(reg.database)
    with pytest.raises(RefusedError, match="review_closed") as caught:
        reviews.mark(reg.database, reg.context, review.uid, "list", village=a, day=None)
    assert texts.error_text(caught.value).startswith("Kỳ rà soát đã khóa sổ")
    with pytest.raises(RefusedError, match="review_closed"):
        reviews.list_present(reg.database, reg.context, definitions(), review.uid)
    with (
        pytest.raises(RefusedError, match="review_closed"),
        write_unit(reg.database, reg.context, Op.LIST_CASE) as work,
    ):
        reviews.add_case_in(work, review.uid, new, a, "other")
    with pytest.raises(RefusedError, match="review_closed"):
        close(review, "Lần nữa")
    assert dump(reg.database) == before


def test_closing_is_taken_back_whole_and_reopening_too(review: ReviewOf2026) -> None:
    reg = review.register
    review.finish()
    before = living(dump(reg.database))
    close(review)
    closed = living(dump(reg.database))
    step = undo.next_step(reg.database)
    assert step is not None
    assert (step.op, step.subject) == (Op.CLOSE_REVIEW, "2026")
    undo.undo(reg.database, reg.context, step.group)
    assert living(dump(reg.database)) == before
    close(review)
    again = living(dump(reg.database))
    assert len(again[Kind.RESULT]) == len(closed[Kind.RESULT]) == 8
    with pytest.raises(RefusedError, match="reason_missing"):
        review_closing.reopen(reg.database, reg.context, review.uid, reason=" ")
    review_closing.reopen(reg.database, reg.context, review.uid, reason="Sai cả thôn")
    opened = living(dump(reg.database))
    assert not opened[Kind.RESULT]
    assert not opened[Kind.RESULT_PERSON]
    assert opened[Kind.REVIEW][review.uid]["closed_on"] is None
    with pytest.raises(RefusedError, match="review_not_closed"):
        review_closing.reopen(reg.database, reg.context, review.uid, reason="Sai cả thôn")
    assert groups(reg.database)[-1]["reason"] == "Sai cả thôn"
    step = undo.next_step(reg.database)
    assert step is not None
    undo.undo(reg.database, reg.context, step.group)
    assert living(dump(reg.database)) == again


def test_the_year_of_a_review_is_closed_and_opened_with_it_only(review: ReviewOf2026) -> None:
    reg = review.register
    review.finish()
    args = (reg.database, reg.context)
    for standard in (STANDARD, NEXT):
        with pytest.raises(RefusedError, match="year_in_review"):
            classes.close_year(
                *args, year=2026, standard=standard, definition="f", commune=reg.commune
            )
    classes.close_year(*args, year=2025, standard=STANDARD, definition="f", commune=reg.commune)
    close(review)
    classes.reopen_year(*args, year=2026, standard=STANDARD, reason="Sót", commune=reg.commune)
    with reg.database.reader() as connection:
        assert reviews.get(connection, review.uid)["closed_on"] is None
        for standard in (STANDARD, NEXT):
            scope = Scope(year=2026, standard=standard)
            assert review_rows.is_frozen(connection, scope) is False
        assert review_rows.is_frozen(connection, Scope(year=2025, standard=STANDARD)) is True


def test_another_commune_goes_on_with_its_review(review: ReviewOf2026) -> None:
    reg = review.register
    other = reg.second_commune("Sơn Đông", "X")
    home = reg.household("Xã khác", village="X").uid
    reg.give_class(home, year=2026, valid_from=SIGNED, source="decision")
    review.finish()
    close(review, "Thôn X không thuộc xã")
    assert home not in results(reg, STANDARD)
    classes.close_year(
        reg.database, reg.context, year=2026, standard=STANDARD, definition="f", commune=other
    )
    assert home in results(reg, STANDARD)


def test_who_was_not_reviewed_is_not_counted_as_gone(
    review: ReviewOf2026, homes: dict[str, UUID]
) -> None:
    """Closed with a reason before anybody was recognised: one left, of one a form says so."""
    reg = review.register
    events.move_out(reg.database, reg.context, household=homes["Thoát"], day=date(2026, 10, 1))
    (moved,) = [case for case in review.cases() if case["household"] == homes["Cả hai"]]
    with write_unit(reg.database, reg.context, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, moved["uid"], outcome="moved")
    before = living(dump(reg.database))
    asked = review_closing.look(reg.database, definitions(), review.uid, TODAY)
    assert (asked.closings[STANDARD].poor, asked.closings[STANDARD].near_poor) == (1, 1)
    close(review, "Bất khả kháng")
    assert {home: row["household_class"] for home, row in results(reg, STANDARD).items()} == {
        homes["Nghèo"]: "poor", homes["Cận"]: "near_poor",
    }  # fmt: skip
    assert results(reg, NEXT) == {}  # nobody has a class under it to keep
    assert flows(reg, "BC2") == [3, 0, 0, 2, 0, 0, 0, 0, 1]
    assert flows(reg, "BC3") == [1, 0, 0, 0, 0, 0, 0, 0, 1]
    step = undo.next_step(reg.database)
    assert step is not None
    undo.undo(reg.database, reg.context, step.group)
    assert living(dump(reg.database)) == before


def test_a_review_of_a_month_ends_without_closing_the_year(register: Register) -> None:
    day = date(2026, 3, 15)
    new = NewReview(
        kind=ReviewKind.IN_YEAR, year=2026, month=3, begun_on=day, reference_day=day,
        standards=(ReviewStandard(code=STANDARD, purpose="movement"),),
        surveyors=dict.fromkeys(register.villages.values(), ("Hồ Thị Mai",)),
    )  # fmt: skip
    args = (register.database, register.context, definitions())
    uid = reviews.begin(*args, new, commune=register.commune).value
    with pytest.raises(RefusedError, match="review_close_unfinished"):
        review_closing.close(*args, uid)
    review_closing.close(*args, uid, reason="Tháng này không có giấy đề nghị")
    with register.database.reader() as connection:
        assert reviews.get(connection, uid)["closed_on"] == TODAY
        assert records.find(connection, Kind.ROUND) == []
    assert groups(register.database)[-1]["subject"] == "03/2026"
    review_closing.reopen(register.database, register.context, uid, reason="Nhầm đợt")
    with register.database.reader() as connection:
        assert reviews.get(connection, uid)["closed_on"] is None


def test_households_known_by_number_only_are_asked_about(review: ReviewOf2026) -> None:
    reg = review.register
    counts = {reg.villages["C"]: {"poor": Count(3), "near_poor": Count(1)}}
    opening_counts.save(reg.database, reg.context, counts, year=2025, standard=STANDARD)
    review.finish()
    asked = review_closing.look(reg.database, definitions(), review.uid, TODAY)
    assert (asked.unfinished, asked.nameless, asked.is_whole) == ((), 4, False)
    with pytest.raises(RefusedError, match="review_close_unfinished") as caught:
        close(review)
    assert "4 hộ đầu kỳ mới có số theo thôn" in texts.error_text(caught.value)
    close(review, "Chưa có danh sách giấy của thôn C")
