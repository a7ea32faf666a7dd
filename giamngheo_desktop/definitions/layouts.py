"""Reads what plans and reports begin with: a flat list of sections, each with its level."""

from __future__ import annotations

from dataclasses import replace

from giamngheo_desktop.definitions.head import check_days, head_of
from giamngheo_desktop.definitions.loader import Table
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.heading_numbers import HeadingStyle
from giamngheo_desktop.domain.plan_content import ComponentPart, Content
from giamngheo_desktop.domain.plan_layout import Layout, LayoutPart, LayoutSection
from giamngheo_desktop.domain.report_periods import PeriodType
from giamngheo_desktop.domain.standard import Certainty

_STYLES = {one.value: one for one in HeadingStyle}
_PARTS = {one.value: one for one in ComponentPart}
_CONTENTS = {one.value: one for one in Content}
_CERTAINTIES = {one.value: one for one in Certainty}
_LEVELS = {one.value: one for one in (Level.COMMUNE, Level.PROVINCE)}
_PERIODS = {one.value: one for one in PeriodType}
_TYPES = {"plan": "plan", "report": "report"}


def layout_from(table: Table) -> Layout:
    """One layout. Raises DefinitionError, also for codes twice and levels that skip one."""
    found = Layout(
        **head_of(table),
        type=table.one_of("type", _TYPES),
        periods=tuple(_period(table, code) for code in table.texts("periods")),
        source=table.text("source"),
        certainty=table.one_of("certainty", _CERTAINTIES).value,
        level=table.one_of("level", _LEVELS) if "level" in table else None,
        kinds=table.texts("kinds"),
        recommended=table.flag("recommended", False),
        misprints=table.texts("misprints"),
        title=table.text("title"),
        summary=table.text("summary").strip(),
        addressee=table.text("addressee", "").strip(),
        grounds=table.text("grounds", "").strip(),
        opening=table.text("opening", "").strip(),
        closing=table.text("closing", "").strip(),
        parts=tuple(_part(row) for row in table.tables("part")),
        targets_style=table.one_of("targets_style", _STYLES, HeadingStyle.NONE),
        parts_style=table.one_of("parts_style", _STYLES, HeadingStyle.LETTER),
        components_style=table.one_of("components_style", _STYLES, HeadingStyle.DOTTED),
        sections=_sections(table),
    )
    check_days(table)
    table.finish()
    return found


def _period(table: Table, code: str) -> str:
    if code not in _PERIODS:
        table.fail("definition_value", "periods", value=code, allowed=", ".join(_PERIODS))
    return code


def _part(row: Table) -> LayoutPart:
    found = LayoutPart(part=row.one_of("part", _PARTS), title=row.text("title"))
    row.finish()
    return found


def _sections(table: Table) -> tuple[LayoutSection, ...]:
    rows = [(row, *_section(row)) for row in table.tables("section")]
    if not rows:
        table.fail("definition_missing_key", "section")
    codes = [section.code for _, _, section in rows]
    if len(set(codes)) < len(codes):
        table.fail("definition_codes_twice", "section")
    level = 0
    for row, at, _ in rows:
        if not 1 <= at <= level + 1:
            row.fail("definition_value", "level", value=at, allowed=f"1–{level + 1}")
        level = at
    return _nested([(at, section) for _, at, section in rows], 1)


def _section(row: Table) -> tuple[int, LayoutSection]:
    content = row.one_of("content", _CONTENTS) if "content" in row else None
    found = LayoutSection(
        code=row.text("code"),
        title=row.text("title", ""),
        elsewhere=row.text("elsewhere", ""),
        style=row.one_of("style", _STYLES) if "style" in row else None,
        typed=row.text("typed", ""),
        text=row.text("text", "").strip(),
        content=content.value if content else "",
        included=row.flag("included", True),
        annex=row.flag("annex", False),
    )
    level = row.integer("level")
    row.finish()
    return level, found


def _nested(rows: list[tuple[int, LayoutSection]], level: int) -> tuple[LayoutSection, ...]:
    """Those of a level, each with the deeper ones behind it."""
    starts = [at for at, (found, _) in enumerate(rows) if found == level]
    ends = [*starts, len(rows)][1:]
    return tuple(
        replace(rows[start][1], sections=_nested(rows[start + 1 : end], level + 1))
        for start, end in zip(starts, ends, strict=True)
    )
