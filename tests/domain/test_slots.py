"""Places that hold one thing at a time, filled by several copies."""

from __future__ import annotations

import random
from datetime import date, timedelta
from itertools import count, permutations
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.merging import CREATED, Edit, History, Merged, Root, merge, union
from giamngheo_desktop.domain.slots import Lost, settle
from tests.harness.examples import examples

HOME, OTHER = UUID(int=1), UUID(int=2)
VILLAGES = [UUID(int=number).hex for number in (11, 12, 13)]
REFERENCES = {
    Kind.CASE_ANSWERS: {"review_case": Kind.CASE},
    Kind.CASE_RESULT: {"review_case": Kind.CASE},
    Kind.VOTE: {"review_case": Kind.CASE, "meeting": Kind.MEETING},
}
_ids = count(1000)


def made(kind: Kind, action: int | None = None, **values: str | None) -> History:
    """A record, made by an action of its own."""
    uid = UUID(int=next(_ids))
    created = Edit(
        uid=UUID(int=next(_ids)), action=UUID(int=action or next(_ids)), kind=kind, record=uid,
        field=CREATED, value="",
    )  # fmt: skip
    return History({uid: Root(uid, kind, {"removed": "0", **values})}, {created.uid: created})


def edited(history: History, action: int | None = None, **values: str | None) -> History:
    """The same record after one more action."""
    (root,) = history.roots.values()
    edits = dict(history.edits)
    action = action or next(_ids)
    for name, value in values.items():
        last = [e.uid for e in history.edits.values() if e.field in (CREATED, name)][-1]
        edit = Edit(
            uid=UUID(int=next(_ids)), action=UUID(int=action), kind=root.kind, record=root.uid,
            field=name, value=value, replaces=(last,),
        )  # fmt: skip
        edits[edit.uid] = edit
    return History(history.roots, edits)


def together(*histories: History) -> tuple[dict[UUID, Merged], list[Lost]]:
    merged = merge(union(*histories))
    return merged, settle(merged, REFERENCES)


def only(history: History) -> UUID:
    (uid,) = history.roots
    return uid


def place(start: str, end: str | None = None, village: int = 0, **more: int) -> History:
    return made(
        Kind.PLACE, household=HOME.hex, village=VILLAGES[village], valid_from=start, valid_to=end,
        **more,
    )  # fmt: skip


def timeline(merged: dict[UUID, Merged]) -> list[tuple[str | None, str | None]]:
    rows = [r for r in merged.values() if r.lives and r.kind is Kind.PLACE]
    return sorted((r.value("valid_from"), r.value("valid_to") or "") for r in rows)


def test_two_moves_of_one_household_leave_the_newest_whole() -> None:
    was = place("2025-01-01")
    early, late = "2026-02-01", "2026-03-01"
    one, other = edited(was, 5000, valid_to="2026-01-31"), edited(was, 5001, valid_to="2026-02-28")
    first, second = place(early, village=1, action=5000), place(late, village=2, action=5001)
    merged, lost = together(one, other, first, second)
    assert timeline(merged) == [("2025-01-01", "2026-02-28"), (late, "")]
    assert [(item.winner, item.loser) for item in lost] == [(only(was), only(first))]
    # the other way round: the earlier day was typed later
    one, other = edited(was, 5003, valid_to="2026-01-31"), edited(was, 5002, valid_to="2026-02-28")
    first, second = place(early, village=1, action=5003), place(late, village=2, action=5002)
    merged, lost = together(one, other, first, second)
    assert timeline(merged) == [("2025-01-01", "2026-01-31"), (early, "")]
    assert [item.loser for item in lost] == [only(second)]


def test_an_older_row_is_only_cut_where_the_newer_one_begins_later() -> None:
    older, newer = place("2026-01-01"), place("2026-02-01")
    merged, lost = together(older, newer)
    assert timeline(merged) == [("2026-01-01", "2026-01-31"), ("2026-02-01", "")]
    assert [dict(item.forced) for item in lost] == [{"valid_to": "2026-01-31"}]


