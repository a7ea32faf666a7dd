"""Imports supports from a foreign list: read, planned, then written as one event.

People are matched as in every list (`services/importing/match.py`): a key or the number of a
paper tells who it is, a name only proposes. What repeats a support of the register, or a row above,
waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.list_reading import ReadList
from giamngheo_desktop.domain.record_form import SupportPolicy
from giamngheo_desktop.domain.sheet_headings import guessed_head
from giamngheo_desktop.domain.sheet_rows import RowKind
from giamngheo_desktop.domain.sheet_table import NO_VALUE
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.services.importing.known import read_known
from giamngheo_desktop.services.importing.mappings import Mappings
from giamngheo_desktop.services.importing.past import applied_before, reason_of
from giamngheo_desktop.services.importing.plan import Doubt, Persons, RowPlace
from giamngheo_desktop.services.importing.planning import Source, read_lists
from giamngheo_desktop.services.importing.whose import doubts
from giamngheo_desktop.services.programme.support_bulk import Supported, write_event
from giamngheo_desktop.services.programme.support_compare import compared, many_of
from giamngheo_desktop.services.programme.support_paper import Papers
from giamngheo_desktop.services.programme.support_plan import (
    PlannedSupport,
    SupportChoices,
    SupportPlan,
    SupportState,
    Wanted,
)
from giamngheo_desktop.services.programme.support_rows import (
    AMOUNT,
    Finding,
    Said,
    SupportReader,
    asked_fields,
    find_support_head,
    headings_of,
    title_of,
    unread,
)
from giamngheo_desktop.services.programme.support_shape import OF_PERSON
from giamngheo_desktop.services.programme.support_totals import ABOVE, TOTALS, is_person, totals
from giamngheo_desktop.services.programme.support_who import Matcher, SaidRow
from giamngheo_desktop.services.unit import write_unit
from giamngheo_desktop.storage import audit, records
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written: the event, the rows, and the warnings of each support."""

    supported: Supported
    rows: tuple[PlannedSupport, ...]


def plan(
    database: Database,
    context: Context,
    definitions: Definitions,
    source: Source,
    wanted: Wanted,
    *,
    mappings: Mappings | None = None,
    only: str | None = None,
    village: str = "",
    persons: Persons | None = None,
    days: str = "",
    guesses: bool = False,
) -> SupportPlan:
    """What the file would give; nothing is written.

    `mappings` are corrected columns by sheet ("" : every sheet), `only` is the one sheet to read;
    hidden ones are read only if named. `village` is that of rows that name none; `persons` is who
    the officer said a row is, None for nobody of the register; `days` is `cell_dates.DAY_FIRST` or
    `MONTH_FIRST`, where the columns do not tell. Of a file without a head it `guesses` where one
    is, as `planning.plan_list` does: the plan then has columns and no rows, until the `mappings`
    say which one is the name.
    Raises AppErrors `support_policy`, `support_day`, `support_no_list`, `import_no_sheet`,
    `import_column`.
    """
    policy, today = definitions.supports.get(wanted.policy), context.today()
    wanted = replace(wanted, name=clean(wanted.name) or clean(source.name.rpartition(".")[0]))
    if policy is None:
        known_ones = ", ".join(definitions.supports)
        raise AppError("support_policy", name=wanted.policy, known=known_ones)
    if wanted.on > today:
        raise AppError("support_day", day=wanted.on)
    if only is not None and only not in {sheet.name for sheet in source.sheets}:
        names = ", ".join(sheet.name for sheet in source.sheets)
        raise AppError("import_no_sheet", name=only, known=names)
    headings, fields = headings_of(definitions, policy), asked_fields(definitions, policy)
    mappings = mappings or {}
    _refuse_columns(mappings, {field.code for field in headings.fields})
    asked = (definitions, source, today, mappings, only)
    papers = Papers(definitions, policy)
    lists, suspicions, sheets = read_lists(
        *asked, find_support_head, headings=headings, shaper=papers.shape
    )
    if not lists and (mappings or guesses):
        lists, suspicions, sheets = read_lists(
            *asked, guessed_head, headings=headings, shaper=papers.shape
        )
    if not lists and not (guesses and any(one.headings for one in sheets)):
        raise AppError("support_no_list", name=source.name)
    read = [
        (one, SupportReader(one, headings, fields, _mapped(mappings, one), today, days))
        for one in lists
    ]
    with database.reader() as connection:
        known = read_known(connection, wanted.on, today, None)
        matcher = Matcher(known, policy, persons or {}, village, papers.led_by)
        rows = [row for one, reader in read for row in _rows(one, reader, matcher, wanted, papers)]
        planned = compared(connection, context, definitions, rows, wanted)
        doubted = (*doubts(connection, lists, None), *_of_another(definitions, policy, lists))
        before = applied_before(connection, source.sha256, Op.IMPORT_SUPPORTS)
        _, basis = audit.last_group(connection)
    taken = (AMOUNT, *fields, *OF_PERSON)
    told = [row.place for row in planned]
    columns = {one.sheet.name: tuple(unread(one, _mapped(mappings, one), taken)) for one in lists}
    return SupportPlan(
        file_name=source.name,
        sha256=source.sha256,
        wanted=wanted,
        rows=_in_order(source, planned),
        totals=tuple(total for one, reader in read for total in totals(one, reader)),
        left_out=tuple(left for one in lists for left in _left_out(one, {*told})),
        sheets=tuple(sheets),
        unread={name: found for name, found in columns.items() if found},
        factors={one.sheet.name: reader.factors for one, reader in read if reader.factors},
        hidden=tuple(each.name for each in source.sheets if each.hidden and each.name != only),
        papers={name: form.label for name, form in papers.of.items()},
        suspicions=tuple(suspicions),
        doubts=doubted,
        applied_before=before,
        basis=basis,
    )


