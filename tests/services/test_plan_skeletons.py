"""The headings of five real plans, read by hand (`tests/independent/plans/skeletons`), and those
of a plan that is begun from their layouts, with the components recorded as they print them.

Where the two differ stands in `OTHERWISE`, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.services import areas, settings
from giamngheo_desktop.services.documents import reading, sections
from giamngheo_desktop.services.documents.reading import Document, Part
from giamngheo_desktop.services.programme import entries
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
# Misprints of the plans stay with them, and what is printed of records is not in a layout.
OTHERWISE: dict[str, list[tuple[Line | None, Line | None]]] = {
    # Four numbers without their stop; one of ten parts is headed otherwise than the others.
    "000": [
        ((4, "2.1.1", "Mục tiêu:"), (4, "2.1.1.", "Mục tiêu:")),
        ((4, "2.1.3", "Nội dung hoạt động:"), (4, "2.1.3.", "Nội dung hoạt động:")),
        ((4, "3.2.1", "Mục tiêu:"), (4, "3.2.1.", "Mục tiêu:")),
        ((4, "3.3.1", "Mục tiêu:"), (4, "3.3.1.", "Mục tiêu:")),
        ((4, "5.2.2.", "Đối tượng:"), (4, "5.2.2.", "Đối tượng thụ hưởng:")),
    ],
    # The targets: they are records, printed one a line.
    "001": [
        *(((3, number, ""), None) for number in ("a)", "b)", "c)", "d)", "đ)")),
        (
            (3, "e)", "Các chỉ tiêu giải quyết mức độ thiếu hụt các dịch vụ xã hội cơ bản."),
            None,
        ),
    ],
    # A paragraph with a title is a paragraph; NĐ 30/2020 prints Phụ lục without a colon.
    "003": [
        ((3, "b)", "Phạm vi:"), (3, "b)", "")),
        (
            (1, "Phụ lục:", "CHỈ TIÊU PHẦN ĐẦU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2021"),
            (1, "Phụ lục", "CHỈ TIÊU PHẦN ĐẦU GIẢM TỶ LỆ HỘ NGHÈO NĂM 2021"),
        ),
    ],
}


def by_rule(plan: str) -> list[Line]:
    """The headings of a plan; in plan 002 those inside a component by a rule that it breaks itself.

    It prints a. a. b. b. in one, "Đối tượng áp dụng" with and without a colon, once "Nội dung thực
    hiện". NĐ 30/2020 has a) b) c), which count on; a layout heads a part the same everywhere.
    """
    found: list[Line] = []
    at = 0
    for one in skeleton.headings(plan):
        at = at + 1 if one.number[:-1] in ("a", "b", "c", "d") and plan == "002" else 0
        if at:
            (title,) = (title for words, title in HEADED.items() if one.title.startswith(words))
            found.append((one.depth, f"{'abcd'[at - 1]})", title))
        else:
            found.append((one.depth, one.number, one.title))
    return found


HEADED = {
    "Mục tiêu": "Mục tiêu:",
    "Đối tượng": "Đối tượng áp dụng:",
    "Nội dung": "Nội dung hỗ trợ:",
    "Cơ quan chủ trì": "Cơ quan chủ trì:",
}


@contextmanager
def begun(folder: Path, plan: str) -> Iterator[tuple[Register, UUID]]:
    """A unit of that name with the components of the plan, and the plan begun from its layout."""
    known = PLANS[plan]
    with empty_database(folder / f"{plan}.db") as database:
        desk = make_register(database)
        areas.change_area(
            database, desk.context, desk.commune, FIRST, name=known.name, kind=known.kind
        )
        settings.save(database, desk.context, {"place_name": "Huế"}, date(2021, 1, 1))
        _record(desk, plan)
        args = (database, desk.context, shipped(), desk.commune, known.year, known.layout)
        yield desk, sections.begin(*args).value


def _record(desk: Register, plan: str) -> None:
    """The components of a plan, each below the one it is printed in, with what is said of it."""
    above: list[tuple[int, UUID]] = []
    inside: dict[str, Any] = {}
    found: list[tuple[int, dict[str, Any]]] = []
    for heading in skeleton.headings(plan):
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
            inside[_part(heading.title)] = heading.text or "Như kế hoạch"
    for position, (depth, values) in enumerate(found, start=1):
        while above and above[-1][0] >= depth:
            above.pop()
        form = shipped().records[Kind.PLAN_COMPONENT]
        given = {"area": desk.commune, "year": PLANS[plan].year}
        values |= {"parent": above[-1][1] if above else None, "position": position}
        args = (desk.database, desk.context, form, values)
        above.append((depth, entries.save(*args, given=given).value))


def _split(title: str) -> tuple[str, str]:
    """The printed number of a component, with its sign, and the name."""
    found = _NAMED.fullmatch(title)
    assert found is not None, title
    return title[: found.start(2)].strip(), found[2]


def _part(title: str) -> str:
    (column,) = (column for words, column in PARTS.items() if title.startswith(words))
    return column


def lines(document: Document) -> list[Line]:
    """Depth, number and title of what is printed with a number; of a paragraph no title."""
    found: list[Line] = []
    for part in document.printed():
        if part.number:
            found.append((part.depth + 1, part.number, part.title))
        found += _paragraphs(part)
    return found


def _paragraphs(part: Part) -> Iterator[Line]:
    for line in part.text.splitlines():
        if number := _PARAGRAPH.match(line.strip()):
            yield part.depth + (2 if part.number else 1), number[1], ""


@pytest.mark.parametrize("plan", skeleton.PLANS)
def test_the_headings_are_those_of_the_plan(tmp_path: Path, plan: str) -> None:
    with begun(tmp_path, plan) as (desk, uid):
        ours = lines(reading.read(desk.database, shipped(), uid))
    assert differences(by_rule(plan), ours) == OTHERWISE.get(plan, [])


def differences(theirs: list[Line], ours: list[Line]) -> list[tuple[Line | None, Line | None]]:
    """What differs in order: a heading of the plan, what stands in its place."""
    found: list[tuple[Line | None, Line | None]] = []
    matcher = SequenceMatcher(a=theirs, b=ours, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            found += zip_longest(theirs[a:b], ours[c:d])
    return found
