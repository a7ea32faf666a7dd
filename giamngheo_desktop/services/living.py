"""Where a household lives: as its village goes into another one, it lives on in that.

So it is whatever was typed first, the event or the merger. After a split nobody knows in which part
somebody lives: households are moved by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from giamngheo_desktop.domain.area import Succession, sole_heirs
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services.dated import DAY, Row, lasts
from giamngheo_desktop.services.unit import WriteUnit
from giamngheo_desktop.storage import areas, records
from giamngheo_desktop.storage.pasts import ENDINGS

SUCCESSION = "succession"


def go_on(work: WriteUnit, place: Row, day: date, village: UUID) -> UUID:
    """From `day` on the same stay is one in another village; if it has ended it still says why."""
    reason = place["reason"] if place["reason"] in ENDINGS else SUCCESSION
    return work.succeed(Kind.PLACE, place, day, village=village, reason=reason)


def follow(work: WriteUnit, uid: UUID, instead_of: UUID | None = None) -> None:
    """Let a place that was just written follow its village.

    `instead_of` is the village the household lived in as far as was known: where it followed that
    one into another, it did not.
    """
    steps = areas.successions(work.connection)
    if instead_of is not None:
        _rejoin(work, work.living(Kind.PLACE, uid), instead_of, steps)
    while True:
        place = work.living(Kind.PLACE, uid)
        ahead = [
            step
            for step in sole_heirs(steps, place["village"])
            if step.effective_on > place["valid_from"] and lasts(place, step.effective_on)
        ]
        if not ahead:
            return
        step = min(ahead, key=lambda step: step.effective_on)
        uid = go_on(work, place, step.effective_on, step.new)


def _rejoin(work: WriteUnit, place: Row, village: UUID, steps: Iterable[Succession]) -> None:
    """Take the stays away that only followed `village`; the place lasts as long as they did."""
    rows = records.find(work.connection, Kind.PLACE, household=place["household"])
    last = place["valid_to"]
    reason = place["reason"]
    while last is not None:
        followed = next(
            (
                row
                for row in rows
                for step in sole_heirs(steps, village)
                if row["valid_from"] == step.effective_on == last + DAY
                and row["village"] == step.new
            ),
            None,
        )
        if followed is None:
            break
        work.remove(Kind.PLACE, followed["uid"])
        village, last = followed["village"], followed["valid_to"]
        reason = followed["reason"] if followed["reason"] in ENDINGS else reason
    work.change(Kind.PLACE, place["uid"], place, {"valid_to": last, "reason": reason})
