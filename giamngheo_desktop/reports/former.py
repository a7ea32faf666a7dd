"""Files of former communes: packages, or their registers themselves, into the register here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.exports.package_read import PackageReader
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import figures, former, upward
from giamngheo_desktop.services.exchange.batches import batches_of
from giamngheo_desktop.services.exchange.former import Former, Source
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.services.years import working_years
from giamngheo_desktop.storage.engine import Database

Step = Callable[[], None]  # called before each file; may raise Cancelled


def take_over(
    database: Database,
    definitions: Definitions,
    context: Context,
    paths: Iterable[Path],
    *,
    computer: str,
    passphrase: Passphrase | None = None,
    step: Step | None = None,
) -> Done[Former]:
    """Take in packages (xlsx) and registers of former communes, all in one undo step.

    AppErrors of `former.take_over`, `PackageReader.read`, `open_database`.
    """
    with ExitStack() as opened:
        reader = opened.enter_context(PackageReader(passphrase))

        def sources() -> Iterator[Source]:
            for path in paths:
                if step is not None:
                    step()
                if path.suffix.lower() == ".xlsx":
                    yield Source(path.name, *reader.read(path))
                else:
                    yield _register(path, definitions, context, computer, opened)

        return former.take_over(database, context, sources())


def _register(
    path: Path, definitions: Definitions, context: Context, computer: str, opened: ExitStack
) -> Source:
    """A register as the package that it would hand to its successor."""
    held = open_database(path, context, computer=computer, read_only=True)
    opened.callback(close_database, held, context)
    register = held.database
    today = context.today()
    closed = [one for one in working_years(register, definitions, today) if one.closed_on]
    year = closed[0].year if closed else today.year
    standard = standard_for(definitions.standards, year).code
    unit = closed[0].unit if closed else areas.top_unit(register, today)
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
    return Source(path.name, package.manifest, batches_of(package.tables))
