"""What a section of a plan or report fills in from the data, as paragraphs and tables.

A content is a line of `FILLERS`, of a report first of those of `report_contents`; what makes
headings of its own stands in the tree already (`services/documents/branches.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from giamngheo_desktop import texts
from giamngheo_desktop.domain.budgeting import Stage, total
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.errors import AppError
from giamngheo_desktop.domain.heading_numbers import Heading, HeadingStyle, numbered
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.plan_content import Content
from giamngheo_desktop.domain.report_calendar import Rule, Senders
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.domain.target_doubts import compares
from giamngheo_desktop.domain.target_lines import numbered_lines
from giamngheo_desktop.domain.target_sentence import printed_number
from giamngheo_desktop.domain.vietnamese import clean, lower
from giamngheo_desktop.reports import report_contents
from giamngheo_desktop.reports.budget import budget_paper, lines_paper
from giamngheo_desktop.reports.budget_words import BudgetWords
from giamngheo_desktop.reports.document import Paragraph, Piece, Run, Table
from giamngheo_desktop.reports.plan_filling import Filling
from giamngheo_desktop.reports.plan_records import activities, fund, helping, supports
from giamngheo_desktop.reports.poverty_analysis import paragraphs as analysis_paragraphs
from giamngheo_desktop.reports.village_targets import village_targets
from giamngheo_desktop.reports.written_text import listed, paragraph
from giamngheo_desktop.services.documents.branches import ORGANISATION
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.programme.budget import budget
from giamngheo_desktop.services.reporting import schedules as calendar
from giamngheo_desktop.services.targets import allocation, poverty_analysis
from giamngheo_desktop.storage import record_names

Filler = Callable[[Filling], Iterable[Piece]]
_SAID = texts.WRITTEN
_PLANNED = (Stage.PLANNED, Stage.ASSIGNED, Stage.ALLOCATED)
_SPENT = (Stage.ASSIGNED, Stage.ALLOCATED, Stage.DISBURSED, Stage.SETTLED)


def pieces(filling: Filling) -> tuple[Piece, ...]:
    """What the content of its part becomes; () for one that nobody fills. AppErrors of fillers, and
    `content_of_reports` in a plan.
    """
    code = next((one for one in Content if one.value == filling.part.content), None)
    if code is None:
        return ()
    if code.is_of_reports and filling.report is None:
        raise AppError("content_of_reports", name=texts.CONTENTS[code])
    if filling.report is not None and code in report_contents.FILLERS:
        return tuple(report_contents.FILLERS[code](filling.report))
    return tuple(FILLERS[code](filling)) if code in FILLERS else ()


def pieces_or_why(filling: Filling) -> tuple[Piece, ...]:
    """Likewise; in place of what cannot be made yet stands why, in brackets."""
    try:
        return pieces(filling)
    except AppError as error:
        why = _SAID["cannot"].format(why=texts.error_text(error).rstrip("."))
        return (paragraph(Run(why, italic=True)),)


def _targets(filling: Filling) -> Iterator[Piece]:
    """Those of no dimension, numbered or as a list; then each dimension under its name, where no
    section has them apart.
    """
    rows = filling.targets()
    if (style := filling.targets_style) is HeadingStyle.NONE:
        yield from listed(_said(filling, row) for row in rows if not row["dimension"])
    else:
        lines = [_joined(filling, line) for line in numbered_lines(rows)]
        numbers = numbered([Heading(style)] * len(lines), filling.part.number)
        yield from listed(lines, [f"{one} " for one in numbers])
    if not _prints(filling, Content.TARGETS_DIMENSIONS):
        yield from _dimensions(filling)
    yield from _without_start(filling, rows)


def _without_start(filling: Filling, rows: Iterable[Mapping[str, Any]]) -> Iterator[Piece]:
    """Below promises that are measured from a start which a new standard does not have yet."""
    known = (filling.database, filling.definitions, filling.unit, filling.year)
    standards = filling.definitions.standards
    if new_standard(standards, filling.year) is None or not any(map(compares, rows)):
        return
    with filling.database.reader() as connection:
        plan = filling.plan(connection)
    change = allocation.without_start(allocation.table(*known, plan), standards)
    if change is not None:
        yield _note(texts.changed_text(*change.said))


def _dimensions(filling: Filling) -> Iterator[Piece]:
    by_dimension: dict[str, list[str]] = {}
    for row in filling.targets():
        by_dimension.setdefault(row["dimension"] or "", []).append(_said(filling, row))
    labels = filling.definitions.choice_list("target_dimensions")
    for dimension in (one for one in labels.codes if one in by_dimension):
        said = _SAID["dimension"].format(name=_small(labels.entry(dimension).label))
        yield paragraph(Run(said), with_next=True)
        yield from listed(by_dimension[dimension], "+ ")


def _joined(filling: Filling, line: Sequence[Mapping[str, Any]]) -> str:
    """What says one aim in one sentence."""
    first, *more = (_said(filling, row) for row in line)
    for one in more:
        first = _SAID["joined"].format(first=first, second=_small(one))
    return first


def _said(filling: Filling, row: Mapping[str, Any]) -> str:
    """With the number that was given, where no section of what was given prints it."""
    beside = "" if _prints(filling, Content.TARGETS_ASSIGNED) else _beside(filling, row)
    return _sentence(filling, row) + beside


def _prints(filling: Filling, content: Content) -> bool:
    return any(one.content == content for one in filling.document.printed())


def _small(text: str) -> str:
    """Within a sentence."""
    return lower(text[:1]) + text[1:]


def _beside(filling: Filling, row: Mapping[str, Any]) -> str:
    """What was given, where something else is aimed at."""
    assigned, pursued = row["assigned"], row["pursued"]
    indicator = filling.definitions.indicators.indicators.get(row["indicator"])
    if indicator is None or assigned is None or pursued in (None, assigned):
        return ""
    given, aimed = (printed_number(indicator, value) for value in (assigned, pursued))
    return _SAID["beside"].format(assigned=given, pursued=aimed)


def _assigned(filling: Filling) -> Iterator[Piece]:
    """What the level above gave, under the document that says so."""
    by_document: dict[str, list[str]] = {}
    for row in filling.targets():
        if row["assigned"] is not None:
            said = _sentence(filling, {**row, "pursued": None, "addition": None})
            by_document.setdefault(_document(row), []).append(said)
    for document, sentences in by_document.items():
        if document:
            yield paragraph(Run(_SAID["assigned"].format(document=document)), with_next=True)
        yield from listed(sentences)


def _document(row: Mapping[str, Any]) -> str:
    said, day = clean(row["assigned_by"] or ""), row["assigned_on"]
    if not said or day is None or format_date(day) in said:
        return said
    return _SAID["document_of"].format(document=said, day=format_date(day))


def _sentence(filling: Filling, row: Mapping[str, Any]) -> str:
    """What is aimed at, else what was given; what a catalogue does not know as it was typed."""
    if row["indicator"] not in filling.definitions.indicators:
        return clean(row["content"] or row["indicator"])
    value = row["assigned"] if row["pursued"] is None else row["pursued"]
    return texts.target_sentence(
        filling.definitions.indicators[row["indicator"]],
        row["groups"] or (),
        row["comparator"],
        value,
        basis=row["basis"],
        dimension=row["dimension"],
        content=row["content"],
        addition=row["addition"],
        unit_word=_SAID["whole_unit"].format(kind=filling.words["kind"]),
    )


def _village_table(filling: Filling) -> Iterator[Piece]:
    """By this version; what stands below a table of its own stands below this."""
    with filling.database.reader() as connection:
        plan = filling.plan(connection)
    doc = village_targets(
        filling.database,
        filling.definitions,
        unit=filling.unit,
        year=filling.year,
        plan=plan,
        day=filling.day,
    )
    yield from doc.tables
    yield from (_note(line) for line in doc.notes)


def _note(line: str) -> Paragraph:
    return Paragraph(runs=(Run(line, italic=True),), size=11, above=0)


def _budget(filling: Filling) -> Iterator[Piece]:
    """The sums of the stages, and the table by content where any money is written."""
    known = (filling.database, filling.definitions)
    found = budget(*known, year=filling.year, unit=filling.unit, until=filling.until)
    words = BudgetWords(filling.definitions, found)
    wanted: tuple[Stage, ...] = _PLANNED if filling.is_plan else _SPENT
    sums = total(found.by_source)
    stages = tuple(one for one in wanted if sums.get(one) is not None)
    if not stages:
        return
    if not filling.is_plan:
        day = format_date(filling.until)
        said = _SAID["budget_until"].format(year=filling.year, day=day)
        yield paragraph(Run(said), with_next=True)
    yield from listed(
        _SAID["amount"].format(stage=words.stage(one), amount=format_integer(sums.get(one) or 0))
        for one in stages
    )
    (table, *_) = (one for one in budget_paper(*known, found).body if isinstance(one, Table))
    has_rate = Stage.DISBURSED in stages
    shown = (*stages, "rate") if has_rate else stages
    unit = table.unit if has_rate else texts.BUDGET["unit_money"]
    yield _with_columns(replace(table, title="", unit=unit), shown)


def _with_columns(table: Table, keys: Sequence[str]) -> Table:
    """The value columns of these keys alone, without the rows that say nothing there; rows may part
    anywhere.
    """
    kept = [at for at, leaf in enumerate(table.value_leaves) if leaf.key in keys]
    return replace(
        table,
        columns=tuple(table.value_leaves[at] for at in kept),
        rows=tuple(
            replace(
                row,
                cells=tuple(row.cells[at] for at in kept),
                level=min(row.level, 1),
                bold=row.is_bold,
            )
            for row in table.rows
            if row.level == 0 or any(not row.cells[at].missing for at in kept)
        ),
    )


def _budget_lines(filling: Filling) -> Iterator[Piece]:
    known = (filling.database, filling.definitions)
    found = budget(*known, year=filling.year, unit=filling.unit, until=filling.until)
    if filling.is_plan:
        lines = tuple(one for one in found.lines if one.stage in _PLANNED)
        found = replace(found, lines=lines, supported=())
    if found.lines or found.supported:
        yield from lines_paper(*known, found).body


def _schedules(filling: Filling) -> Iterator[Piece]:
    with filling.database.reader() as connection:
        plan = filling.plan(connection)
        rows = calendar.of_plan(connection, plan) if plan else []
        bodies = record_names.of_kind(connection, Kind.BODY, (row["body"] for row in rows))
    yield from listed(_schedule(filling, row, bodies.get(row["body"], "")) for row in rows)


def _schedule(filling: Filling, row: Mapping[str, Any], body: str) -> str:
    sender = clean(row["sender"] or "") or body or _senders(filling, row["senders"])
    recipient = texts.recipient_text(clean(row["recipient"] or ""), clean(row["via"] or ""))
    said = texts.schedule_sentence(Rule.of(row), clean(row["content"]))
    key = "schedule" if recipient else "schedule_alone"
    return _SAID[key].format(said=said, sender=sender, recipient=recipient, content=row["content"])


def _senders(filling: Filling, senders: str | None) -> str:
    if senders == Senders.UNIT:  # the label of the choice speaks of every kind of unit
        return _SAID["sender_unit"].format(kind=filling.words["kind"])
    field = filling.definitions.record_fields[Kind.REPORT_SCHEDULE]["senders"]
    return field.choice_label(senders) if senders else ""


def _tasks(section: str) -> Filler:
    """The tasks of a section of `lists/task_sections`, those of no body for organisation."""

    def fill(filling: Filling) -> Iterator[Piece]:
        rows, names = _task_rows(filling)
        of_section = [row for row in rows if row["section"] == section]
        yield from listed(_task(row, names) for row in of_section)

    return fill


def _unowned(filling: Filling) -> Iterator[Piece]:
    """Beside the bodies: what nobody was given."""
    rows, names = _task_rows(filling)
    nobodys = [
        one for one in rows if one["body"] is None and one["section"] in (None, ORGANISATION)
    ]
    yield from listed(_task(row, names) for row in nobodys)


def _body(filling: Filling) -> Iterator[Piece]:
    rows, _ = _task_rows(filling)
    mine = [one for one in rows if one["body"] is not None and one["body"] == filling.part.body]
    yield from listed(clean(row["content"]) for row in mine)


def _task_rows(filling: Filling) -> tuple[list[dict[str, Any]], Mapping[Any, str]]:
    with filling.database.reader() as connection:
        year = filling.year
        rows = years.rows(connection, Kind.TASK, filling.unit, year, year=year)
        names = record_names.of_kind(connection, Kind.BODY, (row["body"] for row in rows))
    return rows, names


def _task(row: Mapping[str, Any], names: Mapping[Any, str]) -> str:
    """What is to be done, by whom, to whom and by when as far as it is written."""
    more = [names.get(row["body"], "")]
    if row["recipient"]:
        more.append(_SAID["task_recipient"].format(recipient=clean(row["recipient"])))
    if row["due_on"]:
        more.append(_SAID["task_due"].format(day=format_date(row["due_on"])))
    said, told = clean(row["content"]).rstrip(" .;"), "; ".join(filter(None, more))
    return f"{said} ({told})" if told else said


def _analysis(filling: Filling) -> Iterator[Piece]:
    """Of the households that the year of a plan begins with."""
    known = (filling.database, filling.definitions)
    found = poverty_analysis.before_plan(*known, unit=filling.unit, year=filling.year)
    yield from (paragraph(*one.runs) for one in analysis_paragraphs(found, filling.definitions))
    change = new_standard(filling.definitions.standards, filling.year)
    if change is not None and found.standard.code != change.now.code:
        yield _note(texts.changed_text(*change.said))


FILLERS: dict[Content, Filler] = {
    Content.ANALYSIS: _analysis,
    Content.TARGETS: _targets,
    Content.TARGETS_DIMENSIONS: _dimensions,
    Content.TARGETS_ASSIGNED: _assigned,
    Content.VILLAGE_TABLE: _village_table,
    Content.BODIES: _unowned,
    Content.BODY: _body,
    Content.SOLUTIONS: _tasks("solution"),
    Content.POLICIES: _tasks("policy"),
    Content.REPORTING: _tasks("reporting"),
    Content.BUDGET: _budget,
    Content.BUDGET_LINES: _budget_lines,
    Content.SCHEDULES: _schedules,
    Content.ACTIVITIES: activities,
    Content.SUPPORTS: supports,
    Content.HELPING: helping,
    Content.FUND: fund,
}
