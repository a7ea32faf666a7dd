"""Whom the danh sách kỳ of a policy entitle on the day of a support, by their rules as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.entitlement import Given
from giamngheo_desktop.domain.period_list import Span, spans
from giamngheo_desktop.services.programme.entitled_homes import Register
from giamngheo_desktop.services.programme.policy_values import KnownValues
from giamngheo_desktop.storage.engine import Connection


def entitled(
    connection: Connection, definitions: Definitions, asked: Iterable[Given]
) -> frozenset[UUID]:
    """Those of the supports; of a policy without a list none."""
    wanted: dict[tuple[str, date], list[Given]] = {}
    for one in asked:
        policy = definitions.supports.get(one.policy)
        for code in policy.period_lists if policy else ():
            wanted.setdefault((code, one.supported_on), []).append(one)
    return frozenset(
        one.uid
        for (code, day), rows in wanted.items()
        for span in _spans(connection, definitions, code, day, {one.household for one in rows})
        for one in rows
        if _is_of(one, span)
    )


def _is_of(one: Given, span: Span) -> bool:
    """Whether it is that household's, and that person's where both name one."""
    if one.household != span.household:
        return False
    return None in (one.person, span.person) or one.person == span.person


def _spans(
    connection: Connection, definitions: Definitions, code: str, day: date, homes: set[UUID]
) -> Iterator[Span]:
    """The entitlements of these households that hold on the day."""
    definition = definitions.period_list(code, day)
    period, values = definition.period_with(day), KnownValues(connection, definitions, day)
    register = Register(connection, definitions, definition, period, values, homes)
    villages = frozenset(place.village for home in register.homes.values() for place in home.places)
    for own in spans(register.listed(), definition, villages).values():
        yield from (span for span in own if span.first <= day <= span.last)
