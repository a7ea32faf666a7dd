"""`giamngheo package`: what a commune hands upward, and what a province takes in."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments, exchange_former, passphrase
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.machine import computer, machine_context
from giamngheo_desktop.cli.named_unit import one_named
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.package import Manifest, PackageKind
from giamngheo_desktop.domain.package_columns import Recipient
from giamngheo_desktop.exports.safe_file import write_bytes
from giamngheo_desktop.reports import collecting as files
from giamngheo_desktop.reports import upward
from giamngheo_desktop.reports.collecting import Outcome
from giamngheo_desktop.reports.packs import pack_bytes
from giamngheo_desktop.services import areas
from giamngheo_desktop.services.exchange import collecting, comments, senders
from giamngheo_desktop.services.opening import close_database, open_database

_SAID = texts.CLI_PACKAGE
_STEPS = (
    "pack",
    "former",
    "export",
    "merge",
    "status",
    "expect",
    "settle",
    "comment",
    "comments",
    "verify",
    "collection",
)


def as_written(argv: Sequence[str]) -> Sequence[str]:
    """`package export …` as `packages export …`: `package` alone binds the papers of a meeting. The
    second name is never shown.
    """
    if argv[:1] == ["package"] and argv[1:2] and argv[1] in _STEPS:
        return ["packages", *argv[1:]]
    return argv


def add_parsers(
    commands: arguments.Commands, common: arguments.Parser
) -> tuple[list[arguments.Parser], list[arguments.Parser]]:
    """The commands that work in a file, and those that open none or make one."""
    group = commands.add_parser("packages", prog="giamngheo package", description=_SAID["help"])
    steps = group.add_subparsers(required=True, metavar="VIỆC")
    sending = _add(steps, "export", common, export, writes=True)
    sending.add_argument("--year", type=arguments.year, required=True, metavar="NĂM")
    sending.add_argument("--to", choices=[one.value for one in Recipient], help=_SAID["help_to"])
    _output(sending)
    taking = _add(steps, "merge", common, merge, writes=True)
    taking.add_argument("files", nargs="+", type=Path, metavar="TỆP|THƯ_MỤC")
    following = exchange_former.add_parser(steps, common)
    packing = _add(steps, "pack", common, write_pack)
    packing.add_argument("code", nargs="?", metavar="MÃ", help=_SAID["help_code"])
    packing.add_argument("--year", type=arguments.year, metavar="NĂM")
    _output(packing, required=False)
    told = _add(steps, "status", common, status)
    told.add_argument("--year", type=arguments.year, required=True, metavar="NĂM")
    expecting = _add(steps, "expect", common, expect, writes=True)
    expecting.add_argument("names", nargs="*", metavar="XÃ", help=_SAID["help_names"])
    expecting.add_argument("--limit", default="", metavar="NGÀY", help=_SAID["help_limit"])
    expecting.add_argument("--year", type=arguments.year, required=True, metavar="NĂM")
    settling = _add(steps, "settle", common, settle, writes=True)
    settling.add_argument(
        "--unit", dest="sender", required=True, metavar="TÊN", help=_SAID["help_unit"]
    )
    saying = _add(steps, "comment", common, comment, writes=True)
    saying.add_argument("--year", type=arguments.year, required=True, metavar="NĂM")
    for name in ("report", "row", "column", "figure"):
        saying.add_argument(f"--{name}", default="", metavar="CHỮ", help=_SAID[f"help_{name}"])
    saying.add_argument("text", metavar="GÓP_Ý")
    listing = _add(steps, "comments", common, list_comments)
    listing.add_argument(
        "-o", "--output", type=Path, action=_Sends, metavar="TỆP", help=_SAID["help_output"]
    )
    for command in (sending, saying, listing, packing):
        command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    checking = _add(steps, "verify", common, verify)
    checking.add_argument("file", type=Path, metavar="TỆP")
    for command in (sending, taking, checking):
        passphrase.add_options(command)
    making = _add(steps, "collection", common, make_collection, writes=True)
    making.add_argument(
        "--level", choices=("province", "district"), default="province", help=_SAID["help_level"]
    )
    making.add_argument("--province", required=True, metavar="TÊN", help=_SAID["help_province"])
    making.add_argument("--district", default="", metavar="TÊN", help=_SAID["help_district"])
    inside = [sending, taking, following, told, expecting, settling, saying, listing, packing]
    return inside, [checking, making]


def _add(
    steps: arguments.Commands,
    name: str,
    common: arguments.Parser,
    act: Callable[..., Answer],
    *,
    writes: bool = False,
) -> arguments.Parser:
    return arguments.added(steps, name, common, act, _SAID[f"help_{act.__name__}"], writes=writes)


class _Sends(argparse.Action):
    """Where a file is to be written; that it was is entered into the book."""

    def __call__(self, _parser: Any, options: Any, value: Any, _name: Any = None) -> None:
        options.output, options.writes = value, True


def _output(command: arguments.Parser, *, required: bool = True) -> None:
    command.add_argument(
        "-o", "--output", type=Path, required=required, metavar="TỆP", help=_SAID["help_output"]
    )


def export(ask: Ask) -> Answer:
    options = ask.options
    arguments.only_form(options.output, "xlsx")
    manifest = upward.send(
        ask.database,
        ask.definitions,
        ask.context,
        options.output,
        year=options.year,
        unit=ask.unit,
        recipient=Recipient(options.to) if options.to else None,
        passphrase=passphrase.to_lock(options),
    )
    told = texts.personal_text(manifest.facts.get("columns", "").split())
    return Answer(
        {"output": str(options.output), **_manifest(manifest)},
        [str(options.output), *(f"{texts.COVER[name]}: {text}" for name, text in told.items())],
    )


def verify(options: argparse.Namespace) -> Answer:
    manifest = files.verified(machine_context(), options.file, passphrase.to_open(options))
    line = _SAID["sound"].format(
        unit=manifest.unit_name,
        year=manifest.year or "",
        number=manifest.sequence,
        made=texts.moment_text(manifest.made_at),
    )
    held = {table.name: table.rows for table in manifest.tables if table.rows}
    lines = [line]
    if (to := manifest.facts.get("recipient")) in texts.RECIPIENTS:
        lines.append(f"{texts.COVER['recipient']}: {texts.RECIPIENTS[to]}")
    lines += [f"{_kind(name)}: {count}" for name, count in held.items()]
    if not manifest.seals and manifest.kind is not PackageKind.VILLAGE:
        lines.append(_SAID["not_sealed"])
    return Answer(_manifest(manifest), lines)


def merge(ask: Ask) -> Answer:
    key = passphrase.to_open(ask.options)
    act = (ask.database, ask.context)
    outcomes = list(files.receive_all(*act, ask.options.files, passphrase=key))
    if not outcomes:
        raise AppError("no_packages", folder=", ".join(map(str, ask.options.files)))
    if len(outcomes) == 1 and (refused := outcomes[0].refused) is not None:
        raise refused
    return Answer(
        [_outcome(one) for one in outcomes],
        [line for one in outcomes for line in _outcome_lines(one)],
        finds=any(map(_is_found, outcomes)),
        refused=all(one.refused for one in outcomes),
    )


def write_pack(ask: Ask) -> Answer:
    options = ask.options
    if options.code is None:
        return _packs(ask)
    if options.year is None or options.output is None:
        raise AppError("pack_needs")
    form = ask.definitions.pack(options.code, date(options.year, 12, 31)).form
    arguments.only_form(options.output, form.value)
    data = pack_bytes(ask.database, ask.definitions, options.code, year=options.year, unit=ask.unit)
    write_bytes(options.output, data)
    return Answer({"code": options.code, "output": str(options.output)}, [str(options.output)])


def _packs(ask: Ask) -> Answer:
    found = {code: versions[-1] for code, versions in ask.definitions.packs.items()}
    rows = [
        {"code": code, "label": one.label, "form": one.form.value, "example": one.is_example}
        for code, one in found.items()
    ]
    return Answer(rows, [f"{code}: {one.label}" for code, one in found.items()])


def expect(ask: Ask) -> Answer:
    options = ask.options
    act = (ask.database, ask.context, options.names, options.limit)
    senders.expect(*act, year=options.year)
    return status(ask)


def status(ask: Ask) -> Answer:
    found = senders.senders(ask.database, ask.options.year, ask.today)
    rows = [
        {
            **asdict(one),
            "unit": str(one.unit) if one.unit else None,
            "made_at": one.made_at.isoformat() if one.made_at else None,
            "received_on": one.received_on.isoformat() if one.received_on else None,
        }
        for one in found
    ]
    lines = []
    for one in found:
        said = _SAID["not_sent"]
        if one.received_on is not None:
            said = _SAID["has_sent" if one.of_year else "sent_other"].format(
                asked=ask.options.year,
                number=one.sequence,
                year=one.year,
                day=f"{one.received_on:%d/%m/%Y}",
            )
        lines.append(f"{one.name}: {said}{_SAID['late'] if one.late else ''}")
        if one.for_district:
            lines.append(f"  {texts.FOR_DISTRICT}")
        if one.doubt is not None:
            lines.append(f"  {texts.doubt_text(one.sequence, one.doubt)}")
            if one.doubt.is_fork:
                way = _SAID["settle_way"].format(file=ask.options.db, name=one.name)
                lines.append(f"  {way}")
    finds = any(one.late or one.doubt is not None for one in found)
    return Answer(rows, lines or [_SAID["nobody"]], finds=finds)


def settle(ask: Ask) -> Answer:
    names = senders.sent_by(ask.database, ask.today)  # one may have merged since it sent
    unit = one_named(ask.options.sender, names, names.__getitem__)
    done = senders.settle(ask.database, ask.context, unit)
    line = _SAID["settled"].format(name=names[unit], count=done.value)
    return Answer({"unit": str(unit), "settled": done.value}, [line])


def comment(ask: Ask) -> Answer:
    options = ask.options
    unit = ask.unit or areas.top_unit(ask.database, date(options.year, 12, 31))
    said = comments.add(
        ask.database,
        ask.context,
        unit=unit,
        year=options.year,
        report=options.report,
        row=options.row,
        column=options.column,
        figure=options.figure,
        text=options.text,
    ).value
    return Answer(asdict(said), [said.line])


def list_comments(ask: Ask) -> Answer:
    options = ask.options
    if options.output is None:
        found = comments.comments(ask.database, ask.unit)
        return Answer([asdict(one) for one in found], [one.line for one in found])
    if ask.unit is None:
        raise AppError("comments_of_whom")
    arguments.only_form(options.output, "xlsx")
    files.write_comments(ask.database, ask.context, ask.unit, options.output)
    return Answer({"output": str(options.output)}, [str(options.output)])


def make_collection(options: argparse.Namespace) -> Answer:
    if options.db is None:
        raise AppError("cli_db_missing")
    if options.db.exists():
        raise AppError("target_exists", path=options.db)
    level = Level(options.level)
    if level is Level.DISTRICT and not options.district.strip():
        raise AppError("cli_arguments", detail=_SAID["district_missing"])
    context = machine_context()
    opened = open_database(options.db, context, computer=computer())
    try:
        collecting.new_collection(
            opened.database,
            context,
            level=level,
            province=options.province,
            district=options.district,
        )
    finally:
        close_database(opened, context)
    return Answer({"output": str(options.db)}, [str(options.db)])


def _manifest(manifest: Manifest) -> dict[str, Any]:
    return {
        **asdict(manifest),
        "facts": manifest.told,
        "sealed": [*manifest.seals],
        "tables": {table.name: table.rows for table in manifest.tables},
    }


def _is_found(one: Outcome) -> bool:
    """Whether somebody is to be asked about it."""
    return one.refused is not None or (one.received is not None and one.received.doubt is not None)


def _outcome(one: Outcome) -> dict[str, Any]:
    said: dict[str, Any] = {"file": str(one.path)}
    if one.refused is not None:
        return {**said, "state": "refused", "text": texts.error_text(one.refused)}
    if one.received is None:
        return {**said, "state": "comments", "comments": [asdict(each) for each in one.comments]}
    found = one.received
    return {
        **said,
        "state": found.state.value,
        "unit": found.manifest.unit_name,
        "sequence": found.manifest.sequence,
        "stands": found.stands,
        "doubt": asdict(found.doubt) if found.doubt else None,
        "for_district": found.for_district,
        **{
            name: {kind.value: count for kind, count in counts.items() if count}
            for name, counts in _counts(found).items()
        },
        "names": list(found.names),
    }


def _counts(found: collecting.Received) -> dict[str, Mapping[Kind, int]]:
    return {"added": found.added, "changed": found.changed, "gone": found.gone}


def _outcome_lines(one: Outcome) -> list[str]:
    if one.refused is not None:
        return [texts.error_text(one.refused)]
    if one.received is None:
        return [f"{one.path.name}: {len(one.comments)} {_SAID['new_comments']}"]
    found = one.received
    state = texts.package_state(
        found.state, found.stands, found.doubt, for_district=found.for_district
    )
    head = f"{one.path.name}: {found.manifest.unit_name} – {state}"
    lines = [
        f"  {_SAID[name]}: {texts.counted(counts)}"
        for name, counts in _counts(found).items()
        if any(counts.values())
    ]
    if found.names:
        lines.append(f"  {texts.COVER['names']}: {'; '.join(found.names)}")
    return [head, *lines]


def _kind(name: str) -> str:
    try:
        return texts.MERGE_KINDS[Kind(name)]
    except (KeyError, ValueError):
        return texts.PACKAGE_TABLES.get(name, name)
