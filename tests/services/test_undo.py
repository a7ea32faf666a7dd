"""Every kind of write can be taken back whole, in any order that still makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.indicators import Answer
from giamngheo_desktop.domain.partial_date import PartialDate
from giamngheo_desktop.services import (
    areas,
    assessment,
    classes,
    events,
    households,
    settings,
    successions,
    undo,
)
from giamngheo_desktop.services.areas import NewVillage
from giamngheo_desktop.services.classes import ClassEntry
from giamngheo_desktop.services.targets import allocation
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit
from tests.harness.register import (
    STANDARD,
    TODAY,
    Register,
    all_changes,
    dump,
    groups,
    living,
)

DAY = date(2026, 3, 10)


class Scene:
    """Two households with a class, a village to merge, and one action on them."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.args = (register.database, register.context)
        self.home = register.household("Đinh Văn Tự", "Đinh Thị Én", "Đinh Văn Út")
        self.other = register.household("Hồ Văn Lộc", "Hồ Thị Na", village="B")
        self.record = register.give_class(self.home.uid, year=2025, decision_number="12/QĐ-UBND")
        areas.save_population(
            *self.args, 2026, {register.villages["A"]: {"households": 9, "persons": 40}}, "GSO"
        )
        areas.set_area_fact(*self.args, register.villages["A"], "region", "III", DAY)
        allocation.save(*self.args, 2026, {register.villages["A"]: {"poor_decrease": 2}})


def _member(home: Household, number: int) -> dict[str, object]:
    return {"household": home.uid, "person": home.members[number].uid, "day": DAY}


def _edited(home: Household) -> Household:
    head, _, son = home.members  # the wife is left out: typed by mistake
    return replace(
        home,
        village=home.village,
        note="sửa",
        minority="yes",
        causes=("no_land",),
        house_area=455,
        members=(
            replace(head, birth=PartialDate(1979), phone="0912345678"),
            replace(son, relation="child", full_name="Đinh Văn Út Em"),
        ),
    )


def _changes(scene: Scene) -> dict[str, Callable[[], Done[object]]]:
    """Every kind of write by name."""
    r, home, other = scene.register, scene.home, scene.other
    a, b, c = (r.villages[name] for name in "ABC")
    args = scene.args
    new = replace(
        households.new_household(r.context, c),
        code="H9",
        members=(r.member("Người Mới", is_head=True, relation="head"),),
    )
    child = r.member("Đinh Thị Bé", relation="child", birth=None)
    entry = ClassEntry(
        household=home.uid,
        standard=STANDARD,
        review_year=2026,
        household_class="near_poor",
        source="decision",
        valid_from=DAY,
        decision_number="7/QĐ-UBND",
        decision_on=DAY,
    )
    moving = {"database": args[0], "context": args[1]}
    return {
        "new household": lambda: households.save(*args, new, day=DAY),
        "edit": lambda: households.save(*args, _edited(home), day=DAY, base=home),
        "wrong village": lambda: households.save(*args, replace(home, village=b), day=DAY),
        "birth": lambda: events.birth(*args, household=home.uid, child=child, day=DAY),
        "death": lambda: events.death(**moving, **_member(home, 1)),
        "move in": lambda: events.move_in(
            *args, draft=new, day=DAY, brought=entry, commune=r.commune
        ),
        "person moves in": lambda: events.person_moves_in(
            *args, household=home.uid, member=child, day=DAY
        ),
        "move out": lambda: events.move_out(*args, household=home.uid, day=DAY, note="đi Gia Lai"),
        "person moves out": lambda: events.person_moves_out(**moving, **_member(home, 2)),
        "move village": lambda: events.move_village(*args, household=home.uid, village=c, day=DAY),
        "marriage": lambda: events.marriage(
            *args,
            person=home.members[2].uid,
            leaves=home.uid,
            joins=other.uid,
            relation="son_in_law",
            day=DAY,
        ),
        "split": lambda: events.split(
            *args,
            household=home.uid,
            persons=[home.members[1].uid, home.members[2].uid],
            head=home.members[2].uid,
            day=DAY,
        ),
        "merge": lambda: events.merge(*args, source=home.uid, target=other.uid, day=DAY),
        "change head": lambda: events.change_head(
            *args,
            household=home.uid,
            head=home.members[1].uid,
            relations={home.members[0].uid: "husband"},
            day=DAY,
        ),
        "class": lambda: classes.record(*args, entry, commune=r.commune),
        "class corrected": lambda: classes.record(
            *args,
            replace(
                entry, source="opening", review_year=2025, valid_from=date(2025, 1, 1), note="x"
            ),
            commune=r.commune,
        ),
        "close year": lambda: classes.close_year(
            *args, year=2025, standard=STANDARD, definition="f" * 64, commune=r.commune
        ),
        "village": lambda: areas.add_village(
            *args, r.commune, NewVillage(name="Thôn D", households=3, persons=9), DAY
        ),
        "rename": lambda: areas.change_area(*args, a, DAY, name="Tổ dân phố A"),
        "merge villages": lambda: successions.record_succession(
            *args, olds=[a, b], news=[c], reason="merged", effective_on=DAY, decision="1/NQ"
        ),
        "split village": lambda: successions.record_succession(
            *args, olds=[a], news=[b, c], reason="split", effective_on=DAY
        ),
        "fact of a unit": lambda: areas.set_area_fact(*args, a, "region", None, DAY),
        "population": lambda: areas.save_population(
            *args, 2026, {a: {"households": 10}, b: {"households": 4, "persons": 20}}
        ),
        "targets": lambda: allocation.save(*args, 2026, {a: {"poor_decrease": 5}, b: {}}),
        "settings": lambda: settings.save(
            *args, {"issuing_body": "UBND xã mới", "signer_name": "Đinh Văn Kỳ"}, DAY
        ),
        "indicators": lambda: assessment.save_answers(
            *args, home, STANDARD, {"water": Answer(True, "khe suối"), "toilet": None}
        ),
    }


