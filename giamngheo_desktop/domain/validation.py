"""All checks of a household in one call; they find and never forbid saving."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.field_checks import check_fields, record_of
from giamngheo_desktop.domain.form import FormDef
from giamngheo_desktop.domain.household import Household
from giamngheo_desktop.domain.household_checks import (
    Others,
    check_household_facts,
    check_members,
    check_numbers,
)
from giamngheo_desktop.domain.person_checks import check_person
from giamngheo_desktop.domain.problems import Problem, Severity, error
from giamngheo_desktop.domain.relation_checks import check_relations


def check_household(
    household: Household,
    *,
    household_form: FormDef,
    member_form: FormDef,
    reference_day: date,
    today: date,
    others: Others | None = None,
) -> list[Problem]:
    """Everything that is impossible (errors) or unlikely (warnings), the household first.

    `reference_day` is the day ages are taken on (ngày rà soát), `today` the day of checking;
    `others` gives, by folded identity number, who carries it: (person, name, household label).
    """
    found = list(check_fields(record_of(household, household_form), household_form, household.uid))
    if household.surveyed_on is not None and household.surveyed_on > today:
        day = format_date(household.surveyed_on)
        found.append(error(household.uid, "surveyed_on", "surveyed_in_future", day=day))
    found += check_household_facts(household, household_form)
    found += check_members(household)
    found += check_relations(household, member_form, reference_day=reference_day)
    found += check_numbers(household, others or {})
    for member in household.members:
        record = record_of(member, member_form)
        found += check_fields(record, member_form, member.uid, name=member.full_name)
        found += check_person(member, member_form, reference_day=reference_day, today=today)
    if not found:
        return []
    order = _paper_order(household, household_form, member_form)
    return sorted(found, key=lambda problem: order.get((problem.record, problem.field), (0, 0, 0)))


def count_by_severity(problems: list[Problem]) -> tuple[int, int]:
    """Errors and warnings."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return errors, len(problems) - errors


def _paper_order(
    household: Household, household_form: FormDef, member_form: FormDef
) -> dict[tuple[object, str], tuple[int, int, int]]:
    """The place of each field in the forms: the reader walks the paper from top to bottom."""
    household_fields = [field.code for field in household_form]
    member_fields = [field.code for field in member_form]
    records = [(household.uid, household_fields)]
    records += [(member.uid, member_fields) for member in household.members]
    return {
        (uid, code): (1, number, place)
        for number, (uid, codes) in enumerate(records)
        for place, code in enumerate(codes)
    }
