"""`giamngheo check`: what is wrong in the register, as rows and as lines."""

from __future__ import annotations

from datetime import date

from giamngheo_desktop import texts
from giamngheo_desktop.cli.command import Answer
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.services import checks
from giamngheo_desktop.storage.engine import Database


def check(database: Database, definitions: Definitions, *, day: date, today: date) -> Answer:
    labels = {
        code: field.short_label for code, field in definitions.fields("household", "member").items()
    }
    found = checks.check_register(database, definitions, day=day, today=today)
    stored = checks.stored_contradictions(database, day)
    broken = checks.broken_audit_link(database)
    rows = [
        {
            "household": str(finding.household),
            "label": finding.label,
            "severity": finding.problem.severity.value,
            "code": finding.problem.code,
            "text": texts.problem_text(finding.problem, labels),
        }
        for finding in found
    ]
    rows += [
        {
            "household": "" if item.household is None else str(item.household),
            "label": item.label,
            "severity": "error",
            "code": item.contradiction.code,
            "text": texts.CONTRADICTIONS[item.contradiction.code].format(
                **item.contradiction.params
            ),
        }
        for item in stored
    ]
    if broken is not None:
        text = texts.CLI["audit_broken"].format(seq=broken)
        rows.append(
            {"household": "", "label": "", "severity": "error", "code": "audit", "text": text}
        )
    lines = [_line(row["label"], row["text"]) for row in rows]
    return Answer(rows, [*lines, texts.CLI["findings"].format(count=len(rows))], finds=bool(rows))


def _line(label: str, text: str) -> str:
    """A finding with its household, which is named once: by its head, whom it may be about."""
    return text if not label or text.startswith(f"{label}: ") else f"{label}: {text}"
