"""Files of former communes: packages, registers and lists, into the register here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Batch
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.exports.list_read import read_source
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.reports.former_report import keep_former
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import figures, former, upward
from giamngheo_desktop.services.exchange.batches import batches_of
from giamngheo_desktop.services.exchange.former import Former, Looked, Pending, Source
from giamngheo_desktop.services.exchange.former_list import ListSource
from giamngheo_desktop.services.exchange.former_register import RegisterSource
from giamngheo_desktop.services.exchange.former_units import Merger, Picks
from giamngheo_desktop.services.exchange.work_package import held_villages
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage.engine import Database

Step = Callable[[], None]  # called now and then; may raise Cancelled
LISTS = (".xlsx", ".xls", ".ods", ".csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The files, and what they do not say themselves: the year of lists, which unit a name is,
    by file the figures of the sender's last table, the passphrase of packages, and the merger of
    communes that the file never knew.
    """

    paths: tuple[Path, ...]
    year: int
    picks: Picks = field(default_factory=dict)
    said: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    passphrase: Passphrase | None = None
    merger: Merger | None = None


def file_labels(paths: Iterable[Path]) -> dict[Path, str]:
    """What each file is called: its name, with that of its folder where two have the same."""
    found = list(dict.fromkeys(paths))
    names = Counter(path.name for path in found)
    return {
        path: path.name if names[path.name] == 1 else f"{path.parent.name}/{path.name}"
        for path in found
    }


def take_over(
    database: Database,
    definitions: Definitions,
    context: Context,
    asked: Asked,
    *,
    computer: str,
    step: Step | None = None,
) -> Done[Former]:
    """Take in packages, registers and lists of former communes, all in one undo step; the report
    of it is kept.

    AppErrors of `former.take_over`, `PackageReader.read`, `read_source`, `open_database`.
    """
    with _opening(definitions, context, asked, computer, step) as files:
        done = former.take_over(database, context, definitions, files, asked.picks, asked.merger)
    keep_former(database, done, context.today())
    return done


def look(
    database: Database,
    definitions: Definitions,
    context: Context,
    asked: Asked,
    *,
    computer: str,
    step: Step | None = None,
) -> Looked:
    """What `take_over` would do, tried on a copy; nothing is written here."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "xem-truoc.gndb"
        database.copy_to(path)
        copy = Database(path)
        try:
            with _opening(definitions, context, asked, computer, step) as files:
                return former.look(
                    database, copy, context, definitions, files, asked.picks, asked.merger
                )
        finally:
            copy.close()


@contextmanager
def _opening(
    definitions: Definitions, context: Context, asked: Asked, computer: str, step: Step | None
) -> Iterator[Iterable[Pending]]:
    """The files, each of them open until all are done."""
    with ExitStack() as opened:
        reader = opened.enter_context(PackageReader(asked.passphrase))

        names = file_labels(asked.paths)

        def source(path: Path) -> Source:
            if step is not None:
                step()
            suffix, said = path.suffix.lower(), asked.said.get(names[path], {})
            if suffix == ".xlsx":
                try:
                    manifest, batches = reader.read(path)
                    return RegisterSource(names[path], manifest, _checked(batches, step), said=said)
                except AppError as error:
                    if error.code != "package_foreign":  # no package: maybe a list
                        raise
            if suffix in LISTS:
                return ListSource(
                    name=names[path], source=read_source(path), year=asked.year, said=said
                )
            register = _register(path, definitions, context, computer, opened)
            batches = _checked(register.batches, step)
            return replace(register, name=names[path], batches=batches, said=said)

        yield [Pending(names[path], partial(source, path)) for path in names]


def _checked(batches: Iterable[Batch], step: Step | None) -> Iterator[Batch]:
    for batch in batches:
        if step is not None:
            step()
        yield batch


def _register(
    path: Path, definitions: Definitions, context: Context, computer: str, opened: ExitStack
) -> RegisterSource:
    """A register as the package that it would hand to its successor."""
    held = open_database(path, context, computer=computer, read_only=True)
    opened.callback(close_database, held, context)
    register = held.database
    today = context.today()
    closed = [one for one in working_years(register, definitions, today) if one.closed_on]
    year = closed[0].year if closed else today.year
    standard = standard_for(definitions.standards, year).code
    unit = closed[0].unit if closed else areas.top_unit(register, today)
    if part := held_villages(register, today, areas.top_unit(register, today)):
        villages = ", ".join(area.name for area in part)
        raise AppError("former_part", name=path.name, villages=villages)
    known = figures.figures(register, unit, year, standard)
    package = opened.enter_context(
        upward.upward(
            register,
            context,
            year=year,
            standard=standard,
            unit=unit,
            recipient=Recipient.SUCCESSOR,
            facts=figures.as_facts(known),
        )
    )
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return RegisterSource(path.name, package.manifest, batches_of(package.tables), digest)
