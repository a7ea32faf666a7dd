"""`giamngheo budget`: the money of a year by source, component, village and body, and the fund."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.cli import arguments
from giamngheo_desktop.cli.command import Answer, Ask
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.budgeting import (
    BOOKED,
    ROOT,
    BudgetWarning,
    Stage,
    Sums,
    disbursement,
    total,
)
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.fund_book import Page
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.budget import budget_paper, lines_paper, unassigned_note
from giamngheo_desktop.reports.budget_words import BudgetWords
from giamngheo_desktop.reports.fund import form_name, fund_name, fund_paper, fund_warnings
from giamngheo_desktop.services.programme.budget import Budget, budget
from giamngheo_desktop.services.programme.fund import (
    FUNDS,
    POOR_FUND,
    FundYear,
    fund_year,
    fund_years,
)

_SAID = texts.CLI_BUDGET
_TABLES = ("summary", "lines", "fund")


def add_parser(commands: arguments.Commands, common: arguments.Parser) -> arguments.Parser:
    command = commands.add_parser("budget", parents=[common], help=_SAID["help"])
    command.add_argument(
        "--year", type=arguments.year, required=True, metavar="NĂM", help=_SAID["help_year"]
    )
    command.add_argument("--unit", metavar="TÊN", help=_SAID["help_unit"])
    command.add_argument("--table", choices=_TABLES, default=_TABLES[0], help=_SAID["help_table"])
    command.add_argument("--fund", default=POOR_FUND, metavar="MÃ", help=_SAID["help_fund"])
    command.add_argument("-o", "--output", type=Path, metavar="TỆP", help=_SAID["help_output"])
    command.set_defaults(act=tell, writes=False, as_of=None)
    return command


def tell(ask: Ask) -> Answer:
    """The sums and what looks wrong; a table of them where a file is asked for."""
    options, definitions = ask.options, ask.definitions
    _refuse_other_fund(definitions, options.fund)
    asked: Mapping[str, Any] = {"year": options.year, "unit": ask.unit}
    found = budget(ask.database, definitions, **asked)
    book = fund_year(ask.database, definitions, fund=options.fund, **asked)
    if options.output is not None:
        form = arguments.form_by_name(options.output)
        if options.table == "fund":
            doc = fund_paper(ask.database, definitions, book)
        else:
            paper = lines_paper if options.table == "lines" else budget_paper
            doc = paper(ask.database, definitions, found)
        make.write(doc, form, options.output)
    words = BudgetWords(definitions, found)
    books = fund_years(ask.database, definitions, **asked)
    return Answer(_json(words, book, books, options), [*_lines(words, books)])


def _refuse_other_fund(definitions: Definitions, fund: str) -> None:
    known = definitions.choice_list(FUNDS).codes
    if fund not in known:
        said = {"what": "--fund", "value": fund, "known": ", ".join(known)}
        raise AppError("cli_arguments", detail=texts.CLI_ARGUMENTS["no_choice"].format(**said))


def _json(
    words: BudgetWords, book: FundYear, books: Sequence[FundYear], options: argparse.Namespace
) -> Mapping[str, Any]:
    """`fund` is that of `--fund`, `funds` are all that have a book."""
    found = words.budget
    return {
        "year": found.year,
        "unit": found.unit_name,
        "total": _amounts(found.by_source),
        "sources": [
            {"code": code, "name": words.source(code), **_amounts({code: sums})}
            for code, sums in found.by_source.items()
        ],
        "capitals": [
            {"code": code or None, "name": words.capital(code), **_amounts(sums)}
            for code, sums in found.by_capital.items()
        ],
        "components": [*_components(words)],
        "villages": [
            {"village": uid and str(uid), "name": words.village(uid), **_amounts(sums)}
            for uid, sums in found.by_village.items()
        ],
        "bodies": [
            {"body": uid and str(uid), "name": words.body(uid), **_amounts(sums)}
            for uid, sums in found.by_body.items()
        ],
        "lines": len(found.lines),
        "fund": _fund(words.definitions, book),
        "funds": [_fund(words.definitions, one) for one in books],
        "warnings": [
            *({**_warning(one), "text": text} for one, text in words.warnings()),
            *(
                {"code": "fund_below", "fund": one.fund, "text": text}
                for one in books
                for text in fund_warnings(words.definitions, one)
            ),
        ],
        "notes": _notes(found),
        "output": options.output and str(options.output),
    }


def _amounts(found: Sums) -> dict[str, Any]:
    """The sum of each stage over the sources, and the rate of what is disbursed."""
    sums, rate = total(found), disbursement(found)
    return {
        **{stage.value: sums.get(stage) for stage in BOOKED},
        "rate": {
            "numerator": rate.numerator,
            "denominator": rate.denominator,
            "percent": rate.percent,
        },
        "supported": sums.get(Stage.SUPPORTED),
        "apart": sums.apart,
    }


def _components(words: BudgetWords) -> Iterator[Mapping[str, Any]]:
    """Those that have any money, each before its parts; first what is at none."""
    for branch in words.budget.branches:
        node = branch.node
        whole = branch.own if node.key == ROOT else branch.whole
        if not whole:
            continue
        part = words.budget.parts.get(node.key)
        yield {
            "key": node.key or None,
            "parent": node.parent or None,
            "number": part.number if part else "",
            "name": part.name if part else words.part(node.key),
            "is_live": node.is_live,
            **_amounts(whole),
            "own": {source: _amounts({source: sums}) for source, sums in branch.own.items()},
            "sources": {source: _amounts({source: sums}) for source, sums in whole.items()},
        }


def _fund(definitions: Definitions, book: FundYear) -> Mapping[str, Any]:
    return {
        "code": book.fund,
        "name": fund_name(definitions, book.fund),
        "forms": [_page(page) for page in book.pages],
        "households": len(book.households),
        "nameless": book.nameless,
    }


def _page(page: Page) -> Mapping[str, Any]:
    return {
        "form": page.form or None,
        "opening": page.opening,
        "in": page.came,
        "out": page.went,
        "closing": page.closing,
        "goods": [
            {"item": one.item, "unit": one.unit, "in": _units(one.came), "out": _units(one.went)}
            for one in page.goods
        ],
        "uncounted": page.uncounted,
        "below": [{"day": day, "balance": amount} for day, amount in page.below],
    }


def _units(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


def _warning(one: BudgetWarning) -> dict[str, Any]:
    return {
        "code": one.code,
        "component": one.node or None,
        "source": one.source or None,
        "lines": [str(uid) for uid in one.lines],
        "params": dict(one.params),
    }


def _notes(found: Budget) -> list[str]:
    disbursed, supported = (found.total.get(one) for one in (Stage.DISBURSED, Stage.SUPPORTED))
    return [*unassigned_note(found), *texts.apart_text(found.year, disbursed, supported)]


def _lines(words: BudgetWords, books: Sequence[FundYear]) -> Iterator[str]:
    found = words.budget
    yield _SAID["total"].format(year=found.year, amounts=_said(words, found.by_source))
    groups: dict[str, list[tuple[str, Sums]]] = {
        "source": [(words.source(key), {key: sums}) for key, sums in found.by_source.items()],
        "component": [
            (words.part(one.node.key), one.whole) for one in found.branches[1:] if one.whole
        ],
        "village": [(words.village(key), sums) for key, sums in found.by_village.items()],
        "body": [(words.body(key), sums) for key, sums in found.by_body.items()],
    }
    for of, group in groups.items():
        if group:
            yield texts.BUDGET[of]
        for name, sums in group:
            line = _SAID["group"].format(name=name, amounts=_said(words, sums))
            yield f"  {line}"
    for fund, page in ((book.fund, page) for book in books for page in book.pages):
        yield _SAID["fund"].format(
            fund=fund_name(words.definitions, fund),
            form=form_name(words.definitions, page.form),
            **{
                key: format_integer(amount)
                for key, amount in (
                    ("opening", page.opening),
                    ("came", page.came),
                    ("went", page.went),
                    ("closing", page.closing),
                )
            },
        )
    yield from _notes(found)
    for _, text in words.warnings():
        yield texts.BUDGET["warning"].format(text=text)
    for text in (text for book in books for text in fund_warnings(words.definitions, book)):
        yield texts.BUDGET["warning"].format(text=text)


def _said(words: BudgetWords, found: Sums) -> str:
    """The stages that have a sum, and the rate."""
    sums = total(found)
    said = [
        _SAID["amount"].format(stage=words.stage(stage).lower(), amount=format_integer(amount))
        for stage in BOOKED
        if (amount := sums.get(stage)) is not None
    ]
    percent = disbursement(found).percent
    if percent is not None:
        said.append(_SAID["rate"].format(rate=format_rate(percent)))
    if (amount := sums.get(Stage.SUPPORTED)) is not None:
        said.append(
            _SAID["amount"].format(
                stage=texts.BUDGET["supported"].lower(), amount=format_integer(amount)
            )
        )
    return ", ".join(said) or _SAID["nothing"]
