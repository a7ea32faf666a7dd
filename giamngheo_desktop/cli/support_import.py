"""`giamngheo supports-import`: a list of supports, looked at first, written with one undo step; and
`supports-template`, the program's own list to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, review
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.named_record import known_component
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.cell_dates import DAY_FIRST, MONTH_FIRST
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.exports.import_template import template_workbook
from giamngheo_desktop.exports.list_read import read_source
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.importing.plan import RowPlace
from giamngheo_desktop.services.programme import support_bulk, support_import
from giamngheo_desktop.services.programme.support_bulk import Choice
from giamngheo_desktop.services.programme.support_import import Imported
from giamngheo_desktop.services.programme.support_plan import (
    Money,
    PlannedSupport,
    SupportChoices,
    SupportPlan,
    SupportState,
    Wanted,
)
from giamngheo_desktop.services.programme.support_rows import Finding
from giamngheo_desktop.services.programme.support_template import support_template
from giamngheo_desktop.services.register import HouseholdFilter

_SAID = texts.CLI_SUPPORT_IMPORT
_MAP = re.compile(r"(?:(?P<sheet>.+)!)?(?P<column>[A-Za-z]{1,3})=(?P<field>[a-z0-9_.]*)")
_PERSON = re.compile(r"(?:(?P<sheet>.+)!)?(?P<row>[0-9]{1,7})=(?P<number>[0-9]{1,3})")
_ROW = re.compile(r"(?:(?P<sheet>.+)!)?(?P<row>[0-9]{1,7})")
_SHOWN = 60
_SKIPPED = ("signature", "heading_again")
_DAYS = {"dmy": DAY_FIRST, "mdy": MONTH_FIRST}


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """Both commands; each sets `act` and whether it `writes`."""
    took = commands.add_parser("supports-import", parents=[common], help=_SAID["help"])
    took.add_argument("file", type=Path, metavar="TỆP", help=_SAID["help_file"])
    made = commands.add_parser("supports-template", parents=[common], help=_SAID["help_template"])
    made.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help=_SAID["help_output"]
    )
    for command in (took, made):
        command.add_argument("--policy", required=True, metavar="MÃ", help=_SAID["help_policy"])
        command.add_argument(
            "--on", type=arguments.day, required=True, metavar="NGÀY", help=_SAID["help_on"]
        )
        command.add_argument("--name", metavar="TÊN", help=_SAID["help_name"])
        command.set_defaults(year=None, as_of=None, writes=False)
    _taken(took)
    made.add_argument(
        "--source", action="append", default=[], metavar="MÃ", help=_SAID["help_sources"]
    )
    made.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    made.add_argument(
        "--class", dest="classes", action="append", default=[], metavar="DIỆN",
        help=_SAID["help_class"],
    )  # fmt: skip
    made.set_defaults(act=template)
    return [took, made]


def _taken(command: arguments.Parser) -> None:
    for name, metavar in (
        ("source", "MÃ"), ("content", "CHỮ"), ("programme", "MÃ"), ("component", "MÃ"),
        ("decision_number", "SỐ"), ("sheet", "TRANG"),
    ):  # fmt: skip
        option = f"--{name.replace('_', '-')}"
        command.add_argument(option, metavar=metavar, help=_SAID[f"help_{name}"])
    for name, dest in (("from", "period_from"), ("to", "period_to")):
        command.add_argument(
            f"--{name}", dest=dest, type=arguments.day, metavar="NGÀY", help=_SAID[f"help_{name}"]
        )
    command.add_argument(
        "--year", dest="plan_year", type=arguments.year, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument(
        "--decision-date", dest="decision_on", type=arguments.day, metavar="NGÀY",
        help=_SAID["help_decision_date"],
    )  # fmt: skip
    command.add_argument("--days", choices=list(_DAYS), help=_SAID["help_days"])
    command.add_argument("--village", dest="unit", metavar="TÊN", help=_SAID["help_village"])
    for name, metavar in (("map", "CỘT=MỤC"), ("person", "DÒNG=SỐ"), ("take", "DÒNG")):
        command.add_argument(
            f"--{name}", action="append", default=[], metavar=metavar, help=_SAID[f"help_{name}"]
        )
    command.add_argument("--accept", choices=["sure"], help=_SAID["help_accept"])
    command.add_argument("--confirmed", action="store_true", help=_SAID["help_confirmed"])
    command.add_argument(
        "--dry-run", dest="writes", action="store_false", help=_SAID["help_dry_run"]
    )
    command.set_defaults(act=take, writes=True)


def take(ask: Ask) -> Answer:
    """Exit code 1 where a row waits, is refused, or a total of the file does not agree."""
    options, source = ask.options, read_source(ask.options.file)
    asked: dict[str, Any] = {
        "mappings": _mappings(options.map),
        "only": options.sheet,
        "village": _village(ask),
        "days": _DAYS.get(options.days, ""),
    }
    wanted = _wanted(ask)
    act = (ask.database, ask.context, ask.definitions)
    try:
        plan = support_import.plan(*act, source, wanted, **asked)
    except AppError as error:
        if error.code == "support_no_list":
            raise AppError("cli_support_no_list", name=source.name) from error
        raise
    persons = dict(plan.sure) if options.accept else {}
    for said in options.person:
        persons.update(_person(plan, said))
    if persons:
        plan = support_import.plan(*act, source, wanted, persons=persons, **asked)
    rows = [_row_of(plan, said) for said in options.take]
    choices = SupportChoices(rows=frozenset(row.place for row in rows), confirmed=options.confirmed)
    taken, done = plan.taken(choices), None
    if options.writes and taken:
        commune = review.commune_of(ask.database, None, options.on)
        done = support_import.apply(*act, plan, choices, commune=commune).value
    money = plan.money(taken)
    states = plan.counts()
    waits = states[SupportState.REFUSED] or states[SupportState.WAITING] or plan.doubts
    waits = waits or any(not total.agrees for total in plan.totals)
    classes = ask.definitions.choice_list("support_grounds").labels
    return Answer(
        _json(plan, money, done, classes),
        [*_lines(plan, classes), *_done(plan, money, done, writes=options.writes)],
        finds=bool(waits),
    )


def _wanted(ask: Ask) -> Wanted:
    options = ask.options
    known_component(ask.definitions, options.component, options.programme)
    columns = ("programme", "component", "decision_number", "decision_on")
    event = {"year": options.plan_year, **{name: getattr(options, name) for name in columns}}
    shared = {name: getattr(options, name) for name in ("content", "period_from", "period_to")}
    sources = ask.definitions.choice_list("funding_sources").codes
    if options.source not in (None, *sources):
        raise AppError("support_source", name=options.source, known=", ".join(sources))
    return Wanted(
        policy=options.policy,
        on=options.on,
        name=clean(options.name or options.file.stem),
        source=options.source,
        event={name: value for name, value in event.items() if value is not None},
        support={name: value for name, value in shared.items() if value is not None},
    )


def _village(ask: Ask) -> str:
    area = areas.tree(ask.database, ask.today).get(ask.unit) if ask.unit else None
    if area is not None and area.level is not Level.VILLAGE:
        detail = texts.CLI_IMPORT["no_village"].format(name=area.name)
        raise AppError("cli_arguments", detail=detail)
    return area.name if area else ""


def _mappings(said: list[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for each in said:
        match = _MAP.fullmatch(each)
        if match is None:
            raise AppError("cli_arguments", detail=_SAID["map_form"].format(value=each))
        found.setdefault(match["sheet"] or "", {})[match["column"].upper()] = match["field"]
    return found


def _person(plan: SupportPlan, said: str) -> dict[RowPlace, UUID | None]:
    """Who a row is. What is there already and asks nobody needs no answer: the same command again
    is no error.
    """
    found = _PERSON.fullmatch(said)
    if found is None:
        raise AppError("cli_arguments", detail=_SAID["person_form"].format(value=said))
    row, number = _of_row(plan, found["sheet"], int(found["row"])), int(found["number"])
    candidates = row.candidates if row else ()
    if row is not None and row.state is SupportState.SAME and not candidates:
        return {}
    if row is None or not candidates or number > len(candidates):
        known = "; ".join(_numbered(row)) if row and candidates else "–"
        raise AppError("import_who", row=found["row"], number=number, known=known)
    return {row.place: candidates[number - 1].uid if number else None}


def _row_of(plan: SupportPlan, said: str) -> PlannedSupport:
    found = _ROW.fullmatch(said)
    if found is None:
        raise AppError("cli_arguments", detail=_SAID["take_form"].format(value=said))
    row = _of_row(plan, found["sheet"], int(found["row"]))
    if row is None or not (row.may_be_taken or row.state is SupportState.SAME):
        raise AppError("import_take", row=said)
    return row


def _of_row(plan: SupportPlan, sheet: str | None, number: int) -> PlannedSupport | None:
    rows = [row for row in plan.rows if row.row == number and sheet in (None, row.sheet)]
    return rows[0] if len(rows) == 1 else None


def _numbered(row: PlannedSupport) -> list[str]:
    shown = [_SAID["nobody"], *(one.text for one in row.candidates)]
    return [f"{number}: {text}" for number, text in enumerate(shown)]


def _lines(plan: SupportPlan, classes: dict[str, str]) -> Iterator[str]:
    counts = {state.value: count for state, count in plan.counts().items()}
    yield _SAID["counts"].format(file=plan.file_name, **counts)
    if plan.applied_before is not None:
        yield _SAID["before"].format(day=f"{plan.applied_before:%d/%m/%Y %H:%M}")
    for doubt in plan.doubts:
        known = texts.IMPORT_DOUBTS | texts.SUPPORT_DOUBTS
        yield known[doubt.code].format(said=doubt.said, year=plan.wanted.on.year)
    for one in plan.suspicions:
        before, after = one.examples[0]
        encoding = texts.ENCODINGS[one.encoding]
        said = {"sheet": one.sheet, "column": one.column, "count": one.cells}
        yield _SAID["font"].format(**said, encoding=encoding, before=before, after=after)
    if plan.hidden:
        yield _SAID["hidden"].format(names=", ".join(plan.hidden))
    for sheet in plan.sheets:
        if sheet.holds == "nothing" and sheet.name != texts.IMPORT_TEMPLATE["guide"]:
            yield _SAID["no_list"].format(name=sheet.name)
    for name, label in plan.papers.items():
        yield _SAID["paper"].format(sheet=name, label=label)
    for name, factors in plan.factors.items():
        for column, factor in factors.items():
            shown = format_integer(factor)
            yield _SAID["unit"].format(sheet=name, column=column, factor=shown)
    for name, findings in plan.unread.items():
        for found in findings:
            text = texts.support_finding(found.code, found.said[:_SHOWN], classes)
            yield _SAID["column"].format(sheet=name, column=found.column, text=text)
    for sheet_name, number, why, text in plan.left_out:
        if why not in ("total", "subtotal", "village", *_SKIPPED):
            kind = texts.ROW_KINDS[why]
            line = {"sheet": sheet_name, "row": number, "why": kind, "text": text[:_SHOWN]}
            yield _SAID["left_out"].format(**line)
    skipped = [(sheet, why, at) for sheet, at, why, _ in plan.left_out if why in _SKIPPED]
    for (name, why), rows in _by_place(skipped):
        yield _SAID["skipped"].format(sheet=name, why=texts.ROW_KINDS[why], rows=rows)
    empty = [(row.sheet, "", row.row) for row in plan.rows if row.state is SupportState.EMPTY]
    for (name, _), rows in _by_place(empty):
        yield _SAID["empty_rows"].format(sheet=name, rows=rows)
    for row in plan.rows:
        if row.findings or row.told or row.warnings or row.asks_who:
            yield from _row_lines(row, classes)
    for total in plan.totals:
        key = {True: "total_agrees", False: "total_differs", None: "total_unread"}[total.agrees]
        amount = format_integer(total.amount or 0)
        place = {"sheet": total.sheet, "row": total.row, "amount": amount}
        yield _SAID[key].format(**place, text=total.text[:_SHOWN])


def _by_place(found: Iterable[tuple[str, str, int]]) -> Iterator[tuple[tuple[str, str], str]]:
    """The rows of each sheet and kind as `12, 14–17`."""
    by_place: dict[tuple[str, str], list[int]] = {}
    for sheet, kind, row in found:
        by_place.setdefault((sheet, kind), []).append(row)
    for place, rows in by_place.items():
        yield place, _row_numbers(sorted(rows))


def _row_numbers(rows: list[int]) -> str:
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][-1] == row - 1:
            runs[-1] = [runs[-1][0], row]
        else:
            runs.append([row])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _row_lines(row: PlannedSupport, classes: dict[str, str]) -> Iterator[str]:
    known = row.amount is not None
    amount = _SAID["amount"].format(amount=format_integer(row.amount or 0)) if known else ""
    state = texts.SUPPORT_STATES[row.state.value]
    place = {"sheet": row.sheet, "row": row.row, "name": row.name[:_SHOWN]}
    yield _SAID["row"].format(**place, state=state, amount=amount)
    for found in (*row.findings, *row.told):
        yield _SAID["finding"].format(
            place=f"{found.column}{row.row} " if found.column else "",
            text=texts.support_finding(found.code, found.said, classes),
        )
    if row.asks_who:
        yield _SAID["who"].format(known="; ".join(_numbered(row)))
    for doubt in row.warnings:
        yield _SAID["warning"].format(text=texts.support_doubt(doubt, classes))


def _done(plan: SupportPlan, money: Money, done: Imported | None, *, writes: bool) -> Iterator[str]:
    parts = {name: format_integer(value) for name, value in _parts(money).items()}
    yield _SAID["money" if writes else "money_dry"].format(**parts)
    if money.unread:
        yield _SAID["money_unread"].format(count=money.unread)
    if plan.is_nothing_new:
        yield _SAID["nothing"]
    elif done is not None:
        count = len(done.supported.supports)
        yield _SAID["done"].format(count=count, name=plan.wanted.name)
    elif plan.doubts and writes:
        yield _SAID["unsure"]
    else:
        yield _SAID["left" if writes else "dry"]


def _parts(money: Money) -> dict[str, int]:
    return {
        "file": money.file,
        "written": money.written,
        "same": money.same,
        "waiting": money.waiting,
        "refused": money.refused,
    }


def _json(
    plan: SupportPlan, money: Money, done: Imported | None, classes: dict[str, str]
) -> dict[str, Any]:
    def finding(found: Finding) -> dict[str, str]:
        text = texts.support_finding(found.code, found.said, classes)
        return {"code": found.code, "column": found.column, "value": found.said, "text": text}

    return {
        "file": plan.file_name,
        "sha256": plan.sha256,
        "policy": plan.wanted.policy,
        "on": plan.wanted.on,
        "event": None if done is None else str(done.supported.event),
        "applied_before": plan.applied_before,
        "counts": {state.value: count for state, count in plan.counts().items()},
        "money": {**_parts(money), "unread_rows": money.unread},
        "written": None if done is None else len(done.supported.supports),
        "nothing_new": plan.is_nothing_new,
        "doubts": [{"about": one.code, "said": one.said} for one in plan.doubts],
        "sheets": [
            {"name": one.name, "columns": dict(one.fields), "headings": dict(one.headings)}
            for one in plan.sheets
        ],
        "hidden": plan.hidden,
        "papers": plan.papers,
        "units": plan.factors,
        "columns_not_read": {name: [*map(finding, found)] for name, found in plan.unread.items()},
        "totals": [
            {
                "sheet": one.sheet,
                "row": one.row,
                "amount": one.amount,
                "agrees": one.agrees,
                "text": one.text,
            }
            for one in plan.totals
        ],
        "left_out": [
            {"sheet": sheet, "row": row, "why": why, "text": text}
            for sheet, row, why, text in plan.left_out
        ],
        "rows": [
            {
                "sheet": row.sheet,
                "row": row.row,
                "name": row.name,
                "village": row.village,
                "state": row.state.value,
                "amount": row.amount,
                "amounts": {} if row.receiver is None else dict(row.receiver.shares or {}),
                "household": row.receiver and str(row.receiver.household),
                "person": row.receiver and row.receiver.person and str(row.receiver.person),
                "agrees": row.agrees,
                "candidates": [one.text for one in row.candidates],
                "repeats": row.clash and str(row.clash),
                "repeats_row": row.clash_row and "{}!{}".format(*row.clash_row),
                "findings": [finding(found) for found in row.findings],
                "told": [finding(found) for found in row.told],
                "warnings": [
                    {"code": doubt.why.value, "text": texts.support_doubt(doubt, classes)}
                    for doubt in row.warnings
                ],
            }
            for row in plan.rows
        ],
    }


def template(ask: Ask) -> Answer:
    """The chosen households in a workbook to fill in."""
    options, output = ask.options, ask.options.output
    arguments.only_form(output, "xlsx")
    tree = areas.tree(ask.database, options.on)
    villages = tuple(area.uid for area in tree.villages(ask.unit)) if ask.unit else ()
    homes = HouseholdFilter(
        day=options.on,
        standard=standard_for(ask.definitions.standards, options.on.year).code,
        villages=villages,
        classes=tuple(options.classes),
    )
    found = support_bulk.household_choice(ask.database, Choice(households=homes))
    made = support_template(
        ask.database,
        ask.context,
        ask.definitions,
        Wanted(policy=options.policy, on=options.on, name=clean(options.name or "")),
        households=[row.uid for row in found],
        sources=options.source,
    )
    write_bytes(output, template_workbook(made))
    told = {"output": str(output), "rows": len(made.rows)}
    return Answer(told, [_SAID["template"].format(**told)])
