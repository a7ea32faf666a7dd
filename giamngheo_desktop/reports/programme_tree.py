"""Cây chương trình: the parts of programmes with their lead, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from giamngheo_desktop import texts
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.programme import Component, Programme
from giamngheo_desktop.domain.standard import Certainty
from giamngheo_desktop.reports.document import (
    Align,
    Cell,
    Column,
    NumberFormat,
    Paragraph,
    Piece,
    ReportDoc,
    Row,
    Run,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.imprint import program

_SAID = texts.PROGRAMME_TREE
_INDENT = "\u2003"  # an em for each step down


def programme_tree(programmes: Sequence[Programme], year: int | None = None) -> ReportDoc:
    """One table, and sheet, for each programme; `year` is the one whose plans may name them."""
    if not programmes:
        raise ValueError("no programme to print")
    title = _SAID["title"] if year is None else _SAID["title_of_year"].format(year=year)
    return ReportDoc(
        code="cay_chuong_trinh",
        title=(title,),
        close=True,
        body=tuple(_pieces(programmes)),
        notes=(_SAID["note"],),
        program=program(),
        extra={"programmes": ", ".join(one.code for one in programmes)},
    )


def _pieces(programmes: Sequence[Programme]) -> Iterator[Piece]:
    for one in programmes:
        numbers = _numbers(one)
        sources = "; ".join(f"{number} {one.sources[key]}" for key, number in numbers.items())
        yield _text(one.label, bold=True, size=13)
        yield _text(_basis(one))
        yield _text(_SAID["sources"].format(sources=sources), italic=True)
        yield Table(
            labels=(
                number_column(2),
                text_column(_SAID["code"], "code", weight=6),
                text_column(_SAID["name"], "name", weight=50),
            ),
            columns=tuple(
                Column(_SAID[key], key, format=NumberFormat.TEXT, weight=weight, align=align)
                for key, weight, align in (
                    ("lead", 16, None),
                    ("source", 14, None),
                    ("certainty", 6, Align.CENTER),
                )
            ),
            rows=tuple(_rows(one, numbers)),
            name_at=2,
            number_row=False,
            sheet=one.code,
        )


def _text(text: str, *, bold: bool = False, italic: bool = False, size: float = 12) -> Paragraph:
    return Paragraph(runs=(Run(text, bold, italic),), align=Align.LEFT, size=size, with_next=True)


def _numbers(programme: Programme) -> dict[str, str]:
    """[1], [2] … of the sources, in the order in which the parts name them."""
    keys = dict.fromkeys(part.source for part in programme.walk())
    said = _SAID["source_numbered"]
    return {key: said.format(number=number) for number, key in enumerate(keys, 1)}


def _basis(programme: Programme) -> str:
    said = _SAID["valid_until" if programme.last_day else "valid"]
    last = programme.last_day
    return said.format(
        basis=programme.legal_basis,
        first=format_date(programme.valid_from),
        last=format_date(last) if last else "",
    )


def _rows(programme: Programme, numbers: Mapping[str, str]) -> Iterator[Row]:
    for number, part in enumerate(programme.walk(), 1):
        depth = programme.depth(part.code)
        yield Row(
            (str(number), part.code, f"{_INDENT * depth}{part.name}"),
            (
                Cell(_lead(part)),
                Cell(" ".join(filter(None, (numbers[part.source], part.note)))),
                Cell(_SAID[part.certainty.value]),
            ),
            level=depth + 1,
            bold=not depth,
        )


def _lead(part: Component) -> str:
    if not part.lead.value:
        return _SAID["no_lead"]
    sure = part.lead.certainty is Certainty.CONFIRMED
    return part.lead.value if sure else _SAID["lead_to_confirm"].format(lead=part.lead.value)
