"""Which options a table, a list or a paper takes: what it does not take is refused."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.paper import PaperDef, Subject
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.programme_papers import Paper
from giamngheo_desktop.services.papers.package import INVITATION
from giamngheo_desktop.storage.engine import Database

_PAPERS: Mapping[Subject, tuple[str, ...]] = {
    Subject.HOUSEHOLD: ("household", "day"),
    Subject.APPLICATION: ("household", "application", "day"),
    Subject.CASE: ("review", "village", "household"),
    Subject.CERTIFICATE: ("certificate", "only-year"),
    Subject.REVIEW_VILLAGE: ("review", "village", "meeting", "posting"),
    Subject.DECISION: ("review", "standard"),
    Subject.CONFIRMATION: (),
    Subject.CONFIRMATION_BOOK: (),
}
SUBJECTS = ("household", "application", "certificate", "review")  # of whom a paper is issued
_LIST = ("year", "unit", "standard", "as-of")
_TABLE = (*_LIST, "status", "geography")
_PROGRAMME = ("period", "event")
_ALL = tuple(
    dict.fromkeys(name for names in (*_PAPERS.values(), _TABLE, _PROGRAMME) for name in names)
)
_FIELDS = {"village": "unit", "only-year": "only_year", "as-of": "as_of"}
# Of a paper that is asked for by a record, which says of what year it is.
_OF_RECORD: Mapping[Kind | None, tuple[str, ...]] = {
    Kind.PERIOD_LIST: ("period", "unit"),
    Kind.SUPPORT_EVENT: ("event",),
}
# What says something only together with other options (with one of each line), and what says the
# same thing twice.
_Needed = Mapping[str, tuple[tuple[str, ...], ...]]
_NEEDED: Mapping[Subject, _Needed] = {
    Subject.HOUSEHOLD: {"day": (("household",),)},
    Subject.APPLICATION: {"day": (("household", "application"),)},
    Subject.CASE: {"village": (("review",),)},
    Subject.REVIEW_VILLAGE: dict.fromkeys(
        ("meeting", "posting", "household"), (("review",), ("village",))
    ),
    Subject.DECISION: {"standard": (("review",),)},
}
_EITHER: Mapping[Subject, tuple[tuple[str, str], ...]] = {
    Subject.CASE: (("household", "village"),),
    Subject.APPLICATION: (("household", "application"),),
}
# Of whom a paper is that is issued: one, not all of a review.
_ONE: Mapping[Subject, _Needed] = {
    Subject.CASE: {"review": (("household",),)},
    Subject.REVIEW_VILLAGE: {"review": (("village",),)},
}


def refuse_paper_options(
    paper: PaperDef, options: argparse.Namespace, *, issued: bool = False
) -> None:
    """A paper that is `issued` is one, and its village may also say whose book it is entered in.

    Raises AppErrors `cli_paper_options`, `cli_paper_no_options`, `cli_paper_needs`,
    `cli_contradiction`.
    """
    taken = _PAPERS[paper.subject]
    if paper.code == INVITATION:
        taken = (*taken, "household")
    wrong = _wrong(options, (*taken, "village") if issued else taken)
    if wrong and not taken:
        command = texts.CLI_PAPERS[f"use_{paper.subject}"]
        raise AppError("cli_paper_no_options", label=paper.label, command=command)
    if wrong:
        raise AppError(
            "cli_paper_options", label=paper.label, wrong=_said(wrong), known=_said(taken)
        )
    for rules in (_NEEDED, _ONE) if issued else (_NEEDED,):
        for of, needed in rules.get(paper.subject, {}).items():
            missing = [
                texts.CLI_PAPERS["or"].join(f"--{name}" for name in names)
                for names in needed
                if not any(_given(options, name) for name in names)
            ]
            if _given(options, of) and missing:
                raise AppError(
                    "cli_paper_needs", label=paper.label, of=_said([of]), needed=", ".join(missing)
                )
    for one, other in _EITHER.get(paper.subject, ()):
        refuse_both(options, one, other)


def refuse_blank(paper: PaperDef) -> NoReturn:
    """What is issued is about somebody. AppErrors `cli_issue_blank`, `cli_paper_no_options`."""
    known = [name for name in _PAPERS[paper.subject] if name in SUBJECTS]
    if not known:
        command = texts.CLI_PAPERS[f"use_{paper.subject}"]
        raise AppError("cli_paper_no_options", label=paper.label, command=command)
    said = texts.CLI_PAPERS["or"].join(f"--{name}" for name in known)
    raise AppError("cli_issue_blank", label=paper.label, known=said)


def refuse_list_options(label: str, options: argparse.Namespace) -> None:
    """AppError `cli_list_options`."""
    if wrong := _wrong(options, _LIST):
        raise AppError("cli_list_options", label=label, wrong=_said(wrong), known=_said(_LIST))


def refuse_programme_options(code: str, paper: Paper, options: argparse.Namespace) -> None:
    """AppError `cli_table_options`."""
    day = ("as-of",) if paper.has_day else ()
    taken = _OF_RECORD.get(paper.of, ("year", "unit", *day, *(("household",) if paper.of else ())))
    if wrong := _wrong(options, taken):
        raise AppError("cli_table_options", name=code, wrong=_said(wrong), known=_said(taken))


def refuse_table_options(
    database: Database, definitions: Definitions, code: str, options: argparse.Namespace
) -> None:
    """AppErrors `cli_table_options`, `cli_table_official` (of a table that has no sơ bộ),
    `cli_contradiction`.
    """
    if wrong := _wrong(options, _TABLE):
        raise AppError("cli_table_options", name=code, wrong=_said(wrong), known=_said(_TABLE))
    if not is_official(options):
        asked = make.wanted(database, definitions, code, year=options.year, recognised=False)
        if asked.recognised:
            raise AppError("cli_table_official", name=code)
        if getattr(options, "edition", None):
            preliminary = "--status preliminary"
            raise AppError("cli_contradiction", one="--edition", other=preliminary)
    refuse_both(options, "edition", "as-of")


def is_official(options: argparse.Namespace) -> bool:
    return bool(options.status != "preliminary")


def refuse_both(options: argparse.Namespace, one: str, other: str) -> None:
    """Two options of which only one can hold. AppError `cli_contradiction`."""
    if _given(options, one) and _given(options, other):
        raise AppError("cli_contradiction", one=f"--{one}", other=f"--{other}")


def _given(options: argparse.Namespace, name: str) -> bool:
    return bool(getattr(options, _FIELDS.get(name, name), None))


def _wrong(options: argparse.Namespace, taken: Sequence[str]) -> list[str]:
    fields = {_FIELDS.get(name, name) for name in taken}
    return [
        name for name in _ALL if _given(options, name) and _FIELDS.get(name, name) not in fields
    ]


def _said(names: Iterable[str]) -> str:
    return ", ".join(f"--{name}" for name in names)
