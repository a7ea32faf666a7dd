"""`giamngheo issue`, `issued` and `confirm`: what is signed and sent, without a window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, papers
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.programme_papers import asked_by
from giamngheo_desktop.cli.taken_options import (
    SUBJECTS,
    is_official,
    refuse_blank,
    refuse_both,
    refuse_list_options,
    refuse_paper_options,
    refuse_table_options,
)
from giamngheo_desktop.domain.confirmation import What
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.issued import IssuedKind, State, numbered
from giamngheo_desktop.domain.vietnamese import search_key
from giamngheo_desktop.reports import issued as documents
from giamngheo_desktop.reports import known_cells
from giamngheo_desktop.reports.asked import Asked, ListAsked, PaperAsked, ReportAsked, Stamp, made
from giamngheo_desktop.reports.issued_difference import difference
from giamngheo_desktop.reports.make import FORMATS
from giamngheo_desktop.reports.papers import make_paper, write_paper
from giamngheo_desktop.reports.programme_papers import papers as programme_papers
from giamngheo_desktop.services import areas, confirm_search, issuing, table_templates
from giamngheo_desktop.services.confirm_search import Found
from giamngheo_desktop.services.confirming import Confirmation, YearClass
from giamngheo_desktop.services.issued_gaps import Gap
from giamngheo_desktop.services.issued_gaps import gaps as gaps_in
from giamngheo_desktop.services.issuing import Issued
from giamngheo_desktop.services.papers.about import About
from giamngheo_desktop.services.papers.households import village_on

_SAID = texts.CLI_ISSUED
_MOST = 20  # persons told of one name


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """All commands; each sets `act` and whether it `writes`."""
    made = [_issue(commands, common)]
    issued = commands.add_parser("issued", help=_SAID["help_issued"])
    made += _issued(issued.add_subparsers(required=True, metavar="VIỆC"), common)
    confirm = commands.add_parser("confirm", help=_SAID["help_confirm"])
    made += _confirm(confirm.add_subparsers(required=True, metavar="VIỆC"), common)
    return made


def _add(
    steps: arguments.Commands,
    name: str,
    common: arguments.Parser,
    act: Callable[[Ask], Answer],
    *,
    writes: bool = False,
) -> arguments.Parser:
    return arguments.added(steps, name, common, act, _SAID[f"help_{act.__name__}"], writes=writes)


def _year(command: arguments.Parser, **options: Any) -> None:
    command.add_argument(
        "--year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"], **options
    )


def _stamp(command: arguments.Parser) -> None:
    """What the văn thư types."""
    for name in ("number", "signer", "purpose"):
        command.add_argument(f"--{name}", default="", metavar="CHỮ", help=_SAID[f"help_{name}"])
    command.add_argument("--on", type=arguments.day, metavar="NGÀY", help=_SAID["help_on"])
    command.add_argument("--replaces", type=papers.uid, metavar="MÃ", help=_SAID["help_replaces"])


def _file(command: arguments.Parser, *, required: bool = False) -> None:
    command.add_argument(
        "-o", "--output", type=Path, required=required, metavar="TỆP", help=_SAID["help_output"]
    )
    command.add_argument("--format", choices=FORMATS, help=_SAID["help_format"])


def _issue(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = _add(commands, "issue", common, issue, writes=True)
    command.add_argument("code", metavar="MÃ", help=_SAID["help_code"])
    _year(command)
    command.add_argument("--unit", "--village", dest="unit", metavar="TÊN", help=_SAID["help_unit"])
    command.add_argument("--status", choices=("official", "preliminary"), help=_SAID["help_status"])
    command.add_argument("--standard", metavar="MÃ", help=_SAID["help_standard"])
    for name in ("as-of", "geography"):
        command.add_argument(
            f"--{name}", type=arguments.day, metavar="NGÀY", help=_SAID[f"help_{name}"]
        )
    command.add_argument("--period", metavar="KỲ", help=texts.CLI_PERIOD_LIST["help_period"])
    said = texts.CLI_SUPPORT_PAPERS["help_event"]
    command.add_argument("--event", type=papers.uid, metavar="MÃ", help=said)
    papers.add_subjects(command)
    command.add_argument("--review", metavar="NĂM|MÃ", help=texts.CLI_PAPERS["help_review"])
    command.add_argument("--recipients", default="", metavar="CHỮ", help=_SAID["help_recipients"])
    _stamp(command)
    _file(command)
    return command


def _issued(steps: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    listed = _add(steps, "list", common, list_issued)
    listed.add_argument("--text", default="", metavar="CHỮ", help=_SAID["help_text"])
    listed.add_argument(
        "--state", choices=[state.value for state in State], help=_SAID["help_state"]
    )
    gaps = _add(steps, "gaps", common, list_gaps)
    for command in (listed, gaps):
        _year(command, required=command is gaps)
        command.add_argument(
            "--kind",
            choices=[kind.value for kind in IssuedKind],
            help=_SAID["help_kind"],
        )
    printed = _add(steps, "print", common, print_issued)
    _file(printed, required=True)
    compared = _add(steps, "difference", common, compare_issued)
    cancelled = _add(steps, "cancel", common, cancel_issued, writes=True)
    cancelled.add_argument("--reason", required=True, metavar="CHỮ", help=_SAID["help_reason"])
    cancelled.add_argument("--on", type=arguments.day, metavar="NGÀY", help=_SAID["help_on"])
    numbered = _add(steps, "number", common, number_issued, writes=True)
    numbered.add_argument("number", metavar="SỐ", help=_SAID["help_number"])
    for command in (printed, compared, cancelled, numbered):
        command.add_argument("uid", type=papers.uid, metavar="MÃ", help=_SAID["help_uid"])
    return [listed, gaps, printed, compared, cancelled, numbered]


def _confirm(steps: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    find = _add(steps, "find", common, find_persons)
    find.add_argument("name", metavar="TÊN", help=_SAID["help_name"])
    make = _add(steps, "make", common, make_confirmation, writes=True)
    make.add_argument("name", nargs="?", metavar="TÊN", help=_SAID["help_name"])
    for name in ("household", "person"):
        make.add_argument(f"--{name}", type=papers.uid, metavar="MÃ", help=_SAID[f"help_{name}"])
    make.add_argument(
        "--what", choices=[what.value for what in What], required=True, help=_SAID["help_what"]
    )
    make.add_argument("--day", type=arguments.day, metavar="NGÀY", help=_SAID["help_of_day"])
    make.add_argument("--receiver", default="", metavar="CHỮ", help=_SAID["help_receiver"])
    _year(make)
    _stamp(make)
    _file(make)
    book = _add(steps, "book", common, write_book)
    _year(book, required=True)
    _file(book, required=True)
    return [find, make, book]


def issue(ask: Ask) -> Answer:
    """A table or paper is issued; written too where a file is named."""
    options, asked = ask.options, _asked(ask)
    docs = made(ask.database, ask.definitions, asked, today=ask.today)
    stamp = _stamp_of(ask, recipients=options.recipients)
    done = documents.issue(ask.database, ask.definitions, ask.context, docs, asked, stamp)
    return _new(ask, done.value)


def _asked(ask: Ask) -> Asked:
    """A table, list or paper of the programme where the code is that of one."""
    options, code = ask.options, ask.options.code
    is_list = code.lower() in ask.definitions.name_lists
    is_table = code.upper() in ask.definitions.reports
    is_own = table_templates.get(ask.database, code.upper()) is not None
    if code.lower() in programme_papers(ask.definitions):
        return asked_by(ask.database, ask.definitions, options, ask.unit, ask.today)
    if not (is_table or is_own or is_list):
        paper = ask.definitions.paper(code, options.day or ask.today)
        refuse_paper_options(paper, options, issued=True)
        if not any(getattr(options, name) for name in SUBJECTS):
            refuse_blank(paper)
        _refuse_elsewhere(ask)
        return PaperAsked(code=code, about=papers.about_of(ask.database, options, ask.unit))
    if options.year is None:
        raise AppError("cli_year_missing")
    if is_list:
        refuse_list_options(ask.definitions.name_list(code.lower(), ask.today).label, options)
        return ListAsked(
            code=code.lower(),
            year=options.year,
            unit=ask.unit,
            standard=options.standard,
            as_of=options.as_of,
        )
    refuse_table_options(ask.database, ask.definitions, code.upper(), options)
    return ReportAsked(
        code=code.upper(),
        year=options.year,
        unit=ask.unit,
        recognised=is_official(options),
        as_of=options.as_of,
        geography=options.geography,
        standard=options.standard,
    )


def _refuse_elsewhere(ask: Ask) -> None:
    """A household is named with a unit it lives in. AppError `cli_household_elsewhere`."""
    household, unit, day = ask.options.household, ask.unit, ask.options.day or ask.today
    if household is None or unit is None:
        return
    tree = areas.tree(ask.database, day)
    village = village_on(ask.database, ask.definitions, household, day)
    if village is None or unit in {village, *(area.uid for area in tree.ancestors(village))}:
        return
    lives = tree.get(village)
    raise AppError("cli_household_elsewhere", village=lives.name if lives else "…")


def _stamp_of(ask: Ask, *, recipients: str = "", number: str = "") -> Stamp:
    options = ask.options
    return Stamp(
        number=options.number or number,
        issued_on=options.on or ask.today,
        recipients=recipients,
        signer=options.signer,
        purpose=options.purpose,
        replaces=options.replaces,
    )


def _new(ask: Ask, uid: UUID) -> Answer:
    """What was issued, and the files it was written to."""
    row, written = issuing.get(ask.database, uid), []
    docs = documents.load(ask.database, uid)
    if ask.options.output is not None:
        written = write_paper(docs, ask.options.format, ask.options.output)
    lines, data = [_line(row)], {**_json(row), "output": [str(path) for path in written]}
    if row.kind is IssuedKind.CONFIRMATION:
        data["warning"] = None if row.signer else texts.CONFIRM["no_signer"]
        lines += [data["warning"]] if data["warning"] else []
    asked, _ = documents.asked_of(ask.database, uid)
    if isinstance(asked, ReportAsked | ListAsked):
        unknown = data["unknown_cells"] = known_cells.unknown_cells(docs)
        lines += [_SAID["unknown_cells"].format(count=unknown)] if unknown else []
    return Answer(data, [*lines, *data["output"]])


def list_issued(ask: Ask) -> Answer:
    options = ask.options
    found = issuing.issued(
        ask.database,
        kind=IssuedKind(options.kind) if options.kind else None,
        year=options.year,
        state=State(options.state) if options.state else None,
        text=options.text,
    )
    return Answer(
        {"issued": [_json(row) for row in found]},
        [*map(_line, found), _SAID["count"].format(count=len(found))],
    )


def list_gaps(ask: Ask) -> Answer:
    """Of one kind, or of each by its name."""
    options = ask.options
    rows, lines = [], []
    for kind in [IssuedKind(options.kind)] if options.kind else IssuedKind:
        found = gaps_in(ask.database, kind, options.year)
        name = "" if options.kind else _SAID[f"kind_{kind.value}"]
        lines += [name + _gap(one, kind) for one in found] or [name + _SAID["no_gaps"]]
        rows += [
            {
                "kind": kind.value,
                "sign": gap.sign,
                "first": gap.first,
                "last": gap.last,
                "cancelled": str(gap.cancelled.uid) if gap.cancelled else None,
                "cancelled_on": gap.cancelled.cancelled_on if gap.cancelled else None,
                "reason": gap.cancelled.cancel_reason if gap.cancelled else None,
            }
            for gap in found
        ]
    return Answer({"gaps": rows}, lines)


def _gap(gap: Gap, kind: IssuedKind) -> str:
    if gap.cancelled is not None:
        return _line(gap.cancelled)
    # What the văn thư gave before and after is known to nobody here.
    between = "" if kind is IssuedKind.CONFIRMATION else "_between"
    first, last = (numbered(number, gap.sign) for number in (gap.first, gap.last))
    if gap.first == gap.last:
        return _SAID[f"gap{between}"].format(number=first)
    return _SAID[f"gaps{between}"].format(first=first, last=last)


def print_issued(ask: Ask) -> Answer:
    row = issuing.get(ask.database, ask.options.uid)
    docs = documents.reprinted(ask.database, row.uid)
    written = write_paper(docs, ask.options.format, ask.options.output)
    paths = [str(path) for path in written]
    said = [] if row.cancelled_on is None else [_line(row)]
    return Answer({"output": paths, "state": row.state.value}, [*paths, *said])


def compare_issued(ask: Ask) -> Answer:
    """Exit code 1 where today's differs."""
    found = difference(ask.database, ask.definitions, ask.options.uid, today=ask.today)
    said = texts.error_text(found.refused) if found.refused else None
    lines = [said] if said else []
    lines += [_SAID["name"].format(old=one.old, new=one.new) for one in found.names]
    lines += [
        _SAID["cell"].format(
            row=cell.row, column=cell.column, old=cell.old or "", new=cell.new or ""
        )
        for cell in found.cells
    ]
    lines += [_SAID["line"].format(old=line.old, new=line.new) for line in found.lines]
    data = {
        "cells": [{name: getattr(cell, name) for name in cell.__slots__} for cell in found.cells],
        "names": [{"old": one.old, "new": one.new} for one in found.names],
        "lines": [{"old": line.old, "new": line.new} for line in found.lines],
        "refused": said,
    }
    return Answer(data, lines or [_SAID["same"]], finds=not found.is_none)


