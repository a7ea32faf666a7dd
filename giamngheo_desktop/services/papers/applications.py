"""What giấy đề nghị (Mẫu 01, Mẫu 04) and the answer to one say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from giamngheo_desktop.domain.applications import Outcome, Purpose
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.services.papers import households
from giamngheo_desktop.services.papers.about import About, Reading, Told
from giamngheo_desktop.services.papers.office import NAMELESS, village_names
from giamngheo_desktop.storage import records
from giamngheo_desktop.texts.paper_words import APPLICATION_ASKS, BOX, CLASS_WORDS, TICKED

Row = Mapping[str, Any]


def of_application(reading: Reading, about: About) -> Told:
    """An application of the book; or one that a household may hand in; blank without either.

    RefusedErrors `record_missing`, `household_not_yet`.
    """
    row = _row(reading, about)
    uid = row["household"] if row else about.household
    day = households.day_of(reading, uid, about) if uid else about.day or reading.today
    home = households.read(reading, uid, day) if uid else None
    values, rows = households.household_facts(reading, home, day)
    village = row["village"] if row else (home.village if home else None)
    if row and not uid:  # nobody of the register: what the book knows
        names = village_names(reading, day)
        found = names.get(row["village"], NAMELESS)
        values |= {
            "head.name": row["applicant"],
            "village.name": found.name,
            "village.full": found.full,
        }
    listed = values.get("household.class", "")
    leaves = row is None or row["purpose"] == Purpose.LEAVE
    return Told(
        values={
            **values,
            **_asked(row),
            "application.leave_poor": _box(leaves and listed == CLASS_WORDS["poor"]),
            "application.leave_near_poor": _box(leaves and listed == CLASS_WORDS["near_poor"]),
        },
        rows={**rows, "reasons": _reasons(reading, row, day)},
        place=village,
        signed_on=row["answered_on"] if row else None,
        day=day,
        known=day if row or home else None,
        number=(row["answer_number"] or "") if row else "",
        notes=households.as_today(reading, about, day) if home else (),
    )


def _row(reading: Reading, about: About) -> Row | None:
    if about.application is None:
        return None
    row = records.get(reading.connection, Kind.APPLICATION, about.application)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    return row


_BOXES = ("enter", "average", "accepted_box", "refused_box")


def _asked(row: Row | None) -> dict[str, str]:
    if row is None:
        return {f"application.{box}": BOX for box in _BOXES}
    purpose, outcome, answered = row["purpose"], row["outcome"], row["answered_on"]
    return {
        "application.applicant": row["applicant"],
        "application.enter": _box(purpose == Purpose.ENTER),
        "application.average": _box(purpose == Purpose.AVERAGE_LIVING),
        "application.asks": APPLICATION_ASKS[purpose],
        "application.received_on": format_date(row["received_on"]),
        "application.detail": row["detail"] or "",
        "application.accepted": TICKED if outcome == Outcome.ACCEPTED else "",
        "application.refused": TICKED if outcome == Outcome.REFUSED else "",
        "application.accepted_box": _box(outcome == Outcome.ACCEPTED),
        "application.refused_box": _box(outcome == Outcome.REFUSED),
        "application.answered_on": format_date(answered) if answered else "",
        "application.answer": row["answer"] or "",
    }


def _reasons(reading: Reading, row: Row | None, day: date) -> list[FactRow]:
    day = row["received_on"] if row else day
    given = (row["reasons"] or ()) if row else ()
    entries = reading.definitions.choice_list("application_reasons", day)
    return [{"box": _box(entry.code in given), "label": entry.label} for entry in entries]


def _box(ticked: bool) -> str:
    return TICKED if ticked else BOX
