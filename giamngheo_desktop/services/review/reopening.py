"""Opens a case again that a meeting or a complaint sent back, and takes that back as well.

What was opened by mistake is as it was before, unless somebody worked on the household since.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.domain.review_case import Outcome
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import audit, records, trail

_SENT_BACK = (Op.SAVE_MEETING, Op.SAVE_COMPLAINT)
_REOPENED = ("outcome", "outcome_note", "screened_in")


def reopen(work: WriteUnit, case: UUID) -> None:
    """The case goes back to Thu thập; its answers and results stay for whoever looks again."""
    row = records.get(work.connection, Kind.CASE, case)
    if row is None or row["removed"]:
        return
    values: dict[str, Any] = {"outcome": None, "outcome_note": None}
    if row["outcome"] == Outcome.SCREENED_OUT:
        values["screened_in"] = True
    work.change(Kind.CASE, case, row, values)


def close_again(work: WriteUnit, case: UUID) -> None:
    """The case was not to be reopened: it ends as it did before."""
    row = records.get(work.connection, Kind.CASE, case)
    if row is None or row["removed"] or row["outcome"] is not None:
        return
    past = audit.history(work.connection, [case])
    opened = next((found for found in past if found[1].field == "outcome"), None)
    if opened is None or opened[0].op not in _SENT_BACK or opened[1].old is None:
        return
    group = opened[0]
    if audit.changed_since(work.connection, group.seq, _touching(work, row)):
        return
    before = {
        change.field: audit.decode(Kind.CASE, change.field, change.old)
        for of, change in past
        if of.uid == group.uid and change.field in _REOPENED
    }
    work.change(Kind.CASE, case, row, before)


def _touching(work: WriteUnit, case: dict[str, Any]) -> list[UUID]:
    """All records that an answer of the household or its result is written to."""
    found = list(trail.of_household(work.connection, case["household"]))
    for kind in (Kind.CASE_ANSWERS, Kind.CASE_RESULT, Kind.INCOME_SOURCE):
        found += [
            row["uid"] for row in records.find(work.connection, kind, review_case=case["uid"])
        ]
    return found
