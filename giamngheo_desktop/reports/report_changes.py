"""Thay đổi so với báo cáo trước: in words, nobody of a household is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from giamngheo_desktop import texts
from giamngheo_desktop.domain.budgeting import Stage
from giamngheo_desktop.domain.changes import Kind
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.indicator_catalogue import IndicatorType
from giamngheo_desktop.domain.numbers import format_integer
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.reports.document import Piece
from giamngheo_desktop.reports.report_ask import ReportAsk, paragraphs
from giamngheo_desktop.reports.target_numbers import measured_text
from giamngheo_desktop.reports.targets import target_sentence
from giamngheo_desktop.services.documents.late import How, Late
from giamngheo_desktop.services.documents.since import Happened, Moved, Since, What, since
from giamngheo_desktop.texts.narrative import joined
from giamngheo_desktop.texts.narrative import whole_text as whole

_SAID = texts.CHANGES
_LISTS = ("poor", "near_poor")
_MARK = "- "
_HOW = {How.ADDED: "added", How.CHANGED: "changed_late", How.REMOVED: "removed"}
_SHOWN = 20  # supports or activities; further ones of a kind are told together


def changes(ask: ReportAsk) -> list[Piece]:
    """What moved since the last report, then what was typed late."""
    return [*paragraphs(sentences(ask, read(ask)))]


def read(ask: ReportAsk) -> Since:
    """What changed, as values."""
    known = (*ask.known, ask.unit, ask.year, ask.period, ask.last)
    return since(*known, document=ask.document)


def sentences(ask: ReportAsk, found: Since) -> list[str]:
    """It line by line."""
    days = {
        "first": format_date(found.after + timedelta(days=1)),
        "last": format_date(found.until),
        "year": str(ask.year),
    }
    if found.is_empty:
        return [_SAID["none"].format(**days)]
    return [_head(found, days), *_lines(ask, found)]


def data(found: Since) -> dict[str, Any]:
    """It with the keys and names of records, as JSON has it."""
    last = found.last

    def named(uid: UUID | None) -> str | None:
        return found.names.get(uid) if uid else None

    return {
        "after": found.after,
        "until": found.until,
        "last_report": last
        and {
            "document": str(last.document),
            "period": last.period,
            "draft": last.is_draft,
            "written_on": last.written_on,
        },
        "happened": [
            {
                "what": one.what.value,
                "day": one.day,
                "records": [str(uid) for uid in one.records],
                "households": [{"key": str(uid), "name": named(uid)} for uid in one.households],
                "village": named(one.village),
                "name": one.name or None,
                "code": one.code or None,
                "was": one.was or None,
                "now": one.now or None,
                "amount": one.amount,
            }
            for one in found.happened
        ],
        "targets": [
            {
                "key": one.target.key,
                "indicator": one.target.indicator.code,
                "before": None if one.before is None else str(one.before),
                "after": None if one.after is None else str(one.after),
            }
            for one in found.targets
        ],
        "late": [
            {
                "record": str(one.uid),
                "kind": one.kind.value,
                "how": one.how.value,
                "day": one.day,
                "typed_on": one.typed_on,
                "name": one.name or None,
                "household": named(one.household),
                "village": named(one.village),
                "code": one.code or None,
                "code_before": one.code_before or None,
                "amount": one.amount,
                "amount_before": one.amount_before,
            }
            for one in found.late
        ],
    }


def _head(found: Since, days: dict[str, str]) -> str:
    if found.last is None:
        return _SAID["first"].format(**days)
    return _SAID["last"].format(
        period=texts.report_period_text(found.last.period),
        after=format_date(found.after),
        draft=_SAID["draft"] if found.last.is_draft else "",
    )


def _lines(ask: ReportAsk, found: Since) -> Iterator[str]:
    for what in (What.ENTERED, What.LEFT):
        if rows := found.of(what):
            counts = Counter(one.now or one.was for one in rows)
            parts = (
                _SAID["of_class"].format(**{"class": _SAID[code]}, count=whole(counts[code]))
                for code in _LISTS
                if counts[code]
            )
            yield f"{_MARK}{_said(what, rows, joined(parts))}{_of_days(rows)}."
    if rows := found.of(What.CHANGED):
        pairs = Counter((one.was, one.now) for one in rows)
        parts = (
            _SAID["between"].format(was=_SAID[was], now=_SAID[now], count=whole(count))
            for (was, now), count in pairs.items()
        )
        yield f"{_MARK}{_said(What.CHANGED, rows, joined(parts))}{_of_days(rows)}."
    for what in (What.SUPPORT, What.HELD, What.BEGUN, What.ENDED):
        if rows := found.of(what):
            yield f"{_MARK}{_SAID[what.value]}"
            yield from (_item(ask, one) for one in _few(rows))
    if rows := found.of(What.DISBURSED):
        amount = sum(one.amount or 0 for one in rows)
        yield f"{_MARK}{_SAID['disbursed'].format(amount=format_integer(amount))}{_of_days(rows)}."
    if found.targets:
        yield f"{_MARK}{_SAID['targets']}"
        yield from (_moved(ask, one) for one in found.targets)
    if found.late:
        yield f"{_MARK}{_SAID['late']}"
        yield from _late(found.late)


def _moved(ask: ReportAsk, moved: Moved) -> str:
    name = target_sentence(moved.target, ask.tracking.unit_kind)
    if moved.target.is_qualitative:
        said = texts.TARGET_STATES[moved.state]
        return _SAID["target_said"].format(name=name, state=f"{lower(said[:1])}{said[1:]}")
    kind = moved.target.indicator.type
    ends = [_number(value, kind) for value in (moved.before, moved.after)]
    last = 0 if moved.after is None else 1  # the unit stands once, behind the last number
    ends[last] = texts.with_unit(ends[last], moved.target.unit)
    return _SAID["target"].format(name=name, before=ends[0], after=ends[1])


def _number(value: Fraction | None, kind: IndicatorType) -> str:
    return _SAID["no_number"] if value is None else measured_text(value, kind)


def _said(what: What, rows: Iterable[Happened], parts: str) -> str:
    return _SAID[what.value].format(count=whole(len([*rows])), parts=parts)


def _of_days(rows: Iterable[Happened]) -> str:
    """On which days, as far as they are known."""
    days = sorted({one.day for one in rows if one.day})
    return f", {_days(days[0], days[-1])}" if days else ""


def _days(first: date, last: date) -> str:
    if first == last:
        return _SAID["day"].format(day=format_date(first))
    return _SAID["days"].format(first=format_date(first), last=format_date(last))


def _few(rows: tuple[Happened, ...]) -> Iterator[Happened | tuple[Happened, ...]]:
    """Each by itself; where there are many, those of one code together."""
    if len(rows) <= _SHOWN:
        yield from rows
        return
    by_code: dict[str, list[Happened]] = {}
    for one in rows:
        by_code.setdefault(one.code, []).append(one)
    yield from (tuple(ones) for ones in by_code.values())


def _item(ask: ReportAsk, found: Happened | tuple[Happened, ...]) -> str:
    rows = found if isinstance(found, tuple) else (found,)
    days = sorted(one.day for one in rows if one.day)
    homes = {uid for one in rows for uid in one.households}
    amounts = [one.amount for one in rows if one.amount is not None]
    said = joined(
        (
            _label(ask, rows[0]),
            rows[0].name if len(rows) == 1 else "",
            _SAID["homes"].format(count=whole(len(homes))) if homes else "",
            _SAID["amount"].format(amount=format_integer(sum(amounts))) if amounts else "",
        )
    )
    return _SAID["item"].format(day=_days(days[0], days[-1]), said=said.rstrip("."))


def _label(ask: ReportAsk, one: Happened) -> str:
    labels = ask.definitions.supports if one.what is What.SUPPORT else ask.definitions.activities
    known = labels.get(one.code)
    return known.label if known else one.code


def _late(late: tuple[Late, ...]) -> Iterator[str]:
    by_kind: dict[Kind, list[Late]] = {}
    for one in late:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, ones in by_kind.items():
        counts = Counter(one.how for one in ones)
        parts = (
            _SAID[key].format(count=whole(counts[how])) for how, key in _HOW.items() if counts[how]
        )
        more = sum(_now(one) - _before(one) for one in ones)
        money = _SAID["more" if more > 0 else "less"].format(amount=format_integer(abs(more)))
        yield _SAID["late_item"].format(
            kind=texts.MERGE_KINDS[kind], parts=joined(parts, ", "), money=money if more else ""
        )


def _now(one: Late) -> int:
    """What cumulated sums count: of a budget what was paid out, of a fund what came in."""
    return one.amount or 0 if one.code in _counted(one) else 0


def _before(one: Late) -> int:
    return one.amount_before or 0 if one.code_before in _counted(one) else 0


def _counted(one: Late) -> tuple[str, ...]:
    if one.kind is Kind.BUDGET_LINE:
        return (Stage.DISBURSED,)
    if one.kind is Kind.FUND_ENTRY:
        return ("in",)
    return (one.code, one.code_before)
