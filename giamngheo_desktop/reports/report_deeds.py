"""Kết quả, further: targets, help, incidents, works, dialogues with their petitions, tasks, funds.

Nobody of a household is named: households and persons are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.target_state import TargetState
from giamngheo_desktop.domain.vietnamese import clean
from giamngheo_desktop.reports import targets
from giamngheo_desktop.reports.document import (
    Cell,
    Column,
    NumberFormat,
    Piece,
    Row,
    Table,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.report_ask import ReportAsk, note, paragraphs
from giamngheo_desktop.reports.report_work import about_texts, output_texts, small
from giamngheo_desktop.services.documents.period_work import DONE, DROPPED, Recorded
from giamngheo_desktop.services.programme import years
from giamngheo_desktop.services.programme.fund import FUNDS
from giamngheo_desktop.services.programme.helping import HelperName, Helping, helping
from giamngheo_desktop.services.programme.household_plans import household_plans
from giamngheo_desktop.services.programme.incidents import incidents as happened
from giamngheo_desktop.storage import record_names
from giamngheo_desktop.texts.narrative import joined
from giamngheo_desktop.texts.narrative import whole_text as whole

_WORKS = "works"  # a kind of activity
_IN, _OUT = "in", "out"
Values = Mapping[str, Any]


def progress(ask: ReportAsk) -> list[Piece]:
    """Giao, phấn đấu, thực hiện, % đạt: how many stand how, then the table of tracking."""
    said, found = texts.PROGRESS, ask.tracking
    if not found.lines:
        key = "no_targets" if found.plan else "no_plan"
        return [*paragraphs([said[key].format(**ask.days)])]
    counts = Counter(line.state for line in found.lines)
    states = (
        said["state"].format(state=small(texts.TARGET_STATES[state]), count=whole(counts[state]))
        for state in TargetState
        if counts[state]
    )
    line = said["counted"].format(
        count=whole(len(found.lines)),
        draft=said["draft"] if found.is_draft else "",
        states=joined(states),
        **ask.days,
    )
    return [
        *paragraphs([line]),
        targets.table(found),
        *map(note, targets.notes(found)),
    ]


def help_given(ask: ReportAsk) -> list[Piece]:
    """Assignments of the day, visits of the period, household plans of the year."""
    said = texts.HELP
    found = helping(*ask.known, unit=ask.unit, day=ask.last)
    plans = household_plans(*ask.known, unit=ask.unit, year=ask.year, day=ask.last)
    visits = [
        line
        for line in ask.listing.lines
        if line.kind is Kind.VISIT and line.day and ask.first <= line.day <= ask.last
    ]
    if not (found.helped or found.in_charge or visits or plans):
        return [*paragraphs([said["none"].format(**ask.days)])]
    listed = len(found.listed)
    lines = [
        said["listed" if listed else "none_listed"].format(
            listed=whole(listed),
            helped=whole(listed - len(found.without)),
            without=whole(len(found.without)),
            **ask.days,
        )
    ]
    if found.in_charge:
        villages = {one.village for one in found.in_charge}
        lines.append(said["in_charge"].format(villages=whole(len(villages))))
    homes = {home for line in visits for home in line.households}
    lines.append(
        said["visits" if visits else "no_visits"].format(
            visits=whole(len(visits)), homes=whole(len(homes)), **ask.days
        )
    )
    if plans:
        lines.append(
            said["plans"].format(
                plans=whole(len({one.home.uid for one in plans})),
                registered=whole(len({one.home.uid for one in plans if one.registered})),
                done=whole(sum(one.is_done for one in plans)),
                overdue=whole(sum(one.is_overdue for one in plans)),
                **ask.days,
            )
        )
    rows = [*_helper_rows(found)]
    return [*paragraphs(lines), *([_helper_table(ask, rows)] if rows else [])]


def _helper_rows(found: Helping) -> Iterator[Row]:
    """By body: how many of its people help, how many households, which villages."""
    helpers: dict[str, set[HelperName]] = {}
    charged: dict[str, dict[str, None]] = {}
    for helper in (*found.by_helper, *(one.helper for one in found.in_charge)):
        helpers.setdefault(_body_of(helper), set()).add(helper)
    for charge in found.in_charge:
        charged.setdefault(_body_of(charge.helper), {})[charge.village] = None
    for at, (body, names) in enumerate(helpers.items(), 1):
        homes = [one for one in found.helped if one.helper in names]
        officers = sum(name.helper.officer is not None for name in names)
        cells = (
            Cell(officers or ""),
            Cell.of_count(len({one.home.uid for one in homes})),
            Cell("; ".join(charged.get(body, ()))),
            Cell.of_count(len({one.home.uid for one in homes if one.is_overdue})),
        )
        yield Row((str(at), body), cells)


def _body_of(helper: HelperName) -> str:
    if helper.helper.officer is None:
        return helper.name
    return helper.body or texts.HELP["no_body"]


def _helper_table(ask: ReportAsk, rows: Iterable[Row]) -> Table:
    said = texts.HELP
    return Table(
        labels=(number_column(4), text_column(said["helper"], "helper", weight=28)),
        columns=(
            Column(said["officers"], "officers", weight=7),
            Column(said["homes"], "homes", weight=8),
            text_column(said["charge"], "charge", weight=24),
            Column(said["came"], "late", weight=9),
        ),
        rows=tuple(rows),
        title=said["title"].format(**ask.days),
        number_row=False,
    )


def incidents(ask: ReportAsk) -> list[Piece]:
    """What happened to households in the period, by kind, and what became of it."""
    said = texts.INCIDENT
    every = happened(*ask.known, unit=ask.unit, year=ask.year, day=ask.last)
    found = [one for one in every if ask.first <= one.happened_on <= ask.last]
    if not found:
        return [*paragraphs([said["none"].format(**ask.days)])]
    field = ask.definitions.record_fields[Kind.INCIDENT]["kind"]
    labels = {one.kind: small(field.choice_label(one.kind)) for one in found}
    counts = Counter(one.kind for one in found)
    kinds = (said["kind"].format(kind=labels[kind], count=whole(n)) for kind, n in counts.items())
    handled = sum(one.handled_on is not None and one.handled_on <= ask.last for one in found)
    lines = [
        said["counted"].format(
            count=whole(len(found)),
            homes=whole(len({one.home.uid for one in found})),
            kinds=joined(kinds),
            **ask.days,
        ),
        said["handled"].format(
            handled=whole(handled),
            open=whole(len(found) - handled),
            review=whole(sum(bool(one.proposes_review) for one in found)),
        ),
    ]
    for one in found:
        more = joined((one.description, one.action))
        lines.append(
            said["line"].format(
                kind=field.choice_label(one.kind),
                day=format_date(one.happened_on),
                said=f": {more.strip().rstrip('.')}" if more else "",
            )
        )
    return [*paragraphs(lines)]


def works(ask: ReportAsk) -> list[Piece]:
    """Công trình: how far each is, its upkeep."""
    said = texts.WORKS_REPORT
    found = [one for one in ask.work.activities if one.values["kind"] == _WORKS]
    if not found:
        return [*paragraphs([said["none"].format(**ask.days)])]
    accepted = {
        one.uid: format_date(day)
        for one in found
        if (day := one.values.get("accepted_on")) is not None and day <= ask.last
    }
    lines = [
        said["counted"].format(
            count=whole(len(found)),
            accepted=whole(len(accepted)),
            open=whole(len(found) - len(accepted)),
            **ask.days,
        )
    ]
    for one in found:
        day = accepted.get(one.uid)
        state = said["accepted"].format(day=day) if day else said["waits"]
        upkeep = (
            said["upkeep"].format(content=row["content"], answer=_answer(ask, row, "petition"))
            for row in one.values["items"]
        )
        more = joined((state, *output_texts(ask, one), *upkeep))
        lines.append(
            texts.WORK["line"].format(
                name=clean(one.values["name"]).rstrip("."),
                about=joined(about_texts(ask, one)),
                outputs=texts.WORK["outputs"].format(parts=more),
            )
        )
    return [*paragraphs(lines)]


def dialogues(ask: ReportAsk) -> list[Piece]:
    """Đối thoại, kiểm tra, giám sát: how many, each petition or finding with its answer."""
    said = texts.DIALOGUES
    kinds = {
        code: kind
        for code, kind in ask.definitions.activities.items()
        if kind.items in ("petition", "finding")
    }
    lines: list[str] = []
    for code, kind in kinds.items():
        held = [one for one in ask.work.activities if one.values["kind"] == code]
        if held:
            rows = [(one, row) for one in held for row in one.values["items"]]
            answered = sum(_is_answered(ask, row) for _, row in rows)
            items = said[kind.items].format(
                count=whole(len(rows)),
                answered=whole(answered),
                open=whole(len(rows) - answered),
            )
            lines.append(
                said["counted"].format(
                    kind=kind.label, count=whole(len(held)), items=items if rows else ""
                )
            )
            lines += (_item(ask, one, row, kind.items) for one, row in rows)
    return [*paragraphs(lines or [said["none"].format(**ask.days)])]


def _item(ask: ReportAsk, activity: Recorded, row: Values, of: str) -> str:
    said = texts.DIALOGUES
    about = [clean(activity.values["name"]), ask.work.names.get(row["body"], "")]
    if row["due_on"]:
        about.append(said["due"].format(day=format_date(row["due_on"])))
    return said["item"].format(
        content=clean(row["content"]).rstrip("."),
        about=joined(about),
        answer=_answer(ask, row, of),
    )


def _answer(ask: ReportAsk, row: Values, of: str) -> str:
    said = texts.DIALOGUES
    if not _is_answered(ask, row):
        return said[f"{of}_waits"]
    answer, day = clean(row["answer"] or "").rstrip("."), row["answered_on"]
    if answer and day:
        return said["answered"].format(answer=answer, day=format_date(day))
    return answer or said["answered_on"].format(day=format_date(day))


def _is_answered(ask: ReportAsk, row: Values) -> bool:
    """As việc còn treo looks at it."""
    return _has_come(ask, row["answered_on"]) or bool(row["answered_on"] is None and row["answer"])


def _has_come(ask: ReportAsk, day: object) -> bool:
    return isinstance(day, date) and day <= ask.last


def tasks(ask: ReportAsk) -> list[Piece]:
    """The tasks of the period by body: due or done in it; of a year all of them."""
    said = texts.TASKS
    rows, names = task_rows(ask)
    shown = [row for row in rows if ask.is_yearly or _is_of_period(ask, row)]
    if not shown:
        return [*paragraphs([said["none"].format(**ask.days)])]
    states = Counter(_task_state(ask, row) for row in shown)
    line = said["counted"].format(
        count=whole(len(shown)), **{key: whole(states[key]) for key in ("done", "late", "open")}
    )
    by_body: dict[UUID | None, list[Values]] = {}
    for row in shown:
        by_body.setdefault(row["body"], []).append(row)
    made: list[Row] = []
    number = 0
    for body, mine in by_body.items():
        name = names.get(body, "") if body else said["no_body"]
        made.append(Row(("", name), (Cell(""), Cell("")), bold=True))
        for row in mine:
            number += 1
            due = format_date(row["due_on"]) if row["due_on"] else ""
            labels = (str(number), clean(row["content"]))
            made.append(Row(labels, (Cell(due), Cell(_task_result(ask, row)))))
    table = Table(
        labels=(number_column(4), text_column(said["content"], "content", weight=40)),
        columns=(
            text_column(said["due"], "due", weight=10),
            text_column(said["result"], "result", weight=24),
        ),
        rows=tuple(made),
        title=said["title"].format(**ask.days),
        number_row=False,
    )
    return [*paragraphs([line]), table]


def task_rows(ask: ReportAsk, year: int | None = None) -> tuple[list[Values], Mapping[UUID, str]]:
    """The tasks of the year (or another) that nobody dropped, by last day, and names of bodies."""
    year = year or ask.year
    with ask.database.reader() as connection:
        found = years.rows(connection, Kind.TASK, ask.unit, year, year=year)
        names = record_names.of_kind(connection, Kind.BODY, (row["body"] for row in found))
    kept = [row for row in found if row["state"] != DROPPED]
    return sorted(kept, key=lambda row: (row["due_on"] or date.max, row["uid"])), names


def _is_of_period(ask: ReportAsk, row: Values) -> bool:
    days = (row["due_on"], row["done_on"])
    return any(day is not None and ask.first <= day <= ask.last for day in days)


def is_done(ask: ReportAsk, row: Values) -> bool:
    """As việc còn treo looks at it."""
    return _has_come(ask, row["done_on"]) or (row["done_on"] is None and row["state"] == DONE)


def _task_state(ask: ReportAsk, row: Values) -> str:
    if is_done(ask, row):
        return "done"
    return "late" if row["due_on"] is not None and row["due_on"] < ask.last else "open"


def _task_result(ask: ReportAsk, row: Values) -> str:
    said, state = texts.TASKS, _task_state(ask, row)
    first = said[state]
    if state == "done" and row["done_on"]:
        first = said["done_on"].format(day=format_date(row["done_on"]))
    elif state == "open" and row["state"]:
        first = small(ask.definitions.choice_list("activity_states").label_of(row["state"]))
    return joined((first, clean(row["result"] or "")))


def funds(ask: ReportAsk) -> list[Piece]:
    """What came into each fund and went out of it."""
    said = texts.FUND_REPORT
    lines = [
        line
        for line in ask.listing.lines
        if line.kind is Kind.FUND_ENTRY and line.day and line.day <= ask.last
    ]
    if not lines:
        return [*paragraphs([said["none"].format(**ask.days)])]
    keys = [_IN, _OUT] if ask.is_cumulative else ["in_period", "out_period", _IN, _OUT]

    def cells(fund: str | None) -> tuple[Cell, ...]:
        mine = [line for line in lines if fund in (None, line.what)]
        return tuple(_moved(ask, mine, key) for key in keys)

    labels = ask.definitions.choice_list(FUNDS)
    codes = [code for code in labels.codes if any(line.what == code for line in lines)]
    rows = [Row((str(n), labels.label_of(code)), cells(code)) for n, code in enumerate(codes, 1)]
    money = NumberFormat.MONEY
    table = Table(
        labels=(number_column(4), text_column(said["content"], "fund", weight=26)),
        columns=tuple(Column(said[key], key, format=money, weight=12) for key in keys),
        rows=(*rows, Row(("", said["total"]), cells(None), level=0)),
        title=said["title"].format(**ask.days),
        unit=said["unit"],
        number_row=False,
    )
    return [table, note(said["note"])]


def _moved(ask: ReportAsk, lines: Iterable[Any], key: str) -> Cell:
    """What moved one way; nothing where nobody wrote a line of it."""
    way, _, period = key.partition("_")
    found = [
        line.amount or 0
        for line in lines
        if line.direction == way and (not period or line.day >= ask.first)
    ]
    return Cell(sum(found)) if found else Cell("")
