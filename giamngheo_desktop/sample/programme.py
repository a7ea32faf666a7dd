"""Records of the programme in the sample's last year: a few of each kind, from resources/sample."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from typing import Any

from giamngheo_desktop import paths
from giamngheo_desktop.domain.changes import Kind, Op
from giamngheo_desktop.sample.book import YEARS
from giamngheo_desktop.sample.records import Records
from giamngheo_desktop.services.unit import write_unit

_ORDER = (  # whoever is named comes first
    Kind.BODY,
    Kind.OFFICER,
    Kind.PLAN_COMPONENT,
    Kind.TASK,
    Kind.ACTIVITY,
    Kind.BUDGET_LINE,
    Kind.FUND_ENTRY,
    Kind.SUPPORT_EVENT,
    Kind.SUPPORT,
    Kind.NEED,
    Kind.ASSIGNMENT,
    Kind.VISIT,
    Kind.HOUSEHOLD_PLAN,
    Kind.INCIDENT,
)
WRITTEN = datetime.combine(date(YEARS[-1], 12, 31), time(16))


def write_programme(known: Records) -> None:
    """After everything else, so that nothing else changes by it."""
    text = (paths.resources() / "sample" / "programme.toml").read_text(encoding="utf-8")
    write_table(known, tomllib.loads(text))


def write_table(known: Records, table: dict[str, Any]) -> None:
    """The records of a table that says their year."""
    sample = known.sample
    context = sample.context_at(WRITTEN)
    with write_unit(sample.database, context, Op.LOAD_SAMPLE, unit=sample.commune) as work:
        work.subject = str(table["year"])
        for kind in _ORDER:
            known.write(work, kind, table.get(kind.value, ()), table["year"])
