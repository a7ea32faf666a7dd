"""The command line `giamngheo` for technicians and tests.

Exit code 0 done, 1 findings, 2 refused with one sentence on stderr; with --json that is also
{"error": {"code", "text"}} on stdout.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from giamngheo_desktop import paths, texts
from giamngheo_desktop.cli import (
    activities,
    arguments,
    bridge,
    budget,
    calendar,
    checking,
    corrections,
    exchange_log,
    exchange_packages,
    exchange_sheets,
    exchange_work,
    helping,
    import_list,
    incidents,
    issuing,
    monthly,
    movement,
    name_lists,
    papers,
    period_lists,
    plan,
    programmes,
    review,
    support_import,
    supports,
    table_templates,
    targets,
    templates,
)
from giamngheo_desktop.cli.arguments import Parser
from giamngheo_desktop.cli.classify import classify_lines
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.cli.import_answers import import_line, import_lines
from giamngheo_desktop.cli.json_lines import lines_of
from giamngheo_desktop.cli.machine import computer, machine_context, now
from giamngheo_desktop.cli.named_unit import named_unit as _unit
from giamngheo_desktop.cli.rollup import rollup_lines, rollup_notes, rollup_rows
from giamngheo_desktop.cli.taken_options import is_official, refuse_table_options
from giamngheo_desktop.definitions.catalogue import Definitions, shipped_definitions
from giamngheo_desktop.definitions.standards import load_standards
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.standard import lists_before, standard_for
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.written_issue import issue_numbered
from giamngheo_desktop.sample import DEFAULT_SEED, make_sample, seeded_contexts
from giamngheo_desktop.services import rollups
from giamngheo_desktop.services.opening import close_database, open_database
from giamngheo_desktop.storage.engine import Database
from giamngheo_desktop.storage.household_list import count_register

DONE, FINDINGS, REFUSED = 0, 1, 2


def entry(argv: Sequence[str] | None = None) -> int:
    """Run one command; the program's `giamngheo` script."""
    # Where the system speaks ASCII, letters of a path are escaped bytes: they go out as they came.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
    said = list(sys.argv[1:] if argv is None else argv)
    try:
        options = _parser().parse_args(exchange_packages.as_written(said))
        status = int(options.run(options))
        sys.stdout.flush()
    except AppError as error:
        # What answers it on the command line is a note, where the sentence is that of the window.
        notes = [texts.CLI_INSTEAD.get(error.code, ""), *getattr(error, "__notes__", ())]
        text = " ".join(filter(None, [texts.error_text(error), *notes])).strip()
        print(text, file=sys.stderr)
        if "--json" in said:  # what could not be parsed has no options
            _print_json({"error": {"code": error.code, "text": text}})
        return REFUSED
    except BrokenPipeError:  # who read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return status


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="giamngheo", description="Giảm nghèo Desktop – dòng lệnh cho kỹ thuật viên"
    )
    common = Parser(add_help=False)
    common.add_argument("--db", type=Path, metavar="TỆP", help="tệp dữ liệu")
    common.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
    commands = parser.add_subparsers(required=True, metavar="LỆNH")

    sample = commands.add_parser("sample", parents=[common], help="tạo xã mẫu")
    sample.add_argument("--households", type=arguments.count, metavar="N", help="số hộ trong sổ")
    sample.add_argument("--full", action="store_true", help="sổ đủ mọi hộ")
    sample.add_argument("--open", action="store_true", help="năm cuối để mở, đang rà soát")
    sample.add_argument(
        "--seed",
        type=int,
        default=DEFAULT_SEED,
        metavar="S",
        help="số gieo: cùng số thì cùng xã mẫu",
    )
    sample.set_defaults(run=_sample)

    classify = commands.add_parser("classify", parents=[common], help="phân loại từng dòng JSON")
    classify.set_defaults(run=_classify)

    answers = commands.add_parser(
        "import-answers",
        parents=[common],
        help="nhập câu trả lời của phiếu rà soát, mỗi hộ một dòng JSON",
        description=texts.CLI["import_help"],
    )
    answers.set_defaults(run=_import_answers)
    for command in (classify, answers):
        command.add_argument(
            "file",
            nargs="?",
            default="-",
            metavar="TỆP|-",
            help="tệp các dòng JSON; “-” là đọc từ bàn phím, ống dẫn",
        )

    report = commands.add_parser("report", parents=[common], help="lập biểu")
    report.add_argument("code", metavar="MÃ", help="mã biểu, ví dụ BC1")
    report.add_argument(
        "--status",
        choices=("official", "preliminary"),
        help="chính thức (official) hoặc sơ bộ (preliminary)",
    )
    report.add_argument("--format", choices=make.FORMATS, help="dạng tệp, mặc định theo đuôi tệp")
    report.add_argument(
        "-o", "--output", type=Path, required=True, metavar="TỆP", help="tệp ghi ra"
    )
    report.set_defaults(run=_report)

    name_lists.add_parser(commands, common).set_defaults(run=_list)

    rollup = commands.add_parser("rollup", parents=[common], help="tổng hợp theo đơn vị")
    rollup.add_argument(
        "--status",
        choices=("official", "preliminary"),
        default="official",
        help="chính thức (official) hoặc sơ bộ (preliminary)",
    )
    rollup.set_defaults(run=_rollup)
    for command in (report, rollup):
        command.add_argument(
            "--year", type=arguments.year, required=True, metavar="NĂM", help="năm rà soát"
        )
        command.add_argument("--standard", metavar="MÃ", help="bộ chuẩn, mặc định theo năm")
        command.add_argument("--unit", metavar="TÊN", help="tên hoặc mã của đơn vị")
        command.add_argument(
            "--as-of", type=arguments.day, metavar="NGÀY", help="2026-06-30 hoặc 30/06/2026"
        )
    report.add_argument(
        "--edition",
        type=arguments.count,
        metavar="LẦN",
        help="in lại biểu của năm đã khóa sổ như lần ấy, mặc định là lần mới nhất",
    )
    report.add_argument(
        "--geography",
        type=arguments.day,
        metavar="NGÀY",
        help="theo đơn vị hành chính của ngày này",
    )

    check = commands.add_parser("check", parents=[common], help="soát dữ liệu")
    check.add_argument(
        "--as-of", type=arguments.day, metavar="NGÀY", help="soát theo sổ của ngày này"
    )
    check.set_defaults(run=_check)

    for room in (corrections, movement, monthly):
        room.add_parser(commands, common).set_defaults(run=_issuing)
    paper, package = papers.add_parsers(commands, common)
    paper.set_defaults(run=_paper, write=papers.paper_files)
    package.set_defaults(run=_paper, write=papers.package_file)
    for command in review.add_parsers(commands, common):
        command.set_defaults(run=_review)
    for room in (bridge, budget, targets, calendar, plan, supports, period_lists, helping):
        room.add_parser(commands, common).set_defaults(run=_issuing)
    inside, alone = exchange_packages.add_parsers(commands, common)
    for command in inside:
        command.set_defaults(run=_issuing)
    for command in (*alone, *programmes.add_parsers(commands, common)):
        command.set_defaults(run=lambda options: _said(options, options.act(options)))
    rooms = (issuing, templates, exchange_work, exchange_sheets, exchange_log, activities)
    for room in (*rooms, support_import, incidents):
        for command in room.add_parsers(commands, common):
            command.set_defaults(run=_issuing)
    for command in import_list.add_parsers(commands, common):
        command.set_defaults(run=_table_template)
    for command in table_templates.add_parsers(commands, common):
        command.set_defaults(run=_table_template)
    return parser


