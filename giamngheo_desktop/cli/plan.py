"""`giamngheo plan`: the plan of a year and its reports as written papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.named_unit import planning_unit
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.plan_layout import in_order
from giamngheo_desktop.domain.report_periods import ALL
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import issued as documents
from giamngheo_desktop.reports import report_changes
from giamngheo_desktop.reports.asked import Stamp
from giamngheo_desktop.reports.document import ReportDoc
from giamngheo_desktop.reports.many import render_all
from giamngheo_desktop.reports.report_ask import report_ask
from giamngheo_desktop.reports.written import data_day, written
from giamngheo_desktop.reports.written_doubts import doubts
from giamngheo_desktop.reports.written_issue import asked_of, issue, kept_of
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.documents import heads, reading, sections, versions
from giamngheo_desktop.services.documents.reading import Document
from giamngheo_desktop.storage import plans

_SAID = texts.CLI_PLAN
_ONE_OF = (
    "layouts", "begin", "adjust", "replace", "drop_draft", "skeleton", "doubts", "changes", "issue",
)  # fmt: skip


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = commands.add_parser("plan", parents=[common], help=_SAID["help"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    command.add_argument(
        "--version", type=arguments.count, metavar="BẢN", help=_SAID["help_version"]
    )
    command.add_argument("--report", choices=ALL, metavar="KỲ", help=_SAID["help_report"])
    command.add_argument("--layouts", action="store_true", help=_SAID["help_layouts"])
    command.add_argument("--begin", action=arguments.Writes, metavar="MÃ", help=_SAID["help_begin"])
    command.add_argument("--adjust", action=arguments.Writes, nargs=0, help=_SAID["help_adjust"])
    command.add_argument("--replace", action=arguments.Writes, nargs=0, help=_SAID["help_replace"])
    command.add_argument("--drop-draft", action=arguments.Writes, nargs=0, help=_SAID["help_drop"])
    command.add_argument("--skeleton", action="store_true", help=_SAID["help_skeleton"])
    command.add_argument("--doubts", action="store_true", help=_SAID["help_doubts"])
    command.add_argument("--changes", action="store_true", help=_SAID["help_changes"])
    command.add_argument("--issue", action=arguments.Writes, nargs=0, help=_SAID["help_issue"])
    command.add_argument("--anyway", action="store_true", help=_SAID["help_anyway"])
    command.add_argument("--number", metavar="SỐ", help=_SAID["help_number"])
    command.add_argument("--on", type=arguments.day, metavar="NGÀY", help=_SAID["help_on"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    command.set_defaults(act=tell, writes=False, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """What is asked of the plan or report. AppErrors `cli_arguments`, `plan_not_begun`,
    `report_not_begun`, `plan_no_version` and those of the services.
    """
    options = ask.options
    if sum(bool(getattr(options, name)) for name in _ONE_OF) > 1:
        raise AppError("cli_arguments", detail=_SAID["one"])
    if (options.number or options.on or options.anyway) and not options.issue:
        raise AppError("cli_arguments", detail=_SAID["needs_issue"])
    if (options.adjust or options.replace) and options.report:
        raise AppError("cli_arguments", detail=_SAID["needs_plan"])
    if options.layouts:
        return _layouts(ask)
    unit = planning_unit(ask.database, ask.unit, options.year, _SAID["what"])
    if options.begin:
        return _begun(ask, unit)
    document = _asked(ask, unit)
    if options.changes:
        return _changes(ask, document)
    if options.adjust or options.replace:
        return _next(ask, document)
    if options.drop_draft:
        return _dropped(ask, document)
    if options.issue:
        return _issued(ask, document)
    if options.output is not None:
        _write(ask, _printed(ask, document))
    return _told(ask, document)


def _printed(ask: Ask, document: Document) -> tuple[ReportDoc, ...]:
    """What was issued as it was signed, a draft by the data of today."""
    held = None if document.is_draft else kept_of(ask.database, document)
    if held is not None:
        return documents.reprinted(ask.database, held.uid)
    return written(ask.database, ask.definitions, document.uid, today=ask.today)


def _issued(ask: Ask, document: Document) -> Answer:
    """The version stands, unless something is to be looked at before."""
    options = ask.options
    asked_of(ask.database, document.uid)
    stamp = Stamp(number=options.number or "", issued_on=options.on or ask.today)
    told = _told(ask, document, stamp.issued_on)
    if told.finds and not options.anyway:
        data = {**dict(told.json), "output": None}
        return Answer(data, [*told.lines, _SAID["waits"]], finds=True)
    known = (ask.database, ask.definitions, ask.context)
    uid = issue(*known, document.uid, stamp).value
    if options.output is not None:
        _write(ask, documents.load(ask.database, uid))
    found = reading.read(ask.database, ask.definitions, document.uid)
    told = _told(ask, found, stamp.issued_on)
    more = [] if found.head["number"] else [_SAID["no_number"]]
    return Answer(told.json, [*told.lines, *more])


def _write(ask: Ask, docs: tuple[ReportDoc, ...]) -> None:
    output = ask.options.output
    write_bytes(output, render_all(docs, arguments.form_by_name(output)))


def _next(ask: Ask, document: Document) -> Answer:
    """A draft that adjusts or replaces the version."""
    change = versions.Change.ADJUSTS if ask.options.adjust else versions.Change.REPLACES
    uid = versions.next_version(ask.database, ask.context, document.uid, change).value
    found = reading.read(ask.database, ask.definitions, uid)
    said = _SAID["next"].format(version=found.version, before=document.version)
    told = _told(ask, found)
    return Answer(told.json, [said, *told.lines])


def _dropped(ask: Ask, document: Document) -> Answer:
    heads.remove(ask.database, ask.context, document.uid)
    said = _SAID["dropped"].format(version=document.version)
    return Answer({"dropped": str(document.uid), "version": document.version}, [said])


def _layouts(ask: Ask) -> Answer:
    """Those of plans, or of reports where one is asked for."""
    options, known = ask.options, ask.definitions.outdated
    wanted = plans.REPORT if options.report else plans.PLAN
    newest = (versions[-1] for versions in ask.definitions.layouts.values())
    found = in_order((one for one in newest if one.type == wanted), options.year)
    day = date(options.year, 12, 31)
    unit = ask.unit or areas.top_unit(ask.database, day)
    area = areas.tree(ask.database, day).get(unit)
    rows: list[Mapping[str, Any]] = []
    lines: list[str] = []
    for one in found:
        outdated = one.outdated(options.year, known)
        suits = area is None or one.suits(area.level, area.kind)
        rows.append(
            {
                "code": one.code,
                "label": one.label,
                "source": one.source,
                "recommended": one.recommended,
                "level": one.level and one.level.value,
                "kinds": list(one.kinds),
                "valid_from": one.valid_from,
                "valid_to": one.valid_to,
                "is_of_year": one.is_of(options.year),
                "suits": suits,
                "outdated": list(outdated),
                "misprints": list(one.misprints),
            }
        )
        notes = texts.layout_notes(one, options.year, outdated, suits=suits)
        line = _SAID["layout"].format(code=one.code, label=one.label, notes="; ".join(notes))
        lines.append(line)
    return Answer(rows, lines)


def _begun(ask: Ask, unit: UUID) -> Answer:
    options = ask.options
    known = (ask.database, ask.context, ask.definitions, unit, options.year, options.begin)
    if options.report:
        done = sections.begin_report(*known, options.report)
    else:
        done = sections.begin(*known)
    document = reading.read(ask.database, ask.definitions, done.value)
    layout = ask.definitions.layout(options.begin)
    outdated = layout.outdated(options.year, ask.definitions.outdated)
    notes = [_SAID["note"].format(text=one) for one in texts.layout_warning(layout, outdated)]
    told = _told(ask, document)
    count = sum(1 for _ in document.walk())
    begun = _SAID["begun"].format(label=layout.label, count=count)
    return Answer(told.json, [begun, *told.lines, *notes])


def _asked(ask: Ask, unit: UUID) -> Document:
    """The version, or the newest one."""
    options = ask.options
    known = (ask.database, ask.definitions)
    if options.report:
        found = reading.report_of(*known, unit, options.year, options.report)
        if not found:
            period = texts.period_of_year_text(options.report, options.year)
            raise AppError("report_not_begun", period=period)
    else:
        with ask.database.reader() as connection:
            rows = plans.versions(connection, options.year, unit)
            found = tuple(reading.read_in(connection, known[1], row["uid"]) for row in rows)
        if not found:
            raise AppError("plan_not_begun", year=options.year)
    if options.version is None:
        return found[-1]
    for one in found:
        if one.version == options.version:
            return one
    raise AppError("plan_no_version", year=options.year, version=options.version)


def _changes(ask: Ask, document: Document) -> Answer:
    """What a report has to say of what changed since the last one."""
    day = data_day(ask.database, document, ask.today)
    asked = report_ask(ask.database, ask.definitions, document, day)
    if asked is None:
        raise AppError("cli_arguments", detail=_SAID["needs_report"])
    found = report_changes.read(asked)
    return Answer(report_changes.data(found), report_changes.sentences(asked, found))


def _told(ask: Ask, document: Document, signed_on: date | None = None) -> Answer:
    """Its state, headings and doubts; headings or doubts alone where they are asked for. Headings
    alone, and JSON, also have those within components.
    """
    options = ask.options
    headings = reading.skeleton(document, parts=options.skeleton)
    doubted = doubts(ask.database, ask.definitions, document.uid, ask.today, signed_on)
    told = [texts.document_doubt_text(one.doubt, one.params) for one in doubted]
    data: Mapping[str, Any] = {
        "document": str(document.uid),
        "type": document.type,
        "year": document.year,
        "period": document.period or None,
        "version": document.version,
        "issued_on": document.issued_on,
        "layout": document.layout or None,
        "title": document.head["summary"],
        "headings": [
            {"number": one.number, "title": one.name, "origin": one.origin.value}
            for one in document.printed()
            if one.title or one.number
        ],
        "doubts": [
            {"code": one.doubt.value, "section": one.section and str(one.section), "text": text}
            for one, text in zip(doubted, told, strict=True)
        ],
        "output": options.output and str(options.output),
    }
    lines = [] if options.skeleton or options.doubts else [_state(document)]
    if not options.doubts:
        lines += [f"{number} {title}".strip() for number, title in headings]
    if not options.skeleton:
        lines += [_SAID["doubt"].format(text=text) for text in told]
    if options.doubts and not told:
        lines.append(_SAID["no_doubts"])
    waits = options.issue and not all(one.is_note for one in doubted)
    return Answer(data, lines, finds=bool((options.doubts and told) or waits))


def _state(document: Document) -> str:
    day = document.issued_on
    state = _SAID["issued"].format(day=format_date(day)) if day else _SAID["draft"]
    period = texts.period_of_year_text(document.period, document.year) if document.period else ""
    key = "plan" if document.type == plans.PLAN else "report"
    return _SAID[key].format(
        year=document.year, version=document.version, state=state, period=period
    )
