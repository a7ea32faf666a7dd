"""`giamngheo targets`: the targets of a year's plan with what is reached; who the poor are."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.named_unit import named_unit, planning_unit
from giamngheo_desktop.cli.table_lines import paper_lines
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.actual import Actual, Amount
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.rates import rate
from giamngheo_desktop.domain.target_state import tone
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.as_json import as_data
from giamngheo_desktop.reports.poverty_analysis import analysis_paper, part_name, sentences
from giamngheo_desktop.reports.target_numbers import (
    measured_amount,
    measured_text,
    promised_text,
    rounded,
    share_text,
)
from giamngheo_desktop.reports.targets import (
    fall_text,
    forecast_text,
    heading_text,
    reason_text,
    state_text,
    target_name,
    targets_paper,
)
from giamngheo_desktop.reports.village_targets import of_plan_in_hand
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.closed_years import shown_day
from giamngheo_desktop.services.targets.doubts import doubts
from giamngheo_desktop.services.targets.judging import Baseline, Judged, number_of
from giamngheo_desktop.services.targets.named import named
from giamngheo_desktop.services.targets.plan_targets import PlanTarget
from giamngheo_desktop.services.targets.poverty_analysis import Analysis, Part, before_plan
from giamngheo_desktop.services.targets.results import TypedResult
from giamngheo_desktop.services.targets.tracking import Point, Tracked, Tracking, history, track
from giamngheo_desktop.storage.names import HouseholdName

_SAID = texts.CLI_TARGETS
_Histories = Mapping[str, tuple[Point, ...]]


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = commands.add_parser("targets", parents=[common], help=_SAID["help"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument("--day", type=arguments.day, metavar="NGÀY", help=_SAID["help_day"])
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    command.add_argument("--village", metavar="TÊN", help=_SAID["help_village"])
    command.add_argument("--history", action="store_true", help=_SAID["help_history"])
    command.add_argument("--analysis", action="store_true", help=_SAID["help_analysis"])
    command.add_argument("--names", action="store_true", help=_SAID["help_names"])
    command.add_argument("--villages", action="store_true", help=_SAID["help_villages"])
    command.add_argument("--print", action="store_true", help=_SAID["help_print"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    command.set_defaults(act=tell, writes=False, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """The targets of a day, or (`--analysis`) the poor households the year begins with, or
    (`--villages`) what villages were given, as the plan prints it.

    AppErrors `cli_arguments`, `cli_contradiction`, `day_in_future`, `unknown_unit`,
    and those of `planning_unit`.
    """
    options = ask.options
    _refuse(options)
    if options.day is not None and options.day > ask.today:
        said = {"day": format_date(options.day), "today": format_date(ask.today)}
        raise AppError("day_in_future", **said)
    end = date(options.year, 12, 31)
    village = _village(ask, end)
    if options.analysis:
        return _analysis(ask, village or ask.unit or areas.top_unit(ask.database, end))
    asked_of = _commune(ask, village, end) if village else ask.unit
    unit = planning_unit(ask.database, asked_of, options.year, _SAID["what"])
    if options.villages:
        return _of_villages(ask, unit)
    day = options.day or shown_day(ask.database, unit, options.year, ask.today)
    asked: Mapping[str, Any] = {"unit": unit, "year": options.year, "day": day, "village": village}
    found = track(ask.database, ask.definitions, **asked)
    points = history(ask.database, ask.definitions, **asked) if options.history else {}
    if options.print:
        doc = targets_paper(ask.database, found)
        make.write(doc, arguments.form_by_name(options.output), options.output)
    data = _json(found, points, ask)
    data["output"] = options.output and str(options.output)
    known = (ask.database, ask.definitions, unit, options.year, found.plan)
    doubted = doubts(*known, today=ask.today)
    data["doubts"] = [
        {"code": one.code, "key": one.key or None, "text": one.sentence} for one in doubted
    ]
    told = [texts.CLI_PLAN["doubt"].format(text=one.sentence) for one in doubted]
    return Answer(data, [*_lines(found, points, ask.definitions), *told])


def _refuse(options: argparse.Namespace) -> None:
    if options.print and options.output is None:
        raise AppError("cli_arguments", detail=_SAID["needs_output"])
    if options.names and not options.analysis:
        raise AppError("cli_arguments", detail=_SAID["needs_analysis"])
    if options.output is not None and not options.print:
        raise AppError("cli_arguments", detail=_SAID["needs_print"])
    for one in ("analysis", "villages"):
        for other in ("day", "history", *(("village", "analysis") if one == "villages" else ())):
            if getattr(options, one) and getattr(options, other):
                raise AppError("cli_contradiction", one=f"--{one}", other=f"--{other}")


def _village(ask: Ask, day: date) -> UUID | None:
    """That of `--village`, which lies in the unit; the unit itself where it is one."""
    if ask.options.village is None:
        area = areas.tree(ask.database, day).get(ask.unit)
        return area.uid if area and area.level is Level.VILLAGE else None
    named = named_unit(ask.database, argparse.Namespace(unit=ask.options.village), day)
    tree = areas.tree(ask.database, day)
    villages = {area.uid: area.name for area in tree.villages(ask.unit)}
    if named is None or named not in villages or tree[named].level is not Level.VILLAGE:
        known = ", ".join(villages.values())
        raise AppError("unknown_unit", name=ask.options.village, known=known)
    return named


def _commune(ask: Ask, village: UUID | None, day: date) -> UUID | None:
    """Whose plan a village is in."""
    tree = areas.tree(ask.database, day)
    above = tree.ancestors(village) if village else ()
    return next((area.uid for area in above if area.level is Level.COMMUNE), None)


# -- targets ------------------------------------------------------------------------------------


def _json(found: Tracking, points: _Histories, ask: Ask) -> dict[str, Any]:
    plan = found.plan and {
        "key": str(found.plan),
        "version": found.version,
        "issued_on": found.issued_on,
    }
    return {
        "year": found.year,
        "unit": found.unit_name,
        "village": found.village and str(found.village),
        "day": found.day,
        "plan": plan,
        "targets": [
            {
                **_target(line, ask),
                **({"history": _points(points[key])} if (key := line.target.key) in points else {}),
            }
            for line in found.lines
        ],
    }


def _target(line: Tracked, ask: Ask) -> dict[str, Any]:
    target, actual, baseline, forecast = line.target, line.actual, line.baseline, line.forecast

    def amount(found: Amount | None) -> dict[str, Any] | None:
        return _amount(found, ask, line.measured_on)

    def homes(found: Iterable[UUID]) -> list[dict[str, Any]]:
        return _records(Amount.of(Kind.HOUSEHOLD, frozenset(found)), ask, line.measured_on)

    ends = _ends(line, ask) if target.indicator.is_decrease else None
    return {
        "key": target.key if target.uid else None,
        "indicator": target.indicator.code,
        "name": target_name(target, ask.definitions),
        "unit": target.unit,
        "groups": sorted(target.groups),
        "dimension": target.dimension,
        "comparator": target.comparator.value,
        "due": target.due,
        "measured_on": line.measured_on,
        "closed": line.is_closed,
        "baseline": None if ends else _baseline(baseline),
        "assigned": _judged(line.assigned),
        "assigned_by": target.assigned_by or None,
        "pursued": _judged(line.pursued),
        "value": None if line.value is None else _exact(line.value),
        "numerator": line.numerator,
        "denominator": line.denominator,
        "standard": actual.standard or None,
        "counted": None if ends else amount(actual.numerator),
        "out_of": None if ends else amount(actual.denominator),
        "unknown": amount(actual.unknown),
        **({"between": ends} if ends else {}),
        **({"moved": _moved(actual)} if actual.moved else {}),
        "typed": _typed(line.typed),
        "forecast": forecast
        and {
            **_exact(forecast.value),
            "leaving": homes(forecast.leaving),
            "falling": homes(forecast.fallen),
            "coming": forecast.coming,
            "planned": sorted(map(str, forecast.planned)),
        },
        "forecast_text": forecast_text(line) or None,
        "state": line.state.value,
        "tone": tone(line.state).value,
        "state_text": state_text(line),
        "reason": line.reason or None,
        "reason_text": reason_text(line) or None,
    }


def _exact(value: Fraction | None) -> dict[str, str | None]:
    """A number as it is, and as papers print it."""
    if value is None:
        return {"exact": None, "rounded": None}
    return {"exact": str(value), "rounded": str(rounded(value))}


def _judged(judged: Judged | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    share = None if judged.share is None else _exact(judged.share)
    return {
        **_exact(judged.target),
        "met": judged.met,
        "share": share,
        "state": judged.state.value,
    }


def _baseline(baseline: Baseline | None) -> dict[str, Any] | None:
    if baseline is None:
        return None
    return {
        **_exact(baseline.value),
        "numerator": baseline.numerator,
        "denominator": baseline.denominator,
        "standard": baseline.standard or None,
        "typed": baseline.typed,
    }


def _ends(line: Tracked, ask: Ask) -> dict[str, Any]:
    """The two numbers that a decrease lies between, each with its households."""
    actual, opening, day = line.actual, line.actual.opening, line.measured_on
    return {
        "opening": {
            **(_baseline(line.baseline) or {}),
            "counted": _amount(opening.numerator if opening else None, ask, day),
        },
        "closing": {
            "numerator": number_of(actual.numerator),
            "denominator": number_of(actual.denominator),
            "standard": actual.standard or None,
            "counted": _amount(actual.numerator, ask, day),
        },
    }


def _moved(actual: Actual) -> dict[str, int | None]:
    """The flows of the year behind a fall, and what escaping less coming back leaves of them."""
    return {**actual.moved, "escaped": actual.escaped, "net_escaped": actual.net_escaped}


def _amount(amount: Amount | None, ask: Ask, day: date) -> dict[str, Any] | None:
    if amount is None:
        return None
    kind = amount.kind and amount.kind.value
    return {
        "count": amount.number,
        "kind": kind,
        "ids": sorted(map(str, amount.ids)),
        "records": _records(amount, ask, day),
    }


def _records(amount: Amount, ask: Ask, day: date) -> list[dict[str, Any]]:
    """By name, where somebody reads them."""
    wanted = amount.ids and ask.options.json
    found = named(ask.database, ask.definitions, amount, day) if wanted else ()
    return [{"id": str(one.uid), "name": one.name, "more": one.more or None} for one in found]


def _typed(typed: TypedResult | None) -> dict[str, Any] | None:
    if typed is None:
        return None
    return {
        "measured_on": typed.measured_on,
        "numerator": typed.numerator,
        "denominator": typed.denominator,
        "value": None if typed.value is None else typed.value / 100,
        "reached": typed.reached,
        "source": typed.source,
        "note": typed.note or None,
    }


def _points(points: Iterable[Point]) -> list[dict[str, Any]]:
    return [{"day": point.day, **_exact(point.value)} for point in points]


def _lines(found: Tracking, points: _Histories, definitions: Definitions) -> Iterator[str]:
    if said := heading_text(found):
        yield said
    if not found.lines:
        empty = "no_targets" if found.plan else "no_plan"
        yield texts.TRACKING[empty].format(year=found.year)
    for line in found.lines:
        target, name = line.target, target_name(line.target, definitions)
        numbers = [
            _SAID["number"].format(name=texts.TRACKING[key].lower(), value=value)
            for key, value in _numbers(line)
        ]
        said = "; ".join((*numbers, state_text(line)))
        yield _SAID["line"].format(target=name, said=said)
        yield from (f"  {one}" for one in (reason_text(line), fall_text(line)) if one)
        yield from (f"  {texts.ACTUAL_REMARKS[one]}" for one in line.actual.remarks)
        if line.forecast is not None:
            yield f"  {forecast_text(line)}"
        known = points.get(target.key, ())
        if any(point.value is not None for point in known):
            yield f"  {'; '.join(_point(point, target) for point in known)}"


def _numbers(line: Tracked) -> Iterator[tuple[str, str]]:
    """What is known of giao, phấn đấu, thực hiện and % đạt."""
    target = line.target
    for key, value in (("assigned", target.assigned), ("pursued", target.pursued)):
        if value is not None:
            yield key, texts.with_unit(promised_text(value), target.unit)
    if line.value is not None:
        yield "reached", measured_amount(line.value, target)
    if line.share is not None:
        yield "share", share_text(line.share)


def _point(point: Point, target: PlanTarget) -> str:
    value = texts.with_unit(measured_text(point.value, target.indicator.type), target.unit)
    return _SAID["point"].format(day=format_date(point.day), value=value)


def _of_villages(ask: Ask, unit: UUID) -> Answer:
    options = ask.options
    doc = of_plan_in_hand(ask.database, ask.definitions, unit=unit, year=options.year)
    if options.print:
        make.write(doc, arguments.form_by_name(options.output), options.output)
    output = options.output and str(options.output)
    return Answer({**as_data(doc), "output": output}, [*paper_lines(doc)])


# -- analysis -----------------------------------------------------------------------------------


def _analysis(ask: Ask, unit: UUID) -> Answer:
    options, definitions = ask.options, ask.definitions
    found = before_plan(ask.database, definitions, unit=unit, year=options.year)
    if options.print:
        doc = analysis_paper(ask.database, definitions, found)
        make.write(doc, arguments.form_by_name(options.output), options.output)
    data = {
        "year": found.year,
        "unit": found.unit_name,
        "standard": found.standard.code,
        "households": found.total,
        "persons": found.total_persons,
        "waiting": found.waiting,
        "reason": found.reason or None,
        "parts": [_part(found, part, definitions) for part in found.parts.values()],
        "income_sources": list(found.income_sources),
        "sentences": list(sentences(found, definitions)),
        "output": options.output and str(options.output),
    }
    names = _names(found, definitions) if options.names else ()
    return Answer(data, [*sentences(found, definitions), *names])


def _names(found: Analysis, definitions: Definitions) -> Iterator[str]:
    """The households of each number that has some, and of those nobody knows."""
    for part in found.parts.values():
        for said, homes in (
            ("named", found.named(part)),
            ("unknown", found.named(part, unknown=True)),
        ):
            if homes:
                name = part_name(part.code, definitions)
                yield _SAID[said].format(part=name, count=len(homes))
                yield from (
                    _SAID["home"].format(head=home.head, village=home.village) for home in homes
                )


def _part(found: Analysis, part: Part, definitions: Definitions) -> dict[str, Any]:
    return {
        "code": part.code,
        "name": part_name(part.code, definitions),
        "count": part.count,
        "persons": part.persons,
        "percent": rate(part.count, found.total).percent,
        "households": [_home(row) for row in found.named(part)],
        "unknown": [_home(row) for row in found.named(part, unknown=True)],
    }


def _home(row: HouseholdName) -> dict[str, Any]:
    return {
        "household": str(row.household),
        "head": row.head,
        "village": row.village,
        "persons": row.persons,
    }
