"""What a merge changes or could not decide, record by record and field by field."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from typing import Any, Literal
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.merging import CREATED, NO, REMOVED, Edit, History, Merged, Standing
from giamngheo_desktop.domain.record_form import OF_COMMUNE, OF_PLAN
from giamngheo_desktop.domain.slots import Lost
from giamngheo_desktop.services.exchange.record_words import called
from giamngheo_desktop.storage import exchange
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.plans import PLAN

DERIVED = {"given_name": "full_name"}  # guessed from another field, and decided with it
# kept: a change refused; outside: said of what was issued by who did not know that
State = Literal["new", "changed", "clash", "same", "kept", "outside"]
Side = Literal["ours", "theirs"]

# The column by which a reader tells one such record from another of the same place.
TELLING: Mapping[Kind, str] = {
    Kind.AREA_FACT: "value",
    Kind.HOUSEHOLD_FACT: "value",
    Kind.PERSON_FACT: "value",
    Kind.PLACE: "village",
    Kind.MEMBERSHIP: "household",
    Kind.CLASS_RECORD: "household_class",
}
ALIKE = "alike"  # the field of a new record that may be one of the register: sides are words
_FACTS = frozenset({Kind.HOUSEHOLD_FACT, Kind.PERSON_FACT})
_ABOVE = frozenset({"review_case", "certificate", "result", "support", "activity"})
# Whose fields stand each for itself.
_WHOLE = frozenset(
    {
        Kind.HOUSEHOLD,
        Kind.PERSON,
        Kind.DOCUMENT,
        Kind.DOCUMENT_SECTION,
        Kind.TARGET,
        Kind.REPORT_SCHEDULE,
        Kind.VILLAGE_TARGET,
    }
)
_TOGETHER = frozenset({REMOVED, "document"})  # but what goes with the rest of a record
# Who is called by a name of its own.
_NAMED = OF_COMMUNE | OF_PLAN | {Kind.DOCUMENT, Kind.DOCUMENT_SECTION}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Values are audit texts. `field` is CREATED for a new record, and for one that lost its place
    to `winner`: their values are those of the column TELLING, where the two differ in it. `fact`
    is the code of a dated fact; `about` is the household or person it belongs to, in words. Of what
    stays `outside` an issued document `ours` is what stands in it.
    `ours_by` and `theirs_by` are the actions that said what both sides of a clash say."""

    state: State
    kind: Kind
    record: UUID
    field: str
    base: str | None = None
    ours: str | None = None
    theirs: str | None = None
    stands: str | None = None
    winner: UUID | None = None
    loser_is_ours: bool = False  # it was here, and what won or stands came with the others
    document: UUID | None = None  # outside of which it stays
    may_take: bool = False  # and whose next version it may go into
    is_open: bool = False  # of what stays outside: read from the register, where it is decided
    ours_by: UUID | None = None
    theirs_by: UUID | None = None
    values: Mapping[str, str | None] = made_by(default_factory=dict)  # of a new record
    fact: str = ""
    owner: UUID | None = None
    about: str = ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """What can be chosen: both in a clash, ours where a change may be refused."""
        match self.state:
            case "clash" if self.winner is None or not self.field:
                return "ours", "theirs"
            case "changed" if self.kind in _WHOLE and self.field not in _TOGETHER:
                return ("ours",)
            case "outside" if self.is_open:
                return ("ours", "theirs") if self.may_take else ("ours",)
        return ()

    @property
    def may_choose(self) -> bool:
        return bool(self.sides)

    def kept_and_other(self, side: Side) -> tuple[UUID, UUID]:
        """Of two records that want one place: the one of this side, and the other."""
        assert self.winner is not None
        loser_stays = (side == "ours") == self.loser_is_ours
        pair = self.winner, self.record
        return (pair[1], pair[0]) if loser_stays else pair


def differences(
    merged: Mapping[UUID, Merged],
    lost: Iterable[Lost],
    local: History,
    stored: Mapping[UUID, Mapping[str, Any]],
    there: History | None = None,
) -> list[Difference]:
    """`there` is what the others know: it tells the sides where all is known here already."""
    there = there or History()
    found: list[Difference] = []
    for uid, record in merged.items():
        of = _of(record, merged)
        now: Mapping[str, str | None] = {}
        if uid in local.roots:
            now = exchange.living_content(record.kind, stored[uid])
        elif not _is_outside(record):
            told = record.value("value") if of["fact"] else None
            said = {"theirs": told, "stands": told, "values": record.values()}
            found.append(Difference(state="new", field=CREATED, **{**of, **said}))
        for name in dict.fromkeys([*record.fields, *record.forced]):
            made = _of_field(record, name, now, local, there, of, merged)
            if made is not None:
                found.append(made)
    for item in lost:
        of = _of(merged[item.loser], merged) | {"state": "clash", "winner": item.winner}
        of["loser_is_ours"] = _came(item.winner, local.roots, there) > _came(
            item.loser, local.roots, there
        )
        told, stands = (_told(merged[uid]) for uid in (item.loser, item.winner))
        by = [_newest(merged[uid]) for uid in (item.winner, item.loser)]
        of["ours_by"], of["theirs_by"] = reversed(by) if of["loser_is_ours"] else by
        pairs = {CREATED: (told, stands) if told != stands else (None, None), **item.fields}
        for name, (loser, winner) in pairs.items():
            ours, theirs = (loser, winner) if of["loser_is_ours"] else (winner, loser)
            found.append(Difference(field=name, ours=ours, theirs=theirs, stands=winner, **of))
    return found


