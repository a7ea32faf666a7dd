"""Clock, ids, actor and origin, passed in: nothing below the composition root asks the machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Context:
    """Who acts, when, and where new ids come from.

    `new_id` gives time-ordered UUIDs (version 7); `origin` is new at every program start.
    """

    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    actor: str
    origin: UUID

    def today(self) -> date:
        return self.now().date()