def apply(
    database: Database,
    context: Context,
    definitions: Definitions,
    planned: SupportPlan,
    choices: SupportChoices,
    *,
    commune: UUID,
) -> Done[Imported]:
    """Write the rows that are ready, and those that were taken, as one event and one undo step.

    An event that says the same goes on. Raises AppErrors `import_nothing`,
    `import_stale` where anything was written since the plan was made.
    """
    rows = planned.taken(choices)
    if not rows:
        raise AppError("import_nothing")
    wanted, reason = planned.wanted, reason_of(planned.sha256)
    with write_unit(database, context, Op.IMPORT_SUPPORTS, unit=commune, reason=reason) as work:
        if audit.last_group(work.connection)[1] != planned.basis:
            raise AppError("import_stale")
        many = many_of(wanted, [row.receiver for row in rows if row.receiver is not None])
        work.subject = planned.file_name
        there = records.find(
            work.connection,
            Kind.SUPPORT_EVENT,
            area=commune,
            policy=wanted.policy,
            name=many.event["name"],
            supported_on=wanted.on,
        )
        same = (row for row in there if wanted.event.items() <= row.items())
        event = next((row["uid"] for row in same), None)
        supported = write_event(work, definitions, many, commune=commune, event=event)
    return Done(Imported(supported, rows), work.changes)


def _of_another(
    definitions: Definitions, policy: SupportPolicy, lists: Iterable[ReadList]
) -> Iterator[Doubt]:
    """That it is the program's own template for another policy."""
    titles = [row.text for one in lists for row in one.rows if row.kind is RowKind.TITLE]
    for text in titles:
        named = [one for one in definitions.supports.values() if text.startswith(title_of(one))]
        found = max(named, key=lambda one: len(one.label), default=policy)
        if found is not policy:
            yield Doubt("policy", found.label)


def _refuse_columns(mappings: Mappings, known: set[str]) -> None:
    for columns in mappings.values():
        for column, code in columns.items():
            if code and code not in known:
                shown = ", ".join(sorted(known))
                raise AppError("import_column", column=column, field=code, known=shown)


def _mapped(mappings: Mappings, one: ReadList) -> Mapping[str, str]:
    return mappings.get(one.sheet.name, mappings.get("", {}))


def _in_order(source: Source, rows: Iterable[PlannedSupport]) -> tuple[PlannedSupport, ...]:
    """As they stand in the file."""
    places = {sheet.name: at for at, sheet in enumerate(source.sheets)}
    return tuple(sorted(rows, key=lambda row: (places[row.sheet], row.row)))


def _rows(
    one: ReadList, reader: SupportReader, matcher: Matcher, wanted: Wanted, papers: Papers
) -> Iterator[SaidRow]:
    for home in matcher.placed(one):
        yield matcher.row(home, papers.of_row(home, reader.row(home.row)), wanted)
    for row in one.rows:
        if row.kind in ABOVE or (row.kind in TOTALS and not is_person(one, row.row)):
            continue
        said = reader.row(row.row)
        no_name = "support_maybe_total" if row.kind in TOTALS else "support_no_name"
        is_signed = row.kind in (RowKind.SIGNATURE, RowKind.FOOTER)
        if said.amount or (not is_signed and (said.values or said.answers)):  # for nobody
            planned = PlannedSupport(
                sheet=one.sheet.name,
                row=row.row,
                name=row.text,
                state=SupportState.REFUSED,
                amount=said.amount,
                findings=(Finding(no_name), *said.wrong),
            )
            yield SaidRow(planned, said)
    yield from _unread_rows(one)


def _unread_rows(one: ReadList) -> Iterator[SaidRow]:
    """Rows of which every cell is an error or a formula without a value: somebody stood there."""
    known = {row.row for row in one.rows} | {
        person.row for home in one.homes for person in home.members
    }
    found: dict[int, list[Finding]] = {}
    for address, mark in one.sheet.marks.items():
        column = address.rstrip("0123456789")
        row = int(address[len(column) :])
        if mark in NO_VALUE and row > one.head.last and row not in known:
            found.setdefault(row, []).append(Finding(mark, column))
    for row, findings in found.items():
        planned = PlannedSupport(
            sheet=one.sheet.name,
            row=row,
            name="",
            state=SupportState.REFUSED,
            findings=(Finding("support_no_name"), *findings),
        )
        yield SaidRow(planned, Said())


def _left_out(one: ReadList, told: Collection[RowPlace]) -> Iterator[tuple[str, int, str, str]]:
    """The rows that give no support, but for those that are `told` as one."""
    for row in one.rows:
        if (one.sheet.name, row.row) in told:
            continue
        if row.kind not in (RowKind.HEADING, RowKind.NUMBERS, RowKind.TITLE):
            yield one.sheet.name, row.row, row.about or row.kind.value, row.text
