"""One helper for many households, in one action: those of a village whom nobody helps yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.helping import WATCHES, Helper
from giamngheo_desktop.services.programme import offers
from giamngheo_desktop.services.programme.helping import helping, names_of
from giamngheo_desktop.services.programme.homes import Home
from giamngheo_desktop.services.programme.offers import Asked, Offered
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database

_HELPS = "household"  # of the list assignment_roles


@dataclass(frozen=True, slots=True, kw_only=True)
class Unhelped:
    """Listed households without a helper on a day, by village; who may help, persons first."""

    villages: dict[str, list[Home]]
    officers: Sequence[Offered]
    bodies: Sequence[Offered]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForHomes:
    """Who helps which households from a day on, by which paper."""

    helper: Helper
    households: Sequence[UUID]
    valid_from: date
    decision_number: str | None = None
    decision_on: date | None = None


def unhelped(database: Database, definitions: Definitions, asked: Asked) -> Unhelped:
    """Whom a unit has left without a helper."""
    found: dict[str, list[Home]] = {}
    for home in helping(database, definitions, unit=asked.unit, day=asked.day).without:
        found.setdefault(home.village, []).append(home)
    offered = offers.offers(database, definitions, asked, ["officer", "body"])
    return Unhelped(villages=found, officers=offered["officer"], bodies=offered["body"])


def assign_many(
    database: Database, context: Context, unit: UUID, wanted: ForHomes
) -> Done[tuple[UUID, ...]]:
    """Whom the helper has already from that day on is left out.

    RefusedError `assign_nobody` where no household is left, or no helper is named.
    """
    helper = wanted.helper
    with write_unit(database, context, Op.SAVE_RECORD) as work:
        has = {
            row["household"]
            for row in records.find(work.connection, Kind.ASSIGNMENT, officer=helper.officer)
            if Helper.of(row["officer"], row["body"]) == helper
            and row["role"] != WATCHES
            and (row["valid_to"] is None or row["valid_to"] >= wanted.valid_from)
        }
        homes = [uid for uid in dict.fromkeys(wanted.households) if uid not in has]
        if not homes or not (helper.officer or helper.body):
            raise RefusedError("assign_nobody")
        columns = (name for name in records.columns(Kind.ASSIGNMENT) if name != "removed")
        row: dict[str, Any] = {
            **dict.fromkeys(columns),
            "area": unit,
            "officer": helper.officer,
            "body": helper.body,
            "role": _HELPS,
            "valid_from": wanted.valid_from,
            "decision_number": wanted.decision_number,
            "decision_on": wanted.decision_on,
        }
        made = work.insert_many(Kind.ASSIGNMENT, [{**row, "household": uid} for uid in homes])
        (name,) = names_of(work.connection, [row]).values()
        work.subject = texts.HELPING["assigned"].format(name=name.name, count=len(homes))
    return Done(tuple(made), work.changes)
