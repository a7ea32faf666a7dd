"""What looks wrong in a plan or report: told in words, never refused and never mended here.

K13: it cites or replaces what is younger than itself. K14: two headings beside each other print
one number, the printed numbers of components mislead, or a project lacks sub-projects. A day that
is no day for such a paper, what is odd about the targets of a plan, and what is said nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import chain
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.cited_dates import Cited, later_than, no_days
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.doubted import DoubtLevel
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.outdated_words import Outdated, outdated_in
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.domain.target_doubts import OPENING_DOUBTS
from giamngheo_desktop.domain.year_words import turned, years_of
from giamngheo_desktop.services.documents import data_days, reading
from giamngheo_desktop.services.documents.reading import Document, Origin, Part
from giamngheo_desktop.services.exchange.work_package import held_villages
from giamngheo_desktop.services.programme import plan_components, years
from giamngheo_desktop.services.targets import doubts as target_doubts
from giamngheo_desktop.services.targets import result_doubts
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Connection, Database

_STAR = "*"
_SAID = ("title", "summary", "grounds", "opening", "closing")  # of a head


class DocumentDoubt(StrEnum):
    """Why a document is to be looked at; `texts.DOCUMENT_DOUBTS` says it."""

    CITES_LATER = "cites_later"  # K13
    NO_SUCH_DAY = "no_such_day"  # "ngày 31/02/2026"
    REPLACES_LATER = "replaces_later"  # K13
    NUMBER_TWICE = "number_twice"  # K14
    COMPONENT_NUMBER = "component_number"  # K14, with the sub-projects that are left out
    PLACEHOLDER = "placeholder"  # …… that a layout left open
    EMPTY = "empty"
    NOT_MADE = "not_made"  # what a section asks for cannot be made
    UNKNOWN = "unknown"  # a sentence says that nothing is known
    CELLS_MISSING = "cells_missing"  # of a table of villages
    NO_SIGNER = "no_signer"
    OUTDATED = "outdated"  # words of earlier plans
    OTHER_YEAR = "other_year"  # a line of another year's document, with that year in it
    YEAR_APART = "year_apart"  # a plan of another year than that of its day
    SIGNED_EARLY = "signed_early"  # a report, before its data are whole
    SIGNED_BEFORE = "signed_before"  # before its period begins
    PART_OF_REGISTER = "part_of_register"  # numbers of the unit lack villages
    OTHER_STANDARD = "other_standard"  # the year before was counted by another one
    TARGET = "target"  # `services/targets/doubts.py`


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtedPart:
    """A doubt, and the section or record it is about; None: the head. One about targets is about
    the `target` of that key (and those of `also`); "": the villages. `params` fill its sentence; a
    note is only to be known. What `asks_opening` is settled where the list is made that the year
    begins with.
    """

    doubt: DocumentDoubt
    section: UUID | None = None
    target: str = ""
    also: frozenset[str] = frozenset()
    params: dict[str, str] = field(default_factory=dict)
    is_note: bool = False
    asks_opening: bool = False


def doubts(
    database: Database,
    definitions: Definitions,
    document: UUID,
    today: date,
    signed_on: date | None = None,
) -> tuple[DoubtedPart, ...]:
    """Of a document as it stands, or as if it were signed on a day, in its order; one without a
    day is of `today` at the latest. RefusedError `record_missing`.
    """
    with database.reader() as connection:
        found = reading.read_in(connection, definitions, document)
        signed = signed_on or found.signed_on or found.issued_on
        told = [*_doubts(connection, definitions, found, signed or today, signed)]
        told += _outdated(found, definitions.outdated, signed or today)
        told += _other_years(connection, found)
        told += _results(connection, definitions, found, today)
    day = min(today, date(found.year, 12, 31))
    if held := held_villages(database, day, found.unit):
        params = {"villages": ", ".join(area.name for area in held)}
        told.append(DoubtedPart(doubt=DocumentDoubt.PART_OF_REGISTER, params=params))
    if found.type == plans.PLAN:
        told += of_targets(
            database, definitions, found.unit, found.year, document, signed, today=today
        )
    return tuple(told)


def name_of(part: Part) -> str:
    """A section as doubts call it."""
    return f"{part.number} {part.name or texts.DOCUMENT['nameless']}".strip()


def _doubts(
    connection: Connection,
    definitions: Definitions,
    document: Document,
    own: date,
    signed: date | None,
) -> Iterator[DoubtedPart]:
    yield from _own_day(connection, document, own, signed)
    yield from _days(connection, document, own)
    yield from _twice(document)
    yield from _components(connection, document, definitions)
    for part in document.printed():
        if part.origin is not Origin.SECTION:
            continue
        params = {"name": name_of(part)}
        if "……" in part.text or "{" in part.text:
            yield DoubtedPart(doubt=DocumentDoubt.PLACEHOLDER, section=part.uid, params=params)
        if not (part.text or part.content or part.parts):
            yield DoubtedPart(doubt=DocumentDoubt.EMPTY, section=part.uid, params=params)
    if "……" in document.head["grounds"]:
        params = {"name": texts.DOCUMENT["grounds"]}
        yield DoubtedPart(doubt=DocumentDoubt.PLACEHOLDER, params=params)
    if not document.head["signer_name"]:
        yield DoubtedPart(doubt=DocumentDoubt.NO_SIGNER)


def _outdated(document: Document, known: Iterable[Outdated], own: date) -> Iterator[DoubtedPart]:
    """What no longer holds on its day; a plan of a past year speaks of that year."""
    day = min(own, date(document.year, 12, 31))
    said: list[tuple[UUID | None, str, str]] = [
        (None, texts.DOCUMENT["head"], "\n".join(document.head[name] for name in _SAID))
    ]
    for part in document.printed():
        section = part.uid if part.origin is Origin.SECTION else part.parent
        said.append((section, name_of(part).rstrip(" :."), f"{part.title}\n{part.text}"))
    for section, name, text in said:
        for words, one in outdated_in(text, day, known):
            params = {"name": name, "words": words, "why": one.why}
            yield DoubtedPart(doubt=DocumentDoubt.OUTDATED, section=section, params=params)


def _other_years(connection: Connection, document: Document) -> Iterator[DoubtedPart]:
    """Lines taken over from a document of another year that still speak of that one."""
    said = {
        (part.uid, line): years_of(line) - {document.year}
        for part in document.printed()
        if part.origin is Origin.SECTION
        for line in part.text.splitlines()
    }
    if not any(said.values()):
        return
    others = {
        one["uid"]: one["year"]
        for one in records.find(connection, Kind.DOCUMENT)
        if one["year"] != document.year
    }
    came: dict[str, set[int]] = {}
    for row in records.find(connection, Kind.DOCUMENT_SECTION):
        if (year := others.get(row["document"])) is not None:
            for line in (row["text"] or "").splitlines():
                for form in {line, turned(line, year, document.year)}:
                    came.setdefault(form.strip(), set()).add(year)
    for part in document.printed():
        left = {
            (year, own)
            for line in part.text.splitlines()
            for own in came.get(line.strip(), ())
            for year in said.get((part.uid, line), ())
            if own - 1 <= year <= own
        }
        if left:
            params = {
                "name": name_of(part).rstrip(" :."),
                "years": ", ".join(sorted({str(year) for year, _ in left})),
                "from_year": str(max(own for _, own in left)),
            }
            yield DoubtedPart(doubt=DocumentDoubt.OTHER_YEAR, section=part.uid, params=params)


def _own_day(
    connection: Connection, document: Document, own: date, signed: date | None
) -> Iterator[DoubtedPart]:
    """A plan is made from the middle of the year before it, a report when its data are whole."""
    params = {"own": format_date(own), "year": str(document.year)}
    if document.type == plans.PLAN:
        first, last = date(document.year - 1, 7, 1), date(document.year, 12, 31)
        if own < first or (signed is not None and own > last):
            yield DoubtedPart(doubt=DocumentDoubt.YEAR_APART, params=params)
    elif signed is not None:
        asked = (document.unit, document.year, document.period or "Y")
        first, last = data_days.span(connection, *asked)
        doubt, day = DocumentDoubt.SIGNED_EARLY, last
        if signed < first:
            doubt, day = DocumentDoubt.SIGNED_BEFORE, first
        if signed < last:
            yield DoubtedPart(doubt=doubt, params={**params, "day": format_date(day)})


def of_targets(
    database: Database,
    definitions: Definitions,
    unit: UUID,
    year: int,
    plan: UUID,
    signed: date | None = None,
    *,
    today: date | None = None,
) -> Iterator[DoubtedPart]:
    """Of the targets of a plan and of what villages get of them."""
    try:
        days = {"signed_on": signed, "today": today}
        found = target_doubts.doubts(database, definitions, unit, year, plan, **days)
    except AppError:  # no standard, so that nothing of it can be held against anything
        return
    told: set[str] = set()
    for one in found:
        if one.sentence in told:  # each once, about the first target
            continue
        told.add(one.sentence)
        yield DoubtedPart(
            doubt=DocumentDoubt.TARGET,
            target=one.key,
            also=one.also,
            params={"text": one.sentence},
            is_note=one.severity is DoubtLevel.NOTE,
            asks_opening=one.code in OPENING_DOUBTS,
        )


def _results(
    connection: Connection, definitions: Definitions, document: Document, today: date
) -> Iterator[DoubtedPart]:
    """What was typed as reached, in a report that prints it; a plan has it with its targets."""
    printed = any(part.content == Content.PROGRESS for part in document.printed())
    plan = plans.in_hand(connection, document.year, document.unit) if printed else None
    if document.type == plans.PLAN or plan is None:
        return
    rows = records.find(connection, Kind.TARGET, document=plan["uid"])
    asked = (connection, definitions.indicators, document.unit, document.year, rows, today)
    for one in chain.from_iterable(result_doubts.read(*asked).values()):
        params = {"text": texts.target_doubt_text(one)}
        yield DoubtedPart(doubt=DocumentDoubt.TARGET, target=one.key, params=params)


def _days(connection: Connection, document: Document, own: date) -> Iterator[DoubtedPart]:
    """What is cited or replaced, against the document's own day; days that no calendar has."""
    said: list[tuple[UUID | None, str]] = [
        (None, document.head[name]) for name in ("grounds", "opening", "closing")
    ]
    for part in document.printed():
        section = part.uid if part.origin is Origin.SECTION else part.parent
        said.append((section, f"{part.title}\n{part.text}"))
    for section, text in said:
        for one in later_than(text, own):
            yield cites_later(section, one, own)
        for written in no_days(text):
            yield no_such_day(section, written)
    if document.before is not None:
        before = records.get(connection, Kind.DOCUMENT, document.before)
        day = (before["signed_on"] or before["issued_on"]) if before else None
        if day is not None and day > own:
            params = {"own": format_date(own), "day": format_date(day)}
            yield DoubtedPart(doubt=DocumentDoubt.REPLACES_LATER, params=params)


