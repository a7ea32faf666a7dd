"""A clash that was settled and is taken back is open again, and stays so through undo and merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Op
from giamngheo_desktop.services import households, undo
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.differences import Difference
from tests.harness.copies import contents, copy_of, everything
from tests.harness.register import TODAY, Register, dump, empty_database, make_register

OURS, THEIRS = "của ta", "của họ"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Register, Register, UUID]]:
    with empty_database(tmp_path / "so.db") as database:
        ours = make_register(database)
        home = ours.household("An", "Bình", address="Xóm 1").uid
        theirs = copy_of(ours, tmp_path / "may-khac.db", seed=2)
        save(ours, home, OURS)
        save(theirs, home, THEIRS)
        yield ours, theirs, home
        theirs.database.close()


def save(register: Register, home: UUID, note: str) -> None:
    values = replace(register.get(home), note=note)
    households.save(register.database, register.context, values, day=TODAY)


def take(into: Register, source: Register) -> tuple[Difference, ...]:
    known = everything(source.database)
    return tuple(merging.merge_edits(into.database, into.context, known).value.differences)


def back(register: Register) -> Op:
    step = undo.next_step(register.database)
    assert step is not None
    undo.undo(register.database, register.context, step.group)
    return step.op


def clashes(register: Register) -> list[tuple[str, set[str | None]]]:
    return [(one.field, {one.ours, one.theirs}) for one in merging.open_clashes(register.database)]


OPEN = [("note", {OURS, THEIRS})]


@pytest.mark.parametrize("chosen", [OURS, THEIRS, "cả hai"])
def test_what_was_settled_and_taken_back_is_asked_again(
    pair: tuple[Register, Register, UUID], chosen: str
) -> None:
    ours, theirs, home = pair
    take(ours, theirs)
    merged, stood = dump(ours.database), ours.get(home).note
    assert clashes(ours) == OPEN
    for _ in range(2):
        merging.settle(ours.database, ours.context, {(home, "note"): chosen})
        assert clashes(ours) == []
        assert ours.get(home).note == chosen
        assert back(ours) is Op.SETTLE_CLASH
        assert clashes(ours) == OPEN
        assert (dump(ours.database), ours.get(home).note) == (merged, stood)
    assert back(ours) is Op.MERGE_WORK
    assert ours.get(home).note == OURS
    (again,) = take(ours, theirs)
    assert (again.state, {again.ours, again.theirs}) == ("clash", {OURS, THEIRS})
    assert clashes(ours) == OPEN
    merging.settle(ours.database, ours.context, {(home, "note"): chosen})
    take(theirs, ours)
    assert clashes(theirs) == []
    assert contents(ours.database) == contents(theirs.database)


@pytest.mark.parametrize("chosen", [OURS, THEIRS])
def test_what_is_typed_after_it_leaves_the_clash_as_if_it_was_never_settled(
    pair: tuple[Register, Register, UUID], chosen: str
) -> None:
    ours, theirs, home = pair
    take(ours, theirs)
    merging.settle(ours.database, ours.context, {(home, "note"): chosen})
    back(ours)
    save(ours, home, "gõ tiếp")
    assert [field for field, _ in clashes(ours)] == ["note"]
    take(theirs, ours)
    take(ours, theirs)
    assert [field for field, _ in clashes(theirs)] == ["note"]
    assert contents(ours.database) == contents(theirs.database)


def test_a_settling_that_another_copy_knows_already_comes_back_from_it(
    pair: tuple[Register, Register, UUID],
) -> None:
    ours, theirs, home = pair
    take(ours, theirs)
    merging.settle(ours.database, ours.context, {(home, "note"): OURS})
    take(theirs, ours)
    back(ours)
    assert clashes(ours) == OPEN
    (told,) = take(ours, theirs)
    assert (told.field, told.stands) == ("note", OURS)
    assert clashes(ours) == clashes(theirs) == []
    assert contents(ours.database) == contents(theirs.database)
