"""Copies of a register that work at the plan of a year, and what they then hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from giamngheo_desktop.domain import issued_merge
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.record_form import OF_VERSION
from giamngheo_desktop.services.exchange import merging
from giamngheo_desktop.services.exchange.differences import Difference
from giamngheo_desktop.services.exchange.merging import MergeReport
from giamngheo_desktop.storage import records
from tests.harness.copies import contents, everything
from tests.harness.register import Register


def act(register: Register) -> Any:
    return register.database, register.context


def rows(register: Register, kind: Kind, **equals: object) -> list[dict[str, Any]]:
    with register.database.reader() as connection:
        return records.find(connection, kind, **equals)


def take(into: Register, *sources: Register) -> MergeReport:
    for source in sources:
        told = merging.merge_edits(*act(into), everything(source.database)).value
    return told


def meet(*copies: Register) -> None:
    """Each takes what each other one knows."""
    sent = [everything(one.database) for one in copies]
    for one in copies:
        for incoming in sent:
            merging.merge_edits(*act(one), incoming)
    for one in copies[1:]:
        assert contents(one.database) == contents(copies[0].database)


def stays_out(register: Register) -> list[Difference]:
    return [one for one in merging.open_clashes(register.database) if one.state == "outside"]


def as_issued(register: Register, plan: UUID) -> dict[UUID, dict[str, Any]]:
    """What a version holds, but for what is typed of it later."""
    with register.database.reader() as connection:
        held = {Kind.DOCUMENT: records.find(connection, Kind.DOCUMENT, uid=plan)}
        held |= {kind: records.find(connection, kind, document=plan) for kind in OF_VERSION}
    return {
        one["uid"]: {k: v for k, v in one.items() if k not in issued_merge.LATER.get(kind, ())}
        for kind, found in held.items()
        for one in found
    }
