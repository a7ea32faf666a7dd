"""`giamngheo calendar`: which reports of a year are due, sent, late; receipts and presets."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.named_record import known_code, record_named
from giamngheo_desktop.cli.named_unit import planning_unit
from giamngheo_desktop.cli.papers import uid
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.report_calendar import Direction, Rule, doubts
from giamngheo_desktop.domain.report_periods import ALL
from giamngheo_desktop.domain.schedule_preset import PresetSchedule
from giamngheo_desktop.domain.standard import Fact
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.report_calendar import (
    calendar_notes,
    calendar_paper,
    due_day,
    number_text,
    recipient_of,
    report_name,
    schedule_title,
    senders_text,
    state_text,
    status_list,
)
from giamngheo_desktop.services.reporting import receipts, schedules
from giamngheo_desktop.services.reporting.calendar import Calendar, Line, Schedule, calendar
from giamngheo_desktop.services.reporting.receipts import Receipt, Report
from giamngheo_desktop.storage import plans

_SAID = texts.CLI_CALENDAR
_WRITING = ("take", "confirm", "received", "take_back")


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = commands.add_parser("calendar", parents=[common], help=_SAID["help"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    command.add_argument("--day", type=arguments.day, metavar="NGÀY", help=_SAID["help_day"])
    shown = command.add_mutually_exclusive_group()
    shown.add_argument("--incoming", action="store_true", help=_SAID["help_incoming"])
    shown.add_argument("--outgoing", action="store_true", help=_SAID["help_outgoing"])
    shown.add_argument("--presets", action="store_true", help=_SAID["help_presets"])
    command.add_argument("--take", action=arguments.Writes, metavar="MÃ", help=_SAID["help_take"])
    command.add_argument(
        "--confirm", action=arguments.Writes, nargs="*", metavar="MÃ", help=_SAID["help_confirm"]
    )
    command.add_argument(
        "--received", action=arguments.Writes, nargs="+", metavar="MỤC", help=_SAID["help_received"]
    )
    command.add_argument("--paper", type=uid, metavar="MÃ", help=_SAID["help_paper"])
    command.add_argument(
        "--take-back", action=arguments.Writes, type=uid, metavar="MÃ", help=_SAID["help_take_back"]
    )
    command.add_argument("--period", choices=ALL, metavar="KỲ", help=_SAID["help_period"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    command.set_defaults(act=tell, writes=False, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """What is due; or one change of it. AppErrors `calendar_option`, `calendar_no_plan`,
    `calendar_received`, and those of the services.
    """
    options = ask.options
    asked = [name for name in _WRITING if getattr(options, name) is not None]
    if len(asked) > 1 or (asked and (options.presets or options.output)):
        names = ", ".join(f"--{name.replace('_', '-')}" for name in (*_WRITING, "presets"))
        raise AppError("calendar_option", names=names)
    if options.presets:
        return _presets(ask)
    if asked:
        return _ACTS[asked[0]](ask, _unit(ask))
    found = _calendar(ask, options.day or ask.today)
    if options.output is not None:
        make.refuse_future(ask.database, options.day, ask.today)
        form = arguments.form_by_name(options.output)
        if options.period:
            doc = status_list(ask.database, found, options.period)
        else:
            doc = calendar_paper(ask.database, found)
        make.write(doc, form, options.output)
    lines = _shown(found, options)
    data = {
        "year": found.year,
        "day": found.day,
        "unit": found.unit_name,
        "has_plan": found.has_plan,
        "is_draft": found.is_draft,
        "schedules": [_schedule(one) for one in found.schedules],
        "reports": [_line(found, one) for one in lines],
        "stray": [_receipt(one) for one in found.stray],
        "notes": [*calendar_notes(found, options.period or "")],
        "output": options.output and str(options.output),
    }
    shown = {line.schedule.uid for line in lines}
    if not (options.incoming or options.outgoing or options.period):
        shown |= {one.uid for one in found.unsent}
    known = [one for one in found.schedules if one.uid in shown]
    return Answer(data, [*_texts(found, lines, known, options.period or "")])


def _unit(ask: Ask) -> UUID:
    return planning_unit(ask.database, ask.unit, ask.options.year, _SAID["what"])


def _calendar(ask: Ask, day: date) -> Calendar:
    return calendar(ask.database, ask.definitions, _unit(ask), ask.options.year, day)


def _shown(found: Calendar, options: argparse.Namespace) -> tuple[Line, ...]:
    lines = found.lines
    if options.incoming or options.outgoing:
        lines = found.of(Direction.INCOMING if options.incoming else Direction.OUTGOING)
    return tuple(one for one in lines if options.period in (None, one.occurrence.period))


def _presets(ask: Ask) -> Answer:
    found = [versions[-1] for versions in ask.definitions.schedules.values()]
    told = [
        {
            "code": one.code,
            "name": one.label,
            "legal_basis": one.legal_basis,
            "schedules": [_preset(row, one.sources) for row in one.schedules],
        }
        for one in found
    ]
    lines: list[str] = []
    for preset in found:
        lines.append(_SAID["preset"].format(code=preset.code, label=preset.label))
        for row in preset.schedules:
            sentence = texts.schedule_sentence(row.rule(ask.options.year), row.content)
            said = texts.REPORTING[row.direction.value]
            lines.append(_SAID["preset_line"].format(sentence=f"{said}: {sentence}"))
    return Answer({"presets": told}, lines)


def _preset(row: PresetSchedule, sources: Mapping[str, str]) -> Mapping[str, Any]:
    return {
        "direction": row.direction.value,
        "period": _fact(row.period, sources),
        "content": row.content,
        "senders": row.senders.value,
        "sender": row.sender or None,
        "via": _fact(row.via, sources),
        "recipient": _fact(row.recipient, sources),
        "due_day": _fact(row.due_day, sources),
        "due_month": _fact(row.due_month, sources),
        "before": row.before,
        "cutoff_day": _fact(row.cutoff_day, sources),
        "certainty": row.certainty.value,
        "source": sources.get(row.source, ""),
    }


def _fact(
    fact: Fact[str] | Fact[int] | None, sources: Mapping[str, str]
) -> Mapping[str, Any] | None:
    if fact is None:
        return None
    source = sources.get(fact.source, "")
    certainty = fact.certainty.value
    return {"value": fact.value, "certainty": certainty, "source": source, "note": fact.note}


def _take(ask: Ask, unit: UUID) -> Answer:
    code, year = ask.options.take, ask.options.year
    known_code(code, [*ask.definitions.schedules], "preset")
    with ask.database.reader() as connection:
        plan = plans.in_hand(connection, year, unit)
    if plan is None:
        raise RefusedError("calendar_no_plan", year=str(year))
    done = schedules.take(ask.database, ask.context, ask.definitions, plan["uid"], code)
    said = _SAID["taken"].format(count=len(done.value), year=year)
    return Answer({"taken": [str(one) for one in done.value]}, [said])


def _confirm(ask: Ask, unit: UUID) -> Answer:
    """Those named, all that wait without a name, of the newest version of the plan."""
    year = ask.options.year
    with ask.database.reader() as connection:
        plan = plans.in_hand(connection, year, unit)
        rows = schedules.of_plan(connection, plan["uid"]) if plan else []
    if plan is None:
        raise RefusedError("calendar_no_plan", year=str(year))
    wanted = [_named(said, rows, year) for said in ask.options.confirm]
    wanted = wanted or [row["uid"] for row in rows if not schedules.is_confirmed(row)]
    done = schedules.confirm(ask.database, ask.context, wanted)
    lines = [_SAID["confirmed"].format(count=len(done.value))]
    for row in (row for row in rows if row["uid"] in done.value):
        name = texts.schedule_name(row)
        told = (texts.RULE_DOUBTS[one] for one in doubts(Rule.of(row), year))
        lines += (_SAID["confirmed_doubt"].format(name=name, text=text) for text in told)
    return Answer({"confirmed": [str(one) for one in done.value]}, lines)


def _named(said: str, rows: Sequence[Mapping[str, Any]], year: int) -> UUID:
    """A schedule by its key, its uid or what it is called."""
    by_key = {row["key"]: row["uid"] for row in rows}
    if said in by_key:
        found: UUID = by_key[said]
        return found
    called = {row["uid"]: texts.schedule_name(row) for row in rows}
    return record_named(said, called, "schedule", year=year)


def _received(ask: Ask, unit: UUID) -> Answer:
    """One report, or those of all senders that are missing where nobody is named."""
    options = ask.options
    try:
        key, period, day, *sender = options.received
        submitted_on = arguments.day(day)
    except (ValueError, argparse.ArgumentTypeError) as error:
        raise AppError("calendar_received", detail=" ".join(options.received)) from error
    found = calendar(ask.database, ask.definitions, unit, options.year, ask.today)
    rows = [{"uid": one.uid, "key": one.key, "period": one.rule.period, "content": one.content}
            for one in found.schedules]  # fmt: skip
    schedule = _named(key, rows, options.year)
    lines = [
        line
        for line in found.lines
        if line.schedule.uid == schedule and line.occurrence.period == period.upper()
    ]
    reports = [line.report for line in lines]
    if sender:
        called = {_sender_of(line.report): line.sender for line in lines}
        wanted = record_named(" ".join(sender), called, "sender", year=options.year)
        reports = [one for one in reports if _sender_of(one) == wanted]
    if not reports:
        key = next(row["key"] for row in rows if row["uid"] == schedule)
        reports = [Report(key=str(key), period=period.upper())]
    args = (ask.database, ask.context, options.year)
    if len(reports) == 1:
        done = receipts.record(*args, reports[0], submitted_on, issued=options.paper)
        uids = [str(done.value)]
    else:
        uids = [str(one) for one in receipts.record_many(*args, reports, submitted_on).value]
    return Answer({"received": uids}, [_SAID["received"].format(count=len(uids))])


def _sender_of(report: Report) -> UUID:
    """Whoever is named; nobody is a key of its own."""
    return report.village or report.officer or report.body or UUID(int=0)


def _take_back(ask: Ask, _: UUID) -> Answer:
    receipts.take_back(ask.database, ask.context, [ask.options.take_back])
    said = _SAID["taken_back"].format(count=1)
    return Answer({"taken_back": str(ask.options.take_back)}, [said])


_ACTS = {"take": _take, "confirm": _confirm, "received": _received, "take_back": _take_back}


def _schedule(one: Schedule) -> Mapping[str, Any]:
    return {
        "record": str(one.uid),
        "key": one.key,
        "direction": one.direction.value,
        "period": one.rule.period.value,
        "content": one.content,
        "sentence": texts.schedule_sentence(one.rule, one.content),
        "senders": one.senders and one.senders.value,
        "sender": one.sender or None,
        "via": one.via or None,
        "recipient": one.recipient or None,
        "unit": one.area_name or None,
        "confirmed": one.is_confirmed,
        "doubts": [{"code": doubt.value, "text": texts.RULE_DOUBTS[doubt]} for doubt in one.doubts],
        "note": one.note or None,
    }


def _line(found: Calendar, line: Line) -> Mapping[str, Any]:
    when = line.occurrence
    named = {name: getattr(line.report, name) for name in receipts.SENDERS}
    return {
        "key": line.report.key,
        "period": when.period,
        "first": when.first,
        "last": when.last,
        "due": when.due,
        "due_is_working": line.due_is_working,
        "cutoff": when.cutoff,
        "sender": line.sender or None,
        **{name: uid and str(uid) for name, uid in named.items()},
        "is_expected": line.is_expected,
        "state": line.standing.state.value,
        "days": line.standing.days,
        "text": state_text(found, line),
        "number": number_text(found, line) or None,
        "receipts": [_receipt(one) for one in line.receipts],
    }


def _receipt(one: Receipt) -> Mapping[str, Any]:
    return {
        "record": str(one.uid),
        "key": one.report.key,
        "period": one.report.period,
        "submitted_on": one.submitted_on,
        "number": one.number or None,
        "issued": one.issued and str(one.issued),
        "note": one.note or None,
    }


def _texts(
    found: Calendar, lines: Sequence[Line], known: Sequence[Schedule], period: str
) -> Iterator[str]:
    for line in lines:
        name = report_name(line)
        state = state_text(found, line)
        if line.submitted_on is not None:
            state = f"{state} ({format_date(line.submitted_on)})"
        sender = f" – {line.sender}" if line.sender else ""
        yield _SAID["line"].format(due=due_day(line), name=name, sender=sender, state=state)
    if not lines:
        yield texts.REPORTING["none"]
    yield from _codes(found, known)
    yield from calendar_notes(found, period)


def _codes(found: Calendar, known: Sequence[Schedule]) -> Iterator[str]:
    """Each report once: its code, which way it goes, from whom to whom, what looks wrong in it."""
    if known:
        yield _SAID["codes"]
    for one in known:
        here = found.unit_name if one.direction is Direction.INCOMING else _SAID["no_recipient"]
        yield _SAID["schedule"].format(
            key=one.key,
            direction=texts.REPORTING[one.direction.value],
            name=schedule_title(one),
            due=texts.report_due_text(one.rule),
            sender=senders_text(found, one),
            recipient=recipient_of(one) or here,
            state="" if one.is_confirmed else f"; {texts.REPORTING['unconfirmed']}",
        )
        for doubt in one.doubts:
            yield _SAID["doubt"].format(text=texts.RULE_DOUBTS[doubt])
