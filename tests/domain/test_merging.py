"""The pure merge against a plain model of its own: every edit knows all edits before it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import reduce
from itertools import permutations
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.merging import (
    CREATED,
    Edit,
    ForgedError,
    History,
    Merged,
    Root,
    merge,
    standing,
    union,
)
from tests.harness.examples import examples

FIELDS = ("address", "note", "toilet")
VALUES = ("a", "b", "c", None)


@dataclass
class Copy:
    """A computer with the register: what it knows, and what it shows."""

    history: History = field(default_factory=History)

    def shows(self) -> dict[UUID, Merged]:
        return merge(self.history)


@dataclass
class World:
    """Random copies that edit, go apart, meet and settle; `before` is the model's own memory."""

    rng: random.Random
    copies: list[Copy] = field(default_factory=list)
    before: dict[UUID, frozenset[UUID]] = field(default_factory=dict)
    ids: int = 0

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids << 64 | self.rng.getrandbits(16))

    def create(self, copy: Copy) -> None:
        uid = self.new_id()
        values = {name: self.rng.choice(VALUES) for name in FIELDS}
        made = Edit(
            uid=self.new_id(), action=self.new_id(), kind=Kind.HOUSEHOLD, record=uid,
            field=CREATED, value="hash",
        )  # fmt: skip
        self.add(copy, History({uid: Root(uid, Kind.HOUSEHOLD, values)}, {made.uid: made}))

    def edit(self, copy: Copy, *, settles: bool = False) -> None:
        """One action on up to three fields of one record."""
        record = self.rng.choice(list(copy.shows().values()))
        action = self.new_id()
        for name in self.rng.sample(FIELDS, self.rng.randint(1, 3)):
            held = record.fields.get(name)
            assert record.created is not None
            replaces = (record.created.uid,)
            if held:
                replaces = tuple(e.uid for e in (held.heads if settles else held.agreed))
            made = Edit(
                uid=self.new_id(), action=action, kind=Kind.HOUSEHOLD, record=record.uid,
                field=name, value=self.rng.choice(VALUES), replaces=replaces,
            )  # fmt: skip
            known = (self.before.get(uid, frozenset()) | {uid} for uid in replaces)
            self.before[made.uid] = frozenset().union(*known)
            self.add(copy, History({}, {made.uid: made}))

    def add(self, copy: Copy, more: History) -> None:
        copy.history = union(copy.history, more)

    def run(self, steps: int) -> None:
        for _ in range(steps):
            copy = self.rng.choice(self.copies)
            match self.rng.randrange(12):
                case 0:
                    self.create(copy)
                case 1:
                    self.add(copy, self.rng.choice(self.copies).history)
                case 2:
                    self.edit(copy, settles=True)
                case _:
                    self.edit(copy)


def _world(seed: int) -> World:
    world = World(random.Random(seed))
    first = Copy()
    for _ in range(world.rng.randint(1, 3)):
        world.create(first)
    world.copies = [first]
    world.run(world.rng.randint(0, 5))
    world.copies += [Copy(first.history) for _ in range(world.rng.randint(1, 4))]
    world.run(world.rng.randint(4, 24))
    return world


def _model(world: World, history: History, record: UUID, name: str) -> dict[str, object]:
    """The same rules by sets of everything an edit knew, without walking from edit to edit."""
    mine = {e.uid: e for e in history.edits.values() if (e.record, e.field) == (record, name)}
    seen = {uid: world.before[uid] & mine.keys() for uid in mine}
    heads = {uid for uid in mine if not any(uid in known for known in seen.values())}
    root = history.roots[record].values[name]

    def base(uid: UUID) -> str | None:
        common = set().union(*(seen[uid] & seen[other] for other in heads - {uid}))
        newest = [one for one in common if not any(one in seen[other] for other in common)]
        newest.sort(key=lambda one: (mine[one].action, one))
        return mine[newest[-1]].value if newest else root

    moved = {uid for uid in heads if len(heads) == 1 or mine[uid].value != base(uid)}
    newest = max(moved or heads, key=lambda uid: (mine[uid].action, uid), default=None)
    value = root if newest is None else mine[newest].value
    return {
        "value": value,
        "heads": heads,
        "clash": {uid for uid in moved if mine[uid].value != value},
    }


def _seeds(few: int, many: int) -> range:
    return range(examples(few, many))


