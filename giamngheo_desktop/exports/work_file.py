"""The work package as a workbook: whom it is about to read, all they have behind it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from giamngheo_desktop.domain.package import DataTable, Manifest, PackageKind
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.exports.list_write import ListColumn, list_workbook
from giamngheo_desktop.exports.office_lock import locked
from giamngheo_desktop.exports.package_read import PackageReader, other_kind
from giamngheo_desktop.exports.package_write import Step, write_package
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.services.exchange.work_package import Table, Work
from giamngheo_desktop.texts import WORK_FILE, moment_text


def write_work(
    path: Path, work: Work, step: Step | None = None, passphrase: Passphrase | None = None
) -> Manifest:
    """Write the package whole or not at all; raises the AppErrors of `write_bytes`."""
    manifest = work.manifest
    facts = {"unit": manifest.unit_name, "villages": manifest.facts["villages"]}
    made = {"at": moment_text(manifest.made_at), "by": manifest.made_by}
    lines = [WORK_FILE[key].format(**facts, **made) for key in ("about", "made", "back")]
    columns = [
        ListColumn(WORK_FILE["head"], 30),
        ListColumn(WORK_FILE["village"], 24),
        ListColumn(WORK_FILE["persons"], 12),
    ]
    book = list_workbook(WORK_FILE["title"], lines, columns, work.listing, step)
    tables = (DataTable(table.name, table.columns, table.rows) for table in work.tables)
    data, sealed = write_package(book, manifest, tables, step)
    write_bytes(path, locked(data, passphrase))
    return sealed


@contextmanager
def read_work(
    path: Path, passphrase: Passphrase | None = None
) -> Iterator[tuple[Manifest, Iterator[Table]]]:
    """A work package, proven while it is read.

    Raises the AppErrors of `PackageReader.read`, and of `other_kind`.
    """
    with PackageReader(passphrase) as reader:
        manifest, batches = reader.read(path)
        if manifest.kind is not PackageKind.WORK:
            raise other_kind(manifest.kind, path.name)
        yield manifest, (Table(batch.table, batch.columns, batch.rows) for batch in batches)
