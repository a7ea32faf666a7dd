"""`giamngheo list`: lists of households and members, and the layouts other programs read."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.taken_options import refuse_both
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.list_layouts import (
    DETAIL,
    LAYOUTS,
    detail_paper,
    list_bytes,
    render_layout,
)
from giamngheo_desktop.reports.name_list import read_list
from giamngheo_desktop.storage.engine import Database


def add_parser(
    commands: argparse._SubParsersAction[arguments.Parser], common: arguments.Parser
) -> arguments.Parser:
    said = texts.CLI_LIST
    command = commands.add_parser("list", parents=[common], help=said["help"])
    command.add_argument("code", nargs="?", metavar="MÃ", help=said["help_code"])
    command.add_argument("--layout", choices=tuple(LAYOUTS), help=said["help_layout"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=said["help_year"]
    )
    command.add_argument("--village", dest="unit", metavar="TÊN", help=said["help_village"])
    command.add_argument("--standard", metavar="MÃ", help=said["help_standard"])
    command.add_argument("--as-of", type=arguments.day, metavar="NGÀY", help=said["help_as_of"])
    command.add_argument(
        "--edition", type=arguments.count, metavar="LẦN", help=said["help_edition"]
    )
    command.add_argument("--columns", metavar="CỘT,CỘT", help=said["help_columns"])
    command.add_argument("--format", choices=make.FORMATS, help=said["help_format"])
    command.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help=said["help_output"]
    )
    return command


def write_list(
    database: Database, definitions: Definitions, options: argparse.Namespace, unit: UUID | None
) -> str:
    """Writes the file; returns the code of what it holds."""
    asked: dict[str, Any] = {
        "year": options.year,
        "unit": unit,
        "standard": options.standard,
        "as_of": options.as_of,
        "edition": options.edition,
    }
    form = arguments.form_of(options.output, options.format, otherwise="xlsx")
    if options.layout and options.layout != DETAIL and form != "xlsx":
        raise AppError("layout_only_xlsx", name=options.layout)
    if (options.code is None) == (options.layout is None):
        raise AppError("cli_list_or_layout", known=", ".join(definitions.name_lists))
    refuse_both(options, "layout", "columns")
    refuse_both(options, "edition", "as-of")
    if options.layout == DETAIL and form != "xlsx":
        data = make.render(detail_paper(database, definitions, **asked), form)
    elif options.layout:
        data = render_layout(database, definitions, options.layout, **asked)
    else:
        columns = options.columns.split(",") if options.columns else None
        found = read_list(database, definitions, options.code, columns=columns, **asked)
        data = list_bytes(found, form)
    write_bytes(options.output, data)
    return str(options.layout or options.code)