@contextmanager
def _reading(options: argparse.Namespace) -> Iterator[Database]:
    """The file of `--db`, read beside a running program; an older file is brought up first."""
    path = _path(options)
    try:
        opened = open_database(path, machine_context(), computer=computer(), read_only=True)
    except AppError as error:
        if error.code != "database_old_read_only":
            raise
        opened = open_database(path, machine_context(), computer=computer(), create=False)
    try:
        yield opened.database
    finally:
        close_database(opened, machine_context())


@contextmanager
def _writing(options: argparse.Namespace) -> Iterator[Database]:
    """The file of `--db`, locked against a running program."""
    create = getattr(options, "creates", False) and not options.dry_run
    opened = open_database(_path(options), machine_context(), computer=computer(), create=create)
    try:
        yield opened.database
    finally:
        close_database(opened, machine_context())


def _path(options: argparse.Namespace) -> Path:
    if options.db is None:
        raise AppError("cli_db_missing")
    return Path(options.db)


def _definitions() -> Definitions:
    return shipped_definitions(paths.resources() / "definitions")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str))


def _sample(options: argparse.Namespace) -> int:
    path = _path(options)
    if path.exists():
        raise AppError("target_exists", path=path)
    opened = open_database(path, machine_context(), computer=computer())
    try:
        make_sample(
            opened.database,
            seeded_contexts(options.seed, machine_context().actor),
            _definitions(),
            households=options.households,
            full=options.full,
            seed=options.seed,
            running=options.open,
            issue=issue_numbered,
        )
        with opened.database.reader() as connection:
            homes, people = count_register(connection)
    finally:
        close_database(opened, machine_context())
    if options.json:
        _print_json({"db": str(options.db), "households": homes, "persons": people})
    else:
        print(texts.CLI["sample_made"].format(path=options.db, households=homes, persons=people))
    return DONE