def cites_later(section: UUID | None, one: Cited, own: date) -> DoubtedPart:
    """K13, of a section or the head of a document of a day."""
    params = {"own": format_date(own), "name": one.name, "day": format_date(one.day)}
    return DoubtedPart(doubt=DocumentDoubt.CITES_LATER, section=section, params=params)


def no_such_day(section: UUID | None, day: str) -> DoubtedPart:
    """Of a section or the head, as it is written there."""
    return DoubtedPart(doubt=DocumentDoubt.NO_SUCH_DAY, section=section, params={"day": day})


def _twice(document: Document) -> Iterator[DoubtedPart]:
    """Headings that stand beside each other and print one number."""
    for siblings in _siblings(document):
        shown = [one for one in siblings if one.included and one.number not in ("", _STAR)]
        counts = Counter(one.number for one in shown)
        for one in shown:
            if counts[one.number] > 1:
                params = {"number": one.number, "name": _called(document, one)}
                section = one.uid if one.origin is Origin.SECTION else one.parent
                yield DoubtedPart(doubt=DocumentDoubt.NUMBER_TWICE, section=section, params=params)


def _called(document: Document, part: Part) -> str:
    """Its title; what is said of a component is headed alike in many of them."""
    name = part.name or texts.DOCUMENT["nameless"]
    above = document.find(part.parent) if part.parent is not None else None
    if part.origin is not Origin.COMPONENT_PART or above is None:
        return name
    return texts.DOCUMENT["in_component"].format(name=name.rstrip(" :"), above=name_of(above))


def _siblings(document: Document) -> Iterator[Sequence[Part]]:
    yield document.parts
    yield document.annexes
    for part in document.walk():
        yield part.parts


def _components(
    connection: Connection, document: Document, definitions: Definitions
) -> Iterator[DoubtedPart]:
    """What is odd about components and their numbers, where the document prints them."""
    asked = (Content.COMPONENTS, Content.COMPONENT)
    sections = [one for one in document.printed() if one.content in asked]
    if not sections or document.type != plans.PLAN:
        return
    rows = years.rows(
        connection, Kind.PLAN_COMPONENT, document.unit, document.year, year=document.year
    )
    by_uid = {row["uid"]: row for row in rows}
    for uid, doubted in plan_components.doubts(by_uid, definitions).items():
        row = by_uid[uid]
        for one in doubted:
            name = f"{row['printed_number'] or ''} {row['printed_name']}".strip()
            params = {"name": name, "why": plan_components.doubt_text(one)}
            yield DoubtedPart(
                doubt=DocumentDoubt.COMPONENT_NUMBER, section=sections[0].uid, params=params
            )
