"""The headings of five real plans, read by hand (`tests/independent/plans/skeletons`), come out of
their layouts exactly, where components and targets are recorded as the plans print them: what is
said of a component with the heading before it, as an officer takes it over from an old plan.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.reports.document import Paragraph
from giamngheo_desktop.reports.plan_contents import pieces_or_why
from giamngheo_desktop.reports.plan_filling import Filling
from giamngheo_desktop.services import areas, settings
from giamngheo_desktop.services.documents import reading, sections
from giamngheo_desktop.services.programme import entries
from giamngheo_desktop.storage.engine import Database
from tests.domain.target_rows import HELD
from tests.harness.register import Register, empty_database, make_register
from tests.harness.review import shipped
from tests.independent.plans import skeleton

FIRST = date(2025, 1, 1)


class Plan(NamedTuple):
    """Whose plan it is, for which year, and the layout that was made after it."""

    name: str
    kind: str
    year: int
    layout: str


PLANS = {
    "000": Plan("Hòa Bình", "xa", 2023, "ke_hoach_theo_du_an_xa"),
    "001": Plan("Phổ Minh", "phuong", 2024, "ke_hoach_muc_dich_yeu_cau"),
    "002": Plan("Cam Phúc Nam", "phuong", 2023, "ke_hoach_an_sinh_phuong"),
    "003": Plan("Thừa Thiên Huế", "tinh", 2021, "ke_hoach_theo_nhom_giai_phap"),
    "004": Plan("Sơn Tây", "xa", 2021, "ke_hoach_phan_tich_ho"),
}
# What a plan says of a component, by how the heading begins, and the column it is recorded in.
PARTS = {
    "Mục tiêu": "goal",
    "Đối tượng": "target_group",
    "Nội dung": "content",
    "Kết quả": "outputs",
    "Cơ quan chủ trì": "partners",
}
_NAMED = re.compile(r"(Ti[êể]u dự án \d+|Dự án \d+)[:.] ?(.*)")
_PARAGRAPH = re.compile(r"(\d+\.|[a-zđ]\))\s")

Line = tuple[int, str, str]
# Plan 001 prints it among those of no dimension.
_NO_DIMENSION = "001-6"


@contextmanager
def begun(folder: Path, plan: str, year: int = 0) -> Iterator[tuple[Register, UUID]]:
    """A unit of that name with the components of the plan, and the plan begun from its layout, as
    one of its year or of another.
    """
    known = PLANS[plan]
    year = year or known.year
    with empty_database(folder / f"{plan}.db") as database:
        desk = make_register(database)
        areas.change_area(
            database, desk.context, desk.commune, FIRST, name=known.name, kind=known.kind
        )
        settings.save(database, desk.context, {"place_name": "Huế"}, date(2021, 1, 1))
        _record(desk, plan, year)
        args = (database, desk.context, shipped(), desk.commune, year, known.layout)
        yield desk, sections.begin(*args).value


def _record(desk: Register, plan: str, year: int) -> None:
    """The components of a plan, each below the one it is printed in, with what is said of it."""
    above: list[tuple[int, UUID]] = []
    inside: dict[str, Any] = {}
    found: list[tuple[int, dict[str, Any]]] = []
    for heading, below in zip(skeleton.headings(plan), pasted(plan), strict=True):
        if heading.component:
            number, name = _split(heading.title)
            inside = {
                "printed_number": number,
                "printed_name": name,
                "programme": "2021",
                "component": heading.component,
            }
            found.append((heading.depth, inside))
        elif found and heading.depth > found[-1][0]:
            inside[_column(heading.title)] = below
    for position, (depth, values) in enumerate(found, start=1):
        while above and above[-1][0] >= depth:
            above.pop()
        form = shipped().records[Kind.PLAN_COMPONENT]
        given = {"area": desk.commune, "year": year}
        values |= {"parent": above[-1][1] if above else None, "position": position}
        args = (desk.database, desk.context, form, values)
        above.append((depth, entries.save(*args, given=given).value))


def pasted(plan: str) -> list[str]:
    """What stands in a plan from each of its headings to the next one, that heading included."""
    lines = skeleton.text(plan).splitlines()
    starts, at = [], 0
    for heading in skeleton.headings(plan):
        wanted = _squeezed(f"{heading.number.strip('*')}{heading.title}{heading.text}")
        while not _begins(lines[at:], wanted):
            at += 1
        starts.append(at)
        at += 1
    ends = [*starts[1:], len(lines)]
    return ["\n".join(lines[a:b]) for a, b in zip(starts, ends, strict=True)]


def _begins(lines: list[str], wanted: str) -> bool:
    """A heading may break into the next line; one is printed behind a stray stop."""
    return _squeezed("".join(lines[:2])).removeprefix(".").startswith(wanted)


def _squeezed(words: str) -> str:
    return "".join(words.replace("*", "").split())


def aim(desk: Register, plan: str, document: UUID) -> None:
    """The targets of a plan as they are typed, in its order."""
    form = shipped().records[Kind.TARGET]
    for position, (key, held) in enumerate(HELD.items(), start=1):
        for one in held if key.startswith(plan) else ():
            values = {
                "indicator": one.code,
                "groups": one.groups,
                "comparator": one.comparator or None,
                "pursued": one.value,
                "basis": one.basis,
                "dimension": "" if key == _NO_DIMENSION else one.dimension,
                "content": one.content,
                "addition": one.addition,
                "position": position,
            }
            given = {"document": document, "key": key}
            entries.save(desk.database, desk.context, form, values, given=given)


def _split(title: str) -> tuple[str, str]:
    """The printed number of a component, with its sign, and the name."""
    found = _NAMED.fullmatch(title)
    assert found is not None, title
    return title[: found.start(2)].strip(), found[2]


def _column(title: str) -> str:
    """Of what a plan says of a component; "" for another heading."""
    return next((column for words, column in PARTS.items() if title.startswith(words)), "")


def lines(database: Database, document: UUID) -> list[Line]:
    """Depth, number and title of what is printed with a number; of a paragraph no title."""
    known = (database, shipped())
    whole = reading.read(*known, document)
    found: list[Line] = []
    for part in whole.printed():
        if part.number:
            found.append((part.depth + 1, part.number, part.title))
        filled = Filling(
            database=database,
            definitions=shipped(),
            document=whole,
            part=part,
            day=FIRST,
        )
        said = [one.text for one in pieces_or_why(filled) if isinstance(one, Paragraph)]
        for line in (*part.text.splitlines(), *said):
            if number := _PARAGRAPH.match(line.strip()):
                found.append((part.depth + (2 if part.number else 1), number[1], ""))
    return found


@pytest.mark.parametrize("plan", ["000", "002"])
def test_a_layout_heads_what_is_said_of_a_component_as_its_plan_mostly_does(plan: str) -> None:
    printed: dict[str, Counter[str]] = {}
    for one in skeleton.headings(plan):
        if (code := _column(one.title)) and one.depth > 2 and not one.component:
            printed.setdefault(code, Counter())[one.title] += 1
    parts = {"lead": "partners"}
    for part in shipped().layout(PLANS[plan].layout).parts:
        counts = printed.pop(parts.get(part.part, part.part))
        assert counts[part.title] == max(counts.values()), part.title
    assert not printed


@pytest.mark.parametrize("plan", skeleton.PLANS)
def test_the_headings_are_those_of_the_plan(tmp_path: Path, plan: str) -> None:
    with begun(tmp_path, plan) as (desk, uid):
        aim(desk, plan, uid)
        ours = lines(desk.database, uid)
    theirs = [(one.depth, one.number, one.title) for one in skeleton.headings(plan)]
    assert ours == theirs
