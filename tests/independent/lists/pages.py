"""A workbook and, beside it, what a careful officer reads from it; both made in one stroke.

A page knows its columns; `member` writes one row from the model and notes what it tells. Whatever a
caller writes over the plain value is declared in the same call: still the same (`over`), read
otherwise (`read`), two ways to read it (`unclear`), readable once
mended (`mended`), wrong (`wrong`).
"""

import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from tests.independent.lists.excel import share_strings
from tests.independent.lists.people import DECISION, DECISION_DATE, Household, Person, cut

OF_HOUSEHOLD = frozenset(
    cut(
        "village|level|left|status|b1|b2|causes|minority|in_place|no_labour|merit|decision"
        "|decision_date|address|phone|household_note|member_count"
    )
)
# Told by a column but nothing to store: counted, repeated, or only for the eye.
NOT_KEPT = frozenset(
    cut(
        "line|household_no|member_no|head_name|age|member_count|province|province_code|district"
        "|district_code|commune|commune_code|support"
    )
)
MOMENT = datetime(2025, 12, 8, 7, 30)  # noqa: DTZ001  a workbook keeps local time
THIN = Border(*(Side(style="thin"),) * 4)


class Text(str):
    """A text that begins with `=` and is no formula."""

    __slots__ = ()


@dataclass(frozen=True)
class Formula:
    body: str
    shown: int | None  # the value Excel kept with it; None: none kept


@dataclass(frozen=True)
class Column:
    heading: str
    part: (
        str  # a field, or `field.part` where several columns make one field; "" : nobody's business
    )
    write: Callable[[Household, Person], Any]
    truth: Callable[[Household, Person], Any] | None = None


def truth(part: str, home: Household, person: Person) -> Any:
    if part in ("name", "relation", "birth", "sex", "cccd", "ethnic"):
        return getattr(person, part)
    if part == "causes":
        return list(home.causes)
    if part in ("no_labour", "merit"):
        return part in home.flags
    if part in ("decision", "decision_date"):
        return DECISION if part == "decision" else DECISION_DATE
    return getattr(home, part)


def true_date(birth: str) -> date | str:
    """A true date where the day is known, else text as people type it."""
    if len(birth) == 10:
        return date.fromisoformat(birth)
    return "/".join(reversed(birth.split("-")))


def slashed(birth: str) -> str:
    return "/".join(reversed(birth.split("-")))


