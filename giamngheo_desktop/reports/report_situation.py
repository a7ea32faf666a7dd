"""Tình hình chung: the list at both ends, its movement, villages and groups of households."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from giamngheo_desktop import texts
from giamngheo_desktop.domain.actual import State
from giamngheo_desktop.domain.area import Level
from giamngheo_desktop.domain.dates import format_date
from giamngheo_desktop.domain.movement import IN, OUT, Flow
from giamngheo_desktop.domain.numbers import format_rate
from giamngheo_desktop.domain.rates import rate
from giamngheo_desktop.domain.standard import new_standard
from giamngheo_desktop.domain.vietnamese import lower
from giamngheo_desktop.reports.document import (
    Align,
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
from giamngheo_desktop.reports.poverty_analysis import paragraphs as analysis_paragraphs
from giamngheo_desktop.reports.report_ask import ReportAsk, note, paragraphs
from giamngheo_desktop.reports.target_numbers import rounded
from giamngheo_desktop.services.documents.situation import (
    FACTS,
    NEAR_POOR,
    POOR,
    Situation,
    of_fact,
    of_indicator,
    opening,
    persons,
)
from giamngheo_desktop.services.report_rows import UnitRow
from giamngheo_desktop.texts.actuals import ACTUAL_REASONS
from giamngheo_desktop.texts.narrative import whole_text as whole
from giamngheo_desktop.texts.paper_words import unit_name

_LISTS = (POOR, NEAR_POOR)
_SAID, _MOVED = texts.SITUATION, texts.MOVED


def general(ask: ReportAsk) -> list[Piece]:
    """Households, persons, both lists at the start and now, with their rates."""
    return [*paragraphs(_general(ask, ask.situation))]


def movement(ask: ReportAsk) -> list[Piece]:
    """Đầu kỳ, thoát, phát sinh mới, tái nghèo, chuyển đi, đến, cuối kỳ: in words and as a table."""
    found = ask.situation
    if found.is_empty:
        return [*paragraphs([_MOVED["none_of_year"].format(**ask.days)])]
    lines = [line for one in _LISTS for line in (*_moved(ask, found, one), *_inside(found, one))]
    known = any(found.moved(table, Flow.CLOSING) is not None for table in _LISTS)
    return [*paragraphs(lines), *([_movement_table(ask, found)] if known else [])]


def villages(ask: ReportAsk) -> list[Piece]:
    """The lists by village, at the start and now."""
    found = ask.situation
    listed = [key for table in _LISTS for key in (table, opening(table))]
    rows = (*found.ends.rows, found.total)
    if found.is_empty or all(row.values[key] is None for row in rows for key in listed):
        return [*paragraphs([_SAID["none"].format(**ask.days)])]
    return [_village_table(ask, found)]


def groups(ask: ReportAsk) -> list[Piece]:
    """DTTS, women as heads, BTXH, each indicator; labour as the analysis has it."""
    found = ask.situation
    if found.is_empty or found.total.values[POOR] is None:
        return [*paragraphs([_SAID["none"].format(**ask.days)])]
    table = _group_table(ask, found)
    return [table, note(texts.BY_GROUP["note"]), *_range_note(table)]


def analysis(ask: ReportAsk) -> list[Piece]:
    """Why households are poor, sentence by sentence as a plan says it."""
    return [*analysis_paragraphs(ask.analysis, ask.definitions)]


def _range_note(table: Table) -> list[Piece]:
    """That a range stands where it is not known of all; nothing where none is printed."""
    ranges = any(cell.upper is not None for row in table.rows for cell in row.cells)
    return [note(texts.BY_GROUP["ranges"])] if ranges else []


def _general(ask: ReportAsk, found: Situation) -> Iterator[str]:
    if found.is_empty:
        yield _SAID["none"].format(**ask.days)
        return
    values, unit = found.total.values, unit_name(found.unit_kind, found.unit_name)
    if values["households"] is None or values["persons"] is None:
        yield _SAID["no_population"].format(unit=unit, **ask.days)
    else:
        numbers = {name: whole(values[name]) for name in ("households", "persons")}
        yield _SAID["population"].format(When=_counted_when(ask, found), unit=unit, **numbers)
    change = new_standard(ask.definitions.standards, found.year)
    for table in _LISTS:
        yield _ends(ask, found, table)
        yield _fallen(found, table)
    states = {one.households.state for one in found.changes.values()}
    if change is not None and State.NOT_COMPARABLE in states:
        yield texts.changed_text(*change.said)
    if found.decided is not None:
        done = found.decided
        counts = {table: _count(done.row, table) for table in _LISTS}
        day = {"day": format_date(done.signed_on)}
        yield _SAID["decided"].format(number=done.number, **counts, **{**ask.days, **day})
    elif found.preliminary is not None:
        counts = {table: _count(found.preliminary, table) for table in _LISTS}
        yield _SAID["preliminary"].format(**counts, **ask.days)
    elif found.waiting:
        yield _SAID["waiting"].format(count=whole(found.waiting), **ask.days)


def _counted_when(ask: ReportAsk, found: Situation) -> str:
    """Of when the households are that everything is divided by."""
    year, day = found.ends.population or (found.year, None)
    if found.is_yearly or (day is None and year == found.year):
        return _SAID["on_day"].format(**ask.days)
    if day is None:
        return _SAID["counted_in"].format(year=year)
    return _SAID["counted_on"].format(day=format_date(day))


def _ends(ask: ReportAsk, found: Situation, table: str) -> str:
    row = found.total
    before, now = _count(row, table, before=True), _count(row, table)
    status = _SAID["recognised" if found.is_yearly else "in_force"]
    reason = ACTUAL_REASONS.get(found.changes[table].rate.reason, "")
    if now and before:
        said = _SAID["ends"]
    elif now or before:
        said = _SAID["ends_without_opening" if now else "ends_without_now"]
    else:
        said = _SAID["nothing"]
    name = _SAID[table]
    return said.format(
        list=name, opening=before, now=now, status=status, reason=reason, **ask.days
    ).strip()


def _fallen(found: Situation, table: str) -> str:
    """What lies between both ends, where they compare."""
    change, name = found.changes[table], lower(_SAID[table])
    fell = change.households.value
    if fell is None:
        return ""
    said = _SAID["fell" if fell > 0 else "rose" if fell < 0 else "same"]
    points = _points(change.points.value)
    return said.format(list=name, households=whole(abs(int(fell))), points=points)


def _points(fell: Fraction | None) -> str:
    """Between the exact rates, rounded once, as the table of targets has it."""
    if fell is None:
        return ""
    said = _SAID["points_fell" if fell > 0 else "points_rose" if fell < 0 else "points_same"]
    return said.format(points=format_rate(rounded(abs(fell))))


def _count(row: UnitRow, table: str, *, before: bool = False) -> str:
    """ "56 hộ với 130 nhân khẩu, tỷ lệ 2,20 %"; empty where the list is not known."""
    keys = [table, persons(table), "households"]
    count, people, of = (row.values[opening(key) if before else key] for key in keys)
    if count is None:
        return ""
    said = _SAID["count"].format(households=whole(count), persons=whole(people))
    percent = rate(count, of).percent
    return said + (_SAID["rate"].format(rate=format_rate(percent)) if percent is not None else "")


def _moved(ask: ReportAsk, found: Situation, table: str) -> Iterator[str]:
    flows = {one: found.moved(table, one) for one in Flow}
    known = {one: count for one, count in flows.items() if count is not None}
    name = _MOVED[table]
    if len(known) < len(flows):
        yield _MOVED["none"].format(list=name)
        return
    out, into = (sum(known[one] for one in side) for side in (OUT, IN))
    if not out and not into:
        yield _MOVED["still"].format(list=name, **ask.days)
        return
    yield _MOVED["flow"].format(
        list=name,
        opening=whole(known[Flow.OPENING]),
        closing=whole(known[Flow.CLOSING]),
        steps="; ".join(_steps(found, table, known)),
        **ask.days,
    )
    net = out - into
    said = _MOVED["net_fell" if net > 0 else "net_rose" if net < 0 else "net_same"]
    yield _MOVED["net"].format(
        list=name, out=whole(out), into=whole(into), net=said.format(count=whole(abs(net)))
    )


def _inside(found: Situation, table: str) -> Iterator[str]:
    homes, _ = found.inside.get(table, (0, 0))
    if homes:
        yield _MOVED["inside"].format(list=_MOVED[table], count=whole(homes))


def _steps(found: Situation, table: str, known: dict[Flow, int]) -> Iterator[str]:
    """The flows that are not nought, the leaving ones first."""
    to_other, above = known[Flow.TO_OTHER], known[Flow.ABOVE]
    escaped = above if table == NEAR_POOR else to_other + above
    if escaped:
        yield _MOVED[f"escaped_{table}"].format(
            count=whole(escaped), to_other=whole(to_other), above=whole(above)
        )
    if table == NEAR_POOR and to_other:
        yield _MOVED["to_other_near_poor"].format(count=whole(to_other))
    for one, part, of in (
        (Flow.OTHER_DECREASE, "away", found.away),
        (Flow.NEW, "", {}),
        (Flow.AGAIN, "", {}),
        (Flow.FROM_OTHER, "", {}),
        (Flow.OTHER_INCREASE, "arrived", found.arrived),
    ):
        if not known[one]:
            continue
        key = one.value if one.value in _MOVED else f"{one.value}_{table}"
        said = _MOVED[key].format(count=whole(known[one]))
        inner = of.get(table, 0)
        yield said + (_MOVED[part].format(count=whole(inner)) if inner else "")


def _movement_table(ask: ReportAsk, found: Situation) -> Table:
    keys = [key for table in _LISTS for key in (table, persons(table))]

    def cells(one: Flow) -> tuple[Cell, ...]:
        return tuple(
            Cell.of_count(found.moved(table, one, of_persons=of_persons))
            for table in _LISTS
            for of_persons in (False, True)
        )

    rows = (
        Row((texts.FLOW_ROWS[one],), cells(one), bold=one in (Flow.OPENING, Flow.CLOSING))
        for one in Flow
    )
    return Table(
        labels=(text_column(_MOVED["content"], "content", weight=36),),
        columns=tuple(
            group(
                _SAID[table],
                Column(_MOVED["households"], keys[2 * at], weight=7),
                Column(_MOVED["persons"], keys[2 * at + 1], weight=7),
            )
            for at, table in enumerate(_LISTS)
        ),
        rows=tuple(rows),
        title=_MOVED["title"].format(**ask.days),
        unit=_MOVED["unit"],
        name_at=0,
        number_row=False,
    )


def _village_table(ask: ReportAsk, found: Situation) -> Table:
    said = texts.BY_UNIT
    of_communes = found.ends.row_level is not Level.VILLAGE
    columns = [Column(said["households"], "households", weight=8)]
    for table in _LISTS:
        columns.append(
            group(
                said[table],
                Column(said["opening"], opening(table), weight=6),
                Column(said["now"], table, weight=6),
                Column(said["rate"], f"{table}_rate", format=NumberFormat.RATE, weight=6),
            )
        )
    rows = [
        Row((str(at), row.name), tuple(_of_unit(row)), unit=row.unit)
        for at, row in enumerate(found.ends.rows, 1)
    ]
    total = Row(("", said["total"]), tuple(_of_unit(found.total)), level=0)
    name = said["commune" if of_communes else "village"]
    title = said["title_communes" if of_communes else "title"]
    return Table(
        labels=(number_column(4), text_column(name, "unit", weight=24)),
        columns=tuple(columns),
        rows=(*rows, total) if rows else (),
        title=title.format(**ask.days),
        unit=said["unit"],
        number_row=False,
        empty=said["none"],
    )


def _of_unit(row: UnitRow) -> Iterator[Cell]:
    values = row.values
    yield Cell.of_count(values["households"])
    for table in _LISTS:
        yield Cell.of_count(values[opening(table)])
        yield Cell.of_count(values[table])
        yield Cell.of_rate(values[table], values["households"])


def _group_table(ask: ReportAsk, found: Situation) -> Table:
    said, total, details = texts.BY_GROUP, found.total, found.details.total

    def cells(key: str, of: str) -> Iterator[Cell]:
        count, upper = details.values[key], details.uppers.get(key)
        yield Cell.of_count(count, upper=upper)
        yield Cell.of_rate(count, total.values[of], upper=upper)

    rows = [
        Row(
            ("", said["all"]),
            tuple(
                cell for table in _LISTS for cell in (Cell.of_count(total.values[table]), Cell(""))
            ),
            level=0,
        )
    ]

    def labour(*, has: bool) -> Iterator[Cell]:
        """Who has it, up to who may have it; not where some of the list have no name."""
        for table in _LISTS:
            one, of = ask.analysis.labour[table], total.values[table]
            count, more = len(one.yes if has else one.no), len(one.unknown)
            if of != len(one.yes) + len(one.no) + more:
                yield from (Cell.of_missing("no_data"),) * 2
                continue
            yield Cell.of_count(count, upper=count + more)
            yield Cell.of_rate(count, of, upper=count + more)

    names = [(said[fact], [of_fact(table, fact) for table in _LISTS]) for fact in FACTS]
    shown = [
        (one.label.value, [of_indicator(table, at) for table in _LISTS])
        for at, one in enumerate(found.standard.indicators)
    ]
    if any(details.values[key] is not None for _, keys in shown for key in keys):
        names += [(f"{said['deprived']}: {label}", keys) for label, keys in shown]
    lines = [
        (name, [cell for key, of in zip(keys, _LISTS, strict=True) for cell in cells(key, of)])
        for name, keys in names
    ]
    lines[len(FACTS) : len(FACTS)] = [
        (said["without_labour"], [*labour(has=False)]),
        (said["with_labour"], [*labour(has=True)]),
    ]
    rows += [Row((str(at), name), tuple(shown)) for at, (name, shown) in enumerate(lines, 1)]
    return Table(
        labels=(
            text_column(texts.PAPER["count"], "number", weight=3, align=Align.CENTER),
            text_column(said["content"], "content", weight=36),
        ),
        columns=tuple(
            group(
                _SAID[table],
                Column(said["households"], table, weight=7),
                Column(said["share"], f"{table}_share", format=NumberFormat.RATE, weight=7),
            )
            for table in _LISTS
        ),
        rows=tuple(rows),
        title=said["title"].format(**ask.days),
        unit=said["unit"],
        number_row=False,
    )
