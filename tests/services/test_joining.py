"""A household that two officers typed becomes one, and Ctrl+Z makes it two again."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.exchange import joining, merging, proposing
from giamngheo_desktop.services.review import case_lists
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import consistency
from tests.harness import foreign_lists, review
from tests.harness.copies import contents, copy_of, everything
from tests.harness.random_records import Clerk
from tests.harness.register import (
    STANDARD,
    TODAY,
    Register,
    dump,
    empty_database,
    living,
    make_register,
)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with empty_database(tmp_path / "so.db") as database:
        yield make_register(database)


def test_members_of_both_stay_once_and_empty_fields_are_filled(register: Register) -> None:
    keep = register.household("Y Lan", "A Tý", address="Xóm 1")
    other = register.household("Y Lan", "Y Hoa", address="Xóm 2", note="gặp rồi")
    before = dump(register.database)
    joining.join(register.database, register.context, keep=keep.uid, other=other.uid)
    home = register.get(keep.uid)
    assert [member.full_name for member in home.members] == ["Y Lan", "A Tý", "Y Hoa"]
    assert [member.is_head for member in home.members] == [True, False, False]
    assert (home.address, home.note) == ("Xóm 1", "gặp rồi")
    rows = living(dump(register.database))
    assert (len(rows[Kind.HOUSEHOLD]), len(rows[Kind.PERSON])) == (1, 3)
    with register.database.reader() as connection:
        assert list(consistency.contradictions(connection, TODAY)) == []
    step = undo.next_step(register.database)
    assert step is not None
    assert step.op is Op.JOIN_TWINS
    undo.undo(register.database, register.context, step.group)
    assert dump(register.database) == before


def test_an_id_number_tells_more_than_a_name(register: Register) -> None:
    keep = register.household("Y Lan")
    other = register.household("Y Lan")
    with write_unit(register.database, register.context, Op.SAVE_HOUSEHOLD) as work:
        for home, number in ((keep, "051180000001"), (other, "051180000002")):
            work.update(Kind.PERSON, home.members[0].uid, id_number=number)
    joining.join(register.database, register.context, keep=keep.uid, other=other.uid)
    home = register.get(keep.uid)
    assert [member.is_head for member in home.members] == [True, False]


def test_cases_and_classes_become_one(register: Register) -> None:
    begun = review.begin(register)
    keep, other = register.household("Y Lan"), register.household("Y Lan")
    args = (register.database, register.context)
    cases = [
        case_lists.add(*args, begun.uid, home.uid, Ground.OTHER).value for home in (keep, other)
    ]
    with write_unit(*args, Op.SETTLE_CASE) as work:
        work.insert(
            Kind.CASE_RESULT, review_case=cases[1], standard=STANDARD, household_class="poor",
            average_living=False,
        )  # fmt: skip
        work.update(Kind.CASE, cases[1], outcome="reviewed")
    register.give_class(other.uid)
    joining.join(*args, keep=keep.uid, other=other.uid)
    rows = living(dump(register.database))
    assert cases[1] not in rows[Kind.CASE]
    assert rows[Kind.CASE][cases[0]]["outcome"] == "reviewed"
    (result,) = rows[Kind.CASE_RESULT].values()
    assert result["review_case"] == cases[0]
    classes = [row for row in rows[Kind.CLASS_RECORD].values() if row["household"] == keep.uid]
    assert [row["household_class"] for row in classes] == ["poor"]


def test_a_household_is_not_joined_with_itself_or_with_one_that_is_gone(
    register: Register,
) -> None:
    keep, other = register.household("Y Lan"), register.household("Y Lan")
    args = (register.database, register.context)
    with pytest.raises(RefusedError, match="same_household"):
        joining.join(*args, keep=keep.uid, other=keep.uid)
    joining.join(*args, keep=keep.uid, other=other.uid)
    with pytest.raises(RefusedError, match="record_missing"):
        joining.join(*args, keep=keep.uid, other=other.uid)


def test_what_was_joined_here_is_joined_on_the_other_copy(
    register: Register, tmp_path: Path
) -> None:
    register.household("An")
    there = copy_of(register, tmp_path / "2.db", seed=2)
    ours = register.household("Y Lan", "A Tý")
    theirs = there.household("Y Lan", "Y Hoa")
    done = merging.merge_edits(register.database, register.context, everything(there.database))
    (found,) = done.value.findings
    joining.join(register.database, register.context, keep=ours.uid, other=found.record)
    report = merging.merge_edits(there.database, there.context, everything(register.database))
    assert report.value.findings == ()
    assert contents(there.database) == contents(register.database)
    home = households.get(there.database, ours.uid, TODAY)
    assert [member.full_name for member in home.members] == ["Y Lan", "A Tý", "Y Hoa"]
    assert theirs.uid not in living(dump(there.database))[Kind.HOUSEHOLD]
    there.database.close()


def test_a_pair_is_proposed_side_by_side_until_it_is_answered(
    register: Register, tmp_path: Path
) -> None:
    register.household("An")
    there = copy_of(register, tmp_path / "2.db", seed=2)
    ours = register.household("Y Lan", "A Tý", address="Xóm 1")
    theirs = there.household("Y Lan", "Y Hoa", address="Xóm 2", note="gặp rồi")
    known = foreign_lists.definitions()
    act = (register.database, known, TODAY)
    assert proposing.proposals(*act) == []
    merged = merging.merge_edits(register.database, register.context, everything(there.database))
    (found,) = proposing.proposals(*act)
    assert (found.name, found.here, found.there) == ("Y Lan", ours.uid, theirs.uid)
    said = {(line.label, line.here, line.there, line.after) for line in found.lines}
    assert ("Ghi chú", "", "gặp rồi", "gặp rồi") in said
    assert ("Địa chỉ", "Xóm 1", "Xóm 2", "Xóm 1") in said
    names = {(line.here.split(",")[0], line.there.split(",")[0]) for line in found.lines}
    assert {("Y Lan", "Y Lan"), ("A Tý", ""), ("", "Y Hoa")} <= names
    turned = {line.label: line.after for line in found.turned().lines}
    assert turned["Địa chỉ"] == "Xóm 2"
    assert proposing.proposals(there.database, known, TODAY) == []  # it knows of one only

    proposing.keep_apart(register.database, register.context, ours.uid, theirs.uid)
    assert proposing.proposals(*act) == []
    step = undo.next_step(register.database)
    assert step is not None
    assert step.op is Op.KEEP_APART
    undo.undo(register.database, register.context, step.group)
    assert len(proposing.proposals(*act)) == 1
    joining.join(register.database, register.context, keep=ours.uid, other=theirs.uid)
    assert proposing.proposals(*act) == []
    with pytest.raises(RefusedError, match="same_household"):
        proposing.keep_apart(register.database, register.context, ours.uid, ours.uid)
    assert merged.value.taken > 0
    there.database.close()


def test_what_the_other_got_is_of_the_one_that_stays(register: Register) -> None:
    """Nothing that lives names a household or person that became one with another."""
    keep = register.household("Y Lan", "A Tý")
    other = register.household("Y Lan", "A Tý")
    clerk = Clerk(register.database, register.context, register.commune, random.Random(5))
    for form in review.shipped().records.values():
        for member in other.members:
            clerk.save(form, household=other.uid, person=member.uid)
    register.household("Ngoài cuộc")
    joining.join(register.database, register.context, keep=keep.uid, other=other.uid)
    rows = living(dump(register.database))
    assert len(rows[Kind.SUPPORT]) == len(rows[Kind.NEED]) == 2
    gone = {uid for kind in (Kind.HOUSEHOLD, Kind.PERSON) for uid in dump(register.database)[kind]}
    gone -= {uid for kind in (Kind.HOUSEHOLD, Kind.PERSON) for uid in rows[kind]}
    assert len(gone) == 3
    naming = {
        (kind, name)
        for kind, found in rows.items()
        for row in found.values()
        for name, value in row.items()
        if value in gone
    }
    assert naming == set()