@dataclass
class Page:
    book: "Book"
    sheet: Any
    columns: dict[str, Column]
    told: dict[str, Any]
    font: Callable[[Any], str] = field(default=lambda _value: "Times New Roman")
    encode: Callable[[str], str] = field(default=lambda text: text)
    row: int = 1

    # --- plain cells ---
    def put(
        self,
        letter: str,
        value: Any,
        row: int | None = None,
        bold: bool = False,
        boxed: bool = False,
    ) -> Any:
        cell = self.sheet[f"{letter}{row or self.row}"]
        if isinstance(value, Formula):
            cell.value = "=" + value.body
            self.book.shown[self.sheet.title, cell.coordinate] = value.shown
        else:
            cell.value = self.encode(value) if type(value) is str else value
            if isinstance(value, Text):
                cell.data_type = "s"
        self._dress(cell, self.font(value), bold, boxed, type(value) is date)
        return cell

    def _dress(self, cell: Any, font: str, bold: bool, boxed: bool, dated: bool) -> None:
        """Styles are dear to make and cheap to copy."""
        key = (font, bold, boxed, dated)
        if key not in self.book.styles:
            cell.font = Font(name=font, size=12, bold=bold)
            if boxed:
                cell.border = THIN
            if dated:
                cell.number_format = "dd/mm/yyyy"
            self.book.styles[key] = copy(cell._style)
        cell._style = copy(self.book.styles[key])

    def line(self, why: str, cells: dict[str, Any], merge: str = "", bold: bool = True) -> None:
        """A row that is no data; `merge`: columns joined, as `A:K`."""
        for letter, value in cells.items():
            cell = self.put(letter, value, bold=bold)
            cell.alignment = Alignment(horizontal="center", wrap_text=True)
        if merge:
            first, last = merge.split(":")
            self.sheet.merge_cells(f"{first}{self.row}:{last}{self.row}")
        self.told["not_data"][str(self.row)] = why
        self.row += 1

    def blank(self, rows: int = 1) -> None:
        self.row += rows

    def head(
        self, spans: Iterable[tuple[str, str]], rows: int, numbers: Iterable[Any] = ()
    ) -> None:
        """The heading: texts with the range each covers, rows counted from 1 within the heading."""
        for area, text in spans:
            ends = [
                re.sub(r"\d+", lambda found: str(self.row + int(found[0]) - 1), end)
                for end in area.split(":")
            ]
            cell = self.sheet[ends[0]]
            cell.value = self.encode(text)
            cell.font = Font(name=self.font(text), size=11, bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = THIN
            if len(ends) == 2:
                self.sheet.merge_cells(":".join(ends))
        for at in range(self.row, self.row + rows):
            self.told["heading_rows"].append(at)
        self.row += rows
        numbers = list(numbers)
        for letter, number in zip(self.columns, numbers, strict=False):
            self.put(letter, number)
        if numbers:
            self.told["number_rows"].append(self.row)
            self.row += 1

    def simple_head(self) -> None:
        self.head([(f"{letter}1", each.heading) for letter, each in self.columns.items()], 1)

    def hide(self, *letters: str) -> None:
        for letter in letters:
            self.sheet.column_dimensions[letter].hidden = True
        self.told["hidden_columns"] = list(letters)

    # --- data ---
    def home(
        self,
        home: Household,
        people: Iterable[Person] | None = None,
        rows: dict[int, dict[str, Any]] | None = None,
    ) -> None:
        """All rows of a household; `rows`: what is special, by the place of the member from 0."""
        for place, person in enumerate(home.members if people is None else people):
            self.member(home, person, **(rows or {}).get(place, {}))

    def member(
        self,
        home: Household,
        person: Person,
        over: dict[str, Any] | None = None,
        read: dict[str, Any] | None = None,
        unclear: dict[str, tuple[Any, ...]] | None = None,
        mended: dict[str, tuple[str, str]] | None = None,
        wrong: dict[str, tuple[str, str]] | None = None,
        notes: dict[str, str] | None = None,
        shape: dict[str, str] | None = None,
        new: bool | None = None,
    ) -> None:
        of_person: dict[str, Any] = {}
        of_home: dict[str, Any] = {}
        over, read = over or {}, read or {}
        for letter, column in self.columns.items():
            value = over.get(letter, column.write(home, person))
            if value not in (None, ""):
                self.put(letter, value, boxed=True)
            part = column.part.split(".")[0]
            if not part or part in NOT_KEPT or value in (None, ""):
                continue
            fact = (column.truth or (lambda h, p, part=part: truth(part, h, p)))(home, person)
            (of_home if part in OF_HOUSEHOLD else of_person)[part] = fact
        for letter, text in (notes or {}).items():
            self.sheet[f"{letter}{self.row}"].comment = Comment(text, "Cán bộ xã")
        for letter, code in (shape or {}).items():
            self.sheet[f"{letter}{self.row}"].number_format = code
        for letter, (readings, why, *other) in (unclear or {}).items():
            part = other[0] if other else self.columns[letter].part.split(".")[0]
            of_person.pop(part, None)
            of_home.pop(part, None)
            self.book.say(
                "ambiguous", self, letter, {"field": part, "readings": readings, "why": why}
            )
        for where, facts in (("repairs", mended), ("problems", wrong)):
            for letter, (code, why) in (facts or {}).items():
                self.book.say(where, self, letter, {"code": code, "why": why})
        for part, value in read.items():
            target = of_home if part in OF_HOUSEHOLD else of_person
            target[part] = value
            if value is None:
                del target[part]
        homes = self.book.expected["households"]
        if (person is home.head) if new is None else new:
            homes.append(
                {"sheet": self.sheet.title, "row": self.row, "fields": dict(of_home), "members": []}
            )
            if "village" in self.told:
                homes[-1]["fields"].setdefault("village", self.told["village"])
        else:  # a repeated household fact adds nothing, a new one does
            for part, value in of_home.items():
                homes[-1]["fields"].setdefault(part, value)
        homes[-1]["members"].append({"row": self.row, "fields": of_person})
        self.row += 1


class Book:
    """`shared`: texts apart as Excel keeps them, else within the cells; `rich`: in two fonts."""

    def __init__(self, about: str, shared: bool = True, rich: bool = False) -> None:
        self.shared, self.rich = shared, rich
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.styles: dict[tuple[str, bool, bool, bool], Any] = {}
        self.shown: dict[tuple[str, str], int | None] = {}
        self.expected: dict[str, Any] = {
            "about": about,
            "sheets": {},
            "households": [],
            "ambiguous": [],
            "repairs": [],
            "problems": [],
        }

    def page(
        self,
        title: str,
        columns: dict[str, Column] | None = None,
        holds: str = "members",
        **more: Any,
    ) -> Page:
        sheet = self.book.create_sheet(title)
        told: dict[str, Any] = {
            "holds": holds,
            "state": more.pop("state", "visible"),
            "heading_rows": [],
            "number_rows": [],
            "columns": {letter: each.part for letter, each in (columns or {}).items()},
            "not_data": {},
        }
        if "village" in more:
            told["village"] = more.pop("village")
        sheet.sheet_state = told["state"]
        for at in range(1, len(columns or {}) + 1):
            sheet.column_dimensions[get_column_letter(at)].width = 14
        self.expected["sheets"][title] = told
        return Page(self, sheet, columns or {}, told, **more)

    def say(self, where: str, page: Page, letter: str, fact: dict[str, Any]) -> None:
        value = page.sheet[f"{letter}{page.row}"].value
        text = value.isoformat()[:10] if isinstance(value, date) else value
        at = {"sheet": page.sheet.title, "cell": f"{letter}{page.row}", "value": text}
        self.expected[where].append({**at, **fact})

    def data(self) -> bytes:
        """The same bytes every time: no clock, no order of chance."""
        self.book.properties.creator = "Cán bộ xã"
        self.book.properties.created = MOMENT
        raw = io.BytesIO()
        self.book.save(raw)
        with zipfile.ZipFile(raw) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        core = "docProps/core.xml"
        stamp = rb"\g<1>2025-12-08T07:30:00Z"
        parts[core] = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", stamp, parts[core])
        for at, title in enumerate(self.book.sheetnames, 1):
            name = f"xl/worksheets/sheet{at}.xml"
            parts[name] = self._with_values(parts[name], title)
        if self.shared:
            share_strings(parts, self.rich)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name, body in parts.items():
                entry = zipfile.ZipInfo(name, (2025, 12, 8, 7, 30, 0))
                new.writestr(entry, body, zipfile.ZIP_DEFLATED)
        return made.getvalue()

    def _with_values(self, body: bytes, title: str) -> bytes:
        """openpyxl keeps no value beside a formula; Excel does."""
        for (sheet, cell), value in self.shown.items():
            if sheet == title and value is not None:
                body = re.sub(
                    rb'(<c r="%s"[^>]*><f>[^<]*</f>)<v\s*/>|(<c r="%s"[^>]*><f>[^<]*</f>)<v></v>'
                    % (cell.encode(), cell.encode()),
                    lambda found, value=value: (found[1] or found[2]) + b"<v>%d</v>" % value,
                    body,
                )
        return body


def as_text(expected: dict[str, Any]) -> str:
    """JSON that a person can read: one fact, member or note per line."""
    return _lines(expected, 0) + "\n"


def _lines(value: Any, depth: int) -> str:
    short = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or (depth > 1 and len(short) < 110) or not value:
        return short
    inner = list(value.values()) if isinstance(value, dict) else value
    if depth > 1 and all(not isinstance(each, dict | list) for each in inner):
        return short
    pad = " " * (depth + 1)
    if isinstance(value, dict):
        parts = [
            f"{pad}{json.dumps(k, ensure_ascii=False)}: {_lines(v, depth + 1)}"
            for k, v in value.items()
        ]
        return "{\n" + ",\n".join(parts) + "\n" + " " * depth + "}"
    return (
        "[\n"
        + ",\n".join(pad + _lines(each, depth + 1) for each in value)
        + "\n"
        + " " * depth
        + "]"
    )
