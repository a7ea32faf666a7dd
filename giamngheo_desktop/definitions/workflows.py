"""Turns `workflows/*.toml` into Workflows, and `holidays.toml` into the days nobody works."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from giamngheo_desktop.definitions.facts import Facts, names, sources_of
from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table, read_toml
from giamngheo_desktop.domain.review_flow import COMMUNE_RULES, VILLAGE_RULES
from giamngheo_desktop.domain.workflow import Anchor, Limit, ReviewKind, Scope, StepDef, Workflow

_KINDS = {kind.value: kind for kind in ReviewKind}
_SCOPES = {scope.value: scope for scope in Scope}
_RULES = {Scope.COMMUNE: COMMUNE_RULES, Scope.VILLAGE: VILLAGE_RULES}
# What has a day of its own in each village is no anchor for the commune.
_ANCHORS = {
    Scope.COMMUNE: {each.value: each for each in (Anchor.BEGUN, Anchor.REPORTED)},
    Scope.VILLAGE: {each.value: each for each in Anchor},
}
_LIMITS = ("month", "days", "working_days", "next_month_day")
_LAST_DAY_OF_ALL = 28  # that every month has
_ANY_YEAR = 2023  # without a 29 February: a limit has to exist in every year


def workflow_from(table: Table) -> Workflow:
    sources = sources_of(table)
    steps = tuple(_step(row, sources) for row in table.tables("step"))
    if not steps:
        table.fail("definition_missing_key", "step")
    codes = [step.code for step in steps]
    if len(set(codes)) < len(codes):
        table.fail("definition_codes_twice", "step")
    workflow = Workflow(
        **head_of(table),
        kind=table.one_of("kind", _KINDS),
        steps=steps,
        window=_window(table),
        starts_on=_between(table, "starts_on", 1, _LAST_DAY_OF_ALL),
    )
    check_days(table)
    wanted = "window_from" if workflow.kind is ReviewKind.PERIODIC else "starts_on"
    if wanted not in table:
        table.fail("definition_missing_key", wanted)
    table.finish()
    return workflow


def _window(table: Table) -> tuple[tuple[int, int], tuple[int, int]] | None:
    if "window_from" not in table and "window_to" not in table:
        return None
    first, last = _month_day(table, "window_from"), _month_day(table, "window_to")
    if last < first:
        table.fail("definition_years_order", "window_to")
    return first, last


def _month_day(table: Table, key: str) -> tuple[int, int]:
    month, day = _pair(table, key)
    if not _is_day(month, day):
        table.fail("definition_no_day", key, value=f"{day}/{month}")
    return month, day


def _pair(table: Table, key: str) -> tuple[int, int]:
    values = table.integers(key)
    if len(values) != 2:
        table.fail("definition_not_pair", key)
    return values[0], values[1]


def _is_day(month: int, day: int, year: int = _ANY_YEAR) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _between(table: Table, key: str, low: int, high: int) -> int | None:
    value = table.opt_integer(key)
    if value is not None and not low <= value <= high:
        table.fail("definition_value", key, value=value, allowed=f"{low}–{high}")
    return value


def _step(row: Table, sources: Mapping[str, str]) -> StepDef:
    code, scope = row.text("code"), row.one_of("scope", _SCOPES)
    if code not in _RULES[scope]:
        row.fail("definition_value", "code", value=code, allowed=names(_RULES[scope]))
    inner = row.opt_table("limit")
    step = StepDef(
        code=code,
        label=row.text("label"),
        scope=scope,
        actor=row.text("actor"),
        help=row.text("help", ""),
        optional=row.flag("optional", default=False),
        limit=None if inner is None else _limit(inner, sources, scope),
        source=row.text("source", ""),
    )
    row.finish()
    return step


def _limit(table: Table, sources: Mapping[str, str], scope: Scope) -> Limit:
    certainty, source = Facts(frozenset(sources)).grounds(table)
    limit = Limit(
        month=_between(table, "month", 1, 12),
        day=table.opt_integer("day"),
        days=_between(table, "days", 0, 366),
        working_days=_between(table, "working_days", 0, 366),
        next_month_day=_between(table, "next_month_day", 1, _LAST_DAY_OF_ALL),
        after=table.one_of("after", _ANCHORS[scope], Anchor.BEGUN),
        months=_months(table),
        setting=table.text("setting", ""),
        certainty=certainty,
        source=sources.get(source, ""),
    )
    if sum(key in table for key in _LIMITS) != 1:
        table.fail("definition_one_of", "limit", allowed=", ".join(_LIMITS))
    if (limit.month is None) != (limit.day is None):
        table.fail("definition_missing_key", "day" if limit.day is None else "month")
    if limit.month is not None and limit.day is not None and not _is_day(limit.month, limit.day):
        table.fail("definition_no_day", "day", value=f"{limit.day}/{limit.month}")
    if limit.setting and limit.days is None and limit.working_days is None:
        table.fail("definition_missing_key", "days")  # what the setting would change
    table.finish()
    return limit


def _months(table: Table) -> tuple[int, int] | None:
    if "months" not in table:
        return None
    first, last = _pair(table, "months")
    if not 1 <= first <= last <= 12:
        table.fail("definition_value", "months", value=f"{first}, {last}", allowed="1–12")
    return first, last


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
        month, day = row.integer("month"), row.integer("day")
        if not _is_day(month, day):
            row.fail("definition_no_day", "day", value=f"{day}/{month}")
        if (month, day) in yearly:
            row.fail("definition_codes_twice", "day")
        yearly[month, day] = row.text("label")
        row.finish()
    missing = []
    for row in table.tables("missing"):
        missing.append((row.text("label"), row.text("note")))
        row.finish()
    table.finish()
    return Holidays(yearly, tuple(missing))
