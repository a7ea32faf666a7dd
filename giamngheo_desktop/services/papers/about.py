"""Whom or what a paper is printed for, and what was read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.paper_facts import FactRow
from giamngheo_desktop.services.confirming import Confirmation
from giamngheo_desktop.storage.engine import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """The subject of a paper; each paper looks at what its kind needs, all None: a blank one.

    `day` is the day of a household's data sheet or giấy đề nghị, or on which a confirmation is
    signed; `standard` that of a decision; empty: today, and the main standard of the review. `year`
    is that of a book.
    """

    household: UUID | None = None
    application: UUID | None = None
    certificate: UUID | None = None
    review: UUID | None = None
    village: UUID | None = None
    meeting: UUID | None = None
    posting: UUID | None = None
    standard: str = ""
    day: date | None = None
    confirmation: Confirmation | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An open snapshot of the file."""

    connection: Connection
    definitions: Definitions
    today: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a subject says. `signed_on` is the day printed (None: left to the pen), `day` the one
    whose offices are named; `data_date` the one the paper is about, where it says so, else `known`
    the last one whose data it may hold (None: it holds none); `place` is the unit whose commune
    prints it; `number` and `signer` are the paper's own, `notes` stand below it.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Sequence[FactRow]] = field(default_factory=dict)
    place: UUID | None = None
    signed_on: date | None = None
    day: date | None = None
    data_date: date | None = None
    known: date | None = None
    number: str = ""
    signer: str = ""
    notes: tuple[str, ...] = ()
