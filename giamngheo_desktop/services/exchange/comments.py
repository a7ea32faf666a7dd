"""Comments of a district or province on figures of a commune; they travel down as a workbook."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import __version__
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.package import Batch, DataTable, Manifest, PackageKind
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.exchange import book
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import areas, packages, records
from giamngheo_desktop.storage.engine import Connection, Database
from giamngheo_desktop.storage.schema import HEAD

TABLE = "comment"
_PREFIX = "package_comment/"  # settings: one for each comment
_SETTLED = "comment_settled/"  # settings: one for each that the commune has dealt with


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What is said about a figure: a table by its code, a cell by its row and column in words."""

    uid: str
    unit: str  # the commune's uid
    year: int
    report: str
    row: str
    column: str
    figure: str
    text: str
    author: str
    at: str

    @property
    def place(self) -> str:
        """The table, the row, the column and the figure that it is about."""
        return _place(self.report, self.row, self.column, self.figure)

    @property
    def line(self) -> str:
        """All of it for a reader."""
        return f"{self.year} {self.place}: {self.text} ({self.author})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What a comment may be about: as in `Comment`."""

    unit: UUID
    year: int
    report: str
    row: str = ""
    column: str = ""
    figure: str = ""

    @property
    def place(self) -> str:
        return _place(self.report, self.row, self.column, self.figure)

    def named(self) -> dict[str, Any]:
        """The arguments of `add` that say it."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def key_of(figure: Figure) -> str:
    """A name for what is being typed about it, of ASCII letters and digits."""
    said = f"{figure.unit.hex} {figure.year} {figure.place}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _place(*parts: str) -> str:
    return ", ".join(filter(None, parts))


_COLUMNS = tuple(one.name for one in fields(Comment) if one.name != "unit")


def add(
    database: Database,
    context: Context,
    *,
    unit: UUID,
    year: int,
    report: str,
    row: str,
    column: str,
    figure: str,
    text: str,
) -> Done[Comment]:
    """Say something about a figure of a commune. RefusedError `comment_empty`."""
    said = clean(text)
    if not said:
        raise RefusedError("comment_empty")
    comment = Comment(
        uid=context.new_id().hex,
        unit=unit.hex,
        year=year,
        report=report,
        row=row,
        column=column,
        figure=figure,
        text=said,
        author=context.actor,
        at=context.now().replace(microsecond=0, tzinfo=None).isoformat(),
    )
    with write_unit(database, context, Op.COMMENT_FIGURE, unit=unit) as work:
        work.subject = f"{report} {year}"
        _keep(work, comment)
    return Done(comment, work.changes)


def comments(database: Database, unit: UUID | None = None) -> list[Comment]:
    """The comments on a commune, or on all, oldest first."""
    with database.reader() as connection:
        found = _stored(connection)
    wanted = [one for one in found.values() if unit is None or one.unit == unit.hex]
    return sorted(wanted, key=lambda one: (one.at, one.uid))


def settled(database: Database) -> frozenset[str]:
    """The uids of the comments that were dealt with."""
    with database.reader() as connection:
        return frozenset(_settled(connection))


def settle(database: Database, context: Context, uids: Collection[str], *, done: bool) -> Done[int]:
    """Say of comments that they are dealt with, or not yet; returns of how many that is news.

    Raises RefusedError `record_missing` for a comment that is not there.
    """
    with write_unit(database, context, Op.SETTLE_COMMENT) as work:
        there, before = _stored(work.connection), _settled(work.connection)
        if not there.keys() >= set(uids):
            raise RefusedError("record_missing")
        news = [uid for uid in uids if (uid in before) is not done]
        for uid in news:
            work.subject = f"{there[uid].report} {there[uid].year}"
            if done:
                today = context.today()
                code = f"{_SETTLED}{uid}"
                work.insert(Kind.SETTING, code=code, value="yes", valid_from=today, valid_to=None)
            else:
                work.remove(Kind.SETTING, before[uid])
    return Done(len(news), work.changes)


def _settled(connection: Connection) -> dict[str, UUID]:
    """The setting of each comment that was dealt with."""
    return {
        row["code"].removeprefix(_SETTLED): row["uid"]
        for row in records.find(connection, Kind.SETTING)
        if row["code"].startswith(_SETTLED)
    }


def to_send(
    database: Database, context: Context, unit: UUID
) -> tuple[Manifest, DataTable, Sequence[Comment]]:
    """The package of all comments on a commune. RefusedErrors `unit_not_there_then`,
    `no_comments`.
    """
    said = comments(database, unit)
    with database.reader() as connection:
        names = areas.last_names(connection, context.today())
    if unit not in names:
        raise RefusedError("unit_not_there_then")
    if not said:
        raise RefusedError("no_comments")
    manifest = Manifest(
        kind=PackageKind.COMMENTS,
        schema=HEAD,
        program=__version__,
        unit=unit.hex,
        unit_name=names[unit],
        level="commune",
        sequence=len(said),
        made_at=context.now().replace(microsecond=0, tzinfo=None).isoformat(),
        made_by=context.actor,
    )
    rows = [[str(getattr(one, name)) for name in _COLUMNS] for one in said]
    return manifest, DataTable(TABLE, _COLUMNS, rows), said


def receive(
    database: Database,
    context: Context,
    manifest: Manifest,
    batches: Iterable[Batch],
    *,
    name: str,
) -> Done[list[Comment]]:
    """Take comments in; returns those that are new. One undo step, nothing for a file known.

    Raises AppErrors package_not_comments, package_other_unit (said), package_damaged.
    """
    if manifest.kind is not PackageKind.COMMENTS:
        raise AppError("package_not_comments", name=name)
    unit = UUID(hex=manifest.unit)
    with write_unit(database, context, Op.RECEIVE_COMMENTS, unit=unit) as work:
        work.subject = manifest.unit_name
        if records.get(work.connection, Kind.AREA, unit) is None:
            raise AppError("package_other_unit", name=name, said=manifest.unit_name)
        known = _stored(work.connection)
        try:
            new = [one for one in _read(manifest.unit, batches) if one.uid not in known]
        except (KeyError, TypeError, ValueError) as error:
            raise AppError("package_damaged", name=name) from error
        for one in new:
            _keep(work, one)
        if new:
            day = context.today()
            entry = book.row_of(manifest, name, direction=packages.RECEIVED, received_on=day)
            work.insert(Kind.PACKAGE, **entry)
    return Done(new, work.changes)


def _read(unit: str, batches: Iterable[Batch]) -> list[Comment]:
    found = []
    for batch in batches:
        if batch.table != TABLE:
            raise ValueError(batch.table)
        for row in batch.rows:
            said = {key: value or "" for key, value in zip(batch.columns, row, strict=True)}
            year = int(said.pop("year"))
            comment = Comment(**said, year=year, unit=unit)
            date.fromisoformat(comment.at[:10])  # ValueError before anything is written
            found.append(comment)
    return found


def _stored(connection: Connection) -> dict[str, Comment]:
    found = [
        Comment(**json.loads(row["value"]))
        for row in records.find(connection, Kind.SETTING)
        if row["code"].startswith(_PREFIX)
    ]
    return {one.uid: one for one in found}


def _keep(work: WriteUnit, comment: Comment) -> None:
    work.insert(
        Kind.SETTING,
        code=f"{_PREFIX}{comment.uid}",
        value=json.dumps(asdict(comment), ensure_ascii=False, sort_keys=True),
        valid_from=date.fromisoformat(comment.at[:10]),
        valid_to=None,
    )
