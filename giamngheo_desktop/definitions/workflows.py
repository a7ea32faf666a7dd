"""Turns `workflows/*.toml` into Workflows, and `holidays.toml` into the days nobody works."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from giamngheo_desktop.definitions.facts import Facts, sources_of
from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.domain.workflow import Anchor, Limit, ReviewKind, Scope, StepDef, Workflow

_KINDS = {kind.value: kind for kind in ReviewKind}
_SCOPES = {scope.value: scope for scope in Scope}
_ANCHORS = {anchor.value: anchor for anchor in Anchor}
_LIMITS = ("month", "days", "working_days", "next_month_day")


def workflow_from(table: Table) -> Workflow:
    sources = sources_of(table)
    facts = Facts(frozenset(sources))
    steps = tuple(_step(row, facts) for row in table.tables("step"))
    codes = [step.code for step in steps]
    if len(set(codes)) < len(codes):
        table.fail("definition_codes_twice", "step")
    workflow = Workflow(
        code=table.text("code"),
        version=table.integer("version"),
        label=table.text("label"),
        kind=table.one_of("kind", _KINDS),
        valid_from=table.day("valid_from"),
        valid_to=table.opt_day("valid_to"),
        legal_basis=table.text("legal_basis"),
        steps=steps,
        window=_window(table),
        starts_on=table.opt_integer("starts_on"),
    )
    table.finish()
    return workflow


def _window(table: Table) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if "window_from" not in table:
        return None
    first, last = _month_day(table, "window_from"), _month_day(table, "window_to")
    return first, last


def _month_day(table: Table, key: str) -> tuple[int, int]:
    values = table.integers(key)
    if len(values) != 2:
        table.fail("definition_not_pair", key)
    return values[0], values[1]


def _step(row: Table, facts: Facts) -> StepDef:
    inner = row.opt_table("limit")
    step = StepDef(
        code=row.text("code"),
        label=row.text("label"),
        scope=row.one_of("scope", _SCOPES),
        actor=row.text("actor"),
        help=row.text("help", ""),
        optional=row.flag("optional", default=False),
        limit=None if inner is None else _limit(inner, facts),
        source=row.text("source", ""),
    )
    row.finish()
    return step


def _limit(table: Table, facts: Facts) -> Limit:
    certainty, source = facts.grounds(table)
    limit = Limit(
        month=table.opt_integer("month"),
        day=table.opt_integer("day"),
        days=table.opt_integer("days"),
        working_days=table.opt_integer("working_days"),
        next_month_day=table.opt_integer("next_month_day"),
        after=table.one_of("after", _ANCHORS, Anchor.BEGUN),
        setting=table.text("setting", ""),
        certainty=certainty,
        source=source,
    )
    if sum(key in table for key in _LIMITS) != 1:
        table.fail("definition_missing_key", "days")
    table.finish()
    return limit


@dataclass(frozen=True, slots=True)
class Holidays:
    """`yearly`: (month, day) → name; `missing`: what each commune adds itself, with the reason."""

    yearly: dict[tuple[int, int], str]
    missing: tuple[tuple[str, str], ...]


def load_holidays(path: Path) -> Holidays:
    table = read_toml(path)
    facts = Facts(frozenset(sources_of(table)))
    for key in ("code", "label", "legal_basis"):
        table.text(key)
    table.integer("version")
    table.day("valid_from")
    yearly = {}
    for row in table.tables("yearly"):
        facts.grounds(row)
        yearly[row.integer("month"), row.integer("day")] = row.text("label")
        row.finish()
    missing = []
    for row in table.tables("missing"):
        missing.append((row.text("label"), row.text("note")))
        row.finish()
    table.finish()
    return Holidays(yearly, tuple(missing))
