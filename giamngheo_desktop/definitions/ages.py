"""Turns `ages.toml` into the AgeRules that indicators are derived by."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from giamngheo_desktop.definitions.facts import Facts, sources_of
from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.domain.age_rules import (
    AgeRules,
    Retirement,
    School,
    SchoolLevel,
    WorkingAge,
)


def load_ages(path: Path) -> AgeRules:
    """The rules of one file; DefinitionError where it cannot be used."""
    return ages_from(read_toml(path))


def ages_from(table: Table) -> AgeRules:
    sources = sources_of(table)
    facts = Facts(frozenset(sources))
    table.text("code")
    table.day("valid_from")
    rules = AgeRules(
        version=table.integer("version"),
        label=table.text("label"),
        legal_basis=table.text("legal_basis"),
        working_age=_working_age(table.table("working_age"), facts),
        school=_school(table.table("school"), facts),
        sources=sources,
        sha256=table.source.sha256,
        text=table.source.text,
    )
    table.finish()
    return rules


def _working_age(table: Table, facts: Facts) -> WorkingAge:
    certainty, source = facts.grounds(table)
    rows = tuple(_retirement(row) for row in table.tables("retirement"))
    if not rows:
        table.fail("definition_missing_key", "retirement")
    if any(one.year >= next_one.year for one, next_one in pairwise(rows)):
        table.fail("definition_lines_order", "retirement")
    min_age = facts.known(facts.integer, table, "min_age")
    table.finish()
    return WorkingAge(min_age, rows, certainty, source)


def _retirement(row: Table) -> Retirement:
    months = {}
    for sex in ("male", "female"):
        years, rest = _pair(row, sex)
        months[sex] = 12 * years + rest
    rule = Retirement(row.integer("year"), months)
    row.finish()
    return rule


def _school(table: Table, facts: Facts) -> School:
    certainty, source = facts.grounds(table)
    levels = tuple(_level(row) for row in table.tables("levels"))
    allowed = {level.code: level.code for level in levels}
    school = School(
        first_month=table.integer("first_month"),
        levels=levels,
        leaving_level=table.one_of("leaving_level", allowed),
        courses=table.texts("courses"),
        certainty=certainty,
        source=source,
    )
    table.finish()
    if not any(level.years for level in levels):
        table.fail("definition_missing_key", "levels")
    return school


def _level(row: Table) -> SchoolLevel:
    level = SchoolLevel(
        row.text("code"),
        _pair(row, "years") if "years" in row else None,
        _pair(row, "exact_ages") if "exact_ages" in row else None,
    )
    row.finish()
    return level


def _pair(row: Table, key: str) -> tuple[int, int]:
    values = row.integers(key)
    if len(values) != 2:
        row.fail("definition_not_pair", key)
    return values[0], values[1]
