"""Forms in a pile that belong to no household of the list: an applicant, or who split off.

The household, the paper that says why, and its case are one action and one undo step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.household import Household, Member
from giamngheo_desktop.domain.review_case import Ground
from giamngheo_desktop.services import events, households
from giamngheo_desktop.services.events import Parting
from giamngheo_desktop.services.review import applications, case_lists
from giamngheo_desktop.services.review.applications import Application
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage.engine import Database


def applicant(
    database: Database,
    context: Context,
    review: UUID,
    paper: Application,
    *,
    others: Sequence[Member] = (),
    surveyor: UUID | None = None,
    screened: bool = False,
) -> Done[UUID]:
    """Put an applicant onto the list whose form is here already; the case.

    Who is not in the register comes into it, with the `others` of the household. `screened`:
    Phiếu A says that the household is surveyed. Raises what `applications.save` and
    `case_lists.add` raise.
    """
    with write_unit(database, context, Op.LIST_CASE, unit=paper.village) as work:
        if paper.household is None:
            paper = replace(paper, household=_enrol(work, paper, others))
        application = applications.save_in(work, paper)
        work.update(Kind.APPLICATION, application, review=review)
        assert paper.household is not None
        case = case_lists.add_in(work, review, paper.household, Ground.APPLIED, application)
        _is_here(work, case, surveyor, screened_in=True if screened else None)
    return Done(case, work.changes)


def split_off(
    database: Database,
    context: Context,
    review: UUID,
    parting: Parting,
    *,
    surveyor: UUID | None = None,
) -> Done[UUID]:
    """Some members of a household have one of their own, whose form is here already; its case.

    Raises what `events.split` and `case_lists.add` raise.
    """
    with write_unit(database, context, Op.LIST_CASE, unit=parting.village) as work:
        household = events.split_in(work, parting)
        case = case_lists.add_in(work, review, household, Ground.SPLIT, None)
        _is_here(work, case, surveyor)
    return Done(case, work.changes)


def _enrol(work: WriteUnit, paper: Application, others: Sequence[Member]) -> UUID:
    head = households.new_member(
        work.context, full_name=paper.applicant, is_head=True, relation="head"
    )
    home = Household(uid=work.context.new_id(), village=paper.village, members=(head, *others))
    return households.save_in(work, home, day=paper.received_on).uid


def _is_here(work: WriteUnit, case: UUID, surveyor: UUID | None, **values: Any) -> None:
    """The form came with the pile of its surveyor; without a code it has no way to record."""
    row = work.living(Kind.CASE, case)
    of = work.living(Kind.SURVEYOR, surveyor) if surveyor is not None else None
    if of is not None and of["village"] == row["village"]:
        values["surveyor"] = surveyor
    if row["form_code"] is not None:
        today = work.context.today()
        values |= {"issued_on": today, "collected_on": today}
    work.change(Kind.CASE, case, row, values)
