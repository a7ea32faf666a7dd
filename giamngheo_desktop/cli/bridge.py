"""`giamngheo bridge`: why a number of a table is another one than before, step by step, by name."""

from __future__ import annotations

import argparse
from pathlib import Path

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import measure
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.as_json import column_paths
from giamngheo_desktop.reports.bridge import Bridge, Line, Then, bridge, paper
from giamngheo_desktop.reports.document import NumberFormat, ReportDoc, Source
from giamngheo_desktop.services import areas


def add_parser(
    commands: argparse._SubParsersAction[arguments.Parser], common: arguments.Parser
) -> arguments.Parser:
    said = texts.BRIDGE
    command = commands.add_parser("bridge", parents=[common], help=said["help"])
    command.add_argument("code", metavar="BIỂU", help=said["help_code"])
    command.add_argument("--column", required=True, metavar="CỘT", help=said["help_column"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=said["help_year"]
    )
    command.add_argument("--unit", metavar="TÊN", help=said["help_unit"])
    command.add_argument("--standard", metavar="MÃ", help=said["help_standard"])
    command.add_argument(
        "--from", dest="then", type=_then, metavar="NĂM|NGÀY", help=said["help_from"]
    )
    command.add_argument(
        "--to", dest="as_of", type=arguments.day, metavar="NGÀY", help=said["help_to"]
    )
    command.add_argument("--persons", action="store_true", help=said["help_persons"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=said["help_output"])
    command.set_defaults(act=tell, writes=False)
    return command


def tell(ask: Ask) -> Answer:
    """The chain in one line, then the names by step."""
    options = ask.options
    make.refuse_future(ask.database, options.as_of, ask.today)
    doc = make.make(
        ask.database,
        ask.definitions,
        options.code.upper(),
        year=options.year,
        unit=ask.unit,
        as_of=options.as_of,
        standard=options.standard,
    )
    key = _key(doc, options.column)
    source, heading = _cell(doc, key, persons=options.persons)
    if source is None:
        raise AppError("bridge_typed")
    note = _of_rate(doc, key, source)
    unit = areas.tree(ask.database, make.scope_of(source).day).get(source.unit)
    place = unit.name if unit else ""
    then = options.then if options.then is not None else options.year - 1
    found = bridge(ask.database, ask.definitions, source, then)
    if options.output is not None:
        made = paper(ask.database, found, code=doc.code, heading=heading, place=place)
        make.write(made, options.output.suffix.lstrip("."), options.output)
    said = (f"{heading} – {place}", *filter(None, [note]), *_lines(found))
    return Answer({**_json(found, heading, place), "note": note or None}, said)


def _then(text: str) -> Then:
    return int(text) if text.isdigit() and len(text) == 4 else arguments.day(text)


def _key(doc: ReportDoc, named: str) -> str:
    """The key of a column that is named so, or by the number printed above it."""
    (table,) = doc.tables
    numbers = {leaf.number: leaf.key for leaf in table.value_leaves if leaf.number}
    return numbers.get(named, named)


def _of_rate(doc: ReportDoc, key: str, source: Source) -> str:
    """That the steps of a rate are those of what it divides; empty for a count."""
    (table,) = doc.tables
    paths = {leaf.key: (path, leaf) for path, leaf in column_paths(table.columns)}
    path, leaf = paths[key]
    if leaf.format is not NumberFormat.RATE:
        return ""
    counted = measure(source.measure)
    people = counted is not None and counted.counts_people
    said = texts.BRIDGE["of_rate_persons" if people else "of_rate"]
    return said.format(column=" – ".join(path))


def _cell(doc: ReportDoc, key: str, *, persons: bool) -> tuple[Source | None, str]:
    """What the total counts in a column, with the column's name; of a share its numerator."""
    (table,) = doc.tables
    paths = {leaf.key: " – ".join(path) for path, leaf in column_paths(table.columns)}
    if key not in paths:
        known = ", ".join(paths)
        raise AppError("bridge_no_cell", name=doc.code, column=key, known=known)
    kind = "khau" if persons else "ho"
    if persons and not any(row.kind == kind for row in table.rows):
        raise AppError("bridge_no_persons", name=doc.code)
    totals = [at for at, row in enumerate(table.rows) if row.level == 0]
    at = next((at for at in totals if table.rows[at].kind == kind), totals[0])
    source = table.cell(at, key).source
    if source is not None and source.measure in paths:
        key = source.measure
        source = table.cell(at, key).source
    return source, paths[key]


def _lines(found: Bridge) -> list[str]:
    lines = [found.equation, f"{found.start} {found.then}"]
    for line in found.lines:
        sign = "−" if line.amount < 0 else "+"
        lines.append(f"{sign} {abs(line.amount)} {line.text}")
        lines += [f"    {texts.household_words(*named[:2])}: {named[2]}" for named in line.named]
    return [*lines, f"= {found.end} {found.now}"]


def _json(found: Bridge, heading: str, place: str) -> dict[str, object]:
    return {
        "column": heading,
        "row": place,
        "from": found.then,
        "to": found.now,
        "start": found.start,
        "steps": [_step(line) for line in found.lines],
        "end": found.end,
        "equation": found.equation,
    }


def _step(line: Line) -> dict[str, object]:
    ids: list[tuple[str, object]] = [("household", home.household) for home in line.households]
    ids += [("person", one.person) for one in line.persons]
    return {
        "why": line.cause.why.value,
        "fact": line.cause.fact or None,
        "text": line.text,
        "amount": line.amount,
        "names": [
            {kind: str(uid), "name": name, "village": village, "why": why}
            for (kind, uid), (name, village, why) in zip(ids, line.named, strict=True)
        ],
    }
