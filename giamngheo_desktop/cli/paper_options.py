"""Which options of `giamngheo paper` a paper takes: what it does not take is refused."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence

from giamngheo_desktop import texts
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.paper import PaperDef, Subject
from giamngheo_desktop.services.papers.package import INVITATION

_TAKEN: Mapping[Subject, tuple[str, ...]] = {
    Subject.HOUSEHOLD: ("household", "day"),
    Subject.APPLICATION: ("household", "application", "day"),
    Subject.CASE: ("review", "village", "household"),
    Subject.CERTIFICATE: ("certificate", "only-year"),
    Subject.REVIEW_VILLAGE: ("review", "village", "meeting", "posting"),
    Subject.DECISION: ("review", "standard"),
    Subject.CONFIRMATION: (),
    Subject.CONFIRMATION_BOOK: (),
}
_ALL = tuple(dict.fromkeys(name for names in _TAKEN.values() for name in names))
_FIELDS = {"village": "unit", "only-year": "only_year"}
# What says something only together with other options, and what says the same thing twice.
_NEEDED: Mapping[Subject, Mapping[str, tuple[str, ...]]] = {
    Subject.CASE: {"village": ("review",)},
    Subject.REVIEW_VILLAGE: dict.fromkeys(
        ("meeting", "posting", "household"), ("review", "village")
    ),
    Subject.DECISION: {"standard": ("review",)},
}
_EITHER: Mapping[Subject, tuple[tuple[str, str], ...]] = {
    Subject.CASE: (("household", "village"),),
    Subject.APPLICATION: (("household", "application"),),
}


def refuse_options(
    paper: PaperDef, options: argparse.Namespace, besides: Sequence[str] = ()
) -> None:
    """`besides` are options that say something else than what the paper tells. Raises AppErrors
    `cli_paper_options`, `cli_paper_no_options`, `cli_paper_needs`, `cli_contradiction`.
    """
    given = [name for name in _ALL if getattr(options, _FIELDS.get(name, name), None)]
    taken = _TAKEN[paper.subject]
    if paper.code == INVITATION:
        taken = (*taken, "household")
    wrong = [name for name in given if name not in (*taken, *besides)]
    if wrong and not taken:
        command = texts.CLI_PAPERS[f"use_{paper.subject}"]
        raise AppError("cli_paper_no_options", label=paper.label, command=command)
    if wrong:
        raise AppError(
            "cli_paper_options", label=paper.label, wrong=_said(wrong), known=_said(taken)
        )
    for of, needed in _NEEDED.get(paper.subject, {}).items():
        missing = [name for name in needed if name not in given]
        if of in given and missing:
            raise AppError(
                "cli_paper_needs", label=paper.label, of=_said([of]), needed=_said(missing)
            )
    for one, other in _EITHER.get(paper.subject, ()):
        refuse_both(options, one, other)


def refuse_both(options: argparse.Namespace, one: str, other: str) -> None:
    """Two options of which only one can hold. AppError `cli_contradiction`."""
    if all(getattr(options, _FIELDS.get(name, name), None) for name in (one, other)):
        raise AppError("cli_contradiction", one=f"--{one}", other=f"--{other}")


def _said(names: Iterable[str]) -> str:
    return ", ".join(f"--{name}" for name in names)
