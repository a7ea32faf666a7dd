"""What a section fills in as headings of its own: the components of the plan, who does what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.heading_numbers import Heading, HeadingStyle
from giamngheo_desktop.domain.own_heading import own_heading
from giamngheo_desktop.domain.plan_content import ComponentPart, Content
from giamngheo_desktop.domain.plan_layout import Layout, LayoutPart
from giamngheo_desktop.domain.plan_order import in_order
from giamngheo_desktop.domain.target_lines import numbered_lines
from giamngheo_desktop.domain.vietnamese import clean, ended
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.storage import record_names, records
from giamngheo_desktop.storage.engine import Connection

Row = Mapping[str, Any]
# What a plan prints as the number of a part and is the number of its heading, not its name.
_OUTLINE = re.compile(r"(?:[IVX]+|\d+)(?:\.\d+)*[.)]?|[a-zđ][.)]|\*", re.IGNORECASE)
# A text of one line: a mark behind a stop begins the next point of a list.
_BULLET = re.compile(r"(?<=[.;:])\s+([-+])\s+")
_WITHOUT_LAYOUT = HeadingStyle.DOTTED
ORGANISATION = "organisation"  # of `lists/task_sections`


class Origin(StrEnum):
    """Where a heading comes from."""

    SECTION = "section"
    COMPONENT = "component"
    COMPONENT_PART = "component_part"
    BODY = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """A heading that a record makes; `typed` prints instead of a number."""

    uid: UUID
    origin: Origin
    title: str
    text: str = ""
    code: str = ""
    typed: str = ""
    style: HeadingStyle | None = None
    component: UUID | None = None
    body: UUID | None = None
    branches: tuple[Branch, ...] = ()


class Source:
    """The records of a document's year, read when a section asks for them."""

    def __init__(
        self,
        connection: Connection,
        document: Row,
        sections: Sequence[Row],
        layout: Layout | None,
    ) -> None:
        self._connection = connection
        self._unit, self._year = document["area"], document["year"]
        self._sections = [one for one in sections if one["included"]]
        self._layout = layout

    def of(self, section: Row) -> tuple[Branch, ...]:
        """The headings that a section fills in."""
        match section["content"]:
            case Content.COMPONENTS:
                taken = self._named(Content.COMPONENT, "plan_component")
                tops = [one for one in self._components if one not in taken]
                return tuple(self._component(uid, taken) for uid in tops if self._is_top(uid))
            case Content.COMPONENT if section["plan_component"] in self._components:
                return tuple(self._inside(section["plan_component"], frozenset()))
            case Content.BODIES:
                taken = self._named(Content.BODY, "body")
                return tuple(self._body(uid) for uid in self._bodies if uid not in taken)
        return ()

    def listed(self, section: Row) -> Sequence[Heading]:
        """The numbered lines that a section fills in before its headings."""
        style = self._layout.targets_style if self._layout else HeadingStyle.NONE
        if section["content"] != Content.TARGETS or style is HeadingStyle.NONE:
            return ()
        rows = records.find(self._connection, Kind.TARGET, document=section["document"])
        return [Heading(style)] * len(numbered_lines(rows))

    def _named(self, content: Content, column: str) -> frozenset[UUID]:
        """The records that sections of their own are about."""
        named = (one[column] for one in self._sections if one["content"] == content)
        return frozenset(uid for uid in named if uid is not None)

    @cached_property
    def _components(self) -> dict[UUID, Row]:
        rows = years.rows(
            self._connection, Kind.PLAN_COMPONENT, self._unit, self._year, year=self._year
        )
        return {row["uid"]: row for row, _ in in_order(rows)}

    def _is_top(self, uid: UUID) -> bool:
        return self._components[uid]["parent"] not in self._components

    @cached_property
    def _leads(self) -> dict[UUID, str]:
        bodies = (row["body"] for row in self._components.values())
        return record_names.of_kind(self._connection, Kind.BODY, bodies)

    def _component(self, uid: UUID, taken: frozenset[UUID]) -> Branch:
        row = self._components[uid]
        number = clean(row["printed_number"] or "")
        is_outline = _OUTLINE.fullmatch(number) is not None
        return Branch(
            uid=uid,
            origin=Origin.COMPONENT,
            title=row["printed_name"]
            if is_outline
            else component_title(number, row["printed_name"]),
            code=row["component"] or "",
            typed=number if is_outline else "",
            style=self._layout.components_style if self._layout else _WITHOUT_LAYOUT,
            component=uid,
            branches=tuple(self._inside(uid, taken)),
        )

    def _inside(self, uid: UUID, taken: frozenset[UUID]) -> Iterator[Branch]:
        """What the plan says of a component, under the heading that the text itself brings or the
        layout has; then its own components.
        """
        row = self._components[uid]
        asked = (self._layout.parts if self._layout else ()) or _usual_parts()
        style = self._layout.parts_style if self._layout else HeadingStyle.LETTER
        for one in asked:
            is_lead = one.part is ComponentPart.LEAD
            said = (row["partners" if is_lead else one.part.value] or "").strip()
            own = own_heading(said, one.title)
            text = own.text if own else said
            text = ended(self._lead(row, text)) if is_lead else _points(text)
            if text or own:
                yield Branch(
                    uid=uid,
                    origin=Origin.COMPONENT_PART,
                    title=own.title if own else one.title,
                    text=text,
                    code=one.part.value,
                    typed=own.number if own else "",
                    style=style,
                    component=uid,
                )
        for below, other in self._components.items():
            if other["parent"] == uid and below not in taken:
                yield self._component(below, taken)

    def _lead(self, row: Row, partners: str) -> str:
        lead = self._leads.get(row["body"], "")
        if lead and partners:
            return texts.DOCUMENT["lead"].format(lead=lead, partners=partners)
        return lead or partners

    @cached_property
    def _bodies(self) -> dict[UUID, list[Row]]:
        """The tasks of each body, in the order in which they were recorded."""
        rows = years.rows(self._connection, Kind.TASK, self._unit, self._year, year=self._year)
        found: dict[UUID, list[Row]] = {}
        for row in rows:
            if row["body"] is not None and row["section"] in (None, ORGANISATION):
                found.setdefault(row["body"], []).append(row)
        return found

    @cached_property
    def _body_names(self) -> dict[UUID, str]:
        return record_names.of_kind(self._connection, Kind.BODY, self._bodies)

    def _body(self, uid: UUID) -> Branch:
        name = self._body_names.get(uid, "")
        return Branch(
            uid=uid,
            origin=Origin.BODY,
            title=f"{name}:" if name else "",
            text=task_lines(self._bodies[uid]),
            body=uid,
        )


def component_title(number: str | None, name: str) -> str:
    """ "Dự án 2: Đa dạng hóa sinh kế …", with the sign that the plan prints behind the number."""
    number = clean(number or "")
    if not number:
        return name
    return f"{number} {name}" if number[-1] in ".:" else f"{number}: {name}"


def task_lines(rows: Sequence[Row]) -> str:
    """Tasks as lines of a text, each with its mark."""
    lines = [f"- {clean(row['content'])}" for row in rows]
    return "\n".join([*(ended(one, ";") for one in lines[:-1]), *map(ended, lines[-1:])])


def _points(text: str) -> str:
    """Lines as they were typed; what is one line as a sentence or the points in it."""
    return text if "\n" in text else ended(_BULLET.sub(r"\n\1 ", text))


def _usual_parts() -> tuple[LayoutPart, ...]:
    return tuple(LayoutPart(part=one, title=texts.COMPONENT_PARTS[one]) for one in ComponentPart)
