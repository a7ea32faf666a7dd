"""Phiếu kế hoạch giúp hộ: a page for each plan of a year."""

from __future__ import annotations

from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.reports.document import (
    Cell,
    PageBreak,
    Piece,
    ReportDoc,
    Row,
    Table,
    text_column,
)
from giamngheo_desktop.reports.help_table import SAID, Asked, day_text, helper_text, subtitle
from giamngheo_desktop.reports.imprint import program
from giamngheo_desktop.reports.issuer import letterhead
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.programme.household_plans import PlanLine, household_plans

PLANS = "plans"


def plan_sheets(asked: Asked, household: UUID | None = None) -> ReportDoc:
    """A page for each plan of the year, or of one household: what it says, and room to sign."""
    body: list[Piece] = []
    for plan in plans_of(asked):
        if household not in (None, plan.home.uid):
            continue
        body += [PageBreak()] if body else []
        body.append(_plan_sheet(asked, plan))
    blank = Table(
        labels=(text_column(SAID["household"], "c0"),),
        columns=(),
        name_at=0,
        number_row=False,
        empty=SAID["empty_plans"],
    )
    return ReportDoc(
        code=PLANS,
        title=(texts.HELPING_TITLES[PLANS],),
        subtitle=subtitle(asked, "of_year"),
        letterhead=letterhead(settings.get(asked.database, asked.day)),
        landscape=False,
        body=tuple(body) or (blank,),
        data_date=asked.day,
        program=program(),
    )


def _plan_sheet(asked: Asked, plan: PlanLine) -> Table:
    causes = (asked.label("causes", code) for code in plan.causes)
    needs = (asked.label("support_needs", code) for code in plan.needs)
    registered = {True: "registered", False: "not_registered", None: "not_said"}[plan.registered]
    told = (
        ("household", plan.home.head),
        ("village", plan.home.village),
        ("class", asked.class_of(plan.home)),
        ("persons", str(plan.home.persons)),
        ("group", asked.label("household_plan_groups", plan.group)),
        ("causes", "; ".join(causes)),
        ("needs", "; ".join(needs)),
        ("measures", plan.measures),
        ("helper", helper_text(plan.helper) if plan.helper else ""),
        ("deadline", day_text(plan.deadline)),
        ("registers", SAID[registered]),
        ("expected", asked.label("expected_classes", plan.expected)),
        ("result", ", ".join(filter(None, (plan.result, day_text(plan.result_on))))),
        ("note", plan.note),
        ("sign_household", "\n\n\n"),
        ("sign_helper", "\n\n\n"),
    )
    return Table(
        labels=(text_column(SAID["item"], "c0", weight=12),),
        columns=(text_column(SAID["said"], "c1", weight=30),),
        rows=tuple(
            Row((SAID[key],), (Cell(value),), household=plan.home.uid) for key, value in told
        ),
        title=SAID["sheet"].format(
            name=plan.home.head, village=plan.home.village, year=asked.day.year
        ),
        name_at=0,
        number_row=False,
        sheet=plan.home.head,
    )


def plans_of(asked: Asked) -> tuple[PlanLine, ...]:
    """The plans of the day's year."""
    return household_plans(
        asked.database, asked.definitions, unit=asked.unit, year=asked.day.year, day=asked.day
    )
