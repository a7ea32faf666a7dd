"""Who goes to the households of each village: the surveyors (rà soát viên) of a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.services.review import reviews
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import records
from giamngheo_desktop.storage.engine import Database


def set_surveyors(
    database: Database, context: Context, review: UUID, names: Mapping[UUID, Sequence[str]]
) -> Done[None]:
    """The surveyors of these villages are these; other villages stay as they are.

    One name for another is the same person, better written: the forms handed out to it follow.
    Raises RefusedError `surveyor_in_use` for one who is taken away and still has cases.
    """
    with write_unit(database, context, Op.CHANGE_REVIEW) as work:
        row = reviews.running(work.connection, review)
        work.subject = reviews.name_at(work.connection, row, list(names))
        for village, wanted in names.items():
            _set(work, review, village, list(dict.fromkeys(wanted)))
    return Done(None, work.changes)


def _set(work: WriteUnit, review: UUID, village: UUID, wanted: list[str]) -> None:
    rows = records.find(work.connection, Kind.SURVEYOR, review=review, village=village)
    gone = [row for row in rows if row["name"] not in wanted]
    known = {row["name"] for row in rows}
    new = [name for name in wanted if name not in known]
    for row, name in zip(gone, new, strict=False):
        work.update(Kind.SURVEYOR, row["uid"], name=name)
    for row in gone[len(new) :]:
        given = records.find(work.connection, Kind.CASE, surveyor=row["uid"])
        if given:
            raise RefusedError("surveyor_in_use", name=row["name"], count=len(given))
        work.remove(Kind.SURVEYOR, row["uid"])
    for name in new[len(gone) :]:
        work.insert(Kind.SURVEYOR, review=review, village=village, name=name, phone=None)
