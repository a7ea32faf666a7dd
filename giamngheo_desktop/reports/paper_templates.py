"""The papers as this file prints them: those of the program, changed by the Word templates beside
the data, and what is known of each template.

What reads and writes Word is imported where it is needed: most data have no template.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from giamngheo_desktop import paths, texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.definitions.paper_text import fingerprint, paper_of, paper_text
from giamngheo_desktop.domain.changes import Done
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError, RefusedError
from giamngheo_desktop.domain.paper import Certainty, PaperDef, canonical
from giamngheo_desktop.exports.safe_file import make_folder, write_bytes
from giamngheo_desktop.services import paper_templates as acts
from giamngheo_desktop.services.paper_templates import Act, Kept
from giamngheo_desktop.storage.engine import Database

if TYPE_CHECKING:
    from giamngheo_desktop.exports.paper_marks import TemplateProblem
    from giamngheo_desktop.exports.paper_template_read import TemplateRead


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperState:
    """How a paper stands: `state` is a key of `texts.TEMPLATE_STATES`, `paper` what is printed,
    `shipped` that of the program, `file` where its Word template lies or would lie.
    """

    code: str
    state: str
    paper: PaperDef
    shipped: PaperDef
    file: Path
    kept: Kept | None = None
    sha256: str = ""  # of the file as it is now, where it is read for what it says
    broken: AppError | None = None

    @property
    def said(self) -> str:
        """The state in words."""
        day = format_date(self.kept.day) if self.kept else ""
        by = self.kept.by if self.kept else ""
        return texts.TEMPLATE_STATES[self.state].format(day=day, by=by)

    @property
    def is_unchecked(self) -> bool:
        return self.state in ("unchecked", "edited", "changed", "broken")


def in_use(database: Database, definitions: Definitions) -> Definitions:
    """The definitions with the papers this file prints; one that cannot be printed is refused
    when it is asked for, in one sentence.
    """
    found = states(database, definitions)
    changed = {
        one.code: (*definitions.papers[one.code][:-1], one.paper)
        for one in found.values()
        if one.paper is not one.shipped
    }
    broken = {one.code: one.broken for one in found.values() if one.broken}
    if not changed and not broken:
        return definitions
    papers = MappingProxyType({**definitions.papers, **changed})
    return replace(definitions, papers=papers, broken_papers=broken)


def states(
    database: Database, definitions: Definitions, *, quick: bool = False
) -> Mapping[str, PaperState]:
    """How each paper stands, by code. A template edited in Word is read here, by a child process
    and once for as long as it stays as it is; `quick`: not now, it counts as edited.
    """
    kept = acts.kept(database)
    folder = paths.templates_dir(database.path)
    is_there = folder.is_dir()
    return {
        code: _state(versions[-1], kept.get(code), folder, look=is_there, quick=quick)
        for code, versions in definitions.papers.items()
    }


def state(database: Database, definitions: Definitions, code: str) -> PaperState:
    """How one paper stands. AppError `unknown_paper`."""
    definitions.paper(code)
    folder = paths.templates_dir(database.path)
    return _state(definitions.papers[code][-1], acts.kept(database).get(code), folder, look=True)


# -- acts ------------------------------------------------------------------------------------------


def check(path: Path, shipped: PaperDef) -> TemplateRead:
    """What a Word file would print instead of a paper of the program, with all that is wrong.

    AppErrors file_missing, file_unreadable, template_unreadable, template_too_big.
    """
    from giamngheo_desktop.exports.template_child import read_bytes, read_foreign

    return read_foreign(read_bytes(path), path.name, shipped)


def write(database: Database, definitions: Definitions, code: str) -> Path:
    """The Word template of a paper beside the data; made where it is not there, and anew where it
    is that of an older program and nobody wrote into it. AppErrors of `write_bytes`.
    """
    from giamngheo_desktop.exports.paper_template import paper_template

    found = state(database, definitions, code)
    untouched = found.state not in ("edited", "broken") and not found.sha256
    own = found.kept is not None and found.kept.sha256
    if not found.file.exists() or (untouched and not own):
        make_folder(found.file.parent)
        data = paper_template(found.paper)
        if not found.file.exists() or found.file.read_bytes() != data:
            write_bytes(found.file, data)
    return found.file


def use(
    database: Database, definitions: Definitions, context: Context, code: str, path: Path
) -> Done[int]:
    """From now on the paper is that of this Word file, which is copied beside the data.

    RefusedError template_wrong; AppErrors of `check` and `write_bytes`.
    """
    from giamngheo_desktop.exports.template_child import read_bytes, read_foreign

    found = state(database, definitions, code)
    data = read_bytes(path)
    read = read_foreign(data, path.name, found.shipped)
    refuse_wrong(path.name, read.problems)
    sha256 = hashlib.sha256(data).hexdigest()
    name = f"{code}.{sha256[:8]}.docx"
    make_folder(found.file.parent)
    write_bytes(found.file.with_name(name), data)
    wanted = _kept(Act.OWN, found.shipped, context)
    wanted = replace(wanted, text=paper_text(read.paper), file=name, sha256=sha256)
    return acts.save(database, context, code, found.shipped.label, wanted)


def confirm(
    database: Database, definitions: Definitions, context: Context, code: str, form_number: str
) -> Done[int]:
    """The officer has held what is printed against the form; the number is printed from now on.

    The AppError of a template that is broken.
    """
    found = state(database, definitions, code)
    if found.broken:
        raise found.broken
    wanted = _kept(Act.CONFIRMED, found.shipped, context)
    own = canonical(found.paper) if _differs(found) else None
    wanted = replace(
        wanted,
        text=paper_text(own) if own else "",
        file=found.file.name,
        sha256=found.sha256 or (found.kept.sha256 if found.kept and own else ""),
        form_number=form_number.strip(),
    )
    return acts.save(database, context, code, found.shipped.label, wanted)


def reset(database: Database, definitions: Definitions, context: Context, code: str) -> Done[int]:
    """Back to the paper of the program; the files of the unit stay where they are."""
    shipped = definitions.paper(code)
    file = f"{code}.{acts.next_version(database, code)}.docx"
    wanted = replace(_kept(Act.RESET, shipped, context), file=file)
    return acts.save(database, context, code, shipped.label, wanted)


def refuse_wrong(name: str, problems: tuple[TemplateProblem, ...]) -> None:
    """RefusedError template_wrong, where there is anything."""
    if problems:
        first = problem_texts(problems)[0].removesuffix(".")
        raise RefusedError("template_wrong", name=name, count=len(problems), detail=first)


def problem_texts(problems: tuple[TemplateProblem, ...]) -> list[str]:
    return [texts.template_problem_text(one.code, dict(one.params)) for one in problems]


# -- what holds ------------------------------------------------------------------------------------


def _state(
    shipped: PaperDef, kept: Kept | None, folder: Path, *, look: bool, quick: bool = False
) -> PaperState:
    file = folder / (kept.file if kept and kept.file else f"{shipped.code}.docx")
    base = _text_of(kept, shipped)
    found = PaperState(
        code=shipped.code, state="", paper=base, shipped=shipped, file=file, kept=kept
    )
    if look and file.is_file():
        found = _with_file(found, quick=quick)
    if found.broken:
        return replace(found, state="broken")
    return _judged(found)


def _with_file(found: PaperState, *, quick: bool) -> PaperState:
    """With what the Word file says, where it says something else."""
    from giamngheo_desktop.exports.template_child import read_bytes, read_foreign, remembered

    try:
        data = read_bytes(found.file)
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 in (found.kept.sha256 if found.kept else "", _sha256_as_written(found.paper)):
            return found
        if quick and remembered(data, found.shipped) is None:
            return replace(found, sha256=sha256)
        read = read_foreign(data, found.file.name, found.shipped)
    except AppError as error:
        return replace(found, broken=_broken(found, texts.error_text(error)))
    if read.problems:
        return replace(found, broken=_broken(found, problem_texts(read.problems)[0]))
    if read.paper == canonical(found.paper):
        return found
    if found.paper is found.shipped and read.origin == fingerprint(read.paper):
        return found  # of an older program, and nobody wrote into it
    return replace(found, paper=read.paper, sha256=sha256)


@lru_cache(maxsize=64)
def _sha256_as_written(paper: PaperDef) -> str:
    from giamngheo_desktop.exports.paper_template import paper_template

    return hashlib.sha256(paper_template(paper)).hexdigest()


def _broken(found: PaperState, detail: str) -> AppError:
    return RefusedError(
        "paper_template_broken", label=found.shipped.label, file=found.file.name, detail=detail
    )


def _judged(found: PaperState) -> PaperState:
    kept, shipped = found.kept, found.shipped
    if found.sha256:
        return _unchecked(found, "edited")
    if kept is None or kept.act is Act.RESET:
        plain = {Certainty.CONFIRMED: "read", Certainty.OWN: "no_form"}
        return replace(found, state=plain.get(shipped.certainty, "unchecked"))
    if kept.shipped != fingerprint(shipped):
        return _unchecked(found, "changed")
    certainty = Certainty.CONFIRMED if kept.act is Act.CONFIRMED else Certainty.OWN
    paper = replace(found.paper, certainty=certainty, form_number=kept.form_number)
    return replace(found, state=kept.act.value, paper=paper)


def _unchecked(found: PaperState, state: str) -> PaperState:
    return replace(found, state=state, paper=replace(found.paper, certainty=Certainty.TO_CONFIRM))


def _text_of(kept: Kept | None, shipped: PaperDef) -> PaperDef:
    """What the file keeps as the paper, with what only the program says of it."""
    if kept is None or not kept.text:
        return shipped
    own = paper_of(kept.text, shipped.code)
    return replace(
        own,
        version=shipped.version,
        label=shipped.label,
        valid_from=shipped.valid_from,
        valid_to=shipped.valid_to,
        legal_basis=shipped.legal_basis,
        certainty=shipped.certainty,
        form_number=shipped.form_number,
        subject=shipped.subject,
        copies=shipped.copies,
        results=shipped.results,
        attached=shipped.attached,
    )


def _differs(found: PaperState) -> bool:
    """Whether the paper has other words than that of the program."""
    plain = replace(
        found.paper, certainty=found.shipped.certainty, form_number=found.shipped.form_number
    )
    return canonical(plain) != canonical(found.shipped)


def _kept(act: Act, shipped: PaperDef, context: Context) -> Kept:
    return Kept(
        act=act,
        shipped=fingerprint(shipped),
        day=context.today(),
        by=context.actor,
    )