def _is_outside(record: Merged) -> bool:
    """Whether the record as a whole stays outside an issued document."""
    held = record.fields.get(REMOVED)
    return held is not None and held.outside and held.others[0].field == CREATED


def _newest(record: Merged) -> UUID:
    """The action that said last what stands in the record."""
    return UUID(int=record.newest(record.fields)[0])


def _came(uid: UUID, here: Collection[UUID], there: History) -> tuple[bool, bool]:
    """How far a record is of the others: not known here; at least known there."""
    return uid not in here, uid in there.roots


def as_read(found: Iterable[Difference]) -> list[Difference]:
    """Those an officer reads: a derived field only where its field does not say as much, of a draft
    thrown away that was issued elsewhere the draft alone.
    """
    listed = [*found]
    thrown = {(item.document, item.theirs_by) for item in listed if is_draft_gone(item)}
    listed = [
        item
        for item in listed
        if is_draft_gone(item) or (item.document, item.theirs_by) not in thrown
    ]
    states = {(item.record, item.field): item.state for item in listed}
    return [
        item
        for item in listed
        if (state := states.get((item.record, DERIVED.get(item.field, "-")))) is None
        or (item.state == "clash" and state != "clash")
    ]


def is_draft_gone(item: Difference) -> bool:
    """Whether somebody threw away the draft of what was issued elsewhere."""
    kind, field = Kind.DOCUMENT, REMOVED
    return item.state == "outside" and (item.kind, item.field) == (kind, field)


def _of(record: Merged, merged: Mapping[UUID, Merged]) -> dict[str, Any]:
    fact = (record.value("code") or "") if record.kind in _FACTS else ""
    owner = owner_of(record, merged)
    return {"kind": record.kind, "record": record.uid, "fact": fact, "owner": owner}


def _told(record: Merged) -> str | None:
    return record.value(TELLING[record.kind]) if record.kind in TELLING else None


def _of_field(
    record: Merged,
    name: str,
    now: Mapping[str, str | None],
    local: History,
    there: History,
    of: dict[str, Any],
    merged: Mapping[UUID, Merged],
) -> Difference | None:
    held = record.fields.get(name)
    value = record.value(name)
    if held is not None and held.outside:
        return _outside(record, name, held, merged, local, of)
    if held is not None and held.others:
        mine, other = _sides(held, local, there)
        by = {"ours_by": mine.action, "theirs_by": other.action}
        said = {"base": held.base, "ours": mine.value, "theirs": other.value, "stands": value}
        return Difference(state="clash", field=name, **{**of, **by, **said})
    if not now:  # a new record is one difference
        return None
    news = [edit for edit in held.heads if edit.uid not in local.edits] if held else []
    if value == now[name] and not news:
        return None
    base = held.base if held else record.root.values.get(name)
    theirs = news[0].value if news else value
    state: State = "same" if value == now[name] else "changed"
    return Difference(
        state=state, field=name, base=base, ours=now[name], theirs=theirs, stands=value, **of
    )


def _outside(
    record: Merged,
    name: str,
    held: Standing,
    merged: Mapping[UUID, Merged],
    local: History,
    of: dict[str, Any],
) -> Difference:
    """What stays outside an issued document; a record that it does not hold as a whole."""
    first, value = held.others[0], record.value(name)
    is_head = record.kind is Kind.DOCUMENT
    text = record.uid.hex if is_head else record.value("document")
    document = merged.get(UUID(hex=text)) if text else None
    is_plan = document is not None and document.value("type") == PLAN
    whole = name == "document" or (is_head and name == REMOVED)  # nothing of it can go elsewhere
    said = {
        **of,
        "state": "outside",
        "theirs_by": first.action,
        "loser_is_ours": first.uid in local.edits,
        "document": document and document.uid,
        "may_take": is_plan and not whole,
    }
    if first.field == CREATED:
        return Difference(field=CREATED, values={**record.values(), REMOVED: NO}, **said)
    theirs = first.value
    return Difference(field=name, base=value, ours=value, theirs=theirs, stands=value, **said)


def _sides(held: Standing, local: History, there: History) -> tuple[Edit, Edit]:
    """What this copy says and what the other; where neither alone knows one, what stands first."""
    moved = [edit for edit in held.heads if edit in held.others or edit.value == held.value]
    own = [edit for edit in moved if edit.uid in local.edits]
    others = [edit for edit in moved if edit.uid not in local.edits]
    if not others:
        others = [edit for edit in own if edit.uid in there.edits]
        own = [edit for edit in own if edit.uid not in there.edits]
    if own and others and own[0].value != others[0].value:
        return own[0], others[0]
    return moved[0], held.others[0]


def owner_of(record: Merged, merged: Mapping[UUID, Merged]) -> UUID | None:
    """The household or person a record belongs to; the activity of its rows, a body of itself."""
    if record.kind in (Kind.HOUSEHOLD, Kind.PERSON):
        return record.uid
    for name in ("person", "household", "record"):
        if text := record.value(name):
            return UUID(hex=text)
    for name in _ABOVE & exchange.REFERENCES[record.kind].keys():  # a result may be words
        above = merged.get(UUID(hex=text)) if (text := record.value(name)) else None
        if above is not None:
            return owner_of(above, merged)
    if record.kind is Kind.VILLAGE_TARGET:
        return UUID(hex=record.value("area"))
    return record.uid if record.kind in _NAMED else None


def with_names(connection: Connection, found: Sequence[Difference]) -> list[Difference]:
    """The same with words for whom they are about, as the file has them now."""
    said = called(connection, {item.owner for item in found if item.owner})
    return [replace(item, about=said[item.owner]) if item.owner in said else item for item in found]
