"""Clocks and ids of the sample: both come from the seed and the sample's own calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from random import Random
from uuid import UUID

from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.ids import uuid7_factory

ContextAt = Callable[[datetime], Context]  # a context whose clock stands at that moment

_VIETNAM = timezone(timedelta(hours=7))  # ids may not depend on the machine's time zone


def seeded_contexts(seed: int, actor: str) -> ContextAt:
    """Contexts that give the same ids and times on every machine and every day.

    All of them share one id factory, so moments must not go backwards.
    """
    random = Random(f"{seed}/ids")
    moment = datetime(2020, 1, 1)  # noqa: DTZ001 - replaced before the first id is made

    def now() -> datetime:
        return moment.replace(tzinfo=_VIETNAM)

    new_id = uuid7_factory(now, random.getrandbits)
    origin = UUID(int=random.getrandbits(128), version=4)

    def context_at(at: datetime) -> Context:
        nonlocal moment
        moment = at
        return Context(now=lambda: at, new_id=new_id, actor=actor, origin=origin)

    return context_at
