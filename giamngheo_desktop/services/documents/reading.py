"""A whole plan or report: its head, and its sections with the numbers they print.

What a section fills in as headings of its own (components, bodies) stands among them, without a
record of the section: it follows the records it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.heading_numbers import (
    Heading,
    HeadingStyle,
    numbered,
    roman,
    style_of_depth,
)
from giamngheo_desktop.domain.plan_order import placed
from giamngheo_desktop.domain.vietnamese import first_words
from giamngheo_desktop.services.documents import branches
from giamngheo_desktop.services.documents.branches import Origin as Origin
from giamngheo_desktop.services.documents.heads import HEAD
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Connection, Database

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading with what stands under it; `number` is as it prints, "" where none does.

    `uid` is that of its section, of a component or body that of its record; `typed` is the number
    that replaces its own. One that is not `included` prints nothing, nor does what stands in it.
    """

    uid: UUID
    origin: Origin = Origin.SECTION
    parent: UUID | None = None
    code: str = ""
    number: str = ""
    typed: str = ""
    title: str = ""
    text: str = ""
    content: str = ""
    style: HeadingStyle
    own_style: HeadingStyle | None = None  # None: by its depth
    included: bool = True
    annex: bool = False
    depth: int = 0
    component: UUID | None = None
    body: UUID | None = None
    parts: tuple[Part, ...] = ()

    @property
    def name(self) -> str:
        """Its title, of a paragraph the first words; "" where nothing is written."""
        return self.title or first_words(self.text)

    def walk(self) -> Iterator[Part]:
        """Itself, then what stands in it."""
        yield self
        for one in self.parts:
            yield from one.walk()

    def printed(self) -> Iterator[Part]:
        """Likewise, without what is left out."""
        if self.included:
            yield self
            for one in self.parts:
                yield from one.printed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A plan version or a report as it stands; `head` has the columns of `heads.HEAD`, "" where
    nothing was typed.
    """

    uid: UUID
    unit: UUID
    year: int
    type: str
    period: str
    version: int
    change: str
    before: UUID | None
    issued_on: date | None
    signed_on: date | None
    layout: str
    head: Mapping[str, str]
    parts: tuple[Part, ...]
    annexes: tuple[Part, ...]

    @property
    def is_draft(self) -> bool:
        return self.issued_on is None

    def walk(self) -> Iterator[Part]:
        """Every part, left out or not, each before what stands in it."""
        for one in (*self.parts, *self.annexes):
            yield from one.walk()

    def printed(self) -> Iterator[Part]:
        for one in (*self.parts, *self.annexes):
            yield from one.printed()

    def find(self, section: UUID) -> Part | None:
        return next((one for one in self.walk() if one.uid == section), None)


@dataclass(frozen=True, slots=True)
class _Tree:
    rows: Mapping[UUID | None, Sequence[Row]]
    source: branches.Source = field(repr=False)


def read(database: Database, definitions: Definitions, document: UUID) -> Document:
    """RefusedError `record_missing`."""
    with database.reader() as connection:
        return read_in(connection, definitions, document)


def read_in(connection: Connection, definitions: Definitions, document: UUID) -> Document:
    """`read` of a connection."""
    row = records.get(connection, Kind.DOCUMENT, document)
    if row is None or row["removed"]:
        raise RefusedError("record_missing")
    sections = placed(records.find(connection, Kind.DOCUMENT_SECTION, document=document))
    below: dict[UUID | None, list[Row]] = {}
    for one in sorted(sections, key=lambda one: (one["position"], one["uid"])):
        below.setdefault(one["parent"], []).append(one)
    code = row["layout"] or ""
    layout = definitions.layout(code) if code in definitions.layouts else None
    source = branches.Source(connection, row, sections, layout)
    tree = _Tree(below, source)
    tops = _parts(tree, below.get(None, ()), "", 0)
    annexes = [one for one in tops if one.annex]
    return Document(
        uid=document,
        unit=row["area"],
        year=row["year"],
        type=row["type"],
        period=row["period"] or "",
        version=row["version"],
        change=row["change"] or "",
        before=row["before"],
        issued_on=row["issued_on"],
        signed_on=row["signed_on"],
        layout=code,
        head={name: row[name] or "" for name in HEAD if name != "signed_on"},
        parts=tuple(one for one in tops if not one.annex),
        annexes=tuple(_annexes(annexes)),
    )


def report_of(
    database: Database, definitions: Definitions, unit: UUID, year: int, period: str
) -> tuple[Document, ...]:
    """The reports of a period, drafts among them, the oldest first."""
    place = {"area": unit, "year": year, "type": plans.REPORT, "period": period}
    with database.reader() as connection:
        rows = records.find(connection, Kind.DOCUMENT, **place)
        rows.sort(key=lambda row: (row["version"], row["uid"]))
        return tuple(read_in(connection, definitions, row["uid"]) for row in rows)


def skeleton(document: Document, *, parts: bool = False) -> list[tuple[str, str]]:
    """The printed headings in order, number and name; those within components where asked."""
    return [
        (one.number, one.name)
        for one in document.printed()
        if (one.title or one.number) and (parts or one.origin is not Origin.COMPONENT_PART)
    ]


def _parts(tree: _Tree, rows: Iterable[Row], above: str, depth: int) -> tuple[Part, ...]:
    """Sections beside each other, numbered. Annexes are numbered by themselves."""
    rows = list(rows)
    found = [_section(one, depth) for one in rows]
    numbers = numbered([_heading(one) for one in found], above)
    return tuple(
        replace(part, number=number, parts=_within(tree, row, part, number, depth))
        for row, part, number in zip(rows, found, numbers, strict=True)
    )


def _within(tree: _Tree, row: Row, part: Part, number: str, depth: int) -> tuple[Part, ...]:
    """What stands in a section: what it fills in, then its own sections, counted together with the
    numbered lines above them.
    """
    deeper = 0 if part.annex else depth + 1
    rows = tree.rows.get(part.uid, ())
    lines = tree.source.listed(row)
    grown = [_grown(one, part.uid, deeper) for one in tree.source.of(row)]
    sections = [_section(one, deeper) for one in rows]
    headings = [_heading(one) for one in (*grown, *sections)]
    numbers = numbered([*lines, *headings], number)[len(lines) :]
    first = tuple(_branch(one, n) for one, n in zip(grown, numbers, strict=False))
    own = numbers[len(grown) :]
    return first + tuple(
        replace(one, number=n, parts=_within(tree, below, one, n, deeper))
        for below, one, n in zip(rows, sections, own, strict=True)
    )


def _heading(part: Part) -> Heading:
    counts = part.included and not part.annex and (part.title or part.typed or part.own_style)
    style = part.style if counts else HeadingStyle.NONE
    return Heading(style, part.typed, part.included)


def _section(row: Row, depth: int) -> Part:
    own = HeadingStyle(row["style"]) if row["style"] in set(HeadingStyle) else None
    return Part(
        uid=row["uid"],
        parent=row["parent"],
        code=row["code"] or "",
        typed=row["number"] or "",
        title=row["title"] or "",
        text=row["text"] or "",
        content=row["content"] or "",
        style=own or style_of_depth(depth),
        own_style=own,
        included=row["included"],
        annex=row["annex"] and row["parent"] is None,
        depth=depth,
        component=row["plan_component"],
        body=row["body"],
    )


def _grown(branch: branches.Branch, parent: UUID, depth: int) -> Part:
    """A branch before it is numbered."""
    return Part(
        uid=branch.uid,
        origin=branch.origin,
        parent=parent,
        code=branch.code,
        typed=branch.typed,
        title=branch.title,
        text=branch.text,
        style=branch.style or style_of_depth(depth),
        depth=depth,
        component=branch.component,
        body=branch.body,
        parts=tuple(_grown(one, branch.uid, depth + 1) for one in branch.branches),
    )


def _branch(part: Part, number: str) -> Part:
    numbers = numbered([_heading(one) for one in part.parts], number)
    below = tuple(_branch(one, n) for one, n in zip(part.parts, numbers, strict=True))
    return replace(part, number=number, parts=below)


def _annexes(annexes: Sequence[Part]) -> Iterator[Part]:
    """Phụ lục, with a roman number where there are two or more."""
    included = [one for one in annexes if one.included]
    for one in annexes:
        if not one.included:
            yield replace(one, number="")
        elif one.typed:
            yield replace(one, number=one.typed)
        else:
            at = included.index(one) + 1
            said = texts.DOCUMENT["annex"]
            number = f"{said} {roman(at)}" if len(included) > 1 else said
            yield replace(one, number=number)
