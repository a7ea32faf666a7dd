"""Copies of a register that went apart come together, through real files and real services."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.services import events, household_history, households, undo
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.deciding import decide_place
from giamngheo_desktop.services.exchange.merge_words import MergeWords
from giamngheo_desktop.services.exchange.merging import MergeReport, Side
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, consistency
from giamngheo_desktop.storage.engine import Database
from tests.harness import review
from tests.harness.copies import Officer, contents, copy_of, ends_to_decide, everything
from tests.harness.examples import examples
from tests.harness.register import (
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_context,
    make_register,
)

Pair = tuple[Register, Register]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with empty_database(tmp_path / "so.db") as database:
        yield database


@pytest.fixture
def pair(database: Database, tmp_path: Path) -> Iterator[Pair]:
    ours = make_register(database)
    ours.household("An", "Bình", "Chi", address="Xóm 1")
    ours.household("Dũng", "Em", village="B")
    theirs = copy_of(ours, tmp_path / "may-khac.db", seed=2)
    yield ours, theirs
    theirs.database.close()


def take(into: Register, source: Register) -> MergeReport:
    return merging.merge_edits(into.database, into.context, everything(source.database)).value


def contradictions(database: Database) -> set[tuple[str, object]]:
    with database.reader() as connection:
        return {(one.code, one.household) for one in consistency.contradictions(connection, TODAY)}


def sound(database: Database, *before: tuple[str, object]) -> None:
    assert contradictions(database) <= set(before)
    with database.reader() as connection:
        assert audit.broken_link(connection) is None
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def states(report: MergeReport) -> set[tuple[str, Kind, str]]:
    return {(one.state, one.kind, one.field) for one in report.differences}


def _home(register: Register, name: str) -> households.Household:
    """A household by the name of its head."""
    for uid in dump(register.database)[Kind.HOUSEHOLD]:
        home = register.get(uid)
        if home.head and home.head.full_name == name:
            return home
    raise LookupError(name)


def _save(register: Register, home: households.Household, **values: object) -> None:
    households.save(register.database, register.context, replace(home, **values), day=TODAY)


def test_edits_of_different_fields_both_stand(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="đã gặp")
    _save(theirs, _home(theirs, "An"), toilet="02")
    report = take(ours, theirs)
    assert states(report) == {("changed", Kind.HOUSEHOLD, "toilet")}
    merged = ours.get(home.uid)
    assert (merged.note, merged.toilet) == ("đã gặp", "02")
    sound(ours.database)


def test_a_clash_is_listed_on_both_sides_until_somebody_settles_it(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="của ta")
    _save(theirs, _home(theirs, "An"), note="của họ")
    back = everything(ours.database)
    report = take(ours, theirs)
    (clash,) = report.differences
    assert (clash.state, clash.field, clash.ours, clash.theirs) == (
        "clash", "note", "của ta", "của họ",
    )  # fmt: skip
    assert clash.about == "An"
    merging.merge_edits(theirs.database, theirs.context, back)
    for one in pair:
        assert [item.field for item in merging.open_clashes(one.database)] == ["note"]
    assert ours.get(home.uid).note == theirs.get(home.uid).note
    merging.settle(ours.database, ours.context, {(home.uid, "note"): "cả hai"})
    assert merging.open_clashes(ours.database) == []
    report = take(theirs, ours)
    assert states(report) == {("changed", Kind.HOUSEHOLD, "note")}
    assert theirs.get(home.uid).note == "cả hai"
    assert merging.open_clashes(theirs.database) == []
    assert contents(ours.database) == contents(theirs.database)


def test_the_same_twice_is_nothing_and_an_undone_merge_comes_again(pair: Pair) -> None:
    ours, theirs = pair
    _save(theirs, _home(theirs, "An"), note="của họ")
    theirs.household("Hộ Mới", "Con", village="C")
    before = dump(ours.database)
    report = take(ours, theirs)
    assert report.taken > 1
    merged = dump(ours.database)
    again = take(ours, theirs)
    assert (again.taken, again.differences) == (0, ())
    step = undo.next_step(ours.database)
    assert step is not None
    undo.undo(ours.database, ours.context, step.group)
    assert living(dump(ours.database)) == living(before)
    step = undo.next_step(ours.database)
    assert step is not None
    assert step.op != "merge_work"
    assert take(ours, theirs).taken == report.taken
    assert living(dump(ours.database)) == living(merged)
    sound(ours.database)


def test_what_was_agreed_by_a_merge_is_not_asked_again_after_a_later_edit(pair: Pair) -> None:
    """Both wrote the same; whoever then goes on editing replaces both."""
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="như nhau")
    _save(theirs, _home(theirs, "An"), note="như nhau")
    report = take(ours, theirs)
    assert states(report) == {("same", Kind.HOUSEHOLD, "note")}
    _save(ours, ours.get(home.uid), note="sửa tiếp")
    report = take(theirs, ours)
    assert states(report) == {("changed", Kind.HOUSEHOLD, "note")}
    assert theirs.get(home.uid).note == "sửa tiếp"


def test_the_history_tells_who_did_it_on_the_other_copy(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(theirs, _home(theirs, "An"), note="của họ")
    take(ours, theirs)
    newest, *_ = household_history.of_household(ours.database, home.uid)
    there, *_ = household_history.of_household(theirs.database, home.uid)
    assert newest == there
    assert newest.actor == theirs.context.actor


@pytest.mark.parametrize(("side", "stands"), [("ours", "của ta"), ("theirs", "của họ")])
def test_a_clash_may_be_decided_while_merging_for_every_copy(
    pair: Pair, side: Side, stands: str
) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(ours, home, note="của ta")
    _save(theirs, _home(theirs, "An"), note="của họ")
    picks: dict[tuple[UUID, str], Side] = {(home.uid, "note"): side}
    merging.merge_edits(ours.database, ours.context, everything(theirs.database), picks)
    assert ours.get(home.uid).note == stands
    take(theirs, ours)
    assert theirs.get(home.uid).note == stands
    for one in pair:
        assert merging.open_clashes(one.database) == []
    step = undo.next_step(ours.database)
    assert step is not None
    undo.undo(ours.database, ours.context, step.group)
    assert ours.get(home.uid).note == "của ta"


def test_a_change_may_be_refused_for_every_copy(pair: Pair) -> None:
    """Nothing of it stands here for a moment, it is not asked again, and the others learn it."""
    ours, theirs = pair
    home, there = _home(ours, "An"), _home(theirs, "An")
    child = replace(there.members[2], full_name="Lò Văn Cả", given_name="Cả")
    _save(theirs, there, toilet="02", note="nhà dột", members=(*there.members[:2], child))
    places = [(home.uid, "toilet"), (child.uid, "full_name")]
    picks: dict[tuple[UUID, str], Side] = dict.fromkeys(places, "ours")
    before = living(dump(ours.database))
    done = merging.merge_edits(ours.database, ours.context, everything(theirs.database), picks)
    assert {(one.state, one.field) for one in done.value.differences} == {
        ("kept", "toilet"), ("kept", "full_name"), ("changed", "note"),
    }  # fmt: skip
    merged = ours.get(home.uid)
    assert (merged.toilet, merged.note) == (home.toilet, "nhà dột")
    assert merged.members == home.members
    _save(ours, merged, note=None)
    assert living(dump(ours.database)) == before
    assert take(ours, theirs).taken == 0
    take(theirs, ours)
    assert contents(theirs.database) == contents(ours.database)
    assert theirs.get(home.uid).members == home.members
    sound(ours.database)
    sound(theirs.database)


def test_a_new_household_typed_on_both_sides_is_proposed_as_one(pair: Pair) -> None:
    ours, theirs = pair
    here, there = ours.household("Hộ Mới"), theirs.household("Hộ Mới")
    (found,) = take(ours, theirs).findings
    assert (found.code, found.record, found.other) == ("same_household", there.uid, here.uid)
    assert dict(found.params) == {"name": "Hộ Mới", "other": "Hộ Mới"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("house_area", "rộng"), ("surveyed_on", "31/02/2026"), ("no_such", "1"), ("removed", None)],
)
def test_an_edit_no_field_can_hold_is_refused_and_nothing_written(
    pair: Pair, field: str, value: str | None
) -> None:
    ours, theirs = pair
    uid = _home(ours, "An").uid
    before = dump(ours.database)
    incoming = everything(theirs.database)
    made = next(e for e in incoming.history.edits.values() if e.record == uid)
    edit = replace(
        made, uid=theirs.context.new_id(), field=field, value=value, replaces=(made.uid,)
    )
    history = replace(incoming.history, edits={**incoming.history.edits, edit.uid: edit})
    with pytest.raises(RefusedError, match="merge_"):
        merging.merge_edits(ours.database, ours.context, replace(incoming, history=history))
    assert dump(ours.database) == before


def test_a_record_without_what_it_refers_to_is_refused(pair: Pair) -> None:
    ours, theirs = pair
    home = theirs.household("Hộ Mới")
    incoming = everything(theirs.database)
    history = replace(
        incoming.history,
        roots={uid: one for uid, one in incoming.history.roots.items() if uid != home.uid},
        edits={uid: e for uid, e in incoming.history.edits.items() if e.record != home.uid},
    )
    before = dump(ours.database)
    with pytest.raises(RefusedError, match="merge_incomplete"):
        merging.merge_edits(ours.database, ours.context, replace(incoming, history=history))
    assert dump(ours.database) == before


def _villages(register: Register, home: UUID) -> list[tuple[date, date | None, UUID]]:
    rows = living(dump(register.database))[Kind.PLACE].values()
    found = [row for row in rows if row["household"] == home]
    found.sort(key=lambda row: row["valid_from"])
    return [(row["valid_from"], row["valid_to"], row["village"]) for row in found]


@pytest.mark.parametrize("newest_stands", [True, False])
def test_where_two_records_want_one_place_somebody_decides(
    pair: Pair, *, newest_stands: bool
) -> None:
    ours, theirs = pair
    home = _home(ours, "An").uid
    day, next_day = date(2026, 3, 1), date(2026, 4, 1)
    for one, village, moved in ((ours, "B", day), (theirs, "C", next_day)):
        uid = one.villages[village]
        events.move_village(one.database, one.context, household=home, village=uid, day=moved)
    take(ours, theirs)
    (clash,) = (one for one in merging.open_clashes(ours.database) if one.winner)
    assert clash.winner is not None
    keep, other = clash.winner, clash.record
    if not newest_stands:
        keep, other = other, keep
    decide_place(ours.database, ours.context, keep=keep, other=other)
    assert not [one for one in merging.open_clashes(ours.database) if one.winner]
    take(theirs, ours)
    assert contents(theirs.database) == contents(ours.database)
    sound(ours.database)
    with pytest.raises(RefusedError, match="clash_gone"):
        decide_place(ours.database, ours.context, keep=keep, other=other)
    step = undo.next_step(ours.database)
    assert step is not None
    undo.undo(ours.database, ours.context, step.group)
    assert [one for one in merging.open_clashes(ours.database) if one.winner]


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_of_two_dated_facts_one_is_picked_while_merging(pair: Pair, *, side: Side) -> None:
    ours, theirs = pair
    numbers = {"ours": "0900000001", "theirs": "0900000002"}
    for one, number in zip(pair, numbers.values(), strict=True):
        _phone(one, number)
    incoming = everything(theirs.database)
    report = merging.look(ours.database, ours.context, incoming)
    (clash,) = (one for one in report.differences if one.state == "clash")
    assert (clash.fact, clash.ours, clash.theirs) == ("phone", *numbers.values())
    before = dump(ours.database)
    picks = {(clash.record, clash.field): side}
    done = merging.merge_edits(ours.database, ours.context, incoming, picks)
    assert done.value.taken == report.taken
    assert _home(ours, "An").members[0].phone == numbers[side]
    assert merging.open_clashes(ours.database) == []
    take(theirs, ours)
    assert contents(theirs.database) == contents(ours.database)
    sound(ours.database)
    step = undo.next_step(ours.database)  # merging and deciding are one
    assert step is not None
    undo.undo(ours.database, ours.context, step.group)
    assert living(dump(ours.database)) == living(before)


def test_of_two_dated_facts_the_one_not_picked_stays_listed(pair: Pair) -> None:
    ours, theirs = pair
    _phone(ours, "0900000001")
    _phone(theirs, "0900000002")
    take(ours, theirs)
    (clash,) = merging.open_clashes(ours.database)
    assert _home(ours, "An").members[0].phone == clash.stands == clash.ours
    assert {clash.ours, clash.theirs} == {"0900000001", "0900000002"}
    words = MergeWords(ours.database, review.shipped(), [clash])
    assert words.label(clash) == "Điện thoại"
    assert "“0900000001”" in words.line(clash)
    assert "“0900000002”" in words.line(clash)


def _phone(register: Register, number: str) -> None:
    home = _home(register, "An")
    head, *others = home.members
    changed = replace(home, members=(replace(head, phone=number), *others))
    households.save(register.database, register.context, changed, day=TODAY)


def test_a_case_listed_twice_keeps_what_either_has_whoever_is_chosen(pair: Pair) -> None:
    ours, theirs = pair
    begun = review.begin(ours)
    take(theirs, ours)
    home = _home(ours, "An").uid
    for one, values in ((ours, {"form_code": "A1"}), (theirs, {"outcome_note": "vắng"})):
        args = (one.database, one.context)
        case = case_lists.add(*args, begun.uid, home, Ground.OTHER).value
        with write_unit(*args, Op.SCREEN_CASE) as work:
            work.insert(Kind.INCOME_SOURCE, review_case=case, source="wage")
            work.update(Kind.CASE, case, position=1, **values)
    take(ours, theirs)
    (clash,) = (one for one in merging.open_clashes(ours.database) if one.winner and not one.field)
    assert clash.winner is not None
    decide_place(ours.database, ours.context, keep=clash.record, other=clash.winner)
    rows = living(dump(ours.database))
    (case_row,) = (row for row in rows[Kind.CASE].values() if row["household"] == home)
    assert case_row["uid"] == clash.record
    assert (case_row["form_code"], case_row["outcome_note"]) == ("A1", "vắng")
    assert {row["review_case"] for row in rows[Kind.INCOME_SOURCE].values()} == {clash.record}
    take(theirs, ours)
    assert contents(theirs.database) == contents(ours.database)


def test_what_both_did_rightly_and_together_needs_an_eye_is_told(pair: Pair) -> None:
    ours, theirs = pair
    begun = review.begin(ours)
    home = _home(ours, "An")
    args = (ours.database, ours.context)
    case = case_lists.add(*args, begun.uid, home.uid, Ground.OTHER).value
    take(theirs, ours)
    events.move_out(theirs.database, theirs.context, household=home.uid, day=date(2026, 11, 1))
    with write_unit(*args, Op.SETTLE_CASE) as work:
        work.update(Kind.CASE, case, outcome="reviewed")
    child = ours.member("Bé", birth=None, relation="child")
    events.birth(*args, household=home.uid, child=child, day=date(2026, 11, 2))
    report = take(ours, theirs)
    codes = {found.code for found in report.findings if found.record == home.uid}
    assert codes == {"gone_with_members", "gone_but_reviewed"}


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_one_side_is_preferred_in_fields_and_places_even_after_the_merge(
    pair: Pair, *, side: Side
) -> None:
    """A member founds a household here and leaves with the old one there."""
    ours, theirs = pair
    home, target = _home(ours, "An"), _home(ours, "Dũng")
    chi, day = home.members[2].uid, date(2026, 3, 1)
    args = (ours.database, ours.context)
    new = events.split(*args, household=home.uid, persons=[chi], head=chi, day=day).value
    _save(ours, _home(ours, "Dũng"), note="của máy này")
    _save(theirs, _home(theirs, "Dũng"), note="của gói")
    later = make_context(start=datetime.fromisoformat("2026-12-31 09:00"), seed=3)
    events.merge(theirs.database, later, source=home.uid, target=target.uid, day=day)
    incoming = everything(theirs.database)
    report = take(ours, theirs)
    assert ("without_members", new) in {(one.code, one.record) for one in report.findings}
    again = merging.look(*args, incoming)  # all is known here now, and the sides are the same
    picks = merging.picks_of(again.differences, side)
    done = merging.merge_edits(*args, incoming, picks).value
    assert merging.open_clashes(ours.database) == []
    lives_in = new if side == "ours" else target.uid
    assert chi in {one.uid for one in ours.get(lives_in).members}
    note = {"ours": "của máy này", "theirs": "của gói"}[side]
    assert _home(ours, "Dũng").note == note
    clashes = [one for one in done.differences if one.state == "clash"]
    assert {one.stands for one in clashes if one.field == "note"} == {note}
    assert {one.stands for one in clashes if one.winner and not one.field} == {lives_in.hex}
    codes = {one.code for one in done.findings if one.record == new}
    assert codes == (set() if side == "ours" else {"without_members"})
    sound(ours.database)


@pytest.mark.parametrize("here", [True, False])
def test_a_class_given_where_the_other_recorded_that_the_household_left(
    pair: Pair, *, here: bool
) -> None:
    judge, other = pair if here else pair[::-1]
    home = _home(judge, "An").uid
    judge.give_class(home, "poor", valid_from=date(2026, 4, 1), source="decision")
    events.move_out(other.database, other.context, household=home, day=date(2026, 3, 1))
    ours, theirs = pair
    (found,) = take(ours, theirs).findings
    assert (found.code, found.record) == ("gone_but_recognised", home)


def test_what_one_took_out_and_the_other_went_on_editing_is_told(pair: Pair) -> None:
    ours, theirs = pair
    home = _home(ours, "An")
    _save(theirs, _home(theirs, "An"), note="đã gặp")
    with write_unit(ours.database, ours.context, Op.SAVE_HOUSEHOLD) as work:
        work.remove(Kind.HOUSEHOLD, home.uid)
    report = take(ours, theirs)
    codes = {(found.code, found.record) for found in report.findings}
    assert ("removed_but_edited", home.uid) in codes
    assert {code for code, _ in codes} == {"removed_but_edited", "points_at_removed"}
    assert {found.params["name"] for found in report.findings} <= {"An", "Bình", "Chi"}


def test_looking_writes_nothing(pair: Pair) -> None:
    ours, theirs = pair
    theirs.household("Hộ Mới", village="C")
    before = dump(ours.database)
    seen = merging.look(ours.database, ours.context, everything(theirs.database))
    assert dump(ours.database) == before
    assert take(ours, theirs) == seen


@pytest.mark.timeout(3600)
def test_random_copies_become_one_in_whatever_order_they_meet(tmp_path: Path) -> None:
    for seed in range(examples(2, 200)):
        rng = random.Random(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        with empty_database(folder / "0.db") as database:
            first = make_register(database, seed=seed)
            for name in ("An", "Bình", "Chi"):
                first.household(name, f"{name} hai", f"{name} ba", village=rng.choice("ABC"))
            begun = review.begin(first)
            copies = [first]
            copies += [copy_of(first, folder / f"{n}.db", seed=1000 * n + seed) for n in (1, 2)]
            officers = [Officer(one, rng, review=begun.uid) for one in copies]
            for _ in range(3):
                for officer in rng.sample(officers, 2):
                    officer.work(rng.randint(1, 4))
                take(*rng.sample(copies, 2))  # and goes on with what it was told
            before = set().union(*(contradictions(one.database) for one in copies))
            sent = [everything(one.database) for one in copies]
            for one in copies:
                for incoming in rng.sample(sent, 3):  # its own too
                    merging.merge_edits(one.database, one.context, incoming)
            held = contents(first.database)
            for one in copies:
                assert contents(one.database) == held, seed
                told = {*ends_to_decide(one.database), ("two_plan_versions", None)}
                sound(one.database, *before, *told)
            for one in copies[1:]:
                one.database.close()
