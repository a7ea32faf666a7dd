"""Reads the rules of a danh sách kỳ."""

from __future__ import annotations

from giamngheo_desktop.definitions.facts import Facts, sources_of
from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.period_list import (
    COMPARED,
    Counts,
    Ground,
    Length,
    Per,
    PeriodListDef,
)
from giamngheo_desktop.domain.standard import Fact, HouseholdClass

_LENGTHS = {one.value: one for one in Length}
_PERS = {one.value: one for one in Per}


def period_list_from(table: Table) -> PeriodListDef:
    """One file of rules. Raises DefinitionError."""
    sources = sources_of(table)
    facts = Facts(frozenset(sources))
    length = table.one_of("length", _LENGTHS)
    is_school = length is Length.SCHOOL_YEAR
    found = PeriodListDef(
        **head_of(table),
        title=table.text("title"),
        per=table.one_of("per", _PERS),
        length=length,
        counts=_counts(table, facts),
        day_of_death=facts.known(facts.flag, table, "day_of_death"),
        changed_when=_changed_when(table, facts),
        grounds=tuple(_ground(row, facts) for row in table.tables("ground")),
        amount=table.text("amount", ""),
        first_month=_whole(table, facts, "first_month") if is_school else None,
        months=_whole(table, facts, "months") if is_school else None,
        school_levels=table.texts("school_levels"),
        school_ages=_ages(table),
        notes=table.texts("notes"),
        sources=sources,
    )
    check_days(table)
    table.finish()
    codes = [one.code for one in found.grounds]
    if not codes:
        table.fail("definition_missing_key", "ground")
    if len(set(codes)) < len(codes):
        table.fail("definition_codes_twice", "ground")
    return found


def _counts(table: Table, facts: Facts) -> Fact[str]:
    fact = facts.known(facts.text, table, "counts")
    allowed = [one.value for one in Counts]
    if fact.value not in allowed:
        said = ", ".join(allowed)
        table.fail("definition_value", "counts", value=fact.value, allowed=said)
    return fact


def _changed_when(table: Table, facts: Facts) -> Fact[tuple[str, ...]]:
    fact = facts.known(facts.texts, table, "changed_when")
    if not fact.value or not set(fact.value) <= set(COMPARED):
        said = list(fact.value or ())
        table.fail("definition_value", "changed_when", value=said, allowed=", ".join(COMPARED))
    return fact


def _whole(table: Table, facts: Facts, key: str) -> Fact[int]:
    fact = facts.known(facts.integer, table, key)
    if not 1 <= (fact.value or 0) <= 12:
        table.fail("definition_value", key, value=fact.value, allowed="1–12")
    return fact


def _ages(table: Table) -> tuple[int, int] | None:
    ages = table.integers("school_ages")
    if not ages:
        return None
    if len(ages) != 2 or ages[0] > ages[1]:
        table.fail("definition_value", "school_ages", value=list(ages), allowed="[3, 17]")
    return ages[0], ages[1]


def _ground(row: Table, facts: Facts) -> Ground:
    certainty, source = facts.grounds(row)
    held = row.opt_text("household_class")
    ground = Ground(
        code=row.text("code"),
        label=row.text("label"),
        short=row.text("short"),
        household_class=held,
        average_living=row.flag("average_living", False),
        allowance=row.flag("allowance", False),
        most_kwh=row.text("most_kwh", ""),
        certainty=certainty,
        source=source,
        note=row.text("note", ""),
    )
    classes = [one.value for one in HouseholdClass]
    if held is not None and held not in classes:
        row.fail("definition_value", "household_class", value=held, allowed=", ".join(classes))
    if held is None and not (ground.average_living or ground.allowance):
        row.fail("definition_missing_key", "household_class")
    row.finish()
    return ground