def test_random_rows_never_share_a_day_and_none_vanishes_unlisted() -> None:
    day = date(2026, 1, 1)
    for seed in range(examples(100, 2_000)):
        rng = random.Random(seed)
        rows = []
        for _ in range(rng.randint(2, 6)):
            start = day + timedelta(days=rng.randrange(20))
            end = start + timedelta(days=rng.randrange(-1, 15)) if rng.random() < 0.6 else None
            rows.append(place(start.isoformat(), end.isoformat() if end else None))
        expected, lost = together(*rows)
        held = [row for row in expected.values() if row.lives]
        days: set[date] = set()
        for row in held:
            start = date.fromisoformat(row.value("valid_from") or "")
            end = date.fromisoformat(row.value("valid_to") or "2026-03-01")
            span = {start + timedelta(days=n) for n in range((end - start).days + 1)}
            assert not span & days, seed
            days |= span
        touched = {row.uid for row in expected.values() if row.forced}
        assert touched == {item.loser for item in lost}, seed
        newest = max(rows, key=only)
        last = expected[only(newest)]
        assert not last.forced, seed
        for order in list(permutations(rows))[:4]:
            again, said = together(*order)
            assert (again, said) == (expected, lost), seed


def _case(action: int | None = None, **values: str | None) -> History:
    named = {"review": "r", "household": HOME.hex, "position": None, "outcome": None}
    return made(Kind.CASE, action, **{**named, **values})


def test_a_case_listed_on_both_sides_becomes_one_with_what_hangs_on_it() -> None:
    ours, theirs = _case(position="3"), _case(outcome="reviewed", surveyor="s")
    answers = [
        made(Kind.CASE_ANSWERS, review_case=only(case).hex, record=HOME.hex, confirmed=codes)
        for case, codes in ((ours, "a"), (theirs, "b"))
    ]
    vote = made(Kind.VOTE, meeting="m", review_case=only(ours).hex, agreed="10")
    merged, lost = together(ours, theirs, *answers, vote)
    case = merged[only(theirs)]
    assert (case.lives, merged[only(ours)].lives) == (True, False)
    # what the newer one left empty is kept from the other
    assert (case.value("position"), case.value("outcome")) == ("3", "reviewed")
    assert merged[only(vote)].value("review_case") == only(theirs).hex
    assert [record.lives for record in (merged[only(one)] for one in answers)] == [False, True]
    told = {item.loser: dict(item.fields) for item in lost}
    assert told == {only(ours): {}, only(answers[0]): {"confirmed": ("a", "b")}}


def test_what_lost_its_place_comes_back_when_the_other_is_taken_out() -> None:
    ours, theirs = _case(position="3"), _case(outcome="reviewed")
    merged, _ = together(ours, theirs)
    assert not merged[only(ours)].lives
    merged, lost = together(ours, edited(theirs, removed="1"))
    assert merged[only(ours)].lives
    assert lost == []


def test_a_household_has_one_head_on_a_day() -> None:
    def head(action: int, person: int, start: str) -> History:
        return made(
            Kind.MEMBERSHIP, action, household=HOME.hex, person=UUID(int=person).hex, is_head="1",
            relation="head", valid_from=start, valid_to=None,
        )  # fmt: skip

    one, other = head(7000, 71, "2026-02-01"), head(7001, 72, "2026-03-01")
    merged, lost = together(one, other)
    assert [merged[only(row)].value("is_head") for row in (one, other)] == ["0", "1"]
    assert all(record.lives for record in merged.values())
    assert [item.loser for item in lost] == [only(one)]


def test_a_computed_class_stands_beside_a_recognised_one() -> None:
    rows = [
        made(
            Kind.CLASS_RECORD, household=HOME.hex, standard="2022", source=source,
            household_class="poor", valid_from="2026-01-01", valid_to=None,
        )
        for source in ("computed", "decision")
    ]  # fmt: skip
    merged, lost = together(*rows)
    assert lost == []
    assert all(record.lives for record in merged.values())


def test_populations_of_two_editions_are_no_rivals() -> None:
    rows = [
        made(Kind.POPULATION, area=OTHER.hex, year="2025", edition_to=edition, households="7")
        for edition in ("1", None)
    ]
    assert together(*rows)[1] == []
    twice = made(Kind.POPULATION, area=OTHER.hex, year="2025", edition_to=None, households="9")
    (lost,) = together(*rows, twice)[1]
    assert (lost.winner, lost.loser) == (only(twice), only(rows[1]))
    assert dict(lost.fields) == {"households": ("7", "9")}