@pytest.fixture
def scene(register: Register) -> Scene:
    return Scene(register)


NAMES = [
    "new household",
    "edit",
    "wrong village",
    "birth",
    "death",
    "move in",
    "person moves in",
    "move out",
    "person moves out",
    "move village",
    "marriage",
    "split",
    "merge",
    "change head",
    "class",
    "class corrected",
    "close year",
    "village",
    "rename",
    "merge villages",
    "split village",
    "fact of a unit",
    "population",
    "targets",
    "settings",
    "indicators",
]


def test_the_list_of_writes_is_whole(scene: Scene) -> None:
    assert list(_changes(scene)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_taken_back_everything_is_as_before_and_redone_as_after(scene: Scene, name: str) -> None:
    database = scene.register.database
    before = dump(database)
    done = _changes(scene)[name]()
    after = dump(database)
    assert living(after) != living(before)
    step = undo.next_step(database)
    assert step is not None
    assert step.group == done.changes.group
    back = undo.undo(*scene.args, step.group)
    undone = dump(database)
    assert living(undone) == living(before)
    for kind, rows in before.items():  # what stood there is untouched, what was new is removed
        assert {uid: undone[kind][uid] for uid in rows} == rows
    redone = undo.undo(*scene.args, back.changes.group)
    assert dump(database) == after
    step = undo.next_step(database)
    assert step is not None
    assert step.group == done.changes.group  # a redone action can be taken back again
    undo.undo(*scene.args, step.group)
    assert living(dump(database)) == living(before)
    assert redone.changes.op is Op.UNDO
    with database.reader() as connection:
        assert audit.broken_link(connection) is None


def test_reopening_a_year_can_be_taken_back(scene: Scene) -> None:
    r = scene.register
    classes.close_year(
        *scene.args, year=2025, standard=STANDARD, definition="f" * 64, commune=r.commune
    )
    before = dump(r.database)
    done = classes.reopen_year(*scene.args, year=2025, standard=STANDARD, reason="ghi sót")
    undo.undo(*scene.args, done.changes.group)
    assert dump(r.database) == before


def test_an_undone_action_cannot_be_undone_twice(scene: Scene) -> None:
    done = _changes(scene)["birth"]()
    undo.undo(*scene.args, done.changes.group)
    before = dump(scene.register.database)
    with pytest.raises(RefusedError, match="undo_already"):
        undo.undo(*scene.args, done.changes.group)
    assert dump(scene.register.database) == before


def test_next_step_walks_back_action_by_action(scene: Scene) -> None:
    database = scene.register.database
    done = [_changes(scene)[name]() for name in ("birth", "settings", "rename")]
    walked = []
    for _ in done:
        step = undo.next_step(database)
        assert step is not None
        walked.append(step.group)
        undo.undo(*scene.args, step.group)
    assert walked == [item.changes.group for item in reversed(done)]


def _later(scene: Scene) -> Iterator[tuple[str, Callable[[Done[Household]], object]]]:
    r, args = scene.register, scene.args
    child = r.member("Con", relation="child")
    yield "an edit", lambda done: households.save(*args, replace(done.value, note="x"), day=DAY)
    yield (
        "an edit of a member",
        lambda done: households.save(
            *args,
            replace(done.value, members=(replace(done.value.members[0], sex="female"),)),
            day=DAY,
        ),
    )
    yield (
        "a birth",
        lambda done: events.birth(*args, household=done.value.uid, child=child, day=DAY),
    )
    yield "a class", lambda done: r.give_class(done.value.uid)
    yield (
        "an answer",
        lambda done: assessment.save_answers(
            *args, done.value, STANDARD, {"water": Answer(True, None)}
        ),
    )
    yield (
        "a fact",
        lambda done: households.save(*args, replace(done.value, minority="yes"), day=DAY),
    )


@pytest.mark.parametrize("number", range(6))
def test_a_creation_with_something_newer_on_it_is_not_taken_back(scene: Scene, number: int) -> None:
    """A child born into a household would be left without one."""
    r = scene.register
    done = _changes(scene)["new household"]()
    name, later = list(_later(scene))[number]
    later(done)  # type: ignore[arg-type]
    before = dump(r.database)
    with pytest.raises(RefusedError) as refused:
        undo.undo(*scene.args, done.changes.group)
    assert refused.value.code == "undo_changed_since", name
    assert dump(r.database) == before
    newest = undo.next_step(r.database)
    assert newest is not None
    undo.undo(*scene.args, newest.group)
    undo.undo(*scene.args, done.changes.group)
    assert done.value.uid not in living(dump(r.database))[Kind.HOUSEHOLD]


def test_only_the_touched_fields_count(scene: Scene) -> None:
    """Another field of the same record may have changed since."""
    r = scene.register
    first = households.save(*scene.args, replace(scene.home, note="một"), day=TODAY)
    households.save(*scene.args, replace(first.value, address="chỗ khác"), day=TODAY)
    undo.undo(*scene.args, first.changes.group)
    now = r.get(scene.home.uid)
    assert (now.note, now.address) == (None, "chỗ khác")


def test_a_field_changed_since_is_not_taken_back(scene: Scene) -> None:
    first = households.save(*scene.args, replace(scene.home, note="một"), day=TODAY)
    second = households.save(*scene.args, replace(first.value, note="hai"), day=TODAY)
    with pytest.raises(RefusedError, match="undo_changed_since"):
        undo.undo(*scene.args, first.changes.group)
    undo.undo(*scene.args, second.changes.group)
    undo.undo(*scene.args, first.changes.group)
    assert scene.register.get(scene.home.uid) == scene.home


def test_a_redo_that_would_stand_there_twice_is_refused(scene: Scene) -> None:
    """Population of a village and year: typed, taken back, typed again, the first one redone."""
    r = scene.register
    values = {r.villages["C"]: {"households": 7}}
    done = areas.save_population(*scene.args, 2026, values)
    back = undo.undo(*scene.args, done.changes.group)
    areas.save_population(*scene.args, 2026, values)
    before = dump(r.database)
    with pytest.raises(RefusedError, match="undo_changed_since"):
        undo.undo(*scene.args, back.changes.group)
    assert dump(r.database) == before


def test_no_two_changes_replace_the_same_one(scene: Scene) -> None:
    """Within one file every change of a field follows the last; two of one are a merge conflict."""
    for name in NAMES:
        if name in {"move in", "new household"}:
            continue
        done = _changes(scene)[name]()
        back = undo.undo(*scene.args, done.changes.group)
        if name != "close year":
            undo.undo(*scene.args, back.changes.group)
            undo.undo(*scene.args, done.changes.group)
    rows = all_changes(scene.register.database)
    fields = [(row["record"], row["field"], row["replaces"]) for row in rows if row["field"] != ""]
    assert len(set(fields)) == len(fields)
    known = {row["uid"]: row for row in rows}
    for row in rows:
        if row["field"] == "":
            assert row["replaces"] is None
            continue
        replaced = known[row["replaces"]]
        assert replaced["record"] == row["record"]
        assert replaced["field"] in {row["field"], ""}
        if replaced["field"] == row["field"]:
            assert replaced["new"] == row["old"]


def test_a_group_that_failed_leaves_no_trace(scene: Scene) -> None:
    def save_and_fail() -> None:
        with write_unit(*scene.args, Op.SAVE_HOUSEHOLD) as work:
            households.save_in(work, replace(scene.home, note="x"), day=TODAY)
            raise RuntimeError

    database = scene.register.database
    before, heads = dump(database), groups(database)
    with pytest.raises(RuntimeError):
        save_and_fail()
    assert dump(database) == before
    assert groups(database) == heads