def cancel_issued(ask: Ask) -> Answer:
    options = ask.options
    issuing.cancel(ask.database, ask.context, options.uid, reason=options.reason, day=options.on)
    return _one(ask)


def number_issued(ask: Ask) -> Answer:
    documents.give_number(ask.database, ask.context, ask.options.uid, ask.options.number)
    done = _one(ask)
    return replace(done, lines=[*done.lines, _SAID["by_hand"]])


def _one(ask: Ask) -> Answer:
    row = issuing.get(ask.database, ask.options.uid)
    return Answer(_json(row), [_line(row)])


def find_persons(ask: Ask) -> Answer:
    found, more = _find(ask, ask.options.name)
    rows = [
        {
            "person": str(one.person),
            "household": str(one.household),
            "name": one.name,
            "head": one.head,
            "village": one.village,
            "here_until": one.here_until,
            "today": [ground.what.value for ground in one.today],
            "years": [{name: getattr(y, name) for name in y.__slots__} for y in one.years],
        }
        for one in found
    ]
    lines = [*map(_person, found), *([_SAID["more_persons"].format(count=_MOST)] if more else [])]
    return Answer({"found": rows, "more": more}, lines)


def _find(ask: Ask, name: str) -> tuple[list[Found], bool]:
    """The first ones of a name, and whether there are more."""
    _refuse_nameless(name)
    found = confirm_search.find(
        ask.database, ask.definitions, name, today=ask.today, limit=_MOST + 1
    )
    if not found:
        raise AppError("confirm_none", name=name)
    return found[:_MOST], len(found) > _MOST


