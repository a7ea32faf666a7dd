"""What stands below a table of units: how its numbers are to be read, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from giamngheo_desktop import texts
from giamngheo_desktop.domain.allocation import AT_END, growth
from giamngheo_desktop.domain.linked_targets import rounded
from giamngheo_desktop.domain.measures import CAUSES
from giamngheo_desktop.domain.measures import measure as measure_named
from giamngheo_desktop.domain.movement import Flow
from giamngheo_desktop.domain.numbers import format_decimal, format_integer
from giamngheo_desktop.domain.report import (
    Counted,
    Movement,
    Population,
    Proportion,
    RateChange,
    ReportDef,
    Share,
    Target,
    ValueSpec,
)
from giamngheo_desktop.domain.standard import HouseholdClass
from giamngheo_desktop.reports.reasons import opening_notes
from giamngheo_desktop.services.movement.movement_notes import MovementNotes
from giamngheo_desktop.services.report_rows import NO_RESULT, Request, TableData


def _growth_note(request: Request, data: TableData) -> list[str]:
    """By how much the households of the whole are expected to grow."""
    keys = {leaf.value: leaf.key for leaf in request.report.leaves()}
    values = data.total.values
    before, expected = (
        values.get(keys.get(value, "")) for value in (Population("households", -1), Target(AT_END))
    )
    found = growth(before, expected)
    if not found:
        return []
    percent = format_decimal(rounded(found), 2)
    return [texts.PAPER["growth"].format(percent=percent, last_year=request.year - 1)]


def _told_notes(report: ReportDef, data: TableData) -> Iterator[str]:
    """The totals that are told instead of printed."""
    for leaf in report.leaves():
        count = data.total.values.get(leaf.key)
        if leaf.note and count:
            yield leaf.note.format(count=format_integer(count))


def _rate_notes(report: ReportDef, data: TableData) -> Iterator[str]:
    """What two printed rates are less each other, where the exact ones give another number."""
    leaves = {leaf.key: leaf.value for leaf in report.leaves()}
    for leaf in report.leaves():
        if not isinstance(leaf.value, RateChange):
            continue
        rates = [_percent(data, leaves[key]) for key in (leaf.value.minuend, leaf.value.subtrahend)]
        first, second = rates
        if first is None or second is None:
            continue
        exact = rounded(first - second)
        if exact != rounded(first) - rounded(second):
            yield texts.PAPER["rate_change"].format(exact=format_decimal(exact, 2))


def _percent(data: TableData, share: ValueSpec | None) -> Fraction | None:
    """Of the total, as exact as it is known."""
    assert isinstance(share, Share)
    values = [data.total.values[key] for key in (share.numerator, share.denominator)]
    numerator, denominator = values
    if numerator is None or not denominator:
        return None
    return Fraction(100 * numerator, denominator)


def table_notes(request: Request, data: TableData, words: Mapping[str, str]) -> tuple[str, ...]:
    """Those of the definition, of its year, and of what is not known."""
    notes = [note.format(**words) for note in request.report.notes]
    notes += _ages_note(request.report)
    notes += _growth_note(request, data)
    notes += _told_notes(request.report, data)
    notes += _rate_notes(request.report, data)
    notes += texts.population_notes(
        typed=data.typed_villages,
        counted=data.counted_villages,
        empty=data.empty_villages,
        persons=Population("persons") in request.report.values(),
        as_of=request.as_of,
    )
    # Where the table has a status its subtitle says already that the year is not closed.
    for found in data.open_years:
        if found.closed:
            notes.append(closed_otherwise(request, found.year))
        elif not found.recorded:
            notes.append(texts.PAPER["no_opening"].format(year=found.year + 1, before=found.year))
        elif found.waiting or (found.begun and not request.report.has_day):
            notes.append(texts.open_year_note(found.year, found.waiting))
    notes += (texts.kept_note(year, units) for year, units in data.kept)
    for year, units in data.nameless:
        notes.append(texts.nameless_note(year, units, moving=request.report.is_movement))
    notes += opening_notes(request, data)
    if data.movement and None not in data.total.values.values():
        notes += _movement_notes(request.report, data.movement)
    if request.as_of is not None:
        notes += _undated_notes(request.report)
    notes += _vague_notes(request, data)
    if data.lost:
        notes.append(texts.PAPER["lost"].format(year=request.year))
        return tuple(notes)
    moving = request.report.is_movement
    silent = NO_RESULT in data.total.reasons.values() and len(data.unfinished) == len(data.rows)
    if data.unfinished:
        notes.append(texts.unfinished_note(data.unfinished, moving=moving, alike=silent))
    if data.unlisted:
        notes.append(texts.unlisted_note(data.unlisted))
    if data.average and (moving or not silent):  # that nothing is known is said already
        notes.append(texts.average_note(data.average))
    return tuple(notes)


def closed_otherwise(request: Request, year: int) -> str:
    """That a year was closed under another standard than the one of the table."""
    return texts.PAPER["other_standard"].format(year=year, standard=request.standard_label)


def _ages_note(report: ReportDef) -> Iterator[str]:
    """Of a table of children: who counts as one, and is asked what."""
    ages: dict[str, tuple[int, int]] = {}
    counted = [
        found
        for value in report.values()
        if isinstance(value, Counted) and (found := measure_named(value.measure)) is not None
    ]
    for one in counted:
        what = one.of.value.removeprefix("children").lstrip("_")
        if one.ages and what:
            ages[what] = (one.ages.first, one.ages.below)
    if any(one.of_children for one in counted):
        yield texts.ages_note(ages)


def _undated_notes(report: ReportDef) -> Iterator[str]:
    """Of a table of a day: what the register keeps only as it is, whatever the day."""
    counted = [
        found
        for value in report.values()
        if isinstance(value, Counted | Proportion)
        and (found := measure_named(value.measure)) is not None
    ]
    if any(one.vague == CAUSES for one in counted):
        yield texts.PAPER["undated_causes"]
    if any(one.of_children for one in counted):
        yield texts.PAPER["undated_children"]


def _vague_notes(request: Request, data: TableData) -> Iterator[str]:
    """Of how many households something is unknown, once for what all columns read."""
    columns: dict[str, dict[str, int]] = {}
    for leaf in request.report.leaves():
        name = leaf.value.measure if isinstance(leaf.value, Counted | Proportion) else ""
        counted = measure_named(name)
        if counted is not None and leaf.key in data.vague and leaf.key not in data.total.reasons:
            what = "children" if counted.of_children else counted.vague
            columns.setdefault(what, {})[leaf.number] = data.vague[leaf.key]
    for what, counts in columns.items():
        yield texts.vague_note(what, counts)


def flow_column(report: ReportDef, table: HouseholdClass, flow: Flow) -> str:
    """What the printed column of a flow is called; empty where none is printed."""
    for leaf in report.leaves():
        found = leaf.value
        if not (leaf.printed and isinstance(found, Movement)):
            continue
        if (found.table, found.flow) == (table.value, flow.value):
            numbered = report.number_row and leaf.number
            return texts.PAPER["column_number" if numbered else "column_label"].format(
                name=leaf.number if numbered else leaf.label
            )
    return ""


def _movement_notes(report: ReportDef, found: MovementNotes) -> Iterator[str]:
    inside = found.inside
    yield from texts.inside_notes(
        households=inside.households,
        more=inside.more,
        fewer=inside.fewer,
        increase=flow_column(report, found.table, Flow.OTHER_INCREASE),
        decrease=flow_column(report, found.table, Flow.OTHER_DECREASE),
    )
    if found.by_hand:
        yield texts.by_hand_note(
            [
                (
                    one.household.head,
                    one.household.village,
                    found.table,
                    one.computed,
                    one.flow,
                    one.reason,
                )
                for one in found.by_hand
            ]
        )
    if found.between:
        yield texts.between_note(
            found.table,
            [(one.household.head, one.household.village, one.passages) for one in found.between],
        )
    if found.bridge.months:
        yield texts.bridge_note(found.bridge)