def test_every_field_stands_as_the_model_says_and_no_edit_vanishes_unlisted() -> None:
    clashes = both = 0
    for seed in _seeds(250, 10_000):
        world = _world(seed)
        history = union(*(copy.history for copy in world.copies))
        for record in merge(history).values():
            for name in FIELDS:
                expected = _model(world, history, record.uid, name)
                held = record.fields.get(name)
                found = {
                    "value": record.value(name),
                    "heads": {e.uid for e in held.heads} if held else set(),
                    "clash": {e.uid for e in held.others} if held else set(),
                }
                assert found == expected, (seed, name)
                clashes += bool(found["clash"])
                both += bool(held and len(held.heads) > 1 and not held.others)
    assert clashes > 50
    assert both > 10  # the same said twice, or taken back on one side


def test_order_grouping_and_repetition_do_not_matter() -> None:
    for seed in _seeds(120, 3_000):
        world = _world(seed)
        histories = [copy.history for copy in world.copies][:4]
        expected = merge(union(*histories))
        for order in list(permutations(histories))[:6]:
            assert merge(reduce(union, order)) == expected, seed
        nested = union(histories[0], union(*histories[1:], *histories))
        assert merge(nested) == expected, seed
        assert merge(union(nested, histories[-1])) == expected, seed


def test_edits_of_two_copies_on_different_fields_both_survive() -> None:
    for seed in _seeds(120, 3_000):
        world = World(random.Random(seed))
        ours = Copy()
        world.create(ours)
        theirs = Copy(ours.history)
        (record,) = ours.history.roots
        created = next(iter(ours.history.edits))
        sides = {name: world.rng.choice((ours, theirs)) for name in FIELDS}
        typed: dict[str, str | None] = {}
        for name, copy in sides.items():
            held = copy.shows()[record].fields.get(name)
            typed[name] = world.rng.choice(VALUES)
            made = Edit(
                uid=world.new_id(), action=world.new_id(), kind=Kind.HOUSEHOLD, record=record,
                field=name, value=typed[name], replaces=(created,) if held is None else (),
            )  # fmt: skip
            world.add(copy, History({}, {made.uid: made}))
        merged = merge(union(ours.history, theirs.history))[record]
        assert {name: merged.value(name) for name in FIELDS} == typed
        assert not any(held.others for held in merged.fields.values())


def test_all_fields_of_the_newest_action_stand_together() -> None:
    for seed in _seeds(60, 1_000):
        world = World(random.Random(seed))
        ours = Copy()
        world.create(ours)
        theirs = Copy(ours.history)
        (record,) = ours.history.roots
        created = next(iter(ours.history.edits))
        actions = [world.new_id(), world.new_id()]
        for action, copy, value in zip(actions, (ours, theirs), ("ours", "theirs"), strict=True):
            for name in FIELDS:
                made = Edit(
                    uid=world.new_id(), action=action, kind=Kind.HOUSEHOLD, record=record,
                    field=name, value=value, replaces=(created,),
                )  # fmt: skip
                world.add(copy, History({}, {made.uid: made}))
        merged = merge(union(theirs.history, ours.history))[record]
        assert {merged.value(name) for name in FIELDS} == {"theirs"}
        assert all(len(held.others) == 1 for held in merged.fields.values())


@pytest.mark.parametrize(
    ("older", "newer", "stands"),
    [
        ("2026-10-20", "2026", "2026-10-20"),
        ("2026-10", "2026", "2026-10"),
        ("2026", "2026-10-20", "2026-10-20"),
        ("2025-10-20", "2026", "2026"),
        ("202", "2026", "2026"),
        ("2026-10-20", None, None),
    ],
)
def test_of_one_day_what_tells_more_of_it_stands(
    older: str, newer: str | None, stands: str | None
) -> None:
    record, created = UUID(int=1), UUID(int=2)
    edits = [
        Edit(
            uid=UUID(int=at), action=UUID(int=at), kind=Kind.PERSON, record=record, field="birth",
            value=value, replaces=(created,),
        )
        for at, value in ((3, older), (4, newer))
    ]  # fmt: skip
    held = standing(edits, "1990")
    assert (held.value, len(held.others)) == (stands, 1)  # listed all the same
    assert standing(reversed(edits), "1990") == held


def test_another_edit_under_a_known_uid_is_refused() -> None:
    world = World(random.Random(1))
    copy = Copy()
    world.create(copy)
    ((uid, made),) = copy.history.edits.items()
    other = Edit(
        uid=uid, action=made.action, kind=made.kind, record=made.record, field=CREATED, value="x"
    )
    with pytest.raises(ForgedError):
        union(copy.history, History({}, {uid: other}))
