"""Where somebody worked last on this PC: review and village, by commune."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.gui import preferences

_LAYOUT = "review"  # among what this PC remembers of its screens


def remember(commune: UUID, review: UUID, village: UUID | None) -> None:
    """A folder that can't be written forgets it."""
    layouts = preferences.load().layouts
    known = layouts.get(_LAYOUT)
    places = dict(known) if isinstance(known, Mapping) else {}
    places[commune.hex] = {"review": review.hex, "village": village.hex if village else ""}
    with suppress(AppError, OSError):
        preferences.update(layouts={**layouts, _LAYOUT: places})


def recall(commune: UUID) -> tuple[UUID | None, UUID | None]:
    """Review and village; None where nothing is known."""
    known = preferences.load().layouts.get(_LAYOUT)
    place = known.get(commune.hex) if isinstance(known, Mapping) else None
    if not isinstance(place, Mapping):
        return None, None
    return _uid(place.get("review")), _uid(place.get("village"))


def _uid(text: object) -> UUID | None:
    with suppress(ValueError):
        return UUID(hex=str(text)) if text else None
    return None
