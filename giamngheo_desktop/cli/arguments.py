"""Reads arguments of the command line; what it cannot read it refuses in one sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import parse_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.reports.make import FORMATS

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction["Parser"]

# What argparse says, and the sentence of `texts.CLI_ARGUMENTS` for it.
_SAID = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "required"),
    (re.compile(r"argument (?P<what>.+?): expected one argument"), "no_value"),
    (re.compile(r"argument (?P<what>.+?): invalid int value: '(?P<value>.*)'"), "no_number"),
    (
        re.compile(
            r"argument (?P<what>.+?): invalid choice: '(?P<value>.*)' \(choose from (?P<known>.+)\)"
        ),
        "no_choice",
    ),
    (re.compile(r"unrecognized arguments: (?P<what>.+)"), "unknown"),
    (re.compile(r"argument (?P<what>.+?): (?P<value>.+)"), "other"),
)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        # a command asks with an empty prefix, for the line that its own help begins with
        said = texts.CLI_HELP["usage"] if prefix is None else prefix
        super().add_usage(usage, actions, groups, said)


class Parser(argparse.ArgumentParser):
    """Help in Vietnamese; raises AppError `cli_arguments` instead of printing usage and leaving."""

    def __init__(self, *, add_help: bool = True, **options: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Formatter, **options)
        # argparse offers no other way to name its groups
        self._positionals.title = texts.CLI_HELP["positionals"]
        self._optionals.title = texts.CLI_HELP["options"]
        if add_help:
            self.add_argument("-h", "--help", action="help", help=texts.CLI_HELP["help"])

    def error(self, message: str) -> NoReturn:
        for pattern, code in _SAID:
            if found := pattern.fullmatch(message):
                said = {name: text.replace("'", "") for name, text in found.groupdict().items()}
                message = texts.CLI_ARGUMENTS[code].format(**said)
                break
        raise AppError("cli_arguments", detail=message)


def added(
    steps: Commands,
    name: str,
    common: Parser,
    act: Callable[..., object],
    said: str,
    *,
    writes: bool,
) -> Parser:
    """A command below another one, with the function that answers it."""
    command = steps.add_parser(name, parents=[common], help=said)
    command.set_defaults(act=act, writes=writes, year=None, unit=None, as_of=None)
    return command


def year_of_review(command: Parser, *, standard: bool = True) -> None:
    """`--year`, and under which `--standard`."""
    said = texts.CLI
    command.add_argument("--year", type=year, required=True, metavar="NĂM", help=said["help_year"])
    if standard:
        command.add_argument("--standard", metavar="MÃ", help=said["help_standard"])


def day(text: str) -> date:
    """`2026-06-30` or `30/06/2026`."""
    try:
        return date.fromisoformat(text) if text[4:5] == "-" else parse_date(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(texts.CLI_ARGUMENTS["day"].format(value=text)) from error


def year(text: str) -> int:
    """A year of four digits; whether a standard covers it is asked later."""
    if not re.fullmatch(r"[0-9]{4}", text) or text == "0000":
        raise argparse.ArgumentTypeError(texts.CLI_ARGUMENTS["year"].format(value=text))
    return int(text)


def count(text: str) -> int:
    """A whole number from one on."""
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) == 0:
        raise argparse.ArgumentTypeError(texts.CLI_ARGUMENTS["count"].format(value=text))
    return int(text)


def month(text: str) -> int:
    """A month by its number."""
    if not re.fullmatch(r"0?[1-9]|1[0-2]", text):
        raise argparse.ArgumentTypeError(texts.CLI_ARGUMENTS["month"].format(value=text))
    return int(text)


def only_form(output: Path, form: str) -> Path:
    """A file that can be written in one format alone. AppError `format_only`."""
    if output.suffix and output.suffix.lower() != f".{form}":
        raise AppError("format_only", path=output, name=form)
    return output


def form_of(output: Path, asked: str | None, otherwise: str = "") -> str:
    """The format of a file: what is asked for, else what its name ends with, else `otherwise`.

    Raises AppErrors `format_contradicts`, `format_missing`.
    """
    ending = output.suffix.lower().lstrip(".")
    named = ending if ending in FORMATS else ""
    if asked and named and asked != named:
        raise AppError("format_contradicts", path=output, name=asked)
    found = asked or named or otherwise
    if not found:
        raise AppError("format_missing", path=output, known=", ".join(FORMATS))
    return found


def form_by_name(output: Path) -> str:
    """The format that the name of a file ends with, of a command without `--format`. AppError
    `format_ending`.
    """
    ending = output.suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise AppError("format_ending", path=output, known=", ".join(FORMATS))
    return ending


class Writes(argparse.Action):
    """An option that changes the file; one that takes no argument (`nargs=0`) is True."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option: str | None = None,
    ) -> None:
        setattr(namespace, self.dest, True if self.nargs == 0 else values)
        namespace.writes = True