def make_confirmation(ask: Ask) -> Answer:
    """Confirms, numbers (the next one of the year where none is given) and writes the paper."""
    options = ask.options
    refuse_both(options, "year", "day")
    person = options.person if options.name is None else _named(ask)
    wanted = Confirmation(
        what=What(options.what),
        household=options.household,
        person=person,
        day=options.day,
        year=options.year,
        purpose=options.purpose,
        receiver=options.receiver,
    )
    if wanted.day is None and wanted.year is None:
        wanted = replace(wanted, day=options.on)
    number = documents.proposed_number(
        ask.database,
        ask.definitions,
        wanted,
        issued_on=options.on or ask.today,
        today=ask.today,
    )
    done = documents.issue_confirmation(
        ask.database, ask.definitions, ask.context, wanted, _stamp_of(ask, number=number)
    )
    return _new(ask, done.value)


def _named(ask: Ask) -> UUID:
    """The one person of the name, who must be the one, or of the household, that is named too."""
    options, name = ask.options, ask.options.name
    if options.household is None and options.person is None:
        found, more = _find(ask, name)
        fitting = {one.person: f"{one.name}, {one.village}" for one in found}
    else:
        _refuse_nameless(name)
        place = {"household": options.household, "person": options.person}
        fitting, more = confirm_search.fitting(ask.database, name, **place), False
    if not fitting:
        raise AppError("confirm_name_differs", name=name)
    if len(fitting) > 1:
        known = "; ".join(f"{said}: {uid}" for uid, said in fitting.items())
        code = "confirm_many" if more else "confirm_several"
        raise AppError(code, count=len(fitting), name=name, known=known)
    return next(iter(fitting))


