"""What was issued stands where copies meet: edits that its issuer did not know stay outside of it.

The edit that issues a version of a plan, or a report, names the document and the edits it was
made of (`named`). As long as that issue stands, each field holds what these edits make of it; what
others say of it loses as in a clash, however new it is, and a record that the issuer did not know
does not live. Of two copies that issued the same version the first one stands. As all of it follows
from the union of edits, neither order nor repetition matters, and it is gone when the issue is
taken back. An issue that names nothing (of a file of some villages, or of an older program) holds
nothing back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.merging import (
    REMOVED,
    YES,
    Edit,
    History,
    Merged,
    Standing,
    ancestors,
    standing,
)
from giamngheo_desktop.domain.record_form import OF_VERSION

ISSUED_ON = "issued_on"
# What is typed of a document after it was issued.
LATER: Mapping[Kind, frozenset[str]] = {
    Kind.DOCUMENT: frozenset({ISSUED_ON, "number", "signed_on"}),
    Kind.REPORT_SCHEDULE: frozenset({"confirmed"}),
}
KINDS = frozenset({Kind.DOCUMENT, *OF_VERSION})

_Edits = Mapping[str, Sequence[Edit]]  # of a record, by field


@dataclass(frozen=True, slots=True)
class _Issue:
    """`stands` is the edit that says the day, `inside` what the document was made of."""

    document: UUID
    stands: Edit
    inside: Collection[UUID]

    def knows(self, record: Merged) -> bool:
        return record.created is None or record.created.uid in self.inside


def named(document: UUID, merged: Iterable[Merged]) -> tuple[UUID, ...]:
    """What the edit that issues a document replaces beside the day: these records as they are."""
    found = {document}
    for record in merged:
        if record.created is not None:
            found.add(record.created.uid)
        found |= {head.uid for held in record.fields.values() for head in held.heads}
    return tuple(sorted(found))


def documents(merged: Iterable[Merged]) -> dict[UUID, Kind]:
    """Those that such records belong to, or may once have."""
    return {
        UUID(hex=text): Kind.DOCUMENT
        for record in merged
        if record.kind in OF_VERSION
        for text in (record.root.values.get("document"), record.value("document"))
        if text
    }


def issued(merged: Iterable[Merged]) -> dict[UUID, Kind]:
    """The documents that a copy issued, or took back."""
    found = (one for one in merged if one.kind is Kind.DOCUMENT and ISSUED_ON in one.fields)
    return {record.uid: Kind.DOCUMENT for record in found}


def hold_back(merged: Mapping[UUID, Merged], history: History) -> None:
    """Let what was issued stand: changes these records, made of that history."""
    if not issued(merged.values()):
        return
    edits: dict[UUID, dict[str, list[Edit]]] = {}
    known: dict[UUID, Edit] = {}
    for edit in history.edits.values():
        if edit.kind in KINDS:
            edits.setdefault(edit.record, {}).setdefault(edit.field, []).append(edit)
            known[edit.uid] = edit
    parts = [record for record in merged.values() if record.kind in OF_VERSION]
    for uid in sorted(issued(merged.values())):
        document = merged[uid]
        issue = _issue(document, known)
        if issue is None:
            continue
        _agree_on_day(document, issue)
        _hold(document, edits[uid], issue)
        for record in parts:
            _hold_part(record, edits.get(record.uid, {}), issue)


def _issue(document: Merged, known: Mapping[UUID, Edit]) -> _Issue | None:
    """The issue that stands: the first one, by the edit that names what it was made of."""
    heads = [head for head in document.fields[ISSUED_ON].heads if head.value is not None]
    found = [(made, head) for head in heads if (made := _made(document.uid, head, known))]
    if not found:
        return None
    made, head = min(found, key=lambda pair: pair[0].age)
    inside = {made.uid, *ancestors(made, known)}
    inside |= {edit.uid for edit in known.values() if edit.action == made.action}
    return _Issue(document.uid, head, inside)


def _made(document: UUID, head: Edit, known: Mapping[UUID, Edit]) -> Edit | None:
    """The edit that says what a document issued on a day was made of: a day that was settled, or
    is there again by a redo, is that of an issue behind it.
    """
    if document in head.replaces:
        return head
    behind = [known[uid] for uid in ancestors(head, known)]
    made = [edit for edit in behind if edit.field == ISSUED_ON and document in edit.replaces]
    same = [edit for edit in made if edit.value == head.value] or made
    return max(same, key=lambda edit: edit.age, default=None)


def _agree_on_day(document: Merged, issue: _Issue) -> None:
    """The day is that of the issue that stands; another one is a clash."""
    held, stands = document.fields[ISSUED_ON], issue.stands
    heads = (stands, *(head for head in held.heads if head != stands))
    others = tuple(head for head in heads if head.value not in (None, stands.value))
    document.fields[ISSUED_ON] = Standing(stands.value, held.base, heads, others)


def _hold_part(record: Merged, edits: _Edits, issue: _Issue) -> None:
    """A record of a document: as the issuer knew it, or not at all."""
    here = issue.document.hex
    if not issue.knows(record):
        if record.lives and record.value("document") == here:
            _keep_out(record)
    elif _within(record, "document", edits, issue).value == here:
        _hold(record, edits, issue)
    elif record.value("document") == here:
        record.fields["document"] = _standing(record, "document", edits, issue)


def _keep_out(record: Merged) -> None:
    assert record.created is not None  # else everybody knows it
    held = record.fields.get(REMOVED)
    heads = tuple(dict.fromkeys([*(held.heads if held else ()), record.created]))
    record.fields[REMOVED] = Standing(YES, None, heads, (record.created,), outside=True)


def _hold(record: Merged, edits: _Edits, issue: _Issue) -> None:
    record.stands = True
    for name in record.fields:
        if name not in LATER.get(record.kind, ()):
            record.fields[name] = _standing(record, name, edits, issue)


def _within(record: Merged, name: str, edits: _Edits, issue: _Issue) -> Standing:
    """A field as the issuer had it."""
    inside = [edit for edit in edits.get(name, ()) if edit.uid in issue.inside]
    return standing(inside, record.root.values.get(name))


def _standing(record: Merged, name: str, edits: _Edits, issue: _Issue) -> Standing:
    """The same with what others say of it beside it."""
    within, held = _within(record, name, edits, issue), record.fields[name]
    said = [head for head in held.heads if head in held.others or head.value == held.value]
    others = tuple(head for head in said if head.value != within.value)
    heads = tuple(dict.fromkeys([*within.agreed, *held.heads]))
    return replace(
        held, value=within.value, base=within.base, heads=heads, others=others, outside=bool(others)
    )
