"""The sections of a plan or report: begun from a layout, then written, moved, left out, removed.

Each function is one action; what was issued stays as it is (`heads.refuse_issued`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.definitions.catalogue import Definitions
from giamngheo_desktop.domain.changes import Done, Kind, Op
from giamngheo_desktop.domain.context import Context
from giamngheo_desktop.domain.errors import RefusedError
from giamngheo_desktop.domain.plan_layout import Layout, LayoutSection
from giamngheo_desktop.domain.plan_order import placed
from giamngheo_desktop.services.documents import heads, versions
from giamngheo_desktop.services.unit import WriteUnit, write_unit
from giamngheo_desktop.storage import plans, records
from giamngheo_desktop.storage.engine import Database

Row = dict[str, Any]
# What is typed of a section; `parent`, `position`, `included` have their own actions.
FIELDS = (
    "title", "number", "style", "text", "content", "code", "annex", "plan_component", "body",
)  # fmt: skip


def begin(
    database: Database,
    context: Context,
    definitions: Definitions,
    unit: UUID,
    year: int,
    layout: str,
) -> Done[UUID]:
    """The first version of a year's plan, with the sections of a layout.

    Raises AppError `unknown_plan_layout`, RefusedErrors `plan_begun`, `layout_not_plan`,
    `layout_of_others`.
    """
    found = _layout(definitions, layout, plans.PLAN)
    with write_unit(database, context, Op.BEGIN_DOCUMENT) as work:
        begun, head = _begun(work, found, unit, year, "")
        uid = versions.begin_in(work, unit, year, layout=found.code, **head)
        work.insert_many(Kind.DOCUMENT_SECTION, [*_rows(context, uid, begun)])
    return Done(uid, work.changes)


def begin_report(
    database: Database,
    context: Context,
    definitions: Definitions,
    unit: UUID,
    year: int,
    layout: str,
    period: str,
) -> Done[UUID]:
    """A draft of the report of a period (`domain/report_periods.py`); there may be several.

    Raises AppError `unknown_report_layout`, RefusedErrors `layout_not_report`, `layout_of_others`.
    """
    found = _layout(definitions, layout, plans.REPORT)
    with write_unit(database, context, Op.BEGIN_DOCUMENT) as work:
        begun, head = _begun(work, found, unit, year, period)
        place = {"area": unit, "year": year, "type": plans.REPORT, "period": period}
        earlier = records.find(work.connection, Kind.DOCUMENT, **place)
        last = max((row["version"] for row in earlier), default=0)
        uid = work.insert(Kind.DOCUMENT, **place, version=last + 1, layout=found.code, **head)
        work.insert_many(Kind.DOCUMENT_SECTION, [*_rows(context, uid, begun)])
        work.subject = texts.document_subject({**place, "version": last + 1})
    return Done(uid, work.changes)


def take_layout(
    database: Database, context: Context, definitions: Definitions, document: UUID, layout: str
) -> Done[UUID]:
    """A draft without sections gets those of a layout. RefusedErrors `sections_taken` where it has
    some, and those of `begin` and `begin_report`.
    """
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = heads.draft(work, document)
        found = _layout(definitions, layout, row["type"])
        if records.find(work.connection, Kind.DOCUMENT_SECTION, document=document):
            raise RefusedError("sections_taken")
        period = row["period"] or ""
        begun, head = _begun(work, found, row["area"], row["year"], period)
        empty = {name: text for name, text in head.items() if not row[name]}
        work.change(Kind.DOCUMENT, document, row, {**empty, "layout": found.code})
        work.insert_many(Kind.DOCUMENT_SECTION, [*_rows(context, document, begun)])
        work.subject = texts.document_subject(row)
    return Done(document, work.changes)


def add(
    database: Database,
    context: Context,
    document: UUID,
    /,
    *,
    parent: UUID | None = None,
    after: UUID | None = None,
    **values: Any,
) -> Done[UUID]:
    """A section in `parent`, behind `after`, else behind all that stand there."""
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        head = heads.draft(work, document)
        rows = _of(work, document)
        beside = _beside(rows, parent)
        at = next((n for n, one in enumerate(beside, 1) if one["uid"] == after), len(beside))
        said = {name: heads.cleaned(values.get(name)) for name in FIELDS}
        said["annex"] = bool(said["annex"])
        uid = work.insert(
            Kind.DOCUMENT_SECTION,
            **said,
            document=document,
            parent=parent,
            position=at + 1,
            included=True,
        )
        ordered = [one["uid"] for one in beside]
        ordered.insert(at, uid)
        _number(work, {one["uid"]: one for one in beside}, ordered)
        work.subject = said["title"] or texts.document_subject(head)
    return Done(uid, work.changes)


def change(database: Database, context: Context, section: UUID, /, **values: Any) -> Done[None]:
    """Columns of `FIELDS` have these values. ValueError for another column."""
    if unknown := set(values) - set(FIELDS):
        raise ValueError(sorted(unknown))
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = _draft_section(work, section)
        said = {name: heads.cleaned(value) for name, value in values.items()}
        work.change(Kind.DOCUMENT_SECTION, section, row, said)
        work.subject = said.get("title") or work.subject
    return Done(None, work.changes)


def include(database: Database, context: Context, section: UUID, included: bool) -> Done[None]:
    """Whether it is printed, and with it what stands in it."""
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = _draft_section(work, section)
        work.change(Kind.DOCUMENT_SECTION, section, row, {"included": included})
    return Done(None, work.changes)


def move(database: Database, context: Context, section: UUID, step: int) -> Done[None]:
    """Before the one above it (`step` -1) or behind the one below it (1), within its parent. At
    the end nothing moves.
    """
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = _draft_section(work, section)
        rows = _of(work, row["document"])
        parent = next(one["parent"] for one in rows if one["uid"] == section)
        beside = _beside(rows, parent, annex=row["annex"])
        ordered = [one["uid"] for one in beside]
        at = ordered.index(section)
        to = at + step
        if 0 <= to < len(ordered):
            ordered[at], ordered[to] = ordered[to], ordered[at]
            _number(work, {one["uid"]: one for one in beside}, ordered, first=section)
    return Done(None, work.changes)


def put(
    database: Database,
    context: Context,
    section: UUID,
    parent: UUID | None,
    after: UUID | None = None,
) -> Done[None]:
    """Into another section (or out of all), behind `after`, else behind all that stand there.

    Raises RefusedError `section_in_itself`.
    """
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = _draft_section(work, section)
        rows = _of(work, row["document"])
        if parent in {one["uid"] for one in _below(rows, section)}:
            raise RefusedError("section_in_itself")
        beside = [one for one in _beside(rows, parent) if one["uid"] != section]
        ordered = [one["uid"] for one in beside]
        ordered.insert(ordered.index(after) + 1 if after in ordered else len(ordered), section)
        work.change(Kind.DOCUMENT_SECTION, section, row, {"parent": parent})
        rows_of = {one["uid"]: one for one in (*beside, row)}
        _number(work, rows_of, ordered, first=section)
    return Done(None, work.changes)


def remove(database: Database, context: Context, section: UUID) -> Done[None]:
    """With all that stands in it."""
    with write_unit(database, context, Op.SAVE_DOCUMENT) as work:
        row = _draft_section(work, section)
        gone = [one["uid"] for one in _below(_of(work, row["document"]), section)]
        work.remove_many(Kind.DOCUMENT_SECTION, gone)
    return Done(None, work.changes)


def _layout(definitions: Definitions, code: str, type_: str) -> Layout:
    found = definitions.layout(code, type_)
    if found.type != type_:
        reason = "layout_not_plan" if type_ == plans.PLAN else "layout_not_report"
        raise RefusedError(reason, name=found.label)
    return found


def _begun(
    work: WriteUnit, layout: Layout, unit: UUID, year: int, period: str
) -> tuple[tuple[LayoutSection, ...], Row]:
    """The sections in the words of the unit, and the head. RefusedError `layout_of_others`."""
    day = min(work.context.today(), date(year, 12, 31))
    words = heads.words_of(work.connection, unit, year, day, period)
    area = heads.area_of(work.connection, unit, day)
    kind = area.kind if area else ""
    if area is not None and not layout.suits(area.level, kind):
        whom = texts.LAYOUT_UNITS[layout.level] if layout.level else ""
        raise RefusedError("layout_of_others", name=layout.label, whom=whom, unit=words["unit"])
    return layout.told(words, kind), heads.begun(work.connection, layout, words, day)


def _rows(
    context: Context,
    document: UUID,
    sections: Sequence[LayoutSection],
    parent: UUID | None = None,
) -> Iterator[Row]:
    """The records of the sections of a layout, each before what stands in it."""
    for position, one in enumerate(sections, start=1):
        uid = context.new_id()
        yield {
            "uid": uid,
            "document": document,
            "parent": parent,
            "position": position,
            "included": one.included,
            "annex": one.annex,
            "style": one.style.value if one.style else None,
            "number": one.typed or None,
            "title": one.title or None,
            "code": one.code,
            "text": one.text or None,
            "content": one.content or None,
            "plan_component": None,
            "body": None,
        }
        yield from _rows(context, document, one.sections, uid)


def _draft_section(work: WriteUnit, section: UUID) -> Row:
    """The section; what is done is said to be about it, or its document where it has no name."""
    row = work.living(Kind.DOCUMENT_SECTION, section)
    document = heads.draft(work, row["document"])
    work.subject = row["title"] or texts.document_subject(document)
    return row


def _of(work: WriteUnit, document: UUID) -> list[Row]:
    return placed(records.find(work.connection, Kind.DOCUMENT_SECTION, document=document))


def _beside(rows: Sequence[Row], parent: UUID | None, *, annex: bool | None = None) -> list[Row]:
    """What stands in a parent, in order; among annexes or what is none, where that is said."""
    found = [one for one in rows if one["parent"] == parent and annex in (None, one["annex"])]
    return sorted(found, key=lambda one: (one["position"], one["uid"]))


def _below(rows: Sequence[Row], section: UUID) -> list[Row]:
    """A section and all that stands in it, at any depth."""
    found = [one for one in rows if one["uid"] == section]
    for one in found:
        found += [row for row in rows if row["parent"] == one["uid"]]
    return found


def _number(
    work: WriteUnit, rows: Mapping[UUID, Row], ordered: Sequence[UUID], first: UUID | None = None
) -> None:
    """The positions of siblings, as they are ordered; one that is new has its own. `first` is
    written before the others: by that the action is told to be about it (`typed_at`).
    """
    for position, uid in sorted(enumerate(ordered, start=1), key=lambda one: one[1] != first):
        if uid in rows:
            work.change(Kind.DOCUMENT_SECTION, uid, rows[uid], {"position": position})
