"""What the sections of packages upward do off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.package import Manifest
from giamngheo_desktop.domain.package_columns import Recipient, usual_recipient
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.office_lock import locked
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.exports.safe_file import make_folder, write_bytes
from giamngheo_desktop.gui.desk import Desk
from giamngheo_desktop.gui.exchange.busy_line import Stop
from giamngheo_desktop.gui.preview.report_work import Behind
from giamngheo_desktop.reports import collecting as files
from giamngheo_desktop.reports import upward as package
from giamngheo_desktop.reports.collecting import Outcome
from giamngheo_desktop.reports.received_report import keep_received
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import collecting, comments, senders, upward
from giamngheo_desktop.services.exchange.comments import Comment, Figure
from giamngheo_desktop.services.exchange.senders import Sender


@dataclass(frozen=True, slots=True)
class Sending:
    """What the section that sends begins with."""

    recipient: Recipient
    groups: frozenset[str]  # of personal columns that go to the district or province
    comments: Sequence[Comment]
    settled: frozenset[str]  # uids of those dealt with
    refused: AppError | None  # why the year has no package


@dataclass(frozen=True, slots=True)
class Given:
    """What the section of comments given begins with: communes that sent, all comments."""

    communes: Sequence[tuple[UUID, str]]
    comments: Sequence[Comment]


@dataclass(frozen=True, slots=True)
class Awaited:
    """Who sent and who has to, and the last day of the year for it."""

    senders: Sequence[Sender]
    limit: date | None


@dataclass(frozen=True, slots=True)
class Sent:
    path: Path
    manifest: Manifest


def file_level(desk: Desk) -> Level:
    """Whose file it is: a commune sends, a district or province receives."""
    with desk.database.reader() as connection:
        return areas.file_level(connection, desk.context.today())


def sending(desk: Desk, year: int) -> Sending:
    with desk.database.reader() as connection:
        to = upward.recipient_of(connection, year)
        groups = upward.groups_of(connection, usual_recipient(year), date(year, 12, 31))
    refused = upward.refusal(desk.database, desk.unit(year), year)
    said, settled = comments.comments(desk.database), comments.settled(desk.database)
    return Sending(to, groups, said, settled, refused)


def given(desk: Desk) -> Given:
    today = desk.context.today()
    sent = senders.senders(desk.database, today.year, today)
    communes = [(one.unit, one.name) for one in sent if one.unit is not None]
    return Given(communes, comments.comments(desk.database))


def write_comments(desk: Desk, unit: UUID, path: Path) -> Done[Path] | Path:
    make_folder(path.parent)
    done = files.write_comments(desk.database, desk.context, unit, path)
    return Done(path, done.changes) if done else path


def figure_of(desk: Desk, behind: Behind) -> Figure | None:
    """The figure of a table as a comment names it; None where it is of no commune alone."""
    source, value = behind.source, behind.value
    day = source.as_of or date(source.year or desk.context.today().year, 12, 31)
    tree = areas.tree(desk.database, source.geography or day)
    unit = tree.get(source.unit)
    around = [unit, *tree.ancestors(unit.uid)] if unit is not None else []
    commune = next((one for one in around if one.level is Level.COMMUNE), None)
    if commune is None:
        return None
    shown = format_integer(value) if isinstance(value, int) else ""
    return Figure(
        unit=commune.uid,
        year=day.year,
        report=behind.code,
        row=behind.place,
        column=behind.heading,
        figure=format_rate(value) if isinstance(value, Decimal) else shown,
    )


def send(
    desk: Desk,
    path: Path,
    year: int,
    unit: UUID,
    to: Recipient,
    passphrase: Passphrase | None,
    stop: Stop,
) -> Done[Sent]:
    """Write the package, then enter it into the book of packages: its number is used."""
    make_folder(path.parent)
    data, manifest = package.package_bytes(
        desk.database,
        desk.definitions,
        desk.context,
        year=year,
        unit=unit,
        recipient=to,
        step=stop.check,
    )
    write_bytes(path, locked(data, passphrase))
    done = upward.record_sent(desk.database, desk.context, manifest, to, path.name)
    return Done(Sent(path, manifest), done.changes)


def awaited(desk: Desk, year: int) -> Awaited:
    found = senders.senders(desk.database, year, desk.context.today())
    return Awaited(found, senders.limit_of(desk.database, year))


def receive_comments(
    desk: Desk, path: Path, passphrase: Passphrase | None, stop: Stop
) -> Done[Outcome]:
    with PackageReader(passphrase) as reader:
        manifest, batches = reader.read(path)
        found = stop.through(batches)
        done = comments.receive(desk.database, desk.context, manifest, found, name=path.name)
    return Done(Outcome(path, comments=tuple(done.value)), done.changes)


def receive(
    desk: Desk, path: Path, passphrase: Passphrase | None, stop: Stop
) -> Done[Outcome] | Outcome:
    """One file, whole or not at all; what is refused is told with the others."""
    stop.check()
    try:
        with PackageReader(passphrase) as reader:
            manifest, batches = reader.read(path)
            found = stop.through(batches)
            done = collecting.receive(desk.database, desk.context, manifest, found, name=path.name)
    except AppError as error:
        return Outcome(path, refused=error)
    keep_received(desk.database, done.changes, done.value, path.name, desk.context.today())
    return Done(Outcome(path, received=done.value), done.changes)
