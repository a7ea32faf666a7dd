"""Files that come in: packages of communes into a province, comments into a commune."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Done, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Manifest, PackageKind, ReadableSheet
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.package_book import package_book
from giamngheo_desktop.exports.package_read import PackageReader, other_kind
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports.received_report import keep_received
from giamngheo_desktop.services.exchange import book, collecting, comments
from giamngheo_desktop.services.exchange.collecting import Received
from giamngheo_desktop.services.exchange.comments import Comment
from giamngheo_desktop.services.exchange.proving import prove
from giamngheo_desktop.storage.engine import Database

Step = Callable[[], None]  # called before each file; may raise Cancelled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: taken in, new comments, or refused."""

    path: Path
    received: Received | None = None
    comments: tuple[Comment, ...] = ()
    refused: AppError | None = None


def packages_in(paths: Iterable[Path]) -> list[Path]:
    """The workbooks that are named or lie in named folders, each once."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.glob("*.xlsx")) if path.is_dir() else [path]
        found |= dict.fromkeys(one for one in inside if not one.name.startswith("~$"))
    return list(found)


def receive_all(
    database: Database,
    context: Context,
    paths: Iterable[Path],
    *,
    passphrase: Passphrase | None = None,
    step: Step | None = None,
) -> Iterator[Outcome]:
    """Take in every file, each a transaction and an undo step of its own; what is refused does
    not stop the others. Those that are locked open with one passphrase, or are refused.
    """
    with PackageReader(passphrase) as reader:
        for path in packages_in(paths):
            if step is not None:
                step()
            try:
                yield _receive(reader, database, context, path)
            except AppError as error:
                yield Outcome(path, refused=error)


def _receive(reader: PackageReader, database: Database, context: Context, path: Path) -> Outcome:
    manifest, batches = reader.read(path)
    if manifest.kind is PackageKind.COMMENTS:
        said = comments.receive(database, context, manifest, batches, name=path.name).value
        return Outcome(path, comments=tuple(said))
    if manifest.kind is not PackageKind.UP:
        raise other_kind(manifest.kind, path.name)
    done = collecting.receive(database, context, manifest, batches, name=path.name)
    keep_received(database, done.changes, done.value, path.name, context.today())
    return Outcome(path, received=done.value)


def verified(context: Context, path: Path, passphrase: Passphrase | None = None) -> Manifest:
    """The manifest of a package of which every row is proven; one upward could be taken, too.

    AppErrors of `PackageReader.read` and `collecting.receive`.
    """
    with PackageReader(passphrase) as reader:
        manifest, batches = reader.read(path)
        if manifest.kind is PackageKind.UP:
            prove(context, manifest, batches, name=path.name)
        for _ in batches:
            pass
    return manifest


def write_comments(
    database: Database, context: Context, unit: UUID, path: Path
) -> Done[None] | None:
    """The workbook of all comments on a commune; what is entered into the book, as
    `book.record_sent`. Errors of `comments.to_send`, `safe_file`.
    """
    manifest, table, said = comments.to_send(database, context, unit)
    cover = texts.COMMENTS
    lines = [
        (texts.COVER["unit"], manifest.unit_name),
        (texts.COVER["made_by"], manifest.made_by),
        (cover["count"], str(len(said))),
        ("", cover["hint"]),
    ]
    made = datetime.fromisoformat(manifest.made_at)
    workbook = package_book(cover["title"], lines, unit=manifest.unit_name, made=made)
    headings = [cover[name] for name in ("year", "report", "row", "column", "figure", "text", "by")]
    rows: list[list[str | int]] = [
        [one.year, one.report, one.row, one.column, one.figure, one.text, one.author]
        for one in said
    ]
    readable = ReadableSheet(cover["sheet"], headings, rows)
    data, sealed = write_package(workbook, manifest, [table], readable=[readable])
    write_bytes(path, data)
    sent = [book.row_of(sealed, path.name)]
    return book.record_sent(database, context, Op.SEND_COMMENTS, manifest.unit_name, sent)
