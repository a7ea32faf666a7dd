"""What the bindings of a workbook mean, what they give, and what is wrong with each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.binding import Fact, written
from giamngheo_desktop.domain.bound_table import Bound, Tables, bound, meanings
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.measures import MEASURES
from giamngheo_desktop.domain.sheet_formula import Place, is_formula, name_of
from giamngheo_desktop.domain.standard import standard_for
from giamngheo_desktop.domain.table_template import Fault, Shape, cut, read_template
from giamngheo_desktop.reports import make
from giamngheo_desktop.reports.own_table import own_report
from giamngheo_desktop.services import settings
from giamngheo_desktop.services.table_templates import OwnTable
from giamngheo_desktop.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Line:
    """A cell with what it is bound to; `value` is that of the whole unit in the year asked for."""

    cell: str
    text: str
    meaning: str
    value: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """Every binding, first what is wrong with the whole; `may_be_taken` without such as stops."""

    shape: Shape
    data: bytes
    lines: tuple[Line, ...]
    may_be_taken: bool

    @property
    def problems(self) -> int:
        return sum(bool(line.problem) for line in self.lines)


def checked(
    database: Database | None,
    definitions: Definitions,
    shape: Shape,
    data: bytes,
    *,
    name: str,
    year: int,
) -> Checked:
    """Without a database there are no values. Raises AppError `no_standard`."""
    tables = tables_of(database, definitions, year)
    template = read_template(shape, tuple(names(tables)))
    faults = list(template.faults)
    shown: dict[str, str] = {}
    own = OwnTable(code="", version=1, name=name, shape=shape, data=data, sha256="")
    if template.first:
        faults += own_report(own, tables)[1]
        if database is not None and not any(fault.stops for fault in faults):
            try:
                request = make.asked_for(database, definitions, own, year=year)
                made = make.own_made(database, own, request)
                faults += made.faults
                shown = dict(made.shown)
            except AppError:
                pass  # a file without a commune yet
    faults += [fault for fault in _unbound(shape, tables) if fault not in faults]
    return Checked(
        shape, data, tuple(_lines(shape, tables, faults, shown)), not any(f.stops for f in faults)
    )


def _unbound(shape: Shape, tables: Tables) -> Iterator[Fault]:
    """Every binding that counts nothing, wherever it stands."""
    for place in sorted(shape.cells):
        for binding in cut(shape, place).bindings:
            found = None if isinstance(binding, Fact) else bound(binding, tables)
            if isinstance(found, Fault):
                yield replace(found, cell=name_of(place))


def tables_of(database: Database | None, definitions: Definitions, year: int) -> Tables:
    """The official tables of a year, under its national standard."""
    values = settings.get(database, date(year, 12, 31)) if database is not None else {}
    material = make.material_of(definitions, standard_for(definitions.standards, year), values)
    return make.official_tables(definitions, material, year)


def names(tables: Tables) -> Iterator[str]:
    """Everything a binding may be called."""
    yield from (fact.value for fact in Fact)
    for name, _, pairs in meanings(tables):
        yield from (f"{name} hộ", f"{name} khẩu") if pairs else (name,)
    yield from MEASURES


def known(tables: Tables) -> Iterator[Line]:
    """The same with what each means; the cell is empty."""
    for fact in Fact:
        yield Line("", written(fact), texts.binding_text(fact))
    for name, path, pairs in meanings(tables):
        table, _, number = name.partition(".")
        said = texts.OWN_TABLE["column"].format(table=table, number=number, path=" › ".join(path))
        either = texts.OWN_TABLE["either"] if pairs else ""
        yield Line("", f"{{{{{name}}}}}", f"{said} ({either})" if either else said)
    for code, measure in MEASURES.items():
        yield Line("", f"{{{{{code}}}}}", texts.OWN_TABLE["measure"].format(label=measure.label))


def _lines(
    shape: Shape, tables: Tables, faults: Sequence[Fault], shown: dict[str, str]
) -> Iterator[Line]:
    by_cell: dict[str, list[Fault]] = {}
    for fault in faults:
        by_cell.setdefault(fault.cell, []).append(fault)
    for fault in by_cell.pop("", ()):
        yield Line("", "", "", "", texts.fault_text(fault))
    for place, content in sorted(shape.cells.items()):
        name = name_of(place)
        found = by_cell.pop(name, [])
        if "{{" in str(content) or "}}" in str(content) or is_formula(content) or found:
            meaning = _meaning(shape, place, tables)
            yield Line(name, str(content), meaning, shown.get(name, ""), _said(found))
    for name, found in by_cell.items():  # of empty cells
        yield Line(name, "", "", "", _said(found))


def _meaning(shape: Shape, place: Place, tables: Tables) -> str:
    content = shape.cells[place]
    if is_formula(content):
        return texts.OWN_TABLE["formula"]
    said = []
    for binding in cut(shape, place).bindings:
        found = None if isinstance(binding, Fact) else bound(binding, tables)
        path = found.path if isinstance(found, Bound) else ()
        if path or isinstance(binding, Fact):
            said.append(texts.binding_text(binding, path))
    return "; ".join(said)


def _said(faults: Iterable[Fault]) -> str:
    return " ".join(dict.fromkeys(texts.fault_text(fault) for fault in faults))