def _refuse_nameless(name: str) -> None:
    if not search_key(name):
        raise AppError("confirm_name_missing")


def write_book(ask: Ask) -> Answer:
    about = About(year=ask.options.year)
    docs = make_paper(ask.database, ask.definitions, "confirmation_book", about, today=ask.today)
    paths = [str(path) for path in write_paper(docs, ask.options.format, ask.options.output)]
    return Answer({"output": paths}, paths)


def _person(one: Found) -> str:
    said = [texts.CONFIRM_WHAT[ground.what] for ground in one.today]
    said += [
        _SAID["year"].format(
            year=year.year,
            result=_result(year),
            standard=year.standard,
            number=year.number or "…",
        )
        for year in one.years
    ]
    if one.here_until is not None:
        said.insert(0, _SAID["gone"].format(day=format_date(one.here_until)))
    what = "; ".join(said) or _SAID["nothing"]
    return _SAID["person"].format(
        name=one.name, head=one.head, village=one.village, what=what, uid=one.person
    )


def _result(year: YearClass) -> str:
    name = texts.CLASS_WORDS.get(year.household_class or "", "")
    return texts.CORRECTIONS["average_living"].format(name=name) if year.average_living else name


def _line(row: Issued) -> str:
    line = _SAID["issued"].format(
        number=row.number or "…",
        day=format_date(row.issued_on),
        title=" – ".join(part for part in (row.title, row.subject) if part),
        state=texts.ISSUED_STATES[row.state],
        uid=row.uid,
    )
    if row.cancelled_on is None:
        return line
    day = format_date(row.cancelled_on)
    return _SAID["cancelled"].format(line=line, day=day, reason=row.cancel_reason or "…")


def _json(row: Issued) -> dict[str, Any]:
    return {**{name: getattr(row, name) for name in row.__slots__}, "state": row.state.value}
