"""Kết quả: activities and outputs by component, policies with people and money, the budget."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.budgeting import Branch, Stage, Sums, disbursement, total
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.form import FieldDef, FieldKind
from giamngheo_desktop.domain.numbers import format_integer, format_rate
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.reports.budget_words import BudgetWords
from giamngheo_desktop.reports.document import (
    BLANK,
    Cell,
    Column,
    NumberFormat,
    Piece,
    Row,
    Table,
    group,
    number_column,
    text_column,
)
from giamngheo_desktop.reports.empty_columns import without_empty
from giamngheo_desktop.reports.report_ask import ReportAsk, heading, note, paragraphs
from giamngheo_desktop.services.documents.period_work import DONE, ComponentWork, Recorded
from giamngheo_desktop.services.programme import budget
from giamngheo_desktop.services.programme.budget import Budget
from giamngheo_desktop.services.programme.supports import By, Sum, sums
from giamngheo_desktop.services.programme.supports import total as sum_of
from giamngheo_desktop.storage.supports import Support
from giamngheo_desktop.texts.narrative import days_text, joined, money_text
from giamngheo_desktop.texts.narrative import whole_text as whole

_NUMBERS = (FieldKind.INTEGER, FieldKind.DECIMAL, FieldKind.MONEY)
_TAKERS = {"household": "households", "person": "persons", "officer": "officers"}
_SAID, _POLICY, _MONEY = texts.WORK, texts.POLICY, texts.MONEY


def activities(ask: ReportAsk) -> list[Piece]:
    """What was done by component, under the numbers that the plan prints."""
    work = ask.work
    pieces: list[Piece] = []
    for one in work.components:
        pieces.append(heading(_title(one), max(0, one.depth - 1)))
        pieces += paragraphs(_component(ask, one))
    if not pieces:
        pieces += paragraphs([_SAID["none"].format(**ask.days)])
    if work.undated and not ask.is_yearly:
        pieces += paragraphs([_SAID["undated"].format(count=whole(len(work.undated)))])
    return pieces


def policies(ask: ReportAsk) -> list[Piece]:
    """Households, persons and money by policy, in the period and since January."""
    work = ask.work
    if not work.since_january:
        return [*paragraphs([_POLICY["none_of_year"].format(**ask.days)])]
    every = sum_of(work.since_january)
    lines = [] if ask.is_cumulative else [_given(ask, work.given)]
    lines.append(_POLICY["since"].format(parts=_sum_text(every)))
    notes = [_POLICY["note"]]
    if every.persons:
        notes.insert(0, _POLICY["note_persons"])
    if every.unpriced:
        notes.insert(0, _POLICY["unpriced"].format(count=whole(every.unpriced)))
    return [*paragraphs(lines), _policy_table(ask), *map(note, notes)]


def money(ask: ReportAsk) -> list[Piece]:
    """Giao, giải ngân, tỷ lệ by component and source, as the budget table counts them."""
    found = budget.budget(*ask.known, year=ask.year, unit=ask.unit, until=ask.last)
    if not found.lines:
        return [*paragraphs([_MONEY["none"].format(**ask.days)])]
    return [*paragraphs(_money(ask, found)), _money_table(ask, found)]


def output_texts(ask: ReportAsk, one: Recorded) -> Iterator[str]:
    """What an activity came to: the numbers of its kind, who took part by name, its result."""
    form = ask.definitions.records[Kind.ACTIVITY]
    for field in form.more(one.values):
        value = one.values.get(field.code)
        if value is not None and field.kind in _NUMBERS:
            number = _number(field, value)
            yield _SAID["output"].format(label=small(field.label), number=number)
    rows = [row for row in one.values["participants"] if row["attended"] is not False]
    for column, key in _TAKERS.items():
        if count := len({row[column] for row in rows} - {None}):
            yield _SAID[key].format(count=whole(count))
    if one.values["result"]:
        yield one.values["result"].strip().rstrip(".")


def activity_line(ask: ReportAsk, one: Recorded) -> str:
    """An activity as a line of the report."""
    return _SAID["line"].format(
        name=one.values["name"].strip().rstrip("."),
        about=joined(about_texts(ask, one)),
        outputs=_after(output_texts(ask, one)),
    )


def about_texts(
    ask: ReportAsk, one: Recorded, names: Mapping[UUID, str] | None = None
) -> Iterator[str]:
    """Its kind, days, place, body, and how far it is unless it is over."""
    names = ask.work.names if names is None else names
    kind = ask.definitions.activities.get(one.values["kind"])
    yield small(kind.label) if kind else one.values["kind"]
    yield days_text(one.first, one.last)
    for place in (one.values["place"], names.get(one.values["village"])):
        yield place or ""
    yield names.get(one.values["body"], "")
    state = one.values["state"]
    if state not in (None, DONE):
        yield lower(ask.definitions.choice_list("activity_states").label_of(state))


def _title(one: ComponentWork) -> str:
    """ "Dự án 2: Đa dạng hóa sinh kế …", as the plan prints it."""
    if one.part is None:
        return _SAID["no_component"]
    return joined((one.part.number.rstrip(".: "), one.part.name), ": ")


def small(label: str) -> str:
    """As it stands within a line."""
    return f"{lower(label[:1])}{label[1:]}"


def _after(parts: Iterable[str]) -> str:
    said = joined(parts)
    return _SAID["outputs"].format(parts=said) if said else ""


def _number(field: FieldDef, value: int) -> str:
    if field.kind is FieldKind.DECIMAL:
        return texts.quantity_text(value, field.unit)
    said = format_integer(value) if field.kind is FieldKind.MONEY else whole(value)
    return f"{said} {field.unit}".strip()


def _component(ask: ReportAsk, one: ComponentWork) -> Iterator[str]:
    for activity in one.activities:
        yield activity_line(ask, activity)
    if one.supports:
        yield _SAID["supports"].format(parts=_sum_text(one.supports))


def _sum_text(found: Sum) -> str:
    parts = [
        _SAID["supported_homes"].format(count=whole(found.households)),
        _SAID["supported_people"].format(count=whole(found.persons)) if found.persons else "",
        money_text(found.amount) if found.amount is not None else "",
        _SAID["unpriced"].format(count=whole(found.unpriced)) if found.unpriced else "",
    ]
    return joined(parts, ", ")


def _given(ask: ReportAsk, given: Iterable[Support]) -> str:
    rows = list(given)
    if not rows:
        return _POLICY["none"].format(**ask.days)
    return _POLICY["said"].format(parts=_sum_text(sum_of(rows)), **ask.days)


def _policy_table(ask: ReportAsk) -> Table:
    work = ask.work
    spans = [("of_year", work.since_january)]
    if not ask.is_cumulative:
        spans.insert(0, ("of_period", work.given))
    found = {name: sums(rows, By.POLICY) for name, rows in spans}
    policies = [code for code in ask.definitions.supports if code in found["of_year"]]
    policies += [str(code) for code in found["of_year"] if code not in policies]
    rows = [
        Row(
            (str(at), _policy(ask, code)),
            tuple(cell for name, _ in spans for cell in _sum_cells(found[name].get(code))),
        )
        for at, code in enumerate(policies, 1)
    ]
    whole_cells = tuple(cell for _, given in spans for cell in _sum_cells(sum_of(given)))
    table = Table(
        labels=(number_column(4), text_column(_POLICY["policy"], "policy", weight=26)),
        columns=tuple(
            group(
                _POLICY[name],
                Column(_POLICY["households"], f"{name}_households", weight=6),
                Column(_POLICY["persons"], f"{name}_persons", weight=6),
                Column(_POLICY["amount"], f"{name}_amount", format=NumberFormat.MONEY, weight=10),
            )
            for name, _ in spans
        ),
        rows=(*rows, Row(("", _POLICY["total"]), whole_cells, level=0)),
        title=_POLICY["title"],
        unit=_POLICY["unit"],
        number_row=False,
    )
    unsaid = [f"of_period_{name}" for name in ("households", "persons", "amount")]
    return without_empty(table, *unsaid, "of_year_persons")


def _policy(ask: ReportAsk, code: str) -> str:
    known = ask.definitions.supports.get(code)
    return known.label if known else code


def _sum_cells(found: Sum | None) -> Iterator[Cell]:
    """Persons only where somebody was given something as a person; no money where none is known."""
    if found is None or not found.supports:
        yield from (BLANK, BLANK, BLANK)
        return
    yield Cell.of_count(found.households)
    yield Cell.of_count(found.persons) if found.persons else BLANK
    yield Cell.of_count(found.amount)


def _money(ask: ReportAsk, found: Budget) -> Iterator[str]:
    whole_sum = total(found.by_source)
    assigned, disbursed = whole_sum.get(Stage.ASSIGNED), whole_sum.get(Stage.DISBURSED)
    if assigned is None:
        yield _MONEY["not_assigned"].format(**ask.days)
    else:
        yield _MONEY["assigned"].format(assigned=format_integer(assigned), **ask.days)
    if disbursed is None:
        yield _MONEY["not_disbursed"].format(**ask.days)
        return
    percent = disbursement(found.by_source).percent
    rate = _MONEY["rate"].format(rate=format_rate(percent)) if percent is not None else ""
    yield _MONEY["disbursed"].format(disbursed=format_integer(disbursed), rate=rate, **ask.days)
    if not ask.is_cumulative:
        paid = [
            line.amount
            for line in found.lines
            if line.stage is Stage.DISBURSED and line.booked_on and line.booked_on >= ask.first
        ]
        said = _MONEY["in_period" if paid else "none_in_period"]
        yield said.format(disbursed=format_integer(sum(paid)))
    undated = sum(line.booked_on is None for line in found.lines)
    if undated:
        yield _MONEY["undated"].format(count=whole(undated))


def _money_table(ask: ReportAsk, found: Budget) -> Table:
    words = BudgetWords(ask.definitions, found)
    money = NumberFormat.MONEY
    total_row = Row(("", _MONEY["total"]), tuple(_stages(found.by_source)), level=0)
    return Table(
        labels=(
            number_column(6),
            text_column(_MONEY["content"], "content", weight=30),
        ),
        columns=(
            Column(_MONEY["assigned_column"], "assigned", format=money, weight=12),
            Column(_MONEY["disbursed_column"], "disbursed", format=money, weight=12),
            Column(_MONEY["rate_column"], "rate", format=NumberFormat.RATE, weight=7),
        ),
        rows=(*_money_rows(words), total_row),
        title=_MONEY["title"].format(**ask.days),
        unit=_MONEY["unit"],
        number_row=False,
    )


def _money_rows(words: BudgetWords) -> Iterator[Row]:
    for branch in words.budget.branches:
        if not branch.depth:
            yield from _source_rows(words, branch, 1)
            continue
        if _shown(branch.whole):
            part = words.budget.parts[branch.node.key]
            labels = (part.number, part.name)
            yield Row(labels, tuple(_stages(branch.whole)), level=branch.depth, bold=True)
            yield from _source_rows(words, branch, branch.depth + 1)


def _source_rows(words: BudgetWords, branch: Branch, level: int) -> Iterator[Row]:
    """What stands right at a part, source by source."""
    own = {source: amounts for source, amounts in branch.own.items() if _shown({source: amounts})}
    if own and not branch.depth:
        name = texts.BUDGET["unsaid_content"]
        yield Row(("", name), tuple(_stages(own)), level=level, bold=True)
    for source in words.budget.by_source:
        if source in own:
            name = texts.BUDGET["of_source"].format(source=words.source(source))
            yield Row(
                ("", name), tuple(_stages({source: own[source]})), level=level + 1, bold=False
            )


def _shown(found: Sums) -> bool:
    """Whether anything of it was assigned or paid out."""
    amounts = total(found)
    return any(amounts.get(stage) is not None for stage in (Stage.ASSIGNED, Stage.DISBURSED))


def _stages(found: Sums) -> Iterator[Cell]:
    amounts, rate = total(found), disbursement(found)
    yield Cell.of_count(amounts.get(Stage.ASSIGNED))
    yield Cell.of_count(amounts.get(Stage.DISBURSED))
    yield Cell(
        rate.percent,
        missing=rate.gap or "",
        numerator=rate.numerator,
        denominator=rate.denominator,
    )
