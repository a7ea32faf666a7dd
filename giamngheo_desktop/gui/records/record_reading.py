"""What a section of records reads: the records of the year, and what answers them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.record_form import RecordForm
from giamngheo_desktop.gui.records import offering
from giamngheo_desktop.gui.records.offer_fields import wanted_by
from giamngheo_desktop.gui.records.offering import Answers
from giamngheo_desktop.gui.records.record_work import Values
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.programme.offers import Asked
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True)
class Found:
    """The records of the year, and what their fields may be answered with."""

    records: Mapping[UUID, Values]
    answers: Answers
    others: Mapping[UUID, str]  # other units that recorded some of them
    more: Any = None  # what a subclass reads besides


def read_records(
    database: Database,
    definitions: Definitions,
    form: RecordForm,
    asked: Asked,
    kept: Any,
    read_more: Callable[[], Any] | None,
) -> Found:
    """Runs off the GUI thread."""
    with database.reader() as connection:
        found = years.read(connection, form, asked.unit, asked.year)
        others = years.others(connection, asked.unit, asked.year, found.values())
    fields = [*form.form, *(field for one in form.added.values() for field in one)]
    asked = replace(asked, chosen=offering.chosen_in(fields, list(found.values())))
    answers = offering.read(database, definitions, asked, wanted_by(fields), kept)
    return Found(found, answers, others, read_more() if read_more else None)