def _classify(options: argparse.Namespace) -> int:
    standards = load_standards(paths.resources() / "definitions" / "standards")
    status = DONE
    with lines_of(options.file) as lines:
        for answer in classify_lines(lines, standards):
            _print_json(answer)
            if "error" in answer:
                status = FINDINGS
    return status


def _import_answers(options: argparse.Namespace) -> int:
    status, context = DONE, machine_context()
    with lines_of(options.file) as lines, _writing(options) as database:
        for answer in import_lines(lines, database, context, _definitions()):
            if options.json:
                _print_json(answer)
            else:
                print(import_line(answer))
            if "error" in answer:
                status = FINDINGS
    return status


def _report(options: argparse.Namespace) -> int:
    form = arguments.form_of(options.output, options.format)
    definitions, code = _definitions(), options.code.upper()
    with _reading(options) as database:
        make.refuse_future(database, options.as_of, now().date())
        refuse_table_options(database, definitions, code, options)
        doc = make.make(
            database,
            definitions,
            code,
            year=options.year,
            unit=_unit(database, options),
            recognised=is_official(options),
            as_of=options.as_of,
            geography=options.geography,
            standard=options.standard,
            edition=options.edition,
        )
        make.write(doc, form, options.output)
    return _written(options, doc.code)


def _list(options: argparse.Namespace) -> int:
    with _reading(options) as database:
        make.refuse_future(database, options.as_of, now().date())
        unit = _unit(database, options)
        code = name_lists.write_list(database, _definitions(), options, unit)
    return _written(options, code)


def _written(options: argparse.Namespace, code: str) -> int:
    if options.json:
        _print_json({"code": code, "output": str(options.output)})
    else:
        print(options.output)
    return DONE


def _rollup(options: argparse.Namespace) -> int:
    definitions = _definitions()
    standard = options.standard or standard_for(definitions.standards, options.year).code
    with _reading(options) as database:
        make.refuse_future(database, options.as_of, now().date())
        unit = _unit(database, options)
        found = rollups.rollup(
            database,
            year=options.year,
            standard=definitions.standards.get(standard).code,
            recognised=options.status == "official",
            as_of=options.as_of,
            before=lists_before(definitions.standards, standard, options.year),
        )
    notes = rollup_notes(found, options.year, unit)
    if options.json:
        rows = rollup_rows(found, unit)
        _print_json({"year": options.year, "standard": standard, "rows": rows, "notes": notes})
    else:
        for line in (*rollup_lines(found, unit), *notes):
            print(line)
    return DONE


def _paper(options: argparse.Namespace) -> int:
    if "format" in options:
        papers.settle_format(options)
    today = now().date()
    # the sheets of villages are entered into the book
    opened = _writing(options) if "sheets" in options and options.sheets else _reading(options)
    with opened as database:
        village = _unit(database, options, today)
        written = options.write(database, _definitions(), options, village, today)
    if options.json:
        paths = [str(path) for path in written.paths]
        _print_json({"output": paths, "notes": list(written.notes)})
    else:
        print(*written.paths, *written.notes, sep="\n")
    return DONE


def _review(options: argparse.Namespace) -> int:
    context = machine_context()
    opened = _writing(options) if options.writes else _reading(options)
    with opened as database:
        day = date(options.year, 12, 31) if options.year else context.today()
        unit = review.commune_of(database, _unit(database, options, day), day)
        answer = options.act(review.Ask(database, context, _definitions(), unit, options))
    return _said(options, answer)


def _issuing(options: argparse.Namespace) -> int:
    if "format" in options:
        papers.settle_format(options)
    context = machine_context()
    opened = _writing(options) if options.writes else _reading(options)
    with opened as database:
        day = date(options.year, 12, 31) if options.year else context.today()
        unit = _unit(database, options, day)
        answer = options.act(Ask(database, context, _definitions(), unit, options))
    return _said(options, answer)


def _table_template(options: argparse.Namespace) -> int:
    with table_templates.opened(options, _reading, _writing) as database:
        ask = table_templates.Ask(database, machine_context(), _definitions(), options)
        answer = options.act(ask)
    return _said(options, answer)


def _said(options: argparse.Namespace, answer: Answer) -> int:
    if options.json:
        _print_json(answer.json)
    else:
        for line in answer.lines:
            print(line)
    if answer.refused:
        return REFUSED
    return FINDINGS if answer.finds else DONE


def _check(options: argparse.Namespace) -> int:
    today = now().date()
    with _reading(options) as database:
        found = checking.check(database, _definitions(), day=options.as_of or today, today=today)
    return _said(options, found)


if __name__ == "__main__":
    sys.exit(entry())
