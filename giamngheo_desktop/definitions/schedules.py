"""Reads presets of chế độ báo cáo."""

from __future__ import annotations

from giamngheo_desktop.definitions.facts import Facts, sources_of
from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.report_calendar import Direction, Senders
from giamngheo_desktop.domain.report_periods import PeriodType
from giamngheo_desktop.domain.schedule_preset import PresetSchedule, SchedulePreset
from giamngheo_desktop.domain.standard import Fact

_DIRECTIONS = {one.value: one for one in Direction}
_SENDERS = {one.value: one for one in Senders}


def schedule_preset_from(table: Table) -> SchedulePreset:
    """One file of reports. Raises DefinitionError."""
    sources = sources_of(table)
    facts = Facts(frozenset(sources))
    found = SchedulePreset(
        **head_of(table),
        schedules=tuple(_schedule(row, facts) for row in table.tables("schedule")),
        sources=sources,
    )
    check_days(table)
    table.finish()
    if not found.schedules:
        table.fail("definition_missing_key", "schedule")
    return found


def _schedule(row: Table, facts: Facts) -> PresetSchedule:
    certainty, source = facts.grounds(row)
    schedule = PresetSchedule(
        direction=row.one_of("direction", _DIRECTIONS),
        period=_period(row, facts),
        content=row.text("content"),
        senders=row.one_of("senders", _SENDERS),
        sender=row.text("sender", ""),
        via=facts.text(row, "via") if "via" in row else None,
        recipient=facts.text(row, "recipient") if "recipient" in row else None,
        due_day=_within(row, facts.integer(row, "due_day"), "due_day", 31),
        due_month=_whole(row, facts, "due_month", 12),
        before=row.flag("before", True),
        cutoff_day=_whole(row, facts, "cutoff_day", 31),
        certainty=certainty,
        source=source,
    )
    row.finish()
    return schedule


def _period(row: Table, facts: Facts) -> Fact[str]:
    fact = facts.known(facts.text, row, "period")
    allowed = [one.value for one in PeriodType]
    if fact.value not in allowed:
        row.fail("definition_value", "period", value=fact.value, allowed=", ".join(allowed))
    return fact


def _whole(row: Table, facts: Facts, key: str, most: int) -> Fact[int] | None:
    return _within(row, facts.integer(row, key), key, most) if key in row else None


def _within(row: Table, fact: Fact[int], key: str, most: int) -> Fact[int]:
    if fact.value is not None and not 1 <= fact.value <= most:
        row.fail("definition_value", key, value=fact.value, allowed=f"1–{most}")
    return fact
