"""The package upward as a file: cover, tables, registers for people, and the data behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.issued import IssuedKind
from giamngheo_desktop.domain.name_list import LIST_FIELDS, ListColumn
from giamngheo_desktop.domain.package import Manifest, ReadableSheet
from giamngheo_desktop.domain.package_columns import Recipient, names_left_out
from giamngheo_desktop.domain.passphrase import Passphrase
from giamngheo_desktop.domain.problems import Severity
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.exports.office_lock import locked
from giamngheo_desktop.exports.package_book import package_book
from giamngheo_desktop.exports.package_write import write_package
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import issued
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.list_values import shown
from giamngheo_desktop.reports.make import make
from giamngheo_desktop.reports.name_list import read_list
from giamngheo_desktop.services import areas, checks, issuing
from giamngheo_desktop.services.exchange import figures, upward
from giamngheo_desktop.services.exchange.upward import Upward
from giamngheo_desktop.storage.engine import Database

Step = Callable[[], None]  # called now and then; may raise Cancelled
# The registers that are set in for people; who has no right to a column does not get it here.
_LISTS = ("ho_ngheo", "ho_can_ngheo", "thoat_ngheo", "thoat_can_ngheo", "mstb", "thanh_vien")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the package, as issued or made now."""

    doc: ReportDoc
    is_issued: bool


def send(
    database: Database,
    definitions: Definitions,
    context: Context,
    path: Path,
    *,
    year: int,
    unit: UUID | None = None,
    recipient: Recipient | None = None,
    passphrase: Passphrase | None = None,
    step: Step | None = None,
) -> Manifest:
    """Write the package of a year, locked or not, and enter it into the book of packages.

    Raises AppErrors of `safe_file`, `upward.upward`, `reports.make`; the file is then as it was.
    """
    if not path.parent.is_dir():  # before the long work
        raise AppError("file_folder_missing", folder=str(path.parent))
    data, manifest = package_bytes(
        database, definitions, context, year=year, unit=unit, recipient=recipient, step=step
    )
    write_bytes(path, locked(data, passphrase))
    to = Recipient(manifest.facts["recipient"])
    upward.record_sent(database, context, manifest, to, path.name)
    return manifest


def package_bytes(
    database: Database,
    definitions: Definitions,
    context: Context,
    *,
    year: int,
    unit: UUID | None = None,
    recipient: Recipient | None = None,
    step: Step | None = None,
) -> tuple[bytes, Manifest]:
    """The file of `send` and its manifest; nothing is written. AppErrors also `upward.refusal`."""
    standard = standard_for(definitions.standards, year)
    today = context.today()
    unit = unit or areas.top_unit(database, min(today, today.replace(year=year, month=12, day=31)))
    if (refusal := upward.refusal(database, unit, year)) is not None:
        raise refusal
    found = checks.check_register(database, definitions, day=today, today=today)
    errors = sum(one.problem.severity is Severity.ERROR for one in found)
    errors += len(checks.stored_contradictions(database, today))
    known = figures.figures(database, unit, year, standard.code)
    facts = {
        "errors": str(errors),
        "warnings": str(len(found) - errors),
        **figures.as_facts(known),
    }
    tables = _tables(database, definitions, year, unit)
    with upward.upward(
        database,
        context,
        year=year,
        standard=standard.code,
        unit=unit,
        recipient=recipient,
        facts=facts,
    ) as package:
        book = _book(package, standard.label, tables)
        registers = _registers(database, definitions, package, unit)
        return write_package(book, package.manifest, package.tables, step, registers)


def _tables(database: Database, definitions: Definitions, year: int, unit: UUID) -> Sequence[Table]:
    """Each table as it was last issued, else as the data have it now."""
    newest = {
        one.code: one.uid
        for one in issuing.issued(database)
        if one.kind is IssuedKind.REPORT and one.year == year and one.state.value == "issued"
    }
    found = []
    for code in definitions.reports:
        if Level.DISTRICT in definitions.report(code, date(year, 12, 31)).rows:
            continue  # a table of provinces
        if code in newest:
            docs = issued.load(database, newest[code])
            found += [Table(doc, is_issued=True) for doc in docs]
            continue
        try:
            found.append(Table(make(database, definitions, code, year=year, unit=unit), False))
        except AppError:  # a table that this year or unit does not have
            continue
    return found


def _book(package: Upward, standard: str, tables: Sequence[Table]) -> bytes:
    return package_book(
        texts.COVER["title"].format(year=package.manifest.year),
        tuple(_lines(package, standard, tables)),
        [table.doc for table in tables],
        unit=package.manifest.unit_name,
        made=datetime.fromisoformat(package.manifest.made_at),
    )


def _lines(package: Upward, standard: str, tables: Sequence[Table]) -> Iterator[tuple[str, str]]:
    said, manifest, facts = texts.COVER, package.manifest, package.manifest.facts
    made = datetime.fromisoformat(manifest.made_at)
    yield said["unit"], manifest.unit_name
    above = [facts[level] for level in ("district", "province") if level in facts]
    yield said["above"], ", ".join(above)
    yield said["recipient"], texts.RECIPIENTS[package.recipient]
    yield said["year"], str(manifest.year)
    yield said["standard"], standard
    yield said["program"], manifest.program
    yield said["made"], f"{made:%H:%M %d/%m/%Y}"
    yield said["made_by"], manifest.made_by
    yield said["sequence"], str(manifest.sequence)
    before = said["replaced"].format(number=manifest.sequence - 1)
    yield said["replaces"], before if manifest.replaces else said["first"]
    for name, text in texts.personal_text(facts["columns"].split()).items():
        yield said[name], text
    yield said["held"], texts.counted(package.counts)
    checked = said["failed" if facts["errors"] != "0" else "passed"]
    yield said["checks"], checked.format(errors=facts["errors"], warnings=facts["warnings"])
    if manifest.replaces:
        yield said["changed"], texts.counted(package.changed.counts)
        yield said["names"], "; ".join(package.changed.names) or said["none"]
    for table in tables:
        state = said["issued" if table.is_issued else "not_issued"]
        yield said["tables"], f"{' '.join(table.doc.title)} – {state}"
    yield "", said["hint"]


def _registers(
    database: Database, definitions: Definitions, package: Upward, unit: UUID
) -> Iterator[ReadableSheet]:
    hidden = names_left_out(frozenset(package.manifest.facts["columns"].split()))
    year = package.manifest.year or 0
    for code in _LISTS:
        try:
            data, material = read_list(database, definitions, code, year=year, unit=unit)
        except AppError:  # the year or unit has no such list
            continue
        leaves = [
            leaf
            for leaf in data.definition.leaves()
            if leaf.field and LIST_FIELDS[leaf.field].source.split(".")[-1] not in hidden
        ]
        number = ListColumn(label="TT", field="household_number")
        village = ListColumn(label=LIST_FIELDS["village"].label, field="village")
        columns = [number, village, *(one for one in leaves if one.field != "village")]
        rows = (
            [
                "" if one.head_only and at else shown(one, line, count, member, material)
                for one in columns
            ]
            for count, line in enumerate(data.lines, 1)
            for at, member in enumerate(line.rows(data.definition.per))
        )
        # Below a heading of several columns a label says too little by itself: "Số", "Ngày".
        alone = {number, village, *data.definition.columns}
        headings = [one.label if one in alone else LIST_FIELDS[one.field].label for one in columns]
        yield ReadableSheet(data.definition.short_label[:31], headings, rows)
