"""What both sides of a merge did rightly, each for itself, and together needs an officer's eye."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.issued_merge import ISSUED_ON, LATER
from giamngheo_desktop.domain.merging import REMOVED, YES, Edit, History, Merged
from giamngheo_desktop.domain.record_form import OF_VERSION
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.domain.slots import TO
from giamngheo_desktop.services.exchange.differences import owner_of
from giamngheo_desktop.services.exchange.record_words import called
from giamngheo_desktop.storage import exchange, records, twins
from giamngheo_desktop.storage.engine import Connection
from giamngheo_desktop.storage.record_names import names_of


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` names the sentence in `texts.MERGE_FINDINGS`; `other` is a second record of it.

    For `same_household` both are households, one new on each side: whether they are one is for
    the officer to say.
    """

    code: str
    record: UUID
    other: UUID | None = None
    params: Mapping[str, str] = field(default_factory=dict)


def find(
    connection: Connection, merged: Mapping[UUID, Merged], local: History, theirs: History
) -> list[Finding]:
    """The findings about records of a merge that is written."""
    living = {uid: record for uid, record in merged.items() if record.lives}
    found = list(_removed_but_edited(merged, local, theirs))
    found += _pointing_at_removed(living, merged)
    found += _left_or_empty(connection, merged)
    gone = _gone(living, local, theirs)
    found += _gone_but_reviewed(living, gone, local, theirs)
    found += _gone_but_recognised(connection, gone)
    found += _two_versions(connection, living, local, theirs)
    found += _issued_but_edited(merged, local, theirs)
    found += _issued_stands(merged, local)
    found += _twins(connection, living, local, theirs)
    # A twin that only this copy has is no part of the merge: it is a person or household itself.
    whose = {
        uid: owner_of(merged[uid], merged) if uid in merged else uid
        for one in found
        for uid in _both(one)
    }
    names = called(connection, {uid for uid in whose.values() if uid})
    said = {uid: names.get(owner, "") if owner else "" for uid, owner in whose.items()}
    return [
        replace(one, params={"name": said[one.record], "other": said[one.other or one.record]})
        for one in found
    ]


def _both(found: Finding) -> list[UUID]:
    return [found.record, found.other] if found.other else [found.record]


def _removed_but_edited(
    merged: Mapping[UUID, Merged], local: History, theirs: History
) -> Iterator[Finding]:
    """One side says it was typed by mistake, the other went on editing it."""
    for uid, record in merged.items():
        held = record.fields.get(REMOVED)
        if held is None or held.outside or held.value != YES or not held.heads:
            continue
        removed_here = any(e.uid in local.edits and e.uid not in theirs.edits for e in held.heads)
        removed_there = any(e.uid not in local.edits for e in held.heads)
        for name, other in record.fields.items():
            news = [e for e in other.heads if e.uid not in local.edits]
            ours = [e for e in other.heads if e.uid in local.edits and e.uid not in theirs.edits]
            if name != REMOVED and ((removed_here and news) or (removed_there and ours)):
                yield Finding("removed_but_edited", uid)
                break


def _pointing_at_removed(
    living: Mapping[UUID, Merged], merged: Mapping[UUID, Merged]
) -> Iterator[Finding]:
    for uid, record in living.items():
        for name in exchange.REFERENCES[record.kind]:
            text = record.value(name)
            above = merged.get(UUID(hex=text)) if text else None
            if above is not None and not above.lives:
                yield Finding("points_at_removed", uid, above.uid)


def _left_or_empty(connection: Connection, merged: Mapping[UUID, Merged]) -> Iterator[Finding]:
    """Households that are here without a member, or gone while members stay, as they are stored:
    of one that only this copy knows the merge may have read no more than who left it.
    """
    named = sorted(_homes(merged, Kind.PLACE) | _homes(merged, Kind.MEMBERSHIP))
    here = records.lasting(connection, Kind.PLACE, "household", named)
    peopled = records.lasting(connection, Kind.MEMBERSHIP, "household", named)
    heads = names_of(connection, here ^ peopled)  # of one in another village nobody is known
    for uid, row in records.get_many(connection, Kind.HOUSEHOLD, sorted(here ^ peopled)).items():
        if heads.get(uid) and not row["removed"]:
            yield Finding("without_members" if uid in here else "gone_with_members", uid)


def _gone(living: Mapping[UUID, Merged], local: History, theirs: History) -> dict[UUID, set[str]]:
    """The households that left the register, and which sides recorded an end that is news."""
    here = _homes({u: r for u, r in living.items() if r.value(TO) is None}, Kind.PLACE)
    left: dict[UUID, set[str]] = {}
    for record in living.values():
        if record.kind is Kind.PLACE and record.value(TO) is not None:
            side, text = _side(record, TO, local, theirs), record.value("household")
            if side and text and UUID(hex=text) not in here:
                left.setdefault(UUID(hex=text), set()).add(side)
    return left


