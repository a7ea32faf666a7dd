"""Merging of copies of one register: the union of their edits, and what then stands in a field.

An edit names the edits it replaces. The heads of a field are those that no edit replaces: one
where all copies followed each other, several where they went apart. A head whose value is that of
the ancestor it shares with another head changed nothing. If what is left says one thing, it
stands; else it is a clash: the edit of the newest action stands, or one that tells more of the very
day that it tells (5/3/1987 of 1987), the others are listed until an edit replaces them all. As all
follows from the union, neither order nor repetition matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.partial_date import is_coarser

CREATED = ""  # the field of the edit that marks a creation
REMOVED = "removed"
YES, NO = "1", "0"  # truths as audit texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One field set by one user action, as audit text; None is NULL."""

    uid: UUID
    action: UUID  # time-ordered, as every id
    kind: Kind
    record: UUID
    field: str
    value: str | None
    replaces: tuple[UUID, ...] = ()

    @property
    def age(self) -> tuple[UUID, UUID]:
        """Greater is newer; all edits of an action are newer than all of another."""
        return self.action, self.uid


@dataclass(frozen=True, slots=True)
class Root:
    """A record as it was created."""

    uid: UUID
    kind: Kind
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class History:
    """What a copy knows: records as created, and every edit since."""

    roots: Mapping[UUID, Root] = field(default_factory=dict)
    edits: Mapping[UUID, Edit] = field(default_factory=dict)


class ForgedError(ValueError):
    """Two copies hold another edit, or another record, under the same uid."""


def union(*histories: History) -> History:
    """All records and edits of the copies. Raises ForgedError."""
    roots: dict[UUID, Root] = {}
    edits: dict[UUID, Edit] = {}
    for history in histories:
        for uid, root in history.roots.items():
            if roots.setdefault(uid, root) != root:
                raise ForgedError(uid)
        for uid, edit in history.edits.items():
            if edits.setdefault(uid, edit) != edit:
                raise ForgedError(uid)
    return History(roots, edits)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in one field after merging."""

    value: str | None
    base: str | None  # what the copies had in common
    heads: tuple[Edit, ...]  # the newest first; none: as created
    others: tuple[Edit, ...] = ()  # heads that say something else and lost: a clash
    outside: bool = False  # these lost to what was issued (`issued_merge`)

    @property
    def agreed(self) -> tuple[Edit, ...]:
        """The heads a later edit of this field replaces: all but those still to be decided."""
        return tuple(head for head in self.heads if head not in self.others)


def standing(edits: Iterable[Edit], root: str | None) -> Standing:
    """What stands in a field that was created as `root` and edited so."""
    known = {edit.uid: edit for edit in edits}
    replaced = {uid for edit in known.values() for uid in edit.replaces}
    heads = [edit for edit in known.values() if edit.uid not in replaced]
    heads.sort(key=lambda edit: edit.age, reverse=True)
    if len(heads) < 2:
        before = [known[uid].value for head in heads for uid in head.replaces if uid in known]
        return Standing(heads[0].value if heads else root, (before or [root])[0], tuple(heads))
    bases = _bases(heads, known)
    values = {head.uid: known[base].value if base else root for head, base in bases.items()}
    moved = [head for head in heads if head.value != values[head.uid]]
    first = _finest(moved or heads)
    others = tuple(head for head in moved if head.value != first.value)
    return Standing(first.value, values[first.uid], tuple(heads), others)


def _finest(heads: Sequence[Edit]) -> Edit:
    """The newest; of a partial date the newest of those that tell most of the same day."""
    finer = [head for head in heads if is_coarser(heads[0].value, head.value)]
    return max(finer or heads[:1], key=lambda head: len(head.value or ""))


def _bases(heads: Sequence[Edit], known: Mapping[UUID, Edit]) -> dict[Edit, UUID | None]:
    """For each head the nearest ancestor it shares with another one; None: as created."""
    lines = {head: ancestors(head, known) for head in heads}
    bases: dict[Edit, UUID | None] = {}
    for head, line in lines.items():
        shared = {uid for other in heads if other != head for uid in line & lines[other]}
        passed = {uid for later in shared for uid in known[later].replaces}
        nearest = max((known[uid].age for uid in shared - passed), default=None)
        bases[head] = nearest[1] if nearest else None
    return bases


def ancestors(head: Edit, known: Mapping[UUID, Edit]) -> set[UUID]:
    """Every edit behind this one."""
    found: set[UUID] = set()
    level = [head]
    while level:
        more = {uid for edit in level for uid in edit.replaces if uid in known} - found
        found |= more
        level = [known[uid] for uid in more]
    return found


@dataclass(slots=True)
class Merged:
    """One record after merging: what stands in its fields, and what its neighbours force on it."""

    root: Root
    created: Edit | None  # None: made before it was audited
    fields: dict[str, Standing]
    forced: dict[str, str | None] = field(default_factory=dict)
    stands: bool = False  # as it was issued (`issued_merge`)

    @property
    def uid(self) -> UUID:
        return self.root.uid

    @property
    def kind(self) -> Kind:
        return self.root.kind

    @property
    def lives(self) -> bool:
        return self.value(REMOVED) != YES

    def value(self, name: str) -> str | None:
        return self.forced[name] if name in self.forced else self.own(name)

    def own(self, name: str) -> str | None:
        """What was typed, whatever the neighbours force."""
        held = self.fields.get(name)
        return self.root.values.get(name) if held is None else held.value

    def values(self) -> dict[str, str | None]:
        names = dict.fromkeys([*self.root.values, *self.fields])
        return {name: self.value(name) for name in names}

    def newest(self, names: Iterable[str]) -> tuple[int, int]:
        """The age of the newest of the edits that stand in these fields, or of the creation."""
        edits = [self.created] if self.created else []
        edits += [
            held.agreed[0] for name in names if (held := self.fields.get(name)) and held.agreed
        ]
        return max(((e.action.int, e.uid.int) for e in edits), default=(0, self.uid.int))


def merge(history: History) -> dict[UUID, Merged]:
    """Every record of a union as it then stands, before its neighbours are looked at."""
    by_field: dict[UUID, dict[str, list[Edit]]] = {}
    created: dict[UUID, Edit] = {}
    for edit in history.edits.values():
        if edit.field == CREATED:
            created[edit.record] = edit
        else:
            by_field.setdefault(edit.record, {}).setdefault(edit.field, []).append(edit)
    return {
        uid: Merged(
            root,
            created.get(uid),
            {
                name: standing(edits, root.values.get(name))
                for name, edits in sorted(by_field.get(uid, {}).items())
            },
        )
        for uid, root in sorted(history.roots.items())
    }
