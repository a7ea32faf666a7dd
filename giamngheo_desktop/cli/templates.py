"""`giamngheo template`: the Word templates of papers, without a window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.reports import paper_templates
from giamngheo_desktop.reports.paper_templates import PaperState

_SAID = texts.CLI_TEMPLATES


def add_parsers(commands: arguments.Commands, common: arguments.Parser) -> list[arguments.Parser]:
    """All commands; each sets `act` and whether it `writes`, as those of `issuing` do."""
    template = commands.add_parser("template", help=_SAID["help"])
    steps = template.add_subparsers(required=True, metavar="VIỆC")
    listed = _add(steps, "list", common, _list)
    written = _add(steps, "write", common, _write)
    checked = _add(steps, "check", common, _check)
    used = _add(steps, "use", common, _use, writes=True)
    confirmed = _add(steps, "confirm", common, _confirm, writes=True)
    reset = _add(steps, "reset", common, _reset, writes=True)
    for command in (written, checked, used, confirmed, reset):
        command.add_argument("paper", metavar="GIẤY", help=_SAID["help_paper"])
    checked.add_argument("file", type=Path, nargs="?", metavar="TỆP", help=_SAID["help_file"])
    used.add_argument("file", type=Path, metavar="TỆP", help=_SAID["help_file"])
    confirmed.add_argument("--number", default="", metavar="SỐ", help=_SAID["help_number"])
    return [listed, written, checked, used, confirmed, reset]


def _add(
    steps: arguments.Commands,
    name: str,
    common: arguments.Parser,
    act: Callable[[Ask], Answer],
    *,
    writes: bool = False,
) -> arguments.Parser:
    return arguments.added(steps, name, common, act, _SAID[f"help_{name}"], writes=writes)


def _list(ask: Ask) -> Answer:
    found = paper_templates.states(ask.database, ask.definitions).values()
    return Answer(
        {"papers": [_json(one) for one in found]}, [f"{one.code}: {one.said}" for one in found]
    )


def _write(ask: Ask) -> Answer:
    path = paper_templates.write(ask.database, ask.definitions, ask.options.paper)
    return Answer({"output": str(path)}, [str(path)])


def _check(ask: Ask) -> Answer:
    """Of a file, or of the template that lies beside the data; faults are findings."""
    found = paper_templates.state(ask.database, ask.definitions, ask.options.paper)
    path = ask.options.file or found.file
    read = paper_templates.check(path, found.shipped)
    problems = paper_templates.problem_texts(read.problems)
    warnings = [texts.TEMPLATE_WARNINGS[code] for code in read.warnings]
    lines = [*problems, *warnings] or [_SAID["sound"].format(path=path)]
    told = {"output": str(path), "problems": problems, "warnings": warnings}
    return Answer(told, lines, finds=bool(problems))


def _use(ask: Ask) -> Answer:
    paper, file = ask.options.paper, ask.options.file
    paper_templates.use(ask.database, ask.definitions, ask.context, paper, file)
    return _said(ask)


def _confirm(ask: Ask) -> Answer:
    paper, number = ask.options.paper, ask.options.number
    paper_templates.confirm(ask.database, ask.definitions, ask.context, paper, number)
    return _said(ask)


def _reset(ask: Ask) -> Answer:
    paper_templates.reset(ask.database, ask.definitions, ask.context, ask.options.paper)
    return _said(ask)


def _said(ask: Ask) -> Answer:
    found = paper_templates.state(ask.database, ask.definitions, ask.options.paper)
    return Answer(_json(found), [f"{found.code}: {found.said}"])


def _json(found: PaperState) -> dict[str, str]:
    return {
        "code": found.code,
        "label": found.shipped.label,
        "state": found.state,
        "said": found.said,
        "file": str(found.file) if found.file.exists() else "",
    }