def _gone_but_reviewed(
    living: Mapping[UUID, Merged],
    gone: Mapping[UUID, set[str]],
    local: History,
    theirs: History,
) -> Iterator[Finding]:
    """One side recorded that the household left, the other finished its review."""
    for record in living.values():
        if record.kind is not Kind.CASE or record.value("outcome") != Outcome.REVIEWED:
            continue
        home = UUID(hex=record.value("household"))
        reviewed = _side(record, "outcome", local, theirs)
        if reviewed and gone.get(home, set()) - {reviewed}:
            yield Finding("gone_but_reviewed", home)


def _gone_but_recognised(
    connection: Connection, gone: Mapping[UUID, set[str]]
) -> Iterator[Finding]:
    """Leaving ends every class that is known: one that still holds is of the other side."""
    for home in sorted(gone):
        rows = records.find(connection, Kind.CLASS_RECORD, household=home)
        if any(row["valid_to"] is None and row["source"] != "computed" for row in rows):
            yield Finding("gone_but_recognised", home)


def _side(record: Merged, name: str, local: History, theirs: History) -> str:
    """Whose edit stands in a field: "ours", "theirs", or "" for what both know."""
    held = record.fields.get(name)
    if held is None or not held.heads:
        return ""
    return _author(held.heads[0], local, theirs)


def _author(edit: Edit, local: History, theirs: History) -> str:
    """Whose edit it is, as `_side` says it."""
    if edit.uid not in local.edits:
        return "theirs"
    return "" if edit.uid in theirs.edits else "ours"


def _homes(records: Mapping[UUID, Merged], kind: Kind) -> set[UUID]:
    return {
        UUID(hex=text)
        for record in records.values()
        if record.kind is kind and (text := record.value("household"))
    }


def _two_versions(
    connection: Connection, living: Mapping[UUID, Merged], local: History, theirs: History
) -> Iterator[Finding]:
    """Both sides began the same version of a plan, or of a report of a period."""
    for uid, record in living.items():
        if record.kind is Kind.DOCUMENT and uid not in local.roots:
            row = records.get(connection, Kind.DOCUMENT, uid) or {}
            same = {name: row[name] for name in ("area", "year", "type", "period", "version")}
            for other in records.find(connection, Kind.DOCUMENT, **same):
                if other["uid"] not in theirs.roots:
                    yield Finding("two_versions", uid, other["uid"])


def _issued_but_edited(
    merged: Mapping[UUID, Merged], local: History, theirs: History
) -> Iterator[Finding]:
    """One side issued a version in a file that knows a part of it alone, or by an older program;
    the other went on working at what was a draft there.
    """
    issued = {
        uid: side
        for uid, record in merged.items()
        if record.kind is Kind.DOCUMENT
        and record.lives
        and not record.stands
        and record.value(ISSUED_ON)
        and (side := _side(record, ISSUED_ON, local, theirs))
    }
    edited: set[UUID] = set()
    for record in merged.values() if issued else ():
        above = record.value("document")
        uid = UUID(hex=above) if above and record.kind in OF_VERSION else record.uid
        if uid in issued and uid not in edited:
            sides = {_author(edit, local, theirs) for edit in _standing(record)}
            if sides - {"", issued[uid]}:
                edited.add(uid)
    yield from (Finding("issued_but_edited", uid) for uid in sorted(edited))


def _issued_stands(merged: Mapping[UUID, Merged], local: History) -> Iterator[Finding]:
    """What one side issued and the other worked at, or issued as well."""
    for uid, record in merged.items():
        if record.kind is not Kind.DOCUMENT or not record.stands:
            continue
        heads = record.fields[ISSUED_ON].heads
        signed = [head for head in heads if head.value and uid in head.replaces]
        if len(signed) > 1 and any(head.uid not in local.edits for head in signed):
            yield Finding("issued_twice", uid)
            continue
        parts = (
            one for one in merged.values() if one.uid == uid or one.value("document") == uid.hex
        )
        said = [edit for part in parts for edit in _outside(part)]
        if said and any(edit.uid not in local.edits for edit in (*said, heads[0])):
            yield Finding("issued_stands", uid)


def _outside(record: Merged) -> Iterator[Edit]:
    for held in record.fields.values():
        if held.outside:
            yield from held.others


def _standing(record: Merged) -> Iterator[Edit]:
    """What made a record as it is, but for what is typed of an issued version, too."""
    if record.created is not None:
        yield record.created
    for name, held in record.fields.items():
        if name not in LATER.get(record.kind, ()):
            yield from held.heads


def _twins(
    connection: Connection, living: Mapping[UUID, Merged], local: History, theirs: History
) -> Iterator[Finding]:
    """What came new from there and may be what was typed here as well."""
    new: dict[Kind, list[UUID]] = {Kind.PERSON: [], Kind.HOUSEHOLD: []}
    for uid, record in living.items():
        if record.kind in new and uid not in local.roots:
            new[record.kind].append(uid)
    for one, other in twins.same_number(connection, new[Kind.PERSON]):
        yield Finding("same_number", one, other)
    for one, other in twins.same_head(connection, new[Kind.HOUSEHOLD]):
        if other not in theirs.roots:
            yield Finding("same_household", one, other)
