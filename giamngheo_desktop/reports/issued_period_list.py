"""The paper of an issued danh sách kỳ: kept as it was on that day, and printed again."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports import kept
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.period_list import period_list_doc
from giamngheo_desktop.services.programme import period_lists
from giamngheo_desktop.storage import audit
from giamngheo_desktop.storage.engine import Database


def issue(
    database: Database,
    context: Context,
    definitions: Definitions,
    policy: str,
    period: str,
    *,
    unit: UUID,
    issued_on: date | None = None,
    decision_number: str | None = None,
    note: str | None = None,
) -> Done[UUID]:
    """`period_lists.issue` (with its errors), and the paper with what was known on that day."""
    found = period_lists.preview(database, definitions, policy, period, unit=unit)
    done = period_lists.issue(
        database,
        context,
        definitions,
        policy,
        period,
        unit=unit,
        issued_on=issued_on,
        decision_number=decision_number,
        note=note,
    )
    lists = period_lists.issued_lists(database, unit, found.definition.code)
    own = next(one for one in lists if one.uid == done.value)
    kept.keep(database, done.changes, period_list_doc(replace(found, issued=own)))
    return done


def printed(
    database: Database, definitions: Definitions, uid: UUID, *, posting: bool = False
) -> ReportDoc:
    """The paper that was kept; where none is (the list came from another copy), and for a posting,
    the rows as issued with the names and reasons the register knows now.

    Raises RefusedError `record_missing`.
    """
    found = period_lists.reprint(database, definitions, uid)
    if not posting:
        with suppress(AppError):
            return kept.kept(database, _group(database, uid))
    return period_list_doc(found, posting=posting)


def _group(database: Database, uid: UUID) -> UUID:
    """The action that issued it."""
    with database.reader() as connection:
        group, _ = audit.history(connection, [uid])[-1]
    return group.uid
