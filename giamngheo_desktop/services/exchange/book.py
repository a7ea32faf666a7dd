"""Nhật ký: what was sent and what was taken in, by which file, and the report kept of it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import ChangeSet, Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Manifest
from giamngheo_desktop.services.exchange.differences import DERIVED
from giamngheo_desktop.services.undo import UndoStep
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, packages
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.packages import SENT, Written

SENDING = (Op.SEND_PACKAGE, Op.SEND_WORK, Op.SEND_SHEETS, Op.SEND_COMMENTS)
TAKING = (
    Op.IMPORT_LIST,
    Op.IMPORT_SUPPORTS,
    Op.IMPORT_ANSWERS,
    Op.IMPORT_POINTS,
    Op.TAKE_WORK,
    Op.MERGE_WORK,
    Op.TAKE_SHEET,
    Op.RECEIVE_PACKAGE,
    Op.RECEIVE_COMMENTS,
    Op.TAKE_FORMER,
)
_HASHED = "sha256:"  # what the reason of an import says of its file


@dataclass(frozen=True, slots=True)
class File:
    """`households` is None where nobody counted them."""

    name: str
    sha256: str
    note: str
    households: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action: `made` counts the records that are new here, `changed` the fields of others."""

    step: UndoStep
    is_sent: bool
    files: tuple[File, ...]
    made: Mapping[Kind, int]
    changed: int
    has_report: bool
    is_undone: bool
    is_newest: bool  # what the undo of the window would take back now

    @property
    def households(self) -> int | None:
        """Of whom its files tell, None where nobody counted them."""
        known = [file.households for file in self.files if file.households is not None]
        return sum(known) if known else None


def entries(database: Database) -> list[Entry]:
    """The newest first."""
    with database.reader() as connection:
        found = packages.written(connection, (*SENDING, *TAKING), DERIVED)
        newest = audit.newest_undoable(connection)
    return [
        Entry(
            step=UndoStep.of(one.group),
            is_sent=one.group.op in SENDING,
            files=_files(one),
            made=one.made,
            changed=one.changed,
            has_report=one.has_report,
            is_undone=one.is_undone,
            is_newest=newest is not None and newest.uid == one.group.uid,
        )
        for one in found
    ]


def row_of(manifest: Manifest, file: str = "", **more: Any) -> dict[str, Any]:
    """The columns of `package` that a manifest says; `more` are others, or say otherwise."""
    return {
        "area": UUID(hex=manifest.unit),
        "kind": manifest.kind.value,
        "sequence": manifest.sequence,
        "year": manifest.year,
        "standard": manifest.standard or None,
        "sha256": manifest.hash,
        "made_at": manifest.made_at,
        "made_by": manifest.made_by,
        "file": file or None,
        **more,
    }


def record_sent(
    database: Database, context: Context, op: Op, subject: str, files: Sequence[Mapping[str, Any]]
) -> Done[None] | None:
    """Enter files that were written into the book: columns of `package` but for the direction.

    None where the register may only be looked at.
    """
    if database.read_only or not files:
        return None
    with write_unit(database, context, op) as work:
        work.subject = subject
        work.insert_many(Kind.PACKAGE, [{"direction": SENT, **file} for file in files])
    return Done(None, work.changes)


def keep_report(database: Database, changes: ChangeSet, document: str) -> None:
    """Keep what an action took in, to be read again; one that cannot be kept takes nothing back.

    It is written once the action is, whose names and sums its words are made of. Where the power
    goes in between, only these words are gone: every field stands in the audit with the action.
    """
    if changes.touched:
        with suppress(AppError), database.writer() as connection:
            packages.keep_report(connection, changes.group, zlib.compress(document.encode()))


def report_of(database: Database, group: UUID) -> str:
    """The document that was kept of an action. Raises AppError `report_not_kept`."""
    with database.reader() as connection:
        found = packages.report_of(connection, group)
    if found is None:
        raise AppError("report_not_kept")
    return zlib.decompress(found).decode()


def _files(one: Written) -> tuple[File, ...]:
    """Of older files only what the action itself says of them."""
    group = one.group
    if not one.files:
        reason = group.reason or ""
        return (File(group.subject, reason.removeprefix(_HASHED), ""),) if reason else ()
    return tuple(
        File(row["file"] or "", row["sha256"], row["note"] or "", row["households"])
        for row in one.files
    )
